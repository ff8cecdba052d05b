"""CORP: miscalibration, discrimination and uncertainty by isotonic regression, and their chance level."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import Literal

from ledger.scoring import _inputs
from ledger.scoring.probability import brier_score, log_score, surprise

CORP_NULL_LIMIT = 2_000
"""Most forecasts that `corp_null` takes: 1,000 draws of them stay within a second."""

CORP_MINIMUM = 30
"""Fewer forecasts than this say next to nothing by CORP: even perfect calibration looks miscalibrated."""

# Bytes of a drawn row: see _drawn.
_TIED = 2
_VIOLATION = re.compile(rb"([\x01\x03]+)([\x00\x02]+)")
_OUT_OF_ORDER = re.compile(rb"(?:\x00\x02*|\x01\x03*\x02+)\x03[\x02\x03]*")


@dataclass(frozen=True, slots=True)
class Corp:
    """score = miscalibration - discrimination + uncertainty; `recalibrated` goes with `probabilities`."""

    score: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    probabilities: tuple[float, ...]
    recalibrated: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CorpNull:
    """Miscalibration of forecasts that are perfectly calibrated, over `draws` seeded draws of outcomes."""

    mean: float
    percentile95: float
    n: int
    draws: int
    seed: int


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
    stated, came_true = _inputs.forecasts(probabilities, outcomes)
    if not stated:
        return None
    pooled = _pool_ties(stated, came_true)
    blocks = _isotonic(pooled)
    own = (brier_score if score == "brier" else log_score)(probabilities=stated, outcomes=came_true)
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


def _pool_ties(stated: list[float], came_true: list[int]) -> _Pooled:
    """Count forecasts and hits of each distinct stated probability."""
    n, hits = dict.fromkeys(sorted(set(stated)), 0), dict.fromkeys(stated, 0)
    for p, y in zip(stated, came_true, strict=True):
        n[p] += 1
        hits[p] += y
    return _Pooled(list(n), list(n.values()), [hits[p] for p in n])


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


def corp_null(*, probabilities: Sequence[float], draws: int = 1000, seed: int = 0) -> CorpNull | None:
    """How much miscalibration CORP would find if every stated probability were right.

    Formula: outcomes y_i ~ Bernoulli(p_i) are drawn `draws` times and MCB (Brier) is computed each time;
    the mean and the 95th percentile (smallest value that at least 95% of the draws do not exceed).
    Units and range: as the Brier score. An observed MCB below the percentile is no evidence of anything.
    Only `random.Random(seed).random()` is used, which stays the same across Python versions; the order
    of the forecasts does not matter.

    Args:
        probabilities: stated probabilities, each in 0..1; at most CORP_NULL_LIMIT (2,000) of them.
        draws: how many sets of outcomes are drawn, 1 or more.
        seed: seed of the draws.

    Returns:
        Mean, 95th percentile, n, draws and seed; None for no forecasts.

    Raises:
        ValueError: a probability outside 0..1 or NaN, more than CORP_NULL_LIMIT of them, draws below 1.

    Reference:
        Bröcker and Smith (2007), Increasing the reliability of reliability diagrams, Weather and
        Forecasting 22:651-661 (consistency resampling).

    Example: ten forecasts that are perfectly calibrated look miscalibrated by 0.065 on average.

    >>> chance = corp_null(probabilities=[0.1, 0.3, 0.5, 0.7, 0.9] * 2, draws=200)
    >>> round(chance.mean, 3), round(chance.percentile95, 3)
    (0.065, 0.12)
    """
    stated = sorted(_inputs.probabilities(probabilities))
    if _inputs.count(draws, "draws") < 1:
        raise ValueError("draws is 0: at least one set of outcomes has to be drawn")
    if len(stated) > CORP_NULL_LIMIT:
        raise ValueError(f"{len(stated)} probabilities: at most {CORP_NULL_LIMIT} can be drawn in good time")
    if not stated:
        return None
    found = sorted(_drawn(stated, draws, seed))
    return CorpNull(
        mean=math.fsum(found) / draws,
        percentile95=found[-(-95 * draws // 100) - 1],
        n=len(stated),
        draws=draws,
        seed=seed,
    )


def _drawn(stated: list[float], draws: int, seed: int) -> list[float]:
    """Return the miscalibration of each draw of outcomes for probabilities in ascending order.

    A draw is a row of bytes, hit 1 and miss 0; _TIED marks those that state the same as the one before.
    """
    from random import Random

    random, n = Random(seed).random, len(stated)
    tied = int.from_bytes(bytes([0, *(_TIED * (p == q) for p, q in pairwise(stated))]))
    squares = math.fsum(p * p for p in stated)
    found = []
    for _ in range(draws):
        row = bytes([random() < p for p in stated])
        linear = math.fsum(compress(stated, row))
        if tied:
            row = _hits_first((int.from_bytes(row) | tied).to_bytes(n))
        found.append((squares - 2 * linear + _pooled_squares(row)) / n)
    return found


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
