"""help."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Annotated

from ..errors import UsageError
from ..text import did_you_mean
from . import completion
from .commands import COMMANDS
from .declare import command
from .options import argument
from .run import Run

_WIDEST = 100  # columns; longer lines are hard to read


def _pages() -> dict[str, str]:
    from .manual import PAGES

    return {name: about for name, (about, _) in PAGES.items()}


@command(files=False, as_of=False, color=False)
def help_(
    run: Run,
    words: Annotated[
        list[str] | None,
        argument(metavar="[PAGE]", complete=completion.ClosedSet(_pages), help="{words}, or the name of a command."),
    ] = None,
) -> None:
    """Show a page of reference, or the help of a command, as its --help does.

    All of it is also in the manual page, ledger(1), and fledger(1).
    """
    from ..render.manual.dialect import blocks
    from ..render.manual.page_text import as_text
    from .manual import PAGES

    name = " ".join(words or ())
    if name in PAGES:
        run.write(as_text(blocks(PAGES[name][1]()), _width()))
    elif not words or words[0] in COMMANDS:
        from .app import app

        app([*(words or ()), "--help"], prog_name="ledger")
    else:
        raise UsageError(
            f"no page and no command {name!r}", hint=did_you_mean(name, [*PAGES, *COMMANDS]) or "see ledger help"
        )


def _width() -> int:
    told = sys.stdout.isatty() or os.environ.get("COLUMNS")
    return min(shutil.get_terminal_size().columns, _WIDEST) if told else 80
