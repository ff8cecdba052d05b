"""docs/words.md says what is read, and docs/curation.md is the law it is read by."""

from __future__ import annotations

import doctest
import re
from datetime import date
from pathlib import Path

import pytest

import ledger

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "words.md").read_text(encoding="utf-8")
SAID = date(2025, 1, 8)
ROWS = re.findall(
    r"^\| ([^|]+) \| (`[^|]+`|-) \| (certain|usual|vague|none|unclear) \| ([^|]*) \|$", PAGE, re.MULTILINE
)


def test_each_line_of_the_page_is_what_is_read() -> None:
    for words, period, sure, others in ROWS:
        reading = ledger.read_deadline(words, SAID)
        found = "unclear" if reading.period is None else reading.sure
        told = (f"`{reading.period}`" if reading.period else "-", found, list(reading.others))
        assert told == (period, sure, re.findall("`([^`]+)`", others)), words


def test_the_page_has_every_kind() -> None:
    assert len(ROWS) > 100
    assert {row[2] for row in ROWS} == {"certain", "usual", "vague", "none", "unclear"}


def test_the_example_of_the_page_runs() -> None:
    example = PAGE.split("```python\n")[1].split("```")[0]
    test = doctest.DocTestParser().get_doctest(example, {}, "words.md", None, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


CURATION = (DOCS / "curation.md").read_text(encoding="utf-8")
TABLE = [
    (words, period)
    for row, period in re.findall(r'^\| ("[^|]+) \| ([^|]+) \|', CURATION, re.MULTILINE)
    for words in re.findall(r'"([^"]+)"', row)
]


def test_the_curation_has_its_table() -> None:
    assert len(TABLE) > 60


@pytest.mark.parametrize(("words", "period"), TABLE)
def test_no_words_of_the_curation_are_read_in_another_way(words: str, period: str) -> None:
    """What the page calls open, unclear or double is read so; all else has a period."""
    reading = ledger.read_deadline(words, date(2026, 3, 12), 9)
    if period.startswith("`none`"):
        assert (reading.period, reading.sure) == ("none", "none")
    elif period.startswith("unclear"):
        assert reading.period is None
    else:
        assert reading.period not in (None, "none")
        if "two readings" in period:
            assert (reading.sure, len(reading.others)) == ("vague", 1)


LAW = [
    ("by the second quarter", "2025-01-08", "2025-Q2"),
    ("by 2040", "2024-10-29", "2040"),
    ("in 2026", "2025-01-08", "2026"),
    ("next year", "2024-07-22", "2025"),
    ("within this year and the next", "2025-01-08", "2026"),
    ("by early next year", "2025-07-23", "2026-Q1"),
    ("this summer", "2026-03-12", "2026-06/2026-09"),
    ("in five to six years", "2024-09-09", "2029-09/2030-09"),
    ("in under five years, maybe four", "2025-04-22", "2030-04"),
    ("roughly a decade", "2024-12-31", "2034~"),
    ("soon enough", "2024-09-09", "none"),
    ("not before Q4 2026", "2026-04-22", "none"),
    ("before 2027", "2026-01-01", "2026-12-31"),
    ("before this decade is out", "1961-05-25", "1969"),
    ("later this spring", "2024-04-12", "2024-04/2024-06"),
    ("the latter third of the year", "2018-03-12", "2018-09/2018-12"),
    ("over the next five years", "1961-05-25", "1961-05/1966-05"),
    ("late March", "2026-01-01", "2026-03-21/2026-03-31"),
]


@pytest.mark.parametrize(("words", "said", "period"), LAW)
def test_the_table_of_the_curation(words: str, said: str, period: str) -> None:
    assert ledger.read_deadline(words, date.fromisoformat(said)).period == period
