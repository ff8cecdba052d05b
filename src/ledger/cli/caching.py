"""cache info and cache clear."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from .. import workspace
from ..text import plural, visible
from . import options
from .lazy import Entry
from .run import Run, bounded

if TYPE_CHECKING:
    from ..cache import Usage

COMMANDS = {
    "info": Entry("caching", "info", "Where the cache is and how large."),
    "clear": Entry("caching", "clear", "Remove all that is kept; ledgers are then read from their files."),
}
_FORMATS = ("text", "json")


@bounded
def info(ctx: typer.Context, format_: options.Format = None) -> None:
    """Show where the cache is and how large. Formats: text, json.

    Ledgers of 64 KiB and more are kept there as they were read, so that nothing is parsed twice. A ledger that
    changes is read again. $FORECAST_LEDGER_CACHE names another folder; `off` switches the cache off.
    """
    _print(Run(ctx, options.Shared(format=format_), formats=_FORMATS), clear=False)


@bounded
def clear(ctx: typer.Context, format_: options.Format = None) -> None:
    """Remove all that the cache keeps. Formats: text, json."""
    _print(Run(ctx, options.Shared(format=format_), formats=_FORMATS), clear=True)


def _print(run: Run, *, clear: bool) -> None:
    store = workspace.cache(os.environ)
    usage = None if store is None else store.clear() if clear else store.usage()
    if run.format == "json":
        from ..render import jsontext
        from ..render.objects import envelope

        run.write(jsontext.dumps(envelope("cache", run.day, 0, **_object(usage))))
    else:
        run.write(_words(usage, cleared=clear) + "\n")


def _object(usage: Usage | None) -> dict[str, object]:
    if usage is None:
        return {"folder": None, "ledgers": 0, "bytes": 0}
    return {"folder": str(usage.folder), "ledgers": usage.ledgers, "bytes": usage.size}


def _words(usage: Usage | None, *, cleared: bool) -> str:
    if usage is None:
        return f"the cache is switched off by ${workspace.CACHE_VARIABLE}"
    kept = f"{plural(usage.ledgers, 'ledger')}, {usage.size / 1024 / 1024:,.1f} MiB"
    folder = visible(str(usage.folder))
    return f"removed {kept} from {folder}" if cleared else f"{folder}: {kept}"
