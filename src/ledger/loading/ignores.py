"""Comments that accept a problem on their line: `# ledger: ignore[overdue] the report is due in March`.

A `#` inside a scalar is text, whatever it looks like; only the tokens of YAML tell. Texts without the words
are not looked at, so that loading never pays for this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from ..model import Spot, Text
from ..problems import Place
from . import limits
from .lines import Sheet
from .pieces import cut

_IGNORE = re.compile(r"#[ \t]*ledger:[ \t]*ignore(?:[ \t]*\[([^\]\n]{0,400})\])?[ \t]*([^\n]*)")
_WORD = "ledger:"
_Scanner: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Ignore(NamedTuple):
    """One comment: where its `#` stands, the codes it names, and the reason it gives; both may be missing.

    `alone` says that nothing else is on its line.
    """

    place: Place
    codes: tuple[str, ...]
    reason: str
    alone: bool


def ignores(texts: Sequence[Text], spots: Sequence[Spot]) -> list[Ignore]:
    """The comments of all files in their order."""
    found: list[Ignore] = []
    for number, (name, text) in enumerate(texts):
        if _WORD in text and "ignore" in text:
            by_piece = any(spot.start >= 0 for spot in spots if spot.file == number)
            found += _of_text(Sheet(name, text), by_piece)
    return found


def _of_text(sheet: Sheet, by_piece: bool) -> Iterator[Ignore]:
    text = sheet.text
    candidates = list(_IGNORE.finditer(text))
    edges = _edges(text) if by_piece else [0, len(text)]
    spans: dict[int, list[tuple[int, int]] | None] = {}
    for match in candidates:
        part = min(bisect_right(edges, match.start()), len(edges) - 1) - 1
        if part not in spans:
            spans[part] = _scalars(text[edges[part] : edges[part + 1]])
        inside = spans[part]
        if inside is None or not _is_comment(text, match.start(), edges[part], inside):
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        codes = tuple(code.strip() for code in (match[1] or "").split(",") if code.strip())
        alone = not text[line : match.start()].strip()
        yield Ignore(sheet.place(match.start()), codes, match[2].strip(), alone)


def _edges(text: str) -> list[int]:
    """Where the parts of a text begin that can be scanned alone: the head, each piece, what follows."""
    proposal = cut(text)
    if proposal is None:
        return [0, len(text)]
    return [0, *(piece.start for piece in proposal.pieces), proposal.pieces[-1].end, len(text)]


def _scalars(text: str) -> list[tuple[int, int]] | None:
    """Where scalars stand, the header of a block scalar left out; None where the text cannot be scanned."""
    if len(text) > limits.WHOLE_CHARS:
        return None
    found = []
    try:
        for token in yaml.scan(text, Loader=_Scanner):
            if isinstance(token, yaml.ScalarToken):
                start = token.start_mark.index
                if token.style in ("|", ">"):
                    start = text.find("\n", start)
                    start = len(text) if start < 0 else start
                found.append((start, token.end_mark.index))
    except yaml.YAMLError:
        return None
    return found


def _is_comment(text: str, offset: int, base: int, scalars: list[tuple[int, int]]) -> bool:
    """Whether a `#` begins a comment: after white space or at the start of a line, and in no scalar."""
    if offset > 0 and text[offset - 1] not in " \t\n\r":
        return False
    at = bisect_right(scalars, (offset - base, len(text))) - 1
    return at < 0 or offset - base >= scalars[at][1]
