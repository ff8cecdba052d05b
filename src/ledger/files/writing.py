"""The one writer of files that are not ledgers: made new, whole or not at all, and never in the place of another's.

Exports, reports, charts, sites, workflows, first ledgers, summaries and the cache are written here. What stands in
the way is left alone unless it is empty or `own` recognises it by its content as made by this program: a list of
names that lies beside it may have come with a checkout. Nothing is written through a link of a work tree.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ..errors import LedgerError, RefusedError, UnreadableError
from . import platform
from .questions import exists, is_folder, is_link, look, unwritable
from .reading import read_bytes
from .taken import NO_LEDGER, Taken
from .targets import target, target_file, through

Own: TypeAlias = Callable[[bytes], bool]
"""Whether a file is one that this program made; it is given the first and the last `ENDS` bytes of it."""

Data: TypeAlias = bytes | Iterable[bytes]
"""The content of a file: whole, or in parts that are made while it is written."""

ENDS = 64 * 1024
_ASIDE = ".forecast-ledger-{}.tmp"
_is_aside = re.compile(r"\.forecast-ledger-[0-9a-f]{16}\.tmp").fullmatch


def nobody(content: bytes) -> bool:
    """The `own` of files that are never replaced."""
    return False


def create(name: str | os.PathLike[str], data: bytes) -> None:
    """Write a new file and the folders above it; RefusedError if it exists, UnreadableError if it cannot be."""
    shown = os.fspath(name)
    path = target_file(shown)
    if exists(path):
        raise RefusedError(f"{shown} is there already", hint="name another path")
    made: list[Path] = []
    try:
        made = _made_folders(path.parent)
        _place(path, data, None)
    except FileExistsError:
        raise RefusedError(f"{shown} is there already", hint="name another path") from None
    except OSError as error:
        _remove_empty(made)
        raise unwritable(shown, path.parent, error) from None


def put(name: str, data: Data, *, own: Own, ledger: Taken = NO_LEDGER) -> int:
    """Write a file that the user named, new or in the place of one that `own` recognises; how many bytes it has.

    UsageError if it is one of the ledger's files or would be, RefusedError if it is somebody else's, UnreadableError
    if it cannot be written.
    """
    path, before = allowed(name, own=own, ledger=ledger)
    try:
        return _place(path, data, before)
    except FileExistsError:
        raise _foreign(name) from None
    except OSError as error:
        raise unwritable(name, path.parent, error) from None


def allowed(name: str, *, own: Own, ledger: Taken = NO_LEDGER) -> tuple[Path, os.stat_result | None]:
    """Where a file would be written, and what is there now; the errors are those of `put`."""
    path = target_file(name)
    ledger.refuse(name, path)
    info = look(path, follow=False)
    if info is not None:
        _judge(name, path, info, own)
    elif not is_folder(path.parent):
        raise UnreadableError(
            f"{name}: cannot be written: there is no folder {Path(name).parent}", hint="make it first"
        )
    return path, info


def discard(name: str, *, own: Own, ledger: Taken = NO_LEDGER) -> None:
    """Remove an earlier file of ours, so that nobody takes it for today's; the errors are those of `put`."""
    path, info = allowed(name, own=own, ledger=ledger)
    if info is not None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(name, path.parent, error) from None


def extend(name: str, data: bytes, *, ledger: Taken = NO_LEDGER) -> None:
    """Add to the end of a file that another program keeps, by putting a longer one in its place; UnreadableError.

    UsageError if it is one of the ledger's files.
    """
    path = target(name)
    ledger.refuse(name, path)
    before = look(path, follow=False)
    try:
        _place(path, (read_bytes(path) if before is not None else b"") + data, before)
    except OSError as error:
        raise unwritable(name, path.parent, error) from None


def build(path: Path, make: Callable[[Path], object]) -> None:
    """Let `make` fill a new file aside, then give it its name, whatever has it now; for folders of our own alone."""
    aside = path.with_name(f"{path.name}{_ASIDE.format(os.urandom(8).hex())}")
    try:
        os.close(os.open(aside, platform.MAKING, 0o600))
        make(aside)
        aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


class Growing:
    """A file of any size that grows aside, and takes its name, new or an earlier one's of ours, only when placed.

    The name aside is always the same: what a run that was killed left behind, the next one removes. It is locked
    meanwhile, so that a run that is still going on is not taken for one that was killed.
    """

    def __init__(self, name: str, *, own: Own, ledger: Taken = NO_LEDGER) -> None:
        self._name = name
        self._made: list[Path] = []
        try:
            self._made = _made_folders(target(name).parent)
            self.path, self._before = allowed(name, own=own, ledger=ledger)
            self._aside = self.path.with_name(f".forecast-ledger-{self.path.name}.part")
            _remove_left(self._name, self._aside)
            self.file: BinaryIO = os.fdopen(os.open(self._aside, platform.MAKING, 0o666), "wb")
            platform.lock(self.file.fileno())
        except (OSError, LedgerError) as error:
            _remove_empty(self._made)
            raise unwritable(name, target(name).parent, error) if isinstance(error, OSError) else error from None

    def place(self) -> None:
        """Give the file its name; UnreadableError if it cannot be had, and then it is as it was."""
        try:
            self.file.flush()
            os.fsync(self.file.fileno())
            if self._before is not None:
                self._aside.chmod(stat.S_IMODE(self._before.st_mode))
                _name_again(self._aside, self.path, self._before)
            elif exists(self.path):
                raise FileExistsError(self.path)
            else:
                self._aside.rename(self.path)
        except FileExistsError:
            raise RefusedError(f"{self._name}: changed meanwhile; nothing was written", hint="try again") from None
        except OSError as error:
            raise unwritable(self._name, self.path.parent, error) from None

    def close(self) -> None:
        """Remove what was not placed, with the folders that were made for it."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._aside.unlink(missing_ok=True)
        _remove_empty(self._made)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _made_folders(folder: Path) -> list[Path]:
    """The folders that had to be made above a file, the innermost first."""
    missing = [step for step in (folder, *folder.parents) if not exists(step)]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
    return missing


def _remove_left(name: str, aside: Path) -> None:
    """Remove what a killed run left behind; RefusedError if it is still being written."""
    info = look(aside, follow=False)
    if info is None:
        return
    if stat.S_ISREG(info.st_mode) and not is_link(aside):
        handle = os.open(aside, platform.READING)
        try:
            if not platform.lock(handle):
                raise RefusedError(f"{name}: is being written by another run", hint="wait until it has ended")
        finally:
            os.close(handle)
    aside.unlink()


class Folder:
    """A folder of files that belong together, such as a site; each is put and removed under the rule of `put`."""

    def __init__(self, name: str, *, own: Callable[[str], Own]) -> None:
        self.name = name
        self.path = target(name)
        self._own = own
        self._checked: set[Path] = set()
        self._links: dict[str, bool] = {}

    def make(self) -> None:
        """Make the folder, and those above it, if need be; OSError, RefusedError."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._checked.add(self.path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder and hold it against other runs; RefusedError while one writes. OSError, RefusedError."""
        self.make()
        handle = None
        with suppress(PermissionError):  # Windows opens no folders
            handle = os.open(self.path, platform.FOLDER)
        try:
            if handle is not None and not platform.lock(handle):
                hint = "wait until it has ended"
                raise RefusedError(f"{self.name}: is being written by another run", hint=hint)
            yield
        finally:
            if handle is not None:
                os.close(handle)

    def sweep(self, names: Iterable[str]) -> None:
        """Remove what a run that was killed left half written beside files of these names."""
        for folder in [self.path, *map(self.path.joinpath, {name.rpartition("/")[0] for name in names} - {""})]:
            with suppress(OSError), os.scandir(folder) as entries:
                left = [
                    entry.path for entry in entries if _is_aside(entry.name) and entry.is_file(follow_symlinks=False)
                ]
                for path in [] if is_link(folder) else left:
                    os.unlink(path)  # noqa: PTH108

    def put(self, relative: str, data: bytes) -> bool:
        """Write a file below the folder; False if it holds the same already. OSError, RefusedError."""
        path = self.path / relative
        self._enter(path.parent)
        before = look(path, follow=False)
        if before is not None:
            if stat.S_ISREG(before.st_mode) and before.st_size == len(data) and path.read_bytes() == data:
                return False
            _judge(f"{self.name}/{relative}", path, before, self._own(relative))
        _place(path, data, before, durable=False)
        return True

    def holding(self, relative: str, digest: str) -> bytes | None:
        """What is in a file below the folder, if it is the one with this SHA-256."""
        if self.regular(relative) is None:
            return None
        with open(f"{self.path}/{relative}", "rb", buffering=0) as file:  # noqa: PTH123 - thirty thousand times
            data = file.readall()
        return data if sha256(data).hexdigest() == digest else None

    def regular(self, relative: str) -> os.stat_result | None:
        """What the system knows of a regular file below the folder that is reached by no link."""
        info = look(f"{self.path}/{relative}", follow=False)
        found = info is not None and stat.S_ISREG(info.st_mode) and not self._is_linked(relative.rpartition("/")[0])
        return info if found else None

    def _is_linked(self, inner: str) -> bool:
        """Whether a folder below is a link; looked at once."""
        if inner not in self._links:
            self._links[inner] = is_link(self.path / inner)
        return self._links[inner]

    def remove(self, relative: str) -> bool:
        """Remove a file below the folder if it is ours, and its folder if that is empty then."""
        path = self.path / relative
        info = look(path, follow=False)
        if info is None or is_link(path.parent) or not stat.S_ISREG(info.st_mode):
            return False
        if not self._own(relative)(_content(path)):
            return False
        path.unlink()
        if path.parent != self.path:
            with suppress(OSError):
                path.parent.rmdir()
        return True

    def _enter(self, folder: Path) -> None:
        if folder in self._checked:
            return
        if is_link(folder):
            raise through(str(folder), folder)
        folder.mkdir(exist_ok=True)
        self._checked.add(folder)


# --- whether --------------------------------------------------------------------------------------------------------


def _judge(name: str, path: Path, info: os.stat_result, own: Own) -> None:
    """Refuse what is no regular file, and what has content that is not ours."""
    if stat.S_ISDIR(info.st_mode):
        raise UnreadableError(f"{name}: is a folder", hint="name a file in it")
    if not stat.S_ISREG(info.st_mode):
        raise UnreadableError(f"{name}: is not a regular file", hint="for a pipe or a device, use standard output")
    if not os.access(path, os.W_OK):
        raise UnreadableError(f"{name}: is write-protected", hint="allow writing with chmod u+w, or name another file")
    if info.st_size and not own(_content(path)):
        raise _foreign(name)


def _foreign(name: str) -> RefusedError:
    hint = "name another file, or remove this one first"
    return RefusedError(f"{name}: is there already, and ledger did not make it; nothing was written", hint=hint)


def _content(path: Path) -> bytes:
    """The beginning and the end of a file; nothing of one that cannot be read."""
    try:
        with os.fdopen(os.open(path, platform.READING), "rb") as file:
            first = file.read(ENDS)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(len(first), size - ENDS))
            return first + file.read(ENDS)
    except OSError:
        return b""


# --- the write itself ----------------------------------------------------------------------------------------------


def _place(path: Path, data: Data, before: os.stat_result | None, *, durable: bool = True) -> int:
    """Write a new file aside and give it its name; OSError, FileExistsError if somebody was quicker."""
    aside = path.with_name(_ASIDE.format(os.urandom(8).hex()))
    with platform.ending_cleanly():
        try:
            handle = os.open(aside, platform.MAKING, 0o666 if before is None else 0o600)
            with os.fdopen(handle, "wb") as file:
                file.writelines((data,) if isinstance(data, bytes) else data)
                file.flush()
                size = file.tell()
                if durable:
                    os.fsync(handle)
            if before is None:
                _name_new(aside, path)
            else:
                aside.chmod(stat.S_IMODE(before.st_mode))
                _name_again(aside, path, before)
            return size
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def _name_new(aside: Path, path: Path) -> None:
    """Give a file a name that nothing has yet."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):  # no hard links here: then it is made in its place
        handle = os.open(path, platform.MAKING, 0o666)
        try:
            with os.fdopen(handle, "wb") as file, aside.open("rb") as made:
                file.writelines(iter(lambda: made.read(ENDS), b""))
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _name_again(aside: Path, path: Path, before: os.stat_result) -> None:
    """Put a file in the place of the one that was looked at, if that is still the same."""
    now = look(path, follow=False)
    if now is None or (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
        raise FileExistsError(path)
    aside.replace(path)
