"""Kaplan-Meier: how long things take when many have not happened yet."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ledger.scoring import _arrays, _inputs

if TYPE_CHECKING:
    from fractions import Fraction

# A product of a million ratios is off by less than this; nearer to a bound than that, integers decide.
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """Share not yet fulfilled, S, after each time at which something was fulfilled.

    `times`, `survival`, `at_risk`, `fulfilled` go together; `n` claims, `last` the longest time observed.
    """

    times: Sequence[float]
    survival: Sequence[float]
    at_risk: Sequence[int]
    fulfilled: Sequence[int]
    n: int
    last: float | None

    @property
    def median(self) -> float | None:
        """First time with S <= 1/2; None if it is not reached."""
        return self.quantile(0.5)

    @property
    def exhausted(self) -> bool:
        """Whether S fell to 0 while others were watched longer: delayed entries came too late to be at risk.

        Then the curve, the median included, says nothing but that there are too few claims early on.
        """
        first = bisect_left(self.survival, 0.0, key=lambda s: -s)
        return self.last is not None and first < len(self.times) and self.times[first] < self.last

    def quantile(self, q: float) -> float | None:
        """First time by which a share `q` (0 < q <= 1) is fulfilled, S <= 1 - q; None if not reached."""
        if not 0 < q <= 1:
            raise ValueError(f"q is {q}: a share above 0, at most 1")
        from fractions import Fraction

        bound = 1 - Fraction(str(q))  # 0.9 means nine tenths, not the float beside it
        limit = float(bound)
        first = bisect_left(self.survival, -limit * (1 + _CLOSE), key=lambda s: -s)
        for i in range(first, len(self.times)):
            if self.survival[i] < limit * (1 - _CLOSE) or self._exactly(i) <= bound:
                return self.times[i]
        return None

    def at(self, time: float) -> float | None:
        """S at a time: the share not fulfilled by then; None where nobody has been observed so long."""
        if not time >= 0:
            raise ValueError(f"time is {time}: 0 or more")
        passed = bisect_right(self.times, time)
        s = self.survival[passed - 1] if passed else 1.0
        return s if self.last is not None and (time <= self.last or s == 0) else None

    def _exactly(self, i: int) -> Fraction:
        """Return S after the i-th time without rounding; equal factors cancel first."""
        from fractions import Fraction

        left = Counter(n - d for n, d in zip(self.at_risk[: i + 1], self.fulfilled, strict=False))
        below = Counter(self.at_risk[: i + 1])
        return Fraction(_product((left - below).elements()), _product((below - left).elements()))


def _product(factors: Iterable[int]) -> int:
    """Multiply whole numbers in pairs of like size: a running product would take quadratic time."""
    values = list(factors)
    while len(values) > 1:
        values = [math.prod(values[i : i + 2]) for i in range(0, len(values), 2)]
    return values[0]


def kaplan_meier(
    *,
    durations: Sequence[float],
    events: Sequence[float],
    entries: Sequence[float] | None = None,
    counts: Sequence[float] | None = None,
) -> KaplanMeier:
    """Distribution of the time until fulfilment, where the unfulfilled count as long as they were watched.

    Formula: S(t) = product over fulfilment times t_i <= t of (n_i - d_i) / n_i, with d_i fulfilled at t_i
    out of n_i at risk just before. The median is the first time with S <= 1/2, decided exactly.
    Units and range: times as given (days, or stretch = time taken / time promised); S from 1 down to 0.
    Assumes that being unfulfilled so far says nothing else about the claim: one that can no longer come
    true stays at risk to the end (duration math.inf), not to the day it died.

    Args:
        durations: time until it was fulfilled, or until now if it was not; 0 or more.
        events: 1 or True where it was fulfilled, else 0 or False (right-censored).
        entries: time at which each came under watch (delayed entry), 0 for from the start; it must be
            below its duration. Claims entered after they were decided have to be left out.
        counts: how many claims each row stands for, 1 each where it is not given.

    Returns:
        times, survival, at_risk, fulfilled; .median, .quantile(q), .at(time), .exhausted. Nothing is
        extrapolated: "not reached" is None. No claims give empty times and a median of None.

    Raises:
        ValueError: a duration or entry that is negative or NaN, a fulfilment at infinity, an event other
            than 0 or 1, an entry not below its duration, unequal lengths.

    Reference:
        Kaplan and Meier (1958), Nonparametric estimation from incomplete observations, JASA 53:457-481;
        delayed entry: Tsai, Jewell and Wang (1987), Biometrika 74:883-886.

    Example: fulfilled after 1, 2 and 4 times the promised time, and two still open at 3.

    >>> slow = kaplan_meier(durations=[1, 2, 3, 3, 4], events=[1, 1, 0, 0, 1])
    >>> slow.times, [round(s, 3) for s in slow.survival], slow.median
    ((1.0, 2.0, 4.0), [0.8, 0.6, 0.0], 4.0)
    >>> kaplan_meier(durations=[1, 2, 3], events=[1, 0, 0]).median is None
    True
    """
    np = _arrays.numpy_for(durations)
    if np is not None:
        return _on_arrays(np, durations, events, entries, counts)
    ends, fulfilled = _checked(_inputs.listed(durations), _inputs.listed(events))
    starts = _entries(None if entries is None else _inputs.listed(entries), ends)
    often = [1] * len(ends) if counts is None else [_inputs.count(n, "counts") for n in _inputs.listed(counts)]
    _inputs.same_length(durations=ends, counts=often)
    deaths: Counter[float] = Counter()
    for t, event, n in zip(ends, fulfilled, often, strict=True):
        deaths[t] += event * n
    times = sorted(t for t, n in deaths.items() if n)
    at_risk = [
        entered - left for entered, left in zip(_before(starts, often, times), _before(ends, often, times), strict=True)
    ]
    survival, s = [], 1.0
    for t, n in zip(times, at_risk, strict=True):
        s *= (n - deaths[t]) / n
        survival.append(s)
    return KaplanMeier(
        times=tuple(times),
        survival=tuple(survival),
        at_risk=tuple(at_risk),
        fulfilled=tuple(deaths[t] for t in times),
        n=sum(often),
        last=max((t for t, n in zip(ends, often, strict=True) if n), default=None),
    )


def _before(values: Sequence[float], often: Sequence[int], times: Sequence[float]) -> list[int]:
    """How many claims have a value below each of the times, which ascend."""
    ordered = sorted(zip(values, often, strict=True))
    counts = [0, *accumulate(n for _, n in ordered)]
    return [counts[bisect_left(ordered, time, key=itemgetter(0))] for time in times]


def _on_arrays(
    np: Any,
    durations: Sequence[float],
    events: Sequence[float],
    entries: Sequence[float] | None,
    counts: Sequence[float] | None,
) -> KaplanMeier:
    """The same over arrays; the columns of the result are arrays of numbers too."""
    ends, came = _arrays.floats(np, durations, "durations"), _arrays.floats(np, events, "events")
    often = None if counts is None else _arrays.floats(np, counts, "counts")
    _inputs.same_length(durations=ends, events=came, counts=ends if often is None else often)
    order = np.argsort(ends)
    ordered, died = ends[order], came[order]
    sound = ordered[0] >= 0 and ordered[-1] < math.inf and _arrays.truths(np, came)  # NaN stands last
    if not (sound and (often is None or _arrays.whole(np, often))):
        _refuse(np, ends, came, often)
    if often is None:
        before, total = None, len(ordered)
    else:
        weights = often[order]
        died = died * weights
        passed = weights.cumsum()
        before, total = passed - weights, passed[-1]
    first = _beginnings(np, ordered)
    deaths = died if first is None else np.add.reduceat(died, first)
    came_then = np.flatnonzero(deaths)
    kept = came_then if first is None else first[came_then]
    times, fulfilled = ordered[kept], deaths[came_then]
    gone = kept if before is None else before[kept]
    at_risk = total - gone
    if entries is not None:
        starts = np.asarray(_entries(_inputs.listed(entries), ends.tolist()))
        by_start = np.argsort(starts)
        entered = np.concatenate(([0.0], np.cumsum(np.ones(len(ends)) if often is None else often[by_start])))
        at_risk = entered[np.searchsorted(starts[by_start], times, side="left")] - gone
    survival = ((at_risk - fulfilled) / at_risk).cumprod()
    held = ordered if often is None or weights[-1] else ends[often > 0]
    return KaplanMeier(
        times=array("d", times.tobytes()),
        survival=array("d", survival.tobytes()),
        at_risk=array("q", at_risk.astype(np.int64).tobytes()),
        fulfilled=array("q", fulfilled.astype(np.int64).tobytes()),
        n=int(total),
        last=None if not len(held) else float(held[-1] if held is ordered else held.max()),
    )


def _beginnings(np: Any, ordered: Any) -> Any:
    """Where each value begins in an array that ascends; None where all differ."""
    new = ordered[1:] != ordered[:-1]
    return None if new.all() else np.concatenate(([0], np.flatnonzero(new) + 1))


def _refuse(np: Any, ends: Any, came: Any, often: Any) -> None:
    """ValueError as documented above, where any is wrong: a duration may be infinite where nothing came."""
    wrong = ~(ends >= 0) | ((came != 0) & (came != 1)) | ((came == 1) & np.isinf(ends))
    if often is not None:
        wrong |= ~((often >= 0) & (often == np.floor(often)) & np.isfinite(often))
    if wrong.any():
        at = int(np.argmax(wrong))
        if often is not None:
            _inputs.count(float(often[at]), f"counts[{at}]")
        _checked([float(ends[at])], [float(came[at])], first=at)


def _checked(durations: Sequence[float], events: Sequence[float], first: int = 0) -> tuple[list[float], list[int]]:
    """Return durations and events; ValueError as documented above, places counted from the first one."""
    _inputs.same_length(durations=durations, events=events)
    fulfilled = [_inputs.outcome(event, f"events[{i}]") for i, event in enumerate(events, first)]
    for i, (duration, event) in enumerate(zip(durations, fulfilled, strict=True), first):
        if not _inputs.number(duration, f"durations[{i}]") >= 0 or (event and duration == math.inf):
            finite = ", and finite where it was fulfilled" if event else ""
            raise ValueError(f"durations[{i}] is {duration}: a time is 0 or more{finite}")
    return [float(duration) for duration in durations], fulfilled


def _entries(entries: Sequence[float] | None, ends: list[float]) -> list[float]:
    """Return the entry times, those from the start as -inf so that they are at risk at time 0 too."""
    if entries is None:
        return [-math.inf] * len(ends)
    _inputs.same_length(durations=ends, entries=entries)
    for i, (entry, end) in enumerate(zip(entries, ends, strict=True)):
        if not 0 <= entry < math.inf:
            raise ValueError(f"entries[{i}] is {entry}: a finite time, 0 or more")
        if entry and entry >= end:
            raise ValueError(f"entries[{i}] is {entry}, not before durations[{i}], which is {end}: leave it out")
    return [float(entry) if entry else -math.inf for entry in entries]
