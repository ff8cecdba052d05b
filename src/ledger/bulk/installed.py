"""What the extras bring, imported when it is needed; without one, a sentence with the command that installs it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..errors import UnreadableError, UsageError

EXTRAS = {
    "duckdb": "bulk",
    "polars": "polars",
    "narwhals": "polars",
    "pyspark": "spark",
    "openpyxl": "xlsx",
    "pyarrow": "bulk",
    "pygls": "editor",
    "lsprotocol": "editor",
    "mcp": "agents",
}


def has(module: str) -> bool:
    """Whether a module is there, without importing it."""
    return find_spec(module) is not None


def module(name: str, what: str) -> Any:
    """Import a module of an extra; UsageError says how to install it. `what` is what needs it."""
    root = name.split(".", maxsplit=1)[0]
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(
            f"{what} needs {root}, which is not installed",
            hint=f"install it with: pip install 'forecast-ledger[{EXTRAS[root]}]'",
        ) from None


def parquet_columns(name: str) -> list[str]:
    """The names of a Parquet file's columns; UnreadableError if they cannot be had."""
    if has("duckdb"):
        duckdb = import_module("duckdb")
        try:
            found = duckdb.execute("SELECT name FROM parquet_schema(?) WHERE num_children IS NULL", [quoted(name)])
            return [row[0] for row in found.fetchall()]
        except duckdb.Error as error:
            raise UnreadableError(f"{name}: {first_line(error)}") from None
    polars = module("polars", "a Parquet file")
    try:
        return list(polars.read_parquet_schema(name))
    except Exception as error:  # the reader's own kinds are many
        raise UnreadableError(f"{name}: {first_line(error)}") from None


def quoted(name: str) -> str:
    """A path in which nothing is a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def first_line(error: BaseException) -> str:
    """The first line of what an engine says."""
    return (str(error).splitlines() or [type(error).__name__])[0]
