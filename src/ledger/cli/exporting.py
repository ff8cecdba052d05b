"""export and import."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from ..commands.choosing import split
from ..commands.exporting import FORMS, Form, exported, form
from ..errors import UnreadableError, UsageError
from . import completion, options
from .reading import known_sorts, wanted
from .run import Run, bounded, error_count, say
from .site import Address, address


def _forms(ctx: Any, args: list[str], incomplete: str) -> list[tuple[str, str]]:
    return [(found.name, found.meaning) for found in FORMS.values() if found.name.startswith(incomplete)]


@bounded
def export(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="FORMAT", autocompletion=_forms, help=f"One of {', '.join(FORMS)}.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all.")
    ] = None,
    url: Address = None,
    topics: options.Topics = None,
    speakers: options.Speakers = None,
    sources: options.Sources = None,
    kinds: options.Kinds = None,
    statuses: options.Statuses = None,
    series: options.Series = None,
    due_before: options.DueBefore = None,
    due_after: options.DueAfter = None,
    due_within: options.DueWithin = None,
    said_before: options.SaidBefore = None,
    said_after: options.SaidAfter = None,
    search: options.Search = None,
    sort: Annotated[
        list[str] | None,
        typer.Option(
            "--sort", metavar="KEY", autocompletion=completion.sorts, help="deadline, said, id, …; -KEY reverses."
        ),
    ] = None,
    rev: options.Rev = None,
    files: options.Files = None,
    as_of: options.AsOf = None,
) -> None:
    """Write claims for other programs: all of them, or those that the filters of list let through.

    FORMAT is csv, tsv, jsonl (import takes it back), json, markdown, sqlite, ics (an event a deadline), atom
    (what fell due and what was judged) or jsonld (schema.org). Without --output it goes to standard output.
    """
    chosen = form(name)
    _refuse(chosen, output, url)
    run = Run(ctx, options.Shared(tuple(files or ()), as_of), rev=rev)
    claims = wanted(
        run,
        run.ledger,
        topics=topics,
        speakers=speakers,
        sources=sources,
        kinds=kinds,
        statuses=statuses,
        series=series,
        due_before=due_before,
        due_after=due_after,
        due_within=due_within,
        said_before=said_before,
        said_after=said_after,
        search=search,
    )
    found = exported(run.ledger, claims, day=run.day, sort=known_sorts(split(sort) or ("deadline",)))
    from ..render.export.formats import encoded

    data = encoded(found, chosen.name, errors=error_count(run.ledger), address=address(url))
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    _write(output, data)
    say(f"{output}: {found.found:,} claims, {len(data):,} bytes")


def _refuse(chosen: Form, output: str | None, url: str | None) -> None:
    if url is not None and not chosen.address:
        raise UsageError(f"{chosen.name} points to no pages", hint="leave out --url")
    if output is None and not chosen.text and sys.stdout.isatty():
        raise UsageError(f"{chosen.name} is no text", hint=f"write it to a file: --output claims.{chosen.name}")


def _write(output: str, data: bytes) -> None:
    """Write beside the file first, then put it in its place."""
    path = os.path.realpath(output)
    part = f"{path}.forecast-ledger-part"
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - a device, or a pipe
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(data)
            return
        with open(part, "wb") as file:  # noqa: PTH123
            file.write(data)
        os.replace(part, path)  # noqa: PTH105
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableError(f"{output}: cannot be written: {reason}", hint="name a file you may write") from None
