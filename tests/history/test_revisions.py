"""`--rev`: any command's ledger read from a commit, whatever the work tree looks like, and nothing run or fetched."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from ledger.errors import LedgerError, UnreadableError
from ledger.history.git import Repository
from support.repositories import Repo, claim, ledger
from support.running import Runner


def ids(run: Runner, *args: str) -> list[str]:
    out, err, status = run("list", *args)
    assert (err, status) == ("", 0)
    return [line.split("\t")[0] for line in out.splitlines()]


@pytest.fixture
def three(repo: Repo) -> Repo:
    """Three commits with one, two and three claims; the work tree is changed and then without the file."""
    for number in (1, 2, 3):
        repo.record(ledger(*(claim(name) for name in ("one", "two", "three")[:number])))
    return repo


# --- what REV may be, and from where -------------------------------------------------------------------------


def test_the_ledger_as_it_was(three: Repo, run: Runner) -> None:
    three.write("not a ledger")
    assert ids(run, "--rev", "HEAD~2") == ["one"]
    assert ids(run, "--rev", "HEAD~1") == ["one", "two"]
    (three.folder / "claims.yaml").unlink()
    assert ids(run, "--rev", "main") == ["one", "two", "three"]
    assert ids(run, "--rev", three.git("rev-parse", "HEAD~2")) == ["one"]


def test_show_and_due_too(three: Repo, run: Runner) -> None:
    three.record(ledger(claim("one", deadline="2026-12-01")))
    assert run("show", "two", "--rev", "HEAD~1").out.startswith("two  open, in 13 months\n")
    assert run("due", "--rev", "HEAD").out.split("\t")[0] == "one"
    assert run("due", "--rev", "HEAD~1").out == ""


def test_from_a_subfolder_a_worktree_and_with_a_path(three: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = three.folder / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert ids(run, "--rev", "HEAD~2") == ["one"]
    assert ids(run, "--rev", "HEAD~2", "-f", "../../claims.yaml") == ["one"]
    assert ids(run, "--rev", "HEAD~2", "-f", str(three.folder / "claims.yaml")) == ["one"]
    three.git("worktree", "add", "-q", "../other", "HEAD~1")
    monkeypatch.chdir(three.folder.parent / "other")
    assert ids(run, "--rev", "HEAD") == ["one", "two"]
    assert ids(run, "--rev", "main") == ["one", "two", "three"]
    monkeypatch.chdir(three.folder.parent)
    assert ids(run, "--rev", "main", "-f", "repo/claims.yaml") == ["one", "two", "three"]


def test_in_a_bare_repository(three: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    three.git("clone", "-q", "--bare", ".", "../bare.git")
    monkeypatch.chdir(three.folder.parent / "bare.git")
    assert ids(run, "--rev", "main~1") == ["one", "two"]
    assert run("log", "two").out.splitlines()[2].endswith("Change")


def test_a_hooks_own_variables_do_not_mislead(three: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    (three.folder / "sub").mkdir()
    monkeypatch.chdir(three.folder / "sub")
    for name, value in {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_GLOB_PATHSPECS": "1"}.items():
        monkeypatch.setenv(name, value)
    assert ids(run, "--rev", "HEAD~2") == ["one"]
    assert run("log", "one").status == 0


def test_settings_and_names_are_those_of_the_commit(repo: Repo, run: Runner) -> None:
    repo.record(ledger(claim("old")), "data/claims.yaml")
    repo.git("mv", "data/claims.yaml", "moved.yaml")
    repo.record('[tool.ledger]\nfile = "moved.yaml"\n', "pyproject.toml")
    repo.write('[tool.ledger]\nfile = "nowhere.yaml"\n', "pyproject.toml")
    assert ids(run, "--rev", "HEAD~1") == ids(run, "--rev", "HEAD") == ["old"]


def test_includes_links_and_globs_stay_in_the_tree(repo: Repo, run: Runner, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(ledger(claim("outside")))
    repo.write("ledger: 1\ninclude: [claims/*.yaml, deep/**/*.yaml, link/x.yaml, out.yaml, up/o.yaml, circle]\n")
    for path, name in {"claims/a.yaml": "a", "claims/b.yaml": "b", "claims/.hidden.yaml": "hidden",
                       "deep/x/y.yaml": "y", "real/x.yaml": "x"}.items():  # fmt: skip
        repo.write(ledger(claim(name)), path)
    for link, target in {"link": "real", "out.yaml": "/etc/passwd", "up": "../..", "circle": "circle",
                         "claims/c.yaml": "../real/../deep/x/y.yaml"}.items():  # fmt: skip
        (repo.folder / link).symlink_to(target)
    repo.commit()
    shutil.rmtree(repo.folder / "claims")
    (repo.folder / "claims").symlink_to(tmp_path)  # the work tree does not steer what a commit holds
    out, err, status = run("list", "--rev", "HEAD")
    assert sorted(line.split("\t")[0] for line in out.splitlines()) == ["a", "b", "x", "y"]
    assert status == 0 and "errors in claims.yaml at HEAD" in err
    found = run("check", "--rev", "HEAD", "--select", "bad-include").out
    assert found.count("leads out of the ledger's folder") == 3


def test_a_folder_a_submodule_and_nothing_are_no_ledger(three: Repo, run: Runner) -> None:
    three.write(ledger(), "folder/x.yaml")
    three.git("update-index", "--add", "--cacheinfo", f"160000,{three.git('rev-parse', 'HEAD')},module")
    three.git("add", "folder")
    three.git("commit", "-q", "-m", "odd")
    short = three.git("rev-parse", "HEAD")[:10]
    for name, why in {"folder": "is a folder", "module": "not a regular file", "gone.yaml": "no such file"}.items():
        out, err, status = run("list", "--rev", "HEAD", "-f", name)
        assert (out, err, status) == ("", f"ledger: {name}: {why} in the commit {short}\n", 3)
    three.git("rm", "-q", "--cached", "claims.yaml", "-f")
    three.git("commit", "-q", "-m", "empty")
    assert run("list", "--rev", "HEAD").status == 3
    assert "no ledger found in the commit" in run("list", "--rev", "HEAD").err


# --- what cannot be had --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rev", ["--output=x", "-x", "--all", "nothing", "HEAD~9", "", " ", "a\nb", "\x1b[31m", "HEAD:claims.yaml", "@{-1}"]
)
def test_no_such_commit(three: Repo, run: Runner, rev: str) -> None:
    out, err, status = run("list", f"--rev={rev}")
    assert (out, status) == ("", 2)
    assert err.startswith("ledger: no commit ") and "\x1b" not in err
    assert sorted(path.name for path in three.folder.iterdir()) == [".git", "claims.yaml"]


def test_no_repository_no_commits_no_git(
    repo: Repo, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(ledger())
    assert run("list", "--rev", "HEAD").err.endswith("  nothing has been committed yet\n")
    assert run("list", "--rev", "HEAD", "-f", "-").err.startswith("ledger: standard input has no commits")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.yaml").write_text(ledger())
    out, err, status = run("list", "--rev", "HEAD")
    assert (out, status) == ("", 2) and "is not in a git repository" in err
    monkeypatch.setenv("PATH", str(tmp_path))
    out, err, status = run("list", "--rev", "HEAD")
    assert (out, status) == ("", 3) and err.startswith("ledger: git is not installed")


def test_a_repository_that_git_cannot_read_is_not_said_to_be_missing(three: Repo, run: Runner) -> None:
    (three.folder / ".git" / "HEAD").write_bytes(b"")
    for words in (("log",), ("diff", "HEAD"), ("check", "--base", "HEAD"), ("list", "--rev", "HEAD")):
        assert run(*words) == (
            "",
            f"ledger: git cannot read the repository in {three.folder}\n"
            f"  what git says of it: git -C {three.folder} status\n",
            3,
        )


def test_a_file_outside_of_the_repository(three: Repo, run: Runner, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(ledger())
    out, err, status = run("list", "--rev", "HEAD", "-f", "claims.yaml", "-f", "../x.yaml")
    assert (out, status) == ("", 2) and "x.yaml is not in the repository" in err


def test_a_shallow_clone_says_what_to_fetch(three: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    three.git("clone", "-q", "--depth=1", f"file://{three.folder}", "../shallow")
    monkeypatch.chdir(three.folder.parent / "shallow")
    assert ids(run, "--rev", "HEAD") == ["one", "two", "three"]
    out, err, status = run("list", "--rev", "HEAD~1")
    assert (out, status) == ("", 2)
    assert err.endswith("get the rest with git fetch --unshallow; in GitHub Actions: fetch-depth: 0\n")
    assert "git fetch origin other:refs/remotes/origin/other" in run("list", "--rev", "origin/other").err
    missing = three.git("rev-parse", "HEAD~1")
    assert run("list", "--rev", missing).status == 2
    Repo.git(three, "-C", "../shallow", "fetch", "-q", "--unshallow")
    assert ids(run, "--rev", "HEAD~1") == ["one", "two"]


# --- nothing runs, nothing is fetched ------------------------------------------------------------------------


def test_planted_programs_do_not_run(three: Repo, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 >> {ran}\nexit 1\n")
    program.chmod(0o755)
    three.record("*.yaml diff=evil filter=evil merge=evil\n", ".gitattributes")
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman", "pre-auto-gc"):
        path = three.folder / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        shutil.copy(program, path)
    for key in (
        "core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.smudge",
        "filter.evil.clean", "filter.evil.process", "merge.evil.driver", "core.pager", "pager.log", "pager.rev-list",
        "core.sshCommand", "core.askPass", "core.editor", "gpg.program", "core.alternateRefsCommand",
        "credential.helper", "uploadpack.packObjectsHook", "core.gitProxy",
    ):  # fmt: skip
        three.git("config", key, str(program))
    three.git("config", "log.showSignature", "true")
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EDITOR", "GIT_ASKPASS", "PAGER"):
        monkeypatch.setenv(name, str(program))
    three.write(ledger(claim("one", deadline="2030")))
    for args in (
        ("list", "--rev", "HEAD~1"),
        ("diff", "HEAD~2"),
        ("diff", "HEAD~2..HEAD"),
        ("log", "one"),
        ("check", "--base", "HEAD"),
    ):
        assert run(*args).status in (0, 1)
        assert not ran.exists(), (args, ran.read_text())
    subprocess.run(["git", "status"], capture_output=True, check=False)
    assert ran.exists()  # the trap works: what people type every day springs it


@pytest.mark.parametrize("filtered", ["blob:none", "tree:0"])
def test_a_partial_clone_fetches_nothing(
    three: Repo, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filtered: str
) -> None:
    three.git("config", "uploadpack.allowFilter", "true")
    three.git("config", "uploadpack.allowAnySHA1InWant", "true")
    three.git("clone", "-q", f"--filter={filtered}", f"file://{three.folder}", "../partial")
    monkeypatch.chdir(tmp_path / "partial")
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho $0 >> {ran}\nexec git-upload-pack "$@"\n')
    program.chmod(0o755)
    clone = Repo.__new__(Repo)
    clone.folder = tmp_path / "partial"
    clone.git("config", "remote.origin.uploadpack", str(program))
    assert ids(run, "--rev", "HEAD") == ["one", "two", "three"]
    before = sorted(path.name for path in (clone.folder / ".git" / "objects").rglob("*"))
    for url in (f"file://{three.folder}", f"ext::{program}", str(tmp_path / "gone")):
        clone.git("config", "remote.origin.url", url)
        for args in (("list", "--rev", "HEAD~1"), ("log", "one")):
            out, err, status = run(*args)
            assert (out, status) == ("", 3)
            assert "ledger fetches nothing" in err and "git fetch --refetch --no-filter" in err
        out, _, status = run("check", "--base", "HEAD~1")
        assert status == 1 and "not-compared" in out and "git fetch --refetch --no-filter" in out
        assert not ran.exists()
    assert sorted(path.name for path in (clone.folder / ".git" / "objects").rglob("*")) == before
    clone.git("config", "remote.origin.url", f"file://{three.folder}")
    clone.git("config", "--unset", "remote.origin.uploadpack")
    clone.git("fetch", "-q", "--refetch", "--no-filter")
    assert ids(run, "--rev", "HEAD~1") == ["one", "two"]


def test_what_looks_like_a_repository_in_the_work_tree_is_not_asked(three: Repo, run: Runner, tmp_path: Path) -> None:
    soft = Repo(tmp_path / "soft")
    soft.record(ledger(claim("soft")))
    soft.git("clone", "-q", "--bare", ".", str(three.folder / "data"))
    three.write(ledger(claim("soft")), "data/claims.yaml")
    three.write('[tool.ledger]\nfile = "data/claims.yaml"\n', "pyproject.toml")
    out, _, status = run("check", "--base", "main")
    assert status == 1 and out.count("claim-deleted") == 3


def test_replaced_objects_are_not_seen(three: Repo, run: Runner) -> None:
    three.git("replace", "HEAD~1", "HEAD~2")
    assert ids(run, "--rev", "HEAD~1") == ["one", "two"]


def test_nothing_is_written(three: Repo, run: Runner) -> None:
    def state() -> list[tuple[str, int, int]]:
        found = []
        for folder, _, files in os.walk(three.folder):
            for name in files:
                info = (Path(folder) / name).stat()
                found.append((f"{folder}/{name}", info.st_mtime_ns, stat.S_IMODE(info.st_mode)))
        return sorted(found)

    (three.folder / "claims.yaml").touch()  # the index is stale now: `git status` would refresh it
    before = state()
    for args in (("diff",), ("log", "one"), ("check", "--base", "HEAD~1"), ("list", "--rev", "HEAD~1")):
        run(*args)
    assert state() == before


# --- the reader itself ---------------------------------------------------------------------------------------


def test_a_commit_in_its_own_words(repo: Repo) -> None:
    repo.write(ledger())
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    repo.git("add", "-A")
    (repo.folder / "message").write_bytes("Über die\nZeile\n\nMehr\n".encode("latin-1"))
    repo.git("commit", "-q", "-F", "message", GIT_COMMITTER_DATE="1700000000 -0330")
    with Repository(".") as found:
        commit = found.commit("HEAD")
    assert (commit.subject, commit.author, commit.parents) == ("Über die Zeile", "Jane Doe", ())
    assert commit.time.isoformat() == "2023-11-14T18:43:20-03:30"
    assert commit.day.isoformat() == "2023-11-14"


def test_many_contents_in_order(repo: Repo) -> None:
    texts = [f"{n}\n" * n for n in range(600)]
    for number, text in enumerate(texts):
        repo.write(text, f"{number}.txt")
    repo.commit()
    with Repository(".") as found:
        tree = found.objects.tree(found.commit("HEAD").oid)
        oids = [tree[f"{number}.txt"].oid for number in range(len(texts))]
        assert [data.decode() for data in found.objects.blobs(oids)] == texts
        first = found.objects.blobs(oids)
        assert next(first) == b""
        first.close()  # left in the middle: the next question gets its own answer
        assert found.objects.blob(oids[7]) == b"7\n" * 7


def test_a_sha256_repository(tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sha256"
    folder.mkdir()
    repo = Repo.__new__(Repo)
    repo.folder, repo.commits = folder, 0
    repo.git("init", "-q", "-b", "main", "--object-format=sha256")
    repo.record(ledger(claim("one")), "data/claims.yaml")
    monkeypatch.chdir(folder)
    assert ids(run, "--rev", "HEAD") == ["one"]


def test_errors_are_of_the_family(repo: Repo) -> None:
    repo.write(ledger())
    repo.commit()
    with Repository(".") as found, pytest.raises(LedgerError):
        found.objects.blob("0" * 40)
    with Repository(".") as found, pytest.raises(UnreadableError, match="is not a blob"):
        found.objects.blob(found.commit("HEAD").oid)
