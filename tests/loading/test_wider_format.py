"""Who keeps the ledger, who else said it, when it can be known, what others gave and what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import About, FilePattern, Forecast, Ledger, Mention, Observation
from ledger.periods import parse

HEAD = """\
ledger: 1
people: {ann: {name: Ann}, bob: {name: Bob, kind: organisation, fiscal_year_end: 1}, odds: {name: Odds, kind: market}}
sources: {s-1: {title: One, archived: "https://archive.example/1"}, s-2: {title: Two}}
claims:
"""
CLAIM = "  - {id: a, claim: C., speaker: ann, said: 2025-01-08, source: s-1, deadline: 2026"


def read(*lines: str, head: str = "", more: str = "") -> Ledger:
    return load(
        Disk(), [GivenText("x", (head + HEAD + CLAIM + "".join(f", {line}" for line in lines) + "}\n" + more).encode())]
    )


def told(found: Ledger) -> list[str]:
    return [f"{one.code}: {one.message}" for one in found.problems]


def test_what_a_ledger_says_of_itself() -> None:
    about = "about: {keeper: K, contact: k@example.org, licence: CC-BY-4.0, language: en}\n"
    found = read(head=about + "timezone: Pacific/Auckland\nforecasts: [f/*.csv]\n")
    assert found.about == About("K", "k@example.org", licence="CC-BY-4.0", language="en")
    assert (found.timezone, found.forecasts) == ("Pacific/Auckland", (FilePattern("x", "f/*.csv"),))
    assert found.people["bob"][1:3] == ("organisation", 1) and found.people["ann"].kind == "person"
    assert found.sources["s-1"].archived == "https://archive.example/1"
    assert not found.problems


def test_a_place_that_is_no_time_zone() -> None:
    (found,) = read(head="timezone: Europe/Berlim\n").problems
    assert (found.code, found.message) == ("bad-value", "timezone 'Europe/Berlim' is no known time zone")
    assert found.hint is not None and found.hint.startswith("did you mean Europe/Berlin")
    assert found.place[1:] == (1, 11)


@pytest.mark.parametrize(
    "line", ["title: T", "about: {keeper: K}", "timezone: UTC", "include: [other.yaml]", "forecasts: [f.csv]"]
)
def test_what_stands_in_the_main_file_only(tmp_path: Path, line: str) -> None:
    (tmp_path / "main.yaml").write_text("ledger: 1\ntitle: Main\ninclude: [part.yaml]\n")
    (tmp_path / "part.yaml").write_text(f"ledger: 1\n{line}\n")
    (tmp_path / "other.yaml").write_text("ledger: 1\n")
    found = load(Disk(), [str(tmp_path / "main.yaml")])
    key = line.partition(":")[0]
    assert told(found) == [f"unknown-key: {key} stands in the main file only, and this file is included"]
    assert found.problems[0].place[1:] == (2, 1)
    assert found[0] == "Main" and (found.about, found.timezone, found.forecasts) == (None, None, ())
    assert not load(Disk(), [str(tmp_path / "part.yaml")]).problems


def test_others_who_said_it_and_other_sources() -> None:
    found = read("also_by: [bob]", "also_in: [s-2, {source: s-2, at: line 3, quote: so}]", "fiscal_of: bob")
    (claim,), (fact,) = found.claims, found.facts
    assert (claim.also_by, claim.fiscal_of) == (("bob",), "bob")
    assert claim.also_in == (Mention("s-2"), Mention("s-2", "line 3", "so"))
    assert (fact.speakers, fact.sources) == (("ann", "bob"), ("s-1", "s-2"))
    assert "so" in fact.words
    assert not found.problems


def test_forecasts_and_observations() -> None:
    found = read(
        "forecasts: [{by: odds, date: 2025-02-01, probability: 3%, source: s-2}]",
        "observations: [{date: 2025-10-22, value: 300, evidence: [{source: s-1}]}]",
    )
    (claim,) = found.claims
    assert claim.forecasts == (Forecast("odds", parse("2025-02-01"), 0.03, "s-2"),)
    assert isinstance(claim.observations[0], Observation) and claim.observations[0].value == 300
    assert not found.problems


def test_the_ends_of_a_range_may_decide() -> None:
    (claim,) = read("quantity: {range: [1, 2.5], decides: range, level: 90%, unit: x}").claims
    assert claim.quantity is not None
    assert (claim.quantity.bounds, claim.quantity.at_least, claim.quantity.level) == ((1, 2.5), None, 0.9)
    (fact,) = read("quantity: {range: [1, 2.5], decides: range, point: 2}").facts
    assert (fact.at_least, fact.at_most, fact.low, fact.high, fact.point) == (1, 2.5, 1, 2.5, 2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["also_by: [bob, ann]"], "bad-value: ann is the speaker already"),
        (["also_by: [carl]"], "undeclared: carl is not declared in people"),
        (["also_in: [s-9]"], "undeclared: s-9 is not declared in sources"),
        (["also_in: [{source: s-9}]"], "undeclared: s-9 is not declared in sources"),
        (["also_in: [{at: line 3}]"], "missing-key: an entry of also_in needs source"),
        (["also_in: [[s-1]]"], "bad-value: also_in is a text, not a list"),
        (["fiscal_of: carl"], "undeclared: carl is not declared in people"),
        (["known_by: 2026"], "bad-value: known_by 2026 is over no later than the deadline 2026"),
        (["known_by: 2026-12-31"], "bad-value: known_by 2026-12-31 is over no later than the deadline 2026"),
        (["quantity: {decides: range}"], "missing-key: decides: range needs a range"),
        (
            ["quantity: {decides: range, range: [1, 2], at_most: 2}"],
            "bad-value: at_most stands beside decides: range, whose ends are what decides",
        ),
        (["observations: [{date: 2026-01-01}]"], "missing-key: an observation needs a value, evidence or a note"),
        (["observations: [{date: 2026-01, value: 1}]"], "bad-period: date is one day, not 2026-01"),
        (
            ["observations: [{date: 2026-01-01, evidence: [{source: s-9}]}]"],
            "undeclared: s-9 is not declared in sources",
        ),
        (["forecasts: [{by: odds, date: 2026-01-01}]"], "missing-key: a forecast needs probability"),
        (
            ["forecasts: [{by: ann, date: 2026-01-01, probability: 3%}]"],
            "bad-value: ann made the claim: forecasts are what others gave it",
        ),
        (
            ["also_by: [bob]", "forecasts: [{by: bob, date: 2026-01-01, probability: 3%}]"],
            "bad-value: bob made the claim: forecasts are what others gave it",
        ),
        (
            [
                "forecasts: [{by: odds, date: 2026-01-01, probability: 3%}, "
                "{by: odds, date: 2026-01-01, probability: 4%}]"
            ],
            "duplicate-forecast: odds stands twice with the date 2026-01-01",
        ),
        (["formerly: [a]"], "duplicate-id: a is the id of a claim"),
        (["resolutions: [{outcome: taken, judged: 2026-01-01, note: x}]"], "bad-value: outcome cannot be 'taken'"),
    ],
)
def test_what_cannot_be(lines: list[str], expected: str) -> None:
    assert told(read(*lines)) == [expected]


def test_open_ended_claims_have_no_day_on_which_they_are_known() -> None:
    text = HEAD + CLAIM.replace("deadline: 2026", "deadline: none") + ", known_by: 2027}\n"
    assert told(load(Disk(), [GivenText("x", text.encode())])) == [
        "bad-value: known_by stands beside an open-ended deadline"
    ]


def test_former_ids_lead_to_the_claim() -> None:
    other = "  - {id: b, claim: D., speaker: ann, said: 2025-02-08, source: s-1, deadline: 2027, revises: old-a,\n"
    found = read("formerly: [old-a, older-a]", more=other + "     depends_on: [older-a], see_also: [a]}\n")
    assert not found.problems
    assert found.formerly == {"old-a": "a", "older-a": "a"}
    assert (found.facts[1].revises, found.claims[1].revises, found.claims[1].depends_on) == ("a", "a", ("a",))


def test_a_former_id_leads_to_one_claim() -> None:
    other = (
        "  - {id: b, claim: D., speaker: ann, said: 2025-02-08, source: s-1, deadline: 2027, formerly: [old-a, a]}\n"
    )
    found = read("formerly: [old-a]", more=other)
    assert told(found) == ["duplicate-id: old-a was the id of a too", "duplicate-id: a is the id of a claim"]
    assert found.formerly == {"old-a": "a"}
