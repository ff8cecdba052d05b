"""check as a user runs it: what is printed, how it ends, and what settings do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any
from xml.etree import ElementTree

import pytest

from ledger.problems import CODES
from support.example_ledgers import lacking

FINE = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
claims:
  - id: rain
    claim: It rains in Rome in 2027.
    speaker: ann
    said: 2025-01-08
    source: talk
    deadline: 2027
    criteria: The weather service reports rain in Rome.
"""
OVERDUE = FINE.replace("deadline: 2027", "deadline: 2025")
WARNED = FINE.replace("people:", "topics: {snow: winters}\npeople:")
DAY = ("--as-of", "2026-06-30")
Run = Callable[..., Any]
LOOKED_FOR = len(CODES) - len(lacking())


def test_silent_when_nothing_is_wrong(run: Run) -> None:
    assert run("check", *DAY, ledger=FINE) == ("", "", 0)


def test_an_overdue_claim_makes_the_build_red(run: Run) -> None:
    assert run("check", *DAY, ledger=OVERDUE) == (
        dedent("""\
            claims.yaml:10:15: overdue the deadline 2025 has been over for 181 days, and nobody has judged [rain]
                deadline: 2025
                          ^
                judge it: ledger resolve rain OUTCOME; or, if nothing is decisive yet: ledger touch rain

            1 error
            """),
        "",
        1,
    )
    assert run("check", "--as-of", "2025-12-31").status == 0
    assert run("check", "--as-of", "2026-01-01").status == 1


def test_options_stand_before_the_name_too(run: Run) -> None:
    ran = run(*DAY, "--format", "json", "check", ledger=OVERDUE)
    assert json.loads(ran.out)["as_of"] == "2026-06-30"
    assert ran.status == 1


def test_json(run: Run) -> None:
    ran = run("check", *DAY, "--format", "json", ledger=OVERDUE)
    assert json.loads(ran.out) == {
        "schema": "ledger.check/1",
        "as_of": "2026-06-30",
        "errors": 1,
        "problems": [
            {
                "code": "overdue",
                "severity": "error",
                "message": "the deadline 2025 has been over for 181 days, and nobody has judged",
                "hint": "judge it: ledger resolve rain OUTCOME; or, if nothing is decisive yet: ledger touch rain",
                "file": "claims.yaml",
                "line": 10,
                "column": 15,
                "claim": "rain",
            }
        ],
    }
    fine = json.loads(run("check", *DAY, "--format", "json", ledger=FINE).out)
    assert fine == {"schema": "ledger.check/1", "as_of": "2026-06-30", "errors": 0, "problems": []}


def test_warnings_are_printed_and_fail_only_if_strict(run: Run) -> None:
    ran = run("check", *DAY, ledger=WARNED)
    assert ran.out.startswith("claims.yaml:2:10: unused (warning) no claim has the topic snow\n")
    assert ran.status == 0
    strict = run("check", *DAY, "--strict")
    assert strict.out.startswith("claims.yaml:2:10: unused no claim has the topic snow\n")
    assert strict.status == 1


def test_notes_are_shown_if_they_are_selected(run: Run) -> None:
    assert run("check", "--as-of", "2027-12-30", ledger=FINE) == ("", "", 0)
    ran = run("check", "--as-of", "2027-12-30", "--select", "due-soon")
    assert ran.out.startswith("claims.yaml:10:15: due-soon (note) the deadline 2027 is over in 1 day [rain]\n")
    assert ran.status == 0
    assert run("check", "--as-of", "2027-12-30", "--fail-on", "due-soon").status == 1
    problems = json.loads(run("check", "--as-of", "2027-12-30", "--format", "json").out)["problems"]
    assert [p["severity"] for p in problems] == ["note"]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--ignore", "overdue"], 0),
        (["--ignore", "unused,overdue"], 0),
        (["--ignore", "unused", "--ignore", "overdue"], 0),
        (["--ignore", "unused"], 1),
        (["--select", "unused"], 0),
        (["--select", "unused", "--strict"], 1),
        (["--select", "unused", "--fail-on", "unused"], 1),
        (["--exit-zero"], 0),
        (["--select", "syntax"], 0),
    ],
)
def test_codes_on_the_command_line(run: Run, options: list[str], status: int) -> None:
    ledger = OVERDUE.replace("people:", "topics: {snow: winters}\npeople:")
    assert run("check", *DAY, *options, ledger=ledger).status == status


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--select", "overdu"], "ledger: no code 'overdu'\n  did you mean overdue?\n"),
        (["--ignore", "unused,nonsense"], "ledger: no code 'nonsense'\n"),
        (["--format", "sarf"], "ledger: no format 'sarf'\n  did you mean sarif?\n"),
        (["--report", "sarif"], "ledger: --report 'sarif' names no file\n"),
        (["--report", "pdf=x"], "ledger: no format 'pdf'\n"),
        (["--report", "json=claims.yaml"], "ledger: claims.yaml would overwrite the ledger\n"),
        (["--recheck", "soon"], 'ledger: --recheck: "soon" is not a length of time\n'),
        (["--documents", "absent"], "ledger: no folder 'absent'\n"),
    ],
)
def test_usage(run: Run, options: list[str], message: str) -> None:
    ran = run("check", *DAY, *options, ledger=FINE)
    assert ran.status == 2
    assert ran.err.startswith(message)
    assert Path("claims.yaml").read_text() == FINE


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[1, 2]\n", b"title: x\n"])
def test_what_is_no_ledger_ends_with_3(run: Run, data: bytes) -> None:
    assert run("check", ledger=data).status == 3
    assert run("check", "-f", "absent.yaml").status == 3


def test_a_broken_claim_hides_no_other(run: Run) -> None:
    broken = OVERDUE + FINE.partition("claims:\n")[2].replace("id: rain", "id: snow").replace("said: ", "said: [")
    ran = run("check", *DAY, ledger=broken)
    assert [line.split(" ")[1] for line in ran.out.splitlines() if line.startswith("claims.yaml:")] == [
        "overdue",
        "syntax",
    ]
    assert ran.status == 1


def test_several_files_are_one_ledger(run: Run) -> None:
    head, claim = FINE.split("claims:\n")
    Path("a.yaml").write_text(f"{head}claims:\n")
    Path("b.yaml").write_text("ledger: 1\nclaims:\n" + claim)
    assert run("check", *DAY, "-f", "a.yaml", "-f", "b.yaml") == ("", "", 0)
    assert run("check", *DAY, "-f", "b.yaml").out.count(" undeclared ") == 2


def test_an_empty_file_name(run: Run) -> None:
    for command in ("check", "list", "score"):
        ran = run(command, "-f", "", ledger=FINE)
        assert ran == ("", "ledger: --file is empty\n  name a file, or leave the option out\n", 2)


def test_resolve_writes_no_judgement_that_check_would_report(run: Run) -> None:
    ran = run("resolve", "rain", "false", "--judged", "2024-01-01", "--note", "Dry.", "--no-input", ledger=FINE)
    assert ran.status == 4
    assert "rain: judged 2024-01-01, before the claim was said, 2025-01-08" in ran.err
    assert Path("claims.yaml").read_text() == FINE


def test_what_is_no_day_is_not_corrected_but_explained(run: Run) -> None:
    ran = run("check", *DAY, ledger=FINE + "    checked: 2027\n")
    assert ran.out.startswith("claims.yaml:12:14: bad-period checked is one day, not 2027 [rain]\n")
    assert ran.out.endswith("\n    write one day, such as 2026-12-31\n\n1 error\n")


def test_help_says_which_notes_are_shown(run: Run) -> None:
    shown = " ".join(run("check", "--help", COLUMNS="200").out.replace("│", " ").split())
    assert "(and no-document with --documents)" in shown


def test_standard_input(run: Run) -> None:
    ran = run("check", *DAY, "-f", "-", stdin=OVERDUE.encode())
    assert ran.out.startswith("<stdin>:10:15: overdue ")
    assert ran.status == 1


def test_summary(run: Run) -> None:
    comment = OVERDUE.replace("deadline: 2025", "deadline: 2025 # ledger: ignore[overdue] the report is late")
    assert run("check", *DAY, "--summary", ledger=comment) == (
        "",
        f"ledger: 1 file and 1 claim as of 2026-06-30, {LOOKED_FOR} codes: nothing wrong; accepted in place: 1\n",
        0,
    )
    assert run("check", "--as-of", "2027-12-30", "--summary", ledger=FINE).err == (
        f"ledger: 1 file and 1 claim as of 2027-12-30, {LOOKED_FOR} codes: 1 note; "
        "notes not shown: due-soon 1 (--select shows them)\n"
    )


def test_documents(run: Run) -> None:
    ledger = FINE.replace("{title: A talk}", "{title: A talk, document: talk.txt}")
    ledger = ledger.replace("    deadline", "    at: line 2\n    quote: It will rain\n    deadline")
    Path("texts").mkdir()
    ran = run("check", *DAY, "--documents", "texts", ledger=ledger)
    assert ran.out.startswith("claims.yaml:11:12: no-document (note) the quote cannot be checked: texts/talk.txt: no ")
    assert ran.status == 0
    Path("texts/talk.txt").write_text("Ann:\nIt will rain.\n")
    ran = run("check", *DAY, "--documents", "texts", "--summary")
    assert ran.out == ""
    assert ran.err.endswith(f"{LOOKED_FOR} codes: nothing wrong; compared with documents: 1 quote\n")
    Path("texts/talk.txt").write_text("It will rain.\n")
    ran = run("check", *DAY, "--documents", "texts")
    assert ran.out.splitlines() == [
        "claims.yaml:10:9: quote-not-in-document the quote does not begin on line 2 of talk.txt [rain]",
        "    at: line 2",
        "        ^",
        "    write at: line 1",
        "",
        "1 error",
    ]
    assert ran.status == 1


def test_the_formats_on_offer_are_those_there_are(run: Run) -> None:
    from ledger.cli import check
    from ledger.render.problems import FORMATS

    assert check.FORMATS == FORMATS


def test_a_narrow_terminal(run: Run) -> None:
    ran = run("check", *DAY, "--color", "always", ledger=OVERDUE, COLUMNS="40")
    assert ran.out.splitlines() == [
        "claims.yaml:10:15: \x1b[1;31moverdue\x1b[0m the deadline",
        "  2025 has been over for 181 days, and",
        "  nobody has judged [rain]",
        "    deadline: 2025",
        "              \x1b[1;31m^\x1b[0m",
        "    judge it: ledger resolve rain",
        "    OUTCOME; or, if nothing is decisive",
        "    yet: ledger touch rain",
        "",
        "1 error",
    ]


def test_github_actions(run: Run, tmp_path: Path) -> None:
    step = tmp_path / "step.md"
    folder = tmp_path / "sub"
    folder.mkdir()
    ledger = OVERDUE.replace("people:", "topics: {snow: winters}\npeople:")
    (folder / "claims.yaml").write_text(ledger)
    environ = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(step),
        "GITHUB_WORKSPACE": str(tmp_path),
    }
    os.chdir(folder)
    ran = run("check", *DAY, **environ)
    assert ran.out.splitlines() == [
        "::error file=sub/claims.yaml,line=11,col=15,title=overdue (rain)::the deadline 2025 has been over for 181 "
        "days, and nobody has judged%0Ajudge it: ledger resolve rain OUTCOME; or, if nothing is decisive yet: ledger "
        "touch rain",
        "::warning file=sub/claims.yaml,line=2,col=10,title=unused::no claim has the topic snow%0Aremove it, or use "
        "it; a claim's speaker, source and topics refer to these names",
    ]
    assert ran.status == 1
    assert step.read_text().startswith("### Ledger check as of 2026-06-30: 1 error, 1 warning\n\n| problem | claim |")
    text = run("check", *DAY, "--format", "text").out  # errors first
    assert text.startswith("claims.yaml:11:15: overdue") and "\nclaims.yaml:2:10: unused" in text
    assert text.endswith("\n\n1 error, 1 warning\n")
    fine = run("check", *DAY, "-f", "-", stdin=FINE.encode())
    assert fine == ("", "", 0)


def test_reports_are_written_beside_the_output(run: Run) -> None:
    ran = run("check", *DAY, "--report", "sarif=a.sarif", "--report", "junit=b.xml", ledger=OVERDUE)
    assert ran.out.startswith("claims.yaml:10:15: overdue")
    assert json.loads(Path("a.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "overdue"
    assert ElementTree.parse("b.xml").getroot()[0].get("failures") == "1"
    assert ran.status == 1
    run("check", *DAY, "--report", "gitlab=c.json", ledger=FINE)
    assert Path("c.json").read_text() == "[]\n"


# --- settings --------------------------------------------------------------------------------------------------


def settings(text: str) -> None:
    Path("pyproject.toml").write_text(f"[tool.ledger.check]\n{text}\n")


@pytest.mark.parametrize(
    ("table", "options", "status"),
    [
        ('ignore = ["overdue"]', [], 0),
        ('ignore = ["overdue"]', ["--select", "overdue"], 1),
        ('ignore = ["overdue"]', ["--fail-on", "overdue"], 1),
        ('select = ["unused"]', [], 0),
        ('select = ["unused"]', ["--select", "overdue"], 1),
        ('select = ["unused"]\nstrict = true', [], 1),
        ('fail-on = ["unused"]\nignore = ["overdue"]', [], 1),
        ('recheck = "100y"', [], 1),  # nobody looked
        ("strict = false", [], 1),
    ],
)
def test_defaults_in_pyproject(run: Run, table: str, options: list[str], status: int) -> None:
    settings(table)
    ledger = OVERDUE.replace("people:", "topics: {snow: winters}\npeople:")
    assert run("check", *DAY, *options, ledger=ledger).status == status


def test_recheck_in_pyproject(run: Run) -> None:
    ledger = OVERDUE + "    checked: 2026-02-01\n"
    assert run("check", *DAY, ledger=ledger).status == 1
    settings('recheck = "1y"')
    assert run("check", *DAY).status == 0
    assert run("check", *DAY, "--recheck", "30d").status == 1


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("strickt = true", "[tool.ledger.check] has no key 'strickt'\n  did you mean strict?"),
        ('ignore = ["overdu"]', "no code in ignore of [tool.ledger.check] 'overdu'\n  did you mean overdue?"),
        ('ignore = "overdue"', "ignore in [tool.ledger.check] is a list of codes"),
        ('strict = "yes"', "strict in [tool.ledger.check] cannot be 'yes'"),
        ("recheck = 30", "recheck in [tool.ledger.check] cannot be 30"),
        ('recheck = "soon"', 'recheck: "soon" is not a length of time'),
        ('ignore = ["goalpost-moved"]', "goalpost-moved cannot be ignored in [tool.ledger.check]"),
    ],
)
def test_wrong_settings(run: Run, table: str, message: str) -> None:
    settings(table)
    ran = run("check", *DAY, ledger=FINE)
    assert ran.status == 2
    assert ran.err.startswith(f"ledger: {message}")


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        ('fil = "x"', "did you mean file?"),
        ("[tool.ledger.chek]\nstrict = true", "did you mean check?"),
        ("zzz = 1", "there are file and check"),
    ],
)
def test_unknown_settings(run: Run, table: str, hint: str) -> None:
    Path("pyproject.toml").write_text(f"[tool.ledger]\n{table}\n")
    for command in ("check", "list"):
        ran = run(command, ledger=FINE)
        assert ran.status == 2
        assert "[tool.ledger] has no key '" in ran.err
        assert ran.err.endswith(f"  {hint}\n")


@pytest.mark.parametrize(
    "spelt",
    [
        '[tool]\nledger = {file = "other.yaml"}',
        '[tool]\nledger.file = "other.yaml"',
        'tool.ledger.file = "other.yaml"',
        '[ tool . ledger ]\nfile = "other.yaml"',
        "['tool'.\"ledger\"]\nfile = 'other.yaml'",
    ],
)
def test_settings_are_read_however_toml_lets_them_be_spelt(run: Run, spelt: str) -> None:
    Path("pyproject.toml").write_text(spelt)
    Path("other.yaml").write_text("x: 1\n")
    assert run("check", ledger=FINE).err.startswith("ledger: other.yaml: no mapping with a ledger: key at the top\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[[tool.ledger]]\nfile = 'x'",
            'ledger in [tool] is no table\n  write [tool.ledger], and below it file = "…"\n',
        ),
        ("[tool]\nledger = 'x'", 'ledger in [tool] is no table\n  write [tool.ledger], and below it file = "…"\n'),
        (f"ledger = {'[' * 5000}", "nested too deeply\n  mend the file, or name the ledger with --file\n"),
    ],
)
def test_settings_that_are_none_are_told(run: Run, text: str, said: str) -> None:
    Path("pyproject.toml").write_text(text)
    ran = run("check", ledger=FINE)
    assert (ran.status, ran.err) == (2, f"ledger: {Path('pyproject.toml').absolute()}: {said}")


def test_a_number_too_long_in_the_settings_is_told(run: Run) -> None:
    Path("pyproject.toml").write_text(f"ledger = {'9' * 5000}")
    ran = run("check", ledger=FINE)
    assert (ran.status, "bug" in ran.err, "mend the file" in ran.err) == (2, False, True)


def test_settings_that_name_a_dash_name_a_file(run: Run) -> None:
    Path("pyproject.toml").write_text('[tool.ledger]\nfile = "-"\n')
    assert run("check", ledger=FINE).err.startswith("ledger: ./-: no such file\n")


def test_a_screen_ends_with_the_counts_and_begins_with_errors(tmp_path: Path) -> None:
    two = FINE.replace("    criteria: The weather service reports rain in Rome.\n", "") + "  - {id: bad}\n"
    (tmp_path / "claims.yaml").write_text(two, encoding="utf-8")
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "ledger", "check", "--color", "never"]
    subprocess.run(command, stdout=theirs, cwd=tmp_path, check=False, env={**os.environ, "COLUMNS": "200"})
    os.close(theirs)
    lines = os.read(ours, 65536).decode().splitlines()
    os.close(ours)
    found = [line.split()[1] for line in lines if line.startswith("claims.yaml:")]
    assert (found[0], found[-1], lines[-2:]) == ("missing-key", "no-criteria", ["", lines[-1]])
    assert lines[-1].startswith("1 error") or lines[-1].startswith(f"{len(found) - 1} errors")
    assert lines[-1].endswith("1 warning")
