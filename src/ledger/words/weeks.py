"""Weekdays and weeks: "next Friday", "Friday next week", "the week of June 5", "week 23 of 2026"."""

from __future__ import annotations

from ..periods import Period
from . import dates, senses, years
from .numerals import ORDINAL_NAMES
from .senses import Anchor, Node, NoPeriodError, Sense
from .stream import Stream
from .vocabulary import WEEKDAY_NAMES, WEEKDAYS


def weekday(s: Stream) -> Node | None:
    """ "Friday", "next Friday", "Friday next week", "next week on Friday"."""
    return s.first(_weekday_of_week, _week_weekday, _after_next, _plain_weekday)


def _weekday_of_week(s: Stream) -> Node | None:
    number = s.look_up(WEEKDAYS)
    if number is None:
        return None
    s.take(",")
    s.take("of")
    week = _relative_week(s)
    return None if week is None else lambda anchor: _in_week(week(anchor), number)


def _relative_week(s: Stream) -> Node | None:
    before = s.at
    node = years.relative(s)
    return node if node and any(one.text == "week" for one in s.tokens[before : s.at]) else None


def _week_weekday(s: Stream) -> Node | None:
    week = _relative_week(s)
    if week is None:
        return None
    if s.take("'"):
        s.take("s")
    s.take(",")
    s.take("on")
    number = s.look_up(WEEKDAYS)
    return None if number is None else lambda anchor: _in_week(week(anchor), number)


def _in_week(week: Sense, number: int) -> Sense:
    return week.mapped(
        lambda one: senses.day(senses.days_on(one.first, number)), f"{WEEKDAY_NAMES[number]} of {week.why}"
    )


def _after_next(s: Stream) -> Node | None:
    """ "The Monday after next"."""
    s.take("the")
    number = s.look_up(WEEKDAYS)
    if number is None or not s.phrase("after next"):
        return None
    return lambda anchor: _second_weekday(number, anchor)


def _second_weekday(number: int, anchor: Anchor) -> Sense:
    day, name = anchor.calendar_day, WEEKDAY_NAMES[number]
    wait = (number - day.weekday()) % 7 or 7
    return Sense(senses.day(senses.days_on(day, wait + 7)), f"the second {name} after {day}", "usual")


def _plain_weekday(s: Stream) -> Node | None:
    found = s.attempt(years.which)
    number = s.look_up(WEEKDAYS)
    if number is None:
        return None
    s.take(".")
    s.take("morning", "afternoon", "evening", "night")
    return lambda anchor: _near_weekday(number, found, anchor)


def _near_weekday(number: int, found: tuple[int, str] | None, anchor: Anchor) -> Sense:
    day, name = anchor.calendar_day, WEEKDAY_NAMES[number]
    wait = (number - day.weekday()) % 7
    if found is not None and found[0] < 0:
        return Sense(senses.day(senses.days_on(day, wait - 7)), f"the last {name} before {day}", "usual")
    if found is None or found[0] == 0:
        return Sense(senses.day(senses.days_on(day, wait)), f"the first {name} from {day} on", "usual")
    coming = senses.day(senses.days_on(day, wait or 7))
    if found[1] != "next" or day.weekday() + (wait or 7) > 6:
        return Sense(coming, f"the first {name} after {day}", "usual")
    after = senses.day(senses.days_on(coming.first, 7))
    return Sense(after, f"{name} of the week after {day}, or the first one after it", "vague", (coming,))


def week_of(s: Stream) -> Node | None:
    """ "The week of June 5", "the week beginning on the 18th", "week 23 of 2026"."""

    def week(s: Stream) -> Node | None:
        s.take("the")
        name = s.take("week", "weekend")
        if name is None:
            return None
        number = s.digits(1, 53, length=(1, 2))
        if number is not None:
            year = years.of_year(s)
            return None if year is None else lambda anchor: iso_week(year(anchor), number)
        if not s.phrase(
            "of", "beginning on", "beginning", "starting on", "starting", "commencing", "ending on", "ending"
        ):
            return None
        node = dates.date_in_words(s) or weekday(s)
        return None if node is None else lambda anchor: _week(node(anchor), name)

    return s.attempt(week)


def iso_week(year: Sense, number: int) -> Sense:
    """A week by its number, as in ISO 8601: it belongs to the year that has its Thursday."""

    def change(one: Period) -> Period:
        return years.days_of_week(nth_weekday(one, 3, number).first)

    return year.mapped(change, f"week {number} of {year.why}")


def _week(sense: Sense, name: str) -> Sense:
    def change(one: Period) -> Period:
        week = years.days_of_week(one.first)
        return week if name == "week" else senses.of_days(senses.days_on(week.first, 5), week.last)

    return sense.mapped(change, f"the {name} of {sense.why}")


def nth_weekday(within: Period, weekday_number: int, count: int) -> Period:
    """The first, second, … (or, with -1, last) such weekday of a month or a year."""
    if count < 0:
        back = (within.last.weekday() - weekday_number) % 7
        return senses.day(senses.days_on(within.last, -back))
    wait = (weekday_number - within.first.weekday()) % 7
    found = senses.days_on(within.first, wait + 7 * (count - 1))
    if found.toordinal() > within.end:
        name = ORDINAL_NAMES.get(count, str(count))
        raise NoPeriodError(f"{within} has no {name} {WEEKDAY_NAMES[weekday_number]}")
    return senses.day(found)
