"""Every case of the reference file that the functions cover, at the tolerance the case states."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from ledger.scoring import (
    brier_score,
    brier_skill,
    certain_misses,
    corp,
    hits_probability,
    interval_score,
    jeffreys,
    kaplan_meier,
    log_score,
    murphy,
    range_verdict,
    sign_test,
    slip,
    time_weighted_brier,
    wilson,
)
from support.scoring_cases import REFERENCE, agree, cases, name

Case = dict[str, Any]
EDGES = {
    "unique": None,
    "width5": [0, 0.2, 0.4, 0.6, 0.8, 1],
    "width10": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
}


def each(group: str) -> Any:
    return pytest.mark.parametrize("case", cases(group), ids=name)


def stated(case: Case) -> dict[str, Any]:
    return {"probabilities": case["inputs"]["p"], "outcomes": case["inputs"]["y"]}


def test_the_file_is_whole() -> None:
    assert Counter(case["group"] for case in REFERENCE["cases"]) == {
        "brier": 14,
        "log_score": 13,
        "skill": 12,
        "murphy": 15,
        "corp": 13,
        "proportion": 21,
        "exact_calibration": 3,
        "sign_test": 2,
        "interval": 7,
        "time_weighted": 6,
        "kaplan_meier": 7,
        "kaplan_meier_entry": 2,
        "slip": 3,
    }


@each("brier")
def test_brier(case: Case) -> None:
    assert agree(case, brier_score(**stated(case)), case["expected"]["brier"])


@each("log_score")
def test_log_score(case: Case) -> None:
    assert agree(case, log_score(**stated(case)), case["expected"]["log_loss_nats"])
    assert certain_misses(**stated(case)) == case["expected"]["n_infinite"]


@each("skill")
def test_skill(case: Case) -> None:
    expected = case["expected"]
    assert agree(case, brier_skill(**stated(case)), expected["bss_vs_half"])
    assert agree(case, brier_skill(**stated(case), base_rate=None), expected["bss_vs_base_rate"])
    given = brier_skill(**stated(case), base_rate=expected["base_rate"])
    assert agree(case, given, expected["bss_vs_base_rate"])


@each("murphy")
def test_murphy(case: Case) -> None:
    terms = murphy(**stated(case), edges=EDGES[case["inputs"]["kind"]])
    assert terms is not None
    expected = dict(case["expected"])
    assert len(terms.bins) == expected.pop("n_bins")
    for term, value in expected.items():
        assert agree(case, getattr(terms, term), value), term


@each("corp")
def test_corp(case: Case) -> None:
    terms = corp(**stated(case), score=case["inputs"]["score"])
    expected = case["expected"]
    assert terms is not None
    assert agree(case, terms.score, expected["score"])
    assert agree(case, terms.miscalibration, expected["mcb"])
    assert agree(case, terms.discrimination, expected["dsc"])
    assert agree(case, terms.uncertainty, expected["unc"])
    if "recalibrated" in expected:
        assert list(terms.probabilities) == expected["distinct_p"]
        assert len(terms.recalibrated) == len(expected["recalibrated"])
        for found, value in zip(terms.recalibrated, expected["recalibrated"], strict=True):
            assert agree(case, found, value)


@each("proportion")
def test_intervals_of_a_rate(case: Case) -> None:
    for interval, key in ((wilson, "wilson"), (jeffreys, "jeffreys_bcd")):
        found = interval(**case["inputs"])
        assert found is not None
        for end, value in zip(found, case["expected"][key], strict=True):
            assert agree(case, end, value), key


@each("exact_calibration")
def test_hits_probability(case: Case) -> None:
    expected = case["expected"]
    found = hits_probability(probabilities=case["inputs"]["p"], hits=sum(case["inputs"]["y"]))
    assert agree(case, found[0], expected["prob_at_most_hits"])
    assert agree(case, found[1], expected["prob_at_least_hits"])


@each("sign_test")
def test_sign_test(case: Case) -> None:
    assert agree(case, sign_test(**case["inputs"]), case["expected"]["p_two_sided"])


@each("interval")
def test_interval_score(case: Case) -> None:
    given = case["inputs"]
    claim = {"low": given["lower"], "high": given["upper"], "value": given["observed"]}
    assert agree(case, interval_score(**claim, level=1 - given["alpha"]), case["expected"]["interval_score"])
    assert range_verdict(**claim) == case["expected"]["verdict"]


@each("time_weighted")
@pytest.mark.parametrize("numbers", [False, True], ids=["dates", "numbers"])
def test_time_weighted(case: Case, numbers: bool) -> None:
    def day(text: str) -> Any:
        parsed = date.fromisoformat(text)
        return parsed.toordinal() if numbers else parsed

    given, expected = case["inputs"], case["expected"]
    found = time_weighted_brier(
        stated=[(day(when), p) for when, p in given["stated"]],
        outcome=given["outcome"],
        start=day(given["made"]),
        end=day(given["deadline"]),
        resolved=None if given["resolved"] is None else day(given["resolved"]),
    )
    assert [list(segment) for segment in found.segments] == expected["segments"]
    assert agree(case, found.live, expected["brier_live"])
    assert agree(case, found.coverage, expected["coverage"])
    assert agree(case, found.first, expected["brier_first"])
    assert agree(case, found.last, expected["brier_last"])
    assert found.scheduled is not None
    assert agree(case, 1 - found.scheduled / 0.25, expected["skill_vs_half_truncated"])


@each("kaplan_meier")
def test_kaplan_meier(case: Case) -> None:
    given, expected = case["inputs"], case["expected"]
    found = kaplan_meier(durations=given["time"], events=given["event"])
    assert list(found.times) == expected["event_times"]
    assert len(found.survival) == len(expected["survival"])
    for s, value in zip(found.survival, expected["survival"], strict=True):
        assert agree(case, s, value)
    assert (found.n, sum(found.fulfilled)) == (expected["n"], expected["n_events"])
    for q, value in expected["quantile_first_S_le"].items():
        assert agree(case, found.quantile(float(q)), None if value == "inf" else value), q
    assert found.median == found.quantile(0.5)


@each("kaplan_meier_entry")
def test_kaplan_meier_with_delayed_entry(case: Case) -> None:
    given, expected = case["inputs"], case["expected"]
    found = kaplan_meier(durations=given["time"], events=given["event"], entries=given["entry"])
    assert list(found.times) == expected["event_times"]
    for s, value in zip(found.survival, expected["survival"], strict=True):
        assert agree(case, s, value)


@each("slip")
def test_slip(case: Case) -> None:
    given, expected = case["inputs"], case["expected"]
    happened = given["fulfilled"]
    found = slip(
        said=date.fromisoformat(given["made"]),
        deadline=date.fromisoformat(given["deadline"]),
        as_of=date.fromisoformat(given["as_of"]),
        happened=None if happened is None else date.fromisoformat(happened),
    )
    assert found.horizon_days == expected["horizon_days"]
    assert found.duration_days == expected["duration_days"]
    assert found.slip_days == expected["slip_days"]
    assert found.observed is expected["observed"]
    assert agree(case, found.stretch, expected["stretch"])
