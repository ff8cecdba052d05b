"""Seeded worlds whose truth is known: the headline numbers find it, the tempting ones do not."""

from __future__ import annotations

import math
from random import Random
from statistics import NormalDist, mean

import pytest

from ledger.scoring import (
    brier_score,
    corp,
    corp_null,
    hit_rate,
    hits_probability,
    kaplan_meier,
    murphy,
    rate_bounds,
    wilson,
)


def some(value: float | None) -> float:
    assert value is not None
    return value


@pytest.mark.parametrize(("truth", "resolved_so_far"), [(0.2, 0.307), (0.3, 0.434), (0.5, 0.647), (0.7, 0.815)])
def test_the_cohort_by_deadline_finds_the_rate_and_what_is_resolved_so_far_does_not(
    truth: float, resolved_so_far: float
) -> None:
    """Claims "within 3 years", made evenly over 5 years: hits resolve early, misses only at the deadline."""
    random, made = Random(11).random, []
    for _ in range(12_000):
        age, comes = 5 * random(), random() < truth
        made.append((age, 3 * random() if comes else math.inf))
    resolved = [took for age, took in made if took <= age or age >= 3]
    matured = [took for age, took in made if age >= 3]
    naive = hit_rate(hits=sum(took <= 3 for took in resolved), n=len(resolved))
    headline = hit_rate(hits=sum(took <= 3 for took in matured), n=len(matured))
    assert some(naive) == pytest.approx(resolved_so_far, abs=0.02)
    assert some(headline) == pytest.approx(truth, abs=0.015)

    curve = kaplan_meier(
        durations=[min(took, age) / 3 for age, took in made], events=[took <= age for age, took in made]
    )
    assert 1 - some(curve.at(1)) == pytest.approx(truth, abs=0.015)


@pytest.mark.parametrize(("misses_marked", "naive", "high"), [(0.7, 0.381, 0.51), (0.4, 0.518, 0.72)])
def test_bounds_hold_the_rate_that_dropping_unjudged_misses_hides(
    misses_marked: float, naive: float, high: float
) -> None:
    random = Random(12).random
    hits = misses = overdue = 0
    for _ in range(20_000):
        if random() < 0.3:
            hits += 1
        elif random() < misses_marked:
            misses += 1
        else:
            overdue += 1
    assert some(hit_rate(hits=hits, n=hits + misses)) == pytest.approx(naive, abs=0.015)
    bounds = rate_bounds(hits=hits, n=hits + misses, overdue=overdue)
    assert bounds == (pytest.approx(0.3, abs=0.01), pytest.approx(high, abs=0.01))


def test_the_median_stretch_is_found_and_means_of_the_finished_are_not_it() -> None:
    """True median 2.49 times the promised time; watched for 0.5 to 6 times, so that 45% are still open."""
    random, normal = Random(5).random, NormalDist()
    watched = []
    for _ in range(20_000):
        took, until = 2.49 * math.exp(0.8 * normal.inv_cdf(random())), 0.5 + 5.5 * random()
        watched.append((min(took, until), took <= until))
    finished = [t for t, event in watched if event]
    assert len(finished) / len(watched) == pytest.approx(0.55, abs=0.02)
    assert mean(finished) == pytest.approx(1.90, abs=0.03)
    assert mean(t for t in finished if t > 1) == pytest.approx(2.24, abs=0.03)
    curve = kaplan_meier(durations=[t for t, _ in watched], events=[event for _, event in watched])
    assert some(curve.median) == pytest.approx(2.49, abs=0.05)


def test_delayed_entry_undoes_entering_only_what_lasted() -> None:
    """Claims come under watch some time after they were made, and only if still open then."""
    random, normal = Random(6).random, NormalDist()
    seen = []
    while len(seen) < 10_000:
        took, entry = 2 * math.exp(0.7 * normal.inv_cdf(random())), 2 * random()
        if took > entry:
            until = entry + 5 * random()
            seen.append((entry, min(took, until), took <= until))
    durations, events = [end for _, end, _ in seen], [event for _, _, event in seen]
    unaware = kaplan_meier(durations=durations, events=events)
    aware = kaplan_meier(durations=durations, events=events, entries=[start for start, _, _ in seen])
    assert some(aware.median) == pytest.approx(2, abs=0.08)
    assert some(unaware.median) > 2.2


def test_dead_claims_censored_at_their_death_flatter() -> None:
    """Half never come true; half of those are known dead early. Only at risk to the end they count."""
    random = Random(7).random
    kept, dropped = [], []
    for _ in range(10_000):
        if random() < 0.5:
            took = 4 * random()
            kept.append((took, True))
            dropped.append((took, True))
        else:
            kept.append((math.inf, False))
            dropped.append((random() if random() < 0.5 else 4.0, False))
    honest = kaplan_meier(durations=[t for t, _ in kept], events=[e for _, e in kept])
    flattering = kaplan_meier(durations=[t for t, _ in dropped], events=[e for _, e in dropped])
    assert 1 - some(honest.at(3.9)) == pytest.approx(0.49, abs=0.02)
    assert 1 - some(flattering.at(3.9)) > 0.6


def test_wilson_covers_what_it_promises() -> None:
    random, covered = Random(8).random, 0
    for _ in range(3000):
        low, high = wilson(hits=sum(random() < 0.3 for _ in range(12)), n=12) or (1, 0)
        covered += low <= 0.3 <= high
    assert covered / 3000 == pytest.approx(0.95, abs=0.02)


def test_a_calibrated_speaker_stays_below_the_chance_level_19_times_in_20() -> None:
    stated = [k / 10 for k in range(1, 10)] * 4
    chance = corp_null(probabilities=stated, seed=1)
    assert chance is not None
    random, above = Random(9).random, 0
    for _ in range(1500):
        terms = corp(probabilities=stated, outcomes=[random() < p for p in stated])
        assert terms is not None
        above += terms.miscalibration > chance.percentile95
    assert above / 1500 == pytest.approx(0.05, abs=0.02)


def test_an_overconfident_speaker_is_beyond_it() -> None:
    """States 90% of what comes true half of the time: CORP, Murphy and the exact chance all say so."""
    random = Random(10).random
    outcomes = [random() < 0.5 for _ in range(60)]
    stated = [0.9] * 60
    terms, chance = corp(probabilities=stated, outcomes=outcomes), corp_null(probabilities=stated)
    assert terms is not None
    assert chance is not None
    assert terms.miscalibration > 5 * chance.percentile95
    table = murphy(probabilities=stated, outcomes=outcomes)
    assert table is not None
    assert table.reliability == pytest.approx(terms.miscalibration)
    assert hits_probability(probabilities=stated, hits=sum(outcomes))[0] < 1e-6


def test_the_exact_chance_is_uniform_for_a_calibrated_speaker() -> None:
    """Below 5% no oftener than in 5 of 100 ledgers, though with few claims rather seldomer."""
    random, stated = Random(13).random, [0.15, 0.3, 0.45, 0.6, 0.75, 0.9] * 4
    below = 0
    for _ in range(1500):
        at_most, _at_least = hits_probability(probabilities=stated, hits=sum(random() < p for p in stated))
        below += at_most <= 0.05
    assert 0.01 < below / 1500 < 0.06


def test_the_truth_scores_best_in_the_long_run() -> None:
    random = Random(14).random
    truths = [random() for _ in range(5000)]
    outcomes = [random() < p for p in truths]
    scores = {
        "truth": brier_score(probabilities=truths, outcomes=outcomes),
        "bolder": brier_score(probabilities=[float(p > 0.5) for p in truths], outcomes=outcomes),
        "shyer": brier_score(probabilities=[0.5 + (p - 0.5) / 2 for p in truths], outcomes=outcomes),
        "coin": brier_score(probabilities=[0.5] * 5000, outcomes=outcomes),
    }
    assert min(scores, key=lambda name: some(scores[name])) == "truth"
    assert some(scores["truth"]) == pytest.approx(1 / 6, abs=0.01)
    assert scores["coin"] == 0.25
