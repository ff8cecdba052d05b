"""topics, people and sources: what the ledger declares and how many claims each has, by status."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from ..model import Ledger
from ..query import Attribute, having, statuses
from ..status import STATUSES

_BY: dict[str, Attribute] = {"topics": "topics", "people": "speaker", "sources": "source"}
# What an entry says of itself, beside its label.
TOLD = {"topics": (), "people": ("kind",), "sources": ("publisher", "published", "url", "archived")}


class Count(NamedTuple):
    """One declared name: its label, how many claims known on the day use it, these by status, what else is told."""

    name: str
    label: str
    claims: int
    statuses: dict[str, int]
    told: dict[str, Any]


class Counts(NamedTuple):
    """The counts of one table, in the order of the ledger."""

    ledger: Ledger
    day: date
    table: str
    counts: tuple[Count, ...]


def counts(ledger: Ledger, table: str, *, day: date) -> Counts:
    """Count the claims of each entry of topics, people or sources."""
    status = statuses(ledger.facts, day.toordinal())
    found: dict[str, Counter[str]] = {name: Counter() for name in getattr(ledger, table)}
    used = having(ledger.facts, _BY[table])
    for name in sorted(used):
        of = Counter(filter(None, map(status.__getitem__, used[name])))
        if of:
            found[name] = of
    return Counts(
        ledger,
        day,
        table,
        tuple(
            Count(
                name,
                _label(ledger, table, name),
                of.total(),
                {s: of[s] for s in STATUSES if of[s]},
                {key: getattr(getattr(ledger, table).get(name), key, None) for key in TOLD[table]},
            )
            for name, of in found.items()
        ),
    )


def _label(ledger: Ledger, table: str, name: str) -> str:
    if table == "topics":
        return ledger.topics.get(name, "")
    if table == "people":
        return ledger.people[name].name if name in ledger.people else ""
    return ledger.sources[name].title if name in ledger.sources else ""
