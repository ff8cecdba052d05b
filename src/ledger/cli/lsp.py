"""lsp."""

from __future__ import annotations

from typing import Annotated

from .declare import command
from .options import option
from .run import Run


@command(files=False, color=False)
def lsp(
    run: Run,
    documents: Annotated[
        str | None,
        option("--documents", metavar="DIR", help="Check quotes against the sources' documents there, and go to them."),
    ] = None,
) -> None:
    """Speak the language server protocol on standard input and output, for an editor that starts this command.

    What check finds is shown while typing; names, periods from words and a new claim are completed; certain remedies
    and another id for a claim are edits of the open text. The server writes no file. docs/editors.md has the setup.
    """
    from ..bulk.installed import module

    module("pygls", "ledger lsp")
    from ..editor.server import serve

    serve(documents, run.day if run.dated else None)
