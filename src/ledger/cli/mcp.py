"""mcp."""

from __future__ import annotations

from typing import Annotated

from .declare import command
from .options import option
from .run import Run


@command(color=False)
def mcp(
    run: Run,
    documents: Annotated[
        str | None,
        option("--documents", metavar="DIR", help="The sources' documents, to scan and to verify quotes against."),
    ] = None,
) -> None:
    """Speak the model context protocol on standard input and output, for a program of agents that starts this command.

    list, show, due, score, check and scan read; add, revise, resolve and touch preview, and write only with the
    preview's token. docs/agents.md tells more.
    """
    from ..bulk.installed import module

    module("mcp", "ledger mcp")
    from ..agents.server import serve

    serve(run.files, documents, run.day if run.dated else None)
