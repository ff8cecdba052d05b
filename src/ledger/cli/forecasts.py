"""Reading forecasts for a command: options, engine, progress, and what is said about rows that are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from ..errors import UsageError
from ..query import Filter
from ..text import known
from . import completion
from .options import option
from .output import write_file
from .run import Run, error_count, say

if TYPE_CHECKING:
    from ..bulk.engines import Engine
    from ..bulk.layout import ForecastFile
    from ..files.taken import Taken
    from ..results.forecasters import ForecastAccount

OWN = "-"  # in the place of a path: the tables that the ledger names


def _engines() -> Iterable[str]:
    from ..bulk.engines import ENGINES

    return ENGINES


Paths = Annotated[
    list[str] | None,
    option(
        "--forecasts",
        metavar="PATH",
        help="Tables of forecasts: a file, a folder or a pattern of CSV, TSV, JSON lines or Parquet.",
    ),
]
EngineName = Annotated[
    str | None,
    option("--engine", metavar="NAME", complete=completion.ClosedSet(_engines), help="{words}."),
]
Master = Annotated[
    str | None,
    option("--master", metavar="URL", help="The Spark cluster; without it $SPARK_REMOTE, else this machine."),
]
Rejects = Annotated[
    str | None,
    option("--rejects", metavar="FILE", help="Write the rows that are left out to this file, as CSV."),
]


class ForecastsRead:
    """Forecasts that were read: the engine and its name, and what the ledger says of forecasters, if there is one."""

    def __init__(self, run: Run, name: str, engine: Engine, paths: Sequence[str], *, alone: bool) -> None:
        self.name, self.engine = name, engine
        self._run, self._paths, self._alone = run, paths, alone

    @property
    def errors(self) -> int:
        """How many errors stand in the ledger; tables that stand alone have none."""
        return 0 if self._alone else error_count(self._run.ledger)

    def _taken(self) -> Taken:
        """What is read here, and would be read: rows that were left out are not among it the next time."""
        from ..bulk.tables import patterns_of
        from ..files.taken import NO_LEDGER

        taken = NO_LEDGER if self._alone else self._run.taken
        tables = [entry for path in self._paths if path != OWN for entry in patterns_of(path)]
        return taken._replace(patterns=(*taken.patterns, *tables))

    def people(self, by: str) -> str:
        """The name of a forecaster who is declared, else what the table calls him."""
        found = None if self._alone else self._run.ledger.people.get(by)
        return by if found is None else found.name

    def left_out(self, account: ForecastAccount, rejects: str | None) -> None:
        """Say which rows are left out, and write them to a file if one is named."""
        from ..results.forecasters import told

        if rejects is not None:
            from ..bulk.layout import Reject
            from ..render.rowtext import csv

            rows = ([str(cell) if cell is not None else "" for cell in row] for row in self.engine.rejects())
            write_file(rejects, (line.encode() for line in csv(Reject._fields, rows)), "rejects", self._taken())
        if account.rejected:
            counts = {row.reason: row.rows for row in account.rejected}
            where = f"they stand in {rejects}" if rejects is not None else "--rejects FILE names each with its place"
            say(f"{sum(counts.values()):,} of {account.rows:,} rows are left out: {told(counts)}; {where}")


@contextmanager
def reading(
    run: Run, chosen: Filter, paths: Sequence[str], engine: str | None, master: str | None, *, own: bool = False
) -> Iterator[ForecastsRead]:
    """Read the forecasts of tables, or with OWN of the ledger; they are let go of at the end.

    With `own` it is the ledger's claims that they are about, whatever a table itself says of outcomes.
    """
    from ..bulk.engines import ENGINES, opened, tables_for
    from ..bulk.engines import chosen as meant
    from ..bulk.layout import Job
    from ..days import end_of_day
    from ..results.forecasters import questions_of, written_in
    from .progress import Progress

    if engine is not None:
        known((engine,), ENGINES, "engine")
    if master is not None and engine != "spark":
        raise UsageError("--master names a Spark cluster", hint="add --engine spark")
    tables = [table for path in paths if path != OWN for table in tables_for(engine, path, master)]
    tables = _bare(tables) if own else tables
    alone = bool(tables) and "outcome" in tables[0].columns
    if alone and chosen != Filter():
        raise UsageError(
            "filters choose claims of a ledger, and these tables stand alone",
            hint="leave the filters out, or the column outcome",
        )
    until = end_of_day(run.day.toordinal())
    if alone:
        job = Job(tables, until=until)
    else:
        found = run.ledger
        tables += _own(run) if OWN in paths else []
        job = Job(tables, questions_of(found, chosen, run.day), written_in(found), until, found.formerly)
    name = meant(engine, job)
    with Progress("reading forecasts") as progress:
        read = opened(name, job, progress.share, master)
    try:
        yield ForecastsRead(run, name, read, paths, alone=alone)
    finally:
        read.close()


def _own(run: Run) -> list[ForecastFile]:
    """The tables that the ledger names; one that cannot be read is a problem of the ledger, and told."""
    from ..bulk.tables import tables_named

    if run.ledger.forecasts and run.rev is not None:
        raise UsageError("the tables that a ledger names are read from disk only", hint="name them with --forecasts")
    tables: list[ForecastFile] = []
    for _, found in tables_named(run.ledger.forecasts):
        if isinstance(found, str):
            say(f"{found}: its forecasts are left out; see ledger check")
        else:
            tables += found
    return _bare(tables) if any("outcome" in table.columns for table in tables) else tables


def _bare(tables: Sequence[ForecastFile]) -> list[ForecastFile]:
    """The tables without what they say of their questions."""
    from ..bulk.layout import REQUIRED

    return [table._replace(columns={own: table.columns[own] for own in REQUIRED}) for table in tables]
