"""Commands of an extra say in one sentence what to install; no other command imports it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from ledger.cli.commands import COMMANDS


@pytest.mark.parametrize(("command", "module", "extra"), [("lsp", "pygls", "editor"), ("mcp", "mcp", "agents")])
def test_without_the_extra(run: Any, monkeypatch: pytest.MonkeyPatch, command: str, module: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    ran = run(command)
    assert ran.status == 2
    assert ran.err == (
        f"ledger: ledger {command} needs {module}, which is not installed\n"
        f"  install it with: pip install 'forecast-ledger[{extra}]'\n"
    )


def test_no_other_command_asks_for_them(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in ("pygls", "lsprotocol", "mcp"):
        monkeypatch.setitem(sys.modules, module, None)
        for held in [name for name in sys.modules if name.startswith(f"{module}.")]:
            monkeypatch.setitem(sys.modules, held, None)
    path = tmp_path / "claims.yaml"
    path.write_text("ledger: 1\n")
    for name in COMMANDS:
        assert run(name, "--help").status == 0, name
    for command in ("list", "due", "check", "score", "people", "schema"):
        ran = run("-f", str(path), command)
        assert ran.status == 0, ran.err
