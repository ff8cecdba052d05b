"""The tables that export writes, read back whole: csv with the names of its keys, and the files of a data package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ... import fields
from ...edit.blocks import Value
from ...errors import RefusedError
from ...fields import Field
from ...text import unguarded
from ...writing import records
from .common import Import
from .jsonl import refused
from .proposals import Item, Proposal, Refused
from .sources import Member
from .tables import HeaderTable, TableRow, cell

_NUMBERS = ("number", "probability", "whole")
_NESTED = ("group", "groups", "mentions", "range")
_FIRST = ("id", "claim", "speaker")


def is_export(table: HeaderTable) -> bool:
    """Whether a table is what export csv wrote, by its header alone: only then are cells taken back as they were."""
    return tuple(table.header[:3]) == _FIRST and table.has("said", "deadline", "resolutions", "status")


def read(reading: Import) -> Iterator[Item]:
    """The claims of a data package, with all names that it declares."""
    members = {member.base: member for member in reading.members}
    if "claims.csv" not in members:
        raise RefusedError("no claims.csv among the files", hint="give the zip archive that export datapackage wrote")
    reading.take_head(_described(members.get("datapackage.json")))
    for name, table in (("people", fields.PERSON), ("sources", fields.SOURCE), ("topics", ())):
        if f"{name}.csv" in members:
            yield from _declared(reading, name, table, HeaderTable(members[f"{name}.csv"]))
    yield from claims(reading, HeaderTable(members["claims.csv"]), names=False)


def _described(member: Member | None) -> Mapping[str, Any]:
    if member is None:
        return {}
    with member.open() as file:
        try:
            found = json.loads(file.read(1 << 20))
        except (ValueError, RecursionError):
            return {}
    return found if isinstance(found, dict) else {}


def _declared(reading: Import, name: str, fields_: tuple[Field, ...], table: HeaderTable) -> Iterator[Item]:
    yield table.head()
    for row in table.rows():
        if isinstance(row, Refused):
            yield row
            continue
        key = cell(row, table.needed("key"))
        value: Value
        try:
            value = records.from_json(fields_, _values(table, row, fields_), f"{name} {key}") if fields_ else ""
        except RefusedError as error:
            yield refused(error, row.place, row.raw)
            continue
        reading.declare(name, key, value or unguarded(row.cells[table.needed("meaning")]))


def claims(reading: Import, table: HeaderTable, *, names: bool = True) -> Iterator[Item]:
    """The claims of a table; with `names` also the people, topics and sources that each row names."""
    yield table.head()
    for row in table.rows():
        yield row if isinstance(row, Refused) else _claim(reading, table, row, names=names)
    reading.foreign(table.lines, table.name)


def _claim(reading: Import, table: HeaderTable, row: TableRow, *, names: bool) -> Proposal | Refused:
    try:
        record = records.claim_from_json(_values(table, row, fields.CLAIM), "", also=())
        if names:
            _declare(reading, table, row, record)
    except RefusedError as error:
        return refused(error, row.place, row.raw)
    claim = str(record.get("id", ""))
    if not claim:
        return Refused("missing", "no id", row.place, row.raw)
    return Proposal(claim, record, row.place, row.raw, exact=True)


def _values(table: HeaderTable, row: TableRow, fields_: tuple[Field, ...]) -> dict[str, Any]:
    """The cells of a row as values of JSON, by the types that the fields have."""
    found = {}
    for field in fields_:
        at = table.column(field.key)
        text = unguarded(row.cells[at]) if at is not None else ""
        if text:
            found[field.key] = _value(field, text)
    return found


def _value(field: Field, text: str) -> Any:
    if field.type in _NESTED:
        return _json(text, field.key)
    if field.type in ("names", "texts"):
        return [name.strip() for name in text.replace(";", ",").split(",") if name.strip()]
    if field.type in _NUMBERS:
        try:
            return int(text) if text.lstrip("+-").isdecimal() else float(text)
        except ValueError:
            raise RefusedError(f"{field.key} is not a number") from None
    return text


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise RefusedError(f"{name} is not JSON", hint="a spreadsheet may have changed the cell") from None


def _declare(reading: Import, table: HeaderTable, row: TableRow, record: Mapping[str, Value]) -> None:
    """Declare what a row names: names from its own cell, the address of its source from its columns."""
    at = table.column("names")
    given = _json(unguarded(row.cells[at]) or "{}", "names") if at is not None else {}
    given = given if isinstance(given, dict) else {}
    people, sources, topics = ({**(given.get(name) or {})} for name in ("people", "sources", "topics"))
    people.setdefault(str(record.get("speaker", "")), _cell(table, row, "speaker_name"))
    sources.setdefault(str(record.get("source", "")), _cell(table, row, "source_title"))
    for key, name in people.items():
        _declare_one(reading, "people", key, {"name": name or key})
    for key, title in sources.items():
        more = {}
        if key == record.get("source"):
            addresses = {"url": "source_url", "archived": "source_archived"}
            more = {field: text for field, column in addresses.items() if (text := _cell(table, row, column))}
        _declare_one(reading, "sources", key, {"title": title or key, **more})
    for key, words in topics.items():
        reading.declare("topics", key, str(words))


def _cell(table: HeaderTable, row: TableRow, name: str) -> str:
    at = table.column(name)
    return unguarded(row.cells[at]) if at is not None else ""


def _declare_one(reading: Import, table: str, key: str, entry: dict[str, Value]) -> None:
    """Declare a name; rows that say less of it than others are no contradiction."""
    if key:
        known = reading.declared[table].get(key)
        reading.declared[table][key] = {**known, **entry} if isinstance(known, Mapping) else entry
