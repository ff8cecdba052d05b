import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ledger.render.terminal.cells import narrow, pad, width, wrap
from ledger.text import visible

TEXT = st.text(st.sampled_from("ab -é汎用、👩🚀👍🏽\u200d\ufe0f❤\u0301\u200cمש🇬🇧\xa0")) | st.text().map(visible)


@given(TEXT)
def test_width_is_what_rich_measures(text: str) -> None:
    assert width(text) == cell_len(text)


def test_every_character_counted_as_narrow_is_so_for_rich() -> None:
    for number in [*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0x20000)]:
        if narrow(chr(number)):
            assert cell_len(chr(number)) == 1, hex(number)


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 5, [""]),
        ("short", 5, ["short"]),
        ("two words", 5, ["two", "words"]),
        ("two  words  and  more", 9, ["two", "words", "and  more"]),
        ("  fits  ", 8, ["  fits  "]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("see https://example.org/long x", 10, ["see", "https://", "example.or", "g/long x"]),
        ("optimus-units-2025-implied", 12, ["optimus-", "units-2025-", "implied"]),
        ("a-bcdefghijk", 8, ["a-bcdefg", "hijk"]),
        ("a-b", 1, ["a", "-", "b"]),
        ("汎用人工知能", 4, ["汎用", "人工", "知能"]),
        ("汎用人工知能", 5, ["汎用", "人工", "知能"]),
        ("see 汎用人工知能", 8, ["see 汎用", "人工知能"]),
        ("🚀🚀🚀", 5, ["🚀🚀", "🚀"]),
        ("👍🏽👍🏽🇬🇧🇩🇪", 4, ["👍🏽👍🏽", "🇬🇧🇩🇪"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("10\xa0000\xa0units sold", 12, ["10\xa0000\xa0units", "sold"]),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@given(TEXT, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= columns for line in lines)


@given(st.lists(st.text(st.sampled_from("abé用"), min_size=1, max_size=4)), st.integers(8, 30))
def test_words_that_fit_are_not_broken(words: list[str], columns: int) -> None:
    assert [word for line in wrap(" ".join(words), columns) for word in line.split()] == words


def test_what_is_one_sign_is_not_broken() -> None:
    astronaut = "👩‍🚀"  # four columns wide in older versions of Rich
    for columns in (2, 3, 4, 5):
        assert set("|".join(wrap(astronaut * 4, columns)).replace(astronaut, "")) <= {"|"}


def test_pad() -> None:
    assert pad("ab", 4) == "ab  "
    assert pad("ab", 4, right=True) == "  ab"
    assert pad("汎", 4) == "汎  "
    assert pad("汎", 4, right=True) == "  汎"


def test_a_pile_of_marks_takes_no_time() -> None:
    assert "".join(wrap("a" + "\u0301" * 50_000 + "b" * 10, 5)).count("\u0301") == 50_000
