"""Scores of stated probabilities against what happened: Brier, log, and skill against a reference."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ledger.scoring import _arrays, _inputs


def brier_score(
    *, probabilities: Sequence[float], outcomes: Sequence[float], counts: Sequence[float] | None = None
) -> float | None:
    """Mean squared distance between stated probability and outcome, on the one-sided scale.

    Formula: BS = (1/n) sum (p_i - y_i)^2, with y = 1 if it came true and 0 if not.
    Units and range: none; 0 is perfect, 0.25 is what "50%" earns always, 1 is certain and wrong each time.
    Brier's own 1950 form sums over both outcomes and is exactly twice this (0..2).

    Args:
        probabilities: stated probabilities of coming true, each in 0..1.
        outcomes: 1 or True where it came true, else 0 or False; as many as probabilities.
        counts: how often each row was forecast, 1 each where it is not given: forecasts that are equal may be pooled.

    Returns:
        The score, or None for no forecasts at all. The order of the forecasts never matters.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, unequal lengths.

    Reference:
        Brier (1950), Verification of forecasts expressed in terms of probability,
        Monthly Weather Review 78:1-3.

    Example: 80% and it happens, 30% and it does not: (0.2^2 + 0.3^2) / 2.

    >>> round(brier_score(probabilities=[0.8, 0.3], outcomes=[1, 0]), 6)
    0.065
    """
    np = _arrays.numpy_for(probabilities)
    if np is not None:
        found = _arrays.forecasts(np, probabilities, outcomes, counts)
        return _arrays.mean(np, (found.p - found.y) ** 2, found) if found.n else None
    rows = _inputs.repeated(probabilities, outcomes, counts)
    n = sum(count for _, _, count in rows)
    return math.fsum(count * (p - y) ** 2 for p, y, count in rows) / n if n else None


def log_score(
    *, probabilities: Sequence[float], outcomes: Sequence[float], counts: Sequence[float] | None = None
) -> float | None:
    """Mean surprise at what happened, in nats; infinite after one certain miss, and left so.

    Formula: LS = (1/n) sum -ln(P_i), where P_i = p_i if it came true and 1 - p_i if not.
    Units and range: nats, 0 (certain and right) to infinity; "50%" earns ln 2 = 0.693.
    Nothing is clipped: a claim of 100% that fails has no finite surprise. `certain_misses` counts them.

    Args:
        probabilities: stated probabilities of coming true, each in 0..1.
        outcomes: 1 or True where it came true, else 0 or False; as many as probabilities.
        counts: how often each row was forecast, 1 each where it is not given: forecasts that are equal may be pooled.

    Returns:
        The score (math.inf if any outcome was called impossible), or None for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, unequal lengths.

    Reference:
        Good (1952), Rational decisions, Journal of the Royal Statistical Society B 14:107-114.

    >>> round(log_score(probabilities=[0.8, 0.3], outcomes=[1, 0]), 6)
    0.289909
    >>> log_score(probabilities=[0.8, 1.0], outcomes=[1, 0])
    inf
    """
    np = _arrays.numpy_for(probabilities)
    if np is not None:
        found = _arrays.forecasts(np, probabilities, outcomes, counts)
        if counts is not None:  # what was forecast 0 times costs nothing, be it infinite
            kept = found.count > 0
            found = found._replace(p=found.p[kept], y=found.y[kept], count=found.count[kept])
        return _arrays.mean(np, _arrays.surprise(np, found.p, found.y), found) if found.n else None
    rows = _inputs.repeated(probabilities, outcomes, counts)
    n = sum(count for _, _, count in rows)
    return math.fsum(count * surprise(p, y) for p, y, count in rows) / n if n else None


def surprise(p: float, y: int) -> float:
    """Return -ln of the probability that `p` gave to the outcome `y`, in nats, 0..inf."""
    if y:
        return abs(math.log(p)) if p else math.inf
    return abs(math.log1p(-p)) if p < 1 else math.inf


def certain_misses(
    *, probabilities: Sequence[float], outcomes: Sequence[float], counts: Sequence[float] | None = None
) -> int:
    """How many outcomes had been called impossible: each makes the log score infinite.

    Formula: the number of i with p_i = 1 and y_i = 0, or p_i = 0 and y_i = 1. Range: 0..n.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, unequal lengths.

    Reference:
        Good (1952), as for `log_score`.

    >>> certain_misses(probabilities=[1.0, 1.0, 0.0, 0.9], outcomes=[1, 0, 1, 0])
    2
    """
    np = _arrays.numpy_for(probabilities)
    if np is not None:
        found = _arrays.forecasts(np, probabilities, outcomes, counts)
        missed = found.p == 1 - found.y
        return int(missed.sum() if found.count is None else found.count[missed].sum())
    return sum(count for p, y, count in _inputs.repeated(probabilities, outcomes, counts) if p == 1 - y)


def brier_skill(
    *,
    probabilities: Sequence[float],
    outcomes: Sequence[float],
    base_rate: float | None = 0.5,
    counts: Sequence[float] | None = None,
) -> float | None:
    """Share of a reference forecast's Brier score that the stated probabilities save.

    Formula: BSS = 1 - BS / BS_ref, where BS_ref is the Brier score of stating `base_rate` every time.
    Units and range: none; 1 is perfect, 0 no better than the reference, negative worse, without bound.

    Args:
        probabilities: stated probabilities of coming true, each in 0..1.
        outcomes: 1 or True where it came true, else 0 or False; as many as probabilities.
        base_rate: the reference, in 0..1; 0.5 knows nothing. None takes the share of these very
            outcomes, a reference that has seen the answers and is biased against small samples
            (mean skill -0.12 at 10 forecasts for one who always states the true rate).

    Returns:
        The skill, or None for no forecasts or where the reference is perfect (division by 0).

    Raises:
        ValueError: a probability or base rate outside 0..1 or NaN, an outcome other than 0 or 1,
            unequal lengths.

    Reference:
        Murphy (1973), Hedging and skill scores for probability forecasts, Journal of Applied
        Meteorology 12:215-223.

    >>> round(brier_skill(probabilities=[0.8, 0.3], outcomes=[1, 0]), 6)
    0.74
    >>> brier_skill(probabilities=[0.9, 0.8], outcomes=[1, 1], base_rate=None) is None
    True
    """
    own = brier_score(probabilities=probabilities, outcomes=outcomes, counts=counts)
    if own is None:
        return None
    rate = _share_of_hits(outcomes, counts)
    stated = rate if base_rate is None else _inputs.probability(base_rate, "base_rate")
    reference = rate * (1 - stated) ** 2 + (1 - rate) * stated**2
    return 1 - own / reference if reference else None


def _share_of_hits(outcomes: Sequence[float], counts: Sequence[float] | None) -> float:
    """The share that came true, of outcomes and counts that were checked."""
    np = _arrays.numpy_for(outcomes)
    if np is not None:
        y = _arrays.floats(np, outcomes, "outcomes")
        return float(y.mean() if counts is None else np.average(y, weights=_arrays.floats(np, counts, "counts")))
    came_true = [int(y) for y in _inputs.listed(outcomes)]
    often = [int(n) for n in _inputs.listed(counts)] if counts is not None else [1] * len(came_true)
    return sum(y * n for y, n in zip(came_true, often, strict=True)) / sum(often)
