"""What a sentence is found to claim, by kind of sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.intake.scan import SURENESS, Candidate, scan

SAID = date(2024, 3, 4)  # a Monday


def found(text: str) -> list[Candidate]:
    return list(scan(text, said=SAID))


CLAIMS = [
    # sentence, kind, words of the deadline, deadline
    ("The bridge will open in 2026.", "prediction", "in 2026", "2026"),
    ("We will publish the code by the end of June.", "target", "by the end of June", "2024-06"),
    ("The company aims to build 50,000 cars next year.", "target", "next year", "2025"),
    ("Inflation is expected to fall to 2% over the medium term.", "prediction", "over the medium term", "none"),
    ("The probe is scheduled to land on May 7.", "target", "on May 7", "2024-05-07"),
    ("Prices could double within five years.", "possibility", "within five years", "2029-03~"),
    ("This has the potential to end the war.", "possibility", None, "none"),
    ("There is a 70% chance that rates fall before July.", "prediction", "before July", "2024-06-30"),
    ("Officials said the ban would take effect on 1 May.", "prediction", "on 1 May", "2024-05-01"),
    ("The bill would cut taxes for families.", "prediction", None, "none"),
    ("This should make builds faster.", "prediction", None, "none"),
    ("Our goal is to end hunger by 2030.", "target", "by 2030", "2030"),
    ("The new line is to open in stages.", "target", None, "none"),
    ("The fair opens on June 28.", "prediction", "on June 28", "2024-06-28"),
    ("She predicts that, eventually, the price could fall.", "prediction", "eventually", "none"),
    ("The minister told parliament: \"Within 18 months, every council will have a plan.\"", "prediction",
     "Within 18 months", "2025-09~"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "words", "deadline"), CLAIMS, ids=[claim[0] for claim in CLAIMS])
def test_claims_are_found(sentence: str, kind: str, words: str | None, deadline: str) -> None:
    (one,) = found(sentence)
    assert (one.quote, one.kind, one.deadline_words, one.deadline) == (sentence, kind, words, deadline)


NO_CLAIMS = [
    "The bridge opened in 2019.",
    "In 2019 the city said it would open a branch within two years.",
    "The mayor had planned to open it last autumn.",
    "Shares fell more than expected.",
    "The plan was expected to fail.",
    "Will the bridge open in time?",
    "He could not be reached on Tuesday.",
    "We should have done this long ago.",
    "You must read with your children every night.",
    "It is unclear whether the talks will go on.",
    "They asked what the treaty would mean.",
    "If you want to help, write to us.",
    "We would like to thank everyone who came.",
    "I will say a few words about the budget.",
    "He left the room of his own free will.",
    "Coverage of the launch will air on the agency's website.",
    "For more information, see the documentation.",
    "Past performance does not guarantee future results, and prices may fall.",
    "Will Smith arrived in May.",
    "I thought the roof would come down.",
    "The parser may contain errors.",
    "Crews filled 1,200 holes in February, compared with 800 a year before.",
    "- [x] Plugins will be stable in 2025",
]


@pytest.mark.parametrize("sentence", NO_CLAIMS)
def test_what_is_no_claim_is_left_out(sentence: str) -> None:
    assert found(sentence) == []


def quotes(text: str) -> list[tuple[str, str | None]]:
    return [(one.quote, one.deadline) for one in found(text)]


def test_a_sentence_with_two_claims_is_cut_between_them() -> None:
    assert quotes("We expect the tool to be ready in 2025, and will have more to say soon.") == [
        ("We expect the tool to be ready in 2025", "2025"),
        ("will have more to say soon.", "none"),
    ]
    assert quotes("In two days, I will propose a plan to balance the budget by 2026.") == [
        ("In two days, I will propose a plan", "2024-03-06"),
        ("to balance the budget by 2026.", "2026"),
    ]


def test_the_following_year_is_counted_from_the_year_named_before() -> None:
    found = quotes("They aim to build 100 in 2026 and then to build 1,000 the following year.")
    assert [deadline for _, deadline in found] == ["2026", "2027"]


def test_words_with_two_readings_stay_words_beside_both() -> None:
    (one,) = scan("The tower will be finished next summer.", said=date(2024, 7, 1))
    assert (one.deadline, one.sure, one.deadline_words) == (None, "vague", "next summer")
    assert one.deadline_others == ("2025-06/2025-09", "2024-06/2024-09")


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("in 2026 or 2027", ("2027", "2026")),
        ("in two years or maybe five", ("2029-05~", "2026-05~")),
        ("in 2-3 years", ("2026-05/2027-05", "2026-05", "2027-05")),
        ("next year or the year after", ("2026", "2025")),
        ("by 2026 at the latest, maybe 2025", ("2026", "2025")),
    ],
)
def test_alternatives_belong_to_the_words_of_a_deadline(words: str, readings: tuple[str, ...]) -> None:
    (one,) = scan(f"We will build ten robots {words}.", said=date(2024, 5, 5))
    assert (one.deadline, one.sure, one.deadline_words, one.deadline_others) == (None, "vague", words, readings)


def test_a_text_of_a_year_has_two_summers() -> None:
    (one,) = scan("We will open the plant by next March.", said=date(2024, 12, 31), since=date(2024, 1, 1))
    assert (one.deadline, one.sure, one.deadline_others[:2]) == (None, "vague", ("2025-03", "2024-03"))


def test_without_a_day_relative_words_stay_words() -> None:
    (one,) = scan("The tower will be finished next year.", said=None)
    assert (one.deadline, one.deadline_words, one.sure) == (None, "next year", "none")


def test_items_of_a_plan_inherit_its_day() -> None:
    text = "# Roadmap\n\n## Q3 2024\n\n- Support for Windows\n- [x] A new parser\n\n## Released\n\n- The old parser\n"
    assert quotes(text) == [("Support for Windows", "2024-Q3")]
    assert quotes("We expect the following:\n\n* Draft published by mid-May\n* A vote\n") == [
        ("Draft published by mid-May", "2024-05-15~"),
        ("A vote", "none"),
    ]
    assert quotes("We met many people:\n\n* A painter\n* A cook\n") == []


def test_a_paragraph_below_a_colon_inherits_its_day() -> None:
    text = (
        "The outlook for the second half of 2024 is as follows:\n\nSales will rise. Costs were low.\n\nIt may rain.\n"
    )
    assert quotes(text) == [("Sales will rise.", "2024-H2"), ("It may rain.", "none")]


def test_rows_of_a_table_are_claims_where_they_name_a_day_to_come() -> None:
    text = "# Releases\n\n| version | day |\n|---|---|\n| 1.2 | 15 August 2024 |\n| 1.1 | 5 May 2023 |\n"
    assert [one.deadline for one in found(text)] == ["2024-08-15"]


def test_markup_and_hard_wraps_leave_the_quote_exact() -> None:
    text = "Some news.\n\nWe will be **closing** the\n[survey](https://example.org/will-not) on **May 5th**."
    (one,) = found(text)
    assert text[one.start : one.end] == one.quote == text[12:]
    assert (one.line, one.column, one.deadline_words, one.deadline) == (3, 1, "on May 5th", "2024-05-05")


def test_code_front_matter_and_references_are_no_text() -> None:
    text = (
        "---\ntitle: It will rain in 2025\n---\n```\nit will rain in 2025\n```\n[a]: https://example.org It will rain\n"
    )
    assert found(text) == []


def test_a_disclaimer_spoils_its_whole_paragraph() -> None:
    text = "Sales will rise in 2025.\n\nThis text has forward-looking statements. Sales could fall in 2026."
    assert quotes(text) == [("Sales will rise in 2025.", "2025")]


PIECES = """
We will expect to could by 2026 next year . , ; : " ' ( ) - * # | ` [x] 50% $2 million said Ann Lee soon is are the
not before May Q3 FY25 — é 🟢 http://a.b ```
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\r\n", "\t", "\x00", "\u2028"])


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_exact_quotes_in_order(text: str) -> None:
    last = 0
    for one in found(text):
        assert text[one.start : one.end] == one.quote and one.start >= last
        before = text[: one.start]
        assert (one.line, one.column) == (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        assert one.sure in SURENESS and (one.probability is None or 0 <= one.probability <= 1)
        last = one.start


TALK = [
    ("I think we should have the first one by the end of next year.", "by the end of next year", "2025"),
    ("My guess is sometime around 2029.", "sometime around 2029", "2029~"),
    ("That is two years away.", "two years away", "2026-03~"),
    ("We're on pace to double by June.", "by June", "2024-06"),
]


@pytest.mark.parametrize(("sentence", "words", "deadline"), TALK)
def test_what_is_said_in_talks(sentence: str, words: str, deadline: str) -> None:
    (one,) = found(sentence)
    assert (one.deadline_words, one.deadline) == (words, deadline)


def test_titles_are_claims_where_they_name_a_day_or_a_number() -> None:
    assert quotes("# Works To Build Second Plant By 2028\n\n# Works Will Grow\n\n# How To Build By 2028\n") == [
        ("Works To Build Second Plant By 2028", "2028")
    ]


def test_a_day_of_a_report_is_no_deadline() -> None:
    assert quotes("The president indicated on Wednesday that he intends to hold elections.")[0][1] == "none"
