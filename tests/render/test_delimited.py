import csv
import io
from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st

from ledger.render import delimited


def joined(write: Callable[..., Iterable[str]], *rows: object) -> str:
    return "".join(write(*rows))


HEADER = ["id", "claim", "days"]
ROWS = [
    ["robots-2026", 'Tesla builds "50,000" robots,\nor more', "-12"],
    ["agi-2027", "=1+1\tafter a tab", ""],
]
# What no place has to escape: printable, and no beginning a spreadsheet calculates.
CELL = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" \n\t"))


def test_csv() -> None:
    assert joined(delimited.csv, HEADER, ROWS) == (
        'id,claim,days\nrobots-2026,"Tesla builds ""50,000"" robots,\nor more",-12\nagi-2027,\'=1+1\tafter a tab,\n'
    )


def test_tsv() -> None:
    assert joined(delimited.tsv, HEADER, ROWS) == (
        'id\tclaim\tdays\nrobots-2026\tTesla builds "50,000" robots, or more\t-12\nagi-2027\t\'=1+1 after a tab\t\n'
    )


def test_plain_is_tsv_without_header_and_guard() -> None:
    assert joined(delimited.plain, ROWS) == (
        'robots-2026\tTesla builds "50,000" robots, or more\t-12\nagi-2027\t=1+1 after a tab\t\n'
    )


def test_without_rows() -> None:
    assert joined(delimited.csv, HEADER, []) == "id,claim,days\n"
    assert joined(delimited.tsv, HEADER, []) == "id\tclaim\tdays\n"
    assert joined(delimited.plain, []) == ""


@given(st.lists(st.lists(CELL.map(lambda text: "x" + text), min_size=2, max_size=2)))
def test_csv_is_read_back_by_the_standard_reader(rows: list[list[str]]) -> None:
    assert list(csv.reader(io.StringIO(joined(delimited.csv, ["a", "b"], rows), newline=""))) == [["a", "b"], *rows]


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3)))
def test_plain_has_a_line_a_row_and_as_many_tabs_as_gaps(rows: list[list[str]]) -> None:
    lines = joined(delimited.plain, rows).splitlines()
    assert [line.count("\t") for line in lines] == [2] * len(rows)
