"""One palette for every chart and page: light and dark, told apart by the colour-blind, readable as text.

Blue, ochre and vermilion keep their distance under protanopia, deuteranopia and tritanopia; each colour has a
contrast of 4.5:1 or more on its ground (lines and grounds excepted). No state is told by colour alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Shade(NamedTuple):
    """One colour as #rrggbb on a light and on a dark ground."""

    light: str
    dark: str


COLOURS: dict[str, Shade] = {
    "ground": Shade("#fdfcf9", "#161513"),
    "raised": Shade("#f5f2ea", "#201e1b"),
    "words": Shade("#1f1d1a", "#ebe6db"),
    "soft": Shade("#5d594f", "#aba594"),
    "rule": Shade("#ddd7c9", "#3b372f"),
    "axis": Shade("#8b8677", "#7d776a"),
    "inverse": Shade("#ffffff", "#161513"),
    "link": Shade("#1c5685", "#8cbde8"),
    "hit": Shade("#1668a7", "#6fb4ec"),
    "partly": Shade("#8a6200", "#d8a73c"),
    "miss": Shade("#b0440f", "#ef8f60"),
    "overdue": Shade("#7d3f86", "#d094d8"),
    "open": Shade("#55646e", "#a3b2bb"),
    "void": Shade("#6b675c", "#9a9485"),
}

# Which colour and which sign a status has; a late one was a miss with a slip, so it shares the ochre of partly.
STATUS_ROLES = {
    "hit": "hit",
    "true": "hit",
    "late": "partly",
    "partly": "partly",
    "miss": "miss",
    "false": "miss",
    "overdue": "overdue",
    "open": "open",
    "unjudged": "open",
    "undated": "open",
    "void": "void",
    "awaiting": "open",
    "withdrawn": "miss",
}
STATUS_SIGNS = {
    "hit": "disc",
    "true": "disc",
    "late": "late",
    "partly": "half",
    "miss": "cross",
    "false": "cross",
    "overdue": "diamond",
    "open": "ring",
    "unjudged": "ring",
    "undated": "dash",
    "void": "slash",
    "awaiting": "ring",
    "withdrawn": "cross",
}


def variables(scheme: int) -> str:
    """The colours as CSS declarations of custom properties; scheme 0 is light, 1 dark."""
    return "".join(f"--{name}:{shade[scheme]};" for name, shade in COLOURS.items())


def style_sheet(selector: str = ":root") -> str:
    """The custom properties for both schemes, and light ones for print."""
    return (
        f"{selector}{{{variables(0)}}}\n@media screen and (prefers-color-scheme:dark){{{selector}{{{variables(1)}}}}}\n"
    )
