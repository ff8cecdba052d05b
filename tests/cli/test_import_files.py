"""import of what others wrote, as a user runs it: nothing half-written, every refused row named, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import workspace as library

Run = Callable[..., Any]

GUESSES = """\
Question,Forecast%,Who,Date,Due,Result
It rains,80,Ann Example,2024-03-01,2024-Q2,yes
It snows,150,Ann Example,2024-03-01,2024-Q2,no
It hails,7,bob,2024-03-01,2024-02,no
"It thunders,5,bob,2024-03-01,2024-Q2,no
"""
MAP = "claim=Question,probability=Forecast%,speaker=Who,said=Date,deadline=Due,outcome=Result"
CSV = ("import", "csv", "guesses.csv", "--map", MAP)


@pytest.fixture
def guesses(tmp_path: Path) -> Path:
    path = tmp_path / "guesses.csv"
    path.write_text(GUESSES)
    return path


def test_faults_are_named_all_in_one_run_and_nothing_is_written(run: Run, tmp_path: Path, guesses: Path) -> None:
    ran = run("-f", "new.yaml", *CSV, "--scale", "0-100")
    assert ran.status == 4
    assert ran.err == (
        "ledger: 3 rows refused; nothing was written\n"
        "  1 bad-probability: not a probability on the scale that was stated\n"
        "    guesses.csv:3: '150' is not between 0 and 100\n"
        "  1 not-valid: the claim would be an error in the ledger\n"
        "    guesses.csv:4: it-hails-48c2f5: said 2024-03-01, after the deadline 2024-02 was over "
        "(correct one of the two; a claim about the past is kind: statement, without a deadline)\n"
        "  1 torn-row: a quote is left open, or the row has more or fewer cells than the header\n"
        "    guesses.csv:5: a quote is left open\n"
        "  mend them, or give --rejects FILE: it takes these rows, and the others are imported\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["guesses.csv"]


def test_rejects_hold_the_rows_as_they_came(run: Run, tmp_path: Path, guesses: Path) -> None:
    ran = run("-f", "new.yaml", *CSV, "--scale", "0-100", "--rejects", "rest.csv")
    assert ran.status == 0
    assert ran.err.startswith("ledger: new.yaml: made, with 1 claim\nledger: 3 rows refused, kept in rest.csv\n")
    lines = GUESSES.splitlines(keepends=True)
    assert (tmp_path / "rest.csv").read_text() == "".join([lines[0], *lines[2:]])
    (claim,) = library.load(tmp_path / "new.yaml").claims
    assert (claim.claim, claim.probability, claim.resolutions[0].outcome) == ("It rains", 0.8, "true")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_rejects_keep_the_encoding(run: Run, tmp_path: Path, guesses: Path, encoding: str) -> None:
    text = GUESSES.replace("snows", "schneit – 雪")
    guesses.write_text(text, encoding)
    assert run("-f", "new.yaml", *CSV, "--scale", "0-100", "--rejects", "rest.csv").status == 0
    lines = text.splitlines(keepends=True)
    assert (tmp_path / "rest.csv").read_bytes() == "".join([lines[0], *lines[2:]]).encode(encoding)


def test_a_second_import_changes_nothing(run: Run, tmp_path: Path, guesses: Path) -> None:
    arguments = ("-f", "new.yaml", *CSV, "--scale", "0-100", "--rejects")
    run(*arguments, "rest.csv")
    before = (tmp_path / "new.yaml").read_bytes()
    ran = run(*arguments, "again.csv")
    assert ran.err.startswith("ledger: new.yaml: 0 claims added, 1 there already\n")
    assert (tmp_path / "new.yaml").read_bytes() == before


def test_a_verdict_that_came_since_is_added(run: Run, tmp_path: Path, guesses: Path) -> None:
    guesses.write_text("\n".join(GUESSES.splitlines()[:2]).replace("yes", "") + "\n")
    run("-f", "new.yaml", *CSV, "--scale", "0-100")
    guesses.write_text("\n".join(GUESSES.splitlines()[:2]) + "\n")
    ran = run("-f", "new.yaml", *CSV, "--scale", "0-100")
    assert ran.err == "ledger: new.yaml: 0 claims added, 1 judged, 0 there already\n"
    (claim,) = library.load(tmp_path / "new.yaml").claims
    assert [made.outcome for made in claim.resolutions] == ["true"]


def test_an_id_that_is_there_with_other_content_is_refused(run: Run, tmp_path: Path, guesses: Path) -> None:
    guesses.write_text("\n".join(GUESSES.splitlines()[:2]) + "\n")
    run("-f", "new.yaml", *CSV, "--scale", "0-100")
    before = (tmp_path / "new.yaml").read_bytes()
    guesses.write_text(guesses.read_text().replace(",80,", ",70,"))
    ran = run("-f", "new.yaml", *CSV, "--scale", "0-100")
    assert ran.status == 4
    assert "1 differs: an id that exists with other content" in ran.err
    assert "guesses.csv:2: it-rains-" in ran.err and "is in the ledger with another probability" in ran.err
    assert (tmp_path / "new.yaml").read_bytes() == before


def test_a_scale_or_a_map_that_is_not_stated_is_asked_for(run: Run, tmp_path: Path, guesses: Path) -> None:
    ran = run("-f", "new.yaml", *CSV)
    assert (ran.status, ran.err) == (
        2,
        "ledger: guesses.csv: the scale of 'Forecast%' is not stated; values run from 7 to 150, "
        "which looks like 0-100\n"
        "  give --scale 0-1 or --scale 0-100\n",
    )
    ran = run("-f", "new.yaml", "import", "csv", "guesses.csv")
    assert (ran.status, ran.err) == (
        2,
        "ledger: guesses.csv: which column holds what?\n"
        "  give --map claim=Question,speaker=Who,said=Date,deadline=Due,probability=Forecast%,outcome=Result\n",
    )
    assert not (tmp_path / "new.yaml").exists()


def test_a_guess_is_taken_when_somebody_agrees(
    run: Run, tmp_path: Path, guesses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger.cli import prompts

    guesses.write_text("\n".join(GUESSES.splitlines()[:2]) + "\n")
    asked: list[str] = []
    monkeypatch.setattr(prompts, "is_interactive", lambda no_input: True)
    monkeypatch.setattr(prompts, "agreed", lambda question: bool(asked.append(question)) or True)
    monkeypatch.setattr(prompts, "ask", lambda question, choices: asked.append(question) or "0-100")
    assert run("-f", "new.yaml", "import", "csv", "guesses.csv").status == 0
    assert asked == [
        "Read it with --map claim=Question, speaker=Who, said=Date, deadline=Due, probability=Forecast%, "
        "outcome=Result?",
        "On which scale are the numbers of Forecast%: 0-1 or 0-100? (looks like 0-100)",
    ]
    (claim,) = library.load(tmp_path / "new.yaml").claims
    assert claim.probability == 0.8


def test_a_page_of_yearly_predictions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "2021.md").write_text("# 2021\n\n- 🟢 Inflation stays below 5%: **80%**\n- 🔴 Rates rise: **60%**\n")
    ran = run(
        "-f", "new.yaml", "import", "markdown", "2021.md", "--set", "speaker=Ann Example", "--true", "🟢",
        "--false", "🔴", "--set", "judged=2022-01-02",
    )  # fmt: skip
    assert ran.err == (
        "ledger: warning: 2021.md: predictions for 2021, as its title says\nledger: new.yaml: made, with 2 claims\n"
    )
    assert (tmp_path / "new.yaml").read_text().splitlines()[:23] == [
        "ledger: 1",
        'title: "2021"',
        "people:",
        "  ann-example: {name: Ann Example}",
        "sources:",
        '  source-2021: {title: "2021"}',
        "",
        "claims:",
        "  - id: inflation-stays-below-5-dac8f8",
        "    claim: Inflation stays below 5%",
        "    speaker: ann-example",
        "    said: 2021-01~",
        "    source: source-2021",
        "    at: line 3",
        "    deadline: 2021",
        "    probability: 0.8",
        "    criteria: As its author judged it.",
        "    resolutions:",
        "      - outcome: true",
        "        judged: 2022-01-02",
        "        evidence:",
        "          - source: source-2021",
        "            at: line 3",
    ]
    assert run("-f", "new.yaml", "check").err == ""
