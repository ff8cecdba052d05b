"""Brier, log score, skill: edges, errors, and what must hold for any forecasts."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import brier_score, brier_skill, certain_misses, corp, log_score, murphy
from support.scoring_cases import forecast, forecasts, probability, split, steady

PAIRED: list[Any] = [brier_score, log_score, certain_misses, brier_skill, murphy, corp]
Rows = list[tuple[float, bool]]


def paired(score: Any) -> str:
    return str(score.__name__)


@pytest.mark.parametrize("score", PAIRED, ids=paired)
@pytest.mark.parametrize("wrong", [-0.1, 1.1, 80, math.nan, math.inf, -math.inf])
def test_a_probability_outside_0_to_1_is_refused_by_place(score: Any, wrong: float) -> None:
    with pytest.raises(ValueError, match=r"^probabilities\[1\] is .*: a probability lies in 0\.\.1$"):
        score(probabilities=[0.5, wrong], outcomes=[1, 0])


@pytest.mark.parametrize("score", PAIRED, ids=paired)
@pytest.mark.parametrize("wrong", [2, -1, 0.5, math.nan, None, "hit"])
def test_an_outcome_other_than_0_or_1_is_refused_by_place(score: Any, wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"^outcomes\[0\] is .*: an outcome is 0 or 1, False or True$"):
        score(probabilities=[0.5, 0.5], outcomes=[wrong, 0])


@pytest.mark.parametrize("score", PAIRED, ids=paired)
def test_unequal_lengths_are_refused(score: Any) -> None:
    with pytest.raises(ValueError, match=r"^3 probabilities but 2 outcomes: they belong together one by one$"):
        score(probabilities=[0.1, 0.2, 0.3], outcomes=[1, 0])


@pytest.mark.parametrize("score", PAIRED, ids=paired)
def test_arguments_are_keyword_only(score: Any) -> None:
    with pytest.raises(TypeError):
        score([0.5], [1])


@pytest.mark.parametrize("score", [brier_score, log_score, brier_skill, murphy, corp], ids=paired)
def test_no_forecasts_is_undefined_not_zero(score: Any) -> None:
    assert score(probabilities=[], outcomes=[]) is None


def test_no_forecasts_have_no_certain_misses() -> None:
    assert certain_misses(probabilities=[], outcomes=[]) == 0


@pytest.mark.parametrize(
    ("p", "y", "brier", "log"),
    [
        (1.0, 1, 0.0, 0.0),
        (0.0, 0, 0.0, 0.0),
        (1.0, 0, 1.0, math.inf),
        (0.0, 1, 1.0, math.inf),
        (0.5, 1, 0.25, math.log(2)),
        (0.5, 0, 0.25, math.log(2)),
        (0.25, 1, 0.5625, math.log(4)),
    ],
)
def test_one_forecast(p: float, y: int, brier: float, log: float) -> None:
    assert brier_score(probabilities=[p], outcomes=[y]) == brier
    assert log_score(probabilities=[p], outcomes=[y]) == log


def test_a_perfect_log_score_is_not_minus_zero() -> None:
    found = log_score(probabilities=[1.0, 0.0], outcomes=[1, 0])
    assert found is not None
    assert math.copysign(1, found) == 1


def test_the_log_score_is_not_clipped() -> None:
    smallest = 5e-324
    found = log_score(probabilities=[smallest], outcomes=[1])
    assert found == pytest.approx(744.44, abs=0.01)
    assert log_score(probabilities=[0.9] * 999 + [1.0], outcomes=[1] * 999 + [0]) == math.inf


def test_the_log_score_keeps_digits_near_certainty() -> None:
    """ln(1 - p) of a tiny p loses everything if 1 - p is formed first."""
    assert log_score(probabilities=[1e-20], outcomes=[0]) == pytest.approx(1e-20, rel=1e-12)


def test_the_scale_is_one_sided() -> None:
    """Brier's two-sided sum would be 2, the mean distance 1, the root 1."""
    assert brier_score(probabilities=[1.0], outcomes=[0]) == 1
    assert brier_score(probabilities=[0.8], outcomes=[0]) == pytest.approx(0.64)


def test_booleans_are_outcomes() -> None:
    assert brier_score(probabilities=[0.8, 0.3], outcomes=[True, False]) == brier_score(
        probabilities=[0.8, 0.3], outcomes=[1, 0]
    )


def test_certain_claims_score_the_miss_rate() -> None:
    """Without stated probabilities a Brier score would be nothing but the miss rate."""
    assert brier_score(probabilities=[1, 1, 1, 1], outcomes=[1, 0, 0, 1]) == 0.5


@pytest.mark.parametrize(
    ("base_rate", "skill"),
    [(0.5, 1 - 0.09 / 0.25), (0.3, 1 - 0.09 / 0.49), (0.0, 1 - 0.09), (1.0, None), (None, None)],
)
def test_skill_against_a_reference(base_rate: float | None, skill: float | None) -> None:
    found = brier_skill(probabilities=[0.7], outcomes=[1], base_rate=base_rate)
    assert found == (None if skill is None else pytest.approx(skill))


@pytest.mark.parametrize("base_rate", [-0.1, 1.5, 30, math.nan])
def test_a_base_rate_outside_0_to_1_is_refused(base_rate: float) -> None:
    with pytest.raises(ValueError, match=r"^base_rate is .*: a probability lies in 0\.\.1$"):
        brier_skill(probabilities=[0.7], outcomes=[1], base_rate=base_rate)


def test_the_samples_own_rate_is_a_biased_reference() -> None:
    """One who always states the true rate gets -0.12 on average at 10 forecasts, and 0 in the long run."""
    random = Random(1).random
    skills = []
    for _ in range(3000):
        outcomes = [random() < 0.3 for _ in range(10)]
        skill = brier_skill(probabilities=[0.3] * 10, outcomes=outcomes, base_rate=None)
        if skill is not None:
            skills.append(skill)
    assert sum(skills) / len(skills) == pytest.approx(-0.12, abs=0.02)
    outcomes = [random() < 0.3 for _ in range(50_000)]
    skill = brier_skill(probabilities=[0.3] * 50_000, outcomes=outcomes, base_rate=None)
    assert skill == pytest.approx(0, abs=1e-3)


@steady
@given(forecasts)
def test_brier_is_the_exact_mean(rows: Rows) -> None:
    exact = sum((Fraction(p) - y) ** 2 for p, y in rows) / len(rows)
    assert brier_score(**split(rows)) == pytest.approx(float(exact), rel=1e-12, abs=1e-15)


@steady
@given(forecasts)
def test_scores_stay_in_their_range(rows: Rows) -> None:
    brier, log = brier_score(**split(rows)), log_score(**split(rows))
    assert brier is not None
    assert log is not None
    assert 0 <= brier <= 1
    assert log >= 0
    assert (log == math.inf) == (certain_misses(**split(rows)) > 0)


@steady
@given(forecasts, st.randoms(use_true_random=False))
def test_order_never_matters(rows: Rows, random: Random) -> None:
    shuffled = random.sample(rows, len(rows))
    for score in PAIRED:
        assert score(**split(shuffled)) == score(**split(rows))


@steady
@given(forecasts)
def test_the_opposite_claim_earns_the_same(rows: Rows) -> None:
    """Stating p that something comes true is stating 1 - p that it does not."""
    opposite = [(1 - p, not y) for p, y in rows]
    assert brier_score(**split(opposite)) == pytest.approx(brier_score(**split(rows)), abs=1e-12)


@steady
@given(st.lists(forecast, min_size=1, max_size=20), st.integers(2, 4))
def test_the_same_forecasts_again_change_nothing(rows: Rows, times: int) -> None:
    assert brier_score(**split(rows * times)) == pytest.approx(brier_score(**split(rows)), abs=1e-12)


@steady
@given(probability, st.floats(0.001, 0.999), st.integers(1, 99))
def test_both_scores_are_proper(truth: float, stated: float, _: int) -> None:
    """Nobody gains, on average, by stating anything but what he thinks."""

    def expected(score: Any, p: float) -> float:
        hit, miss = score(probabilities=[p], outcomes=[1]), score(probabilities=[p], outcomes=[0])
        return (truth * hit if truth else 0.0) + ((1 - truth) * miss if truth < 1 else 0.0)

    for score in (brier_score, log_score):
        assert expected(score, truth) <= expected(score, stated) + 1e-12


@steady
@given(forecasts, probability)
def test_skill_and_score_order_forecasters_alike(rows: Rows, base_rate: float) -> None:
    skill = brier_skill(**split(rows), base_rate=base_rate)
    reference = brier_score(probabilities=[base_rate] * len(rows), outcomes=[y for _, y in rows])
    if skill is None:
        assert reference == 0
    else:
        own = brier_score(**split(rows))
        assert own is not None
        assert reference is not None
        assert skill == pytest.approx(1 - own / reference, rel=1e-9)
        assert skill <= 1
