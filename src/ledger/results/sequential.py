"""calibration --sequential: evidence against the stated probabilities that may be read on every run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..query import Row
from ..scoring import ALARM, evidence
from .groups import Clusters


class Bet(NamedTuple):
    """One claim in the order of deadlines, and what all bets together have come to after it."""

    id: str
    deadline: date
    probability: float
    hit: bool
    e_value: float


class Alternative(NamedTuple):
    """One fixed alternative to the stated probabilities, and what betting on it alone has come to."""

    name: str
    e_value: float


class Sequential(NamedTuple):
    """The e-value of one group, over one claim of each series; infinite ones are written as null beside `alarm_at`.

    `alarm_at` is the claim at which it first reached the `alarm`; None if it never has.
    """

    n: int
    e_value: float
    highest: float
    alarm: float
    alarm_at: str | None
    alternatives: tuple[Alternative, ...]
    bets: tuple[Bet, ...]


def sequential(scored: Sequence[Row], clusters: Clusters) -> Sequential | None:
    """Bet on the first said claim of each series, in the order of deadlines; None without a stated probability."""
    drawn = sorted(clusters.first(row for row in scored if row.fact.probability is not None), key=_order)
    stated = [row.fact.probability or 0.0 for row in drawn]
    hits = [row.state.status == "hit" for row in drawn]
    if not drawn:
        return None
    found = evidence(probabilities=stated, outcomes=hits)
    bets = tuple(
        Bet(row.fact.id, row.fact.deadline.last, p, hit, value)
        for row, p, hit, value in zip(drawn, stated, hits, found.values, strict=True)
        if row.fact.deadline is not None
    )
    return Sequential(
        n=len(drawn),
        e_value=found.last,
        highest=found.highest,
        alarm=ALARM,
        alarm_at=None if found.alarm_at is None else drawn[found.alarm_at - 1].fact.id,
        alternatives=tuple(Alternative(name, value) for name, value in found.by_alternative.items()),
        bets=bets,
    )


def _order(row: Row) -> tuple[int, str]:
    return row.fact.deadline.end if row.fact.deadline else 0, row.fact.id
