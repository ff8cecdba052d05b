"""The one writer: what stands in the way is left alone unless it is ours, and no link of a work tree is followed."""

from __future__ import annotations

import ast
import errno
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import LedgerError, RefusedError, UnreadableError, UsageError
from ledger.files import writing
from ledger.files.taken import Taken
from ledger.files.writing import create, discard, extend, put

SRC = Path(__file__).parents[2] / "src" / "ledger"


def ours(content: bytes) -> bool:
    return content.startswith(b"ours")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


# --- what may be replaced --------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, b"", b"ours, of yesterday"])
def test_new_empty_and_own_files_are_written(here: Path, before: bytes | None) -> None:
    if before is not None:
        (here / "out").write_bytes(before)
        (here / "out").chmod(0o640)
    put("out", b"ours, of today", own=ours)
    assert (here / "out").read_bytes() == b"ours, of today"
    assert before is None or (here / "out").stat().st_mode & 0o777 == 0o640
    assert names(here) == ["out"]


def test_a_name_that_no_file_has_is_refused(here: Path) -> None:
    with pytest.raises(UnreadableError, match="no file can have such a name"):
        put("a\0b", b"x", own=writing.nobody)


def test_the_mode_of_a_new_file_follows_the_umask(here: Path) -> None:
    before = os.umask(0o027)
    try:
        put("out", b"ours", own=ours)
    finally:
        os.umask(before)
    assert (here / "out").stat().st_mode & 0o777 == 0o640


def test_a_file_that_somebody_else_made_stays(here: Path) -> None:
    (here / "out").write_bytes(b"mine")
    for act in (lambda: put("out", b"ours", own=ours), lambda: discard("out", own=ours), lambda: create("out", b"x")):
        with pytest.raises(RefusedError, match=r"out.* is there already"):
            act()
    assert (here / "out").read_bytes() == b"mine"
    assert names(here) == ["out"]


def test_a_ledger_is_never_an_output_under_any_of_its_names(here: Path) -> None:
    (here / "claims.yaml").write_bytes(b"ours by its looks")
    for name in ("claims.yaml", "./claims.yaml", str(here / "claims.yaml"), "../tree/claims.yaml"):
        with pytest.raises(UsageError, match="would overwrite the ledger"):
            put(name, b"ours", own=ours, ledger=Taken(["claims.yaml"]))
    assert (here / "claims.yaml").read_bytes() == b"ours by its looks"


@pytest.mark.parametrize("what", ["folder", "pipe", "device"])
def test_only_regular_files_are_written(here: Path, what: str) -> None:
    name = "out"
    if what == "folder":
        (here / name).mkdir()
    elif what == "pipe":
        os.mkfifo(here / name)
    else:
        name = "/dev/null"
    with pytest.raises(UnreadableError, match=r"is a folder|is not a regular file"):
        put(name, b"ours", own=ours)


def test_a_file_that_changes_between_look_and_write_stays(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "out").write_bytes(b"ours")
    true_look, looks = writing.look, 0

    def look(path: Path, *, follow: bool = True) -> os.stat_result | None:
        nonlocal looks
        looks += 1
        if looks == 2:
            Path(path).unlink()
            Path(path).write_bytes(b"somebody was quicker")
        return true_look(path, follow=follow)

    monkeypatch.setattr(writing, "look", look)
    with pytest.raises(RefusedError):
        put("out", b"ours, of today", own=ours)
    assert (here / "out").read_bytes() == b"somebody was quicker"
    assert names(here) == ["out"]


# --- links -----------------------------------------------------------------------------------------------------


def test_no_link_under_the_name_is_followed(here: Path) -> None:
    outside = here.parent / "precious"
    outside.write_bytes(b"ours by its looks")
    (here / "out").symlink_to("../precious")
    (here / "dangling").symlink_to("../not-there")
    for name in ("out", "dangling"):
        for act in (put, discard):
            with pytest.raises(RefusedError, match="is a link"):
                act(*((name, b"x") if act is put else (name,)), own=ours)
        with pytest.raises(RefusedError, match="is a link"):
            create(name, b"x")
        with pytest.raises(RefusedError, match="is a link"):
            extend(name, b"x")
    assert outside.read_bytes() == b"ours by its looks"
    assert names(here.parent) == ["precious", "tree"]


def test_no_folder_link_of_a_work_tree_is_followed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here.parent / "elsewhere").mkdir()
    (here / "sub").symlink_to("../elsewhere")
    (here / ".git").mkdir()
    for name in ("sub/out", str(here / "sub" / "out")):
        with pytest.raises(RefusedError, match="sub on the way is a link"):
            put(name, b"ours", own=ours)
    monkeypatch.chdir(here.parent / "elsewhere")  # from outside, the checkout is known by its repository
    with pytest.raises(RefusedError, match="sub on the way is a link"):
        create(str(here / "sub" / "out"), b"x")
    assert names(here.parent / "elsewhere") == []


def test_a_link_outside_of_any_work_tree_is_the_users_own(here: Path) -> None:
    (here.parent / "disk").mkdir()
    (here.parent / "exports").symlink_to("disk")
    put(str(here.parent / "exports" / "out"), b"ours", own=ours)
    assert (here.parent / "disk" / "out").read_bytes() == b"ours"


def test_names_that_writers_use_aside_cannot_be_planted(here: Path) -> None:
    victim = here.parent / "victim"
    victim.write_bytes(b"mine")
    for name in ("out.forecast-ledger-part", ".forecast-ledger-part", ".forecast-ledger.tmp"):
        (here / name).symlink_to(victim)
    put("out", b"ours", own=ours)
    create("new", b"x")
    assert victim.read_bytes() == b"mine"
    assert (here / "out").read_bytes() == b"ours"


# --- whole or not at all -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, b"ours, of yesterday"])
@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EIO, "cannot be written")])
def test_a_write_that_fails_leaves_what_was_there(
    here: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None, number: int, words: str
) -> None:
    if before is not None:
        (here / "out").write_bytes(before)

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(UnreadableError, match=words):
        put("out", b"ours, of today", own=ours)
    assert [(here / name).read_bytes() for name in names(here)] == ([] if before is None else [before])


def test_without_hard_links_a_new_file_is_made_all_the_same(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*paths: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(writing.os, "link", no_links)
    create("sub/out", b"x")
    assert (here / "sub" / "out").read_bytes() == b"x"
    assert names(here / "sub") == ["out"]


def test_a_system_without_hard_links_makes_new_files_all_the_same(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(writing.os, "link")
    create("sub/out", b"x")
    assert (here / "sub" / "out").read_bytes() == b"x"


def test_a_longer_file_takes_the_place_of_the_one_that_is_added_to(here: Path) -> None:
    extend("summary", b"one\n")
    inode = (here / "summary").stat().st_ino
    extend("summary", b"two\n")
    assert (here / "summary").read_bytes() == b"one\ntwo\n"
    assert (here / "summary").stat().st_ino != inode


def test_a_folder_that_is_not_there_is_named(here: Path) -> None:
    with pytest.raises(UnreadableError, match="there is no folder no/such"):
        put("no/such/out", b"ours", own=ours)


def test_a_current_folder_that_is_gone_is_named(here: Path) -> None:
    here.rmdir()
    with pytest.raises(LedgerError, match="the current folder is gone"):
        put("out", b"ours", own=ours)
    put(str(here.parent / "out"), b"ours", own=ours)
    assert names(here.parent) == ["out"]


# --- there is no second writer -----------------------------------------------------------------------------------

_METHODS = {
    "write_text", "write_bytes", "unlink", "rmdir", "rename", "symlink_to", "hardlink_to", "touch", "rmtree",
    "copyfile", "copy", "copy2", "move", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory",
}  # fmt: skip
_OF_OS = {"open", "rename", "replace", "unlink", "remove", "rmdir", "mkdir", "makedirs", "link", "symlink", "truncate"}
# The cache fills a file of its own aside, which `files.writing` made, and forgets files of its own names.
_KNOWN = {
    "cache/store.py": {"unlink", "copyfile", "write_bytes"},
    "cli/streams.py": {"open", "os.open"},  # the null device, for a pipe or stream that is closed
    "render/export/sqlite.py": {"connect"},  # in memory
    "cache/rowfile.py": {"connect"},
    "writing/forecast_rows.py": {"connect"},  # a database without a name
    "render/export/parquet.py": {"TemporaryDirectory", "write_text"},  # of the system, for DuckDB to write to
    "bulk/database.py": {"TemporaryDirectory"},  # of the system, for what does not fit into memory
    "editor/answers.py": {"rename"},  # of an id: edits that the editor makes
    "editor/checker.py": {"os.open"},  # the null device, instead of the server's own output
}


def writes(path: Path) -> Iterator[str]:
    """The calls in a module that could write a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "open":
            modes = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "mode")]
            if any(not isinstance(mode, ast.Constant) or mode.value not in ("r", "rb") for mode in modes):
                yield "open"
        elif isinstance(called, ast.Attribute):
            of = called.value.id if isinstance(called.value, ast.Name) else ""
            if called.attr in _METHODS and called.attr not in ("copy", "move"):
                yield called.attr
            elif of in ("os", "shutil") and called.attr in _OF_OS | {"copy", "move"}:
                yield f"{of}.{called.attr}"
            elif of == "sqlite3" and called.attr == "connect":
                yield "connect"
            elif (
                called.attr == "open"
                and not of
                and any(isinstance(word, ast.Constant) and set(str(word.value)) & set("wax+") for word in node.args)
            ):
                yield "open"


MODULES = [path for path in sorted(SRC.rglob("*.py")) if path.relative_to(SRC).parts[0] != "files"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_nothing_else_writes_files(path: Path) -> None:
    assert set(writes(path)) <= _KNOWN.get(path.relative_to(SRC).as_posix(), set())


def test_the_search_for_writers_finds_them(tmp_path: Path) -> None:
    lines = ("open(p, 'w')", "Path(p).write_text('x')", "os.replace(a, b)", "p.unlink()", "(a / b).open('a')")
    for line in lines:
        (tmp_path / "module.py").write_text(line)
        assert list(writes(tmp_path / "module.py")), line
    assert {name for path in MODULES for name in writes(path)}


def test_a_mounted_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    from ledger.files.editing import editing

    source, target = tmp_path / "source.yaml", tmp_path / "claims.yaml"
    source.write_bytes(b"old")
    target.write_bytes(b"")
    if subprocess.run(["mount", "--bind", source, target], capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    try:
        with pytest.raises(UnreadableError, match="mounted as a single file") as raised, editing(str(target)) as writer:
            writer.replace(b"old", b"new")
        assert raised.value.hint == "mount the folder it lies in instead"
        assert source.read_bytes() == b"old"
        assert names(tmp_path) == ["claims.yaml", "source.yaml"]
    finally:
        subprocess.run(["umount", target], check=True)


def test_a_ledger_with_two_names_is_refused_with_the_way_out(tmp_path: Path) -> None:
    from ledger.files.editing import editing

    (tmp_path / "claims.yaml").write_bytes(b"old")
    (tmp_path / "other.yaml").hardlink_to(tmp_path / "claims.yaml")
    with pytest.raises(UnreadableError, match="2 names") as raised, editing(str(tmp_path / "claims.yaml")):
        pass
    assert "symbolic links" in str(raised.value.hint)
    assert (tmp_path / "other.yaml").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("new/", "new/: is the name of a folder"),
        ("-", "'-' is no name for what is to be written"),
        ("", "'' is no name for what is to be written"),
    ],
)
def test_a_name_that_means_no_file_is_not_made_one(here: Path, name: str, message: str) -> None:
    for act in (lambda: put(name, b"ours", own=ours), lambda: create(name, b"x")):
        with pytest.raises(UsageError, match=re.escape(message)):
            act()
    assert names(here) == []


def test_folders_that_were_made_for_a_file_go_with_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(writing, "_place", full)
    with pytest.raises(UnreadableError, match="the disk is full; nothing was changed"):
        create("new/inner/claims.yaml", b"x")
    assert names(here) == []


def test_a_write_protected_file_of_ours_stays(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("out", b"ours", own=ours)
    monkeypatch.setattr(os, "access", lambda *asked: False)  # root may always write
    with pytest.raises(UnreadableError, match="out: is write-protected"):
        put("out", b"ours, of today", own=ours)
    assert (here / "out").read_bytes() == b"ours"
