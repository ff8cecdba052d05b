"""Pipes that close, disks that are full, streams that are not there: as a child process, as a shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .test_list import LEDGER

COMMAND = f"'{sys.executable}' -m ledger"
SOURCE = str(Path(__file__).parent.parent.parent / "src")


@pytest.fixture
def shell(tmp_path: Path) -> object:
    (tmp_path / "claims.yaml").write_text(LEDGER)

    def run(line: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", line.replace("ledger ", f"{COMMAND} ", 1)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE, **environ},
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )

    return run


@pytest.mark.parametrize("form", ["table", "plain", "json"])
def test_a_closed_pipe_is_no_error(shell: object, form: str) -> None:
    ran = shell(f"ledger list --format {form} | true; echo ${{PIPESTATUS[0]}}")  # type: ignore[operator]
    assert (ran.stdout, ran.stderr) == ("0\n", "")


@pytest.mark.parametrize("form", ["table", "plain"])
def test_a_full_disk_is_exit_3(shell: object, form: str) -> None:
    ran = shell(f"ledger list --format {form} > /dev/full")  # type: ignore[operator]
    assert ran.returncode == 3
    assert ran.stderr == "ledger: the output could not be written: no space left on device\n"


def test_a_closed_output_is_like_one_that_leads_nowhere(shell: object) -> None:
    ran = shell("ledger list >&-")  # type: ignore[operator]
    assert (ran.returncode, ran.stderr) == (0, "")


def test_machine_output_keeps_every_letter(shell: object, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER.replace("Rates fall", "Zinsen fällen 利率"), encoding="utf-8")
    ran = shell("ledger list --format json", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")  # type: ignore[operator]
    assert "Zinsen fällen 利率" in ran.stdout
