"""The words of a deadline become a period: by kind of phrase, each with the day it was said."""

from __future__ import annotations

from datetime import date

import pytest

import ledger
from ledger.words import find, read_deadline

SAID = date(2025, 1, 8)
CERTAIN_OR_USUAL = [
    ("by the second quarter of this year", "2025-Q2"),
    ("within this year and the next", "2026"),
    ("in two years", "2027-01~"),
    ("within two years", "2027-01~"),
    ("by the end of the decade", "2029"),
    ("by the end of 2025", "2025"),
    ("by early next year", "2026-Q1"),
    ("in under five years, maybe four", "2030-01"),
    ("roughly a decade", "2035~"),
    ("around summer next year", "2026-06/2026-09~"),
    ("until probably the end of this year", "2025"),
    ("Q1'26", "2026-Q1"),
    ("2Q25", "2025-Q2"),
    ("1H26", "2026-H1"),
    ("EOY", "2025-12-31"),
    ("the first Friday of July", "2025-07-04"),
]


@pytest.mark.parametrize(("words", "period"), CERTAIN_OR_USUAL)
def test_words_that_people_use_in_one_way(words: str, period: str) -> None:
    reading = read_deadline(words, SAID)
    assert (reading.period, reading.sure in ("certain", "usual")) == (period, True)


@pytest.mark.parametrize("words", ["soon", "eventually", "in due time", "not before Q4 2026", "in the coming years"])
def test_words_that_promise_no_day(words: str) -> None:
    assert read_deadline(words, SAID).period == "none"


@pytest.mark.parametrize(
    "words", ["before the election in November", "Feb 30", "by then", "Q3 FY2027", "", "x" * 10**6]
)
def test_words_that_cannot_be_told(words: str) -> None:
    reading = read_deadline(words, SAID)
    assert (reading.period, reading.sure, reading.first, reading.last) == (None, "none", None, None)


def test_two_readings_come_back_with_both() -> None:
    reading = read_deadline("next summer", date(2026, 5, 1))
    assert (reading.sure, reading.period, reading.others) == ("vague", "2027-06/2027-09", ("2026-06/2026-09",))


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("in five to six years", ("2030-01/2031-01", "2030-01")),
        ("a year or two", ("2026-01/2027-01", "2026-01")),
        ("in two years or maybe five", ("2030-01~", "2027-01~")),
        ("2026 or 2027", ("2027", "2026")),
        ("next year or the year after", ("2027", "2026")),
        ("tomorrow or the day after", ("2025-01-09/2025-01-10", "2025-01-09")),
        ("late July or August", ("2025-07-21/2025-08", "2025-07-21/2025-07-31")),
        ("July or August 2027", ("2027-07/2027-08", "2027-07")),
        ("from 2027", ("2027", "none")),
        ("by 2027 at the latest, maybe 2026", ("2027", "2026")),
    ],
)
def test_of_alternatives_none_is_taken_silently(words: str, readings: tuple[str, str]) -> None:
    reading = read_deadline(words, SAID)
    assert (reading.period, reading.sure, reading.others[0]) == (readings[0], "vague", readings[1])


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("by summer", ("2025-06/2025-09", "2024-06/2024-09")),
        ("in March", ("2025-03", "2024-03")),
        ("this quarter", ("2024-Q4", "2024-Q1")),
        ("by next March", ("2025-03", "2024-03")),
        ("next week", ("2025-01-06/2025-01-12", "2024-01-08/2024-01-14")),
    ],
)
def test_what_the_calendar_repeats_can_be_that_of_any_day_of_the_year_it_was_said_in(
    words: str, readings: tuple[str, str]
) -> None:
    reading = read_deadline(words, date(2024, 12, 31), since=date(2024, 1, 1))
    assert (reading.period, reading.sure, reading.others[0]) == (readings[0], "vague", readings[1])


@pytest.mark.parametrize("words", ["in two years", "next year", "by the end of the year", "by 2030", "in 2 weeks"])
def test_lengths_and_whole_years_count_from_the_last_day_it_can_have_been_said(words: str) -> None:
    assert read_deadline(words, date(2024, 12, 31), since=date(2024, 1, 1)) == read_deadline(words, date(2024, 12, 31))


def test_a_reading_tells_its_days_and_its_reason() -> None:
    reading = ledger.read_deadline("in 5 years", said=date(2019, 3, 26))
    assert (reading.period, reading.why, reading.sure) == ("2024-03~", "5 years after 2019-03-26", "usual")
    assert (reading.first, reading.last) == (date(2024, 3, 1), date(2024, 3, 31))


def test_fiscal_words_need_the_month_their_year_ends_in() -> None:
    assert read_deadline("Q3 FY2027", SAID, fiscal_year_end=1).period == "2026-08/2026-10"


def test_words_are_found_in_a_text_with_their_places() -> None:
    text = "We will land by the end of 2027, and in five years there will be a city."
    assert [(text[one.start : one.end], one.reading.period) for one in find(text, SAID)] == [
        ("by the end of 2027", "2027"), ("in five years", "2030-01~"),
    ]  # fmt: skip
