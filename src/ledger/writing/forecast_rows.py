"""Rows of forecasts for a ledger's table: each claim, forecaster and instant once, however many there are."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from ..errors import RefusedError, UsageError
from ..files.questions import is_file
from ..files.reading import open_regular
from ..files.taken import Taken
from ..files.writing import Growing
from ..intake.platforms import instants

COLUMNS = ("claim", "by", "date", "probability")
_HEADER = ",".join(COLUMNS) + "\n"
_CACHE = 32 * 1024  # KiB of pages in memory; the rest of the database lies in a file that has no name
Added = Literal["new", "there", "twice"]


def is_table(content: bytes) -> bool:
    """Whether a file begins as a ledger's table of forecasts does."""
    return content.removeprefix(b"\xef\xbb\xbf").startswith(_HEADER.rstrip().encode())


class ForecastRows:
    """What is known of rows: those of the table that is there, and those that were added to it."""

    def __init__(self, path: str | None) -> None:
        self._numbers: dict[str, int] = {}
        self.new = 0
        self._path = path
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE};"
            "CREATE TABLE known (claim INTEGER, by INTEGER, at INTEGER, p REAL, fresh INTEGER, "
            "PRIMARY KEY (claim, by, at)) WITHOUT ROWID; BEGIN"
        )
        if path is not None:
            self._load(path)

    def close(self) -> None:
        """Forget all rows."""
        self._database.close()

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def _load(self, path: str) -> None:
        with open_regular(path) as file:
            text = io.TextIOWrapper(file, "utf-8-sig", newline="")
            rows = csv.reader(text)
            header = next(rows, [])
            if header != list(COLUMNS):
                raise RefusedError(
                    f"{path}: its columns are not {', '.join(COLUMNS)} alone", hint="name another table with --into"
                )
            try:
                self._database.executemany("INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?, 0)", self._known(rows))
            except (ValueError, IndexError, csv.Error) as error:
                raise RefusedError(
                    f"{path}:{rows.line_num}: {error}", hint="mend the table first, or name another with --into"
                ) from None

    def _known(self, rows: Iterator[list[str]]) -> Iterator[tuple[int, int, int, float]]:
        for row in rows:
            if row:
                claim, by, at, chance = row
                yield self._number(claim), self._number(by), instants.instant(at), float(chance)

    def add(self, claim: str, by: str, at: int, chance: float) -> Added:
        """Add a row, unless one of the same claim, forecaster and instant is known."""
        key = (self._number(claim), self._number(by), at)
        if self._database.execute("INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?, 1)", (*key, chance)).rowcount:
            self.new += 1
            return "new"
        # A row of the table that is there becomes one of this run, so that the next of the same is the second.
        once = "UPDATE known SET fresh = 1 WHERE (claim, by, at) = (?, ?, ?) AND p = ? AND NOT fresh"
        return "there" if self._database.execute(once, (*key, chance)).rowcount else "twice"


def _copy(file: BinaryIO, path: str | None) -> None:
    """Write the rows that are there already, byte for byte, or the header of a new table."""
    if path is None:
        file.write(_HEADER.encode())
        return
    last = b"\n"
    with open_regular(path) as old:
        while block := old.read(1 << 20):
            file.write(block)
            last = block[-1:]
    if last != b"\n":
        file.write(b"\n")


def _line(claim: str, by: str, at: int, chance: float) -> bytes:
    """One row of the table; keys need no quotes."""
    return f"{claim},{by},{instants.written(at)},{chance!r}\n".encode()


class ForecastTable:
    """The table that forecasts go to: nothing of it is made before the first forecast comes."""

    def __init__(self, target: str, relative: str, patterns: Sequence[str], stack: ExitStack, taken: Taken) -> None:
        self.relative = PurePosixPath(relative).as_posix()
        path = PurePosixPath(self.relative)
        if path.is_absolute() or ".." in path.parts or path.suffix != ".csv":
            raise UsageError(f"--into {relative}: no CSV file in the ledger's folder", hint="such as forecasts/own.csv")
        self._path = str(Path(target).parent / path)
        self._patterns, self._stack, self._taken = patterns, stack, taken
        self._rows: ForecastRows | None = None
        self._growing: Growing | None = None

    @property
    def touched(self) -> bool:
        """Whether forecasts came that belong to the table."""
        return self._rows is not None

    @property
    def unlisted(self) -> bool:
        """Whether the ledger has to be told of the table."""
        return self.touched and not any(PurePosixPath(self.relative).match(one) for one in self._patterns)

    def add(self, claim: str, by: str, at: int, chance: float) -> Added:
        """Add a forecast, if it is not known."""
        if self._rows is None:
            self._begin()
        assert self._rows is not None and self._growing is not None
        added = self._rows.add(claim, by, at, chance)
        if added == "new":
            self._growing.file.write(_line(claim, by, at, chance))
        return added

    def _begin(self) -> None:
        there = self._path if is_file(self._path) else None
        self._growing = self._stack.enter_context(closing(Growing(self._path, own=is_table, ledger=self._taken)))
        self._rows = self._stack.enter_context(closing(ForecastRows(there)))
        _copy(self._growing.file, there)

    def place(self) -> None:
        """Give the table its name, if rows came to it."""
        if self._growing is not None and self._rows is not None and self._rows.new:
            self._growing.place()
