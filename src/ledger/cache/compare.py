"""What is another in a file than when it was read: runs of claims that stayed, and new pieces, parsed alone.

None wherever it is not certain that reading the whole file would give the same.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ..loading.claims import Entry
from ..loading.lines import Sheet
from ..loading.pieces import Cut, cut
from ..loading.plain import PlainReader
from ..model import Spot, fact_of
from . import chunks
from .chunks import HeadThen, Layout, head_then
from .filenow import FileNow, PatchedFile

if TYPE_CHECKING:
    from ..loading.head import FileHead

_HEAD = "ledger: 1\nclaims:\n"
_LINE = 3  # the first one behind it
_DASH = re.compile(rb"\n *- ")
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


class MovedBy(NamedTuple):
    """By how many characters and lines something moved."""

    offset: int
    lines: int


class Compared(NamedTuple):
    """A file as it is now: its claims in order, old ones by their numbers, and the spots of all, five numbers each.

    `told` is what tells its head from now on, and `head` what that says, None where it is as it was.
    """

    parts: list[Part]
    spots: array[int]
    told: HeadThen
    head: FileHead | None = None


class FileThen(NamedTuple):
    """A file as it was: which claims are its own, and what tells their texts; `spots` are those of all claims."""

    number: int
    own: range
    spots: array[int]
    layout: Layout
    pieces: bytes
    chunks: bytes
    sizes: array[int]
    head: HeadThen

    def start(self, number: int) -> int:
        """Where the text of a claim begins; behind the last one, where that ends."""
        return self.spots[number * 5 + 1] if number < self.own.stop else self.end(number - 1)

    def end(self, number: int) -> int:
        """Where the text of a claim ends."""
        return self.spots[number * 5 + 2]

    def line(self, number: int) -> int:
        """The line of a claim's dash."""
        return self.spots[number * 5 + 3]


def compared(then: FileThen, now: FileNow) -> Compared | None:
    """What became of a file."""
    if not then.own or then.start(then.own.start) < 0:
        return None
    one = _side_by_side(then, now)
    return one if one is not None else _anywhere(then, now)


def edited(then: FileThen, now: PatchedFile) -> Compared | None:
    """The same where it is known what was replaced."""
    if not then.own or then.start(then.own.start) < 0:
        return None
    starts = then.spots[then.own.start * 5 + 1 : then.own.stop * 5 : 5]
    found: list[ReplacedClaims] = []
    shift = before = 0
    for begin, end, text in now.patches:
        length = len(text)
        shift += length - (end - begin)
        if end <= starts[0] and not found:
            before = shift  # in the head
            continue
        low = then.own.start + max(bisect_right(starts, begin) - 1, 0)
        high = then.own.start + bisect_left(starts, end)
        if begin < then.start(low) or end > then.start(high) or (found and low < found[-1].high):
            return None
        moved = shift - length + (end - begin)
        found.append(ReplacedClaims(low, high, then.start(low) + moved, then.start(high) + shift))
    first = then.own.start
    headed = bool(now.patches) and now.patches[0].end <= starts[0]
    lines = now.newlines(0, then.start(first) + before) - (then.line(first) - 1) if headed else 0
    one = _assembled(then, now, found, MovedBy(before, lines))
    if one is None or headed:
        return None if one is None else _with_head(now, one)
    return one._replace(told=then.head._replace(length=then.head.length + shift))


# --- one place -------------------------------------------------------------------------------------------------


def _side_by_side(then: FileThen, now: FileNow) -> Compared | None:
    """The claims that changed, if they lie side by side; the text around them need not be cut again for that."""
    first, data = then.own.start, now.data
    before, behind = then.head.before, then.head.behind
    same = chunks.digest(data[:before] + data[max(len(data) - behind, 0) :]).hex() == then.head.digest
    moved = MovedBy(0, 0)
    if not same:
        before = _first_dash(data)
        head = data[:before].decode("utf-8")
        moved = MovedBy(len(head) - then.start(first), head.count("\n") - (then.line(first) - 1))
    low, high, shift = _between(then, now, before, moved.offset)
    for begin in dict.fromkeys((low, max(low - 1, first))):  # what stands alone between claims belongs to the first
        gone = ReplacedClaims(begin, high, then.start(begin) + moved.offset, then.start(high) + shift)
        found = _assembled(then, now, [gone], moved)
        if found is not None:
            told = then.head._replace(length=then.head.length + shift)
            return found._replace(told=told) if same else _with_head(now, found)
    return None


def _first_dash(data: bytes) -> int:
    """Where the claims seem to begin; what is made of it is proven."""
    found = _DASH.search(data, max(data.find(b"\nclaims:"), 0))
    return found.start() + 1 if found else 0


def _between(then: FileThen, now: FileNow, before: int, moved: int) -> tuple[int, int, int]:
    """What lies between texts that are as they were, and by how much the one behind it moved; decodes little else.

    The first claim began behind so many bytes, and by so many characters elsewhere.
    """
    low, high, at, end, more = _between_chunks(then, now.data, before)
    begin = at - more[1]
    at = max(begin - (now.data[begin - 1 : begin] == b"\n"), 0)  # and the line end before it
    stop = now.look(at, end, then.start(low - more[0]) + moved - (begin - at))
    shift = stop - then.start(high)
    for number in range(low, high):
        text = now.cut(then.start(number) + moved, then.end(number) + moved)
        if chunks.digest(text.encode()) != chunks.digest_at(then.pieces, number):
            break
        low = number + 1
    for number in range(high - 1, low - 1, -1):
        start = then.start(number) + shift
        if start < then.start(low) + moved:
            break
        if chunks.digest(now.cut(start, then.end(number) + shift).encode()) != chunks.digest_at(then.pieces, number):
            break
        high = number
    return low, high, shift


def _between_chunks(then: FileThen, data: bytes, before: int) -> tuple[int, int, int, int, tuple[int, int]]:
    """The same by chunks: claims, offsets in bytes, and claims and bytes of the last chunk that is before them."""
    low, high, at, end, more = then.own.start, then.own.stop, before, len(data) - then.head.behind, (0, 0)
    view = memoryview(data)
    units = [(chunk, then.sizes[place], chunks.digest_at(then.chunks, place))
             for place, chunk in then.layout.within(low, high)]  # fmt: skip
    for chunk, size, digest in units:
        if not size or chunks.digest(view[at : at + size]) != digest:
            break
        low, at, more = chunk.stop, at + size, (chunk.stop - chunk.start, size)
    for chunk, size, digest in reversed(units):
        if not size or chunk.start < low or end - size < at or chunks.digest(view[end - size : end]) != digest:
            break
        high, end = chunk.start, end - size
    return low, high, at, end, more


def _assembled(then: FileThen, now: FileNow, replaced: Sequence[ReplacedClaims], moved: MovedBy) -> Compared | None:
    """The file made of what stayed and of the texts that took the place of the rest; the first claim has moved."""
    parts: list[Part] = []
    spots: array[int] = array("i")
    at = then.own.start
    for one in replaced:
        entries = _between_pieces(then, now, one)
        if entries is None:
            return None
        _keep(then, range(at, one.low), moved, parts, spots)
        line = _line_at(then, now, one, moved)
        for entry in entries:
            spot = Spot(then.number, entry.spot.start + one.start, entry.spot.end + one.start,
                        entry.spot.line + line, entry.spot.column)  # fmt: skip
            parts.append(_added(entry, spot, now))
            spots.extend(spot)
        at = one.high
        if at < then.own.stop:
            moved = MovedBy(one.end - then.start(at), line + now.newlines(one.start, one.end) - then.line(at))
    _keep(then, range(at, then.own.stop), moved, parts, spots)
    return Compared(parts, spots, then.head) if spots else None


def _line_at(then: FileThen, now: FileNow, one: ReplacedClaims, moved: MovedBy) -> int:
    """The line where what took the place of others begins."""
    if one.low < then.own.stop:
        return then.line(one.low) + moved.lines
    last = one.low - 1
    return then.line(last) + moved.lines + now.newlines(then.start(last) + moved.offset, one.start)


def _keep(then: FileThen, run: range, moved: MovedBy, parts: list[Part], spots: array[int]) -> None:
    """Add a run of claims that stayed, moved."""
    if not run:
        return
    parts.append(run)
    own = then.spots[run.start * 5 : run.stop * 5]
    for column, by in ((1, moved.offset), (2, moved.offset), (3, moved.lines)):
        if by:
            own[column::5] = array("i", [value + by for value in own[column::5]])
    spots.extend(own)


def _between_pieces(then: FileThen, now: FileNow, one: ReplacedClaims) -> list[Entry] | None:
    """The claims of a text that took the place of others, if what stands around it is cut as before."""
    last = one.high == then.own.stop
    if not 0 <= one.high - one.low < MOST or one.end < one.start or (last and not now.is_end(one.end)):
        return None
    if now.cut(one.start - 1, one.start) != "\n":
        return None
    if not last and one.end > one.start and now.cut(one.end - 1, one.end) != "\n":
        return None  # the line of the next dash begins before its piece: the dash stands in another column
    return _parsed(now.cut(one.start, one.end), then.spots[then.own.start * 5 + 4])


def _parsed(text: str, column: int) -> list[Entry] | None:
    """The claims of a text that consists of them, read as a file of its own; None where anything is wrong.

    Their spots are those in the text alone, whose first line is 0.
    """
    if not text:
        return []
    whole = _HEAD + text
    proposal = cut(whole)
    if proposal is None or proposal.column + 1 != column or len(proposal.pieces) >= MOST:
        return None
    if (proposal.pieces[0].start, proposal.pieces[-1].end) != (len(_HEAD), len(whole)):
        return None
    entries = _plain(whole, proposal) or _by_yaml(whole)
    if entries is None or [entry.spot[1:4] for entry in entries] != list(proposal.pieces):
        return None
    return [entry._replace(spot=_moved(entry.spot, -len(_HEAD), -_LINE)) for entry in entries]


def _plain(text: str, proposal: Cut) -> list[Entry] | None:
    """The claims, if all of them can be read without YAML, whose parser then is not loaded."""
    reader = PlainReader(Sheet("", text))
    entries = []
    for piece in proposal.pieces:
        claim = reader.read(text[piece.start : piece.end])
        if claim is None:
            return None
        spot = Spot(0, *piece, proposal.column + 1)
        entries.append(Entry(claim, fact_of(claim, spot), spot))
    return entries


def _by_yaml(text: str) -> list[Entry] | None:
    from ..loading.reading import read

    found = read(text, "", 0)
    return None if found.sheet.found else found.entries


def _moved(spot: Spot, offset: int, lines: int) -> Spot:
    return spot._replace(start=spot.start + offset, end=spot.end + offset, line=spot.line + lines)


def _added(entry: Entry, spot: Spot, now: FileNow) -> Added:
    fact = entry.fact._replace(file=spot.file, line=spot.line)
    return Added(Entry(entry.claim, fact, spot), chunks.digest(now.cut(spot.start, spot.end).encode()))


def _with_head(now: FileNow, found: Compared) -> Compared | None:
    """The same with the head of the file, which is another: read with its first claim and its last one alone.

    What stands around the claims decides no more about them than where they begin and end.
    """
    from ..loading.reading import read

    text, values = now.text, found.spots
    first, last = Spot(*values[:5]), Spot(*values[-5:])
    ends = [first] if first == last else [first, last]
    behind = text[last.end :]
    reduced = "".join([text[: first.start], *(text[spot.start : spot.end] for spot in ends), behind])
    reading = read(reduced, "", first.file)
    entries = reading.entries
    if reading.sheet.found or reading.head is None or len(entries) != len(ends):
        return None
    end = entries[-1].spot
    same = entries[0].spot == first and end.end == len(reduced) - len(behind) and end.column == last.column
    return found._replace(told=head_then(text, first.start, last.end), head=reading.head) if same else None


# --- anywhere --------------------------------------------------------------------------------------------------


def _anywhere(then: FileThen, now: FileNow) -> Compared | None:
    """What is another, wherever it is: the text is cut, and each piece known again by its digest."""
    text = now.text
    proposal = cut(text)
    if proposal is None:
        return None
    known = {chunks.digest_at(then.pieces, number): number for number in then.own}
    numbers = [known.pop(chunks.digest(text[piece.start : piece.end].encode()), None) for piece in proposal.pieces]
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
            parts.append(_added(next(fresh), spot, now))
        elif isinstance(last, range) and last.stop == number:
            parts[-1] = range(last.start, number + 1)
        else:
            parts.append(range(number, number + 1))
    told = head_then(text, proposal.pieces[0].start, proposal.pieces[-1].end)
    found = Compared(parts, spots, told)
    return found if told.digest == then.head.digest else _with_head(now, found)


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
