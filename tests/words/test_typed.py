"""What people type for a period, on a command line or in a prompt, and what is said of what cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import periods
from ledger.periods import PeriodError, parse
from ledger.text import visible
from ledger.words.typed import correction, typed, typed_period

TODAY = date(2026, 8, 2)  # a Sunday
YEARS = "years run from 1000 to 9999"
MONTHS = "months run from 01 to 12"
ALONE = "`none` stands alone as deadline, `unknown` as said"
FIXED = "write the period itself, such as 2026-12-31 or 2026-Q4"

TYPED = [
    ("today", "2026-08-02"),
    ("Yesterday", "2026-08-01"),
    ("tomorrow", "2026-08-03"),
    ("-30d", "2026-07-03"),
    ("\u221230d", "2026-07-03"),
    ("+6w", "2026-09-13"),
    ("+3m", "2026-11-02"),
    ("+2y", "2028-08-02"),
    ("+0d", "2026-08-02"),
    ("in 30 days", "2026-09-01"),
    ("2 weeks ago", "2026-07-19"),
    ("end of 2026", "2026-12-31"),
    ("the end of February 2028", "2028-02-29"),
    ("start of 2026", "2026-01-01"),
    ("beginning of Q3 2026", "2026-07-01"),
    ("end of the year", "2026-12-31"),
    ("end of next quarter", "2026-12-31"),
    ("before 2027", "2026-12-31"),
    ("by end of 2026", "2026"),
    ("by 2027", "2027"),
    ("mid 2026", "2026-07~"),
    ("early-2027", "2027-Q1"),
    ("spring", "2027-03/2027-06"),
    ("31 December", "2026-12-31"),
    ("Q3", "2026-Q3"),
    ("within two years", "2028-08~"),
    ("2026-W31", "2026-07-27/2026-08-02"),
    ("by 31 December 2026", "2026-12-31"),
    ("Q2 2025", "2025-Q2"),
    ("Q2/2025", "2025-Q2"),
    ("2025 Q2", "2025-Q2"),
    ("2025q2", "2025-Q2"),
    ("second quarter of 2025", "2025-Q2"),
    ("H1 2026", "2026-H1"),
    ("the first half of 2026", "2026-H1"),
    ("December 2026", "2026-12"),
    ("dec 2026", "2026-12"),
    ("Sept. 2026", "2026-09"),
    ("2026 May", "2026-05"),
    ("2026-6", "2026-06"),
    ("31 December 2026", "2026-12-31"),
    ("1st of January, 2027", "2027-01-01"),
    ("Dec 31, 2026", "2026-12-31"),
    ("Dec. 31st 2026", "2026-12-31"),
    ("2026-6-3", "2026-06-03"),
    ("2026/12/31", "2026-12-31"),
    ("20261231", "2026-12-31"),
    ("31.12.2026", "2026-12-31"),
    ("12/31/2026", "2026-12-31"),
    ("04/04/2026", "2026-04-04"),
    ("the 2030s", "2030s"),
    ("2030\u2019s", "2030s"),
    (" 2026 ", "2026"),
    ("in 2026", "2026"),
    ("next year", "2027"),
    ("last year", "2025"),
    ("this quarter", "2026-Q3"),
    ("this half", "2026-H2"),
    ("previous month", "2026-07"),
    ("next decade", "2030s"),
    ("this week", "2026-07-27/2026-08-02"),
    ("next week", "2026-08-03/2026-08-09"),
    ("around 2034", "2034~"),
    ("c. 2034", "2034~"),
    ("~2034", "2034~"),
    ("about 2034~", "2034~"),
    ("2026-2028", "2026/2028"),
    ("2026\u20132028", "2026/2028"),
    ("March 2026 to June 2026", "2026-03/2026-06"),
    ("between Q1 2026 and Q3 2026", "2026-Q1/2026-Q3"),
    ("2026-03 / 2026-06~", "2026-03/2026-06~"),
    ("today to end of 2026", "2026-08-02/2026"),
]


@pytest.mark.parametrize(("text", "canonical"), TYPED)
def test_typed_forms_are_read_back_canonically(text: str, canonical: str) -> None:
    assert typed_period(text, today=TODAY) == parse(canonical)


TYPED_HINT = f'{periods.FORMS}; or today, -30d, +2y, "end of 2026", "Q2 2025", "within two years", "Dec 31, 2026"'
REFUSED = [
    (
        "03-04-2026",
        '"03-04-2026" can be read in two ways: the day first, or the month first',
        "write 2026-04-03 or 2026-03-04",
    ),
    (
        "next summer",
        '"next summer" can be read in two ways: the northern summer of the year after, or the one that is nearest to '
        "2026-08-02",
        "write 2027-06/2027-09 or 2026-06/2026-09",
    ),
    (
        "within the year",
        '"within the year" can be read in two ways: the year of 2026-08-02, or 1 year after 2026-08-02',
        "write 2026 or 2027-08~",
    ),
    ("13/13/2026", '"13/13/2026": month 13 does not exist', MONTHS),
    ("30d", '"30d": it does not say before or after', "write +30d or -30d"),
    ("in 3 weeks ago", '"in 3 weeks ago" is not a period', TYPED_HINT),
    ("Q7 2026", '"Q7 2026": quarter 7 does not exist', FIXED),
    (
        "Feb 29, 2027",
        '"Feb 29, 2027": day 29 does not exist in February 2027',
        "February 2027 has 28 days; for the whole month write 2027-02",
    ),
    ("Feb 30", '"Feb 30": day 30 does not exist in February', FIXED),
    ("Q4 2026 to Q1 2026", '"Q4 2026 to Q1 2026": 2026-Q4 to 2026-Q1 ends before it begins', FIXED),
    ("+999999y", '"+999999y": that day is out of range', YEARS),
    ("-999999d", '"-999999d": that day is out of range', YEARS),
    ("before 1000", '"before 1000": that day is out of range', YEARS),
    ("none", '"none": not a period', ALONE),
    ("whenever", '"whenever" is not a period', TYPED_HINT),
    ("in the near future", '"in the near future" is no period: "the near future" names no day', FIXED),
    ("+ 2y", '"+ 2y" is not a period', TYPED_HINT),
]


@pytest.mark.parametrize(("text", "message", "hint"), REFUSED)
def test_what_cannot_be_read_in_one_way_is_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(PeriodError) as caught:
        typed_period(text, today=TODAY)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@pytest.mark.parametrize("text", ["next year", "next decade", "next month", "next week", "tomorrow", "in 5 years"])
def test_the_calendar_ends(text: str) -> None:
    with pytest.raises(PeriodError, match="out of range"):
        typed_period(text, today=date.max)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-Q2", date(2025, 6, 30)), ("2024-02", date(2024, 2, 29)), ("today", TODAY), ("in 2034", date(2034, 12, 31))],
)
def test_where_one_day_is_needed_it_is_the_last(text: str, day: date) -> None:
    assert typed_period(text, today=TODAY).last == day


# --- read back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("in 5 years", "2024-03~ (5 years after 2019-03-26)"),
        ("2024-03", ""),
        ("next year", "2020 (the year after that of 2019-03-26)"),
        ("by Q2 2020", "2020-Q2 (second quarter of 2020, up to its last day; also read as 2020-03-31)"),
        ("by the end of the decade", "2019 (end of the decade of 2019-03-26; also read as 2020)"),
        ("soon", 'none ("soon" names no day)'),
    ],
)
def test_what_was_typed_is_told_with_its_reason(text: str, told: str) -> None:
    assert typed(text, day=date(2019, 3, 26)).told == told


def test_words_are_unclear_where_nobody_knows_the_day() -> None:
    with pytest.raises(PeriodError, match="counted from the day it was said, which is not known"):
        typed("in 5 years", day=None)


def test_fiscal_words_without_a_fiscal_year() -> None:
    with pytest.raises(PeriodError) as caught:
        typed("Q3 FY2027", day=TODAY)
    assert str(caught.value) == '"Q3 FY2027": fiscal 2027 needs the month in which that fiscal year ends'
    assert caught.value.hint == "give the speaker a fiscal_year_end, or write the period itself"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2026~~", '"2026~~" is not a period', periods.FORMS),
        (" 2026", '" 2026" is not how a period is written', "write 2026"),
        ("Q2 2025", '"Q2 2025" is not how a period is written', "write 2025-Q2"),
        ("2025-q2", '"2025-q2" is not how a period is written', "write 2025-Q2"),
        ("2026-6-3", '"2026-6-3" is not how a period is written', "write 2026-06-03"),
        ("2026/12/31", '"2026/12/31" is not how a period is written', "write 2026-12-31"),
        ("end of 2026", '"end of 2026" is not how a period is written', "write 2026-12-31"),
        ("around 2034", '"around 2034" is not how a period is written', "write 2034~"),
        ("03/04/2026", '"03/04/2026" can be read in two ways', "write 2026-04-03 or 2026-03-04"),
        ("today", "a period in a file cannot depend on today", "write the day itself, as in 2026-12-31"),
        ("next year", "a period in a file cannot depend on today", "write the day itself, as in 2026-12-31"),
        ("soon", '"soon" is not a period', periods.FORMS),
        ("2026-13", "month 13 does not exist", "months run from 01 to 12"),
        ("2026?", '"2026?": doubt is written with ~', "write 2026~"),
    ],
)
def test_words_in_a_file_are_told_how_they_are_written(text: str, message: str, hint: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse(text)
    found = correction(text, caught.value)
    assert (str(found), found.hint) == (message, hint)


@given(st.text(max_size=70), st.dates(min_value=date(1000, 1, 1)))
def test_any_text_is_a_period_or_a_period_error(text: str, today: date) -> None:
    try:
        found = typed_period(text, today=today)
    except PeriodError as error:
        assert str(error) == visible(str(error))
        assert error.hint
    else:
        assert parse(found.text) == found
