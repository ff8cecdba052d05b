"""ci init."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Annotated

from ..errors import UsageError
from ..files import questions
from ..results.lookup import split
from ..text import either, known
from ..writing.plan import Missing
from . import completion
from .commands import LazyCommand
from .declare import command
from .options import argument, option
from .prompts import ask
from .run import Run, say


def _workflows() -> Iterable[str]:
    from ..writing.workflows import PATHS

    return PATHS


COMMANDS = {"init": LazyCommand("ci", "init", "Write GitHub workflows, a GitLab job or a pre-commit entry.")}


@command(as_of=False, color=False)
def init(
    run: Run,
    names: Annotated[
        list[str] | None,
        argument(metavar="[NAME…]", complete=completion.ClosedSet(_workflows), help="{words}; one or several."),
    ] = None,
    source: Annotated[
        str | None,
        option("--from", metavar="ADDRESS@REF", help="The git repository that a build installs this program from."),
    ] = None,
    dry_run: Annotated[bool, option("--dry-run", help="Print the text, write nothing.")] = False,
) -> None:
    """Write what makes GitHub, GitLab or pre-commit run the check: on every change, compared with what was before.

    github adds a daily run, which opens an issue when a deadline has passed; pages publishes the site. Without
    --from they install the commit this program was installed from. The files are complete as they are and made at
    the top of the repository. Existing ones are left alone.
    """
    from ..writing import workflows

    chosen = known(split(names) or _asked(tuple(workflows.PATHS)), workflows.PATHS, "workflow")
    planned = workflows.plan(chosen, run.named, home=workflows.source(source), environ=os.environ)
    if dry_run:
        run.write("\n".join(text for _, _, text in planned))
        return
    workflows.refuse(planned)
    from ..files.writing import create

    for _, path, text in planned:
        create(path, text.encode())
        say(f"wrote {questions.relative(path)}")


def _asked(choices: tuple[str, ...]) -> tuple[str, ...]:
    """What the user answers; UsageError off a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("what for?", hint=f"name it: ledger ci init {either(list(choices))}")
    return split([ask(Missing("", f"What for? ({', '.join(choices)})", choices))])
