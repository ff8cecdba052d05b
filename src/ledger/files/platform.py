"""What differs between operating systems: flags, locks, signals. Tried on Linux; on Windows, only its absences were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def _flags(*names: str) -> int:
    """Flags of `os.open`, those that this system has."""
    found = 0
    for name in names:
        found |= getattr(os, name, 0)
    return found


# Without O_NONBLOCK the open of a FIFO waits for somebody to write into it; O_BINARY is of Windows.
READING = os.O_RDONLY | _flags("O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY")
FOLDER = os.O_RDONLY | _flags("O_DIRECTORY", "O_CLOEXEC")
MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flags("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")


def can_edit() -> bool:
    """Whether a ledger can be replaced safely here: under a lock, and in a folder that is held open."""
    try:
        import fcntl
    except ImportError:
        return False
    return hasattr(fcntl, "flock") and hasattr(os, "fchmod") and bool(os.supports_dir_fd)


def lock(handle: int) -> bool:
    """Lock an open file until it is closed; False if somebody else has it locked. Where nothing can be, nothing is."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system that knows no locks
        return True
    return True


def is_mounted(path: Path) -> bool:
    """Whether a file was mounted by itself, over another one, as containers do; known on Linux only."""
    shown = str(path).replace("\\", r"\134").replace(" ", r"\040").replace("\t", r"\011").replace("\n", r"\012")
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:  # noqa: PTH123
            return any(line.split(" ", 5)[4] == shown for line in mounts)
    except (OSError, IndexError):
        return False


def widen(pipe: int, size: int) -> None:
    """Let a pipe hold so many bytes, so that a file at a time goes through it; only Linux knows how."""
    with suppress(ImportError, OSError, AttributeError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, size)


class _Ended(BaseException):
    """The process was asked to end."""


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Let a request to end (SIGTERM, SIGHUP) run the clean-up of the block before it takes effect."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    inside = True

    def end(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        if inside:
            raise _Ended

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
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
