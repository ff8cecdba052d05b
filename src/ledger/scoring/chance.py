"""What chance alone gives on few forecasts: miscalibration, discrimination and reliability of the calibrated."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, groupby, pairwise

from ledger.scoring import _inputs
from ledger.scoring.rates import binomial_weights

CORP_NULL_LIMIT = 2_000
"""Most forecasts that `corp_null` draws one by one; above, equal ones are drawn together."""

_MOST_GROUPS = 400  # of pooled forecasts: beyond, neighbours are taken together
_NORMAL_FROM = 500.0  # standard deviation of a count from which on it is drawn as normal

# Bytes of a drawn row: see _draw.
_TIED = 2
_VIOLATION = re.compile(rb"([\x01\x03]+)([\x00\x02]+)")
_OUT_OF_ORDER = re.compile(rb"(?:\x00\x02*|\x01\x03*\x02+)\x03[\x02\x03]*")


@dataclass(frozen=True, slots=True)
class ByChance:
    """A number over draws in which every stated probability is right."""

    mean: float
    percentile95: float


@dataclass(frozen=True, slots=True)
class CorpNull:
    """Chance levels over `draws` seeded draws; `mean` and `percentile95` are those of the miscalibration.

    Discrimination is above its level by chance where the outcomes have nothing to do with the probabilities: there
    outcomes are drawn with one common rate instead. Reliability is Murphy's, a bin for each stated probability.
    """

    mean: float
    percentile95: float
    discrimination: ByChance
    reliability: ByChance
    n: int
    draws: int
    seed: int


def corp_null(
    *,
    probabilities: Sequence[float],
    counts: Sequence[float] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> CorpNull | None:
    """How much miscalibration, discrimination and unreliability would be found by chance alone.

    Formula: outcomes y_i ~ Bernoulli(p_i) are drawn `draws` times, and MCB (Brier) and Murphy's REL computed each
    time; for DSC they are drawn with the mean of the stated probabilities, so that nothing is told apart. Of each the
    mean and the 95th percentile (smallest value that at least 95% of the draws do not exceed).
    Units and range: as the Brier score. An observed value below the percentile is no evidence of anything.
    Only `random.Random(seed).random()` is used, which stays the same across Python versions; the order of the
    forecasts does not matter. Above CORP_NULL_LIMIT (2,000) forecasts the hits of equal ones are drawn as one binomial
    count; of more than 400 different probabilities neighbours are taken together, at their mean.

    Args:
        probabilities: stated probabilities, each in 0..1.
        counts: how many forecasts stated each of them, 1 each where it is not given.
        draws: how many sets of outcomes are drawn, 1 or more; of many forecasts 200 will do.
        seed: seed of the draws.

    Returns:
        Mean and 95th percentile of each, n, draws and seed; None for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, a count negative or not whole, draws below 1.

    Reference:
        Bröcker and Smith (2007), Increasing the reliability of reliability diagrams, Weather and
        Forecasting 22:651-661 (consistency resampling).

    Example: ten forecasts that are perfectly calibrated look miscalibrated by 0.065 on average.

    >>> chance = corp_null(probabilities=[0.1, 0.3, 0.5, 0.7, 0.9] * 2, draws=200)
    >>> round(chance.mean, 3), round(chance.percentile95, 3)
    (0.065, 0.12)
    """
    rows = sorted(_inputs.counted(probabilities, counts))
    n = sum(count for _, count in rows)
    times = _inputs.count(draws, "draws")
    if times < 1:
        raise ValueError("draws is 0: at least one set of outcomes has to be drawn")
    if not rows:
        return None
    draw = _one_by_one if n <= CORP_NULL_LIMIT else _pooled
    found = list(draw(rows, times, seed))
    common = math.fsum(p * count for p, count in rows) / n
    return CorpNull(
        *_level([one[0] for one in found]),
        discrimination=ByChance(*_level([one[1] for one in draw(rows, times, seed, common)])),
        reliability=ByChance(*_level([one[2] for one in found])),
        n=n,
        draws=times,
        seed=seed,
    )


def _level(found: Sequence[float]) -> tuple[float, float]:
    return math.fsum(found) / len(found), sorted(found)[-(-95 * len(found) // 100) - 1]


Terms = tuple[float, float, float]


def _one_by_one(
    rows: Sequence[tuple[float, int]], draws: int, seed: int, common: float | None = None
) -> Iterator[Terms]:
    """Yield miscalibration, discrimination and reliability of each draw, outcomes drawn one by one.

    A draw is a row of bytes, hit 1 and miss 0; _TIED marks those that state the same as the one before.
    """
    from random import Random

    random = Random(seed).random
    stated = [p for p, count in rows for _ in range(count)]
    n = len(stated)
    chances = stated if common is None else [common] * n
    tied = int.from_bytes(bytes([0, *(_TIED * (p == q) for p, q in pairwise(stated))]))
    sizes = [len(list(same)) for _, same in groupby(stated)]
    spans = list(pairwise(accumulate(sizes, initial=0)))
    squares = math.fsum(p * p for p in stated)
    for _ in range(draws):
        row = bytes([random() < p for p in chances])
        linear, hits = math.fsum(compress(stated, row)), row.count(1)
        binned = float(hits)  # sum k^2/n over stated probabilities; 1 for each hit where none is stated twice
        if tied:
            binned = sum([row.count(1, start, stop) ** 2 / (stop - start) for start, stop in spans])
            row = _hits_first((int.from_bytes(row) | tied).to_bytes(n))
        pooled = _pooled_squares(row)
        own = squares - 2 * linear
        yield (own + pooled) / n, max(0.0, pooled / n - (hits / n) ** 2), max(0.0, (own + binned) / n)


def _hits_first(row: bytes) -> bytes:
    """Put hits before misses within each tie: pooling violators then pools ties too."""
    ordered = bytearray(row)
    for tie in _OUT_OF_ORDER.finditer(row):
        start, stop = tie.span()
        hits = row.count(1, start, stop) + row.count(1 | _TIED, start, stop)
        ordered[start : start + hits] = b"\1" * hits
        ordered[start + hits : stop] = b"\0" * (stop - start - hits)
    return bytes(ordered)


def _pooled_squares(row: bytes) -> float:
    """Return sum K^2/N over the blocks of the isotonic fit: the inner loop of the draws, kept bare.

    Each run of hits with the misses after it is one violation; misses at the start add 0 and hits at the
    end are a block of rate 1: neither ever pools.
    """
    block_hits, block_sizes = [-1], [1]  # a sentinel that nothing pools with
    for ones, zeros in _VIOLATION.findall(row):
        k = len(ones)
        n = k + len(zeros)
        while block_hits[-1] * n >= k * block_sizes[-1]:
            k += block_hits.pop()
            n += block_sizes.pop()
        block_hits.append(k)
        block_sizes.append(n)
    at_the_end = len(row) - len(row.rstrip(b"\1\3"))
    return sum([k * k / n for k, n in zip(block_hits, block_sizes, strict=True)]) - 1 + at_the_end


# --- many forecasts -------------------------------------------------------------------------------------------


def _pooled(rows: Sequence[tuple[float, int]], draws: int, seed: int, common: float | None = None) -> Iterator[Terms]:
    """Yield the terms of each draw, the hits of equal probabilities drawn as one count."""
    from random import Random

    random = Random(seed).random
    together: Counter[float] = Counter()
    for p, count in rows:
        together[p] += count
    groups = _neighbours(sorted(together.items()))
    n = sum(size for _, size in groups)
    drawers = [_counts(size, p if common is None else common) for p, size in groups]
    for _ in range(draws):
        hits = [draw(random()) for draw in drawers]
        overall = math.fsum(hits) / n
        blocks = _blocks(hits, [size for _, size in groups])
        pooled = math.fsum(k * k / size for k, size in blocks)
        own = math.fsum(size * p * p - 2 * k * p for (p, size), k in zip(groups, hits, strict=True))
        binned = math.fsum(k * k / size for (_, size), k in zip(groups, hits, strict=True))
        yield max(0.0, (own + pooled) / n), max(0.0, pooled / n - overall**2), max(0.0, (own + binned) / n)


def _neighbours(rows: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """Take neighbouring probabilities together until there are few enough, at their mean."""
    if len(rows) <= _MOST_GROUPS:
        return list(rows)
    share = sum(count for _, count in rows) / _MOST_GROUPS
    groups: list[tuple[float, int]] = []
    weight, size, passed = 0.0, 0, 0
    for p, count in rows:
        weight, size, passed = weight + p * count, size + count, passed + count
        if passed >= share * (len(groups) + 1):
            groups.append((weight / size, size))
            weight, size = 0.0, 0
    return [*groups, (weight / size, size)] if size else groups


def _counts(n: int, p: float) -> Callable[[float], float]:
    """Return what makes a Binomial(n, p) count of a uniform number: by its distribution, or as a normal one."""
    deviation = math.sqrt(n * p * (1 - p))
    if deviation > _NORMAL_FROM:
        from statistics import NormalDist

        inverse = NormalDist(n * p, deviation).inv_cdf
        return lambda u: min(float(n), max(0.0, float(round(inverse(max(u, 1e-300))))))
    if p in (0, 1):
        return lambda u: n * p
    first = max(0, int(n * p - 9 * deviation - 20))
    last = min(n, int(n * p + 9 * deviation + 20))
    weights = binomial_weights(n, p, first, last)
    whole = math.fsum(weights)
    below = [part / whole for part in accumulate(weights)]
    return lambda u: float(min(last, first + bisect_left(below, u)))


def _blocks(hits: Sequence[float], sizes: Sequence[int]) -> list[tuple[float, int]]:
    """Pool adjacent violators: (hits, size) of each block."""
    blocks: list[tuple[float, int]] = []
    for k, size in zip(hits, sizes, strict=True):
        good, n = k, size
        while blocks and blocks[-1][0] * n >= good * blocks[-1][1]:
            its, its_n = blocks.pop()
            good, n = good + its, n + its_n
        blocks.append((good, n))
    return blocks
