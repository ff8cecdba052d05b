"""Where a new claim goes: in the order its file keeps, behind the claim it revises, or at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .. import periods
from ..edit.blocks import Value
from ..edit.changes import Addition
from ..facts import Fact
from ..model import Ledger

_FEWEST = 4  # claims from which an order can be told


class _New(NamedTuple):
    id: str
    said: periods.Period | None
    deadline: periods.Period | None


_KEYS: tuple[Callable[[Any], Any], ...] = (
    lambda fact: (fact.said.start, fact.said.end) if fact.said else None,
    lambda fact: fact.deadline.sort_key() if fact.deadline else None,
    lambda fact: fact.id,
)


def addition(ledger: Ledger, record: Mapping[str, Value], revised: int | None) -> tuple[int, Addition]:
    """The file and the place in it: where the file's order by said, deadline or id has the claim.

    Without such an order a revision stands behind the claims that revise the same one, any other claim at the
    end of the first file that has claims.
    """
    file = ledger.spots[revised].file if revised is not None else _file(ledger)
    numbers = [number for number, spot in enumerate(ledger.spots) if spot.file == file]
    if not numbers:
        return file, Addition(record)
    at = _in_order(ledger, numbers, _New(str(record["id"]), _period(record, "said"), _period(record, "deadline")))
    if at is None:
        at = len(numbers) if revised is None else _behind(ledger, numbers, revised)
    if at == 0:
        return file, Addition(record, ledger.spots[numbers[0]], before=True)
    return file, Addition(record, ledger.spots[numbers[at - 1]])


def _file(ledger: Ledger) -> int:
    """The named file if it has claims or includes nothing, else the last included one that has some."""
    used = {spot.file for spot in ledger.spots}
    return 0 if 0 in used or not used else max(used)


def _period(record: Mapping[str, Value], key: str) -> periods.Period | None:
    text = str(record.get(key, "none"))
    return None if text in ("none", "unknown") else periods.parse(text)


def _in_order(ledger: Ledger, numbers: list[int], new: _New) -> int | None:
    """How many of a file's claims stand before the new one, by the first order that all of them keep."""
    if len(numbers) < _FEWEST:
        return None
    facts: list[Fact] = [ledger.facts[number] for number in numbers]
    for key in _KEYS:
        keys = [key(fact) for fact in facts]
        mine = key(new)
        if mine is None or None in keys or len(set(keys)) < _FEWEST:
            continue
        if keys == sorted(keys):
            return len([other for other in keys if other <= mine])
        if keys == sorted(keys, reverse=True):
            return len([other for other in keys if other > mine])
    return None


def _behind(ledger: Ledger, numbers: list[int], revised: int) -> int:
    """Behind the revised claim and those that follow it in the same chain or series."""
    chain = {ledger.facts[revised].id}
    series = ledger.facts[revised].series
    at = numbers.index(revised) + 1
    while at < len(numbers):
        fact = ledger.facts[numbers[at]]
        if fact.revises not in chain and (series is None or fact.series != series):
            break
        chain.add(fact.id)
        at += 1
    return at
