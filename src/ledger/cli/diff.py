"""diff and log."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

from . import completion
from .declare import command
from .options import argument, option
from .run import Run, error_count, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..history.unread import Gap
    from ..render.terminal.blocks import Blocks
    from ..results.diff import LedgerLog

_FORMATS = ("text", "json")


@command(formats=_FORMATS)
def diff(
    run: Run,
    revs: Annotated[
        str, argument(metavar="[REV[..REV]]", help="One commit, to compare with the files, or two.")
    ] = "HEAD",
) -> None:
    """Tell what changed since a commit, or between two: added, judged, re-dated, newly overdue, removed.

    Formatting, comments, order and moves between files are no change. The older version is seen on the day of
    its commit; so is the newer one, if it is a commit and --as-of is not given.
    """
    from ..history import versions
    from ..results import diff as history

    old, new = history.parse_range(revs)
    if new is None:
        side = history.DiffSide("the files", None, None, run.ledger, run.day)
    else:
        side = history.side_at(versions.open_at(new, run.named, environ=os.environ), run.day, fixed=run.dated)
    base = versions.open_base(old, run.named, side.ledger, environ=os.environ)
    if base.is_new:
        say(f"{base.name} holds no ledger: everything is new")
    found = history.diff(history.side_at(base, side.day), side)
    say_gaps(found.gaps, base.name)
    if run.format == "json":
        from ..render.history import diff_json

        run.write(diff_json(found, error_count(side.ledger) + len(found.gaps)))
        return
    from ..render.terminal.history import diff_blocks

    _put(run, diff_blocks(found))


def say_gaps(gaps: Sequence[Gap], name: str) -> None:
    """One line on stderr for what of a version could not be compared."""
    if gaps:
        more = f", and {len(gaps) - 1} more" if len(gaps) > 1 else ""
        say(f"not compared with {name}: {gaps[0].message}{more}")


@command(formats=_FORMATS, as_of=False, rev=True)
def log(
    run: Run,
    claim: Annotated[
        str | None,
        argument(metavar="[ID]", complete=completion.claims, help="An id, or a unique beginning; without it all."),
    ] = None,
    limit: Annotated[int | None, option("--limit", "-n", min=1, metavar="N", help="The newest N commits.")] = None,
) -> None:
    """Tell the history of one claim, or of all: each commit that touched it, newest first, and what changed."""
    from ..results import diff as history

    if claim is None:
        _ledger_log(run, history.ledger_log(run.named, environ=os.environ, rev=run.rev, limit=limit))
        return
    found = history.log(claim, run.named, environ=os.environ, rev=run.rev)
    found = found._replace(touches=found.touches[:limit])
    if run.format == "json":
        from ..render.history import log_json

        run.write(log_json(found, run.day))
        return
    from ..render.terminal.history import log_blocks

    _put(run, log_blocks(found))


def _ledger_log(run: Run, found: LedgerLog) -> None:
    if run.format == "json":
        from ..render.history import ledger_log_json

        run.write(ledger_log_json(found, run.day))
        return
    from ..render.terminal.history import ledger_log_blocks

    _put(run, ledger_log_blocks(found))


def _put(run: Run, blocks: Blocks | str) -> None:
    from ..render.terminal.console import put, surface

    put(sys.stdout, surface(sys.stdout, run.color), blocks)
