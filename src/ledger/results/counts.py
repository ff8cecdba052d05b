"""topics, people and sources: what the ledger declares and how many claims each has, by status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..facts import Fact
from ..model import Ledger
from ..status import STATUSES, is_known, state

TABLES = ("topics", "people", "sources")


class Count(NamedTuple):
    """One declared name: its label, how many claims known on the day use it, and these by status."""

    name: str
    label: str
    claims: int
    statuses: dict[str, int]


class Counts(NamedTuple):
    """The counts of one table, in the order of the ledger."""

    ledger: Ledger
    day: date
    table: str
    counts: tuple[Count, ...]


def counts(ledger: Ledger, table: str, *, day: date) -> Counts:
    """Count the claims of each entry of topics, people or sources."""
    found: dict[str, Counter[str]] = {name: Counter() for name in getattr(ledger, table)}
    ordinal = day.toordinal()
    for fact in ledger.facts:
        if is_known(fact, ordinal):
            for name in _names(fact, table):
                found.setdefault(name, Counter())[state(fact, ordinal).status] += 1
    return Counts(
        ledger,
        day,
        table,
        tuple(
            Count(name, _label(ledger, table, name), sum(of.values()), {s: of[s] for s in STATUSES if of[s]})
            for name, of in found.items()
        ),
    )


def _names(fact: Fact, table: str) -> Iterable[str]:
    if table == "topics":
        return fact.topics
    return filter(None, (fact.speaker if table == "people" else fact.source,))


def _label(ledger: Ledger, table: str, name: str) -> str:
    if table == "topics":
        return ledger.topics.get(name, "")
    if table == "people":
        return ledger.people[name].name if name in ledger.people else ""
    return ledger.sources[name].title if name in ledger.sources else ""
