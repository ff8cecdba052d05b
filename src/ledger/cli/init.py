"""init and schema."""

from __future__ import annotations

from typing import Annotated

from . import completion
from .declare import command
from .options import argument
from .run import Run, say


@command(files=False, as_of=False)
def init(
    run: Run,
    path: Annotated[str, argument(metavar="[PATH]", help="Where to write it.")] = "claims.yaml",
) -> None:
    """Begin a ledger: write a commented first file, valid as it is. An existing file is left alone."""
    from ..files.writing import create
    from ..writing.first_file import first_file

    create(path, first_file(run.here).encode())
    say(f"wrote {path}; try: ledger list --file {path}")


@command(files=False, as_of=False, color=False)
def schema(
    run: Run,
    command: Annotated[
        str | None,
        argument(
            metavar="[COMMAND]",
            complete=completion.schemas,
            help="A command whose JSON is meant; without one, the file's format.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema (draft-07) of the ledger file, for editors, or of a command's JSON."""
    from ..render.jsontext import dumps
    from ..render.promises import OUTPUTS, output_schema
    from ..results.lookup import known
    from ..schema import ledger_schema

    if command is None:
        run.write(dumps(ledger_schema()))
    else:
        run.write(dumps(output_schema(*known([command], OUTPUTS, "JSON of the command"))))
