"""What the index answers by itself, and which claims may pass a filter: these are made, and decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import cast

from ..days import known_until
from ..facts import Fact
from ..query import Attribute, Filter
from ..status import STATUSES, state, unjudged
from . import index, rows
from .rowbytes import loads
from .rowfile import Backing


def names_of(backing: Backing, attribute: Attribute) -> Collection[str]:
    """The values of an attribute, each once."""
    if attribute == "id":
        return index.texts_of(backing.take("ids"))
    return cast("list[str]", loads(backing.take(f"names:{attribute}")))


def spans_of(backing: Backing, attribute: str) -> Sequence[tuple[int, int] | None]:
    """The first and last day of a period of each claim."""
    first, last = ("begun", "said") if attribute == "said" else ("starts", "due")
    pairs = zip(backing.numbers(first), backing.numbers(last), strict=True)
    return [None if pair[0] in (-1, index.FAR) else pair for pair in pairs]


def restating_of(backing: Backing, revising: Sequence[int]) -> Iterator[int]:
    """Which of the claims that revise another restate it."""
    layout = backing.layout()
    for place, numbers in groupby(revising, layout.place):
        row, start, _ = layout.chunk(place)
        restates = rows.restates_of(backing.take(f"f{row}"))
        yield from (number for number in numbers if restates[number - start])


def statuses_of(backing: Backing, facts: Sequence[Fact], day: int) -> Sequence[str | None]:
    """The status of each claim on a day, by the only judgement where there is one; a claim of several is made."""
    last = known_until(day)
    columns = (backing.numbers(name) for name in ("begun", "due", "known", "judged", "verdict"))
    found: list[str | None] = []
    for number, (begun, due, known, judged, verdict) in enumerate(zip(*columns, strict=True)):
        if begun > last:
            found.append(None)
        elif judged <= last and verdict & index.SEVERAL:
            found.append(state(facts[number], day).status)
        elif judged <= last and verdict & index.VERDICT:
            found.append(STATUSES[(verdict & index.VERDICT) - 1])
        elif verdict & index.STATEMENT:
            found.append("unjudged")
        else:
            end, at_last = (None, None) if due == index.FAR else (due, known)
            found.append(unjudged(end, at_last, day))
    return found


def candidates_of(backing: Backing, wanted: Filter, day: int) -> Sequence[int] | None:
    """The numbers of the claims that may pass a filter, in order; None for all."""
    found: Sequence[int] | None = None
    for attribute, values in (
        ("topics", wanted.topics),
        ("speaker", wanted.speakers),
        ("source", wanted.sources),
        ("kind", wanted.kinds),
        ("series", wanted.series),
    ):
        if values:
            found = _both(found, _having(backing, attribute, values))
    if wanted.ids:
        ids = frozenset(wanted.ids)
        found = _both(found, [n for n, name in enumerate(names_of(backing, "id")) if name in ids])
    for row, test in _day_tests(wanted, day):
        column = backing.numbers(row)
        found = [n for n in (range(len(column)) if found is None else found) if test(column[n])]
    return _of_statuses(backing, found, wanted.statuses, day) if wanted.statuses else found


def _having(backing: Backing, attribute: str, values: Sequence[str]) -> Sequence[int]:
    """The claims that have any of these values, in order."""
    having = index.having_of(backing.take, attribute)
    lists = [having[value] for value in dict.fromkeys(values) if value in having]
    return lists[0] if len(lists) == 1 else sorted({number for of in lists for number in of})


def _both(one: Sequence[int] | None, other: Sequence[int]) -> Sequence[int]:
    if one is None:
        return other
    there = frozenset(other)
    return [number for number in one if number in there]


def _day_tests(wanted: Filter, day: int) -> Iterator[tuple[str, Callable[[int], bool]]]:
    due_before, due_after, due_within = wanted.due_before, wanted.due_after, wanted.due_within
    said_before, said_after = wanted.said_before, wanted.said_after
    if due_before is not None:
        yield "due", lambda end: end < due_before
    if due_after is not None:
        yield "due", lambda end: end > due_after
    if due_within is not None:
        yield "due", lambda end: day <= end <= due_within
    if said_before is not None:
        yield "said", lambda end: end < said_before
    if said_after is not None:
        yield "said", lambda end: end > said_after


_VERDICTS = {"hit": 1, "late": 1, "true": 1, "miss": 2, "false": 2, "partly": 4, "void": 8, "withdrawn": 32}


def _of_statuses(backing: Backing, among: Sequence[int] | None, statuses: Sequence[str], day: int) -> Sequence[int]:
    """The claims that may have one of the statuses on the day."""
    due, known, judged, outcomes = (backing.numbers(row) for row in ("due", "known", "judged", "outcomes"))
    verdicts = 0
    for status in statuses:
        verdicts |= _VERDICTS.get(status, 0)
    past, waiting, future, never, statement = (
        name in statuses for name in ("overdue", "awaiting", "open", "undated", "unjudged")
    )

    last = known_until(day)

    def may(number: int) -> bool:
        if judged[number] <= last and outcomes[number] & verdicts:
            return True
        if judged[number] <= last and not outcomes[number] & index.UNSETTLED:
            return False
        end = due[number]
        if statement or (never and end == index.FAR):
            return True
        if end < day:
            return past if known[number] < day else waiting
        return future and end < index.FAR

    return [number for number in (range(len(due)) if among is None else among) if may(number)]
