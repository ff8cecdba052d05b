"""Evidence against stated probabilities, claim by claim, and groups against their common rate: two drawings."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, inf, log10
from typing import Literal, NamedTuple

from ..numbers import number, percent
from . import labels
from .scales import Scale, number_ticks, percent_ticks
from .scene import Area, Drawing, Item, Label, Mark, Polyline, Stroke

_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 14.0, 14.0, 44.0


def evidence(values: Sequence[float], *, alarm: float, width: float = 760, height: float = 240) -> Drawing:
    """What bets against the stated probabilities have come to after each claim, on a scale of tens, and the alarm."""
    finite = [value for value in (*values, alarm) if 0 < value < inf]
    low, high = min(-1.0, floor(log10(min(finite)))), max(2.0, floor(log10(max(finite))) + 1.0)
    across = Scale(0, max(len(values), 1), _LEFT, width - _RIGHT)
    up = Scale(low, high, height - _BOTTOM, _TOP)
    items: list[Item] = []
    for power in range(int(low), int(high) + 1, max(1, round((high - low) / 6))):
        y = up(power)
        items.append(Stroke(across.start, y, across.stop, y, "rule", 0.75))
        items.append(Label(across.start - 8, y + 4, f"{10.0**power:g}", "soft", "end", 11))
    items += [
        Label(across(tick.value), up.start + 17, number(tick.value, 0), "soft", "middle", 11)
        for tick in number_ticks(0, max(len(values), 1), 8)
        if tick.value == int(tick.value)
    ]
    items.append(Label(across.stop, up.start + 33, "claims, in the order of their deadlines", "soft", "end", 11))
    y = up(log10(alarm))
    items.append(Stroke(across.start, y, across.stop, y, "miss", 1.25, True))
    items.append(Label(across.start + 6, y - 5, f"alarm at {alarm:g}", "soft", "start", 11))
    points = [(across(0), up(0.0)), *((across(i), up(_bounded(value, low, high))) for i, value in enumerate(values, 1))]
    items.append(Polyline(tuple(points), "hit", 1.75))
    told = f"after {len(values)} claims the bets stand at {number(values[-1], 2) if values else 1}"
    return Drawing(width, height, "Evidence against the stated probabilities", told, tuple(items))


def _bounded(value: float, low: float, high: float) -> float:
    return high if value == inf else max(low, min(high, log10(value))) if value > 0 else low


class GroupShare(NamedTuple):
    """A group: its effective number of claims and the share that came true."""

    label: str
    n: float
    share: float


def funnel(
    groups: Sequence[GroupShare],
    *,
    rate: float,
    limits: Sequence[tuple[float, float, float]],
    width: float = 480,
    height: float = 320,
) -> Drawing:
    """Groups by their number of claims, around the common rate; chance stays within the `limits`, (n, low, high)."""
    most = max([group.n for group in groups] + [1.0]) * 1.08
    across, up = Scale(0, most, _LEFT, width - _RIGHT), Scale(0, 1, height - _BOTTOM, _TOP)
    items: list[Item] = []
    for tick in percent_ticks():
        y = up(tick.value)
        items.append(Stroke(across.start, y, across.stop, y, "rule", 0.75))
        items.append(Label(across.start - 8, y + 4, tick.label, "soft", "end", 11))
    items += [
        Label(across(tick.value), up.start + 17, tick.label, "soft", "middle", 11) for tick in number_ticks(0, most, 7)
    ]
    items.append(Label(across.stop, up.start + 33, "claims that tell as much", "soft", "end", 11))
    inside = [one for one in limits if one[0] <= most]
    if inside:
        edge = [(across(n), up(high)) for n, _, high in inside] + [
            (across(n), up(low)) for n, low, _ in reversed(inside)
        ]
        items.append(Area(tuple(edge), "axis"))
    items.append(Stroke(across.start, up(rate), across.stop, up(rate), "axis", 1, True))
    taken: list[tuple[float, float]] = []
    for group in sorted(groups, key=lambda group: -group.n):
        x, y = across(group.n), up(group.share)
        items.append(Mark(x, y, "disc", "hit", 4.5, f"{group.label}: {percent(group.share)}"))
        if all(abs(x - a) > labels.width_of(group.label, 10) + 8 or abs(y - b) > 12 for a, b in taken):
            anchor: Literal["start", "end"] = "end" if x > width / 2 else "start"
            items.append(Label(min(x, across.stop - 4), y - 8, group.label, "soft", anchor, 10))
            taken.append((x, y))
    told = f"{len(groups)} groups around the common rate of {percent(rate)}"
    return Drawing(width, height, "Groups against their common rate", told, tuple(items))
