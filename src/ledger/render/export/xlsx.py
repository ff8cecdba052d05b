"""Claims as an Excel workbook: typed cells and no formulas; sheets for judgements, people, topics, sources too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ...bulk.installed import module
from ...fields import PERSON, RESOLUTION, SOURCE
from ...model import About
from ...results.list import Listing
from ...text import multiline
from ..objects import BETWEEN
from .archive import zipped
from .typed_columns import TypedColumn, claim_columns, claim_rows, named_rows, of_fields, plain

_CELL = 32_767  # characters that a cell can hold
_WIDE = {"claim": 60, "quote": 40, "criteria": 40, "note": 30, "id": 30}


def document(listing: Listing) -> bytes:
    """The bytes of a workbook."""
    openpyxl = module("openpyxl", "Excel")
    book = openpyxl.Workbook(write_only=True)
    ledger = listing.ledger
    columns = claim_columns()
    _sheet(book, "claims", columns, claim_rows(listing, columns))
    made = [TypedColumn("claim", "text", ""), TypedColumn("number", "whole", ""), *of_fields(RESOLUTION)]
    _sheet(book, "judgements", made, judgements(listing, made))
    for table, fields in (("people", PERSON), ("sources", SOURCE)):
        own = [TypedColumn("key", "text", ""), *of_fields(fields)]
        rows = ([key, *(entry[column.name] for column in own[1:])] for key, entry in named_rows(ledger, table))
        _sheet(book, table, own, rows)
    _sheet(book, "topics", [TypedColumn("key", "text", ""), TypedColumn("meaning", "text", "")], ledger.topics.items())
    about = ledger.about or About()
    told = {"title": ledger.title, "creator": about.keeper, "language": about.language, "description": _rights(about)}
    for name, text in told.items():
        if text:
            setattr(book.properties, name, multiline(text))
    out = io.BytesIO()
    book.save(out)
    return zipped(dict(_timeless(out, listing.day)), b"forecast-ledger xlsx")


def _rights(about: About) -> str | None:
    """Where the ledger is published, how its keeper is reached, and what others may do with it."""
    licence = f"Licence: {about.licence}" if about.licence else None
    return "\n".join(filter(None, (about.url, about.repository, about.contact, licence))) or None


def _timeless(book: io.BytesIO, day: date) -> Iterator[tuple[str, bytes]]:
    """The files of a workbook, made and changed on the day they tell of: the library writes the time of the clock."""
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(?<=>)[0-9-]{10}T[0-9:.]+Z(?=<)", f"{day}T00:00:00Z".encode(), content)
            yield name, content


def judgements(listing: Listing, columns: Sequence[TypedColumn]) -> Iterable[list[Any]]:
    """One row a judgement of the claims that are listed: their id, its number, its fields."""
    from ..objects import claim_objects

    for found in claim_objects(listing):
        for number, made in enumerate(found["resolutions"], 1):
            values = {"claim": found["id"], "number": number, **made}
            yield [plain(values[column.name], column.kind) for column in columns]


def _sheet(book: Any, title: str, columns: Sequence[TypedColumn], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    letters = module("openpyxl.utils", "Excel").get_column_letter
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[letters(number)].width = _WIDE.get(column.name, 14)
    cell = module("openpyxl.cell", "Excel").WriteOnlyCell
    head = [cell(sheet, column.name) for column in columns]
    for one in head:
        one.font = module("openpyxl.styles", "Excel").Font(bold=True)
    sheet.append(head)
    last = 1
    for row in rows:
        sheet.append([_cell(sheet, cell, value, column) for value, column in zip(row, columns, strict=True)])
        last += 1
    sheet.auto_filter.ref = f"A1:{letters(len(columns))}{last}"


def _cell(sheet: Any, cell: Any, value: Any, column: TypedColumn) -> Any:
    """A cell of its type; a text is one even if it begins like a formula."""
    if value is None or (column.kind in ("number", "whole") and not isinstance(value, str)):
        return value
    if column.kind == "date":
        return date.fromisoformat(value)
    text = BETWEEN.join(value) if isinstance(value, list | tuple) else str(value)
    shown = multiline(text)
    made = cell(sheet, shown if len(shown) <= _CELL else shown[: _CELL - 1] + "…")
    made.data_type = "s"
    return made
