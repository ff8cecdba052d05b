"""The command `ledger` as Typer has it, with the options that may stand before a command's name."""

from __future__ import annotations

from typing import Any

from .commands import COMMANDS
from .declare import own
from .lazy import group_of, plain_typer, start_of
from .options import BEFORE
from .shared import Shared

app = plain_typer(cls=group_of(COMMANDS), completion=True)


@start_of(app, BEFORE)
def ledger(given: dict[str, Any]) -> Shared:
    """Keep a ledger of predictions: who said what, where, by when, how sure - and what became of it."""
    return own(given)
