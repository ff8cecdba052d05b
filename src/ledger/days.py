"""The day of a place: which one it is in a time zone, and which has begun anywhere on earth."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo

_EARLIEST = timezone(timedelta(hours=14))  # where a day begins first


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


def day_in(name: str | None, now: datetime) -> date:
    """The day at an instant in a zone; without one, or with one that is unknown, on this machine."""
    return now.astimezone(zone(name) if name is not None else None).date()


def begun(now: datetime) -> date:
    """The latest day that has begun on earth at an instant: what is dated so may have happened."""
    return now.astimezone(_EARLIEST).date()
