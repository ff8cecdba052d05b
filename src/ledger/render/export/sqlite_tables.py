"""The tables of the exported database, and their rows, made from the table of fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ... import fields
from ...columns import DERIVED, View
from ...fields import Field
from ...model import Claim
from ...periods import Period
from ...query import Row

_SQL_TYPES = {str: "TEXT NOT NULL", str | None: "TEXT", int: "INTEGER NOT NULL", int | None: "INTEGER"}
_NUMBERS = {"number": "REAL", "probability": "REAL", "whole": "INTEGER"}
_RECORDS = ("groups", "mentions")
_NEVER_NULL = ("kind", "window")  # a claim that does not say has the default
_NAMES = {"resolutions": "judgements", "amended": "amendments", "judgements_evidence": "evidence"}
# Links stand in a table of their own, ends of periods beside the periods.
_OWN = {
    name: column
    for name, column in DERIVED.items()
    if not column.link and name.removesuffix("_end") not in Claim._fields
}
_LINKS = tuple(field for field in fields.CLAIM if field.type == "names" and field.refers in ("claims", None))
JOINED = {name: column.link for name, column in DERIVED.items() if column.link not in (None, "claims")}


# --- columns and their values ------------------------------------------------------------------------------------


def _columns(table: Sequence[Field], before: str = "", *, lists: bool = True) -> Iterator[tuple[str, str]]:
    """The columns of a record, as (name, type): a period is four, a range two, a group those of its fields."""
    for field in table:
        name = before + field.key
        if field.type == "period":
            yield from ((name, "TEXT"), (f"{name}_start", "TEXT"), (f"{name}_end", "TEXT"))
            yield f"{name}_approximate", "INTEGER"
        elif field.type == "range":
            yield from ((f"{before}low", "REAL"), (f"{before}high", "REAL"))
        elif field.type == "group":
            yield from _columns(field.fields, f"{name}_")
        elif field.type in ("names", "texts"):
            yield from [(name, "TEXT NOT NULL")] if lists else ()
        elif field.type not in _RECORDS:
            given = (field.required and field.refers != "sources") or name in _NEVER_NULL
            refers = f" REFERENCES {field.refers} (id)" if field.refers in ("people", "sources") else ""
            yield name, _NUMBERS.get(field.type, "TEXT") + (" NOT NULL" if given else "") + refers


def _values(table: Sequence[Field], record: Any, *, lists: bool = True) -> Iterator[Any]:
    """The values of a record in the order of its columns; all are None of one that is absent."""
    for field in table:
        value = getattr(record, field.key, None)
        if field.type == "period":
            yield from span(value)
        elif field.type == "range":
            yield from value or (None, None)
        elif field.type == "group":
            yield from _values(field.fields, value)
        elif field.type in ("names", "texts"):
            yield from [",".join(value or ())] if lists else ()
        elif field.type not in _RECORDS:
            yield value.text if isinstance(value, Period) else value


def span(period: Period | None) -> tuple[str | None, str | None, str | None, bool | None]:
    """A period as its four columns."""
    if period is None:
        return None, None, None, None
    return period.text, period.first.isoformat(), period.last.isoformat(), period.approximate


# --- tables of lists ---------------------------------------------------------------------------------------------


class Entries(NamedTuple):
    """The table of a list of records that claims hold, or that such a record holds."""

    name: str
    field: Field
    within: Entries | None = None

    @property
    def one(self) -> str:
        """What one of its rows is called in a table of what it holds."""
        return self.name.removesuffix("s")

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells its rows apart: the claim, the record they stand in, and their number."""
        return ("claim", "number") if self.within is None else ("claim", self.within.one, "number")

    def rows(self, claim: Claim) -> Iterator[tuple[tuple[int, ...], Any]]:
        """Its records with their numbers."""
        held = [((), claim)] if self.within is None else self.within.rows(claim)
        for numbers, record in held:
            for number, entry in enumerate(getattr(record, self.field.key), 1):
                yield (*numbers, number), entry


def _entries(table: Sequence[Field], within: Entries | None = None) -> Iterator[Entries]:
    for field in table:
        if field.type in _RECORDS:
            plain = f"{within.name}_{field.key}" if within else field.key
            found = Entries(_NAMES.get(plain, plain), field, within)
            yield found
            yield from _entries(field.fields, found)


ENTRIES = tuple(_entries(fields.CLAIM))


# --- what is made of them ----------------------------------------------------------------------------------------


def definitions() -> str:
    """The statements that create all tables."""
    claims = [*_columns(fields.CLAIM, lists=False), *((name, _SQL_TYPES[of.type]) for name, of in _OWN.items())]
    made = [
        "CREATE TABLE ledger (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;",
        _table("people", [("id", "TEXT"), *_columns(fields.PERSON)], "id"),
        "CREATE TABLE topics (id TEXT PRIMARY KEY, description TEXT);",
        _table("sources", [("id", "TEXT"), *_columns(fields.SOURCE)], "id"),
        _table("claims", claims, "id"),
        """CREATE TABLE claim_topics (
          claim TEXT NOT NULL REFERENCES claims (id), topic TEXT NOT NULL REFERENCES topics (id),
          PRIMARY KEY (claim, topic)) WITHOUT ROWID;""",
        """CREATE TABLE claim_links (
          claim TEXT NOT NULL REFERENCES claims (id), relation TEXT NOT NULL, other TEXT NOT NULL,
          PRIMARY KEY (claim, relation, other)) WITHOUT ROWID;""",
    ]
    for name, table in JOINED.items():
        made.append(f"""CREATE TABLE claim_{name} (
          claim TEXT NOT NULL REFERENCES claims (id), {name[:-1]} TEXT NOT NULL REFERENCES {table} (id),
          PRIMARY KEY (claim, {name[:-1]})) WITHOUT ROWID;""")
    for entries in ENTRIES:
        keys = [("claim", "TEXT NOT NULL REFERENCES claims (id)")]
        keys += [(key, "INTEGER NOT NULL") for key in entries.keys[1:]]
        columns = [*keys, *_columns(entries.field.fields)]
        made.append(_table(entries.name, columns, *entries.keys, within=entries.within))
    return "\n".join(made)


def _table(name: str, columns: Iterable[tuple[str, str]], *key: str, within: Entries | None = None) -> str:
    lines = [f'"{column}" {type_}' for column, type_ in columns]
    lines.append(f"PRIMARY KEY ({', '.join(key)})")
    if within is not None:
        lines.append(f"FOREIGN KEY ({', '.join(key[:-1])}) REFERENCES {within.name} ({', '.join(within.keys)})")
    return f"CREATE TABLE {name} (\n  {', '.join(lines)}\n);"


def person_row(name: str, person: Any) -> tuple[Any, ...]:
    """One of `people`."""
    return name, *_values(fields.PERSON, person)


def source_row(name: str, source: Any) -> tuple[Any, ...]:
    """One of `sources`."""
    return name, *_values(fields.SOURCE, source)


def claim_row(view: View, row: Row, claim: Claim) -> tuple[Any, ...]:
    """One of `claims`."""
    return *_values(fields.CLAIM, claim, lists=False), *(column.of(view, row) for column in _OWN.values())


def link_rows(view: View, row: Row, claim: Claim) -> Iterator[tuple[str, str, str]]:
    """What a claim names beside topics, speaker and source, and what names it."""
    links = [("revises", claim.revises)] if claim.revises else []
    links += [(field.key, other) for field in _LINKS for other in getattr(claim, field.key)]
    links += [(name, other) for name, of in DERIVED.items() if of.link == "claims" for other in of.of(view, row)]
    yield from ((claim.id, relation, other) for relation, other in dict.fromkeys(links))


def entry_rows(entries: Entries, claim: Claim) -> Iterator[tuple[Any, ...]]:
    """The rows of a list of a claim."""
    for numbers, record in entries.rows(claim):
        yield claim.id, *numbers, *_values(entries.field.fields, record)


def named(refers: str, table: Sequence[Field], record: Any) -> Iterator[str]:
    """The people or sources that a record names as keys, those in its lists too."""
    for field in table:
        value = getattr(record, field.key)
        if field.type in _RECORDS:
            for entry in value:
                yield from named(refers, field.fields, entry)
        elif field.refers == refers and value is not None:
            yield from (value,) if field.type == "name" else value
