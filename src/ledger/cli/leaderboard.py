"""leaderboard, and what it shares with other commands that read tables of forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..query import Filter
from ..results.lookup import known, split
from . import completion
from .declare import EVERY_FILTER, command
from .output import print_report, share, write_file
from .run import Run, error_count, say

if TYPE_CHECKING:
    from ..bulk.engines import Engine
    from ..bulk.layout import Table
    from ..render.reports import Part
    from ..results.forecasters import Forecasts

_SORTS = ("brier", "log", "peer", "relative")


def _sorts(ctx: Any, args: list[str], incomplete: str) -> list[tuple[str, str]]:
    return [(name, "") for name in _SORTS if name.startswith(incomplete)]


def _engines(ctx: Any, args: list[str], incomplete: str) -> list[tuple[str, str]]:
    from ..bulk.engines import ENGINES

    return [(name, "") for name in ENGINES if name.startswith(incomplete)]


Paths = Annotated[
    list[str] | None,
    typer.Option(
        "--forecasts",
        metavar="PATH",
        help="Tables of forecasts: a file, a folder or a pattern of CSV, TSV, JSON lines or Parquet.",
    ),
]
EngineName = Annotated[
    str | None,
    typer.Option("--engine", metavar="NAME", autocompletion=_engines, help="python or duckdb."),
]
Rejects = Annotated[
    str | None,
    typer.Option("--rejects", metavar="FILE", help="Write the rows that are left out to this file, as CSV."),
]


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def leaderboard(
    run: Run,
    chosen: Filter,
    forecasts: Paths = None,
    forecaster: Annotated[
        list[str] | None, typer.Option("--forecaster", metavar="BY", help="Show these only; repeat it, or use commas.")
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="KEY", autocompletion=_sorts, help=f"{', '.join(_SORTS)}: the best first.")
    ] = "brier",
    min_n: Annotated[
        int, typer.Option("--min-n", metavar="N", min=1, help="Show forecasters with so many questions or more.")
    ] = 1,
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="At most this many.")] = None,
    level: Annotated[
        str, typer.Option("--level", metavar="LEVEL", help="Confidence level of the intervals, such as 0.9 or 90%.")
    ] = "95%",
    engine: EngineName = None,
    rejects: Rejects = None,
) -> None:
    """Rank forecasters on questions that are decided: claims with forecasts, and tables of any size.

    A table has the columns claim (or question), by, date, probability; with outcome, and closes if there is a
    closing, it needs no ledger. Formats: table, plain, json, jsonl, csv, tsv, markdown; off a terminal the table
    becomes plain, a row a forecaster.
    """
    from ..results.leaderboard import Order
    from ..results.leaderboard import leaderboard as ranked

    known((sort,), _SORTS, "order")
    order = Order(sort, min_n, limit, split(forecaster), share(level, "--level", open_ends=True))
    with reading(run, chosen, forecasts or (), engine) as (name, read, alone):
        people = {} if alone else run.ledger.people
        found = ranked(read, order, day=run.day, name=name, people=lambda by: people[by].name if by in people else by)
        left_out(read, found.account, rejects, () if alone else run.names)

    def report() -> Sequence[Part]:
        from ..render.leaderboard_report import leaderboard_report

        return leaderboard_report(found)

    from ..render import scores

    errors = 0 if alone else error_count(run.ledger)
    print_report(
        run, report, lambda: scores.leaderboard_json(found, errors), lambda form: scores.leaderboard_rows(found, form)
    )


@contextmanager
def reading(run: Run, chosen: Filter, paths: Sequence[str], engine: str | None) -> Iterator[tuple[str, Engine, bool]]:
    """Read forecasts: the engine's name, the engine, and whether the tables stand alone, without a ledger."""
    from ..bulk.engines import ENGINES, opened
    from ..bulk.engines import chosen as meant
    from ..bulk.instants import end_of_day
    from ..bulk.layout import Job
    from ..results.forecasters import questions_of
    from .progress import Progress

    if engine is not None:
        known((engine,), ENGINES, "engine")
    tables = _tables(paths)
    alone = bool(tables) and "outcome" in tables[0].columns
    if alone and chosen != Filter():
        raise UsageError(
            "filters choose claims of a ledger, and these tables stand alone",
            hint="leave the filters out, or the column outcome",
        )
    questions = None if alone else questions_of(run.ledger, chosen, run.day)
    job = Job(tables, questions, until=end_of_day(run.day.toordinal()))
    name = meant(engine, job)
    with Progress("reading forecasts") as progress:
        read = opened(name, job, progress.share)
    try:
        yield name, read, alone
    finally:
        read.close()


def _tables(paths: Sequence[str]) -> list[Table]:
    from ..bulk.tables import tables_at

    return [table for path in paths for table in tables_at(path)]


def left_out(read: Engine, account: Forecasts, rejects: str | None, ledgers: tuple[str, ...]) -> None:
    """Say which rows are left out, and write them to a file if one is named."""
    from ..results.forecasters import told

    if rejects is not None:
        from ..bulk.layout import Reject
        from ..render.delimited import csv

        rows = ([str(cell) if cell is not None else "" for cell in reject] for reject in read.rejects())
        write_file(rejects, csv(Reject._fields, rows).encode(), "rejects", ledgers)
    if account.rejected:
        counts = {row.reason: row.rows for row in account.rejected}
        where = f"they stand in {rejects}" if rejects is not None else "--rejects FILE names each with its place"
        say(f"{sum(counts.values()):,} of {account.rows:,} rows are left out: {told(counts)}; {where}")
