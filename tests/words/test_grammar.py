"""The whole grammar: each kind of phrase with its reading, and bounds that hold for any text."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import periods, words
from ledger.words import find, read_deadline
from ledger.words.stream import tokens
from ledger.words.wordlist import KNOWN

SAID = date(2025, 1, 8)
ROOMS = Path(words.__file__).parent
LINES = (Path(__file__).parent / "readings.txt").read_text(encoding="utf-8").splitlines()[1:]
READINGS = [[*line.split(" | "), "", ""][:4] for line in LINES]


def test_readings() -> None:
    """One test for all lines: a thousand cases of their own would cost more than they tell."""
    wrong = []
    for said, period, sure, others in READINGS:
        reading = read_deadline(said, SAID)
        if (str(reading.period), reading.sure, " ".join(reading.others)) != (period, sure, others) or not reading.why:
            wrong.append((said, reading))
        assert all(periods.parse(other) for other in reading.others if other != "none")
    assert not wrong


# A day without its month, a year of two digits: dates only where nothing else stands beside them.
ALONE = {"the twenty first", "on the twenty-second", "the thirteenth", "21st", "nov 22 16", "5 dec 17", "Q4 25"}


def test_what_is_read_is_found_in_a_text() -> None:
    lost = []
    for said, period, *_rest in READINGS:
        if period != "None" and said not in ALONE:
            found = next(find(f"The plant opens {said}", SAID), None)
            lost += [] if found is not None and found.reading.period == period else [(said, found)]
    assert not lost


def test_every_word_that_a_rule_names_is_known() -> None:
    named: set[str] = set()
    for path in ROOMS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("take", "phrase", "glued"):
                named |= {word for one in node.args if isinstance(one, ast.Constant) for word in str(one.value).split()}
    assert len(named) > 150
    assert not named - KNOWN


WORDS = sorted(KNOWN | {"2026", "26", "05", "31", "q", "h", "mars", "²", "٣", "\u2019"})
phrases = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
anything = (
    st.text(max_size=220) | phrases | st.tuples(st.sampled_from([row[0] for row in READINGS]), phrases).map(" ".join)
)
days = st.dates(min_value=date(1000, 1, 1))


@settings(max_examples=400)
@given(anything, st.none() | days, st.none() | st.integers(1, 12))
def test_any_text_gets_an_answer(text: str, said: date | None, end: int | None) -> None:
    reading = read_deadline(text, said, end)
    assert reading.why
    assert (reading.sure == "none") == (reading.period in (None, "none"))
    if reading.first is not None and reading.last is not None:
        assert reading.first <= reading.last
    assert reading.period not in reading.others


@given(st.text(max_size=60) | phrases, days)
def test_what_is_found_stands_in_the_text_in_order(text: str, said: date) -> None:
    end = 0
    for one in find(text, said):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@given(st.text(max_size=60))
def test_tokens_keep_their_places(text: str) -> None:
    for token in tokens(text):
        assert len(token.text) == token.end - token.start


@pytest.mark.parametrize("text", ["end of " * 999, "9" * 9999, "in " * 9999, "2026 or " * 999, "1 and 1 " * 999])
def test_long_texts_take_bounded_time(text: str) -> None:
    assert read_deadline(text, SAID).period is None
    assert sum(1 for _ in find(text, SAID)) <= len(text)


@pytest.mark.parametrize(
    "words", ["in two years", "next year", "by June", "this summer", "next Friday", "within the decade"]
)
def test_relative_words_are_unclear_where_nobody_knows_when_they_were_said(words: str) -> None:
    reading = read_deadline(words, None)
    assert (reading.period, reading.why) == (None, "counted from the day it was said, which is not known")


@pytest.mark.parametrize(
    ("words", "end", "period"),
    [
        ("Q3 FY2027", 1, "2026-08/2026-10"), ("FY2027", 9, "2026-10/2027-09"), ("fiscal '62", 6, "1961-07/1962-06"),
        ("next fiscal year", 9, "2025-10/2026-09"), ("fiscal third quarter of 2027", 1, "2026-08/2026-10"),
        ("H2 FY26", 6, "2026-01/2026-06"), ("by the end of fiscal 2026", 12, "2026"), ("FY26/27", 3, "2026-04/2027-03"),
        ("this fiscal year", 3, "2024-04/2025-03"), ("fiscal Q3", 1, "2025-08/2025-10"),
    ],
)  # fmt: skip
def test_fiscal_words(words: str, end: int, period: str) -> None:
    said = date(1961, 5, 25) if "62" in words else SAID
    found = read_deadline(words, said, fiscal_year_end=end).period
    assert found is not None
    assert (periods.parse(found).start, periods.parse(found).end) == (
        periods.parse(period).start,
        periods.parse(period).end,
    )


def test_easter_is_where_others_find_it() -> None:
    from dateutil.easter import easter

    for year in range(1900, 2200):
        assert read_deadline(f"Easter {year}", SAID).period == easter(year).isoformat()
