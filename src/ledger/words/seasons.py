"""Seasons: the northern ones unless the words say else; up to the end of the month in which they end."""

from __future__ import annotations

from dataclasses import replace

from ..periods import Period
from . import dates, senses, years
from .senses import Anchor, Node, Sense
from .stream import Stream
from .vocabulary import SEASON_NAMES, SEASONS


def season(s: Stream) -> Node | None:
    """A season: the northern one unless the words say else; up to the end of the month in which it ends."""

    def named(s: Stream) -> Node | None:
        s.take("the")
        near = s.attempt(years.which)
        hemisphere = _hemisphere(s)
        start = s.look_up(SEASONS)
        if start is None:
            return None
        year = s.attempt(_winters) or years.of_year(s)
        if s.phrase("in the southern hemisphere", "down under", "in australia", "in new zealand"):
            hemisphere = "southern"
        elif s.phrase("in the northern hemisphere"):
            hemisphere = "northern"
        if hemisphere == "southern":
            start = (start + 5) % 12 + 1
        name = f"{hemisphere or 'northern'} {SEASON_NAMES[start if hemisphere != 'southern' else (start + 5) % 12 + 1]}"
        if year is not None:
            return lambda anchor: of_year(start, year(anchor), name)
        if near is None or near[0] == 0:
            return lambda anchor: nearest(start, name, anchor)
        step, word = near
        return lambda anchor: _next_season(start, name, step, word, anchor)

    return s.attempt(named)


def _hemisphere(s: Stream) -> str | None:
    if s.take("southern", "austral") or s.phrase("southern hemisphere", "australian"):
        s.take("hemisphere")
        return "southern"
    if s.take("northern", "boreal"):
        s.take("hemisphere")
        return "northern"
    return None


def _winters(s: Stream) -> Node | None:
    """The two years of a winter: 2026-27, 2026/2027."""
    s.take("of")
    first = s.digits(1000, 9999, length=(4,))
    if first is None or not s.glued("-", "/") or not s.next.glued:
        return None
    second = s.digits(0, 9999, length=(2, 4))
    if second is None or second % 100 != (first + 1) % 100:
        return None
    return lambda _anchor: Sense(senses.of_months(first, 7, 12), f"{first} to {first + 1}")


def _season(start: int, of_year: int) -> Period:
    return senses.of_months(of_year, start, 4)


def of_year(start: int, year: Sense, name: str = "") -> Sense:
    """Of a year; the winter of 2026 is the one that begins or the one that ends in it."""
    why = f"{name or 'northern ' + SEASON_NAMES[start]} of {year.why}"
    first = year.period.first
    if year.period.precision != "year":
        return Sense(senses.of_months(first.year, start if start >= first.month else start + 12, 4), why)
    found = _season(start, first.year)
    if start != 12:
        return Sense(found, why, year.sure, part=True)
    return Sense(found, f"{why}: the one that begins in it, or ends", "vague", (_season(start, first.year - 1),))


def nearest(start: int, name: str, anchor: Anchor) -> Sense:
    """The season that is on, or the next one of its kind."""

    def of(number: int) -> Period:
        return _season(start, number)

    return replace(dates.upcoming(of, name, anchor), part=True)


def _next_season(start: int, name: str, step: int, word: str, anchor: Anchor) -> Sense:
    day = anchor.calendar_day
    begins = [_season(start, day.year + number) for number in (-1, 0, 1, 2)]
    if step < 0:
        return Sense(max(one for one in begins if one.end < day.toordinal()), f"the last {name} before {day}", "usual")
    coming = min((one for one in begins if one.start > day.toordinal()), key=Period.sort_key)
    if word == "next":
        for one in begins:
            first = one.first
            from_day, to_day = senses.months_on(first, -3), senses.months_on(first, 3)
            if from_day <= day < to_day:
                after = _season(start, first.year + 1)
                why = f"the {name} of the year after, or the one that is nearest to {day}"
                return Sense(after, why, "vague", (one,), part=True)
    return Sense(coming, f"the first {name} after {day}", "usual", part=True)
