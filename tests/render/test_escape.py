import html as standard_html
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render import escape
from ledger.text import visible

ANY = st.text(st.characters(exclude_categories=()))
PLACES = [name for name in escape.__all__ if name != "apart"]
EVERY = [getattr(escape, name) for name in PLACES]
STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("function", EVERY, ids=PLACES)
@given(text=ANY)
def test_total_and_harmless(function: Callable[[str], str], text: str) -> None:
    escaped = function(text)
    if function is not escape.json_text:  # which is given JSON, where C0 is escaped already
        assert not STEERS.search(escaped)
        escaped.encode()


def test_a_text_from_right_to_left_keeps_to_itself() -> None:
    assert escape.apart("Snow; rain", escape.icalendar) == "Snow\\; rain"
    assert escape.apart("ثلج; מטר", escape.icalendar) == "\u2068ثلج\\; מטר\u2069"
    assert escape.apart("ثلج\u2069", escape.xml) == "\u2068ثلج\\u2069\u2069"  # what would end it early is shown


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\\x0d=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("-12", "-12"),
        ("+0.5", "+0.5"),
        ("-1e-05", "-1e-05"),
        ("-12%", "-12%"),
        ("-", "'-"),
        ("plain, with = inside", "plain, with = inside"),
        ("two\r\nlines\x1b", "two\nlines\\x1b"),
        ("", ""),
    ],
)
def test_csv_cell(text: str, cell: str) -> None:
    assert escape.csv_cell(text) == cell


def test_tsv_and_plain_cells_are_one_line_and_only_tsv_is_guarded() -> None:
    assert escape.tsv_cell("=1\t2\n3") == "'=1 2 3"
    assert escape.plain_cell("=1\t2\n3\x1b") == "=1 2 3\\x1b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        (r"a\|b", r"a\\\|b"),
        ("`code` *bold* _it_ ~no~", r"\`code\` \*bold\* \_it\_ \~no\~"),
        ("snake_case https://x.org/a_b", "snake_case https://x.org/a_b"),
        ("[link](http://x) ![img](y) [sic]", r"\[link\](http://x) !\[img\](y) \[sic\]"),
        ("<script>&lt;", "&lt;script&gt;&amp;lt;"),
        ("two\nlines\x1b", r"two lines\\x1b"),
    ],
)
def test_markdown(text: str, shown: str) -> None:
    assert escape.markdown(text) == shown


def test_html_and_xml() -> None:
    text = "<b a=\"1\" c='2'>&amp;\x1b\ufffe\n\t</b>"
    assert escape.html(text) == "&lt;b a=&quot;1&quot; c=&#x27;2&#x27;&gt;&amp;amp;\\x1b\\ufffe\n\t&lt;/b&gt;"
    assert escape.xml(text) == "&lt;b a=\"1\" c='2'&gt;&amp;amp;\\x1b\\ufffe\n\t&lt;/b&gt;"
    assert escape.xml_attribute("a\n\t\"'<") == "a&#10;&#9;&quot;&#x27;&lt;"


@given(ANY)
def test_xml_is_well_formed_and_says_the_same(text: str) -> None:
    document = f"<a b='{escape.xml_attribute(text)}' c=\"{escape.xml_attribute(text)}\">{escape.xml(text)}</a>"
    root = ElementTree.fromstring(document)
    assert root.get("b") == root.get("c") == (root.text or "")
    if text.isprintable():
        assert (root.text or "") == text
        assert standard_html.unescape(escape.html(text)) == text


def test_github_commands() -> None:
    assert escape.github_data("100%\r\n::error::x\x1b[1m") == "100%25%0A::error::x\\x1b[1m"
    assert escape.github_property("a:b,c%\n") == "a%3Ab%2Cc%25%0A"


@given(ANY)
def test_a_github_command_cannot_be_left(text: str) -> None:
    assert "\n" not in escape.github_data(text)
    assert not set(escape.github_property(text)) & set("\r\n:,")


def test_icalendar() -> None:
    assert escape.icalendar("a;b,c\\d\r\ne\tf\x1b") == "a\\;b\\,c\\\\d\\ne f\\\\x1b"


@given(st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3)))
def test_json_text_is_the_same_data(value: object) -> None:
    document = json.dumps(value, ensure_ascii=False)
    escaped = escape.json_text(document)
    assert json.loads(escaped) == json.loads(json.dumps(value))
    assert not STEERS.search(escaped)


def test_json_text_leaves_what_is_harmless() -> None:
    assert escape.json_text('"汎用 – 👩‍🚀\u202e\x9b\U000e0041"') == '"汎用 – 👩‍🚀\\u202e\\u009b\\udb40\\udc41"'


def test_terminal_is_visible() -> None:
    assert escape.terminal("\x1b\n") == visible("\x1b\n") == "\\x1b "
    assert escape.terminal_lines("\x1b\n") == "\\x1b\n"
