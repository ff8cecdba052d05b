"""Bets against stated probabilities: a fair game, and an alarm that is worth something."""

from __future__ import annotations

import math
from itertools import product
from random import Random

import pytest

from ledger.scoring import ALARM, ALTERNATIVES, evidence


@pytest.mark.parametrize("stated", [[0.9, 0.2, 0.5], [0.01, 0.99], [0.7] * 5])
def test_the_game_is_fair_whatever_was_stated(stated: list[float]) -> None:
    """Over all outcomes, weighted with the stated probabilities, the money is on average what it was: 1."""
    expected = 0.0
    for outcomes in product((0, 1), repeat=len(stated)):
        chance = math.prod(p if y else 1 - p for p, y in zip(stated, outcomes, strict=True))
        expected += chance * evidence(probabilities=stated, outcomes=outcomes).last
    assert expected == pytest.approx(1)


def test_calibrated_speakers_raise_few_alarms_under_any_peeking() -> None:
    random = Random(5)
    alarms = 0
    for _ in range(300):
        stated = [random.random() for _ in range(60)]
        outcomes = [random.random() < p for p in stated]
        alarms += evidence(probabilities=stated, outcomes=outcomes).alarm_at is not None
    assert alarms <= 15


def test_an_overconfident_speaker_is_found() -> None:
    found = evidence(probabilities=[0.95] * 20, outcomes=[1, 0] * 10)
    assert found.highest > ALARM
    assert found.alarm_at is not None and found.values[found.alarm_at - 1] >= ALARM > max(
        found.values[: found.alarm_at - 1]
    )
    assert max(found.by_alternative, key=lambda name: found.by_alternative[name]) == "half as sure"


def test_what_was_called_impossible_is_infinite_evidence() -> None:
    found = evidence(probabilities=[0.5, 0.0, 1.0], outcomes=[1, 1, 1])
    assert (found.values[1], found.last, found.alarm_at) == (math.inf, math.inf, 2)
    assert evidence(probabilities=[0.0, 1.0], outcomes=[0, 1]).last == 1


def test_nothing_is_no_evidence() -> None:
    found = evidence(probabilities=[], outcomes=[])
    assert (found.last, found.highest, found.alarm_at) == (1.0, 1.0, None)
    assert found.by_alternative == dict.fromkeys(ALTERNATIVES, 1.0)
