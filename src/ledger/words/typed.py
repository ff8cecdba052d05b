"""Words typed for a period, on a command line or in a prompt: the period that is written, or why there is none."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .. import periods
from ..periods import Period, PeriodError
from . import Reading, read_deadline

_FORMS = f'{periods.FORMS}; or today, -30d, +2y, "end of 2026", "Q2 2025", "within two years", "Dec 31, 2026"'
_FIXED = "write the period itself, such as 2026-12-31 or 2026-Q4"


class Typed(NamedTuple):
    """What was typed as it is written (None: open-ended), with its reason if it was not typed so."""

    period: Period | None
    why: str = ""
    others: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """How it is read back: "2024-03~ (5 years after 2019-03-26)"; empty if it was typed as it is written."""
        if not self.why:
            return ""
        also = f"; also read as {' or '.join(self.others)}" if self.others else ""
        return f"{self.period or 'none'} ({self.why}{also})"


class TwoReadingsError(PeriodError):
    """Words that people use in two ways: `readings` are canonical, or "none"."""

    def __init__(self, message: str, readings: tuple[str, ...]) -> None:
        super().__init__(message, f"write {' or '.join(readings)}")
        self.readings = readings


def typed(text: str, *, day: date | None, fiscal_year_end: int | None = None, since: date | None = None) -> Typed:
    """Read words typed for a deadline, counted from a day (None: nobody knows it); PeriodError otherwise.

    Where the day is the last of a period in which the words were said, `since` is the first.
    """
    period = periods.canonical(text)
    if period is not None:
        return Typed(period)
    reading = read_deadline(text, day, fiscal_year_end, since)
    if reading.sure == "vague":
        raise TwoReadingsError(f"{periods.quote(text)} can be read in two ways: {reading.why}", rivals(reading))
    if reading.period is None:
        raise _unclear(text, reading)
    found = None if reading.period == "none" else periods.parse(reading.period)
    why = "" if text.strip() == reading.period else reading.why
    return Typed(found, why, rivals(reading)[1:])


def typed_period(text: str, *, today: date) -> Period:
    """Read any period as typed, counted from today; PeriodError otherwise, also for words without a day."""
    found = typed(text, day=today)
    if found.period is None:
        raise PeriodError(f"{periods.quote(text)} is no period: {found.why}", _FIXED)
    return found.period


def rivals(reading: Reading) -> tuple[str, ...]:
    """The reading, then those others that would end on another day and do not lie within one told before."""
    told: list[str] = [reading.period] if reading.period else []
    for other in reading.others:
        spans = [periods.parse(one) for one in told if one != "none"]
        if other == "none":
            told.append(other)
            continue
        span = periods.parse(other)
        if not any((one.start <= span.start and span.end <= one.end) or one.end == span.end for one in spans):
            told.append(other)
    return tuple(told) if len(told) > 1 or reading.sure != "vague" else (*told, *reading.others)


def correction(text: str, error: PeriodError) -> PeriodError:
    """What to say of a text in a file that is no period: with the spelling meant, where words are clear."""
    if " is not a period" not in str(error):
        return error
    reading = read_deadline(text)
    if reading.sure == "vague":
        return TwoReadingsError(f"{periods.quote(text)} can be read in two ways", rivals(reading))
    if reading.period not in (None, "none"):
        return PeriodError(f"{periods.quote(text)} is not how a period is written", f"write {reading.period}")
    if read_deadline(text, date(2000, 1, 1)).period in (None, "none"):
        return error
    return PeriodError("a period in a file cannot depend on today", "write the day itself, as in 2026-12-31")


def _unclear(text: str, reading: Reading) -> PeriodError:
    if reading.why == "not understood":
        return periods.mistake(text, _FORMS)
    return PeriodError(f"{periods.quote(text)}: {reading.why}", reading.hint or _FIXED)
