"""Where a new claim goes: in the order its file keeps, behind the claim it revises, or at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from .. import periods
from ..edit.blocks import Value
from ..edit.changes import Addition
from ..facts import Fact
from ..model import Ledger, of_file
from ..query import names, spans

_FEWEST = 4  # claims from which an order can be told


def addition(ledger: Ledger, record: Mapping[str, Value], revised: int | None) -> tuple[int, Addition]:
    """The file and the place in it: where the file's order by said, deadline or id has the claim.

    Without such an order a revision stands behind the claims that revise the same one, any other claim at the
    end of the first file that has claims.
    """
    file = ledger.spots[revised].file if revised is not None else _file(ledger)
    numbers = of_file(ledger.spots, file)
    if not numbers:
        return file, Addition(record)
    at = _in_order(ledger, numbers, record)
    if at is None:
        at = len(numbers) if revised is None else _behind(ledger, numbers, revised)
    if at == 0:
        return file, Addition(record, ledger.spots[numbers[0]], before=True)
    return file, Addition(record, ledger.spots[numbers[at - 1]])


def _file(ledger: Ledger) -> int:
    """The named file if it has claims or includes nothing, else the last included one that has some."""
    return 0 if not ledger.spots or ledger.spots[0].file == 0 else ledger.spots[-1].file


def _span(record: Mapping[str, Value], key: str) -> tuple[int, int] | None:
    text = str(record.get(key, "none"))
    if text in ("none", "unknown"):
        return None
    period = periods.parse(text)
    return period.start, period.end


def _in_order(ledger: Ledger, numbers: range, record: Mapping[str, Value]) -> int | None:
    """How many of a file's claims stand before the new one, by the first order that all of them keep."""
    if len(numbers) < _FEWEST:
        return None
    for keys, mine in _keys(ledger.facts, record):
        own = keys[numbers.start : numbers.stop]
        if mine is None or None in own:
            continue
        rising = all(one <= other for one, other in pairwise(own))
        falling = not rising and all(one >= other for one, other in pairwise(own))  # most often seen at once not to be
        if (rising or falling) and len(set(own)) >= _FEWEST:
            return len([other for other in own if (other <= mine if rising else other > mine)])
    return None


def _keys(facts: Sequence[Fact], record: Mapping[str, Value]) -> Iterator[tuple[list[Any], Any]]:
    """What a file may be in order of, of all claims and of the new one: said, deadline, id."""
    yield list(spans(facts, "said")), _span(record, "said")
    yield [_turned(one) for one in spans(facts, "deadline")], _turned(_span(record, "deadline"))
    yield list(names(facts, "id")), str(record["id"])


def _turned(span: tuple[int, int] | None) -> tuple[int, int] | None:
    """A deadline goes by its last day first."""
    return None if span is None else (span[1], span[0])


def _behind(ledger: Ledger, numbers: range, revised: int) -> int:
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
