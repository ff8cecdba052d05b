"""Dates and quarters in digits: 2026-12-31, 31.12.2026, 2019/sep/01, Q2'26, 2Q25, 2016h2."""

from __future__ import annotations

from collections.abc import Callable

from ..periods import Period
from . import senses
from .dates import upcoming
from .numerals import in_century
from .senses import Anchor, Node, Sense
from .stream import Stream
from .vocabulary import MONTHS
from .weeks import iso_week
from .years import FISCAL_HINT, fiscal_year, is_fiscal, last_two_digits, plain_year, relative_year

_SIGNS = ("-", "/", ".")


def numeric(s: Stream) -> Node | None:
    """A date or a month in digits."""
    return s.first(_iso_week, _year_first, _year_last, _compact, _month_year, _year_month, _year_year, _month_day)


def _sign(s: Stream) -> str | None:
    return s.glued(*_SIGNS)


def _part(s: Stream, most: int) -> int | None:
    return s.digits(1, most, length=(1, 2)) if s.next.glued else None


def _year_first(s: Stream) -> Node | None:
    year = s.digits(1000, 9999, length=(4,))
    sign = _sign(s)
    if year is None or sign is None:
        return None
    month = (s.look_up(MONTHS) if s.next.glued else None) or _part(s, 99)
    if month is None or not s.glued(sign):
        return None
    day = _part(s, 99)
    return None if day is None else _written(f"{year}-{month:02d}-{day:02d}")


def _written(text: str) -> Node:
    return lambda _anchor: Sense(senses.written(text), text)


def _year_last(s: Stream) -> Node | None:
    first = s.digits(1, 99, length=(1, 2))
    sign = _sign(s)
    if first is None or sign is None:
        return None
    second = _part(s, 99)
    if second is None or not s.glued(sign) or not s.next.glued:
        return None
    year = s.digits(1000, 9999, length=(4,))
    if year is not None:
        return lambda _anchor: _either_way(first, second, senses.year(year))
    short = s.digits(0, 99, length=(2,))
    if short is None:
        return None
    of = in_century(short)
    return lambda anchor: _either_way(first, second, of(anchor).period).at_most("usual")


def _either_way(first: int, second: int, year: Period) -> Sense:
    """31/12/2026 has one reading, 03/04/2026 two."""
    day_first, month_first = f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}"
    if first <= 12 and second <= 12 and first != second:
        why = "the day first, or the month first"
        return Sense(senses.written(day_first), why, "vague", (senses.written(month_first),))
    text = month_first if first <= 12 else day_first
    return Sense(senses.written(text), text)


def _iso_week(s: Stream) -> Node | None:
    """2026-W23."""
    year = s.digits(1000, 9999, length=(4,))
    s.glued("-")
    number = s.digits(1, 53, length=(2,)) if year is not None and s.glued("w") else None
    if year is None or number is None:
        return None
    return lambda _anchor: iso_week(Sense(senses.year(year), str(year)), number)


def _compact(s: Stream) -> Node | None:
    number = s.digits(10000101, 99991231, length=(8,))
    if number is None:
        return None
    text = str(number)
    return _written(f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _month_year(s: Stream) -> Node | None:
    """12/2026."""
    month = s.digits(1, 12, length=(1, 2))
    if month is None or _sign(s) is None or not s.next.glued:
        return None
    year = s.digits(1000, 9999, length=(4,))
    return None if year is None else _written(f"{year}-{month:02d}")


def _year_month(s: Stream) -> Node | None:
    """2026-06, 2026/6; 2026-27 is no month."""
    year = s.digits(1000, 9999, length=(4,))
    if year is None or not s.glued("-", "/"):
        return None
    month = _part(s, 12)
    return (
        None
        if month is None or (s.next.text in ("-", "/", "~") and s.ahead(1).glued)
        else _written(f"{year}-{month:02d}")
    )


def _year_year(s: Stream) -> Node | None:
    """2026-27, 2026/27: from one year to the next."""
    year = s.digits(1000, 9999, length=(4,))
    if year is None or not s.glued("-", "/"):
        return None
    last = s.digits(13, 99, length=(2,)) if s.next.glued else None
    if last is None or last <= year % 100:
        return None
    whole = f"{year}/{year - year % 100 + last}"
    return lambda _anchor: Sense(senses.written(whole), f"from {whole.replace('/', ' to ')}", "usual")


def _month_day(s: Stream) -> Node | None:
    """10/2, without a year."""
    first = s.digits(1, 31, length=(1, 2))
    if first is None or not s.glued("/"):
        return None
    second = _part(s, 31)
    if second is None:
        return None
    return lambda anchor: _yearless(first, second, anchor)


def _yearless(first: int, second: int, anchor: Anchor) -> Sense:
    def of(month: int, day: int) -> Callable[[int], Period]:
        return lambda year: senses.written(f"{senses.year(year)}-{month:02d}-{day:02d}")

    pairs = [(month, day) for month, day in ((second, first), (first, second)) if month <= 12]
    found = [upcoming(of(*pair), f"{pair[0]:02d}-{pair[1]:02d}", anchor) for pair in dict.fromkeys(pairs)]
    if not found:
        raise senses.NoPeriodError(f"month {second} does not exist")
    if len(found) == 1:
        return found[0]
    return Sense(found[0].period, "the day first, or the month first", "vague", (found[1].period,))


# --- quarters and halves as codes ------------------------------------------------------------------------------


def code(s: Stream) -> Node | None:
    """Q2 2025, Q1'26, 2Q25, 2025Q2, H1, 1H26, FY27 Q3, Q3 FY2027, fiscal Q3 2027."""
    return s.first(_code_first, _code_last)


def _code(s: Stream) -> tuple[int, int] | None:
    """How many to the year, and which: Q2 or 2Q is (4, 2)."""
    number = s.digits(1, 9, length=(1,))
    letter = s.glued("q", "h", "qtr") if number is not None else s.take("q", "h", "cq", "qtr")
    if letter is None:
        return None
    if number is None:
        s.glued("-")
        number = s.digits(1, 9, length=(1,)) if s.next.glued or letter == "qtr" else None
    if number is None:
        return None
    return (2 if letter == "h" else 4), number


def _code_first(s: Stream) -> Node | None:
    s.take("the", "its", "our")
    fiscal = is_fiscal(s)
    s.take("calendar")
    found = s.attempt(_code)
    if found is None:
        return None
    year = s.attempt(lambda s: _year_of_code(s, fiscal=fiscal))
    return coded(*found, year, fiscal=fiscal)


def _year_of_code(s: Stream, *, fiscal: bool) -> Node | None:
    if s.next.glued and s.next.text.isdecimal():
        short = s.digits(0, 99, length=(2,))
        if short is not None:
            return in_century(short)
    sign = s.take("-", "/", ",")
    s.take("of", "in", "for")
    is_fiscal(s)
    if sign in ("-", "/") and s.next.glued:
        short = s.digits(0, 99, length=(2,))
        if short is not None:
            return in_century(short)
    return fiscal_year(s) or plain_year(s) or relative_year(s) or s.attempt(last_two_digits)


def _code_last(s: Stream) -> Node | None:
    """2025-Q2, 2016h2, FY27 Q3."""
    year = fiscal_year(s) or plain_year(s)
    if year is None:
        return None
    s.take("-", "/", ",")
    letter = s.take("q", "h")
    number = s.digits(1, 9, length=(1,)) if letter and s.next.glued else None
    return None if number is None else coded(2 if letter == "h" else 4, number, year, fiscal=False)


_NAMES = {4: "quarter", 2: "half"}
_NUMBERS = ("first", "second", "third", "fourth")


def coded(parts: int, number: int, year: Node | None, *, fiscal: bool) -> Node:
    """A quarter or half of a year, of the year after "fiscal", or the next one of its number."""

    def read(anchor: Anchor) -> Sense:
        if not 1 <= number <= parts:
            raise senses.NoPeriodError(f"{_NAMES[parts]} {number} does not exist")
        name, months = f"{_NUMBERS[number - 1]} {_NAMES[parts]}", 12 // parts

        def piece(whole: Period) -> Period:
            first = whole.first
            return senses.of_months(first.year, first.month + months * (number - 1), months)

        if fiscal:
            return _fiscal_part(piece, name, year, anchor)
        if year is None:
            return upcoming(lambda of: piece(senses.year(of)), name, anchor)
        try:
            return year(anchor).mapped(piece, f"{name} of {year(anchor).why}")
        except senses.NoPeriodError as error:
            raise _of_parts(error, piece) from None

    return read


def _of_parts(error: senses.NoPeriodError, piece: Callable[[Period], Period]) -> senses.NoPeriodError:
    others = tuple(piece(one) for one in error.others)
    return senses.NoPeriodError(error.why, is_open=error.is_open, others=others, hint=error.hint)


def _fiscal_part(piece: Callable[[Period], Period], name: str, year: Node | None, anchor: Anchor) -> Sense:
    """A part of a fiscal year named without FY: "the fiscal third quarter of 2027"."""
    end = anchor.fiscal_year_end
    calendar = (
        upcoming(lambda of: piece(senses.year(of)), name, anchor)
        if year is None
        else year(anchor).mapped(piece, f"{name} of {year(anchor).why}")
    )
    if end is None:
        raise senses.NoPeriodError(
            f"a fiscal {name} needs the month in which that fiscal year ends",
            others=(calendar.period,),
            hint=FISCAL_HINT,
        )

    def in_fiscal(of: int) -> Period:
        return piece(senses.of_months(of - 1, end + 1, 12))

    if year is None:
        return upcoming(in_fiscal, f"fiscal {name}", anchor)
    found = year(anchor)
    if found.period.precision != "year":
        return found.mapped(piece, f"{name} of {found.why}")
    return found.mapped(lambda one: in_fiscal(one.first.year), f"fiscal {name} of {found.why}")
