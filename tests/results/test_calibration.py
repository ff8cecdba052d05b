"""calibration: stated probabilities against what happened."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ledger.facts import Fact
from ledger.results.calibration import Calibration, Calibrations, calibration
from ledger.scoring import corp, corp_null, evidence, hits_probability, murphy, wilson
from support.claims_for_scores import DAY, fact, hit, late, ledger_of, miss, partly


def of(*facts: Fact, **options: Any) -> Calibrations:
    return calibration(ledger_of(*facts), day=DAY, **options)


def whole(*facts: Fact) -> Calibration:
    (group,) = of(*facts).groups
    return group


def many(n: int) -> list[Fact]:
    """Claims of 20% and 70%, every third of which came true."""
    return [
        (hit if number % 3 == 0 else miss)(f"c{number:05}", probability=0.7 if number % 2 else 0.2)
        for number in range(n)
    ]


def test_a_row_for_each_stated_probability() -> None:
    group = whole(
        hit("a", probability=0.3),
        miss("b", probability=0.3),
        late("c", probability=0.3),
        partly("d", probability=0.9),
        hit("e"),
        fact("f", probability=0.9),
        fact("g", probability=0.9, deadline="2027"),
        hit("h", probability=0.9, kind="possibility"),
    )
    assert [(row.probability, row.n, row.hit, row.rate) for row in group.stated] == [(0.3, 3, 1, 1 / 3), (0.9, 1, 0, 0)]
    assert group.stated[0].interval is not None
    assert (group.stated[0].interval.low, group.stated[0].interval.high) == wilson(hits=1, n=3)
    assert (group.n, group.hit, group.overdue) == (4, 1, 1)
    assert group.expected == pytest.approx(3 * 0.3 + 0.9)


def test_the_parts_of_the_brier_score_and_the_exact_check() -> None:
    facts = [hit("a", probability=0.8), miss("b", probability=0.8), miss("c", probability=0.1)]
    group = whole(*facts)
    terms = murphy(probabilities=[0.8, 0.8, 0.1], outcomes=[1, 0, 0])
    assert terms is not None
    assert (group.brier, group.reliability, group.resolution, group.uncertainty) == (
        terms.brier,
        terms.reliability,
        terms.resolution,
        terms.uncertainty,
    )
    assert group.exact is None  # fewer than five series


def test_the_exact_check_takes_one_claim_of_each_series() -> None:
    alone = [hit("a", probability=0.8), *(miss(f"m{i}", probability=0.3) for i in range(4))]
    again = [hit(f"again{i}", probability=0.8, series="s", said="2024-02-01") for i in range(3)]
    first = miss("first", probability=0.6, series="s")
    for facts in (alone, [*alone[:4], first, *again]):
        group = whole(*facts)
        drawn = [one for one in facts if not one.id.startswith("again")]
        assert group.exact is not None
        assert (group.exact.n, group.exact.hit, group.exact.method) == (5, 1, "exact")
        tails = hits_probability(probabilities=[one.probability or 0 for one in drawn], hits=1)
        assert (group.exact.at_most, group.exact.at_least) == tails
    assert whole(*alone[:4]).exact is None


def test_without_probabilities_nothing_is_defined() -> None:
    group = whole(hit("a"), miss("b"))
    assert (group.n, group.hit, group.stated) == (0, 0, ())
    assert (group.brier, group.exact, group.corp) == (None, None, None)


def test_corp_from_thirty_claims_on() -> None:
    assert whole(*many(29)).corp is None
    found = whole(*many(30)).corp
    stated = [claim.probability or 0.0 for claim in many(30)]
    terms = corp(probabilities=stated, outcomes=[number % 3 == 0 for number in range(30)])
    chance = corp_null(probabilities=stated)
    assert found is not None and terms is not None and chance is not None
    assert found.miscalibration == terms.miscalibration
    assert (found.chance_mean, found.chance_percentile95) == (chance.mean, chance.percentile95)
    assert [point.probability for point in found.curve] == [0.2, 0.7]


def test_nothing_ends_above_the_limits() -> None:
    group = whole(*many(2001))
    assert group.exact is not None and group.exact.method == "refined normal"
    assert group.corp is not None and group.corp.chance_mean is not None and group.chance is not None
    assert 0 < group.corp.chance_mean < (group.corp.chance_percentile95 or 0)
    assert sum(row.n for row in group.stated) == 2001


def test_only_groups_with_a_probability() -> None:
    facts = (hit("a", probability=0.5), hit("b", speaker="bob"), fact("c", speaker="eve", probability=0.5))
    assert [(group.group, group.n, group.overdue) for group in of(*facts, by="speaker").groups] == [
        ("ada", 1, 0),
        ("eve", 0, 1),
    ]


def test_the_order_of_claims_does_not_matter() -> None:
    facts = many(40)
    assert of(*facts) == of(*reversed(facts))


# --- probabilities that were changed --------------------------------------------------------------------------


def test_a_changed_probability_counts_for_the_days_it_stood() -> None:
    first = fact("first", said="2024-01-01", deadline="2024-01-11", probability=0.6)
    second = fact("second", said="2024-01-03", deadline="2024-01-11", probability=0.9, revises="first", restates=True)
    judged = first._replace(judgements=miss("x").judgements)
    (update,) = of(judged, second).updates
    # 60% for 2 days, 90% for 8, and it did not come true: (2 * 0.36 + 8 * 0.81) / 10
    assert (update.id, update.statements, update.first, update.last, update.hit) == ("first", 2, 0.6, 0.9, False)
    assert update.live == update.scheduled == pytest.approx(0.72)
    assert update.coverage == 1.0
    assert of(first, second).updates == ()  # overdue
    assert of(judged).updates == ()


def test_the_first_statement_alone_is_scored() -> None:
    first = miss("first", probability=0.6)
    second = miss("second", said="2024-06-01", probability=0.1, revises="first", restates=True)
    third = miss("third", said="2024-07-01", probability=0.2, revises="second", restates=True)
    found = of(third, first, second)
    assert [(row.probability, row.n) for row in found.groups[0].stated] == [(0.6, 1)]
    assert [(update.statements, update.last) for update in found.updates] == [(3, 0.2)]


def test_an_early_hit_leaves_the_rest_without_skill() -> None:
    first = hit("first", probability=0.8, said="2024-01-02")  # came true on 1 July: 181 of 364 days
    second = fact("second", said="2024-02-01", probability=0.8, revises="first", restates=True)
    (update,) = of(first, second).updates
    assert update.coverage == pytest.approx(181 / 364)
    assert update.live == pytest.approx(0.04)
    assert update.scheduled == pytest.approx(0.04 * 181 / 364 + 0.25 * 183 / 364)


def test_restated_in_a_circle() -> None:
    first = miss("first", probability=0.6)
    second = fact("second", probability=0.5, revises="third", restates=True)
    third = fact("third", probability=0.5, revises="second", restates=True)
    assert of(first, second, third).updates == ()


# --- evidence over time ---------------------------------------------------------------------------------------


def test_the_evidence_is_over_one_claim_of_each_series_in_the_order_of_deadlines() -> None:
    facts = [
        hit("late", probability=0.6, said="2023-01-01", deadline="2025-01-01"),
        miss("b", probability=0.9),
        miss("b-again", probability=0.1, said="2024-02-01", revises="b"),
    ]
    found = whole(*facts).sequential
    assert found is not None
    assert [(bet.id, bet.hit) for bet in found.bets] == [("b", False), ("late", True)]
    expected = evidence(probabilities=[0.9, 0.6], outcomes=[0, 1])
    assert tuple(bet.e_value for bet in found.bets) == expected.values
    assert (found.n, found.alarm, found.alarm_at) == (2, 20, None)
    assert whole(hit("a")).sequential is None


def test_the_claim_of_the_alarm_is_named() -> None:
    found = whole(miss("a", probability=0.5), miss("sure", probability=1.0)).sequential
    assert found is not None and (found.alarm_at, found.e_value) == ("sure", math.inf)
