"""A bad cache is a slow start: never a wrong answer, never a crash."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from ledger.cache import Damaged, Store, opening
from ledger.cache.opening import open_ledger
from ledger.cache.rowfile import open_shelf
from ledger.model import Ledger
from ledger.query import Filter, select
from support.ledgers import broken, ledger

from .conftest import fresh, same

NAMES = ["claims.yaml"]
WANTED = Filter(topics=("cars",), statuses=("overdue", "hit", "late"))
DAY = 739700


def _right(found: Ledger, expected: Ledger, pick: random.Random) -> None:
    """Look at the ledger as some command might, then at all of it."""
    if pick.random() < 0.5:
        assert select(found.facts, WANTED, DAY) == select(expected.facts, WANTED, DAY)
    number = pick.randrange(len(expected.claims))
    assert found.claims[number] == expected.claims[number]
    same(found, expected)


def _shelf(store: Store) -> Path:
    [path] = store.folder.glob("*.sqlite")
    return path


def _bent(data: bytes, pick: random.Random) -> bytes:
    kind = pick.choice(("cut", "flip", "swap", "zero", "noise", "double"))
    at, to = pick.randrange(len(data)), pick.randrange(len(data))
    size = pick.choice((1, 16, 512, 8192))
    if kind == "cut":
        return data[:at]
    if kind == "flip":
        return data[:at] + bytes([data[at] ^ 1 << pick.randrange(8)]) + data[at + 1 :]
    if kind == "swap":
        size, (at, to) = 8192, sorted((at // 8192 * 8192, to // 8192 * 8192))
        one, other = data[at : at + size], data[to : to + size]
        return data[:at] + other + data[at + size : to] + one + data[to + size :] if at != to else data[1:]
    if kind == "zero":
        return data[:at] + bytes(size) + data[at + size :]
    if kind == "noise":
        return data[:at] + pick.randbytes(size) + data[at + size :]
    return data[:at] + data[at : at + size] + data[at:]


def test_a_thousand_bad_caches(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    path, expected = _shelf(store), fresh(NAMES)
    good = path.read_bytes()
    noticed = 0
    for seed in range(1000):
        pick = random.Random(seed)
        path.write_bytes(_bent(good, pick))
        _right(open_ledger(NAMES, store), expected, pick)
        noticed += path.read_bytes() == good if path.exists() else 1
    assert noticed > 500


def test_bad_notes(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    [note] = store.folder.glob("*.note")
    good, expected = note.read_bytes(), fresh(NAMES)
    for seed in range(200):
        pick = random.Random(seed)
        note.write_bytes(_bent(good, pick))
        _right(open_ledger(NAMES, store), expected, pick)


def test_what_is_no_file_of_the_cache_is_not_waited_for(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    for path in list(store.folder.iterdir()):
        path.unlink()
        os.mkfifo(path)
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_a_cache_of_another_ledger_under_this_name(store: Store) -> None:
    Path("claims.yaml").write_text(broken())
    open_ledger(NAMES, store)
    other = _shelf(store).read_bytes()
    store.clear()
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    _shelf(store).write_bytes(other)
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_rows_that_changed_places(store: Store) -> None:
    Path("claims.yaml").write_text(ledger(4))
    open_ledger(NAMES, store)
    path, expected = _shelf(store), fresh(NAMES)
    good = path.read_bytes()
    for one, other in (("f0", "f1"), ("c0", "c2"), ("due", "said"), ("having:topics", "having:source")):
        path.write_bytes(good)
        with sqlite3.connect(path) as file:
            rows = dict(file.execute("SELECT name, data FROM shelf WHERE name IN (?, ?)", (one, other)).fetchall())
            sums = dict(file.execute("SELECT name, sum FROM shelf WHERE name IN (?, ?)", (one, other)).fetchall())
            for name, of in ((one, other), (other, one)):
                file.execute("UPDATE shelf SET data = ?, sum = ? WHERE name = ?", (rows[of], sums[of], name))
        file.close()
        found = open_ledger(NAMES, store)
        assert select(found.facts, WANTED, DAY) == select(expected.facts, WANTED, DAY)
        same(found, expected)


def test_a_schema_with_ideas_of_its_own(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    path = _shelf(store)
    with sqlite3.connect(path) as file:
        file.execute("ALTER TABLE shelf RENAME TO real")
        file.execute("CREATE VIEW shelf AS SELECT name, sum, data || 'x' AS data FROM real")
    file.close()
    same(open_ledger(NAMES, store), fresh(NAMES))


@pytest.mark.parametrize("what", ["program", "version", "format"])
def test_the_cache_of_another_program_is_not_used(
    what: str, store: Store, parses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("claims.yaml").write_text(ledger())
    with monkeypatch.context() as then:
        if what == "program":
            then.setattr(opening, "fingerprint", lambda: "another")
        elif what == "version":
            then.setattr(opening, "__version__", "0.0.1")
        else:
            then.setattr(opening, "_FORMAT", 0)
        open_ledger(NAMES, store)
    parses.clear()
    same(open_ledger(NAMES, store), fresh(NAMES))
    assert parses == ["claims.yaml"] * 2


def test_two_writers_at_once(store: Store) -> None:
    Path("claims.yaml").write_text(broken(6))
    expected, failed = fresh(NAMES), []

    def work() -> None:
        try:
            for _ in range(6):
                same(open_ledger(NAMES, Store(store.folder)), expected)
                store.clear()
        except BaseException as error:  # a thread must not swallow it
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert not list(store.folder.glob("*.tmp"))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    Path("claims.yaml").write_text(ledger())
    Path("file").write_text("")
    for folder in (Path("file"), Path("file/below"), Path("/proc/nowhere")):
        same(open_ledger(NAMES, Store(folder)), fresh(NAMES))
    assert Path("file").read_text() == ""


def test_a_folder_in_the_place_of_a_file(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    path = _shelf(store)
    path.unlink()
    path.mkdir()
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_texts_that_are_not_unicode_are_not_kept(store: Store) -> None:
    Path("claims.yaml").write_text(ledger().replace("note: a note", 'note: "\\uD83D odd"'))
    same(open_ledger(NAMES, store), fresh(NAMES))
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_a_shelf_proves_each_row(tmp_path: Path) -> None:
    store = Store(tmp_path / "shelves")
    assert store.write("key", [("a", b"1"), ("b", b"")])
    shelf = store.open("key")
    assert shelf is not None
    with pytest.raises(Damaged):
        shelf.take("c")
    shelf.close()
    assert store.revise("key", "next", {"a": b"2"})
    revised = store.open("next")
    assert revised is not None
    assert (revised.take("a"), revised.take("b")) == (b"2", b"")
    revised.close()
    first, second = sorted(store.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    with pytest.raises(Damaged):
        open_shelf(second, "key")
    first.write_bytes(second.read_bytes())
    assert store.open("key") is None
    assert not first.exists()
    assert not store.revise("absent", "other", {})


def test_names_that_collide_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.cache.store.adler32", lambda data: 1)
    monkeypatch.setattr("ledger.cache.store.crc32", lambda data: 1)
    store = Store(tmp_path / "shelves")
    store.write("one", [("a", b"1")])
    store.write_note("one", "text")
    assert store.open("two") is None
    assert store.note("two") is None
    assert store.note("one") == "text"


def _aged(store: Store, key: str, seconds: int) -> Path:
    before = set(store.folder.glob("*"))
    assert store.write(key, [("a", bytes(20_000))])
    [path] = set(store.folder.glob("*")) - before
    os.utime(path, (seconds, seconds))
    return path


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    store = Store(tmp_path / "shelves", most=100_000)
    paths = [_aged(store, f"key{number}", number) for number in range(6)]
    assert paths[-1].exists()
    assert not paths[0].exists()
    assert store.usage().size <= 100_000
    huge = Store(tmp_path / "shelves", most=10)
    path = _aged(huge, "huge", 10)
    assert list(store.folder.iterdir()) == [path]


def test_what_a_killed_writer_left_behind_goes(tmp_path: Path) -> None:
    folder = tmp_path / "shelves"
    store = Store(folder)
    folder.mkdir()
    old, young = (f"{letter * 16}.sqlite.forecast-ledger-{letter * 16}.tmp" for letter in "ab")
    for name in (old, "foreign.txt", "draft.tmp", "customers.sqlite"):
        (folder / name).write_text("x")
        os.utime(folder / name, (1, 1))
    (folder / young).write_text("x")
    path = _aged(store, "key", 10)
    assert {one.name for one in folder.iterdir()} == {
        "foreign.txt", "draft.tmp", "customers.sqlite", path.name, young,
    }  # fmt: skip
    store.clear()
    assert {one.name for one in folder.iterdir()} == {"foreign.txt", "draft.tmp", "customers.sqlite"}


def test_a_python_without_sqlite(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    for name in ("sqlite3", "ledger.cache.rowfile"):
        monkeypatch.setitem(sys.modules, name, None)
    same(open_ledger(NAMES, store), fresh(NAMES))
