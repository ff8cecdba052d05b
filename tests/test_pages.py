"""Pages made of the program's own texts: fresh, whole in each form, and nothing in them is a request to roff."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render.manual import format_page
from ledger.render.manual.dialect import (
    Block,
    Heading,
    Items,
    Phrase,
    Prose,
    Rows,
    Verbatim,
    bare,
    blocks,
    spans,
    table,
)
from ledger.render.manual.page_roff import as_roff
from ledger.render.manual.page_text import as_text
from ledger.render.manual.reference_pages import ENVIRONMENT
from make_pages import ROOT, pages

PAGE = """\
# Things

<!-- not told -->

Some `code here` and **strong words**, see [the `other` page](other.md),
in one paragraph.

## A list

- one
  and more of it
- two

```console
$ ledger list
.B
```

| key | value | meaning |
|---|---|---|
| `a` | text | what it is |
| `a-key-that-is-long` | | `x\\|y` |
"""


def test_the_pages_are_fresh() -> None:
    """`make docs` writes them again."""
    made = pages()
    for name, text in made.items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"{name} is stale: make docs"
    kept = {f"docs/commands/{path.name}" for path in (ROOT / "docs/commands").iterdir()}
    assert kept == {name for name in made if name.startswith("docs/commands/")}


def test_the_site_of_the_documentation_has_every_page() -> None:
    named = re.findall(r": (\S+\.md)$|- (commands/index\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    docs = ROOT / "docs"
    assert sorted(filter(None, sum(named, ()))) == sorted(p.relative_to(docs).as_posix() for p in docs.rglob("*.md"))


def test_what_a_page_consists_of() -> None:
    assert blocks(PAGE) == [
        Heading(1, "Things"),
        Prose("Some `code here` and **strong words**, see [the `other` page](other.md), in one paragraph."),
        Heading(2, "A list"),
        Items(("one and more of it", "two")),
        Verbatim("$ ledger list\n.B\n"),
        Rows(("key", "value", "meaning"), (("`a`", "text", "what it is"), ("`a-key-that-is-long`", "", "`x|y`"))),
    ]
    assert list(spans("a `b` **c** [d `e`](f)")) == [
        Phrase("a "), Phrase("b", "code"), Phrase(" "), Phrase("c", "strong"), Phrase(" "),
        Phrase("d "), Phrase("e", "code"),
    ]  # fmt: skip
    assert table(("a", "b"), [("`x|y`", "z")]) == "| a | b |\n|---|---|\n| `x\\|y` | z |\n"


def test_a_page_in_a_terminal() -> None:
    assert as_text(blocks(PAGE), 40) == (
        "THINGS\n\n"
        "  Some code here and strong words, see\n  the other page, in one paragraph.\n\n"
        "A LIST\n\n"
        "  - one and more of it\n  - two\n\n"
        "    $ ledger list\n    .B\n\n"
        "  a              what it is (text)\n"
        "  a-key-that-is-long\n"
        "                 x|y\n"
    )


def test_a_page_for_man() -> None:
    assert as_roff(blocks(PAGE), name="ledger", version="1") == (
        '.TH LEDGER 1 "" "ledger 1" "User commands"\n'
        ".SH THINGS\n"
        ".PP\nSome \\fBcode here\\fR and \\fBstrong words\\fR, see the \\fBother\\fR page, in one paragraph.\n"
        ".SH A LIST\n"
        ".IP \\(bu 2\none and more of it\n.IP \\(bu 2\ntwo\n"
        ".PP\n.RS 4\n.nf\n$ ledger list\n\\&.B\n.fi\n.RE\n"
        ".TP\n\\fBa\\fR\nwhat it is (text)\n"
        ".TP\n\\fBa\\-key\\-that\\-is\\-long\\fR\n\\fBx|y\\fR\n"
    )


REQUEST = re.compile(r"\.(TH LEDGER .*|SH .*|SS .*|PP|TP|IP \\\(bu 2|RS 4|RE|nf|fi)")
ESCAPE = re.compile(r"\\(?:e|-|&|f[BR]|\((?:aq|ga|ha|ti|dq|bu)|\[u[0-9A-F]{4,6}\])")
HOSTILE = st.text(st.sampled_from("a. '\\-\"`*~^[]()|#\x1b\x9b\u202e\u2028é日🟢\n\t."), max_size=12)


def made(text: str) -> list[Block]:
    return [
        Heading(2, text), Heading(3, text), Prose(text), Items((text, ".so /etc/passwd")), Verbatim(f"{text}\n"),
        Rows(("a", "b"), ((text, text),)),
    ]  # fmt: skip


@given(HOSTILE)
def test_no_text_is_a_request(text: str) -> None:
    source = as_roff(made(text), name="ledger", version="1")
    counts = {".SH": 0, ".SS": 0, ".TP": 0, ".PP": 0, ".IP": 0}
    assert source.isascii() and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", source)
    for line in source.splitlines():
        assert not line.startswith("'") and (not line.startswith(".") or REQUEST.fullmatch(line)), line
        assert "\\" not in ESCAPE.sub("", line), line
        counts |= {line[:3]: counts[line[:3]] + 1} if line[:3] in counts else {}
    assert counts == {".SH": 1, ".SS": 1, ".TP": 1, ".PP": 2, ".IP": 2}


@pytest.mark.parametrize("width", [20, 40, 80, 100])
def test_the_page_about_the_file_loses_no_word(width: int) -> None:
    found = blocks(format_page.page())
    wanted = [
        word
        for block in found
        for text in (
            block.items if isinstance(block, Items)
            else [cell for row in block.rows for cell in row] if isinstance(block, Rows)
            else [block.text]
        )
        for word in (text if isinstance(block, Verbatim) else bare(text)).split()
    ]  # fmt: skip
    text = as_text(found, width)
    shown = re.findall(r"[^\s()]+", text.casefold())
    assert {piece for word in wanted for piece in re.findall(r"[^\s()]+", word.casefold())} <= {*shown, "-"}


def test_every_variable_of_the_program_is_told() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'"(FORECAST_LEDGER[A-Z_]*|NO_COLOR|FORCE_COLOR|SPARK_REMOTE|VISUAL|EDITOR)"', sources))
    told = {name for names, _ in ENVIRONMENT for name in names.split(", ")}
    assert read <= told and {name for name in told if name.startswith("FORECAST")} <= read
