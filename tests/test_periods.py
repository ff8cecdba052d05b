"""The grammar of periods: what stands in a file, what people type, and what is said of anything else."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger import periods
from ledger.periods import Period, PeriodError, Span, days_on, months_on, parse, parse_span
from ledger.text import visible

TODAY = date(2026, 8, 2)  # a Sunday

FILE_FORMS = [
    ("2026-12-31", "2026-12-31", "2026-12-31", "day"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
    ("2000-02-29", "2000-02-29", "2000-02-29", "day"),
    ("1000-01-01", "1000-01-01", "1000-01-01", "day"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
    ("2026-12", "2026-12-01", "2026-12-31", "month"),
    ("2023-02", "2023-02-01", "2023-02-28", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("9999-12", "9999-12-01", "9999-12-31", "month"),
    ("2024-Q1", "2024-01-01", "2024-03-31", "quarter"),
    ("2025-Q2", "2025-04-01", "2025-06-30", "quarter"),
    ("2025-Q3", "2025-07-01", "2025-09-30", "quarter"),
    ("9999-Q4", "9999-10-01", "9999-12-31", "quarter"),
    ("2026-H1", "2026-01-01", "2026-06-30", "half"),
    ("9999-H2", "9999-07-01", "9999-12-31", "half"),
    ("2026", "2026-01-01", "2026-12-31", "year"),
    ("9999", "9999-01-01", "9999-12-31", "year"),
    ("2030s", "2030-01-01", "2039-12-31", "decade"),
    ("9990s", "9990-01-01", "9999-12-31", "decade"),
    ("2026-03/2026-06", "2026-03-01", "2026-06-30", "range"),
    ("2026-12-31/2027-Q1", "2026-12-31", "2027-03-31", "range"),
    ("2026-H2/2030s", "2026-07-01", "2039-12-31", "range"),
    ("2026/2026", "2026-01-01", "2026-12-31", "range"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision"), FILE_FORMS)
@pytest.mark.parametrize("mark", ["", "~"])
def test_forms_of_the_file(text: str, first: str, last: str, precision: str, mark: str) -> None:
    period = parse(text + mark)
    assert (period.text, str(period)) == (text + mark, text + mark)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.precision, period.approximate) == (precision, mark == "~")
    assert period.days == (period.last - period.first).days + 1


def test_fields_are_ordinals() -> None:
    assert parse("2034~") == Period("2034~", date(2034, 1, 1).toordinal(), date(2034, 12, 31).toordinal(), True)


# Texts that mean the same in EDTF (ISO 8601-2, level 0 and 1) and here. Not these: 203X is 2030s here, an open
# end (2026/..) and a mark inside a range do not exist, Q and H are ours, 2026-21 (spring) is refused.
EDTF = [
    ("1985-04-12", "1985-04-12", "1985-04-12"),
    ("2004-02-29", "2004-02-29", "2004-02-29"),
    ("1999-12-31", "1999-12-31", "1999-12-31"),
    ("1985-04", "1985-04-01", "1985-04-30"),
    ("2004-02", "2004-02-01", "2004-02-29"),
    ("2100-02", "2100-02-01", "2100-02-28"),
    ("1985", "1985-01-01", "1985-12-31"),
    ("2000", "2000-01-01", "2000-12-31"),
    ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    ("2026-03/2026-06", "2026-03-01", "2026-06-30"),
    ("2019-12-30/2020-01-05", "2019-12-30", "2020-01-05"),
    ("2034~", "2034-01-01", "2034-12-31"),
    ("2004-06~", "2004-06-01", "2004-06-30"),
    ("2004-06-11~", "2004-06-11", "2004-06-11"),
    ("1984~", "1984-01-01", "1984-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), EDTF)
def test_agrees_with_edtf(text: str, first: str, last: str) -> None:
    period = parse(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.approximate == text.endswith("~")


FORMS = "write 2026-12-31, 2026-12, 2025-Q2, 2026-H1, 2026, 2030s or a range such as 2026-03/2026-06"
YEARS = "years run from 1000 to 9999"
MONTHS = "months run from 01 to 12"
ONE_MARK = "put one ~ at its end: 2026-03/2026-06~"
TWO_ENDS = "give both, as in 2026-03/2026-06, or only the last"
ALONE = "`none` stands alone as deadline, `unknown` as said"

MISTAKES = [
    ("2026-13", "month 13 does not exist", MONTHS),
    ("2026-00", "month 00 does not exist", MONTHS),
    ("2026-21", "month 21 does not exist", MONTHS),
    ("2026-13-01", "month 13 does not exist", MONTHS),
    (
        "2026-02-31",
        "day 31 does not exist in February 2026",
        "February 2026 has 28 days; for the whole month write 2026-02",
    ),
    (
        "2024-02-30/2025",
        "day 30 does not exist in February 2024",
        "February 2024 has 29 days; for the whole month write 2024-02",
    ),
    (
        "2026-04-00",
        "day 00 does not exist in April 2026",
        "April 2026 has 30 days; for the whole month write 2026-04",
    ),
    ("2026-Q5", "quarter 5 does not exist", "they run from Q1 to Q4"),
    ("2026-Q0", "quarter 0 does not exist", "they run from Q1 to Q4"),
    ("2026-H3", "half 3 does not exist", "they run from H1 to H2"),
    ("0999", "year 0999 is out of range", YEARS),
    ("0000-01-01", "year 0000 is out of range", YEARS),
    (
        "2035s",
        "a decade begins in a year that ends in 0, not in 2035",
        "write 2030s for the decade or 2035 for the year",
    ),
    ("2027/2026", "the range 2027/2026 ends before it begins", "write 2026/2027"),
    ("2026~/2027", '"2026~/2027": only a range as a whole is approximate', ONE_MARK),
    ("2026~/2027~", '"2026~/2027~": only a range as a whole is approximate', ONE_MARK),
    ("2026/..", '"2026/..": a range has two ends', TWO_ENDS),
    ("/2026", '"/2026": a range has two ends', TWO_ENDS),
    ("none", '"none": not a period', ALONE),
    ("Unknown", '"Unknown": not a period', ALONE),
    ("none~", '"none~": not a period', ALONE),
    ("2026-12-31T10:00Z", '"2026-12-31T10:00Z": a period has no time of day', "write 2026-12-31"),
    ("203X", '"203X": a decade is written with an s', "write 2030s"),
    ("2026-03?", '"2026-03?": doubt is written with ~', "write 2026-03~"),
    ("2026-W05", '"2026-W05": weeks have no form', "write both ends, as in 2026-01-26/2026-02-01"),
    ("", '"": a period is missing', FORMS),
    ("soon", '"soon" is not a period', FORMS),
    ("２０２６", '"２０２６" is not a period', FORMS),
    ("٢٠٢٦", '"٢٠٢٦" is not a period', FORMS),
    ("2026\x1b[31m", '"2026\\x1b[31m" is not a period', FORMS),
]


@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES)
def test_mistakes_in_a_file_name_the_part_and_the_remedy(text: str, message: str, hint: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@pytest.mark.parametrize("text", ["9" * 5000, "2026/" * 20_000, " " * 100_000, "~" * 5000, "in " * 30_000 + "2026"])
def test_long_texts_fail_with_a_short_message(text: str) -> None:
    for read in (parse, parse_span):
        with pytest.raises(PeriodError) as caught:
            read(text)
        assert len(str(caught.value)) < 100
        assert len(caught.value.hint) < 200


@pytest.mark.parametrize(
    ("text", "span", "from_day", "to_day"),
    [
        ("90d", Span(90, "d"), date(2026, 8, 2), date(2026, 10, 31)),
        ("0d", Span(0, "d"), date(2026, 8, 2), date(2026, 8, 2)),
        ("12w", Span(12, "w"), date(2026, 8, 2), date(2026, 10, 25)),
        ("6m", Span(6, "m"), date(2026, 8, 31), date(2027, 2, 28)),
        ("2Y", Span(2, "y"), date(2024, 2, 29), date(2026, 2, 28)),
        ("2 weeks", Span(2, "w"), date(2026, 8, 2), date(2026, 8, 16)),
    ],
)
def test_spans(text: str, span: Span, from_day: date, to_day: date) -> None:
    assert parse_span(text) == span
    assert span.after(from_day) == to_day


@pytest.mark.parametrize("text", ["", "90", "d", "-3d", "+3d", "1.5y", "3 fortnights", "9" * 5000 + "d", "1234567d"])
def test_other_spans_are_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="is not a length of time") as caught:
        parse_span(text)
    assert caught.value.hint == "write 90d, 12w, 6m or 2y"
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize("unit", ["d", "w", "m", "y"])
def test_a_span_beyond_the_calendar_is_refused(unit: str) -> None:
    with pytest.raises(PeriodError, match="out of range"):
        parse_span(f"999999{unit}").after(date(9000, 1, 1))


def test_deadlines_sort_by_last_day_then_by_first() -> None:
    ordered = ["2026-03-31", "2026", "2026-H2", "2026-Q4", "2026-12", "2026-12-31", "2020s", "2027/2030"]
    periods = sorted((parse(text) for text in reversed(ordered)), key=Period.sort_key)
    assert [period.text for period in periods] == ordered


# --- properties --------------------------------------------------------------------------------------------

days = st.dates(min_value=date(1000, 1, 1))
years = st.integers(1000, 9999)
points = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    st.builds("{}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{}-H{}".format, years, st.integers(1, 2)),
    years.map(str),
    st.integers(100, 999).map("{}0s".format),
)
ranges = st.tuples(points, points).map(
    lambda ends: "/".join(sorted(ends, key=lambda text: (parse(text).first, parse(text).last)))
)
canonical = st.builds("{}{}".format, points | ranges, st.sampled_from(["", "~"]))
WORDS = "the of end by in before about ~ / - to 2026 2030s q2 h1 december 31 + d 30 weeks ago next year mid . ,".split()  # noqa: SIM905
phrases = st.lists(st.sampled_from([*WORDS, " "]), max_size=9).map(" ".join) | st.lists(st.sampled_from(WORDS)).map(
    "".join
)
near_misses = st.from_regex(r"[0-9]{3,5}(-?[0-9QHWqhx]{1,3}){0,2}[s~?/.T]{0,2}[0-9-]{0,10}", fullmatch=True)
anything = st.text(max_size=70) | phrases | near_misses


@given(canonical)
def test_canonical_text_round_trips(text: str) -> None:
    period = parse(text)
    assert period.text == text
    assert parse(period.text) == period
    assert period.start <= period.end
    assert period.approximate == text.endswith("~")


@given(points)
def test_the_period_after_begins_on_the_next_day(text: str) -> None:
    """No form leaves a gap or an overlap: the first and last day lie in it, their neighbours do not."""
    period = parse(text)
    unit = {"day": 10, "month": 7, "year": 4}.get(period.precision)
    if unit is not None:
        assert period.first.isoformat()[:unit] == period.last.isoformat()[:unit] == text
    for outside in (period.start - 1, period.end + 1):
        if unit is not None and date(1000, 1, 1).toordinal() <= outside <= date.max.toordinal():
            assert date.fromordinal(outside).isoformat()[:unit] != text


@given(years)
def test_quarters_and_halves_tile_the_year(year: int) -> None:
    whole = parse(str(year))
    for parts in ([f"{year}-Q{n}" for n in range(1, 5)], [f"{year}-H{n}" for n in (1, 2)]):
        covered = [day for part in map(parse, parts) for day in range(part.start, part.end + 1)]
        assert covered == list(range(whole.start, whole.end + 1))


@given(st.lists(canonical.map(parse), max_size=6))
def test_the_order_is_total(some: list[Period]) -> None:
    ordered = sorted(some, key=Period.sort_key)
    for earlier, later in pairwise(ordered):
        assert earlier.last <= later.last
        assert earlier.last < later.last or earlier.first <= later.first


@given(days, st.integers(-400_000, 400_000))
def test_days_on_and_back(day: date, number: int) -> None:
    try:
        later = days_on(day, number)
    except PeriodError:
        assert not date(1000, 1, 1).toordinal() <= day.toordinal() + number <= date.max.toordinal()
        return
    assert later == day + timedelta(days=number)
    assert days_on(later, -number) == day


@given(days, st.integers(-12_000, 12_000))
def test_months_on_keep_the_day_or_end_the_month(day: date, number: int) -> None:
    try:
        later = months_on(day, number)
    except PeriodError:
        assert not 12_000 <= day.year * 12 + day.month - 1 + number < 120_000
        return
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == number
    assert later.day == min(day.day, parse(later.isoformat()[:7]).last.day)


@settings(max_examples=400)
@given(anything)
@example("~" * 60)
@example("\ud800")
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    for read in (parse, parse_span):
        try:
            found = read(text)
        except PeriodError as error:
            assert str(error) == visible(str(error))
            assert error.hint
        else:
            if isinstance(found, Period):
                assert parse(found.text) == found
                assert found.start <= found.end


def test_reading_a_file_loads_nothing_heavy() -> None:
    heavy = "{'dateutil', 'yaml', 'rich', 'ledger.words'}"
    code = f"import sys, ledger.periods as p; p.parse('2025-Q2'); print(sorted({heavy} & set(sys.modules)))"
    source = str(Path(periods.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=source)
    assert done.stdout == "[]\n"
