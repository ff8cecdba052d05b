"""Writing a result to a file that the user named."""

from __future__ import annotations

from typing import Annotated

import typer

Plot = Annotated[str | None, typer.Option("--plot", metavar="FILE.svg", help="Write the chart to this file, as SVG.")]


def write_file(name: str, data: bytes, form: str, ledgers: tuple[str, ...]) -> None:
    """Write an export or chart, new or over an earlier one; never over one of the ledger's files."""
    from ..files.writing import put
    from ..render import own

    put(name, data, own=own.export(form), ledgers=ledgers)
