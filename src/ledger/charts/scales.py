"""From values to pixels, and where the ticks go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor, log10
from typing import NamedTuple

from ..periods import of_day
from ..words.spoken import brief

_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
_LAST_MONTH = 9999 * 12 + 11


class Scale(NamedTuple):
    """A linear map from `low`..`high` to pixels `start`..`stop`; outside it goes on in a straight line."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.stop - self.start)


class Tick(NamedTuple):
    """A value on an axis and its label."""

    value: float
    label: str


def number_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Round values between two ends (low < high), at most `most` and never fewer than needed to read the axis."""
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first = floor(low / step + 1 - 1e-9) * step if low % step > 1e-9 * step else low
    count = floor((high - first) / step + 1e-9) + 1
    digits = max(0, -floor(log10(step) + 1e-9))
    return [Tick(first + i * step, f"{first + i * step:,.{digits}f}") for i in range(count)]


def percent_ticks(step: int = 25) -> list[Tick]:
    """0% to 100% as shares of one."""
    return [Tick(value / 100, f"{value}%") for value in range(0, 101, step)]


def day_ticks(low: float, high: float, pixels: float, gap: float = 64) -> list[Tick]:
    """Beginnings of months, quarters, halves, years or decades between two ordinals, `gap` pixels apart or more."""
    days = max(high - low, 1)
    for step in _MONTH_STEPS:
        if days / (step * 30.44) * gap <= pixels:
            break
    return list(_beginnings(low, high, step))


def _beginnings(low: float, high: float, step: int) -> Iterator[Tick]:
    first = date.fromordinal(max(1, floor(low)))
    month = -(-(first.year * 12 + first.month - (first.day == 1)) // step) * step
    while month <= _LAST_MONTH:
        day = date(month // 12, month % 12 + 1, 1)
        if day.toordinal() > high:
            return
        yield Tick(day.toordinal(), str(day.year) if step >= 12 else _month_label(day, step))
        month += step


def _month_label(day: date, step: int) -> str:
    if step >= 3:
        return str(day.year) if day.month == 1 else _MONTH_NAMES[day.month - 1]
    return f"{_MONTH_NAMES[day.month - 1]} {day.year}" if day.month == 1 else _MONTH_NAMES[day.month - 1]


def day_text(ordinal: int) -> str:
    """A day in words."""
    return brief(of_day(date.fromordinal(ordinal)))
