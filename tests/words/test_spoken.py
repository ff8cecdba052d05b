"""A period in words is read back as the same period."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.periods import Period, parse
from ledger.words import read_deadline
from ledger.words.spoken import brief, spoken


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("2025-01-08", "8 January 2025", "8 Jan 2025"),
        ("2025-10", "October 2025", "Oct 2025"),
        ("2025-Q2", "second quarter of 2025", "Q2 2025"),
        ("2026-H2", "second half of 2026", "H2 2026"),
        ("2026", "2026", "2026"),
        ("2030s", "2030s", "2030s"),
        ("2034~", "about 2034", "about 2034"),
        ("2025-10/2026-09", "October 2025 to September 2026", "Oct 2025 to Sep 2026"),
        ("2027-06/2027-09~", "about June to September 2027", "about Jun to Sep 2027"),
        ("2026-03-03/2026-03-17", "3 to 17 March 2026", "3 to 17 Mar 2026"),
        ("2026-03-30/2026-04-02", "30 March to 2 April 2026", "30 Mar to 2 Apr 2026"),
        ("2026-Q1/2026-Q3", "first quarter of 2026 to third quarter of 2026", "Q1 2026 to Q3 2026"),
        ("2025-11/2026", "November 2025 to the end of 2026", "Nov 2025 to the end of 2026"),
        ("2025/2026-03", "the start of 2025 to March 2026", "the start of 2025 to Mar 2026"),
    ],
)
def test_a_period_is_written_as_people_write_it(text: str, words: str, short: str) -> None:
    assert (spoken(parse(text)), brief(parse(text))) == (words, short)


def _point(kind: str, year: int, part: int) -> str:
    return {
        "day": f"{year}-{part % 12 + 1:02}-{part % 28 + 1:02}",
        "month": f"{year}-{part % 12 + 1:02}",
        "quarter": f"{year}-Q{part % 4 + 1}",
        "half": f"{year}-H{part % 2 + 1}",
        "year": str(year),
    }[kind]


POINTS = st.builds(
    _point, st.sampled_from(["day", "month", "quarter", "half", "year"]), st.integers(2001, 2090), st.integers(0, 400)
)


def _period(first: str, last: str | None, approximate: bool) -> Period:
    one, other = parse(first), parse(last) if last else None
    text = first
    if last and other and one.start < other.end:
        text = f"{first}/{last}"
    elif last and other:
        text = f"{last}/{first}" if other.start <= one.end else last
    return parse(text + ("~" if approximate else ""))


@given(period=st.builds(_period, POINTS, st.none() | POINTS, st.booleans()))
def test_what_is_said_is_read_as_the_same_days(period: Period) -> None:
    read = read_deadline(spoken(period), said=date(2000, 1, 1)).period
    assert read and read != "none"
    found = parse(read)
    assert (found.start, found.end, found.approximate) == (period.start, period.end, period.approximate), read
