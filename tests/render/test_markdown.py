from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ledger.render import markdown
from ledger.text import visible

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def test_table() -> None:
    rows = [["robots-2026", "≥ 50,000 | 100,000 [sic]", "-12"], ["agi", "two\nlines", ""]]
    assert markdown.table(["id", "claim", "days"], rows, right=[2]) == (
        "| id | claim | days |\n"
        "| --- | --- | ---: |\n"
        "| robots-2026 | ≥ 50,000 \\| 100,000 \\[sic\\] | -12 |\n"
        "| agi | two lines |  |\n"
    )


MARKUP = st.text(st.sampled_from("ab |\\`*_~[]()!<>&#;:-=+.1\n\t\x1b@$\"'")) | st.text()


@given(st.lists(st.lists(MARKUP, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_reader_of_markdown_sees_the_same_cells_and_no_markup(rows: list[list[str]]) -> None:
    tokens = READER.parse(markdown.table(["h1", "h2"], rows))
    cells = [token for token in tokens if token.type == "inline"]
    assert {child.type for cell in cells for child in cell.children or []} <= {"text", "text_special"}
    seen = ["".join(child.content for child in cell.children or []).strip("\u2068\u2069") for cell in cells]
    wanted = [visible(cell).strip() for row in rows for cell in row]
    assert [text.strip() for text in seen] == ["h1", "h2", *wanted]
