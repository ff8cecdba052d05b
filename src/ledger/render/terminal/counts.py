"""Counts of topics, people and sources as a table; a status nobody has takes no column."""

from __future__ import annotations

from ...results.counts import Counts
from ...status import STATUSES
from ...text import plural
from .cells import Cell
from .styles import STATUS_STYLES
from .table import Column, Table

_ONE = {"topics": "topic", "people": "person", "sources": "source"}
_LABEL = {"topics": "about", "people": "name", "sources": "title"}
# Statements of fact have states of their own; on a screen they share a column.
_STATEMENTS = ("unjudged", "true", "false")


def counts_table(counts: Counts) -> Table:
    """A row a name: its label, its claims, and these by status."""
    used = [
        status
        for status in STATUSES
        if status not in _STATEMENTS and any(count.statuses.get(status) for count in counts.counts)
    ]
    statements = [sum(count.statuses.get(status, 0) for status in _STATEMENTS) for count in counts.counts]
    one = _ONE[counts.table]
    columns = [
        Column(one, style="bold", wrap=False, lead=True),
        Column(_LABEL[counts.table], weight=3),
        Column("claims", justify="right", wrap=False),
        *(Column(status, justify="right", wrap=False) for status in used),
        *([Column("statements", justify="right", wrap=False)] if any(statements) else []),
    ]
    rows: list[list[str | Cell]] = [
        [
            count.name,
            count.label,
            str(count.claims),
            *(Cell(str(count.statuses.get(status) or ""), STATUS_STYLES[status]) for status in used),
            *([str(stated or "")] if any(statements) else []),
        ]
        for count, stated in zip(counts.counts, statements, strict=True)
    ]
    caption = f"{plural(len(rows), one, counts.table)} as of {counts.day}"
    return Table(columns, rows, caption=caption)
