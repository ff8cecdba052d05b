"""Months, days, weekdays, weeks and holidays, with and without their year."""

from __future__ import annotations

from collections.abc import Callable

from ..periods import Period
from . import senses, years
from .numerals import ORDINAL_NAMES, day_number, ordinal
from .senses import Anchor, Node, NoPeriodError, Sense
from .stream import Stream
from .vocabulary import (
    MONTH_NAMES,
    MONTHS,
    WEEKDAY_NAMES,
    WEEKDAYS,
)

_RECENT = 31  # days: a day without a year that has just passed may be the one that was meant


def month_name(s: Stream) -> int | None:
    """The number of a month said by its name, with or without a full stop after a short one."""
    number = s.look_up(MONTHS)
    if number is not None and s.next.text == "." and s.next.glued:
        s.at += 1
    return number


def upcoming(in_year: Callable[[int], Period], name: str, anchor: Anchor) -> Sense:
    """A thing of every year, without its year: the next one, or the one that is on."""
    day = anchor.day
    found = None
    for number in range(max(day.year - 1, 1000), day.year + 9):
        try:
            one = in_year(number)
        except NoPeriodError:
            if number == day.year + 8:
                raise
            continue
        if one.end >= day.toordinal():
            found = one
            break
    if found is None:
        raise NoPeriodError("that day is out of range")
    sense = Sense(found, f"the first {name} from {day} on", "usual", in_year=in_year)
    try:
        last = in_year(found.first.year - 1)
    except NoPeriodError:
        return sense
    return sense.also(last) if 0 < day.toordinal() - last.end <= _RECENT else sense


# --- months -------------------------------------------------------------------------------------------------


def month(s: Stream) -> Node | None:
    """A month: "June", "June 2026", "June of next year", "2026 june", "next June"."""
    return s.first(_year_month, _month_year, _near_month)


def _year_month(s: Stream) -> Node | None:
    year = years.plain_year(s)
    if year is None:
        return None
    s.take(",", "-", "/")
    number = month_name(s)
    return None if number is None else _month_of(number, year)


def _month_year(s: Stream) -> Node | None:
    s.phrase("the month of")
    number = month_name(s)
    if number is None:
        return None
    year = years.of_year(s)
    if year is not None:
        return _month_of(number, year)
    return lambda anchor: upcoming(lambda of: senses.month(of, number), MONTH_NAMES[number - 1], anchor)


def _month_of(number: int, year: Node) -> Node:
    def read(anchor: Anchor) -> Sense:
        return in_year_of(year, anchor, lambda of: senses.month(of, number), MONTH_NAMES[number - 1])

    return read


def in_year_of(year: Node, anchor: Anchor, of: Callable[[int], Period], name: str) -> Sense:
    """A thing of a year, of each year that the words can mean."""
    found = year(anchor)
    if found.period.first.year == found.period.last.year:
        return found.mapped(lambda one: of(one.first.year), f"{name} of {found.why}")
    inside = [of(number) for number in (found.period.first.year, found.period.last.year)]
    hit = [one for one in inside if found.period.start <= one.start and one.end <= found.period.end]
    if not hit:
        raise NoPeriodError(f"{name} does not lie in {found.why}")
    return Sense(hit[0], f"{name} of {found.why}", found.sure)


def _near_month(s: Stream) -> Node | None:
    found = years.which(s)
    number = month_name(s)
    if found is None or number is None:
        return None
    step, word = found
    return lambda anchor: near(lambda of: senses.month(of, number), step, word, MONTH_NAMES[number - 1], anchor)


def near(of: Callable[[int], Period], step: int, word: str, name: str, anchor: Anchor) -> Sense:
    """This, next or last June: "next" is clear where the coming one lies in another year."""
    day = anchor.day
    if step < 0:
        last = max(of(number) for number in (day.year - 1, day.year) if of(number).end < day.toordinal())
        return Sense(last, f"the last {name} before {day}", "usual")
    coming = upcoming(of, name, anchor)
    if step == 0:
        this = of(day.year)
        if this.end >= day.toordinal() or word != "this":
            return Sense(coming.period, f"{name} of the year of {day}" if this == coming.period else coming.why)
        return Sense(this, f"{name} of the year of {day}", "usual", (coming.period,))
    if word in ("coming", "upcoming") or coming.period.first.year > day.year:
        return Sense(coming.period, f"the first {name} after {day}", "usual")
    after = of(day.year + 1)
    return Sense(after, f"{name} of the year after {day}, or the first one after it", "vague", (coming.period,))


# --- days -----------------------------------------------------------------------------------------------------


def date_in_words(s: Stream) -> Node | None:
    """A day by month and number, either first, with or without weekday and year; also "June 5-10"."""

    def dated(s: Stream) -> Node | None:
        weekday = s.attempt(_weekday_before)
        node = s.first(_month_first, _day_first, _day_of_month)
        if node is None or weekday is None:
            return node
        return lambda anchor: _on_weekday(node(anchor), weekday)

    return s.attempt(dated)


def _weekday_before(s: Stream) -> int | None:
    s.take("the")
    number = s.look_up(WEEKDAYS)
    if number is not None:
        s.take(".")
        s.take(",")
        s.take("the")
    return number


def _on_weekday(sense: Sense, weekday: int) -> Sense:
    """The date, if the weekday said with it is right; another year if that one was not said."""
    if sense.period.first.weekday() == weekday:
        return sense
    if sense.in_year is not None:
        for step in (1, -1, 2, 3, 4, 5, 6):
            try:
                one = sense.in_year(sense.period.first.year + step)
            except NoPeriodError:
                continue
            if one.first.weekday() == weekday:
                return Sense(one, f"{sense.why}, a {WEEKDAY_NAMES[weekday]}", "usual")
    right = WEEKDAY_NAMES[sense.period.first.weekday()]
    return sense.at_most("usual").told(f"{sense.why} (a {right}, not a {WEEKDAY_NAMES[weekday]})")


def _month_first(s: Stream) -> Node | None:
    number = month_name(s)
    if number is None or s.attempt(years.of_year) is not None:
        return None
    s.take("-", "/", ",")
    s.take("the")
    first = day_number(s)
    if first is None:
        return None
    last = s.attempt(_to_day)
    return _dated(number, first, last or first, years.of_year(s))


def _to_day(s: Stream) -> int | None:
    """The second number of "June 5-10", "5 to 10 June"; not the year of "5-2026"."""
    if not s.take("-", "to", "through", "and", "or"):
        return None
    s.take("the")
    found = day_number(s)
    return None if s.next.text in ("-", "/") and s.next.glued else found


def _day_first(s: Stream) -> Node | None:
    s.take("the")
    first = day_number(s)
    if first is None:
        return None
    last = s.attempt(_to_day)
    s.take(".")
    s.take("of", "-", "/")
    number = month_name(s)
    return None if number is None else _dated(number, first, last or first, years.of_year(s))


def _dated(number: int, first: int, last: int, year: Node | None) -> Node:
    name = MONTH_NAMES[number - 1]
    if not 1 <= first <= last <= senses.month(2000, number).last.day:
        what = f"day {max(first, last)} does not exist in {name}" if first <= last else "the days run backwards"
        return _refused(what)

    def of(of_year: int) -> Period:
        start = senses.written(f"{senses.month(of_year, number)}-{first:02d}")
        return start if first == last else senses.between(start, senses.written(f"{of_year}-{number:02d}-{last:02d}"))

    said = f"{name} {first}" if first == last else f"{name} {first} to {last}"
    if year is None:
        return lambda anchor: upcoming(of, said, anchor)
    return lambda anchor: in_year_of(year, anchor, of, said)


def _refused(why: str) -> Node:
    def read(_anchor: Anchor) -> Sense:
        raise NoPeriodError(why)

    return read


def _day_of_month(s: Stream) -> Node | None:
    """ "The 15th", "the 5th of next month": the next such day, or that of the month said."""
    article = s.take("the")
    in_digits = s.next.text.isdigit()
    number = ordinal(s, 31) or (s.digits(1, 31, length=(1, 2)) if article else None)
    if number is None:
        return None
    container = s.attempt(_of_relative_month)
    if container is not None:
        return lambda anchor: _numbered(container(anchor), number)
    return (lambda anchor: _next_numbered(number, anchor)) if article and in_digits else None


def _of_relative_month(s: Stream) -> Node | None:
    s.take("of")
    before = s.at
    node = years.relative(s)
    return node if node and any(one.text == "month" for one in s.tokens[before : s.at]) else None


def _numbered(of: Sense, number: int) -> Sense:
    return of.mapped(lambda one: senses.written(f"{one.text}-{number:02d}"), f"day {number} of {of.why}")


def _next_numbered(number: int, anchor: Anchor) -> Sense:
    day = anchor.day
    for step in range(3):
        month = senses.month(day.year, day.month + step)
        if number <= month.last.day and (step or number >= day.day):
            return Sense(senses.written(f"{month}-{number:02d}"), f"the first day {number} from {day} on", "usual")
    raise NoPeriodError("that day is out of range")


def near_day(s: Stream) -> Node | None:
    """ "Today", "tomorrow", "the day after tomorrow", "tonight"."""
    steps = {
        "the day after tomorrow": 2, "day after tomorrow": 2, "the day after tmrw": 2, "day after tmrw": 2,
        "the day before yesterday": -2, "day before yesterday": -2, "tomorrow": 1, "tmrw": 1, "tmr": 1,
        "today": 0, "tonight": 0, "yesterday": -1, "now": 0, "this morning": 0, "this afternoon": 0,
        "this evening": 0, "end of day": 0, "end of the day": 0, "the end of the day": 0, "eod": 0, "cob": 0,
        "close of business": 0, "the day after": 1,
    }  # fmt: skip
    found = s.phrase(*steps)
    if found is None or (found == "the day after" and not s.finished):
        return None
    if found in ("tomorrow", "tmrw", "yesterday"):
        s.take("morning", "afternoon", "evening", "night")
    step = steps[found]
    words = {0: "the day {}", 1: "the day after {}", -1: "the day before {}"}
    return lambda anchor: Sense(
        senses.day(senses.days_on(anchor.day, step)),
        words.get(step, f"{abs(step)} days {'after' if step > 0 else 'before'} {{}}").format(anchor.day),
    )


# --- weekdays and weeks -----------------------------------------------------------------------------------------


def weekday(s: Stream) -> Node | None:
    """ "Friday", "next Friday", "Friday next week", "next week on Friday"."""
    return s.first(_weekday_of_week, _week_weekday, _plain_weekday)


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
    s.take(",")
    s.take("on")
    number = s.look_up(WEEKDAYS)
    return None if number is None else lambda anchor: _in_week(week(anchor), number)


def _in_week(week: Sense, number: int) -> Sense:
    return week.mapped(
        lambda one: senses.day(senses.days_on(one.first, number)), f"{WEEKDAY_NAMES[number]} of {week.why}"
    )


def _plain_weekday(s: Stream) -> Node | None:
    found = s.attempt(years.which)
    number = s.look_up(WEEKDAYS)
    if number is None:
        return None
    s.take(".")
    s.take("morning", "afternoon", "evening", "night")
    return lambda anchor: _near_weekday(number, found, anchor)


def _near_weekday(number: int, found: tuple[int, str] | None, anchor: Anchor) -> Sense:
    day, name = anchor.day, WEEKDAY_NAMES[number]
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
    """ "The week of June 5", "the week beginning on the 18th"."""

    def week(s: Stream) -> Node | None:
        s.take("the")
        if not s.take("week"):
            return None
        if not s.phrase(
            "of", "beginning on", "beginning", "starting on", "starting", "commencing", "ending on", "ending"
        ):
            return None
        node = date_in_words(s) or weekday(s)
        return None if node is None else lambda anchor: _week(node(anchor))

    return s.attempt(week)


def _week(sense: Sense) -> Sense:
    return sense.mapped(lambda one: years.days_of_week(one.first), f"the week of {sense.why}")


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
