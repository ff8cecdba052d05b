"""What a shell is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert offered(run, "ledger re") == ["resolve", "reopen", "revise"]
