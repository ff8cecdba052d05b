"""Cutting a file's text into a head and one piece a claim, without parsing it.

A piece is the text of one claim, from its dash to the next dash in that column. The cut is only a proposal
where the text is odd; `cut` answers None where it is not certain, and the reader composes each piece alone,
which fails if a quoted text or a bracket runs over the cut.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from ..files import bounds

_START = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*+---[ \t]*(?:#[^\n]*)?\r?\n")
# Patterns over whole files begin with the newline itself: that is what makes the search quick.
_CLAIMS = re.compile(r"\nclaims[ \t]*:[ \t]*(?:#[^\n]*)?\r?(?=\n)")
_KEEPS = re.compile(r"[|>][1-9]?\+")
_BLANK = re.compile(r"(?:[ \t]*\r?\n)+")
_KEY = re.compile(r"\n[^\s#-]")
_CONTENT = re.compile(r"\n( *)(?![ \r\n#])")


class Piece(NamedTuple):
    """The text between two offsets of the file; it begins with the line of its dash, `line` from 1."""

    start: int
    end: int
    line: int


class Cut(NamedTuple):
    """The pieces in the order of the file, the column of their dashes from 0, and the line `claims:` is on."""

    pieces: tuple[Piece, ...]
    column: int
    claims_at: int

    def head(self, text: str) -> str:
        """The text without its pieces."""
        if not self.pieces:
            return text
        return text[: self.pieces[0].start] + text[self.pieces[-1].end :]


def cut(text: str) -> Cut | None:
    """Propose where the claims of a text lie; None where that cannot be told from the lines alone."""
    if _has_odd_ends(text):
        return None
    found = list(islice(_CLAIMS.finditer(text), 2))
    if len(found) != 1:
        return None
    first = _CONTENT.search(text, found[0].end())
    start = start_of(text)
    if first is None or not _is_dash(text, first.end()) or _is_marked(text, start, first.start()):
        return None
    column = len(first[1])
    starts, end = _dashes(text, first.start(), column)
    if not starts or _is_marked(text, end, len(text)):  # between them a marker would have been the end
        return None
    line = text.count("\n", 0, starts[0]) + 1
    return Cut(tuple(pieces_between(text, [*starts, end], line)), column, found[0].start() + 1)


def piece_around(text: str, offset: int, column: int) -> Piece | None:
    """The piece that holds an offset, by the lines around it alone; None where no claim of that column does."""
    line_end = text.find("\n", offset)
    start = text.rfind("\n" + " " * column + "-", 0, line_end if line_end >= 0 else len(text)) + 1
    claims = text.rfind("\nclaims:", 0, start)
    if start == 0 or claims < 0 or not _is_dash(text, start + column) or _KEY.search(text, claims + 1, start):
        return None
    found = _edge(column).search(text, start)
    end = len(text) if found is None else found.start() + 1
    if found is not None and not (found.end() - found.start() == column + 1 and _is_dash(text, found.end())):
        end = back_over_comments(text, end, start)
    return Piece(start, end, text.count("\n", 0, start) + 1) if offset <= end else None


def start_of(text: str) -> int:
    """The offset behind the line --- with which a document may begin."""
    start = _START.match(text) if "---" in text else None
    return start.end() if start else 0


def _has_odd_ends(text: str) -> bool:
    """Whether lines end in a way that YAML knows and editors do not."""
    if "\x85" in text or "\u2028" in text or "\u2029" in text:
        return True
    return "\r" in text and text.count("\r") != text.count("\r\n")


def _is_marked(text: str, start: int, end: int) -> bool:
    """Whether a line between two offsets, the first at the beginning of one, marks a document or a directive."""
    begin = max(start - 1, 0)
    return any(text.find(marker, begin, end) >= 0 for marker in ("\n---", "\n...", "\n%")) or text.startswith(
        ("...", "%"), start
    )


def pieces_between(text: str, edges: list[int], line: int) -> Iterator[Piece]:
    """The pieces between offsets, the first of which stands on `line`."""
    for start, end in pairwise(edges):
        yield Piece(start, end, line)
        line += text.count("\n", start, end)


def _is_dash(text: str, at: int) -> bool:
    return text[at : at + 1] == "-" and text[at + 1 : at + 2] in ("", " ", "\t", "\n", "\r")


def _edge(column: int) -> re.Pattern[str]:
    return re.compile(rf"\n {{0,{column}}}(?![ \r\n#\t])(?=.)")


def _dashes(text: str, start: int, column: int) -> tuple[list[int], int]:
    """Where the lines with a dash in that column begin, and where the sequence ends; none if they are too many."""
    # A line of content that begins at or before the column: a dash of the sequence, or the end of it.
    edge = _edge(column)
    starts: list[int] = []
    most = bounds.claims()
    for found in edge.finditer(text, start):
        if found.end() - found.start() == column + 1 and _is_dash(text, found.end()):
            if len(starts) == most:
                bounds.check_claims(most + 1)
            starts.append(found.start() + 1)
        else:
            return starts, back_over_comments(text, found.start() + 1, starts[-1])
    return starts, len(text)


def back_over_comments(text: str, end: int, start: int) -> int:
    """Comments and blank lines right before the next key belong to it, not to the last claim."""
    while True:
        line = text.rfind("\n", start, end - 1) + 1
        if line <= start or text[line:end].strip(" \t\r\n")[:1] not in ("", "#"):
            return _over_kept_lines(text, start, end)
        if text[line : line + 1] in (" ", "\t"):
            # An indented comment stays with the claim; spaces alone may belong to its last block scalar.
            return _over_kept_lines(text, start, end)
        end = line


def _over_kept_lines(text: str, start: int, end: int) -> int:
    """Blank lines behind a block scalar that keeps its line ends are part of its text."""
    if _KEEPS.search(text, start, end):
        blank = _BLANK.match(text, end)
        return blank.end() if blank else end
    return end
