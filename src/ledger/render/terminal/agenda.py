"""The agenda of `due`: what is overdue, then what falls due."""

from __future__ import annotations

from ...results.list import Listing
from ...text import plural
from .claims import claims_table
from .table import Table

_COLUMNS = ("deadline", "status", "id", "claim", "speaker")


def agenda_tables(agenda: Listing, within: str) -> list[Table | str]:
    """A table each for what is overdue and what is next, or a sentence where there is nothing."""
    parts: list[Table | str] = []
    for status, title, nothing in (
        ("overdue", "Overdue: the deadline is over and nobody has judged", "Nothing is overdue"),
        ("awaiting", "Awaiting: nobody can know the verdict yet", ""),
        ("open", f"Due within {within}", f"Nothing falls due within {within}"),
    ):
        rows = tuple(row for row in agenda.rows if row.state.status == status)
        if not rows and not nothing:
            continue
        if not rows:
            parts.append(f"{nothing} as of {agenda.day}.")
            continue
        table = claims_table(agenda._replace(rows=rows, found=len(rows)), _COLUMNS, title=title)
        parts.append(Table(table.columns, table.rows, title, f"{plural(len(rows), 'claim')} as of {agenda.day}"))
    return [part for at, one in enumerate(parts) for part in (("", one) if at else (one,))]
