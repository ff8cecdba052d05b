"""How large a share has come by a time, from what is known of each: with a band, whatever is censored."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ledger.scoring import _inputs
from ledger.scoring.rates import score_interval
from ledger.scoring.survival import KaplanMeier, kaplan_meier
from ledger.scoring.turnbull import Turnbull, innermost, maximise, turnbull

_GRID = 100  # times to which the ends of many observations are rounded, outward, for their bands
_MANY = 300
_DRAWS, _FEW_DRAWS = 200, 60
_ALMOST = 1e-9

Times = Sequence[tuple[float, float, float]]
"""Earliest and latest time of each, and the time from which on it was watched."""


@dataclass(frozen=True, slots=True)
class IncidenceAt:
    """The share that has come by a time, its band, and how many independent observations it is worth."""

    time: float
    share: float
    low: float
    high: float
    n_eff: float


@dataclass(frozen=True, slots=True)
class Incidence:
    """Shares by time. `method` is kaplan-meier where all is points or later than a look, else turnbull.

    `band` is for the times at which something came (thinned out where there are many) and those asked for. `last` is
    the longest time that anything was watched for.
    """

    method: str
    curve: KaplanMeier | Turnbull
    band: tuple[IncidenceAt, ...]
    last: float | None

    @property
    def median(self) -> float | None:
        """Time by which half has come; None if that is not reached."""
        return self.curve.median

    @property
    def median_band(self) -> tuple[float | None, float | None]:
        """Times between which the median lies: where the band holds one half; None for an end not reached."""
        first = next((at.time for at in self.band if at.high >= 0.5), None)
        last = next((at.time for at in self.band if at.low >= 0.5), None)
        return first, last

    def by(self, time: float) -> float | None:
        """Share that has surely come by a time; None where nothing has been watched so long."""
        return _share(self.curve, time)


def incidence(
    *,
    low: Sequence[float],
    high: Sequence[float],
    clusters: Sequence[Hashable] | None = None,
    entries: Sequence[float] | None = None,
    at: Sequence[float] = (),
    level: float | None = 0.95,
    seed: int = 0,
) -> Incidence:
    """Share that has come by each time, where times are points, intervals, or later than the last look.

    Formula: F = 1 - S of Kaplan and Meier where all are points or later than a look, else Turnbull's. Band: Wilson's
    interval at the effective number F (1 - F) / V, V by Greenwood's formula where that is Kaplan-Meier's and every
    observation stands alone, else the variance of F over seeded draws of whole clusters (200; 60 of more than 300
    observations, whose ends are then rounded outward to 100 times). Where F is 0 or 1: as many as there are clusters
    of which the answer is known at that time.
    Units and range: times as given, shares 0..1.

    Args:
        low: earliest possible time; for what has not come, the time of the last look.
        high: latest possible time, math.inf for what has not come.
        clusters: a name of each one's cluster; each stands alone where they are not given.
        entries: time at which each came under watch (delayed entry), 0 for from the start, below its own time. Then the
            estimate is Kaplan and Meier's, and what is known to an interval counts at its end.
        at: further times for which a band is wanted.
        level: level of the pointwise band, strictly between 0 and 1; None for no band, which saves the draws.
        seed: seed of the draws.

    Returns:
        method, curve, band, last; .median, .median_band, .by(time).

    Raises:
        ValueError: as for `turnbull`; a level outside (0, 1).

    Reference:
        Turnbull (1976), JRSS B 38:290-295; interval at an effective number: Rothman (1978), Estimation of confidence
        limits for the cumulative probability of survival in life table analysis, Journal of Chronic Diseases
        31:557-560; Dorey and Korn (1987), Statistics in Medicine 6:679-687; bootstrap of clusters: Davison and
        Hinkley (1997), Bootstrap Methods and their Application, section 3.8; delayed entry: Tsai, Jewell and Wang
        (1987), Biometrika 74:883-886.

    >>> found = incidence(low=[0.5, 0.9, 1.4, 1], high=[0.5, 0.9, 1.4, math.inf], at=[1])
    >>> found.method, found.by(1), [(row.time, round(row.low, 2), round(row.high, 2)) for row in found.band]
    ('kaplan-meier', 0.5, [(0.5, 0.05, 0.7), (0.9, 0.15, 0.85), (1.0, 0.15, 0.85), (1.4, 0.44, 1.0)])
    """
    low, high = _inputs.numbers(low, "low"), _inputs.numbers(high, "high")
    if entries is not None:
        low = [a if b == math.inf else b for a, b in zip(low, high, strict=False)]
    curve: KaplanMeier | Turnbull
    if entries is not None or _plain(zip(low, high, strict=False)):
        curve = kaplan_meier(durations=low, events=[end < math.inf for end in high], entries=entries)
    else:
        curve = turnbull(low=low, high=high)
    starts = _inputs.numbers(entries, "entries") if entries is not None else [0.0] * len(low)
    seen = list(zip(low, high, starts, strict=True))
    times, names = _ordered(seen, clusters)
    band = () if level is None else _band(curve, times, names, at, _inputs.level_of(level), seed)
    method = "kaplan-meier" if isinstance(curve, KaplanMeier) else "turnbull"
    return Incidence(method, curve, band, max((b if b < math.inf else a for a, b, _ in times), default=None))


def _ordered(times: Times, clusters: Sequence[Hashable] | None) -> tuple[Times, list[int]]:
    """Observations and the numbers of their clusters in an order that does not hang on the one they came in."""
    names = list(clusters) if clusters is not None else list(range(len(times)))
    _inputs.same_length(low=times, clusters=names)
    of: dict[Hashable, list[tuple[float, float, float]]] = {}
    for time, name in zip(times, names, strict=True):
        of.setdefault(name, []).append(time)
    groups = sorted(sorted(members) for members in of.values())
    return [time for group in groups for time in group], [i for i, group in enumerate(groups) for _ in group]


def _band(
    curve: KaplanMeier | Turnbull,
    times: Times,
    names: Sequence[Hashable],
    at: Sequence[float],
    level: float,
    seed: int,
) -> tuple[IncidenceAt, ...]:
    wanted = sorted({*_thinned(_ends(curve)), *(float(time) for time in at)})
    shares = [(time, share) for time in wanted if (share := _share(curve, time)) is not None]
    worth = _worth(curve, times, names, shares, seed)
    return tuple(
        IncidenceAt(time, share, *score_interval(hits=share * n, n=n, level=level), n)
        for (time, share), n in zip(shares, worth, strict=True)
        if n
    )


def _plain(times: Iterable[tuple[float, float]]) -> bool:
    """Whether all is known to a point, or later than a look."""
    return all(b in (a, math.inf) for a, b in times)


def _ends(curve: KaplanMeier | Turnbull) -> list[float]:
    if isinstance(curve, KaplanMeier):
        return list(curve.times)
    return [end for end in curve.high if end < math.inf]


def _thinned(times: Sequence[float]) -> list[float]:
    step = max(1, -(-len(times) // _GRID))
    return [*times[::step], *times[-1:]]


def _share(curve: KaplanMeier | Turnbull, time: float) -> float | None:
    if isinstance(curve, KaplanMeier):
        left = curve.at(time)
        return None if left is None else 1 - left
    surely, _ = curve.by(time)
    unseen = [begin for begin, end in zip(curve.low, curve.high, strict=True) if end == math.inf]
    return surely if not unseen or time <= unseen[0] else None


# --- how much the share is worth ------------------------------------------------------------------------------


def _worth(
    curve: KaplanMeier | Turnbull,
    times: Times,
    names: Sequence[Hashable],
    shares: Sequence[tuple[float, float]],
    seed: int,
) -> list[float]:
    """Effective number of observations behind the share at each time; 0 where nothing is known."""
    moving = [time for time, share in shares if _ALMOST < share < 1 - _ALMOST]
    alone = len(set(names)) == len(names)
    if isinstance(curve, KaplanMeier) and alone:
        variances = _greenwood(curve, moving)
    else:
        variances = _drawn(times, names, moving, seed) if moving else []
    found, most = [], float(len(times))
    spread = dict(zip(moving, variances, strict=True))
    for time, share in shares:
        variance = spread.get(time)
        if variance is None:
            found.append(float(_decided(times, names, time)))
        else:
            found.append(min(most, max(1.0, share * (1 - share) / variance)) if variance else most)
    return found


def _decided(times: Times, names: Sequence[Hashable], time: float) -> int:
    """Clusters of which some answer is known at a time: come by then, or not come."""
    known = zip(times, names, strict=True)
    return len({name for (a, b, start), name in known if start <= time and (b <= time or a >= time)})


def _greenwood(curve: KaplanMeier, wanted: Sequence[float]) -> list[float]:
    """Variance of the share by Greenwood's formula."""
    found, total, i = [], 0.0, 0
    for time in wanted:
        while i < len(curve.times) and curve.times[i] <= time:
            n, d = curve.at_risk[i], curve.fulfilled[i]
            total += d / (n * (n - d)) if n > d else math.inf
            i += 1
        left = curve.survival[i - 1] if i else 1.0
        found.append(left * left * total)
    return found


def _drawn(times: Times, names: Sequence[Hashable], wanted: Sequence[float], seed: int) -> list[float]:
    """Variance of the share over draws of whole clusters with replacement."""
    from random import Random

    random = Random(seed).random
    numbers = {name: i for i, name in enumerate(dict.fromkeys(names))}
    members = [numbers[name] for name in names]
    count = len(numbers)
    shares_of = _shares(times, members, wanted)
    draws = _DRAWS if len(times) <= _MANY else _FEW_DRAWS
    drawn = []
    for _ in range(draws):
        weights = [0] * count
        for _ in range(count):
            weights[int(count * random())] += 1
        drawn.append(shares_of(weights))
    return [_variance(column) for column in zip(*drawn, strict=True)]


def _variance(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)


def _shares(times: Times, members: Sequence[int], wanted: Sequence[float]) -> Callable[[Sequence[int]], list[float]]:
    """Return what makes shares at the wanted times of weights of the clusters."""
    pairs = [(a, b) for a, b, _ in times]
    if _plain(pairs):
        return _weighted_curve(times, members, wanted)
    cells, spans = innermost(_rounded(pairs, wanted) if len(pairs) > _MANY else pairs)
    start = [1 / len(cells)] * len(cells)
    warm, _ = maximise(len(cells), Counter(spans), rounds=100, tolerance=1e-4)
    start = [0.95 * mass + 0.05 * even for mass, even in zip(warm, start, strict=True)]

    def shares(weights: Sequence[int]) -> list[float]:
        weighed: Counter[tuple[int, int]] = Counter()
        for span, member in zip(spans, members, strict=True):
            if weights[member]:
                weighed[span] += weights[member]
        mass, _ = maximise(len(cells), weighed, start=start, rounds=30, tolerance=1e-3)
        return [math.fsum(m for m, (_, end) in zip(mass, cells, strict=True) if end <= time) for time in wanted]

    return shares


def _weighted_curve(
    times: Times, members: Sequence[int], wanted: Sequence[float]
) -> Callable[[Sequence[int]], list[float]]:
    """Kaplan and Meier of weighted observations: events before looks at one time, entries after both."""
    ordered = sorted((a, b == math.inf, member) for (a, b, _), member in zip(times, members, strict=True))
    entered = sorted((start or -1.0, member) for (_, _, start), member in zip(times, members, strict=True))

    def shares(weights: Sequence[int]) -> list[float]:
        at_risk, left, found, i, k = 0, 1.0, [], 0, 0
        for time in wanted:
            while i < len(ordered) and ordered[i][0] <= time:
                here, unseen, member = ordered[i]
                while k < len(entered) and entered[k][0] < here:
                    at_risk += weights[entered[k][1]]
                    k += 1
                weight = weights[member]
                if weight and not unseen:
                    left *= (at_risk - weight) / at_risk
                at_risk -= weight
                i += 1
            found.append(1 - left)
        return found

    return shares


def _rounded(times: Sequence[tuple[float, float]], wanted: Sequence[float]) -> list[tuple[float, float]]:
    """Round ends outward to few times, among them the wanted ones: what is not come, to a look before."""
    ends = sorted({end for pair in times for end in pair if end < math.inf})
    grid = sorted({0.0, *wanted, *ends[:: max(1, len(ends) // _GRID)], ends[-1]})

    def down(time: float) -> float:
        return time if grid[min(bisect_left(grid, time), len(grid) - 1)] == time else grid[bisect_left(grid, time) - 1]

    return [(down(a), b if b == math.inf else grid[bisect_left(grid, b)]) for a, b in times]
