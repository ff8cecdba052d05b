"""The front door: what needs no Typer is answered before it is imported; all else, and every help, is left to it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import AbstractContextManager, nullcontext

from . import streams

_MAY_WAIT = frozenset(("threading", "atexit"))  # modules by which something is still to be done at the end


def program() -> None:
    """Run the command line as a process of its own, which ends at once where nothing waits for its end.

    To take the interpreter apart costs a tenth of `list`, and the system takes all of it back anyway.
    """
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int) or not _MAY_WAIT.isdisjoint(sys.modules):
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code)


def main() -> None:
    """Run the command line; the name shown is the one it was called by."""
    # A command lives for a moment and drops what it parsed by reference count: the collector finds nothing and
    # takes a twentieth of `list` on 80 claims, a tenth on 10,000. Only the program decides so, never the library.
    gc.disable()
    streams.open_all()
    with _safe_logs(), streams.output_may_fail():
        name = os.path.splitext(os.path.basename(sys.argv[0]))[0] if sys.argv else ""  # noqa: PTH119, PTH122 - pathlib costs more
        name = name if name in ("ledger", "fledger") else "ledger"
        _answer(name, sys.argv[1:])
        from .app import app

        app(prog_name=name)


def _answer(name: str, words: list[str]) -> None:
    """Answer a line that needs no Typer, and end as Typer does; any other is left alone."""
    asked = os.environ.get(f"_{name.upper()}_COMPLETE")
    if asked:
        from .shells import answer

        answer(asked)
    elif words == ["--version"]:
        from .. import __version__

        print(f"ledger {__version__}")
        raise SystemExit(0)
    elif words and words[0].partition("=")[0] == "--install-completion" and len(words) <= 2:
        from .installing import install
        from .run import bounded

        bounded(install)(name, words[0].partition("=")[2] or "".join(words[1:]))
        raise SystemExit(0)
    else:
        from . import certain

        line = certain.line(words)
        if line is not None:
            line.command(line.before, line.values)
            raise SystemExit(0)


def _safe_logs() -> AbstractContextManager[None]:
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return nullcontext()
    from .actions import guarded

    return guarded()
