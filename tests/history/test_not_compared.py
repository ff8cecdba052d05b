"""Nothing passes because it was not compared: bases that cannot be read, followed or found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.repositories import HEAD, Repo, claim, ledger
from support.running import Runner

SOFT = ledger(claim("one", deadline="2040"))


def codes(run: Runner, *args: str) -> tuple[list[str], int]:
    """The codes that check finds against a base, and its exit status."""
    ended = run("check", "--ignore", "unused,no-criteria", "--format", "json", *args)
    return [one["code"] for one in json.loads(ended.out)["problems"]], ended.status


def test_a_base_broken_in_one_push_and_mended_with_another_deadline_in_the_next(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    broken = ledger(claim("one", deadline="2027: x"))
    repo.record(broken)
    repo.record(SOFT)
    assert codes(run, "--base", "HEAD~1") == (["not-compared"], 1)
    assert codes(run, "--base", "HEAD~2") == (["goalpost-moved"], 1)
    ended = run("check", "--base", "HEAD~1", "--ignore", "unused,no-criteria,not-compared")
    assert (ended.out, ended.status) == ("", 0)


@pytest.mark.parametrize("text", ["ledger: [1\n", "no ledger: 1\n", "\xff\xfe", ""])
def test_a_base_that_cannot_be_read_at_all(repo: Repo, run: Runner, text: str) -> None:
    repo.record(text.encode("latin-1"))
    repo.write(SOFT)
    assert codes(run, "--base", "HEAD") == (["not-compared"], 1)
    ended = run("diff", "HEAD", "--format", "json")
    assert ended.status == 0 and json.loads(ended.out)["errors"] == 1
    assert ended.err.startswith("ledger: not compared with HEAD")
    ended = run("score", "--since", "HEAD", "--format", "json")
    assert ended.status == 0 and ended.err.startswith("ledger: not compared with HEAD")


def test_a_file_that_was_renamed_is_found_by_its_claims(repo: Repo, run: Runner) -> None:
    repo.record(ledger(), "predictions.yaml")
    repo.git("mv", "predictions.yaml", "forecasts.yaml")
    repo.record(SOFT, "forecasts.yaml")
    assert codes(run, "-f", "forecasts.yaml", "--base", "HEAD~1") == (["goalpost-moved"], 1)
    changes = json.loads(run("log", "one", "-f", "forecasts.yaml", "--format", "json").out)["commits"]
    assert [[change["kind"] for change in commit["changes"]] for commit in changes] == [["redated"], ["added"]]
    (entry,) = json.loads(run("diff", "HEAD~1", "-f", "forecasts.yaml", "--format", "json").out)["claims"]
    assert [change["kind"] for change in entry["changes"]] == ["redated"]


def test_a_file_that_was_renamed_with_all_its_ids_is_not_compared(repo: Repo, run: Runner) -> None:
    repo.record(ledger(), "predictions.yaml")
    repo.git("mv", "predictions.yaml", "forecasts.yaml")
    repo.record(ledger(claim("uno", deadline="2040")), "forecasts.yaml")
    assert codes(run, "-f", "forecasts.yaml", "--base", "HEAD~1") == (["not-compared"], 1)
    repo.write("ledger: 1\n", "predictions.yaml")  # left standing, but emptied
    assert codes(run, "-f", "forecasts.yaml", "--base", "HEAD~1") == (["not-compared"], 1)


def test_a_ledger_that_is_new_beside_another_has_nothing_to_compare(repo: Repo, run: Runner) -> None:
    repo.record(ledger(), "robots.yaml")
    repo.record(ledger(claim("cars")), "cars.yaml")
    ended = run("check", "-f", "cars.yaml", "--base", "HEAD~1", "--ignore", "unused,no-criteria")
    assert (ended.out, ended.status) == ("", 0)
    assert "holds no ledger: nothing to compare with" in ended.err


def test_a_repository_inside_of_this_one_is_asked_from_inside(
    repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.record("x", "README")
    inner = Repo(repo.folder / "preds")
    inner.record(ledger())
    inner.write(SOFT)
    assert codes(run, "-f", "preds/claims.yaml", "--base", "HEAD") == (["not-compared"], 1)
    for args in (("log", "one"), ("log",), ("list", "--rev", "HEAD")):
        ended = run(*args, "-f", "preds/claims.yaml")
        assert ended.status == 2 and "belongs to another repository" in ended.err
    monkeypatch.chdir(inner.folder)
    assert codes(run, "--base", "HEAD") == (["goalpost-moved"], 1)


def test_a_bare_repository_that_was_committed_is_a_folder(
    repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repo.record(ledger(), "data/claims.yaml")
    soft = Repo(tmp_path / "soft")
    soft.record(SOFT)
    soft.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    for path in (tmp_path / "bare").iterdir():
        path.rename(repo.folder / "data" / path.name)
    repo.write(SOFT, "data/claims.yaml")
    monkeypatch.chdir(repo.folder / "data")
    assert codes(run, "--base", "main") == (["goalpost-moved"], 1)


def test_a_link_out_of_the_tree_is_not_compared(repo: Repo, run: Runner, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(ledger())
    (repo.folder / "claims.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    repo.commit()
    (repo.folder / "claims.yaml").unlink()
    repo.write(SOFT)
    assert codes(run, "--base", "HEAD") == (["not-compared"], 1)


def test_an_include_that_cannot_be_followed_at_the_base_is_not_compared(repo: Repo, run: Runner) -> None:
    head = HEAD.replace("ledger: 1\n", "ledger: 1\ninclude: [more.yaml]\n")
    repo.record(head + claim("two"))
    repo.write("ledger: 1\nclaims:\n" + claim("one", deadline="2040"), "more.yaml")
    repo.write(head + claim("two", "note: else"))
    assert codes(run, "--base", "HEAD") == (["not-compared"], 1)


def test_the_base_is_the_merge_base(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one"), claim("two")))
    repo.git("switch", "-qc", "change")
    repo.record(ledger(claim("one", "note: seen"), claim("two")))
    repo.git("switch", "-q", "main")
    repo.record(ledger(claim("one"), claim("two"), claim("three")))
    repo.git("switch", "-q", "change")
    assert codes(run, "--base", "main") == ([], 0)
    ended = run("check", "--base", "main", "--ignore", "unused,no-criteria", "--summary")
    assert "compared with the merge base with main (" in ended.err


def test_histories_that_do_not_meet_are_not_compared(repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        repo.record(ledger(claim("one", f"note: {_}")))
    repo.git("branch", "old", "HEAD~2")
    repo.git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repo.folder}", "../shallow")
    monkeypatch.chdir(repo.folder.parent / "shallow")
    ended = run("check", "--base", "origin/old", "--ignore", "unused,no-criteria")
    assert ended.status == 1 and "not-compared" in ended.out and "git fetch --unshallow" in ended.out
    assert run("check", "--base", "nowhere").status == 2


def test_nothing_committed_yet_is_said(repo: Repo, run: Runner) -> None:
    repo.write(ledger())
    ended = run("check", "--base", "HEAD", "--ignore", "unused,no-criteria")
    assert (ended.out, ended.status) == ("", 0) and "nothing to compare with" in ended.err


def test_neither_a_comment_nor_the_settings_excuse_it(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one", deadline="2027: x")))
    repo.write(SOFT.replace("- id: one", "- id: one  # ledger: ignore[not-compared] trust me"))
    assert codes(run, "--base", "HEAD") == (["not-compared"], 1)
    repo.write('[tool.ledger.check]\nignore = ["not-compared"]\n', "pyproject.toml")
    assert run("check", "--base", "HEAD").status == 2


# --- the whole log -----------------------------------------------------------------------------------------------


def test_the_log_of_all_claims(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one"), claim("two")), message="Begin")
    repo.record(ledger(claim("one", deadline="2028"), claim("two")), message="Move")
    repo.record(ledger(claim("one", deadline="2028"), claim("two", deadline="2027: x")), message="Break")
    repo.record("x", "README", message="Else")
    repo.record(ledger(claim("one", deadline="2028"), claim("two", "note: n")), message="Mend")
    repo.write(ledger(claim("one", deadline="2029")))
    ended = run("log")
    assert ended.status == 0
    lines = [line for line in ended.out.splitlines() if line]
    assert lines == [
        "not committed",
        "  one  re-dated: from 2028 to 2029, 365 days later (goalpost-moved)",
        "  two  removed: It happens. (deadline 2027) (claim-deleted)",
        *[line for line in lines if line.endswith("Mend")],
        "  two  added: It happens. (deadline 2027)",
        *[line for line in lines if line.endswith("Break")],
        "  two  unreadable  cannot be read in this version".replace("two  unreadable  ", "two  "),
        *[line for line in lines if line.endswith("Move")],
        "  one  re-dated: from 2027 to 2028, 366 days later (goalpost-moved)",
        *[line for line in lines if line.endswith("Begin")],
        "  one  added: It happens. (deadline 2027)",
        "  two  added: It happens. (deadline 2027)",
        "4 commits.",
    ]
    found = json.loads(run("log", "--format", "json", "-n", "1").out)
    assert found["id"] is None and [[one["id"] for one in commit["claims"]] for commit in found["commits"]] == [
        ["one", "two"],
        ["two"],
    ]


def test_a_ledger_that_was_removed_and_is_back_is_not_a_new_one(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    (repo.folder / "claims.yaml").unlink()
    removed = repo.commit()
    repo.record(SOFT)
    assert codes(run, "--base", "HEAD~1") == (["not-compared"], 1)
    said = run("check", "--base", "HEAD~1").out
    assert f"the commit {removed[:10]} removed the ledger, which is no new one; name a base that holds it" in said
    assert codes(run, "--base", "HEAD~2") == (["goalpost-moved"], 1)


def test_a_ledger_that_is_back_under_another_name_and_other_ids_is_not_a_new_one(repo: Repo, run: Runner) -> None:
    repo.record("unrelated: 1\n", "other.yaml")
    repo.record(ledger())
    (repo.folder / "claims.yaml").unlink()
    removed = repo.commit()
    repo.write(ledger(claim("uno", deadline="2040")), "again.yaml")
    assert codes(run, "-f", "again.yaml", "--base", "HEAD") == (["not-compared"], 1)
    said = run("-f", "again.yaml", "check", "--base", "HEAD").out
    assert f"the commit {removed[:10]} removed claims.yaml, which held one; name a base that holds it" in said
    assert f"the commit {removed[:10]} removed claims.yaml" in run("-f", "again.yaml", "diff", "HEAD").err
    assert codes(run, "-f", "again.yaml", "--base", "HEAD", "--ignore", "not-compared") == ([], 0)


def test_a_ledger_beside_one_that_was_renamed_is_new(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    (repo.folder / "claims.yaml").rename(repo.folder / "old.yaml")
    repo.commit()
    repo.write(ledger(claim("uno")), "new.yaml")
    assert codes(run, "-f", "new.yaml", "--base", "HEAD") == ([], 0)


def test_a_shallow_clone_does_not_show_that_a_ledger_is_new(repo: Repo, run: Runner) -> None:
    repo.record("unrelated: 1\n", "other.yaml")
    repo.record("unrelated: 2\n", "other.yaml")
    shallow = repo.folder / ".git" / "shallow"
    shallow.write_text(repo.commit() + "\n", encoding="utf-8")
    repo.write(ledger())
    assert codes(run, "--base", "HEAD") == (["not-compared"], 1)
    shallow.unlink()
    assert codes(run, "--base", "HEAD") == ([], 0)


def test_what_is_included_from_a_repository_inside_this_one_is_not_compared(repo: Repo, run: Runner) -> None:
    repo.write(HEAD.replace("claims:\n", "include: [inner/*.yaml]\n"))
    inner = Repo(repo.folder / "inner")
    inner.record("ledger: 1\nclaims:\n" + claim("one"), "a.yaml")
    repo.commit()
    inner.write("ledger: 1\nclaims:\n" + claim("one", deadline="2040"), "a.yaml")
    assert codes(run, "--base", "HEAD") == (["not-compared"], 1)
    assert "inner/a.yaml belongs to another repository" in run("check", "--base", "HEAD").out
    assert run("diff", "HEAD").err.startswith("ledger: not compared with HEAD")


def test_a_claim_that_changed_together_with_its_id_is_told_under_the_id_it_has(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one", deadline="2026-01")))
    repo.write(ledger(claim("uno", "formerly: [one]", deadline="2026-02")))
    assert codes(run, "--base", "HEAD", "--select", "goalpost-moved") == (["goalpost-moved"], 1)
    (entry,) = json.loads(run("diff", "HEAD", "--format", "json").out)["claims"]
    assert entry["id"] == "uno" and "redated" in [change["kind"] for change in entry["changes"]]
    assert "overdue" not in run("diff", "HEAD").out


@pytest.mark.parametrize("name", ["one", "uno"])
def test_log_follows_a_claim_through_the_ids_it_had(repo: Repo, run: Runner, name: str) -> None:
    repo.record(ledger())
    repo.record(ledger(claim("uno", "formerly: [one]", deadline="2040")))
    told = json.loads(run("log", name, "--format", "json").out)["commits"]
    kinds = [[change["kind"] for change in commit["changes"]] for commit in told]
    assert kinds == [["redated", "changed"], ["added"]]


def test_the_log_of_all_claims_says_which_version_cannot_be_read(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("one")), message="Begin")
    repo.record("ledger: [1\n", message="Break")
    repo.record(ledger(claim("one")), message="Mend")
    found = json.loads(run("log", "--format", "json").out)
    assert found["errors"] == 1
    told = [[(one["id"], one["unreadable"]) for one in commit["claims"]] for commit in found["commits"]]
    assert told == [[("one", False)], [("one", True)], [("one", False)]]


def test_the_history_of_a_named_ledger_is_read_from_a_folder_that_is_gone(
    repo: Repo, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.record(ledger())
    file = repo.write(SOFT)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert codes(run, "-f", str(file), "--base", "HEAD") == (["goalpost-moved"], 1)
    for words in (("diff", "HEAD"), ("log",), ("log", "one"), ("score", "--since", "HEAD")):
        ended = run("-f", str(file), *words)
        assert (ended.status, "gone" in ended.err) == (0, False), ended.err
    ended = run("diff", "HEAD")
    assert (ended.status, ended.err.splitlines()[0]) == (
        3,
        "ledger: the current folder is gone, and no ledger is named",
    )


def test_a_ledger_that_is_found_in_a_repository_inside_this_one_has_its_history_there(repo: Repo, run: Runner) -> None:
    repo.record("unrelated: 1\n", "other.yaml")
    Repo(repo.folder / "data").record(ledger())
    for words in (("log",), ("log", "one"), ("diff", "HEAD..HEAD"), ("list", "--rev", "HEAD")):
        ended = run(*words)
        assert (ended.status, "belongs to another repository" in ended.err) == (2, True), ended
