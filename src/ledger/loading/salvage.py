"""Where the claims of a file lie that YAML cannot read: by the lines alone, whatever stands in them."""

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from .. import fields
from ..files import bounds
from ..text import plural
from .lines import Broken
from .pieces import Piece, back_over_comments, pieces_between, start_of

_TOP = "|".join(field.key for field in fields.TOP)
# Patterns over whole files begin with the newline itself: that is what makes the search quick.
_TOP_KEY = re.compile(rf"\n(?:{_TOP})[ \t]*:(?=\s|\Z)")
_CLAIMS = re.compile(r"\nclaims(?=[ \t:\r\n]|\Z)[^\n]*")
_CONTENT = re.compile(r"\n[ \t]*(?![ \t\r\n#])(?=.)")
_MARKER = re.compile(r"\n(?:---|\.\.\.)(?=\s|\Z)")
_FIRST = re.compile(r"\n( *)-[ \t]+id\b")
_DASH = re.compile(r"\n( *)-(?=[ \t\r\n]|\Z)")
_OWN_DASH = re.compile(r"( *)-(?=[ \t\r\n]|\Z)")
_ID = re.compile(r"^(?P<indent>[ \t]*)(?P<dash>-[ \t]*)?id[ \t]*:", re.MULTILINE)


def not_a_claim() -> Broken:
    """The error for a text that YAML reads as something else."""
    return Broken("syntax", "this is not one claim", 0, "a claim begins with a dash; its keys stand below each other")


class Salvage(NamedTuple):
    """Pieces that are probably claims, the column of their dashes, and the offsets where they begin and end.

    `second_document` is the offset where another document begins, which is left alone.
    """

    pieces: tuple[Piece, ...]
    column: int
    first: int
    end: int
    second_document: int | None


def salvage(text: str) -> Salvage:
    """Cut a text at the dashes in the column in which most claims begin; OverBoundsError where they are too many."""
    marker = _MARKER.search(text, max(start_of(text) - 1, 0))
    after = marker.start() + 1 if marker is not None else None
    text = text[:after]
    claims = _CLAIMS.search(text)
    begin = claims.end() if claims is not None else 0
    firsts = _columns(_FIRST, text, begin) or _columns(_DASH, text, begin)
    content = (_CONTENT if claims is not None else _FIRST).search(text, begin)
    if not firsts or content is None:
        return Salvage((), 0, len(text), len(text), after)
    column = firsts.most_common(1)[0][0]
    first = content.start() + 1
    last = _TOP_KEY.search(text, first - 1)
    end = back_over_comments(text, last.start() + 1, first) if last is not None else len(text)
    dashes = (found.start() + 1 for found in _DASH.finditer(text, first - 1, end) if len(found[1]) == column)
    starts = list(islice(dashes, bounds.claims() + 1))
    bounds.check_claims(len(starts))
    edges = [*dict.fromkeys((first, *starts)), end]
    pieces = tuple(pieces_between(text, edges, text.count("\n", 0, first) + 1)) if first < end else ()
    return Salvage(pieces, column, first, end, after)


def _columns(dashes: re.Pattern[str], text: str, begin: int) -> Counter[int]:
    return Counter(len(found[1]) for found in islice(dashes.finditer(text, begin), bounds.claims()))


def parts_of(text: str, piece: Piece, column: int) -> list[tuple[Piece, Broken | None]]:
    """Cut a piece where the id of another claim begins; each part with what is wrong with its dash."""
    found = [match for match in _ID.finditer(text, piece.start, piece.end) if _begins(match, column)]
    if not found or text[piece.start : found[0].start()].strip():
        first = _OWN_DASH.match(text, piece.start)
        found_first = _misplaced(len(first[1]), column) if first is not None else _no_dash(text, piece)
        edges, reasons = [piece.start], [found_first]
    else:
        edges, reasons = [], []
    for match in found:
        edges.append(match.start() if edges else piece.start)
        reasons.append(_misplaced(len(match["indent"]), column) if match["dash"] else _lost_dash(match))
    pieces = pieces_between(text, [*edges, piece.end], piece.line)
    return list(zip(pieces, reasons, strict=True))


def _begins(match: re.Match[str], column: int) -> bool:
    return bool(match["dash"]) or len(match["indent"]) <= column + 2


def _misplaced(indent: int, column: int) -> Broken | None:
    if indent == column:
        return None
    side, turn = ("right", "remove") if indent > column else ("left", "add")
    spaces = plural(abs(indent - column), "space")
    return Broken("syntax", f"the dash stands {spaces} too far {side}", indent, f"{turn} {spaces} before it")


def _no_dash(text: str, piece: Piece) -> Broken:
    line = text[piece.start : piece.end].partition("\n")[0]
    hint = "begin each claim with a dash, in the column of the others"
    return Broken("syntax", "the dash before this claim is missing", len(line) - len(line.lstrip()), hint)


def _lost_dash(match: re.Match[str]) -> Broken:
    hint = "write - id: … in the column of the other dashes"
    return Broken("syntax", "the dash before id is missing", len(match["indent"]), hint)
