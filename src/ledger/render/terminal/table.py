"""Tables that look like Rich's and cost a tenth: each cell is measured once and laid out with str methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from ...text import visible
from .blocks import Block, Blocks
from .cells import Cell, narrow, pad, width, wrap
from .console import Surface, paragraph, rich_output
from .styles import paint

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

NARROW_SCREEN = 64
_FLEXIBLE_FLOOR = 12
_BETWEEN, _RULE = "  ", "─"


class Column(NamedTuple):
    """How one column is shown; widths are in cells and include no padding.

    `wrap=False` is for ids, dates and numbers: their column is never narrower than its widest cell.
    Of two columns that wrap, one of twice the `weight` may become twice as wide. `lead` puts the cell on
    the first line of a row's block on a narrow screen; without any, the first column is there.
    """

    header: str
    justify: Literal["left", "right"] = "left"
    style: str = ""
    min_width: int = 0
    max_width: int | None = None
    wrap: bool = True
    weight: float = 1
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers. A cell is a str or a `Cell`; all of them are made harmless here, none is cut.

    A cell's own style goes before its row's (`row_styles`, one a row), and that before its column's.
    Where the columns do not fit, each row is shown as a block.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Cell]]
    title: str = ""
    caption: str = ""
    row_styles: Sequence[str] = ()

    def lines(self, surface: Surface) -> Iterator[str]:
        """The table's lines, or those of blocks where it does not fit."""
        texts = _texts(self, surface)
        widths = _fit(self, texts, surface.width)
        if widths is None:
            yield from as_blocks(self).lines(surface)
            return
        if self.title:
            yield from _around(self.title, "bold", surface)
        for line in _layout(self, texts, widths, surface.color):
            yield line.replace(_RULE, "-") if surface.ascii_only else line
        if self.caption:
            yield from _around(self.caption, "dim", surface)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        return rich_output(self, console, options)


def as_blocks(table: Table) -> Blocks:
    """One block a row: the leading cells, then each other cell that is not empty beside its header."""
    leading = [index for index, column in enumerate(table.columns) if column.lead] or [0]
    others = [index for index in range(len(table.columns)) if index not in leading]
    blocks = [_block(table, number, leading, others) for number in range(len(table.rows))]
    return Blocks(blocks, table.title, table.caption)


def _block(table: Table, number: int, leading: Sequence[int], others: Sequence[int]) -> Block:
    row = table.rows[number]
    row_style = table.row_styles[number] if table.row_styles else ""
    cells = [
        Cell(cell, row_style or column.style)
        if isinstance(cell, str)
        else Cell(cell.text, cell.style or row_style or column.style)
        for cell, column in zip(row, table.columns, strict=True)
    ]
    fields = [(table.columns[index].header, cells[index]) for index in others if cells[index].text]
    return Block([cells[index] for index in leading], fields)


def _texts(table: Table, surface: Surface) -> list[list[str]]:
    """The harmless texts column by column, the header first."""
    headers = [column.header for column in table.columns]
    texts = [
        [visible(cell if isinstance(cell, str) else cell.text) for cell in column]
        for column in zip(headers, *table.rows, strict=True)
    ]
    if surface.ascii_only:
        texts = [[surface.encodable(text) for text in column] for column in texts]
    return texts


def _fit(table: Table, texts: list[list[str]], columns: int) -> list[int] | None:
    """Each column's width, or None if they do not fit."""
    room = columns - len(_BETWEEN) * (len(table.columns) - 1)
    pairs = list(zip(table.columns, texts, strict=True))
    natural = [_natural(column, cells) for column, cells in pairs]
    if sum(natural) <= room:
        return natural
    floors = [
        _floor(column, cells[0], wanted) if column.wrap else wanted
        for (column, cells), wanted in zip(pairs, natural, strict=True)
    ]
    if columns < NARROW_SCREEN or sum(floors) > room:
        return None
    return _share(room, natural, floors, [column.weight for column in table.columns])


def _natural(column: Column, texts: list[str]) -> int:
    header, *cells = map(width, texts)
    widest = max(cells, default=0)
    if column.max_width is not None:
        widest = min(widest, column.max_width)
    return max(widest, header, column.min_width, 2)


def _floor(column: Column, header: str, natural: int) -> int:
    longest_word = max(map(width, header.split()), default=0)
    return min(natural, max(column.min_width, longest_word, _FLEXIBLE_FLOOR))


def _share(room: int, natural: list[int], floors: list[int], weights: list[float]) -> list[int]:
    """Widths between floor and natural that fill the room, as near to their weights as these allow."""

    def widths(level: float) -> list[int]:
        return [
            max(floor, min(most, int(level * weight)))
            for floor, most, weight in zip(floors, natural, weights, strict=True)
        ]

    low, high = 0.0, float(max(natural)) / min(weights)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    found = widths(low)
    spare = room - sum(found)
    for index, most in enumerate(natural):
        if spare and floors[index] < found[index] < most:
            found[index] += 1
            spare -= 1
    return found


def _layout(table: Table, texts: list[list[str]], widths: list[int], painted: bool) -> Iterator[str]:
    pairs = zip(table.columns, texts, widths, strict=True)
    headers = [_cell_lines(column, cells[0], size) for column, cells, size in pairs]
    for parts in _side_by_side(headers, widths, bottom=True):
        shown = [_paint_text(part, "bold") for part in parts] if painted else parts
        yield _BETWEEN.join(shown).rstrip(" ")
    rule = _BETWEEN.join(_RULE * size for size in widths)
    yield paint(rule, "dim") if painted else rule
    for line in _body(table, texts, widths, painted):
        yield _BETWEEN.join(line).rstrip(" ")


def _body(table: Table, texts: list[list[str]], widths: list[int], painted: bool) -> Iterator[Sequence[str]]:
    """The padded cells of each line under the header."""
    cells = [_column_lines(table, index, texts[index], size, painted) for index, size in enumerate(widths)]
    for row in zip(*cells, strict=True):
        if max(map(len, row)) == 1:
            yield [cell[0] for cell in row]
        else:
            yield from _side_by_side(row, widths)


def _paint_text(padded: str, style: str) -> str:
    """The text in its style, the spaces around it in none."""
    text = padded.strip(" ")
    return padded.replace(text, paint(text, style), 1) if text else padded


def _side_by_side(cells: Sequence[Sequence[str]], widths: list[int], *, bottom: bool = False) -> Iterator[list[str]]:
    height = max(map(len, cells))
    for number in range(height):
        lines = [number - (height - len(cell) if bottom else 0) for cell in cells]
        yield [
            cell[line] if 0 <= line < len(cell) else " " * size
            for cell, line, size in zip(cells, lines, widths, strict=True)
        ]


def _cell_lines(column: Column, text: str, size: int) -> list[str]:
    right = column.justify == "right"
    if narrow(text) and len(text) <= size:
        return [text.rjust(size) if right else text.ljust(size)]
    return [pad(line, size, right=right) for line in wrap(text, size)]


def _column_lines(table: Table, index: int, texts: list[str], size: int, painted: bool) -> Iterator[list[str]]:
    """Each cell of the column as its padded lines."""
    column = table.columns[index]
    plain = (_cell_lines(column, text, size) for text in islice(texts, 1, None))
    if not painted:
        return plain
    return map(_painted, plain, _styles(table, index))


def _styles(table: Table, index: int) -> Iterator[str]:
    usual = table.columns[index].style
    of_rows = table.row_styles or [""] * len(table.rows)
    for row, of_row in zip(table.rows, of_rows, strict=True):
        cell = row[index]
        yield (not isinstance(cell, str) and cell.style) or of_row or usual


def _painted(lines: list[str], style: str) -> list[str]:
    return [_paint_text(line, style) for line in lines] if style else lines


def _around(text: str, style: str, surface: Surface) -> Iterator[str]:
    for line in paragraph(text, surface):
        yield paint(line, style) if surface.color else line
