"""A Markdown table (GitHub's dialect)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from . import escape


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A pipe table with a line for each row; `right` are the indexes of the right-aligned columns."""
    aligned = set(right)
    rule = ["---:" if index in aligned else "---" for index in range(len(header))]
    lines = [_line(map(escape.markdown, header)), _line(rule)]
    lines += [_line(escape.apart(cell, escape.markdown) for cell in row) for row in rows]
    return "".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
