"""The rows of a table as plain Python reads them, each checked by itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..days import time_of
from ..errors import UnreadableError
from .layout import COLUMNS, ForecastFile, Reject, cut_of, moment, number

_TRUTH = {"true": 1, "false": 0}


class ForecastRow(NamedTuple):
    """One row: its place, its texts, what they mean, and why it is left out, if it is."""

    file: str
    row: int
    claim: str | None
    by: str | None
    date: str | None
    probability: str | None
    at: int = 0
    p: float = 0.0
    outcome: int | None = None
    opens: int | None = None
    closes: int | None = None
    decided: int | None = None
    reason: str | None = None


def rows_of(table: ForecastFile) -> Iterator[ForecastRow]:
    """Every row, in order; UnreadableError if the file cannot be read to its end."""
    for place, cells in _records(table):
        yield _row(table.path, place, cells)


def placed(table: ForecastFile, rejects: Mapping[int, Reject]) -> Iterator[Reject]:
    """The rejects of a table by the number of their row, with their lines and their own words, if it is of lines.

    The first row is 1; what is no row of the table is not counted.
    """
    if table.form == "parquet":
        yield from rejects.values()
        return
    number = 0
    for place, cells in _records(table) if rejects else ():
        if cells is not None or table.form == "jsonl":
            number += 1
            if number in rejects:
                row = _row(table.path, place, cells)
                yield Reject(table.path, place, rejects[number].reason, row.claim, row.by, row.date, row.probability)


def as_date(moment: int | None) -> str | None:
    """A moment as ISO 8601; of a day the day."""
    if moment is None:
        return None
    found = time_of(moment)
    return found.date().isoformat() if cut_of(moment) != moment else found.isoformat()


Cells = Mapping[str, str | None] | None  # None: no row of the table


def _records(table: ForecastFile) -> Iterator[tuple[int, Cells]]:
    """The line on which each record begins, and its cells."""
    try:
        yield from _json_rows(table) if table.form == "jsonl" else _delimited_rows(table)
    except UnicodeDecodeError:
        raise UnreadableError(f"{table.path}: not UTF-8", hint="save the table as UTF-8") from None
    except OSError as error:
        raise UnreadableError(f"{table.path}: {(error.strerror or str(error)).lower()}") from None


def _delimited_rows(table: ForecastFile) -> Iterator[tuple[int, Cells]]:
    with open(table.path, encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        reader = csv.reader(file, delimiter="\t" if table.form == "tsv" else ",", strict=True)
        header = table.header
        next(reader, None)
        places = {name: header.index(written) for name, written in table.columns.items()}
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield line, None
                continue
            if cells:
                whole = len(cells) >= len(header) and not any(cells[len(header) :])
                yield line, {name: cells[place] or None for name, place in places.items()} if whole else None


def _json_rows(table: ForecastFile) -> Iterator[tuple[int, Cells]]:
    with open(table.path, encoding="utf-8-sig") as file:  # noqa: PTH123
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            known = isinstance(found, dict) and any(written in found for written in table.columns.values())
            yield number, {name: _text(found.get(key)) for name, key in table.columns.items()} if known else None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _row(file: str, place: int, cells: Cells) -> ForecastRow:
    if cells is None:
        return ForecastRow(file, place, None, None, None, None, reason="malformed")
    claim, by, when, stated, *rest = (cells.get(name) for name in COLUMNS)
    words = (file, place, claim, by, when, stated)
    if claim is None or by is None:
        return ForecastRow(*words, reason="unnamed")
    at = moment(when) if when is not None else None
    if at is None:
        return ForecastRow(*words, reason="bad-date")
    p = number(stated.strip()) if stated is not None else None
    if p is None:
        return ForecastRow(*words, reason="bad-probability")
    if not 0 <= p <= 1:
        return ForecastRow(*words, at, p, reason="outside")
    outcome = truth(rest[0]) if rest[0] is not None else None
    closes, opens, decided = (moment(text) if text is not None else None for text in rest[1:])
    meant = zip((outcome, closes, opens, decided), rest, strict=True)
    sound = all(value is not None or text is None for value, text in meant)
    return ForecastRow(*words, at, p, outcome, opens, closes, decided, None if sound else "bad-outcome")


def truth(text: str) -> int | None:
    """An outcome: 0, 1, also as 0.0, 1.0, true, false; None for anything else."""
    found = _TRUTH.get(text.strip().lower())
    value = number(text.strip()) if found is None else found
    return int(value) if value in (0, 1) else None
