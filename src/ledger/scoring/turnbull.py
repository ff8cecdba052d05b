"""Turnbull: the distribution of times that are known to an interval, by nonparametric maximum likelihood."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ledger.scoring import _inputs

# Sides of an end, in the order in which they stand at one time: a closed interval begins before it ends,
# an open one begins after.
_CLOSED, _END, _OPEN = 0, 1, 2
_ROUNDS = 2_000
_TOLERANCE = 1e-9
_NONE = 1e-12  # a mass too small to be one


@dataclass(frozen=True, slots=True)
class Turnbull:
    """Where the probability lies: `mass[i]` somewhere in `low[i]`..`high[i]`, and nowhere else; `n` observations.

    Within one of these innermost intervals the data do not say where. An interval without a finite end
    holds what has not been seen to come.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    mass: tuple[float, ...]
    n: int
    rounds: int

    @property
    def median(self) -> float | None:
        """Time by which at least half has certainly come; None if that is not reached."""
        return self.quantile(0.5)

    def quantile(self, q: float) -> float | None:
        """First time by which a share `q` (0 < q <= 1) has certainly come; None if not reached."""
        if not 0 < q <= 1:
            raise ValueError(f"q is {q}: a share above 0, at most 1")
        come = 0.0
        for end, mass in zip(self.high, self.mass, strict=True):
            come += mass
            if come >= q - _TOLERANCE:
                return end if end < math.inf else None
        return None

    def by(self, time: float) -> tuple[float, float]:
        """Lowest and highest share that has come by a time: they differ inside an innermost interval."""
        if not time >= 0:
            raise ValueError(f"time is {time}: 0 or more")
        ends = list(zip(self.low, self.high, self.mass, strict=True))
        surely = math.fsum(mass for _, high, mass in ends if high <= time)
        return min(1.0, surely), min(1.0, surely + math.fsum(mass for low, high, mass in ends if low < time < high))


def turnbull(*, low: Sequence[float], high: Sequence[float], left_open: bool = False) -> Turnbull:
    """Distribution of times of which each is known to an interval, or only to be later than the last look.

    Formula: the masses p_j >= 0, sum 1, on the innermost intervals that maximise sum ln(sum of p_j inside
    observation i). Found by self-consistency (EM) in turn with the iterative convex minorant, until no mass
    can be moved to any gain (Karush-Kuhn-Tucker within 1e-9).
    Units and range: times as given, 0 or more. Where all observations are points or later than a look, this
    is the estimate of Kaplan and Meier. Assumes that when somebody looks does not hang on what is about to come.

    Args:
        low: earliest possible time; for what has not come, the time of the last look.
        high: latest possible time, math.inf for what has not come; as many. `low` equal to `high` is a point.
        left_open: whether intervals leave out `low` itself, as "after the visit of month 4, by month 5". What
            has not come is always later than its last look.

    Returns:
        low, high, mass, n; .median, .quantile(q), .by(time). No observations give empty tuples.

    Raises:
        ValueError: a time that is negative or NaN, low above high, low infinite, unequal lengths.

    Reference:
        Turnbull (1976), The empirical distribution function with arbitrarily grouped, censored and truncated
        data, Journal of the Royal Statistical Society B 38:290-295; convex minorant: Wellner and Zhan (1997),
        JASA 92:945-959.

    Example: one came by time 2, one between 1 and 3, one has not come by 2.

    >>> found = turnbull(low=[0, 1, 2], high=[2, 3, math.inf])
    >>> list(zip(found.low, found.high, [round(mass, 3) for mass in found.mass]))
    [(1.0, 2.0, 0.5), (2.0, 3.0, 0.5)]
    >>> found.median, turnbull(low=[1, 1], high=[1, math.inf]).by(1)
    (2.0, (0.5, 0.5))
    """
    ends = _checked(low, high)
    return fit(Counter(ends), left_open=left_open)


def fit(weights: Mapping[tuple[float, float], int], *, left_open: bool = False) -> Turnbull:
    """Estimate from checked observations and how often each was made."""
    cells, spans = innermost(list(weights), left_open=left_open)
    weighed: Counter[tuple[int, int]] = Counter()
    for span, weight in zip(spans, weights.values(), strict=True):
        weighed[span] += weight
    mass, taken = maximise(len(cells), weighed)
    kept = [i for i, share in enumerate(mass) if share > _NONE]
    total = math.fsum(mass[i] for i in kept)
    return Turnbull(
        tuple(cells[i][0] for i in kept),
        tuple(cells[i][1] for i in kept),
        tuple(mass[i] / total for i in kept),
        sum(weights.values()),
        taken,
    )


def _checked(low: Sequence[float], high: Sequence[float]) -> list[tuple[float, float]]:
    """Return the pairs as floats; ValueError as documented above."""
    lows, highs = _inputs.numbers(low, "low"), _inputs.numbers(high, "high")
    _inputs.same_length(low=lows, high=highs)
    for i, (a, b) in enumerate(zip(lows, highs, strict=True)):
        if not 0 <= a < math.inf:
            raise ValueError(f"low[{i}] is {a}: a finite time, 0 or more")
        if not b >= a:
            raise ValueError(f"high[{i}] is {b}, not at or after low[{i}], which is {a}")
    return list(zip(lows, highs, strict=True))


Cells = list[tuple[float, float]]
Spans = list[tuple[int, int]]


def innermost(observed: Sequence[tuple[float, float]], *, left_open: bool = False) -> tuple[Cells, Spans]:
    """The intervals that may hold mass, and which of them, first and last, each observation spans.

    They run from a beginning to the very next end, with no other beginning between.
    """
    ends = [((a, _OPEN if b == math.inf or (left_open and a < b) else _CLOSED), (b, _END)) for a, b in observed]
    marks = sorted({end for pair in ends for end in pair})
    found = [(one, other) for one, other in pairwise(marks) if one[1] != _END and other[1] == _END]
    starts, stops = [one for one, _ in found], [other for _, other in found]
    spans = [(bisect_left(starts, first), bisect_right(stops, last) - 1) for first, last in ends]
    return [(one[0], other[0]) for one, other in found], spans


# --- the maximum ----------------------------------------------------------------------------------------------


def maximise(
    m: int,
    spans: Mapping[tuple[int, int], int],
    *,
    start: Sequence[float] | None = None,
    rounds: int = _ROUNDS,
    tolerance: float = _TOLERANCE,
) -> tuple[list[float], int]:
    """Return the masses of m cells that make observations over spans of cells most likely, and the rounds taken."""
    if m == 0:
        return [], 0
    total = sum(spans.values())
    observed = [(first, last + 1, float(weight)) for (first, last), weight in spans.items()]
    mass = list(start) if start is not None else [1 / m] * m
    for taken in range(1, rounds + 1):
        gain = _gain(mass, observed)
        if max(gain) <= total * (1 + tolerance):
            return mass, taken
        mass = [share * more / total for share, more in zip(mass, gain, strict=True)]
        mass = _minorant(mass, observed)
    return mass, rounds


def _gain(mass: Sequence[float], observed: Sequence[tuple[int, int, float]]) -> list[float]:
    """Derivative of the log likelihood by each mass: at the maximum n where there is mass, elsewhere less."""
    come = [0.0, *accumulate(mass)]
    steps = [0.0] * (len(mass) + 1)
    for first, stop, weight in observed:
        pull = weight / (come[stop] - come[first])
        steps[first] += pull
        steps[stop] -= pull
    return list(accumulate(steps[:-1]))


def _minorant(mass: list[float], observed: Sequence[tuple[int, int, float]]) -> list[float]:
    """One step of the iterative convex minorant, halved until it gains; the masses unchanged where none does."""
    m = len(mass)
    come = [0.0, *accumulate(mass)]
    come[m] = 1.0
    slope, bend = [0.0] * (m + 1), [0.0] * (m + 1)
    before = 0.0
    for first, stop, weight in observed:
        share = come[stop] - come[first]
        before += weight * math.log(share)
        pull = weight / share
        slope[stop] += pull
        slope[first] -= pull
        pull /= share
        bend[stop] += pull
        bend[first] += pull
    aims = [come[k] + slope[k] / bend[k] if bend[k] else come[k] for k in range(1, m)]
    wanted = _rising(aims, [bend[k] or 1e-12 for k in range(1, m)])
    step = 1.0
    for _ in range(12):
        moved = [0.0, *(a + step * (b - a) for a, b in zip(come[1:m], wanted, strict=True)), 1.0]
        if _likelihood(moved, observed) > before:
            return [b - a for a, b in pairwise(moved)]
        step /= 2
    return mass


def _likelihood(come: Sequence[float], observed: Sequence[tuple[int, int, float]]) -> float:
    total = 0.0
    for first, stop, weight in observed:
        share = come[stop] - come[first]
        if share <= 0:
            return -math.inf
        total += weight * math.log(share)
    return total


def _rising(aims: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Weighted isotonic regression, kept within 0..1."""
    blocks: list[tuple[float, float, int]] = []
    for aim, weight in zip(aims, weights, strict=True):
        value, heft, size = aim, weight, 1
        while blocks and blocks[-1][0] >= value:
            last, its_heft, its_size = blocks.pop()
            value = (last * its_heft + value * heft) / (its_heft + heft)
            heft += its_heft
            size += its_size
        blocks.append((value, heft, size))
    return [min(1.0, max(0.0, value)) for value, _, size in blocks for _ in range(size)]
