"""Kaplan-Meier: against fractions, exact at a half, never extrapolated, with delayed entry."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import KaplanMeier, kaplan_meier
from support.scoring_cases import steady

times = st.one_of(st.integers(0, 12).map(float), st.floats(0, 20))
observed = st.tuples(times, st.booleans())
entered = st.tuples(st.integers(0, 6), st.integers(1, 8), st.booleans()).map(
    lambda row: (float(row[0]), float(row[0] + row[1]), row[2])
)
shares = st.one_of(st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.75, 0.9, 1.0]), st.floats(0.001, 1))
Rows = list[tuple[float, bool]]
Entered = list[tuple[float, float, bool]]


def of(rows: Rows) -> KaplanMeier:
    return kaplan_meier(durations=[t for t, _ in rows], events=[event for _, event in rows])


def with_entry(rows: Entered) -> KaplanMeier:
    return kaplan_meier(
        durations=[end for _, end, _ in rows],
        events=[event for _, _, event in rows],
        entries=[start for start, _, _ in rows],
    )


def by_fractions(rows: Entered) -> list[tuple[float, Fraction]]:
    """The definition, looking at every claim at every time."""
    s, curve = Fraction(1), []
    for t in sorted({end for _, end, event in rows if event}):
        at_risk = sum(1 for start, end, _ in rows if end >= t and (start < t or start == 0))
        s *= 1 - Fraction(sum(1 for _, end, event in rows if event and end == t), at_risk)
        curve.append((t, s))
    return curve


@steady
@given(st.lists(observed, max_size=25))
def test_survival_is_the_product(rows: Rows) -> None:
    curve, found = by_fractions([(0.0, t, event) for t, event in rows]), of(rows)
    assert list(found.times) == [t for t, _ in curve]
    assert list(found.survival) == [pytest.approx(float(s), rel=1e-12, abs=1e-15) for _, s in curve]


@steady
@given(st.lists(entered, max_size=25))
def test_survival_with_delayed_entry_is_the_product(rows: Entered) -> None:
    curve, found = by_fractions(rows), with_entry(rows)
    assert list(found.times) == [t for t, _ in curve]
    assert list(found.survival) == [pytest.approx(float(s), rel=1e-12, abs=1e-15) for _, s in curve]


@steady
@given(st.lists(entered, min_size=1, max_size=25), shares)
def test_quantiles_are_decided_exactly(rows: Entered, q: float) -> None:
    bound = 1 - Fraction(str(q))
    expected = next((t for t, s in by_fractions(rows) if s <= bound), None)
    assert with_entry(rows).quantile(q) == expected


@steady
@given(st.lists(observed, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_curve_falls_and_order_does_not_matter(rows: Rows, random: Random) -> None:
    found = of(rows)
    assert list(found.survival) == sorted(found.survival, reverse=True)
    assert all(0 <= s < 1 for s in found.survival)
    assert list(found.times) == sorted(set(found.times))
    assert of(random.sample(rows, len(rows))) == found


@steady
@given(st.lists(observed, min_size=1, max_size=30))
def test_entering_at_the_start_is_no_delay(rows: Rows) -> None:
    assert with_entry([(0.0, t, event) for t, event in rows]) == of(rows)


@steady
@given(st.lists(times, min_size=1, max_size=30))
def test_without_censoring_it_is_the_share_left(durations: list[float]) -> None:
    found = of([(t, True) for t in durations])
    for t, s in zip(found.times, found.survival, strict=True):
        assert s == pytest.approx(sum(d > t for d in durations) / len(durations), abs=1e-12)
    assert found.survival[-1] == 0


@steady
@given(st.lists(observed, min_size=1, max_size=30), st.integers(2, 4))
def test_the_same_claims_again_change_nothing(rows: Rows, copies: int) -> None:
    once, more = of(rows), of(rows * copies)
    assert more.times == once.times
    assert list(more.survival) == [pytest.approx(s, abs=1e-12) for s in once.survival]
    assert more.median == once.median


@steady
@given(st.lists(observed, min_size=1, max_size=30), st.floats(0.1, 1000))
def test_the_unit_of_time_does_not_matter(rows: Rows, unit: float) -> None:
    once, other = of(rows), of([(t * unit, event) for t, event in rows])
    if len(other.times) == len(once.times):
        assert other.survival == once.survival
        assert (other.median is None) == (once.median is None)


# --- exactly a half ------------------------------------------------------------------------------


def test_a_half_is_a_half() -> None:
    """S is 1/2 after 2 of 4: the first time with S <= 1/2 is 2, not 3 and not the middle."""
    found = of([(1, True), (2, True), (3, True), (4, True)])
    assert found.median == 2
    assert [found.quantile(q) for q in (0.25, 0.5, 0.75, 1)] == [1, 2, 3, 4]


@pytest.mark.parametrize("n", [10, 30, 70, 90, 110, 1000])
def test_tenths_are_tenths(n: int) -> None:
    """A product of n ratios in floating point misses 1 - k/10 about every other time."""
    found = of([(float(t), True) for t in range(1, n + 1)])
    for k in range(1, 11):
        assert found.quantile(k / 10) == n * k // 10


def test_a_half_is_a_half_with_censoring_in_between() -> None:
    rows: Rows = [(float(t), t % 3 != 0) for t in range(1, 61)]
    curve = by_fractions([(0.0, t, event) for t, event in rows])
    found = of(rows)
    for _, s in curve[:-1]:
        q = float(1 - s)
        expected = next(t for t, other in curve if other <= 1 - Fraction(str(q)))
        assert found.quantile(q) == expected


# --- not reached, and not observed ---------------------------------------------------------------


def test_not_reached_is_an_answer() -> None:
    found = of([(1, True), (2, False), (3, False)])
    assert found.median is None
    assert found.quantile(1 / 3 - 1e-12) == 1
    assert found.survival == (pytest.approx(2 / 3),)


def test_nothing_fulfilled() -> None:
    found = of([(5, False), (9, False)])
    assert (found.times, found.survival, found.median, found.n, found.last) == ((), (), None, 2, 9)
    assert found.at(4) == 1


def test_no_claims() -> None:
    found = kaplan_meier(durations=[], events=[])
    assert (found.times, found.survival, found.median, found.n, found.last) == ((), (), None, 0, None)
    assert found.at(1) is None


def test_the_share_left_at_a_time() -> None:
    found = of([(1, True), (2, True), (2, False), (4, True), (6, False)])
    assert found.at(0) == 1
    assert found.at(0.99) == 1
    assert found.at(1) == pytest.approx(0.8)
    assert found.at(2) == pytest.approx(0.6)
    assert found.at(3.9) == pytest.approx(0.6)
    assert found.at(6) == pytest.approx(0.3)
    assert found.at(6.1) is None  # nobody was watched so long


def test_once_all_are_fulfilled_nothing_is_left_for_good() -> None:
    assert of([(1, True), (2, True)]).at(100) == 0


def test_claims_that_can_never_come_true_stay_at_risk() -> None:
    """Censored on the day they died, they would leave the rest looking quicker: 2 instead of not reached."""
    alive: Rows = [(1, True), (2, True), (3, True)]
    assert of([*alive, *[(math.inf, False)] * 4]).median is None
    assert of([*alive, *[(1.5, False)] * 4]).median == 2
    assert of([*alive, (math.inf, False)]).at(1e9) == pytest.approx(0.25)


def test_claims_entered_late_are_not_at_risk_before() -> None:
    found = with_entry([(0, 1, True), (0, 5, False), (2, 3, True), (2, 6, False)])
    assert found.at_risk == (2, 3)
    assert found.fulfilled == (1, 1)
    assert found.survival == (0.5, pytest.approx(1 / 3))


def test_entering_at_a_time_is_after_what_happened_then() -> None:
    assert with_entry([(0, 2, True), (0, 5, False), (2, 5, False)]).at_risk == (2,)


def test_on_the_day_it_was_said() -> None:
    assert with_entry([(0, 0, True), (0, 1, True)]) == of([(0, True), (1, True)])
    assert of([(0, True), (1, True)]).at(0) == 0.5


def test_too_late_entries_leave_the_early_curve_to_one_claim() -> None:
    """The only claim watched early comes true, so S is 0 though three others enter later: not a result."""
    found = with_entry([(0, 2, True), (3, 9, False), (3, 8, True), (4, 9, False)])
    assert found.survival == (0, 0)
    assert found.exhausted
    assert not with_entry([(0, 2, True), (1, 9, False), (3, 8, True), (4, 9, False)]).exhausted
    assert not of([(1, True), (2, True)]).exhausted
    assert not of([]).exhausted
    assert not of([(4, False)]).exhausted


@steady
@given(st.lists(observed, max_size=25))
def test_without_delayed_entry_the_curve_is_never_exhausted(rows: Rows) -> None:
    assert not of(rows).exhausted


# --- refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("durations", "events", "entries", "message"),
    [
        ([1, -1], [1, 0], None, r"^durations\[1\] is -1: a time is 0 or more$"),
        ([math.nan], [0], None, r"^durations\[0\] is nan: a time is 0 or more$"),
        ([math.inf], [1], None, r"^durations\[0\] is inf: a time is 0 or more, and finite where it was"),
        ([1], [2], None, r"^events\[0\] is 2: an outcome is 0 or 1"),
        ([1, 2], [1], None, "^2 durations but 1 events"),
        ([1, 2], [1, 1], [0], "^2 durations but 1 entries"),
        ([1], [1], [-1], r"^entries\[0\] is -1: a finite time, 0 or more$"),
        ([1], [1], [math.nan], r"^entries\[0\] is nan"),
        ([math.inf], [0], [math.inf], r"^entries\[0\] is inf"),
        ([3, 3], [1, 1], [0, 3], r"^entries\[1\] is 3, not before durations\[1\], which is 3.0: leave it out$"),
        ([3], [1], [4], r"^entries\[0\] is 4, not before"),
    ],
)
def test_what_cannot_be_is_refused(
    durations: list[float], events: list[int], entries: list[float] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        kaplan_meier(durations=durations, events=events, entries=entries)


@pytest.mark.parametrize("q", [0, -0.5, 1.01, 50, math.nan])
def test_a_quantile_is_a_share(q: float) -> None:
    with pytest.raises(ValueError, match=r"^q is .*: a share above 0, at most 1$"):
        of([(1, True)]).quantile(q)


@pytest.mark.parametrize("time", [-1, math.nan])
def test_a_time_is_not_negative(time: float) -> None:
    with pytest.raises(ValueError, match=r"^time is .*: 0 or more$"):
        of([(1, True)]).at(time)
