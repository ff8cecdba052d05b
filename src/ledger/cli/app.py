"""The command `ledger`: its table of commands, and the options that may stand before a command's name."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import PurePath
from typing import Any

from . import streams
from .declare import own
from .lazy import LazyCommand, group_of, plain_typer, start_of
from .options import AsOf, Color, Files, Format, NoCache
from .shared import Shared

COMMANDS = {
    "list": LazyCommand("list", "list_", "Claims with their states, filtered and sorted."),
    "show": LazyCommand("list", "show", "One claim in full, with its judgements and revisions."),
    "due": LazyCommand("list", "due", "What is overdue, then what falls due next."),
    "check": LazyCommand("check", "check", "Everything that is wrong with a ledger."),
    "add": LazyCommand("add", "add", "Enter a new claim."),
    "scan": LazyCommand("scan", "scan", "What in a text looks like a claim about the future."),
    "resolve": LazyCommand("resolve", "resolve", "Judge claims: true, false, partly, ambiguous, annulled."),
    "reopen": LazyCommand("resolve", "reopen", "Withdraw the verdict of claims."),
    "revise": LazyCommand("add", "revise", "Enter what the speaker says now, instead of an earlier claim."),
    "touch": LazyCommand("resolve", "touch", "Note that claims were looked at and nothing decisive found."),
    "diff": LazyCommand("diff", "diff", "What changed since a commit, or between two, in words."),
    "log": LazyCommand("diff", "log", "The commits that touched a claim, and what they changed."),
    "ci": LazyCommand("ci", "COMMANDS", "Workflow files that run ledger check."),
    "score": LazyCommand("score", "score", "Rates and scores of claims against their deadlines."),
    "calibration": LazyCommand("score", "calibration", "Stated probabilities against what happened."),
    "leaderboard": LazyCommand("leaderboard", "leaderboard", "Forecasters on the questions they share."),
    "slip": LazyCommand("score", "slip", "Time taken against time promised, and what is late."),
    "topics": LazyCommand("counts", "topics", "Topics and how many claims each has."),
    "people": LazyCommand("counts", "people", "Speakers and how many claims each has."),
    "sources": LazyCommand("counts", "sources", "Sources and how many claims each has."),
    "export": LazyCommand("export", "export", "Write claims as a table, database, calendar, feed or linked data."),
    "import": LazyCommand("import_", "import_", "What other programs, platforms and people wrote, into a ledger."),
    "site": LazyCommand("site", "site", "Write the ledger as a web site that needs no server."),
    "cache": LazyCommand("cache", "COMMANDS", "What is kept of large ledgers so that they are read once."),
    "init": LazyCommand("init", "init", "Begin a ledger: a commented first file."),
    "schema": LazyCommand("init", "schema", "JSON Schema of the file, or of a command's JSON."),
}


app = plain_typer(cls=group_of(COMMANDS), completion=True)


@start_of(app, {"files": Files, "as_of": AsOf, "format_": Format, "color": Color, "no_cache": NoCache})
def ledger(given: dict[str, Any]) -> Shared:
    """Keep a ledger of predictions: who said what, where, by when, how sure - and what became of it."""
    return own(given)


def main() -> None:
    """Run the command line; the name shown is the one it was called by."""
    # A command lives for a moment and drops what it parsed by reference count: the collector finds nothing and
    # takes a twentieth of `list` on 80 claims, a tenth on 10,000. Only the program decides so, never the library.
    gc.disable()
    streams.open_all()
    name = PurePath(sys.argv[0]).stem if sys.argv else ""
    with _safe_logs(), streams.closed_pipes_are_no_error():
        app(prog_name=name if name in ("ledger", "fledger") else "ledger")


def _safe_logs() -> AbstractContextManager[None]:
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return nullcontext()
    from .actions import guarded

    return guarded()
