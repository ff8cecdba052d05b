"""Days and instants of a table as whole microseconds since 1970 in UTC; a day is its last microsecond."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from .layout import DAY

# Both patterns are used by every engine, so that no engine reads what another refuses.
DAY_PATTERN = r"\d{4}-\d{2}-\d{2}"
INSTANT_PATTERN = (
    r"\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?"
)
NUMBER_PATTERN = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"

_DAY, _INSTANT = re.compile(DAY_PATTERN, re.ASCII), re.compile(INSTANT_PATTERN, re.ASCII)
_NUMBER = re.compile(NUMBER_PATTERN, re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment(text: str) -> int | None:
    """The moment that a day or an instant means; None if it is neither. An instant without an offset is in UTC.

    >>> moment("1970-01-01"), moment("1970-01-01T01:00+01:00"), moment("1.1.1970")
    (86399999999, 0, None)
    """
    try:
        if _DAY.fullmatch(text):
            return end_of_day(date.fromisoformat(text).toordinal())
        if _INSTANT.fullmatch(text):
            found = datetime.fromisoformat(text)
            return ((found if found.tzinfo else found.replace(tzinfo=UTC)) - _ORIGIN) // _MICROSECOND
    except ValueError:
        return None
    return None


def end_of_day(ordinal: int) -> int:
    """The last microsecond of a day given as an ordinal."""
    return (ordinal - _EPOCH + 1) * DAY - 1


def number(text: str) -> float | None:
    """A finite decimal number; None for anything else, such as `nan`, `1_0` or `50%`."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) < float("inf") else None
