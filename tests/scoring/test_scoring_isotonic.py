"""CORP: ties, signs, the identity, brute force, and what chance alone gives."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import CORP_MINIMUM, CORP_NULL_LIMIT, Corp, CorpNull, brier_score, corp, corp_null, log_score
from support.scoring_cases import forecast, forecasts, probability, split, steady, tenths

Rows = list[tuple[float, bool]]


def terms_of(rows: Rows) -> Corp:
    terms = corp(**split(rows))
    assert terms is not None
    return terms


def chance_of(stated: list[float], draws: int = 1000, seed: int = 0) -> CorpNull:
    chance = corp_null(probabilities=stated, draws=draws, seed=seed)
    assert chance is not None
    return chance


def by_max_min(rows: Rows) -> list[Fraction]:
    """The isotonic fit by its definition: max over starts of min over ends of the mean between them."""
    distinct = sorted({p for p, _ in rows})
    hits = [sum(y for p, y in rows if p == value) for value in distinct]
    counts = [sum(p == value for p, _ in rows) for value in distinct]

    def mean(start: int, end: int) -> Fraction:
        return Fraction(sum(hits[start : end + 1]), sum(counts[start : end + 1]))

    size = len(distinct)
    return [max(min(mean(a, b) for b in range(i, size)) for a in range(i + 1)) for i in range(size)]


@steady
@given(st.lists(forecast, min_size=1, max_size=12))
def test_the_recalibrated_values_are_the_isotonic_fit(rows: Rows) -> None:
    assert list(terms_of(rows).recalibrated) == [float(value) for value in by_max_min(rows)]


@steady
@given(st.lists(forecast, min_size=1, max_size=12))
def test_the_terms_are_differences_of_scores(rows: Rows) -> None:
    fit = dict(zip(sorted({p for p, _ in rows}), by_max_min(rows), strict=True))
    rate = Fraction(sum(y for _, y in rows), len(rows))

    def score(values: list[Fraction]) -> Fraction:
        return sum(((v - y) ** 2 for v, (_, y) in zip(values, rows, strict=True)), Fraction()) / len(rows)

    own, best = score([Fraction(p) for p, _ in rows]), score([fit[p] for p, _ in rows])
    base = score([rate] * len(rows))
    terms = terms_of(rows)
    assert terms.miscalibration == pytest.approx(float(own - best), rel=1e-12, abs=0)
    assert terms.discrimination == pytest.approx(float(base - best), rel=1e-12, abs=1e-16)
    assert terms.uncertainty == pytest.approx(float(base), rel=1e-12, abs=1e-16)


@steady
@given(forecasts)
def test_the_identity(rows: Rows) -> None:
    terms = terms_of(rows)
    assert terms.score == brier_score(**split(rows))
    combined = terms.miscalibration - terms.discrimination + terms.uncertainty
    assert combined == pytest.approx(terms.score, abs=1e-12)


@steady
@given(forecasts)
def test_no_term_is_negative(rows: Rows) -> None:
    terms = terms_of(rows)
    assert terms.miscalibration >= 0
    assert 0 <= terms.discrimination <= terms.uncertainty + 1e-12
    assert 0 <= terms.uncertainty <= 0.25


@steady
@given(forecasts)
def test_recalibrated_values_rise_and_stay_within_0_and_1(rows: Rows) -> None:
    terms = terms_of(rows)
    assert list(terms.probabilities) == sorted({p for p, _ in rows})
    assert len(terms.recalibrated) == len(terms.probabilities)
    assert list(terms.recalibrated) == sorted(terms.recalibrated)
    assert all(0 <= value <= 1 for value in terms.recalibrated)


@steady
@given(st.lists(forecast, min_size=1, max_size=30))
def test_recalibrating_twice_changes_nothing(rows: Rows) -> None:
    terms = terms_of(rows)
    fit = dict(zip(terms.probabilities, terms.recalibrated, strict=True))
    again = terms_of([(fit[p], y) for p, y in rows])
    assert again.miscalibration == pytest.approx(0, abs=1e-15)
    assert again.discrimination == pytest.approx(terms.discrimination, abs=1e-12)


@steady
@given(forecasts)
def test_only_the_order_of_probabilities_matters_for_discrimination(rows: Rows) -> None:
    """Any rising change of the stated numbers keeps the fit: discrimination is about order alone."""
    squeezed = [(0.25 + p / 2, y) for p, y in rows]
    if len({p for p, _ in squeezed}) == len({p for p, _ in rows}):
        assert terms_of(squeezed).recalibrated == terms_of(rows).recalibrated
        assert terms_of(squeezed).discrimination == terms_of(rows).discrimination


@steady
@given(forecasts)
def test_the_log_score_splits_too(rows: Rows) -> None:
    terms = corp(**split(rows), score="log")
    assert terms is not None
    assert terms.score == log_score(**split(rows))
    if terms.score == math.inf:
        assert terms.miscalibration == math.inf
    else:
        combined = terms.miscalibration - terms.discrimination + terms.uncertainty
        assert combined == pytest.approx(terms.score, abs=1e-9)
        assert terms.miscalibration >= -1e-12
    assert -1e-12 <= terms.discrimination <= terms.uncertainty + 1e-12
    assert 0 <= terms.uncertainty <= math.log(2) + 1e-12
    assert terms.recalibrated == terms_of(rows).recalibrated


def test_ties_are_pooled_whatever_the_order_of_rows() -> None:
    """Unpooled, the recalibrated Brier score would be 0.167, 0.2 or 0.125 by the order of the rows."""
    rows = list(zip([0.7] * 4 + [0.3] * 2, map(bool, [0, 1, 1, 0, 1, 0]), strict=True))
    for order in set(permutations(rows)):
        terms = terms_of(list(order))
        assert terms.miscalibration == pytest.approx(0.04)
        assert terms.discrimination == 0
        assert terms.recalibrated == (0.5, 0.5)


def test_perfect_calibration_costs_exactly_nothing() -> None:
    rows = [(0.2, True)] + [(0.2, False)] * 4 + [(0.75, True)] * 3 + [(0.75, False)]
    terms = terms_of(rows)
    assert terms.miscalibration == pytest.approx(0, abs=1e-17)
    assert terms.miscalibration >= 0
    assert terms.recalibrated == (0.2, 0.75)


def test_certain_and_right_is_all_discrimination() -> None:
    terms = terms_of([(1.0, True), (0.0, False), (0.0, False), (0.0, False)])
    assert (terms.score, terms.miscalibration) == (0, 0)
    assert terms.discrimination == terms.uncertainty == 0.1875


def test_another_score_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^score is 'crps': 'brier' or 'log'$"):
        corp(probabilities=[0.5], outcomes=[1], score="crps")  # type: ignore[arg-type]


# --- what chance alone gives ---------------------------------------------------------------------


def by_corp(stated: list[float], draws: int, seed: int) -> list[float]:
    """The same draws, each put through `corp` itself."""
    random = Random(seed).random
    found = []
    for _ in range(draws):
        rows = [(p, random() < p) for p in sorted(stated)]
        found.append(terms_of(rows).miscalibration)
    return sorted(found)


@steady
@given(st.lists(st.one_of(tenths, probability), min_size=1, max_size=25), st.integers(0, 2**32))
def test_the_fast_way_draws_what_corp_says(stated: list[float], seed: int) -> None:
    slow = by_corp(stated, 20, seed)
    fast = chance_of(stated, draws=20, seed=seed)
    assert fast.mean == pytest.approx(sum(slow) / 20, abs=1e-14)
    assert fast.percentile95 == pytest.approx(slow[18], abs=1e-14)


@pytest.mark.parametrize(("draws", "rank"), [(1, 1), (2, 2), (19, 19), (20, 19), (21, 20), (100, 95)])
def test_the_percentile_is_the_smallest_that_95_in_100_do_not_exceed(draws: int, rank: int) -> None:
    stated = [0.1, 0.4, 0.4, 0.6, 0.9]
    expected = by_corp(stated, draws, 7)[rank - 1]
    assert chance_of(stated, draws=draws, seed=7).percentile95 == pytest.approx(expected, abs=1e-15)


def test_the_same_seed_gives_the_same_and_order_does_not_matter() -> None:
    stated = [0.1, 0.7, 0.7, 0.25, 0.9, 0.9, 0.9]
    assert chance_of(stated, draws=50) == chance_of(stated[::-1], draws=50)
    assert chance_of(stated, draws=50, seed=1) != chance_of(stated, draws=50, seed=2)
    assert chance_of(stated, draws=50, seed=3).seed == 3


def test_the_draws_stay_the_same_from_version_to_version() -> None:
    chance = chance_of([0.1, 0.3, 0.5, 0.7, 0.9] * 6)
    assert (chance.n, chance.draws, chance.seed) == (30, 1000, 0)
    assert round(chance.mean, 9) == MEAN_30
    assert round(chance.percentile95, 9) == PERCENTILE_30


MEAN_30, PERCENTILE_30 = 0.024968148, 0.052222222


@pytest.mark.parametrize(
    ("n", "mean", "percentile"), [(10, 0.074, 0.139), (20, 0.045, 0.084), (30, 0.034, 0.063), (100, 0.013, 0.024)]
)
def test_chance_alone_makes_few_claims_look_miscalibrated(n: int, mean: float, percentile: float) -> None:
    """Perfect calibration at 10%, 20%, ... 90%: the fewer claims, the worse it looks."""
    random = Random(n).random
    found = sorted(
        chance_of([int(1 + 9 * random()) / 10 for _ in range(n)], draws=1, seed=seed).mean for seed in range(1500)
    )
    assert sum(found) / 1500 == pytest.approx(mean, rel=0.06)
    assert found[1425] == pytest.approx(percentile, rel=0.08)


def test_certain_forecasts_cannot_look_miscalibrated() -> None:
    chance = chance_of([0.0, 1.0, 1.0, 0.0, 1.0], draws=20)
    assert (chance.mean, chance.percentile95) == (0, 0)


def test_no_forecasts_have_no_chance_level() -> None:
    assert corp_null(probabilities=[]) is None


def test_above_the_limit_equal_forecasts_are_drawn_together() -> None:
    assert CORP_NULL_LIMIT == 2000
    assert CORP_MINIMUM == 30
    assert chance_of([0.5] * CORP_NULL_LIMIT, draws=1).n == CORP_NULL_LIMIT
    stated = [0.1, 0.3, 0.5, 0.7, 0.9]
    alone, together = chance_of(stated * 400, draws=400), corp_null(probabilities=stated, counts=[401] * 5, draws=400)
    assert together is not None and together.n == 2005
    assert together.mean == pytest.approx(alone.mean, rel=0.15)
    assert together.percentile95 == pytest.approx(alone.percentile95, rel=0.15)
    assert together.reliability.mean == pytest.approx(alone.reliability.mean, rel=0.15)
    assert together.discrimination.percentile95 == pytest.approx(alone.discrimination.percentile95, rel=0.2)


def test_many_different_probabilities_are_drawn_in_good_time() -> None:
    found = corp_null(probabilities=[(i + 0.5) / 5000 for i in range(5000)], draws=10)
    assert found is not None and found.n == 5000
    assert 0 < found.mean < found.percentile95 < 0.01


def test_the_chance_level_of_discrimination_and_reliability() -> None:
    """At 30 forecasts that have nothing to do with what happens DSC/UNC exceeds 0.2 in one of twenty cases."""
    tenths = chance_of([(i % 10 + 0.5) / 10 for i in range(30)], draws=1000)
    assert tenths.discrimination.percentile95 / 0.25 == pytest.approx(0.2, abs=0.03)
    assert tenths.discrimination.mean / 0.25 == pytest.approx(0.066, abs=0.01)
    # each stated once: reliability is the Brier score, on average the mean of p (1 - p)
    assert chance_of([(i + 0.5) / 30 for i in range(30)]).reliability.mean == pytest.approx(1 / 6, abs=0.005)


@pytest.mark.parametrize("draws", [0, -1, 1.5, math.nan])
def test_draws_are_a_positive_count(draws: float) -> None:
    with pytest.raises(ValueError, match=r"^draws is "):
        corp_null(probabilities=[0.5], draws=draws)  # type: ignore[arg-type]


def test_drawing_needs_probabilities() -> None:
    with pytest.raises(ValueError, match=r"^probabilities\[0\] is 80"):
        corp_null(probabilities=[80])
