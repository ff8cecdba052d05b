"""What stands at a place of a text: the key, the word, the claim around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from .. import fields
from ..fields import Field
from ..loading.pieces import Piece, cut, piece_around

_KEY = re.compile(r"(?:^|[{,-]|\s)\s*([a-z_0-9]+):(?=\s|$)")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_ITEM = re.compile(r"\s*-\s")


class Cursor(NamedTuple):
    """A place: the key whose value is there (None: a key itself), what is typed of it, and where that begins."""

    key: str | None
    typed: str
    start: int  # in the line
    piece: Piece | None


def at(text: str, offset: int, column: int | None = None) -> Cursor:
    """The key and the words typed so far at an offset; `column` is that of the claims' dashes, if it is known."""
    begins = text.rfind("\n", 0, offset) + 1
    line = text[begins:offset]
    found = list(_KEY.finditer(line))
    piece = _piece_at(text, offset) if column is None else piece_around(text, offset, column)
    if not found:
        key = _list_above(text, begins, line)
        start = len(line) - len(line.lstrip(" -"))
        return Cursor(key, line[start:], start, piece)
    key, start = found[-1][1], found[-1].end()
    value = line[start:]
    start += max(value.rfind("["), value.rfind(","), -1) + 1 if "[" in value or key == "topics" else 0
    start += len(line[start:]) - len(line[start:].lstrip(" \"'"))
    return Cursor(key, line[start:], start, piece)


def _piece_at(text: str, offset: int) -> Piece | None:
    """The piece that holds an offset; the last one holds its end too."""
    proposal = cut(text)
    pieces = proposal.pieces if proposal is not None else ()
    at = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    return pieces[at] if at >= 0 and offset <= pieces[at].end else None


def _list_above(text: str, begins: int, line: str) -> str | None:
    """The key of the list whose item a line is."""
    if not _ITEM.match(line):
        return None
    indent = len(line) - len(line.lstrip(" "))
    for above in reversed(text[max(begins - 4096, 0) : max(begins - 1, 0)].split("\n")):
        if _ITEM.match(above) and len(above) - len(above.lstrip(" ")) >= indent:
            continue
        keys = _KEY.findall(above)
        return keys[-1] if keys and above.rstrip().endswith(":") else None
    return None


def word(text: str, offset: int) -> tuple[str, int, int]:
    """The name around an offset, and where it begins and ends; empty where there is none."""
    begins = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[begins : end if end >= 0 else len(text)]
    for found in _NAME.finditer(line):
        if found.start() <= offset - begins <= found.end():
            return found[0], begins + found.start(), begins + found.end()
    return "", offset, offset


def field(key: str) -> Field | None:
    """The field of a key inside a claim, whichever record it stands in."""
    tables = (fields.CLAIM, fields.QUANTITY, fields.FORECAST, fields.MENTION, fields.RESOLUTION, fields.EVIDENCE)
    return next((one for table in (*tables, fields.OBSERVATION) for one in table if one.key == key), None)
