"""What stands beside the claims - names, sources, the calendar, tables of forecasts - and what is told of it."""

from __future__ import annotations

import json

import pytest

from ledger.history.heads import HeadReader, head_as_read
from ledger.loading import reading
from support.repositories import Repo, claim, ledger
from support.running import Runner

BEFORE = """\
ledger: 1
title: Robots
about: {keeper: Ann}
timezone: Europe/Berlin
forecasts: [tables/ann.csv, tables/bob.csv]
people:
  jane: {name: Jane Doe, fiscal_year_end: 6}
topics: {robots: robots, cars: cars}
sources:
  paper: {title: The Paper, url: "https://example.org/1"}
claims:
""" + claim("one", "topics: [robots, cars]")
CHANGES = {  # what is put in the place of what, and what diff says of it
    "Robots": ("Machines", "title", "changed  was Robots and is Machines"),
    "keeper: Ann": ("keeper: Bob", "about", "changed  keeper was Ann and is Bob"),
    "Ann}": ("Ann, licence: CC0-1.0}", "about", "changed  licence set to CC0-1.0"),
    "about: {keeper: Ann}\n": ("", "about", "changed  keeper removed; it was Ann"),
    "Europe/Berlin": (
        "Asia/Tokyo",
        "timezone",
        "meaning  was Europe/Berlin and is Asia/Tokyo (meaning-changed)",
    ),
    "timezone: Europe/Berlin\n": ("", "timezone", "meaning  removed; it was Europe/Berlin (meaning-changed)"),
    ", tables/bob.csv": ("", "forecasts", "meaning  tables/bob.csv is not read any more (meaning-changed)"),
    "bob.csv": ("bob.csv, more.csv", "forecasts", "changed  more.csv is read too"),
    "tables/ann.csv, tables/bob.csv": (
        "tables/*.csv",
        "forecasts",
        "changed  tables/ann.csv is not read any more\n"
        "  changed  tables/bob.csv is not read any more\n"
        "  changed  tables/*.csv is read too",
    ),
    "Jane Doe": ("Joe", "people: jane", "meaning  name was “Jane Doe” and is Joe (meaning-changed)"),
    "year_end: 6": ("year_end: 1", "people: jane", "changed  fiscal_year_end was 6 and is 1"),
    "6}": ("6, note: A writer}", "people: jane", "changed  note set to “A writer”"),
    "topics:": ("  max: {name: Max}\ntopics:", "people: max", "changed  added: Max"),
    "cars: cars": ("cars: vehicles", "topics: cars", "changed  was cars and is vehicles"),
    "org/1": ("org/2", "sources: paper", "changed  url was https://example.org/1 and is https://example.org/2"),
    "The Paper": ("A Paper", "sources: paper", "meaning  title was “The Paper” and is “A Paper” (meaning-changed)"),
}


def changed(old: str) -> str:
    assert old in BEFORE
    return BEFORE.replace(old, CHANGES[old][0], 1)


@pytest.mark.parametrize("old", CHANGES)
def test_whatever_differs_is_told(repo: Repo, run: Runner, old: str) -> None:
    repo.record(BEFORE)
    repo.write(changed(old))
    _, title, words = CHANGES[old]
    told = run("diff").out
    assert f"\n\n{title}\n  {words}\n\n" in told and "nothing changed" not in told
    (touch,) = json.loads(run("log", "--format", "json").out)["commits"][:1]
    assert touch["commit"] is None and touch["claims"] == [] and touch["head"]
    repo.commit()
    assert next(line.split("  ")[1].strip() for line in run("log").out.splitlines() if line.startswith("  ")) == title


def test_check_warns_of_another_calendar_and_of_a_table_that_is_gone(repo: Repo, run: Runner) -> None:
    base = repo.record(BEFORE.replace("tables/", ""))[:10]
    for name in ("ann.csv", "bob.csv"):
        repo.write("claim,by,date,probability\n", name)
    repo.write(BEFORE.replace("tables/", "").replace("Berlin", "London").replace(", bob.csv", ""))
    ended = run("check", "--base", "HEAD", "--ignore", "unused,no-criteria")
    assert (ended.err, ended.status) == ("", 0)
    assert (
        ended.out
        == f"""\
claims.yaml:4:1: meaning-changed (warning) timezone was Europe/Berlin at HEAD ({base}) and is Europe/London
    timezone: Europe/London
    ^
    today is the day there, and deadlines are over by it: put it back unless the ledger moved
claims.yaml:5:1: meaning-changed (warning) forecasts names bob.csv no more, which it did at HEAD ({base})
    forecasts: [ann.csv]
    ^
    what these tables forecast is in no score any more: put the pattern back

2 warnings
"""
    )
    assert run("check", "--base", "HEAD", "--ignore", "unused,no-criteria", "--strict").status == 1


def test_a_calendar_that_is_gone_is_told_at_the_first_line(repo: Repo, run: Runner) -> None:
    base = repo.record(ledger().replace("ledger: 1\n", "ledger: 1\ntimezone: Europe/Berlin\n"))[:10]
    repo.write(ledger())
    ended = run("check", "--base", "HEAD", "--ignore", "unused,no-criteria")
    first = ended.out.splitlines()[0]
    assert (
        first == f"claims.yaml:1:1: meaning-changed (warning) timezone was Europe/Berlin at HEAD ({base}) and is absent"
    )
    repo.commit()
    repo.write(ledger().replace("ledger: 1\n", "ledger: 1\ntimezone: Europe/Berlin\n"))
    assert run("check", "--base", "HEAD", "--ignore", "unused,no-criteria").out == ""


def test_the_log_tells_the_commit(repo: Repo, run: Runner) -> None:
    first = repo.record(BEFORE, message="Begin")[:10]
    second = repo.record(BEFORE.replace("Berlin", "London"), message="Move")[:10]
    repo.record("x", "README")
    assert (
        run("log").out
        == f"""\
2026-03-02  {second}  Jane Doe  Move
  timezone  was Europe/Berlin and is Europe/London (meaning-changed)

2026-03-01  {first}  Jane Doe  Begin
  one       added: It happens. (deadline 2027)

2 commits.
"""
    )


def test_score_since_tells_what_means_another(repo: Repo, run: Runner) -> None:
    repo.record(BEFORE)
    repo.record(BEFORE.replace("Berlin", "London").replace("Jane Doe", "Joe"))
    told = run("score", "--since", "HEAD~1", "--format", "table").out
    assert "Another meaning than then: timezone: was Europe/Berlin and is Europe/London.\n" in told
    since = json.loads(run("score", "--since", "HEAD~1", "--format", "json").out)["since"]
    assert since["meanings"] == [
        "timezone: was Europe/Berlin and is Europe/London",
        "people: jane: name was “Jane Doe” and is Joe",
    ]


def test_a_claim_under_another_id_has_not_moved(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    repo.record(ledger(claim("uno", "formerly: [one]")))
    assert json.loads(run("score", "--since", "HEAD~1", "--format", "json").out)["since"]["moved"] == []


def test_names_that_a_claim_brings_or_takes_are_not_told_apart(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    more = ledger(claim("one"), claim("two").replace("jane", "max")).replace("Doe}}", "Doe}, max: {name: Max}}")
    second = repo.record(more)
    for revs in ("HEAD~1..HEAD", "HEAD..HEAD~1"):
        assert json.loads(run("diff", revs, "--format", "json").out)["head"] == []
    touch = json.loads(run("log", "--format", "json").out)["commits"][0]
    assert (touch["commit"], [one["id"] for one in touch["claims"]], touch["head"]) == (second, ["two"], [])


def test_names_are_not_said_to_be_gone_where_they_cannot_be_read(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    broken = repo.record(ledger().replace("jane: {name: Jane Doe}", "jane: {name: 5}"))
    for revs in ("HEAD~1..HEAD", "HEAD..HEAD~1"):
        assert json.loads(run("diff", revs, "--format", "json").out)["head"] == []
    assert broken


def test_a_merge_tells_what_is_as_in_none_of_its_parents(repo: Repo, run: Runner) -> None:
    repo.record(BEFORE)
    repo.git("checkout", "-q", "-b", "side")
    repo.record(BEFORE.replace("Jane Doe", "Joe"))
    repo.git("checkout", "-q", "main")
    repo.record(BEFORE.replace("Robots", "Machines"))
    repo.git("merge", "-q", "side", "-m", "Merge")
    told = json.loads(run("log", "--format", "json").out)["commits"]
    assert [[one["path"] for one in touch["head"]] for touch in told if touch["head"]] in (
        [[["title"]], [["people", "jane", "name"]]],
        [[["people", "jane", "name"]], [["title"]]],
    )


HEADS = (
    BEFORE.partition("claims:")[0],
    "# A comment\n\nledger: 1\npeople:\n  # of them\n\n"
    "  jane:\n    name: Jane\n    note: |\n      a: b\n\n      c: d\n  max: {name: Max}\n",
    "ledger: 1\r\npeople:\r\n  jane: {name: Jane,\r\n    note: x}\r\ntopics:\r\n  a: b\r\n",
    "{ledger: 1, people: {jane: {name: Jane}}}\n",
    "---\nledger: 1\nsources:\n    a: {title: A}\n    b:\n      title: B\ninclude:\n- x.yaml\n"
    "forecasts: [\n  a.csv,\nb.csv]\n",
    "ledger: 1\npeople:\n  a: {name: A}\n  b: {nam: B}\n",
    "ledger: 1\npeople: {a: {name: A}\n",
    "ledger: 1\ntopics:\n  a: 'one\n  b: two'\n  c: d\n",
    "'ledger': 1\n\"people\":\n  a: {name: A}\n",
)


@pytest.mark.parametrize("text", HEADS)
def test_a_head_that_is_read_in_parts_says_what_it_says_as_a_whole(text: str) -> None:
    whole = head_as_read(reading.read(text, ""))
    reader = HeadReader()
    assert reader.read(text) == whole == reader.read(text)
