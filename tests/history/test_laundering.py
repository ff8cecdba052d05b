"""Two pushes, the first of them red: what the second one must not get past a base that is broken, or a name."""

from __future__ import annotations

import json

import pytest

from ledger.history.same_meaning import is_reworded
from support.repositories import HEAD, Repo, claim, ledger
from support.running import Runner

CHECK = ("check", "--ignore", "unused,no-criteria,no-evidence")
PARTS = HEAD.replace("ledger: 1\n", "ledger: 1\ninclude: [parts/*.yaml]\n")


def told(run: Runner, *args: str) -> list[str]:
    """The findings against the last commit, with what follows the place."""
    ended = run(*CHECK, "--base", "HEAD", "--format", "json", *args)
    found = [(one["code"], one["severity"], one["claim"]) for one in json.loads(ended.out)["problems"]]
    assert ended.status == any(severity == "error" for _, severity, _ in found)
    return [f"{code} {name}" for code, _, name in found]


def test_a_claim_is_not_deleted_into_the_former_id_of_another(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one"), claim("two")))
    repo.write(ledger(claim("two", "formerly: [one]")))
    assert told(run) == ["claim-deleted one"]
    assert "\n\none\n  removed   It happens. (deadline 2027) (claim-deleted)\n" in run("diff").out
    repo.write(ledger(claim("uno", "formerly: [one]"), claim("two")))
    assert told(run) == []


NESTED = {  # a field that is free in a claim is not so in what a claim holds
    "resolutions": (
        "resolutions:\n      - outcome: false\n        judged: 2026-05-01\n        note: 5",
        ("outcome: false", "outcome: true"),
    ),
    "forecasts": (
        "forecasts:\n      - by: max\n        date: 2026-05-01\n        probability: 3%\n        note: 5",
        ("3%", "90%"),
    ),
    "one_line": ("resolutions: [{outcome: false, judged: 2026-05-01, note: 5}]", ("outcome: false", "outcome: true")),
}


@pytest.mark.parametrize("name", NESTED)
def test_what_a_bad_note_in_a_list_hides_is_not_compared(repo: Repo, run: Runner, name: str) -> None:
    lines, (old, new) = NESTED[name]
    text = ledger(claim("one", lines)).replace("people: {", "people: {max: {name: Max}, ")
    repo.record(text)
    repo.write(text.replace("note: 5", "note: No.").replace(old, new))
    assert told(run) == ["not-compared one"]


def test_a_bad_value_of_a_field_that_may_change_still_hides_nothing(repo: Repo, run: Runner) -> None:
    seen = "observations:\n      - date: 2026-05-01\n        # a look\n\n        note: 5"
    for line in ("note: 5", "checked: soon", "topics: 5", "topics:\n      - 5", "see_also: [\n      5]", seen):
        repo.record(ledger(claim("one", line), claim("two")))
        repo.write(ledger(claim("one"), claim("two")))
        assert told(run) == []


def test_a_part_that_could_not_be_read_under_the_same_line(repo: Repo, run: Runner) -> None:
    repo.write(PARTS + claim("two"))
    part = "ledger: 1\nclaims:\n" + claim("one")
    repo.record(part.encode() + b"\xff", "parts/a.yaml")
    repo.write(part.replace("2027", "2040"), "parts/a.yaml")
    assert told(run) == ["not-compared None"]


def test_a_pattern_that_met_no_file_hid_nothing(repo: Repo, run: Runner) -> None:
    repo.record(PARTS + claim("two"))
    repo.write("ledger: 1\nclaims:\n" + claim("one"), "parts/a.yaml")
    assert told(run) == []


def test_of_two_claims_with_one_id_the_other_is_not_compared(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one"), claim("one", deadline="2030")))
    repo.write(ledger(claim("one")))
    assert told(run) == ["not-compared one"]


def test_a_name_that_was_not_declared_and_is_another_now(repo: Repo, run: Runner) -> None:
    base = repo.record(ledger().replace("people: {jane: {name: Jane Doe}}\n", ""))[:10]
    repo.write(ledger().replace("Jane Doe", "Bob"))
    ended = run(*CHECK, "--base", "HEAD")
    first = f"claims.yaml:2:10: meaning-changed (warning) people.jane was not declared at HEAD ({base}) and is Bob"
    assert (ended.out.splitlines()[0], ended.status) == (first, 0)


OLD = {
    "another ending": ("claims.txt", ledger()),
    "JSON": (
        "old.yaml",
        '{"people": {"jane": {"name": "J"}}, "ledger": 1, "sources": {"paper": {"title": "T"}}, "claims": '
        '[{"id": "one", "claim": "It happens.", "speaker": "jane", "said": "2026-01-05", "source": "paper", '
        '"deadline": "2027"}]}\n',
    ),
    "flow": (
        "old.yaml",
        "{ledger: 1, claims: [{id: one, claim: It happens., speaker: jane, said: 2026-01-05, deadline: 2027}]}\n",
    ),
    "a byte-order mark": ("old.yaml", "\ufeff" + ledger()),
    "quoted": ("old.yaml", ledger().replace("ledger:", '"ledger":')),
}


@pytest.mark.parametrize("name", OLD)
def test_a_ledger_that_had_another_name_is_found_however_it_is_written(repo: Repo, run: Runner, name: str) -> None:
    file, text = OLD[name]
    repo.record(text, file)
    (repo.folder / file).unlink()
    repo.write(ledger(claim("one", deadline="2040")), "new.yaml")
    assert "goalpost-moved one" in told(run, "-f", "new.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("At least 10² robots", "At least 102 robots"),
        ("½ of them", "12 of them"),
        ("5'10 tall", "510 tall"),
        ("5’10 tall", "510 tall"),
        ("3(4) of them", "34 of them"),
    ],
)
def test_another_number_is_not_another_spelling(old: str, new: str) -> None:
    assert not is_reworded(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It's “so”", "Its so"),
        ("ﬁve robots (of 5)", "five robots, of 5!"),
        ("Cafe\u0301 in 2²", "café in 2²"),
        ("'90s", "90s"),
    ],
)
def test_another_spelling_is_reworded(old: str, new: str) -> None:
    assert is_reworded(old, new)
