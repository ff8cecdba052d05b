"""leaderboard: forecasters on the questions they share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ..bulk.engines import Engine
from ..bulk.layout import MEASURES, Reduced, Tally
from ..scoring.forecasters import MeanInterval, e_value, mean_interval, moments
from ..text import known
from .forecasters import ForecastAccount, accounted

SORTS = {"brier": "brier", "log": "log_score", "peer": "peer", "relative": "relative"}
_RANGES = {"brier": (0.0, 1.0), "time_weighted": (0.0, 1.0), "coverage": (0.0, 1.0), "log_score": (0.0, math.inf)}


class Forecaster(NamedTuple):
    """One row: `rank` counts forecasters only, crowds have none. Scores are means over questions.

    `baseline` is Metaculus' baseline score, 100 (1 + log2 P), 0 for 50%: the log score on another scale.
    Undefined is None: an interval below two questions, a log score that is infinite for certain misses.
    """

    rank: int | None
    forecaster: str
    name: str
    crowd: bool
    questions: int
    forecasts: int
    coverage: float | None
    coverage_interval: MeanInterval | None
    brier: float | None
    brier_interval: MeanInterval | None
    time_weighted: float | None
    time_weighted_interval: MeanInterval | None
    log_score: float | None
    log_score_interval: MeanInterval | None
    certain_misses: int
    baseline: float | None
    peer: float | None
    peer_interval: MeanInterval | None
    n_peer: int
    relative: float | None
    relative_interval: MeanInterval | None
    n_relative: int


class LeadersCompared(NamedTuple):
    """The first two on the questions both forecast; `difference` above 0 is for the first.

    `better` names one only where the evidence says so: `e_value` has reached `alarm`, which may be read as often as
    one likes, or, for measures without bounds, the interval of one look leaves out 0.
    """

    first: str
    second: str
    measure: str
    questions: int
    difference: float | None
    interval: MeanInterval | None
    e_value: float | None
    alarm: float | None
    better: str | None


class Leaderboard(NamedTuple):
    """Forecasters in their order, and what the order is worth: of `found` rows some may be left out.

    On questions that were `selected_by_outcome` there is nothing to rank.
    """

    day: date
    engine: str
    level: float
    sort: str
    min_n: int
    account: ForecastAccount
    questions: int
    forecasts: int
    brier: float | None
    found: int
    forecasters: tuple[Forecaster, ...]
    comparison: LeadersCompared | None
    selected_by_outcome: bool = False

    def selected(self) -> Leaderboard:
        """The board of questions that were chosen by what came of them: counts alone."""
        return self._replace(brier=None, found=0, forecasters=(), comparison=None, selected_by_outcome=True)


class Order(NamedTuple):
    """What the table shows and how."""

    sort: str = "brier"
    min_n: int = 1
    limit: int | None = None
    forecasters: tuple[str, ...] = ()
    level: float = 0.95


def leaderboard(
    engine: Engine, order: Order, *, day: date, name: str, people: Callable[[str], str] = lambda by: by
) -> Leaderboard:
    """Rank the forecasters that an engine has read; UsageError for one it has not. `people` gives them their names."""
    reduced = engine.reduce()
    account = accounted(reduced)
    known(order.forecasters, {name_of(tally) for tally in reduced.tallies}, "forecaster")
    rows = _ranked(reduced, order, people)
    return Leaderboard(
        day=day,
        engine=name,
        level=order.level,
        sort=order.sort,
        min_n=order.min_n,
        account=account,
        questions=reduced.questions,
        forecasts=reduced.forecasts,
        brier=reduced.brier,
        found=len(rows),
        forecasters=tuple(rows[: order.limit]),
        comparison=_compared(engine, [row for row in rows if not row.crowd], order),
    )


def _ranked(reduced: Reduced, order: Order, people: Callable[[str], str]) -> list[Forecaster]:
    wanted = [
        tally
        for tally in reduced.tallies
        if tally.questions >= order.min_n and (not order.forecasters or name_of(tally) in order.forecasters)
    ]
    place = MEASURES.index(SORTS[order.sort])
    rows, rank = [], 0
    for tally in sorted(wanted, key=lambda tally: _key(tally, place)):
        rank += not tally.crowd
        rows.append(_row(tally, None if tally.crowd else rank, order.level, people))
    return rows


def _key(tally: Tally, place: int) -> tuple[object, ...]:
    """Best first; the undefined last. Rounded, so that no engine's last digit decides between equals."""
    mean = tally.moments[place].mean
    misses = tally.certain_misses if MEASURES[place] == "log_score" else 0
    sign = -1 if MEASURES[place] == "peer" else 1
    rounded = 0.0 if mean is None else float(f"{sign * mean:.11e}")
    return mean is None, misses, rounded if abs(rounded) > 1e-12 else 0.0, tally.crowd, tally.name


def _row(tally: Tally, rank: int | None, level: float, people: Callable[[str], str]) -> Forecaster:
    values: dict[str, float | None] = {}
    intervals: dict[str, MeanInterval | None] = {}
    for measure, found in zip(MEASURES, tally.moments, strict=True):
        least, most = _RANGES.get(measure, (-math.inf, math.inf))
        values[measure] = found.mean
        intervals[f"{measure}_interval"] = mean_interval(found=found, level=level, least=least, most=most)
    log = values["log_score"]
    if tally.certain_misses:
        values["log_score"], intervals["log_score_interval"] = math.inf, None
    return Forecaster(
        rank=rank,
        forecaster=name_of(tally),
        name=f"crowd: {_RULES[tally.name]}" if tally.crowd else people(tally.name),
        crowd=tally.crowd,
        questions=tally.questions,
        forecasts=tally.forecasts,
        certain_misses=tally.certain_misses,
        baseline=None if log is None or tally.certain_misses else 100 * (1 - log / math.log(2)),
        n_peer=tally.moments[MEASURES.index("peer")].n,
        n_relative=tally.moments[MEASURES.index("relative")].n,
        **values,  # type: ignore[arg-type]
        **intervals,  # type: ignore[arg-type]
    )


def name_of(tally: Tally) -> str:
    """What a forecaster is called by in machine output: that of a crowd says so."""
    return f"crowd-{tally.name}" if tally.crowd else tally.name


_RULES = {"median": "median", "mean": "mean", "odds": "geometric mean of odds"}


# --- who is better --------------------------------------------------------------------------------------------


def _compared(engine: Engine, rows: Sequence[Forecaster], order: Order) -> LeadersCompared | None:
    """The first two of the order, held against each other; None where there are no two."""
    if len(rows) < 2:
        return None
    first, second = rows[0].forecaster, rows[1].forecaster
    measure = SORTS[order.sort]
    pairs = engine.pairs(first, second, measure)
    sign = 1 if measure == "peer" else -1
    differences = [sign * (pair.first - pair.second) for pair in pairs]
    # The two were chosen among many by their scores: as many comparisons could have been made.
    choices = len(rows) * (len(rows) - 1)
    found = moments(differences)
    if measure in ("brier", "relative"):
        briers = pairs if measure == "brier" else engine.pairs(first, second, "brier")
        bets = [pair.second - pair.first for pair in briers]
        alarm = choices / (1 - order.level)
        evidence = {first: e_value(differences=bets), second: e_value(differences=[-bet for bet in bets])}
        better = next((name for name, value in evidence.items() if value >= alarm), None)
        interval = mean_interval(found=found, level=order.level)
        largest: float | None = max(evidence.values())
        return LeadersCompared(first, second, measure, found.n, found.mean, interval, largest, alarm, better)
    interval = mean_interval(found=found, level=1 - 2 * (1 - order.level) / choices)
    better = None
    if interval is not None and not interval.low <= 0 <= interval.high:
        better = first if interval.low > 0 else second
    return LeadersCompared(first, second, measure, found.n, found.mean, interval, None, None, better)
