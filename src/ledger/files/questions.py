"""Questions about paths. Each has an answer: no permission, a broken link, a folder that is gone are answers."""

from __future__ import annotations

import errno
import os
import stat
import time
from typing import TYPE_CHECKING

from ..errors import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def expanded(name: str | os.PathLike[str]) -> str:
    """A path that a user named, with `~` and `~user` at its beginning replaced by that home folder.

    UnreadableError where there is no such home: a folder called `~` would be made, and its removal is a disaster.
    """
    text = os.fspath(name)
    if not text.startswith("~"):
        return text
    found = os.path.expanduser(text)
    if os.path.isabs(found):
        return found
    home = text.partition(os.sep)[0]
    if home != "~" and exists(home):  # a file whose own name begins so
        return text
    raise UnreadableError(f"{name}: there is no home folder {home}", hint=f"if that is a name in this folder: ./{text}")


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether there is a regular file, links followed."""
    info = look(path)
    return info is not None and stat.S_ISREG(info.st_mode)


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether there is a folder, links followed."""
    info = look(path)
    return info is not None and stat.S_ISDIR(info.st_mode)


def exists(path: str | os.PathLike[str]) -> bool:
    """Whether there is anything of that name, be it a link that leads nowhere."""
    return look(path, follow=False) is not None


def is_link(path: str | os.PathLike[str]) -> bool:
    """Whether the name is that of a link."""
    info = look(path, follow=False)
    return info is not None and stat.S_ISLNK(info.st_mode)


def look(path: str | os.PathLike[str], *, follow: bool = True) -> os.stat_result | None:
    """What the system knows of a path; None where it is not there or cannot be asked about."""
    try:
        return os.stat(path, follow_symlinks=follow)
    except (OSError, ValueError):
        return None


# A file that changes twice within the clock's tick keeps its time: one changed just now is always read.
SETTLED = 2_000_000_000


def stat_key(info: os.stat_result | None) -> list[int] | None:
    """What changes with a file's content; None where it is not there, or may still change unseen."""
    if info is None or time.time_ns() - max(info.st_mtime_ns, info.st_ctime_ns) < SETTLED:
        return None
    return [info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns]


def real(path: str | os.PathLike[str]) -> str:
    """The path with its links resolved; as it is where nothing can be resolved."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return os.fspath(path)


def absolute(path: str | os.PathLike[str]) -> str:
    """The path from the root, its links not resolved; as it is where the current folder is gone."""
    try:
        return os.path.abspath(path)  # Path.absolute keeps ".."
    except OSError:
        return os.fspath(path)


def relative(path: str | os.PathLike[str]) -> str:
    """The path as it is written from the current folder; as it is where that is gone."""
    try:
        return os.path.relpath(path)
    except (OSError, ValueError):
        return os.fspath(path)


def in_checkout(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder, by the way that leads to it, lies in a checkout: what stands there may have come with it."""
    return checkout_of(absolute(folder)) is not None


def checkout_of(folder: str | os.PathLike[str]) -> Path | None:
    """The top of the checkout in which an absolute folder lies, by the way that leads to it."""
    from pathlib import Path

    path = Path(folder)
    return next((step for step in (path, *path.parents) if exists(step / ".git")), None)


def current_folder() -> str | None:
    """The folder this process is in; None if it is gone."""
    try:
        return os.getcwd()
    except OSError:
        return None


def reason(error: OSError) -> str:
    """What an error of the system says, as a part of a sentence."""
    return "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()


def unwritable(name: str, folder: Path, error: OSError) -> UnreadableError:
    """What is said where a file cannot be written; by then nothing has changed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UnreadableError(f"{name}: the disk is full; nothing was changed", hint="make room and try again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "a new version is put beside the old one first: allow that with chmod"
        return UnreadableError(f"{name}: nothing can be written in the folder {folder}", hint=hint)
    if error.errno == errno.EBUSY:
        return UnreadableError(
            f"{name}: cannot be replaced: it is mounted as a single file", hint="mount the folder it lies in instead"
        )
    return UnreadableError(f"{name}: cannot be written: {reason(error)}")
