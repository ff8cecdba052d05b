"""`diff` and `log`: what changed, in words and as JSON."""

from __future__ import annotations

import json

import jsonschema
import pytest

from ledger.render.promises import output_schema
from support.repositories import Repo, claim, ledger
from support.running import Runner

JUDGED = "resolutions: [{outcome: false, judged: 2026-05-01, value: 1200, note: No.}]"
LONG = "The annual report counts robots that were sold and delivered, but never those that were only announced."


def short(repo: Repo, rev: str) -> str:
    return repo.git("rev-parse", rev)[:10]


@pytest.fixture
def grown(repo: Repo) -> Repo:
    """Two commits of 2026-03-01 and 2026-03-02, and a work tree that differs again."""
    repo.record(ledger(claim("one"), claim("two", deadline="2026-06"), claim("three", f"criteria: {LONG}")))
    repo.record(
        ledger(
            claim("one", JUDGED, "topics: [cars]"),
            claim("two", "kind: target", deadline="2026-06"),
            claim("three", f"criteria: {LONG.replace('never', 'also')}", deadline="2026-12-30"),
            claim("four", "revises: two", deadline="2029"),
        )
    )
    entry = "amended: [{date: 2026-11-01, fields: [deadline], why: The paper was misread.}]"
    repo.write(
        ledger(
            claim("one", JUDGED.replace("}]", "}, {outcome: reopened, judged: 2026-06-01, note: Not over.}]")),
            claim("three", f"criteria: {LONG.replace('never', 'also')}", entry, deadline="none"),
            claim("four", "revises: two", "probability: 20%", deadline="2029"),
        )
    )
    return repo


# --- diff ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            "{outcome: false, judged: 2026-05-01, value: 1300, evidence: [{title: News}], note: Never.}",
            "false (2026-05-01): value was 1,200 and is 1,300; evidence: 1 added; note was No. and is Never.",
        ),
        (
            "{outcome: true, judged: 2026-05-01, value: 1200, note: No.}",
            "false (2026-05-01): outcome was false and is true",
        ),
        (
            "{outcome: false, judged: 2026-05-01, note: No.}, {outcome: reopened, judged: 2026-06-01, note: Open.}",
            "false (2026-05-01): value was 1,200 and is absent; added reopened (2026-06-01)",
        ),
        ("", "false (2026-05-01) became none"),
    ],
)
def test_a_rewritten_judgement_is_shown_by_what_differs(repo: Repo, run: Runner, entries: str, words: str) -> None:
    repo.record(ledger(claim("one", JUDGED)))
    repo.write(ledger(claim("one", f"resolutions: [{entries}]" if entries else "")))
    (change,) = json.loads(run("diff", "--format", "json").out)["claims"][0]["changes"]
    assert change["text"] == f"judgement rewritten {words}"


def test_what_changed_since_a_commit(grown: Repo, run: Runner) -> None:
    out, err, status = run("diff")
    assert status == 0 and err.startswith("ledger: 1 error in claims.yaml")  # what revises a claim that is gone
    assert (
        out
        == f"""\
From HEAD ({short(grown, "HEAD")}) as of 2026-03-02 to the files as of 2026-11-22

one
  topics       -cars
  reopened     on 2026-06-01, Not over.

three
  re-dated     from 2026-12-30 to none
  amended      deadline, 2026-11-01: The paper was misread.

four
  probability  set to 20%

two
  removed      It happens. (deadline 2026-06) (claim-deleted)

1 reopened, 1 re-dated, 1 amended, 2 otherwise changed, 1 removed.
"""
    )


def test_what_changed_between_two_commits(grown: Repo, run: Runner) -> None:
    out, err, status = run("diff", "HEAD~1..HEAD", as_of=None)
    assert (err, status) == ("", 0)
    assert (
        out
        == f"""\
From HEAD~1 ({short(grown, "HEAD~1")}) as of 2026-03-01 to HEAD ({short(grown, "HEAD")}) as of 2026-03-02

one
  topics    +cars
  judged    false on 2026-05-01, value 1,200

two
  kind      from prediction to target (goalpost-moved)

three
  re-dated  from 2027 to 2026-12-30, 366 days earlier (goalpost-moved)
  criteria  from “…sold and delivered, but never those that were only announced.” to “…sold and
            delivered, but also those that were only announced.” (goalpost-moved)

four
  added     It happens. (deadline 2029, revises two)

1 added, 1 judged, 1 re-dated, 3 otherwise changed.
"""
    )
    assert run("diff", "HEAD~1..", as_of=None).out == out


def test_newly_overdue(grown: Repo, run: Runner) -> None:
    grown.git("checkout", "-q", ".")
    out = run("diff", as_of="2026-07-02").out
    assert "\ntwo\n  newly overdue  for 2 days\n" in out and out.endswith("\n1 newly overdue.\n")
    same = f"From HEAD ({short(grown, 'HEAD')}) as of 2026-03-02 to the files as of 2026-06-30: nothing changed.\n"
    assert run("diff", as_of="2026-06-30").out == same
    assert run("diff", "HEAD~1..HEAD", as_of="2026-07-02").out.count("newly overdue") == 2


def test_as_json(grown: Repo, run: Runner) -> None:
    found = json.loads(run("diff", "HEAD~1..HEAD", "--format", "json", as_of=None).out)
    assert (found["schema"], found["as_of"], found["errors"]) == ("ledger.diff/1", "2026-03-02", 0)
    assert found["base"] == {"rev": "HEAD~1", "commit": grown.git("rev-parse", "HEAD~1"), "as_of": "2026-03-01"}
    assert [one["id"] for one in found["claims"]] == ["one", "two", "three", "four"]
    assert found["claims"][2]["changes"][0] == {
        "kind": "redated",
        "field": "deadline",
        "before": {"text": "2027", "start": "2027-01-01", "end": "2027-12-31", "approximate": False},
        "after": {"text": "2026-12-30", "start": "2026-12-30", "end": "2026-12-30", "approximate": False},
        "days": -366,
        "code": "goalpost-moved",
        "amended": None,
        "likely": None,
        "stood": None,
        "text": "re-dated from 2027 to 2026-12-30, 366 days earlier",
    }
    assert found["claims"][0]["changes"][1]["after"]["judged"] == "2026-05-01"
    later = json.loads(run("diff", "--format", "json").out)
    assert later["new"] == {"rev": None, "commit": None, "as_of": "2026-11-22"}
    assert later["claims"][1]["changes"][0]["amended"] == "The paper was misread."
    assert [(one["newly_overdue"], one["days_overdue"]) for one in later["claims"]] == [(False, None)] * 4


def test_ends_of_a_range(grown: Repo, run: Runner) -> None:
    assert run("diff", "..HEAD~1", as_of=None).out.startswith(f"From HEAD ({short(grown, 'HEAD')}) as of 2026-03-01 to")
    assert run("diff", "HEAD...main").status == 2
    assert run("diff", "HEAD..nothing").status == 2
    assert run("diff", "--", "--output=x").status == 2
    assert not (grown.folder / "x").exists()


def test_nothing_there_yet(repo: Repo, run: Runner) -> None:
    repo.write("# Read me\n", "README.md")
    repo.commit()
    repo.write(ledger(claim("one")))
    out, err, status = run("diff")
    assert "\none\n  added  It happens. (deadline 2027)\n" in out and status == 0
    assert err == f"ledger: HEAD ({short(repo, 'HEAD')}) holds no ledger: everything is new\n"


def test_the_json_keeps_its_promise(grown: Repo, run: Runner) -> None:
    outputs = {"diff": [("HEAD~1..HEAD",), (), ("HEAD",)], "log": [("one",), ("two",), ("three",), ("four",)]}
    for command, runs in outputs.items():
        promise = jsonschema.Draft7Validator(output_schema(command))
        for args in runs:
            found = json.loads(run(command, *args, "--format", "json").out)
            promise.validate(found)
            assert not [key for key in found if key not in promise.schema["properties"]]


# --- log -----------------------------------------------------------------------------------------------------


def test_the_commits_that_touched_a_claim(grown: Repo, run: Runner) -> None:
    grown.commit("Amend\n\nAt length.")
    grown.record(ledger(claim("other")), message="Begin again")
    out, err, status = run("log", "three")
    assert (err, status) == ("", 0)
    assert (
        out
        == f"""\
three: It happens.

2026-03-04  {short(grown, "HEAD")}  Jane Doe  Begin again
  removed   It happens. (deadline none) (claim-deleted)

2026-03-03  {short(grown, "HEAD~1")}  Jane Doe  Amend
  re-dated  from 2026-12-30 to none
  amended   deadline, 2026-11-01: The paper was misread.

2026-03-02  {short(grown, "HEAD~2")}  Jane Doe  Change
  re-dated  from 2027 to 2026-12-30, 366 days earlier (goalpost-moved)
  criteria  from “…sold and delivered, but never those that were only announced.” to “…sold and
            delivered, but also those that were only announced.” (goalpost-moved)

2026-03-01  {short(grown, "HEAD~3")}  Jane Doe  Change
  added     It happens. (deadline 2027)

4 commits.
"""
    )


def test_what_is_not_committed_comes_first(grown: Repo, run: Runner) -> None:
    lines = run("log", "fo").out.splitlines()
    assert lines[:4] == ["four: It happens.", "", "not committed", "  probability  set to 20%"]
    assert run("log", "four", "--rev", "HEAD").out.splitlines()[2].startswith("2026-03-02")
    first = json.loads(run("log", "four", "--format", "json").out)["commits"][0]
    assert first["commit"] is None and first["changes"][0]["field"] == "probability"


def test_log_as_json(grown: Repo, run: Runner) -> None:
    found = json.loads(run("log", "three", "--rev", "HEAD", "--format", "json", "-n", "1").out)
    assert (found["schema"], found["id"], found["errors"]) == ("ledger.log/1", "three", 0)
    (only,) = found["commits"]
    assert only["commit"] == grown.git("rev-parse", "HEAD")
    assert (only["time"], only["author"], only["subject"]) == ("2026-03-02T12:00:00+00:00", "Jane Doe", "Change")
    assert [change["kind"] for change in only["changes"]] == ["redated", "changed"]
    assert list(only) == ["commit", "time", "author", "subject", "unreadable", "cut", "changes", "claims", "head"]


def test_through_files_settings_and_includes(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one")), "data/claims.yaml", "First")
    repo.git("mv", "data/claims.yaml", "tales.yaml")
    repo.record('[tool.ledger]\nfile = "tales.yaml"\n', "pyproject.toml", "Only moved")
    repo.record(ledger(claim("one", deadline="2028")), "tales.yaml", "Later")
    repo.record('[tool.ledger]\nfile = "tales.yaml"\nbroken', "pyproject.toml", "Settings broken")
    repo.write('[tool.ledger]\nfile = "tales.yaml"\n', "pyproject.toml")
    repo.write(
        "ledger: 1\ninclude: [parts/**/*.yaml]\npeople: {jane: {name: J}}\nsources: {paper: {title: T}}\n", "tales.yaml"
    )
    repo.record("ledger: 1\nclaims:\n" + claim("one", deadline="2028"), "parts/x/a.yaml", "Only taken apart")
    repo.record("ledger: 1\nclaims:\n" + claim("one", deadline="2029"), "parts/x/a.yaml", "Later again")
    repo.git("mv", "parts/x/a.yaml", "parts/b.yaml")
    repo.commit("Only moved again")
    repo.record("nothing of ours", "elsewhere.txt", "Something else")
    subjects = [one["subject"] for one in json.loads(run("log", "one", "--format", "json").out)["commits"]]
    assert subjects == ["Later again", "Settings broken", "Later", "First"]


def test_only_meaning_counts(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one")), message="First")
    repo.record("# new\n" + ledger(claim("zero"), claim("one", deadline="'2027'")), message="Form")
    repo.record(ledger(claim("one", "note: new")), message="Note")
    repo.record(ledger(claim("one", "note: new")).replace("\n", "\r\n"), message="CRLF")
    repo.record("\ufeff" + ledger(claim("one", "note: new")), message="BOM")
    repo.record(ledger() [:ledger().index("claims:")] + "claims: [{id: one, claim: It happens., speaker: jane, "
                "said: 2026-01-05, source: paper, deadline: 2027, note: new}]\n", message="Flow")  # fmt: skip
    subjects = [one["subject"] for one in json.loads(run("log", "one", "--format", "json").out)["commits"]]
    assert subjects == ["Note", "First"]


def test_a_merge_counts_where_it_differs_from_all_parents(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one"), claim("two")), message="First")
    repo.git("checkout", "-q", "-b", "side")
    repo.record(ledger(claim("one", deadline="2028"), claim("two")), message="Side")
    repo.git("checkout", "-q", "main")
    repo.record(ledger(claim("one"), claim("two", deadline="2030")), message="Main")
    repo.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    repo.record(ledger(claim("one", deadline="2028"), claim("two", deadline="2031")), message="Merge")
    subjects = {
        name: [one["subject"] for one in json.loads(run("log", name, "--format", "json").out)["commits"]]
        for name in ("one", "two")
    }
    assert subjects == {"one": ["Side", "First"], "two": ["Merge", "Main", "First"]}


def test_versions_that_cannot_be_read(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one"), claim("two")), message="First")
    repo.record(ledger(claim("one", deadline="soon"), claim("two")), message="Bad period")
    repo.record(ledger(claim("one", 'note: "open'), claim("two")), message="Open quote")
    repo.record(ledger(claim("one", deadline="2028"), claim("two")), message="Mended")
    repo.record(b"\xff\xfe" + ledger(claim("one"), claim("two")).encode(), message="Not UTF-8")
    repo.record(ledger(claim("one", deadline="2028"), claim("two")), message="Back")
    found = json.loads(run("log", "one", "--format", "json").out)
    assert [(one["subject"], one["unreadable"], len(one["changes"])) for one in found["commits"]] == [
        ("Not UTF-8", True, 0), ("Mended", False, 1), ("Bad period", True, 0), ("First", False, 1),
    ]  # fmt: skip
    assert found["errors"] == 2
    assert "  unreadable  the claim cannot be read in this version\n" in run("log", "one").out
    others = [one["subject"] for one in json.loads(run("log", "two", "--format", "json").out)["commits"]]
    assert others == ["Not UTF-8", "First"]


def test_a_shallow_history_says_where_it_ends(repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for deadline in ("2027", "2028", "2029"):
        repo.record(ledger(claim("one", deadline=deadline)))
    repo.git("clone", "-q", "--depth=2", f"file://{repo.folder}", "../shallow")
    monkeypatch.chdir(repo.folder.parent / "shallow")
    out = run("log", "one").out
    assert out.count("history ends") == 1 and "get it with: git fetch --unshallow" in out.replace("\n" + " " * 16, " ")
    assert [one["cut"] for one in json.loads(run("log", "one", "--format", "json").out)["commits"]] == [False, True]


@pytest.mark.parametrize("word", ["nothing", "", "No Name", "--all", "o\x1b[31m"])
def test_no_such_claim(grown: Repo, run: Runner, word: str) -> None:
    out, err, status = run("log", "--", word)
    assert (out, status) == ("", 2) and err.startswith("ledger: no claim ") and "\x1b" not in err


def test_an_unclear_beginning(grown: Repo, run: Runner) -> None:
    grown.write(ledger(claim("one"), claim("onto")))
    out, err, status = run("log", "on")
    assert (out, status) == ("", 2) and "do you mean one or onto?" in err


def test_what_people_wrote_cannot_steer_the_terminal(repo: Repo, run: Runner) -> None:
    repo.write(ledger(claim("one", 'note: "a\\u202eb"', 'criteria: "[/b] :rocket:"')))
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "\x1b[31mred\x1b]8;;http://x\x07 [bold]x", "--author", "Eve\x9b <e@x>")
    for args in (("log", "one"), ("log", "one", "--format", "json"), ("diff",), ("diff", "--format", "json")):
        out = run(*args).out
        assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "[bold]x" in run("log", "one").out
