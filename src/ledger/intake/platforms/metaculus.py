"""Metaculus' data download: question_data.csv and forecast_data.csv, of every generation of their headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...errors import RefusedError
from ...text import shorten
from . import instants
from .common import Import, Platform, PlatformQuestion, forecast_in, proposal
from .made_keys import slug
from .proposals import Item, Proposal, ProposedForecast, Refused
from .tables import HeaderTable, TableRow, cell

PLATFORM = Platform("metaculus", "Metaculus", "https://www.metaculus.com")
_OUTCOMES = {"yes": "true", "no": "false", "ambiguous": "ambiguous", "annulled": "annulled", "": None, "none": None}


def read(reading: Import) -> Iterator[Item]:
    """All questions, then all forecasts; comments and scores of the archive are passed over."""
    reading.kinds[PLATFORM.name] = "crowd"
    tables = [HeaderTable(member) for member in reading.members if member.base.lower().endswith(".csv")]
    questions = [table for table in tables if table.has("Question ID", "Question Title")]
    forecasts = [table for table in tables if table.has("Question ID", "Start Time")]
    if not questions:
        raise RefusedError(
            "no question_data.csv among the files", hint="give the zip archive, or both of its files, as downloaded"
        )
    state: dict[str, str | None] = {}
    for table in questions:
        yield from _questions(reading, table, state)
    if not reading.claims_only:
        for table in forecasts:
            yield from _forecasts(reading, table, state)


def _questions(reading: Import, table: HeaderTable, state: dict[str, str | None]) -> Iterator[Item]:
    yield table.head()
    key, kind = table.needed("Question ID"), table.column("Question Type", "Type")
    for row in table.rows():
        if isinstance(row, Refused):
            yield row
            continue
        number = cell(row, key)
        if number in state:
            yield Refused("differs", f"question {number} stands twice", row.place, row.raw)
            continue
        found = _refused_kind(row, kind) or _question(reading, table, row, number)
        state[number] = found.code if isinstance(found, Refused) else None
        yield found
    reading.foreign(table.lines, table.name)


def _refused_kind(row: TableRow, kind: int | None) -> Refused | None:
    named = cell(row, kind).lower().replace("_", " ")
    if named in ("binary", ""):
        return None
    code = "options" if named.startswith("multiple") else "conditional" if "condition" in named else "density"
    return Refused(code, f"a {shorten(named, 30)} question", row.place, row.raw)


def _question(reading: Import, table: HeaderTable, row: TableRow, number: str) -> Proposal | Refused:
    outcome = cell(row, table.column("Resolution")).lower()
    if outcome not in _OUTCOMES:
        return Refused("bad-outcome", f"resolution {shorten(outcome, 40)!r}", row.place, row.raw)
    title, label = cell(row, table.needed("Question Title")), cell(row, table.column("Label"))
    if not slug(number):
        return Refused("missing", "no Question ID", row.place, row.raw)
    try:
        times = {
            name: instants.instant(text, reading.options.dates) if text and text.lower() != "none" else None
            for name in ("Open Time", "Scheduled Close Time", "Actual Close Time", "Resolution Known Time")
            for text in (cell(row, table.column(name)),)
        }
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), row.place, row.raw)
    closed = [at for at in (times["Actual Close Time"], times["Resolution Known Time"]) if at is not None]
    decided = _OUTCOMES[outcome]
    found = PlatformQuestion(
        number,
        f"metaculus-{slug(number)}",
        f"{title} ({label})" if label and label.lower() not in ("none", title.lower()) else title,
        said=times["Open Time"],
        deadline=times["Scheduled Close Time"] or times["Actual Close Time"],
        outcome=decided,
        judged=(times["Resolution Known Time"] or times["Actual Close Time"]) if decided else None,
        url=_address(cell(row, table.column("Question URL"))),
        at=f"question {number}",
        topics=[cell(row, table.column("Default Project"))],
        until=min(closed, default=None) if decided else times["Actual Close Time"],
    )
    return proposal(reading, PLATFORM, found, row.place, row.raw)


def _address(text: str) -> str | None:
    return text if text.startswith(("https://", "http://")) and not set(text) & set(' <>"') else None


class _MetaculusColumns(NamedTuple):
    question: int
    forecaster: int | None
    name: int | None
    hidden: int | None
    start: int
    end: int | None
    yes: int | None
    categories: int | None
    density: int | None


def _forecasts(reading: Import, table: HeaderTable, state: dict[str, str | None]) -> Iterator[Item]:
    yield table.head()
    columns = _MetaculusColumns(
        table.needed("Question ID"),
        table.column("Forecaster ID"),
        table.column("Forecaster Username"),
        table.column("Forecaster (Anonymized)"),
        table.needed("Start Time"),
        table.column("End Time"),
        table.column("Probability Yes"),
        table.column("Probability Yes Per Category"),
        table.column("Continuous CDF"),
    )
    ends: dict[tuple[str, str], str] = {}  # until when the last forecast of somebody on a question stood
    for row in table.rows():
        found = row if isinstance(row, Refused) else _forecast(reading, columns, row, state)
        if isinstance(found, ProposedForecast) and isinstance(row, TableRow):
            ends[found.key, found.by] = cell(row, columns.end)
        yield found
    taken_back = sum(bool(end) for end in ends.values())
    if taken_back:
        shown = "1 last forecast has" if taken_back == 1 else f"{taken_back:,} last forecasts have"
        reading.notes.append(f"{shown} an End Time: a table cannot say so, so they stand on")
    reading.foreign(table.lines, table.name)


def _forecast(
    reading: Import, columns: _MetaculusColumns, row: TableRow, state: dict[str, str | None]
) -> ProposedForecast | Refused:
    place, raw, key = row.place, row.raw, cell(row, columns.question)
    code = state.get(key)
    if code is not None:
        return Refused(code, f"question {shorten(key, 20)}", place, raw)
    if key not in state:
        return Refused("unknown-claim", f"no question {shorten(key, 20)!r} in question_data", place, raw)
    if not cell(row, columns.yes):
        code = "options" if cell(row, columns.categories) else "density" if cell(row, columns.density) else "missing"
        return Refused(code, "no Probability Yes", place, raw)
    by = _forecaster(reading, columns, row)
    if isinstance(by, Refused):
        return by
    return forecast_in(reading, row, key, by, cell(row, columns.start), cell(row, columns.yes))


def _forecaster(reading: Import, columns: _MetaculusColumns, row: TableRow) -> str | Refused:
    """Who made a forecast: a user; or the crowd, if its method was asked for; or a pseudonym, if those were."""
    place, raw = row.place, row.raw
    hidden = cell(row, columns.hidden)
    name, number = cell(row, columns.name), cell(row, columns.forecaster)
    aggregate = (name or hidden) if not number else ""
    if hidden and not _is_pseudonym(hidden):
        aggregate = hidden
    elif hidden:
        if reading.options.anonymous:
            return f"Anonymous {hidden[:12]}"
        return Refused("anonymous", "the download hides who forecast: --anonymous takes pseudonyms", place, raw)
    if aggregate:
        if aggregate == reading.options.crowd:
            return PLATFORM.name
        shown = shorten(aggregate, 40)
        return Refused("aggregate", f"{shown}: --crowd {shown} takes it as the crowd's", place, raw)
    return name or (f"Metaculus user {number}" if number else Refused("anonymous", "no forecaster", place, raw))


def _is_pseudonym(text: str) -> bool:
    """A checksum or a number, and not the name of a method of aggregation."""
    return text.isdecimal() or (len(text) >= 16 and all(sign in "0123456789abcdef" for sign in text.lower()))
