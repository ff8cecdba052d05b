"""Holidays: those with a fixed day, those on a weekday of their month, and Easter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..periods import Period
from . import dates, senses, weeks, years
from .senses import Node
from .stream import Stream
from .vocabulary import FIXED_HOLIDAYS, WEEKDAY_HOLIDAYS


def holiday(s: Stream) -> Node | None:
    """A holiday with a fixed day, one on a weekday of its month (as the United States keep it), or Easter."""

    def named(s: Stream) -> Node | None:
        s.take("the")
        near_word = s.attempt(years.which)
        name = s.phrase(*FIXED_HOLIDAYS, *WEEKDAY_HOLIDAYS, "easter sunday", "good friday", "easter")
        if name is None:
            return None
        said, of = name.replace(" ' ", "'").replace(" .", ".").title().replace("'S", "'s"), _holiday(name)
        year = years.of_year(s)
        if year is not None:
            return lambda anchor: dates.in_year_of(year, anchor, of, said)
        if near_word is not None:
            return lambda anchor: dates.near(of, *near_word, said, anchor)
        return lambda anchor: dates.upcoming(of, said, anchor)

    return s.attempt(named)


def _holiday(name: str) -> Callable[[int], Period]:
    fixed = FIXED_HOLIDAYS.get(name)
    if fixed is not None:
        return lambda of: senses.written(f"{senses.year(of)}-{fixed[0]:02d}-{fixed[1]:02d}")
    if name not in WEEKDAY_HOLIDAYS:
        return lambda of: senses.day(senses.days_on(_easter(of), -2 if name == "good friday" else 0))
    number, on, count = WEEKDAY_HOLIDAYS[name]
    return lambda of: weeks.nth_weekday(senses.month(of, number), on, count)


def _easter(of_year: int) -> date:
    """Sunday of the Gregorian Easter, by the reckoning of Meeus and Jones."""
    senses.year(of_year)
    golden, (century, rest) = of_year % 19, divmod(of_year, 100)
    leaps, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    quads, single = divmod(rest, 4)
    sunday = (32 + 2 * odd + 2 * quads - moon - single) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(of_year, month, day + 1)
