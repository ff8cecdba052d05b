"""What real claims say that a deadline and one speaker cannot: each is expressed, sound, and counted as it is."""

from __future__ import annotations

import json

import pytest

from .conftest import Runner

HEAD = """\
ledger: 1
about: {keeper: The desk, contact: desk@example.org, licence: CC-BY-4.0, language: en}
timezone: Europe/Brussels
people:
  ann: {name: Ann}
  eu: {name: The EU, kind: organisation}
  uk: {name: The UK, kind: organisation}
  nvidia: {name: Nvidia, kind: organisation, fiscal_year_end: 1}
  market: {name: A market, kind: market}
sources: {talk: {title: A talk}, paper: {title: A paper, archived: "https://archive.example/p"}}
claims:
"""
JUDGED = "resolutions: [{{outcome: {}, judged: {}, evidence: [{{title: Report}}]}}]"
KINDS = {
    "several speakers": ("speaker: eu, also_by: [uk], deadline: 2026", "open"),
    "several sources": ('also_in: [{source: paper, quote: "by 2026"}], deadline: 2026', "open"),
    "taken back": (f"deadline: 2026, {JUDGED.format('withdrawn', '2026-03-01')}", "withdrawn"),
    "a point": ("deadline: 2026, quantity: {point: 1.1, unit: percent}", "open"),
    "a band that decides": (
        "deadline: 2026, quantity: {range: [2, 3], decides: range, level: 90%, point: 2.5}",
        "open",
    ),
    "known later": ("deadline: 2025, known_by: 2027-02-25", "awaiting"),
    "a fiscal quarter": (
        "speaker: ann, deadline: 2026-11/2027-01, deadline_words: Q4 FY2027, fiscal_of: nvidia",
        "open",
    ),
    "every year until 2029": ("deadline: 2029, window: during, series: yearly", "open"),
    "in 2026": ("deadline: 2026, window: during", "open"),
    "conditional": ("deadline: 2026, condition: if all goes well", "open"),
    "soon": ("deadline: none, deadline_words: soon", "undated"),
    "by the end of the decade": ("deadline: 2029, deadline_latest: 2030", "open"),
    "a chance": ("deadline: 2026, probability: 33.3%, probability_words: a good shot", "open"),
    "what others gave": ("deadline: 2026, forecasts: [{by: market, date: 2026-02-01, probability: 3%}]", "open"),
    "progress": ("deadline: 2026, observations: [{date: 2026-02-01, value: 300, note: slow}]", "open"),
    "a new id": ("deadline: 2026, formerly: [old-name]", "open"),
    "could": ("deadline: 2026, kind: possibility", "open"),
    "a fact of its day": ("kind: statement", "unjudged"),
    "undecidable": (f"deadline: 2025, {JUDGED.format('ambiguous', '2026-03-01')}", "void"),
}


@pytest.mark.parametrize("name", KINDS)
def test_it_can_be_said(run: Runner, name: str) -> None:
    fields, status = KINDS[name]
    speaker = "" if "speaker:" in fields else "speaker: ann, "
    claim = f"id: it, claim: It comes., {speaker}said: 2025-01-05, source: talk, criteria: It is there., {fields}"
    ledger = f"{HEAD}  - {{{claim}}}\n"
    assert run("check", "--as-of", "2026-05-01", "--ignore", "unused", ledger=ledger).out == ""
    (found,) = json.loads(run("show", "it", "--as-of", "2026-05-01", "--format", "json").out)["claims"]
    assert found["status"] == status


def test_an_id_that_a_claim_had_leads_to_it(run: Runner) -> None:
    ledger = f"{HEAD}  - {{id: it, claim: It comes., speaker: ann, said: 2025, source: talk, {KINDS['a new id'][0]}}}\n"
    assert run("show", "old-name", ledger=ledger).out.startswith("it  ")


def test_what_cannot_be_known_yet_is_awaited_and_then_missed(run: Runner) -> None:
    claim = (
        "  - {id: gdp, claim: It grows., speaker: ann, said: 2026-01-05, source: talk, criteria: The office says so.,\n"
    )
    ledger = HEAD + claim + "     deadline: 2026, window: during, known_by: 2027-02-25, also_by: [eu]}\n"
    for day, status, exit_status in (("2027-02-01", "awaiting", 0), ("2027-02-26", "overdue", 1)):
        assert run("check", "--as-of", day, ledger=ledger).status == exit_status
        assert run("list", "--as-of", day, "--columns", "status", "--format", "plain").out == f"{status}\n"
        found = json.loads(run("score", "--as-of", day, "--by", "speaker", "--format", "json").out)
        assert (found["account"]["claims"], found["account"][status]) == (1, 1)  # once in all
        assert {of["group"]: of[status] for of in found["groups"]} == {"ann": 1, "eu": 1}  # under each
        assert {of["bounds"]["high"] for of in found["groups"]} == {1.0}
