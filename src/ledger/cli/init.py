"""init and schema."""

from __future__ import annotations

from typing import Annotated

import typer

from . import completion, options
from .run import Run, bounded, say


@bounded
def init(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="Where to write it.")] = "claims.yaml",
    color: options.Color = None,
) -> None:
    """Begin a ledger: write a commented first file, valid as it is. An existing file is left alone."""
    from ..files.writing import create
    from ..writing.first_file import first_file

    run = Run(ctx, options.Shared(color=color))
    create(path, first_file(run.today).encode())
    say(f"wrote {path}; try: ledger list --file {path}")


@bounded
def schema(
    ctx: typer.Context,
    command: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMMAND]",
            autocompletion=completion.schemas,
            help="A command whose JSON is meant; without one, the file's format.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema (draft-07) of the ledger file, for editors, or of a command's JSON."""
    from ..render.jsontext import dumps
    from ..render.promises import OUTPUTS, output_schema
    from ..results.lookup import known
    from ..schema import ledger_schema

    run = Run(ctx, options.Shared())
    if command is None:
        run.write(dumps(ledger_schema()))
    else:
        run.write(dumps(output_schema(*known([command], OUTPUTS, "JSON of the command"))))
