"""Names that nothing uses."""

from __future__ import annotations

from ledger.checks import standing_problems
from ledger.loading.places import locate
from support.example_ledgers import found, lacking, read

LEDGER = """\
ledger: 1
people:
  ann: {name: Ann}
  bob: {name: Bob}
topics:
  weather: what it is like
  snow: winters
sources:
  talk: {title: A talk}
  report: {title: A report}
  paper: {title: Printed}
claims:
  - id: rain
    claim: It rains.
    speaker: ann
    said: 2025-01-08
    source: talk
    topics: [weather]
    deadline: none
    series: water
    resolutions:
      - {outcome: true, judged: 2026-01-05, evidence: [{source: report}]}
"""
UNUSED = [
    "4:3 unused no claim has the speaker bob",
    "7:3 unused no claim has the topic snow",
    "11:3 unused no claim has the source paper",
    "20:13 unused the series water has one claim",
]
SECOND = """\
  - id: hail
    claim: It hails.
    speaker: bob
    said: 2025-01-08
    source: paper
    topics: [snow]
    deadline: none
    series: water
"""


def test_names_that_nothing_uses() -> None:
    assert found(read(LEDGER), "unused") == UNUSED
    assert found(read(LEDGER + SECOND), "unused") == []


def test_a_file_that_cannot_be_cut_has_the_same_places() -> None:
    flow = LEDGER.replace("claims:", '"claims":')
    assert read(flow).spots[0].start == -1
    assert found(read(flow), "unused") == UNUSED


def test_a_head_that_goes_on_behind_the_claims() -> None:
    head, claims = LEDGER.split("claims:\n")
    text = "ledger: 1\nclaims:\n" + claims + head.removeprefix("ledger: 1\n")
    assert found(read(text), "unused") == [
        "10:13 unused the series water has one claim",
        "15:3 unused no claim has the speaker bob",
        "18:3 unused no claim has the topic snow",
        "22:3 unused no claim has the source paper",
    ]


def test_what_a_broken_claim_may_use_is_not_reported() -> None:
    broken = SECOND.replace("deadline: none", "deadline: sometime").replace("source: paper", "source: talk")
    assert found(read(LEDGER + broken), "unused") == ["11:3 unused no claim has the source paper"]
    assert found(read(LEDGER + SECOND.replace("deadline: none", "deadline: [")), "unused") == []


def test_claims_that_revise_each_other_are_a_series_whatever_it_is_called() -> None:
    text = LEDGER + SECOND.replace("series: water", "revises: rain")
    assert found(read(text), "unused") == []


def test_standing_problems_do_not_depend_on_the_day() -> None:
    text = LEDGER + SECOND.replace("deadline: none", "deadline: 2024").replace("speaker: bob", "speaker: bo")
    ledger = read(text)
    problems = [problem for problem in standing_problems(ledger) if problem.code not in lacking()]
    assert [(p.code, p.claim, p.place.line) for p in problems] == [
        ("unused", None, 1),  # bob
        ("no-criteria", "hail", 23),
        ("said-after-deadline", "hail", 23),
        ("undeclared", "hail", 25),
    ]
    located = standing_problems(ledger, locate=locate)
    assert {p.place.line for p in located if p.code not in lacking()} == {1, 23, 25, 29}
