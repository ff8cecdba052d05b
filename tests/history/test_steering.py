"""What could choose another base than the one that is meant: names, variables, local files of git, crosswise merges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.repositories import HEAD, Repo, claim, ledger
from support.running import Runner

CHECK = ("check", "--ignore", "unused,no-criteria")
SOFT = ledger(claim("one", deadline="2040"))
RED = "goalpost-moved deadline was 2027 at "


@pytest.fixture
def moved(repo: Repo) -> Repo:
    """A commit, and one that moves its deadline."""
    repo.record(ledger(), message="Begin")
    repo.record(SOFT, message="Move")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    return repo


@pytest.mark.parametrize("kind", ["tag", "branch"])
@pytest.mark.parametrize("suffix", ["", "~0", "^{commit}"])
def test_a_name_of_several_commits_is_refused(moved: Repo, run: Runner, kind: str, suffix: str) -> None:
    assert RED in run(*CHECK, "--base", "origin/main").out
    moved.git(kind, "origin/main", "HEAD")
    ref = {"tag": "refs/tags/origin/main", "branch": "refs/heads/origin/main"}[kind]
    for args in ((*CHECK, "--base", "origin/main" + suffix), ("diff", "origin/main" + suffix)):
        ended = run(*args)
        assert (ended.out, ended.status) == ("", 2)
        first, *_ = sorted([ref, "refs/remotes/origin/main"], key=len)
        assert ended.err.splitlines()[1] == f"  write the one that is meant in full, such as {first}"
        assert ended.err.startswith("ledger: 'origin/main' names more than one commit: ") and ref in ended.err
    assert RED in run(*CHECK, "--base", "refs/remotes/origin/main" + suffix).out


def test_a_name_of_one_commit_in_several_ways_is_fine(moved: Repo, run: Runner) -> None:
    moved.git("tag", "-a", "-m", "x", "origin/main", "HEAD~1")
    assert RED in run(*CHECK, "--base", "origin/main").out


def test_a_tag_named_as_the_beginning_of_an_id_is_refused(moved: Repo, run: Runner) -> None:
    short = moved.git("rev-parse", "HEAD~1")[:10]
    assert RED in run(*CHECK, "--base", short).out
    moved.git("tag", short, "HEAD")
    ended = run(*CHECK, "--base", short)
    assert (ended.out, ended.status) == ("", 2)
    assert f"'{short}' names more than one commit: refs/tags/{short} and the commit {short}" in ended.err


@pytest.mark.parametrize("rev", [":/Begin", "HEAD^{/Begin}", "main~1", "@~1"])
def test_commits_are_named_as_git_names_them(moved: Repo, run: Runner, rev: str) -> None:
    assert RED in run(*CHECK, "--base", rev).out


@pytest.mark.parametrize(
    "rev", [":0:claims.yaml", "HEAD:claims.yaml", "HEAD^{tree}", "--all", "--help", "", "^HEAD~1", "HEAD~1..HEAD", "-"]
)
def test_what_is_no_commit_is_refused(moved: Repo, run: Runner, rev: str) -> None:
    ended = run(*CHECK, f"--base={rev}")
    assert (ended.out, ended.status) == ("", 2)
    assert ended.err.startswith(f"ledger: no commit {rev!r} in ")


def test_local_files_of_git_give_no_commit_another_parent_or_content(moved: Repo, run: Runner) -> None:
    first, second = moved.git("rev-parse", "HEAD~1"), moved.git("rev-parse", "HEAD")
    moved.git("replace", first, second)
    assert RED in run(*CHECK, "--base", "HEAD~1").out
    moved.git("replace", "-d", first)
    moved.write(f"{second}\n", ".git/info/grafts")
    assert RED in run(*CHECK, "--base", first).out
    (moved.folder / ".git/info/grafts").unlink()
    moved.write(f"{second}\n", ".git/shallow")
    assert "meet before this shallow clone begins" in run(*CHECK, "--base", first).out


@pytest.mark.parametrize(
    "name",
    [
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_DIR",
        "GIT_COMMON_DIR",
        "GIT_WORK_TREE",
        "GIT_GRAFT_FILE",
        "GIT_SHALLOW_FILE",
        "GIT_NAMESPACE",
        "GIT_REPLACE_REF_BASE",
        "GIT_CEILING_DIRECTORIES",
    ],
)
def test_variables_lead_to_no_other_repository(
    moved: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    other = Repo(tmp_path / "other")
    other.record(SOFT)
    monkeypatch.setenv(name, str(other.folder / (".git/objects" if "OBJECT" in name else ".git")))
    assert RED in run(*CHECK, "--base", "HEAD~1").out


def test_a_hook_that_receives_reads_what_lies_apart(
    moved: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    moved.git("gc", "-q")
    apart = tmp_path / "apart"
    (moved.folder / ".git/objects").rename(apart)
    (moved.folder / ".git/objects").mkdir()
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(apart))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(apart))
    assert RED in run(*CHECK, "--base", "HEAD~1").out


def test_a_branch_without_commits_beside_others_is_not_compared(moved: Repo, run: Runner) -> None:
    moved.git("checkout", "-q", "--orphan", "other")
    ended = run(*CHECK, "--base", "HEAD")
    assert ended.status == 1
    assert "not-compared not all was compared with HEAD: this branch has no commit yet, and others have" in ended.out
    assert run(*CHECK, "--base", "main").status == 2
    moved.commit()
    assert "main and HEAD have no commit in common" in run(*CHECK, "--base", "main").out


def test_branches_that_were_merged_crosswise_are_held_to_all_their_merge_bases(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("zero")))
    repo.git("checkout", "-q", "-b", "side")
    repo.record("x", "README")
    repo.git("checkout", "-q", "main")
    both = repo.record(ledger(claim("zero"), claim("one")))[:10]
    repo.git("branch", "before")
    repo.git("merge", "-q", "--no-ff", "side", "-m", "Merge")
    repo.git("checkout", "-q", "side")
    repo.git("merge", "-q", "--no-ff", "before", "-m", "Merge")
    assert len(repo.git("merge-base", "--all", "main", "side").split()) == 2
    repo.record(ledger(claim("zero", deadline="2040"), claim("one", deadline="2040")))
    ended = run(*CHECK, "--base", "main", "--format", "json")
    found = json.loads(ended.out)["problems"]
    assert [(one["code"], one["claim"]) for one in found] == [("goalpost-moved", "zero"), ("goalpost-moved", "one")]
    assert f"the merge base with main ({both})" in found[1]["message"]


# --- files that git does not see as they are -----------------------------------------------------------------

PARTS = HEAD.replace("ledger: 1\n", "ledger: 1\ninclude: [parts/*.yaml]\n")


def test_a_part_that_is_taken_out_of_the_index_and_ignored(repo: Repo, run: Runner) -> None:
    repo.write(PARTS + claim("two"))
    repo.record("ledger: 1\nclaims:\n" + claim("one"), "parts/a.yaml")
    repo.git("rm", "-q", "--cached", "parts/a.yaml")
    repo.write("parts\n", ".gitignore")
    repo.commit()
    repo.write("ledger: 1\nclaims:\n" + claim("one", deadline="2040"), "parts/a.yaml")
    for base in ("HEAD", "HEAD~1"):
        ended = run(*CHECK, "--base", base)
        assert ended.status == 1 and RED in ended.out


def test_a_ledger_that_is_taken_out_of_the_index_and_ignored(repo: Repo, run: Runner) -> None:
    repo.record(ledger())
    repo.git("rm", "-q", "--cached", "claims.yaml")
    repo.write("claims.yaml\n", ".gitignore")
    repo.commit()
    repo.write(SOFT)
    assert "not-compared" in run(*CHECK, "--base", "HEAD").out
    assert RED in run(*CHECK, "--base", "HEAD~1").out


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_what_the_index_says_of_a_file_does_not_count(repo: Repo, run: Runner, flag: str) -> None:
    repo.record(ledger())
    repo.git("update-index", flag, "claims.yaml")
    repo.write(SOFT)
    assert RED in run(*CHECK, "--base", "HEAD").out


def test_line_ends_that_git_changes_are_no_change(repo: Repo, run: Runner) -> None:
    repo.write("*.yaml text eol=crlf\n", ".gitattributes")
    text = ledger(claim("one", "criteria: |\n      The report\n      says so.")).replace("\n", "\r\n")
    repo.record(text.encode())
    assert run(*CHECK, "--base", "HEAD").out == ""
    assert ": nothing changed." in run("diff").out
    repo.write(text.replace("2027", "2040").encode())
    assert RED in run(*CHECK, "--base", "HEAD").out
