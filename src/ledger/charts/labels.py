"""Words on charts: how wide they are, how they are cut, and lanes in which they do not run into each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from unicodedata import east_asian_width

from ..text import shorten
from .scene import FONT_SIZE, Anchor

_NARROW, _SLIM, _BROAD = frozenset("iljtfrI.,:;'|!()[] "), frozenset("-/"), frozenset("mwMW@%—…")


def width_of(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """About how many pixels a text takes in a common sans-serif; rather too many than too few."""
    return _ems(text) * size * (1.07 if bold else 1.0)


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    return sum(map(_em, text))


@lru_cache(maxsize=1024)
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.32
    if character in _SLIM:
        return 0.45
    if character in _BROAD:
        return 0.92
    if not character.isascii() and east_asian_width(character) in "WF":
        return 1.02
    return 0.7 if character.isupper() else 0.63 if character.isdigit() else 0.58


def fitted(text: str, pixels: float, size: float = FONT_SIZE) -> str:
    """The text, cut at a word with `…` if it is wider than `pixels`."""
    if width_of(text, size) <= pixels:
        return text
    room = pixels / size - _em("…")
    length = next((i for i, used in enumerate(accumulate(map(_em, text))) if used > room), len(text))
    return shorten(text, max(length + 1, 1))


def broken(text: str, pixels: float, size: float, most: int) -> list[str]:
    """The text in bold in at most so many lines, broken at spaces, a longer word anywhere; the last may end in `…`."""

    def fits(words: str) -> bool:
        return width_of(words, size, bold=True) <= pixels

    lines = [""]
    for word in text.split(" "):
        for part in [word] if fits(word) else word:
            between = " " if part is word and lines[-1] else ""
            if fits(lines[-1] + between + part):
                lines[-1] += between + part
            else:
                lines.append(part)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), pixels / 1.07, size)]


class Placed(NamedTuple):
    """A label's place: its anchor point and side, and the lane (0 is nearest to what it names)."""

    x: float
    anchor: Anchor
    lane: int


def in_lanes(points: Sequence[tuple[float, str]], low: float, high: float, size: float = FONT_SIZE) -> list[Placed]:
    """For each (x, text) a place between two pixels, in as few lanes as will do.

    No two labels of a lane touch, and the stroke that leads to a label crosses no words of a lower lane. Meant for
    a handful of labels: every arrangement is tried, the plainest first.
    """
    offers = [_sides(x, width_of(text, size), low, high) for x, text in points]
    for lanes in range(1, len(points) + 1):
        found = _arranged([x for x, _ in points], offers, lanes, [])
        if found is not None:
            return found
    return [Placed(x, offer[0][0], lane) for lane, ((x, _), offer) in enumerate(zip(points, offers, strict=True))]


_Side = tuple[Anchor, float, float]


def _sides(x: float, width: float, low: float, high: float) -> list[_Side]:
    """The sides on which a label fits, or else the roomier one."""
    right: _Side = ("start", x + 3, x + 6 + width)
    left: _Side = ("end", x - 6 - width, x - 3)
    fits = [side for side in (right, left) if low <= side[1] and side[2] <= high]
    return fits or [right if high - x >= x - low else left]


def _arranged(
    xs: list[float], offers: list[list[_Side]], lanes: int, done: list[tuple[_Side, int]]
) -> list[Placed] | None:
    if len(done) == len(xs):
        return [Placed(x, side[0], lane) for x, (side, lane) in zip(xs, done, strict=True)]
    for lane in range(lanes):
        for side in offers[len(done)]:
            chosen = [*done, (side, lane)]
            if all(_apart(xs, chosen, other) for other in range(len(done))):
                found = _arranged(xs, offers, lanes, chosen)
                if found is not None:
                    return found
    return None


def _apart(xs: list[float], chosen: list[tuple[_Side, int]], other: int) -> bool:
    """Whether the last label and an earlier one keep clear of each other's words and strokes."""
    (_, start, stop), lane = chosen[-1]
    (_, begin, end), below = chosen[other]
    if lane == below:
        return stop < begin or end < start
    x, span = (xs[len(chosen) - 1], (begin, end)) if lane > below else (xs[other], (start, stop))
    return not span[0] <= x <= span[1]


Box = tuple[float, float, float, float]  # left, top, right, bottom


def around(
    points: Sequence[tuple[float, float, str]], taken: Sequence[Box], bounds: Box, size: float = FONT_SIZE
) -> list[tuple[float, float, Anchor] | None]:
    """For each (x, y, text) a place beside its point that covers nothing else; None where there is none left."""
    filled = [*taken, *((x - 5, y - 5, x + 5, y + 5) for x, y, _ in points)]
    found: list[tuple[float, float, Anchor] | None] = []
    for x, y, text in points:
        width = width_of(text, size)
        offers: list[tuple[float, float, Anchor, Box]] = [
            (x + 9, y + 4, "start", (x + 7, y - 7, x + 11 + width, y + 7)),
            (x - 9, y + 4, "end", (x - 11 - width, y - 7, x - 7, y + 7)),
            (x, y - 10, "middle", (x - width / 2, y - 21, x + width / 2, y - 6)),
            (x, y + 18, "middle", (x - width / 2, y + 7, x + width / 2, y + 21)),
        ]
        free = next((offer for offer in offers if _fits(offer[3], filled, bounds)), None)
        found.append(free[:3] if free else None)
        if free:
            filled.append(free[3])
    return found


def _fits(box: Box, filled: Sequence[Box], bounds: Box) -> bool:
    inside = box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in filled
    )
