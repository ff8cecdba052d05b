"""Which engine reads a job: what was asked for, else what is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from .installed import has
from .layout import Bin, Job, Pair, Reduced, Reject

ENGINES = ("python", "duckdb", "polars")


class Engine(Protocol):
    """A job that was read; every question about it has the same answer on every engine."""

    def reduce(self) -> Reduced:
        """All rows accounted for, and a tally a forecaster and crowd."""

    def pairs(self, first: str, second: str, measure: str) -> list[Pair]:
        """Both forecasters' values on the questions they share, in the order in which these ended."""

    def bins(self, *, folded: bool = False, by: bool = False) -> list[Bin]:
        """All scored forecasts in ten widths of probability."""

    def rejects(self) -> Iterator[Reject]:
        """Every row that is left out."""

    def close(self) -> None:
        """Let go of what is held."""


def chosen(name: str | None, job: Job) -> str:
    """The engine that is meant: a handful of forecasts in claims needs none but Python."""
    return name or ("duckdb" if job.tables and has("duckdb") else "python")


def opened(name: str, job: Job, progress: Callable[[float], None]) -> Engine:
    """Read a job with an engine of ENGINES; UsageError if it is not installed, UnreadableError if it cannot."""
    if name == "python":
        from .reference import Reference

        return Reference(job, progress)
    if name == "polars":
        from .polars_engine import Polars

        return Polars(job, progress)
    from .database import DuckDB

    return DuckDB(job, progress)
