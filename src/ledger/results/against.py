"""score --against: what somebody else's dated forecasts expected of the same claims."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..bulk.layout import GivenAt, ordinal_of
from ..facts import Fact
from ..model import Ledger
from ..query import Filter, Row, select
from ..scoring import LEAST_CLUSTERS, brier_score, certain_misses, hits_probability, log_score
from ..status import verdict
from .groups import Clusters

GRACE = 30
"""Days after a claim was said within which a forecast still serves as its reference, flagged as late."""


class ReferenceForecast(NamedTuple):
    """The forecast that a claim is held against; `late` if it was made after the claim was said."""

    id: str
    probability: float
    hit: bool
    late: bool


class Against(NamedTuple):
    """Hits against those that a forecaster expected: over scored claims to which he gave a probability in time.

    `at_most` and `at_least` are how likely so few, or so many, hits are if his probabilities are right, over one claim
    of each series (`drawn` of them); None below five series. `without` are the scored claims that he gave none.
    """

    by: str
    n: int
    n_series: int
    hit: int
    expected: float | None
    drawn: int
    at_most: float | None
    at_least: float | None
    brier: float | None
    log_score: float | None
    certain_misses: int
    late: tuple[str, ...]
    without: tuple[str, ...]
    references: tuple[ReferenceForecast, ...]


Given = Mapping[str, Sequence[tuple[int, float]]]
"""What one forecaster gave each claim: the day, and the probability, in order of time."""


def in_claims(facts: Iterable[Fact], by: str) -> Given:
    """What a forecaster gave, as far as it stands in the claims."""
    return {fact.id: sorted((one.day, one.probability) for one in fact.forecasts if one.by == by) for fact in facts}


def in_tables(rows: Iterable[GivenAt]) -> Given:
    """What a forecaster gave, as an engine has read it from claims and tables."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        found[row.claim].append((ordinal_of(row.at), row.probability))
    return found


def against_each(ledger: Ledger, given: Iterable[tuple[str, Given]], day: date) -> dict[str, Against]:
    """The scored claims against each of some forecasters; those without a reference among them are left out."""
    today = day.toordinal()
    scored = [row for row in select(ledger.facts, Filter(), today) if row.state.account == "scored"]
    clusters = Clusters(ledger.facts, today)
    found = {by: against(by, scored, clusters, of) for by, of in given}
    return {by: one for by, one in found.items() if one.n}


def against(by: str, scored: Sequence[Row], clusters: Clusters, given: Given) -> Against:
    """Hold the scored claims against the forecasts of one forecaster."""
    day = clusters.day
    found = {row.number: one for row in scored if (one := _reference(row, given.get(row.fact.id, ()), day)) is not None}
    rows = [row for row in scored if row.number in found]
    references = [found[row.number] for row in rows]
    drawn = [found[row.number] for row in clusters.first(rows)]
    tails = _tails(drawn) if len(drawn) >= LEAST_CLUSTERS else (None, None)
    stated, hits = [one.probability for one in references], [one.hit for one in references]
    return Against(
        by=by,
        n=len(references),
        n_series=clusters.count(rows),
        hit=sum(hits),
        expected=math.fsum(stated) if stated else None,
        drawn=len(drawn),
        at_most=tails[0],
        at_least=tails[1],
        brier=brier_score(probabilities=stated, outcomes=hits),
        log_score=log_score(probabilities=stated, outcomes=hits),
        certain_misses=certain_misses(probabilities=stated, outcomes=hits),
        late=tuple(one.id for one in references if one.late),
        without=tuple(row.fact.id for row in scored if row.number not in found),
        references=tuple(references),
    )


def _tails(drawn: Sequence[ReferenceForecast]) -> tuple[float, float]:
    return hits_probability(probabilities=[one.probability for one in drawn], hits=sum(one.hit for one in drawn))


def _reference(row: Row, given: Sequence[tuple[int, float]], day: int) -> ReferenceForecast | None:
    """The last forecast dated by the day the claim was said, else the first within thirty days of it."""
    fact = row.fact
    if fact.said is None:
        return None
    until = min(day, _decided(row, day) - 1)
    made = [one for one in given if one[0] <= until]
    before = [one for one in made if one[0] <= fact.said.end]
    after = [one for one in made if fact.said.end < one[0] <= fact.said.end + GRACE]
    if not before and not after:
        return None
    _, probability = before[-1] if before else after[0]
    return ReferenceForecast(fact.id, probability, row.state.status == "hit", not before)


def _decided(row: Row, day: int) -> int:
    """The day from which a forecast of the claim knew what came of it."""
    fact, found = row.fact, verdict(row.fact, day)
    last = fact.deadline.end if fact.deadline else day + 1
    if found is None:
        return last
    return min(last, found.happened.start) if found.happened is not None else min(last, found.judged)


def forecasters(facts: Iterable[Fact]) -> list[str]:
    """Everybody who gave a claim a probability."""
    return sorted({one.by for fact in facts for one in fact.forecasts})
