"""The candidates of texts as a table."""

from __future__ import annotations

from ...results.scan import Scan
from ...text import plural
from ..scan import cell
from .cells import Cell
from .table import Column, Table


def candidates_table(found: Scan) -> Table:
    """A row a candidate, in the order of the text; what the ledger has already is dim and named."""
    several = len(found.origins) > 1
    columns = [
        Column("line", justify="right", wrap=False, lead=True),
        Column("kind", wrap=False),
        Column("deadline", wrap=False),
        Column("words", weight=1),
        Column("quote", weight=4, min_width=24),
        Column("sure", weight=1),
        Column("speaker", weight=1),
        Column("in the ledger as", weight=1),
    ]
    if several:
        columns.insert(0, Column("file", weight=1))
    names = ("line", "kind", "deadline", "deadline_words", "quote", "probability", "speaker", "known_as")
    rows: list[list[str | Cell]] = [
        [*([one.file] if several else []), *(Cell(cell(one, name), "dim" if one.known_as else "") for name in names)]
        for one in found.candidates
    ]
    known = sum(one.known_as is not None for one in found.candidates)
    caption = plural(len(rows), "candidate") + (f", {known} in the ledger already" if known else "")
    return Table(columns, rows, caption=caption)
