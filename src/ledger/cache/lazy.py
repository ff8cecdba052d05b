"""A ledger's sequences, made from rows when somebody looks: a filter builds the few claims it prints.

Where a row turns out to be damaged, the files are read after all and take over: the answer is the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, cast, overload

from ..days import known_until
from ..facts import Fact
from ..model import Claim, Ledger, Spot, Text
from ..query import Attribute, Filter, Indexed
from . import Damaged, rows
from .rowfile import Shelf
from .stats import Files, Replay

if TYPE_CHECKING:
    from .rowfile import Shelf

T = TypeVar("T")
V = TypeVar("V")


class Backing:
    """Where rows come from: the shelf, until one of them is damaged."""

    def __init__(self, shelf: Shelf, reload: Callable[[], Ledger]) -> None:
        self._shelf = shelf
        self._reload = reload
        self._numbers: dict[str, array[int]] = {}
        self.real: Ledger | None = None

    def either(self, stored: Callable[[], V], real: Callable[[Ledger], V]) -> V:
        """A value made from rows, or the same one from the files."""
        if self.real is None:
            try:
                return stored()
            except (Damaged, ValueError, TypeError, LookupError, AttributeError):
                self.real = self._reload()
        return real(self.real)

    def take(self, name: str) -> bytes:
        """The bytes of a row; Damaged."""
        return self._shelf.take(name)

    def numbers(self, name: str) -> array[int]:
        """The numbers of a row; Damaged."""
        if name not in self._numbers:
            self._numbers[name] = rows.numbers_of(self.take(name))
        return self._numbers[name]


class _Lazy(Sequence[T]):
    """Items by number; equal to any other sequence of the same items."""

    def __init__(self, backing: Backing, count: int) -> None:
        self._backing = backing
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self._item(number) for number in range(self._count)[at])
        return self._item(range(self._count)[at])

    def __iter__(self) -> Iterator[T]:
        for number in range(self._count):
            yield self._item(number)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _item(self, number: int) -> T:
        raise NotImplementedError


class LazyFacts(_Lazy[Fact], Indexed):
    """Facts, a chunk at a time, and the index."""

    def __init__(self, backing: Backing, count: int) -> None:
        super().__init__(backing, count)
        self._chunks: dict[int, Sequence[Fact]] = {}

    def _item(self, number: int) -> Fact:
        return self._chunk(number // rows.CHUNK)[number % rows.CHUNK]

    def __iter__(self) -> Iterator[Fact]:
        for chunk in range(-(-self._count // rows.CHUNK)):
            yield from self._chunk(chunk)

    def _chunk(self, chunk: int) -> Sequence[Fact]:
        found = self._chunks.get(chunk)
        if found is None:
            start, end = chunk * rows.CHUNK, min((chunk + 1) * rows.CHUNK, self._count)
            found = self._backing.either(
                lambda: self._stored(chunk, start, end), lambda ledger: ledger.facts[start:end]
            )
            self._chunks[chunk] = found
        return found

    def _stored(self, chunk: int, start: int, end: int) -> Sequence[Fact]:
        spots = self._backing.numbers("spots")
        return rows.facts_of(
            self._backing.take(f"f{chunk}"), spots[start * 5 : end * 5 : 5], spots[start * 5 + 3 : end * 5 : 5]
        )

    def candidates(self, wanted: Filter, day: int) -> Sequence[int] | None:
        """The numbers of the claims that may pass a filter, in order; None for all."""
        return self._backing.either(lambda: _candidates(self._backing, wanted, day), lambda _: None)

    def names(self, attribute: Attribute) -> Collection[str]:
        """The values of an attribute, each once."""
        from ..query import names

        return self._backing.either(
            lambda: _names(self._backing, attribute), lambda ledger: names(ledger.facts, attribute)
        )

    def revising(self) -> Sequence[int]:
        """The numbers of the claims that revise another, in order."""
        return self._backing.either(
            lambda: self._backing.numbers("revising"),
            lambda ledger: [number for number, fact in enumerate(ledger.facts) if fact.revises is not None],
        )


class LazyClaims(_Lazy[Claim]):
    """Claims, parsed one by one."""

    def __init__(self, backing: Backing, count: int) -> None:
        super().__init__(backing, count)
        self._lines: dict[int, list[bytes]] = {}
        self._claims: dict[int, Claim] = {}

    def _item(self, number: int) -> Claim:
        found = self._claims.get(number)
        if found is None:
            found = self._backing.either(lambda: self._stored(number), lambda ledger: ledger.claims[number])
            self._claims[number] = found
        return found

    def _stored(self, number: int) -> Claim:
        chunk, at = divmod(number, rows.CHUNK)
        if chunk not in self._lines:
            self._lines[chunk] = self._backing.take(f"c{chunk}").split(b"\n")
        return rows.claim_of(self._lines[chunk][at])


class LazySpots(_Lazy[Spot]):
    """Spots."""

    _all: Sequence[Spot] | None = None

    def __iter__(self) -> Iterator[Spot]:
        if self._all is None:
            self._all = self._backing.either(self._stored, lambda ledger: ledger.spots)
        return iter(self._all)

    def _stored(self) -> Sequence[Spot]:
        values = self._backing.numbers("spots")
        return list(map(Spot, *(values[column::5] for column in range(5))))

    def _item(self, number: int) -> Spot:
        return self._backing.either(
            lambda: rows.spot_of(self._backing.numbers("spots"), number), lambda ledger: ledger.spots[number]
        )


class LazyText(Text):
    """A file whose text is read when somebody looks at it."""

    # A text is a tuple of two, and what is unpacked must be the text.
    def __new__(cls, name: str, files: Files) -> LazyText:
        """The text of a file of this name."""
        found = super().__new__(cls, name, "")
        found._files = files
        return found

    _files: Files

    @property
    def text(self) -> str:
        """The file's text; UnreadableError where the file changed since the ledger was opened."""
        found = self.__dict__.get("_text")
        if found is None:
            data = self._files.data(self.name)  # the bytes that were read as a ledger before: they are UTF-8
            found = self.__dict__["_text"] = data.decode("utf-8").removeprefix("\ufeff")
        return found

    def __iter__(self) -> Iterator[Any]:
        yield self.name
        yield self.text

    def __getitem__(self, at: Any) -> Any:
        return (self.name, self.text)[at]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == other

    __hash__ = None  # type: ignore[assignment]


# --- the index -------------------------------------------------------------------------------------------------


def _names(backing: Backing, attribute: Attribute) -> Collection[str]:
    if attribute == "id":
        data = backing.take("ids")
        return data.decode("utf-8").split("\n") if data else []
    return cast("list[str]", rows.loads(backing.take(f"names:{attribute}")))


def _candidates(backing: Backing, wanted: Filter, day: int) -> Sequence[int] | None:
    found: Sequence[int] | None = None
    for attribute, values in (
        ("topics", wanted.topics),
        ("speaker", wanted.speakers),
        ("source", wanted.sources),
        ("kind", wanted.kinds),
        ("series", wanted.series),
    ):
        if values:
            found = _both(found, _having(backing, attribute, values))
    if wanted.ids:
        ids = frozenset(wanted.ids)
        found = _both(found, [n for n, name in enumerate(_names(backing, "id")) if name in ids])
    for row, test in _day_tests(wanted, day):
        column = backing.numbers(row)
        found = [n for n in (range(len(column)) if found is None else found) if test(column[n])]
    return _of_statuses(backing, found, wanted.statuses, day) if wanted.statuses else found


def _having(backing: Backing, attribute: str, values: Sequence[str]) -> Sequence[int]:
    """The claims that have any of these values, in order."""
    known = frozenset(_names(backing, cast("Attribute", attribute)))
    lists = [backing.numbers(f"{attribute}:{value}") for value in dict.fromkeys(values) if value in known]
    return lists[0] if len(lists) == 1 else sorted({number for numbers in lists for number in numbers})


def _both(one: Sequence[int] | None, other: Sequence[int]) -> Sequence[int]:
    if one is None:
        return other
    there = frozenset(other)
    return [number for number in one if number in there]


def _day_tests(wanted: Filter, day: int) -> Iterator[tuple[str, Callable[[int], bool]]]:
    due_before, due_after, due_within = wanted.due_before, wanted.due_after, wanted.due_within
    said_before, said_after = wanted.said_before, wanted.said_after
    if due_before is not None:
        yield "due", lambda end: end < due_before
    if due_after is not None:
        yield "due", lambda end: end > due_after
    if due_within is not None:
        yield "due", lambda end: day <= end <= due_within
    if said_before is not None:
        yield "said", lambda end: end < said_before
    if said_after is not None:
        yield "said", lambda end: end > said_after


_VERDICTS = {"hit": 1, "late": 1, "true": 1, "miss": 2, "false": 2, "partly": 4, "void": 8, "withdrawn": 32}


def _of_statuses(backing: Backing, among: Sequence[int] | None, statuses: Sequence[str], day: int) -> Sequence[int]:
    """The claims that may have one of the statuses on the day."""
    due, known, judged, outcomes = (backing.numbers(row) for row in ("due", "known", "judged", "outcomes"))
    verdicts = 0
    for status in statuses:
        verdicts |= _VERDICTS.get(status, 0)
    past, waiting, future, never, statement = (
        name in statuses for name in ("overdue", "awaiting", "open", "undated", "unjudged")
    )

    last = known_until(day)

    def may(number: int) -> bool:
        if judged[number] <= last and outcomes[number] & verdicts:
            return True
        if judged[number] <= last and not outcomes[number] & rows.UNSETTLED:
            return False
        end = due[number]
        if statement or (never and end == rows.FAR):
            return True
        if end < day:
            return past if known[number] < day else waiting
        return future and end < rows.FAR

    return [number for number in (range(len(due)) if among is None else among) if may(number)]


def recall(shelf: Shelf, files: Files, names: Sequence[str], reread: Callable[[], Ledger]) -> Ledger | None:
    """The ledger of a shelf by the names its files have now; None if one of them has changed. Damaged."""
    then, answers = rows.loads(shelf.take("answers"))
    replay = Replay(files, then, names)
    if replay.altered(answers) != []:
        return None
    named = replay.files
    head = rows.head_of(shelf.take("head"))
    backing = Backing(shelf, reread)
    return Ledger(
        head.title,
        tuple(LazyText(named[name], files) for name in head.names),
        head.people,
        head.topics,
        head.sources,
        LazyClaims(backing, head.claims),
        LazyFacts(backing, head.claims),
        LazySpots(backing, head.claims),
        rows.problems_of(shelf.take("problems"), named),
        head.about,
        head.timezone,
        tuple(table._replace(file=named[table.file]) for table in head.forecasts),
        head.formerly,
    )
