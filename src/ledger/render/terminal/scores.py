"""Reports on a terminal: sections as tables, notes as paragraphs, diagrams as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...numbers import NOTHING
from ...text import visible
from ..reports import Head, Note, Part, Section
from .cells import Cell
from .console import Printable, Surface, paragraph, rich_output
from .diagram import Plot
from .styles import paint
from .table import Column, Table

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

_QUIET = ("0", NOTHING)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Paragraphs in one style, each made harmless and, if they are not to stay whole, wrapped."""

    texts: tuple[str, ...]
    style: str = ""
    whole: bool = False

    def lines(self, surface: Surface) -> Iterator[str]:
        """The lines of all of them."""
        for text in self.texts:
            for line in [surface.encodable(visible(text))] if self.whole else paragraph(text, surface):
                yield paint(line, self.style) if surface.color and self.style else line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        return rich_output(self, console, options)


def printables(parts: Iterable[Part], *, piped: bool = False) -> list[Printable]:
    """The parts, a blank line between them; where no screen has an end, whole notes are not broken."""
    shown: list[Printable] = []
    for part in parts:
        if shown:
            shown.append(Paragraphs(("",)))
        shown.extend(_printables(part, piped=piped))
    return shown


def _printables(part: Part, *, piped: bool) -> Iterator[Printable]:
    if isinstance(part, Plot):
        yield part
    elif isinstance(part, Note):
        yield Paragraphs((part.text,), part.style, whole=part.whole and piped)
    elif part.rows:
        yield _table(part)
    else:
        yield Paragraphs((part.title,) if part.title else (), "bold")
        yield Paragraphs(tuple(part.notes), "dim")


def _table(section: Section) -> Table:
    columns = [
        Column(
            head.text,
            justify="right" if head.right else "left",
            style=head.style,
            wrap=head.wrap,
            lead=head.lead,
        )
        for head in section.heads
    ]
    rows = [[_cell(head, text) for head, text in zip(section.heads, row, strict=True)] for row in section.rows]
    return Table(columns, rows, section.title, "\n".join(section.notes))


def _cell(head: Head, text: str) -> str | Cell:
    """A nought or nothing stands back, so that the eye falls on what there is."""
    return Cell(text, "dim") if text in _QUIET else text
