"""list, show, due and the counts, as a user meets them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ledger import columns
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.writing.first_file import first_file

from .conftest import Runner

LEDGER = """\
ledger: 1
title: Robots and rates
people:
  ada: {name: Ada Byron}
  bob: {name: Bob Stone, note: of the bank}
topics:
  robots: things that walk
  rates: interest
sources:
  times-2025: {title: Robots are coming, publisher: The Times, url: "https://example.org/1", published: 2025-01-02}
claims:
  - id: robots-2026
    claim: At least 50 robots walk in 2026.
    speaker: ada
    said: 2025-01-01
    source: times-2025
    at: line 3
    quote: fifty or a hundred
    wording: quoted
    kind: target
    topics: [robots]
    deadline: 2026
    deadline_words: in 2026
    window: during
    quantity: {at_least: 50, range: [50, 100], unit: robots}
    criteria: The yearly count.
    series: robots
  - id: robots-2025
    claim: At least 5 robots walk by the end of 2025.
    speaker: ada
    said: 2024-01-01
    source: times-2025
    topics: [robots]
    deadline: 2025
    criteria: The yearly count.
    series: robots
    resolutions:
      - outcome: true
        judged: 2026-03-01
        happened: 2026-02
        evidence: [{source: times-2025, says: Six walk.}]
  - id: rate-cut
    claim: The rate is cut by the second quarter of 2025.
    speaker: bob
    said: 2025-01
    source: times-2025
    topics: [rates]
    deadline: 2025-Q2
    probability: 80%
  - id: rates-fall
    claim: Rates fall in the end.
    speaker: bob
    said: unknown
    source: times-2025
    topics: [rates, robots]
    deadline: none
"""
DAY = "2026-11-22"


def test_list_takes_two_lines_a_claim(run: Runner) -> None:
    assert run("list", "--as-of", DAY, "--format", "table", ledger=LEDGER).out == (
        """\
overdue 17 months  2025-Q2  rate-cut
  Bob Stone: The rate is cut by the second quarter of 2025.
late 59 days       2025     robots-2025
  Ada Byron: At least 5 robots walk by the end of 2025.
open, in 39 days   2026     robots-2026
  Ada Byron: At least 50 robots walk in 2026.
─ without a deadline: 1
undated            none     rates-fall
  Bob Stone: Rates fall in the end.
4 claims as of 2026-11-22, 1 overdue
"""
    )


def test_list_takes_one_line_a_claim_where_there_is_room(run: Runner) -> None:
    assert run("list", "--as-of", DAY, "--format", "table", "-t", "robots", ledger=LEDGER, COLUMNS="120").out == (
        """\
late 59 days      2025  robots-2025  Ada Byron: At least 5 robots walk by the end of 2025.
open, in 39 days  2026  robots-2026  Ada Byron: At least 50 robots walk in 2026.
─ without a deadline: 1
undated           none  rates-fall   Bob Stone: Rates fall in the end.
3 claims as of 2026-11-22
"""
    )
    assert run("list", "--as-of", DAY, "--format", "table", "--kind", "prediction", "--speaker", "bob").out == (
        """\
overdue 17 months  2025-Q2  rate-cut    The rate is cut by the second quarter of 2025.
─ without a deadline: 1
undated            none     rates-fall  Rates fall in the end.
2 claims as of 2026-11-22, 1 overdue; by Bob Stone
"""
    )


def test_list_at_forty_columns(run: Runner) -> None:
    ran = run(
        "list", "--as-of", DAY, "--format", "table", "--topic", "robots", "--limit", "1", ledger=LEDGER, COLUMNS="40"
    )
    assert ran.out == (
        """\
late 59 days  2025  robots-2025
  Ada Byron: At least 5 robots walk by
  the end of 2025.
1 of 3 claims as of 2026-11-22
"""
    )


def test_columns_that_were_asked_for_make_a_table(run: Runner) -> None:
    columns = ["--columns", "id,speaker,days"]
    assert run("list", "--as-of", DAY, "--format", "table", "--topic", "rates", *columns, ledger=LEDGER).out == (
        """\
id          speaker    days
──────────  ─────────  ────
rate-cut    Bob Stone  -510
rates-fall  Bob Stone
2 claims as of 2026-11-22, 1 overdue
"""
    )


def test_where_there_is_nothing_the_next_step_is_said(run: Runner) -> None:
    empty = "ledger: 1\nclaims: []\n"
    for command in ("list", "due"):
        assert run(command, "--format", "table", ledger=empty).out == "No claims yet. Enter the first one: ledger add\n"
    assert run("list", "--as-of", DAY, "--format", "table", "--search", "xyz", ledger=LEDGER).out == (
        "0 of 4 claims as of 2026-11-22: nothing passes these filters\n"
    )


def test_off_a_terminal_list_is_plain_rows(run: Runner) -> None:
    ran = run("list", "--as-of", DAY, ledger=LEDGER)
    assert ran.out == (
        "rate-cut\tThe rate is cut by the second quarter of 2025.\tbob\t2025-Q2\toverdue\t-510\n"
        "robots-2025\tAt least 5 robots walk by the end of 2025.\tada\t2025\tlate\t-326\n"
        "robots-2026\tAt least 50 robots walk in 2026.\tada\t2026\topen\t39\n"
        "rates-fall\tRates fall in the end.\tbob\t\tundated\t\n"
    )
    assert (ran.err, ran.status) == ("", 0)


def ids(run: Runner, *args: str, day: str = DAY) -> list[str]:
    ran = run("list", "--as-of", day, *args, ledger=LEDGER)
    assert ran.status == 0, ran.err
    return [line.split("\t")[0] for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--topic", "robots"], ["robots-2025", "robots-2026", "rates-fall"]),
        (["-t", "robots", "-t", "rates"], ["rate-cut", "robots-2025", "robots-2026", "rates-fall"]),
        (["-t", "robots,rates", "--speaker", "bob"], ["rate-cut", "rates-fall"]),
        (["--status", "overdue,late"], ["rate-cut", "robots-2025"]),
        (["--kind", "target"], ["robots-2026"]),
        (["--source", "times-2025", "--series", "robots"], ["robots-2025", "robots-2026"]),
        (["--search", "FIFTY"], ["robots-2026"]),
        (["--search", "nothing of the kind"], []),
        (["--due-before", "2025-12-31"], ["rate-cut"]),
        (["--due-before", "2026"], ["rate-cut", "robots-2025"]),
        (["--due-after", "2025"], ["robots-2026"]),
        (["--due-after", "Q2 2025"], ["robots-2025", "robots-2026"]),
        (["--due-within", "90d"], ["robots-2026"]),
        (["--due-within", "38d"], []),
        (["--due-within", "39d"], ["robots-2026"]),
        (["--said-before", "2025"], ["robots-2025"]),
        (["--said-after", "2025-01-01"], ["rate-cut"]),
        (["--sort", "-said"], ["rate-cut", "robots-2026", "robots-2025", "rates-fall"]),
        (["--sort", "speaker,-id"], ["robots-2026", "robots-2025", "rates-fall", "rate-cut"]),
        (["--sort", "line", "--limit", "2"], ["robots-2026", "robots-2025"]),
    ],
    ids=lambda value: " ".join(value) if value and str(value[0]).startswith("-") else "",
)
def test_filters(run: Runner, args: list[str], expected: list[str]) -> None:
    assert ids(run, *args) == expected


def test_a_day_knows_only_what_had_been_said_and_judged(run: Runner) -> None:
    ran = run("list", "--as-of", "2026-01-15", "--columns", "id,status,days,slip", ledger=LEDGER)
    assert ran.out == (
        "rate-cut\toverdue\t-199\t\nrobots-2025\toverdue\t-15\t\nrobots-2026\topen\t350\t\nrates-fall\tundated\t\t\n"
    )
    assert ids(run, day="2024-06-01") == ["robots-2025", "rates-fall"]


@pytest.mark.parametrize(
    ("deadline", "day", "status"),
    [("2025-Q2", "2025-06-30", "open"), ("2025-Q2", "2025-07-01", "overdue")],
)
def test_a_deadline_is_over_after_its_last_day(run: Runner, deadline: str, day: str, status: str) -> None:
    rows = run("list", "--as-of", day, "--columns", "id,deadline,status", ledger=LEDGER).out.splitlines()
    assert f"rate-cut\t{deadline}\t{status}" in rows


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        (["--topic", "robts"], "no topic 'robts'", "did you mean robots or rates?"),
        (["--speaker", "x"], "no speaker 'x'", "there are ada, bob"),
        (["--status", "overdu"], "no status 'overdu'", "did you mean overdue?"),
        (["--columns", "id,deadlin"], "no column 'deadlin'", "did you mean deadline"),
        (["--sort", "-dedline"], "no sort key 'dedline'", "did you mean deadline or"),
        (["--format", "jsn"], "no format 'jsn'", "did you mean json"),
        (["--color", "blue"], "no colour 'blue'", "there are auto, always, never"),
        (["--due-before", "soon"], '--due-before: "soon" is no period: "soon" names no day', "write the period itself"),
        (["--due-within", "5"], '--due-within: "5" is not a length of time', "write 90d"),
        (["--as-of", "2026-13"], "--as-of: month 13 does not exist", "months run from 01 to 12"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_wrong_word_is_exit_2_with_the_nearest(run: Runner, args: list[str], message: str, hint: str) -> None:
    ran = run("list", *args, ledger=LEDGER)
    assert (ran.status, ran.out) == (2, "")
    assert f"ledger: {message}" in ran.err
    assert hint in ran.err


def test_options_stand_before_or_after_the_command(run: Runner, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("ledger: 1\npeople: {eve: {name: Eve}}\nsources: {s: {title: S}}\nclaims:\n"
                     "  - {id: e, claim: C, speaker: eve, said: 2020, source: s, deadline: 2021}\n")  # fmt: skip
    before = run("--as-of", DAY, "-f", "claims.yaml", "list", "-f", "other.yaml", "--columns", "id", ledger=LEDGER)
    assert before.out.split() == ["e", "rate-cut", "robots-2025", "robots-2026", "rates-fall"]
    assert run("list", "--as-of", DAY, "-f", "other.yaml").out.split("\t")[4:] == ["overdue", "-1787\n"]
    assert run("list", "-f", "other.yaml", FORECAST_LEDGER_AS_OF="2021-06-01").out.split("\t")[4:] == ["open", "213\n"]


def test_the_ledger_is_found(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.yaml").write_text(LEDGER)
    (tmp_path / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "er")
    assert len(run("list").out.splitlines()) == 4
    assert json.loads(run("list", "--format", "json").out)["claims"][0]["file"] == "../../data/claims.yaml"
    (tmp_path / "named.yaml").write_text("ledger: 1\n")
    (tmp_path / "pyproject.toml").write_text('[tool.ledger]\nfile = "named.yaml"\n')
    assert run("list").out == ""
    assert len(run("list", FORECAST_LEDGER=str(tmp_path / "data" / "claims.yaml")).out.splitlines()) == 4


def test_settings_do_not_lead_out_of_their_folder(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ledger]\nfile = "../elsewhere.yaml"\n')
    ran = run("list")
    assert ran.status == 2
    assert "leads out of its folder" in ran.err


def test_no_ledger_says_where_it_looked(run: Runner, tmp_path: Path) -> None:
    ran = run("list")
    assert ran.status == 3
    assert f"looked for claims.yaml and data/claims.yaml in {tmp_path}" in ran.err
    assert "ledger init" in ran.err


def test_standard_input(run: Runner) -> None:
    assert run("list", "-f", "-", "--columns", "id,file,line", "--limit", "1", stdin=LEDGER.encode()).out == (
        "rate-cut\t<stdin>\t42\n"
    )
    assert run("list", "-f", "-", "-f", "-", stdin=LEDGER.encode()).status == 2


def test_findings_as_exit_status(run: Runner) -> None:
    assert run("list", "--fail-if-any", ledger=LEDGER).status == 1
    assert run("list", "--fail-if-none", ledger=LEDGER).status == 0
    assert run("list", "--search", "zzz", "--fail-if-none", ledger=LEDGER).status == 1
    assert run("list", "--search", "zzz", "--fail-if-any", ledger=LEDGER).status == 0


def test_what_can_be_read_is_shown(run: Runner) -> None:
    broken = LEDGER.replace("deadline: 2025-Q2", "deadline: soon")
    ran = run("list", "--as-of", DAY, "--columns", "id", ledger=broken)
    assert ran.out.split() == ["robots-2025", "robots-2026", "rates-fall"]
    assert ran.err == "ledger: 1 error in claims.yaml: what can be read is shown; see ledger check\n"
    assert ran.status == 0
    assert json.loads(run("list", "--format", "json").out)["errors"] == 1


def test_json_has_every_field(run: Runner) -> None:
    found = json.loads(run("list", "--as-of", DAY, "--format", "json", "--search", "fifty", ledger=LEDGER).out)
    assert {name: found[name] for name in ("schema", "as_of", "errors")} == {
        "schema": "ledger.list/1",
        "as_of": "2026-11-22",
        "errors": 0,
    }
    (claim,) = found["claims"]
    assert list(claim) == list(columns.NAMES)
    assert (
        claim.items()
        >= {
            "id": "robots-2026",
            "claim": "At least 50 robots walk in 2026.",
            "speaker": "ada",
            "said": {"text": "2025-01-01", "start": "2025-01-01", "end": "2025-01-01", "approximate": False},
            "source": "times-2025",
            "at": "line 3",
            "quote": "fifty or a hundred",
            "wording": "quoted",
            "kind": "target",
            "condition": None,
            "topics": ["robots"],
            "deadline": {"text": "2026", "start": "2026-01-01", "end": "2026-12-31", "approximate": False},
            "deadline_words": "in 2026",
            "deadline_latest": None,
            "window": "during",
            "probability": None,
            "probability_words": None,
            "quantity": {
                "at_least": 50,
                "at_most": None,
                "range": [50, 100],
                "level": None,
                "point": None,
                "decides": None,
                "unit": "robots",
            },
            "criteria": "The yearly count.",
            "series": "robots",
            "revises": None,
            "depends_on": [],
            "see_also": [],
            "note": None,
            "added": None,
            "checked": None,
            "amended": [],
            "resolutions": [],
            "status": "open",
            "account": "open",
            "days": 39,
            "slip": None,
            "revised_by": [],
            "file": "claims.yaml",
            "line": 12,
        }.items()
    )


def test_a_stated_probability_is_told_as_it_was_stated(run: Runner) -> None:
    ledger = LEDGER.replace("probability: 80%", "probability: 0.997")
    ran = run("list", "--format", "table", "--columns", "id,probability", "--search", "second", ledger=ledger)
    assert "99.7%" in ran.out and "0.997" not in ran.out


def test_jsonl_and_markdown(run: Runner) -> None:
    ran = run("list", "--format", "jsonl", "--columns", "id,probability", "--search", "second", ledger=LEDGER)
    assert ran.out == '{"id": "rate-cut", "probability": 0.8}\n'
    ran = run("list", "--format", "markdown", "--columns", "id,speaker", "--limit", "1")
    assert ran.out == "| id | speaker |\n| --- | --- |\n| rate-cut | bob |\n"


def test_csv_has_a_header_of_the_names(run: Runner) -> None:
    header, first = run("list", "--format", "csv", "--limit", "1", ledger=LEDGER).out.splitlines()
    assert header == ",".join(columns.FLAT_NAMES)
    assert first.startswith("rate-cut,The rate is cut")


def test_show(run: Runner) -> None:
    assert run("show", "robots-2025", "--as-of", DAY, ledger=LEDGER).out == (
        """\
robots-2025  late 59 days
  claim     At least 5 robots walk by the end of 2025.
  verdict   true, judged 2026-03-01, happened 2026-02; in the rate
  criteria  The yearly count.
  speaker   Ada Byron
  said      2024-01-01
  source    Robots are coming, The Times, 2025-01-02
            https://example.org/1
  topics    robots
  deadline  2025 (2025-01-01 to 2025-12-31)
  judged    2026-03-01: true, happened 2026-02
            - Robots are coming, The Times, 2025-01-02, https://example.org/1: Six walk.
  series    robots
            robots-2026 (said 2025-01-01, deadline 2026)
  at        claims.yaml:28
"""
    )


def test_show_says_when_a_verdict_is_due_and_why_one_does_not_count(run: Runner) -> None:
    def verdict(name: str, ledger: str = LEDGER) -> str:
        lines = run("show", name, "--as-of", DAY, ledger=ledger).out.splitlines()
        return " ".join(lines[2].split())

    assert verdict("rate-cut") == "verdict none yet, due 2025-06-30; owed, and in no rate until then"
    assert verdict("robots-2026") == "verdict none yet, due 2026-12-31; counts once the deadline is over"
    assert verdict("rates-fall") == "verdict none yet; without a deadline in no rate"
    could = LEDGER.replace("kind: target", "kind: possibility")
    assert verdict("robots-2026", could) == "verdict none yet, due 2026-12-31; in no rate: it is a possibility"


def test_addresses_stay_in_one_piece(run: Runner) -> None:
    address = "https://example.org/" + "a-long-way/" * 9
    shown = run("show", "rate-cut", ledger=LEDGER.replace("https://example.org/1", address), COLUMNS="40").out
    assert any(line.strip() == address for line in shown.splitlines())


def test_a_unique_beginning_of_an_id_will_do(run: Runner) -> None:
    assert run("show", "rate-", ledger=LEDGER).out.startswith("rate-cut  overdue")
    ran = run("show", "robots", ledger=LEDGER)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "ledger: 'robots' begins the ids of 2 claims\n  do you mean robots-2026 or robots-2025?\n"
    ran = run("show", "rate-cutt", ledger=LEDGER)
    assert ran.err == "ledger: no claim 'rate-cutt'\n  did you mean rate-cut?\n"


def test_due(run: Runner) -> None:
    assert run("due", "--as-of", DAY, "--format", "table", ledger=LEDGER).out == (
        """\
Overdue: the deadline is over and nobody has judged
overdue 17 months  2025-Q2  rate-cut
  Bob Stone: The rate is cut by the second quarter of 2025.
1 claim as of 2026-11-22, 1 overdue

Due within 90d
open, in 39 days  2026  robots-2026
  Ada Byron: At least 50 robots walk in 2026.
1 claim as of 2026-11-22
"""
    )
    assert (
        "Nothing falls due within 30d as of 2026-11-22."
        in run("due", "--within", "30d", "--as-of", DAY, "--format", "table").out
    )
    assert json.loads(run("due", "--as-of", DAY, "--format", "json").out)["schema"] == "ledger.due/1"


def test_counts(run: Runner) -> None:
    assert run("topics", "--as-of", DAY, "--format", "table", ledger=LEDGER).out == (
        """\
topic   about             claims  overdue  open  undated  late
──────  ────────────────  ──────  ───────  ────  ───────  ────
robots  things that walk       3              1        1     1
rates   interest               2        1              1
2 topics as of 2026-11-22
"""
    )
    found = json.loads(run("people", "--as-of", DAY, "--format", "json").out)
    assert found["schema"] == "ledger.people/1"
    assert [(row["name"], row["claims"], row["late"]) for row in found["people"]] == [("ada", 2, 1), ("bob", 2, 0)]
    assert run("people", "--format", "tsv").out.splitlines()[0].endswith("\tkind")
    assert run("sources", "--format", "tsv").out.splitlines()[1].startswith("times-2025\tRobots are coming\t4\t")


def test_addresses_of_sources_come_a_line_each(run: Runner) -> None:
    held = LEDGER.replace('/1"', '/1", archived: "https://archive.example/1"')
    (row,) = run("sources", ledger=held).out.splitlines()
    assert row.split("\t")[-4:] == [
        "The Times", "2025-01-02", "https://example.org/1", "https://archive.example/1",
    ]  # fmt: skip
    (source,) = json.loads(run("sources", "--format", "json").out)["sources"]
    assert list(source)[-4:] == ["publisher", "published", "url", "archived"]
    assert source["published"]["text"] == "2025-01-02"


def test_no_text_steers_the_terminal(run: Runner) -> None:
    hostile = LEDGER.replace("Bob Stone", '"\\e]0;x\\a[bold]\\u202e"').replace(
        "claim: Rates fall in the end.", "claim: '[/b] :rocket: Rates fall'"
    )
    for form in ("table", "plain", "csv", "tsv", "markdown", "json", "jsonl"):
        out = run("list", "--format", form, ledger=hostile).out
        assert not set(out) & set("\x1b\x07\u202e")
        assert "Rates fall" in out
        assert ("\\[/b\\]" if form == "markdown" else "[/b] :rocket:") in out


def test_colour(run: Runner) -> None:
    assert "\x1b[31" not in run("list", "--format", "table", ledger=LEDGER).out
    assert "\x1b[1;31moverdue 17 months" in run("list", "--format", "table", "--color", "always", "--as-of", DAY).out
    assert "\x1b" in run("list", "--format", "table", FORCE_COLOR="1").out
    assert "\x1b" not in run("list", "--format", "table", FORCE_COLOR="1", NO_COLOR="1").out


def test_init_makes_a_ledger_without_errors(run: Runner) -> None:
    assert run("init").err == "ledger: wrote claims.yaml; try: ledger list --file claims.yaml\n"
    ran = run("list", "--format", "json")
    assert json.loads(ran.out)["errors"] == 0
    assert len(json.loads(ran.out)["claims"]) == 1
    again = run("init")
    assert (again.status, again.err) == (4, "ledger: claims.yaml is there already\n  name another path\n")
    assert run("init", "new/folder/mine.yaml").status == 0


@pytest.mark.parametrize("name", ["", "/", ".", "a\nb.yaml", "\udcff.yaml", "\x1b[31m.yaml"])
def test_init_takes_only_names_that_can_be_written_down(run: Runner, tmp_path: Path, name: str) -> None:
    ran = run("init", name)
    assert (ran.status, ran.err.splitlines()[1:]) == (2, ["  name a file, such as claims.yaml"])
    assert [path.name for path in tmp_path.iterdir()] == []


def test_init_puts_nothing_before_the_ledger_in_use(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").unlink(missing_ok=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.yaml").write_text(LEDGER)
    ran = run("init")
    assert (ran.status, ran.err.splitlines()) == (
        2,
        [
            "ledger: data/claims.yaml is the ledger here, and claims.yaml would be read instead of it",
            "  begin another one elsewhere, such as: ledger init new/claims.yaml",
        ],
    )
    assert not (tmp_path / "claims.yaml").exists()


def test_init_passes_the_usual_rules_for_yaml_and_brings_its_schema(run: Runner, tmp_path: Path) -> None:
    assert run("init", "mine.yaml").status == 0
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert lines[0] == "# yaml-language-server: $schema=mine.schema.json" and "---" in lines[:6]
    assert all(len(line) <= 80 and line == line.rstrip() for line in lines) and lines[-2:] != ["", ""]
    assert not any(" #" in line and "  #" not in line for line in lines)
    assert (tmp_path / "mine.schema.json").read_text(encoding="utf-8") == run("schema").out
    assert run("check", "-f", "mine.yaml", "--strict").status == 0


@pytest.mark.parametrize("title", ["Robots and rates", "a: b # {c}", '"yes"', "no", "2026", "Ö – 汎用", "- x", "tab\t"])
def test_a_title_that_was_answered_is_read_back(title: str) -> None:
    text = first_file(date(2026, 11, 27), title=title, keeper=title)
    found = load(Disk(), [GivenText("claims.yaml", text.encode())])
    assert (found.title, found.about and found.about.keeper, found.problems) == (title, title, ())


def test_a_day_shows_nothing_that_came_later(run: Runner) -> None:
    shown = run("show", "robots-2025", "--as-of", "2026-01-15", ledger=LEDGER).out
    assert shown.startswith("robots-2025  overdue 15 days")
    assert "judged" not in shown
    (claim,) = json.loads(run("show", "robots-2025", "--as-of", "2026-01-15", "--format", "json").out)["claims"]
    assert claim["resolutions"] == []
    early = run("show", "robots-2026", "--as-of", "2024-06-01")
    assert (early.status, early.err) == (
        2,
        "ledger: robots-2026 had not been said by 2024-06-01\n  it was said 2025-01-01; use a later --as-of\n",
    )
    assert "robots-2026" not in run("show", "robots-2025", "--as-of", "2024-06-01").out


def test_a_day_given_on_the_line_goes_before_the_variable(run: Runner) -> None:
    ran = run("--as-of", "2022-05-31", "list", "--format", "json", ledger=LEDGER, FORECAST_LEDGER_AS_OF="2021-01-01")
    assert json.loads(ran.out)["as_of"] == "2022-05-31"


def test_an_empty_name_is_no_filter(run: Runner) -> None:
    for option in ("--topic", "--columns", "--sort"):
        ran = run("list", option, "", ledger=LEDGER)
        assert (ran.status, ran.out) == (2, "")
        assert "was given an empty one" in ran.err


def test_json_has_no_choice_of_columns(run: Runner) -> None:
    assert run("list", "--format", "json", "--columns", "id", ledger=LEDGER).status == 2


def test_unknown_words_without_a_near_one_are_answered_with_all(run: Runner) -> None:
    assert "there are account, added, also_by" in run("list", "--columns", "zzzz", ledger=LEDGER).err
