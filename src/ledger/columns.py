"""The columns of a claim: its fields, and what is worked out of them on a day.

Tables, CSV, JSON and its schema, completion, SQLite and import all follow this list. A column is added at the end of
`DERIVED`; none is ever renamed, since scripts rely on the names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from .fields import CLAIM_KEYS, OUTCOMES
from .model import Ledger
from .query import Row, revised_by
from .status import ACCOUNTS, STATUSES, verdict


class View:
    """A ledger on a day: what columns are worked out of, beside the row itself."""

    def __init__(self, ledger: Ledger, day: date) -> None:
        self.ledger, self.day = ledger, day.toordinal()

    @cached_property
    def revisions(self) -> Mapping[str, list[str]]:
        """From a claim's id to the claims known on the day that revise it."""
        return revised_by(self.ledger.facts, self.day)


class Computed(NamedTuple):
    """A column that is worked out; `values` are those it may have today, `link`: SQLite keeps them as links."""

    of: Callable[[View, Row], Any]
    type: Any
    values: tuple[str, ...] = ()
    link: bool = False


def _outcome(view: View, row: Row) -> str | None:
    found = verdict(row.fact, view.day)
    return found.outcome if found else None


def _deadline_end(view: View, row: Row) -> str | None:
    return row.fact.deadline.last.isoformat() if row.fact.deadline else None


def _source_url(view: View, row: Row) -> str | None:
    source = view.ledger.sources.get(row.fact.source or "")
    return source.url if source else None


DERIVED: Mapping[str, Computed] = MappingProxyType(
    {
        "status": Computed(lambda view, row: row.state.status, str, STATUSES),
        "account": Computed(lambda view, row: row.state.account, str, ACCOUNTS),
        "days": Computed(lambda view, row: row.state.days, int | None),
        "slip": Computed(lambda view, row: row.state.slip, int | None),
        "revised_by": Computed(lambda view, row: view.revisions.get(row.fact.id, []), tuple[str, ...], link=True),
        "file": Computed(lambda view, row: view.ledger.texts[row.fact.file].name, str),
        "line": Computed(lambda view, row: row.fact.line, int),
        "outcome": Computed(_outcome, str | None, OUTCOMES),
        "deadline_end": Computed(
            lambda view, row: row.fact.deadline and row.fact.deadline.last.isoformat(), str | None
        ),
        "source_url": Computed(_source_url, str | None),
    }
)
NAMES = (*CLAIM_KEYS, *DERIVED)


def derived(view: View, row: Row) -> dict[str, Any]:
    """All that is worked out for one claim, by name."""
    return {name: column.of(view, row) for name, column in DERIVED.items()}
