"""The chunks of a ledger after an edit: those that are whole keep their rows, what is left over makes new ones."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..facts import Fact
from . import chunks, rows
from .compare import Added
from .rowbytes import dumps, numbers

if TYPE_CHECKING:
    from .edit import RowEdit

Item: TypeAlias = "int | Added"  # the old number of a claim, or one that was added


class _ChunkNow:
    """Claims of one row: `place` is that of a chunk that is as it was."""

    def __init__(self, items: Sequence[Item], place: int | None = None) -> None:
        self.items = items
        self.place = place


class Rechunked:
    """The chunks as they are after an edit."""

    def __init__(self, edit: RowEdit) -> None:
        self._edit = edit
        self._then = edit.then
        self._groups: list[_ChunkNow] = []
        self._loose: list[Item] = []
        for part in edit.parts:
            if isinstance(part, Added):
                self._loose.append(part)
            else:
                self._take(part)
        self._gather()
        kept = {self._row(group.place) for group in self._groups if group.place is not None}
        self._free = set(self._then.layout.rows) - kept  # of chunks that are not whole any more

    def _row(self, place: int) -> int:
        return self._then.layout.rows[place]

    def _take(self, run: range) -> None:
        """Take claims that stayed, whole chunks as they are."""
        for place, chunk in self._then.layout.within(run.start, run.stop):
            own = range(max(chunk.start, run.start), min(chunk.stop, run.stop))
            if len(own) == chunk.stop - chunk.start:
                self._gather()
                self._groups.append(_ChunkNow(own, place))
            else:
                self._loose += own

    def _gather(self) -> None:
        """Make chunks of what is left over; a few claims go to the chunk before them."""
        last = self._groups[-1] if self._groups else None
        few = 0 < len(self._loose) < chunks.SIZE // 2
        if few and last is not None and len(last.items) + len(self._loose) <= chunks.MOST:
            last.items, last.place = [*last.items, *self._loose], None
            self._loose = []
        whole = len(self._loose) <= chunks.MOST
        for start in range(0, len(self._loose), chunks.MOST if whole else chunks.SIZE):
            self._groups.append(_ChunkNow(self._loose[start : start + (chunks.MOST if whole else chunks.SIZE)]))
        self._loose = []

    # --- the rows ----------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Layout and digests of all chunks, and the rows of those that are new."""
        layout: list[int] = []
        told: list[tuple[bytes, int]] = []
        free, fresh = sorted(self._free, reverse=True), max(self._then.layout.rows, default=-1) + 1
        at = 0
        for group in self._groups:
            if group.place is not None:
                row = self._row(group.place)
                told.append((chunks.digest_at(self._then.chunks, group.place), self._then.sizes[group.place]))
            else:
                row = free.pop() if free else fresh
                fresh += row == fresh
                yield f"f{row}", rows.facts_row([self._fact(item) for item in group.items])
                yield f"c{row}", b"\n".join(map(self._line, group.items))
                told.append(chunks.told_by(self._bytes(at, at + len(group.items))))
            layout += row, len(group.items)
            at += len(group.items)
        for row in free:
            yield from ((f"f{row}", b""), (f"c{row}", b""))
        yield "layout", numbers(layout)
        yield "chunks", b"".join(digest for digest, _ in told)
        yield "sizes", numbers(size for _, size in told)

    def _fact(self, item: Item) -> Fact:
        return self._edit.fact(item) if isinstance(item, Added) else self._then.fact(item)

    def _line(self, item: Item) -> bytes:
        return dumps(item.entry.claim) if isinstance(item, Added) else self._then.line(item)

    def _bytes(self, start: int, stop: int) -> bytes | None:
        """The text of claims that lie one behind the other in a file that changed."""
        spots: array[int] = self._edit.spots[start * 5 : stop * 5]
        now = self._edit.texts.get(spots[0])
        if now is None or spots[0] != spots[-5] or spots[1] < 0 or list(spots[2:-5:5]) != list(spots[6::5]):
            return None
        return now.cut(spots[1], spots[-3]).encode()
