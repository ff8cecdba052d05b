"""What words can mean before they are told: a period with its reason, sureness and the other readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from .. import periods
from ..periods import Period, PeriodError

Sure = Literal["certain", "usual", "vague", "none"]
_ORDER: tuple[Sure, ...] = ("certain", "usual", "vague", "none")


class NoPeriodError(Exception):
    """Words that give no period: open-ended ones (`open`), or ones that the words alone do not fix."""

    def __init__(self, why: str, *, is_open: bool = False, others: tuple[Period, ...] = (), hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint
        self.why = why
        self.is_open = is_open
        self.others = others


@dataclass(frozen=True, slots=True)
class Anchor:
    """What words are counted from: the day they were said and the month in which a fiscal year ends.

    Where only a month or a year is known, lengths count from its last day (`said`), and what the calendar repeats
    ("by summer") can be that of any of its days (`near`).
    """

    said: date | None
    fiscal_year_end: int | None = None
    near: date | None = None

    @property
    def day(self) -> date:
        """The day the words were said; NoPeriodError if nobody knows it."""
        if self.said is None:
            raise NoPeriodError("counted from the day it was said, which is not known")
        return self.said

    @property
    def calendar_day(self) -> date:
        """The day whose unit, or the next of a kind from which, is meant; NoPeriodError if nobody knows it."""
        return self.day if self.near is None else self.near


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading and its rivals. `None` among the others stands for "no deadline at all"."""

    period: Period
    why: str
    sure: Sure = "certain"
    others: tuple[Period | None, ...] = ()
    whole: Period | None = None  # of "the end of 2026": 2026, which is what "by" then means
    part: bool = False  # "early 2026", "end of June": not a unit that "by" could mean the beginning of
    in_year: Callable[[int], Period] | None = None  # named without a year: the period in another one

    def at_most(self, sure: Sure) -> Sense:
        """The same, no surer than this."""
        return replace(self, sure=least_sure(self.sure, sure))

    def told(self, why: str) -> Sense:
        """The same with another reason."""
        return replace(self, why=why)

    def also(self, *others: Period | None) -> Sense:
        """The same with more readings besides."""
        return replace(self, others=(*self.others, *others))

    def or_else(self, other: Sense) -> Sense:
        """Two things that were said as alternatives: which of them holds has to be asked."""
        others = (other.period, *self.others, *other.others)
        return replace(self.at_most("vague"), why=f"{other.why}, or {self.why}", others=others, part=True)

    def mapped(self, change: Callable[[Period], Period], why: str) -> Sense:
        """Every reading changed in the same way."""
        others = tuple(change(one) if one is not None else None for one in self.others)
        return Sense(change(self.period), why, self.sure, others)


Node = Callable[[Anchor], Sense]


def fixed(period: Period, why: str, *, part: bool = False) -> Node:
    """A node that does not depend on when it was said."""
    return lambda _anchor: Sense(period, why, part=part)


# --- periods by their parts -----------------------------------------------------------------------------------


def written(text: str) -> Period:
    """The period of a spelling made here; NoPeriodError if a part of it does not exist."""
    try:
        return periods.parse(text)
    except PeriodError as error:
        raise NoPeriodError(str(error), hint=error.hint) from None


def year(number: int) -> Period:
    """A calendar year; NoPeriodError outside 1000..9999."""
    if not 1000 <= number <= 9999:
        raise NoPeriodError("that year is out of range", hint="years run from 1000 to 9999")
    return written(str(number))


def month(of_year: int, number: int) -> Period:
    """A month; numbers beyond 12 run on into the next years."""
    years, index = divmod(number - 1, 12)
    return written(f"{year(of_year + years)}-{index + 1:02d}")


def quarter(of_year: int, number: int) -> Period:
    """A quarter of a calendar year."""
    return written(f"{year(of_year)}-Q{number}")


def half(of_year: int, number: int) -> Period:
    """A half of a calendar year."""
    return written(f"{year(of_year)}-H{number}")


def decade(first_year: int) -> Period:
    """The ten years that begin with the one that ends in 0."""
    return written(f"{year(first_year)}s")


def day(one: date) -> Period:
    """A single day."""
    return written(one.isoformat())


def days_on(one: date, count: int) -> date:
    """The day that many days later; NoPeriodError beyond the calendar."""
    return _within(periods.days_on, one, count)


def months_on(one: date, count: int) -> date:
    """The same day of the month that many months later, or the month's last."""
    return _within(periods.months_on, one, count)


def _within(move: Callable[[date, int], date], one: date, count: int) -> date:
    try:
        return move(one, count)
    except PeriodError as error:
        raise NoPeriodError(str(error), hint=error.hint) from None


def of_months(of_year: int, first: int, count: int) -> Period:
    """So many whole months as a year, a half, a quarter, a month, or a range of months."""
    years, index = divmod(first - 1, 12)
    of_year, first = of_year + years, index + 1
    if count == 12 and first == 1:
        return year(of_year)
    if count == 6 and first in (1, 7):
        return half(of_year, (first + 5) // 6)
    if count == 3 and first % 3 == 1:
        return quarter(of_year, (first + 2) // 3)
    return between(month(of_year, first), month(of_year, first + count - 1))


def of_days(first: date, last: date) -> Period:
    """The days from one to the other."""
    return between(day(first), day(last))


def between(first: Period, last: Period) -> Period:
    """From the first day of one period to the last of another."""
    head, tail = first.text.removesuffix("~").split("/")[0], last.text.removesuffix("~").split("/")[-1]
    about = "~" if first.approximate or last.approximate else ""
    if first.start > last.end:
        raise NoPeriodError(f"{head} to {tail} ends before it begins")
    return written((head if head == tail else f"{head}/{tail}") + about)


def about(period: Period) -> Period:
    """The same period, approximate."""
    return period if period.approximate else written(f"{period.text}~")


def before(period: Period) -> Period:
    """The day before a period begins."""
    return day(days_on(period.first, -1))


def whole_months(period: Period) -> int | None:
    """How many whole months a period is; None if it does not begin and end with one."""
    first, after = period.first, date.fromordinal(min(period.end + 1, date.max.toordinal()))
    ends = after.day == 1 or period.end == date.max.toordinal()
    if first.day != 1 or not ends:
        return None
    last = period.last
    return (last.year - first.year) * 12 + last.month - first.month + 1


def least_sure(*sures: Sure) -> Sure:
    """The one that promises least."""
    return max(sures, key=_ORDER.index)


def distinct(found: Iterable[Period | None], *, beside: Period) -> tuple[str, ...]:
    """Canonical texts in order, each once, without the reading they stand beside."""
    texts = dict.fromkeys("none" if one is None else one.text for one in found)
    return tuple(text for text in texts if text != beside.text)
