"""Replacing a file: one writer at a time, the old content or the new whatever happens, and never a third."""

from __future__ import annotations

import errno
import os
import signal
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from ..errors import RefusedError, UnreadableError
from .reading import read_bytes

TEMPORARY = ".forecast-ledger.tmp"  # one name a folder: what a killed writer left, the next one removes
PATIENCE = 30.0  # seconds to wait for another writer


class Writer:
    """One file that no other writer of this program touches meanwhile; made by `writing`."""

    def __init__(self, name: str, path: Path, folder: int) -> None:
        self._name, self._path, self._folder = name, path, folder

    def read(self) -> bytes:
        """What the file holds now; UnreadableError."""
        return read_bytes(self._path)

    def replace(self, before: bytes, after: bytes) -> bool:
        """Put `after` in the place of `before`, whole or not at all; False if the file holds something else.

        UnreadableError says why the file cannot be written; it is then as it was.
        """
        with _ending_cleanly():
            try:
                self._prepare(after)
                if self.read() != before:
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
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(TEMPORARY, flags, 0o600, dir_fd=self._folder)
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
def writing(name: str, *, patience: float = PATIENCE) -> Iterator[Writer]:
    """Hold the lock of a file's folder, after links are resolved, for as long as the block runs.

    The lock is on the folder: one on the file itself is lost as soon as the file is replaced. UnreadableError
    where the file cannot be written, RefusedError if others hold the lock for `patience` seconds.
    """
    path = Path(os.path.realpath(name))
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise _unwritable(name, path, error) from None
    try:
        if path.exists() and not os.access(path, os.W_OK):
            raise UnreadableError(f"{name}: is write-protected", hint="allow writing with chmod u+w")
        _lock(folder, name, path, patience)
        yield Writer(name, path, folder)
    finally:
        os.close(folder)


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
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UnreadableError(f"{name}: the disk is full; nothing was changed", hint="make room and try again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        reason = f"{name}: nothing can be written in the folder {path.parent}"
        return UnreadableError(reason, hint="a new version is put beside the old one first: allow that with chmod")
    if error.errno == errno.ENOENT:
        return UnreadableError(f"{name}: no such file", hint="check the path, or make a ledger with ledger init")
    return UnreadableError(f"{name}: cannot be written: {(error.strerror or str(error)).lower()}")


class _Ended(BaseException):
    """The process was asked to end."""


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Let a request to end (SIGTERM, SIGHUP) run the clean-up of the block before it takes effect."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    inside = True

    def end(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        if inside:
            raise _Ended

    numbers = (signal.SIGTERM, signal.SIGHUP)
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, end)
    try:
        try:
            yield
        finally:
            inside = False
    except _Ended:
        pass
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
        for asked_for in asked:
            os.kill(os.getpid(), asked_for)
