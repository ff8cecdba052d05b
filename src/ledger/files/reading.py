"""Reading files: bounded, regular ones only, never outside the folder that was given."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator
from typing import IO, BinaryIO

from ..errors import OverBoundsError, UnreadableError
from . import bounds, platform, questions
from .globs import Expanding, Kind

_BLOCK = 1 << 20


def read_bytes(path: str | os.PathLike[str], *, most: int | None = None) -> bytes:
    """The content of a regular file; UnreadableError says why it cannot be had, OverBoundsError that it is too large.

    Without `most` the bound is that of a ledger.
    """
    name = os.fspath(path)
    handle = _opened(name)
    try:
        size = _regular(name, handle)
        if most is None:
            bounds.check_bytes(size, name)
        elif size > most:
            raise OverBoundsError(f"{name}: {size:,} bytes, more than the {most:,} that are read")
        with os.fdopen(os.dup(handle), "rb") as file:
            data = file.read(size + 1)  # asking for all that is allowed would take the memory of it first
            return data if len(data) <= size else data + up_to(file, bounds.bytes_in_all() if most is None else most)
    except OSError as error:
        raise UnreadableError(f"{name}: {questions.reason(error)}") from None
    finally:
        os.close(handle)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a regular file of any size for reading in pieces; UnreadableError says why it cannot be had."""
    name = os.fspath(path)
    handle = _opened(name)
    try:
        _regular(name, handle)
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_stream(stream: BinaryIO, name: str = "<stdin>") -> bytes:
    """What a stream holds, up to the bound of a ledger; OverBoundsError, UnreadableError where it cannot be read."""
    try:
        data = up_to(stream, bounds.bytes_in_all())
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{name}: cannot be read: {error}") from None
    bounds.check_bytes(len(data), name)
    return data


def up_to(stream: IO[bytes], most: int) -> bytes:
    """What a stream holds, read in blocks; of more than `most` bytes one byte more than that, or a block."""
    blocks = []
    left = most + 1
    while left > 0 and (block := stream.read(min(left, _BLOCK))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)


def _opened(name: str) -> int:
    try:
        return os.open(name, platform.READING)
    except OSError as error:
        if questions.is_folder(name):  # which not every system opens
            raise _folder(name) from None
        raise UnreadableError(f"{name}: {questions.reason(error)}", hint=_HINTS.get(type(error))) from None
    except ValueError:
        raise UnreadableError(f"{name!r}: no file can have such a name") from None


def _regular(name: str, handle: int) -> int:
    """The size of a regular file; UnreadableError where it is something else."""
    info = os.fstat(handle)
    if stat.S_ISDIR(info.st_mode):
        raise _folder(name)
    if not stat.S_ISREG(info.st_mode):
        raise UnreadableError(f"{name}: not a regular file", hint="to read from a pipe, use -")
    return info.st_size


def _folder(name: str) -> UnreadableError:
    return UnreadableError(f"{name}: is a folder", hint="name the file in it, such as claims.yaml")


_HINTS = {
    FileNotFoundError: "check the path, or make a ledger with ledger init",
    PermissionError: "check who may read it",
}


class Disk(Expanding):
    """The files of a ledger on disk; names are paths as the user gave them."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; UnreadableError."""
        return read_bytes(name)

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""
        return questions.real(name)

    def within(self, name: str, folder: str) -> bool:
        """Whether a file lies in a folder after links are resolved."""
        root, path = questions.real(folder or "."), questions.real(name)
        try:
            return os.path.commonpath([root, path]) == root
        except ValueError:  # on two drives
            return False

    def home(self, name: str) -> str:
        """The folder in which a ledger's includes lie: where the ledger is a link, that of the file it leads to."""
        folder = os.path.dirname(name)  # noqa: PTH120
        if not questions.is_link(name):
            return folder
        found, here = os.path.dirname(questions.real(name)), questions.real(folder or ".")  # noqa: PTH120
        if here != questions.absolute(folder or "."):  # a link on the way: ".." would lead elsewhere
            return found
        try:
            shorter = posixpath.join(folder, os.path.relpath(found, here).replace(os.sep, "/"))
        except (OSError, ValueError):  # the current folder is gone, or on another drive
            return found
        return "" if posixpath.normpath(shorter) == "." else posixpath.normpath(shorter)

    def entries(self, folder: str) -> Iterator[tuple[str, Kind]]:
        """The names in a folder, and what they are."""
        try:
            with os.scandir(folder or ".") as found:
                for entry in found:
                    yield entry.name, _kind(entry)
        except OSError:
            return

    def kind(self, path: str, *, follow: bool) -> Kind | None:
        """What a path is; None where there is nothing."""
        info = questions.look(path, follow=follow)
        return None if info is None else _kind_of_mode(info.st_mode)


def _kind(entry: os.DirEntry[str]) -> Kind:
    try:
        if entry.is_symlink():
            return "link"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=False) else "other"
    except OSError:
        return "other"


def _kind_of_mode(mode: int) -> Kind:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "other"
