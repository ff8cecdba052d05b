"""calibration: stated probabilities against what happened."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..facts import Fact
from ..model import Ledger
from ..query import Filter, Row, select
from ..scoring import (
    CORP_MINIMUM,
    CORP_NULL_LIMIT,
    HITS_LIMIT,
    LEAST_CLUSTERS,
    CorpNull,
    chance_range,
    corp,
    corp_null,
    hits_probability,
    murphy,
    time_weighted_brier,
)
from ..status import is_known, verdict
from .groups import Account, Clusters, Interval, account_of, groups_of, rate_of, starting_day
from .score import EVERYTHING
from .sequential import Sequential, sequential

DRAWS, FEW_DRAWS = 1_000, 200  # of what chance gives; many claims need few


class Range(NamedTuple):
    """Two ends."""

    low: float
    high: float


class Stated(NamedTuple):
    """Claims of one stated probability and how many of them came true in time.

    `chance` is where 95 of 100 such rates lie if the probability is right.
    """

    probability: float
    n: int
    hit: int
    rate: float | None
    interval: Interval | None
    n_series: int
    chance: Range


class Exact(NamedTuple):
    """How likely at most, and at least, so many hits are if every stated probability is right.

    One claim of each cluster is drawn, the one said first: `n` of them, `hit` hits where `expected` were promised.
    `method` is exact, or refined normal above its limit.
    """

    at_most: float
    at_least: float
    n: int
    hit: int
    expected: float
    method: str


class Recalibrated(NamedTuple):
    """What a stated probability turned out to be worth by isotonic regression."""

    probability: float
    recalibrated: float


class Level(NamedTuple):
    """What chance alone gives: the mean, and what 95 of 100 draws do not exceed."""

    mean: float
    percentile95: float


class Chance(NamedTuple):
    """Chance levels of the numbers that few claims push up."""

    miscalibration: Level
    discrimination: Level
    reliability: Level
    draws: int


class CorpTerms(NamedTuple):
    """The score split up, with the miscalibration and discrimination that chance alone gives."""

    miscalibration: float
    discrimination: float
    uncertainty: float
    chance_mean: float | None
    chance_percentile95: float | None
    curve: tuple[Recalibrated, ...]


class Calibration(NamedTuple):
    """The calibration of one group; `exact` is None below five clusters, `corp` below thirty claims.

    `expected` is the sum of the stated probabilities: as many hits as they promise, None where none is stated.
    Of claims that were `selected_by_outcome` only counts are told.
    """

    group: str | None
    n: int
    n_series: int
    hit: int
    expected: float | None
    overdue: int
    brier: float | None
    reliability: float | None
    resolution: float | None
    uncertainty: float | None
    exact: Exact | None
    corp: CorpTerms | None
    stated: tuple[Stated, ...]
    chance: Chance | None
    selected_by_outcome: bool
    sequential: Sequential | None


class Update(NamedTuple):
    """One scored claim whose probability was changed: Brier scores by the days each value stood."""

    id: str
    statements: int
    first: float
    last: float
    hit: bool
    live: float | None
    scheduled: float | None
    coverage: float | None


class Calibrations(NamedTuple):
    """All claims known on the day that pass the filter, the groups with a stated probability, and updates."""

    day: date
    by: str | None
    level: float
    account: Account
    groups: tuple[Calibration, ...]
    updates: tuple[Update, ...]


def calibration(
    ledger: Ledger, wanted: Filter = EVERYTHING, *, day: date, by: str | None = None, level: float = 0.95
) -> Calibrations:
    """Compare stated probabilities with outcomes over scored claims; groups without any are left out."""
    today = day.toordinal()
    rows = select(ledger.facts, wanted, today)
    clusters = Clusters(ledger.facts, today)
    groups = [_group(name, of, clusters, level) for name, of in groups_of(rows, by)]
    if wanted.statuses:
        groups = list(map(_selected, groups))
    kept = [group for group in groups if by is None or group.n or group.overdue]
    return Calibrations(day, by, level, account_of(rows), tuple(kept), _updates(ledger.facts, rows, today))


def _group(name: str | None, rows: Sequence[Row], clusters: Clusters, level: float) -> Calibration:
    chosen = [row for row in rows if row.fact.probability is not None]
    scored = [row for row in chosen if row.state.account == "scored"]
    stated, outcomes = _pairs(scored)
    terms = murphy(probabilities=stated, outcomes=outcomes)
    chance = corp_null(probabilities=stated, draws=DRAWS if len(stated) <= CORP_NULL_LIMIT else FEW_DRAWS)
    return Calibration(
        group=name,
        n=len(stated),
        n_series=clusters.count(scored),
        hit=sum(outcomes),
        expected=math.fsum(stated) if stated else None,
        overdue=sum(row.state.account == "overdue" for row in chosen),
        brier=terms.brier if terms else None,
        reliability=terms.reliability if terms else None,
        resolution=terms.resolution if terms else None,
        uncertainty=terms.uncertainty if terms else None,
        exact=_exact(scored, clusters),
        corp=_corp(stated, outcomes, chance) if len(stated) >= CORP_MINIMUM else None,
        stated=tuple(_stated(scored, clusters, level)),
        chance=Chance(
            Level(chance.mean, chance.percentile95),
            Level(chance.discrimination.mean, chance.discrimination.percentile95),
            Level(chance.reliability.mean, chance.reliability.percentile95),
            chance.draws,
        )
        if chance
        else None,
        selected_by_outcome=False,
        sequential=sequential(scored, clusters),
    )


def _selected(group: Calibration) -> Calibration:
    """Counts alone: these claims were chosen by what came of them."""
    stated = tuple(row._replace(rate=None, interval=None) for row in group.stated)
    return group._replace(
        brier=None,
        reliability=None,
        resolution=None,
        uncertainty=None,
        exact=None,
        corp=None,
        chance=None,
        stated=stated,
        sequential=None,
        selected_by_outcome=True,
    )


def _pairs(rows: Sequence[Row]) -> tuple[list[float], list[bool]]:
    """Stated probabilities and whether each came true in time."""
    stated = [row.fact.probability for row in rows if row.fact.probability is not None]
    return stated, [row.state.status == "hit" for row in rows]


def _stated(scored: Sequence[Row], clusters: Clusters, level: float) -> Iterator[Stated]:
    """Claims by the probability that was stated, ascending."""
    groups: dict[float, list[Row]] = defaultdict(list)
    for row in scored:
        groups[row.fact.probability or 0.0].append(row)
    for p, of in sorted(groups.items()):
        keys = [clusters.of(row.fact) for row in of]
        rate = rate_of([row.state.status == "hit" for row in of], keys, level=level)
        chance = Range(*chance_range(n=len(of), p=p, level=level))
        yield Stated(p, rate.n, rate.hit, rate.rate, rate.interval, len(set(keys)), chance)


def _exact(scored: Sequence[Row], clusters: Clusters) -> Exact | None:
    """The exact check over one claim of each cluster; None below five of them."""
    drawn = clusters.first(scored)
    if len(drawn) < LEAST_CLUSTERS:
        return None
    stated, outcomes = _pairs(drawn)
    hit, method = sum(outcomes), "exact" if len(drawn) <= HITS_LIMIT else "refined normal"
    return Exact(*hits_probability(probabilities=stated, hits=hit), len(drawn), hit, math.fsum(stated), method)


def _corp(stated: Sequence[float], outcomes: Sequence[bool], chance: CorpNull | None) -> CorpTerms | None:
    terms = corp(probabilities=stated, outcomes=outcomes)
    if terms is None:
        return None
    return CorpTerms(
        terms.miscalibration,
        terms.discrimination,
        terms.uncertainty,
        chance.mean if chance else None,
        chance.percentile95 if chance else None,
        tuple(map(Recalibrated, terms.probabilities, terms.recalibrated)),
    )


# --- probabilities that were changed --------------------------------------------------------------------------


def _updates(facts: Sequence[Fact], rows: Sequence[Row], day: int) -> tuple[Update, ...]:
    """Scored claims that later ones revise in probability alone, by id."""
    later: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.restates and fact.revises is not None and is_known(fact, day):
            later[fact.revises].append(fact)
    if not later:
        return ()
    found = [_update(row, later, day) for row in rows if row.state.account == "scored"]
    return tuple(sorted(update for update in found if update is not None))


def _update(row: Row, later: dict[str, list[Fact]], day: int) -> Update | None:
    """The claim's update; None unless its own probability and a later one are stated, on known days."""
    fact, judgement = row.fact, verdict(row.fact, day)
    start = starting_day(fact)
    if start is None or fact.deadline is None or start > fact.deadline.end or fact.probability is None:
        return None
    values = sorted(
        (restated.said.end, restated.id, restated.probability)
        for restated in _restated(fact.id, later)
        if restated.said is not None and restated.probability is not None
    )
    happened = judgement.happened.end if judgement and judgement.happened else None
    if not values:
        return None
    hit = row.state.status == "hit"
    stated = [(float(start), fact.probability), *((float(when), p) for when, _, p in values)]
    score = time_weighted_brier(
        stated=stated,
        outcome=hit,
        start=float(start),
        end=float(fact.deadline.end),
        resolved=float(max(start, happened)) if happened is not None and hit else None,
    )
    return Update(fact.id, len(stated), stated[0][1], stated[-1][1], hit, score.live, score.scheduled, score.coverage)


def _restated(name: str, later: dict[str, list[Fact]]) -> list[Fact]:
    """Every claim that restates this one, directly or through others."""
    found: list[Fact] = []
    seen, waiting = {name}, [name]
    while waiting:
        for fact in later.get(waiting.pop(), ()):
            if fact.id not in seen:
                seen.add(fact.id)
                found.append(fact)
                waiting.append(fact.id)
    return found
