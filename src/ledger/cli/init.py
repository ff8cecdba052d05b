"""init and schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ..errors import LedgerError, UsageError
from ..text import visible
from . import completion
from .declare import command
from .options import argument, option
from .run import Run, say


@command(files=False, as_of=False)
def init(
    run: Run,
    path: Annotated[str, argument(metavar="[PATH]", help="Where to write it.")] = "claims.yaml",
) -> None:
    """Begin a ledger: write a commented first file, valid as it is, and its schema for editors beside it.

    On a terminal its title and keeper are asked for. An existing file is left alone.
    """
    from ..files.questions import exists
    from ..files.writing import create, discard
    from ..render.jsontext import dumps
    from ..schema import ledger_schema
    from ..workspace import shadowed
    from ..writing.first_file import first_file

    if (there := shadowed(path)) is not None:
        raise UsageError(
            f"{there} is the ledger here, and {path} would be read instead of it",
            hint=f"begin another one elsewhere, such as: ledger init new/{Path(path).name}",
        )
    if not Path(path).name or visible(path) != path:  # the ledger names its schema, which is called as it is
        raise UsageError(f"{visible(path)!r} is no name for a ledger", hint="name a file, such as claims.yaml")
    beside = Path(path).with_suffix(".schema.json")
    answers = {} if exists(Path(path)) else _asked()
    create(path, first_file(run.here, schema=beside.name, **answers).encode())
    try:
        if not exists(beside):
            create(beside, dumps(ledger_schema()).encode())
    except LedgerError:
        discard(path, own=lambda content: True)  # both or none
        raise
    say(f"wrote {path}; try: ledger list --file {path}")


def _asked() -> dict[str, str]:
    """What only the keeper of a new ledger can say; nothing where nobody can be asked."""
    from ..writing.plan import Missing
    from . import prompts

    if not prompts.is_interactive(False):
        return {}
    title = prompts.ask(Missing("", "What is the ledger about? (its title)", optional=True))
    return {"title": title, "keeper": prompts.ask(Missing("", "Who keeps it?", optional=True))}


@command(as_of=False, color=False)
def schema(
    run: Run,
    command: Annotated[
        str | None,
        argument(
            metavar="[COMMAND]",
            complete=completion.schemas,
            help="The command whose JSON is meant: {words}; without one, the file's format.",
        ),
    ] = None,
    names: Annotated[
        bool,
        option(
            "--names", help="With the names of this ledger, for an editor to complete; print it anew when they change."
        ),
    ] = False,
) -> None:
    """Print the JSON Schema (draft-07) of the ledger file, for editors, or of a command's JSON."""
    from ..render.jsontext import dumps
    from ..render.promises import OUTPUTS, output_schema
    from ..schema import ledger_schema, with_names
    from ..text import known

    if names and command is not None:
        raise UsageError("--names is about the ledger's file", hint="leave out the command, or --names")
    if names:
        found = run.ledger
        own = {
            "people": list(found.people),
            "topics": list(found.topics),
            "sources": list(found.sources),
            "claims": [fact.id for fact in found.facts],
        }
        run.write(dumps(with_names(ledger_schema(), own)))
    elif command is None:
        run.write(dumps(ledger_schema()))
    else:
        run.write(dumps(output_schema(*known([command], OUTPUTS, "JSON of the command"))))
