"""score --since: the score of an earlier version beside today's, and the claims whose state moved."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..history.compare import compare
from ..history.heads import head_title, head_words
from ..history.unread import Gap
from ..model import Ledger
from ..query import Filter, Row, select
from .score import Group, Score, Terms, score


class Moved(NamedTuple):
    """A claim whose status or account differs; None where it was not known, or is gone."""

    id: str
    status_before: str | None
    status: str | None
    account_before: str | None
    account: str | None


class GroupBefore(NamedTuple):
    """What a group's headline was."""

    group: str | None
    n: int
    hit: int
    overdue: int
    rate: float | None


class Since(NamedTuple):
    """The earlier version: its name, commit and day, its groups as they were, and what moved since.

    `gaps` say what of it could not be read, found or compared; claims among them are not said to have moved.
    `meanings` are sentences on what gives claims another meaning: names, sources, the calendar.
    """

    name: str
    commit: str | None
    day: date
    groups: tuple[GroupBefore, ...]
    moved: tuple[Moved, ...]
    gaps: tuple[Gap, ...] = ()
    meanings: tuple[str, ...] = ()


class LedgerThen(NamedTuple):
    """A version of the ledger on a day."""

    name: str
    commit: str | None
    ledger: Ledger
    day: date
    gaps: tuple[Gap, ...] = ()


def since(base: LedgerThen, now: Score, ledger: Ledger, wanted: Filter, *, by: str | None, terms: Terms) -> Since:
    """Compare a score with that of an earlier version, under the same filter, groups and terms."""
    before = score(base.ledger, wanted, day=base.day, by=by, terms=terms)
    have = ledger.formerly
    old = {have.get(row.fact.id, row.fact.id): row for row in select(base.ledger.facts, wanted, base.day.toordinal())}
    new = {row.fact.id: row for row in select(ledger.facts, wanted, now.day.toordinal())}
    moved = (_moved(name, old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old]))
    compared = compare(base.ledger, ledger, base.gaps)
    gaps = compared.gaps
    meanings = tuple(f"{head_title(one)}: {head_words(one)}" for one in compared.head if one.code)
    unknown = {gap.claim for gap in gaps}
    changed = tuple(
        one
        for one in moved
        if one.id not in unknown and (one.status_before, one.account_before) != (one.status, one.account)
    )
    return Since(base.name, base.commit, base.day, tuple(map(_before, before.groups)), changed, gaps, meanings)


def _moved(name: str, old: Row | None, new: Row | None) -> Moved:
    return Moved(
        name,
        old.state.status if old else None,
        new.state.status if new else None,
        old.state.account if old else None,
        new.state.account if new else None,
    )


def _before(group: Group) -> GroupBefore:
    return GroupBefore(group.group, group.n, group.hit, group.overdue, group.rate)
