"""Fatebook's CSV export: a row a forecast, with the columns of its question beside it in each row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import instants
from .common import Import, Platform, PlatformQuestion, forecast_in, proposal
from .made_keys import key_of
from .proposals import Item, Proposal, ProposedForecast, Refused
from .tables import HeaderTable, TableRow, cell

PLATFORM = Platform("fatebook", "Fatebook", "https://fatebook.io")
_OUTCOMES = {"YES": "true", "NO": "false", "AMBIGUOUS": "ambiguous", "": None}


class _FatebookColumns(NamedTuple):
    title: int
    by: int
    forecast: int
    made: int
    asked: int | None
    asker: int | None
    due: int | None
    resolution: int | None
    resolved: int | None
    option: int | None
    notes: int | None
    tags: int | None
    tournament: int | None


def read(reading: Import) -> Iterator[Item]:
    """Questions, each before its first forecast, and forecasts, in the order of the file."""
    for member in reading.members:
        table = HeaderTable(member)
        yield table.head()
        columns = _columns(table)
        questions: dict[str, Proposal | Refused] = {}
        for row in table.rows():
            if isinstance(row, Refused):
                yield row
            else:
                yield from _row(reading, columns, row, questions)
        reading.foreign(table.lines, table.name)


def _columns(table: HeaderTable) -> _FatebookColumns:
    return _FatebookColumns(
        table.needed("Question title"),
        table.needed("Forecast created by"),
        table.needed("Forecast (scale = 0-1)"),
        table.needed("Forecast created at"),
        table.column("Question created at"),
        table.column("Question created by"),
        table.column("Question resolve by"),
        table.column("Resolution", "Question resolution"),
        table.column("Resolved at", "Question resolved at"),
        table.column("Multiple choice option"),
        table.column("Question notes"),
        table.column("Question tags", "Tags"),
        table.column("Tournament name"),
    )


def _row(
    reading: Import, columns: _FatebookColumns, row: TableRow, questions: dict[str, Proposal | Refused]
) -> Iterator[Item]:
    place, raw = row.place, row.raw
    if cell(row, columns.option):
        yield Refused("options", f"an answer of {cell(row, columns.title)[:40]!r}", place, raw)
        return
    key = "\x1f".join(cell(row, at) for at in (columns.title, columns.asker, columns.asked))
    known = questions.get(key)
    if known is None:
        known = questions[key] = _question(reading, columns, row, key)
        yield known
        if isinstance(known, Refused):
            return
    elif isinstance(known, Refused):
        yield Refused("claim-refused", known.message, place, raw)
        return
    if not reading.claims_only:
        yield _forecast(reading, columns, row, key)


def _question(reading: Import, columns: _FatebookColumns, row: TableRow, key: str) -> Proposal | Refused:
    place = row.place
    outcome = cell(row, columns.resolution).upper()
    if outcome not in _OUTCOMES:
        return Refused("bad-outcome", f"resolution {outcome[:40]!r}", place, row.raw)
    try:
        asked, due, resolved = (_instant(reading, row, at) for at in (columns.asked, columns.due, columns.resolved))
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), place, row.raw)
    title, asker = cell(row, columns.title), cell(row, columns.asker)
    tags = cell(row, columns.tags)
    found = PlatformQuestion(
        key,
        key_of(title, asker, str(asked)),
        title,
        said=asked,
        deadline=due,
        outcome=_OUTCOMES[outcome],
        judged=resolved if _OUTCOMES[outcome] else None,
        at=f"asked by {asker}" if asker else None,
        topics=[*(tags.replace(";", ",").split(",") if tags else ()), cell(row, columns.tournament)],
        note=cell(row, columns.notes),
        until=resolved,
    )
    return proposal(reading, PLATFORM, found, place, "")


def _instant(reading: Import, row: TableRow, column: int | None) -> int | None:
    text = cell(row, column)
    return instants.instant(text, reading.options.dates or "mdy") if text else None


def _forecast(reading: Import, columns: _FatebookColumns, row: TableRow, key: str) -> ProposedForecast | Refused:
    place, raw = row.place, row.raw
    by = cell(row, columns.by)
    if not by:
        return Refused("anonymous", "no forecaster", place, raw)
    return forecast_in(reading, row, key, by, cell(row, columns.made), cell(row, columns.forecast), order="mdy")
