import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from ledger.render.terminal.cells import Cell
from ledger.render.terminal.cells import width as width_of
from ledger.render.terminal.console import Surface
from ledger.render.terminal.styles import SEVERITY_STYLES, STATUS_STYLES, ansi
from ledger.render.terminal.table import Column, Table
from ledger.text import visible

COLUMNS = [
    Column("id", wrap=False, lead=True),
    Column("deadline", wrap=False),
    Column("status", wrap=False, lead=True),
    Column("days", justify="right", wrap=False),
    Column("claim"),
]
ROWS = [
    ("robots-2026", "2026", Cell("open", "cyan"), "302", "Tesla builds at least 50,000 Optimus robots in 2026."),
    ("agi", "2025-Q4", Cell("overdue", "bold red"), "-91", "汎用人工知能 🚀 arrives [sic] :rocket: [/b]"),
    ("evil", "", "", "", "\x1b[31mred\x1b]8;;http://x\x07 \u202egnp.exe"),
]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def shown(table: Table, width: int, *, color: bool = False, encoding: str = "utf-8") -> str:
    return "\n".join(table.lines(Surface(width, color, encoding)))


def is_rule(line: str) -> bool:
    return set(line) <= {"─", " "} and "─" in line


def is_table(text: str) -> bool:
    return any(map(is_rule, text.splitlines()))


def test_wide() -> None:
    assert shown(Table(COLUMNS, ROWS, title="Claims", caption="3 claims"), 100) == (
        """\
Claims
id           deadline  status   days  claim
───────────  ────────  ───────  ────  ────────────────────────────────────────────────────
robots-2026  2026      open      302  Tesla builds at least 50,000 Optimus robots in 2026.
agi          2025-Q4   overdue   -91  汎用人工知能 🚀 arrives [sic] :rocket: [/b]
evil                                  \\x1b[31mred\\x1b]8;;http://x\\x07 \\u202egnp.exe
3 claims"""
    )


def test_narrower_columns_wrap() -> None:
    assert shown(Table(COLUMNS, ROWS), 64) == (
        """\
id           deadline  status   days  claim
───────────  ────────  ───────  ────  ──────────────────────────
robots-2026  2026      open      302  Tesla builds at least
                                      50,000 Optimus robots in
                                      2026.
agi          2025-Q4   overdue   -91  汎用人工知能 🚀 arrives
                                      [sic] :rocket: [/b]
evil                                  \\x1b[31mred\\x1b]8;;http://
                                      x\\x07 \\u202egnp.exe"""
    )


def test_below_that_blocks() -> None:
    assert shown(Table(COLUMNS, ROWS, title="Claims", caption="3 claims"), 40) == (
        """\
Claims

robots-2026  open
  deadline  2026
  days      302
  claim     Tesla builds at least 50,000
            Optimus robots in 2026.

agi  overdue
  deadline  2025-Q4
  days      -91
  claim     汎用人工知能 🚀 arrives
            [sic] :rocket: [/b]

evil
  claim     \\x1b[31mred\\x1b]8;;http://x\\x07
            \\u202egnp.exe

3 claims"""
    )


def test_blocks_at_twenty_columns() -> None:
    assert shown(Table(COLUMNS, ROWS[:2]), 20) == (
        """\
robots-2026  open
  deadline  2026
  days  302
  claim
    Tesla builds at
    least 50,000
    Optimus robots
    in 2026.

agi  overdue
  deadline  2025-Q4
  days  -91
  claim
    汎用人工知能 🚀
    arrives [sic]
    :rocket: [/b]"""
    )


def test_a_small_table_stays_a_table_on_a_narrow_screen() -> None:
    table = Table([Column("topic"), Column("claims", justify="right")], [("optimus", "12"), ("agi", "3")])
    assert shown(table, 20) == "topic    claims\n───────  ──────\noptimus      12\nagi           3"
    assert not is_table(shown(table, 14))


def test_a_wide_table_becomes_blocks_below_64_columns() -> None:
    assert [is_table(shown(Table(COLUMNS, ROWS), width)) for width in (100, 64, 63, 40)] == [True, True, False, False]


def test_no_rows() -> None:
    assert shown(Table([Column("id"), Column("claim")], []), 80) == "id  claim\n──  ─────"


def test_on_a_terminal_without_unicode() -> None:
    table = Table(COLUMNS[:3], [("agi", "2025–12", "汎用…")])
    assert shown(table, 80, encoding="latin-1") == (
        """\
id   deadline  status
---  --------  ------
agi  2025-12   ??..."""
    )


def test_colour_is_around_the_text_only() -> None:
    rows = [("a", Cell("hit", "green")), ("汎用", "long words here")]
    table = Table(
        [Column("id", style="dim", justify="right"), Column("status", max_width=10)], rows, row_styles=["", "red"]
    )
    assert shown(table, 80, color=True) == (
        "  \x1b[1mid\x1b[0m  \x1b[1mstatus\x1b[0m\n"
        "\x1b[2m────  ──────────\x1b[0m\n"
        "   \x1b[2ma\x1b[0m  \x1b[32mhit\x1b[0m\n"
        "\x1b[31m汎用\x1b[0m  \x1b[31mlong words\x1b[0m\n"
        "      \x1b[31mhere\x1b[0m"
    )


def test_columns_share_what_room_there_is() -> None:
    long = "word " * 40
    columns = [Column("id", wrap=False), Column("claim", weight=2), Column("note"), Column("short")]
    rule = shown(Table(columns, [("agi", long, long, "a b")]), 100).splitlines()[1]
    assert [len(part) for part in rule.split()] == [3, 58, 28, 5]


def test_least_and_greatest_widths() -> None:
    columns = [Column("a", min_width=6), Column("b", max_width=8)]
    assert shown(Table(columns, [("x", "one two three")]), 80) == (
        "a       b\n──────  ────────\nx       one two\n        three"
    )


def test_rows_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError):
        shown(Table([Column("a"), Column("b")], [("only one",)]), 80)


def test_printed_by_rich() -> None:
    out = io.StringIO()
    table = Table(COLUMNS, ROWS)
    Console(file=out, width=80, force_terminal=True, color_system="standard", no_color=False).print(table)
    assert out.getvalue() == shown(table, 80, color=True) + "\n"
    out = io.StringIO()
    Console(file=out, width=80).print(table)
    assert out.getvalue() == shown(table, 80) + "\n"


def test_styles_exist_and_keep_to_the_sixteen_colours() -> None:
    for style in [*STATUS_STYLES.values(), *SEVERITY_STYLES.values()]:
        on, off = ansi(style)
        assert re.fullmatch(r"\x1b\[([1-7]|3[0-7])(;3[0-7])?m", on)
        assert off == "\x1b[0m"
    statuses = "open overdue undated hit late miss partly void unjudged true false awaiting withdrawn"
    assert " ".join(STATUS_STYLES) == statuses


WORD = st.text(st.sampled_from("abcé汎用–"), min_size=1, max_size=9) | st.sampled_from(
    ["[sic]", ":rocket:", "[/b]", "👩‍🚀", "👍🏽", "\x1b[31m", "\u202e", "https://example.org/a/b/c/d/e/f/g", "e\u0301"]
)
CELL = st.lists(WORD, max_size=12).map(" ".join)
COLUMN = st.builds(
    lambda header, justify, wrap, weight: Column(header, justify, wrap=wrap, weight=weight),
    st.sampled_from(["id", "claim", "deadline words", "日"]),
    st.sampled_from(["left", "right"]),
    st.booleans(),
    st.sampled_from([1, 2]),
)
TABLES = st.lists(COLUMN, min_size=1, max_size=4).flatmap(
    lambda columns: st.tuples(
        st.just(columns),
        st.lists(st.lists(CELL, min_size=len(columns), max_size=len(columns)), max_size=4),
    )
)


@given(TABLES, st.integers(20, 130), st.booleans())
def test_every_line_fits(table: tuple[list[Column], list[list[str]]], width: int, color: bool) -> None:
    lines = [ANSI.sub("", line) for line in Table(*table).lines(Surface(width, color))]
    whole = [line for line in lines if "://" not in line]  # an address stays in one piece
    assert all(cell_len(line) <= width for line in whole)
    assert all(line == visible(line) and line == line.rstrip(" ") for line in lines)
    if is_table("\n".join(lines)):
        ruled = next(cell_len(line) for line in lines if is_rule(line))
        assert all(cell_len(line) <= ruled for line in whole)


@given(TABLES, st.integers(20, 130))
def test_every_word_is_there_in_its_order(table: tuple[list[Column], list[list[str]]], width: int) -> None:
    columns, rows = table[0], [[cell.replace("://", "") for cell in row] for row in table[1]]
    text = shown(Table(columns, rows), width)
    if is_table(text):
        lines = text.splitlines()
        ruled = next(number for number, line in enumerate(lines) if is_rule(line))
        body = [cut(line, [len(part) for part in lines[ruled].split()]) for line in lines[ruled + 1 :]]
        found = ["".join(parts) for parts in zip(*body, strict=True)] or [""] * len(columns)
        wanted = ["".join(parts) for parts in zip(*rows, strict=True)] or [""] * len(columns)
    else:
        found = [text.replace("\n", "")]
        labelled = [header_and_cell for row in rows for header_and_cell in zip(columns, row, strict=True)]
        first = columns[0]
        wanted = ["".join(cell if column is first else column.header + cell for column, cell in labelled if cell)]
    assert [part.replace(" ", "") for part in found] == [visible(part).replace(" ", "") for part in wanted]


def cut(line: str, sizes: list[int]) -> list[str]:
    """The cells of a line whose columns are so wide, with two cells of space between."""
    found = []
    for size in sizes:
        found.append(next((line[:end] for end in range(len(line)) if width_of(line[:end]) >= size + 2), line))
        line = line[len(found[-1]) :]
    return found


SIMPLE_CELL = st.text(st.sampled_from("abcé汎用 –[]"), max_size=8).map(str.strip)


@given(st.lists(st.tuples(SIMPLE_CELL, SIMPLE_CELL), min_size=1, max_size=4))
def test_columns_stand_where_rich_puts_them(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    rich = RichTable(box=None, pad_edge=False)
    rich.add_column("first")
    rich.add_column("second", justify="right")
    for row in rows:
        rich.add_row(*map(Text, row))
    Console(file=out, width=80).print(rich)
    own = shown(Table([Column("first"), Column("second", justify="right")], rows), 80).split("\n")
    assert [own[0], *own[2:]] == [line.rstrip() for line in out.getvalue().splitlines()]
