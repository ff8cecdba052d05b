"""Problems as text: places for grep, carets that stand where they should, lines that fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model import Ledger, Text
from ledger.problems import Place, Problem
from ledger.render.problems import written
from ledger.render.problems.text import Problems
from ledger.render.terminal.cells import width
from ledger.render.terminal.console import Surface
from ledger.results.check import Checked


def checked(line: str, column: int, message: str = "it is wrong", hint: str | None = "mend it") -> Checked:
    found = Problem("bad-value", message, hint, Place("claims.yaml", 2, column), None)
    texts = (Text("claims.yaml", f"ledger: 1\n{line}\nclaims:\n"),)
    ledger = Ledger(None, texts, {}, {}, {}, (), (), (), ())
    return Checked(ledger, date(2026, 6, 30), (found,), (found,), 0, 0, 1, None)


def shown(line: str, column: int, columns: int = 80) -> list[str]:
    return list(Problems(checked(line, column)).lines(Surface(width=columns)))


def test_piped() -> None:
    long = "x" * 300
    assert written("text", checked(f"    at: {long}", 9, message="m" * 200)).splitlines() == [
        f"claims.yaml:2:9: bad-value {'m' * 200}",
        f"    at: {'x' * 109}...",
        "        ^",
        "    mend it",
    ]


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("    at: abc", 9, ["    at: abc", "        ^"]),
        ("    猫の手: abc", 10, ["    猫の手: abc", "            ^"]),
        ("    e\u0301te\u0301: abc", 12, ["    e\u0301te\u0301: abc", "         ^"]),
        ("\tat: \x1b[31m abc", 6, ["    at: \\x1b[31m abc", "        ^"]),
        ("    at: 🙂🙂 abc", 12, ["    at: 🙂🙂 abc", "             ^"]),
        ("at:", 4, ["    at:", "       ^"]),
        ("at:", 99, ["    at:", "       ^"]),
        ("", 1, []),
        ("   ", 1, []),
        ("at: x\r", 5, ["    at: x", "        ^"]),
    ],
)
def test_the_caret_stands_below_the_spot(line: str, column: int, expected: list[str]) -> None:
    assert shown(line, column)[1:-1] == expected


def test_a_long_line_is_cut_around_the_spot() -> None:
    line = "    claim: " + "left " * 20 + "HERE" + " right" * 20
    spot = line.index("HERE") + 1
    excerpt, caret = shown(line, spot, 40)[1:3]
    assert excerpt == "    ... left left left left HERE righ..."
    assert caret.index("^") == excerpt.index("HERE")


def test_a_place_outside_the_file_has_no_excerpt() -> None:
    base = checked("x", 1)
    for place in (Place("claims.yaml", 9, 1), Place("other.yaml", 1, 1), Place("claims.yaml", 0, 1)):
        problem = base.shown[0]._replace(place=place)
        lines = list(Problems(base._replace(shown=(problem,))).lines(Surface()))
        assert lines == [f"{place.file}:{place.line}:1: bad-value it is wrong", "    mend it"]


def test_what_is_no_error_says_so_and_the_claim_is_named() -> None:
    base = checked("x", 1)
    for severity, claim, expected in (
        ("error", "rain", "bad-value it is wrong [rain]"),
        ("warning", None, "bad-value (warning) it is wrong"),
        ("note", "wrong", "bad-value (note) it is wrong"),
        ("error", "i", "bad-value it is wrong [i]"),
        ("error", "wron", "bad-value it is wrong [wron]"),
    ):
        problem = base.shown[0]._replace(severity=severity, claim=claim)
        lines = list(Problems(base._replace(shown=(problem,))).lines(Surface()))
        assert lines[0] == f"claims.yaml:2:1: {expected}"


@pytest.mark.parametrize(
    ("message", "is_named"),
    [("rain is gone", True), ("a rain-2 b", False), ("snow-rain", False), ("rain: x", True), ("rainy rain", True)],
)
def test_a_claim_is_named_once(message: str, is_named: bool) -> None:
    base = checked("x", 1, message)
    lines = list(Problems(base._replace(shown=(base.shown[0]._replace(claim="rain"),))).lines(Surface()))
    assert lines[0] == f"claims.yaml:2:1: bad-value {message}{'' if is_named else ' [rain]'}"


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=80) | st.text(
    "猫a \té🙂\x1b", max_size=80
)


@given(TEXT, st.integers(1, 90), st.integers(20, 60), TEXT)
def test_every_line_fits_and_nothing_of_a_message_is_lost(line: str, column: int, columns: int, message: str) -> None:
    result = checked(line, column, message=message or "m", hint=message)
    lines = list(Problems(result).lines(Surface(width=columns)))
    assert all(width(one) <= columns for one in lines)
    assert all(one.isprintable() or not one.isascii() for one in lines)
