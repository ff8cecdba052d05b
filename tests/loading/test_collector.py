"""What loading does with the collector of the program that calls it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load

MANY = 1_500
TEXT = GivenText(
    "claims.yaml",
    b"ledger: 1\npeople:\n  ann: {name: Ann}\nsources:\n  s: {title: S}\nclaims:\n"
    + b"".join(
        b"  - id: c-%d\n    claim: It comes.\n    speaker: ann\n    said: 2020\n    source: s\n    deadline: 2030\n"
        % at
        for at in range(MANY)
    ),
)


@pytest.fixture(autouse=True)
def _running() -> Iterator[None]:
    """The collector runs, and is left as it was: a command run before has switched it off, which the tests live on."""
    running = gc.isenabled()
    gc.enable()
    yield
    if not running:
        gc.disable()


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """The generations that are collected meanwhile."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        found.append(info["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_a_ledger_is_not_looked_through_for_circles(collections: list[int]) -> None:
    load(Disk(), [TEXT])  # what is imported on the way
    gc.unfreeze()
    gc.collect()
    collections.clear()
    found = load(Disk(), [TEXT])
    assert (len(found.claims), gc.isenabled(), gc.get_freeze_count(), collections) == (MANY, True, 0, [])
    assert gc.get_count()[0] < MANY  # its records do not wait for the next look at what is young


def test_what_is_frozen_is_not_counted_for_a_few_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may have frozen millions of records, and counting them takes longer than a small ledger."""
    few = GivenText(TEXT.name, b"  - id: c-9\n".join(TEXT.data.split(b"  - id: c-9\n")[:1]))
    monkeypatch.delattr(gc, "get_freeze_count")
    assert len(load(Disk(), [few]).claims) == 9


def test_what_the_caller_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        count = gc.get_freeze_count()
        load(Disk(), [TEXT])
        assert gc.get_freeze_count() >= count - 10 > 0
    finally:
        gc.unfreeze()


def test_a_collector_that_the_caller_switched_off_stays_off() -> None:
    gc.disable()
    load(Disk(), [TEXT])
    assert not gc.isenabled()
