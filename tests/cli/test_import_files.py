"""import of what others wrote, as a user runs it: nothing half-written, every refused row named, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import workspace as library
from support.platform_files import (
    FATEBOOK,
    METACULUS_FORECASTS,
    METACULUS_QUESTIONS,
    PREDICTIONBOOK,
    fatebook,
    metaculus_forecast,
    metaculus_question,
    table,
    zipped,
)

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
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    ran = run(*arguments, "rest.csv")
    assert ran.err.startswith("ledger: new.yaml: 0 claims added, 1 there already\n")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert run(*arguments, "guesses.csv").status == 4
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_row_that_stands_twice_is_taken_once_and_said(run: Run, tmp_path: Path, guesses: Path) -> None:
    lines = GUESSES.splitlines(keepends=True)
    guesses.write_text(lines[0] + lines[1] * 2)
    ran = run("-f", "new.yaml", *CSV, "--scale", "0-100")
    assert ran.err.splitlines()[:2] == ["ledger: new.yaml: made, with 1 claim", "ledger: 1 row refused"]
    assert "guesses.csv:3: it-rains-" in ran.err


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
    monkeypatch.setattr(prompts, "ask", lambda missing: asked.append(missing.question) or "0-100")
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
        "    said: unknown",
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


def test_a_ledger_without_claims_is_told_what_is_wrong_with_new_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "a", "claim": "A.", "speaker": "b", "said": "soon", "source": "s"}\n')
    ran = run("import", "jsonl", "x.jsonl", ledger="ledger: 1\nclaims: []\n")
    assert ran.status == 4
    assert "x.jsonl:1: a: " in ran.err
    assert (tmp_path / "claims.yaml").read_text() == "ledger: 1\nclaims: []\n"


def test_half_of_a_pair_that_only_json_can_name_is_no_bug(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('[{"id": "a", "question": "Q \\ud800?", "outcomeType": "PSEUDO_NUMERIC"}]')
    assert run("-f", "new.yaml", "import", "manifold", "m.json", "--rejects", "rest.json").status == 0
    assert json.loads((tmp_path / "rest.json").read_text())[0]["id"] == "a"


# --- forecasts of many people ------------------------------------------------------------------------------------


def fatebook_file(folder: Path) -> Path:
    path = folder / "f.csv"
    resolved = {"Resolution": "YES", "Resolved_at": "2025-03-01 10:00:00"}
    path.write_text(
        table(
            FATEBOOK,
            [
                fatebook(**resolved),
                fatebook(**resolved, Forecast_created_by="Bob", forecast=0.25),
                fatebook(**resolved, Forecast_created_by="bob", forecast=0.5),
                fatebook(**resolved, forecast=0.7),
                fatebook(**resolved, Forecast_created_by="Bob", Forecast_created_at="2025-03-02 00:00:00"),
                fatebook(Multiple_choice_option="Tuesday"),
            ],
        )
    )
    return path


TABLE = """\
claim,by,date,probability
{0},ann-example,2025-01-02T03:04:05Z,0.6
{0},bob,2025-01-02T03:04:05Z,0.25
{0},bob-81b6,2025-01-02T03:04:05Z,0.5
"""


def test_forecasts_go_into_a_table_beside_the_ledger(run: Run, tmp_path: Path) -> None:
    fatebook_file(tmp_path)
    ran = run("-f", "new.yaml", "import", "fatebook", "f.csv", "--rejects", "rest.csv")
    assert (ran.status, ran.err) == (
        0,
        "ledger: new.yaml: made, with 1 claim\n"
        "ledger: forecasts/fatebook.csv: 3 forecasts added, 0 there already\n"
        "ledger: 3 rows refused, kept in rest.csv\n"
        "  1 twice: the same claim, or the same forecaster and instant, a second time\n"
        "    f.csv:5: ann-example on will-it-rain-5ba11a at 2025-01-02T03:04:05Z\n"
        "  1 after-decision: made when the question was decided or closed already\n"
        "    f.csv:6: made 2025-03-02T00:00:00Z, decided 2025-03-01T10:00:00Z\n"
        "  1 options: a question with more than two options\n"
        "    f.csv:7: an answer of 'Will it rain?'\n",
    )
    found = library.load(tmp_path / "new.yaml")
    (claim,) = found.claims
    assert (tmp_path / "forecasts/fatebook.csv").read_text() == TABLE.format(claim.id)
    assert [one.pattern for one in found.forecasts] == ["forecasts/fatebook.csv"]
    assert {key: (person.name, person.kind) for key, person in found.people.items()} == {
        "fatebook-questions": ("Questions on Fatebook", "organisation"),
        "ann-example": ("Ann Example", "person"),
        "bob": ("Bob", "person"),
        "bob-81b6": ("bob", "person"),
    }
    lines = (tmp_path / "f.csv").read_text().splitlines(keepends=True)
    assert (tmp_path / "rest.csv").read_text() == "".join([lines[0], *lines[4:]])
    assert run("-f", "new.yaml", "check").status == 0


def test_a_second_import_of_forecasts_changes_nothing(run: Run, tmp_path: Path) -> None:
    fatebook_file(tmp_path)
    run("-f", "new.yaml", "import", "fatebook", "f.csv", "--rejects", "rest.csv")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    ran = run("-f", "new.yaml", "import", "fatebook", "f.csv", "--rejects", "rest.csv")
    assert ran.err.startswith(
        "ledger: new.yaml: 0 claims added, 1 there already\n"
        "ledger: forecasts/fatebook.csv: 0 forecasts added, 3 there already\n"
    )
    assert {path: path.read_bytes() for path in before} == before


def test_a_run_cut_off_before_the_ledger_is_finished_by_the_next(run: Run, tmp_path: Path) -> None:
    fatebook_file(tmp_path)
    run("-f", "new.yaml", "import", "fatebook", "f.csv")
    whole = (tmp_path / "new.yaml").read_bytes()
    (tmp_path / "new.yaml").unlink()
    left = tmp_path / "forecasts/.forecast-ledger-fatebook.csv.part"
    left.write_text("claim,by")
    ran = run("-f", "new.yaml", "import", "fatebook", "f.csv")
    assert "ledger: forecasts/fatebook.csv: 0 forecasts added, 3 there already\n" in ran.err
    assert (tmp_path / "new.yaml").read_bytes() == whole
    assert not left.exists()


def test_forecasts_may_stand_in_the_claims(run: Run, tmp_path: Path) -> None:
    fatebook_file(tmp_path)
    for _ in range(2):
        assert run("-f", "new.yaml", "import", "fatebook", "f.csv", "--into", "claims").status == 0
        (claim,) = library.load(tmp_path / "new.yaml").claims
        assert [(one.by, one.date.text, one.probability) for one in claim.forecasts] == [
            ("ann-example", "2025-01-02", 0.6),
            ("bob", "2025-01-02", 0.25),
            ("bob-81b6", "2025-01-02", 0.5),
        ]
    assert not (tmp_path / "forecasts").exists()


def test_forecasts_of_claims_that_the_ledger_has(run: Run, tmp_path: Path) -> None:
    ledger = (
        "ledger: 1\npeople: {eve: {name: Eve}}\nsources: {s: {title: S}}\nclaims:\n"
        "  - {id: rain, claim: It rains., speaker: eve, said: 2025, source: s, deadline: 2030, criteria: c}\n"
    )
    (tmp_path / "t.csv").write_text(
        "claim,by,date,probability\nrain,ann,2025-06-01,0.5\nrain,eve,2025-06-01,0.5\nsnow,ann,2025-06-01,0.5\n"
        "rain,ann,2025-06-02,50\n"
    )
    ran = run("import", "csv", "t.csv", "--rejects", "rest.csv", "--into", "tables/own.csv", ledger=ledger)
    assert ran.status == 0
    assert "1 own-forecast" in ran.err and "1 unknown-claim" in ran.err and "1 bad-probability" in ran.err
    assert (tmp_path / "tables/own.csv").read_text() == "claim,by,date,probability\nrain,ann,2025-06-01,0.5\n"
    assert (tmp_path / "rest.csv").read_text().splitlines()[1:] == [
        "rain,eve,2025-06-01,0.5",
        "snow,ann,2025-06-01,0.5",
        "rain,ann,2025-06-02,50",
    ]


@pytest.mark.parametrize("into", ["../own.csv", "/tmp/own.csv", "own.txt"])
def test_a_table_lies_in_the_folder_of_the_ledger(run: Run, tmp_path: Path, into: str) -> None:
    fatebook_file(tmp_path)
    ran = run("-f", "new.yaml", "import", "fatebook", "f.csv", "--into", into)
    assert (ran.status, ran.err) == (
        2,
        f"ledger: --into {into}: no CSV file in the ledger's folder\n  such as forecasts/own.csv\n",
    )


def test_somebody_elses_file_is_not_taken_for_the_table(run: Run, tmp_path: Path) -> None:
    fatebook_file(tmp_path)
    (tmp_path / "own.csv").write_text("a,b\n1,2\n")
    assert run("-f", "new.yaml", "import", "fatebook", "f.csv", "--into", "own.csv").status == 4
    assert (tmp_path / "own.csv").read_text() == "a,b\n1,2\n"
    assert not (tmp_path / "new.yaml").exists()


def test_what_passes_the_bounds_of_a_ledger_is_not_begun(run: Run, tmp_path: Path, guesses: Path) -> None:
    arguments = ("-f", "new.yaml", *CSV, "--scale", "0-100", "--rejects", "rest.csv")
    ran = run(*arguments, FORECAST_LEDGER_MAX_CLAIMS="1")
    assert (ran.status, ran.err.splitlines()[0]) == (3, "ledger: new.yaml: more than 1 claims are not read")
    assert [path.name for path in tmp_path.iterdir()] == ["guesses.csv"]


# --- many rows of each -------------------------------------------------------------------------------------------

MANY = 2_000
SPREAD = [f"2025-01-{day:02} {hour:02}:00:00" for day in range(1, 29) for hour in range(24)]


def many_fatebook(folder: Path) -> tuple[str, ...]:
    rows = [
        fatebook(Question_title=f"Q{n % 500}?", Forecast_created_by=f"User {n % 40}", Resolution="NO",
                 Forecast_created_at=SPREAD[n // 500], Resolved_at="2025-06-01 00:00:00", forecast=n % 101 / 100)
        for n in range(MANY)
    ]  # fmt: skip
    (folder / "m").write_text(table(FATEBOOK, rows))
    return ("fatebook", "m")


def many_metaculus(folder: Path) -> tuple[str, ...]:
    forecasts = [metaculus_forecast(n % 500, f"user{n % 40}", f"2025-02-{n // 500 + 1:02}") for n in range(MANY)]
    zipped(
        folder / "m",
        question_data=table(METACULUS_QUESTIONS, [metaculus_question(n) for n in range(500)]),
        forecast_data=table(METACULUS_FORECASTS, forecasts),
    )
    return ("metaculus", "m")


def many_csv(folder: Path) -> tuple[str, ...]:
    rows = [
        (f"Thing {n} happens", n % 101, f"P {n % 40}", "2024-05-01", f"2025-{n % 12 + 1:02}", "no") for n in range(MANY)
    ]
    (folder / "m").write_text(table(["Question", "Forecast%", "Who", "Date", "Due", "Result"], rows))
    return ("csv", "m", "--map", MAP, "--scale", "0-100")


def many_markdown(folder: Path) -> tuple[str, ...]:
    lines = [f"- {'🟢' if n % 2 else '🔴'} Thing number {n} happens: **{n % 101}%**\n" for n in range(MANY)]
    (folder / "m").write_text("# 2025\n\n" + "".join(lines))
    return ("markdown", "m", "--true", "🟢", "--false", "🔴", "--set", "speaker=Ann")


def many_predictionbook(folder: Path) -> tuple[str, ...]:
    rows = [
        (n % 500, f"u{n % 40}", None, n % 101 / 100, 1, SPREAD[n // 500], 0.0, "2024-12-01", "2025-05-01", "2025-06-01")
        for n in range(MANY)
    ]
    (folder / "m").write_text(table(PREDICTIONBOOK[:10], rows))
    return ("predictionbook", "m")


def many_gjp(folder: Path) -> tuple[str, ...]:
    rows = [(f"{n % 500}-0", f"u{n % 40}", 0, "a", n % 101 / 100, SPREAD[n // 500]) for n in range(MANY)]
    (folder / "m").write_text(table(["ifp_id", "user_id", "fcast_type", "answer_option", "value", "timestamp"], rows))
    asked = [(f"{n}-0", 0, f"Q{n}?", "closed", "12/1/24", "6/1/25", "6/1/25", "b", 2) for n in range(500)]
    header = [
        "ifp_id",
        "q_type",
        "q_text",
        "q_status",
        "date_start",
        "date_to_close",
        "date_closed",
        "outcome",
        "n_opts",
    ]
    (folder / "ifps.csv").write_text(table(header, asked))
    return ("gjp", "m")


def many_manifold(folder: Path) -> tuple[str, ...]:
    with (folder / "m").open("w") as file:
        for n in range(500):
            bets = [{"createdTime": 1735689600000 + day * 86_400_000, "probAfter": 0.5} for day in range(MANY // 500)]
            market = {"id": f"m{n}", "question": f"Q{n}?", "createdTime": 1735689600000, "closeTime": 1748736000000}
            closed = {"outcomeType": "BINARY", "resolution": "NO", "resolutionTime": 1748736000000}
            file.write(json.dumps({**market, **closed, "bets": bets}) + "\n")
    return ("manifold", "m")


def many_predictions(folder: Path) -> tuple[str, ...]:
    entries = "".join(f"---\nclaim: Thing {n} happens\nconfidence: {n % 101}\nhappened: no\n" for n in range(MANY))
    (folder / "m").write_text(f"title: Guesses\nscope: for 2025\n{entries}")
    return ("predictions", "m", "--set", "speaker=Ann")


MAKERS = [many_fatebook, many_metaculus, many_csv, many_markdown]
MAKERS += [many_predictionbook, many_gjp, many_manifold, many_predictions]


@pytest.mark.parametrize("make", MAKERS)
def test_many_rows_come_whole_and_once(run: Run, tmp_path: Path, make: Callable[[Path], tuple[str, ...]]) -> None:
    arguments = make(tmp_path)
    assert run("-f", "new.yaml", "import", *arguments).status == 0
    tables = list(tmp_path.glob("forecasts/*.csv"))
    rows = sum(len(path.read_text().splitlines()) - 1 for path in tables)
    assert rows == (MANY if tables else 0)
    assert len(library.load(tmp_path / "new.yaml").claims) == (500 if tables else MANY)
    before = {path: path.read_bytes() for path in (tmp_path / "new.yaml", *tables)}
    again = run("-f", "new.yaml", "import", *arguments)
    assert (again.status, "refused" in again.err) == (0, False)
    assert {path: path.read_bytes() for path in before} == before
    assert run("-f", "new.yaml", "check", "--fail-on", "overdue").status == 0
