"""The stated limits are reached in good time: CPU seconds, with room for a slow machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from ledger.scoring import (
    CORP_NULL_LIMIT,
    HITS_LIMIT,
    binomial_test,
    brier_score,
    corp,
    corp_null,
    hits_probability,
    kaplan_meier,
    murphy,
)

RANDOM = Random(1).random
MANY = [RANDOM() for _ in range(60_000)]
HAPPENED = [RANDOM() < p for p in MANY]


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def test_the_chance_level_at_its_limit() -> None:
    """Half a second where it was measured; neither all different nor pairs of ties may be much slower."""
    different, pairs = MANY[:CORP_NULL_LIMIT], MANY[: CORP_NULL_LIMIT // 2] * 2
    assert seconds(lambda: corp_null(probabilities=different, draws=500)) < 1.5
    assert seconds(lambda: corp_null(probabilities=pairs, draws=500)) < 1.5


def test_the_exact_chance_at_its_limit() -> None:
    assert seconds(lambda: hits_probability(probabilities=MANY[:HITS_LIMIT], hits=1000)) < 1.5


def test_many_claims() -> None:
    assert seconds(lambda: kaplan_meier(durations=MANY, events=HAPPENED).median) < 2
    assert seconds(lambda: brier_score(probabilities=MANY, outcomes=HAPPENED)) < 2
    assert seconds(lambda: corp(probabilities=MANY, outcomes=HAPPENED)) < 4
    assert seconds(lambda: murphy(probabilities=MANY, outcomes=HAPPENED)) < 4
    assert seconds(lambda: binomial_test(hits=18_000, n=60_000, p=0.3)) < 2


def test_an_exact_half_among_very_many_is_decided_in_good_time() -> None:
    """Only what floats cannot tell is decided in whole numbers, and those are multiplied in pairs."""
    times = [float(t) for t in range(60_000)]
    events = [t % 3 != 0 for t in range(60_000)]
    curve = kaplan_meier(durations=times, events=events)
    half = min(range(len(curve.survival)), key=lambda i: abs(curve.survival[i] - 0.5))
    q = 1 - curve.survival[half]
    assert seconds(lambda: curve.quantile(q)) < 2
    assert curve.quantile(q) in curve.times[half : half + 2]
