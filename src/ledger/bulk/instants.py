"""Days and instants of a table as whole microseconds since 1970 in UTC; a day is its last microsecond."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from .layout import DAY

# The patterns are used by every engine, so that no engine reads what another refuses: no \d, which means more
# digits to some of them than to others.
DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = "Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9]"
INSTANT_PATTERN = f"{DAY_PATTERN}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{{1,6}})?)?({_OFFSET})?"
NUMBER_PATTERN = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"

_DAY, _INSTANT = re.compile(DAY_PATTERN), re.compile(INSTANT_PATTERN)
_NUMBER = re.compile(NUMBER_PATTERN)
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
