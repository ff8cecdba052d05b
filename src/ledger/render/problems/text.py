"""Problems for people: place, code and message; the line with a caret under the spot; the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...problems import Problem
from ...results.check import Checked
from ...text import visible
from ..terminal.cells import width, wrap
from ..terminal.console import Surface
from ..terminal.styles import SEVERITY_STYLES, paint
from . import UNBOUND

_WIDEST = 120  # of the line of the file, where the output is not wrapped
_INDENT = "    "
_CONTEXT = 200  # code points looked at of a line before and after the spot


def as_text(checked: Checked, rename: Callable[[str], str]) -> str:
    """The problems as plain text, not wrapped: each begins with file:line:column, ready for grep."""
    lines = Problems(checked, rename).lines(Surface(width=UNBOUND))
    return "".join(f"{line}\n" for line in lines)


class Problems:
    """The problems, to be laid out on a surface."""

    def __init__(self, checked: Checked, rename: Callable[[str], str] = str) -> None:
        self._shown = checked.shown
        self._rename = rename
        self._texts = {text.name: text.text for text in checked.ledger.texts}
        self._starts: dict[str, list[int]] = {}

    def lines(self, surface: Surface) -> Iterator[str]:
        """Its lines without line ends; none wider than the surface, if that has 20 columns or more."""
        for found in self._shown:
            yield from _message(found, visible(self._rename(found.place.file)), surface)
            yield from _excerpt(self._line(found), found, surface)
            if found.hint is not None:
                hint = surface.encodable(visible(found.hint))
                yield from (_INDENT + part for part in wrap(hint, surface.width - len(_INDENT)))

    def _line(self, found: Problem) -> str | None:
        """The line of the file that the problem is on."""
        name, number, _ = found.place
        text = self._texts.get(name)
        if text is None:
            return None
        if name not in self._starts:
            self._starts[name] = _line_starts(text)
        starts = self._starts[name]
        if not 1 <= number <= len(starts):
            return None
        end = starts[number] if number < len(starts) else len(text) + 1
        return text[starts[number - 1] : end - 1].removesuffix("\r")


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (at := text.find("\n", starts[-1])) >= 0:
        starts.append(at + 1)
    return starts


def _message(found: Problem, name: str, surface: Surface) -> Iterator[str]:
    """`file:line:column: code message`, its further lines indented; what is no error says so."""
    kind = "" if found.severity == "error" else f" ({found.severity})"
    place = surface.encodable(f"{name}:{found.place.line}:{found.place.column}:")
    claim = "" if found.claim is None or _names(found.message, found.claim) else f" [{found.claim}]"
    text = " ".join(f"{place} {found.code}{kind} {surface.encodable(visible(found.message + claim))}".split())
    first = wrap(text, surface.width)[0]
    before = f"{place} "
    if surface.color and first.startswith(before + found.code):
        code = paint(found.code, SEVERITY_STYLES[found.severity])
        yield before + code + first[len(before) + len(found.code) :]
    else:
        yield first
    rest = text[len(first) :].strip(" ")
    if rest:
        yield from ("  " + part for part in wrap(rest, surface.width - 2))


def _names(message: str, claim: str) -> bool:
    """Whether a message names the claim: its id stands there as a whole word."""
    return claim in message and re.search(rf"(?<![\w-]){re.escape(claim)}(?![\w-])", message) is not None


def _excerpt(line: str | None, found: Problem, surface: Surface) -> Iterator[str]:
    """The line of the file, cut around the spot, and a caret below that."""
    if line is None or not line.strip():
        return
    spot = min(found.place.column - 1, len(line))
    start = max(min(len(line) - len(line.lstrip()), spot), spot - _CONTEXT)
    space = min(surface.width, _WIDEST) - len(_INDENT)
    before = _last_cells(surface.encodable(visible(line[start:spot])), space * 2 // 3)
    after = _first_cells(surface.encodable(visible(line[spot : spot + _CONTEXT])), space - width(before))
    caret = paint("^", SEVERITY_STYLES[found.severity]) if surface.color else "^"
    yield f"{_INDENT}{before}{after}"
    yield f"{_INDENT}{' ' * width(before)}{caret}"


def _first_cells(text: str, cells: int) -> str:
    """As much of the beginning as fits."""
    if width(text) <= cells:
        return text
    kept = text[:cells]
    while kept and width(kept) > cells - 3:
        kept = kept[:-1]
    return kept + "..."


def _last_cells(text: str, cells: int) -> str:
    """As much of the end as fits."""
    if width(text) <= cells:
        return text
    kept = text[-cells:]
    while kept and width(kept) > cells - 3:
        kept = kept[1:]
    return "..." + kept
