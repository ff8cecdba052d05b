"""The columns of a claim with the type each has in files that know types: Parquet, Excel, data packages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from ...columns import DERIVED, FLAT, FLAT_NAMES
from ...fields import CLAIM, Field
from ...model import Ledger
from ...results.list import Listing
from ..objects import cell, flat_objects

Kind = Literal["text", "date", "number", "whole", "texts", "json"]
_DAYS = ("deadline_end", "judged")
_KINDS: dict[str, Kind] = {
    "day": "date",
    "number": "number",
    "probability": "number",
    "names": "texts",
    "texts": "texts",
    "whole": "whole",
}


class TypedColumn(NamedTuple):
    """A column, its type, and what it means."""

    name: str
    kind: Kind
    meaning: str


def of_fields(table: Sequence[Field]) -> list[TypedColumn]:
    """The columns of a table of the format."""
    nested = ("group", "groups", "mentions", "range")
    return [
        TypedColumn(field.key, "json" if field.type in nested else _KINDS.get(field.type, "text"), field.meaning)
        for field in table
    ]


def claim_columns() -> list[TypedColumn]:
    """The columns of a claim, in the order of CSV."""
    own = {column.name: column for column in of_fields(CLAIM)}
    return [own[name] if name in own else _derived(name) for name in FLAT_NAMES]


def _derived(name: str) -> TypedColumn:
    known = DERIVED.get(name) or FLAT[name]
    kind: Kind = "text"
    if name in _DAYS:
        kind = "date"
    elif known.type in (int, int | None):
        kind = "whole"
    elif known.type in (float, float | None):
        kind = "number"
    elif known.type is dict:
        kind = "json"
    elif known.type is tuple or getattr(known.type, "__origin__", None) is tuple:
        kind = "texts"
    return TypedColumn(name, kind, known.meaning)


def claim_rows(listing: Listing, columns: Sequence[TypedColumn]) -> Iterator[list[Any]]:
    """The values of each claim in plain types: periods as their text, what is nested as JSON."""
    for values in flat_objects(listing, FLAT):
        yield [plain(values[column.name], column.kind) for column in columns]


def plain(value: Any, kind: Kind) -> Any:
    """One value as its type has it."""
    if value is None:
        return None
    if kind == "json":
        return cell(value) if value not in ([], {}) else None
    if kind == "texts":
        return list(value)
    if isinstance(value, dict):
        return value["text"]
    return float(value) if kind == "number" else value


def named_rows(ledger: Ledger, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and fields of each entry of people or sources."""
    entries: Any = getattr(ledger, table)
    for key, entry in entries.items():
        yield key, {name: getattr(value, "text", value) for name, value in entry._asdict().items()}
