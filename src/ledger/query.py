"""Filtering and sorting facts on a day; nothing here reads a file or the clock."""

from abc import abstractmethod
from array import array
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast

from .days import known_until
from .facts import Fact
from .periods import Period
from .status import State, is_known, state
from .text import folded

FAR = 10_000_000  # later than any day: open-ended claims come last
_FAR_SPAN = (FAR, FAR)


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


Attribute = Literal["id", "topics", "speaker", "source", "kind", "series", "revises"]


class Indexed(Sequence[Fact]):
    """Facts of which some is known before they are built."""

    @abstractmethod
    def candidates(self, wanted: Filter, day: int) -> Sequence[int] | None:
        """The numbers of the claims that may pass a filter, in order; None for all. The facts decide."""

    @abstractmethod
    def names(self, attribute: Attribute) -> Collection[str]:
        """The values of an attribute, each once; ids in the order of the ledger."""

    @abstractmethod
    def revising(self) -> Sequence[int]:
        """The numbers of the claims that revise another, in order."""

    @abstractmethod
    def having(self, attribute: Attribute) -> Mapping[str, Sequence[int]]:
        """The numbers of the claims that have each value of an attribute, in order."""

    @abstractmethod
    def statuses(self, day: int) -> Sequence[str | None]:
        """The status of each claim on a day; None for one that is not known by then."""

    @abstractmethod
    def restating(self) -> Container[int]:
        """The numbers of the claims that restate another."""

    @abstractmethod
    def sentences(self) -> Sequence[str]:
        """The claims' own sentences as they are compared (`sentence`)."""

    @abstractmethod
    def spans(self, attribute: Literal["said", "deadline"]) -> Sequence[tuple[int, int] | None]:
        """The first and last day of a period of each claim."""


def numbered(facts: Iterable[Fact], wanted: Filter, day: int) -> Iterable[tuple[int, Fact]]:
    """The claims that may pass a filter, with their numbers: all of them, or the few that an index leaves."""
    numbers = facts.candidates(wanted, day) if isinstance(facts, Indexed) else None
    if numbers is None or not isinstance(facts, Indexed):
        return enumerate(facts)
    return [(number, facts[number]) for number in numbers]


def names(facts: Sequence[Fact], attribute: Attribute) -> Collection[str]:
    """The values that facts have in one attribute, each once."""
    if isinstance(facts, Indexed):
        return facts.names(attribute)
    return dict.fromkeys(value for fact in facts for value in values_of(fact, attribute))


_SEVERAL = {"topics": "topics", "speaker": "speakers", "source": "sources"}


def values_of(fact: Fact, attribute: str) -> tuple[str, ...]:
    """The values a claim has in an attribute: it counts under each of them."""
    if attribute in _SEVERAL:
        return cast("tuple[str, ...]", getattr(fact, _SEVERAL[attribute]))
    value = getattr(fact, attribute)
    return () if value is None else (value,)


def having(facts: Sequence[Fact], attribute: Attribute) -> Mapping[str, Sequence[int]]:
    """The numbers of the claims that have each value of an attribute, in order."""
    if isinstance(facts, Indexed):
        return facts.having(attribute)
    found: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        for value in dict.fromkeys(values_of(fact, attribute)):
            found.setdefault(value, []).append(number)
    return found


def statuses(facts: Sequence[Fact], day: int) -> Sequence[str | None]:
    """The status of each claim on a day; None for one that is not known by then."""
    if isinstance(facts, Indexed):
        return facts.statuses(day)
    return [state(fact, day).status if is_known(fact, day) else None for fact in facts]


def sentence(claim: str) -> str:
    """A claim's own sentence as one line of words that can be held against another's."""
    return " ".join(claim.casefold().replace(",", "").rstrip(".").split())


def sentences(facts: Sequence[Fact]) -> Sequence[str]:
    """The sentences of all claims as they are compared."""
    return facts.sentences() if isinstance(facts, Indexed) else [sentence(fact.claim) for fact in facts]


def spans(facts: Sequence[Fact], attribute: Literal["said", "deadline"]) -> Sequence[tuple[int, int] | None]:
    """The first and last day of a period of each claim."""
    if isinstance(facts, Indexed):
        return facts.spans(attribute)
    periods: list[Period | None] = [getattr(fact, attribute) for fact in facts]
    return [None if period is None else (period.start, period.end) for period in periods]


def restating(facts: Sequence[Fact]) -> Container[int]:
    """The numbers of the claims that restate another."""
    if isinstance(facts, Indexed):
        return facts.restating()
    return frozenset(number for number, fact in enumerate(facts) if fact.restates)


def by_deadline(facts: Sequence[Fact], day: int) -> Sequence[int]:
    """The numbers of all claims known on a day, as `in_order` puts them: no claim need be made for that."""
    last = known_until(day)
    known = [number for number, said in enumerate(spans(facts, "said")) if said is None or said[0] <= last]
    keys = [_FAR_SPAN if span is None else span[::-1] for span in spans(facts, "deadline")]
    return array("i", sorted(known, key=keys.__getitem__))


def revising(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of claims that revise another."""
    if isinstance(facts, Indexed):
        return [facts[number] for number in facts.revising()]
    return [fact for fact in facts if fact.revises is not None]


def revised_by(facts: Sequence[Fact], day: int) -> dict[str, list[str]]:
    """From a claim's id to the claims known on a day that revise it."""
    found: dict[str, list[str]] = {}
    for fact in revising(facts):
        if fact.revises is not None and is_known(fact, day):
            found.setdefault(fact.revises, []).append(fact.id)
    return found


def select(facts: Iterable[Fact], wanted: Filter, day: int) -> list[Row]:
    """The claims known on a day that pass the filter, in the ledger's order."""
    tests = _tests(wanted, day)
    statuses = frozenset(wanted.statuses)
    rows = []
    for number, fact in numbered(facts, wanted, day):
        if is_known(fact, day) and (not tests or all(test(fact) for test in tests)):
            found = state(fact, day)
            if not statuses or found.status in statuses:
                rows.append(Row(number, fact, found))
    return rows


def _tests(wanted: Filter, day: int) -> list[Callable[[Fact], bool]]:
    tests: list[Callable[[Fact], bool]] = []
    for values, attribute in (
        (wanted.ids, "id"),
        (wanted.kinds, "kind"),
        (wanted.series, "series"),
    ):
        if values:
            tests.append(_one_of(attribute, frozenset(values)))
    for values, having in (
        (wanted.topics, "topics"),
        (wanted.speakers, "speakers"),
        (wanted.sources, "sources"),
    ):
        if values:
            tests.append(_any_of(having, frozenset(values)))
    tests += _day_tests(wanted, day)
    if wanted.search:
        needle = folded(wanted.search) or wanted.search  # of invisible signs alone, which nothing has
        tests.append(lambda fact: needle in fact.id or any(needle in folded(text) for text in fact.words))
    return tests


def _one_of(attribute: str, values: frozenset[str]) -> Callable[[Fact], bool]:
    return lambda fact: getattr(fact, attribute) in values


def _any_of(attribute: str, values: frozenset[str]) -> Callable[[Fact], bool]:
    return lambda fact: not values.isdisjoint(getattr(fact, attribute))


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
    return (deadline.end, deadline.start) if deadline else _FAR_SPAN


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
