"""Columns of many forecasts on numpy, where it has been imported already: the same checks, the same formulas.

Nothing here imports numpy; who has not loaded it takes the paths in plain Python.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger.scoring import _inputs

MANY, SOME = 1_000, 100
"""Fewer forecasts than this are quicker in plain Python: as a list, and as a column of something else."""


class Forecasts(NamedTuple):
    """Stated probabilities, outcomes and how often each was made, as arrays."""

    p: Any
    y: Any
    count: Any
    n: int


class Pooled(NamedTuple):
    """Distinct probabilities ascending, with how often each was stated and came true."""

    p: Any
    n: Any
    hits: Any


def numpy_for(column: Sequence[float]) -> Any:
    """The numpy module if it is loaded and there is much to do; else None."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not hasattr(numpy, "bincount") or not hasattr(column, "__len__"):
        return None
    return numpy if len(column) >= _least(column) else None


def _least(column: Sequence[float]) -> int:
    return MANY if isinstance(column, list | tuple) else SOME


def forecasts(np: Any, stated: Sequence[float], outcomes: Sequence[float], counts: Sequence[float] | None) -> Forecasts:
    """The columns as arrays; ValueError as the plain checks have it."""
    p, y = floats(np, stated, "probabilities"), floats(np, outcomes, "outcomes")
    lengths: dict[str, Any] = {"probabilities": p, "outcomes": y}
    count = None
    if counts is not None:
        count = floats(np, counts, "counts")
        lengths["counts"] = count
        if not whole(np, count):
            _refuse(
                np, ~((count >= 0) & (count == np.floor(count)) & np.isfinite(count)), count, "counts", _inputs.count
            )
    _inputs.same_length(**lengths)
    if len(p) and not (p.min() >= 0 and p.max() <= 1):
        _refuse(np, ~((p >= 0) & (p <= 1)), p, "probabilities", _inputs.probability)
    if not truths(np, y):
        _refuse(np, (y != 0) & (y != 1), y, "outcomes", _inputs.outcome)
    return Forecasts(p, y, count, len(p) if count is None else int(count.sum()))


def floats(np: Any, column: Sequence[float], name: str) -> Any:
    """A column as an array of floats; ValueError names it."""
    try:
        array = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from None
    if array.ndim != 1:
        raise ValueError(f"{name} has {array.ndim} dimensions: one is needed")
    return array


def _refuse(np: Any, wrong: Any, values: Any, name: str, check: Any) -> None:
    if wrong.any():
        at = int(np.argmax(wrong))
        check(float(values[at]), f"{name}[{at}]")


def whole(np: Any, count: Any) -> bool:
    """Whether all are counts; seen without a mask of each."""
    return not len(count) or bool(count.min() >= 0 and count.max() < math.inf and (count == np.floor(count)).all())


def truths(np: Any, y: Any) -> bool:
    """Whether all are 0 or 1."""
    return bool((y.astype(bool) == y).all())


def mean(np: Any, values: Any, found: Forecasts) -> float:
    """The mean of a value of each forecast."""
    total = values.sum() if found.count is None else np.dot(values, found.count)
    return float(total) / found.n


def pooled(np: Any, found: Forecasts) -> Pooled:
    """Pool equal probabilities; those that were never stated are left out."""
    order = np.argsort(found.p)
    p, y = found.p[order], found.y[order]
    count = np.ones(len(p)) if found.count is None else found.count[order]
    first = np.flatnonzero(np.concatenate(([True], p[1:] != p[:-1]))) if len(p) else np.zeros(0, dtype=int)
    n, hits = np.add.reduceat(count, first), np.add.reduceat(count * y, first)
    stated = n > 0
    return Pooled(p[first], n, hits) if stated.all() else Pooled(p[first][stated], n[stated], hits[stated])


def isotonic(np: Any, rows: Pooled) -> tuple[Any, Any, Any]:
    """Blocks of the isotonic fit: where each begins, its size and its hits.

    Runs of rates that do not rise are pooled at once, again and again until all rise. Rates are compared as whole
    products, exact up to 2^53.
    """
    first = np.arange(len(rows.p))
    n, hits = rows.n, rows.hits
    while True:
        falls = hits[:-1] * n[1:] >= hits[1:] * n[:-1]
        if not falls.any():
            return first, n, hits
        begins = np.flatnonzero(np.concatenate(([True], ~falls)))
        first, n, hits = first[begins], np.add.reduceat(n, begins), np.add.reduceat(hits, begins)


def surprise(np: Any, p: Any, y: Any) -> Any:
    """-ln of the probability given to what happened, in nats; infinite where it was called impossible."""
    with np.errstate(divide="ignore"):
        return np.where(y == 1, -np.log(p), -np.log1p(-p)) + 0.0


def entropy(np: Any, p: Any, n: Any, hits: Any) -> float:
    """Sum of surprises of n forecasts of p of which hits came true."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spent = np.where(hits > 0, -hits * np.log(p), 0.0) + np.where(n > hits, -(n - hits) * np.log1p(-p), 0.0)
    total = float(spent.sum())
    return math.inf if math.isnan(total) else total
