"""Claims as Parquet, typed; written by DuckDB or, where that is absent, by PyArrow."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from ...bulk.installed import first_line, has, module
from ...errors import UnreadableError
from ...model import Ledger
from ...results.list import Listing
from ..objects import about_object
from .typed_columns import TypedColumn, claim_columns, claim_rows

_SQL = {
    "text": "VARCHAR",
    "date": "DATE",
    "number": "DOUBLE",
    "whole": "BIGINT",
    "texts": "VARCHAR[]",
    "json": "VARCHAR",
}
_MARK = "ledger.claims/1"  # by which a later export knows the file for its own


def document(listing: Listing) -> bytes:
    """The bytes of a Parquet file, a row a claim."""
    columns = claim_columns()
    rows = [dict(zip((column.name for column in columns), row, strict=True)) for row in claim_rows(listing, columns)]
    if has("duckdb") or not has("pyarrow"):
        return _by_duckdb(columns, rows, _footer(listing.ledger))
    return _by_pyarrow(columns, rows, _footer(listing.ledger))


def _footer(ledger: Ledger) -> dict[str, str]:
    """What stands beside the rows: whose file it is, and who answers for it, as JSON."""
    about = about_object(ledger.about)
    return {"forecast_ledger": _MARK, **({"about": json.dumps(about)} if about else {})}


def _by_duckdb(columns: list[TypedColumn], rows: list[dict[str, Any]], footer: dict[str, str]) -> bytes:
    duckdb = module("duckdb", "Parquet")
    types = ", ".join(f"\"{column.name}\": '{_SQL.get(column.kind, 'VARCHAR')}'" for column in columns)
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        source, target = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        with duckdb.connect() as link:
            try:
                link.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
                beside = ", ".join("{}: '{}'".format(key, text.replace("'", "''")) for key, text in footer.items())
                link.execute(
                    f"COPY (SELECT * FROM read_json('{source}', format = 'newline_delimited', columns = {{{types}}})) "
                    f"TO '{target}' (FORMAT parquet, KV_METADATA {{{beside}}})"
                )
            except duckdb.Error as error:
                raise UnreadableError(f"duckdb: {first_line(error)}") from None
        return target.read_bytes()


def _by_pyarrow(columns: list[TypedColumn], rows: list[dict[str, Any]], footer: dict[str, str]) -> bytes:
    import datetime
    import io

    pyarrow, parquet = module("pyarrow", "Parquet"), module("pyarrow.parquet", "Parquet")
    of = {"date": pyarrow.date32(), "number": pyarrow.float64(), "whole": pyarrow.int64()}
    of |= {"texts": pyarrow.list_(pyarrow.string()), "text": pyarrow.string(), "json": pyarrow.string()}
    days = [column.name for column in columns if column.kind == "date"]
    for row in rows:
        row.update({name: datetime.date.fromisoformat(row[name]) for name in days if row[name]})
    schema = pyarrow.schema([(column.name, of[column.kind]) for column in columns])
    schema = schema.with_metadata(footer)
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), out)
    return out.getvalue()
