"""Names that nothing declares, claims that are not there, and circles: each once, where it stands."""

from __future__ import annotations

import time

import pytest

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.loading.references import knots
from ledger.model import Ledger

HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\ntopics: {optimus: robots}\nsources: {s-1: {title: A page}}\nclaims:\n"


def claim(name: str, more: str = "", deadline: str = "2030") -> str:
    return f"- {{id: {name}, claim: text, speaker: ann, said: 2025, source: s-1, deadline: {deadline}{more}}}\n"


def read(*claims: str, head: str = HEAD) -> Ledger:
    return load(Disk(), [GivenText("x", (head + "".join(claims)).encode())])


def seen(ledger: Ledger) -> list[tuple[str, int, int, str, str | None]]:
    return [(p.code, p.place.line, p.place.column, p.message, p.hint) for p in ledger.problems]


def test_names_that_nothing_declares() -> None:
    text = claim("a", ", topics: [optimus, optimsu], resolutions: [{outcome: 'true', judged: 2026-01-01, note: n}]")
    text = text.replace("speaker: ann", "speaker: an").replace("s-1", "other")
    assert seen(read(text)) == [
        ("undeclared", 6, 33, "an is not declared in people", "did you mean ann?"),
        ("undeclared", 6, 57, "other is not declared in sources", "add other to sources"),
        ("undeclared", 6, 98, "optimsu is not declared in topics", "did you mean optimus?"),
    ]


def test_evidence_names_a_source() -> None:
    found = read(claim("a", ", resolutions: [{outcome: 'true', judged: 2026-01-01, evidence: [{source: s-2}]}]"))
    assert [(p.code, p.message, p.claim) for p in found.problems] == [
        ("undeclared", "s-2 is not declared in sources", "a")
    ]
    assert found.problems[0].place.column == 151


def test_claims_that_are_not_there() -> None:
    found = read(claim("a-claim", ", see_also: [b-clam, x], depends_on: [b-claim], revises: zz"), claim("b-claim"))
    assert seen(found) == [
        ("dangling-reference", 6, 96, "there is no claim b-clam", "did you mean b-claim or a-claim?"),
        ("dangling-reference", 6, 104, "there is no claim x", "remove it, or enter that claim"),
        ("dangling-reference", 6, 140, "there is no claim zz", "remove it, or enter that claim"),
    ]


def test_a_claim_that_could_not_be_read_is_there() -> None:
    assert [p.code for p in read(claim("a", ", see_also: [b]"), claim("b", deadline="soon")).problems] == ["bad-period"]


def test_a_declaration_that_could_not_be_read_is_there() -> None:
    head = HEAD.replace("{name: Ann}", "{nam: Ann}")
    assert [p.code for p in read(claim("a"), head=head).problems] == ["unknown-key"]


def test_a_circle_is_said_once_at_its_first_claim() -> None:
    found = read(
        claim("x", ", depends_on: [a]"),
        claim("c", ", depends_on: [a]"),
        claim("a", ", depends_on: [b, c]"),
        claim("b", ", depends_on: [c]"),
        claim("self", ", revises: self"),
    )
    assert seen(found) == [
        (
            "reference-cycle",
            7,
            91,
            "claims refer to each other in a circle by depends_on: c -> a -> c",
            "take one step of it out",
        ),
        (
            "reference-cycle",
            10,
            91,
            "claims refer to each other in a circle by revises: self -> self",
            "take one step of it out",
        ),
    ]


def test_long_chains_and_circles_take_no_time() -> None:
    count = 5_000
    claims = [claim(f"c-{n}", f", depends_on: [c-{(n + 1) % count}], see_also: [d-{n}]") for n in range(count)]
    start = time.process_time()
    found = read(*claims)
    assert time.process_time() - start < 5
    assert [p.code for p in found.problems].count("dangling-reference") == count
    circle = next(p for p in found.problems if p.code == "reference-cycle")
    assert circle.message.endswith("c-0 -> c-1 -> c-2 -> c-3 -> … -> c-0")


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({}, []),
        ({"a": ("b",), "b": ("c",)}, []),
        ({"a": ("a",)}, [{"a"}]),
        ({"a": ("b",), "b": ("a",), "c": ("a", "d"), "d": ("c",)}, [{"a", "b"}, {"c", "d"}]),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ("a",)}, [{"a", "b", "c", "d"}]),
    ],
)
def test_knots(edges: dict[str, tuple[str, ...]], expected: list[set[str]]) -> None:
    assert sorted(knots(edges), key=sorted) == expected


def test_the_first_of_two_claims_with_one_id_stays() -> None:
    found = read(claim("a"), claim("b"), claim("a", deadline="2031"))
    assert [(c.id, str(c.deadline)) for c in found.claims] == [("a", "2030"), ("b", "2030")]
    assert seen(found) == [
        ("duplicate-id", 8, 8, "a is the id of the claim at x:6 too", "give each claim its own id"),
    ]


def test_an_id_is_told_twice_even_if_one_of_the_two_cannot_be_read() -> None:
    """In one run, not only after the repair; the one that can be read stays."""
    broken = claim("a").replace("claim: text", "claim: true")
    duplicate = ("duplicate-id", 7, 8, "a is the id of the claim at x:6 too", "give each claim its own id")
    for first, second, deadline in (
        (broken, claim("a", deadline="2031"), ["2031"]),
        (claim("a"), broken, ["2030"]),
        (broken, broken, []),
    ):
        found = read(first, second)
        assert [str(c.deadline) for c in found.claims] == deadline
        assert duplicate in seen(found)
        assert {p.code for p in found.problems} == {"bad-value", "duplicate-id"}
    whole = read("\n\n- &x {id: a, claim: true}\n", claim("a"))  # a file that cannot be cut into claims
    assert [p.message for p in whole.problems if p.code == "duplicate-id"] == ["a is the id of the claim at x:8 too"]


@pytest.mark.parametrize("name", ["true", "2026", "A_b", "''"])
def test_what_is_no_id_is_not_told_twice(name: str) -> None:
    assert "duplicate-id" not in {p.code for p in read(claim(name), claim(name)).problems}


def test_a_restatement_changes_neither_deadline_nor_quantity() -> None:
    found = read(
        claim("a", ", quantity: {at_least: 5}"),
        claim("b", ", quantity: {at_least: 5}, revises: a"),
        claim("c", ", quantity: {at_least: 6}, revises: a"),
        claim("d", ", quantity: {at_least: 5}, revises: a", deadline="2031"),
    )
    assert [fact.restates for fact in found.facts] == [False, True, False, False]


@pytest.mark.parametrize("old", ["people", "topics", "sources"])
@pytest.mark.parametrize("new", ["{}s", "{}:", "{}:x"])
def test_a_misspelt_table_is_said_once(old: str, new: str) -> None:
    """Not once more for each name that it was to declare."""
    found = read(claim("a", ", topics: [optimus]"), claim("b"), head=HEAD.replace(f"{old}:", new.format(old) + ":"))
    assert [p.code for p in found.problems] == ["unknown-key"]
