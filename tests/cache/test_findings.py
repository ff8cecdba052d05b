"""What `check` finds is kept with the rows, for the same texts, day and options alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Runner, run  # noqa: F401 - a fixture

from ledger.results import found
from support.ledgers import claim, ledger, whole

LINES = (
    "check",
    "check --format json",
    "check --summary",
    "--color always check",
    "check --as-of 2024-06-01",
    "check --as-of 2026-03-01 --strict",
    "check --as-of 2026-03-01 --recheck 900d",
    "check --select overdue,due-soon",
    "check --ignore no-evidence,no-criteria",
    "check --fail-on no-criteria --format sarif",
)
TEXTS = {
    "sound": ledger(3),
    "whole": whole(),
    "accepted": ledger(2).replace("deadline: 2026\n", "deadline: 2026 # ledger: ignore[overdue, nothing] late\n"),
    "wrong": ledger(2) + claim("bad", "deadline: soon", "", 1),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_run_says_what_it_says_without_a_cache(text: str, run: Runner, tmp_path: Path) -> None:  # noqa: F811
    Path("claims.yaml").write_text(text)
    expected = {line: run(*line.split(), FORECAST_LEDGER_CACHE="off") for line in LINES}
    for line in [*LINES, *LINES[::-1], *(line for line in LINES for _ in range(3))]:
        assert run(*line.split(), FORECAST_LEDGER_CACHE=str(tmp_path / "cache")) == expected[line], line


def test_the_third_time_nothing_is_looked_for(
    run: Runner,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []
    findings = found.findings
    monkeypatch.setattr(found, "findings", lambda *words: looked.append("") or findings(*words))
    Path("claims.yaml").write_text(ledger(3))

    def times(*words: str) -> int:
        looked.clear()
        assert run("check", *words, "--as-of", "2026-03-01", FORECAST_LEDGER_CACHE=str(tmp_path / "cache")).status == 1
        return len(looked)

    assert [times(), times(), times()] == [1, 1, 0]  # read, kept, known
    assert [times("--ignore", "no-evidence"), times("--ignore", "no-evidence")] == [1, 0]
    text = Path("claims.yaml").read_text()
    Path("claims.yaml").write_text(text.replace("number 4.", "number four."))
    assert [times("--ignore", "no-evidence"), times("--ignore", "no-evidence")] == [1, 0]
    Path("claims.yaml").write_text(text)
    assert times("--ignore", "no-evidence") == 1
    link = Path("link.yaml")
    link.symlink_to("claims.yaml")
    assert "link.yaml:" in run("check", "-f", "link.yaml", FORECAST_LEDGER_CACHE=str(tmp_path / "cache")).out


def test_a_text_is_told_again_only_as_wide_as_it_was(run: Runner, tmp_path: Path) -> None:  # noqa: F811
    Path("claims.yaml").write_text(ledger(3))
    for _ in range(3):
        for columns in ("40", "90", "40", "40", ""):
            told = run("check", FORECAST_LEDGER_CACHE=str(tmp_path / "cache"), COLUMNS=columns)
            assert told == run("check", FORECAST_LEDGER_CACHE="off", COLUMNS=columns)
            assert max(map(len, told.out.splitlines())) <= int(columns or 400)


def test_a_table_of_forecasts_is_looked_at_each_time(run: Runner, tmp_path: Path) -> None:  # noqa: F811
    Path("claims.yaml").write_text(ledger(3).replace("title:", "forecasts: [f.csv]\ntitle:", 1))
    for header, status in (("claim,by,date,probability\n", False), ("claim\n", True)) * 2:
        Path("f.csv").write_text(header)
        told = run("check", "--as-of", "2024-06-01", FORECAST_LEDGER_CACHE=str(tmp_path / "cache"))
        assert ("bad-forecasts" in told.out) is status
