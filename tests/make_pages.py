"""Writes what is made of the program's own texts: docs/format.md, a page a command, the manual page.

`python tests/make_pages.py`, as `make docs` does; tests/test_pages.py is red when one of them is stale.
"""

from __future__ import annotations

from pathlib import Path

from ledger import __version__
from ledger.cli import manual
from ledger.render.manual import format_page
from ledger.render.manual.dialect import blocks, table
from ledger.render.manual.page_roff import as_roff

ROOT = Path(__file__).parents[1]
COMMENT = "<!-- Made by tests/make_pages.py from the program itself; do not edit. -->"


def pages() -> dict[str, str]:
    """The text of each file, by its path from the top."""
    every = list(manual.chapters())
    found = {f"docs/commands/{_file(one)}": _marked(manual.page(one)) for one in every}
    rows = [(f"[`ledger {one.name}`]({_file(one)})", one.about) for one in every]
    index = f"# Commands\n\nEach page says what `--help` says.\n\n{table(('command', 'does'), rows)}"
    roff = as_roff(blocks(manual.whole()), name="ledger", version=__version__)
    return {
        "docs/format.md": _marked(format_page.page()),
        **found,
        "docs/commands/index.md": _marked(index),
        "man/ledger.1": f'.\\" Made by tests/make_pages.py from the program itself; do not edit.\n{roff}',
        "man/fledger.1": ".so man1/ledger.1\n",
    }


def _file(chapter: manual.Chapter) -> str:
    return f"{chapter.name.replace(' ', '-')}.md"


def _marked(page: str) -> str:
    title, rest = page.split("\n", 1)
    return f"{title}\n\n{COMMENT}\n{rest}"


if __name__ == "__main__":
    for name, text in pages().items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
