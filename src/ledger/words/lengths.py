"""Lengths of time ("two to three years", "18 months") and the day they lead to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..periods import Period
from . import senses
from .numerals import cardinal
from .senses import Anchor, Sense
from .stream import Stream

UNITS = {
    "day": ("day", 1), "week": ("week", 7), "fortnight": ("week", 14), "weekend": ("week", 7), "month": ("month", 1),
    "quarter": ("quarter", 3), "year": ("year", 12), "decade": ("decade", 120), "century": ("century", 1200),
    "hour": ("hour", 0), "minute": ("hour", 0),
}  # fmt: skip
_SHORT = {
    "d": "day", "w": "week", "wk": "week", "m": "month", "mo": "month", "mth": "month", "yr": "year", "y": "year",
    "h": "hour", "hr": "hour",
}  # fmt: skip
PLURALS = {"centuries": "century"} | {f"{name}s": name for name in UNITS if name != "century"}
PLURALS |= _SHORT | {f"{name}s": long for name, long in _SHORT.items() if len(name) > 1}
UNIT_NAMES = {*UNITS, *PLURALS} - {name for name in PLURALS if len(name) < 4}
_DAYS = ("day", "week", "hour", "working day")
_COARSE = ("decade", "century")
_MOST = 99_999_999


@dataclass(frozen=True, slots=True)
class Length:
    """A length by the calendar; of a range ("two to three years") the longer end, with the shorter one."""

    months: int = 0
    days: int = 0
    unit: str = "day"  # the finest it is said in
    words: str = ""
    about: bool = False
    working: bool = False
    least: Length | None = None
    short: bool = False  # "30d": as typed on a command line
    more: int | None = None  # another number it is used for: "a couple" is three to some

    def after(self, day: date, sign: int = 1) -> date:
        """The day this long after another one, or before it."""
        if self.working:
            return _working_days_on(day, sign * self.days)
        return senses.days_on(senses.months_on(day, sign * self.months), sign * self.days)

    @property
    def by_days(self) -> bool:
        """Whether it is told in days or weeks, so that its end is a day."""
        return self.unit in _DAYS

    def ends(self, day: date, sign: int = 1) -> Period:
        """The period it leads to, as fine as its unit: a day, a month, or a year for decades."""
        end = self.after(day, sign)
        if self.by_days:
            return senses.day(end)
        if self.unit == "quarter":
            return senses.quarter(end.year, (end.month + 2) // 3)
        return senses.year(end.year) if self.unit in _COARSE else senses.month(end.year, end.month)


def _working_days_on(day: date, count: int) -> date:
    weeks, rest = divmod(abs(count), 5)
    step = timedelta(days=1 if count >= 0 else -1)
    senses.days_on(day, (7 * weeks + 14) * step.days)  # within the calendar
    found = day + 7 * weeks * step
    while found.weekday() > 4:
        found += step
    while rest:
        found += step
        rest -= found.weekday() < 5
    return found


def unit(s: Stream) -> str | None:
    """A unit of time in the singular or plural; `m` and the like only after a number."""
    text = s.next.text
    name = PLURALS.get(text, text)
    if name not in UNITS:
        return None
    s.at += 1
    return name


def _unit_follows(s: Stream) -> bool:
    return s.next.text in UNITS or s.next.text in PLURALS


def amount(s: Stream) -> tuple[float, str, bool, int | None] | None:
    """How many: the number, its words, whether they are about so many, and another number they are used for."""
    if s.take("another") and _unit_follows(s):
        return 1, "1", False, None
    for words, number in (("half a", 0.5), ("half an", 0.5), ("a quarter of a", 0.25), ("three quarters of a", 0.75)):
        if s.phrase(words):
            return number, words, False, None
    if s.phrase("a couple of", "a couple", "couple of", "the next couple of"):
        return 2, "2", True, 3
    if s.phrase("a dozen"):
        return 12, "12", False, None
    if s.take("half"):
        s.take("-")
        return (0.5, "half a", False, None) if _unit_follows(s) else None
    if s.take("a", "an"):
        return s.attempt(_number) or (1, "1", False, None)
    return _number(s)


def _number(s: Stream) -> tuple[float, str, bool, int | None] | None:
    number = cardinal(s)
    if number is None:
        return None
    if s.phrase("and a half"):
        return number + 0.5, f"{number} and a half", False, None
    if s.next.text == "." and s.next.glued and s.ahead(1).text in ("25", "5", "75") and s.ahead(1).glued:
        fraction = s.ahead(1).text
        s.at += 2
        return number + float(f"0.{fraction}"), f"{number}.{fraction}", False, None
    return number, str(number), False, None


def length(s: Stream) -> Length | None:
    """A length: "five years", "two to three years", "5 years 1 month 12 days", "a year and a half"."""
    return s.first(_several, _one)


def in_unit_of(s: Stream, said: Length) -> Length | None:
    """A number alone, of the unit of a length said before: "five years, maybe four"."""
    found = amount(s)
    name = said.unit if said.unit in UNITS else None
    return None if found is None or name is None else _made(found, name)


def _several(s: Stream) -> Length | None:
    """Two numbers with one unit."""
    low = amount(s) or ((1, "1", False, None) if _unit_follows(s) and s.ahead(1).text == "or" else None)
    if low is None:
        return None
    low_unit = None
    if s.next.text == "-" and s.ahead(1).text in ("to", "or"):
        s.at += 1
    if s.next.text not in ("to", "or", "-"):
        low_unit = unit(s)
        if low_unit is None or s.next.text not in ("to", "or"):
            return None
    if not s.take("to", "or", "-"):
        return None
    s.take("-")
    if s.next.text == "a" or (high := amount(s)) is None or high[0] <= low[0]:
        return None
    name = _unit_after(s) or (low_unit if high[0] <= 100 else None)
    if name is None:
        return None
    longer, shorter = _made(high, name), _made(low, name)
    if longer is None or shorter is None:
        return None
    return replace(longer, least=shorter, words=f"{low[1]} to {longer.words}")


def _unit_after(s: Stream) -> str | None:
    s.take("-", "more", "full", "short", "calendar", "consecutive", "additional")
    working = s.take("working", "business", "trading") is not None
    name = unit(s)
    if name is not None:
        s.take("period", "timeframe", "timescale", "span", "window", "horizon", "stretch")
    if working:
        return "working day" if name == "day" else None
    return name


def _one(s: Stream) -> Length | None:
    found = amount(s)
    name = _unit_after(s) if found is not None else None
    if found is None or name is None:
        return None
    short = s.ahead(-1).text in ("d", "w", "m", "y")
    whole = _made(found, name)
    if whole is not None and short:
        whole = replace(whole, short=True)
    while whole is not None:
        more = s.attempt(_more)
        if more is None:
            return whole
        whole = _joined(whole, more)
    return None


def _more(s: Stream) -> Length | None:
    """A finer part after the first: "and a half", ", 3 months", "1 month 12 days"."""
    s.take(",")
    s.take("and")
    if s.phrase("a half"):
        return Length(months=6, unit="half", words="and a half")
    found = amount(s)
    name = _unit_after(s) if found is not None else None
    return _made(found, name) if found is not None and name is not None else None


def _joined(whole: Length, part: Length) -> Length | None:
    if part.unit == "half":
        return (
            replace(whole, months=whole.months + 6, words=f"{whole.words} {part.words}") if whole.months == 12 else None
        )
    return replace(
        whole, months=whole.months + part.months, days=whole.days + part.days, unit=part.unit,
        words=f"{whole.words} {part.words}",
    )  # fmt: skip


def _made(found: tuple[float, str, bool, int | None], name: str) -> Length | None:
    number, words, about, more = found
    said = f"{words} {name}" if number <= 1 else f"{words} {_plural(name)}"
    if name == "working day":
        return Length(days=int(number), unit=name, words=said, about=True, working=True)
    kind, size = UNITS[name]
    total = number * size
    if total > _MOST:
        return None
    if kind == "hour":
        days = -(-number // (24 if name != "minute" else 1440))
        return Length(days=int(days), unit=kind, words=said)
    if kind in _DAYS:
        return Length(days=-int(-total // 1), unit=kind, words=said, about=about, more=more)
    months = int(total)
    finest = "month" if kind == "year" and number % 1 else kind
    return Length(months=months, unit=finest, words=said, about=about, more=more)


def _plural(name: str) -> str:
    return "centuries" if name == "century" else f"{name}s"


def later(found: Length, anchor: Anchor, *, exact: bool = False, sign: int = 1) -> Sense:
    """The end of a length counted from the day it was said; `exact` where its month is a bound, not a guess."""
    day = anchor.day
    why = f"{found.words} {'after' if sign > 0 else 'before'} {day}"
    if found.least is not None:
        ends = [one.ends(day, sign) for one in (found.least, found)]
        why = f"{why}: the longer of them, or the shorter"
        return Sense(senses.between(*ends[::sign]), why, "vague", tuple(ends), part=True)
    end, last = found.ends(day, sign), senses.day(found.after(day, sign))
    others: list[Period | None] = [] if found.by_days else [end, last]
    if found.more is not None:
        size = max(found.months // 2, 0), max(found.days // 2, 0)
        others.append(Length(found.months + size[0], found.days + size[1], found.unit).ends(day, sign))
    loose = found.about or not (found.by_days or exact)
    return Sense(senses.about(end) if loose else end, why, "usual", tuple(others), part=True)


def over(found: Length, anchor: Anchor) -> Sense:
    """The time from the day it was said to the end of a length."""
    day = anchor.day
    end = found.ends(day)
    first = senses.day(day) if found.by_days else senses.month(day.year, day.month)
    whole = senses.between(first, end if found.unit not in _COARSE else senses.month(*_month_of(found.after(day))))
    if found.about:
        whole = senses.about(whole)
    last = senses.day(found.after(day))
    sense = Sense(whole, f"the {found.words} from {day}", "usual", (end, last), part=True)
    return sense if found.least is None else sense.or_else(over(found.least, anchor))


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month
