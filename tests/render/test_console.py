import io
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from fcntl import ioctl
from typing import TextIO

import pytest

from ledger.render.terminal.console import Color, Surface, console, paragraph, put, surface
from ledger.render.terminal.table import Column, Table


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "environ", "terminal", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "3", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_when_there_is_colour(color: Color, environ: dict[str, str], terminal: bool, wanted: bool) -> None:
    stream = Terminal() if terminal else io.StringIO()
    assert surface(stream, color, environ=environ).color is wanted
    screen = console(stream, color, environ=environ)
    screen.print("text", style="red")
    assert ("\x1b[31m" in stream.getvalue()) is wanted


@pytest.mark.parametrize(
    ("columns", "width"),
    [("132", 132), ("7", 20), ("0", 100), ("", 100), ("-5", 100), ("wide", 100), ("９", 100), ("9" * 5000, 999999)],
)
def test_width_without_a_terminal(columns: str, width: int) -> None:
    assert surface(io.StringIO(), environ={"COLUMNS": columns}).width == width


def test_a_given_width_wins() -> None:
    assert surface(io.StringIO(), width=50, environ={"COLUMNS": "132"}).width == 50
    assert console(io.StringIO(), width=50, environ={"COLUMNS": "132"}).width == 50


@pytest.fixture
def tty() -> Iterator[TextIO]:
    leader, follower = pty.openpty()
    ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 73, 0, 0))
    with os.fdopen(follower, "w", encoding="utf-8") as stream:
        yield stream
    os.close(leader)


def test_width_of_a_terminal(tty: TextIO) -> None:
    assert surface(tty, environ={}) == Surface(73, True, "utf-8")
    assert surface(tty, environ={"COLUMNS": "60"}).width == 60


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert surface(stream, environ={}) == Surface(100, False, "utf-8")


def test_rich_leaves_markup_emoji_and_numbers_alone() -> None:
    stream = Terminal()
    console(stream, environ={}).print("[sic] :rocket: [/b] 42")
    assert stream.getvalue() == "[sic] :rocket: [/b] 42\n"


@pytest.mark.parametrize(("encoding", "errors"), [("latin-1", "strict"), ("ascii", "surrogateescape")])
def test_what_the_encoding_lacks_is_replaced(encoding: str, errors: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, errors, newline="\n")
    put(stream, surface(stream, environ={}), Table([Column("日")], [("“汎用”",)]), "a – b 汎 \ud800")
    console(stream, environ={}).print(Table([Column("x")], [("汎",)]), "汎")
    stream.flush()
    assert raw.getvalue().decode("ascii") == '?\n----\n"??"\na - b ? \\ud800\nx\n--\n?\n?\n'


def test_put_writes_many_lines() -> None:
    stream = io.StringIO()
    put(stream, Surface(), Table([Column("n")], [(str(n),) for n in range(2500)]))
    assert stream.getvalue().splitlines()[2:] == [str(n) for n in range(2500)]


def test_paragraph() -> None:
    text = "A line that is too long for this\x1b\n\n  - indented and too long as well"
    assert list(paragraph(text, Surface(20))) == [
        "A line that is too",
        "long for this\\x1b",
        "",
        "  - indented and too",
        "  long as well",
    ]


def test_a_table_costs_no_import_of_rich_where_characters_are_plain() -> None:
    script = (
        "import sys; from ledger.render.terminal.console import put, surface\n"
        "from ledger.render.terminal.table import Table, Column\n"
        "put(sys.stdout, surface(sys.stdout), Table([Column('claim')], [('50,000 – “robots”',)]))\n"
        "assert 'rich' not in sys.modules"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.stdout, run.stderr) == ("claim\n─────────────────\n50,000 – “robots”\n", "")
