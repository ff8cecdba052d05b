"""Reading within bounds; writing that leaves the old file or the new one, whatever happens."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import RefusedError, UnreadableError
from ledger.files import Disk, read_bytes
from ledger.files import editing as module
from ledger.files.editing import TEMPORARY, editing

OLD, NEW = b"old\n", b"new, and longer\n" * 1000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.yaml"
    path.write_bytes(OLD)
    return path


def replace(path: Path, before: bytes = OLD, after: bytes = NEW) -> bool:
    with editing(str(path)) as writer:
        return writer.replace(before, after)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


# --- reading ---------------------------------------------------------------------------------------------------


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_bytes(tmp_path / "absent.yaml")
    with pytest.raises(UnreadableError, match="is a folder"):
        read_bytes(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="not a regular file"):
        read_bytes(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"12345")
    with pytest.raises(UnreadableError, match="more than the 4 that are read"):
        read_bytes(tmp_path / "large", most=4)


def test_patterns_match_below_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a/x.yaml", "a/y.yaml", "b.yaml", ".hidden.yaml"):
        (tmp_path / name).write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    disk = Disk()
    assert [Path(name).name for name in disk.matches(str(tmp_path), "*.yaml").files] == ["b.yaml"]
    found = disk.matches(str(tmp_path), "**/*.yaml").files
    assert [Path(name).name for name in found] == ["x.yaml", "y.yaml", "b.yaml"]
    assert not disk.within(str(tmp_path / "b.yaml"), str(tmp_path / "a"))


# --- writing ---------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_and_nothing_is_left_behind(file: Path) -> None:
    assert replace(file)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["claims.yaml"]


def test_a_file_that_changed_meanwhile_stays(file: Path) -> None:
    assert not replace(file, before=b"something else")
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["claims.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_is_kept_whatever_the_umask(file: Path, mode: int) -> None:
    file.chmod(mode)
    before = os.umask(0o077)
    try:
        assert replace(file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(file: Path) -> None:
    os.chown(file, 12345, 23456)
    assert replace(file)
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 23456)


def test_an_owner_that_cannot_be_kept_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = file.stat()
    other = os.stat_result((info.st_mode, *info[1:4], info.st_uid + 1, *info[5:]))

    def denied(*args: Any) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(module.os, "fchown", denied)
    monkeypatch.setattr(Path, "stat", lambda self, **_: other)
    with pytest.raises(UnreadableError, match="belongs to another user"):
        replace(file)
    monkeypatch.undo()
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["claims.yaml"]


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    link = tmp_path / "other" / "link.yaml"
    link.symlink_to("../claims.yaml")
    assert replace(link)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert names(tmp_path / "other") == ["link.yaml"]


def test_what_a_killed_writer_left_is_removed(file: Path) -> None:
    (file.parent / TEMPORARY).write_bytes(b"half of it")
    assert replace(file)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["claims.yaml"]


def test_a_link_under_the_temporary_name_is_not_followed(file: Path) -> None:
    victim = file.parent / "victim"
    victim.write_text("mine")
    (file.parent / TEMPORARY).symlink_to(victim)
    assert replace(file)
    assert victim.read_text() == "mine"
    assert names(file.parent) == ["claims.yaml", "victim"]


@pytest.mark.parametrize(
    ("call", "number", "words"),
    [
        ("open", errno.EACCES, "nothing can be written in the folder"),
        ("open", errno.EROFS, "nothing can be written in the folder"),
        ("write", errno.ENOSPC, "the disk is full; nothing was changed"),
        ("write", errno.EDQUOT, "the disk is full; nothing was changed"),
        ("fsync", errno.EIO, "cannot be written: input/output error"),
        ("rename", errno.EACCES, "nothing can be written in the folder"),
    ],
)
def test_failures_are_named_and_leave_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    true_call = getattr(os, call)

    def fail(*args: Any, **kwargs: Any) -> Any:
        if call == "open" and args[0] != TEMPORARY:
            return true_call(*args, **kwargs)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.os, call, fail)
    with pytest.raises(UnreadableError, match=words):
        replace(file)
    monkeypatch.undo()
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["claims.yaml"]


def test_a_write_protected_file_is_left_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "access", lambda *_: False)  # root may write whatever the mode says
    with pytest.raises(UnreadableError, match="is write-protected"):
        replace(file)


def test_an_absent_folder_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        replace(tmp_path / "no" / "claims.yaml")
    with pytest.raises(UnreadableError, match="no such file"):
        replace(tmp_path / "claims.yaml")


def test_a_file_system_without_locks_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*args: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(UnreadableError, match="cannot lock its folder"):
        replace(file)
    assert file.read_bytes() == OLD


def test_a_lock_that_is_held_is_waited_for_and_then_refused(file: Path) -> None:
    folder = os.open(file.parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        with pytest.raises(RefusedError, match="has held the lock"), editing(str(file), patience=0.05):
            pass
    finally:
        os.close(folder)
    assert replace(file)


# --- crashes ---------------------------------------------------------------------------------------------------

_DYING = """
import os, sys
from ledger.files import editing as module

class Dying:
    # The functions of os; the process dies at the n-th step, which is before or after one of its calls.
    def __init__(self, at):
        self.left = at
    def step(self):
        if self.left == 0:
            os._exit(9)
        self.left -= 1
    def __getattr__(self, name):
        found = getattr(os, name)
        if not callable(found) or isinstance(found, type):
            return found
        def call(*args, **kwargs):
            self.step()
            result = found(*args, **kwargs)
            self.step()
            return result
        return call

path, at = sys.argv[1], int(sys.argv[2])
module.os = Dying(at)
with module.editing(path) as writer:
    assert writer.replace(open(path, "rb").read(), b"new, and longer\\n" * 1000)
"""


def test_a_writer_that_dies_at_any_step_leaves_the_old_file_or_the_new(file: Path) -> None:
    ends = []
    for at in range(200):
        file.write_bytes(OLD)
        status = subprocess.run([sys.executable, "-c", _DYING, str(file), str(at)], check=False).returncode
        assert file.read_bytes() in (OLD, NEW)
        assert set(names(file.parent)) <= {"claims.yaml", TEMPORARY}
        ends.append(file.read_bytes())
        assert status in (0, 9)
        if status == 0:
            break
    assert status == 0
    assert ends.index(NEW) > 10  # it died on either side of the rename
    assert ends == sorted(ends, key=lambda data: data == NEW)
    assert names(file.parent) == ["claims.yaml"]


_CALLS = (
    "openat,write,fchmod,fsync,close,rename,renameat,renameat2,unlinkat,flock,newfstatat,fstat,llistxattr,listxattr"
)


_WRITING = """
import os, sys
from ledger.files.editing import editing
os.access("/begin-of-the-write", os.R_OK)  # seen in the trace
with editing(sys.argv[1]) as writer:
    assert writer.replace(b"old\\n", b"new, and longer\\n" * 1000)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/usr/bin/strace").exists(), reason="needs strace")
def test_a_writer_killed_at_any_system_call_leaves_the_old_file_or_the_new(file: Path) -> None:
    seen = set()
    for call in _CALLS.split(","):
        first = _calls_before(file, call)
        for at in range(first + 1, first + 40):
            file.write_bytes(OLD)
            options = ["-qq", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={at}", "-o", "/dev/null"]
            done = subprocess.run(["strace", *options, sys.executable, "-c", _WRITING, str(file)], check=False)
            assert file.read_bytes() in (OLD, NEW)
            seen.add((done.returncode != 0, file.read_bytes() == NEW))
            if done.returncode == 0:
                break
    assert {(True, False), (True, True), (False, True)} <= seen


def _calls_before(file: Path, call: str) -> int:
    """How many calls of a kind the interpreter makes before the write begins."""
    file.write_bytes(OLD)
    log = file.parent.parent / "strace.log"
    options = ["-qq", "-e", f"trace={call},access,faccessat,faccessat2", "-o", str(log)]
    subprocess.run(["strace", *options, sys.executable, "-c", _WRITING, str(file)], check=True)
    lines = log.read_text().splitlines()
    begin = next(at for at, line in enumerate(lines) if "begin-of-the-write" in line)
    return sum(line.startswith(f"{call}(") for line in lines[:begin])


_SLOW = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a script starts in the background
from ledger.files import editing as module
true_fsync = os.fsync
def fsync(handle):
    print("writing", flush=True)
    time.sleep(30)
    true_fsync(handle)
module.os.fsync = fsync
with module.editing(sys.argv[1]) as writer:
    writer.replace(b"old\\n", b"new")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_writer_that_is_asked_to_end_cleans_up(file: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW, str(file)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        assert TEMPORARY in names(file.parent)
        process.send_signal(number)
        assert process.wait(10) == -number
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["claims.yaml"]


def test_the_lock_of_a_killed_writer_is_free_at_once(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW, str(file)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    began = time.monotonic()
    assert replace(file)
    assert time.monotonic() - began < 5
    assert names(file.parent) == ["claims.yaml"]
