"""cache info and cache clear."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .. import workspace
from ..numbers import number
from ..text import plural, visible
from .commands import LazyCommand
from .declare import command
from .run import Run

if TYPE_CHECKING:
    from ..cache import Usage

COMMANDS = {
    "info": LazyCommand("cache", "info", "Where the cache is and how large."),
    "clear": LazyCommand("cache", "clear", "Remove all that is kept; ledgers are then read from their files."),
}


@command(files=False, as_of=False, color=False)
def info(run: Run) -> None:
    """Show where the cache is and how large.

    Ledgers of 64 KiB and more are kept there as they were read, so that nothing is parsed twice. A ledger that
    changes is read again. $FORECAST_LEDGER_CACHE names another folder; `off` switches the cache off.
    """
    store = workspace.cache(os.environ)
    if store is None:
        _say_off()
    else:
        usage = store.usage()
        print(f"{visible(str(usage.folder))}: {_kept(usage)}")


@command(files=False, as_of=False, color=False)
def clear(run: Run) -> None:
    """Remove all that the cache keeps."""
    store = workspace.cache(os.environ)
    if store is None:
        _say_off()
    else:
        usage = store.clear()
        print(f"removed {_kept(usage)} from {visible(str(usage.folder))}")


def _kept(usage: Usage) -> str:
    return f"{plural(usage.ledgers, 'ledger')}, {number(usage.size / 1024 / 1024, 1)} MiB"


def _say_off() -> None:
    named = os.environ.get(workspace.CACHE_VARIABLE, "")
    if named and not named.startswith("~"):
        print(f"the cache is switched off by ${workspace.CACHE_VARIABLE}")
    else:
        print(f"there is no cache: {visible(named or '~')} is no home folder; name one in ${workspace.CACHE_VARIABLE}")
