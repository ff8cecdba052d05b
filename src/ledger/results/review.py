"""The queue of claims that wait for somebody to look at them."""

from __future__ import annotations

from datetime import date

from ..facts import Fact
from ..model import Ledger
from ..query import Filter, select
from .list import Listing, agenda

_WAITING = ("open", "undated")


def queue(ledger: Ledger, wanted: Filter, *, day: date, until: date, looked: date) -> Listing:
    """What the agenda has, then what nobody looked at since `looked`, the longest ago first.

    What was looked at on the day itself is left out: a review that was left goes on there.
    """
    first = agenda(ledger, wanted, day=day, until=until)
    there = {row.number for row in first.rows}
    rest = [
        row
        for row in select(ledger.facts, wanted, day.toordinal())
        if row.number not in there and row.state.status in _WAITING and last_look(row.fact) < looked.toordinal()
    ]
    rest.sort(key=lambda row: last_look(row.fact))
    rows = [row for row in (*first.rows, *rest) if not _is_done(row.fact, day.toordinal())]
    return Listing(ledger, day, tuple(rows), len(rows))


def last_look(fact: Fact) -> int:
    """The last day on which somebody looked at a claim: checked, observed or entered; 0 if nobody did."""
    return max(fact.checked or 0, fact.added or 0, *(seen.day for seen in fact.observed), 0)


def _is_done(fact: Fact, day: int) -> bool:
    """Whether somebody looked at it on the day; entering it is no such look."""
    return day in (fact.checked, *(seen.day for seen in fact.observed))
