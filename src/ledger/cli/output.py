"""Printing a result in the format that was asked for, and writing one to a file that the user named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from ..errors import UsageError
from ..text import hundredth
from .options import option
from .run import Run

if TYPE_CHECKING:
    from ..files.taken import Taken
    from ..render.reports import Part

Plot = Annotated[str | None, option("--plot", metavar="FILE.svg", help="Write the chart to this file, as SVG.")]


def write_file(name: str, parts: Iterable[bytes], form: str, ledger: Taken) -> int:
    """Write an export or chart, new or over an earlier one, never over one of the ledger's files; how many bytes."""
    from ..files.writing import put
    from ..render import own

    return put(name, parts, own=own.export(form), ledger=ledger)


def share(text: str, option: str, *, open_ends: bool = False) -> float:
    """A share typed as 0.9 or 90%; UsageError names the option."""
    words = text.strip()
    try:
        value = hundredth(words[:-1]) if words.endswith("%") else float(words)
    except ValueError:
        value = -1.0
    if not (0 < value < 1 if open_ends else 0 <= value <= 1):
        inside = "between 0 and 1" if open_ends else "from 0 to 1"
        raise UsageError(f"{option}: {text!r} is not a share {inside}", hint="write 0.9 or 90%")
    return value


def print_report(
    run: Run, report: Callable[[], Sequence[Part]], as_json: Callable[[], str], as_rows: Callable[[str], str]
) -> None:
    """A report as a table or in Markdown, or what other programs read."""
    form = run.table_format()
    if form == "table":
        from ..render.terminal.scores import printables

        run.show(*printables(report(), piped=not sys.stdout.isatty()))
    elif form == "markdown":
        from ..render.reports import as_markdown

        run.write(as_markdown(report()))
    else:
        run.write(as_json() if form == "json" else as_rows(form))
