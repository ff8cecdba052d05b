"""A drawing as SVG: inside a page, whose style sheet colours it, or as a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..charts.palette import COLOURS, style_sheet
from ..charts.scene import Area, Bar, Drawing, Item, Label, Mark, Polyline, Stroke
from .escape import xml, xml_attribute

_FONT = "Inter,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def inline(drawing: Drawing, *, css_class: str = "chart") -> str:
    """An `<svg>` element for a page; the page has the styles of `chart_styles`."""
    return (
        f'<svg class="{css_class}" role="img" viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}" '
        f'width="{_number(drawing.width)}" height="{_number(drawing.height)}" '
        f'aria-label="{xml_attribute(f"{drawing.title}: {drawing.sentence}")}">{_body(drawing)}</svg>'
    )


def standalone(drawing: Drawing) -> str:
    """An SVG file: light or dark as its reader's system is, on a ground of its own."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="-16 -12 {_number(drawing.width + 32)} {_number(drawing.height + 24)}" '
        f'width="{_number(drawing.width + 32)}" height="{_number(drawing.height + 24)}">'
        f"<title>{xml(drawing.title)}</title><desc>{xml(drawing.sentence)}</desc>"
        f"<style>{style_sheet('svg')}{chart_styles()}</style>"
        f'<rect class="f-ground" x="-16" y="-12" width="100%" height="100%"/>{_body(drawing)}</svg>\n'
    )


def sign(name: str, role: str) -> str:
    """The shapes of a state's sign alone, in a square of 16 by 16, to stand before its words."""
    return _mark(Mark(8, 8, name, role, 5.5))


def chart_styles() -> str:
    """The rules that colour drawings by role: `s-…` strokes, `f-…` fills, `a-…` pale areas."""
    # Words get a rim of the ground's colour, so that a stroke behind them does not make them hard to read.
    rules = [
        f".chart text{{font-family:{_FONT};font-variant-numeric:tabular-nums;"
        "paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}",
        ".chart text.f-inverse{stroke:none}",
    ]
    for role in COLOURS:
        rules.append(f".s-{role}{{stroke:var(--{role});fill:none}}.f-{role}{{fill:var(--{role})}}")
        rules.append(f".a-{role}{{fill:var(--{role});fill-opacity:.16}}")
        rules.append(f".p-{role}{{stroke:var(--{role});fill:var(--{role});fill-opacity:.2}}")
        rules.append(f".o-{role}{{stroke:var(--{role});fill:var(--ground)}}")
    return "\n".join(rules) + "\n"


def _body(drawing: Drawing) -> str:
    return "".join([_WRITERS[type(item)](item) for item in drawing.items])


def _number(value: float) -> str:
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def _dash(dashed: bool) -> str:
    return ' stroke-dasharray="2 3"' if dashed else ""


def _line(item: Stroke) -> str:
    n = _number
    return (
        f'<path class="s-{item.role}" d="M{n(item.x1)} {n(item.y1)}L{n(item.x2)} {n(item.y2)}" '
        f'stroke-width="{item.width:g}"{_dash(item.dashed)}/>'
    )


def _bar(item: Bar) -> str:
    kind = "p" if item.pale else "f"
    radius = f' rx="{item.radius:g}"' if item.radius else ""
    n = _number
    return (
        f'<rect class="{kind}-{item.role}" x="{n(item.x)}" y="{n(item.y)}" width="{n(max(item.width, 0))}" '
        f'height="{n(max(item.height, 0))}"{radius}/>'
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return "M" + "L".join([f"{_number(x)} {_number(y)}" for x, y in points])


def _trace(item: Polyline) -> str:
    return (
        f'<path class="s-{item.role}" d="{_points(item.points)}" stroke-width="{item.width:g}" '
        f'stroke-linejoin="round"{_dash(item.dashed)}/>'
    )


def _area(item: Area) -> str:
    return f'<path class="a-{item.role}" d="{_points(item.points)}Z"/>'


def _words(item: Label) -> str:
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    weight = ' font-weight="600"' if item.bold else ""
    text = (
        f'<text class="f-{item.role}" x="{_number(item.x)}" y="{_number(item.y)}" font-size="{item.size:g}"'
        f"{anchor}{weight}>{xml(item.text)}</text>"
    )
    return f'<a href="{xml_attribute(item.href)}">{text}</a>' if item.href else text


def _mark(item: Mark) -> str:
    n, size = _number, item.size
    note = f"<title>{xml(item.note)}</title>" if item.note else ""
    return f'<g transform="translate({n(item.x)} {n(item.y)})">{note}{SIGNS[item.sign](size, item.role)}</g>'


def _path(role: str, d: str, width: float = 1.75) -> str:
    return f'<path class="s-{role}" d="{d}" stroke-width="{width:g}" stroke-linecap="round"/>'


def _disc(size: float, role: str) -> str:
    return f'<circle class="f-{role}" r="{size:g}"/>'


def _ring(size: float, role: str) -> str:
    return f'<circle class="o-{role}" r="{size - 0.75:g}" stroke-width="1.5"/>'


def _half(size: float, role: str) -> str:
    return f'{_ring(size, role)}<path class="f-{role}" d="M0 {-size:g}A{size:g} {size:g} 0 0 0 0 {size:g}Z"/>'


def _cross(size: float, role: str) -> str:
    arm = size * 0.42
    strokes = f"M{-arm:g} {-arm:g}L{arm:g} {arm:g}M{-arm:g} {arm:g}L{arm:g} {-arm:g}"
    return _disc(size, role) + _path("ground", strokes, 1.5)


def _late(size: float, role: str) -> str:
    hand = size * 0.6
    return f"{_ring(size, role)}{_path(role, f'M0 {-hand:g}L0 0L{hand * 0.8:g} {hand * 0.4:g}', 1.4)}"


def _diamond(size: float, role: str) -> str:
    end = size * 1.15
    return f'<path class="f-{role}" d="M0 {-end:g}L{end:g} 0L0 {end:g}L{-end:g} 0Z"/>'


def _slash(size: float, role: str) -> str:
    arm = size * 0.5
    return _ring(size, role) + _path(role, f"M{-arm:g} {arm:g}L{arm:g} {-arm:g}", 1.4)


def _dash_sign(size: float, role: str) -> str:
    return _path(role, f"M{-size:g} 0L{size:g} 0", 2)


def _arrow(size: float, role: str) -> str:
    return f'<path class="f-{role}" d="M{-size:g} {-size:g}L{size:g} 0L{-size:g} {size:g}Z"/>'


def _halo(size: float, role: str) -> str:
    return f'<circle class="s-{role}" r="{size:g}" stroke-width="1.25"/>'


def _tick(size: float, role: str) -> str:
    return _path(role, f"M0 {-size:g}L0 {size:g}", 2)


SIGNS: dict[str, Callable[[float, str], str]] = {
    "dot": _disc,
    "disc": _disc,
    "ring": _ring,
    "half": _half,
    "cross": _cross,
    "late": _late,
    "diamond": _diamond,
    "slash": _slash,
    "dash": _dash_sign,
    "arrow": _arrow,
    "tick": _tick,
    "halo": _halo,
}
_WRITERS: dict[type[Item], Callable[[Any], str]] = {
    Stroke: _line,
    Bar: _bar,
    Polyline: _trace,
    Area: _area,
    Mark: _mark,
    Label: _words,
}
