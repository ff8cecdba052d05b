"""Counted pieces of a period: its third week, last Friday, first 100 days."""

from __future__ import annotations

from ..periods import Period
from . import senses, weeks, years
from .senses import Anchor, Node, NoPeriodError, Sense
from .vocabulary import WEEKDAY_NAMES


def nth_week(whole: Sense, position: int, name: str) -> Sense:
    """Weeks belong to the month or year that has their Thursday, as in ISO 8601."""

    def change(one: Period) -> Period:
        thursday = weeks.nth_weekday(one, 3, position)
        week = years.days_of_week(thursday.first)
        return senses.of_days(senses.days_on(week.first, 5), week.last) if name.endswith("weekend") else week

    by_count = whole.period
    days_in = _seven_days(by_count, position)
    return whole.mapped(change, f"{name} of {whole.why}, by Thursdays").also(*days_in).at_most("usual")


def _seven_days(whole: Period, position: int) -> list[Period]:
    if position < 0:
        return [senses.of_days(senses.days_on(whole.last, -6), whole.last)]
    first = senses.days_on(whole.first, 7 * (position - 1))
    return [senses.of_days(first, senses.days_on(first, 6))]


def nth_day(whole: Sense, position: int, name: str) -> Sense:
    """The first, 100th or last day of each reading."""

    def change(one: Period) -> Period:
        found = one.last if position < 0 else senses.days_on(one.first, position - 1)
        if found.toordinal() > one.end:
            raise NoPeriodError(f"{one} has no {name}")
        return senses.day(found)

    return whole.mapped(change, f"{name} of {whole.why}")


def nth_month(whole: Sense, position: int, name: str) -> Sense:
    """The third or last month of each reading."""

    def change(one: Period) -> Period:
        found = senses.month(one.last.year, one.last.month)
        if position > 0:
            found = senses.month(one.first.year, one.first.month + position - 1)
        if found.end > one.end:
            raise NoPeriodError(f"{one} has no {name}")
        return found

    return whole.mapped(change, f"{name} of {whole.why}")


def nth_year(whole: Sense, position: int, name: str) -> Sense:
    """The first or last year of each reading."""

    def change(one: Period) -> Period:
        found = senses.year(one.last.year if position < 0 else one.first.year + position - 1)
        if found.end > one.end:
            raise NoPeriodError(f"{one} has no {name}")
        return found

    return whole.mapped(change, f"{name} of {whole.why}")


def nth_weekday(container: Node, weekday: int, position: int, word: str) -> Node:
    """The second Monday of what the container means."""

    def read(anchor: Anchor) -> Sense:
        whole = container(anchor)
        name = f"{word} {WEEKDAY_NAMES[weekday]} of {whole.why}"
        return whole.mapped(lambda one: weeks.nth_weekday(one, weekday, position), name)

    return read


def end_part(whole: Period, count: int, unit: str, *, last: bool) -> Period:
    """So many units at the beginning or the end of a period."""
    if unit in ("days", "weeks"):
        size = count * (7 if unit == "weeks" else 1) - 1
        ends = (
            (senses.days_on(whole.last, -size), whole.last)
            if last
            else (whole.first, senses.days_on(whole.first, size))
        )
        found = senses.of_days(*ends)
    else:
        size = count * {"months": 1, "quarters": 3, "years": 12}[unit]
        start = (
            whole.first
            if not last
            else senses.months_on(senses.month(whole.last.year, whole.last.month).first, 1 - size)
        )
        found = senses.of_months(start.year, start.month, size)
    if found.start < whole.start or found.end > whole.end:
        raise NoPeriodError(f"{whole} is shorter than that")
    return found
