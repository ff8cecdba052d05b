"""Scores of many forecasters: against definitions written out, and against simulated truth."""

from __future__ import annotations

import math
import random
import statistics

import pytest

from ledger.scoring.forecasters import (
    crowd,
    e_value,
    mean_interval,
    median_brier,
    middle_of,
    moments,
    peer_scores,
    relative_briers,
    student_quantile,
)


def test_peer_scores_are_the_definition() -> None:
    rng = random.Random(1)
    for _ in range(50):
        stated = [rng.choice((rng.random(), 0.5, 1.0, 0.0)) for _ in range(rng.randint(2, 9))]
        outcome = rng.randint(0, 1)
        given = [p if outcome else 1 - p for p in stated]
        for i, score in enumerate(peer_scores(probabilities=stated, outcome=outcome)):
            others = [math.log(q) for j, q in enumerate(given) if j != i and q > 0]
            if given[i] == 0 or not others:
                assert score is None
            else:
                assert score == pytest.approx(100 * (math.log(given[i]) - statistics.fmean(others)), abs=1e-9)


def test_relative_scores_are_the_definition() -> None:
    rng = random.Random(2)
    for _ in range(200):
        stated = [rng.choice((0.1, 0.5, 0.5, rng.random())) for _ in range(rng.randint(1, 9))]
        outcome = rng.randint(0, 1)
        scores = [(p - outcome) ** 2 for p in stated]
        found = relative_briers(probabilities=stated, outcome=outcome)
        for i, score in enumerate(found):
            others = scores[:i] + scores[i + 1 :]
            assert score == (pytest.approx(scores[i] - statistics.median(others), abs=1e-12) if others else None)
        middle = middle_of(sorted(stated))
        assert middle is not None
        assert median_brier(outcome, middle) == pytest.approx(statistics.median(scores), abs=1e-12)


def test_crowds() -> None:
    found = crowd(probabilities=[0.2, 0.4, 0.9, 0.6])
    odds = math.prod(p / (1 - p) for p in (0.2, 0.4, 0.9, 0.6)) ** 0.25
    assert found == {
        "median": pytest.approx(0.5),
        "mean": pytest.approx(0.525),
        "odds": pytest.approx(odds / (1 + odds)),
    }
    assert crowd(probabilities=[0.0, 0.3])["odds"] == 0
    assert crowd(probabilities=[1.0, 0.3])["odds"] == 1
    assert crowd(probabilities=[1.0, 0.0])["odds"] is None
    assert crowd(probabilities=[]) == dict.fromkeys(("median", "mean", "odds"))


def test_students_quantiles_are_those_of_the_tables() -> None:
    printed = {1: 12.706, 2: 4.303, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.980, 100_000: 1.960}
    assert {n: round(student_quantile(n, 0.95), 3) for n in printed} == printed
    assert round(student_quantile(7, 0.99), 3) == 3.499


def test_intervals_cover_what_they_should() -> None:
    rng = random.Random(3)
    covered = 0
    for _ in range(800):
        ends = mean_interval(found=moments([rng.random() ** 2 for _ in range(12)]))
        assert ends is not None
        covered += ends.low <= 1 / 3 <= ends.high
    assert 0.92 <= covered / 800 <= 0.97


def test_no_spread_is_no_interval() -> None:
    assert mean_interval(found=moments([0.1] * 7)) is None
    assert mean_interval(found=moments([0.1])) is None
    assert mean_interval(found=moments([])) is None
    with pytest.raises(ValueError, match="level"):
        mean_interval(found=moments([0.1, 0.2]), level=1)


def test_evidence_may_be_read_after_every_question() -> None:
    """With equal forecasters the largest value ever seen reaches 20 in at most one of twenty."""
    rng = random.Random(4)
    alarms = sum(
        e_value(differences=[rng.choice((-1, 1)) * rng.random() for _ in range(300)]) >= 20 for _ in range(500)
    )
    assert alarms / 500 <= 0.05
    assert e_value(differences=[rng.gauss(0.1, 0.1) / 2 for _ in range(400)]) > 20
    assert e_value(differences=[-0.1] * 50) == 1
    with pytest.raises(ValueError, match="differences"):
        e_value(differences=[1.5])
