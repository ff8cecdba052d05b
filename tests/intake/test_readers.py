"""What all importers read with: tables, instants, probabilities, names. Nothing is lost or merged, whatever comes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.bulk.layout import moment as table_moment
from ledger.fields import NAME_PATTERN, OUTCOMES
from ledger.intake.platforms.instants import day_of, instant, of_datetime, of_day, written
from ledger.intake.platforms.made_keys import TableKeys, clean, slug
from ledger.intake.platforms.probabilities import NoProbabilityError, probability
from ledger.intake.platforms.proposals import Refused
from ledger.intake.platforms.sources import Member
from ledger.intake.platforms.tables import HeaderTable, TableRow
from ledger.text import control_characters

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)


def table_of(data: bytes) -> HeaderTable:
    return HeaderTable(Member("t.csv", "t.csv", lambda: io.BytesIO(data)))  # type: ignore[arg-type,return-value]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_is_read_as_it_was_written(rows: list[list[str]], delimiter: str, encoding: str, end: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    found = [row.cells for row in table_of(out.getvalue().encode(encoding)).rows() if isinstance(row, TableRow)]
    assert found == rows


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["a,b,c", '"x,y",b,c', '"open,b,c', "a,b", "a,b,c,d", 'a,"b', '5" pipe,b,c', ""]), max_size=9
    )
)
def test_a_torn_row_costs_itself_alone(lines: list[str]) -> None:
    found = list(table_of(("h,i,j\n" + "".join(f"{line}\n" for line in lines)).encode()).rows())
    sound = [number for number, line in enumerate(lines, 2) if line in ("a,b,c", '"x,y",b,c')]
    read = [row.place.row for row in found if isinstance(row, TableRow)]
    refused = [row for row in found if isinstance(row, Refused)]
    if '"' not in "".join(line for line in lines if line != '"x,y",b,c'):
        assert read == sound
    assert sorted(read + [one.place.row for one in refused]) == sorted({*read, *(one.place.row for one in refused)})
    assert "".join(row.raw for row in found).split() == "".join(f"{line}\n" for line in lines).split()


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)))
def test_an_instant_is_read_back_from_how_it_is_written(moment: datetime) -> None:
    at = of_datetime(moment.replace(tzinfo=UTC))
    assert instant(written(at)) == at
    assert table_moment(written(at)) == at // 2  # what an import writes means the same to those who score it
    assert day_of(at) == moment.date()


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2200, 1, 1)))
def test_a_day_ends_after_all_its_instants(day: date) -> None:
    at = of_day(day)
    assert instant(written(at)) == at and day_of(at) == day
    assert table_moment(written(at)) == at // 2
    assert at > of_datetime(datetime(day.year, day.month, day.day, 23, 59, 59, 999999, UTC))


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=12))
def test_different_names_never_get_one_key(names: list[str]) -> None:
    import re

    keys = TableKeys("people", {})
    found = [keys.key(name) for name in names]
    assert len(set(found)) == len(names)
    assert [keys.key(name) for name in names] == found
    assert all(re.fullmatch(NAME_PATTERN, key) and key not in OUTCOMES for key in found)


@given(st.text(max_size=30))
def test_a_cleaned_text_fits_a_ledger(text: str) -> None:
    assert control_characters(clean(text)[0]) is None


@pytest.mark.parametrize("text", ["Grüße", "Ærø", "O'Brien  II", "日本", "--", "A" * 200])
def test_a_slug_is_a_name_or_nothing(text: str) -> None:
    assert slug(text) == slug(slug(text))
    assert len(slug(text)) <= 60


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [
        ("7", "0-100", 0.07),
        ("0,5", "0-1", 0.5),
        (".5", "0-1", 0.5),
        ("80%", None, 0.8),
        ("99.7 %", "0-1", 0.997),
        ("1", "0-1", 1),
    ],
)
def test_probabilities(text: str, scale: str | None, expected: float) -> None:
    assert probability(text, scale) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["80", "-0.1", ">99%", "", "nan", "1e400", "٣", "half", "1_0"])
def test_no_probabilities(text: str) -> None:
    with pytest.raises(NoProbabilityError):
        probability(text, "0-1")


def test_a_column_of_years_ago_is_found_by_its_name(tmp_path: Path) -> None:
    table = table_of(b"\xef\xbb\xbfResolved_At , question TITLE\n1,2\n")
    assert (table.column("Resolved at"), table.needed("Question title")) == (0, 1)
