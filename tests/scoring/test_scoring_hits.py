"""The exact chance of a number of hits, against counting all outcomes."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import HITS_LIMIT, hits_probability
from support.scoring_cases import probability, steady


def by_counting(stated: list[float]) -> list[Fraction]:
    chances = [Fraction()] * (len(stated) + 1)
    for outcomes in product([0, 1], repeat=len(stated)):
        chance = Fraction(1)
        for p, y in zip(stated, outcomes, strict=True):
            chance *= Fraction(p) if y else 1 - Fraction(p)
        chances[sum(outcomes)] += chance
    return chances


@steady
@given(st.lists(probability, max_size=6))
def test_against_all_outcomes(stated: list[float]) -> None:
    chances = by_counting(stated)
    for hits in range(len(stated) + 1):
        at_most, at_least = hits_probability(probabilities=stated, hits=hits)
        assert at_most == pytest.approx(float(sum(chances[: hits + 1])), rel=1e-12, abs=1e-300)
        assert at_least == pytest.approx(float(sum(chances[hits:])), rel=1e-12, abs=1e-300)


@steady
@given(st.lists(probability, min_size=1, max_size=60), st.data(), st.randoms(use_true_random=False))
def test_both_are_probabilities_in_any_order(stated: list[float], data: st.DataObject, random: Random) -> None:
    hits = data.draw(st.integers(0, len(stated)))
    found = hits_probability(probabilities=stated, hits=hits)
    assert all(0 <= chance <= 1 for chance in found)
    assert sum(found) >= 1 - 1e-12
    shuffled = random.sample(stated, len(stated))
    assert hits_probability(probabilities=shuffled, hits=hits) == found


@steady
@given(st.lists(probability, min_size=1, max_size=40), st.data())
def test_at_least_and_at_most_share_one_count(stated: list[float], data: st.DataObject) -> None:
    hits = data.draw(st.integers(1, len(stated)))
    _, at_least = hits_probability(probabilities=stated, hits=hits)
    at_most, _ = hits_probability(probabilities=stated, hits=hits - 1)
    assert at_least + at_most == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("n", [1, 5, 30])
@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 1.0])
def test_equal_probabilities_are_binomial(n: int, p: float) -> None:
    for hits in (0, n // 2, n):
        at_most, _ = hits_probability(probabilities=[p] * n, hits=hits)
        exact = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(hits + 1))
        assert at_most == pytest.approx(exact, rel=1e-12)


def test_everything_and_nothing() -> None:
    assert hits_probability(probabilities=[], hits=0) == (1, 1)
    stated = [0.2, 0.9, 0.5]
    assert hits_probability(probabilities=stated, hits=3)[0] == 1
    assert hits_probability(probabilities=stated, hits=0)[1] == 1


def test_a_tiny_tail_keeps_its_digits() -> None:
    """Fifty claims of 99%, none came true: 1e-100, not 0 and not noise."""
    at_most, at_least = hits_probability(probabilities=[0.99] * 50, hits=0)
    assert at_most == pytest.approx((1 - 0.99) ** 50, rel=1e-12)
    assert at_least == 1


def test_an_overconfident_speaker_is_found_out() -> None:
    """Fifteen claims of 85% on average and four hits: one chance in six million."""
    stated = [0.9, 0.95, 0.9, 0.8, 0.99, 0.9, 0.8, 0.7, 0.9, 0.85, 0.95, 0.9, 0.6, 0.8, 0.75]
    at_most, at_least = hits_probability(probabilities=stated, hits=4)
    assert at_most == pytest.approx(1.6e-7, rel=0.02)
    assert at_least == pytest.approx(1, abs=1e-7)


def test_above_the_limit_the_refined_normal_approximation_goes_on() -> None:
    assert HITS_LIMIT == 2000
    stated = [(1 + i % 97) / 100 for i in range(2001)]
    for hits in (920, 960, 980, 1000, 1040):
        exact = hits_probability(probabilities=stated[:2000], hits=hits)
        # one certain hit more moves the count by one and nothing else: exact below the limit, approximate above
        above = hits_probability(probabilities=[*stated[:2000], 1.0], hits=hits + 1)
        assert above == pytest.approx(exact, abs=2e-5)
    assert hits_probability(probabilities=[0.0, 1.0], counts=[1500, 1500], hits=1500) == (1.0, 1.0)
    assert hits_probability(probabilities=[0.0, 1.0], counts=[1500, 1500], hits=1499) == (0.0, 1.0)


def test_counts_are_repeated_forecasts() -> None:
    many = hits_probability(probabilities=[0.2, 0.9, 0.4], counts=[3, 2, 0], hits=2)
    assert many == hits_probability(probabilities=[0.2] * 3 + [0.9] * 2, hits=2)


@pytest.mark.parametrize(
    ("stated", "hits", "message"),
    [
        ([0.5, 1.2], 1, r"probabilities\[1\] is 1.2"),
        ([0.5], 2, "hits is 2, more than n, which is 1"),
        ([0.5], -1, "hits is -1"),
        ([0.5], 0.5, "hits is 0.5"),
    ],
)
def test_what_cannot_be_is_refused(stated: list[float], hits: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        hits_probability(probabilities=stated, hits=hits)
