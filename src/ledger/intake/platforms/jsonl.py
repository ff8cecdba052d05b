"""Lines of JSON as export writes them: each a claim in full, with the names it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ... import columns, fields
from ...edit.blocks import Value
from ...errors import RefusedError
from ...writing import records
from .common import Import
from .json_entries import JsonEntry, by_line
from .proposals import Item, Proposal, Refused, RefusedFrame, RowPlace

ALSO = (*columns.DERIVED, "declared")  # what a row says beside the fields
FIELDS = {"people": fields.PERSON, "sources": fields.SOURCE}
TABLES = ("people", "topics", "sources")


def read(reading: Import) -> Iterator[Item]:
    """The claims of each file, and what they declare."""
    for member in reading.members:
        yield RefusedFrame(member.name)
        for entry in by_line(member):
            if isinstance(entry, Refused):
                yield entry
                continue
            yield _claim(reading, entry)


def _claim(reading: Import, entry: JsonEntry) -> Proposal | Refused:
    given = entry.data.get("declared") or {}
    try:
        record = records.claim_from_json(entry.data, "", also=ALSO)
        entries = list(declared(given))
        reading.take_head(given)
    except RefusedError as error:
        return refused(error, entry.place, entry.raw)
    claim = str(record.get("id", ""))
    if not claim:
        return Refused("missing", "no id", entry.place, entry.raw)
    for table, key, value in entries:
        if not reading.declare(table, key, value):
            return Refused("differs", f"{table} declares {key} in two ways", entry.place, entry.raw)
    return Proposal(claim, record, entry.place, entry.raw, exact=True)


def refused(error: RefusedError, place: RowPlace, raw: str) -> Refused:
    """A row whose fields do not fit, as the error says."""
    message = error.message.removeprefix(": ")
    return Refused("bad-value", f"{message} ({error.hint})" if error.hint else message, place, raw)


def declared(given: Any) -> Iterator[tuple[str, str, Value]]:
    """Table, key and entry of each name that is declared; RefusedError for what has another form."""
    if not isinstance(given, Mapping):
        raise RefusedError("declared is not an object")
    for table in TABLES:
        entries = given.get(table) or {}
        if not isinstance(entries, dict):
            raise RefusedError(f"declared {table} is not an object")
        for key, value in entries.items():
            if table != "topics":
                yield table, key, records.from_json(FIELDS[table], value, f"{table} {key}")
            elif isinstance(value, str):
                yield table, key, value
            else:
                raise RefusedError(f"{table} {key} is not a text")
