"""export and import."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from ..errors import UsageError
from ..files import read_bytes
from ..query import Filter
from ..results.exports import FORMS, Form, exported, form
from ..text import plural
from . import options
from .declare import EVERY_FILTER, command
from .list import known_sorts
from .output import write_file
from .run import Run, bounded, error_count, say
from .site import Address, address

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change; write nothing.")]


def _forms(ctx: Any, args: list[str], incomplete: str) -> list[tuple[str, str]]:
    return [(found.name, found.meaning) for found in FORMS.values() if found.name.startswith(incomplete)]


@command(filters=EVERY_FILTER, rev=True)
def export(
    run: Run,
    claims: Filter,
    name: Annotated[str, typer.Argument(metavar="FORMAT", autocompletion=_forms, help=f"One of {', '.join(FORMS)}.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all.")
    ] = None,
    url: Address = None,
    sort: options.Sort = None,
) -> None:
    """Write claims for other programs: all of them, or those that the filters of list let through.

    FORMAT is csv, tsv, jsonl (import takes it back), json, markdown, sqlite, ics (an event a deadline), atom
    (what fell due and what was judged) or jsonld (schema.org). Without --output it goes to standard output.
    """
    chosen = form(name)
    _refuse(chosen, output, url)
    found = exported(run.ledger, claims, day=run.day, sort=known_sorts(sort))
    from ..render.export.formats import encoded

    data = encoded(found, chosen.name, errors=error_count(run.ledger), address=address(url))
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_file(output, data, chosen.name, run.names)
    say(f"{output}: {found.found:,} claims, {len(data):,} bytes")


def _refuse(chosen: Form, output: str | None, url: str | None) -> None:
    if url is not None and not chosen.address:
        raise UsageError(f"{chosen.name} points to no pages", hint="leave out --url")
    if output is None and not chosen.text and sys.stdout.isatty():
        raise UsageError(f"{chosen.name} is no text", hint=f"write it to a file: --output claims.{chosen.name}")


@bounded
def import_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, as export writes it.")],
    source: Annotated[str, typer.Argument(metavar="FILE", help="The file to read; - reads standard input.")],
    dry_run: DryRun = False,
    files: options.Files = None,
) -> None:
    """Take back claims that export wrote, into a ledger or into a new one.

    Claims that are there already stay as they are, so that a second import changes nothing; one that is there with
    another content is refused, and then nothing is written. Everything is planned and proven before it is written;
    --dry-run stops there and shows the change. A ledger named by --file that does not exist is made.
    """
    if name != "jsonl":
        raise UsageError(f"no format {name!r} can be taken back", hint="jsonl can")
    run = Run(ctx, options.Shared(tuple(files or ())))
    data = sys.stdin.buffer.read() if source == "-" else read_bytes(source)
    target = run.files[0]
    if len(run.files) != 1 or target == "-":
        raise UsageError("a command that writes takes one ledger", hint="give --file once")
    shown = "<stdin>" if source == "-" else source
    if os.path.lexists(target):
        _into(run, data, shown, dry_run=dry_run)
    else:
        _anew(target, data, shown, run, dry_run=dry_run)


def _anew(target: str, data: bytes, shown: str, run: Run, *, dry_run: bool) -> None:
    from ..files.writing import create
    from ..writing.import_claims import new_ledger

    text, claims = new_ledger(data, shown)
    if dry_run:
        run.write(text)
        return
    create(target, text.encode())
    say(f"{target}: made, with {plural(claims, 'claim')}")


def _into(run: Run, data: bytes, shown: str, *, dry_run: bool) -> None:
    from ..writing.import_claims import plan_import
    from ..writing.plan import apply

    plan = plan_import(run.ledger, data, shown)
    for warning in plan.warnings:
        say(f"warning: {warning}")
    if dry_run:
        run.write(plan.diff())
    else:
        plan = plan._replace(steps=apply(plan).steps)
    added = sum(step.did == "added" for step in plan.steps)
    would = "would be added" if dry_run else "added"
    say(f"{run.files[0]}: {plural(added, 'claim')} {would}, {len(plan.steps) - added:,} there already")
