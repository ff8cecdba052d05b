"""A ledger's sequences, made from rows when somebody looks: a filter builds the few claims it prints.

Where a row turns out to be damaged, the files are read after all and take over: the answer is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex, TypeVar, overload

from ..facts import Fact
from ..model import Claim, ClaimsOnDemand, Ledger, Spot, Text
from ..query import Attribute, Filter, Indexed
from . import Damaged, index, rows
from .checksums import Files, Replay
from .narrow import candidates_of, names_of, restating_of, spans_of, statuses_of
from .rowbytes import dumps, loads
from .rowfile import Backing

if TYPE_CHECKING:
    from .rowfile import Shelf

_KEPT = 256  # claims that were looked at one by one
_HELD = 16 * 1024 * 1024  # bytes of claims that are held unparsed: those that come next lie anywhere among them
T = TypeVar("T")


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
        return self._backing.either(lambda: self._stored(number), lambda ledger: ledger.facts[number])

    def __iter__(self) -> Iterator[Fact]:
        number = 0
        while number < self._count:
            place = self._backing.either(lambda: self._chunk_of(number), lambda _: None)  # noqa: B023 - used at once
            if place is None:
                yield self._item(number)
                number += 1
            else:
                yield from place
                number += len(place)

    def _stored(self, number: int) -> Fact:
        layout = self._backing.layout()
        place = layout.place(number)
        return self._chunk(place)[number - layout.edges[place]]

    def _chunk_of(self, number: int) -> Sequence[Fact]:
        """The facts of the chunk that begins with a claim."""
        return self._chunk(self._backing.layout().place(number))

    def _chunk(self, place: int) -> Sequence[Fact]:
        found = self._chunks.get(place)
        if found is None:
            row, start, stop = self._backing.layout().chunk(place)
            spots, data = self._backing.numbers("spots"), self._backing.take(f"f{row}")
            found = rows.facts_of(data, spots[start * 5 : stop * 5 : 5], spots[start * 5 + 3 : stop * 5 : 5])
            if len(found) != stop - start:
                raise Damaged("a chunk of another size")
            self._chunks[place] = found
        return found

    def candidates(self, wanted: Filter, day: int) -> Sequence[int] | None:
        """The numbers of the claims that may pass a filter, in order; None for all."""
        return self._backing.either(lambda: candidates_of(self._backing, wanted, day), lambda _: None)

    def names(self, attribute: Attribute) -> Collection[str]:
        """The values of an attribute, each once."""
        from ..query import names

        return self._backing.either(
            lambda: names_of(self._backing, attribute), lambda ledger: names(ledger.facts, attribute)
        )

    def revising(self) -> Sequence[int]:
        """The numbers of the claims that revise another, in order."""
        return sorted(number for of in self.having("revises").values() for number in of)

    def having(self, attribute: Attribute) -> Mapping[str, Sequence[int]]:
        """The numbers of the claims that have each value of an attribute, in order."""
        from ..query import having

        return self._backing.either(
            lambda: index.having_of(self._backing.take, attribute), lambda ledger: having(ledger.facts, attribute)
        )

    def statuses(self, day: int) -> Sequence[str | None]:
        """The status of each claim on a day; None for one that is not known by then."""
        from ..query import statuses

        return self._backing.either(
            lambda: statuses_of(self._backing, self, day), lambda real: statuses(real.facts, day)
        )

    def restating(self) -> Container[int]:
        """The numbers of the claims that restate another; their facts are not kept."""
        from ..query import restating

        return self._backing.either(
            lambda: frozenset(restating_of(self._backing, self.revising())), lambda real: restating(real.facts)
        )

    def sentences(self) -> Sequence[str]:
        """The claims' own sentences as they are compared."""
        from ..query import sentences

        return self._backing.either(
            lambda: index.texts_of(self._backing.take("sentences")), lambda real: sentences(real.facts)
        )

    def spans(self, attribute: Literal["said", "deadline"]) -> Sequence[tuple[int, int] | None]:
        """The first and last day of a period of each claim."""
        from ..query import spans

        return self._backing.either(
            lambda: spans_of(self._backing, attribute), lambda real: spans(real.facts, attribute)
        )

    def kept(self, name: str) -> Any:
        """What was kept with the rows beside them; None where nothing is, or it is damaged."""
        try:
            return loads(self._backing.take(name)) if self._backing.real is None else None
        except (Damaged, ValueError):
            return None

    def keep(self, name: str, value: object) -> None:
        """Keep a value with the rows."""
        if self._backing.real is None:
            self._backing.keep(name, dumps(value))


class LazyClaims(_Lazy[Claim], ClaimsOnDemand):
    """Claims, parsed one by one."""

    def __init__(self, backing: Backing, count: int) -> None:
        super().__init__(backing, count)
        self._lines: dict[int, list[bytes]] = {}
        self._held = 0  # bytes of these lines
        self._claims: dict[int, Claim] = {}

    def _item(self, number: int) -> Claim:
        found = self._claims.get(number)
        if found is None:
            found = self._backing.either(lambda: self._stored(number), lambda ledger: ledger.claims[number])
            if len(self._claims) >= _KEPT:
                self._claims.clear()
            self._claims[number] = found
        return found

    def passing(self, numbers: Sequence[int]) -> Iterator[Claim]:
        """The claims of these numbers, none of them kept; every row they need is proven before the first of them."""
        self._backing.either(lambda: self._prove(numbers), lambda ledger: None)
        real = self._backing.real
        return map(self._stored if real is None else real.claims.__getitem__, numbers)

    def _prove(self, numbers: Sequence[int]) -> None:
        for row in sorted({self._row(number)[0] for number in numbers}):
            self._backing.take(f"c{row}")

    def _row(self, number: int) -> tuple[int, int]:
        """The row that holds a claim, and its place in it."""
        layout = self._backing.layout()
        row, start, _ = layout.chunk(layout.place(number))
        return row, number - start

    def _stored(self, number: int) -> Claim:
        row, at = self._row(number)
        if row not in self._lines:
            data = self._backing.take(f"c{row}")
            if self._held > _HELD:
                self._lines, self._held = {}, 0
            self._lines[row] = data.split(b"\n")
            self._held += len(data)
        return rows.claim_of(self._lines[row][at])


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

    @property
    def data(self) -> bytes | None:
        """The bytes that were read; UnreadableError where the file changed since the ledger was opened."""
        return self._files.data(self.name)

    def checksum(self) -> str:
        """The checksum of the file's content as the ledger was opened."""
        return self._files.sum(self.name)

    def __iter__(self) -> Iterator[Any]:
        yield self.name
        yield self.text

    def __getitem__(self, at: Any) -> Any:
        return (self.name, self.text)[at]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == other

    __hash__ = None  # type: ignore[assignment]


def recall(
    shelf: Shelf,
    files: Files,
    names: Sequence[str],
    reread: Callable[[], Ledger],
    keep: Callable[[str, bytes], object],
) -> Ledger | None:
    """The ledger of a shelf by the names its files have now; None if one of them has changed. Damaged."""
    then, answers = loads(shelf.take("answers"))
    replay = Replay(files, then, names)
    if replay.altered(answers) != []:
        return None
    named = replay.files
    head = rows.head_of(shelf.take("head"))
    backing = Backing(shelf, reread, keep)
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
        tuple(entry._replace(file=named[entry.file]) for entry in head.forecasts),
        head.formerly,
        tuple(entry._replace(file=named[entry.file]) for entry in head.includes),
    )
