"""Months, days, weekdays, weeks and holidays, with and without their year."""

from __future__ import annotations

from collections.abc import Callable

from ..periods import Period
from . import senses, years
from .numerals import day_number, ordinal
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
    day = anchor.calendar_day
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
    sense = Sense(found, f"{name}, the next from {day}", "usual", in_year=in_year)
    try:
        last = in_year(found.first.year - 1)
    except NoPeriodError:
        return sense
    is_recent = last.start == last.end and 0 < day.toordinal() - last.end <= _RECENT
    return sense.also(last) if is_recent else sense


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
    s.phrase("the month of", "month of")
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
        why = f"{name} {found.why}" if found.why.isdecimal() else f"{name} of {found.why}"
        return found.mapped(lambda one: of(one.first.year), why)
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
    day = anchor.calendar_day
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

    return s.first(_weekday_and_number, dated)


def _weekday_and_number(s: Stream) -> Node | None:
    """ "Friday the 13th": the next such day."""
    weekday = s.attempt(_weekday_before)
    s.take("the")
    number = ordinal(s, 31) if weekday is not None and s.next.text.isdecimal() else None
    if weekday is None or number is None or s.next.text in MONTHS or s.next.text in ("of", "-"):
        return None
    return lambda anchor: _next_on(weekday, number, anchor)


def _next_on(weekday: int, number: int, anchor: Anchor) -> Sense:
    day, name = anchor.calendar_day, WEEKDAY_NAMES[weekday]
    for step in range(36):
        month = senses.month(day.year, day.month + step)
        if number <= month.last.day and (step or number >= day.day):
            found = senses.written(f"{month}-{number:02d}")
            if found.first.weekday() == weekday:
                return Sense(found, f"the first {name} that is day {number}, from {day} on", "usual")
    raise NoPeriodError(f"no {name} is day {number}")


def _weekday_before(s: Stream) -> int | None:
    s.take("the")
    number = s.look_up(WEEKDAYS)
    if number is not None:
        s.take(".")
        s.take(",")
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
    if sense.sure != "certain":
        raise NoPeriodError(f"{sense.period} is a {right}, not a {WEEKDAY_NAMES[weekday]}")
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
    return _dated(number, first, last or first, years.of_year(s) or s.attempt(years.last_two_digits))


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
    return (
        None
        if number is None
        else _dated(number, first, last or first, years.of_year(s) or s.attempt(years.last_two_digits))
    )


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
    in_digits = s.next.text.isdecimal()
    number = ordinal(s, 31) or (s.digits(1, 31, length=(1, 2)) if article else None)
    if number is None:
        return None
    container = s.attempt(_of_relative_month)
    if container is not None:
        return lambda anchor: _numbered(container(anchor), number)
    alone = s.whole and s.finished
    return (lambda anchor: _next_numbered(number, anchor)) if (article and in_digits) or alone else None


def _of_relative_month(s: Stream) -> Node | None:
    s.take("of")
    before = s.at
    node = years.relative(s)
    return node if node and any(one.text == "month" for one in s.tokens[before : s.at]) else None


def _numbered(of: Sense, number: int) -> Sense:
    return of.mapped(lambda one: senses.written(f"{one.text}-{number:02d}"), f"day {number} of {of.why}")


def _next_numbered(number: int, anchor: Anchor) -> Sense:
    day = anchor.calendar_day
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
        senses.day(senses.days_on(anchor.calendar_day, step)),
        words.get(step, f"{abs(step)} days {'after' if step > 0 else 'before'} {{}}").format(anchor.calendar_day),
    )
