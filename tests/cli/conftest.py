"""Running the program in this process, as a user would."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Ran(NamedTuple):
    """What one run printed, and how it ended."""

    out: str
    err: str
    status: int


Runner = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runner:
    """Run `ledger` with arguments in a folder of its own; `ledger=` writes claims.yaml there first."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, ledger: str | bytes | None = None, stdin: bytes = b"", **environ: str) -> Ran:
        from ledger.cli import main

        if ledger is not None:
            data = ledger if isinstance(ledger, bytes) else ledger.encode()
            (tmp_path / "claims.yaml").write_bytes(data)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
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

    assert Path.cwd() == tmp_path
    return call
