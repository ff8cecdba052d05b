"""A claim that was taken away and is back is held to what it said when it last stood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.history import stood
from ledger.history.git import NotPacked, Repository, object_id, packed
from support.repositories import HEAD, Repo, claim, ledger
from support.running import Runner

CHECK = ("check", "--ignore", "unused,no-criteria")
ONE, TWO, SOFT = claim("one"), claim("two"), claim("one", deadline="2040")
PARTS = HEAD.replace("ledger: 1\n", "ledger: 1\ninclude: [parts/*.yaml]\n")


def part(*claims: str) -> str:
    return "ledger: 1\nclaims:\n" + "".join(claims)


def test_a_claim_that_is_back_with_another_deadline(repo: Repo, run: Runner) -> None:
    first = repo.record(ledger(ONE, TWO))[:10]
    second = repo.record(ledger(TWO))[:10]
    third = repo.record(ledger(TWO, SOFT))[:10]
    ended = run(*CHECK, "--base", "HEAD~1")
    assert (ended.err, ended.status) == ("", 1)
    assert (
        ended.out
        == f"""\
claims.yaml:17:15: goalpost-moved deadline was 2027 at {first} and is 2040 [one]
    deadline: 2040
              ^
    put it back, or add to amended: {{date: …, fields: [deadline], why: …}}

1 error
"""
    )
    assert (
        run("diff", "HEAD~1..HEAD").out
        == f"""\
From HEAD~1 ({second}) as of 2026-03-02 to HEAD ({third}) as of 2026-11-22

one
  added     It happens. (deadline 2040); it stood before, in {first}
  re-dated  from 2027 to 2040, 4,749 days later (goalpost-moved)

1 added, 1 re-dated.
"""
    )
    assert (
        run("log", "one").out
        == f"""\
one: It happens.

2026-03-03  {third}  Jane Doe  Change
  added     It happens. (deadline 2040); it stood before, in {first}
  re-dated  from 2027 to 2040, 4,749 days later (goalpost-moved)

2026-03-02  {second}  Jane Doe  Change
  removed   It happens. (deadline 2027) (claim-deleted)

2026-03-01  {first}  Jane Doe  Change
  added     It happens. (deadline 2027)

3 commits.
"""
    )
    (newest, *_) = json.loads(run("log", "--format", "json").out)["commits"]
    assert [(one["kind"], one["stood"]) for one in newest["claims"][0]["changes"]] == [
        ("added", first),
        ("redated", first),
    ]
    since = json.loads(run("score", "--since", "HEAD~1", "--format", "json").out)["since"]
    assert [(one["id"], one["status_before"], one["status"]) for one in since["moved"]] == [("one", None, "open")]


def test_what_is_not_committed_is_held_to_it_too(repo: Repo, run: Runner) -> None:
    first = repo.record(ledger(ONE, TWO))[:10]
    repo.record(ledger(TWO))
    repo.write(ledger(TWO, SOFT))
    assert f"goalpost-moved deadline was 2027 at {first} and is 2040" in run(*CHECK, "--base", "HEAD").out
    changes = json.loads(run("log", "one", "--format", "json").out)["commits"][0]["changes"]
    assert [(one["kind"], one["stood"]) for one in changes] == [("added", first), ("redated", first)]


def test_a_claim_that_is_back_as_it_was_is_no_finding(repo: Repo, run: Runner) -> None:
    repo.record(ledger(ONE, TWO))
    repo.record(ledger(TWO))
    repo.record(ledger(TWO, ONE))
    ended = run(*CHECK, "--base", "HEAD~1")
    assert (ended.out, ended.err, ended.status) == ("", "", 0)


def test_an_amendment_excuses_it_as_it_does_elsewhere(repo: Repo, run: Runner) -> None:
    first = repo.record(ledger(ONE, TWO))[:10]
    repo.record(ledger(TWO))
    entry = "amended: [{date: 2026-11-01, fields: [deadline], why: Misread.}]"
    repo.record(ledger(TWO, claim("one", entry, deadline="2040")))
    ended = run(*CHECK, "--base", "HEAD~1")
    assert ended.status == 0
    assert f"goalpost-moved (warning) deadline was 2027 at {first} and is 2040; amended: Misread." in ended.out


def test_the_last_version_in_which_it_stood_counts(repo: Repo, run: Runner) -> None:
    repo.record(ledger(ONE, TWO))
    repo.record(ledger(claim("one", deadline="2028"), TWO))
    repo.record(ledger(claim("one", deadline="2028: x"), TWO))  # not readable there
    repo.record(ledger(TWO))
    for number in range(3):
        repo.record(ledger(claim("two", f"note: {number}")))
    repo.write(ledger(claim("one", deadline="2028"), TWO))
    assert run(*CHECK, "--base", "HEAD").status == 0
    repo.write(ledger(ONE, TWO))
    assert "deadline was 2028 at" in run(*CHECK, "--base", "HEAD").out


def test_a_claim_that_is_back_under_another_id(repo: Repo, run: Runner) -> None:
    repo.record(ledger(ONE, TWO))
    repo.record(ledger(TWO))
    repo.write(ledger(TWO, claim("uno", "formerly: [one]", deadline="2040")))
    ended = run(*CHECK, "--base", "HEAD")
    assert ended.status == 1 and "and is 2040 [uno]" in ended.out


def test_a_former_id_that_is_named_later_is_held_to_what_it_said(repo: Repo, run: Runner) -> None:
    first = repo.record(ledger(ONE))[:10]
    second = repo.record(ledger(claim("uno", "note: x", deadline="2040")))[:10]
    repo.write(ledger(claim("uno", "formerly: [one]", "kind: target", deadline="2040")))
    ended = run(*CHECK, "--base", "HEAD")
    assert sorted(line for line in ended.out.splitlines() if line.startswith("claims.yaml")) == [
        f"claims.yaml:11:15: goalpost-moved deadline was 2027 at {first} and is 2040 [uno]",
        *sorted(
            f"claims.yaml:13:11: goalpost-moved kind was prediction at {at} and is target [uno]"
            for at in (first, f"HEAD ({second})")
        ),
    ]
    repo.write(ledger(claim("uno", "formerly: [one]", "note: x", deadline="2040")))
    assert ended.status == 1 and "1 error" in run(*CHECK, "--base", "HEAD").out
    repo.record(ledger(ONE))
    repo.record(ledger(claim("uno")))
    repo.write(ledger(claim("uno", "formerly: [one]")))  # as the remedy of claim-deleted has it
    assert run(*CHECK, "--base", "HEAD").out == ""


@pytest.mark.parametrize("back", ["parts/a.yaml", "parts/b.yaml", "claims.yaml"])
def test_an_included_file_that_was_deleted_whole(repo: Repo, run: Runner, back: str) -> None:
    repo.write(PARTS + TWO)
    repo.write(part(claim("three")), "parts/z.yaml")
    repo.record(part(ONE), "parts/a.yaml")
    (repo.folder / "parts/a.yaml").unlink()
    repo.commit()
    if back == "claims.yaml":
        repo.record(PARTS + TWO + SOFT)
    else:
        repo.record(part(SOFT), back)
    ended = run(*CHECK, "--base", "HEAD~1")
    assert ended.status == 1 and "goalpost-moved deadline was 2027 at" in ended.out


def test_an_include_that_is_narrowed_and_widened_again(repo: Repo, run: Runner) -> None:
    repo.write(PARTS + TWO)
    repo.record(part(ONE), "parts/a.yaml")
    repo.record(HEAD + TWO)
    assert "claim-deleted one" in run(*CHECK, "--base", "HEAD~1").out
    repo.write(part(SOFT), "parts/a.yaml")
    repo.record(PARTS + TWO)
    ended = run(*CHECK, "--base", "HEAD~1")
    assert ended.status == 1 and "goalpost-moved deadline was 2027 at" in ended.out


def test_a_ledger_that_was_renamed_before_the_claim_was_taken_away(repo: Repo, run: Runner) -> None:
    repo.record("x", "README")
    repo.record(ledger(ONE, TWO), "old.yaml")
    repo.git("mv", "old.yaml", "new.yaml")
    repo.record(ledger(TWO), "new.yaml")
    repo.record(ledger(TWO, claim("three")), "new.yaml")
    repo.write(ledger(TWO, claim("three"), SOFT), "new.yaml")
    ended = run(*CHECK, "-f", "new.yaml", "--base", "HEAD")
    assert ended.status == 1 and "goalpost-moved deadline was 2027 at" in ended.out


def test_a_claim_of_another_ledger_in_the_repository_is_another_one(repo: Repo, run: Runner) -> None:
    repo.write(ledger(ONE, TWO), "robots.yaml")
    repo.record(ledger(TWO), "cars.yaml")
    repo.record(ledger(TWO), "robots.yaml")
    repo.write(ledger(TWO, SOFT), "cars.yaml")
    ended = run(*CHECK, "-f", "cars.yaml", "--base", "HEAD")
    assert (ended.out, ended.err, ended.status) == ("", "", 0)


def test_a_new_claim_in_a_shallow_clone_is_said_to_be_untold(
    repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repo.record(ledger(ONE, TWO))
    repo.record(ledger(TWO))
    repo.record(ledger(TWO, SOFT))
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.folder}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    ended = run(*CHECK, "--base", "HEAD~1")
    assert (ended.out, ended.status) == ("", 0)
    assert ended.err == (
        f"ledger: whether new claims stood before HEAD~1 ({repo.git('rev-parse', 'HEAD~1')[:10]}) cannot be told: "
        "this is a shallow clone\n"
    )
    assert run(*CHECK, "--base", "HEAD").err == ""  # none is new


def test_a_ledger_that_is_a_link(repo: Repo, run: Runner) -> None:
    repo.write(ledger(ONE), "real/l.yaml")
    (repo.folder / "claims.yaml").symlink_to("real/l.yaml")
    first = repo.commit()[:10]
    repo.record(ledger(TWO), "real/l.yaml")
    repo.write(ledger(SOFT, TWO), "real/l.yaml")
    assert f"goalpost-moved deadline was 2027 at {first} and is 2040" in run(*CHECK, "--base", "HEAD").out


def test_a_clone_that_lost_an_object_is_not_compared(repo: Repo, run: Runner) -> None:
    repo.record(ledger(ONE))
    lost = repo.git("rev-parse", "HEAD:claims.yaml")
    repo.record(ledger(TWO))
    repo.write(ledger(TWO, SOFT))
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    ended = run(*CHECK, "--base", "HEAD")
    assert ended.status == 1 and "whether new claims stood before cannot be told: git failed: " in ended.out


def test_where_nothing_is_new_nothing_is_looked_for(repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    monkeypatch.setattr(stood._EarlierSearch, "run", lambda *args: calls.append(args) or {})
    repo.record(ledger(ONE, TWO))
    repo.write(ledger(SOFT))
    run(*CHECK, "--base", "HEAD")
    assert calls == []
    repo.write(ledger(*(claim(f"n{number}") for number in range(30))))
    run(*CHECK, "--base", "HEAD")
    assert len(calls) == 1


def test_many_that_are_back_from_many_commits(repo: Repo, run: Runner) -> None:
    names = [f"n{number}" for number in range(6)]
    repo.record(ledger(*map(claim, names)))
    for number in range(1, 6):
        repo.record(ledger(*map(claim, names[number:])))
    repo.write(ledger(*(claim(name, deadline="2040") for name in names)))
    ended = run(*CHECK, "--base", "HEAD", "--format", "json")
    assert [one["claim"] for one in json.loads(ended.out)["problems"]] == names


# --- contents as git keeps them ------------------------------------------------------------------------------


def contents_of(repo: Repo) -> list[str]:
    return [line.split()[0] for line in repo.git("rev-list", "--objects", "--all").splitlines() if " claims" in line]


@pytest.mark.parametrize("gc", [False, True])
def test_packed_contents_are_those_of_git(repo: Repo, gc: bool) -> None:
    for number in range(12):
        repo.record(ledger(*(claim(f"n{n}", f"note: {(number * n) % 7}") for n in range(40 - number))))
    if gc:
        repo.git("gc", "-q", "--aggressive")
    oids = contents_of(repo)
    with Repository(str(repo.folder)) as opened:
        expected = dict(zip(oids, opened.objects.blobs(oids), strict=True))
    found = list(packed(str(repo.folder), oids))
    assert {object_id(one.data, like=oids[0]): one.data for one in found} == expected
    told = [one for one in found if one.base is not None]
    assert bool(told) is gc
    for one in told:
        assert one.base is not None and one.before == found[one.base].data
        assert sum(end - start for start, end in one.new) < 3000


def test_what_is_not_here_is_not_packed(repo: Repo) -> None:
    repo.record(ledger())
    with pytest.raises(NotPacked):
        list(packed(str(repo.folder), ["0" * 40]))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["one", "two", "three", "one-more", "on"]), unique=True), min_size=2, max_size=4)
)
def test_the_names_that_are_worked_out_are_those_that_stand_there(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[str]]
) -> None:
    repo = Repo(tmp_path_factory.mktemp("names"))
    filler = [claim(f"f{number}", f"note: {number * 7919}") for number in range(30)]
    for names in versions:
        repo.record(ledger(*filler[:15], *map(claim, names), *filler[15:]))
    repo.git("gc", "-q")
    with Repository(str(repo.folder)) as opened:
        search = stood._EarlierSearch(opened, lambda tree: ["claims.yaml"], {"one", "two", "on"})
        steps = opened.history("HEAD", ["claims.yaml"])
        written = list(opened.written(steps, ["claims.yaml"]))
        search._scan(written)
        for one in written:
            data = opened.objects.blob(one.content)
            expected = {name for name in ("one", "two", "on") if f"id: {name}\n".encode() in data}
            assert search._ids.get(one.content, set()) == expected
