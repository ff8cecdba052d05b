"""A repository to work in, and the program run in it as a user would."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from support.repositories import ENVIRONMENT, Ran, Repo, Runner


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Repo:
    """An empty repository, which is also the current folder."""
    found = Repo(tmp_path / "repo")
    monkeypatch.chdir(found.folder)
    return found


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Run `ledger` with arguments in the current folder, as of 2026-11-22 unless a test says otherwise."""

    def call(*args: str, stdin: bytes = b"", as_of: str | None = "2026-11-22") -> Ran:
        from ledger.cli import main

        if as_of is not None:
            monkeypatch.setenv("FORECAST_LEDGER_AS_OF", as_of)
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

    return call
