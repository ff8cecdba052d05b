"""Quantities that were promised against what was observed, for `score`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..facts import Fact
from ..query import Row
from ..scoring import binomial_test, interval_score, log_ratio, log_scale, range_verdict, share_delivered, sign_test
from ..status import verdict
from .groups import Interval, rate_of


class Measured(NamedTuple):
    """One scored claim with a range or a number and the value observed.

    Without a range, `low` or `high` is None: "at least" has no high end. `level` is the claim's own, or
    the one asked for where `level_stated` is False; without any there is no interval score.
    `scale` names the logarithm that the interval score takes.
    """

    id: str
    low: float | None
    high: float | None
    level: float | None
    level_stated: bool
    value: float
    verdict: str
    delivered: float | None
    log_ratio: float | None
    interval_score: float | None
    scale: str | None


class AtLevel(NamedTuple):
    """Ranges of one level: how many values fell inside, and how likely so far off if the level were right."""

    level: float
    n: int
    inside: int
    p_value: float


class Quantities(NamedTuple):
    """Observed quantities of a group: `inside` to `sign_test` are over ranges, one-sided numbers only in `n`."""

    n: int
    n_range: int
    inside: int
    below: int
    above: int
    share_inside: float | None
    interval: Interval | None
    sign_test: float | None
    n_level: int
    interval_score: float | None
    levels: tuple[AtLevel, ...]


def measured(row: Row, day: int, range_level: float | None) -> Measured | None:
    """The claim's quantity against the observed value; None without either."""
    ends = _ends(row.fact)
    if ends is None:
        return None
    judgement = verdict(row.fact, day)
    if judgement is None or judgement.value is None:
        return None
    low, high = ends
    value = judgement.value
    # A one-sided number is the range from itself to the value where that is met, and a point elsewhere.
    lower = low if low is not None else min(_given(high), value)
    upper = high if high is not None else max(_given(low), value)
    two_sided = low is not None and high is not None
    level = (row.fact.level if row.fact.level is not None else range_level) if two_sided else None
    score, scale = _interval_score(lower, upper, value, level)
    near = (lower, upper) if two_sided else (_given(low, high),) * 2
    return Measured(
        id=row.fact.id,
        low=low,
        high=high,
        level=level,
        level_stated=two_sided and row.fact.level is not None,
        value=value,
        verdict=range_verdict(low=lower, high=upper, value=value),
        delivered=share_delivered(low=lower, high=upper, value=value),
        log_ratio=log_ratio(low=near[0], high=near[1], value=value),
        interval_score=score,
        scale=scale,
    )


def _ends(fact: Fact) -> tuple[float | None, float | None] | None:
    """The range as said, else the bounds that decide; None without any number."""
    stated = fact.low is not None and fact.high is not None
    low, high = (fact.low, fact.high) if stated else (fact.at_least, fact.at_most)
    if low is not None and high is not None:
        return (low, high) if low <= high else None  # upside down: a problem of the ledger, not a range
    return None if low is high else (low, high)


def _given(*numbers: float | None) -> float:
    return next(number for number in numbers if number is not None)


def _interval_score(low: float, high: float, value: float, level: float | None) -> tuple[float | None, str | None]:
    """The score on the log scale and that scale's name; None without a level strictly inside 0..1."""
    if level is None or not 0 < level < 1 or min(low, high, value) < 0:
        return None, None
    score = interval_score(low=low, high=high, value=value, level=level, log=True)
    return score, log_scale(low=low, high=high, value=value)


def quantities_of(found: Sequence[Measured], level: float) -> Quantities:
    """Count where values fell; `level` is that of the interval of the share inside."""
    ranges = [one for one in found if one.low is not None and one.high is not None]
    counts = Counter(one.verdict for one in ranges)
    inside, below, above = counts["inside"], counts["below"], counts["above"]
    rate = rate_of(inside, len(ranges), level=level)
    scores = [one.interval_score for one in ranges if one.interval_score is not None]
    return Quantities(
        n=len(found),
        n_range=len(ranges),
        inside=inside,
        below=below,
        above=above,
        share_inside=rate.rate,
        interval=rate.interval,
        sign_test=sign_test(below=below, n=below + above) if below + above else None,
        n_level=len(scores),
        interval_score=math.fsum(scores) / len(scores) if scores else None,
        levels=_levels(ranges),
    )


def _levels(ranges: Sequence[Measured]) -> tuple[AtLevel, ...]:
    counts = Counter((one.level, one.verdict == "inside") for one in ranges if one.level is not None)
    found = []
    for level in sorted({level for level, _ in counts}):
        inside = counts[level, True]
        n = inside + counts[level, False]
        found.append(AtLevel(level, n, inside, binomial_test(hits=inside, n=n, p=level)))
    return tuple(found)
