"""leaderboard: published figures again, forecasts about a ledger's claims, and what goes wrong."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from ledger.bulk.installed import has

from .conftest import Runner

HEADER = "claim,by,date,probability,outcome,closes,opens,decided"
ENGINES = [name for name in ("python", "duckdb", "polars") if name == "python" or has(name)]
PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "scoring" / "published.json"


def table(folder: Path, *rows: str, header: str = HEADER, name: str = "t.csv") -> str:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


def board(run: Runner, *args: str) -> dict[str, Any]:
    ran = run("leaderboard", *args, "--format", "json")
    assert ran.status == 0, ran.err
    return dict(json.loads(ran.out))


def by_name(found: dict[str, Any]) -> dict[str, Any]:
    return {row["forecaster"]: row for row in found["forecasters"]}


@pytest.mark.parametrize("engine", ENGINES)
class TestPublished:
    """Figures that others printed, from tables made of their inputs."""

    def test_metaculus_peer_scores(self, run: Runner, tmp_path: Path, engine: str) -> None:
        # Log scores -1, 1, 2 are those of densities; peer scores do not change when 3 is taken from each.
        rows = [f"q,f{score},2020-01-01,{math.exp(score - 3)!r},1,2021-01-01,," for score in (-1, 1, 2)]
        found = by_name(board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine))
        assert [round(found[f"f{score}"]["peer"] / 100, 6) for score in (-1, 1, 2)] == [-2.5, 0.5, 2]

    def test_metaculus_baseline_scores(self, run: Runner, tmp_path: Path, engine: str) -> None:
        stated = (0.9, 0.1, 2**-0.5, 2**-1.5)
        rows = [f"q,f{number},2020-01-01,{p!r},1,2021-01-01,," for number, p in enumerate(stated)]
        found = by_name(board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine))
        printed = [84.79969066, -232.19280949, 50, -50]
        assert [round(found[f"f{number}"]["baseline"], 8) for number in range(4)] == printed

    def test_metaculus_geometric_mean(self, run: Runner, tmp_path: Path, engine: str) -> None:
        for outcome, printed in ((1, 0.79581144), (0, 0.18171206)):
            rows = [f"q,f{p},2020-01-01,{p},{outcome},2021-01-01,," for p in (0.7, 0.8, 0.9)]
            rows.append(f"q,sure,2020-01-01,{outcome},{outcome},2021-01-01,,")
            found = by_name(board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine))
            assert round(math.exp(-found["sure"]["peer"] / 100), 8) == printed

    def test_metaculus_coverage(self, run: Runner, tmp_path: Path, engine: str) -> None:
        rows = [f"q,f{day},2020-01-0{day},0.5,1,2020-01-10,2019-12-31," for day in (3, 5, 7)]
        rows.append("early,g,2019-12-31,0.5,1,2020-01-10,2019-12-31,2020-01-05")
        found = by_name(board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine))
        assert [round(found[name]["coverage"], 8) for name in ("f3", "f5", "f7", "g")] == [0.7, 0.5, 0.3, 0.5]

    def test_fatebook_over_time(self, run: Runner, tmp_path: Path, engine: str) -> None:
        rows = ["q,f,2020-01-01,0.9,1,2020-01-08,2020-01-01,", "q,f,2020-01-04,0.95,1,2020-01-08,2020-01-01,"]
        found = by_name(board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine))
        assert round(2 * found["f"]["time_weighted"], 4) == 0.0114  # theirs sums over both outcomes

    @pytest.mark.parametrize(
        ("stated", "printed"),
        [("0.9 0", 0.81), ("0.9 0 0.7 1", 0.45), ("0.9 0 0.7 1 0.3 0", 0.33), ("0.1 0 0.9 1 0.8 1 0.3 0", 0.0375)],
    )
    def test_predictionbook_and_scikit_learn(
        self, run: Runner, tmp_path: Path, engine: str, stated: str, printed: float
    ) -> None:
        words = stated.split()
        rows = [f"q{i},f,2020-01-01,{words[i]},{words[i + 1]},,," for i in range(0, len(words), 2)]
        found = board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine)
        assert round(found["brier"], 4) == round(by_name(found)["f"]["brier"], 4)
        assert abs(found["brier"] - printed) < 0.005


def test_the_published_figures_are_those_printed() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the published figures are not beside this checkout")
    examples = {example["id"]: example for example in json.loads(PUBLISHED.read_text())["examples"]}
    assert examples["metaculus/peer3"]["printed"] == [-2.5, 0.5, 2]
    assert examples["metaculus/unit_baseline"]["printed"][:4] == [84.79969066, -232.19280949, 50, -50]
    assert examples["metaculus/unit_geomean"]["printed"] == [0.79581144, 0.18171206]
    assert examples["metaculus/unit_coverage"]["printed"][:3] == [0.7, 0.5, 0.3]
    assert examples["fatebook/single"]["printed"] == [0.0114]
    assert examples["predictionbook/three"]["printed"][:3] == [0.81, 0.45, 0.33]
    assert examples["sklearn/brier"]["printed"][0] == 0.0375


# --- claims of a ledger ---------------------------------------------------------------------------------------

LEDGER = """ledger: 1
people: {a: {name: A}, m: {name: Metaculus, kind: crowd}}
sources: {s: {title: S}}
topics: {t: T}
claims:
  - {id: came, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31, topics: [t],
     resolutions: [{outcome: true, judged: 2021-01-02, happened: 2020-06-30, note: n}]}
  - {id: missed, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31,
     resolutions: [{outcome: false, judged: 2021-01-02, note: n}]}
  - {id: late, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31,
     resolutions: [{outcome: true, judged: 2021-05-02, happened: 2021-05-01, note: n}]}
  - {id: unclear, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31,
     resolutions: [{outcome: ambiguous, judged: 2021-01-02, note: n}]}
  - {id: far, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2040}
"""
ROWS = (
    "came,m,2020-02-01,0.4",
    "came,m,2020-06-29,0.9",
    "came,m,2020-06-30,1",
    "came,other,2020-03-01,0.6",
    "missed,m,2020-12-30,0.2",
    "missed,m,2020-12-31,0.1",
    "late,m,2020-03-01,0.3",
    "unclear,m,2020-03-01,0.3",
    "far,m,2020-03-01,0.3",
    "nothing,m,2020-03-01,0.3",
)


@pytest.fixture
def ledger(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    path = table(tmp_path, *ROWS, header="claim,by,date,probability")
    return "--file", str(tmp_path / "claims.yaml"), "--forecasts", path, "--as-of", "2022-01-01"


@pytest.mark.parametrize("engine", ENGINES)
def test_claims_are_decided_as_the_ledger_says(run: Runner, ledger: tuple[str, ...], engine: str) -> None:
    found = board(run, *ledger, "--engine", engine)
    assert found["account"] == {
        "rows": 10,
        "scored": 5,
        "rejected": [{"reason": "too-late", "rows": 2}, {"reason": "unknown-claim", "rows": 1}],
        "unscored": [{"reason": "open", "rows": 1}, {"reason": "void", "rows": 1}],
    }
    crowd = by_name(found)["m"]
    assert (crowd["name"], crowd["questions"], crowd["forecasts"]) == ("Metaculus", 3, 4)
    assert crowd["brier"] == pytest.approx((0.1**2 + 0.2**2 + 0.3**2) / 3)
    assert crowd["peer"] == pytest.approx(100 * math.log(0.9 / 0.6))
    assert crowd["n_peer"] == 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("alone", [False, True])
def test_claims_against_forecasts_of_a_table(run: Runner, tmp_path: Path, engine: str, alone: bool) -> None:
    """The last by the day it was said, else the first within 30 days; none made once the question was decided."""
    rows = (
        "came,m,2019-12-31T23:00:00Z,0.4",
        "came,m,2020-01-01,0.6",
        "came,m,2020-01-02,0.9",
        "late,m,2020-01-31,0.3",
    )
    rows += ("missed,m,2020-02-01,0.2", "missed,other,2019-01-01,0.2", "nothing,m,2019-01-01,0.3")
    beside = (",outcome", ",1") if alone else ("", "")
    path = table(tmp_path, *(row + beside[1] for row in rows), header="claim,by,date,probability" + beside[0])
    options = ("--against", "m", "--forecasts", path, "--engine", engine, "--as-of", "2022-01-01")
    ran = run("score", *options, "--format", "json", ledger=LEDGER)
    found = json.loads(ran.out)["groups"][0]["against"]
    assert found["references"] == [
        {"id": "came", "probability": 0.6, "hit": True, "late": False},
        {"id": "late", "probability": 0.3, "hit": False, "late": True},
    ]
    assert (round(found["expected"], 9), found["hit"], found["without"], found["at_most"]) == (0.9, 1, ["missed"], None)
    assert "1 of 7 rows are left out: 1 unknown-claim" in ran.err
    told = run("score", *options, "--rejects", "r.csv", "--format", "table", ledger=LEDGER)
    assert "m expected 0.9 hits of 2 claims, 1 came: too few series for a test." in told.out
    assert "1 claim without a forecast by m in time: missed." in told.out
    assert (tmp_path / "r.csv").read_text().count("unknown-claim") == 1


def test_tables_of_forecasts_go_with_somebody_to_hold_the_score_against(run: Runner, tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS, header="claim,by,date,probability")
    ran = run("score", "--forecasts", path, ledger=LEDGER)
    assert (ran.status, ran.err.splitlines()[0]) == (2, "ledger: --forecasts, --engine and --rejects go with --against")
    ran = run("score", "--against", "othr", "--forecasts", path, "--engine", "python", ledger=LEDGER)
    assert ran.status == 2 and "did you mean other?" in ran.err
    named = LEDGER.replace("ledger: 1\n", "ledger: 1\nforecasts: [t.csv]\n")
    ran = run("score", "--against", "m", "--format", "json", "--as-of", "2022-01-01", ledger=named)
    assert json.loads(ran.out)["groups"][0]["against"]["without"] == ["came", "missed", "late"]  # all too late


@pytest.mark.parametrize("engine", ENGINES)
def test_filters_choose_claims(run: Runner, ledger: tuple[str, ...], engine: str) -> None:
    found = board(run, *ledger, "--topic", "t", "--engine", engine)
    assert found["questions"] == 1
    assert {"reason": "filtered", "rows": 4} in found["account"]["unscored"]


def test_an_earlier_day_knows_less(run: Runner, ledger: tuple[str, ...]) -> None:
    found = board(run, *ledger[:-1], "2021-01-01")
    assert found["account"]["scored"] == 0
    assert found["forecasters"] == []


def test_rejects_stand_in_a_file_with_their_places(run: Runner, ledger: tuple[str, ...], tmp_path: Path) -> None:
    ran = run("leaderboard", *ledger, "--rejects", str(tmp_path / "out.csv"))
    assert ran.status == 0
    assert "3 of 10 rows are left out: 2 too-late (made on or after the day the question was decided" in ran.err
    with (tmp_path / "out.csv").open() as file:
        found = [(int(row["row"]), row["reason"], row["claim"], row["date"]) for row in csv.DictReader(file)]
    assert found == [
        (4, "too-late", "came", "2020-06-30"),
        (7, "too-late", "missed", "2020-12-31"),
        (11, "unknown-claim", "nothing", "2020-03-01"),
    ]


OWN = LEDGER.replace("people: {a:", "forecasts: [tables/*.csv]\npeople: {n: {name: N}, a:").replace(
    "deadline: 2020-12-31, topics: [t],",
    "deadline: 2020-12-31, topics: [t], formerly: [came-once],\n"
    "     forecasts: [{by: m, date: 2020-02-01, probability: 40%}, {by: n, date: 2020-07-01, probability: 0.5}],",
)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_ledger_names_its_own(run: Runner, tmp_path: Path, engine: str) -> None:
    """Forecasts in claims, tables that `forecasts` names, and claims by the ids they had before."""
    (tmp_path / "tables").mkdir()
    table(tmp_path / "tables", "came-once,other,2020-03-01,0.6", header="question,by,date,probability")
    (tmp_path / "claims.yaml").write_text(OWN)
    found = board(run, "--as-of", "2022-01-01", "--engine", engine)
    assert [(row["forecaster"], row["name"]) for row in found["forecasters"] if not row["crowd"]] == [
        ("other", "other"),
        ("m", "Metaculus"),
    ]
    assert found["account"]["rejected"] == [{"reason": "too-late", "rows": 1}]
    rejects = tmp_path / "rejects.csv"
    assert run("leaderboard", "--as-of", "2022-01-01", "--engine", engine, "--rejects", str(rejects)).status == 0
    assert rejects.read_text().splitlines()[1].startswith("claims.yaml,7,too-late,came,n,")
    binned = run("calibration", "--forecasts", "-", "--as-of", "2022-01-01", "--engine", engine)
    assert [row.split("\t")[1] for row in binned.out.splitlines()] == ["0.4", "0.6"]


def test_check_reads_the_headers_of_a_ledgers_tables(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    table(tmp_path / "tables", "came,other,2020-03-01,0.6", header="claim,by,day,probability")
    ran = run("check", "--select", "bad-forecasts", ledger=OWN)
    assert ran.status == 1
    assert ran.out.startswith("claims.yaml:2:13: bad-forecasts tables/t.csv: no column date")
    shown = run("leaderboard", "--as-of", "2022-01-01")
    assert shown.status == 0
    assert "tables/t.csv: no column date: its forecasts are left out; see ledger check" in shown.err
    outside = OWN.replace("tables/*.csv", "../x.csv")
    assert "leads out of the ledger's folder" in run("check", "--select", "bad-forecasts", ledger=outside).out


# --- order, formats, who is better ----------------------------------------------------------------------------


def _duel(better: float, worse: float, questions: int) -> Iterable[str]:
    for number in range(questions):
        yield f"q{number:03},good,2020-01-01,{better},1,2020-02-01,,"
        yield f"q{number:03},bad,2020-01-01,{worse + number % 2 / 50},1,2020-02-01,,"


def test_who_is_better_is_said_only_with_enough_evidence(run: Runner, tmp_path: Path) -> None:
    much = run("leaderboard", "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 60)), "--format", "markdown")
    assert "good is better than bad: their Brier score differs on the 60 questions both forecast" in much.out
    few = run("leaderboard", "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 5)), "--format", "markdown")
    assert "Nothing says yet whether good or bad is better" in few.out
    assert "good is better than" not in few.out and "bad is better than" not in few.out
    assert board(run, "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 60)))["comparison"]["better"] == "good"


def test_sorting_limits_and_least_numbers(run: Runner, tmp_path: Path) -> None:
    path = table(tmp_path, *_duel(0.9, 0.3, 4), "q000,once,2020-01-01,0.99,1,2020-02-01,,")
    plain = run("leaderboard", "--forecasts", path)
    ranked = [line.split("\t")[0] for line in plain.out.splitlines()]
    assert {len(line.split("\t")) for line in plain.out.splitlines()} == {17}  # no rank without its intervals
    assert ranked[0] == "once" and ranked[-1] == "bad"
    shorter = run("leaderboard", "--forecasts", path, "--min-n", "2", "--limit", "1")
    assert [line.split("\t")[0] for line in shorter.out.splitlines()] == ["good"]
    only = run("leaderboard", "--forecasts", path, "--forecaster", "bad,once")
    assert [line.split("\t")[0] for line in only.out.splitlines()] == ["once", "bad"]
    assert run("leaderboard", "--forecasts", path, "--forecaster", "goood").status == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_a_certain_miss_is_counted_and_stands_in_nobodys_mean(run: Runner, tmp_path: Path, engine: str) -> None:
    rows = ["q,sure,2020-01-01,0,1,,,", "q,a,2020-01-01,0.5,1,,,", "q,b,2020-01-01,0.25,1,,,"]
    found = by_name(board(run, "--forecasts", table(tmp_path, *rows), "--engine", engine))
    assert (found["sure"]["certain_misses"], found["sure"]["log_score"], found["sure"]["peer"]) == (1, None, None)
    assert found["a"]["peer"] == pytest.approx(100 * math.log(2))
    assert found["a"]["time_weighted"] is None
    alone = by_name(board(run, "--forecasts", table(tmp_path, rows[1]), "--engine", engine))
    assert list(alone) == ["a"]
    assert (alone["a"]["peer"], alone["a"]["relative"], alone["a"]["brier_interval"]) == (None, None, None)


def test_every_format(run: Runner, tmp_path: Path) -> None:
    path = table(tmp_path, *_duel(0.9, 0.3, 3))
    schema = json.loads(run("schema", "leaderboard").out)
    jsonschema.validate(board(run, "--forecasts", path), schema)
    header, *rows = csv.reader(run("leaderboard", "--forecasts", path, "--format", "csv").out.splitlines())
    assert header[:6] == ["rank", "forecaster", "name", "crowd", "questions", "forecasts"]
    assert [row[1] for row in rows] == ["good", "crowd-odds", "crowd-mean", "crowd-median", "bad"]
    lines = run("leaderboard", "--forecasts", path, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["rank"] for line in lines] == [1, None, None, None, 2]
    shown = run("leaderboard", "--forecasts", path, "--format", "table", COLUMNS="100").out
    assert "as of" in shown and "6 scored on 3 questions" in shown and "crowd: geometric mean of odds" in shown


# --- calibration ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_forecasts_in_bins(run: Runner, tmp_path: Path, engine: str) -> None:
    rows = [f"q{n},f{n % 2},2020-01-01,{p},{y},,," for n, (p, y) in enumerate(((0.1, 0), (0.2, 1), (0.85, 1), (1, 1)))]
    path = table(tmp_path, *rows, "q2,f0,2020-01-02,0.9,1,,,")
    ran = run("calibration", "--forecasts", path, "--engine", engine, "--format", "json")
    found = json.loads(ran.out)
    jsonschema.validate(found, json.loads(run("schema", "calibration-forecasts").out))
    assert [(row["low"], row["n"], row["questions"], row["hit"]) for row in found["bins"]] == [
        (0.1, 1, 1, 0),
        (0.2, 1, 1, 1),
        (0.8, 1, 1, 1),
        (0.9, 2, 2, 2),
    ]
    assert found["brier"] == pytest.approx((0.01 + 0.64 + 0.0225 + 0.01) / 5)
    assert found["bins"][3]["interval"]["low"] == pytest.approx(2 / (2 + 1.959963984540054**2))
    folded = run("calibration", "--forecasts", path, "--engine", engine, "--fold", "--format", "csv")
    assert [row.split(",")[1:6] for row in folded.out.splitlines()[1:]] == [
        ["0.8", "0.9", "2", "2", "1"],
        ["0.9", "1.0", "3", "3", "3"],
    ]
    each = run("calibration", "--forecasts", path, "--engine", engine, "--by", "forecaster")
    assert [row.split("\t")[0] for row in each.out.splitlines()] == ["f0", "f0", "f0", "f1", "f1"]


def test_forecasts_of_one_question_come_true_together(run: Runner, tmp_path: Path) -> None:
    rows = [f"q{n % 10},f{n},2020-01-01,0.75,{int(n % 10 < 7)},,," for n in range(200)]
    ran = run("calibration", "--forecasts", table(tmp_path, *rows), "--format", "json")
    (row,) = json.loads(ran.out)["bins"]
    assert (row["n"], row["questions"], row["rate"]) == (200, 10, 0.7)
    assert row["n_effective"] == pytest.approx(9)  # ten questions, less one for the mean
    shown = run("calibration", "--forecasts", str(tmp_path / "t.csv"), "--format", "table", COLUMNS="100").out
    assert "70%–80%        200         10   75.0%        140   70%" in shown


def test_options_of_bins_without_forecasts(run: Runner, tmp_path: Path) -> None:
    assert run("calibration", "--fold", ledger=LEDGER).status == 2
    path = table(tmp_path, *_duel(0.9, 0.3, 2))
    assert run("calibration", "--forecasts", path, "--by", "topic").status == 2


# --- what goes wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_another_scale_is_not_read_as_this_one(run: Runner, tmp_path: Path, engine: str) -> None:
    rows = [f"q{n},f,2020-01-01,{p},1,,," for n, p in enumerate((70, 1, 30, 95))]
    ran = run("leaderboard", "--forecasts", table(tmp_path, *rows), "--engine", engine)
    assert (ran.status, ran.out) == (3, "")
    assert "3 of 4 probabilities lie outside 0 to 1" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"claim,by,date,prob\n", "no column probability"),
        ("t.csv", b"claim,by,date,probability,outcome\nq,Jos\xe9,2020,1,1\n", "not UTF-8"),
        ("t.csv", b"", "no column claim"),
        ("t.parquet", b"PAR1 and then nothing", "not a whole Parquet file"),
        ("t.txt", b"claim,by,date,probability\n", "not a table of forecasts by its name"),
        ("t.csv", b"claim,question,by,date,probability\n", "two columns for claim"),
        ("t.csv", b"claim,by,date,probability,outcome\nq,f,soon,0.5,1\n", "none of 1 row can be used: 1 bad-date"),
    ],
)
def test_tables_that_cannot_be_read(run: Runner, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    ran = run("leaderboard", "--forecasts", str(tmp_path / name))
    assert (ran.status, ran.out) == (3, "")
    assert said in ran.err


def test_lines_that_are_no_rows_are_counted_with_their_lines(run: Runner, tmp_path: Path) -> None:
    lines = ["q,a,2020-01-01,0.5,1,,,,", "q,b", "", "q,c,2020-01-01,0.5,1,,,,,x", 'q,"d"e,2020-01-01,0.5,1,,,']
    path = table(tmp_path, *lines, "q,f,2020-13-01,0.5,1,,,", '"q\n2",g,2020-01-01,1.5,1,,,')
    wanted = [(3, "malformed"), (5, "malformed"), (6, "malformed"), (7, "bad-date"), (8, "outside")]
    for engine in ("python", "duckdb") if has("duckdb") else ("python",):
        out = tmp_path / f"{engine}.csv"
        ran = run("leaderboard", "--forecasts", path, "--engine", engine, "--rejects", str(out))
        assert ran.status == 0, ran.err
        with out.open() as file:
            assert [(int(row["row"]), row["reason"]) for row in csv.DictReader(file)] == wanted
    if has("polars"):  # it reads no table with such a line
        ran = run("leaderboard", "--forecasts", path, "--engine", "polars")
        assert (ran.status, ran.out) == (3, "")


def test_another_file_is_not_replaced_by_rejects(run: Runner, tmp_path: Path) -> None:
    path = table(tmp_path, *_duel(0.9, 0.3, 2), "q,f,soon,0.5,1,,,")
    before = Path(path).read_bytes()
    ran = run("leaderboard", "--forecasts", path, "--rejects", path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"ledger: {path} would be read with the rest the next time: {path} means it too\n")
    assert Path(path).read_bytes() == before


def test_paths_that_lead_to_nothing(run: Runner, tmp_path: Path) -> None:
    for path in ("absent.csv", "*.csv", ".", "nothing/**/*.csv"):
        ran = run("leaderboard", "--forecasts", str(tmp_path / path))
        assert ran.status == 3, path
        assert not (tmp_path / "rejects").exists()


def test_folders_and_patterns(run: Runner, tmp_path: Path) -> None:
    rows = list(_duel(0.9, 0.3, 4))
    for number, row in enumerate(rows):
        table(tmp_path, row, name=f"part{number}[x].csv")
    (tmp_path / "notes.txt").write_text("no table")
    assert board(run, "--forecasts", str(tmp_path))["account"]["scored"] == 8
    assert board(run, "--forecasts", str(tmp_path / "part[0-3]*.csv"))["account"]["scored"] == 4


def test_more_rows_than_plain_python_takes(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.bulk.reference.PYTHON_ROWS", 3)
    ran = run("leaderboard", "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 2)), "--engine", "python")
    assert ran.status == 2
    assert "pip install 'forecast-ledger[bulk]'" in ran.err


def test_an_engine_that_is_not_installed(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("ledger.bulk.installed.import_module", missing)
    for engine, extra in (("duckdb", "bulk"), ("polars", "polars"), ("spark", "spark")):
        ran = run("leaderboard", "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 2)), "--engine", engine)
        assert ran.status == 2
        assert f"pip install 'forecast-ledger[{extra}]'" in ran.err


def test_spark_without_java(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = SimpleNamespace(appName=lambda name: None)
    installed = SimpleNamespace(SparkSession=SimpleNamespace(builder=builder))
    monkeypatch.setattr("ledger.bulk.spark_engine.module", lambda name, what: installed)
    monkeypatch.setattr("shutil.which", lambda name: None)
    ran = run("leaderboard", "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 2)), "--engine", "spark")
    assert (ran.status, ran.out) == (2, "")
    assert "needs Java" in ran.err and "default-jre-headless" in ran.err


def test_a_cluster_and_addresses_are_for_spark_alone(run: Runner, tmp_path: Path) -> None:
    path = table(tmp_path, *_duel(0.9, 0.3, 2))
    assert "add --engine spark" in run("leaderboard", "--forecasts", path, "--master", "spark://here:7077").err
    ran = run("leaderboard", "--forecasts", "s3a://bucket/set.parquet")
    assert (ran.status, ran.out) == (2, "")
    assert "only --engine spark reads those" in ran.err


def test_an_engine_without_memory(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    monkeypatch.setenv("FORECAST_LEDGER_MEMORY", "1KB")
    rejects = tmp_path / "rejects.csv"
    ran = run("leaderboard", "--forecasts", table(tmp_path, *_duel(0.9, 0.3, 2)), "--rejects", str(rejects))
    assert ran.status == 3
    assert "duckdb ran out of memory" in ran.err
    assert not rejects.exists()


def test_filters_and_tables_that_stand_alone(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    path = table(tmp_path, *_duel(0.9, 0.3, 2))
    ran = run("leaderboard", "--forecasts", path, "--file", str(tmp_path / "claims.yaml"), "--topic", "t")
    assert ran.status == 2
    assert "these tables stand alone" in ran.err


def test_questions_selected_by_outcome_have_no_scores(run: Runner, ledger: tuple[str, ...]) -> None:
    found = board(run, *ledger, "--status", "hit")
    assert (found["selected_by_outcome"], found["forecasters"], found["brier"], found["questions"]) == (
        True,
        [],
        None,
        1,
    )
    assert "selected by outcome" in run("leaderboard", *ledger, "--status", "hit", "--format", "table").out
    options = ("calibration", *ledger, "--status", "miss", "--format")
    bins = json.loads(run(*options, "json").out)
    assert (bins["selected_by_outcome"], bins["bins"], bins["brier"]) == (True, [], None)
    assert "selected by outcome" in run(*options, "table").out
