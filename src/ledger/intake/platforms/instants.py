"""Days and instants as platforms and spreadsheets write them -> one integer that sorts and compares.

An instant is twice its moment (see `days`), so that there is room for a day without a time: twice its last, plus one.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from ...days import day_of_moment, end_of_day, moment_of, start_of_day, time_of

_SECOND = 1_000_000
Order = Literal["mdy", "dmy"] | None

_TIME = r"(?:[T ,]+(?P<H>\d{1,2}):(?P<M>\d{1,2})(?::(?P<S>\d{1,2})(?P<f>[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(?P<y>\d{{4}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}}){_TIME}{_ZONE}")
_PARTS = re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TIME}{_ZONE}")
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")
_STAMP = re.compile(r"\d{9,16}(?:\.\d+)?")


class NoInstantError(ValueError):
    """A text that is no day and no instant, or has two readings."""


@lru_cache(maxsize=65536)
def instant(text: str, order: Order = None) -> int:
    """Read a day or an instant; without an offset it is UTC. NoInstantError says why it cannot be read."""
    text = text.strip()
    if len(text) > 10:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return of_datetime(found)
    match = _ISO.fullmatch(text)
    if match is not None:
        return _built(int(match["y"]), int(match["m"]), int(match["d"]), match)
    match = _PARTS.fullmatch(text)
    if match is not None:
        return _built(*_ordered(match, order), match)
    return _number(text)


def _ordered(match: re.Match[str], order: Order) -> tuple[int, int, int]:
    """Year, month and day of 3/4/2026: by the order given, or by what cannot be a month."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    if order is None:
        if first <= 12 and second <= 12 and first != second:
            raise NoInstantError(f"{match[0]!r} has two readings: give --dates mdy or --dates dmy")
        order = "mdy" if first <= 12 else "dmy"
    return (year, first, second) if order == "mdy" else (year, second, first)


def _built(year: int, month: int, day: int, match: re.Match[str]) -> int:
    try:
        if match["H"] is None:
            return of_day(date(year, month, day))
        hour = int(match["H"])
        if match["half"]:
            if not 1 <= hour <= 12:
                raise NoInstantError(f"{match[0]!r} is no time of day")
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
        moment = datetime(year, month, day, hour, int(match["M"]), int(match["S"] or 0), tzinfo=UTC)
    except ValueError:
        raise NoInstantError(f"{match[0]!r} does not exist in the calendar") from None
    micros = round(float("0." + match["f"][1:]) * _SECOND) if match["f"] else 0
    return of_datetime(moment - _offset(match["zone"])) + 2 * micros


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if zone[0] == "-" else size


def _number(text: str) -> int:
    if _STAMP.fullmatch(text):
        return of_epoch(float(text))
    if _SERIAL.fullmatch(text):
        raise NoInstantError(f"{text!r} looks like a spreadsheet's day number: give the column the form 2026-12-31")
    if text and set(text) == {"#"}:
        raise NoInstantError("a spreadsheet showed ##### instead of the day: widen the column and save again")
    raise NoInstantError(f"{text[:40]!r} is no day and no instant" if text else "no day")


def of_epoch(number: float) -> int:
    """An instant from seconds or milliseconds since 1970."""
    seconds = number / 1000 if number >= 1e11 else number
    if not 0 <= seconds < 253_402_300_800:
        raise NoInstantError(f"{number} is out of range")
    return 2 * round(seconds * _SECOND)


def of_datetime(value: datetime) -> int:
    """An instant; UTC where the value has no zone."""
    return 2 * moment_of(value)


def of_day(day: date) -> int:
    """A day without a time: its last moment."""
    return 2 * end_of_day(day.toordinal()) + 1


def start_of(day: date) -> int:
    """The first moment of a day."""
    return 2 * start_of_day(day.toordinal())


def day_of(at: int) -> date:
    """The day, in UTC, that an instant lies in."""
    return day_of_moment(at // 2)


def written(at: int) -> str:
    """How an instant stands in a table: 2026-12-31, or 2026-12-31T08:05:00Z."""
    if at & 1:
        return day_of(at).isoformat()
    return time_of(at // 2).replace(tzinfo=None).isoformat() + "Z"
