"""One claim through all versions of its ledger: each file's content is read once, each text of the claim parsed once.

Most commits touch other claims. So a version is compared with the one read before it, and where the lines that
differ leave the claim and the edges of `claims` alone, nothing is cut or parsed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..errors import UnreadableError
from ..loading import limits, pieces, reading
from ..model import Claim

Unreadable = Literal["unreadable"]
State = Claim | Unreadable | None

UNREADABLE: Unreadable = "unreadable"
_INCLUDE = re.compile(rb"include[ \t]*:[^\n]*(?:\n(?:[ \t\-#][^\n]*|\r?(?=\n)))*")
_ODD = re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]|\r(?!\n)")
_MARKER = re.compile(rb"^(?:---|\.\.\.|%|include[ \t]*:)", re.MULTILINE)
_CLAIMS = re.compile(rb"\nclaims[ \t]*:")
_IN_NAMES = frozenset(bytes([byte]) for byte in b"abcdefghijklmnopqrstuvwxyz0123456789-")
_CHUNK = 1 << 16


class ContentScan(NamedTuple):
    """What one content of a file says: the claim as it stands there, and what the file includes."""

    state: State
    includes: tuple[str, ...]


class _Mark(NamedTuple):
    """Where things lie in a content, in bytes: the line of `claims:`, where the pieces begin and end, the column
    of their dashes, and the claim's own piece; its two edges are -1 where it is not there.
    """

    claims: int
    begin: int
    end: int
    column: int
    start: int
    stop: int

    def moved(self, shift: int, grown: int, end: int) -> _Mark:
        """The mark where all moved by `shift`, and by `grown` too what lies behind `end` (an old offset)."""
        claims, begin, last = self.claims + shift, self.begin + shift, self.end + shift + grown
        if self.start < 0:
            return _Mark(claims, begin, last, self.column, -1, -1)
        own = shift + (grown if self.start >= end else 0)
        return _Mark(claims, begin, last, self.column, self.start + own, self.stop + own)


class Trace:
    """Reads contents for the sake of one claim; `name` is its id, `former` are those it had before."""

    def __init__(self, name: str, former: Iterable[str] = ()) -> None:
        self.names = (name, *former)
        self._words = [one.encode() for one in self.names if one]
        self._scans: dict[str, ContentScan] = {}
        self._pieces: dict[str, State | bool] = {}
        self._includes: dict[bytes, tuple[str, ...]] = {}
        self._last: tuple[bytes, ContentScan, _Mark] | None = None

    def ids(self, contents: Iterable[str]) -> set[str]:
        """The ids that are followed."""
        return set(self.names)

    def known(self, oid: str) -> ContentScan | None:
        """The scan of a content that was read already."""
        return self._scans.get(oid)

    def scan(self, oid: str, data: bytes) -> ContentScan:
        """Read a content; cheap where it differs little from the one before."""
        data = data.removeprefix(b"\xef\xbb\xbf")
        found = self._follow(data) or self._afresh(data)
        self._scans[oid] = found
        return found

    # --- a content that differs little from the last one -----------------------------------------------------

    def _follow(self, data: bytes) -> ContentScan | None:
        """The scan of the last content, if what differs from it cannot matter; None where it may.

        What stands before the line of `claims:` is compared apart: a new claim often brings a new source.
        """
        if self._last is None:
            return None
        before, scan, mark = self._last
        claims = _claims_line(data)
        if claims < 0:
            return None
        old_head, new_head = before[: mark.claims], data[:claims]
        if old_head != new_head:
            head = _differing_lines(old_head, new_head)[2]
            if _is_odd(head) or _MARKER.search(head):
                return None
            scan = scan._replace(includes=self.included(data)) if scan.includes else scan
        start, end, body = _differing_lines(before[mark.claims :], data[claims:])
        start, end = start + mark.claims, end + mark.claims
        grown = len(data) - claims - (len(before) - mark.claims)
        if start < end or body:
            if start <= mark.begin or end > mark.end or (start <= mark.stop and end > mark.start >= 0):
                return None  # it may be the claim's own line, the next one's dash, or an edge of `claims`
            # A second line of `claims:` would be one that leaves the list.
            if _is_odd(body) or self._mentioned(body) or _leaves(body, mark.column):
                return None
        self._last = (data, scan, mark.moved(claims - mark.claims, grown, end))
        return scan

    def _mentioned(self, data: bytes) -> bool:
        """Whether an id stands somewhere as a word: an expression with both edges would be slow to search."""
        return any(_stands(word, data) for word in self._words)

    # --- a content on its own --------------------------------------------------------------------------------

    def _afresh(self, data: bytes) -> ContentScan:
        self._last = None
        includes = self.included(data)
        if not self._mentioned(data):
            return ContentScan(None, includes)
        try:
            text = reading.decode(data, "")
        except UnreadableError:
            return ContentScan(UNREADABLE, includes)
        cut = pieces.cut(text)
        if cut is None or data.startswith(b"claims") or _claims_line(data, _claims_line(data)) > 0:
            return ContentScan(self._whole(text), includes)
        found: pieces.Piece | None = None
        state: State = None
        for piece in cut.pieces:
            if all(text.find(name, piece.start, piece.end) < 0 for name in self.names):
                continue
            read = self._piece(text[piece.start : piece.end])
            if isinstance(read, bool):
                return ContentScan(self._whole(text), includes)
            if read is not None:
                found, state = piece, read
                break
        scan = ContentScan(state, includes)
        self._last = (data, scan, _mark(text, cut, found))
        return scan

    def _piece(self, text: str) -> State | bool:
        """The claim of a piece, None if it is another one; a bool where only the whole file can tell."""
        if text not in self._pieces:
            self._pieces[text] = self._read(text)
        return self._pieces[text]

    def _read(self, text: str) -> State | bool:
        alone = reading.read(f"ledger: 1\nclaims:\n{text}", "")
        if any(found.code in ("syntax", "yaml-feature") for found in alone.sheet.found):
            return False
        return self._among(alone)

    def _whole(self, text: str) -> State:
        if len(text) > limits.WHOLE_CHARS:
            return UNREADABLE
        try:
            return self._among(reading.read(text, ""))
        except UnreadableError:
            return UNREADABLE

    def _among(self, found: reading.FileReading) -> State:
        for entry in found.entries:
            if entry.claim.id in self.names:
                return entry.claim
        return UNREADABLE if any(problem.claim in self.names for problem in found.sheet.found) else None

    def included(self, data: bytes) -> tuple[str, ...]:
        """What a content includes, as its patterns."""
        at = 0 if data.startswith(b"include") else data.find(b"\ninclude") + 1
        block = _INCLUDE.match(data, at) if at or data.startswith(b"include") else None
        if block is None:
            return ()
        if block[0] not in self._includes:
            try:
                head = reading.read("ledger: 1\n" + block[0].decode(), "").head
            except (UnreadableError, UnicodeDecodeError):
                head = None
            self._includes[block[0]] = tuple(pattern for pattern, _ in head.include) if head else ()
        return self._includes[block[0]]


def _stands(word: bytes, data: bytes) -> bool:
    size, at = len(word), data.find(word)
    while at >= 0:
        if data[at - 1 : at] not in _IN_NAMES and data[at + size : at + size + 1] not in _IN_NAMES:
            return True
        at = data.find(word, at + 1)
    return False


def _mark(text: str, cut: pieces.Cut, piece: pieces.Piece | None) -> _Mark:
    def size(offset: int) -> int:
        return offset if text.isascii() else len(text[:offset].encode())

    start, stop = (size(piece.start), size(piece.end)) if piece else (-1, -1)
    begin, end = size(cut.pieces[0].start), size(cut.pieces[-1].end)
    return _Mark(size(cut.claims_at), begin, end, cut.column, start, stop)


def _claims_line(data: bytes, start: int = 0) -> int:
    """Where the first line from `start` on begins that may open the claims; -1 where there is none."""
    at = data.find(b"\nclaims", start)
    while at >= 0 and _CLAIMS.match(data, at) is None:
        at = data.find(b"\nclaims", at + 1)
    return at + 1 if at >= 0 else -1


def _differing_lines(old: bytes, new: bytes) -> tuple[int, int, bytes]:
    """Where the lines that differ begin in both and end in the older one, and what the newer one has there."""
    if old == new:
        return 0, 0, b""
    same = _common_prefix(old, new)
    start = old.rfind(b"\n", 0, same) + 1
    tail = _common_suffix(old, new, min(len(old), len(new)) - same)
    at = old.find(b"\n", len(old) - tail)
    rest = 0 if tail == 0 or at < 0 else len(old) - at - 1
    return start, max(len(old) - rest, start), new[start : max(len(new) - rest, start)]


def _common_prefix(old: bytes, new: bytes) -> int:
    most = min(len(old), len(new))
    at = 0
    while at < most and old[at : at + _CHUNK] == new[at : at + _CHUNK]:
        at += _CHUNK
    low, high = min(at, most), min(at + _CHUNK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(old: bytes, new: bytes, most: int) -> int:
    a, b = len(old), len(new)
    at = 0
    while at < most and old[max(a - at - _CHUNK, 0) : a - at] == new[max(b - at - _CHUNK, 0) : b - at]:
        at += _CHUNK
    low, high = min(at, most), min(at + _CHUNK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if old[a - middle : a - low] == new[b - middle : b - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _leaves(lines: bytes, column: int) -> bool:
    """Whether a line of these may end the list of claims: content left of the dashes, or no dash in their column."""
    for line in lines.split(b"\n"):
        content = line.lstrip(b" ")
        indent = len(line) - len(content)
        if indent <= column and content[:1] not in (b"", b"#", b"\t", b"\r"):
            is_dash = content[:1] == b"-" and content[1:2] in (b"", b" ", b"\t", b"\r")
            if indent < column or not is_dash:
                return True
    return False


def _is_odd(lines: bytes) -> bool:
    """Whether lines hold what may end a line for YAML alone, or are not UTF-8."""
    try:
        lines.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return _ODD.search(lines) is not None
