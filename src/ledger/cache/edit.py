"""A ledger as it was and as it is: which claims stayed, which are new or gone, and the rows that follow from that."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from ..facts import Fact
from ..judging import measure
from ..model import Claim
from . import chunks, index, rows
from .chunks import HeadThen, Layout
from .compare import MOST, Added, FileThen, Part
from .filenow import FileNow
from .rowbytes import dumps, loads, numbers, numbers_of
from .rowfile import Shelf


class ShelfThen:
    """The ledger of a shelf, of which little is made."""

    def __init__(self, shelf: Shelf) -> None:
        self.take = shelf.take
        self.layout = Layout(numbers_of(self.take("layout")))
        self.spots = numbers_of(self.take("spots"))
        self.count = len(self.spots) // 5
        self.pieces, self.chunks = self.take("pieces"), self.take("chunks")
        self.sizes = numbers_of(self.take("sizes"))
        self.heads = [HeadThen(*told) for told in loads(self.take("heads"))]

    def file(self, number: int, own: range) -> FileThen:
        """One of its files, which has these claims."""
        head = self.heads[number]
        return FileThen(number, own, self.spots, self.layout, self.pieces, self.chunks, self.sizes, head)

    @cached_property
    def ids(self) -> list[str]:
        """All ids."""
        return index.texts_of(self.take("ids"))

    def claim(self, number: int) -> Claim:
        """A claim."""
        return rows.claim_of(self.line(number))

    def line(self, number: int) -> bytes:
        """A claim as it stands in its row."""
        row, start, _ = self.layout.chunk(self.layout.place(number))
        if row not in self._lines:
            self._lines[row] = self.take(f"c{row}").split(b"\n")
        return self._lines[row][number - start]

    def fact(self, number: int) -> Fact:
        """A fact."""
        row, start, stop = self.layout.chunk(self.layout.place(number))
        if row not in self._facts:
            spots = self.spots
            self._facts[row] = rows.facts_of(
                self.take(f"f{row}"), spots[start * 5 : stop * 5 : 5], spots[start * 5 + 3 : stop * 5 : 5]
            )
        return self._facts[row][number - start]

    @cached_property
    def _lines(self) -> dict[int, list[bytes]]:
        return {}

    @cached_property
    def _facts(self) -> dict[int, list[Fact]]:
        return {}


class RowEdit:
    """What an edit came to: the claims that stayed in runs, those that were added, and those that are gone.

    `spots` are those of all claims now, `texts` those of the files that changed, by their numbers; `head` is None
    where no file has another one.
    """

    def __init__(
        self,
        then: ShelfThen,
        parts: Sequence[Part],
        spots: array[int],
        texts: Mapping[int, FileNow],
        head: rows.CachedHead | None = None,
    ) -> None:
        self.then = then
        self.parts = parts
        self.spots = spots
        self.texts = texts
        self.head = head
        self.added = {part.entry.claim.id: part for part in parts if isinstance(part, Added)}
        self.several = len(self.added) < sum(isinstance(part, Added) for part in parts)

    @cached_property
    def gone(self) -> dict[int, tuple[Claim, Fact]] | None:
        """The claims that went or are another now, by their old numbers; None where they are too many."""
        runs = sorted((part for part in self.parts if isinstance(part, range)), key=lambda run: run.start)
        edges = [0, *(edge for run in runs for edge in (run.start, run.stop)), self.then.count]
        numbers = [number for start, stop in list(pairwise(edges))[::2] for number in range(start, stop)]
        if len(numbers) >= MOST:
            return None
        return {number: (self.then.claim(number), self.then.fact(number)) for number in numbers}

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        found = {}
        for name, one in self.added.items():
            fact = one.entry.fact
            if fact.revises is not None:
                other = self.added.get(fact.revises)
                revised = other.entry.fact if other else self.then.fact(self.then.ids.index(fact.revises))
                fact = fact._replace(restates=measure(fact) == measure(revised))
            found[name] = fact
        return found

    def fact(self, part: Added) -> Fact:
        """The fact of an added claim, which knows whether it restates the one it revises."""
        return self._facts[part.entry.claim.id]

    # --- the rows ----------------------------------------------------------------------------------------------

    def rows(self, sums: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """The rows that change; `sums` are the checksums of the files that did."""
        from .rechunk import Rechunked

        take = self.then.take
        names, answers = loads(take("answers"))
        asked = [[question, sums.get(question[1], old) if question[0] == "sum" else old] for question, old in answers]
        yield "answers", dumps([names, asked])
        yield "heads", dumps(self.then.heads)
        yield "spots", self.spots.tobytes()
        head = loads(take("head")) if self.head is None else self.head
        yield "head", dumps([len(self.spots) // 5, *head[1:]])
        yield "pieces", self._each(self.then.pieces, chunks.DIGEST, lambda one: one.digest)
        yield from Rechunked(self).rows()
        yield from self._index()

    def _each(self, old: bytes, size: int, new: Callable[[Added], bytes]) -> bytes:
        """So many bytes of each claim."""
        return b"".join(
            old[part.start * size : part.stop * size] if isinstance(part, range) else new(part) for part in self.parts
        )

    def _columns(self) -> Iterator[tuple[str, bytes]]:
        for name, number in index.COLUMNS.items():
            then = self.then.take(name)
            now = self._each(then, 4, lambda one, number=number: numbers([number(self.fact(one))]))  # type: ignore[misc]
            if now != then:
                yield name, now

    def _texts(self, name: str) -> bytes:
        old, text = self.then.take(name).split(b"\n"), index.TEXTS[name]
        lines: list[bytes] = []
        for part in self.parts:
            lines += old[part.start : part.stop] if isinstance(part, range) else [text(self.fact(part)).encode()]
        return b"\n".join(lines)

    def _index(self) -> Iterator[tuple[str, bytes]]:
        take = self.then.take
        yield from self._columns()
        order = [part if isinstance(part, range) else self.fact(part) for part in self.parts]
        renumbered = index.Renumbered(self.then.count, order)
        gone = [(number, fact) for number, (_, fact) in (self.gone or {}).items()]
        for name, text in index.TEXTS.items():
            then, now = ([(number, text(fact)) for number, fact in of] for of in (gone, renumbered.added))
            if not renumbered.same or then != now:
                yield name, self._texts(name)
        for attribute in index.NAMED:
            having = renumbered.having(take, attribute, gone)
            if having is not None:
                yield from index.named_rows(attribute, having)
        yield from self._names()

    def _names(self) -> Iterator[tuple[str, bytes]]:
        """The names that claims use; of those that nobody uses any more some may stay."""
        take, claims = self.then.take, [one.entry.claim for one in self.added.values()]
        used, now = loads(take("used")), rows.used(claims)
        if any(not set(names) <= set(used[table]) for table, names in now.items()):
            yield "used", dumps({table: sorted({*names, *used[table]}) for table, names in now.items()})
        referred = loads(take("referred"))
        more = {name for claim in claims for name in index.referred(claim)} - set(referred)
        if more:
            yield "referred", dumps(sorted([*more, *referred]))
