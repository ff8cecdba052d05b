"""docs/tutorial.md is run from top to bottom, and what it shows is what is printed.

`REFRESH_TUTORIAL=1 pytest tests/test_tutorial.py` writes the outputs anew; look at what changed.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from ledger.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

# What differs from run to run: a commit's name, and how many pages a site has.
VARYING = re.compile(r"\([0-9a-f]{10}\)|\d+ files, \d+ of them")


class Then(datetime):
    """The clock as it stood when the page was written."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Then:
        return cls(2026, 11, 27, 12, tzinfo=tz)


def printed(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a line of the session prints, both streams in order."""
    program, *args = shlex.split(line)
    if program == "export":
        monkeypatch.setenv(*args[0].split("=", 1))
        return ""
    if program != "ledger":
        ran = subprocess.run([program, *args], cwd=folder, capture_output=True, text=True, check=True)
        return ran.stdout + ran.stderr
    both = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    monkeypatch.setattr(sys, "argv", ["ledger", *args])
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, both)
    with pytest.raises(SystemExit):
        main()
    both.seek(0)
    return both.read()


@pytest.mark.skipif(sys.platform == "win32", reason="a session of a POSIX shell")
def test_the_session_runs_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("ledger.cli.run.datetime", Then)
    text = PAGE.read_text(encoding="utf-8")

    def played(found: re.Match[str]) -> str:
        kind, block = found[1], found[2]
        if kind == "yaml":
            (tmp_path / "claims.yaml").write_text(block, encoding="utf-8")
            return found[0]
        lines = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        assert block.startswith("$ ") and lines
        told = "".join(f"$ {line}\n{printed(line, tmp_path, monkeypatch)}" for line in lines)
        return f"```console\n{told}```"

    shown = BLOCK.sub(played, text)
    if os.environ.get("REFRESH_TUTORIAL"):
        PAGE.write_text(shown, encoding="utf-8")
    assert VARYING.sub("…", shown) == VARYING.sub("…", text)
