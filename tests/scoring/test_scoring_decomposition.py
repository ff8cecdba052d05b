"""Murphy's terms: the identity, ties, bins by literal edges, and what binning loses."""

from __future__ import annotations

import math
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import Bin, Murphy, brier_score, corp, murphy
from support.scoring_cases import cases, forecasts, split, steady

Rows = list[tuple[float, bool]]
TENTHS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
EDGES = st.lists(st.floats(0.01, 0.99), unique=True, max_size=8).map(lambda inner: [0, *sorted(inner), 1])


def terms_of(rows: Rows, edges: list[float] | None = None) -> Murphy:
    terms = murphy(**split(rows), edges=edges)
    assert terms is not None
    return terms


def total(terms: Murphy) -> float:
    within = terms.within_bin_variance - 2 * terms.within_bin_covariance
    return terms.reliability - terms.resolution + terms.uncertainty + within


@steady
@given(forecasts)
def test_the_terms_add_up_to_the_brier_score(rows: Rows) -> None:
    terms = terms_of(rows)
    assert terms.brier == brier_score(**split(rows))
    assert total(terms) == pytest.approx(terms.brier, abs=1e-12)


@steady
@given(forecasts, EDGES)
def test_the_terms_add_up_in_bins_of_any_width(rows: Rows, edges: list[float]) -> None:
    terms = terms_of(rows, edges)
    assert terms.brier == brier_score(**split(rows))
    assert total(terms) == pytest.approx(terms.brier, abs=1e-12)
    without = terms.reliability - terms.generalised_resolution + terms.uncertainty
    assert without == pytest.approx(terms.brier, abs=1e-12)


@steady
@given(forecasts)
def test_one_bin_per_stated_probability_loses_nothing(rows: Rows) -> None:
    terms = terms_of(rows)
    assert terms.within_bin_variance == 0
    assert terms.within_bin_covariance == 0
    assert [row.probability for row in terms.bins] == sorted({p for p, _ in rows})


@steady
@given(forecasts, EDGES)
def test_terms_stay_in_their_range(rows: Rows, edges: list[float]) -> None:
    for terms in (terms_of(rows), terms_of(rows, edges)):
        assert 0 <= terms.reliability <= 1
        assert 0 <= terms.resolution <= terms.uncertainty + 1e-12
        assert 0 <= terms.uncertainty <= 0.25
        assert terms.within_bin_variance >= 0


@steady
@given(forecasts, EDGES)
def test_every_forecast_is_in_exactly_one_bin(rows: Rows, edges: list[float]) -> None:
    terms = terms_of(rows, edges)
    assert sum(row.n for row in terms.bins) == len(rows)
    assert sum(row.hits for row in terms.bins) == sum(y for _, y in rows)
    for row in terms.bins:
        inside = [(p, y) for p, y in rows if row.low <= p < row.high or p == row.high == 1]
        assert (row.n, row.hits) == (len(inside), sum(y for _, y in inside))
        assert row.low <= row.probability + 1e-15
        assert row.probability <= row.high + 1e-15


@steady
@given(forecasts)
def test_a_single_bin_leaves_no_resolution(rows: Rows) -> None:
    terms = terms_of(rows, [0, 1])
    assert terms.resolution == 0
    mean, rate = sum(p for p, _ in rows) / len(rows), sum(y for _, y in rows) / len(rows)
    assert terms.reliability == pytest.approx((mean - rate) ** 2, abs=1e-12)


@steady
@given(forecasts)
def test_uncertainty_is_that_of_the_isotonic_decomposition(rows: Rows) -> None:
    isotonic = corp(**split(rows))
    assert isotonic is not None
    assert terms_of(rows).uncertainty == isotonic.uncertainty


def test_the_table_of_stated_probabilities() -> None:
    terms = terms_of([(0.9, True), (0.6, False), (0.9, False), (0.9, True)])
    assert terms.bins == (Bin(0.6, 0.6, 0.6, 1, 0), Bin(0.9, 0.9, 0.9, 3, 2))
    assert [row.rate for row in terms.bins] == [0, 2 / 3]


def test_a_value_on_an_edge_belongs_above_and_1_to_the_last_bin() -> None:
    terms = terms_of([(p, False) for p in TENTHS], [0, 0.1, 0.3, 0.7, 1])
    assert [(row.low, row.high, row.n) for row in terms.bins] == [
        (0, 0.1, 1),
        (0.1, 0.3, 2),
        (0.3, 0.7, 4),
        (0.7, 1, 4),
    ]


def test_the_mean_of_equal_values_is_the_value() -> None:
    """Three times 0.1 summed and divided is not 0.1 in floating point."""
    terms = terms_of([(0.1, True)] * 3 + [(0.15, False)], [0, 0.12, 1])
    assert [row.probability for row in terms.bins] == [0.1, 0.15]
    assert terms.within_bin_variance == 0


def test_empty_bins_are_left_out() -> None:
    assert [row.low for row in terms_of([(0.15, True), (0.95, True)], TENTHS).bins] == [0.1, 0.9]  # type: ignore[arg-type]


def test_computed_edges_would_give_another_reliability() -> None:
    """Why edges are literal: adding 0.1 ten times puts 0.3, 0.6, 0.7 one bin off, on eleven round numbers."""
    (case,) = (case for case in cases("murphy") if case["id"] == "murphy/edges11/width5")
    rows = list(zip(case["inputs"]["p"], map(bool, case["inputs"]["y"]), strict=True))
    computed = [*list(accumulate([0.1] * 9, initial=0.0)), 1.0]
    assert terms_of(rows, TENTHS).reliability == pytest.approx(0.1314, abs=5e-5)  # type: ignore[arg-type]
    assert terms_of(rows, computed).reliability != pytest.approx(0.1314, abs=5e-3)


@pytest.mark.parametrize(
    "edges",
    [
        [],
        [0],
        [1],
        [0.0, 0.5],
        [0.5, 1.0],
        [0, 0.5, 0.5, 1],
        [0, 0.7, 0.3, 1],
        [0, math.nan, 1],
        [0, 50, 100],
        [-0.1, 1],
    ],
)
def test_edges_rise_from_0_to_1(edges: list[float]) -> None:
    with pytest.raises(ValueError, match=r"^edges are .*: they rise from 0 to 1, as \[0, 0.5, 1\]$"):
        murphy(probabilities=[0.5], outcomes=[1], edges=edges)


def test_wrong_edges_are_refused_even_without_forecasts() -> None:
    with pytest.raises(ValueError, match="edges are"):
        murphy(probabilities=[], outcomes=[], edges=[1, 0])
    assert murphy(probabilities=[], outcomes=[], edges=[0, 1]) is None


def test_results_are_frozen() -> None:
    terms = terms_of([(0.5, True)])
    with pytest.raises(AttributeError):
        terms.reliability = 0  # type: ignore[misc]
