"""The chance of so few, or so many, hits if every stated probability were right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ledger.scoring import _inputs

HITS_LIMIT = 2_000
"""Most forecasts that `hits_probability` convolves exactly: its time grows with their square."""


def hits_probability(
    *, probabilities: Sequence[float], hits: int, counts: Sequence[float] | None = None
) -> tuple[float, float]:
    """Chance of at most, and of at least, this many hits if every stated probability is right.

    Formula: the distribution of a sum of independent Bernoulli(p_i) (Poisson-binomial), by convolution:
    P_i(k) = P_{i-1}(k) (1 - p_i) + P_{i-1}(k - 1) p_i; the larger tail is taken as 1 minus the rest.
    Exact up to HITS_LIMIT (2,000) forecasts. Above, the refined normal approximation
    P(at most k) = F((k + 1/2 - m) / s), F(x) = Phi(x) + g (1 - x^2) phi(x) / 6, with m, s and g the mean,
    standard deviation and skewness of the sum.
    Units and range: probabilities, 0..1; both count `hits` itself, so they add up to more than 1.
    A small first number says "overconfident", a small second one "underconfident".

    Args:
        probabilities: stated probabilities, each in 0..1.
        hits: how many came true, 0 to the number of forecasts.
        counts: how many forecasts stated each of the probabilities, 1 each where it is not given.

    Returns:
        (P(at most hits), P(at least hits)); (1, 1) for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, a count or hits negative or not whole, more hits than
            forecasts, unequal lengths.

    Reference:
        Hong (2013), On computing the distribution function for the Poisson binomial distribution, Computational
        Statistics and Data Analysis 59:41-51; refined normal approximation: Volkova (1996), Theory of
        Probability and its Applications 40:791-794.

    Example: three claims of 90%, none of which came true: 0.1^3.

    >>> at_most, at_least = hits_probability(probabilities=[0.9, 0.9, 0.9], hits=0)
    >>> round(at_most, 12), at_least
    (0.001, 1.0)
    >>> [round(tail, 4) for tail in hits_probability(probabilities=[0.5], counts=[1_000_000], hits=499_000)]
    [0.0228, 0.9773]
    """
    rows = _inputs.counted(probabilities, counts)
    n = sum(row[1] for row in rows)
    checked, _ = _inputs.hits_of(hits, n)
    if n > HITS_LIMIT:
        return _refined_normal(rows, checked)
    chances = [1.0]
    for p in sorted(p for p, count in rows for _ in range(count)):
        miss = 1 - p
        chances = [a * miss + b * p for a, b in zip([*chances, 0.0], [0.0, *chances], strict=True)]
    return _tail(chances, checked + 1), _tail(chances[::-1], n - checked + 1)


def _tail(chances: list[float], k: int) -> float:
    """Return the sum of the first k chances, through the others where that keeps it within 1."""
    direct = math.fsum(chances[:k])
    return direct if direct <= 0.5 else 1 - math.fsum(chances[k:])


def _refined_normal(rows: Sequence[tuple[float, int]], hits: int) -> tuple[float, float]:
    """Both tails by the normal distribution, corrected for skewness and for whole numbers."""
    mean = math.fsum(p * n for p, n in rows)
    variance = math.fsum(p * (1 - p) * n for p, n in rows)
    if variance == 0:
        return float(hits >= round(mean)), float(hits <= round(mean))
    skewness = math.fsum(p * (1 - p) * (1 - 2 * p) * n for p, n in rows) / variance**1.5
    deviation = math.sqrt(variance)
    return (
        _corrected((hits + 0.5 - mean) / deviation, skewness),
        _corrected((mean - hits + 0.5) / deviation, -skewness),
    )


def _corrected(x: float, skewness: float) -> float:
    density = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    return min(1.0, max(0.0, math.erfc(-x / math.sqrt(2)) / 2 + skewness * (1 - x * x) * density / 6))
