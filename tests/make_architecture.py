"""Writes the picture and the table of docs/architecture.md from the imports: `python tests/make_architecture.py`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import escape
from pathlib import Path

from support.arrows import arrows, modules
from test_layers import LAYERS, MAY_IMPORT

DOCS = Path(__file__).parents[1] / "docs"
PAGE, PICTURE = DOCS / "architecture.md", DOCS / "images" / "architecture.svg"
BEGIN, END = "<!-- rooms: made by tests/make_architecture.py -->\n", "<!-- end of rooms -->\n"
WIDTH, BAND, BOX, LEFT = 960, 86, 34, 40
STYLE = """\
text { font: 14px ui-sans-serif, system-ui, sans-serif; fill: #1f2430; text-anchor: middle }
.layer { fill: #6b7280; font-size: 12px }
rect { fill: #eef1f6; stroke: #8a93a6 }
path { stroke: #5a6b8c; stroke-opacity: .38; fill: none }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e8ee } .layer { fill: #9aa3b5 } rect { fill: #262b36; stroke: #7c869b }
  path { stroke: #a8b6d4 }
}"""


def rooms() -> dict[str, int]:
    """The rooms that are there, with their layers: folders, and modules beside them."""
    there = {name.partition(".")[0] for name in modules()}
    return {name: layer for name, layer in LAYERS.items() if name in there and not name.startswith("__")}


def between_rooms() -> set[tuple[str, str]]:
    """Which room imports which."""
    own = rooms()
    pairs = {(name.partition(".")[0], other.partition(".")[0]) for name, others in arrows().items() for other in others}
    return {(one, other) for one, other in pairs if one != other and one in own and other in own}


# --- the picture --------------------------------------------------------------------------------------------------


def places() -> dict[str, tuple[float, float, float]]:
    """Left, top and width of each room's box, the upper layers above."""
    own = rooms()
    top = max(own.values())
    found = {}
    for layer in sorted(set(own.values())):
        names = [name for name in own if own[name] == layer]
        wide = [len(name) * 8.4 + 22 for name in names]
        gap = (WIDTH - LEFT - sum(wide)) / (len(names) + 1)
        x = LEFT + gap
        for name, size in zip(names, wide, strict=True):
            found[name] = (x, (top - layer) * BAND + 16, size)
            x += size + gap
    return found


def picture() -> str:
    """The rooms in their layers, a line from each to those it imports."""
    own, at = rooms(), places()
    top = max(own.values())
    height = (top + 1) * BAND
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' aria-label="The rooms of the program in their layers; imports point down">',
        f"<style>\n{STYLE}\n</style>",
        *(_line(at[one], at[other]) for one, other in sorted(between_rooms())),
        *(f'<text class="layer" x="16" y="{(top - layer) * BAND + 38}">{layer}</text>' for layer in range(top + 1)),
    ]
    for name, (x, y, size) in at.items():
        shown = escape(name + "/" if f"{name}.py" not in {path.name for path in modules().values()} else name)
        lines.append(f'<rect x="{x:.1f}" y="{y}" width="{size:.1f}" height="{BOX}" rx="4"/>')
        lines.append(f'<text x="{x + size / 2:.1f}" y="{y + 22}">{shown}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _line(one: tuple[float, float, float], other: tuple[float, float, float]) -> str:
    x, y, to_x, to_y = one[0] + one[2] / 2, one[1] + BOX, other[0] + other[2] / 2, other[1]
    if one[1] == other[1]:  # neighbours of one layer: below both
        middle = y + 22
        return f'<path d="M{x:.1f} {y}C{x:.1f} {middle} {to_x:.1f} {middle} {to_x:.1f} {y}"/>'
    return f'<path d="M{x:.1f} {y}C{x:.1f} {y + 40} {to_x:.1f} {to_y - 40} {to_x:.1f} {to_y}"/>'


# --- the table ----------------------------------------------------------------------------------------------------


def table() -> str:
    """A row a room: its layer, what it says of itself, what it imports of others, and whose code it may use."""
    return "\n".join(["| layer | room | what it is for | third parties |", "|---|---|---|---|", *_rows()]) + "\n"


def _rows() -> Iterator[str]:
    homes = modules()
    own = rooms()
    for name in sorted(own, key=lambda name: (-own[name], list(own).index(name))):
        said = ast.get_docstring(ast.parse(homes[name].read_text(encoding="utf-8"))) or ""
        folder = homes[name].name == "__init__.py"
        third = [package for package, of in MAY_IMPORT.items() if any(room.partition("/")[0] == name for room in of)]
        first = said.partition("\n")[0].replace("|", "\\|")
        yield f"| {own[name]} | `{name}{'/' if folder else ''}` | {first} | {', '.join(third) or '-'} |"


def page(text: str) -> str:
    """The page with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
