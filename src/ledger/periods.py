"""Periods: the days, months, quarters, halves, years, decades and ranges a ledger is dated in.

`parse` reads the one spelling that stands in a file; `parse_typed` also reads what people type on a command
line and answers in that spelling. Years have four digits, 1000 to 9999; first and last day are derived.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from .text import shorten, visible

Precision = Literal["day", "month", "quarter", "half", "year", "decade", "range"]
Unit = Literal["d", "w", "m", "y"]

_FORMS = "write 2026-12-31, 2026-12, 2025-Q2, 2026-H1, 2026, 2030s or a range such as 2026-03/2026-06"
_TYPED_FORMS = f'{_FORMS}; or today, -30d, +2y, "end of 2026", "Q2 2025", "Dec 31, 2026"'
_YEARS = "years run from 1000 to 9999"
_FIRST_DAY, _LAST_DAY = date(1000, 1, 1).toordinal(), date.max.toordinal()
_match_point = re.compile(r"([0-9]{4})(?:-(?:([0-9]{2})(?:-([0-9]{2}))?|Q([0-9])|H([0-9]))|(s))?").fullmatch
_LONGEST = 60  # longer texts are not looked at: a period in the file has 22 characters at most
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


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
        return _shift(day, self.number, self.unit)


def parse(text: str) -> Period:
    """Read a period as it stands in a file; PeriodError (with the nearest spelling as hint) otherwise."""
    period = _canonical(text) if len(text) <= _LONGEST else None
    if period is None:
        raise PeriodError(f"{_quote(text)} is not how a period is written", f"write {_understood(text, None)}")
    return period


@lru_cache(maxsize=16384)
def _canonical(text: str) -> Period | None:
    """The grammar of the file: None for text outside it, PeriodError for a part that does not exist."""
    approximate = text.endswith("~")
    body = text[:-1] if approximate else text
    span = _point(body) or _range(body)
    return Period(text, span[0], span[1], approximate) if span else None


def _built(text: str) -> Period:
    """A period from text put together here; its parts may still not exist."""
    period = _canonical(text)
    assert period is not None, text
    return period


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
    name = f"{_MONTHS[month - 1]} {year}"
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


def _quote(text: str) -> str:
    return f'"{visible(shorten(text, 40))}"'


_KNOWN_MISTAKES = (
    (r"^\s*$", "a period is missing", _FORMS),
    ("(?i)^ *(none|unknown)[ ~]*$", "not a period", "`none` stands alone as deadline, `unknown` as said"),
    ("^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+[0-9]", "a period has no time of day", r"write \1"),
    ("^([0-9]{3})[Xx]$", "a decade is written with an s", r"write \g<1>0s"),
    ("^[0-9]{4}-?[Ww][0-9]", "weeks have no form", "write both ends, as in 2026-01-26/2026-02-01"),
    ("^([0-9][0-9-]*)[?%]$", "doubt is written with ~", r"write \1~"),
    ("~ */|/ *~", "only a range as a whole is approximate", "put one ~ at its end: 2026-03/2026-06~"),
    (r"^/|/$|^\.\.|\.\.$", "a range has two ends", "give both, as in 2026-03/2026-06, or only the last"),
)


def parse_typed(text: str, *, today: date) -> Period:
    """Read a period of the file or as people say it ("end of 2026", -30d); in canonical spelling."""
    return (_canonical(text) if len(text) <= _LONGEST else None) or _understood(text, today)


def _understood(text: str, today: date | None) -> Period:
    for pattern, message, hint in _KNOWN_MISTAKES:
        match = re.search(pattern, text[:_LONGEST])
        if match is not None:
            raise PeriodError(f"{_quote(text)}: {message}", match.expand(hint))
    return _read(_words(text), today, text)


def parse_day(text: str, *, today: date) -> date:
    """Read any typed period where one day is needed: its last."""
    return parse_typed(text, today=today).last


def parse_span(text: str) -> Span:
    """Read a length of time: 90d, 12w, 6m, 2y, or in words ("2 weeks"); never negative."""
    match = re.fullmatch(f"([0-9]{{1,6}}) ?({_UNIT})", _words(text))
    if match is None:
        raise PeriodError(f"{_quote(text)} is not a length of time", "write 90d, 12w, 6m or 2y")
    return Span(int(match[1]), cast(Unit, match[2][0]))


def of_day(day: date) -> Period:
    """The period of one day; PeriodError before the year 1000."""
    return _built(day.isoformat())


def _words(text: str) -> str:
    """Lower case, single spaces, plain dashes, no commas; empty if too long or not ASCII."""
    if len(text) > _LONGEST:
        return ""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\u2019", "'")
    return " ".join(text.replace(",", " ").lower().split()) if text.isascii() else ""


def _read(words: str, today: date | None, said: str = "") -> Period:
    """The period that normalised words name; without `today`, those that move with it are refused."""
    for pattern, read in _TYPED:
        match = re.fullmatch(pattern, words)
        if match is not None:
            return read(match, today)
    raise PeriodError(f"{_quote(said or words)} is not a period", _TYPED_FORMS if today else _FORMS)


def _shift(day: date, count: int, unit: Unit) -> date:
    from dateutil.relativedelta import relativedelta

    days, months = {"d": (count, 0), "w": (7 * count, 0), "m": (0, count), "y": (0, 12 * count)}[unit]
    try:
        moved: date = day + relativedelta(days=days, months=months)
    except (OverflowError, ValueError):
        moved = date.min
    return _in_range(moved.toordinal())


def _in_range(ordinal: int) -> date:
    if not _FIRST_DAY <= ordinal <= _LAST_DAY:
        raise PeriodError("that day is out of range", _YEARS)
    return date.fromordinal(ordinal)


def _fixed(today: date | None) -> date:
    if today is None:
        raise PeriodError("a period in a file cannot depend on today", "write the day itself, as in 2026-12-31")
    return today


def _near(match: re.Match[str], today: date | None) -> Period:
    return of_day(_shift(_fixed(today), {"yesterday": -1, "today": 0, "tomorrow": 1}[match[0]], "d"))


def _offset(match: re.Match[str], today: date | None) -> Period:
    day, sign, number = _fixed(today), match["sign"], int(match["number"])
    if (sign == "") != bool(match["ago"]):
        hint = f"write +{number}{match['unit'][0]} or -{number}{match['unit'][0]}"
        raise PeriodError(f"{_quote(match[0])} does not say before or after today", hint)
    return of_day(_shift(day, number if sign in ("+", "in ") else -number, cast(Unit, match["unit"][0])))


def _neighbour(match: re.Match[str], today: date | None) -> Period:
    """This, next or last week (Monday to Sunday), month, quarter, half, year or decade."""
    day, unit = _fixed(today), match["unit"]
    step = {"next": 1, "last": -1, "previous": -1}.get(match["which"], 0)
    if unit == "week":
        monday = day.toordinal() - day.weekday() + 7 * step
        return _built(f"{_in_range(monday)}/{_in_range(monday + 6)}")
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit]
    year, month = divmod(((day.year * 12 + day.month - 1) // length + step) * length, 12)
    if not 1000 <= year <= 9999:
        raise PeriodError("that year is out of range", _YEARS)
    forms = {"month": f"-{month + 1:02d}", "quarter": f"-Q{month // 3 + 1}", "half": f"-H{month // 6 + 1}"}
    return _built(f"{year}{forms.get(unit, 's' if unit == 'decade' else '')}")


def _edge(match: re.Match[str], today: date | None) -> Period:
    rest = match["rest"]
    period = _read(f"this {rest}" if rest in _CALENDAR_UNITS.split("|") else rest, today)
    days = {"end of": period.end, "before": period.start - 1}
    day = of_day(_in_range(days.get(match["edge"], period.start)))
    return _built(f"{day}~") if period.approximate else day


def _by(match: re.Match[str], today: date | None) -> Period:
    """By a day is plain; "by 2027" may mean before it begins or before it ends, years apart."""
    period = _read(match["rest"], today)
    if period.start == period.end:
        return period
    before = _in_range(period.start - 1)
    hint = f"write {before} if it must come before {period} begins, {period} if any day of it will do"
    raise PeriodError(f"{_quote(match[0])} can be read in two ways", hint)


def _about(match: re.Match[str], today: date | None) -> Period:
    return _built(f"{_read(match['rest'], today).text.removesuffix('~')}~")


def _either_way(match: re.Match[str], _today: date | None) -> Period:
    """31/12/2026 has one reading, 03/04/2026 two."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    month_first, day_first = f"{year}-{first:02d}-{second:02d}", f"{year}-{second:02d}-{first:02d}"
    if first <= 12 and second <= 12 and first != second:
        raise PeriodError(f"{_quote(match[0])} can be read in two ways", f"write {day_first} or {month_first}")
    return _built(month_first if first <= 12 else day_first)


def _between(match: re.Match[str], today: date | None) -> Period:
    ends = [_read(match["a"], today), _read(match["b"], today)]
    for end in ends:
        if end.approximate or end.precision == "range":
            hint = "a range has two plain ends and at most one ~ after both: 2026-03/2026-06~"
            raise PeriodError(f"{end} cannot be one end of a range", hint)
    return _built(f"{ends[0]}/{ends[1]}")


def _yearless(match: re.Match[str], today: date | None) -> Period:
    example = _read(f"{match[0]} {today.year if today else 2026}", today)
    raise PeriodError(f"{_quote(match[0])} has no year", f"write {example}, or the year you mean")


def _vague(match: re.Match[str], _today: date | None) -> Period:
    form = _VAGUE[match["word"]].format(match["year"] or "2026")
    raise PeriodError(f"{_quote(match[0])} is no exact period", f"write what is meant, such as {form}")


_VAGUE = {"early": "{0}-Q1 or {0}-H1", "mid": "{0}-05/{0}-08 or {0}-07~", "late": "{0}-Q4 or {0}-H2"}
_VAGUE |= dict.fromkeys(("spring", "summer", "autumn", "fall", "winter"), "{0}-Q2 or {0}-06/{0}-08")
_VAGUE |= dict.fromkeys(("fy", "fiscal"), "{0}-04/{0}-12: its own first and last month")

_ReadMatch = Callable[[re.Match[str], date | None], Period]


def _written(template: str) -> _ReadMatch:
    """A reader that fills the groups y, m, d, q and n of a match into a form of the file."""

    def read(match: re.Match[str], _today: date | None) -> Period:
        parts = {name: _part_of(name, value) for name, value in match.groupdict().items()}
        return _built(template.format(**parts))

    return read


def _part_of(name: str, value: str) -> str:
    if name == "m" and value.isalpha():
        return f"{1 + [month[:3].lower() for month in _MONTHS].index(value[:3]):02d}"
    if name == "q":
        return value[0].upper()
    return value.zfill(2) if name in "md" else _ORDINALS.get(value, value)


_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_CALENDAR_UNITS = "week|month|quarter|half|year|decade"
_UNIT = "d|w|m|y|days?|weeks?|months?|years?"
_NAME = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in map(str.lower, _MONTHS)) + "|sept)"
_M = rf"(?P<m>{_NAME})\.?"
_Y, _D, _N = "(?P<y>[0-9]{4})", "(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?", "(?P<n>[0-9])"
_REST = "(?P<rest>.+)"

# Tried in this order; patterns are compiled by `re` on first use, so that reading a file never pays for them.
_TYPED: tuple[tuple[str, _ReadMatch], ...] = (
    (_Y, _written("{y}")),
    (f"{_Y}'?s", _written("{y}s")),
    (f"{_Y}[- ]?(?P<q>[qh]){_N}", _written("{y}-{q}{n}")),
    (f"(?P<q>[qh]){_N}(?: of | ?[-/ ] ?){_Y}", _written("{y}-{q}{n}")),
    (f"(?:the )?(?P<n>{'|'.join(_ORDINALS)}) (?P<q>quarter|half)(?: of)? {_Y}", _written("{y}-{q}{n}")),
    (f"{_Y}[-/](?P<m>[0-9]{{1,2}})", _written("{y}-{m}")),
    (f"{_Y}(?P<sep>[-/.])(?P<m>[0-9]{{1,2}})(?P=sep){_D}", _written("{y}-{m}-{d}")),
    (f"{_Y}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})", _written("{y}-{m}-{d}")),
    (f"{_M}(?: of |[- ]){_Y}", _written("{y}-{m}")),
    (f"{_Y}[- ]{_M}", _written("{y}-{m}")),
    (f"{_D}(?: of |[- ]){_M}[- ]{_Y}", _written("{y}-{m}-{d}")),
    (f"{_M}[- ]{_D}[- ]{_Y}", _written("{y}-{m}-{d}")),
    (f"{_Y}[- ]{_M}[- ]{_D}", _written("{y}-{m}-{d}")),
    ("([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", _either_way),
    ("yesterday|today|tomorrow", _near),
    (rf"(?P<sign>\+|-|in |)(?P<number>[0-9]{{1,6}}) ?(?P<unit>{_UNIT})(?P<ago> ago|)", _offset),
    (f"(?:the )?(?P<which>this|current|next|last|previous) (?P<unit>{_CALENDAR_UNITS})", _neighbour),
    (f"(?:the )?(?P<edge>end of|start of|beginning of|before) (?:the )?{_REST}", _edge),
    (f"(?:by|until|till) {_REST}", _by),
    (rf"(?:(?:about|around|circa|ca?\.?|approximately|roughly) |~ ?){_REST}", _about),
    ("(?P<rest>.+?) ?~", _about),
    (f"(?P<word>{'|'.join(_VAGUE)})(?![a-z]).*?(?P<year>[0-9]{{4}})?s?", _vague),
    (rf"{_NAME}\.?|[0-9]{{1,2}} {_NAME}|{_NAME} [0-9]{{1,2}}|[qh][1-4]", _yearless),
    (f"(?:in|on|during|throughout|the|year) {_REST}", lambda match, today: _read(match["rest"], today)),
    ("(?P<a>[0-9]{4})-(?P<b>[0-9]{4})", _between),
    (r"(?:from |between )?(?P<a>.+?)(?: to | through | and | - | ?/ ?|\.\.)(?P<b>.+)", _between),
)
