"""export."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import Annotated

from ..errors import UsageError
from ..query import Filter
from ..render.export.formats import FORMS, Form, form
from ..results.list import listing
from . import completion, options
from .declare import EVERY_FILTER, command
from .list import known_sorts
from .options import argument, option
from .output import write_file
from .run import Run, error_count, say
from .site import Address, address
from .streams import send_bytes


@command(filters=EVERY_FILTER, rev=True)
def export(
    run: Run,
    claims: Filter,
    name: Annotated[
        str,
        argument(
            metavar="FORMAT",
            complete=completion.ClosedSet(lambda: {name: found.meaning for name, found in FORMS.items()}),
            help="{words}.",
        ),
    ],
    output: Annotated[
        str | None, option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all.")
    ] = None,
    url: Address = None,
    bom: Annotated[
        bool, option("--bom", help="csv: begin with a byte-order mark, by which Excel knows UTF-8.")
    ] = False,
    sort: options.Sort = None,
) -> None:
    """Write claims for other programs: all of them, or those that the filters of list let through.

    FORMAT is csv, jsonl or datapackage (import takes these back), tsv, json, markdown, parquet, xlsx, sqlite (and
    datasette, which describes it), ics (an event a deadline), atom (what fell due and what was judged) or jsonld
    (schema.org). Without --output it goes to standard output.
    """
    chosen = form(name)
    _refuse(chosen, output, url)
    if bom and name != "csv":
        raise UsageError(f"{name} takes no byte-order mark", hint="leave out --bom")
    found = listing(run.ledger, claims, day=run.day, sort=known_sorts(sort))
    from ..render.export.formats import encoded

    stem = PurePath(output).stem if output else "claims"
    parts = encoded(found, chosen.name, errors=error_count(run.ledger), address=address(url), stem=stem, bom=bom)
    if output is None:
        send_bytes(parts)
        return
    size = write_file(output, parts, chosen.name, run.taken)
    say(f"{output}: {found.found:,} claims, {size:,} bytes")


def _refuse(chosen: Form, output: str | None, url: str | None) -> None:
    if url is not None and not chosen.address:
        raise UsageError(f"{chosen.name} points to no pages", hint="leave out --url")
    if output is None and not chosen.text and sys.stdout.isatty():
        raise UsageError(f"{chosen.name} is no text", hint=f"write it to a file: --output claims.{chosen.name}")
