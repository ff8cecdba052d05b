"""Many forecasters on the same questions: peer and relative scores, crowds, intervals over questions, comparing two."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.scoring import _inputs
from ledger.scoring._beta import beta_quantile

CROWDS = ("median", "mean", "odds")
_NEGLIGIBLE = 1e-24  # a variance below it is rounding: such values are all alike
_BETS = (0.02, 0.05, 0.1, 0.2, 0.35)  # fixed stakes below 1/2, mixed evenly; named here so that nobody chooses them


class Moments(NamedTuple):
    """How many values there were, their mean, and their variance with n - 1; None where undefined."""

    n: int
    mean: float | None
    variance: float | None


class MeanInterval(NamedTuple):
    """The ends of an interval of a mean."""

    level: float
    low: float
    high: float


class Middle(NamedTuple):
    """The sorted probabilities about the middle: of an even number the two, of an odd one those on both sides."""

    low: float
    mid: float
    high: float
    even: bool


def moments(values: Sequence[float]) -> Moments:
    """Count, mean and sample variance of values, each summed without loss.

    >>> moments([0.1, 0.3])
    Moments(n=2, mean=0.2, variance=0.019999999999999997)
    """
    n = len(values)
    if not n:
        return Moments(0, None, None)
    mean = math.fsum(values) / n
    return Moments(n, mean, math.fsum((value - mean) ** 2 for value in values) / (n - 1) if n > 1 else None)


def mean_interval(
    *, found: Moments, level: float = 0.95, least: float = -math.inf, most: float = math.inf
) -> MeanInterval | None:
    """Interval of a forecaster's mean score over questions: each question one draw, however often it was forecast.

    Formula: mean -+ t s / sqrt(n), t Student's quantile with n - 1 degrees of freedom, cut at `least` and `most`.
    None below two questions, and where all values are equal: no spread is no knowledge.

    Raises:
        ValueError: a level outside (0, 1).

    Reference:
        Student (1908), The probable error of a mean, Biometrika 6:1-25; with one value a question this is the
        cluster-robust interval, clusters being questions.

    >>> ends = mean_interval(found=moments([0.04, 0.09, 0.16, 0.25]))
    >>> round(ends.low, 6), round(ends.high, 6)
    (-0.009967, 0.279967)
    """
    checked = _inputs.level_of(level)
    if found.n < 2 or found.mean is None or found.variance is None or found.variance < _NEGLIGIBLE:
        return None
    half = student_quantile(found.n - 1, checked) * math.sqrt(found.variance / found.n)
    return MeanInterval(checked, max(least, found.mean - half), min(most, found.mean + half))


@lru_cache(maxsize=4096)
def student_quantile(freedom: int, level: float) -> float:
    """Return Student's two-sided quantile.

    >>> round(student_quantile(1, 0.95), 4), round(student_quantile(30, 0.95), 4)
    (12.7062, 2.0423)
    """
    # The upper tail in the small variable: 1 - x would lose the digits that large degrees of freedom need.
    small = beta_quantile(1 - level, freedom / 2, 0.5)
    return math.sqrt(freedom * (1 - small) / small)


# --- one question, many forecasters ---------------------------------------------------------------------------


def peer_scores(*, probabilities: Sequence[float], outcome: float) -> list[float | None]:
    """Metaculus' peer score of each forecaster of one question: surprise saved against the others, in hundredths.

    Formula: 100 (ln P_i - mean over the others of ln P_j), P the probability given to what happened; the mean of
    logarithms is the logarithm of the geometric mean. Units and range: hundredths of a nat, unbounded, 0 is like
    the others. One who called the outcome impossible has no peer score and stands in nobody's mean; alone there
    is none.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1.

    Reference:
        Metaculus, Scores FAQ (peer score); reference values in the tests.

    >>> [round(score, 1) for score in peer_scores(probabilities=[0.9, 0.6, 0.6], outcome=1)]
    [40.5, -20.3, -20.3]
    """
    stated, y = _inputs.probabilities(probabilities), _inputs.outcome(outcome, "outcome")
    logs = [log_likelihood(p, y) for p in stated]
    finite = [value for value in logs if value is not None]
    total, n = math.fsum(finite), len(finite)
    return [None if value is None or n < 2 else 100 * (value - (total - value) / (n - 1)) for value in logs]


def log_likelihood(p: float, outcome: int) -> float | None:
    """Return ln of the probability given to what happened; None where that was 0."""
    given = p if outcome else 1 - p
    return math.log(given) if given > 0 else None


def relative_briers(*, probabilities: Sequence[float], outcome: float) -> list[float | None]:
    """Brier score of each forecaster of one question minus the median of the others' scores; negative is better.

    Formula: (p_i - y)^2 - median over j != i of (p_j - y)^2. Range: -1..1; None for one who is alone.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1.

    Reference:
        Good Judgment Open's accuracy score, which takes the median of all.

    >>> [round(score, 2) for score in relative_briers(probabilities=[0.9, 0.6, 0.5], outcome=1)]
    [-0.2, 0.03, 0.16]
    """
    stated, y = _inputs.probabilities(probabilities), _inputs.outcome(outcome, "outcome")
    middle = middle_of(sorted(stated))
    if middle is None or len(stated) < 2:
        return [None] * len(stated)
    return [(p - y) ** 2 - others_median(p, y, middle) for p in stated]


def middle_of(ordered: Sequence[float]) -> Middle | None:
    """What of sorted probabilities a median, and that of all but one, is made of; None of none."""
    n = len(ordered)
    if n == 0:
        return None
    if n % 2 == 0:
        return Middle(ordered[n // 2 - 1], ordered[n // 2 - 1], ordered[n // 2], True)
    k = n // 2
    return Middle(ordered[max(k - 1, 0)], ordered[k], ordered[min(k + 1, n - 1)], False)


def median_brier(outcome: int, middle: Middle) -> float:
    """Return the median of all Brier scores of one question: the score is monotone in p, so p decides the order."""
    first, second = (middle.low, middle.high) if middle.even else (middle.mid, middle.mid)
    return ((first - outcome) ** 2 + (second - outcome) ** 2) / 2


def others_median(p: float, outcome: int, middle: Middle) -> float:
    """Return the median of the Brier scores of all but one forecaster who said `p`."""
    if middle.even:
        first = second = middle.high if p <= middle.low else middle.low
    elif p == middle.mid:
        first, second = middle.low, middle.high
    else:
        first, second = (middle.mid, middle.high) if p < middle.mid else (middle.low, middle.mid)
    return ((first - outcome) ** 2 + (second - outcome) ** 2) / 2


def crowd(*, probabilities: Sequence[float]) -> dict[str, float | None]:
    """What a crowd says by three rules: median, mean, geometric mean of odds.

    A certain probability decides the geometric mean; it is None where both 0 and 1 were said, and everything is
    None for nobody.

    Raises:
        ValueError: a probability outside 0..1 or NaN.

    Reference:
        Satopää et al. (2014), Combining multiple probability predictions using a simple logit model,
        International Journal of Forecasting 30:344-356 (odds).

    >>> {name: round(value, 3) for name, value in crowd(probabilities=[0.5, 0.8, 0.9]).items()}
    {'median': 0.8, 'mean': 0.733, 'odds': 0.768}
    """
    stated = sorted(_inputs.probabilities(probabilities))
    middle = middle_of(stated)
    if middle is None:
        return dict.fromkeys(CROWDS)
    median = (middle.low + middle.high) / 2 if middle.even else middle.mid
    return {"median": median, "mean": math.fsum(stated) / len(stated), "odds": _mean_odds(stated)}


def _mean_odds(stated: Sequence[float]) -> float | None:
    never, always = sum(p == 0 for p in stated), sum(1 - p == 0 for p in stated)
    if never or always:
        return None if never and always else float(bool(always))
    logit = math.fsum(math.log(p) - math.log(1 - p) for p in stated) / len(stated)
    return 1 / (1 + math.exp(-logit))


# --- two forecasters ------------------------------------------------------------------------------------------


def e_value(*, differences: Sequence[float]) -> float:
    """Evidence that the differences, each known to lie in -1..1, have a mean above 0; readable after every question.

    Formula: mean over fixed stakes l of exp(l sum d_i - psi(l) sum (d_i - g_i)^2), psi(l) = (-ln(1 - 2l) - 2l) / 4,
    g_i the mean of the d before i (0 at first): an e-process for "on average no better so far", so that at any
    time it exceeds a with probability at most 1/a if that is true. The largest value so far is returned.
    Order matters: questions in the order in which they were decided.

    Raises:
        ValueError: a difference outside -1..1 or NaN.

    Reference:
        Choe and Ramdas (2023), Comparing sequential forecasters, Operations Research (empirical Bernstein
        e-processes); Howard et al. (2021), Annals of Statistics 49:1055-1080.

    >>> round(e_value(differences=[0.3] * 30), 1)
    6.9
    >>> e_value(differences=[])
    1.0
    """
    total = spread = 0.0
    largest = 1.0
    for index, difference in enumerate(differences):
        if not -1 <= difference <= 1:
            raise ValueError(f"differences[{index}] is {difference}: it lies in -1..1")
        expected = total / index if index else 0.0
        total += difference
        spread += (difference - expected) ** 2
        powers = [stake * total - _PSI[stake] * spread for stake in _BETS]
        largest = max(largest, math.fsum(math.exp(min(power, 700.0)) for power in powers) / len(_BETS))
    return largest


_PSI = {stake: (-math.log1p(-2 * stake) - 2 * stake) / 4 for stake in _BETS}
