"""The disk and a commit answer alike: which files a pattern means, and where a ledger that is a link has its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.files import Disk
from ledger.history.git import Repository
from support.repositories import Repo, claim, ledger
from support.running import Runner

FILES = ("a.yaml", "b.txt", ".hidden.yaml", "sub/c.yaml", "sub/deep/d.yaml", "sub/.git-like/e.yaml", "real/f.yaml",
         "[odd]/g.yaml", "sub/deep/deeper/h.yaml")  # fmt: skip
LINKS = {
    "link.yaml": "a.yaml",
    "sub/out.yaml": "../../outside.yaml",
    "sub/nowhere.yaml": "nowhere",
    "sub/folder": "../real",
    "folder": "real",
    "loop": "loop",
    "sub/up": "..",
}
PATTERNS = (
    "*.yaml", "**/*.yaml", "**", "*/*.yaml", "sub/**/*.yaml", "sub/*", "s?b/*.yaml", "[a-b].*", "folder/*.yaml",
    "*/folder/*.yaml", "sub/folder/*.yaml", "folder/f.yaml", "link.yaml", "sub/out.yaml", "sub/nowhere.yaml", "loop",
    "sub/up/a.yaml", "sub/up/*.yaml", "a.yaml/x", "nothing/*", ".hidden.yaml", ".*", "sub/.git-like/*.yaml", "./*.yaml",
    "sub//c.yaml", "**/d.yaml", "**/deep/*.yaml", "*[*.yaml", "real", "real/", "",
)  # fmt: skip


@pytest.fixture
def tree(repo: Repo) -> Repo:
    for name in FILES:
        repo.write("ledger: 1\n", name)
    for name, target in LINKS.items():
        (repo.folder / name).symlink_to(target)
    (repo.folder.parent / "outside.yaml").write_text("ledger: 1\n")
    repo.commit()
    return repo


@pytest.mark.parametrize("folder", ["", "sub", "sub/deep", "folder"])
def test_a_pattern_means_the_same_files_on_disk_and_in_a_commit(tree: Repo, folder: str) -> None:
    disk = Disk()
    with Repository(str(tree.folder)) as repo:
        commit = repo.tree(repo.commit("HEAD"))
        for pattern in PATTERNS:
            found, there = disk.matches(folder, pattern), commit.matches(folder, pattern)
            inside = [name for name in found.files if disk.within(name, folder)]
            assert inside == [name for name in there.files if commit.within(name, folder)], pattern
            assert (found.links, found.cut) == (there.links, there.cut), pattern


@pytest.mark.parametrize("name", ["claims.yaml", "elsewhere/claims.yaml", "folder/claims.yaml"])
def test_a_ledger_that_is_a_link_has_its_parts_and_its_history(
    repo: Repo, run: Runner, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(ledger(claim("one")).replace("people:", "include: [parts/*.yaml]\npeople:"), "data/claims.yaml")
    repo.write("ledger: 1\nclaims:\n" + claim("two"), "data/parts/two.yaml")
    (repo.folder / "elsewhere").mkdir()
    for link, target in {"claims.yaml": "data/claims.yaml", "elsewhere/claims.yaml": "../claims.yaml",
                         "folder": "data"}.items():  # fmt: skip
        (repo.folder / link).symlink_to(target)
    repo.commit()
    repo.write("ledger: 1\nclaims:\n" + claim("two", deadline="2028"), "data/parts/two.yaml")
    repo.commit()
    for folder, file in (
        (repo.folder, name),
        (repo.folder / "elsewhere", f"../{name}"),
        (Path("/"), str(repo.folder / name)),
    ):
        monkeypatch.chdir(folder)
        for rev in ((), ("--rev", "HEAD"), ("--rev", "HEAD~1")):
            out, err, status = run("list", "-f", file, *rev)
            assert (out.count("\n"), err, status) == (2, "", 0), (file, rev)
        assert run("log", "two", "-f", file).out.count("deadline") == 1
        assert "goalpost-moved" in run("check", "--base", "HEAD~1", "-f", file).out
        assert run("check", "--base", "HEAD", "--ignore", "no-criteria,unused", "-f", file)[::2] == ("", 0)


def test_a_link_outside_of_any_checkout_has_the_history_of_the_file_it_leads_to(
    repo: Repo, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.record(ledger(claim("one")), "data/claims.yaml")
    repo.record(ledger(claim("one", deadline="2028")), "data/claims.yaml")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "claims.yaml").symlink_to("../repo/data/claims.yaml")
    (outside / "folder").symlink_to("../repo/data")
    monkeypatch.chdir(outside)
    for named in ((), ("-f", "claims.yaml"), ("-f", "folder/claims.yaml"), ("-f", f"{outside}/claims.yaml")):
        for rev in ((), ("--rev", "HEAD"), ("--rev", "HEAD~1")):
            out, err, status = run("list", *named, *rev)
            assert (out.count("\n"), err, status) == (1, "", 0), (named, rev)
        assert run("log", "one", *named).out.endswith("2 commits.\n")
        assert "goalpost-moved" in run("check", "--base", "HEAD~1", *named).out
        assert "goalpost-moved" in run("diff", "HEAD~1", *named).out
