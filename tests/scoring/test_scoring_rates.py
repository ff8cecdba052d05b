"""Rates, bounds, intervals and exact tests, against brute force and against what they promise."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import binomial_test, hit_rate, jeffreys, rate_bounds, sign_test, wilson
from ledger.scoring._beta import beta_cdf, beta_quantile
from support.scoring_cases import steady

counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.one_of(st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]), st.floats(0.01, 0.999))
INTERVALS: list[Any] = [wilson, jeffreys]
COUNTED: list[Any] = [hit_rate, wilson, jeffreys]


def label(function: Any) -> str:
    return str(function.__name__)


def ends(found: tuple[float, float] | None) -> tuple[float, float]:
    assert found is not None
    return found


def pmf(n: int, p: float) -> list[float]:
    exact = Fraction(p)
    return [float(math.comb(n, k) * exact**k * (1 - exact) ** (n - k)) for k in range(n + 1)]


# --- rates and bounds ----------------------------------------------------------------------------


@pytest.mark.parametrize(("hits", "n", "rate"), [(0, 5, 0.0), (3, 8, 0.375), (5, 5, 1.0), (0, 0, None)])
def test_hit_rate(hits: int, n: int, rate: float | None) -> None:
    assert hit_rate(hits=hits, n=n) == rate


@pytest.mark.parametrize(
    ("hits", "n", "overdue", "bounds"),
    [(3, 8, 2, (0.3, 0.5)), (3, 8, 0, (0.375, 0.375)), (0, 0, 4, (0.0, 1.0)), (0, 0, 0, None)],
)
def test_bounds(hits: int, n: int, overdue: int, bounds: tuple[float, float] | None) -> None:
    assert rate_bounds(hits=hits, n=n, overdue=overdue) == bounds


@steady
@given(counts, st.integers(0, 50))
def test_bounds_hold_whatever_the_overdue_turn_out_to_be(pair: tuple[int, int], overdue: int) -> None:
    hits, n = pair
    low, high = ends(rate_bounds(hits=hits, n=n, overdue=overdue))
    for came_true in range(overdue + 1):
        rate = hit_rate(hits=hits + came_true, n=n + overdue)
        assert rate is not None
        assert low <= rate <= high


@pytest.mark.parametrize("function", COUNTED, ids=label)
@pytest.mark.parametrize(
    ("hits", "n", "message"),
    [
        (-1, 5, "hits is -1: a count is a whole number, 0 or more"),
        (1.5, 5, "hits is 1.5: a count is a whole number, 0 or more"),
        (math.nan, 5, "hits is nan: a count is a whole number, 0 or more"),
        (1, math.inf, "n is inf: a count is a whole number, 0 or more"),
        (1, -5, "n is -5: a count is a whole number, 0 or more"),
        (6, 5, "hits is 6, more than n, which is 5"),
        (1, 0, "hits is 1, more than n, which is 0"),
    ],
)
def test_impossible_counts_are_refused(function: Any, hits: Any, n: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        function(hits=hits, n=n)
    assert str(caught.value) == message


def test_overdue_is_a_count() -> None:
    with pytest.raises(ValueError, match=r"^overdue is -1"):
        rate_bounds(hits=1, n=2, overdue=-1)


# --- intervals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("interval", INTERVALS, ids=label)
@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan])
def test_a_level_lies_between_0_and_1(interval: Any, level: float) -> None:
    with pytest.raises(ValueError, match=r"^level is .*: it lies between 0 and 1, as 0\.95$"):
        interval(hits=1, n=2, level=level)


@pytest.mark.parametrize("interval", INTERVALS, ids=label)
def test_no_claims_have_no_interval(interval: Any) -> None:
    assert interval(hits=0, n=0) is None


@pytest.mark.parametrize("interval", INTERVALS, ids=label)
@pytest.mark.parametrize("n", [1, 2, 3, 7, 20, 1000])
def test_none_and_all_reach_the_ends_exactly(interval: Any, n: int) -> None:
    assert interval(hits=0, n=n)[0] == 0
    assert interval(hits=n, n=n)[1] == 1


@steady
@given(counts, levels)
def test_intervals_lie_within_0_and_1_and_hold_the_rate(pair: tuple[int, int], level: float) -> None:
    hits, n = pair
    low, high = ends(wilson(hits=hits, n=n, level=level))
    assert 0 <= low <= hits / n <= high <= 1
    low, high = ends(jeffreys(hits=hits, n=n, level=level))
    assert 0 <= low < high <= 1


@steady
@given(counts, levels)
def test_wilson_ends_are_what_the_rate_does_not_contradict(pair: tuple[int, int], level: float) -> None:
    """Each end is exactly z standard errors, of its own, away from the rate."""
    hits, n = pair
    z = NormalDist().inv_cdf((1 + level) / 2)
    for end in ends(wilson(hits=hits, n=n, level=level)):
        assert (hits / n - end) ** 2 == pytest.approx(z * z * end * (1 - end) / n, rel=1e-9, abs=1e-15)


@steady
@given(counts, levels)
def test_jeffreys_ends_leave_equal_tails(pair: tuple[int, int], level: float) -> None:
    hits, n = pair
    low, high = ends(jeffreys(hits=hits, n=n, level=level))
    tail, a, b = (1 - level) / 2, hits + 0.5, n - hits + 0.5
    if hits:
        assert beta_cdf(low, a, b) == pytest.approx(tail, rel=1e-9)
    if hits < n:
        assert 1 - beta_cdf(high, a, b) == pytest.approx(tail, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("interval", INTERVALS, ids=label)
@pytest.mark.parametrize("n", [5, 40])
def test_misses_mirror_hits(interval: Any, n: int) -> None:
    for hits in range(n + 1):
        low, high = interval(hits=hits, n=n)
        mirrored = interval(hits=n - hits, n=n)
        assert mirrored == (pytest.approx(1 - high, abs=1e-12), pytest.approx(1 - low, abs=1e-12))


@pytest.mark.parametrize("interval", INTERVALS, ids=label)
def test_more_hits_move_it_up_and_more_claims_make_it_narrower(interval: Any) -> None:
    for (low, high), (next_low, next_high) in pairwise(interval(hits=h, n=12) for h in range(13)):
        assert low < next_low
        assert high < next_high or high == 1
    widths = [high - low for low, high in (interval(hits=3 * k, n=10 * k) for k in (1, 2, 5, 20, 100))]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("interval", INTERVALS, ids=label)
def test_a_higher_level_contains_a_lower_one(interval: Any) -> None:
    nested = [interval(hits=4, n=18, level=level) for level in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)]
    for (low, high), (wider_low, wider_high) in pairwise(nested):
        assert wider_low < low < high < wider_high


@pytest.mark.parametrize(
    ("interval", "n", "mean", "least"),
    [
        (wilson, 5, 0.954, 0.837),
        (wilson, 10, 0.954, 0.860),
        (wilson, 20, 0.953, 0.905),
        (jeffreys, 5, 0.957, 0.900),
        (jeffreys, 10, 0.953, 0.869),
        (jeffreys, 20, 0.950, 0.896),
    ],
)
def test_95_percent_means_95_percent(interval: Any, n: int, mean: float, least: float) -> None:
    """Exact coverage at 0.5%, 1%, ... 99.5%: on average as promised, where Wald's interval at n=5 has 0.644."""
    found = [interval(hits=hits, n=n) for hits in range(n + 1)]
    coverage = []
    for k in range(1, 200):
        p = k / 200
        chances = pmf(n, p)
        coverage.append(sum(c for c, (low, high) in zip(chances, found, strict=True) if low <= p <= high))
    assert sum(coverage) / len(coverage) == pytest.approx(mean, abs=0.0006)
    assert min(coverage) == pytest.approx(least, abs=0.0006)


def test_the_default_level_needs_no_other_constant() -> None:
    """0.95 uses a stored quantile: beside the computed one nothing may change but the last digits."""
    near = wilson(hits=4, n=18, level=math.nextafter(0.95, 1))
    assert wilson(hits=4, n=18) == pytest.approx(near, abs=1e-14)
    z = NormalDist().inv_cdf(0.975)
    assert ends(wilson(hits=0, n=5))[1] == pytest.approx(z * z / (5 + z * z), rel=1e-14)


def test_jeffreys_of_many_claims_keeps_its_digits() -> None:
    low, high = ends(jeffreys(hits=45_000, n=100_000))
    assert (low, high) == pytest.approx(ends(wilson(hits=45_000, n=100_000)), abs=1e-6)


@steady
@given(st.floats(0.5, 300), st.floats(0.5, 300), st.floats(1e-6, 1 - 1e-6))
def test_beta_quantile_inverts_the_distribution(a: float, b: float, q: float) -> None:
    x = beta_quantile(q, a, b)
    assert 0 < x < 1
    if x < 0.999:
        assert beta_cdf(x, a, b) == pytest.approx(q, rel=1e-8)


@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (0.3, 1, 1, 0.3),  # uniform
        (0.3, 2, 1, 0.09),  # x^2
        (0.3, 1, 3, 1 - 0.7**3),
        (0.25, 0.5, 0.5, 2 / math.pi * math.asin(0.5)),  # arcsine law
        (0.5, 40.5, 40.5, 0.5),
        (0.6, 3, 4, sum(math.comb(6, k) * 0.6**k * 0.4 ** (6 - k) for k in range(3, 7))),
    ],
)
def test_beta_distribution_where_it_is_known(x: float, a: float, b: float, share: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(share, rel=1e-13)
    assert beta_quantile(share, a, b) == pytest.approx(x, rel=1e-13)


# --- exact tests ---------------------------------------------------------------------------------


@steady
@given(st.integers(0, 40), st.integers(1, 19), st.data())
def test_binomial_test_against_brute_force(n: int, twentieths: int, data: st.DataObject) -> None:
    """p as the float it is: twentieths are not exact, and ties are meant as ties all the same."""
    hits, p = data.draw(st.integers(0, n)), twentieths / 20
    chances = pmf(n, p)
    expected = sum(c for c in chances if c <= chances[hits] * (1 + 1e-7))
    assert binomial_test(hits=hits, n=n, p=p) == pytest.approx(expected, rel=1e-12)


@steady
@given(st.integers(0, 60), st.data())
def test_sign_test_against_exact_counting(n: int, data: st.DataObject) -> None:
    below = data.draw(st.integers(0, n))
    far = abs(2 * below - n)
    ways = sum(math.comb(n, k) for k in range(n + 1) if abs(2 * k - n) >= far)
    assert sign_test(below=below, n=n) == pytest.approx(ways / 2**n, rel=1e-13)
    assert sign_test(below=n - below, n=n) == sign_test(below=below, n=n)


@steady
@given(counts, st.floats(0, 1))
def test_p_values_are_probabilities(pair: tuple[int, int], p: float) -> None:
    hits, n = pair
    assert 0 <= binomial_test(hits=hits, n=n, p=p) <= 1


def test_the_likeliest_count_speaks_against_nothing() -> None:
    assert binomial_test(hits=9, n=10, p=0.9) == 1
    assert sign_test(below=0, n=0) == 1
    assert binomial_test(hits=0, n=0, p=0.3) == 1


@pytest.mark.parametrize(
    ("hits", "p", "expected"), [(0, 0, 1), (1, 0, 0), (3, 1, 1), (2, 1, 0), (0, 5e-324, 1), (3, 1 - 2**-53, 1)]
)
def test_certain_chances(hits: int, p: float, expected: float) -> None:
    assert binomial_test(hits=hits, n=3, p=p) == pytest.approx(expected)


def test_many_claims_neither_overflow_nor_vanish() -> None:
    assert binomial_test(hits=50_000, n=100_000, p=0.5) == 1
    assert 0 < binomial_test(hits=49_000, n=100_000, p=0.5) < 1e-9
    assert binomial_test(hits=0, n=100_000, p=0.5) == 0  # 1e-30103 has no float


def test_a_declared_percentile_can_be_tested() -> None:
    """18 of 20 values below their "90th percentile" is what was said; 12 of 20 is not."""
    assert binomial_test(hits=18, n=20, p=0.9) == 1
    assert binomial_test(hits=12, n=20, p=0.9) < 0.001


@pytest.mark.parametrize("p", [-0.1, 90, math.nan])
def test_the_chance_tested_is_a_probability(p: float) -> None:
    with pytest.raises(ValueError, match=r"^p is .*: a probability lies in 0\.\.1$"):
        binomial_test(hits=1, n=2, p=p)


def test_the_sign_test_names_its_own_argument() -> None:
    with pytest.raises(ValueError, match=r"^below is 3, more than n, which is 2$"):
        sign_test(below=3, n=2)
