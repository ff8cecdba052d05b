"""Small diagrams drawn with characters: points with intervals, a falling curve, and what they are held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ...numbers import percent
from .cells import Cell
from .console import Surface, paragraph, rich_output
from .styles import paint

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

MOST_COLUMNS = 61
_GUTTER = 6  # "100% ┤"
_LEAST_ROWS = 5
_GLYPHS = {"point": "●", "bar": "│", "guide": "·", "upright": "┊", "trace": "*", "band": "░"}
_TO_ASCII = str.maketrans("●│·┊─┐└┘┌┤┴┼░", "o|.:-+++++++=")


class Point(NamedTuple):
    """A value with the interval around it, if there is one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


class Shading(NamedTuple):
    """What a value at this place is held against: shaded from low to high, behind everything else."""

    x: float
    low: float
    high: float


class Axis(NamedTuple):
    """What the horizontal axis shows, from end to end, and where its labels stand."""

    low: float
    high: float
    name: str
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Plot:
    """Shares (0 to 1, upwards) over an axis. `steps` is a curve that keeps each value until the next x.

    `until` is where the curve ends. `trace` is a line from point to point. `rows_a_column` is the height of the
    drawing for its width.
    """

    title: str
    axis: Axis
    points: Sequence[Point] = ()
    bands: Sequence[Shading] = ()
    steps: Sequence[tuple[float, float]] = ()
    until: float | None = None
    trace: Sequence[tuple[float, float]] = ()
    diagonal: bool = False
    upright: float | None = None
    level: float | None = None
    rows_a_column: float = 1 / 3
    legend: Sequence[str] = field(default=())

    def lines(self, surface: Surface) -> Iterator[str]:
        """The title, the drawing and its legend, none wider than the surface."""
        columns = max(8, min(surface.width - _GUTTER, MOST_COLUMNS))
        canvas = _Canvas(columns, max(_LEAST_ROWS, round(columns * self.rows_a_column)), self.axis)
        _draw(self, canvas)
        shown = _framed(canvas, self.axis, surface)
        for line in paragraph(self.title, surface):
            yield paint(line, "bold") if surface.color else line
        yield from shown
        for text in self.legend:
            for line in paragraph(text.translate(_TO_ASCII) if surface.ascii_only else text, surface):
                yield paint(line, "dim") if surface.color else line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        return rich_output(self, console, options)


class _Canvas:
    """A grid of cells, row 0 at the top; what is put later covers what was there."""

    def __init__(self, columns: int, rows: int, axis: Axis) -> None:
        self.columns, self.rows, self._axis = columns, rows, axis
        self.cells = [[Cell(" ")] * columns for _ in range(rows)]

    def column(self, x: float) -> int:
        low, high = self._axis.low, self._axis.high
        return round((x - low) / (high - low) * (self.columns - 1))

    def x(self, column: int) -> float:
        return self._axis.low + column / (self.columns - 1) * (self._axis.high - self._axis.low)

    def row(self, share: float) -> int:
        return round((1 - share) * (self.rows - 1))

    def put(self, column: int, row: int, text: str, style: str = "") -> None:
        if 0 <= column < self.columns and 0 <= row < self.rows:
            self.cells[row][column] = Cell(text, style)


def _draw(plot: Plot, canvas: _Canvas) -> None:
    for band in plot.bands:
        for row in range(canvas.row(band.high), canvas.row(band.low) + 1):
            for column in range(canvas.column(band.x) - 1, canvas.column(band.x) + 2):
                canvas.put(column, row, _GLYPHS["band"], "dim")
    _draw_guides(plot, canvas)
    if plot.steps:
        _draw_steps(plot, canvas)
    for start, end in pairwise(plot.trace):
        _draw_line(canvas, start, end)
    for point in plot.points:
        if point.low is not None and point.high is not None:
            for row in range(canvas.row(point.high), canvas.row(point.low) + 1):
                canvas.put(canvas.column(point.x), row, _GLYPHS["bar"], "cyan")
    for point in plot.points:
        canvas.put(canvas.column(point.x), canvas.row(point.y), _GLYPHS["point"], "bold cyan")


def _draw_guides(plot: Plot, canvas: _Canvas) -> None:
    if plot.level is not None:
        for column in range(0, canvas.columns, 2):
            canvas.put(column, canvas.row(plot.level), _GLYPHS["guide"], "dim")
    if plot.upright is not None:
        for row in range(canvas.rows):
            canvas.put(canvas.column(plot.upright), row, _GLYPHS["upright"], "dim")
    if plot.diagonal:
        for column in range(canvas.columns):
            canvas.put(column, canvas.row(canvas.x(column)), _GLYPHS["guide"], "dim")


def _draw_line(canvas: _Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    first, last = canvas.column(start[0]), canvas.column(end[0])
    for column in range(first, last + 1):
        share = (column - first) / (last - first) if last > first else 1
        canvas.put(column, canvas.row(start[1] + share * (end[1] - start[1])), _GLYPHS["trace"], "magenta")


def _draw_steps(plot: Plot, canvas: _Canvas) -> None:
    """Each column shows the last value reached by it; a fall or rise is drawn in the column where it happens."""
    steps = sorted(plot.steps)
    first, last = canvas.column(steps[0][0]), canvas.columns - 1
    if plot.until is not None:
        last = min(last, canvas.column(plot.until))
    before, number = canvas.row(steps[0][1]), 0
    for column in range(max(first, 0), last + 1):
        while number + 1 < len(steps) and canvas.column(steps[number + 1][0]) <= column:
            number += 1
        row = canvas.row(steps[number][1])
        _turn(canvas, column, before, row)
        before = row


def _turn(canvas: _Canvas, column: int, before: int, row: int) -> None:
    if row == before:
        canvas.put(column, row, "─", "magenta")
        return
    falling = row > before
    for between in range(min(before, row) + 1, max(before, row)):
        canvas.put(column, between, "│", "magenta")
    canvas.put(column, before, "┐" if falling else "┘", "magenta")
    canvas.put(column, row, "└" if falling else "┌", "magenta")


def _framed(canvas: _Canvas, axis: Axis, surface: Surface) -> Iterator[str]:
    """The canvas with percentages at its left and the axis below."""
    labels = {canvas.row(share): percent(share) for share in (0, 0.25, 0.5, 0.75, 1)}
    ascii_only = surface.ascii_only
    for number, cells in enumerate(canvas.cells):
        label = labels.get(number, "")
        frame = f"{label:>4} {'┤' if label else '│'}"
        line = frame.translate(_TO_ASCII) if ascii_only else frame
        yield (line + "".join(_runs(cells, surface))).rstrip(" ")
    ticks = {canvas.column(value): label for value, label in axis.ticks}
    rule = "".join("┴" if column in ticks else "─" for column in range(canvas.columns))
    bottom = " " * (_GUTTER - 1) + "└" + rule
    yield bottom.translate(_TO_ASCII) if ascii_only else bottom
    yield _tick_line(ticks, _GUTTER + canvas.columns)
    for line in paragraph(axis.name, Surface(surface.width - _GUTTER, False, surface.encoding)):
        yield " " * _GUTTER + line


def _runs(cells: Sequence[Cell], surface: Surface) -> Iterator[str]:
    """Neighbours of one style together, so that a sequence is written once for all of them."""
    for style, run in groupby(cells, key=lambda cell: cell.style):
        text = "".join(cell.text for cell in run)
        text = text.translate(_TO_ASCII) if surface.ascii_only else text
        yield paint(text, style) if surface.color and style else text


def _tick_line(ticks: dict[int, str], width: int) -> str:
    """Labels centred under their ticks; one that would touch another is left out."""
    line = ""
    for column, label in sorted(ticks.items()):
        start = min(max(0, _GUTTER + column - len(label) // 2), width - len(label))
        if not line or start > len(line):
            line = line.ljust(start) + label
    return line
