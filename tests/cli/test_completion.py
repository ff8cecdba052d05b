"""What a shell is offered."""

from __future__ import annotations

import io
import os
import pty
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.cli import certain, shells
from ledger.cli.app import app
from ledger.cli.commands import COMMANDS
from ledger.cli.declare import Command
from ledger.cli.options import Option

from .conftest import Runner
from .test_list import LEDGER


def offered(run: Runner, line: str, ledger: str | None = LEDGER) -> list[str]:
    words = line.split(" ")
    ran = run(ledger=ledger, _LEDGER_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert "Traceback" not in ran.err
    return ran.out.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ledger show rob", ["robots-2026", "robots-2025"]),
        ("ledger show robots-2026 rate", ["rate-cut", "rates-fall"]),
        ("ledger list --topic ", ["robots", "rates"]),
        ("ledger list --topic robots,", ["robots,rates"]),
        ("ledger list --topic robots,ra", ["robots,rates"]),
        ("ledger list --status ov", ["overdue"]),
        ("ledger list --sort dead", ["deadline"]),
        ("ledger list --columns id,deadline_", ["id,deadline_words", "id,deadline_latest", "id,deadline_end"]),
        ("ledger list --format js", ["json", "jsonl"]),
        ("ledger list --speaker a", ["ada"]),
        ("ledger check --ignore over", ["overdue"]),
        ("ledger schema ca", ["calibration", "calibration-forecasts"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names_are_offered(run: Runner, line: str, expected: list[str]) -> None:
    assert offered(run, line) == expected


@pytest.mark.parametrize("line", ["ledger -f other.yaml show ", "ledger show -f other.yaml "])
def test_the_file_on_the_line_is_the_one_that_counts(run: Runner, tmp_path: Path, line: str) -> None:
    (tmp_path / "other.yaml").write_text(
        "ledger: 1\npeople: {eve: {name: Eve}}\nsources: {s: {title: S}}\nclaims:\n"
        "  - {id: else, claim: C, speaker: eve, said: 2020, source: s, deadline: 2021}\n"
    )
    assert offered(run, line) == ["else"]


def test_without_a_ledger_nothing_is_offered_and_nothing_is_said(run: Runner) -> None:
    ran = run(_LEDGER_COMPLETE="complete_bash", COMP_WORDS="ledger show ", COMP_CWORD="2")
    assert (ran.out.strip(), ran.err) == ("", "")


def test_commands_are_offered(run: Runner) -> None:
    assert offered(run, "ledger re") == ["review", "resolve", "reopen", "revise"]


def declared() -> dict[str, Command]:
    """The commands, but those that are groups of others."""
    found: dict[str, Command] = {}
    for name in COMMANDS:
        try:
            found[name] = certain._command(name)
        except certain._Unsure:
            continue
    return found


DECLARED = declared()
BEGUN = st.sampled_from(["", "r", "ro", "robots", "robots,ra", "robots-2026", "a", "t", "o", "x", "-", "--t", "=", "é"])
VALUES = st.sampled_from([*["robots", "a,b", "3", "ada"] * 4, "-3", "x=y", "--", "-f", "--help", "'q", "true", "csv"])


@st.composite
def half_lines(draw: st.DrawFn) -> tuple[str, str]:
    """A line as far as it was typed, and the word that was begun."""
    name = draw(st.sampled_from(sorted(DECLARED)))
    options = [one for one in DECLARED[name].parameters if isinstance(one.of, Option)]
    flags = [(flag, one.base) for one in options for flag in getattr(one.of, "flags", ())] or [("--none", str)]
    words = draw(st.sampled_from([[], [], ["-f", "claims.yaml"], ["--as-of", "2026"], ["--no-cache"], ["-f"]]))
    words = ["ledger", *words, name]
    for _ in range(draw(st.integers(0, 3))):
        flag, base = draw(st.sampled_from(flags))
        words += [flag] if base is bool or draw(st.integers(0, 9)) == 0 else [flag, draw(VALUES)]
    words += draw(st.lists(VALUES, max_size=1))
    if draw(st.booleans()):
        words.append(draw(st.sampled_from(flags))[0])
    return " ".join(words), draw(BEGUN)


def answered(ask: Callable[[str], object], shell: str, line: str, begun: str) -> tuple[str, int] | None:
    """What is printed for a shell, and the exit status; None where the line was left alone."""
    environ = {
        "COMP_WORDS": f"{line} {begun}",
        "COMP_CWORD": str(len(line.split())),
        "_TYPER_COMPLETE_ARGS": f"{line} {begun}",
        "_TYPER_COMPLETE_FISH_ACTION": "is-args" if shell == "fish?" else "get-args",
        "FORECAST_LEDGER_CACHE": "off",
    }
    shown = io.StringIO()
    with mock.patch.dict(os.environ, environ), redirect_stdout(shown):
        try:
            ask(f"complete_{shell.removesuffix('?')}")
        except SystemExit as end:
            return shown.getvalue(), int(end.code or 0)
    return None


TYPERS = typer.main.get_command(app)


def by_typer(asked: str) -> None:
    from typer.completion import completion_init, shell_complete

    completion_init()
    raise SystemExit(shell_complete(TYPERS, {}, "ledger", "_LEDGER_COMPLETE", asked))


@pytest.fixture(scope="module")
def _with_a_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder, before = tmp_path_factory.mktemp("completion"), Path.cwd()
    (folder / "claims.yaml").write_text(LEDGER, encoding="utf-8")
    os.chdir(folder)
    yield
    os.chdir(before)


@pytest.mark.usefixtures("_with_a_ledger")
@given(half_lines(), st.sampled_from(["bash", "zsh", "fish", "fish?"]))
@settings(max_examples=150, deadline=None)
def test_what_is_certain_is_answered_as_by_typer(typed: tuple[str, str], shell: str) -> None:
    quick = answered(shells.answer, shell, *typed)
    if quick is not None:
        assert quick == answered(by_typer, shell, *typed)


@pytest.mark.usefixtures("_with_a_ledger")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "fish?"])
@pytest.mark.parametrize("line", ["ledger show", "ledger -f claims.yaml list --topic", "ledger resolve robots-2026"])
def test_names_are_offered_without_typer(line: str, shell: str) -> None:
    found = answered(shells.answer, shell, line, "r")
    assert found == answered(by_typer, shell, line, "r")
    assert found is not None
    assert "robots" in found[0] or shell == "fish?"


@pytest.mark.usefixtures("_with_a_ledger")
@pytest.mark.parametrize(
    ("line", "begun"),
    [("ledger", "sh"), ("ledger list", "--to"), ("ledger list", "x"), ("ledger show", "'r"), ("ledger -f", "cl"),
     ("ledger show --topc x", "r"), ("ledger cache", "cl"), ("ledger list --limit", ""), ("ledger show", "a$b")],
)  # fmt: skip
def test_any_other_word_is_left_to_typer(line: str, begun: str) -> None:
    assert answered(shells.answer, "bash", line, begun) is None


HOSTILE = [
    r"Robots are built \" <(touch pwned) \" $(touch pwned) `touch pwned`",
    "He wrote [/b] and [sic] there: 'x' \"y\" {a,b} *?~!;&|<>",
    "a\x1b]0;title\x07\u202eb\nsecond line",
    "漢字" * 60,
    "x" * 3000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_stands_beside_a_name_is_one_line_that_no_shell_reads(text: str) -> None:
    from ledger.cli.completion import told

    shown = told(text)
    assert not set(shown) & set("\\\"'`$<>(){}[]*?~!;&|\n\x1b\u202e:#=")
    assert sum(2 if sign in "漢字" else 1 for sign in shown) <= 60


def test_only_names_that_need_no_quoting_are_offered() -> None:
    from ledger.cli.completion import offers

    assert offers([("a-b", "x"), ("$(touch pwned)", "y"), ("a b", "z")], "") == [("a-b", "x")]


SHELLS = {
    "bash": ("bash", "--norc"),
    "zsh": ("zsh", "-f"),
    "fish": ("fish", "--no-config"),
}
SETUP = {
    "bash": "source <(ledger --show-completion bash)",
    "zsh": "autoload -U compinit; compinit -u -d ./dump; source <(ledger --show-completion zsh)",
    "fish": "ledger --show-completion fish | source",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_runs_nothing_of_a_ledger(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    hostile = LEDGER.replace("claim: ", f"claim: '{HOSTILE[0]}' # ", 1)
    (tmp_path / "claims.yaml").write_text(hostile)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.environ.update(PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}", HOME=str(tmp_path), TERM="dumb")
        os.execvp(SHELLS[shell][0], [*SHELLS[shell], "-i"])
    try:
        os.write(terminal, f"{SETUP[shell]}\recho rea''dy\r".encode())
        assert "ready" in read_until(terminal, "ready")
        os.write(terminal, b"ledger show robots-\t\t")
        assert "202" in read_until(terminal, "202")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    assert not (tmp_path / "pwned").exists()


def read_until(terminal: int, text: str, seconds: float = 30.0) -> str:
    """What a shell shows until a text is among it, or it has been silent for long."""
    shown, until = "", time.monotonic() + seconds
    while text not in shown and time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
    return shown
