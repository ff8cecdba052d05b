"""PredictionBook: the JSON of its interface, and the CSV in which its forecasts were collected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import RefusedError
from ...text import shorten
from . import instants
from .common import Import, Platform, PlatformQuestion, forecast_in, proposal
from .json_entries import JsonEntry, entries, part, text
from .made_keys import slug
from .probabilities import NoProbabilityError, probability
from .proposals import Item, Proposal, ProposedForecast, Refused, RowPlace
from .tables import HeaderTable, TableRow, cell

PLATFORM = Platform("predictionbook", "PredictionBook", "https://predictionbook.com")
_OUTCOMES = {
    "1": "true", "true": "true", "right": "true", "yes": "true",
    "0": "false", "false": "false", "wrong": "false", "no": "false",
    "-1": "ambiguous", "unknown": None, "": None, "none": None, "null": None, "nan": None,
}  # fmt: skip


def read(reading: Import) -> Iterator[Item]:
    """Questions and forecasts of JSON or CSV files."""
    if any(member.base.lower().endswith((".json", ".jsonl")) or _looks_like_json(member) for member in reading.members):
        for member in reading.members:
            for found in entries(member):
                if isinstance(found, JsonEntry):
                    yield from _prediction(reading, found)
                else:
                    yield found
        return
    yield from _tables(reading)


def _looks_like_json(member: Any) -> bool:
    with member.open() as file:
        return bytes(file.read(64)).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")


# --- JSON ------------------------------------------------------------------------------------------------------


def _prediction(reading: Import, entry: JsonEntry) -> Iterator[Item]:
    made = _from_json(reading, entry)
    yield made
    responses = entry.data.get("responses")
    if isinstance(made, Proposal) and isinstance(responses, list) and not reading.claims_only:
        for response in responses:
            if isinstance(response, dict) and response.get("confidence") is not None:
                raw = part(entry.data, "responses", response)
                yield _response(response, made.key, entry.place, raw)


def _from_json(reading: Import, entry: JsonEntry) -> Proposal | Refused:
    data, place, raw = entry.data, entry.place, entry.raw
    key = text(data, "id")
    outcome = text(data, "outcome").lower().removesuffix(".0")
    if outcome not in _OUTCOMES:
        return Refused("bad-outcome", f"outcome {shorten(outcome, 30)!r}", place, raw)
    if not slug(key):
        return Refused("missing", "no id", place, raw)
    try:
        asked, due, judged = (
            instants.instant(found) if found else None
            for found in (
                text(data, "created_at"),
                text(data, "deadline"),
                text(data, "judged_at", "resolved_at") or _judged_at(data),
            )
        )
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), place, raw)
    withdrawn = data.get("withdrawn") is True
    creator = text(data, "creator", "creator_name", "user", "user_name")
    found = PlatformQuestion(
        key,
        f"predictionbook-{slug(key)}",
        text(data, "description", "title"),
        said=asked,
        deadline=due,
        outcome="annulled" if withdrawn else _OUTCOMES[outcome],
        judged=judged,
        url=f"{PLATFORM.url}/predictions/{slug(key)}",
        at=f"prediction {key}" + (f", asked by {creator}" if creator else ""),
        until=judged,
    )
    return proposal(reading, PLATFORM, found, place, raw)


def _judged_at(data: dict[str, Any]) -> str:
    judgements = data.get("judgements")
    last = judgements[-1] if isinstance(judgements, list) and judgements else data.get("judgement")
    return text(last, "created_at") if isinstance(last, dict) else ""


def _response(data: dict[str, Any], key: str, place: RowPlace, raw: str) -> ProposedForecast | Refused:
    by = text(data, "user_name", "user", "user_id", "creator")
    if not by:
        return Refused("anonymous", "a response without a user", place, raw)
    try:
        at = instants.instant(text(data, "created_at"))
        chance = probability(text(data, "confidence"), "0-100")
    except instants.NoInstantError as error:
        return Refused("bad-date", f"a response: {error}", place, raw)
    except NoProbabilityError as error:
        return Refused("bad-probability", f"a response: {error}", place, raw)
    return ProposedForecast(key, by, at, chance, place, raw)


# --- CSV -------------------------------------------------------------------------------------------------------


class _BookColumns(NamedTuple):
    question: int
    user: int | None
    probability: int | None
    option: int | None
    made: int | None
    title: int | None
    outcome: int | None
    opened: int | None
    closes: int | None
    resolved: int | None


def _columns(table: HeaderTable) -> _BookColumns:
    return _BookColumns(
        table.needed("question_id"),
        table.column("user_id", "user"),
        table.column("probability"),
        table.column("answer_option"),
        table.column("timestamp"),
        table.column("q_title", "title"),
        table.column("outcome"),
        table.column("open_time", "time_open"),
        table.column("close_time", "time_close"),
        table.column("resolve_time", "time_resolve"),
    )


def _tables(reading: Import) -> Iterator[Item]:
    tables = [HeaderTable(member) for member in reading.members]
    forecasts = [table for table in tables if table.has("question_id", "probability")]
    if not forecasts:
        raise RefusedError("no forecasts among the files", hint="they have columns question_id, user_id, probability")
    titles = _titles([table for table in tables if table not in forecasts])
    questions: dict[str, Proposal | Refused] = {}
    for table in forecasts:
        yield table.head()
        columns = _columns(table)
        for row in table.rows():
            if isinstance(row, Refused):
                yield row
            else:
                yield from _row(reading, columns, row, titles, questions)
        reading.foreign(table.lines, table.name)


def _titles(tables: list[HeaderTable]) -> dict[str, str]:
    """The titles of questions by their number, from a table of questions."""
    found = {}
    for table in tables:
        key, title = table.needed("question_id"), table.needed("q_title", "title")
        found.update({cell(row, key): cell(row, title) for row in table.rows() if isinstance(row, TableRow)})
    return found


def _row(
    reading: Import,
    columns: _BookColumns,
    row: TableRow,
    titles: dict[str, str],
    questions: dict[str, Proposal | Refused],
) -> Iterator[Item]:
    key = cell(row, columns.question).removesuffix(".0")
    known = questions.get(key)
    if known is None:
        known = questions[key] = _from_row(reading, columns, row, key, titles)
        yield known
        if isinstance(known, Refused):
            return
    elif isinstance(known, Refused):
        yield Refused("claim-refused", known.message, row.place, row.raw)
        return
    if not reading.claims_only:
        yield _from_cells(reading, columns, row, key)


def _from_row(
    reading: Import, columns: _BookColumns, row: TableRow, key: str, titles: dict[str, str]
) -> Proposal | Refused:
    outcome = cell(row, columns.outcome).lower().removesuffix(".0")
    if outcome not in _OUTCOMES:
        return Refused("bad-outcome", f"outcome {shorten(outcome, 30)!r}", row.place, row.raw)
    try:
        opened, closes, resolved = (
            instants.instant(found, reading.options.dates) if found and found.lower() not in ("nan", "nat") else None
            for found in (cell(row, at) for at in (columns.opened, columns.closes, columns.resolved))
        )
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), row.place, row.raw)
    ends = [at for at in (closes, resolved) if at is not None]
    decided = _OUTCOMES[outcome]
    found = PlatformQuestion(
        key,
        f"predictionbook-{slug(key)}",
        cell(row, columns.title) or titles.get(key, "") or f"Prediction {key} of PredictionBook.",
        said=opened,
        deadline=closes,
        outcome=decided,
        judged=resolved if decided else None,
        url=f"{PLATFORM.url}/predictions/{slug(key)}",
        at=f"prediction {key}",
        until=min(ends, default=None),
    )
    return proposal(reading, PLATFORM, found, row.place, "")


def _from_cells(reading: Import, columns: _BookColumns, row: TableRow, key: str) -> ProposedForecast | Refused:
    place, raw, by = row.place, row.raw, cell(row, columns.user)
    option = cell(row, columns.option).lower().removesuffix(".0")
    if option not in ("", "1", "yes", "true", "a"):
        return Refused("options", f"answer_option {shorten(option, 20)!r}", place, raw)
    if not by:
        return Refused("anonymous", "no user_id", place, raw)
    return forecast_in(reading, row, key, by, cell(row, columns.made), cell(row, columns.probability))
