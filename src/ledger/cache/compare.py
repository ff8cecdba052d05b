"""What is another in a file than when it was read: runs of claims that stayed, and new pieces, parsed alone.

None wherever it is not certain that reading the whole file would give the same.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from ..loading.pieces import Cut, cut
from ..loading.reading import Entry, read
from ..model import Spot
from . import chunks
from .chunks import Layout

_HEAD = "ledger: 1\nclaims:\n"
_LINE = 3  # the first one behind it
MOST = 64  # claims; where more are new, reading everything is hardly slower


class Added(NamedTuple):
    """A claim that is new or another, with the digest of its text; the file's number in its spot is right."""

    entry: Entry
    digest: bytes


Part: TypeAlias = "range | Added"


class ReplacedClaims(NamedTuple):
    """The claims from `low` up to `high` gave way to the text between two offsets of the new file."""

    low: int
    high: int
    start: int
    end: int


class Compared(NamedTuple):
    """A file as it is now: its claims in order, old ones by their numbers, and the spots of all, five numbers each."""

    parts: list[Part]
    spots: array[int]


class FileThen(NamedTuple):
    """A file as it was: which claims are its own, and what tells their texts; `spots` are those of all claims."""

    number: int
    own: range
    spots: array[int]
    layout: Layout
    pieces: bytes
    chunks: bytes
    head: str
    length: int

    def start(self, number: int) -> int:
        """Where the text of a claim begins; behind the last one, where that ends."""
        return self.spots[number * 5 + 1] if number < self.own.stop else self.end(number - 1)

    def end(self, number: int) -> int:
        """Where the text of a claim ends."""
        return self.spots[number * 5 + 2]


def compared(then: FileThen, text: str) -> Compared | None:
    """What became of a file whose text is now this."""
    if not then.own or then.start(then.own.start) < 0:
        return None
    one = _side_by_side(then, text)
    return one if one is not None else _anywhere(then, text)


def edited(then: FileThen, text: str, patches: Sequence[tuple[int, int, int]]) -> Compared | None:
    """The same where it is known what was replaced: from an old offset to another by text of so many characters."""
    if not then.own or then.start(then.own.start) < 0:
        return None
    starts = then.spots[then.own.start * 5 + 1 : then.own.stop * 5 : 5]
    found: list[ReplacedClaims] = []
    shift = 0
    for begin, end, length in patches:
        low = then.own.start + max(bisect_right(starts, begin) - 1, 0)
        high = then.own.start + bisect_left(starts, end)
        before, shift = shift, shift + length - (end - begin)
        if begin < then.start(low) or end > then.start(high) or (found and low < found[-1].high):
            return None
        found.append(ReplacedClaims(low, high, then.start(low) + before, then.start(high) + shift))
    return _assembled(then, text, found)


# --- one place -------------------------------------------------------------------------------------------------


def _side_by_side(then: FileThen, text: str) -> Compared | None:
    """The claims that changed, if they lie side by side; the text around them need not be cut again for that."""
    shift = len(text) - then.length
    first, last = then.own.start, then.own.stop
    if chunks.digest(text[: then.start(first)] + text[then.start(last) + shift :]).hex() != then.head:
        return None
    low, high = _between(then, text, shift)
    for begin in dict.fromkeys((low, max(low - 1, first))):  # what stands alone between claims belongs to the first
        found = _assembled(then, text, [ReplacedClaims(begin, high, then.start(begin), then.start(high) + shift)])
        if found is not None:
            return found
    return None


def _between(then: FileThen, text: str, shift: int) -> tuple[int, int]:
    """What lies between texts that are as they were, chunk by chunk and then claim by claim."""
    low, high = then.own.start, then.own.stop
    for units in (_chunks, _pieces):
        ahead = list(units(then, low, high))
        for begin, stop, digest in ahead:
            if chunks.digest(text[then.start(begin) : then.end(stop - 1)]) != digest:
                break
            low = stop
        for begin, stop, digest in reversed(ahead):
            at = then.start(begin) + shift
            if begin < low or at < then.start(low) or chunks.digest(text[at : then.end(stop - 1) + shift]) != digest:
                break
            high = begin
    return low, high


def _chunks(then: FileThen, low: int, high: int) -> Iterator[tuple[int, int, bytes]]:
    """What has a digest: chunks that lie in the file, single claims elsewhere."""
    for place, chunk in then.layout.within(low, high):
        digest = chunks.digest_at(then.chunks, place)
        if chunk.start >= low and chunk.stop <= high and digest != chunks.ABSENT:
            yield chunk.start, chunk.stop, digest
        else:
            yield from _pieces(then, max(chunk.start, low), min(chunk.stop, high))


def _pieces(then: FileThen, low: int, high: int) -> Iterator[tuple[int, int, bytes]]:
    for number in range(low, high):
        yield number, number + 1, chunks.digest_at(then.pieces, number)


def _assembled(then: FileThen, text: str, replaced: Sequence[ReplacedClaims]) -> Compared | None:
    """The file made of what stayed and of the texts that took the place of the rest."""
    parts: list[Part] = []
    spots: array[int] = array("i")
    at, shift, lines = then.own.start, 0, 0
    for one in replaced:
        entries = _between_pieces(then, text, one)
        if entries is None:
            return None
        _keep(then, range(at, one.low), (shift, lines), parts, spots)
        line = then.spots[one.low * 5 + 3] if one.low < then.own.stop else _line_at(text, one.start)
        line += lines if one.low < then.own.stop else 0
        for entry in entries:
            spot = Spot(then.number, entry.spot.start + one.start, entry.spot.end + one.start,
                        entry.spot.line + line, entry.spot.column)  # fmt: skip
            parts.append(_added(entry, spot, text))
            spots.extend(spot)
        at = one.high
        if at < then.own.stop:
            shift = one.end - then.start(at)
            lines = line + text.count("\n", one.start, one.end) - then.spots[at * 5 + 3]
    _keep(then, range(at, then.own.stop), (shift, lines), parts, spots)
    return Compared(parts, spots) if spots else None


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _keep(then: FileThen, run: range, by: tuple[int, int], parts: list[Part], spots: array[int]) -> None:
    """Add a run of claims that stayed, moved by so many characters and lines."""
    if not run:
        return
    parts.append(run)
    own = then.spots[run.start * 5 : run.stop * 5]
    for column, moved in ((1, by[0]), (2, by[0]), (3, by[1])):
        if moved:
            own[column::5] = array("i", [value + moved for value in own[column::5]])
    spots.extend(own)


def _between_pieces(then: FileThen, text: str, one: ReplacedClaims) -> list[Entry] | None:
    """The claims of a text that took the place of others, if what stands around it is cut as before."""
    last = one.high == then.own.stop
    if not 0 <= one.high - one.low < MOST or one.end < one.start or (last and one.end != len(text)):
        return None
    if text[one.start - 1 : one.start] != "\n" or not (last or one.end == one.start or text[one.end - 1] == "\n"):
        return None  # the line of the next dash begins before its piece: the dash stands in another column
    return _parsed(text[one.start : one.end], then.spots[then.own.start * 5 + 4])


def _parsed(text: str, column: int) -> list[Entry] | None:
    """The claims of a text that consists of them, read as a file of its own; None where anything is wrong.

    Their spots are those in the text alone, whose first line is 0.
    """
    if not text:
        return []
    found = read(_HEAD + text, "", 0)
    if found.sheet.found or not 0 < len(found.entries) < MOST:
        return None
    at = len(_HEAD)
    for entry in found.entries:
        if entry.spot.start != at or entry.spot.column != column:
            return None
        at = entry.spot.end
    if at != len(_HEAD) + len(text):
        return None
    return [entry._replace(spot=_moved(entry.spot, -len(_HEAD), -_LINE)) for entry in found.entries]


def _moved(spot: Spot, offset: int, lines: int) -> Spot:
    return spot._replace(start=spot.start + offset, end=spot.end + offset, line=spot.line + lines)


def _added(entry: Entry, spot: Spot, text: str) -> Added:
    fact = entry.fact._replace(file=spot.file, line=spot.line)
    return Added(Entry(entry.claim, fact, spot), chunks.digest(text[spot.start : spot.end]))


# --- anywhere --------------------------------------------------------------------------------------------------


def _anywhere(then: FileThen, text: str) -> Compared | None:
    """What is another, wherever it is: the text is cut, and each piece known again by its digest."""
    proposal = cut(text)
    if proposal is None or chunks.digest(proposal.head(text)).hex() != then.head:
        return None
    known = {chunks.digest_at(then.pieces, number): number for number in then.own}
    numbers = [known.pop(chunks.digest(text[piece.start : piece.end]), None) for piece in proposal.pieces]
    entries = _new_entries(text, proposal, numbers)
    if entries is None:
        return None
    parts: list[Part] = []
    spots: array[int] = array("i")
    fresh = iter(entries)
    for number, piece in zip(numbers, proposal.pieces, strict=True):
        spot = Spot(then.number, *piece, proposal.column + 1)
        spots.extend(spot)
        last = parts[-1] if parts else None
        if number is None:
            parts.append(_added(next(fresh), spot, text))
        elif isinstance(last, range) and last.stop == number:
            parts[-1] = range(last.start, number + 1)
        else:
            parts.append(range(number, number + 1))
    return Compared(parts, spots)


def _new_entries(text: str, proposal: Cut, numbers: Sequence[int | None]) -> list[Entry] | None:
    """The claims of the pieces that nothing knows, in order."""
    new = [piece for number, piece in zip(numbers, proposal.pieces, strict=True) if number is None]
    if len(new) >= MOST:
        return None
    entries = _parsed("".join([text[piece.start : piece.end] for piece in new]), proposal.column + 1)
    if entries is None or len(entries) != len(new):
        return None
    lengths = [entry.spot.end - entry.spot.start for entry in entries]
    return entries if lengths == [piece.end - piece.start for piece in new] else None
