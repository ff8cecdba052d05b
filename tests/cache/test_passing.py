"""Results leave as they are made: only once every row they need is proven, and never from a second reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger.cache import Damaged, Store
from ledger.cache.lazy import LazyClaims, LazyFacts
from ledger.cache.opening import open_ledger
from ledger.cache.rowfile import Shelf
from ledger.loading import assembly
from ledger.query import Filter
from ledger.render.objects import claim_objects
from ledger.results.list import listing
from support.ledgers import ledger
from support.running import Ran, run_program

from .conftest import fresh

FORMS = ("json", "jsonl", "csv", "tsv")
Lister = Callable[..., Ran]


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Lister:
    """Run list on a ledger of several rows of claims, with a cache that knows it."""
    Path("claims.yaml").write_text(ledger(60), encoding="utf-8")
    monkeypatch.setenv("FORECAST_LEDGER_CACHE", str(Path("cache").absolute()))

    def run(form: str, *words: str) -> Ran:
        return run_program(monkeypatch, *(words or ("list",)), "--format", form, "--as-of", "2026-01-01")

    run("plain")
    return run


def shelf() -> Path:
    return max(Path("cache").rglob("*.sqlite"), key=lambda path: path.stat().st_size)


def last_row(connection: sqlite3.Connection) -> str:
    names = [name for (name,) in connection.execute("SELECT name FROM shelf WHERE name GLOB 'c[0-9]*'")]
    return str(max(names, key=lambda name: int(name[1:])))


@pytest.mark.parametrize("form", FORMS)
def test_a_byte_flipped_in_the_last_row_changes_nothing(
    form: str, listed: Lister, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as off:
        off.setenv("FORECAST_LEDGER_CACHE", "off")
        expected = listed(form)
    assert listed(form) == expected
    with sqlite3.connect(shelf()) as connection:
        name = last_row(connection)
        (data,) = connection.execute("SELECT data FROM shelf WHERE name = ?", (name,)).fetchone()
        changed = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
        connection.execute("UPDATE shelf SET data = ? WHERE name = ?", (changed, name))
    assert listed(form) == expected


@pytest.mark.parametrize("row", ["spots", "f0", "having:revises", "due"])
def test_a_byte_flipped_in_what_a_row_is_made_of_beside_its_claim_changes_nothing(row: str, listed: Lister) -> None:
    text = (
        Path("claims.yaml")
        .read_text(encoding="utf-8")
        .replace("    speaker: ada", "    revises: plain\n    speaker: ada", 1)
    )
    Path("claims.yaml").write_text(text, encoding="utf-8")
    expected = listed("tsv", "--no-cache", "list")
    assert listed("tsv") == expected
    with sqlite3.connect(shelf()) as connection:
        (data,) = connection.execute("SELECT data FROM shelf WHERE name = ?", (row,)).fetchone()
        connection.execute("UPDATE shelf SET data = ? WHERE name = ?", (data[:-1] + bytes([data[-1] ^ 1]), row))
    assert listed("tsv") == expected


@pytest.mark.parametrize("form", FORMS)
def test_a_row_that_fails_on_the_way_ends_the_run(form: str, listed: Lister, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, taken, take = listed(form).out, [], Shelf.take
    with sqlite3.connect(shelf()) as connection:
        last = last_row(connection)

    def failing(own: Shelf, name: str) -> bytes:
        taken.append(name)
        if name == last and taken.count(name) == 2:
            raise Damaged("the disk gave up")
        return take(own, name)

    monkeypatch.setattr(Shelf, "take", failing)
    monkeypatch.setattr(assembly, "read", None)
    ran = listed(form)
    assert ran.status == 70
    assert "the disk gave up" in ran.err
    assert whole.startswith(ran.out)
    assert 0 < len(ran.out) < len(whole) - 10


def test_claims_that_pass_are_not_kept(store: Store) -> None:
    Path("claims.yaml").write_text(ledger(60), encoding="utf-8")
    open_ledger(["claims.yaml"], store)
    claims = open_ledger(["claims.yaml"], store).claims
    assert isinstance(claims, LazyClaims)
    numbers = range(len(claims))[::-1]
    plain = fresh(["claims.yaml"]).claims
    assert list(claims.passing(numbers)) == [plain[number] for number in numbers]
    assert not claims._claims


def test_what_leaves_as_it_is_made_holds_no_row_and_no_fact_but_those_of_revisions(store: Store) -> None:
    Path("claims.yaml").write_text(ledger(60), encoding="utf-8")
    open_ledger(["claims.yaml"], store)
    kept = open_ledger(["claims.yaml"], store)
    found = listing(kept, Filter(), day=date(2026, 1, 1))
    assert len(list(claim_objects(found))) == found.found > 16
    assert isinstance(kept.facts, LazyFacts)
    revising = {number // 16 for number in kept.facts.revising()}
    assert set(kept.facts._chunks) == revising != set(range(-(-found.found // 16)))
    assert not vars(found.rows).get("_rows")
    assert [row.fact for row in found.rows] == [kept.facts[row.number] for row in found.rows]
