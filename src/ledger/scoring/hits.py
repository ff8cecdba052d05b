"""The exact chance of so few, or so many, hits if every stated probability were right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ledger.scoring import _inputs

HITS_LIMIT = 2_000
"""Most forecasts that `hits_probability` takes: its time grows with their square (2,000: under a second)."""


def hits_probability(*, probabilities: Sequence[float], hits: int) -> tuple[float, float]:
    """Chance of at most, and of at least, this many hits if every stated probability is right.

    Formula: the distribution of a sum of independent Bernoulli(p_i) (Poisson-binomial), by convolution:
    P_i(k) = P_{i-1}(k) (1 - p_i) + P_{i-1}(k - 1) p_i. No approximation; the larger tail is taken as 1
    minus the rest.
    Units and range: probabilities, 0..1; both count `hits` itself, so they add up to more than 1.
    A small first number says "overconfident", a small second one "underconfident".

    Args:
        probabilities: stated probabilities, each in 0..1; at most HITS_LIMIT (2,000) of them.
        hits: how many came true, 0 to the number of forecasts.

    Returns:
        (P(at most hits), P(at least hits)); (1, 1) for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, more than HITS_LIMIT of them, hits negative,
            not whole, or more than there are forecasts.

    Reference:
        Hong (2013), On computing the distribution function for the Poisson binomial distribution,
        Computational Statistics and Data Analysis 59:41-51.

    Example: three claims of 90%, none of which came true: 0.1^3.

    >>> at_most, at_least = hits_probability(probabilities=[0.9, 0.9, 0.9], hits=0)
    >>> round(at_most, 12), at_least
    (0.001, 1.0)
    """
    stated = sorted(_inputs.probabilities(probabilities))
    checked, _ = _inputs.hits_of(hits, len(stated))
    if len(stated) > HITS_LIMIT:
        raise ValueError(f"{len(stated)} probabilities: at most {HITS_LIMIT} can be convolved in good time")
    chances = [1.0]
    for p in stated:
        miss = 1 - p
        chances = [a * miss + b * p for a, b in zip([*chances, 0.0], [0.0, *chances], strict=True)]
    return _tail(chances, checked + 1), _tail(chances[::-1], len(stated) - checked + 1)


def _tail(chances: list[float], k: int) -> float:
    """Return the sum of the first k chances, through the others where that keeps it within 1."""
    direct = math.fsum(chances[:k])
    return direct if direct <= 0.5 else 1 - math.fsum(chances[k:])
