"""One file of the cache: rows of bytes by name, each with its checksum, in an SQLite file that never changes.

A row's checksum is seeded with the salt of its file and its own name, so that rows that were swapped are as
damaged as rows with a flipped bit.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from ..files import questions
from ..model import Ledger
from .chunks import Layout
from .rowbytes import Damaged, numbers_of

if TYPE_CHECKING:
    from pathlib import Path

V = TypeVar("V")
_MAGIC = 0x4C_44_47_31
_LABEL = "label"


class Shelf:
    """A file that is open for reading; every row is checked when it is taken."""

    def __init__(self, connection: sqlite3.Connection, salt: int) -> None:
        self._connection = connection
        self.salt = salt

    def take(self, name: str) -> bytes:
        """The bytes of a row; Damaged."""
        try:
            found = self._connection.execute("SELECT sum, data FROM shelf WHERE name = ?", (name,)).fetchone()
        except (sqlite3.Error, OverflowError, MemoryError, UnicodeError) as error:
            raise Damaged(str(error)) from None
        if found is None:
            raise Damaged(f"no row {name}")
        return _proven(name, found, self.salt)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def __del__(self) -> None:
        self._connection.close()


def _proven(name: str, found: tuple[object, object], salt: int) -> bytes:
    total, data = found
    if data.__class__ is not bytes or total != _sum(name, data, salt):
        raise Damaged(f"row {name} is not what was written")
    return data


def _sum(name: str, data: bytes, salt: int) -> int:
    return crc32(data, crc32(name.encode("utf-8", "replace"), salt))


def open_shelf(path: str | Path, key: str) -> Shelf:
    """Open a file that holds the rows of a key; Damaged if it does not, FileNotFoundError."""
    if not questions.is_file(path):
        raise FileNotFoundError(path)
    try:
        connection = sqlite3.connect(
            f"file:{_quoted(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise Damaged(str(error)) from None
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        shelf = Shelf(connection, _MAGIC)
        label = shelf.take(_LABEL)
        salt, _, own = label.decode("utf-8", "surrogateescape").partition(" ")
        if own != key:
            raise Damaged("the file is of another key")
        shelf.salt = int(salt)
        return shelf
    except (sqlite3.Error, ValueError) as error:
        connection.close()
        raise Damaged(str(error)) from None
    except Damaged:
        connection.close()
        raise


def write_shelf(path: Path, key: str, rows: Iterable[tuple[str, bytes]]) -> None:
    """Write a new file; OSError or sqlite3.Error leave a part of it behind."""
    salt = crc32(key.encode("utf-8", "surrogateescape"))
    connection = _writing(path)
    try:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY, sum INTEGER NOT NULL, data BLOB NOT NULL)")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO shelf VALUES (?, ?, ?)", _label(salt, key))
        connection.executemany(
            "INSERT INTO shelf VALUES (?, ?, ?)", ((name, _sum(name, data, salt), data) for name, data in rows)
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


def revise_shelf(path: Path, old: str, key: str, rows: Mapping[str, bytes]) -> None:
    """Turn a copy of the file of the key `old` into that of another key, with some rows replaced; Damaged."""
    shelf = open_shelf(path, old)
    salt = shelf.salt
    shelf.close()
    connection = _writing(path)
    try:
        connection.execute("BEGIN")
        changes = [_label(salt, key), *((name, _sum(name, data, salt), data) for name, data in rows.items())]
        connection.executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", changes)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _quoted(path: str) -> str:
    """The path inside a URI; urllib's `quote` costs 3 ms of import."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _label(salt: int, key: str) -> tuple[str, int, bytes]:
    data = f"{salt} {key}".encode("utf-8", "surrogateescape")
    return _LABEL, _sum(_LABEL, data, _MAGIC), data


def _writing(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    # Nobody reads the file before it is whole and has its name: neither a journal nor a sync is needed.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


class Backing:
    """Where rows come from: the shelf, until one of them is damaged."""

    def __init__(self, shelf: Shelf, reload: Callable[[], Ledger], keep: Callable[[str, bytes], object]) -> None:
        self._shelf = shelf
        self._reload = reload
        self.keep = keep  # one row more
        self._numbers: dict[str, array[int]] = {}
        self._layout: Layout | None = None
        self.real: Ledger | None = None

    def either(self, stored: Callable[[], V], real: Callable[[Ledger], V]) -> V:
        """A value made from rows, or the same one from the files."""
        if self.real is None:
            try:
                return stored()
            except (Damaged, ValueError, TypeError, LookupError, AttributeError):
                self.real = self._reload()
        return real(self.real)

    def take(self, name: str) -> bytes:
        """The bytes of a row; Damaged."""
        return self._shelf.take(name)

    def numbers(self, name: str) -> array[int]:
        """The numbers of a row; Damaged."""
        if name not in self._numbers:
            self._numbers[name] = numbers_of(self.take(name))
        return self._numbers[name]

    def layout(self) -> Layout:
        """Which claims lie in which rows; Damaged."""
        if self._layout is None:
            self._layout = Layout(self.numbers("layout"))
        return self._layout
