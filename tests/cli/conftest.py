"""The program run in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.example_ledgers import lacking
from support.running import Ran, Runner, run_program

__all__ = ["Ran", "Runner", "run"]


@pytest.fixture(autouse=True)
def _what_is_meant(tmp_path: Path) -> None:
    """A new warning about the plainest claim is no concern of tests about other things."""
    if lacking():
        (tmp_path / "pyproject.toml").write_text(f"[tool.ledger.check]\nignore = {sorted(lacking())}\n")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runner:
    """Run `ledger` with arguments in a folder of its own; `ledger=` writes claims.yaml there first."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, ledger: str | bytes | None = None, stdin: bytes = b"", **environ: str) -> Ran:
        if ledger is not None:
            (tmp_path / "claims.yaml").write_bytes(ledger if isinstance(ledger, bytes) else ledger.encode())
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        return run_program(monkeypatch, *args, stdin=stdin)

    return call
