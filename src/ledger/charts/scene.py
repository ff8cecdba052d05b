"""What a chart is made of. Lengths are in pixels from the top left; roles name colours of `palette`."""

from __future__ import annotations

from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
FONT_SIZE = 12.0


class Stroke(NamedTuple):
    """A straight stroke; `dashed` ones are guesses, limits or the present day."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str = "axis"
    width: float = 1.0
    dashed: bool = False


class Bar(NamedTuple):
    """A rectangle; a `pale` one is a period or a range, outlined and filled faintly."""

    x: float
    y: float
    width: float
    height: float
    role: str
    pale: bool = False
    radius: float = 0.0


class Polyline(NamedTuple):
    """Straight strokes through points."""

    points: tuple[tuple[float, float], ...]
    role: str
    width: float = 1.5
    dashed: bool = False


class Area(NamedTuple):
    """A pale surface between points."""

    points: tuple[tuple[float, float], ...]
    role: str


class Mark(NamedTuple):
    """One of the signs of `marks`: a state told by form as well as by colour. `note` is told on hovering."""

    x: float
    y: float
    sign: str
    role: str
    size: float = 5.0
    note: str = ""


class Label(NamedTuple):
    """One line of text; `y` is its baseline. `href` makes it a link."""

    x: float
    y: float
    text: str
    role: str = "words"
    anchor: Anchor = "start"
    size: float = FONT_SIZE
    bold: bool = False
    href: str | None = None


Item = Stroke | Bar | Polyline | Area | Mark | Label


class Drawing(NamedTuple):
    """A chart: its size, a title and a sentence for those who do not see it, and its items from back to front."""

    width: float
    height: float
    title: str
    sentence: str
    items: tuple[Item, ...]
