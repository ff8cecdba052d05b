"""Reading files: bounded, regular ones only, never outside the folder that was given."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ..errors import UnreadableError

FILE_BYTES = 128 * 1024 * 1024
ENTRIES = 20_000


def read_bytes(path: str | os.PathLike[str], *, most: int = FILE_BYTES) -> bytes:
    """The content of a regular file; UnreadableError says why it cannot be had."""
    name = os.fspath(path)
    try:
        # Without O_NONBLOCK the open of a FIFO waits for somebody to write into it.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableError(f"{name}: {_reason(error)}", hint=_HINTS.get(type(error))) from None
    try:
        _refuse(name, os.fstat(handle), most)
        with os.fdopen(os.dup(handle), "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise UnreadableError(f"{name}: {_reason(error)}") from None
    finally:
        os.close(handle)


def _refuse(name: str, info: os.stat_result, most: int) -> None:
    """Refuse what is no regular file, or too large, before a byte is read."""
    if stat.S_ISDIR(info.st_mode):
        raise UnreadableError(f"{name}: is a folder", hint="name the file in it, such as claims.yaml")
    if not stat.S_ISREG(info.st_mode):
        raise UnreadableError(f"{name}: not a regular file", hint="to read from a pipe, use -f -")
    if info.st_size > most:
        raise UnreadableError(
            f"{name}: {info.st_size:,} bytes, more than the {most:,} that are read", hint="split it with include"
        )


_HINTS = {
    FileNotFoundError: "check the path, or make a ledger with ledger init",
    PermissionError: "check who may read it",
}


def _reason(error: OSError) -> str:
    words = (error.strerror or str(error)).lower()
    return "no such file" if isinstance(error, FileNotFoundError) else words


class Disk:
    """The files of a ledger on disk; names are paths as the user gave them."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; UnreadableError."""
        return read_bytes(name)

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""
        return os.path.realpath(name)

    def within(self, name: str, folder: str) -> bool:
        """Whether a file lies in a folder after links are resolved."""
        root = os.path.realpath(folder or ".")
        return os.path.commonpath([root, os.path.realpath(name)]) == root

    def expand(self, folder: str, pattern: str) -> list[str]:
        """The files below `folder` that match a relative pattern with `*`, `?` and `**`, in order of name."""
        return sorted(islice(_expand(folder, pattern.split("/")), ENTRIES))


def _expand(folder: str, parts: list[str]) -> Iterator[str]:
    head, rest = parts[0], parts[1:]
    if head == "**":
        yield from _expand(folder, rest or ["*"])
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                yield from _expand(entry.path, parts)
        return
    if not any(sign in head for sign in "*?["):
        path = str(Path(folder) / head)
        if rest:
            yield from _expand(path, rest)
        elif os.path.exists(path):  # noqa: PTH110 - answers for names that are too long, too
            yield path
        return
    for entry in _entries(folder):
        if entry.name.startswith(".") or not fnmatchcase(entry.name, head):
            continue
        if rest and entry.is_dir(follow_symlinks=False):
            yield from _expand(entry.path, rest)
        elif not rest and entry.is_file(follow_symlinks=False):
            yield entry.path


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder or ".") as found:
            entries = []
            for entry in found:
                entries.append(entry)
                if len(entries) > ENTRIES:
                    break
    except OSError:
        return []
    return sorted(entries, key=lambda entry: entry.name)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a regular file of any size for reading in pieces; UnreadableError says why it cannot be had."""
    name = os.fspath(path)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableError(f"{name}: {_reason(error)}", hint=_HINTS.get(type(error))) from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadableError(f"{name}: not a regular file", hint="to read from a pipe, give -")
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")
