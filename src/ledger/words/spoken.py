"""A period in words, the other way round: `2025-10/2026-09` is October 2025 to September 2026.

What is said here is read back by `read_deadline` as the same period.
"""

from __future__ import annotations

from functools import lru_cache

from ..periods import MONTHS, Period, parse

_NUMBERS = ("first", "second", "third", "fourth")
_PARTS = {"Q": "quarter", "H": "half"}


@lru_cache(maxsize=8192)
def spoken(period: Period) -> str:
    """The period as people write it."""
    return _said(period, short=False)


def brief(period: Period) -> str:
    """The same where room is scarce: `8 Jan 2025`, `Q2 2025`."""
    return _said(period, short=True)


def _said(period: Period, *, short: bool) -> str:
    head, _, tail = period.text.removesuffix("~").partition("/")
    words = _span(head, tail, short) if tail else _point(head, short)
    return f"about {words}" if period.approximate else words


def _point(text: str, short: bool) -> str:
    """One period: `8 January 2025`, `January 2025`, `first quarter of 2025`, `2025`, `2030s`."""
    year, _, rest = text.partition("-")
    if not rest:
        return year
    if rest[0] in _PARTS:
        return f"{rest} {year}" if short else f"{_NUMBERS[int(rest[1]) - 1]} {_PARTS[rest[0]]} of {year}"
    month, _, day = rest.partition("-")
    words = f"{MONTHS[int(month) - 1][: 3 if short else None]} {year}"
    return f"{int(day)} {words}" if day else words


def _span(head: str, tail: str, short: bool) -> str:
    """A range: what both ends share is said once, and of two lengths the longer is said to begin or end there."""
    first, last = _point(head, short), _point(tail, short)
    one, other = parse(head), parse(tail)
    if one.precision != other.precision:
        return f"the start of {first} to {last}" if one.days > other.days else f"{first} to the end of {last}"
    if one.precision == "day" and head[:7] == tail[:7]:
        return f"{one.first.day} to {last}"
    shared = one.precision in ("day", "month") and head[:4] == tail[:4]
    return f"{first.removesuffix(f' {head[:4]}') if shared else first} to {last}"
