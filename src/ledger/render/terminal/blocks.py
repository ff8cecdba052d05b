"""One block a row, for narrow screens and for a single claim: a first line, then labels with their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ...text import isolated, multiline, visible
from .cells import Cell, pad, width, wrap, wrap_around_addresses
from .console import Surface, paragraph, rich_output
from .styles import paint

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

_GAP = "  "
_INDENT = "  "
_VALUE_FLOOR = 14


class Block(NamedTuple):
    """The cells of the first line, and the labelled values under it; a value may have several lines."""

    lead: Sequence[str | Cell]
    fields: Sequence[tuple[str, str | Cell]]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks under each other, a blank line between them, their values in one column where there is room."""

    blocks: Sequence[Block]
    title: str = ""
    caption: str = ""

    def lines(self, surface: Surface) -> Iterator[str]:
        """The lines, at most as wide as the surface but for a longer address."""
        labels = max((width(visible(label)) for block in self.blocks for label, _ in block.fields), default=0)
        beside = surface.width - len(_INDENT) - labels - len(_GAP) >= _VALUE_FLOOR
        if self.title:
            yield from _styled(paragraph(self.title, surface), "bold", surface)
            yield ""
        for number, block in enumerate(self.blocks):
            if number:
                yield ""
            yield from flow(block.lead, surface)
            for label, value in block.fields:
                yield from _field(label, value, labels if beside else 0, surface)
        if self.caption:
            yield ""
            yield from _styled(paragraph(self.caption, surface), "dim", surface)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        return rich_output(self, console, options)


def flow(cells: Sequence[str | Cell], surface: Surface) -> Iterator[str]:
    """The cells that are not empty side by side, two spaces apart, going on in a new line when one is full."""
    line, used = "", 0
    for cell in cells:
        text, style = (cell, "") if isinstance(cell, str) else cell
        if not text:
            continue
        for part in wrap(surface.encodable(visible(text)), surface.width):
            size = width(part)
            shown = paint(isolated(part), style) if surface.color else isolated(part)
            if line and used + len(_GAP) + size <= surface.width:
                line, used = line + _GAP + shown, used + len(_GAP) + size
                continue
            if line:
                yield line
            line, used = shown, size
    if line:
        yield line


def _field(label: str, value: str | Cell, labels: int, surface: Surface) -> Iterator[str]:
    """The label beside its value if `labels` columns are given or both fit in a line, else above it."""
    text, style = (value, "") if isinstance(value, str) else value
    name, text = surface.encodable(visible(label)), surface.encodable(multiline(text))
    if not labels and "\n" not in text and _fits(name, text, surface.width):
        labels = width(name)
    indent = len(_INDENT) + labels + len(_GAP) if labels else 2 * len(_INDENT)
    parts = [part for line in text.split("\n") for part in wrap_around_addresses(line, surface.width - indent)]
    shown = [isolated(part) for part in parts]
    painted = [paint(part, style) for part in shown] if surface.color else shown
    dim = "dim" if surface.color else ""
    if labels:
        yield (_INDENT + _label(name, labels, dim) + _GAP + painted.pop(0)).rstrip(" ")
    else:
        for part in wrap(name, surface.width - len(_INDENT)):
            yield _INDENT + paint(part, dim)
    for part in painted:
        yield (" " * indent + part).rstrip(" ")


def _fits(name: str, text: str, columns: int) -> bool:
    return len(_INDENT) + width(name) + len(_GAP) + width(text) <= columns


def _label(name: str, labels: int, style: str) -> str:
    padded = pad(name, labels)
    return paint(name, style) + padded[len(name) :] if style else padded


def _styled(lines: Iterator[str], style: str, surface: Surface) -> Iterator[str]:
    return (paint(line, style) for line in lines) if surface.color else lines
