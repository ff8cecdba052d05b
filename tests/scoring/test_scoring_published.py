"""Worked examples that others have printed: a score here means what it means there."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from ledger.scoring import brier_score, interval_score, kaplan_meier, log_score, time_weighted_brier, wilson
from support.scoring_cases import PUBLISHED, cases

EXAMPLES: dict[str, Any] = {example["id"]: example for example in PUBLISHED["examples"]}
NOT_OURS = {
    "metaculus/die_30": "the page's own rounding slip",
    "metaculus/expected_0.7": "printed with two roundings",
    "metaculus/bounds": "clamps probabilities",
    "metaculus/peer3": "scores forecasters against each other",
    "metaculus/unit_geomean": "scores forecasters against each other",
    "fatebook/late_joiner": "scores forecasters against each other",
    "sklearn/brier_multi": "more than two outcomes",
    "sklearn/pinball": "quantile forecasts",
    "sklearn/kappa": "agreement of two judges",
    "scoringrules/rps": "ordered categories",
    "scoringrules/crps_uniform": "full distributions",
    "reliabilitydiag/EMOS": "its data are not at hand",
}


def brier(p: float, y: int) -> float:
    return some(brier_score(probabilities=[p], outcomes=[y]))


def log(p: float, y: int = 1) -> float:
    return some(log_score(probabilities=[p], outcomes=[y]))


def baseline(p: float, y: int = 1) -> float:
    """Metaculus' baseline score: 100 for certainty, 0 for one half."""
    return 100 * (1 - log(p, y) / math.log(2))


def some(value: float | None) -> float:
    assert value is not None
    return value


def extreme() -> list[float]:
    return [-log(0.99), -log(0.999), -log(0.99, 0), -log(0.999, 0)]


def test_metaculus_extreme() -> None:
    printed = EXAMPLES["metaculus/extreme"]["printed"]
    found = extreme()
    assert [round(found[0], 2), round(found[1], 3)] == printed["yes"]
    assert [round(value, 1) for value in found[2:]] == printed["no"]


def die() -> list[float]:
    found = []
    for p in (0.05, 0.17):
        all_rolls = some(log_score(probabilities=[p] * 6, outcomes=[1, 0, 0, 0, 0, 0]))
        found += [-log(p, 0), -log(p), -all_rolls]
    return found


def five_days() -> list[float]:
    days = [0.0, *(baseline(p) for p in (0.4, 0.7, 0.7, 0.8))]
    return [*days, sum(days) / 5]


def expected(p: float) -> Callable[[], list[float]]:
    yes, no = baseline(p), baseline(p, 0)
    return lambda: [yes, no, 0.8 * yes + 0.2 * no]


def unit_baseline() -> list[float]:
    found = [baseline(p) for p in EXAMPLES["metaculus/unit_baseline"]["inputs"]["p"]]
    return [*found, found[0] / 2]


def coverage() -> list[float]:
    def of(day: int, resolved: int | None = None) -> float:
        score = time_weighted_brier(stated=[(day, 0.5)], outcome=1, start=0, end=10, resolved=resolved)
        return some(score.coverage)

    return [of(3), of(5), of(7), of(5, 8), of(0, 5)]


def predictionbook() -> list[float]:
    rows = list(zip([0.9, 0.7, 0.3], [0, 1, 0], strict=True))
    found = [
        some(brier_score(probabilities=[p for p, _ in rows[:n]], outcomes=[y for _, y in rows[:n]])) for n in (1, 2, 3)
    ]
    return [*found, *(1 / math.sqrt(n) for n in (1, 2, 3))]


def changed(first: float, second: float) -> float:
    score = time_weighted_brier(stated=[(0, 0.9), (first, 0.95)], outcome=1, start=0, end=round(first + second, 10))
    return 2 * some(score.live)


def sklearn_brier() -> list[float]:
    one_sided = some(brier_score(probabilities=[0.1, 0.9, 0.8, 0.3], outcomes=[0, 1, 1, 0]))
    return [one_sided, 2 * one_sided]


def intervals() -> list[float]:
    claims = [(10, 20, 12), (15, 25, 14), (21, 30, 32)]
    return [interval_score(low=low, high=high, value=value, level=0.8) for low, high, value in claims]


def aml_medians() -> list[float]:
    arms = [case["inputs"] for case in cases("kaplan_meier") if "aml" in case["id"]]
    return [some(kaplan_meier(durations=arm["time"], events=arm["event"]).median) for arm in arms]


def freireich() -> list[float]:
    fulfilled, censored = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = kaplan_meier(durations=fulfilled + censored, events=[1] * 9 + [0] * 12)
    return list(found.survival)


def newcombe() -> list[float]:
    pairs = [(81, 263), (15, 148), (0, 20), (1, 29)]
    return [end for hits, n in pairs for end in wilson(hits=hits, n=n) or ()]


REPRODUCED: dict[str, Callable[[], list[float]]] = {
    "metaculus/die_5_17": die,
    "metaculus/5days": five_days,
    "metaculus/expected_0.8": expected(0.8),
    "metaculus/expected_0.9": expected(0.9),
    "metaculus/expected_0.99": expected(0.99),
    "metaculus/unit_baseline": unit_baseline,
    "metaculus/unit_coverage": coverage,
    "predictionbook/one": lambda: [brier(0.8, 1), brier(1.0, 1)],
    "predictionbook/three": predictionbook,
    "fatebook/single": lambda: [changed(3, 4)],
    "sklearn/brier": sklearn_brier,
    "sklearn/log_loss": lambda: [some(log_score(probabilities=[0.9, 0.9, 0.8, 0.65], outcomes=[1, 1, 1, 1]))],
    "scoringrules/brier": lambda: [brier(0.271, 0), log(0.481, 0)],
    "scores/interval": intervals,
    "r_survival/aml": aml_medians,
    "freireich/6mp": freireich,
    "newcombe/1998": newcombe,
}


@pytest.mark.parametrize("example", REPRODUCED)
def test_a_printed_example_is_reproduced(example: str) -> None:
    printed = EXAMPLES[example]
    within = 0.5 * 10.0 ** -printed["digits"] + 1e-12
    if example == "scoringrules/brier":
        within = 1e-6  # the second number is printed to seven digits, the file says six
    found = REPRODUCED[example]()
    assert len(found) == len(printed["printed"])
    for value, wanted in zip(found, printed["printed"], strict=True):
        assert abs(value - wanted) <= within


def test_metaculus_truncation() -> None:
    """Scoring only the days until an early resolution pays those who overstate; the full schedule does not."""
    printed = EXAMPLES["metaculus/truncation"]["printed"]

    def weeks(first: float, later: float) -> list[float]:
        def year(y: int) -> float:
            return (baseline(first, y) + 51 * baseline(later, y)) / 52

        return [baseline(first), year(1), year(0)]

    def mean(now: float, later: float, never: float) -> float:
        return 0.2 * now + 0.8 * (0.05 * later + 0.95 * never)

    for kind, first in (("honest", 0.24), ("gaming", 0.99)):
        now, later, never = weeks(first, 0.05)
        assert [round(value) for value in (now, later, never)] == printed[kind]
        assert round(mean(now, later, never)) == printed[f"{kind}_untruncated"]
        assert round(now / 52) == printed[f"{kind}_first_truncated"]
        assert round(mean(now / 52, later, never)) == printed[f"{kind}_truncated"]


def test_the_brier_score_over_the_schedule_cannot_be_gamed_either() -> None:
    def expected_score(first: float, kind: str) -> float:
        def score(outcome: int, resolved: int | None) -> float:
            found = time_weighted_brier(
                stated=[(0, first), (1, 0.05)], outcome=outcome, start=0, end=52, resolved=resolved
            )
            return some(getattr(found, kind))

        return 0.2 * score(1, 1) + 0.8 * (0.05 * score(1, None) + 0.95 * score(0, None))

    assert expected_score(0.99, "live") < expected_score(0.24, "live")
    assert expected_score(0.24, "scheduled") < expected_score(0.99, "scheduled")


def test_fatebook_part_of_a_day() -> None:
    """Squared before averaging: 0.0095, where averaging the probabilities first gives 0.00845."""
    assert round(changed(0.21, 0.49), 6) == 0.0095
    averaged = (0.21 * 0.9 + 0.49 * 0.95) / 0.7
    assert [round(2 * brier(averaged, 1), 5)] == EXAMPLES["fatebook/part_day"]["printed"]


def test_oracle_method() -> None:
    printed = EXAMPLES["oracle/method"]["printed"]
    assert round(brier(0.62, 1), 3) == printed[0]
    assert round(interval_score(low=90, high=110, value=100, level=0.9), 6) == printed[2]
    assert round(interval_score(low=90, high=110, value=80, level=0.9), 6) == printed[3]


def test_every_example_is_reproduced_or_named() -> None:
    by_hand = {"metaculus/extreme", "metaculus/truncation", "fatebook/part_day", "oracle/method"}
    assert {*REPRODUCED, *by_hand} | NOT_OURS.keys() == EXAMPLES.keys()
    assert not ({*REPRODUCED, *by_hand} & NOT_OURS.keys())
