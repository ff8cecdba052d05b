"""Periods: the days, months, quarters, halves, years, decades and ranges a ledger is dated in.

`parse` reads the one spelling that stands in a file; what people type or say is read by `words`, which answers in
that spelling. Years have four digits, 1000 to 9999; first and last day are derived.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from .text import shorten, visible

Precision = Literal["day", "month", "quarter", "half", "year", "decade", "range"]
Unit = Literal["d", "w", "m", "y"]

FORMS = "write 2026-12-31, 2026-12, 2025-Q2, 2026-H1, 2026, 2030s or a range such as 2026-03/2026-06"
_YEARS = "years run from 1000 to 9999"
_FIRST_DAY, _LAST_DAY = date(1000, 1, 1).toordinal(), date.max.toordinal()
_match_point = re.compile(r"([0-9]{4})(?:-(?:([0-9]{2})(?:-([0-9]{2}))?|Q([0-9])|H([0-9]))|(s))?").fullmatch
_LONGEST = 60  # longer texts are not looked at: a period in the file has 22 characters at most
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


class PeriodError(ValueError):
    """Text that is no period; `str()` says what is wrong, `hint` how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Period(NamedTuple):
    """A span of whole days. Tuples compare by text: sort with `key=Period.sort_key`."""

    text: str  # the canonical spelling, as it stands in a file
    start: int  # proleptic ordinal of the first day: date.toordinal()
    end: int  # proleptic ordinal of the last day, inclusive
    approximate: bool

    def __str__(self) -> str:
        return self.text

    @property
    def first(self) -> date:
        """The first day."""
        return date.fromordinal(self.start)

    @property
    def last(self) -> date:
        """The last day, inclusive: the one that counts where one day is needed."""
        return date.fromordinal(self.end)

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return self.end - self.start + 1

    @property
    def precision(self) -> Precision:
        """The unit the period is written in."""
        body = self.text.removesuffix("~")
        if "/" in body:
            return "range"
        return _BY_LETTER.get(body[5:6]) or _BY_LENGTH[len(body)]

    def sort_key(self) -> tuple[int, int]:
        """Order by last day, then first: as deadlines fall due."""
        return (self.end, self.start)


_BY_LETTER: dict[str, Precision] = {"Q": "quarter", "H": "half"}
_BY_LENGTH: dict[int, Precision] = {10: "day", 7: "month", 5: "decade", 4: "year"}


class Span(NamedTuple):
    """A length of time by the calendar: `number` (0 or more) days, weeks, months or years."""

    number: int
    unit: Unit

    def after(self, day: date) -> date:
        """The day this long after; 31 January + 1m is the last of February. PeriodError beyond 9999."""
        if self.unit in ("d", "w"):
            return days_on(day, self.number * (7 if self.unit == "w" else 1))
        return months_on(day, self.number * (12 if self.unit == "y" else 1))


def parse(text: str) -> Period:
    """Read a period as it stands in a file; PeriodError otherwise."""
    period = canonical(text)
    if period is None:
        raise mistake(text)
    return period


def canonical(text: str) -> Period | None:
    """The period if the text looks like one; PeriodError if a part of it does not exist."""
    return _canonical(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=16384)
def _canonical(text: str) -> Period | None:
    """The grammar of the file: None for text outside it, PeriodError for a part that does not exist."""
    approximate = text.endswith("~")
    body = text[:-1] if approximate else text
    span = _point(body) or _range(body)
    return Period(text, span[0], span[1], approximate) if span else None


def _point(text: str) -> tuple[int, int] | None:
    """First and last ordinal of a single period; None if it does not look like one."""
    match = _match_point(text)
    if match is None:
        return None
    digits, month, day, quarter, half, decade = match.groups()
    year = int(digits)
    if year < 1000:
        raise PeriodError(f"year {digits} is out of range", _YEARS)
    if day:
        return _day(year, int(month), int(day))
    if month:
        return _months(year, int(month), 1)
    if quarter:
        return _months(year, _part("quarter", quarter, 4) * 3 - 2, 3)
    if half:
        return _months(year, _part("half", half, 2) * 6 - 5, 6)
    if decade and year % 10:
        hint = f"write {year // 10}0s for the decade or {year} for the year"
        raise PeriodError(f"a decade begins in a year that ends in 0, not in {year}", hint)
    return _months(year, 1, 120 if decade else 12)


def _day(year: int, month: int, day: int) -> tuple[int, int]:
    try:
        ordinal = date(year, month, day).toordinal()
        return ordinal, ordinal
    except ValueError:
        start, end = _months(year, month, 1)
    name = f"{MONTHS[month - 1]} {year}"
    hint = f"{name} has {end - start + 1} days; for the whole month write {year}-{month:02d}"
    raise PeriodError(f"day {day:02d} does not exist in {name}", hint)


def _months(year: int, month: int, count: int) -> tuple[int, int]:
    if not 1 <= month <= 12:
        raise PeriodError(f"month {month:02d} does not exist", "months run from 01 to 12")
    years, after = divmod(month - 1 + count, 12)
    end = date(year + years, after + 1, 1).toordinal() - 1 if year + years <= 9999 else _LAST_DAY
    return date(year, month, 1).toordinal(), end


def _part(name: str, digit: str, most: int) -> int:
    if not 1 <= int(digit) <= most:
        letter = name[0].upper()
        raise PeriodError(f"{name} {digit} does not exist", f"they run from {letter}1 to {letter}{most}")
    return int(digit)


def _range(text: str) -> tuple[int, int] | None:
    head, _, tail = text.partition("/")
    first, last = _point(head), _point(tail)
    if first is None or last is None:
        return None
    if first[0] > last[1]:
        raise PeriodError(f"the range {text} ends before it begins", f"write {tail}/{head}")
    return first[0], last[1]


def quote(text: str) -> str:
    """What somebody wrote, short and harmless, in quotation marks."""
    return f'"{visible(shorten(text, 40))}"'


_KNOWN_MISTAKES = (
    (r"^\s*$", "a period is missing", FORMS),
    ("(?i)^ *(none|unknown)[ ~]*$", "not a period", "`none` stands alone as deadline, `unknown` as said"),
    ("^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+[0-9]", "a period has no time of day", r"write \1"),
    ("^([0-9]{3})[Xx]$", "a decade is written with an s", r"write \g<1>0s"),
    ("^[0-9]{4}-?[Ww][0-9]", "weeks have no form", "write both ends, as in 2026-01-26/2026-02-01"),
    ("^([0-9][0-9-]*)[?%]$", "doubt is written with ~", r"write \1~"),
    ("~ */|/ *~", "only a range as a whole is approximate", "put one ~ at its end: 2026-03/2026-06~"),
    (r"^/|/$|^\.\.|\.\.$", "a range has two ends", "give both, as in 2026-03/2026-06, or only the last"),
)


def mistake(text: str, forms: str = FORMS) -> PeriodError:
    """What is wrong with a text that is no period: a known mistake with its remedy, or the forms there are."""
    for pattern, message, hint in _KNOWN_MISTAKES:
        match = re.search(pattern, text[:_LONGEST])
        if match is not None:
            return PeriodError(f"{quote(text)}: {message}", match.expand(hint))
    return PeriodError(f"{quote(text)} is not a period", forms)


def parse_span(text: str) -> Span:
    """Read a length of time: 90d, 12w, 6m, 2y, or in words ("2 weeks"); never negative."""
    match = re.fullmatch(_SPAN, text[:_LONGEST].lower(), re.ASCII)
    if match is None or len(text) > _LONGEST:
        raise PeriodError(f"{quote(text)} is not a length of time", "write 90d, 12w, 6m or 2y")
    return Span(int(match[1]), cast(Unit, match[2][0]))


_SPAN = r"\s*([0-9]{1,6})\s*(d|w|m|y|days?|weeks?|months?|years?)\s*"


def of_day(day: date) -> Period:
    """The period of one day."""
    return Period(day.isoformat(), day.toordinal(), day.toordinal(), False)


def days_on(day: date, count: int) -> date:
    """The day that many days later, or earlier; PeriodError beyond the calendar."""
    ordinal = day.toordinal() + count
    if not _FIRST_DAY <= ordinal <= _LAST_DAY:
        raise PeriodError("that day is out of range", _YEARS)
    return date.fromordinal(ordinal)


def months_on(day: date, count: int) -> date:
    """The same day that many months later, or the last of its month; PeriodError beyond the calendar."""
    years, index = divmod(day.month - 1 + count, 12)
    if not 1000 <= day.year + years <= 9999:
        raise PeriodError("that day is out of range", _YEARS)
    start, end = _months(day.year + years, index + 1, 1)
    return date.fromordinal(min(start + day.day - 1, end))
