"""A quantity against its target: what was said, what was seen on the way, and what was judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..periods import Period
from . import labels
from .scales import Scale, day_text, day_ticks, number_ticks
from .scene import Area, Bar, Drawing, Item, Label, Mark, Polyline, Stroke

_TOP, _BOTTOM, _RIGHT = 26.0, 34.0, 16.0


class SeenValue(NamedTuple):
    """A number that was seen, or was the one judged: `sign` and `role` are a state's then."""

    day: int
    value: float
    words: str
    sign: str = "dot"
    role: str = "words"


class AimedAt(NamedTuple):
    """What makes a claim true: the smallest and the largest number, and beside it what was said as a range."""

    low: float | None
    high: float | None
    said: tuple[float, float] | None
    unit: str


def has_axis(numbers: Iterable[float]) -> bool:
    """Whether numbers can be read off an axis: the largest is neither too large nor too small to be written out."""
    most = max(map(abs, numbers), default=0.0)
    return most == 0 or 1e-6 <= most <= 1e15


def against_target(
    aim: AimedAt, seen: Sequence[SeenValue], span: tuple[int, int], deadline: Period | None, *, width: float = 720
) -> Drawing:
    """Across, the days from the first to the last of `span`; up, the number; the pale field is where it comes true."""
    height = 240.0
    values = [one.value for one in seen]
    up = _values([*values, *_numbers(aim)], height)
    ticks = number_ticks(up.low, up.high, 6)
    left = max(labels.width_of(tick.label, 11) for tick in ticks) + 12
    days = [*span, *(one.day for one in seen)]
    across = Scale(min(days), max(*days, min(days) + 1), left, width - _RIGHT)
    items = _field(aim, across, up)
    for tick in ticks:
        items.append(Stroke(left, up(tick.value), across.stop, up(tick.value), "rule", 0.75))
        items.append(Label(left - 8, up(tick.value) + 4, tick.label, "soft", "end", 11))
    items += _days(across, height)
    items += _target(aim, across, up, deadline)
    places = [(across(one.day), up(one.value)) for one in seen]
    if len(places) > 1:
        items.append(Polyline(tuple(places), "soft", 1.25, True))
    items += [Mark(x, y, one.sign, one.role, 5, one.words) for one, (x, y) in zip(seen, places, strict=True)]
    named = [(x, y, f"{one.value:,}") for one, (x, y) in zip(seen, places, strict=True)][::-1]
    found = labels.around(named, [(x - 5, y - 5, x + 5, y + 5) for x, y in places], (left, 0, width, height), 11)
    for place, (_, _, text) in zip(found, named, strict=True):
        if place is not None:
            items.append(Label(place[0], place[1], text, "words", place[2], 11))
    if aim.unit:
        items.append(Label(0, 12, labels.fitted(aim.unit, width, 11), "soft", size=11))
    return Drawing(width, height, "Against the target", _told(aim, seen), tuple(items))


def _numbers(aim: AimedAt) -> list[float]:
    return [number for number in (aim.low, aim.high, *(aim.said or ())) if number is not None]


def _values(values: Sequence[float], height: float) -> Scale:
    """From nothing, or below it, to a little above the largest number."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.08
    return Scale(low - (room if low < 0 else 0), high + room, height - _BOTTOM, _TOP)


def _field(aim: AimedAt, across: Scale, up: Scale) -> list[Item]:
    """Where the number comes true."""
    if aim.low is None and aim.high is None:
        return []
    top = up(aim.high) if aim.high is not None else up.stop
    bottom = up(aim.low) if aim.low is not None else up.start
    corners = ((across.start, top), (across.stop, top), (across.stop, bottom), (across.start, bottom))
    return [Area(corners, "hit")]


def _target(aim: AimedAt, across: Scale, up: Scale, deadline: Period | None) -> list[Item]:
    """The numbers that decide as lines, the range as said as a bar at the deadline, and the deadline's last day."""
    items: list[Item] = [
        Stroke(across.start, up(number), across.stop, up(number), "hit", 1.5)
        for number in (aim.low, aim.high)
        if number is not None
    ]
    if deadline is not None and across.low <= deadline.end <= across.high:
        x = across(deadline.end)
        items.append(Stroke(x, up.start, x, up.stop, "axis", 1, True))
        items.append(Label(min(x, across.stop - 30), up.stop - 4, "deadline", "soft", "middle", 11))
    if aim.said is not None:
        x = across(deadline.end) if deadline is not None and deadline.end <= across.high else across.stop
        items.append(Bar(x - 4, up(aim.said[1]), 8, up(aim.said[0]) - up(aim.said[1]), "open", pale=True, radius=2))
    return items


def _days(across: Scale, height: float) -> list[Item]:
    base = height - _BOTTOM
    items: list[Item] = [Stroke(across.start, base, across.stop, base)]
    for tick in day_ticks(across.low, across.high, across.stop - across.start):
        x = across(tick.value)
        items += [Stroke(x, base, x, base + 4), Label(x, base + 17, tick.label, "soft", "middle", 11)]
    return items


def _told(aim: AimedAt, seen: Sequence[SeenValue]) -> str:
    aims = [f"at least {aim.low:,}"] if aim.low is not None else []
    aims += [f"at most {aim.high:,}"] if aim.high is not None else []
    aims += [f"said {aim.said[0]:,} to {aim.said[1]:,}"] if aim.said else []
    told = ", ".join(aims) or "no number decides"
    return f"{told}; " + "; ".join(f"{one.words} {one.value:,}, {day_text(one.day)}" for one in seen[:12]) + "."
