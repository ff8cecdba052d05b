"""topics, people and sources."""

from __future__ import annotations

import typer

from ..commands.counting import Counts, counts
from ..status import STATUSES
from . import completion, options
from .run import Run, bounded, error_count


def _print(run: Run, found: Counts) -> None:
    form = run.table_format()
    if form == "table":
        from ..render.terminal.counts import counts_table

        run.show(counts_table(found))
        return
    from ..render import jsontext
    from ..render.claims import rows_as
    from ..render.objects import count_objects, envelope, flat_rows

    objects = count_objects(found)
    if form == "json":
        rows = {found.table: objects}
        run.write(jsontext.dumps(envelope(found.table, found.day, error_count(found.ledger), **rows)))
    elif form == "jsonl":
        run.write(jsontext.jsonl(objects))
    else:
        names = ("name", "label", "claims", *STATUSES)
        run.write(rows_as(form, names, flat_rows(objects, names)))


def _run(ctx: typer.Context, table: str, shared: options.Shared) -> None:
    run = Run(ctx, shared, formats=completion.FORMATS)
    _print(run, counts(run.ledger, table, day=run.day))


@bounded
def topics(
    ctx: typer.Context,
    files: options.Files = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    color: options.Color = None,
) -> None:
    """Count the claims of each topic, by status. Formats: table, plain, json, jsonl, csv, tsv, markdown."""
    _run(ctx, "topics", options.Shared(tuple(files or ()), as_of, format_, color))


@bounded
def people(
    ctx: typer.Context,
    files: options.Files = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    color: options.Color = None,
) -> None:
    """Count the claims of each speaker, by status. Formats: table, plain, json, jsonl, csv, tsv, markdown."""
    _run(ctx, "people", options.Shared(tuple(files or ()), as_of, format_, color))


@bounded
def sources(
    ctx: typer.Context,
    files: options.Files = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    color: options.Color = None,
) -> None:
    """Count the claims of each source, by status. Formats: table, plain, json, jsonl, csv, tsv, markdown."""
    _run(ctx, "sources", options.Shared(tuple(files or ()), as_of, format_, color))
