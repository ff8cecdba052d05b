"""Commands of an extra say in one sentence what to install; no other command imports it."""

from __future__ import annotations

import sys
from typing import Any

import pytest


@pytest.mark.parametrize(("command", "module", "extra"), [("lsp", "pygls", "editor"), ("mcp", "mcp", "agents")])
def test_without_the_extra(run: Any, monkeypatch: pytest.MonkeyPatch, command: str, module: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    ran = run(command)
    assert ran.status == 2
    assert ran.err == (
        f"ledger: ledger {command} needs {module}, which is not installed\n"
        f"  install it with: pip install 'forecast-ledger[{extra}]'\n"
    )
