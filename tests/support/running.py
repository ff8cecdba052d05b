"""Running the program in this process, as a user would."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest


class Ran(NamedTuple):
    """What one run printed, and how it ended."""

    out: str
    err: str
    status: int


Runner = Callable[..., Ran]


def run_program(monkeypatch: pytest.MonkeyPatch, *args: str, stdin: bytes = b"") -> Ran:
    """Run `ledger` with arguments in the current folder."""
    from ledger.cli import main

    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "argv", ["ledger", *args])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
    try:
        main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
    return Ran(out.read(), err.read(), status)
