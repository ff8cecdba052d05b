"""The moving target of a series: the day something was said against the day it was said for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..periods import Period
from ..text import plural
from ..words.spoken import brief
from . import labels
from .palette import STATUS_ROLES, STATUS_SIGNS
from .scales import Scale, day_text, day_ticks
from .scene import Bar, Drawing, Item, Label, Mark, Polyline, Stroke

_LEFT, _BOTTOM, _RIGHT = 44.0, 40.0, 14.0
_UNDATED = 30.0


class Aim(NamedTuple):
    """One claim of a series. `revises` is the number of the aim it changes, if that is among them."""

    label: str
    status: str
    said: Period
    deadline: Period | None
    revises: int | None = None
    current: bool = False


def moving_target(aims: Sequence[Aim], today: int, *, width: float = 760, height: float = 340) -> Drawing:
    """Each claim at the day it was said (across) and its deadline (up); a line leads from a claim to its revision.

    On the slanted line a claim would fall due the day it was said: a date that stands still runs level, one
    that is always as far away runs along it. Aims without a date stand above.
    """
    dated = [aim for aim in aims if aim.deadline]
    top = 16.0 + (_UNDATED if len(dated) < len(aims) else 0)
    xs = [aim.said.end for aim in aims]
    across = _scale([*xs, today], _LEFT, width - _RIGHT)
    up = _scale([*[aim.deadline.end for aim in dated if aim.deadline], *xs], height - _BOTTOM, top + 8)
    items = _frame(across, up, top, today)
    places = [(across(aim.said.end), up(aim.deadline.end) if aim.deadline else top - 14) for aim in aims]
    items += _links(aims, places)
    for aim, (x, y) in zip(aims, places, strict=True):
        items += _aim(aim, x, y, up)
    items += _names(aims, places, (_LEFT + 2, 0, width, height - _BOTTOM - 4))
    return Drawing(width, height, "How the date moved", _told(aims), tuple(items))


def _scale(days: Sequence[int], start: float, stop: float) -> Scale:
    low, high = min(days), max(days)
    margin = max((high - low) * 0.05, 15)
    return Scale(max(low - margin, 1), high + margin, start, stop)


def _frame(across: Scale, up: Scale, top: float, today: int) -> list[Item]:
    items: list[Item] = []
    for tick in day_ticks(up.low, up.high, up.start - up.stop, 34):
        y = up(tick.value)
        items.append(Stroke(across.start, y, across.stop, y, "rule", 0.75))
        items.append(Label(across.start - 8, y + 4, tick.label, "soft", "end", 11))
    for tick in day_ticks(across.low, across.high, across.stop - across.start):
        x = across(tick.value)
        items += [Stroke(x, up.start, x, up.start + 4), Label(x, up.start + 17, tick.label, "soft", "middle", 11)]
    items.append(Stroke(across.start, up.start, across.stop, up.start))
    items.append(Label(across.stop, up.start + 33, "said", "soft", "end", 11))
    items.append(Label(across.start, 9, "deadline", "soft", "end", 11))
    items += _present(across, up, today)
    if top > _UNDATED:
        items.append(Label(across.start - 8, top - 10, "none", "soft", "end", 11))
        items.append(Stroke(across.start, top - 14, across.stop, top - 14, "rule", 0.75))
    return items


def _present(across: Scale, up: Scale, today: int) -> list[Item]:
    """The slanted line of days, and the level below which deadlines are over."""
    low, high = max(across.low, up.low), min(across.high, up.high)
    items: list[Item] = []
    if low < high:
        items.append(Polyline(((across(low), up(low)), (across(high), up(high))), "axis", 1, True))
    if up.low < today < up.high:
        y = up(today)
        items.append(Stroke(across.start, y, across.stop, y, "axis", 1, True))
        items.append(Label(across.start + 6, y - 5, f"as of {day_text(today)}", "soft", "start", 11))
    return items


def _links(aims: Sequence[Aim], places: Sequence[tuple[float, float]]) -> list[Item]:
    return [
        Polyline((places[aim.revises], place), "soft", 1.5)
        for aim, place in zip(aims, places, strict=True)
        if aim.revises is not None
    ]


def _aim(aim: Aim, x: float, y: float, up: Scale) -> list[Item]:
    role = STATUS_ROLES[aim.status]
    items: list[Item] = []
    if aim.deadline is not None and aim.deadline.start < aim.deadline.end:
        bottom = min(up(max(aim.deadline.start, up.low)), up.start)
        items.append(Bar(x - 3, y, 6, max(bottom - y, 0), role, pale=True, radius=2))
    note = f"{aim.label} - said {brief(aim.said)}, deadline {_deadline(aim, 'none')}, {aim.status}"
    if aim.current:
        items.append(Mark(x, y, "halo", "words", 9))
    return [*items, Mark(x, y, STATUS_SIGNS[aim.status], role, 5, note)]


def _names(aims: Sequence[Aim], places: Sequence[tuple[float, float]], bounds: labels.Box) -> list[Item]:
    """The deadlines beside their points, as many as find room; the newest first."""
    order = sorted(
        (i for i, aim in enumerate(aims) if aim.deadline),
        key=lambda i: (not aims[i].current, -aims[i].said.end),
    )
    points = [(*places[i], _deadline(aims[i], "")) for i in order]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in places]
    found = labels.around(points, taken, bounds, 11)
    return [
        Label(place[0], place[1], text, "words", place[2], 11)
        for place, (_, _, text) in zip(found, points, strict=True)
        if place is not None
    ]


def _deadline(aim: Aim, absent: str) -> str:
    return brief(aim.deadline) if aim.deadline else absent


def _told(aims: Sequence[Aim]) -> str:
    moves = "; ".join(f"said {brief(aim.said)}: {_deadline(aim, 'no date')}" for aim in aims[:12])
    more = f"; and {len(aims) - 12} more" if len(aims) > 12 else ""
    return f"{plural(len(aims), 'claim')} - {moves}{more}."
