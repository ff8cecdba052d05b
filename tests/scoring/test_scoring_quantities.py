"""Ranges: verdict, share delivered, log ratio, interval score on both scales."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import interval_score, log_ratio, log_scale, range_verdict, share_delivered
from support.scoring_cases import steady

numbers = st.one_of(st.integers(-1000, 1000).map(float), st.floats(-1e6, 1e6))
positive = st.floats(0.01, 1e9)
ranges = st.tuples(numbers, numbers).map(sorted)
RANGED: list[Any] = [range_verdict, share_delivered, log_ratio, log_scale]


def label(function: Any) -> str:
    return str(function.__name__)


ROBOTS = {"low": 50_000, "high": 100_000}


@pytest.mark.parametrize(
    ("value", "verdict", "delivered"),
    [
        (0, "below", 0.0),
        (1_000, "below", 0.02),
        (49_999, "below", 0.99998),
        (50_000, "inside", 1.0),
        (70_000, "inside", 1.0),
        (100_000, "inside", 1.0),
        (100_001, "above", 1.00001),
        (250_000, "above", 2.5),
    ],
)
def test_verdict_and_share_delivered(value: float, verdict: str, delivered: float) -> None:
    assert range_verdict(**ROBOTS, value=value) == verdict  # type: ignore[arg-type]
    assert share_delivered(**ROBOTS, value=value) == pytest.approx(delivered)  # type: ignore[arg-type]


def test_a_point_is_a_range_of_one() -> None:
    assert range_verdict(low=10, high=10, value=10) == "inside"
    assert range_verdict(low=10, high=10, value=10.001) == "above"


@pytest.mark.parametrize(("low", "high", "value"), [(-5, 5, -6), (-5, -1, 0), (0, 0, 1), (-2, 0, 1)])
def test_a_share_of_nothing_is_undefined(low: float, high: float, value: float) -> None:
    assert share_delivered(low=low, high=high, value=value) is None


def test_shares_of_less_than_one() -> None:
    """Market shares and the like: a promise of 20 to 40% of which 10% or 80% came."""
    assert share_delivered(low=0.2, high=0.4, value=0.1) == 0.5
    assert share_delivered(low=0.2, high=0.4, value=0.8) == 2
    assert log_ratio(low=0.2, high=0.8, value=0.4) == pytest.approx(0)


def test_log_ratio_is_the_distance_from_the_geometric_middle() -> None:
    assert log_ratio(low=50_000, high=100_000, value=1_000) == pytest.approx(-4.26, abs=0.005)
    assert log_ratio(low=1, high=100, value=10) == pytest.approx(0)
    assert log_ratio(low=1, high=100, value=20) == pytest.approx(math.log(2))
    assert log_ratio(low=1, high=100, value=5) == pytest.approx(-math.log(2))
    assert log_ratio(low=1e300, high=1e308, value=1e304) == pytest.approx(0)


@pytest.mark.parametrize(("low", "high", "value"), [(1, 2, 0), (1, 2, -1), (0, 2, 1), (-1, 2, 1)])
def test_no_logarithm_is_undefined(low: float, high: float, value: float) -> None:
    assert log_ratio(low=low, high=high, value=value) is None


@pytest.mark.parametrize(("level", "score"), [(0.6, 295_000), (0.8, 540_000), (0.9, 1_030_000)])
def test_without_an_agreed_level_the_number_says_nothing(level: float, score: float) -> None:
    assert interval_score(low=50_000, high=100_000, value=1_000, level=level) == pytest.approx(score)


def test_inside_only_the_width_counts() -> None:
    for value in (90, 100, 110):
        assert interval_score(low=90, high=110, value=value, level=0.9) == 20


@steady
@given(ranges, numbers, st.floats(0.01, 0.99))
def test_the_interval_score_is_the_two_pinball_losses(ends: list[float], value: float, level: float) -> None:
    low, high = ends
    alpha = 1 - level

    def pinball(quantile: float, at: float) -> float:
        return (value - quantile) * at if value >= quantile else (quantile - value) * (1 - at)

    expected = 2 / alpha * (pinball(low, alpha / 2) + pinball(high, 1 - alpha / 2))
    found = interval_score(low=low, high=high, value=value, level=level)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert found >= high - low


@steady
@given(ranges, numbers, st.floats(0.01, 0.99), numbers)
def test_the_interval_score_moves_and_grows_with_the_unit(
    ends: list[float], value: float, level: float, by: float
) -> None:
    low, high = ends
    score = interval_score(low=low, high=high, value=value, level=level)
    moved = interval_score(low=low + by, high=high + by, value=value + by, level=level)
    assert moved == pytest.approx(score, rel=1e-6, abs=1e-6)
    thousand = interval_score(low=1000 * low, high=1000 * high, value=1000 * value, level=level)
    assert thousand == pytest.approx(1000 * score, rel=1e-9)


@steady
@given(st.tuples(positive, positive).map(sorted), positive, st.floats(0.01, 0.99), st.floats(0.01, 1000))
def test_on_the_log_scale_the_unit_does_not_matter(ends: list[float], value: float, level: float, unit: float) -> None:
    low, high = ends
    claim = {"low": low, "high": high, "value": value}
    score = interval_score(**claim, level=level, log=True)
    other = interval_score(**{k: v * unit for k, v in claim.items()}, level=level, log=True)
    assert other == pytest.approx(score, rel=1e-6, abs=1e-6)
    logs = {k: math.log(v) for k, v in claim.items()}
    assert score == pytest.approx(interval_score(**logs, level=level), rel=1e-9, abs=1e-12)


def test_an_honest_range_scores_best_on_average() -> None:
    """For a uniform quantity the range from the 10th to the 90th percentile has the least mean score."""
    random = Random(3).random
    values = [random() for _ in range(4000)]

    def mean(low: float, high: float) -> float:
        return sum(interval_score(low=low, high=high, value=v, level=0.8) for v in values) / len(values)

    honest = mean(0.1, 0.9)
    assert honest < min(mean(0.3, 0.7), mean(0, 1), mean(0.2, 1), mean(0, 0.8))


def test_at_zero_the_scale_is_ln_of_one_more_and_says_so() -> None:
    assert log_scale(low=50_000, high=100_000, value=1) == "ln(x)"
    assert log_scale(low=50_000, high=100_000, value=0) == "ln(x + 1)"
    assert log_scale(low=0, high=100_000, value=5) == "ln(x + 1)"
    found = interval_score(low=9, high=99, value=0, level=0.8, log=True)
    assert found == pytest.approx(math.log(100 / 10) + 2 / 0.2 * math.log(10))


@pytest.mark.parametrize("claim", [(-1, 2, 1), (1, 2, -1), (-2, -1, 1)])
def test_negative_numbers_have_no_log_scale(claim: tuple[float, float, float]) -> None:
    low, high, value = claim
    for call in (log_scale, lambda **claim: interval_score(**claim, level=0.8, log=True)):
        with pytest.raises(ValueError, match="has no logarithm: the logarithmic scale is for counts and money"):
            call(low=low, high=high, value=value)
    assert interval_score(low=low, high=high, value=value, level=0.8) > 0


@pytest.mark.parametrize("function", RANGED, ids=label)
@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_numbers_are_finite(function: Any, wrong: float) -> None:
    for name in ("low", "high", "value"):
        with pytest.raises(ValueError, match=f"^{name} is .*: a finite number is needed$"):
            function(**{"low": 1, "high": 2, "value": 1} | {name: wrong})


@pytest.mark.parametrize("function", RANGED, ids=label)
def test_a_range_stands_the_right_way_up(function: Any) -> None:
    with pytest.raises(ValueError, match=r"^low is 3, above high, which is 2$"):
        function(low=3, high=2, value=1)


@pytest.mark.parametrize("level", [0, 1, 80, -0.1, math.nan])
def test_a_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match=r"^level is "):
        interval_score(low=1, high=2, value=1, level=level)
