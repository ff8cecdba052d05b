"""Replacing a ledger: one writer at a time, the old content or the new whatever happens, and never a third.

Commands that edit come here; every other file is written by `files.writing`.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import RefusedError, UnreadableError
from . import platform, questions
from .reading import open_regular, read_bytes

TEMPORARY = ".forecast-ledger.tmp"  # one name a folder: what a killed writer left, the next one removes
_PART = 256 * 1024  # bytes that are compared at once
PATIENCE = 30.0  # seconds to wait for another writer


class Writer:
    """One file that no other writer of this program touches meanwhile; made by `editing`."""

    def __init__(self, name: str, path: Path, folder: int) -> None:
        self._name, self._path, self._folder = name, path, folder

    def read(self) -> bytes:
        """What the file holds now; UnreadableError."""
        return read_bytes(self._path)

    def holds(self, data: bytes) -> bool:
        """Whether the file holds just this; compared in parts, since memory for all of it costs more than that."""
        with open_regular(self._path) as file:
            at = 0
            while part := file.read(_PART):
                if part != data[at : at + len(part)]:
                    return False
                at += len(part)
            return at == len(data)

    def replace(self, before: bytes, after: bytes) -> bool:
        """Put `after` in the place of `before`, whole or not at all; False if the file holds something else.

        UnreadableError says why the file cannot be written; it is then as it was.
        """
        with platform.ending_cleanly():
            try:
                self._prepare(after)
                if not self.holds(before):
                    return False
                os.rename(TEMPORARY, self._path.name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
                _sync_folder(self._folder)
            except OSError as error:
                raise _unwritable(self._name, self._path, error) from None
            finally:
                with suppress(OSError):
                    _remove_leftover(self._folder)
        return True

    def _prepare(self, data: bytes) -> None:
        """Write the temporary file, with the mode and owner of the one it is to replace."""
        _remove_leftover(self._folder)
        handle = os.open(TEMPORARY, platform.MAKING, 0o600, dir_fd=self._folder)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            self._keep(handle)
            os.fsync(handle)
        finally:
            os.close(handle)

    def _keep(self, handle: int) -> None:
        """Give the new file what the old one has beside its content: owner, attributes, mode."""
        old, new = self._path.stat(), os.fstat(handle)
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            try:
                os.fchown(handle, old.st_uid, old.st_gid)
            except PermissionError:
                raise UnreadableError(
                    f"{self._name}: belongs to another user or group, which a new version could not be given to",
                    hint="let its owner write, or take the file over with chown",
                ) from None
        for attribute in os.listxattr(self._path) if hasattr(os, "listxattr") else ():
            with suppress(OSError):  # access lists come along; what only the system may set does not
                os.setxattr(handle, attribute, os.getxattr(self._path, attribute))
        os.fchmod(handle, stat.S_IMODE(old.st_mode))


@contextmanager
def editing(name: str, *, patience: float = PATIENCE) -> Iterator[Writer]:
    """Hold the lock of a file's folder, after links are resolved, for as long as the block runs.

    The lock is on the folder: one on the file itself is lost as soon as the file is replaced. UnreadableError
    where the file cannot be written, RefusedError if others hold the lock for `patience` seconds.
    """
    _refuse_system(name)
    path = Path(questions.real(questions.expanded(name)))
    try:
        folder = os.open(path.parent, platform.FOLDER)
    except OSError as error:
        raise _unwritable(name, path, error) from None
    try:
        _refuse_file(name, path)
        _lock(folder, name, path, patience)
        _refuse_file(name, path)
        yield Writer(name, path, folder)
    finally:
        os.close(folder)


def refuse(names: Iterable[str]) -> None:
    """UnreadableError for the first file that cannot be edited, before any of them is."""
    for name in names:
        _refuse_system(name)
        _refuse_file(name, Path(questions.real(questions.expanded(name))))


def _refuse_system(name: str) -> None:
    if not platform.can_edit():
        raise UnreadableError(
            f"{name}: ledgers are not edited on this system, which lacks the locks that keep two writers apart",
            hint="reading and checking work; edit the file by hand, or run ledger in WSL",
        )


def _refuse_file(name: str, path: Path) -> None:
    """A new version takes one name; under others the old one would stay, and one that is mounted stays itself."""
    info = questions.look(path)
    if info is None:
        return
    if not os.access(path, os.W_OK):
        raise UnreadableError(f"{name}: is write-protected", hint="allow writing with chmod u+w")
    if platform.is_mounted(path):
        raise questions.unwritable(name, path.parent, OSError(errno.EBUSY, "mounted"))
    if info.st_nlink > 1:
        raise UnreadableError(
            f"{name}: the file has {info.st_nlink} names (hard links), and an edit would reach only this one",
            hint="keep one of them and make the others symbolic links: ln -sf",
        )


def _lock(folder: int, name: str, path: Path, patience: float) -> None:
    try:
        import fcntl
    except ImportError:
        raise _no_locks(name) from None
    end, pause = time.monotonic() + patience, 0.001
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                raise RefusedError(
                    f"{name}: another program has held the lock on {path.parent} for {patience:g} seconds",
                    hint="try again when it has ended",
                ) from None
        except OSError:  # a network file system without locks, or with none on folders
            raise _no_locks(name) from None
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _no_locks(name: str) -> UnreadableError:
    return UnreadableError(
        f"{name}: cannot be written safely: this file system cannot lock its folder",
        hint="keep the ledger on a local disk, or edit it by hand",
    )


def _remove_leftover(folder: int) -> None:
    with suppress(FileNotFoundError):
        os.unlink(TEMPORARY, dir_fd=folder)


def _sync_folder(folder: int) -> None:
    with suppress(OSError):  # the new version is in its place; some file systems have no such request
        os.fsync(folder)


def _unwritable(name: str, path: Path, error: OSError) -> UnreadableError:
    if error.errno == errno.ENOENT:
        return UnreadableError(f"{name}: no such file", hint="check the path, or make a ledger with ledger init")
    return questions.unwritable(name, path.parent, error)
