"""Ranges and quantities: where the value fell, how much of the promise was delivered, interval scores."""

from __future__ import annotations

import math
from typing import Literal

from ledger.scoring import _inputs

Verdict = Literal["below", "inside", "above"]


def _range_of(low: float, high: float, value: float) -> tuple[float, float, float]:
    """Return the three as finite floats; ValueError also if the range is upside down."""
    bounds = _inputs.finite(low, "low"), _inputs.finite(high, "high"), _inputs.finite(value, "value")
    if low > high:
        raise ValueError(f"low is {low}, above high, which is {high}")
    return bounds


def range_verdict(*, low: float, high: float, value: float) -> Verdict:
    """Where the observed value fell against a stated range; both ends belong to it.

    Formula: "below" if value < low, "above" if value > high, else "inside".
    Range: one of these three words.

    Raises:
        ValueError: a number that is NaN or infinite, or low above high.

    Reference:
        elementary.

    >>> range_verdict(low=50_000, high=100_000, value=1_000)
    'below'
    >>> range_verdict(low=50_000, high=100_000, value=50_000)
    'inside'
    """
    lower, upper, observed = _range_of(low, high, value)
    if observed < lower:
        return "below"
    return "above" if observed > upper else "inside"


def share_delivered(*, low: float | None = None, high: float | None = None, value: float) -> float | None:
    """How much of what was promised came, as a share of the end that was missed.

    Formula: value / low if below, value / high if above, 1 if inside. With `high` alone ("at most") staying below is
    what was promised: high / value if above, 1 if not.
    Units and range: none; under 1 fell short; over 1 exceeded a range. Not a score: nothing is gained by a wide
    range being missed narrowly.

    Args:
        low: lower end, or "at least"; None for a number with no lower end.
        high: upper end, or "at most"; None for a number with no upper end.
        value: what was observed.

    Returns:
        The share; None where the end that was missed is not positive, for a ratio then has no meaning.

    Raises:
        ValueError: a number that is NaN or infinite, low above high, or neither end given.

    Reference:
        elementary.

    >>> share_delivered(low=50_000, high=100_000, value=1_000)
    0.02
    >>> share_delivered(low=50_000, high=100_000, value=150_000), share_delivered(high=10_000, value=40_000)
    (1.5, 0.25)
    """
    observed = _inputs.finite(value, "value")
    if low is None and high is None:
        raise ValueError("low and high are both missing: one end is needed")
    if low is not None and high is not None:
        _range_of(low, high, value)
    if low is not None and observed < _inputs.finite(low, "low"):
        return observed / low if low > 0 else None
    if high is None or observed <= _inputs.finite(high, "high"):
        return 1.0
    if low is None:
        return high / observed if high > 0 else None
    return observed / high if high > 0 else None


def log_ratio(*, low: float, high: float, value: float) -> float | None:
    """How far the value lies from the middle of the range, as a factor, in natural logarithm.

    Formula: ln(value / sqrt(low * high)): the middle is the geometric one; of a single number both ends are it.
    Units and range: nats; 0 in the middle, ln 2 = 0.69 for twice as much, -0.69 for half of it.

    Returns:
        The ratio; None unless low, high and value are all above 0.

    Raises:
        ValueError: a number that is NaN or infinite, or low above high.

    Reference:
        Törnqvist, Vartia and Vartia (1985), How should relative changes be measured?,
        The American Statistician 39:43-46.

    >>> round(log_ratio(low=50_000, high=100_000, value=1_000), 2)
    -4.26
    """
    lower, upper, observed = _range_of(low, high, value)
    if lower <= 0 or observed <= 0:
        return None
    return math.log(observed) - (math.log(lower) + math.log(upper)) / 2


def interval_score(*, low: float, high: float, value: float, level: float, log: bool = False) -> float:
    """Winkler's score of a range that was stated with a level: its width plus a fine for missing.

    Formula: (u - l) + (2/a) max(l - x, 0) + (2/a) max(x - u, 0), with a = 1 - level.
    Units and range: those of the value, 0 or more, less is better. With `log` all three are taken in
    natural logarithm first, which makes it a relative error without units: for counts and money. If one
    of the three is 0, ln(x + 1) is used for all three, and `log_scale` says so.
    Without a level there is no interval score: the same range is worth 295,000 at 60% and 1,030,000 at 90%.

    Args:
        low: lower end of the range.
        high: upper end of the range, not below low.
        value: what was observed.
        level: how sure the speaker was of the range, strictly between 0 and 1; 0.8 for "80%".
        log: score on the logarithmic scale.

    Returns:
        The score.

    Raises:
        ValueError: a number that is NaN or infinite, low above high, a level outside (0, 1), or with
            `log` a negative number.

    Reference:
        Winkler (1972), A decision-theoretic approach to interval estimation, JASA 67:187-191; Gneiting
        and Raftery (2007), JASA 102:359-378, eq. 43; logarithmic scale: Bosse et al. (2023), Scoring
        epidemiological forecasts on transformed scales, PLOS Computational Biology 19:e1011393.

    >>> round(interval_score(low=90, high=110, value=80, level=0.9), 6)
    220.0
    >>> round(interval_score(low=50_000, high=100_000, value=1_000, level=0.8, log=True), 4)
    39.8134
    """
    lower, upper, observed = _range_of(low, high, value)
    alpha = 1 - _inputs.level_of(level)
    if log:
        scale = math.log if log_scale(low=low, high=high, value=value) == "ln(x)" else math.log1p
        lower, upper, observed = scale(lower), scale(upper), scale(observed)
    return upper - lower + 2 / alpha * (max(lower - observed, 0.0) + max(observed - upper, 0.0))


def log_scale(*, low: float, high: float, value: float) -> Literal["ln(x)", "ln(x + 1)"]:
    """Which logarithm `interval_score(log=True)` takes of these numbers: say it beside the score.

    Formula: "ln(x)" if all three are above 0; "ln(x + 1)" if one of them is 0.
    Range: one of these two names.

    Raises:
        ValueError: a number that is NaN, infinite or negative, or low above high.

    Reference:
        Bosse et al. (2023), as for `interval_score`.

    >>> log_scale(low=50_000, high=100_000, value=0)
    'ln(x + 1)'
    """
    least = min(_range_of(low, high, value))
    if least < 0:
        raise ValueError(f"{least} has no logarithm: the logarithmic scale is for counts and money")
    return "ln(x)" if least > 0 else "ln(x + 1)"
