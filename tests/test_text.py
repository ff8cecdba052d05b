import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text import control_characters, did_you_mean, either, multiline, nearest, plural, shorten, visible

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” 汎用 👩‍🚀 [sic] :rocket: C:\\new", "plain – “text” 汎用 👩‍🚀 [sic] :rocket: C:\\new"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]8;;http://x\x07link", "\\x1b]8;;http://x\\x07link"),
        ("one\r\ntwo\nthree\tfour", "one two three four"),
        ("over\rwritten", "over\\x0dwritten"),
        ("\x9b31m\x85\x7f", "\\x9b31m\\x85\\x7f"),
        ("a\u202egnp.exe\u2066", "a\\u202egnp.exe\\u2066"),
        ("\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"),
        ("hid\u200bden\u2060\ufeff\xad", "hid\\u200bden\\u2060\\ufeff\\xad"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("می‌خواهم no\xa0break ❤️", "می‌خواهم no\xa0break ❤️"),
        ("", ""),
    ],
)
def test_visible_makes_one_harmless_line(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_multiline_keeps_line_ends_and_indents_for_tabs() -> None:
    assert multiline("a\r\nb\n\n\tc\x1b\u2028\rd") == "a\nb\n\n    c\\x1b\\u2028\\x0dd"


@given(ANY)
def test_nothing_that_steers_or_hides_survives(text: str) -> None:
    allowed = {"\u200c", "\u200d"}
    for shown in (visible(text), multiline(text).replace("\n", "")):
        for character in shown:
            assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
            if unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI"):
                pytest.fail(f"{character!r} reorders")
            if unicodedata.name(character, "").startswith(("ZERO WIDTH", "TAG ")):
                assert character in allowed
        shown.encode()


@given(ANY)
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert control_characters(visible(text)) is None


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("several\nlines\tand – 汎用 👩‍🚀", None),
        ("می‌خواهم", None),
        ("שלום\u200f!", None),
        ("\ufefftext", None),
        ("a\x1b[31m", 1),
        ("ab\r\n", 2),
        ("\x00", 0),
        ("x\x85", 1),
        ("x\x7f", 1),
        ("ok \u202egnp", 3),
        ("\u2069", 0),
        ("abc\udc80", 3),
    ],
)
def test_control_characters_are_found_at_their_place(text: str, position: int | None) -> None:
    assert control_characters(text) == position


NAMES = ["optimus", "optimus-units-2026", "robotaxi", "Elon-Musk", "full-self-driving"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("optimsu", ["optimus"]),
        ("OPT", ["optimus", "optimus-units-2026"]),
        ("elon-msk", ["Elon-Musk"]),
        ("self", ["full-self-driving"]),
        ("units", ["optimus-units-2026"]),
        ("zzzz", []),
        ("", []),
    ],
)
def test_nearest_names(word: str, found: list[str]) -> None:
    assert nearest(word, NAMES) == found


def test_nearest_is_limited_and_has_no_doubles() -> None:
    assert nearest("aa", ["aa1", "aa22", "aa3", "aa4", "aa1"]) == ["aa1", "aa3", "aa4"]
    assert nearest("aa", ["aa1", "aa2"], limit=1) == ["aa1"]


def test_did_you_mean() -> None:
    assert did_you_mean("optimsu", NAMES) == "did you mean optimus?"
    assert did_you_mean("opt", NAMES) == "did you mean optimus or optimus-units-2026?"
    assert did_you_mean("zzzz", NAMES) == ""


def test_either() -> None:
    assert [either(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a or b",
        "a, b or c",
    ]


@pytest.mark.parametrize(
    ("length", "short"),
    [
        (40, "Tesla builds fifty thousand robots"),
        (34, "Tesla builds fifty thousand robots"),
        (33, "Tesla builds fifty thousand…"),
        (19, "Tesla builds fifty…"),
        (10, "Tesla bui…"),
        (1, "…"),
    ],
)
def test_shorten(length: int, short: str) -> None:
    assert shorten("Tesla builds fifty thousand robots", length) == short


@given(st.text(max_size=40), st.integers(1, 30))
def test_shortened_text_is_never_too_long(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= length


def test_plural() -> None:
    assert plural(1, "claim") == "1 claim"
    assert plural(0, "claim") == "0 claims"
    assert plural(10_000, "claim") == "10,000 claims"
    assert plural(2, "entry", "entries") == "2 entries"
