"""Ledgers on disk, opened through a cache of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ledger import query
from ledger.cache import Store
from ledger.files import Disk
from ledger.loading import assembly
from ledger.model import Ledger
from ledger.results.list import RowsByNumber

Opener = Callable[[Sequence[str]], Ledger]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Small ledgers count as large ones, and files written just now as settled."""
    from ledger.cache import opening
    from ledger.files import questions

    monkeypatch.setattr(opening, "LEAST_BYTES", 0)
    monkeypatch.setattr(questions, "SETTLED", 0)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with the name of each file that is parsed."""
    found: list[str] = []
    read = assembly.read

    def counting(text: str, name: str, *more: Any) -> assembly.FileReading:
        found.append(name)
        return read(text, name, *more)

    monkeypatch.setattr(assembly, "read", counting)
    return found


def fresh(names: Sequence[str]) -> Ledger:
    """The ledger without any cache."""
    return assembly.load(Disk(), names)


def same(one: Ledger, other: Ledger) -> None:
    """Assert that two ledgers are equal in everything."""
    assert one.title == other.title
    assert (one.people, one.topics, one.sources) == (other.people, other.topics, other.sources)
    assert list(one.people) == list(other.people)
    assert list(one.facts) == list(other.facts)
    assert list(one.claims) == list(other.claims)
    assert list(one.spots) == list(other.spots)
    assert [tuple(text) for text in one.texts] == [tuple(text) for text in other.texts]
    assert one.problems == other.problems
    assert repr(list(one.claims)) == repr(list(other.claims))  # also the types of numbers
    assert repr(list(one.facts)) == repr(list(other.facts))


DAYS = (738900, 739600, 740200)


def same_index(one: Ledger, other: Ledger) -> None:
    """Assert that the index of a ledger that is kept says what the claims of the other say."""
    attributes: tuple[query.Attribute, ...] = ("topics", "speaker", "source", "kind", "series", "revises")
    for attribute in attributes:
        found = {name: list(of) for name, of in query.having(one.facts, attribute).items()}
        assert found == query.having(other.facts, attribute)
        assert sorted(query.names(one.facts, attribute)) == sorted(query.names(other.facts, attribute))
    assert list(query.names(one.facts, "id")) == list(query.names(other.facts, "id"))
    assert list(query.sentences(one.facts)) == query.sentences(other.facts)
    assert query.spans(one.facts, "said") == query.spans(other.facts, "said")
    assert query.spans(one.facts, "deadline") == query.spans(other.facts, "deadline")
    restating = query.restating(one.facts)
    assert [number in restating for number in range(len(one.facts))] == [fact.restates for fact in other.facts]
    for day in DAYS:
        rows = query.in_order(query.select(other.facts, query.Filter(), day))
        for of in (one, other):
            assert list(query.by_deadline(of.facts, day)) == [row.number for row in rows]
            passing = RowsByNumber(of, query.by_deadline(of.facts, day), day).passing()
            assert list(passing) == [(other.claims[row.number], row) for row in rows]
        assert query.statuses(one.facts, day) == query.statuses(other.facts, day)
        assert query.revised_by(one.facts, day) == query.revised_by(other.facts, day)
        for wanted in (query.Filter(statuses=("overdue", "hit")), query.Filter(due_within=day + 400)):
            assert query.select(one.facts, wanted, day) == query.select(other.facts, wanted, day)
