"""The day: which one it is in a place, and what of it is known there already, since elsewhere it is later.

A moment is whole microseconds since 1970 in UTC; a day without a time is its last microsecond.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Self

DAY = 86_400_000_000  # microseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = _EPOCH.toordinal()  # the day that moments count from
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = timezone(timedelta(hours=14))  # where a day begins first


class Ordinal(int):
    """A day as a proleptic ordinal; what is dated up to `known` may have happened on it."""

    known: int


class Today(date):
    """Today in a place, on which what is dated up to a later day elsewhere on earth is known and not the future."""

    _known: date | None = None

    @classmethod
    def in_zone(cls, name: str | None, now: datetime) -> Self:
        """The day at an instant in a zone; without one, or with one that is unknown, on this machine."""
        day = now.astimezone(zone(name) if name is not None else None)
        found = cls(day.year, day.month, day.day)
        found._known = now.astimezone(_EARLIEST).date()
        return found

    def toordinal(self) -> int:
        """The ordinal, which remembers until when things are known."""
        found = Ordinal(super().toordinal())
        found.known = self._known.toordinal() if self._known is not None else int(found)
        return found


def known_until(day: date | int) -> int:
    """The last day (an ordinal) of what is known on a day: that day, or what has begun on earth by today."""
    ordinal = day.toordinal() if isinstance(day, date) else day
    return getattr(ordinal, "known", ordinal)


def zone(name: str) -> tzinfo | None:
    """The time zone of a name; None for one that is unknown here."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError; a folder's name is an OSError
        return None


def zones() -> tuple[str, ...]:
    """All names that are known here."""
    from zoneinfo import available_timezones

    return tuple(sorted(available_timezones()))


def day_of(time: datetime, name: str | None) -> date:
    """The day of an instant in a zone; without one, or with one that is unknown, at the instant's own offset."""
    found = zone(name) if name is not None else None
    return (time if found is None else time.astimezone(found)).date()


def moment_of(time: datetime) -> int:
    """The moment of an instant; UTC where it has no zone."""
    return ((time if time.tzinfo else time.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND


def time_of(moment: int) -> datetime:
    """The instant of a moment, in UTC; OverflowError beyond the calendar."""
    return _EPOCH + timedelta(microseconds=moment)


def start_of_day(ordinal: int) -> int:
    """The first moment of a day given as an ordinal."""
    return (ordinal - EPOCH_DAY) * DAY


def end_of_day(ordinal: int) -> int:
    """The last moment of a day given as an ordinal."""
    return start_of_day(ordinal + 1) - 1


def day_of_moment(moment: int) -> date:
    """The day, in UTC, that a moment lies in."""
    return date.fromordinal(moment // DAY + EPOCH_DAY)
