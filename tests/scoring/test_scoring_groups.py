"""Claims that hang together, and groups side by side."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import common_rate, effective_n, jeffreys, shrink, wilson

pairs = st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=1, max_size=20)


@given(pairs)
def test_the_effective_number_lies_between_one_and_all(claims: list[tuple[bool, int]]) -> None:
    found = effective_n(outcomes=[y for y, _ in claims], clusters=[g for _, g in claims])
    assert found is not None and 1 <= found <= len(claims)


def test_balanced_clusters_by_hand() -> None:
    """Four clusters of two: z = 1, 0, 0, -1; V = 4/3 * 2 / 64 (the factor G/(G-1)), n_eff = 1/4 / V = 6."""
    outcomes, clusters = [1, 1, 1, 0, 0, 1, 0, 0], [0, 0, 1, 1, 2, 2, 3, 3]
    assert effective_n(outcomes=outcomes, clusters=clusters) == pytest.approx(0.25 / (4 / 3 * 2 / 64))


@pytest.mark.parametrize(
    ("outcomes", "clusters", "found"),
    [([], [], None), ([1, 0, 1], "abc", 3), ([1, 1, 1], "aab", 2), ([0, 0], "aa", 1), ([1, 0, 1], "aaa", 1)],
)
def test_the_effective_number_at_its_edges(outcomes: list[int], clusters: str, found: float | None) -> None:
    assert effective_n(outcomes=outcomes, clusters=list(clusters)) == found


def test_intervals_of_an_effective_number() -> None:
    assert wilson(hits=2, n=8, effective=4) == wilson(hits=1, n=4)
    assert jeffreys(hits=2, n=8, effective=4) == jeffreys(hits=1, n=4)
    assert wilson(hits=8, n=8, effective=2.5) == pytest.approx((2.5 / (2.5 + 3.8414588), 1))
    for bad in (0, -1, math.nan, math.inf):
        with pytest.raises(ValueError, match="effective is"):
            wilson(hits=1, n=2, effective=bad)


def test_shrunk_rates_maximise_the_marginal_likelihood() -> None:
    hits, n = [3, 40, 10, 5], [3, 50, 40, 20]
    found = shrink(hits=hits, n=n)
    assert found is not None and found.strength is not None

    def likelihood(common: float, strength: float) -> float:
        a, b = common * strength, (1 - common) * strength
        beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
        return sum(
            math.lgamma(h + a) + math.lgamma(m - h + b) - math.lgamma(m + a + b) - beta
            for h, m in zip(hits, n, strict=True)
        )

    best = likelihood(found.common, found.strength)
    for dc, ds in product((-0.02, 0, 0.02), (0.9, 1, 1.1)):
        assert likelihood(found.common + dc, found.strength * ds) <= best + 1e-9
    for h, m, rate in zip(hits, n, found.rates, strict=True):
        assert min(h / m, found.common) <= rate <= max(h / m, found.common)


def test_groups_that_do_not_differ_have_one_rate() -> None:
    found = shrink(hits=[3, 5, 4, 5], n=[10, 10, 10, 10])
    assert found is not None
    assert (found.rates, found.strength) == ((0.425,) * 4, None)
    assert shrink(hits=[], n=[]) is None
    assert shrink(hits=[0, 0], n=[4, 5]) is not None


def test_how_many_intervals_miss_a_common_rate_by_chance() -> None:
    """Against all outcomes of two groups of three, one by one."""
    found = common_rate(hits=[1, 2], n=[3, 3])
    assert found is not None and found.rate == 0.5
    off = [h for h in range(4) if not (ends := wilson(hits=h, n=3) or (0, 1))[0] <= 0.5 <= ends[1]]
    chance = sum(math.comb(3, h) / 8 for h in off)
    assert (found.missed, found.expected) == (0, pytest.approx(2 * chance))
    assert found.at_least_one == pytest.approx(1 - (1 - chance) ** 2)
    assert common_rate(hits=[0], n=[0]) is None
    every = common_rate(hits=[5, 5], n=[5, 5])
    assert every is not None and (every.rate, every.missed, every.expected) == (1.0, 0, 0.0)
