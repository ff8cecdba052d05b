"""Claims that are awaited, withdrawn, told by several sources, seen on the way, or judged in two ways."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.checks import StoredDocument
from support.example_ledgers import CLAIM, HEAD, claim, found, judged, read, run

AWAITED = "deadline: 2026\nknown_by: 2027-02-25\n"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 2, 1), []),
        (date(2027, 2, 25), []),
        (
            date(2027, 2, 26),
            ["11:15 overdue the verdict on 2026 was due by 2027-02-25, 1 day ago, and nobody has judged"],
        ),
    ],
)
def test_nobody_owes_a_verdict_before_it_can_be_known(day: date, expected: list[str]) -> None:
    assert found(claim(AWAITED), "overdue", day=day) == expected


@pytest.mark.parametrize(
    ("look", "severity"),
    [
        ("checked: 2027-02-26", "note"),
        ("observations: [{date: 2027-02-26, note: no figure yet}]", "note"),
        ("observations: [{date: 2027-02-26, value: 3}, {date: 2027-01-01, value: 2}]", "note"),
        ("checked: 2027-02-25", "error"),  # no later than the day on which it was due
        ("observations: [{date: 2027-02-25, value: 3}]", "error"),
    ],
)
def test_a_look_puts_the_verdict_off(look: str, severity: str) -> None:
    (problem,) = run(claim(AWAITED + look), "overdue", day=date(2027, 3, 1), today=date(2028, 1, 1)).problems
    assert problem.severity == severity
    again = run(claim(AWAITED + look), "overdue", day=date(2027, 4, 1), today=date(2028, 1, 1)).problems
    assert [one.severity for one in again] == ["error"]


def test_what_is_dated_after_today() -> None:
    ledger = claim(
        "deadline: 2027\nforecasts: [{by: ann, date: 2026-07-01, probability: 3%}]\n"
        "observations: [{date: 2026-07-02, value: 3}, {date: 2026-06-30, value: 2}]\n"
    )
    assert found(ledger, "in-future") == [
        "12:33 in-future the date of a forecast 2026-07-01 is later than today, 2026-06-30",
        "13:27 in-future observed 2026-07-02 is later than today, 2026-06-30",
    ]


@pytest.mark.parametrize(
    ("fields", "judgement", "expected"),
    [
        ("deadline: 2025\n", "outcome: withdrawn, judged: 2025-06-01", []),
        ("deadline: 2025\n", "outcome: withdrawn, judged: 2026-01-01, happened: 2025-12", []),
        ("deadline: none\n", "outcome: withdrawn, judged: 2026-01-01", []),
        (
            "deadline: 2025\n",
            "outcome: withdrawn, judged: 2026-01-01",
            ["13:18 bad-value withdrawn 2026-01-01, after the deadline 2025 was over"],
        ),
        (
            "deadline: 2025\n",
            "outcome: withdrawn, judged: 2026-03-01, happened: 2026-02",
            ["13:18 bad-value withdrawn 2026-02, after the deadline 2025 was over"],
        ),
        (
            "kind: statement\n",
            "outcome: withdrawn, judged: 2025-03-01",
            ["13:18 bad-value a statement cannot be withdrawn: it was right on its day or not"],
        ),
        (
            "deadline: 2025-06-15\n",
            "outcome: withdrawn, judged: 2025-07-01, happened: 2025-06",
            ["15:19 straddles happened 2025-06 runs over 2025-06-15, the last day of the deadline"],
        ),
    ],
)
def test_withdrawn(fields: str, judgement: str, expected: list[str]) -> None:
    assert found(judged(fields, judgement), "bad-value", "straddles") == expected


def series(*claims: str) -> list[str]:
    text = HEAD
    for number, fields in enumerate(claims):
        text += CLAIM.replace("id: rain", f"id: rain-{number}") + f"    series: rains\n    {fields}\n"
    return found(read(text), "contradictory-series")


TRUE, FALSE = (f"resolutions: [{{outcome: {word}, judged: 2026-02-05, note: x}}]" for word in ("true", "false"))
LATE = "resolutions: [{outcome: true, happened: 2026-01, judged: 2026-02-05, note: x}]"


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        (f"deadline: 2025\n    {TRUE}", f"deadline: 2025\n    {FALSE}", True),
        (f"deadline: 2025\n    {TRUE}", f"deadline: 2025-01/2025-12\n    {FALSE}", True),
        (f"deadline: 2025\n    {TRUE}", f"deadline: 2025\n    {TRUE}", False),
        (f"deadline: 2025\n    {TRUE}", f"deadline: 2025-11\n    {FALSE}", False),
        (f"deadline: 2025\n    {TRUE}", f"deadline: 2025\n    window: during\n    {FALSE}", False),
        (f"deadline: 2025\n    {TRUE}", f"deadline: 2025\n    quantity: {{at_least: 3}}\n    {FALSE}", False),
        (f"deadline: 2025\n    {LATE}", f"deadline: 2025\n    {FALSE}", False),
        (f"kind: statement\n    {TRUE}", f"kind: statement\n    {FALSE}", False),
    ],
)
def test_one_event_has_one_verdict(one: str, other: str, contradict: bool) -> None:
    told = series(one, other)
    assert bool(told) == contradict
    if contradict:
        assert told[0].endswith("judged false, and rain-0 of the series rains, the same event, true")


def test_each_quote_is_held_against_its_own_document() -> None:
    ledger = read(
        HEAD.replace("talk.txt}}", "talk.txt}, news: {title: News, document: news.txt}, bare: {title: Bare}}")
        + CLAIM
        + "    deadline: 2027\n    quote: rain\n"
        "    also_in:\n      - news\n      - {source: news, at: line 2, quote: snow}\n"
        "      - {source: news, quote: rain}\n      - {source: bare, quote: x}\n      - {source: news, at: line 9}\n"
    )
    documents = {"talk.txt": StoredDocument(b"rain\n"), "news.txt": StoredDocument(b"\nsnow\n")}
    assert found(ledger, "quote-not-in-document", "no-document", documents=documents) == [
        "16:31 quote-not-in-document the quote is not in news.txt",
        "17:31 no-document the quote cannot be checked: the source bare names no document",
        "18:28 quote-not-in-document news.txt has 2 lines and no line 9",
    ]
    assert run(ledger, "quote-not-in-document", documents=documents).quotes == 3


def test_a_name_is_used_wherever_it_stands() -> None:
    ledger = read(
        "ledger: 1\npeople: {ann: {name: A}, bob: {name: B}, odds: {name: O}, firm: {name: F}, x: {name: X}}\n"
        "sources: {talk: {title: A talk}, a: {title: A}, b: {title: B}, c: {title: C}, y: {title: Y}}\nclaims:\n"
        + CLAIM
        + "    deadline: 2027\n    also_by: [bob]\n    also_in: [a]\n    fiscal_of: firm\n"
        "    forecasts: [{by: odds, date: 2026-01-01, probability: 3%, source: b}]\n"
        "    observations: [{date: 2026-01-01, evidence: [{source: c}]}]\n"
    )
    assert found(ledger, "unused") == [
        "2:76 unused no claim has the speaker x",
        "3:79 unused no claim has the source y",
    ]


def test_the_ends_of_a_range_that_decides() -> None:
    ledger = judged(
        "deadline: 2025\nquantity: {range: [100, 200], decides: range}\n",
        "outcome: true, value: 99, judged: 2026-01-05",
    )
    (told,) = found(ledger, "outcome-contradicts-value")
    assert told.endswith("the outcome is true, and the value 99 is below range 100")
