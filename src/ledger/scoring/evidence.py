"""Evidence that may be read at any time: bets against the stated probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.scoring import _inputs

ALARM = 20.0
"""An e-value from which on calibration is doubted: reached by at most 1 in 20 calibrated speakers, ever."""

ALTERNATIVES = {
    "half as likely": (1.0, -math.log(2)),
    "twice as likely": (1.0, math.log(2)),
    "half as sure": (0.5, 0.0),
    "twice as sure": (2.0, 0.0),
}
"""What is bet on: the stated log odds times the first number plus the second. Fixed before any outcome is seen."""


@dataclass(frozen=True, slots=True)
class EvidencePath:
    """The e-value after each claim, its highest so far, and from which claim on it has reached the alarm.

    `by_alternative` is what each bet alone has come to; `values` is their mean.
    """

    values: tuple[float, ...]
    highest: float
    alarm_at: int | None
    by_alternative: dict[str, float]

    @property
    def last(self) -> float:
        """The e-value after all claims; 1 before the first."""
        return self.values[-1] if self.values else 1.0


def evidence(*, probabilities: Sequence[float], outcomes: Sequence[float]) -> EvidencePath:
    """Money made by betting against the stated probabilities, one claim after another, starting from 1.

    Formula: E_t = mean over the alternatives a of the product over i <= t of q_i / p_i where it came true and
    (1 - q_i) / (1 - p_i) where not, with logit q = slope logit p + shift of the alternative: odds halved, odds
    doubled, log odds halved, log odds doubled. If every p is right given what was known before, E is a fair game:
    the chance that it ever reaches 20 is at most 1/20 (Ville's inequality), however often one looks and whenever one
    stops. Units and range: 0 to infinity, infinite after an outcome that was called impossible.
    Assumes claims in the order in which they were decided, independent of each other: one of each series.

    Args:
        probabilities: stated probabilities in the order of their deadlines, each in 0..1.
        outcomes: 1 or True where it came true, else 0 or False; as many.

    Returns:
        values, highest, alarm_at (number of the claim, from 1, None for never), by_alternative; .last.

    Raises:
        ValueError: a probability outside 0..1 or NaN, an outcome other than 0 or 1, unequal lengths.

    Reference:
        Ville (1939), Étude critique de la notion de collectif; Vovk and Wang (2021), E-values: calibration,
        combination and applications, Annals of Statistics 49:1736-1754; Ramdas, Grünwald, Vovk and Shafer (2023),
        Game-theoretic statistics and safe anytime-valid inference, Statistical Science 38:576-601.

    Example: "90%" said six times, and it comes true twice.

    >>> found = evidence(probabilities=[0.9] * 6, outcomes=[1, 0, 0, 1, 0, 0])
    >>> [round(value, 2) for value in found.values], found.alarm_at
    ([0.97, 1.11, 2.13, 1.85, 4.0, 9.06], None)
    """
    stated, came_true = _inputs.forecasts(probabilities, outcomes)
    logs = [0.0] * len(ALTERNATIVES)
    values: list[float] = []
    for p, y in zip(stated, came_true, strict=True):
        logs = [log + _won(p, y, *bet) for log, bet in zip(logs, ALTERNATIVES.values(), strict=True)]
        values.append(math.fsum(map(_exp, logs)) / len(logs))
    highest = max(values, default=1.0)
    return EvidencePath(
        values=tuple(values),
        highest=max(1.0, highest),
        alarm_at=next((i for i, value in enumerate(values, 1) if value >= ALARM), None),
        by_alternative=dict(zip(ALTERNATIVES, map(_exp, logs), strict=True)),
    )


def _won(p: float, y: int, slope: float, shift: float) -> float:
    """Log of what one bet returns."""
    if p in (0, 1):
        return 0.0 if p == y else math.inf
    q = 1 / (1 + math.exp(-(slope * math.log(p / (1 - p)) + shift)))
    return math.log(q / p) if y else math.log((1 - q) / (1 - p))


def _exp(log: float) -> float:
    return math.exp(log) if log < 709 else math.inf
