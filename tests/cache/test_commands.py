"""What the program prints is the same with and without the cache; `ledger cache` and how it is switched off."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Ran, Runner, run  # noqa: F401 - a fixture

from support.ledgers import broken, ledger, whole

COMMANDS = (
    "list",
    "list --format table",
    "list --format json",
    "list --format csv --sort -said,id",
    "list --format jsonl --columns id,status,line,file",
    "list --topic cars --status overdue,late --format table",
    "list --topic carz",
    "list --series yearly",
    "list --series nothing",
    "list --speaker bob --kind statement",
    "list --due-within 900d --limit 3",
    "list --said-before 2024 --search plain",
    "show rich",
    "show plain revised",
    "show revise",
    "show h",
    "show nothing",
    "show rich --format json",
    "due --format table",
    "due --within 5y",
    "check",
    "check --format json",
    "score",
    "score --by topic --format json",
    "slip",
    "calibration",
    "topics --format table",
    "people",
    "sources --format json",
    "export --format json",
    "resolve plain true --note seen --dry-run",
    "touch later --dry-run",
    "revise plain --deadline 2030 --said 2025 --dry-run --no-input",
)


def _ran(run: Runner, words: str, cache: str, *more: str) -> Ran:  # noqa: F811
    return run(*words.split(), "--as-of", "2026-03-01", *more, FORECAST_LEDGER_CACHE=cache, COLUMNS="100")


@pytest.mark.parametrize("text", [ledger(3), broken(2), whole()], ids=["sound", "broken", "whole"])
def test_every_command_says_the_same_from_the_cache(text: str, run: Runner, tmp_path: Path) -> None:  # noqa: F811
    cache = str(tmp_path / "cache")
    expected = {words: run_ for words in COMMANDS for run_ in [_ran_on(run, text, words, "off")]}
    _ran_on(run, text, "list", cache)
    assert list(Path(cache).glob("*.sqlite"))
    for words in COMMANDS:
        assert _ran_on(run, text, words, cache) == expected[words], words
    assert {ran.status for ran in expected.values()} >= {0, 2}


def _ran_on(run: Runner, text: str, words: str, cache: str) -> Ran:  # noqa: F811
    path = Path("claims.yaml")
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    if words.split(maxsplit=1)[0] in ("resolve", "touch", "revise"):
        return run(*words.split(), FORECAST_LEDGER_CACHE=cache, COLUMNS="100")
    return _ran(run, words, cache)


def test_a_judgement_leaves_the_cache_right(run: Runner, tmp_path: Path, parses: list[str]) -> None:  # noqa: F811
    cache = str(tmp_path / "cache")
    Path("claims.yaml").write_text(ledger(3))
    _ran(run, "list", cache)
    assert run("resolve", "later", "true", "--note", "seen").status == 0
    parses.clear()
    found = _ran(run, "list --status hit --columns id", cache, "--format", "plain")
    assert "later\n" in run("list", "--status", "hit", "--columns", "id", "--format", "plain").out
    assert parses == []
    assert found == _ran(run, "list --status hit --columns id", "off", "--format", "plain")


def test_no_cache_before_and_after_the_name(run: Runner, tmp_path: Path) -> None:  # noqa: F811
    cache = tmp_path / "cache"
    Path("claims.yaml").write_text(ledger())
    for words in (["--no-cache", "list"], ["list", "--no-cache"]):
        assert run(*words, FORECAST_LEDGER_CACHE=str(cache)).status == 0
        assert not cache.exists()
    assert run("list").status == 0
    assert cache.exists()


def test_info_and_clear(run: Runner, tmp_path: Path) -> None:  # noqa: F811
    cache = str(tmp_path / "cache")
    Path("claims.yaml").write_text(ledger())
    assert run("cache", "info", FORECAST_LEDGER_CACHE=cache).out == f"{cache}: 0 ledgers, 0.0 MiB\n"
    run("list")
    assert run("cache", "info").out.startswith(f"{cache}: 1 ledger, 0.")
    assert run("cache", "clear").out.startswith("removed 1 ledger, 0.")
    assert run("cache", "info").out == f"{cache}: 0 ledgers, 0.0 MiB\n"
    off = run("cache", "info", FORECAST_LEDGER_CACHE="off")
    assert (off.out, off.status) == ("the cache is switched off by $FORECAST_LEDGER_CACHE\n", 0)
    assert run("cache", "clear").status == 0


def test_the_folder_is_the_users_cache_folder(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    Path("claims.yaml").write_text(ledger())
    monkeypatch.delenv("FORECAST_LEDGER_CACHE")
    assert run("list", XDG_CACHE_HOME=str(tmp_path / "xdg")).status == 0
    folder = tmp_path / "xdg" / "forecast-ledger"
    assert len(list(folder.glob("*.sqlite"))) == 1
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    shutil.rmtree(folder)


def test_a_warm_run_imports_neither_yaml_nor_the_loader(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    path = tmp_path / "claims.yaml"
    path.write_text(ledger(60))
    assert path.stat().st_size > 64 * 1024
    os.utime(path, (1, 1))
    code = (
        "import sys; sys.argv[0] = 'ledger'\nfrom ledger.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write('\\n'.join(sorted(sys.modules)))"
    )
    environ = {**os.environ, "FORECAST_LEDGER_CACHE": str(tmp_path / "cache")}
    seen = []
    for _ in range(2):
        command = [sys.executable, "-c", code, "list", "--topic", "cars", "-f", str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environ, timeout=60)
        seen.append((ran.stdout, set(ran.stderr.split())))
    assert seen[0][0] == seen[1][0] != ""
    assert {"yaml", "ledger.loading.assembly"} <= seen[0][1]
    assert not {"yaml", "ledger.loading.assembly", "ledger.loading.reading"} & seen[1][1]
