"""Writing a result to a file that the user named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UnreadableError

Plot = Annotated[str | None, typer.Option("--plot", metavar="FILE.svg", help="Write the chart to this file, as SVG.")]


def write_file(name: str, data: bytes) -> None:
    """Write a file, whole or not at all; UnreadableError says why it cannot be."""
    path = Path(name).resolve()
    part = path.with_name(f"{path.name}.forecast-ledger-part")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
            path.write_bytes(data)
            return
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableError(f"{name}: cannot be written: {reason}", hint="name a file you may write") from None
