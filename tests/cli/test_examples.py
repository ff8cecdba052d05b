"""What help and README show runs as it stands, on a fresh copy of the first ledger; errors of a command line."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from ledger.cli.app import COMMANDS
from ledger.cli.examples import EXAMPLES

from .conftest import Ran, Runner

ROOT = Path(__file__).parents[2]
APART = ("lsp", "mcp", "review")  # talk to a program or to somebody at a terminal: tested so
GROUPS = {"ci": ("init",), "cache": ("info", "clear")}
# Lines of a shell: behind a dollar sign, or indented alone.
LINE = re.compile(r"^(?:\$ |    )((?:[A-Z_]+=\S+ )*(?:ledger|fledger|echo|pdftotext) .*?)(?:\s+#.*)?$", re.MULTILINE)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = [
    pytest.param(line, id=f"{page.name}: {line}")
    for page in PAGES
    for line in LINE.findall(page.read_text(encoding="utf-8"))
    if page.name != "tutorial.md"  # a session: run as one by tests/test_tutorial.py
]
ELSEWHERE = ("spark", "pdftotext")  # on a cluster, by another program: their options are looked at
ROWS = ("optimus-5000-in-2025,metaculus,2025-06-01,0.2", "optimus-5000-in-2025,eve,2025-06-01,0.4")
FORECASTS = "\n".join(("claim,by,date,probability", *ROWS, ""))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the first ledger and the README, under version control."""
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data/claims.yaml", tmp_path / "data/claims.yaml")
    shutil.copy(ROOT / "README.md", tmp_path)
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for args in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "The first ledger"]):
        subprocess.run(["git", *args], cwd=tmp_path, check=True)
    return tmp_path


def run_line(run: Runner, line: str) -> Ran:
    """A line of a shell: commands of ledger and echo, with pipes between them."""
    ran = Ran("", "", 0)
    for part in line.partition(" > ")[0].split(" | "):
        program, *args = shlex.split(part)
        if program == "echo":
            ran = Ran(" ".join(args) + "\n", "", 0)
        else:
            assert program == "ledger"
            ran = run(*args, stdin=ran.out.encode(), FORECAST_LEDGER_AS_OF="2026-11-27")
        assert ran.status == 0, (line, ran.err)
    return ran


def test_every_command_has_one_to_three_examples() -> None:
    every = [f"{name} {sub}" if sub else name for name in COMMANDS for sub in GROUPS.get(name, ("",))]
    assert sorted(EXAMPLES) == sorted(every)
    assert all(1 <= len(lines) <= 3 for lines in EXAMPLES.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_help_ends_with_examples_that_run(name: str, run: Runner, copy: Path) -> None:
    shown = run(*name.split(), "--help", COLUMNS="80").out
    assert shown.endswith("".join(f"{line}\n" for line in ("\n  Examples:", *(f"    {one}" for one in EXAMPLES[name]))))
    for line in EXAMPLES[name]:
        if name not in APART:
            run_line(run, line)


@pytest.fixture
def beside(copy: Path) -> None:
    """What the pages speak of: tables of forecasts, and texts."""
    for name in ("set.csv", "forecasts/set.csv"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(FORECASTS)
    duckdb = pytest.importorskip("duckdb")
    (copy / "set").mkdir()
    duckdb.sql(f"copy (from '{copy}/set.csv') to '{copy}/set/one.parquet'")
    for name in ("article.txt", "speech.md"):
        (copy / name).write_text("Notes.\n" * 19 + "Fifty people will be hired by the end of 2027, said Ann Lee.\n")


@pytest.mark.parametrize("line", WRITTEN)
@pytest.mark.usefixtures("beside")
def test_every_command_that_a_page_shows_runs(
    line: str, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if line == "ledger init":  # in a folder that has no ledger yet
        (tmp_path / "new").mkdir()
        monkeypatch.chdir(tmp_path / "new")
    if any(word in line for word in ELSEWHERE):
        known = run("leaderboard", "--help").out + run("scan", "--help").out
        assert all(option in known for option in re.findall(r"(?<= )--[a-z-]+", line))
        return
    if " --document " in line:
        line += " --speaker elon-musk --source ainvest-2025-01-09"
    run_line(run, line.replace("*.txt", "article.txt"))


def test_pages_show_many_commands() -> None:
    assert len(WRITTEN) > 25


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("due sun", "ledger due takes no words: sun\n  to find claims with that text: ledger due --search sun"),
        ("list a b", "ledger list takes no words: a b\n  to find claims with that text: ledger list --search 'a b'"),
        ("schema list x", "ledger schema takes no further words: x\n  see ledger schema --help"),
        ("list --limit x", "--limit: 'x' is not a whole number\n  write digits, such as 10"),
        ("log --limit 0", "--limit: 0 is too small\n  1 is the least"),
        ("shwo", "no command 'shwo'\n  did you mean show?"),
        ("show", "ID… is missing\n  see ledger show --help"),
        ("list --topik x", "no option --topik\n  did you mean --topic?"),
        ("--topic", "no option --topic\n  see ledger --help"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_like_every_error(line: str, said: str, run: Runner) -> None:
    ran = run(*line.split())
    assert (ran.status, ran.out, ran.err) == (2, "", f"ledger: {said}\n")
