"""Years, decades, centuries and fiscal years, and the units that lie this far from the day of the words."""

from __future__ import annotations

from datetime import date, timedelta

from ..periods import Period
from . import senses
from .numerals import below_hundred, in_century, ordinal, short_year, year_number
from .senses import Anchor, Node, NoPeriodError, Sense
from .stream import Stream
from .vocabulary import LAST, NEXT, UNITS

FISCAL_HINT = "give the speaker a fiscal_year_end, or write the period itself"
FISCAL = ("fiscal", "financial", "budget")
DECADES = {
    name: number
    for number, name in enumerate(
        ["tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], 1
    )
}


# --- this, next and last -------------------------------------------------------------------------------------


def which(s: Stream) -> tuple[int, str] | None:
    """How many units on ("this" 0, "next" 1, "last" -1) and the word that says so."""
    s.take("the", "its", "our", "their", "my")
    if s.take("this", "current", "same", "present"):
        if s.take("coming", "upcoming"):
            return 1, "coming"
        s.take("current", "same")
        return 0, "this"
    word = s.take(*NEXT)
    if word:
        return 1, word
    word = s.take(*LAST)
    return (-1, word) if word else None


def relative(s: Stream) -> Node | None:
    """This, next or last week, month, quarter, half, year, decade or century; "the year after next"."""
    return s.first(_after_next, _near_unit, _the_unit)


def _after_next(s: Stream) -> Node | None:
    s.take("the")
    name = s.take(*UNITS)
    if name is None:
        return None
    if s.phrase("after next"):
        return lambda anchor: unit_on(name, 2, anchor)
    if s.phrase("after this", "after the current one", "after this one"):
        return lambda anchor: unit_on(name, 1, anchor)
    if name == "year" and s.phrase("after", "thereafter"):
        return None if not s.finished else lambda anchor: unit_on(name, 1, anchor).at_most("usual")
    return None


def _near_unit(s: Stream) -> Node | None:
    found = which(s)
    s.take("calendar")
    name = s.take(*UNITS)
    if found is None or name is None or (name == "half" and s.next.text in ("a", "an")):
        return None
    step, word = found
    if word in ("coming", "upcoming") and name in ("year", "decade", "century", "month", "quarter"):
        return lambda anchor: _coming(name, anchor)
    if name == "weekend" and step == 1:
        return _next_weekend
    if word in ("following", "subsequent"):
        return lambda anchor: unit_on(name, step, anchor).at_most("usual")
    return lambda anchor: unit_on(name, step, anchor)


def _the_unit(s: Stream) -> Node | None:
    """ "The year", "weekend": the one of the day, as in "the end of the year"."""
    if s.take("weekend"):
        return lambda anchor: unit_on("weekend", 0, anchor)
    if not s.take("the"):
        return None
    s.take("calendar")
    name = s.take("week", "weekend", "month", "quarter", "year", "decade", "century")
    return None if name is None else lambda anchor: unit_on(name, 0, anchor).at_most("usual")


def unit_on(name: str, step: int, anchor: Anchor) -> Sense:
    """The unit that lies so many units after the one the day is in."""
    day = anchor.calendar_day
    words = {0: f"the {name} of {day}", 1: f"the {name} after that of {day}", -1: f"the {name} before that of {day}"}
    return Sense(_unit(name, step, day), words.get(step, f"{step} {name}s after the {name} of {day}"))


def _unit(name: str, step: int, day: date) -> Period:
    if name == "day":
        return senses.day(senses.days_on(day, step))
    if name in ("week", "weekend"):
        monday = senses.days_on(day, 7 * step - day.weekday())
        return senses.of_days(senses.days_on(monday, 5 if name == "weekend" else 0), senses.days_on(monday, 6))
    if name == "decade":
        return senses.decade((day.year // 10 + step) * 10)
    if name == "century":
        return _century(day.year // 100 + step)
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[name]
    index = ((day.year * 12 + day.month - 1) // length + step) * length
    if not 12000 <= index < 120000:
        raise NoPeriodError("that year is out of range", hint="years run from 1000 to 9999")
    return senses.of_months(index // 12, index % 12 + 1, length)


def _century(number: int) -> Period:
    return senses.between(senses.year(number * 100), senses.year(number * 100 + 99))


def _coming(name: str, anchor: Anchor) -> Sense:
    """ "The coming year": the next calendar year, or the twelve months from that day."""
    calendar = unit_on(name, 1, anchor)
    if name in ("month", "quarter"):
        return calendar.at_most("usual")
    end = senses.months_on(anchor.calendar_day, {"year": 12, "decade": 120, "century": 1200}[name])
    on = senses.month(end.year, end.month) if name == "year" else senses.year(end.year)
    return calendar.at_most("vague").also(senses.about(on))


def _next_weekend(anchor: Anchor) -> Sense:
    if anchor.calendar_day.weekday() > 4:
        return unit_on("weekend", 1, anchor)
    coming = unit_on("weekend", 0, anchor)
    after = unit_on("weekend", 1, anchor)
    return after.at_most("vague").also(coming.period)


# --- years --------------------------------------------------------------------------------------------------


def year(s: Stream) -> Node | None:
    """A year: "2026", "'26", "the year 2026", "CY2026", "next year", "the year of our words"."""
    return s.first(plain_year, relative_year)


def plain_year(s: Stream) -> Node | None:
    """A year said by its number."""

    def named(s: Stream) -> Node | None:
        s.take("the")
        short = s.take("cy") or s.phrase("calendar year", "the calendar year", "calendar", "year", "the year")
        number = year_number(s)
        if number is None:
            digits = s.digits(0, 99, length=(2,)) if short == "cy" else None
            return in_century(digits) if digits is not None else short_year(s)
        if s.next.glued and s.next.text == "s":
            return None
        return lambda _anchor: Sense(senses.year(number), str(number))

    return s.attempt(named)


def relative_year(s: Stream) -> Node | None:
    """ "This year", "the following year", "the year after next", "the year"."""

    def near(s: Stream) -> Node | None:
        before = s.at
        node = relative(s)
        if node is None or not any(one.text == "year" for one in s.tokens[before : s.at]):
            return None
        return node

    return s.attempt(near)


def of_year(s: Stream) -> Node | None:
    """The year after the name of a month or a day: ", 2026", "of next year", "-2026"."""

    def after(s: Stream) -> Node | None:
        s.take(",", "-", "/", ".")
        s.take("of", "in")
        return fiscal_year(s) or year(s)

    return s.attempt(after)


def last_two_digits(s: Stream) -> Node | None:
    """ "Q4 25", "5 Dec 26": at the end of a phrase that stands alone."""
    digits = s.digits(0, 99, length=(2,)) if s.whole else None
    return in_century(digits) if digits is not None and s.finished else None


# --- decades and centuries ------------------------------------------------------------------------------------


def decade(s: Stream) -> Node | None:
    """ "The 2030s", "the '30s", "the twenty-thirties"."""

    def named(s: Stream) -> Node | None:
        s.take("the")
        apostrophe = s.take("'")
        number = s.digits(1000, 9990, length=(4,)) if not apostrophe else None
        short = s.digits(0, 90, length=(2,)) if number is None else None
        if number is not None or short is not None:
            digits = number if number is not None else short
            assert digits is not None
            mark = s.glued("s") or (s.glued("'") and s.glued("s"))
            if not mark or digits % 10:
                return None
            if number is not None:
                return senses.fixed(senses.decade(number), f"the {number}s")
            return lambda anchor: _short_decade(digits, anchor)
        return _decade_in_words(s)

    return s.attempt(named)


def _decade_in_words(s: Stream) -> Node | None:
    if s.phrase("two thousands"):
        return senses.fixed(senses.decade(2000), "the 2000s")
    before = s.at
    century = below_hundred(s)
    if century is None or not 10 <= century <= 99:
        s.at = before
        century = None
    s.take("-")
    tens = s.look_up(DECADES)
    if tens is None:
        return None
    if century is None:
        return lambda anchor: _short_decade(10 * tens, anchor)
    first = century * 100 + 10 * tens
    return senses.fixed(senses.decade(first), f"the {first}s")


def _short_decade(digits: int, anchor: Anchor) -> Sense:
    first = in_century(digits)(anchor).period.first.year
    return Sense(senses.decade(first), f"the {first}s", "usual")


def century(s: Stream) -> Node | None:
    """ "The 21st century", "mid-century" is an edge of it."""

    def named(s: Stream) -> Node | None:
        s.take("the")
        number = ordinal(s)
        if number is None or not 11 <= number <= 99:
            return None
        s.take("-")
        if not s.take("century"):
            return None
        return lambda _anchor: Sense(
            _century(number - 1), f"the years {number - 1}00 to {number - 1}99", others=(senses.year(number * 100),)
        )

    return s.attempt(named)


# --- fiscal years -------------------------------------------------------------------------------------------


def fiscal_year(s: Stream) -> Node | None:
    """ "FY2027", "fiscal '27", "the 2027 financial year", "next fiscal year", "FY26/27"."""
    return s.first(_fiscal_named, _fiscal_relative, _fiscal_after_number)


def is_fiscal(s: Stream) -> bool:
    """Whether "fiscal" or a word like it comes next, which is then read."""
    return s.take(*FISCAL) is not None


def _fiscal_named(s: Stream) -> Node | None:
    s.take("the", "its", "our", "their")
    if s.take("fy") is None:
        if not is_fiscal(s):
            return None
        s.take("year", "yr")
    s.take("-", "of")
    number = _fiscal_number(s)
    return None if number is None else lambda anchor: _fiscal(number(anchor).period.first.year, anchor)


def _fiscal_number(s: Stream) -> Node | None:
    node = plain_year(s)
    if node is None:
        digits = s.digits(0, 99, length=(2,))
        node = in_century(digits) if digits is not None else None
    if node is None:
        return None
    second = s.attempt(_second_year)
    return second or node


def _second_year(s: Stream) -> Node | None:
    """FY2026/27 ends in 2027."""
    if not s.glued("/", "-") or not s.next.glued:
        return None
    number = s.digits(1000, 9999, length=(4,))
    if number is not None:
        return senses.fixed(senses.year(number), str(number))
    digits = s.digits(0, 99, length=(2,))
    return in_century(digits) if digits is not None else None


def _fiscal_relative(s: Stream) -> Node | None:
    found = which(s)
    step = found[0] if found else 0
    if found is None and not s.take("the"):
        before = s.ahead(-1).text if s.at else ""
        if before not in ("the", "its", "our", "their"):
            return None
    if not is_fiscal(s) or not s.take("year"):
        return None
    return lambda anchor: _fiscal(_fiscal_year_of(anchor) + step, anchor)


def _fiscal_after_number(s: Stream) -> Node | None:
    s.take("the", "its", "our", "their")
    number = _fiscal_number(s)
    if number is None or not (s.take("fy") or (is_fiscal(s) and s.take("year"))):
        return None
    return lambda anchor: _fiscal(number(anchor).period.first.year, anchor)


def _fiscal_year_of(anchor: Anchor) -> int:
    end, day = anchor.fiscal_year_end, anchor.calendar_day
    return day.year + (end is not None and day.month > end)


def _fiscal(number: int, anchor: Anchor) -> Sense:
    end = anchor.fiscal_year_end
    if end is None:
        why = f"fiscal {number} needs the month in which that fiscal year ends"
        raise NoPeriodError(why, others=(senses.year(number),), hint=FISCAL_HINT)
    return Sense(
        senses.of_months(number - 1, end + 1, 12), f"fiscal {number}, which ends in {senses.month(number, end)}"
    )


def days_of_week(day: date) -> Period:
    """The week, Monday to Sunday, that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return senses.of_days(monday, senses.days_on(monday, 6))
