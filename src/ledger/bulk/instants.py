"""Days, instants and numbers as texts of a table of forecasts, read by every engine alike: to moments and numbers."""

from __future__ import annotations

import re
from datetime import date, datetime

from ..days import end_of_day, moment_of

# The patterns are used by every engine, so that no engine reads what another refuses: no \d, which means more
# digits to some of them than to others.
DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = "Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9]"
INSTANT_PATTERN = f"{DAY_PATTERN}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{{1,6}})?)?({_OFFSET})?"
NUMBER_PATTERN = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"

_DAY, _INSTANT = re.compile(DAY_PATTERN), re.compile(INSTANT_PATTERN)
_NUMBER = re.compile(NUMBER_PATTERN)


def moment(text: str) -> int | None:
    """The moment that a day or an instant means; None if it is neither. An instant without an offset is in UTC.

    >>> moment("1970-01-01"), moment("1970-01-01T01:00+01:00"), moment("1.1.1970")
    (86399999999, 0, None)
    """
    try:
        if _DAY.fullmatch(text):
            return end_of_day(date.fromisoformat(text).toordinal())
        if _INSTANT.fullmatch(text):
            return moment_of(datetime.fromisoformat(text))
    except ValueError:
        return None
    return None


def number(text: str) -> float | None:
    """A finite decimal number; None for anything else, such as `nan`, `1_0` or `50%`."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) < float("inf") else None
