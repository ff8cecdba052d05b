"""CORP: miscalibration, discrimination and uncertainty by isotonic regression."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ledger.scoring import _arrays, _inputs
from ledger.scoring.probability import brier_score, log_score, surprise

CORP_MINIMUM = 30
"""Fewer forecasts than this say next to nothing by CORP: even perfect calibration looks miscalibrated."""


@dataclass(frozen=True, slots=True)
class Corp:
    """score = miscalibration - discrimination + uncertainty; `recalibrated` goes with `probabilities`."""

    score: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    probabilities: Sequence[float]
    recalibrated: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Pooled:
    """Ties pooled: distinct stated probabilities ascending, with how often each was stated and came true."""

    stated: list[float]
    n: list[int]
    hits: list[int]


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring distinct probabilities `start`..`stop` (exclusive) that share one recalibrated value."""

    start: int
    stop: int
    n: int
    hits: int


def corp(
    *,
    probabilities: Sequence[float],
    outcomes: Sequence[float],
    score: Literal["brier", "log"] = "brier",
    counts: Sequence[float] | None = None,
) -> Corp | None:
    """Split a score into miscalibration, discrimination and uncertainty, without bins to choose.

    Formula: r = isotonic regression of outcomes on stated probabilities (pool adjacent violators, ties
    pooled first); MCB = S(p) - S(r), DSC = S(o) - S(r), UNC = S(o) with o the overall rate, so that
    S(p) = MCB - DSC + UNC.
    Units and range: as the score; MCB >= 0 and DSC >= 0. MCB is what recalibrating would save, DSC what
    telling likely from unlikely is worth. Both are above 0 by chance alone: see `corp_null`.

    Args:
        probabilities: stated probabilities of coming true, each in 0..1.
        outcomes: 1 or True where it came true, else 0 or False; as many as probabilities.
        score: "brier" (0..1), or "log" (nats; MCB is infinite if any outcome was called impossible).
        counts: how often each row was forecast, 1 each where it is not given.

    Returns:
        The terms, the distinct probabilities ascending and the recalibrated value of each;
        None for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, unequal lengths,
            another score.

    Reference:
        Dimitriadis, Gneiting and Jordan (2021), Stable reliability diagrams for probabilistic
        classifiers, PNAS 118:e2016191118.

    Example: at 0.3 and at 0.7 alike one half came true, so nothing is told apart and 0.5 would be right.

    >>> terms = corp(probabilities=[0.7, 0.7, 0.7, 0.7, 0.3, 0.3], outcomes=[0, 1, 1, 0, 1, 0])
    >>> round(terms.miscalibration, 6), terms.discrimination, terms.uncertainty
    (0.04, 0.0, 0.25)
    >>> terms.probabilities, terms.recalibrated
    ((0.3, 0.7), (0.5, 0.5))
    """
    if score not in ("brier", "log"):
        raise ValueError(f"score is {score!r}: 'brier' or 'log'")
    np = _arrays.numpy_for(probabilities)
    if np is not None:
        return _on_arrays(np, _arrays.forecasts(np, probabilities, outcomes, counts), score)
    rows = _inputs.repeated(probabilities, outcomes, counts)
    if not rows:
        return None
    pooled = _pool_ties(rows)
    blocks = _isotonic(pooled)
    own = (brier_score if score == "brier" else log_score)(
        probabilities=[p for p, _, _ in rows], outcomes=[y for _, y, _ in rows], counts=[n for _, _, n in rows]
    )
    assert own is not None
    miscalibration, discrimination, uncertainty = (_brier_terms if score == "brier" else _log_terms)(pooled, blocks)
    return Corp(
        score=own,
        miscalibration=miscalibration,
        discrimination=discrimination,
        uncertainty=uncertainty,
        probabilities=tuple(pooled.stated),
        recalibrated=tuple(block.hits / block.n for block in blocks for _ in range(block.start, block.stop)),
    )


def _on_arrays(np: Any, found: _arrays.Forecasts, score: str) -> Corp | None:
    """The terms over arrays; probabilities and their recalibrated values as arrays of floats."""
    if not found.n:
        return None
    rows = _arrays.pooled(np, found)
    first, n, hits = _arrays.isotonic(np, rows)
    rate, overall = hits / n, float(hits.sum()) / found.n
    if score == "brier":
        own = float((rows.n * rows.p**2 - 2 * rows.hits * rows.p + rows.hits).sum())
        best, blind = float((hits * (1 - rate)).sum()), found.n * overall * (1 - overall)
    else:
        own, best = (_arrays.entropy(np, *columns) for columns in ((rows.p, rows.n, rows.hits), (rate, n, hits)))
        blind = _arrays.entropy(np, np.array([overall]), np.array([float(found.n)]), np.array([overall * found.n]))
    block = np.zeros(len(rows.p), dtype=np.int64)
    block[first[1:]] = 1
    return Corp(
        score=own / found.n,
        miscalibration=max(0.0, own - best) / found.n,
        discrimination=max(0.0, blind - best) / found.n,
        uncertainty=blind / found.n,
        probabilities=array("d", rows.p.tobytes()),
        recalibrated=array("d", rate[block.cumsum()].tobytes()),
    )


def _pool_ties(rows: list[tuple[float, int, int]]) -> _Pooled:
    """Count forecasts and hits of each distinct stated probability."""
    n: dict[float, int] = dict.fromkeys(sorted({p for p, _, _ in rows}), 0)
    hits = dict(n)
    for p, y, count in rows:
        n[p] += count
        hits[p] += y * count
    return _Pooled(list(n), list(n.values()), list(hits.values()))


def _isotonic(pooled: _Pooled) -> list[_Block]:
    """Pool adjacent violators over the distinct probabilities; rates are compared in whole numbers."""
    blocks: list[_Block] = []
    for i, (n, hits) in enumerate(zip(pooled.n, pooled.hits, strict=True)):
        new = _Block(i, i + 1, n, hits)
        while blocks and blocks[-1].hits * new.n >= new.hits * blocks[-1].n:
            last = blocks.pop()
            new = _Block(last.start, new.stop, last.n + new.n, last.hits + new.hits)
        blocks.append(new)
    return blocks


def _brier_terms(pooled: _Pooled, blocks: list[_Block]) -> tuple[float, float, float]:
    """Return MCB, DSC, UNC of the Brier score.

    Each block adds sum n p^2 - 2 sum k p + K^2/N to n MCB, and none of them is negative: with blocks
    summed exactly, rounding cannot make one so.
    """
    total, overall = sum(pooled.n), sum(pooled.hits) / sum(pooled.n)
    saved = [_saved(pooled, block) for block in blocks]
    spread = [block.n * (block.hits / block.n - overall) ** 2 for block in blocks]
    return math.fsum(saved) / total, math.fsum(spread) / total, overall * (1 - overall)


def _saved(pooled: _Pooled, block: _Block) -> float:
    """Return the squared error that recalibrating saves in one block: whole numbers, rounded once."""
    inside = slice(block.start, block.stop)
    ratios = [p.as_integer_ratio() for p in pooled.stated[inside]]
    scale = max(below for _, below in ratios)  # powers of two: each divides the largest
    scaled = [above * (scale // below) for above, below in ratios]
    own = sum(
        p * (n * p - 2 * k * scale) for p, n, k in zip(scaled, pooled.n[inside], pooled.hits[inside], strict=True)
    )
    return (block.n * own + (block.hits * scale) ** 2) / (block.n * scale**2)


def _log_terms(pooled: _Pooled, blocks: list[_Block]) -> tuple[float, float, float]:
    """Return MCB, DSC, UNC of the log score, in nats (0 up to rounding where they are 0)."""
    total, hits = sum(pooled.n), sum(pooled.hits)

    def mean(pairs: list[tuple[float, int, int]]) -> float:
        spent = [k * surprise(p, 1) if k else 0.0 for p, _, k in pairs]
        spent += [(n - k) * surprise(p, 0) if n > k else 0.0 for p, n, k in pairs]
        return math.fsum(spent) / total

    own = mean(list(zip(pooled.stated, pooled.n, pooled.hits, strict=True)))
    recalibrated = mean([(block.hits / block.n, block.n, block.hits) for block in blocks])
    uncertainty = mean([(hits / total, total, hits)])
    return own - recalibrated, uncertainty - recalibrated, uncertainty
