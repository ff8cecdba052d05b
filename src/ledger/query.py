"""Filtering and sorting facts on a day; nothing here reads a file or the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from .facts import Fact
from .status import State, is_known, state

FAR = 10_000_000  # later than any day: open-ended claims come last


class Filter(NamedTuple):
    """Which claims are wanted. Values of one field: any of them; several fields: all.

    Days are ordinals and compared with the last day of a period: `…_before` and `…_after` leave their own day
    out, `due_within` is the last day that counts, from the as-of day on.
    """

    ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    due_before: int | None = None
    due_after: int | None = None
    due_within: int | None = None
    said_before: int | None = None
    said_after: int | None = None
    search: str | None = None


class Row(NamedTuple):
    """One claim that was found: its number in the ledger, its fact and its state."""

    number: int
    fact: Fact
    state: State


def select(facts: Iterable[Fact], wanted: Filter, day: int) -> list[Row]:
    """The claims known on a day that pass the filter, in the ledger's order."""
    tests = _tests(wanted, day)
    statuses = frozenset(wanted.statuses)
    rows = []
    for number, fact in enumerate(facts):
        if is_known(fact, day) and (not tests or all(test(fact) for test in tests)):
            found = state(fact, day)
            if not statuses or found.status in statuses:
                rows.append(Row(number, fact, found))
    return rows


def _tests(wanted: Filter, day: int) -> list[Callable[[Fact], bool]]:
    tests: list[Callable[[Fact], bool]] = []
    for values, attribute in (
        (wanted.ids, "id"),
        (wanted.speakers, "speaker"),
        (wanted.sources, "source"),
        (wanted.kinds, "kind"),
        (wanted.series, "series"),
    ):
        if values:
            tests.append(_one_of(attribute, frozenset(values)))
    if wanted.topics:
        topics = frozenset(wanted.topics)
        tests.append(lambda fact: not topics.isdisjoint(fact.topics))
    tests += _day_tests(wanted, day)
    if wanted.search:
        needle = wanted.search.casefold()
        tests.append(lambda fact: needle in fact.id or any(needle in text.casefold() for text in fact.words))
    return tests


def _one_of(attribute: str, values: frozenset[str]) -> Callable[[Fact], bool]:
    return lambda fact: getattr(fact, attribute) in values


def _day_tests(wanted: Filter, day: int) -> list[Callable[[Fact], bool]]:
    tests: list[Callable[[Fact], bool]] = []
    due_before, due_after, due_within = wanted.due_before, wanted.due_after, wanted.due_within
    said_before, said_after = wanted.said_before, wanted.said_after
    if due_before is not None:
        tests.append(lambda fact: fact.deadline is not None and fact.deadline.end < due_before)
    if due_after is not None:
        tests.append(lambda fact: fact.deadline is not None and fact.deadline.end > due_after)
    if due_within is not None:
        tests.append(lambda fact: fact.deadline is not None and day <= fact.deadline.end <= due_within)
    if said_before is not None:
        tests.append(lambda fact: fact.said is not None and fact.said.end < said_before)
    if said_after is not None:
        tests.append(lambda fact: fact.said is not None and fact.said.end > said_after)
    return tests


def _deadline(row: Row) -> tuple[Any, ...]:
    deadline = row.fact.deadline
    return (deadline.end, deadline.start) if deadline else (FAR, FAR)


def _said(row: Row) -> tuple[Any, ...]:
    said = row.fact.said
    return (said.end, said.start) if said else (0, 0)


SORTS: dict[str, Callable[[Row], Any]] = {
    "deadline": _deadline,
    "said": _said,
    "id": lambda row: row.fact.id,
    "claim": lambda row: row.fact.claim.casefold(),
    "speaker": lambda row: row.fact.speaker,
    "source": lambda row: row.fact.source or "",
    "kind": lambda row: row.fact.kind,
    "status": lambda row: row.state.status,
    "series": lambda row: row.fact.series or "\uffff",
    "days": lambda row: FAR if row.state.days is None else row.state.days,
    "added": lambda row: row.fact.added or 0,
    "checked": lambda row: row.fact.checked or 0,
    "probability": lambda row: -1.0 if row.fact.probability is None else row.fact.probability,
    "line": lambda row: (row.fact.file, row.fact.line),
}


def in_order(rows: list[Row], keys: Iterable[str] = ("deadline",)) -> list[Row]:
    """Sort by several keys, the first one weighing most; a key with a hyphen before it runs backwards.

    Rows that agree in all keys keep the order of the ledger.
    """
    for key in reversed(tuple(keys)):
        rows = sorted(rows, key=SORTS[key.removeprefix("-")], reverse=key.startswith("-"))
    return rows
