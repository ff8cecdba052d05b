"""Time lines: said -> deadline -> what happened, of one claim with words, or of many, one a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..periods import Period
from ..text import plural
from ..words.spoken import brief
from . import labels
from .palette import STATUS_ROLES, STATUS_SIGNS
from .scales import Scale, day_text, day_ticks
from .scene import Bar, Drawing, Item, Label, Mark, Stroke

_LANE = 18.0
_ROW = 24.0
_EDGE = 8.0


class ClaimTime(NamedTuple):
    """One claim on a time line; None where unknown, open-ended or not judged. `judged` is an ordinal."""

    label: str
    status: str
    said: Period | None
    deadline: Period | None
    latest: Period | None = None
    happened: Period | None = None
    judged: int | None = None
    outcome: str = ""
    href: str | None = None


def one_claim(entry: ClaimTime, today: int, *, width: float = 720) -> Drawing:
    """A claim's own time line, each day on it named."""
    low, high = _extent([entry], today)
    scale = Scale(low, high, _EDGE, width - _EDGE)
    named = [
        (day, labels.fitted(text, max(_clamped(scale, day), width - _clamped(scale, day)) - _EDGE - 6), sign, role)
        for day, text, sign, role in _named_days(entry, today)
    ]
    places = labels.in_lanes([(_clamped(scale, day), text) for day, text, _, _ in named], _EDGE, width - _EDGE)
    top = (max((place.lane for place in places), default=0) + 1) * _LANE + 12
    items = _axis(scale, top + 16, top - 8, today)
    items += _stretch(entry, scale, top, today)
    for place, (day, text, sign, role) in zip(places, named, strict=True):
        base = top - 12 - place.lane * _LANE
        items.append(Stroke(place.x, top - 7, place.x, base - 6, "axis" if role == "words" else role, 1, sign == ""))
        shift = 5 if place.anchor == "start" else -5
        items.append(Label(place.x + shift, base, text, role, place.anchor))
        if sign:
            items.append(Mark(_clamped(scale, day), top, sign, role, 6, text))
    return Drawing(width, top + 40, "Time line of this claim", _told([text for _, text, _, _ in named]), tuple(items))


def many_claims(
    entries: Sequence[ClaimTime], today: int, *, width: float = 720, title: str = "Time line of claims"
) -> Drawing:
    """A row a claim, in the order given: from the day it was said over its deadline to what happened.

    The axis ends where nearly all deadlines do; later ones are told by an arrow and their text.
    """
    gutter = min(330.0, width * 0.43) if width >= 560 else 0.0
    row = _ROW if gutter else _ROW + 16
    low, high = _extent(entries, today, most=0.88)
    scale = Scale(low, high, gutter + _EDGE, width - _EDGE - 2)
    top, height = 18.0, len(entries) * row
    items = _axis(scale, top + height + 4, top, today, now_label=True)
    for i, entry in enumerate(entries):
        base = top + i * row
        middle = base + row - _ROW / 2 + (0 if gutter else 2)
        if i:
            items.append(Stroke(0, base, width, base, "rule", 0.75))
        text = labels.fitted(entry.label, gutter - 10 if gutter else width - 8)
        items.append(Label(0, base + 16 if gutter else base + 15, text, href=entry.href))
        items += _row_items(entry, scale, middle, today)
    told = f"{plural(len(entries), 'claim')}, a row each; the table beside it has the same days."
    return Drawing(width, top + height + 30, title, told, tuple(items))


def _row_items(entry: ClaimTime, scale: Scale, y: float, today: int) -> list[Item]:
    """The stretch of a claim, and the sign of its state: at what happened, else at the end of its deadline."""
    role, sign = STATUS_ROLES[entry.status], STATUS_SIGNS[entry.status]
    items = _stretch(entry, scale, y, today)
    day = _sign_day(entry, today)
    note = ", ".join(
        filter(None, (entry.label, f"deadline {brief(entry.deadline)}" if entry.deadline else "", entry.status))
    )
    if day <= scale.high:
        return [*items, Mark(scale(day), y, sign, role, 5, note)]
    text = brief(entry.deadline) if entry.deadline else ""
    room = labels.width_of(text, 11) + 16
    return [
        *items,
        Bar(scale.stop - room, y - 7, room, 14, "ground"),
        Label(scale.stop - 10, y + 4, text, "soft", "end", 11),
        Mark(scale.stop - 3, y, "arrow", role, 4.5, note),
    ]


def _sign_day(entry: ClaimTime, today: int) -> int:
    if entry.happened is not None:
        return entry.happened.end
    if entry.deadline is not None:
        return entry.deadline.end
    return entry.judged if entry.judged is not None else today


def _stretch(entry: ClaimTime, scale: Scale, y: float, today: int) -> list[Item]:
    """The line from saying to deadline, the deadline's period, the charitable end, and the way to what happened."""
    role = STATUS_ROLES[entry.status]
    items: list[Item] = []
    said = entry.said.start if entry.said else None
    end = entry.deadline.end if entry.deadline else max(today, entry.judged or 0)
    if said is not None:
        stop = max(entry.deadline.start if entry.deadline else end, said)
        items.append(Stroke(scale(said), y, _clamped(scale, stop), y, "axis", 1.25, entry.deadline is None))
    if entry.deadline is not None and scale(entry.deadline.start) < scale.stop:
        start = max(scale(entry.deadline.start), scale.start)
        items.append(Bar(start, y - 4, max(_clamped(scale, end + 1) - start, 2), 8, role, pale=True, radius=2))
    if entry.latest is not None and entry.deadline is not None:
        items.append(Stroke(_clamped(scale, end), y, _clamped(scale, entry.latest.end), y, role, 1.25, True))
    if entry.happened is not None and entry.deadline is not None and entry.happened.end > end:
        items.append(Stroke(_clamped(scale, end), y, _clamped(scale, entry.happened.end), y, role, 2, True))
    if said is not None:
        items.append(Mark(scale(said), y, "dot", "words", 3))
    return items


def _clamped(scale: Scale, day: float) -> float:
    return min(max(scale(day), scale.start), scale.stop)


def _extent(entries: Sequence[ClaimTime], today: int, *, most: float = 1.0) -> tuple[float, float]:
    """First and last day of an axis: from the first word said to the last day that matters, and the present day.

    With `most` below one, the axis may end earlier so that this share of the deadlines lies on it.
    """
    starts = [entry.said.start for entry in entries if entry.said]
    starts += [entry.deadline.start for entry in entries if entry.deadline and not entry.said]
    starts += [_sign_day(entry, today) for entry in entries]
    starts += [entry.judged for entry in entries if entry.judged is not None]
    ends = sorted(max(_last_days(entry, today)) for entry in entries)
    last = ends[min(int(len(ends) * most), len(ends) - 1)] if ends else today
    low, high = min([*starts, today]), max(last, today)
    margin = max((high - low) * 0.03, 10)
    return max(low - margin, 1), high + margin


def _last_days(entry: ClaimTime, today: int) -> list[int]:
    days = [entry.deadline.end if entry.deadline else today]
    days += [entry.happened.end] if entry.happened else []
    days += [entry.latest.end] if entry.latest else []
    return [*days, entry.said.end] if entry.said else days


def _axis(scale: Scale, y: float, top: float, today: int, *, now_label: bool = False) -> list[Item]:
    items: list[Item] = [Stroke(scale.start, y, scale.stop, y, "axis")]
    ticks = day_ticks(scale.low, scale.high, scale.stop - scale.start)
    now = scale(today)
    for tick in ticks:
        x = scale(tick.value)
        items.append(Stroke(x, y, x, y + 4, "axis"))
        half = labels.width_of(tick.label, 11) / 2
        if scale.start - _EDGE <= x - half and x + half <= scale.stop + _EDGE:
            items.append(Label(x, y + 16, tick.label, "soft", "middle", 11))
    if now_label:
        text = f"as of {day_text(today)}"
        half = labels.width_of(text, 11) / 2
        x = min(max(now, scale.start + half), scale.stop - half)
        items += [Stroke(now, top - 2, now, y, "axis", 1, True), Label(x, top - 7, text, "soft", "middle", 11)]
    return items


def _named_days(entry: ClaimTime, today: int) -> list[tuple[int, str, str, str]]:
    """Day, words, sign and role of everything on a claim's own time line, from left to right."""
    role, sign = STATUS_ROLES[entry.status], STATUS_SIGNS[entry.status]
    found: list[tuple[int, str, str, str]] = []
    if entry.said:
        found.append((entry.said.start, f"said {brief(entry.said)}", "dot", "words"))
    state = _sign_day(entry, today)
    if entry.deadline is not None:
        at_end = entry.happened is None
        found.append((entry.deadline.end, f"deadline {brief(entry.deadline)}", sign if at_end else "", role))
    if entry.happened is not None:
        found.append((state, f"happened {brief(entry.happened)}", sign, role))
    if entry.judged is not None:
        found.append((entry.judged, f"judged {day_text(entry.judged)}: {entry.outcome}", "tick", role))
    if entry.judged != today:
        found.append((today, f"as of {day_text(today)}", "", "soft"))
    return sorted(found, key=lambda item: item[0])


def _told(texts: Sequence[str]) -> str:
    return "; ".join(texts) + "."
