"""A data package (Frictionless): a zip archive of CSV files, with their columns described in datapackage.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ... import __version__
from ...fields import PERSON, RESOLUTION, SOURCE
from ...results.list import Listing
from .. import rowtext
from ..objects import about_object, cell, written
from .archive import zipped
from .typed_columns import TypedColumn, claim_columns, named_rows, of_fields
from .xlsx import judgements

_TYPES = {"text": "string", "date": "date", "number": "number", "whole": "integer", "texts": "string", "json": "any"}


def document(listing: Listing) -> bytes:
    """The bytes of the archive; `import datapackage` takes it back whole."""
    files: dict[str, tuple[list[TypedColumn], str]] = {"claims": (claim_columns(), "".join(written(listing, "csv")))}
    made = [
        TypedColumn("claim", "text", "id of the claim"),
        TypedColumn("number", "whole", "from 1"),
        *of_fields(RESOLUTION),
    ]
    files["judgements"] = made, _csv(made, judgements(listing, made))
    ledger = listing.ledger
    for table, fields in (("people", PERSON), ("sources", SOURCE)):
        own = [TypedColumn("key", "text", "the key that claims use"), *of_fields(fields)]
        rows = ([key, *(entry[column.name] for column in own[1:])] for key, entry in named_rows(ledger, table))
        files[table] = own, _csv(own, rows)
    topics = [TypedColumn("key", "text", "the key that claims use"), TypedColumn("meaning", "text", "what it is about")]
    files["topics"] = topics, _csv(topics, ledger.topics.items())
    texts = {
        "datapackage.json": json.dumps(_described(listing, files), ensure_ascii=False, indent=2) + "\n",
        **{f"{name}.csv": text for name, (_, text) in files.items()},
    }
    encoded = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    return zipped(encoded, b"forecast-ledger datapackage")


def _csv(columns: Sequence[TypedColumn], rows: Iterable[Sequence[Any]]) -> str:
    return "".join(rowtext.csv([column.name for column in columns], ([cell(value) for value in row] for row in rows)))


def _described(listing: Listing, files: dict[str, tuple[list[TypedColumn], str]]) -> dict[str, Any]:
    ledger = listing.ledger
    about: Any = getattr(ledger, "about", None)
    found: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "forecast-ledger",
        "title": ledger.title,
        "created": f"{listing.day.isoformat()}T00:00:00Z",
        "version": "1",
        "homepage": getattr(about, "url", None),
        "contributors": [{"title": about.keeper, "role": "maintainer"}] if getattr(about, "keeper", None) else None,
        "licenses": [{"name": about.licence}] if getattr(about, "licence", None) else None,
        "about": about_object(ledger.about),
        "generator": f"forecast-ledger {__version__}",
        "resources": [_resource(name, columns) for name, (columns, _) in files.items()],
    }
    return {key: value for key, value in found.items() if value is not None}


def _resource(name: str, columns: Sequence[TypedColumn]) -> dict[str, Any]:
    first = "id" if name == "claims" else "key"
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": column.name, "type": _TYPES[column.kind], "description": column.meaning} for column in columns
            ],
            "primaryKey": ["claim", "number"] if name == "judgements" else [first],
            "missingValues": [""],
        },
    }
