"""Slip, receding dates, and probabilities that were changed."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import Chain, Slip, brier_score, chain_slip, slip, time_weighted_brier
from support.scoring_cases import probability, steady

DAY = date(2025, 1, 8)
Stated = list[tuple[int, float]]


def later(days: int) -> date:
    return DAY + timedelta(days=days)


# --- slip ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("horizon", "happened", "as_of", "expected"),
    [
        (100, 100, 400, Slip(100, 100, 0, 1.0, observed=True)),
        (100, 40, 400, Slip(100, 40, -60, 0.4, observed=True)),
        (100, 250, 400, Slip(100, 250, 150, 2.5, observed=True)),
        (100, None, 250, Slip(100, 250, 150, 2.5, observed=False)),
        (100, None, 50, Slip(100, 50, -50, 0.5, observed=False)),
        (100, 0, 0, Slip(100, 0, -100, 0.0, observed=True)),
        (0, 30, 40, Slip(0, 30, 30, None, observed=True)),
        (0, None, 0, Slip(0, 0, 0, None, observed=False)),
    ],
)
def test_slip(horizon: int, happened: int | None, as_of: int, expected: Slip) -> None:
    came = None if happened is None else later(happened)
    assert slip(said=DAY, deadline=later(horizon), as_of=later(as_of), happened=came) == expected


@pytest.mark.parametrize(
    ("deadline", "as_of", "happened", "message"),
    [
        (-1, 5, None, "deadline is 2025-01-07, before said, which is 2025-01-08"),
        (5, -1, None, "as_of is 2025-01-07, before said, which is 2025-01-08"),
        (5, 9, -2, "happened is 2025-01-06, before said, which is 2025-01-08"),
        (5, 9, 10, "happened is 2025-01-18, after as_of, which is 2025-01-17: not known on that day"),
    ],
)
def test_days_out_of_order_are_refused(deadline: int, as_of: int, happened: int | None, message: str) -> None:
    came = None if happened is None else later(happened)
    with pytest.raises(ValueError) as caught:
        slip(said=DAY, deadline=later(deadline), as_of=later(as_of), happened=came)
    assert str(caught.value) == message


@steady
@given(st.integers(1, 4000), st.integers(0, 4000))
def test_on_time_is_a_stretch_of_at_most_1(horizon: int, taken: int) -> None:
    found = slip(said=DAY, deadline=later(horizon), as_of=later(9000), happened=later(taken))
    assert found.stretch is not None
    assert (found.stretch <= 1) == (found.slip_days <= 0) == (taken <= horizon)


# --- chains --------------------------------------------------------------------------------------


def test_a_date_that_recedes_a_day_per_day() -> None:
    said, due = [later(0), later(365), later(730)], [later(300), later(665), later(1030)]
    assert chain_slip(said=said, deadlines=due) == Chain(due[0], due[2], 730, 1.0)


@pytest.mark.parametrize(
    ("moves", "slip_days", "recession"),
    [
        ([(0, 300), (100, 300)], 0, 0.0),
        ([(0, 300), (100, 250)], -50, -0.5),
        ([(0, 300), (100, 500), (200, 700)], 400, 2.0),
        ([(0, 300), (100, 900), (200, 400)], 100, 0.5),
        ([(0, 300)], 0, None),
        ([(0, 300), (0, 400)], 100, None),
    ],
)
def test_chains(moves: list[tuple[int, int]], slip_days: int, recession: float | None) -> None:
    found = chain_slip(said=[later(s) for s, _ in moves], deadlines=[later(d) for _, d in moves])
    assert found is not None
    assert (found.slip_days, found.recession) == (slip_days, recession)
    assert (found.first_deadline, found.latest_deadline) == (later(moves[0][1]), later(moves[-1][1]))


def test_no_chain() -> None:
    assert chain_slip(said=[], deadlines=[]) is None


def test_a_chain_is_told_in_order() -> None:
    with pytest.raises(ValueError, match=r"^said is not in the order of time"):
        chain_slip(said=[later(5), later(0)], deadlines=[later(9), later(9)])
    with pytest.raises(ValueError, match=r"^2 said but 1 deadlines"):
        chain_slip(said=[later(0), later(5)], deadlines=[later(9)])


# --- changed probabilities -----------------------------------------------------------------------


def score(stated: Stated, outcome: float = 1, start: int = 0, end: int = 10, resolved: Any = None) -> Any:
    return time_weighted_brier(stated=stated, outcome=outcome, start=start, end=end, resolved=resolved)


def test_each_value_counts_for_the_days_it_stood() -> None:
    found = score([(0, 0.6), (2, 0.9)])
    assert found.segments == ((0.6, 2), (0.9, 8))
    assert found.live == pytest.approx((0.16 * 2 + 0.01 * 8) / 10)
    assert found.scheduled == pytest.approx(found.live)
    assert found.coverage == 1
    assert (found.first, found.last) == (pytest.approx(0.16), pytest.approx(0.01))


def test_squared_first_then_averaged() -> None:
    """The mean probability is 0.75 and would score 0.0625."""
    assert score([(0, 0.5), (5, 1.0)]).live == pytest.approx(0.125)


def test_the_order_in_the_list_does_not_matter_but_on_one_day() -> None:
    assert score([(2, 0.9), (0, 0.6)]) == score([(0, 0.6), (2, 0.9)])
    assert score([(0, 0.2), (0, 0.8)]).segments == ((0.8, 10),)
    assert score([(0, 0.8), (0, 0.2)]).segments == ((0.2, 10),)


def test_days_before_the_first_value_count_as_no_skill() -> None:
    found = score([(6, 1.0)])
    assert (found.live, found.coverage) == (0, 0.4)
    assert found.scheduled == pytest.approx(0.6 * 0.25)


def test_days_after_an_early_resolution_count_as_no_skill() -> None:
    found = score([(0, 0.9)], resolved=2)
    assert found.live == pytest.approx(0.01)
    assert found.scheduled == pytest.approx(0.2 * 0.01 + 0.8 * 0.25)


def test_a_value_stated_before_the_start_stands_from_the_start() -> None:
    assert score([(-30, 0.3)]).segments == ((0.3, 10),)
    assert score([(-30, 0.3), (-5, 0.4)]).segments == ((0.4, 10),)


def test_values_on_or_after_the_end_do_not_count() -> None:
    plain = score([(0, 0.8)])
    assert score([(0, 0.8), (10, 0.1)]) == plain
    assert score([(0, 0.8), (11, 0.1), (9, 0.8)]).live == pytest.approx(plain.live)
    assert score([(0, 0.8), (2, 0.1)], resolved=2) == score([(0, 0.8)], resolved=2)


def test_a_verdict_after_the_end_changes_nothing() -> None:
    assert score([(0, 0.8)], resolved=25) == score([(0, 0.8)])


@pytest.mark.parametrize("stated", [[], [(10, 0.5)], [(12, 0.5)]])
def test_no_value_stood(stated: Stated) -> None:
    found = score(stated)
    assert (found.live, found.first, found.last, found.segments) == (None, None, None, ())
    assert (found.coverage, found.scheduled) == (0, 0.25)


def test_resolved_on_the_first_day() -> None:
    found = score([(0, 0.9)], resolved=0)
    assert (found.live, found.coverage, found.scheduled) == (None, 0, 0.25)


def test_a_schedule_of_no_days_is_undefined() -> None:
    found = score([(0, 0.9)], end=0)
    assert (found.live, found.coverage, found.scheduled) == (None, None, None)


def test_dates_and_numbers_agree() -> None:
    dates = time_weighted_brier(
        stated=[(later(0), 0.6), (later(2), 0.9)], outcome=True, start=DAY, end=later(10), resolved=later(8)
    )
    assert dates == score([(0, 0.6), (2, 0.9)], resolved=8)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"outcome": 2}, "outcome is 2: an outcome is 0 or 1"),
        ({"stated": [(0, 0.5), (1, 1.5)]}, r"stated\[1\] is 1.5: a probability lies in 0..1"),
        ({"stated": [(math.nan, 0.5)]}, "day is nan: a finite number is needed"),
        ({"end": -1}, "end is before start, which is 0"),
        ({"resolved": -1}, "resolved is before start, which is 0"),
        ({"end": 0, "resolved": -1}, "resolved is before start, which is 0"),
        ({"end": math.inf}, "day is inf: a finite number is needed"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score(**({"stated": [(0, 0.5)]} | wrong))


@steady
@given(
    st.lists(st.tuples(st.integers(-5, 35), probability), max_size=8),
    st.booleans(),
    st.integers(1, 30),
    st.one_of(st.none(), st.integers(0, 40)),
)
def test_day_by_day(stated: Stated, outcome: bool, end: int, resolved: int | None) -> None:
    """Against the plain way: on each day the value last stated, squared, and the mean over the days."""
    stop = end if resolved is None else min(end, resolved)
    daily = []
    for day in range(stop):
        known = [(when, i) for i, (when, _) in enumerate(stated) if when <= day]
        if known:
            daily.append((stated[max(known)[1]][1] - outcome) ** 2)
    found = score(stated, outcome, end=end, resolved=resolved)
    assert found.coverage == pytest.approx(len(daily) / end)
    assert found.scheduled == pytest.approx((sum(daily) + 0.25 * (end - len(daily))) / end)
    if daily:
        assert found.live == pytest.approx(sum(daily) / len(daily))
        assert (found.first, found.last) == (pytest.approx(daily[0]), pytest.approx(daily[-1]))
    else:
        assert found.live is None
    assert sum(length for _, length in found.segments) == len(daily)


@steady
@given(probability, st.booleans(), st.integers(1, 4000))
def test_one_value_throughout_is_the_plain_score(p: float, outcome: bool, end: int) -> None:
    found = score([(0, p)], outcome, end=end)
    assert found.live == pytest.approx(brier_score(probabilities=[p], outcomes=[outcome]))
    assert found.scheduled == pytest.approx(found.live)


# --- instants ---------------------------------------------------------------------------------------------------


def test_hours_count_where_instants_are_given() -> None:
    """10% for three quarters of a day, 90% for the last: squared errors 0.81 and 0.01 of what came true."""
    stated = [(datetime(2026, 1, 1), 0.1), (datetime(2026, 1, 1, 18), 0.9)]
    found = time_weighted_brier(stated=stated, outcome=True, start=datetime(2026, 1, 1), end=datetime(2026, 1, 2))
    assert found.live == pytest.approx(0.75 * 0.81 + 0.25 * 0.01)
    as_hours = time_weighted_brier(stated=[(0, 0.1), (18, 0.9)], outcome=True, start=0, end=24)
    assert as_hours.live == pytest.approx(found.live)
    zone = timezone(timedelta(hours=2))
    shifted = [(moment.replace(tzinfo=UTC).astimezone(zone), p) for moment, p in stated]
    ends = {"start": datetime(2026, 1, 1, tzinfo=UTC), "end": datetime(2026, 1, 2, tzinfo=UTC)}
    assert time_weighted_brier(stated=shifted, outcome=True, **ends).live == pytest.approx(found.live)


def test_days_beside_instants_are_refused() -> None:
    with pytest.raises(ValueError, match="day and instant side by side"):
        time_weighted_brier(
            stated=[(datetime(2026, 1, 1), 0.1)], outcome=True, start=date(2026, 1, 1), end=date(2026, 2, 1)
        )
    with pytest.raises(ValueError, match="with and without a time zone"):
        naive, aware = datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)
        time_weighted_brier(stated=[(naive, 0.1)], outcome=True, start=naive, end=aware)
    with pytest.raises(ValueError, match=r"said\[1\] is datetime"):
        chain_slip(said=[date(2026, 1, 1), datetime(2026, 2, 1)], deadlines=[date(2027, 1, 1), date(2027, 2, 1)])
    with pytest.raises(ValueError, match="a day is needed"):
        slip(said=datetime(2026, 1, 1), deadline=date(2026, 2, 1), as_of=date(2026, 3, 1))
    with pytest.raises(ValueError, match="is None"):
        time_weighted_brier(stated=[(0, None)], outcome=True, start=0, end=1)  # type: ignore[list-item]


def test_steps_that_change_the_quantity_are_no_delay() -> None:
    said = [date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)]
    ends = [date(2024, 12, 31), date(2026, 12, 31), date(2027, 6, 30)]
    found = chain_slip(said=said, deadlines=ends, changed=[False, True, False])
    assert found is not None and (found.slip_days, found.recession) == (181, 181 / 184)
    changed = chain_slip(said=said, deadlines=ends, changed=[False, True, True])
    assert changed is not None and (changed.slip_days, changed.recession) == (None, None)
    short = chain_slip(said=[date(2024, 1, 1), date(2024, 3, 30)], deadlines=ends[:2])
    assert short is not None and (short.slip_days, short.recession) == (730, None)
