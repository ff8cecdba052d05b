"""Groups side by side: rates drawn towards each other, and how many intervals miss one common rate by chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger.scoring import _inputs
from ledger.scoring.rates import binomial_weights, score_interval

_SAME = 1e5  # as many claims as this in the prior: no difference between the groups is to be seen
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Shrunk rates in the order of the groups, and the Beta distribution of rates they are drawn from.

    `strength` is how many claims the common rate weighs as many as; None where the groups do not differ by more than
    chance, so that each gets the common rate.
    """

    rates: tuple[float, ...]
    common: float
    strength: float | None


def shrink(*, hits: Sequence[float], n: Sequence[float]) -> Shrunk | None:
    """Rates of groups as they would be expected, knowing how much groups of this ledger differ.

    Formula: rate_g ~ Beta(a, b), hits_g ~ Binomial(n_g, rate_g); a and b maximise the marginal likelihood
    (beta-binomial); shrunk rate = (hits_g + a) / (n_g + a + b). Range: 0..1, between the group's own rate and the
    common one. Assumes that nothing else is known that tells the groups apart.

    Args:
        hits: hits of each group; not whole where effective numbers are given.
        n: claims of each group, as many numbers.

    Returns:
        rates, common, strength; None for no claims at all.

    Raises:
        ValueError: a number that is negative, NaN or infinite, more hits than claims, unequal lengths.

    Reference:
        Efron and Morris (1975), Data analysis using Stein's estimator and its generalizations, JASA 70:311-319;
        beta-binomial: Skellam (1948), Journal of the Royal Statistical Society B 10:257-261.

    Example: 3 of 3 is no better than 40 of 50.

    >>> found = shrink(hits=[3, 40, 10, 5], n=[3, 50, 40, 20])
    >>> [round(rate, 2) for rate in found.rates], round(found.common, 2)
    ([0.78, 0.79, 0.27, 0.29], 0.54)
    """
    pairs = _checked(hits, n)
    total = math.fsum(size for _, size in pairs)
    if not total:
        return None
    logit, log_strength = 0.0, math.log(2.0)
    for _ in range(30):
        before = logit, log_strength
        strength = math.exp(log_strength)
        logit = _highest(lambda x: _marginal(pairs, _share(x), strength), -12.0, 12.0)  # noqa: B023
        common = _share(logit)
        log_strength = _highest(lambda x: _marginal(pairs, common, math.exp(x)), math.log(0.01), math.log(4 * _SAME))  # noqa: B023
        if max(abs(logit - before[0]), abs(log_strength - before[1])) < 1e-9:
            break
    strength = math.exp(log_strength)
    if strength > _SAME or _marginal(pairs, common, strength) <= _pooled(pairs, total) + 1e-9:
        common = math.fsum(good for good, _ in pairs) / total
        return Shrunk((common,) * len(pairs), common, None)
    return Shrunk(tuple((good + common * strength) / (size + strength) for good, size in pairs), common, strength)


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _checked(hits: Sequence[float], n: Sequence[float]) -> list[tuple[float, float]]:
    good, sizes = _inputs.numbers(hits, "hits"), _inputs.numbers(n, "n")
    _inputs.same_length(hits=good, n=sizes)
    for i, (h, size) in enumerate(zip(good, sizes, strict=True)):
        if not 0 <= h <= size < math.inf:
            raise ValueError(f"hits[{i}] is {h} and n[{i}] is {size}: hits lie from 0 to n")
    return list(zip(good, sizes, strict=True))


def _marginal(pairs: Sequence[tuple[float, float]], common: float, strength: float) -> float:
    """Log likelihood of all groups under Beta(common x strength, (1 - common) x strength)."""
    a, b = common * strength, (1 - common) * strength
    if min(a, b) <= 0:
        return -math.inf
    prior = math.lgamma(a) + math.lgamma(b) - math.lgamma(strength)
    return math.fsum(
        math.lgamma(h + a) + math.lgamma(n - h + b) - math.lgamma(n + strength) - prior for h, n in pairs if n
    )


def _pooled(pairs: Sequence[tuple[float, float]], total: float) -> float:
    """Log likelihood of one common rate: what the marginal one tends to as the groups become alike."""
    rate = math.fsum(h for h, _ in pairs) / total
    if rate in (0, 1):
        return 0.0
    return math.fsum(h * math.log(rate) + (n - h) * math.log(1 - rate) for h, n in pairs)


def _highest(of: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one peak is highest, by golden section."""
    one, other = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    f_one, f_other = of(one), of(other)
    while high - low > 1e-8:
        if f_one > f_other:
            high, other, f_other = other, one, f_one
            one = high - _GOLDEN * (high - low)
            f_one = of(one)
        else:
            low, one, f_one = one, other, f_other
            other = low + _GOLDEN * (high - low)
            f_other = of(other)
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class CommonRate:
    """Intervals of groups against the rate of all: how many miss it, and how many would by chance alone."""

    rate: float
    intervals: int
    missed: int
    expected: float
    at_least_one: float


def common_rate(
    *,
    hits: Sequence[float],
    n: Sequence[float],
    effective: Sequence[float] | None = None,
    level: float = 0.95,
) -> CommonRate | None:
    """How many of these intervals miss the common rate, and how many would if it were the rate of each group.

    Formula: with p = sum hits / sum n, the chance c_g that Wilson's interval of a Binomial(n_g, p) count does not
    hold p, summed exactly over all counts (above 2,000 claims: 1 - level); expected = sum c_g,
    at_least_one = 1 - product (1 - c_g). Effective numbers are rounded to whole ones for that.
    Units and range: counts of intervals; at_least_one 0..1.

    Args:
        hits: hits of each group.
        n: claims of each group, as many numbers; groups without any do not count.
        effective: the effective number of claims of each group, n where it is not given.
        level: level of the intervals, strictly between 0 and 1.

    Returns:
        rate, intervals, missed, expected, at_least_one; None for no claims.

    Raises:
        ValueError: as for `shrink`, and a level outside (0, 1).

    Reference:
        elementary; intervals of many groups read at once: Spiegelhalter (2005), Funnel plots for comparing
        institutional performance, Statistics in Medicine 24:1185-1202.

    >>> found = common_rate(hits=[3, 5, 1, 9], n=[10, 10, 10, 10])
    >>> found.rate, found.missed, round(found.expected, 2)
    (0.45, 2, 0.2)
    """
    plain = _checked(hits, n)
    worth = _inputs.numbers(effective, "effective") if effective is not None else [size for _, size in plain]
    _inputs.same_length(n=plain, effective=worth)
    _inputs.level_of(level)
    pairs = [(h / size * many, many) for (h, size), many in zip(plain, worth, strict=True) if size]
    if not pairs:
        return None
    p = min(1.0, math.fsum(h for h, _ in plain) / math.fsum(size for _, size in plain))
    missed = sum(not _holds(h, size, p, level) for h, size in pairs)
    known: dict[int, float] = {}
    chances = [_chance_of_missing(max(1, round(size)), p, level, known) for _, size in pairs]
    return CommonRate(p, len(pairs), missed, math.fsum(chances), 1 - math.prod(1 - chance for chance in chances))


def _holds(hits: float, n: float, p: float, level: float) -> bool:
    low, high = score_interval(hits=hits, n=n, level=level)
    return low <= p <= high


def _chance_of_missing(n: int, p: float, level: float, known: dict[int, float]) -> float:
    if n > 2_000:
        return 1 - level
    if n not in known:
        weights = binomial_weights(n, p) if p < 1 else [0.0] * n + [1.0]
        off = math.fsum(weight for k, weight in enumerate(weights) if not _holds(k, n, p, level))
        known[n] = off / math.fsum(weights)
    return known[n]
