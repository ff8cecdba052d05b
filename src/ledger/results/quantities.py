"""Quantities that were promised against what was observed, for `score`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..facts import Fact
from ..query import Row
from ..scoring import (
    LEAST_CLUSTERS,
    binomial_test,
    interval_score,
    log_ratio,
    log_scale,
    range_verdict,
    share_delivered,
    sign_test,
)
from ..status import verdict
from .groups import Clusters, Interval, rate_of


class Measured(NamedTuple):
    """One scored claim with a range or a number and the value observed.

    Without a range, `low` or `high` is None: "at least" has no high end. `level` is the claim's own, or
    the one asked for where `level_stated` is False; without any there is no interval score. A `point` that was named
    has an error, and no score; `verdict` is against it where there is nothing else.
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
    point: float | None
    error: float | None
    relative_error: float | None


class AtLevel(NamedTuple):
    """Ranges of one level, `stated` by the speakers or assumed: values inside, and how likely so far off by chance.

    `p_value` takes one range of each cluster, and is None below five clusters. `interval_score` is the mean where all
    are on one `scale`.
    """

    level: float
    n: int
    inside: int
    p_value: float | None
    stated: bool
    n_series: int
    interval_score: float | None
    scale: str | None


class Quantities(NamedTuple):
    """Observed quantities of a group: `inside` to `sign_test` are over ranges, one-sided numbers only in `n`.

    `interval_score` is the mean where all are of one level, stated or not, and on one scale; else see `levels`.
    """

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

    def without_rates(self) -> Quantities:
        """The counts alone."""
        levels = tuple(level._replace(p_value=None, interval_score=None) for level in self.levels)
        return self._replace(share_inside=None, interval=None, sign_test=None, interval_score=None, levels=levels)


def measured(row: Row, day: int, range_level: float | None) -> Measured | None:
    """The claim's quantity against the observed value; None without either."""
    ends, point = _ends(row.fact), row.fact.point
    if ends is None and point is None:
        return None
    judgement = verdict(row.fact, day)
    if judgement is None or judgement.value is None:
        return None
    value = judgement.value
    if ends is None:
        return _point(row.fact, value)
    low, high = ends
    # A one-sided number is the range from itself to the value where that is met, and a point elsewhere.
    lower = low if low is not None else min(_given(high), value)
    upper = high if high is not None else max(_given(low), value)
    ranged = row.fact.low is not None and row.fact.high is not None  # a band that decides was said without a level
    level = (row.fact.level if row.fact.level is not None else range_level) if ranged else None
    score, scale = _interval_score(lower, upper, value, level)
    near = (lower, upper) if low is not None and high is not None else (_given(low, high),) * 2
    return Measured(
        id=row.fact.id,
        low=low,
        high=high,
        level=level,
        level_stated=ranged and row.fact.level is not None,
        value=value,
        verdict=range_verdict(low=lower, high=upper, value=value),
        delivered=share_delivered(low=low, high=high, value=value),
        log_ratio=log_ratio(low=near[0], high=near[1], value=value),
        interval_score=score,
        scale=scale,
        point=point,
        error=value - point if point is not None else None,
        relative_error=_relative(value, point),
    )


def _point(fact: Fact, value: float) -> Measured:
    """A claim that named one number and nothing that decides: how far off it was, and no score."""
    point = _given(fact.point)
    return Measured(
        id=fact.id,
        low=None,
        high=None,
        level=None,
        level_stated=False,
        value=value,
        verdict=range_verdict(low=point, high=point, value=value),
        delivered=None,
        log_ratio=log_ratio(low=point, high=point, value=value),
        interval_score=None,
        scale=None,
        point=point,
        error=value - point,
        relative_error=_relative(value, point),
    )


def _relative(value: float, point: float | None) -> float | None:
    return (value - point) / abs(point) if point else None


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


Found = Sequence[tuple[Row, Measured]]


def quantities_of(found: Found, clusters: Clusters, level: float) -> Quantities:
    """Count where values fell; `level` is that of the interval of the share inside."""
    ranges = [(row, one) for row, one in found if one.low is not None and one.high is not None]
    counts = Counter(one.verdict for _, one in ranges)
    keys = [clusters.of(row.fact) for row, _ in ranges]
    rate = rate_of([one.verdict == "inside" for _, one in ranges], keys, level=level)
    levels = _levels(ranges, clusters)
    return Quantities(
        n=len(found),
        n_range=len(ranges),
        inside=counts["inside"],
        below=counts["below"],
        above=counts["above"],
        share_inside=rate.rate,
        interval=rate.interval,
        sign_test=_sign_test(_one_each(ranges, clusters)),
        n_level=sum(one.interval_score is not None for _, one in ranges),
        interval_score=levels[0].interval_score if len(levels) == 1 else None,
        levels=levels,
    )


def _one_each(found: Found, clusters: Clusters) -> list[Measured]:
    """The range of each cluster that was said first; none where there are too few clusters."""
    by_row = {row.number: one for row, one in found}
    first = [by_row[row.number] for row in clusters.first(row for row, _ in found)]
    return first if len(first) >= LEAST_CLUSTERS else []


def _sign_test(found: Sequence[Measured]) -> float | None:
    counts = Counter(one.verdict for one in found)
    outside = counts["below"] + counts["above"]
    return sign_test(below=counts["below"], n=outside) if outside else None


def _levels(ranges: Found, clusters: Clusters) -> tuple[AtLevel, ...]:
    """Ranges by their level, those that were stated apart from those that are assumed."""
    groups: dict[tuple[float, bool], list[tuple[Row, Measured]]] = {}
    for row, one in ranges:
        if one.level is not None:
            groups.setdefault((one.level, one.level_stated), []).append((row, one))
    return tuple(_at_level(*key, of, clusters) for key, of in sorted(groups.items()))


def _at_level(level: float, stated: bool, of: Found, clusters: Clusters) -> AtLevel:
    drawn = _one_each(of, clusters)
    inside = sum(one.verdict == "inside" for one in drawn)
    scores = [one.interval_score for _, one in of if one.interval_score is not None]
    scales = {one.scale for _, one in of if one.scale is not None}
    return AtLevel(
        level=level,
        n=len(of),
        inside=sum(one.verdict == "inside" for _, one in of),
        p_value=binomial_test(hits=inside, n=len(drawn), p=level) if drawn else None,
        stated=stated,
        n_series=clusters.count(row for row, _ in of),
        interval_score=math.fsum(scores) / len(scores) if len(scales) == 1 else None,
        scale=scales.pop() if len(scales) == 1 else None,
    )
