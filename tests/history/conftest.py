"""A repository to work in, and the program run in it as a user would."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.repositories import ENVIRONMENT, Repo
from support.running import Ran, Runner, run_program


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
        if as_of is not None:
            monkeypatch.setenv("FORECAST_LEDGER_AS_OF", as_of)
        return run_program(monkeypatch, *args, stdin=stdin)

    return call
