"""When a claim came true, as far as the ledger knows: between two days, or not by the last look."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..facts import Fact, Judgement
from ..periods import Period
from ..query import Row
from ..status import State, verdict
from .groups import in_hindsight, promised_days, starting_day

ACCOUNTS = ("scored", "overdue", "awaiting", "open")
_NOT_YET = ("false", "partly")  # outcomes that say it had not come by the day of the judgement


class Event(NamedTuple):
    """Days between which the claim came true, both included; `last` None where it is not known to have come.

    `looked` is the last day by which it is known not to have come; None where nobody has looked since it was said.
    """

    first: int | None
    last: int | None
    looked: int | None


class Timed(NamedTuple):
    """One dated claim that may come late, in days from the day it was said.

    Where it came true, it did so between `taken_low` and `taken` days, or `stretch_low` and `stretch` times the
    promised time. What is not known to have come has `observed` False: `taken`, `stretch` and `late_days` are how long
    it is known not to have come, up to the last look; `looked` says whether anybody has looked since it was said. None
    where nothing was promised (`said` unknown, or not before the deadline).
    """

    id: str
    said: Period | None
    deadline: Period
    happened: Period | None
    status: str
    promised: int | None
    taken: int | None
    stretch: float | None
    observed: bool
    late_days: int | None
    hindsight: bool | None
    taken_low: int | None
    stretch_low: float | None
    looked: bool
    annulled: bool


def may_be_late(fact: Fact, state: State, found: Judgement | None) -> bool:
    """Whether a claim is timed: dated, not about a period; an annulled one until the day it was annulled."""
    if fact.window != "by" or fact.deadline is None:
        return False
    return state.account in ACCOUNTS or (state.account == "void" and found is not None and found.outcome == "annulled")


def event_of(fact: Fact, state: State, day: int) -> Event:
    """When the claim came true, as the ledger knows it on a day."""
    deadline, found = fact.deadline, verdict(fact, day)
    assert deadline is not None
    start = fact.said.start if fact.said else None
    looks = _looks(fact, day)
    if state.status in ("hit", "late") and found is not None:
        return _came(found, start, deadline.end, looks)
    looked = max(looks, default=None)
    if state.account == "void" and found is not None:
        return Event(None, None, found.judged)
    if state.status in ("miss", "withdrawn"):
        return Event(None, None, max(looked or deadline.end, deadline.end))
    return Event(None, None, looked)


def _looks(fact: Fact, day: int) -> list[int]:
    """Days by which it is known not to have come: looks that found nothing, and judgements that say so."""
    judged = [one.judged for one in fact.judgements if one.outcome in _NOT_YET]
    seen = [one.day for one in fact.observed]
    checked = [fact.checked] if fact.checked is not None else []
    return [one for one in (*judged, *seen, *checked) if one <= day]


def _came(found: Judgement, start: int | None, deadline: int, looks: list[int]) -> Event:
    """Between its ends where the period is known; "true" alone means in time, and after the last look before."""
    if found.happened is not None:
        first = found.happened.start if start is None else max(found.happened.start, start)
        return Event(min(first, found.happened.end), found.happened.end, None)
    last = min(found.judged, deadline)
    before = max((look + 1 for look in looks if look < last), default=None)
    return Event(max((one for one in (start, before) if one is not None), default=None), last, None)


def timed(row: Row, day: int) -> Timed:
    """The claim in days and in times of what was promised."""
    fact, state, found = row.fact, row.state, verdict(row.fact, day)
    deadline = fact.deadline
    assert deadline is not None
    event, origin, promised = event_of(fact, state, day), starting_day(fact), promised_days(fact)
    low, high = _days(event, origin) if promised else (None, None)
    return Timed(
        id=fact.id,
        said=fact.said,
        deadline=deadline,
        happened=found.happened if event.last is not None and found is not None else None,
        status=state.status,
        promised=promised,
        taken=high,
        stretch=_over(high, promised),
        observed=event.last is not None,
        late_days=_late_days(event, deadline.end),
        hindsight=in_hindsight(fact, found),
        taken_low=low,
        stretch_low=_over(low, promised),
        looked=event.looked is not None or event.last is not None,
        annulled=state.account == "void",
    )


def _days(event: Event, origin: int | None) -> tuple[int | None, int | None]:
    """Days from when it was said; what came while it was being said took none."""
    if origin is None:
        return None, None
    if event.last is None:
        watched = max(0, event.looked - origin) if event.looked is not None else 0
        return watched, watched
    last = max(0, event.last - origin)
    return min(last, max(0, event.first - origin)) if event.first is not None else 0, last


def _over(days: int | None, promised: int | None) -> float | None:
    return days / promised if days is not None and promised else None


def _late_days(event: Event, deadline: int) -> int | None:
    """Days late, or by the last look still not come; None for what is not known to be late."""
    until = event.last if event.last is not None else event.looked
    return until - deadline if until is not None and until > deadline else None


def ends(one: Timed, scale: str, watched: int | None = None) -> tuple[float, float]:
    """Earliest and latest possible time on a scale, `stretch` or `taken`; infinite where it has not come.

    `watched` is the time up to which claims are taken as watched whatever the last look, if any.
    """
    assert one.taken is not None and one.taken_low is not None and one.promised
    unit = one.promised if scale == "stretch" else 1
    if one.observed:
        return one.taken_low / unit, one.taken / unit
    until = one.taken if watched is None or one.annulled else max(one.taken, watched)
    return until / unit, math.inf
