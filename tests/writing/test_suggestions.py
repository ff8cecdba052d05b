"""What the sentence of a claim suggests for its other fields, and what is typed for a number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import fields
from ledger.errors import UsageError
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import Ledger
from ledger.writing.add import AddDraft
from ledger.writing.suggestions import quantity_words, suggestions

LEDGER = b"""\
ledger: 1
people: {nvidia: {name: Nvidia, kind: organisation, fiscal_year_end: 1}}
topics: {chips: Chips}
sources: {talk: {title: A talk, published: 2025-01-09}}
claims: []
"""
TODAY = date(2026, 11, 27)
SENTENCES = {  # what each suggests beside words and period of the deadline
    "The digital euro is issued by 2029.": {},
    "Tesla aims to build at least 50,000 robots in 2026.": {
        "kind": "target", "window": "during", "quantity": "at least 50000 robots", "known_by": "",
    },
    "GDP grows 1.1 percent in 2026.": {"window": "during", "quantity": "1.1 percent", "known_by": ""},
    "Growth is between 1.0 and 1.5 percent in 2026.": {
        "window": "during", "quantity": "1 to 1.5 percent", "known_by": "",
    },
    "England win the World Cup in 2026.": {"window": "by"},
    "Unemployment is at most 4% through 2028.": {"window": "during", "quantity": "at most 4 percent", "known_by": ""},
    "If all goes well, people land by September 2026.": {"condition": "If all goes well"},
    "It could arrive by 2030.": {"kind": "possibility"},
    "There is a 70% chance that it rains by 2027.": {"probability": "0.7"},
    "The company will probably release the car by 2027.": {"probability_words": "probably"},
}  # fmt: skip


def ledger() -> Ledger:
    return load(Disk(), [GivenText("claims.yaml", LEDGER)])


def suggested(**words: str) -> dict[str, str]:
    return dict(suggestions(ledger(), words, TODAY))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_suggests(sentence: str) -> None:
    found = suggested(claim=sentence, said="2025-01-09")
    assert {found.pop("deadline"), found.pop("deadline_words")} and found == SENTENCES[sentence]


def test_each_question_that_is_not_always_asked_is_suggested_by_something() -> None:
    found = {key for of in SENTENCES.values() for key in of} | set(suggested(claim="It rains.", quote="Rain."))
    assert set(fields.SUGGESTED) <= found | {"kind"} and set(fields.SUGGESTED) <= set(fields.QUESTIONS)


@pytest.mark.parametrize(
    ("words", "deadline", "as_said"),
    [
        ({"claim": "It comes by 2029."}, "2029", "by 2029"),
        ({"claim": "It comes within five years."}, "2030-01~", "within five years"),  # from the day it was said
        ({"claim": "It comes in Q3 FY2027.", "speaker": "Nvidia"}, "2026-08/2026-10", "in Q3 FY2027"),
        ({"claim": "It comes by 2029.", "quote": "Before the decade is out"}, "2029", "Before the decade is out"),
        ({"claim": "It comes.", "deadline": "end of 2026"}, "", "end of 2026"),
        ({"claim": "It comes soon."}, "none", "soon"),
        ({"claim": "It comes."}, "", ""),
    ],
)  # fmt: skip
def test_the_deadline_and_its_words(words: dict[str, str], deadline: str, as_said: str) -> None:
    found = suggested(**words, said="2025-01-09")
    assert (found["deadline"], found["deadline_words"]) == (deadline, as_said)


def test_what_has_no_time_may_be_a_statement() -> None:
    assert suggested(claim="It stands.", deadline="none")["kind"] == "prediction"
    words = {"claim": "It stands.", "speaker": "nvidia", "source": "talk", "said": "2025-01-09", "deadline": "none"}
    draft = AddDraft(ledger=ledger(), today=TODAY, words=words, more=True)
    asked = next(one for one in draft.offered if one.option == "--kind")
    assert asked.choices == fields.KINDS and asked.default == "prediction"
    written = AddDraft(ledger=ledger(), today=TODAY, words={**words, "kind": "statement"}).planned.diff()
    assert "kind: statement" in written and "deadline" not in written


def test_a_default_is_taken_or_left_out() -> None:
    words = {"claim": "It is at least 5 cups in 2026.", "speaker": "nvidia", "source": "talk", "said": "2025-01-09"}
    draft = AddDraft(ledger=ledger(), today=TODAY, words={**words, "deadline": "2026"}, more=True)
    draft = draft.with_answer("").with_answer("").with_answer("-")  # quote, topics, words of the deadline
    assert draft.question is not None and draft.question.option == "--window"
    draft = draft.with_answer("").with_answer("")
    assert (
        "    window: during\n    quantity: {at_least: 5, unit: cups}\n".replace("    ", "+    ") in draft.planned.diff()
    )
    assert "deadline_words" not in draft.planned.diff()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("at least 50,000 Optimus robots", {"at_least": "50,000", "unit": "Optimus robots"}),
        ("At most 2%", {"at_most": "2", "unit": "percent"}),
        ("1.0 to 1.5 percent", {"at_least": "1.0", "range": "1.0..1.5", "unit": "percent"}),
        ("50000..100000 robots", {"at_least": "50000", "range": "50000..100000", "unit": "robots"}),
        ("-3", {"point": "-3"}),
        ("at least 1000 tokens per second", {"at_least": "1000", "unit": "tokens per second"}),
    ],
)
def test_a_number_as_it_is_typed(typed: str, found: dict[str, str]) -> None:
    assert quantity_words(typed) == found


@pytest.mark.parametrize("typed", ["many", "$65 billion", "65 billion USD", "at least", "", "5 to", "1e5"])
def test_a_number_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is no number as it is asked for"):
        quantity_words(typed)


@given(st.text("0123456789.,-+ atlesmo%x", max_size=14))
def test_no_digit_of_a_number_is_lost(text: str) -> None:
    try:
        found = quantity_words(text)
    except UsageError:
        return
    digits = [found.get("at_least"), found.get("at_most"), found.get("range"), found.get("point"), found.get("unit")]
    kept = "".join(char for part in digits for char in part or "" if char.isdigit())
    assert kept.endswith("".join(char for char in text if char.isdigit()))
