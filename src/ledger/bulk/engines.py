"""Which engine reads a job: what was asked for, else what is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..errors import UsageError
from .installed import has
from .layout import BinSums, ForecastFile, GivenAt, Job, Pair, Reduced, Reject

ENGINES = ("python", "duckdb", "polars", "spark")


class Engine(Protocol):
    """A job that was read; every question about it has the same answer on every engine."""

    def reduce(self) -> Reduced:
        """All rows accounted for, and a tally a forecaster and crowd."""

    def pairs(self, first: str, second: str, measure: str) -> list[Pair]:
        """Both forecasters' values on the questions they share, in the order in which these ended."""

    def given(self, by: str) -> list[GivenAt]:
        """What one forecaster gave scored questions, by question and in order of time."""

    def bins(self, *, folded: bool = False, by: bool = False) -> list[BinSums]:
        """All scored forecasts in ten widths of probability."""

    def rejects(self) -> Iterator[Reject]:
        """Every row that is left out."""

    def close(self) -> None:
        """Let go of what is held."""


def chosen(name: str | None, job: Job) -> str:
    """The engine that is meant: a handful of forecasts in claims needs none but Python."""
    return name or ("duckdb" if job.tables and has("duckdb") else "python")


def opened(name: str, job: Job, progress: Callable[[float], None], master: str | None = None) -> Engine:
    """Read a job with an engine of ENGINES; UsageError if it is not installed, UnreadableError if it cannot.

    `master` is the address of a Spark cluster.
    """
    if name == "python":
        if any(table.form == "parquet" for table in job.tables):
            raise UsageError("plain Python reads no Parquet", hint="leave out --engine python, or name another engine")
        from .reference import ReferenceJob

        return ReferenceJob(job, progress)
    if name == "spark":
        from .spark_engine import Spark

        return Spark(job, progress, master)
    if name == "polars":
        from .polars_engine import Polars

        return Polars(job, progress)
    from .database import DuckDB

    return DuckDB(job, progress)


def tables_for(name: str | None, path: str, master: str | None) -> list[ForecastFile]:
    """The tables that a path means; an address such as s3a://bucket/set only the engine spark can read."""
    if "://" not in path:
        from .tables import tables_at

        return tables_at(path)
    if name != "spark":
        raise UsageError(f"{path} is an address, and only --engine spark reads those", hint="copy the tables here")
    from .spark_engine import session
    from .spark_engine import tables_at as spark_tables

    return spark_tables(path, session(master))
