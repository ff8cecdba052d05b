import csv
import io
from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ledger.render import rowtext
from ledger.text import visible


def joined(write: Callable[..., Iterable[str]], *rows: object) -> str:
    return "".join(write(*rows))


READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HEADER = ["id", "claim", "days"]
ROWS = [
    ["robots-2026", 'Tesla builds "50,000" robots,\nor more', "-12"],
    ["agi-2027", "=1+1\tafter a tab", ""],
]
# What no place has to escape: printable, and no beginning a spreadsheet calculates.
CELL = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" \n\t"))


def test_csv() -> None:
    assert joined(rowtext.csv, HEADER, ROWS) == (
        'id,claim,days\nrobots-2026,"Tesla builds ""50,000"" robots,\nor more",-12\nagi-2027,\'=1+1\tafter a tab,\n'
    )


def test_tsv() -> None:
    assert joined(rowtext.tsv, HEADER, ROWS) == (
        'id\tclaim\tdays\nrobots-2026\tTesla builds "50,000" robots, or more\t-12\nagi-2027\t\'=1+1 after a tab\t\n'
    )


def test_plain_is_tsv_without_header_and_guard() -> None:
    assert joined(rowtext.plain, ROWS) == (
        'robots-2026\tTesla builds "50,000" robots, or more\t-12\nagi-2027\t=1+1 after a tab\t\n'
    )


def test_without_rows() -> None:
    assert joined(rowtext.csv, HEADER, []) == "id,claim,days\n"
    assert joined(rowtext.tsv, HEADER, []) == "id\tclaim\tdays\n"
    assert joined(rowtext.plain, []) == ""


@given(st.lists(st.lists(CELL.map(lambda text: "x" + text), min_size=2, max_size=2)))
def test_csv_is_read_back_by_the_standard_reader(rows: list[list[str]]) -> None:
    assert list(csv.reader(io.StringIO(joined(rowtext.csv, ["a", "b"], rows), newline=""))) == [["a", "b"], *rows]


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3)))
def test_plain_has_a_line_a_row_and_as_many_tabs_as_gaps(rows: list[list[str]]) -> None:
    lines = joined(rowtext.plain, rows).splitlines()
    assert [line.count("\t") for line in lines] == [2] * len(rows)


def test_markdown() -> None:
    rows = [["robots-2026", "≥ 50,000 | 100,000 [sic]", "-12"], ["agi", "two\nlines", ""]]
    assert rowtext.markdown(["id", "claim", "days"], rows, right=[2]) == (
        "| id | claim | days |\n"
        "| --- | --- | ---: |\n"
        "| robots-2026 | ≥ 50,000 \\| 100,000 \\[sic\\] | -12 |\n"
        "| agi | two lines |  |\n"
    )


MARKUP = st.text(st.sampled_from("ab |\\`*_~[]()!<>&#;:-=+.1\n\t\x1b@$\"'")) | st.text()


@given(st.lists(st.lists(MARKUP, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_reader_of_markdown_sees_the_same_cells_and_no_markup(rows: list[list[str]]) -> None:
    tokens = READER.parse(rowtext.markdown(["h1", "h2"], rows))
    cells = [token for token in tokens if token.type == "inline"]
    assert {child.type for cell in cells for child in cell.children or []} <= {"text", "text_special"}
    seen = ["".join(child.content for child in cell.children or []).strip("\u2068\u2069") for cell in cells]
    wanted = [visible(cell).strip() for row in rows for cell in row]
    assert [text.strip() for text in seen] == ["h1", "h2", *wanted]
