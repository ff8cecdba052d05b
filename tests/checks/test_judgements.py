"""Judgements that contradict themselves or their claim."""

from __future__ import annotations

from datetime import date

import pytest

from support.example_ledgers import claim, found, judged, read, run

Q = "deadline: 2025\nquantity: {at_least: 100, at_most: 200}\n"


@pytest.mark.parametrize(
    ("outcome", "value", "message"),
    [
        ("true", 100, None),
        ("true", 200, None),
        ("true", 99.5, "the outcome is true, and the value 99.5 is below at_least 100"),
        ("true", 201, "the outcome is true, and the value 201 is above at_most 200"),
        ("false", 99, None),
        ("false", 150, "the outcome is false, and the value 150 is what was claimed"),
        ("partly", 150, None),
        ("ambiguous", 99, None),
    ],
)
def test_outcome_contradicts_value(outcome: str, value: float, message: str | None) -> None:
    ledger = judged(Q, f"outcome: {outcome}, value: {value}, judged: 2026-01-05")
    assert [m.partition("value ")[2] for m in found(ledger, "outcome-contradicts-value")] == (
        [message] if message else []
    )


@pytest.mark.parametrize("quantity", ["unit: robots", "range: [100, 200]"])
def test_a_range_decides_nothing(quantity: str) -> None:
    ledger = judged(f"deadline: 2025\nquantity: {{{quantity}}}\n", "outcome: true, value: 1, judged: 2026-01-05")
    assert found(ledger, "outcome-contradicts-value") == []


@pytest.mark.parametrize(
    ("fields", "judgement", "message"),
    [
        ("deadline: 2025\n", "outcome: false, happened: 2025-02", "the outcome is false, and it happened 2025-02"),
        (
            "deadline: 2027\n",
            "outcome: true, happened: 2026-02",
            "it happened 2026-02, after it was judged on 2026-01-05",
        ),
        ("deadline: 2027\n", "outcome: true, happened: 2026-01", None),
        (
            "deadline: 2025-Q1\nwindow: during\n",
            "outcome: true, happened: 2025-04",
            "it happened 2025-04, after 2025-Q1, and a claim with window: during cannot come late",
        ),
        ("deadline: 2025-Q1\n", "outcome: true, happened: 2025-04", None),
        ("deadline: 2025-Q1\nwindow: during\n", "outcome: annulled, happened: 2025-04", None),
        ("deadline: none\nwindow: during\n", "outcome: true, happened: 2025-04", None),
        (
            "deadline: 2025-Q3\nwindow: during\n",
            "outcome: partly, happened: 2025-06-30",
            "it happened 2025-06-30, before 2025-Q3 began, and a claim with window: during cannot come early",
        ),
        ("deadline: 2025-Q3\nwindow: during\n", "outcome: true, happened: 2025-07", None),
        ("deadline: 2025-Q3\nwindow: during\n", "outcome: true, happened: 2025", None),  # it straddles
        ("deadline: 2025-Q3\n", "outcome: true, happened: 2025-06-30", None),
    ],
)
def test_outcome_contradicts_happened(fields: str, judgement: str, message: str | None) -> None:
    ledger = judged(fields, f"{judgement}, judged: 2026-01-05")
    assert [m.partition("happened ")[2] for m in found(ledger, "outcome-contradicts-happened")] == (
        [message] if message else []
    )


@pytest.mark.parametrize(
    ("happened", "is_found"),
    [("2025-03", False), ("2025-04", False), ("2025-03-31/2025-04-01", True), ("2025", True), ("2025-Q1", False)],
)
def test_straddles(happened: str, is_found: bool) -> None:
    ledger = judged("deadline: 2025-Q1\n", f"outcome: true, happened: {happened}, judged: 2026-01-05")
    assert bool(found(ledger, "straddles")) is is_found


@pytest.mark.parametrize(
    ("fields", "happened", "is_found"),
    [
        ("deadline: 2025\n", "2025-01-07", True),
        ("deadline: 2025\n", "2025-01", False),
        ("kind: statement\n", "2024", False),
    ],
)
def test_happened_before_said(fields: str, happened: str, is_found: bool) -> None:
    ledger = judged(fields, f"outcome: true, happened: {happened}, judged: 2026-01-05")
    assert bool(found(ledger, "happened-before-said")) is is_found


NO = "outcome: false, judged: "


@pytest.mark.parametrize("kind", ["prediction", "statement"])
@pytest.mark.parametrize(("judged_on", "is_found"), [("2025-01-07", True), ("2025-01-08", False), ("2024-01-01", True)])
def test_judged_before_it_was_said(kind: str, judged_on: str, is_found: bool) -> None:
    ledger = judged(f"kind: {kind}\ndeadline: 2025\n", NO + judged_on)
    expected = [f"15:17 bad-value judged {judged_on}, before the claim was said, 2025-01-08"]
    for day in (date(2020, 1, 1), date(2030, 1, 1)):
        assert found(ledger, "bad-value", day=day) == (expected if is_found else [])


@pytest.mark.parametrize(
    ("said", "judged_on", "is_found"),
    [("2025-06", "2025-05-31", True), ("2025-06", "2025-06-01", False), ("unknown", "2020-01-01", False)],
)
def test_said_in_a_month_is_said_from_its_first_day(said: str, judged_on: str, is_found: bool) -> None:
    text = judged("deadline: 2025\n", NO + judged_on).texts[0].text
    assert bool(found(read(text.replace("said: 2025-01-08", f"said: {said}")), "bad-value")) is is_found


def test_judgements_are_in_the_order_of_their_days() -> None:
    may, april = "outcome: true, judged: 2026-05-01", "outcome: false, judged: 2026-04-01"
    reopened = "outcome: reopened, judged: 2026-04-01, note: no"
    message = "bad-value judged 2026-04-01, earlier than a judgement above it, 2026-05-01"
    assert found(judged("deadline: 2025\n", may, april), "bad-value") == [f"17:17 {message}"]
    assert found(judged("deadline: 2025\n", may, reopened), "bad-value") == [f"17:17 {message}"]
    assert found(judged("deadline: 2025\n", april, may), "bad-value") == []
    assert found(judged("deadline: 2025\n", april, april), "bad-value") == []
    assert found(judged("deadline: 2025\n", may, april, may), "bad-value") == []  # mended by one more
    assert len(found(judged("deadline: 2025\n", may, april, april), "bad-value")) == 1
    hint = run(judged("deadline: 2025\n", may, april), "bad-value").problems[0].hint
    assert hint == (
        "judgements are in the order of their days: correct the day; "
        "if the judgement stands in the history already, append another: ledger resolve rain … --again"
    )


def test_a_judgement_that_a_later_one_replaces_is_not_reported() -> None:
    wrong = "outcome: true, happened: 2025, judged: 2026-01-05"
    fields = "deadline: 2025-Q1\n"
    assert len(found(judged(fields, wrong), "straddles")) == 1
    assert found(judged(fields, wrong, "outcome: true, judged: 2026-02-01"), "straddles") == []
    assert found(judged(fields, wrong, "outcome: reopened, judged: 2026-02-01, note: no"), "straddles") == []
    assert found(judged(fields, "outcome: false, judged: 2026-01-01", wrong), "straddles") == [
        "17:19 straddles happened 2025 runs over 2025-03-31, the last day of the deadline"
    ]


def test_evidence() -> None:
    assert found(judged("deadline: 2025\n", "outcome: true, judged: 2026-01-05, note: Wet."), "no-evidence") == [
        "13:9 no-evidence the judgement of 2026-01-05 rests on a note alone"
    ]
    assert found(judged("deadline: 2025\n", "outcome: reopened, judged: 2026-01-05, note: Dry."), "no-evidence") == []
    assert found(judged("deadline: 2025\n", "outcome: true, judged: 2026-01-05"), "no-evidence") == []


def test_criteria() -> None:
    ledger = claim("deadline: 2027")
    assert found(ledger, "no-criteria") == []
    text = ledger.texts[0].text
    bare = text.replace("    criteria: The weather service reports rain.\n", "")
    assert found(read(bare), "no-criteria") == ["5:9 no-criteria a dated claim does not say what must be observed"]
    assert found(read(bare.replace("deadline: 2027", "deadline: none")), "no-criteria") == []
    assert run(read(bare.replace("deadline: 2027", "kind: statement")), "no-criteria").problems == ()
