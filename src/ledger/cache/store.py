"""Where the cache of this user lies: a folder of files by key, the oldest removed when there are too many.

Nothing here ever fails a command: what cannot be written is not kept, what cannot be read is not there.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from zlib import adler32, crc32

from ..errors import UnreadableError
from ..files import questions
from ..files.questions import expanded
from .rowbytes import Damaged

if TYPE_CHECKING:
    from pathlib import Path

    from .rowfile import Shelf

VARIABLE = "FORECAST_LEDGER_CACHE"
_NAME = "forecast-ledger"
_OFF = ("off", "0", "no", "false")
_DECIDING = ("", "cache", "loading")  # rooms that say what a ledger is read as
MOST_BYTES = 512 * 1024 * 1024
_SHELF, _NOTE, _TEMPORARY = ".sqlite", ".note", ".tmp"
# The names that this program gives, and no others: the variable may name a folder that holds the user's own files.
_OURS = re.compile(r"[0-9a-f]{16}\.(?:sqlite|note)(?:\.forecast-ledger-[0-9a-f]{16}\.tmp)?")
_PART = 4 * 1024 * 1024  # bytes that are copied at once
_HOUR, _DAY = 3600.0, 86400.0
_NOTE_BYTES = 1024 * 1024


def cache_folder(environ: Mapping[str, str]) -> str | None:
    """The folder that $FORECAST_LEDGER_CACHE names, else the user's cache folder; None if the variable is `off`.

    None also where either lies in a home that there is not.
    """
    named = environ.get(VARIABLE)
    if named:
        return None if named.lower() in _OFF else _at_home(named)
    # The rules of XDG: a relative path in the variable does not count.
    base = environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, _NAME)
    return _at_home(f"~/{'Library/Caches' if sys.platform == 'darwin' else '.cache'}/{_NAME}")


def _at_home(name: str) -> str | None:
    try:
        return expanded(name)
    except UnreadableError:
        return None


def fingerprint(rooms: Sequence[str] = _DECIDING) -> str:
    """The byte order, and names, sizes and times of the modules of some rooms: those that read ledgers.

    The version alone would not tell apart two states of a program that is being changed.
    """
    root = os.path.dirname(os.path.dirname(__file__))
    found = []
    for room in rooms:
        try:
            with os.scandir(os.path.join(root, room)) as entries:
                for entry in entries:
                    if entry.name.endswith(".py"):
                        info = entry.stat()
                        found.append(f"{room}/{entry.name} {info.st_size} {info.st_mtime_ns}")
        except OSError:
            continue  # the package is not on a disk
    return " ".join([sys.byteorder, *sorted(found)])


class Usage(NamedTuple):
    """How many ledgers are kept, and the bytes of all files."""

    folder: Path
    ledgers: int
    size: int


def _copy(old: str, new: Path) -> None:
    """Fill a file with what another one holds; shutil, which does the same, imports four compressions."""
    with open(old, "rb", buffering=0) as source, new.open("wb", buffering=0) as target:
        with suppress(AttributeError, OSError):  # no such call here, or not between these files: then all in pieces
            while os.copy_file_range(source.fileno(), target.fileno(), _PART):
                pass
        target.writelines(iter(lambda: source.read(_PART), b""))


class Store:
    """A folder of the cache; it need not exist yet. Keys are texts; two of one name replace each other."""

    def __init__(self, folder: str | Path, *, most: int = MOST_BYTES) -> None:
        self._folder = os.fspath(folder)
        self.most = most

    @property
    def folder(self) -> Path:
        """The folder, as what writes needs it: what only reads does without pathlib, a thirteenth of a completion."""
        from pathlib import Path

        return Path(self._folder)

    def open(self, key: str) -> Shelf | None:
        """The rows of a key, if they are there and whole as far as can be told at once."""
        path = self._path(key)
        if not questions.is_file(path):
            return None
        try:
            from .rowfile import open_shelf
        except ImportError:  # a Python without SQLite
            return None
        try:
            shelf = open_shelf(path, key)
        except FileNotFoundError:
            return None
        except Damaged:
            self.drop(key)
            return None
        self._used(path)
        return shelf

    def write(self, key: str, rows: Iterable[tuple[str, bytes]]) -> bool:
        """Keep the rows of a key; False if that was not possible."""

        def build(path: Path) -> None:
            from .rowfile import write_shelf

            write_shelf(path, key, rows)

        return self._keep(self._path(key), build)

    def revise(self, old: str, key: str, rows: Mapping[str, bytes]) -> bool:
        """Keep the rows of the key `old` under another one, some of them replaced; False if that was not possible."""

        def build(path: Path) -> None:
            from .rowfile import revise_shelf

            _copy(self._path(old), path)
            revise_shelf(path, old, key, rows)

        return self._keep(self._path(key), build)

    def drop(self, key: str) -> None:
        """Forget the rows of a key."""
        with suppress(OSError):
            os.unlink(self._path(key))

    # --- notes -------------------------------------------------------------------------------------------------

    def note(self, key: str) -> str | None:
        """A short text that was kept by itself; None if it is not there or not what was written."""
        path = self._path(key, _NOTE)
        if not questions.is_file(path):  # opening a FIFO would wait for a writer
            return None
        try:
            with open(path, "rb") as file:
                total, _, data = file.read(_NOTE_BYTES).partition(b" ")
            own, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
            return text if own == key and int(total) == crc32(data) else None
        except (OSError, ValueError):
            return None

    def write_note(self, key: str, text: str) -> None:
        """Keep a short text; its key is one line."""
        data = f"{key}\n{text}".encode("utf-8", "surrogateescape")
        content = b"%d %b" % (crc32(data), data)
        if len(content) < _NOTE_BYTES:
            self._keep(self._path(key, _NOTE), lambda path: path.write_bytes(content))

    # --- the folder --------------------------------------------------------------------------------------------

    def usage(self) -> Usage:
        """What is kept now."""
        files = self._files()
        return Usage(self.folder, sum(path.suffix == _SHELF for _, _, path in files), sum(size for _, size, _ in files))

    def clear(self) -> Usage:
        """Remove all that is kept; the answer is what it was."""
        before = self.usage()
        for _, _, path in self._files():
            with suppress(OSError):
                path.unlink()
        return before

    def _path(self, key: str, suffix: str = _SHELF) -> str:
        data = key.encode("utf-8", "surrogateescape")
        # A name need not be unique, since each file says whose it is; importing hashlib costs 3 ms.
        return os.path.join(self._folder, f"{crc32(data):08x}{adler32(data):08x}{suffix}")

    def _keep(self, name: str, build: Callable[[Path], object]) -> bool:
        """Build a file aside and give it its name."""
        try:
            from sqlite3 import Error
        except ImportError:
            return False
        from pathlib import Path

        from ..files import writing

        path = Path(name)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            writing.build(path, build)
        except (OSError, Error, Damaged, ValueError, MemoryError, OverflowError):
            return False
        if path.suffix == _SHELF:
            self._sweep(keep=path)
        return True

    def _used(self, path: str) -> None:
        """Let the file count as young, at most once a day."""
        info = questions.look(path)
        if info is not None and time.time() - info.st_mtime > _DAY:
            with suppress(OSError):
                os.utime(path)

    def _sweep(self, keep: Path) -> None:
        """Remove what a killed process left behind, then the oldest files, until the rest is within the bound."""
        now = time.time()
        files = sorted(self._files(), reverse=True)
        total = 0
        for age, size, path in files:
            left_behind = path.suffix == _TEMPORARY and now - age > _HOUR
            if path.suffix != _TEMPORARY:
                total += size
            if left_behind or (total > self.most and path != keep and path.suffix != _TEMPORARY):
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> list[tuple[float, int, Path]]:
        """Our files with time and size."""
        from pathlib import Path

        found = []
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                        info = entry.stat(follow_symlinks=False)
                        found.append((info.st_mtime, info.st_size, Path(entry.path)))
        return found
