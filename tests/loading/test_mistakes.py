"""One slip of the hand: every other claim stays listed, and one message says what to mend, where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import Ledger
from support.mistyped import CLAIMS, FIRST_LINE, HEAD, LINES, SLIPS, Slip, claim, slipped

MIDDLE = 22


def read(text: str) -> Ledger:
    return load(Disk(), [GivenText("ledger.yaml", text.encode())])


def deeper(text: str) -> str:
    return HEAD + "".join("  " + line for line in text[len(HEAD) :].splitlines(keepends=True))


def flush(text: str) -> str | None:
    lines = text[len(HEAD) :].splitlines(keepends=True)
    return HEAD + "".join(line[2:] for line in lines) if all(line[:2] == "  " for line in lines) else None


SHAPES: dict[str, Callable[[str], str | None]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "indented deeper": deeper,
    "not indented": flush,
    "without a final newline": lambda text: text[:-1],
}


def assert_told_once(ledger: Ledger, slip: Slip, number: int, line: int, claims: int = CLAIMS) -> None:
    others = {claim.id for claim in ledger.claims} - {f"claim-{number}"}
    assert others == {f"claim-{n}" for n in range(claims)} - {f"claim-{number}"}
    assert len(ledger.problems) == 1, [(p.place.line, p.message) for p in ledger.problems]
    found = ledger.problems[0]
    assert line <= found.place.line <= line + 1
    assert found.code == slip.code
    assert found.hint


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_in_the_middle_of_45_claims(slip: Slip) -> None:
    text, line = slipped(slip, MIDDLE)
    ledger = read(text)
    assert_told_once(ledger, slip, MIDDLE, line)
    assert slip.says in ledger.problems[0].message


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_in_other_shapes(slip: Slip) -> None:
    text, line = slipped(slip, 1, claims=3)
    for shape in SHAPES.values():
        shaped = shape(text)
        if shaped is None:  # this slip cannot be made there
            continue
        ledger = read(shaped)
        assert_told_once(ledger, slip, 1, line, claims=3)
        assert slip.says.replace("-22", "-1") in ledger.problems[0].message


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_read_by_the_pure_parser(slip: Slip, pure: None) -> None:
    text, line = slipped(slip, 1, claims=3)
    ledger = read(text)
    assert_told_once(ledger, slip, 1, line, claims=3)
    assert slip.says.replace("-22", "-1") in ledger.problems[0].message


@pytest.mark.parametrize("number", [0, CLAIMS - 1])
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_in_the_first_or_last_claim(slip: Slip, number: int) -> None:
    text, line = slipped(slip, number)
    ledger = read(text)
    expected = slip._replace(code=ledger.problems[0].code) if slip.name.startswith("lost") else slip
    assert_told_once(ledger, expected, number, line)


def test_words_a_reader_sees() -> None:
    """Exact messages, places and remedies of five slips."""
    seen = []
    for name in ("unclosed double quote", "lost dash", "tab for the indent", "colon in plain text", "key misspelt"):
        slip = next(slip for slip in SLIPS if slip.name == name)
        text, line = slipped(slip, MIDDLE)
        found = read(text).problems[0]
        seen.append((found.place.line - line, found.place.column, found.message, found.hint, found.claim))
    assert seen == [
        (0, 12, "the quotation mark is not closed", "close it at the end of the text", "claim-22"),
        (
            0,
            5,
            "the keys of a claim begin again here: the dash of claim-22 is missing",
            "begin each with a dash, in the column of the others",
            "claim-22",
        ),
        (0, 1, "a tab where the text must be indented with spaces", "use spaces", "claim-22"),
        (0, 17, "a colon and a space in a text without quotes", "put the whole text in double quotes", "claim-22"),
        (0, 5, "a claim has no key 'siad'", "did you mean said or id?", "claim-22"),
    ]


def test_two_slips_are_two_problems() -> None:
    slip = SLIPS[0]
    first, line = slipped(slip, 3)
    second, other = slipped(slip, 30)
    cut = FIRST_LINE + 10 * LINES - 1
    text = "".join(first.splitlines(keepends=True)[:cut] + second.splitlines(keepends=True)[cut:])
    ledger = read(text)
    assert [found.place.line for found in ledger.problems] == [line, other]
    assert len(ledger.claims) == CLAIMS - 2


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{name: Ann}", "{name: Ann", 4),
        ("  fsd: cars", "  fsd: cars: red", 7),
        ("  fsd: cars", "\tfsd: cars", 7),
        ("title: Slips", "title Slips", 2),
        ("topics:\n", "topics\n", 5),
        ("claims:", "claims", 10),
        ("  fsd: cars", "   fsd: cars", 7),
    ],
)
def test_a_slip_outside_the_claims_leaves_them_all(old: str, new: str, line: int, parser: str) -> None:
    text = HEAD.replace(old, new) + "".join(claim(number) for number in range(5))
    ledger = read(text)
    assert len(ledger.claims) == 5
    assert [found.place.line for found in ledger.problems] == [line]


def test_a_name_used_by_a_broken_claim_only_is_not_blamed_elsewhere() -> None:
    slip = next(slip for slip in SLIPS if slip.name == "lost dash")
    text, _ = slipped(slip, MIDDLE)
    assert len(read(text + "    see_also: [claim-22]\n").problems) == 1
