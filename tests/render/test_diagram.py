"""Diagrams of characters: exact drawings, and that none is wider than its screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render.terminal.cells import width
from ledger.render.terminal.console import Surface
from ledger.render.terminal.diagram import Axis, Plot, Point, Shading

SHARES = [(share / 4, f"{share * 25}%") for share in range(5)]
RELIABILITY = Plot(
    "Came true",
    Axis(0, 1, "stated", SHARES),
    points=[Point(0.25, 0.0, 0.0, 0.5), Point(0.75, 1.0)],
    diagonal=True,
    legend=["● seen"],
)
CURVE = Plot(
    "Not yet",
    Axis(0, 2, "times the promise", [(0, "0"), (1, "1"), (2, "2")]),
    steps=[(0.0, 1.0), (0.5, 0.75), (1.5, 0.25)],
    until=1.8,
    upright=1,
    level=0.5,
)


def shown(plot: Plot, columns: int, *, color: bool = False, encoding: str = "utf-8") -> list[str]:
    return list(plot.lines(Surface(columns, color, encoding)))


def test_points_with_their_intervals_against_the_diagonal() -> None:
    assert shown(RELIABILITY, 23) == [
        "Came true",
        "100% ┤            ●  ··",
        " 75% ┤            ···",
        " 50% ┤    │   ····",
        "     │    │···",
        " 25% ┤  ··│",
        "  0% ┤··  ●",
        "     └┴───┴───┴───┴───┴",
        "     0%  25% 50% 75%",  # no room for the last label
        "      stated",
        "● seen",
    ]


def test_a_curve_keeps_its_value_until_it_falls() -> None:
    assert shown(CURVE, 26) == [
        "Not yet",
        "100% ┤─────┐    ┊",
        "     │     │    ┊",
        " 75% ┤     └────────┐",
        " 50% ┤· · · · · ┊ · │ · ·",
        " 25% ┤          ┊   └───",  # watched to 1.8, and not drawn beyond
        "     │          ┊",
        "  0% ┤          ┊",
        "     └┴─────────┴────────┴",
        "      0         1        2",
        "      times the promise",
    ]


def test_ascii_only() -> None:
    assert shown(CURVE, 26, encoding="ascii") == [
        "Not yet",
        "100% +-----+    :",
        "     |     |    :",
        " 75% +     +--------+",
        " 50% +. . . . . : . | . .",
        " 25% +          :   +---",
        "     |          :",
        "  0% +          :",
        "     ++---------+--------+",
        "      0         1        2",
        "      times the promise",
    ]


def test_colour_paints_runs() -> None:
    lines = shown(RELIABILITY, 23, color=True)
    assert lines[0] == "\x1b[1mCame true\x1b[0m"
    assert "\x1b[1;36m●\x1b[0m" in lines[1]
    assert lines[-1] == "\x1b[2m● seen\x1b[0m"


def test_a_trace_joins_what_it_is_given() -> None:
    plot = Plot("", Axis(0, 1, "", []), trace=[(0.0, 0.0), (0.5, 0.0), (1.0, 1.0)])
    assert [line[6:] for line in shown(plot, 17)[1:6]] == [
        "          *",
        "         *",
        "       **",
        "      *",
        "******",
    ]


@pytest.mark.parametrize("columns", [20, 40, 60, 100, 300])
def test_it_fits_its_screen(columns: int) -> None:
    for plot in (RELIABILITY, CURVE):
        lines = shown(plot, columns)
        assert max(map(width, lines)) <= columns
        assert len(lines) <= 30


@given(
    st.lists(st.tuples(st.floats(0, 9), st.floats(0, 1)), min_size=1, max_size=20),
    st.integers(20, 120),
    st.sampled_from(["utf-8", "ascii", "latin-1"]),
)
def test_any_curve_can_be_drawn(steps: list[tuple[float, float]], columns: int, encoding: str) -> None:
    falling = [
        (x, y) for x, y in zip(sorted(x for x, _ in steps), sorted((y for _, y in steps), reverse=True), strict=True)
    ]
    plot = Plot("t", Axis(0, 5, "x", [(1, "1")]), steps=[(0, 1), *falling], until=falling[-1][0] + 1)
    lines = shown(plot, columns, encoding=encoding)
    assert all(len(line) <= columns for line in lines)
    assert "\n".join(lines).encode(encoding).decode(encoding) == "\n".join(lines)


def test_a_band_stands_behind_what_is_held_against_it() -> None:
    plot = Plot(
        "t", Axis(0, 1, "x", []), points=[Point(0.5, 0.75, 0.5, 1)], bands=[Shading(0.5, 0.25, 0.75)], legend=["░ b"]
    )
    drawn = [line[6:] for line in plot.lines(Surface(14))][1:6]
    assert drawn == ["    │", "   ░●░", "   ░│░", "   ░░░", ""]
    ascii_only = list(plot.lines(Surface(14, False, "ascii")))
    assert ascii_only[3][6:] == "   =|=" and ascii_only[-1] == "= b"
