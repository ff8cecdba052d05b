"""A number has one spelling in all faces."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.numbers import between, chance, change, difference, number, percent, points, signed

SRC = Path(__file__).parent.parent / "src" / "ledger"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (1 / 300, "<1%"),
        (1 / 201, "<1%"),
        (0.005, "1%"),
        (29 / 200, "15%"),  # 14.499999999999998 as a product of doubles
        (57 / 200, "29%"),
        (1 - 0.145, "86%"),
        (0.994, "99%"),
        (0.995, ">99%"),
        (299 / 300, ">99%"),
        (1, "100%"),
        (None, "-"),
    ],
)
def test_a_rate_is_in_whole_percent(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_one_more_digit_of_a_rate() -> None:
    assert [percent(share, 1) for share in (0, 0.0001, 0.37549, 0.9999, 1, 12.345)] == [
        "0.0%", "<0.1%", "37.5%", ">99.9%", "100.0%", "1,234.5%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.004, "0.4%"),
        (0.07, "7%"),
        (0.29, "29%"),
        (0.997, "99.7%"),
        (99.7 / 100, "99.7%"),
        (0.9999999, "99.99999%"),
        (0.00001, "0.001%"),
        (1 - 2**-53, "99.99999999999999%"),
        (1, "100%"),
    ],
)
def test_a_stated_share_keeps_its_digits(share: float, text: str) -> None:
    assert points(share) == text


@given(st.decimals(0, 100, places=6))
def test_a_stated_percentage_is_read_back(stated: object) -> None:
    text = f"{stated:f}".rstrip("0").rstrip(".")
    assert points(float(text or "0") / 100) == f"{text or '0'}%"


@given(st.integers(1, 5000), st.data())
def test_a_rate_is_all_or_nothing_only_where_it_is(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    assert (percent(hits / n) == "0%") == (hits == 0)
    assert (percent(hits / n) == "100%") == (hits == n)


def test_ends_signs_and_chances() -> None:
    assert [between(None), between((0.09, 0.45)), between((0.5, 0.5)), between((0.001, 1))] == [
        "-", "9–45%", "50%", "<1–100%",
    ]  # fmt: skip
    assert [difference(v) for v in (0.3 - 0.1, -9000.0, 0, None, 2500.3)] == ["+0.2", "-9,000", "0", "-", "+2,500.3"]
    assert [change(share) for share in (0.25003, -0.9, 0, None)] == ["+25%", "-90%", "0%", "-"]
    assert [signed(0.5), signed(-0.001), signed(None), signed(-3, 0), signed(0.005)] == [
        "+0.50", "0.00", "-", "-3", "+0.01",
    ]  # fmt: skip
    assert [chance(0.0004), chance(0.05), chance(None)] == ["<0.001", "0.050", "-"]
    assert [number(None), number(0.0625), number(2.675, 2), number(float("inf"))] == ["-", "0.063", "2.68", "inf"]


# --- nobody else spells numbers ---------------------------------------------------------------------------------

OWN = {"numbers.py", "render/svg.py", "charts/scales.py"}  # the home; coordinates of a drawing; ticks of an axis
ROUNDING = re.compile(r"(?<![a-zA-Z])%$|\.\d+[efEF]")


def spelled(tree: ast.AST) -> Iterator[ast.AST]:
    """Format specifications that round or make a percentage, and products with a hundred."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "format" and node.args[1:]:
            spec = ast.unparse(node.args[1])
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            spec = "%" if {ast.unparse(side) for side in (node.left, node.right)} & {"100", "100.0"} else ""
        else:
            continue
        if ROUNDING.search(spec.removeprefix("f").strip("'\"")):
            yield node


@pytest.mark.parametrize("text", ["f'{x:.0%}'", "f'{x:6.1%}'", "f'{x * 100:g}'", "f'{x:,.3f}'", "format(x, '.0%')"])
def test_other_spellings_are_found(text: str) -> None:
    assert list(spelled(ast.parse(text)))


ROOMS = ("render", "site", "charts", "cli", "history", "writing")  # results hold numbers, no texts
FACES = [path for room in ROOMS for path in sorted(SRC.glob(f"{room}/**/*.py"))]


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_no_face_has_a_spelling_of_its_own(path: Path) -> None:
    if path.relative_to(SRC).as_posix() not in OWN:
        assert not [(node.lineno, ast.unparse(node)) for node in spelled(ast.parse(path.read_text(encoding="utf-8")))]
