"""calibration of forecasts: what was stated against what happened, in ten widths of probability."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ..bulk.engines import Engine
from ..bulk.layout import BinSums
from ..scoring import wilson
from .forecasters import ForecastAccount, accounted


class RateInterval(NamedTuple):
    """An interval of a rate over questions."""

    level: float
    low: float
    high: float


class Width(NamedTuple):
    """Forecasts from `low` up to `high`: how many on how many questions, the mean stated, and the share that came true.

    Forecasts of one question come true or not together: `n_effective` is how many independent ones they are worth.
    """

    group: str | None
    name: str | None
    low: float
    high: float
    n: int
    questions: int
    hit: int
    stated: float
    rate: float
    n_effective: float
    interval: RateInterval


class Widths(NamedTuple):
    """All scored forecasts, each counted once; `brier` is their mean, `folded` says that below one half is turned.

    On questions that were `selected_by_outcome` no share says anything: there are no bins.
    """

    day: date
    engine: str
    level: float
    by: str | None
    folded: bool
    account: ForecastAccount
    questions: int
    forecasts: int
    brier: float | None
    bins: tuple[Width, ...]
    selected_by_outcome: bool = False

    def selected(self) -> Widths:
        """Of questions that were chosen by what came of them: counts alone."""
        return self._replace(brier=None, bins=(), selected_by_outcome=True)


def forecast_bins(
    engine: Engine,
    *,
    day: date,
    name: str,
    level: float = 0.95,
    by_forecaster: bool = False,
    folded: bool = False,
    people: Callable[[str], str] = lambda by: by,
) -> Widths:
    """Bin the forecasts that an engine has read."""
    reduced = engine.reduce()
    return Widths(
        day=day,
        engine=name,
        level=level,
        by="forecaster" if by_forecaster else None,
        folded=folded,
        account=accounted(reduced),
        questions=reduced.questions,
        forecasts=reduced.forecasts,
        brier=reduced.brier,
        bins=tuple(_width(row, level, people) for row in engine.bins(folded=folded, by=by_forecaster)),
    )


def each_forecaster(engine: Engine, level: float = 0.95) -> dict[str, list[Width]]:
    """The bins of each forecaster by his key."""
    found: dict[str, list[Width]] = {}
    for row in engine.bins(by=True):
        found.setdefault(row.by or "", []).append(_width(row, level, lambda by: by))
    return found


def _width(row: BinSums, level: float, people: Callable[[str], str]) -> Width:
    rate, worth = row.hits / row.n, _effective(row)
    return Width(
        group=row.by,
        name=None if row.by is None else people(row.by),
        low=row.number / 10,
        high=(row.number + 1) / 10,
        n=row.n,
        questions=row.questions,
        hit=row.hits,
        stated=row.stated / row.n,
        rate=rate,
        n_effective=worth,
        interval=RateInterval(level, *(wilson(hits=row.hits, n=row.n, level=level, effective=worth) or (0.0, 1.0))),
    )


def _effective(row: BinSums) -> float:
    """Return p (1 - p) / V, V the variance between questions; as many as questions where nothing can be seen of it."""
    p = row.hits / row.n
    spread = row.hits_squared - 2 * p * row.hits_by_n + p * p * row.n_squared
    if row.questions < 2 or p in (0, 1) or spread <= 0:
        return float(row.questions)
    variance = row.questions / (row.questions - 1) * spread / row.n**2
    return min(float(row.n), p * (1 - p) / variance)
