"""Columns of other libraries, arrays and pooled rows: one answer, whatever the forecasts come in."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from ledger.scoring import (
    binomial_test,
    brier_score,
    brier_skill,
    certain_misses,
    chain_slip,
    corp,
    corp_null,
    effective_n,
    evidence,
    hits_probability,
    incidence,
    interval_score,
    jeffreys,
    kaplan_meier,
    log_score,
    murphy,
    shrink,
    time_weighted_brier,
    turnbull,
    wilson,
)

EDGES = [0, 0.25, 0.5, 1]


def drawn(n: int, whole: bool, seed: int) -> tuple[list[float], list[int]]:
    random = Random(seed)
    stated = [int(101 * random.random()) / 100 if whole else random.random() for _ in range(n)]
    return stated, [int(random.random() < 0.02 + 0.96 * p) for p in stated]


def numbers(stated: Any, outcomes: Any, counts: Any = None) -> list[Any]:
    """Every number that the functions give, in one list."""
    given = {"probabilities": stated, "outcomes": outcomes, "counts": counts}
    found: list[Any] = [score(**given) for score in (brier_score, log_score, brier_skill, certain_misses)]
    for edges in (None, EDGES):
        terms = murphy(**given, edges=edges)
        assert terms is not None
        found += [terms.brier, terms.reliability, terms.resolution, terms.uncertainty]
        found += [terms.within_bin_variance, terms.within_bin_covariance, len(terms.bins)]
        found += [value for row in terms.bins for value in (row.low, row.high, row.probability, row.n, row.hits)]
    for score in ("brier", "log"):
        parts = corp(**given, score=score)  # type: ignore[arg-type]
        assert parts is not None
        found += [parts.score, parts.miscalibration, parts.discrimination, parts.uncertainty]
        found += [*parts.probabilities, *parts.recalibrated]
    curve = kaplan_meier(durations=stated, events=outcomes, counts=counts)
    return [*found, curve.n, curve.last, curve.median, *curve.times, *curve.survival, *curve.at_risk, *curve.fulfilled]


def close(ours: list[Any], theirs: list[Any]) -> bool:
    return len(ours) == len(theirs) and all(
        a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(1.0, abs(b)))
        for a, b in zip(ours, theirs, strict=True)
    )


@pytest.mark.parametrize("whole", [True, False])
def test_arrays_give_what_lists_give(whole: bool) -> None:
    np = pytest.importorskip("numpy")
    for seed in range(3):
        stated, outcomes = drawn(400, whole, seed)
        assert close(numbers(np.array(stated), np.array(outcomes)), numbers(stated, outcomes))


def test_columns_of_pandas_and_polars() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    stated, outcomes = drawn(150, True, 4)
    expected = numbers(stated, outcomes)
    for frame in (pandas.DataFrame, polars.DataFrame):
        columns = frame({"p": stated, "y": [y == 1 for y in outcomes]})
        assert close(numbers(columns["p"], columns["y"]), expected)
        few = columns.head(9)
        assert close(numbers(few["p"], few["y"]), numbers(stated[:9], outcomes[:9]))


@pytest.mark.parametrize("array", [False, True])
def test_pooled_rows_are_the_forecasts_they_stand_for(array: bool) -> None:
    random = Random(6)
    rows = [(k / 100, y, int(5 * random.random())) for k in range(0, 101, 2) for y in (0, 1)]
    stated = [p for p, _, n in rows for _ in range(n)]
    outcomes = [y for _, y, n in rows for _ in range(n)]
    columns: tuple[Any, ...] = tuple(zip(*rows, strict=True))
    if array:
        np = pytest.importorskip("numpy")
        columns = tuple(np.array(column) for column in columns)
    assert close(numbers(*columns), numbers(stated, outcomes))


def test_delayed_entry_on_arrays() -> None:
    np = pytest.importorskip("numpy")
    random = Random(7)
    ends = [1 + int(30 * random.random()) for _ in range(300)]
    events = [int(random.random() < 0.6) for _ in ends]
    entries = [int(end * random.random()) if random.random() < 0.5 else 0 for end in ends]
    ours = kaplan_meier(durations=np.array(ends), events=np.array(events), entries=np.array(entries))
    plain = kaplan_meier(durations=ends, events=events, entries=entries)
    assert list(ours.times) == list(plain.times) and list(ours.at_risk) == list(plain.at_risk)
    assert list(ours.survival) == pytest.approx(list(plain.survival))


@pytest.mark.parametrize("many", [1, 2000])
@pytest.mark.parametrize(
    ("p", "y", "n", "message"),
    [
        (1.5, 1, 1, r"probabilities\[\d+\] is 1.5: a probability lies in 0..1"),
        (math.nan, 1, 1, r"probabilities\[\d+\] is nan"),
        (None, 1, 1, r"probabilities\[\d+\] is (None|nan)"),
        (0.5, 2, 1, r"outcomes\[\d+\] is 2"),
        (0.5, 1, -1, r"counts\[\d+\] is -1"),
        (0.5, 1, 1.5, r"counts\[\d+\] is 1.5: a count is a whole number"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(many: int, p: Any, y: Any, n: Any, message: str) -> None:
    if many > 1:
        pytest.importorskip("numpy")
    stated, outcomes, counts = [0.5] * many + [p], [1] * many + [y], [1] * many + [n]
    for score in (brier_score, log_score, murphy, corp):
        with pytest.raises(ValueError, match=message):
            score(probabilities=stated, outcomes=outcomes, counts=counts)


@pytest.mark.parametrize("many", [3, 2000])
def test_unequal_columns_and_tables_are_refused(many: int) -> None:
    np = pytest.importorskip("numpy")
    with pytest.raises(ValueError, match=f"{many} probabilities but {many - 1} outcomes"):
        brier_score(probabilities=np.full(many, 0.5), outcomes=np.ones(many - 1))
    with pytest.raises(ValueError, match=r"has 2 dimensions|a probability lies in"):
        brier_score(probabilities=np.full((many, 2), 0.5), outcomes=np.ones(many))


def test_nothing_is_none() -> None:
    for empty in ([], ()):
        assert brier_score(probabilities=empty, outcomes=empty, counts=empty) is None
        assert murphy(probabilities=empty, outcomes=empty, counts=empty) is None
    assert brier_score(probabilities=[0.5], outcomes=[1], counts=[0]) is None
    assert log_score(probabilities=[0.0, 0.5], outcomes=[1, 1], counts=[0, 1]) == pytest.approx(math.log(2))
    assert hits_probability(probabilities=[], hits=0) == (1.0, 1.0)


def test_bins_of_arrays_are_a_sequence() -> None:
    np = pytest.importorskip("numpy")
    terms = murphy(probabilities=np.linspace(0, 1, 200), outcomes=np.ones(200))
    assert terms is not None
    assert (len(terms.bins), terms.bins[0].probability, terms.bins[-1].hits) == (200, 0.0, 1)
    assert [row.n for row in terms.bins[2:5]] == [1, 1, 1]


COLUMN: dict[str, Callable[[Any], object]] = {
    "brier_score": lambda column: brier_score(probabilities=column, outcomes=[1]),
    "log_score": lambda column: log_score(probabilities=column, outcomes=[1]),
    "murphy": lambda column: murphy(probabilities=column, outcomes=[1]),
    "corp": lambda column: corp(probabilities=column, outcomes=[1]),
    "corp_null": lambda column: corp_null(probabilities=column, draws=9),
    "evidence": lambda column: evidence(probabilities=column, outcomes=[1]),
    "hits_probability": lambda column: hits_probability(probabilities=column, hits=0),
    "kaplan_meier": lambda column: kaplan_meier(durations=column, events=[1]),
    "turnbull": lambda column: turnbull(low=column, high=column),
    "incidence": lambda column: incidence(low=column, high=column),
    "effective_n": lambda column: effective_n(outcomes=column, clusters=["a"]),
    "shrink": lambda column: shrink(hits=column, n=[3]),
}


@pytest.mark.parametrize("column", [[None], ["x"], [[0.5]], [math.nan]], ids=str)
@pytest.mark.parametrize("name", COLUMN)
def test_what_is_no_number_is_named(name: str, column: Any) -> None:
    with pytest.raises(ValueError, match=r"\[0\]"):
        COLUMN[name](column)


@pytest.mark.parametrize("name", sorted(set(COLUMN) - {"effective_n"}))
def test_a_number_is_no_column(name: str) -> None:
    with pytest.raises(ValueError, match=r"0\.5 is no column"):
        COLUMN[name](0.5)


@pytest.mark.parametrize("wrong", [None, "x", math.nan], ids=str)
def test_single_numbers_that_are_none(wrong: Any) -> None:
    for ask in (
        lambda: wilson(hits=wrong, n=2),
        lambda: jeffreys(hits=1, n=wrong),
        lambda: wilson(hits=1, n=2, level=wrong),
        lambda: wilson(hits=1, n=2, effective=wrong) if wrong is not None else wilson(hits=3, n=2),
        lambda: binomial_test(hits=1, n=2, p=wrong),
        lambda: interval_score(low=1, high=2, value=wrong, level=0.5),
    ):
        with pytest.raises(ValueError):
            ask()


def test_days_of_numpy_are_days() -> None:
    np = pytest.importorskip("numpy")
    days, ends = np.array(["2024-01-01", "2025-01-01"], "M8[D]"), np.array(["2024-06-01", "2026-01-01"], "M8[D]")
    plain = chain_slip(said=[date(2024, 1, 1), date(2025, 1, 1)], deadlines=[date(2024, 6, 1), date(2026, 1, 1)])
    assert chain_slip(said=days, deadlines=ends) == plain
    stated = [(days[0], 0.1), (np.datetime64("2024-01-01T18", "ns"), 0.9)]
    with pytest.raises(ValueError, match="day and instant side by side"):
        time_weighted_brier(stated=stated, outcome=1, start=days[0], end=days[1])
    hours = [np.datetime64(f"2024-01-0{day}T{hour:02}", "ns") for day, hour in ((1, 0), (1, 18), (2, 0))]
    found = time_weighted_brier(stated=[(hours[0], 0.1), (hours[1], 0.9)], outcome=1, start=hours[0], end=hours[2])
    assert found.live == pytest.approx(0.61)
