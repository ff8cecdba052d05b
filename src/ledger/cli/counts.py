"""topics, people and sources."""

from __future__ import annotations

from ..results.counts import TOLD, Counts, counts
from ..status import STATUSES
from . import completion
from .declare import command
from .run import Run, error_count


def _print(run: Run, found: Counts) -> None:
    form = run.table_format()
    if form == "table":
        from ..render.terminal.counts import counts_table

        run.show(counts_table(found))
        return
    from ..render import jsontext
    from ..render.objects import count_objects, envelope, flat_rows
    from ..render.rowtext import rows_as

    objects = count_objects(found)
    if form == "json":
        rows = {found.table: objects}
        run.write(jsontext.dumps(envelope(found.table, found.day, error_count(found.ledger), **rows)))
    elif form == "jsonl":
        run.write(jsontext.jsonl(objects))
    else:
        names = ("name", "label", "claims", *STATUSES, *TOLD[found.table])
        run.write(rows_as(form, names, flat_rows(objects, names)))


@command(formats=completion.FORMATS, rev=True)
def topics(run: Run) -> None:
    """Count the claims of each topic, by status."""
    _print(run, counts(run.ledger, "topics", day=run.day))


@command(formats=completion.FORMATS, rev=True)
def people(run: Run) -> None:
    """Count the claims of each speaker, by status."""
    _print(run, counts(run.ledger, "people", day=run.day))


@command(formats=completion.FORMATS, rev=True)
def sources(run: Run) -> None:
    """Count the claims of each source, by status.

    Off a terminal each row ends with publisher, day, address and archived copy: programs that look for dead links
    read them from there.
    """
    _print(run, counts(run.ledger, "sources", day=run.day))
