"""Ledgers on disk, opened through a cache of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ledger.cache import Store
from ledger.files import Disk
from ledger.loading import assembly
from ledger.model import Ledger

Opener = Callable[[Sequence[str]], Ledger]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Small ledgers count as large ones, and files written just now as settled."""
    from ledger.cache import opening, stats

    monkeypatch.setattr(opening, "LEAST_BYTES", 0)
    monkeypatch.setattr(stats, "_SETTLED", 0)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with the name of each file that is parsed."""
    found: list[str] = []
    read = assembly.read

    def counting(text: str, name: str, number: int = 0) -> assembly.FileReading:
        found.append(name)
        return read(text, name, number)

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
