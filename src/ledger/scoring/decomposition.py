"""Murphy's decomposition of the Brier score: reliability, resolution, uncertainty, and what binning loses."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ledger.scoring import _inputs


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts taken together: `probability` is their mean, `low`..`high` the bin (equal without edges)."""

    low: float
    high: float
    probability: float
    n: int
    hits: int

    @property
    def rate(self) -> float:
        """Share of the bin that came true, 0..1."""
        return self.hits / self.n


@dataclass(frozen=True, slots=True)
class Murphy:
    """Terms of a Brier score: brier = reliability - resolution + uncertainty + variance - 2 covariance."""

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bin_variance: float
    within_bin_covariance: float
    bins: tuple[Bin, ...]

    @property
    def generalised_resolution(self) -> float:
        """Resolution with both within-bin terms: brier = reliability - this + uncertainty."""
        return self.resolution - self.within_bin_variance + 2 * self.within_bin_covariance


def murphy(
    *,
    probabilities: Sequence[float],
    outcomes: Sequence[float],
    edges: Sequence[float] | None = None,
) -> Murphy | None:
    """Split the Brier score into reliability (want 0), resolution (want much) and uncertainty (given).

    Formula: with bins k of n_k forecasts, mean forecast f_k, rate o_k, and the overall rate o,
    REL = sum n_k (f_k - o_k)^2 / n, RES = sum n_k (o_k - o)^2 / n, UNC = o (1 - o),
    WBV = sum (f - f_k)^2 / n, WBC = sum (y - o_k)(f - f_k) / n, BS = REL - RES + UNC + WBV - 2 WBC.
    Units and range: as the Brier score; UNC 0..0.25; WBC may be negative.
    By default each stated probability is its own bin: then WBV and WBC are 0 and nothing is a convention.

    Args:
        probabilities: stated probabilities of coming true, each in 0..1.
        outcomes: 1 or True where it came true, else 0 or False; as many as probabilities.
        edges: bins of a width instead, by literal edges from 0 to 1, as [0, 0.2, 0.4, 0.6, 0.8, 1].
            A value on an edge belongs to the bin above it, 1 to the last. Computed edges
            (3 * 0.1 is above 0.3) put round numbers into the wrong bin: write them out.

    Returns:
        The terms and the bins in ascending order, or None for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, unequal lengths,
            edges that do not rise strictly from 0 to 1.

    Reference:
        Murphy (1973), A new vector partition of the probability score, Journal of Applied Meteorology
        12:595-600; within-bin terms: Stephenson, Coelho and Jolliffe (2008), Two extra components in
        the Brier score decomposition, Weather and Forecasting 23:752-757.

    >>> terms = murphy(probabilities=[0.7, 0.7, 0.7, 0.7, 0.3, 0.3], outcomes=[0, 1, 1, 0, 1, 0])
    >>> round(terms.reliability, 6), terms.resolution, terms.uncertainty
    (0.04, 0.0, 0.25)
    >>> [(row.probability, row.hits, row.n) for row in terms.bins]
    [(0.3, 1, 2), (0.7, 2, 4)]
    """
    stated, came_true = _inputs.forecasts(probabilities, outcomes)
    limits = None if edges is None else _checked(edges)
    if not stated:
        return None
    return _terms(_by_value(stated, came_true) if limits is None else _by_edge(stated, came_true, limits))


def _checked(edges: Sequence[float]) -> list[float]:
    """Return the edges as floats; ValueError unless they rise strictly from 0 to 1."""
    limits = [float(edge) for edge in edges]
    rising = all(low < high for low, high in pairwise(limits))
    if len(limits) < 2 or limits[0] != 0 or limits[-1] != 1 or not rising:
        raise ValueError(f"edges are {list(edges)}: they rise from 0 to 1, as [0, 0.5, 1]")
    return limits


@dataclass(slots=True)
class _Group:
    """One bin while it is filled."""

    low: float
    high: float
    stated: list[float]
    came_true: list[int]

    def closed(self) -> Bin:
        same = self.stated[0] == self.stated[-1] == min(self.stated) == max(self.stated)
        mean = self.stated[0] if same else math.fsum(self.stated) / len(self.stated)
        return Bin(self.low, self.high, mean, len(self.stated), sum(self.came_true))


def _by_value(stated: list[float], came_true: list[int]) -> list[_Group]:
    """Group forecasts of exactly the same probability, ascending."""
    groups = {p: _Group(p, p, [], []) for p in sorted(set(stated))}
    for p, y in zip(stated, came_true, strict=True):
        groups[p].stated.append(p)
        groups[p].came_true.append(y)
    return list(groups.values())


def _by_edge(stated: list[float], came_true: list[int], limits: list[float]) -> list[_Group]:
    """Group forecasts by the bins [low, high), the last one closed; empty bins are left out."""
    groups = [_Group(low, high, [], []) for low, high in pairwise(limits)]
    for p, y in zip(stated, came_true, strict=True):
        group = groups[min(bisect_right(limits, p), len(groups)) - 1]
        group.stated.append(p)
        group.came_true.append(y)
    return [group for group in groups if group.stated]


def _terms(groups: list[_Group]) -> Murphy:
    """Return all terms of the decomposition over non-empty groups."""
    bins = tuple(group.closed() for group in groups)
    n, overall = sum(row.n for row in bins), sum(row.hits for row in bins) / sum(row.n for row in bins)
    members = [
        (p - row.probability, y - row.rate, (p - y) ** 2)
        for group, row in zip(groups, bins, strict=True)
        for p, y in zip(group.stated, group.came_true, strict=True)
    ]

    def mean(values: Iterable[float]) -> float:
        return math.fsum(values) / n

    return Murphy(
        brier=mean(square for _, _, square in members),
        reliability=mean(row.n * (row.probability - row.rate) ** 2 for row in bins),
        resolution=mean(row.n * (row.rate - overall) ** 2 for row in bins),
        uncertainty=overall * (1 - overall),
        within_bin_variance=mean(off**2 for off, _, _ in members),
        within_bin_covariance=mean(off * above for off, above, _ in members),
        bins=bins,
    )
