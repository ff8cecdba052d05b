"""Claims over time: how late they come, how their dates recede, and probabilities that were changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ledger.scoring import _inputs

NO_SKILL = 0.25
"""Brier score of stating 50%: what a day without a stated probability counts."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Time taken against time promised; if not `observed`, duration, slip and stretch are lower bounds."""

    horizon_days: int
    duration_days: int
    slip_days: int
    stretch: float | None
    observed: bool


def slip(*, said: date, deadline: date, as_of: date, happened: date | None = None) -> Slip:
    """Days promised, days taken, days late and their ratio, for one claim on one day.

    Formula: horizon = deadline - said, duration = (happened, else as_of) - said,
    slip = duration - horizon, stretch = duration / horizon.
    Units and range: whole days, the deadline's last day included; slip is negative when early; stretch
    has no unit, 1 is on the last day, 2 took twice as long as promised.

    Args:
        said: day it was said.
        deadline: last day that still counts, not before `said`.
        as_of: the day on which one looks, not before `said`.
        happened: day it came true, in said..as_of; None if it has not.

    Returns:
        The five values; stretch is None for a deadline on the day it was said.

    Raises:
        ValueError: a deadline, an as-of day or a fulfilment before `said`, a fulfilment after `as_of`.

    Reference:
        right-censoring as in Kaplan and Meier (1958), JASA 53:457-481.

    Example: said on 8 January 2025 for 30 June, nothing come by 30 June 2026.

    >>> late = slip(said=date(2025, 1, 8), deadline=date(2025, 6, 30), as_of=date(2026, 6, 30))
    >>> late.horizon_days, late.slip_days, round(late.stretch, 2), late.observed
    (173, 365, 3.11, False)
    """
    until = as_of if happened is None else happened
    _dates([said, deadline, as_of, until], "days")
    for name, day in (("deadline", deadline), ("as_of", as_of), ("happened", until)):
        if day < said:
            raise ValueError(f"{name} is {day}, before said, which is {said}")
    if until > as_of:
        raise ValueError(f"happened is {until}, after as_of, which is {as_of}: not known on that day")
    horizon, duration = (deadline - said).days, (until - said).days
    stretch = duration / horizon if horizon else None
    return Slip(horizon, duration, duration - horizon, stretch, observed=happened is not None)


LEAST_SPAN = 90
"""Days between the first and the last statement below which a date is not said to recede: too short for a speed."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A claim and its revisions: first and latest deadline, days between, and how fast the date recedes."""

    first_deadline: date
    latest_deadline: date
    slip_days: int | None
    recession: float | None


def chain_slip(
    *, said: Sequence[date], deadlines: Sequence[date], changed: Sequence[bool] | None = None
) -> Chain | None:
    """How far a deadline has moved through revisions of the same claim, and how fast.

    Formula: slip = sum of deadline_k - deadline_{k-1}, recession = slip / sum of said_k - said_{k-1}, both over the
    steps at which nothing else was changed: for all steps deadline_k - deadline_1 and slip / (said_k - said_1).
    Units and range: slip in days, negative if the date came nearer; recession in days per day: 0 the date
    stands, 1 it recedes as fast as time passes and is never reached, above 1 it runs away.

    Args:
        said: days on which it was said, in the order said.
        deadlines: last day of each one's deadline; as many.
        changed: whether each names another quantity than the one before: that step is no delay of the same and
            counts in neither; the first of them says nothing. As many, none where it is not given.

    Returns:
        The four values; None for no claims. slip_days is None if every step changed the quantity; recession is None
        as well for a single claim, and below 90 days between the statements it is taken from.

    Raises:
        ValueError: unequal lengths, days out of order, or instants instead of days.

    Reference:
        elementary: the slope of the announced date between its first and its last announcement.

    Example: in 2019 for the end of 2020, in 2020 for the end of 2021: always a year away.

    >>> moved = chain_slip(said=[date(2019, 4, 22), date(2020, 4, 22)],
    ...                    deadlines=[date(2020, 12, 31), date(2021, 12, 31)])
    >>> moved.slip_days, round(moved.recession, 3)
    (365, 0.997)
    """
    days, ends = _dates(said, "said"), _dates(deadlines, "deadlines")
    other = [bool(step) for step in changed] if changed is not None else [False] * len(days)
    _inputs.same_length(said=days, deadlines=ends, changed=other)
    if days != sorted(days):
        raise ValueError("said is not in the order of time: give the revisions from first to latest")
    if not days:
        return None
    steps = [i for i in range(1, len(days)) if not other[i]]
    moved = sum((ends[i] - ends[i - 1]).days for i in steps)
    passed = sum((days[i] - days[i - 1]).days for i in steps)
    recession = moved / passed if passed >= LEAST_SPAN else None
    return Chain(ends[0], ends[-1], moved if steps or len(days) == 1 else None, recession)


def _dates(values: Sequence[date], name: str) -> list[date]:
    """Return days as a list; ValueError for instants, whose hours would be lost."""
    found = [_inputs.moment(value) for value in values]
    for i, value in enumerate(found):
        if isinstance(value, datetime) or not isinstance(value, date):
            raise ValueError(f"{name}[{i}] is {value!r}: a day is needed, a datetime.date")
    return found  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class TimeWeighted:
    """Brier scores of a probability that was changed, and the days they stand on; None where undefined."""

    live: float | None
    scheduled: float | None
    coverage: float | None
    first: float | None
    last: float | None
    segments: tuple[tuple[float, float], ...]


def time_weighted_brier(
    *,
    stated: Sequence[tuple[date | float, float]],
    outcome: float,
    start: date | float,
    end: date | float,
    resolved: date | float | None = None,
) -> TimeWeighted:
    """Brier score of one claim whose probability was changed, each value counting as long as it stood.

    Formula: with the values p_j standing d_j days before min(end, resolved), D = sum d_j, T = end - start:
    live = sum d_j (p_j - y)^2 / D, coverage = D / T, scheduled = coverage live + (1 - coverage) 0.25.
    Squared first, then averaged. Units and range: 0..1 each.
    `live` is the claim alone. `scheduled` is for totals: weights fixed in advance, days without a value
    (before the first one, after an early resolution) at the no-skill 0.25; otherwise resolving early
    would pay. Of two values on one day the later in the list stands; values stated on or after the end
    or the resolution do not count; one stated before the start stands from the start on.

    Args:
        stated: (day, probability) pairs; days all dates, all instants (their hours count), or all numbers.
        outcome: 1 or True if it came true, else 0 or False.
        start: first day that counts.
        end: the deadline.
        resolved: day of the verdict if it came early.

    Returns:
        live, scheduled, coverage, the scores of the first and the last value that stood, and the
        segments (probability, days). live, first, last are None if no value stood a day; scheduled and
        coverage are None if start and end are the same day.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, end or resolved
            before start, a day that is NaN, days beside instants.

    Reference:
        Brier (1950); weights fixed in advance ("truncation") as in the Metaculus scoring rules.

    Example: 60% for 2 days, then 90% for 8, and it came true.

    >>> score = time_weighted_brier(stated=[(0, 0.6), (2, 0.9)], outcome=1, start=0, end=10)
    >>> round(score.live, 6), score.coverage
    (0.04, 1.0)
    >>> early = time_weighted_brier(stated=[(0, 0.6)], outcome=1, start=0, end=10, resolved=2)
    >>> early.coverage, round(early.live, 6), round(early.scheduled, 6)
    (0.2, 0.16, 0.232)
    """
    y = _inputs.outcome(outcome, "outcome")
    moments = _moments([start, end, *([] if resolved is None else [resolved]), *(day for day, _ in stated)])
    shares = [_inputs.probability(p, f"stated[{i}]") for i, (_, p) in enumerate(stated)]
    values = list(zip(moments[-len(shares) :] if shares else [], shares, strict=True))
    first, last = moments[:2]
    stop = last if resolved is None else min(last, moments[2])
    if stop < first:
        raise ValueError(f"{'end' if last < first else 'resolved'} is before start, which is {start}")
    segments = _segments(values, first, stop)
    days, scores = math.fsum(length for _, length in segments), [(p - y) ** 2 for p, _ in segments]
    live = math.fsum(s * length for s, (_, length) in zip(scores, segments, strict=True)) / days if days else None
    coverage = days / (last - first) if last > first else None
    return TimeWeighted(
        live=live,
        scheduled=None if coverage is None else coverage * (live or 0) + (1 - coverage) * NO_SKILL,
        coverage=coverage,
        first=scores[0] if scores else None,
        last=scores[-1] if scores else None,
        segments=segments,
    )


def _moments(values: Sequence[date | float]) -> list[float]:
    """Return times as days: all dates, all instants (hours count, zones are heeded), or all numbers."""
    values = [_inputs.moment(value) for value in values]  # type: ignore[misc]
    kinds = {"instant" if isinstance(v, datetime) else "day" if isinstance(v, date) else "number" for v in values}
    if len(kinds) > 1:
        raise ValueError(f"{' and '.join(sorted(kinds))} side by side: give all days, all instants, or all numbers")
    if kinds == {"instant"} and len({v.tzinfo is None for v in values if isinstance(v, datetime)}) > 1:
        raise ValueError("instants with and without a time zone side by side")
    return [_moment(value) for value in values]


def _moment(value: date | float) -> float:
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return (aware - datetime(1, 1, 1, tzinfo=UTC)).total_seconds() / 86_400
    return float(value.toordinal()) if isinstance(value, date) else _inputs.finite(value, "day")


def _segments(values: list[tuple[float, float]], start: float, stop: float) -> tuple[tuple[float, float], ...]:
    """Return (probability, days it stood) within start..stop, of each value that stood at all."""
    ordered = sorted(values, key=lambda value: value[0])  # stable: of one day the later stands
    ends = [*(day for day, _ in ordered[1:]), stop]
    spans = [(p, min(until, stop) - max(day, start)) for (day, p), until in zip(ordered, ends, strict=False)]
    return tuple((p, length) for p, length in spans if length > 0)
