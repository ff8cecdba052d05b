"""Pipes that close, disks that are full, streams that are not there: as a child process, as a shell runs it."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NoReturn

import pytest

from ledger.cli import streams
from support.running import run_program

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


@pytest.mark.parametrize("words", ["list --format table", "list --format json", "list --format tsv", "--version",
                                   "--help", "due --help", "--show-completion"])  # fmt: skip
def test_a_full_disk_is_exit_3(shell: object, words: str) -> None:
    ran = shell(f"ledger {words} > /dev/full")  # type: ignore[operator]
    assert ran.returncode == 3
    assert ran.stderr == "ledger: the output could not be written: no space left on device\n"


def test_what_was_written_is_told_where_the_result_cannot_be(shell: object, tmp_path: Path) -> None:
    claim = LEDGER.split("- id: ", 1)[1].split()[0]
    ran = shell(f"ledger touch {claim} --no-input > /dev/full")  # type: ignore[operator]
    assert ran.stderr.splitlines()[-2:] == [
        "ledger: written all the same: claims.yaml", "ledger: the output could not be written: no space left on device"
    ]  # fmt: skip
    assert (ran.returncode, "checked:" in (tmp_path / "claims.yaml").read_text()) == (3, True)


@pytest.mark.parametrize(("words", "status"), [("nope", 2), ("list --topic nope", 2), ("list -f no", 3), ("check", 1)])
def test_what_a_run_found_is_its_exit_status_where_it_can_tell_nobody(shell: object, words: str, status: int) -> None:
    for nobody in ("2>/dev/full", "2>&-", "2> >(true)"):
        assert shell(f"ledger {words} {nobody}").returncode == status  # type: ignore[operator]


@pytest.mark.parametrize("form", ["json", "csv", "jsonl"])
def test_an_export_that_does_not_fit_leaves_what_was_there(shell: object, tmp_path: Path, form: str) -> None:
    """The limit on a file's size meets it half-way, as a full disk would."""
    head, claim = LEDGER.split("  - id: ", 2)[:2]
    text = head + "".join(f"  - id: n{number}-{claim}" for number in range(60))
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    first = shell(f"ledger export {form} --as-of 2026-01-01 -o out")  # type: ignore[operator]
    assert first.returncode == 0, first.stderr
    before = (tmp_path / "out").read_bytes()
    assert len(before) > 8 * 1024
    ran = shell(f"ulimit -f 8; ledger export {form} --as-of 2026-02-01 -o out")  # type: ignore[operator]
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("ledger: out: cannot be written")
    assert (tmp_path / "out").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.yaml", "out"]


def test_a_first_ledger_is_written_with_its_schema_or_not_at_all(shell: object, tmp_path: Path) -> None:
    ran = shell("ulimit -f 12; ledger init new.yaml")  # type: ignore[operator]
    assert (ran.returncode, ran.stderr) == (3, "ledger: new.schema.json: cannot be written: file too large\n")
    assert [path.name for path in tmp_path.iterdir()] == ["claims.yaml"]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (MemoryError(), "there is not enough memory for this\n  make room, or keep the claims in several ledgers"),
        (OSError(errno.EMFILE, "Too many open files"), "the system refuses: too many open files"),
        (OSError(errno.ENOENT, "No usable temporary directory"), "the system refuses: no usable temporary directory"),
        (OSError(errno.EACCES, "Permission denied", "x/y"), "x/y: permission denied"),
    ],
)
def test_what_the_system_refuses_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, refusal: Exception, said: str
) -> None:
    def refused(*words: object, **more: object) -> NoReturn:
        raise refusal

    monkeypatch.chdir(tmp_path)
    Path("claims.yaml").write_text(LEDGER)
    monkeypatch.setattr("ledger.loading.assembly.load", refused)
    assert run_program(monkeypatch, "list") == ("", f"ledger: {said}\n", 3)


def test_a_closed_output_is_like_one_that_leads_nowhere(shell: object) -> None:
    ran = shell("ledger list >&-")  # type: ignore[operator]
    assert (ran.returncode, ran.stderr) == (0, "")


def test_machine_output_keeps_every_letter(shell: object, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER.replace("Rates fall", "Zinsen fällen 利率"), encoding="utf-8")
    ran = shell("ledger list --format json", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")  # type: ignore[operator]
    assert "Zinsen fällen 利率" in ran.stdout


@pytest.mark.parametrize("words", ["--help", "list --help", "schema", "--version", "export csv"])
def test_help_and_all_else_into_a_closed_pipe_is_no_error(shell: object, words: str) -> None:
    ran = shell(f"ledger {words} | true; echo ${{PIPESTATUS[0]}}")  # type: ignore[operator]
    assert (ran.stdout, ran.stderr) == ("0\n", "")


def test_a_program_that_takes_the_streams_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks and tests put streams of text in the place of those of bytes."""
    from ledger.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.yaml").write_text(LEDGER)

    def run(*args: str, stdin: str = "") -> tuple[str, str, object]:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["ledger", *args])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
            main()
        return out.getvalue(), err.getvalue(), end.value.code

    ids = run("list", "--columns", "id")[0]
    assert ids and ids == run("list", "-f", "-", "--columns", "id", stdin=LEDGER)[0]
    for args in (("list", "--format", "json"), ("check",), ("export", "csv"), ("schema",), ("--help",)):
        out, err, status = run(*args)
        assert (out != "", "bug" in err, status in (0, 1)) == (True, False, True), args
    refused = "ledger: standard output takes text alone here\n  write to a file with --output\n"
    assert run("export", "sqlite")[1:] == (refused, 2)


def test_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)

    def run(words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", f"mkdir gone; cd gone; rmdir ../gone; {COMMAND} {words}"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    ran = run("list")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "ledger: the current folder is gone, and no ledger is named\n" in ran.stderr
    for words in ("list", "check --exit-zero", "export csv"):
        ran = run(f"{words} -f {tmp_path}/claims.yaml")
        assert (ran.returncode, ran.stdout != "") == (0, True), (words, ran.stderr)
    ran = run(f"export csv -f {tmp_path}/claims.yaml -o out.csv")
    assert (ran.returncode, "the current folder is gone" in ran.stderr) == (3, True)


class _Failing(io.StringIO):
    """A stream whose flush fails as one onto a device does."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 3, "no space left on device"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, ""),
        (OSError(errno.EBADF, "Bad file descriptor"), None, ""),
    ],
)
def test_what_fails_at_the_last_flush(
    error: OSError, status: int | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    err = io.StringIO()
    monkeypatch.setattr(sys, "stdout", _Failing(error))
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit if status is not None else OSError) as end, streams.output_may_fail():
        raise SystemExit(0)
    assert status is None or end.value.code == status  # type: ignore[union-attr]
    assert err.getvalue() == (f"ledger: the output could not be written: {said}\n" if said else "")
