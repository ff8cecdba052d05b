"""Quantiles of the Beta distribution, which the standard library lacks: for Jeffreys' interval only."""

from __future__ import annotations

import math

_TINY = 1e-300


def beta_quantile(q: float, a: float, b: float) -> float:
    """Return x with I_x(a, b) = q, for 0 < q < 1 and a, b > 0: Newton's steps inside a shrinking bracket."""
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(100):
        excess = beta_cdf(x, a, b) - q
        low, high = (low, x) if excess > 0 else (x, high)
        step = x - excess / _density(x, a, b)
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) <= 1e-15 * x:
            return following
        x = following
    return x


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) for 0 < x < 1."""
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast only on this side
        return 1 - beta_cdf(1 - x, b, a)
    return x * (1 - x) * _density(x, a, b) * _continued_fraction(x, a, b) / a


def _density(x: float, a: float, b: float) -> float:
    """Return the density of Beta(a, b) at x."""
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return math.exp((a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - log_beta) or _TINY


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Evaluate the fraction of I_x(a, b) (DLMF 8.17.22) by Lentz's method."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    value = d
    for m in range(1, 10_000):
        before = value
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d or _TINY)
            c = 1 + term / c or _TINY
            value *= c * d
        if abs(value - before) <= 1e-16 * value:
            break
    return value
