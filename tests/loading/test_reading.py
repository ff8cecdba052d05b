"""One file: what is read of it, and what is said of what cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import UnreadableError
from ledger.loading import limits
from ledger.loading.composer import Broken, compose, features, uses_libyaml
from ledger.loading.lines import Sheet
from ledger.loading.pieces import cut
from ledger.loading.reading import FileReading, decode, read
from ledger.loading.scalars import is_typed

HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\nsources: {s-1: {title: A page}}\nclaims:\n"
KEYS = "claim: text\n    speaker: ann\n    said: 2025\n    source: s-1\n"
CLAIM = f"  - id: a\n    {KEYS}"


def problems(reading: FileReading) -> list[tuple[str, int, int, str]]:
    return [(p.code, p.place.line, p.place.column, p.message) for p in reading.sheet.found]


def in_claim(*lines: str) -> FileReading:
    return read(HEAD + CLAIM + "".join(f"    {line}\n" for line in lines), "x")


def test_a_claim_and_its_row(parser: str) -> None:
    reading = in_claim("deadline: 2026-Q1", "topics: [t-1, t-2]", "quantity: {at_least: 5, range: [1, 9], level: 0.8}")
    claim, fact, spot = reading.entries[0]
    assert problems(reading) == []
    assert (claim.id, claim.claim, claim.kind, claim.window, claim.topics) == (
        "a",
        "text",
        "prediction",
        "by",
        ("t-1", "t-2"),
    )
    assert (fact.at_least, fact.at_most, fact.low, fact.high, fact.level) == (5, None, 1, 9, 0.8)
    assert (str(fact.deadline), fact.words) == ("2026-Q1", ("text",))
    assert (spot.line, spot.column, fact.line) == (5, 3, 5)


@pytest.mark.parametrize("deadline", [[], ["deadline:"], ["deadline: none"]])
def test_a_statement_needs_no_deadline(deadline: list[str]) -> None:
    reading = in_claim("kind: statement", *deadline)
    assert problems(reading) == []
    assert reading.entries[0].claim.deadline is None


def test_any_other_kind_does() -> None:
    assert problems(in_claim()) == [("missing-key", 5, 5, "a claim needs deadline")]
    assert problems(in_claim("deadline:")) == [("missing-key", 10, 5, "a claim needs deadline")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["deadline: 2026", "note: ''"], []),
        (["deadline: 2026", "at:", "topics:", "quantity:", "resolutions:"], []),
        (["deadline: 2026", "topics: []", "resolutions: []"], []),
        (["deadline: 2026", 'note: "5"', "at: 'true'"], []),
        (["deadline: 2026", "note: yes", "quote: off", "at: 12:30", "condition: 0b1"], []),
        (
            ["deadline: 2026", "note: ~"],
            [("bad-value", 11, 11, "note is a text, and ~ is read as a number, a truth value or null")],
        ),
        (["deadline: 2026", "speaker: bob"], [("duplicate-key", 11, 5, "speaker stands twice in a claim")]),
        (
            ["deadline: 2026", "deadline_latest: 2025"],
            [("bad-value", 11, 22, "deadline_latest 2025 is over before the deadline 2026")],
        ),
        (
            ["deadline: none", "deadline_latest: 2025"],
            [("bad-value", 11, 22, "deadline_latest stands beside an open-ended deadline")],
        ),
        (["deadline: 2026", "quantity: {level: 0.5}"], [("missing-key", 11, 15, "a level belongs to a range")]),
        (
            ["deadline: 2026", "quantity: {at_least: 5, at_most: 4}"],
            [("bad-value", 11, 15, "at_least 5 is above at_most 4")],
        ),
        (
            ["deadline: 2026", "resolutions: [{outcome: 'true', judged: 2026-01-01}]"],
            [("missing-key", 11, 19, "a judgement needs evidence or a note")],
        ),
        (
            ["deadline: 2026", "resolutions: [{outcome: 'true', judged: 2026-01-01, evidence: [{at: x}]}]"],
            [("missing-key", 11, 68, "evidence needs a source, a url or a title")],
        ),
        (
            ["deadline: 2026", "added: 2026-01-01/2026-01-01"],
            [("bad-period", 11, 12, "added is one day, not 2026-01-01/2026-01-01")],
        ),
        (["deadline: 2026", "speakers: x"], [("unknown-key", 11, 5, "a claim has no key 'speakers'")]),
        (["deadline: 2026", "? [a]\n    : b"], [("unknown-key", 11, 7, "a key of a claim is a list or mapping")]),
    ],
)
def test_what_a_claim_may_hold(lines: list[str], expected: list[tuple[str, int, int, str]], parser: str) -> None:
    assert problems(in_claim(*lines)) == expected


def test_an_empty_text_is_missing_where_one_is_needed() -> None:
    reading = read(HEAD + CLAIM.replace("claim: text", "claim: ' '") + "    deadline: 2026\n", "x")
    assert problems(reading) == [("missing-key", 6, 12, "claim is empty")]
    assert reading.entries == []


def test_an_outcome_word_is_no_id() -> None:
    reading = read((HEAD + CLAIM).replace("id: a", "id: partly") + "    deadline: 2026\n", "x")
    assert problems(reading) == [("bad-value", 5, 9, "id cannot be the outcome word partly")]


def test_a_name_in_quotes_does_not_vouch_for_the_same_without() -> None:
    assert problems(in_claim("deadline: 2026", 'topics: ["2026"]', "see_also: [2026]")) == [
        ("bad-value", 12, 16, "see_also is a text, and 2026 is read as a number, a truth value or null")
    ]


def test_many_unknown_keys_are_counted() -> None:
    reading = in_claim("deadline: 2026", *(f"k{number}: x" for number in range(50)))
    assert len(reading.sheet.found) == limits.UNKNOWN_KEYS + 1
    assert problems(reading)[-1] == ("unknown-key", 21, 5, "40 more keys that a claim does not have")


def test_a_comment_where_a_text_is_needed() -> None:
    reading = read(HEAD + CLAIM.replace("claim: text", "claim: #1 in sales") + "    deadline: 2026\n", "x")
    assert [found.hint for found in reading.sheet.found] == ['quote a text that begins with #: claim: "# …"']


def test_claims_in_an_alias_are_read_and_blamed() -> None:
    reading = in_claim("deadline: 2026", "note: &n text", "quote: *n")
    assert problems(reading) == [
        ("yaml-feature", 11, 11, "the anchor &n is not part of the format"),
        ("yaml-feature", 12, 12, "the alias *n is not part of the format"),
    ]
    assert reading.entries[0].claim.quote == "text"


def test_a_file_whose_lines_do_not_tell_its_claims_is_read_whole() -> None:
    text = (
        HEAD.replace("claims:\n", "claims: [")
        + "{id: a, claim: t, speaker: ann, said: 2025, source: s-1, deadline: 2026}]\n"
    )
    reading = read(text, "x")
    assert problems(reading) == []
    assert reading.entries[0].spot == (0, -1, 0, 4, 10)


def test_what_is_wrong_between_claims_is_said() -> None:
    """Each claim is sound alone, the list is not."""
    reading = read(
        HEAD + CLAIM + "    deadline: 2026\n" + (CLAIM + "    deadline: 2026\n").replace("\n  ", "\n ")[1:], "x"
    )
    assert [entry.claim.id for entry in reading.entries] == ["a", "a"]
    assert problems(reading) == [("syntax", 11, 2, "the dash stands 1 space too far left")]


@pytest.mark.parametrize(
    "text", ["", "# ledger: 1\n", "- a\n", "a: 1\n", "ledgers: [\n", "{", "\ufeff", "claims:\n  - id: a\n"]
)
def test_no_ledger(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^x: no mapping with a ledger: key at the top$") as caught:
        read(text, "x")
    assert caught.value.hint == "begin the file with the line ledger: 1"


def test_bytes() -> None:
    assert decode(b"\xef\xbb\xbfledger: 1", "x") == "ledger: 1"
    with pytest.raises(UnreadableError, match=r"^x:2: not UTF-8 \(byte 0xe9\)$"):
        decode(b"a\ncaf\xe9", "x")
    with pytest.raises(UnreadableError, match="not UTF-8"):
        decode("\ud800".encode("utf-8", "surrogatepass"), "x")


@given(st.text(st.sampled_from("a\n\r\u2028 é"), max_size=40), st.integers(1, 400))
def test_line_and_column_of_any_offset(piece: str, times: int) -> None:
    sheet = Sheet("x", piece * times)
    for offset in {0, len(sheet.text) // 2, len(sheet.text) - 1, len(sheet.text), len(sheet.text) + 5}:
        before = sheet.text[: max(offset, 0)]
        assert sheet.place(offset)[1:] == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "ledger: 1\nclaims: []\n",
        "ledger: 1\nclaims:\n",
        "claims:\n- id: a\nledger: 1\n",
        "ledger: 1\nclaims:\n- id: a\nclaims:\n- id: b\n",
        "ledger: 1\nclaims:\n  {a: b}\n",
        "ledger: 1\n...\nclaims:\n- id: a\n",
        "ledger: 1\rclaims:\n- id: a\n",
        "ledger: 1\u2028\nclaims:\n- id: a\n",
        "%YAML 1.2\n---\nledger: 1\nclaims:\n- id: a\n",
    ],
)
def test_texts_that_are_not_cut(text: str) -> None:
    assert cut(text) is None


def test_where_a_text_is_cut() -> None:
    claims = "\n# one\n  - id: a\n    note: |\n      - x\n\n  # two\n  -\n    id: b\n"
    text = f"---\nledger: 1\nclaims: # c\n{claims}\n# people\npeople: {{}}\n"
    found = cut(text)
    assert found is not None
    assert [(piece.line, text[piece.start : piece.end]) for piece in found.pieces] == [
        (6, "  - id: a\n    note: |\n      - x\n\n  # two\n"),
        (11, "  -\n    id: b\n"),
    ]
    assert found.head(text) == "---\nledger: 1\nclaims: # c\n\n# one\n\n# people\npeople: {}\n"
    assert (found.column, text[found.claims_at :][:6]) == (2, "claims")


@pytest.mark.parametrize(
    ("text", "what"), [("a: !x b", "the tag !x"), ("[&a b]", "the anchor &a"), ("- &b c\n- *b", "the anchor &b")]
)
def test_features(text: str, what: str, parser: str) -> None:
    assert features(text)[0].what == what


@pytest.mark.parametrize("text", ["a: b & c", "a: x!y", "a: 2 * 3", "'&a'", "a: |\n  *x", "AT&T"])
def test_no_features(text: str, parser: str) -> None:
    assert features(text) == []


@pytest.mark.parametrize(
    "text",
    ["1", "-1", "+.5", "1.", "1e3", "0x1F", "0o17", ".inf", "-.INF", ".NaN", "null", "~", "true", "FALSE", "0" * 5000],
)
def test_texts_that_yaml_reads_as_something_else(text: str) -> None:
    assert is_typed(text)


@pytest.mark.parametrize(
    "text", ["", "yes", "on", "2026-01-01", "1_000", "0b1", "12:30", "1,5", "nULL", "+", ".", "e3", "5 robots"]
)
def test_texts_that_stay_texts(text: str) -> None:
    assert not is_typed(text)


@pytest.mark.parametrize("text", ["[" * 40, "- " * 40 + "a", "{a: " * 40, "? " * 40 + "a"])
def test_depth_is_bounded(text: str, parser: str) -> None:
    with pytest.raises(Broken, match="deeper than 32 levels"):
        compose(text)


def test_values_are_bounded(parser: str) -> None:
    compose("[" + "a," * 4_990 + "]")
    with pytest.raises(Broken, match="more than 5,000 values"):
        compose("[" + "a," * 5_001 + "]")


def test_which_parser_runs(pure: None) -> None:
    assert not uses_libyaml()
