"""Stated probability against what came true, and how long it took: reliability diagram and Kaplan-Meier curve."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from ..numbers import number, percent, points
from . import labels
from .scales import Scale, number_ticks, percent_ticks
from .scene import Area, Bar, Drawing, Item, Label, Mark, Polyline, Stroke

_LEFT, _BOTTOM, _TOP, _COUNTS = 48.0, 44.0, 12.0, 44.0


class StatedShare(NamedTuple):
    """Claims stated at one probability: `hits` of `n` came true, with the interval of that share (0..1).

    `chance` is where the share would lie if what was stated were right.
    """

    probability: float
    hits: int
    n: int
    low: float
    high: float
    chance: tuple[float, float] | None = None


def reliability(
    groups: Sequence[StatedShare], *, recalibrated: Sequence[tuple[float, float]] = (), width: float = 480
) -> Drawing:
    """A disc a stated probability, its size by the number of claims, with the interval of what came true.

    On the slanted line what was stated is what happened; pale bars are where chance alone would put the discs.
    `recalibrated` is the isotonic curve as (stated, worth) pairs in order; below stand the numbers of claims.
    """
    side = width - _LEFT - 14
    across = Scale(0, 1, _LEFT, _LEFT + side)
    up = Scale(0, 1, _TOP + side, _TOP)
    items = _frame(across, up)
    if recalibrated:
        curve = tuple((across(stated), up(worth)) for stated, worth in recalibrated)
        items.append(Polyline(curve, "partly", 2))
    for group in groups:
        if group.chance is not None:
            x, (low, high) = across(group.probability), group.chance
            items.append(Bar(x - 6, up(high), 12, max(1.0, up(low) - up(high)), "axis", True))
    for group in groups:
        items += _group(group, across, up)
    items += _counts(groups, across, up.start + _BOTTOM)
    return Drawing(
        width, _TOP + side + _BOTTOM + _COUNTS, "Stated probability and what came true", _told(groups), tuple(items)
    )


def _frame(across: Scale, up: Scale) -> list[Item]:
    items: list[Item] = []
    for tick in percent_ticks():
        x, y = across(tick.value), up(tick.value)
        items += [Stroke(x, up.start, x, up.stop, "rule", 0.75), Stroke(across.start, y, across.stop, y, "rule", 0.75)]
        items.append(Label(x, up.start + 16, tick.label, "soft", "middle", 11))
        items.append(Label(across.start - 8, y + 4, tick.label, "soft", "end", 11))
    items.append(Polyline(((across(0), up(0)), (across(1), up(1))), "axis", 1, True))
    items.append(Label(across.stop, up.start + 32, "stated probability", "soft", "end", 11))
    items.append(Label(across.start + 6, up.stop + 14, "came true", "soft", "start", 11))
    return items


def _group(group: StatedShare, across: Scale, up: Scale) -> list[Item]:
    x, share = across(group.probability), group.hits / group.n
    size = min(3.5 + sqrt(group.n), 11)
    note = f"stated {points(group.probability)}: {group.hits} of {group.n} came true"
    ends = [Stroke(x - 4, up(end), x + 4, up(end), "hit", 1.5) for end in (group.low, group.high)]
    body = Stroke(x, up(group.low), x, up(group.high), "hit", 1.5)
    return [body, *ends, Mark(x, up(share), "disc", "hit", size, note)]


def _counts(groups: Sequence[StatedShare], across: Scale, top: float) -> list[Item]:
    """How many claims were stated at each probability, as bars hanging over a base line."""
    if not groups:
        return []
    most = max(group.n for group in groups)
    base = top + 22
    items: list[Item] = [Stroke(across.start, base, across.stop, base, "rule")]
    items.append(Label(across.start - 8, base + 3, "claims", "soft", "end", 11))
    taken: list[tuple[float, float]] = []
    for group in groups:
        x, size = across(group.probability), 20 * group.n / most
        items.append(Bar(x - 3, base - size, 6, size, "axis"))
        half = labels.width_of(str(group.n), 10) / 2 + 1
        if all(x + half < start or stop < x - half for start, stop in taken):
            items.append(Label(x, base + 12, str(group.n), "soft", "middle", 10))
            taken.append((x - half, x + half))
    return items


def _told(groups: Sequence[StatedShare]) -> str:
    told = "; ".join(f"stated {points(group.probability)}, came true {group.hits} of {group.n}" for group in groups)
    return told or "no claim with a stated probability was scored"


class Rise(NamedTuple):
    """A step of a curve of shares: from `time` on it is `share`."""

    time: float
    share: float


def survival(
    steps: Sequence[Rise],
    *,
    censored: Sequence[float] = (),
    last: float,
    at_risk: Sequence[tuple[float, int]] = (),
    median: float | None = None,
    band: Sequence[tuple[float, float, float]] = (),
    promised: float | None = 1.0,
    unit: str = "times the promised time",
    width: float = 760,
    height: float = 300,
) -> Drawing:
    """The Kaplan-Meier curve upside down: the share that came true by a time, up to the last time watched.

    An axis that would mostly show open claims being watched ends at twice the promised time.

    `censored` are times, in order, at which open claims were last watched, told by ticks; `at_risk` are (time,
    claims still watched); `band` is (time, low, high) from step to step; `promised` marks the deadline.
    """
    least = max([0.01, *(step.time * 1.25 for step in steps), (promised or 0) * 2])
    end = max(min(last, least), (promised or 0) * 1.05, *(step.time for step in steps), 0.01) * 1.02
    across, up = Scale(0, end, 44, width - 14), Scale(0, 1, height - 62, 14)
    items = _grid(across, up, at_risk, unit)
    if promised is not None:
        x = across(promised)
        items.append(Stroke(x, up.start, x, up.stop, "axis", 1, True))
        left = x > width / 2
        items.append(Label(x - 5 if left else x + 5, up.stop + 4, "promised", "soft", "end" if left else "start", 11))
    items += _curve(steps, censored, last, band, across, up)
    if median is not None:
        corner = ((across.start, up(0.5)), (across(median), up(0.5)), (across(median), up.start))
        items.append(Polyline(corner, "hit", 1, True))
    return Drawing(width, height, "Share that came true by a time", _steps_told(steps, median), tuple(items))


def _grid(across: Scale, up: Scale, at_risk: Sequence[tuple[float, int]], unit: str) -> list[Item]:
    """Both axes, and under the times how many claims were still watched."""
    items: list[Item] = []
    for tick in percent_ticks():
        y = up(tick.value)
        items.append(Stroke(across.start, y, across.stop, y, "rule", 0.75))
        items.append(Label(across.start - 8, y + 4, tick.label, "soft", "end", 11))
    for tick in number_ticks(0, across.high, max(int((across.stop - across.start) / 70), 3)):
        x = across(tick.value)
        items += [Stroke(x, up.start, x, up.start + 4), Label(x, up.start + 17, tick.label, "soft", "middle", 11)]
        watched = _watched(at_risk, tick.value)
        if watched is not None:
            items.append(Label(x, up.start + 50, str(watched), "soft", "middle", 11))
    items.append(Label(across.stop, up.start + 33, unit, "soft", "end", 11))
    return [*items, Label(0, up.start + 50, "open", "soft", "start", 11)] if at_risk else items


def _curve(
    steps: Sequence[Rise],
    censored: Sequence[float],
    last: float,
    band: Sequence[tuple[float, float, float]],
    across: Scale,
    up: Scale,
) -> list[Item]:
    items: list[Item] = []
    if band:
        upper = _stairs([(time, high) for time, _, high in band], last, across, up)
        lower = _stairs([(time, low) for time, low, _ in band], last, across, up)
        items.append(Area((*upper, *reversed(lower)), "hit"))
    items.append(Polyline(_stairs([(step.time, step.share) for step in steps], last, across, up), "hit", 2))
    for time in censored:
        if time > across.high:
            break
        share = next((step.share for step in reversed(steps) if step.time <= time), 0.0)
        items.append(Mark(across(time), up(share), "tick", "hit", 4))
    return items


def _stairs(
    steps: Sequence[tuple[float, float]], last: float, across: Scale, up: Scale
) -> tuple[tuple[float, float], ...]:
    path = [(across(0), up(0.0))]
    for time, share in steps:
        path += [(across(time), path[-1][1]), (across(time), up(share))]
    return (*path, (max(across(min(last, across.high)), path[-1][0]), path[-1][1]))


def _watched(at_risk: Sequence[tuple[float, int]], time: float) -> int | None:
    """How many were still watched just before a time."""
    return next((n for at, n in at_risk if at >= time), None)


def _steps_told(steps: Sequence[Rise], median: float | None) -> str:
    half = f"half by {number(median, 2)}" if median is not None else "half not reached"
    final = f"{percent(steps[-1].share)} by {number(steps[-1].time, 2)}" if steps else "none came true"
    return f"{half}, {final}."
