"""From a path to tables: a file, a folder or a pattern; each header is read, no row yet."""

from __future__ import annotations

import csv
import json
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, cast

from ..errors import UnreadableError, UsageError
from ..files import questions
from ..files.globs import ENTRIES
from ..files.reading import Disk
from ..model import FilePattern
from ..text import did_you_mean, visible
from .layout import COLUMNS, OTHER_NAMES, REQUIRED, ForecastFile

Form = Literal["csv", "tsv", "jsonl", "parquet"]
FORMS: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
HEADER = 1 << 20
_MAGIC = b"PAR1"
_KINDS = "CSV, TSV, JSON lines (.jsonl) and Parquet"


def tables_at(path: str) -> list[ForecastFile]:
    """The tables that a file, a folder (with those below it) or a pattern means, in order of name.

    UnreadableError for a path that leads to none, or to one that cannot be read.
    """
    wanted = questions.expanded(path)
    if questions.is_folder(wanted):
        names = _matching(path, wanted, "**/*")
    elif questions.exists(wanted) or not any(sign in wanted for sign in "*?["):
        names = [wanted]
    else:
        root = os.sep if wanted.startswith(os.sep) else ""
        names = _matching(path, root, wanted.removeprefix(root))
    return tables_of(names)


def patterns_of(path: str) -> list[FilePattern]:
    """What `tables_at` takes from a path, as patterns: they mean also what is not there yet."""
    wanted = questions.expanded(path)
    if questions.is_folder(wanted):
        return [FilePattern(os.path.join(wanted, "-"), f"**/*{suffix}") for suffix in FORMS]  # noqa: PTH118
    root = os.sep if wanted.startswith(os.sep) else ""
    return [FilePattern(root, wanted.removeprefix(root))]


def tables_named(entries: Sequence[FilePattern]) -> Iterator[tuple[int, list[ForecastFile] | str]]:
    """Of each entry of a ledger's `forecasts` its number and its tables, or why it has none."""
    for number, entry in enumerate(entries):
        try:
            yield number, tables_of(_named(entry))
        except (UnreadableError, UsageError) as error:
            yield number, error.message


def _named(entry: FilePattern) -> list[str]:
    disk, pattern = Disk(), entry.pattern
    if pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern or "://" in pattern:
        raise UnreadableError(f"{pattern} leads out of the ledger's folder")
    folder = disk.home(entry.file)
    found = disk.matches(folder, pattern)
    if found.links:
        raise UnreadableError(f"{found.links[0]} is a link, which patterns do not follow: name what it leads to")
    if found.cut:
        raise UnreadableError(f"{pattern} leads through too many files to look at")
    if not found.files:
        raise UnreadableError(f"{pattern} matches no file")
    outside = next((name for name in found.files if not disk.within(name, folder)), None)
    if outside is not None:
        raise UnreadableError(f"{outside} leads out of the ledger's folder")
    return found.files


def _matching(path: str, folder: str, pattern: str) -> list[str]:
    found = Disk().matches(folder, pattern)
    if found.cut:
        raise UnreadableError(f"{path}: more than {ENTRIES:,} names", hint="join them into fewer, larger ones")
    names = [name for name in found.files if Path(name).suffix.lower() in FORMS and questions.is_file(name)]
    if not names:
        raise UnreadableError(f"{path}: no table of forecasts there", hint=f"tables are {_KINDS}")
    return names


def tables_of(names: Iterable[str]) -> list[ForecastFile]:
    """These files as tables; UnreadableError for the first that is none."""
    found = [table_of(name) for name in names]
    alone = {"outcome" in table.columns for table in found}
    if len(alone) > 1:
        without = next(table for table in found if "outcome" not in table.columns)
        other = next(table for table in found if "outcome" in table.columns)
        raise UsageError(
            f"{without.path} has no column outcome, {other.path} has one",
            hint="give tables that stand alone and tables about a ledger's claims in separate runs",
        )
    return found


def table_of(name: str) -> ForecastFile:
    """One file as a table; UnreadableError if it cannot be read or its header lacks a column."""
    form = FORMS.get(Path(name).suffix.lower())
    _refuse(name)
    if form is None:
        raise UnreadableError(f"{name}: not a table of forecasts by its name", hint=f"tables are {_KINDS}")
    header = _header(name, form)
    return ForecastFile(name, form, tuple(header), columns_of(name, header))


def _refuse(name: str) -> None:
    try:
        info = Path(name).stat()
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "no such file" if missing else str(getattr(error, "strerror", None) or error).lower()
        raise UnreadableError(f"{name}: {reason}", hint="check the path" if missing else None) from None
    if not stat.S_ISREG(info.st_mode):
        raise UnreadableError(f"{name}: not a regular file")


def _header(name: str, form: Form) -> list[str]:
    """The names of the columns as they stand in the file."""
    try:
        if form == "parquet":
            return _parquet_columns(name)
        with open(name, "rb") as file:  # noqa: PTH123
            start = file.read(HEADER)
        text = start.decode("utf-8-sig", "strict" if len(start) < HEADER else "replace")
    except UnicodeDecodeError as error:
        line = start.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"{name}:{line}: not UTF-8", hint="save the table as UTF-8") from None
    except OSError as error:
        raise UnreadableError(f"{name}: {(error.strerror or str(error)).lower()}") from None
    return _json_keys(text) if form == "jsonl" else _first_row(name, text, form)


def _first_row(name: str, text: str, form: Form) -> list[str]:
    try:
        return next(csv.reader(text.splitlines(keepends=True), delimiter="\t" if form == "tsv" else ","), [])
    except csv.Error as error:
        raise UnreadableError(f"{name}:1: {error}") from None


def _json_keys(text: str) -> list[str]:
    """The keys of the first lines: a value that is absent need not be written."""
    keys: dict[str, None] = {}
    for line in text.splitlines()[:1000]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            keys.update(dict.fromkeys(row))
    return list(keys)


def _parquet_columns(name: str) -> list[str]:
    """The columns of a Parquet file; its end must be there, since that is where they are described."""
    with open(name, "rb") as file:  # noqa: PTH123
        head = file.read(4)
        file.seek(0, os.SEEK_END)
        size = file.tell()
        file.seek(max(size - 4, 0))
        whole = head == _MAGIC and file.read(4) == _MAGIC and size >= 12
    if not whole:
        raise UnreadableError(
            f"{name}: not a whole Parquet file: its end is missing", hint="it was cut off; copy or write it again"
        )
    from .installed import parquet_columns

    return parquet_columns(name)


def columns_of(name: str, found: Sequence[str]) -> dict[str, str]:
    """Our names of columns and those in the file; UnreadableError names what is missing."""
    columns: dict[str, str] = {}
    for written in found:
        own = OTHER_NAMES.get(written, written)
        if own in COLUMNS:
            if own in columns:
                raise UnreadableError(f"{name}: two columns for {own}: {visible(columns[own])} and {visible(written)}")
            columns[own] = written
    for wanted in REQUIRED:
        if wanted not in columns:
            near = did_you_mean(wanted, cast("list[str]", [visible(word) for word in found]))
            raise UnreadableError(
                f"{name}: no column {wanted}",
                hint=f"a table has the columns {', '.join(REQUIRED)} (claim may be called question)"
                + (f"; {near}" if near else ""),
            )
    return columns
