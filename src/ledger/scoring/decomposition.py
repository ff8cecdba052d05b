"""Murphy's decomposition of the Brier score: reliability, resolution, uncertainty, and what binning loses."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, overload

from ledger.scoring import _arrays, _inputs


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
    bins: Sequence[Bin]

    @property
    def generalised_resolution(self) -> float:
        """Resolution with both within-bin terms: brier = reliability - this + uncertainty."""
        return self.resolution - self.within_bin_variance + 2 * self.within_bin_covariance


def murphy(
    *,
    probabilities: Sequence[float],
    outcomes: Sequence[float],
    edges: Sequence[float] | None = None,
    counts: Sequence[float] | None = None,
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
        counts: how often each row was forecast, 1 each where it is not given.

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
    limits = None if edges is None else _checked(edges)
    np = _arrays.numpy_for(probabilities)
    if np is not None:
        return _on_arrays(np, _arrays.forecasts(np, probabilities, outcomes, counts), limits)
    rows = _inputs.repeated(probabilities, outcomes, counts)
    if not rows:
        return None
    return _terms(_by_value(rows) if limits is None else _by_edge(rows, limits))


def _checked(edges: Sequence[float]) -> list[float]:
    """Return the edges as floats; ValueError unless they rise strictly from 0 to 1."""
    limits = [float(edge) for edge in edges]
    rising = all(low < high for low, high in pairwise(limits))
    if len(limits) < 2 or limits[0] != 0 or limits[-1] != 1 or not rising:
        raise ValueError(f"edges are {list(edges)}: they rise from 0 to 1, as [0, 0.5, 1]")
    return limits


@dataclass(slots=True)
class _Group:
    """One bin while it is filled: rows of probability, outcome and how often."""

    low: float
    high: float
    rows: list[tuple[float, int, int]]

    def closed(self) -> Bin:
        n, hits = sum(count for _, _, count in self.rows), sum(y * count for _, y, count in self.rows)
        stated = [p for p, _, _ in self.rows]
        mean = stated[0] if min(stated) == max(stated) else math.fsum(p * count for p, _, count in self.rows) / n
        return Bin(self.low, self.high, mean, n, hits)


_Rows = list[tuple[float, int, int]]


def _by_value(rows: _Rows) -> list[_Group]:
    """Group forecasts of exactly the same probability, ascending."""
    groups = {p: _Group(p, p, []) for p in sorted({p for p, _, _ in rows})}
    for row in rows:
        groups[row[0]].rows.append(row)
    return list(groups.values())


def _by_edge(rows: _Rows, limits: list[float]) -> list[_Group]:
    """Group forecasts by the bins [low, high), the last one closed; empty bins are left out."""
    groups = [_Group(low, high, []) for low, high in pairwise(limits)]
    for row in rows:
        groups[min(bisect_right(limits, row[0]), len(groups)) - 1].rows.append(row)
    return [group for group in groups if group.rows]


def _terms(groups: list[_Group]) -> Murphy:
    """Return all terms of the decomposition over non-empty groups."""
    bins = tuple(group.closed() for group in groups)
    n, hits = sum(row.n for row in bins), sum(row.hits for row in bins)
    overall = hits / n
    members = [
        (count, p - row.probability, y - row.rate, (p - y) ** 2)
        for group, row in zip(groups, bins, strict=True)
        for p, y, count in group.rows
    ]

    def mean(values: Iterable[float]) -> float:
        return math.fsum(values) / n

    return Murphy(
        brier=mean(count * square for count, _, _, square in members),
        reliability=mean(row.n * (row.probability - row.rate) ** 2 for row in bins),
        resolution=mean(row.n * (row.rate - overall) ** 2 for row in bins),
        uncertainty=overall * (1 - overall),
        within_bin_variance=mean(count * off**2 for count, off, _, _ in members),
        within_bin_covariance=mean(count * off * above for count, off, above, _ in members),
        bins=bins,
    )


# --- many forecasts, on arrays --------------------------------------------------------------------------------


class Bins(Sequence[Bin]):
    """Bins that are made when they are looked at: a million of them take the room of their numbers."""

    def __init__(self, low: Any, high: Any, probability: Any, n: Any, hits: Any) -> None:
        self._columns = (low, high, probability, n, hits)

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, at: int) -> Bin: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Bin, ...]: ...
    def __getitem__(self, at: int | slice) -> Bin | tuple[Bin, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        low, high, probability, n, hits = (column[at].item() for column in self._columns)
        return Bin(low, high, probability, int(n), int(hits))


def _on_arrays(np: Any, found: _arrays.Forecasts, limits: list[float] | None) -> Murphy | None:
    """The terms over arrays: by moments of each bin, deviations from its mean summed one by one."""
    if not found.n:
        return None
    if limits is None:
        rows = _arrays.pooled(np, found)
        squares = rows.n * rows.p**2 - 2 * rows.hits * rows.p + rows.hits
        return _from_bins(np, found.n, float(squares.sum()), (rows.p, rows.p, rows.p, rows.n, rows.hits), 0.0, 0.0)
    count = np.ones(len(found.p)) if found.count is None else found.count
    at = np.minimum(np.searchsorted(limits, found.p, side="right"), len(limits) - 1) - 1
    weights = (count, count * found.y, count * found.p)
    n, hits, sums = (np.bincount(at, weights=weight, minlength=len(limits) - 1) for weight in weights)
    with np.errstate(invalid="ignore"):
        mean, rate = sums / n, hits / n
    off, above = found.p - mean[at], found.y - rate[at]
    squares_total = float(np.dot(count, (found.p - found.y) ** 2))
    kept, ends = n > 0, np.asarray(limits)
    columns = (ends[:-1][kept], ends[1:][kept], mean[kept], n[kept], hits[kept])
    variance, covariance = float(np.dot(count, off**2)), float(np.dot(count, off * above))
    return _from_bins(np, found.n, squares_total, columns, variance, covariance)


def _from_bins(np: Any, n: int, squares: float, columns: tuple[Any, ...], variance: float, covariance: float) -> Murphy:
    _, _, mean, size, hits = columns
    overall, rate = float(hits.sum()) / n, hits / size
    return Murphy(
        brier=squares / n,
        reliability=float(np.dot(size, (mean - rate) ** 2)) / n,
        resolution=float(np.dot(size, (rate - overall) ** 2)) / n,
        uncertainty=overall * (1 - overall),
        within_bin_variance=variance / n,
        within_bin_covariance=covariance / n,
        bins=Bins(*columns),
    )
