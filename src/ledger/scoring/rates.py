"""Rates of few claims: the rate, its bounds, its interval, and exact tests against a given chance."""

from __future__ import annotations

import math

from ledger.scoring import _inputs
from ledger.scoring._beta import beta_quantile

# The normal quantile at 0.975: the default level needs no import of `statistics` (15 ms).
_Z95 = 1.959963984540054
_EXACT_COUNTS = 100_000  # above, the normal approximation is off by less than one claim in ten thousand


def hit_rate(*, hits: int, n: int) -> float | None:
    """Share of hits among the claims whose deadline is over and that were judged.

    Formula: hits / n. Range: 0..1; None for n = 0.

    Raises:
        ValueError: a count that is negative or not whole, or more hits than claims.

    Reference:
        elementary; why claims enter at their deadline and not at their resolution is on the method page.

    >>> hit_rate(hits=3, n=8)
    0.375
    """
    checked, total = _inputs.hits_of(hits, n)
    return checked / total if total else None


def rate_bounds(*, hits: int, n: int, overdue: int) -> tuple[float, float] | None:
    """Lowest and highest rate that judging the overdue claims could still give.

    Formula: (hits / (n + overdue), (hits + overdue) / (n + overdue)): all of them misses, all of them hits.
    Range: 0..1 each; None if there is no claim at all. With overdue = 0 both ends are the rate.

    Raises:
        ValueError: a count that is negative or not whole, or more hits than judged claims.

    Reference:
        Manski (1989), Anatomy of the selection problem, Journal of Human Resources 24:343-360
        (worst-case bounds for missing outcomes).

    >>> rate_bounds(hits=3, n=8, overdue=2)
    (0.3, 0.5)
    """
    checked, total = _inputs.hits_of(hits, n)
    unjudged = _inputs.count(overdue, "overdue")
    everything = total + unjudged
    return (checked / everything, (checked + unjudged) / everything) if everything else None


def wilson(*, hits: int, n: int, level: float = 0.95, effective: float | None = None) -> tuple[float, float] | None:
    """Wilson's score interval of a rate: the chances that the observed rate does not contradict.

    Formula: the two roots p of (h/n - p)^2 = z^2 p (1 - p) / n, with z the normal quantile at
    (1 + level) / 2. Solved so that it is exact at both ends: 0 hits give a low end of 0, n hits a high of 1.
    Units and range: probabilities, 0 <= low <= hits/n <= high <= 1. Assumes independent claims, or that
    `effective` says how many independent ones they are worth (see `effective_n`): it then stands for n, at the same
    rate.

    Args:
        hits: claims that came true in time.
        n: claims scored.
        level: confidence level, strictly between 0 and 1.
        effective: effective number of claims, above 0; n where it is not given.

    Returns:
        (low, high), or None for n = 0.

    Raises:
        ValueError: a count that is negative or not whole, hits above n, a level outside (0, 1).

    Reference:
        Wilson (1927), JASA 22:209-212; recommended for small n by Brown, Cai and DasGupta (2001),
        Interval estimation for a binomial proportion, Statistical Science 16:101-133.

    Example: 0 hits of 5 do not rule out a forecaster who is right 43 times in 100.

    >>> [round(end, 4) for end in wilson(hits=0, n=5)]
    [0.0, 0.4345]
    >>> [round(end, 4) for end in wilson(hits=4, n=18)]
    [0.09, 0.4521]
    """
    checked, total = _inputs.hits_of(hits, n)
    _inputs.level_of(level)
    if total == 0:
        return None
    good, worth = _worth(checked, total, effective)
    return score_interval(hits=good, n=worth, level=level)


def score_interval(*, hits: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of hits and claims that are effective numbers, not whole ones; n above 0."""
    z = _normal_quantile(_inputs.level_of(level))
    return _wilson_low(hits, n, z), 1 - _wilson_low(n - hits, n, z)


def _worth(hits: int, n: int, effective: float | None) -> tuple[float, float]:
    """Return hits and claims as many as they are worth, at the same rate."""
    if effective is None or effective == n:
        return hits, n
    if not 0 < _inputs.number(effective, "effective") < math.inf:
        raise ValueError(f"effective is {effective}: a number of claims above 0")
    return (effective, effective) if hits == n else (hits / n * effective, effective)


def _wilson_low(hits: float, n: float, z: float) -> float:
    """Return the lower root, as the product of both roots over the upper one: no cancellation near 0."""
    root = math.sqrt(z * z + 4 * hits * (n - hits) / n)
    return 2 * hits * hits / n / (2 * hits + z * z + z * root)


def _normal_quantile(level: float) -> float:
    """Return the z of a two-sided level."""
    if level == 0.95:
        return _Z95
    from statistics import NormalDist

    return -NormalDist().inv_cdf((1 - level) / 2)


def jeffreys(*, hits: int, n: int, level: float = 0.95, effective: float | None = None) -> tuple[float, float] | None:
    """Jeffreys' interval of a rate: equal tails of the posterior under a Beta(1/2, 1/2) prior.

    Formula: the (1 - level)/2 and (1 + level)/2 quantiles of Beta(h + 1/2, n - h + 1/2); with the rule
    of Brown, Cai and DasGupta the low end is 0 at h = 0 and the high end 1 at h = n.
    Units and range: probabilities, 0 <= low < high <= 1. Assumes independent claims, or their effective number.

    Args:
        hits: claims that came true in time.
        n: claims scored.
        level: level of the interval, strictly between 0 and 1.
        effective: effective number of claims, above 0; n where it is not given.

    Returns:
        (low, high), or None for n = 0.

    Raises:
        ValueError: a count that is negative or not whole, hits above n, a level outside (0, 1).

    Reference:
        Brown, Cai and DasGupta (2001), Statistical Science 16:101-133, section 4.

    >>> [round(end, 4) for end in jeffreys(hits=3, n=10, level=0.9)]
    [0.1173, 0.5581]
    >>> jeffreys(hits=0, n=5)[0]
    0.0
    """
    checked, total = _inputs.hits_of(hits, n)
    tail = (1 - _inputs.level_of(level)) / 2
    if total == 0:
        return None
    good, worth = _worth(checked, total, effective)
    a, b = good + 0.5, worth - good + 0.5
    low = beta_quantile(tail, a, b) if checked else 0.0
    # the upper quantile through the mirrored distribution: its small tail keeps its digits
    high = 1 - beta_quantile(tail, b, a) if checked < total else 1.0
    return low, high


def binomial_test(*, hits: int, n: int, p: float) -> float:
    """Exact two-sided test: how likely is a count no more probable than this one if the chance is p?

    Formula: sum of P(k) over all k in 0..n with P(k) <= P(hits), P(k) = C(n, k) p^k (1 - p)^(n - k).
    Counts within 1e-7 of P(hits) relatively are taken as equal, as R and scipy do.
    Range: 0..1; 1 for n = 0 (nothing speaks against p).

    Args:
        hits: how many came true.
        n: how many there were.
        p: the chance each is said to have, 0..1; 0.9 for values said to lie below a 90th percentile.

    Returns:
        The p-value.

    Raises:
        ValueError: a count that is negative or not whole, hits above n, p outside 0..1.

    Reference:
        Sterne (1954), Some remarks on confidence or fiducial limits, Biometrika 41:275-278: counts ordered by
        likelihood, as R's binom.test and scipy do. (Clopper and Pearson's interval has equal tails instead.)

    Example: 2 of 10 values inside what was declared a range of 80%.

    >>> round(binomial_test(hits=2, n=10, p=0.8), 9)
    7.7926e-05
    """
    checked, total = _inputs.hits_of(hits, n)
    chance = _inputs.probability(p, "p")
    if chance == 1:
        return float(checked == total)
    weights = binomial_weights(total, chance)
    limit = weights[checked] * (1 + 1e-7)
    return math.fsum(weight for weight in weights if weight <= limit) / math.fsum(weights)


def binomial_weights(n: int, p: float, first: int = 0, last: int | None = None) -> list[float]:
    """Return numbers proportional to P(first..last), 1 at the mode: stepping outward from it cannot overflow."""
    end = n if last is None else last
    mode, odds = min(end, max(first, int((n + 1) * p))), p / (1 - p)
    weights = [1.0] * (end - first + 1)
    for k in range(mode, end):
        weights[k + 1 - first] = weights[k - first] * ((n - k) / (k + 1)) * odds
    for k in range(mode, first, -1):
        weights[k - 1 - first] = weights[k - first] * (k / (n - k + 1)) / odds
    return weights


def chance_range(*, n: int, p: float, level: float = 0.95) -> tuple[float, float]:
    """Rates between which `n` claims stay at this level if each has the chance `p`: equal tails, ends included.

    Formula: k_low / n and k_high / n, the smallest counts with P(at most k) > (1 - level)/2 and
    P(at most k) >= (1 + level)/2 under Binomial(n, p). Range: 0..1; n is 1 or more.

    Raises:
        ValueError: an n below 1 or not whole, p outside 0..1, a level outside (0, 1).

    Reference:
        Bröcker and Smith (2007), Increasing the reliability of reliability diagrams, Weather and
        Forecasting 22:651-661: consistency bars, here without drawing.

    >>> chance_range(n=10, p=0.7)
    (0.4, 1.0)
    """
    total, chance = _inputs.count(n, "n"), _inputs.probability(p, "p")
    tail = (1 - _inputs.level_of(level)) / 2
    if total < 1:
        raise ValueError("n is 0: there is no rate of no claims")
    if chance in (0, 1):
        return chance, chance
    if total > _EXACT_COUNTS:
        reach = _normal_quantile(level) * math.sqrt(chance * (1 - chance) / total)
        return max(0.0, chance - reach), min(1.0, chance + reach)
    weights = binomial_weights(total, chance)
    whole, below, low = math.fsum(weights), 0.0, 0
    for k, weight in enumerate(weights):
        below += weight
        if below <= tail * whole:
            low = k + 1
        if below >= (1 - tail) * whole:
            return low / total, k / total
    return low / total, 1.0


def sign_test(*, below: int, n: int) -> float:
    """Exact two-sided test of "as often below the range as above it".

    Formula: sum of C(n, k) / 2^n over all k at least as far from n/2 as `below`.
    Range: 0..1; 1 for n = 0. Values inside the range are left out of n beforehand.

    Args:
        below: how many values fell below their range.
        n: how many fell below or above it.

    Returns:
        The p-value; small means a bias to one side.

    Raises:
        ValueError: a count that is negative or not whole, or below larger than n.

    Reference:
        Arbuthnott (1710); Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.4.

    >>> sign_test(below=3, n=3)
    0.25
    >>> sign_test(below=5, n=10)
    1.0
    """
    checked, total = _inputs.hits_of(below, n, "below")
    return binomial_test(hits=checked, n=total, p=0.5)
