"""A site's folder: ours or empty, every file whole, nothing stale left behind, nothing else touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import RefusedError, UnreadableError
from ..files import read_bytes
from .page import File

MARKER = ".forecast-ledger-site"
_HEAD = "Files of a site made by forecast-ledger. It replaces and removes these, and no others.\n"
_TEMPORARY = ".forecast-ledger-part"


class Written(NamedTuple):
    """What became of the folder: files that are new or other than before, all files, and stale ones removed."""

    changed: int
    files: int
    removed: int


def write_site(folder: str, made: Iterable[File], *, progress: Callable[[int], None] = lambda _: None) -> Written:
    """Put the files of a site into a folder.

    RefusedError if something lies in it and it is not a site of ours, UnreadableError if it cannot be written.
    `progress` is told how many files are done.
    """
    root = Path(folder)
    try:
        return _written(root, made, progress)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else folder
        reason = (error.strerror or str(error)).lower()
        raise UnreadableError(f"{where}: cannot be written: {reason}", hint="name a folder you may write in") from None


def _written(root: Path, made: Iterable[File], progress: Callable[[int], None]) -> Written:
    before = _claimed(root)
    root.mkdir(parents=True, exist_ok=True)
    now: dict[str, None] = {}
    changed = 0
    checked: set[Path] = {root}
    if not before:
        _put(root / MARKER, _HEAD.encode(), root)
    for number, file in enumerate(made, 1):
        path = root / file.path
        _inside(path.parent, checked)
        if file.path not in now and file.path not in before:
            _note(root, file.path)
        now[file.path] = None
        changed += _put(path, file.text.encode("utf-8", "backslashreplace"), path.parent)
        progress(number)
    removed = _remove(root, [name for name in before if name not in now])
    listed = "".join(f"{name}\n" for name in sorted(now))
    _put(root / MARKER, f"{_HEAD}{listed}".encode(), root)
    return Written(changed, len(now), removed)


def _claimed(root: Path) -> list[str]:
    """The files that the last run put there; RefusedError if the folder is somebody else's."""
    if not root.exists():
        return []
    if not root.is_dir():
        raise RefusedError(f"{root}: is a file", hint="name a folder for the site")
    marker = root / MARKER
    if not marker.is_file():
        if any(root.iterdir()):
            raise RefusedError(
                f"{root}: is not empty and not a site made by ledger; nothing was written",
                hint="name a new or an empty folder",
            )
        return []
    lines = read_bytes(marker).decode("utf-8", "replace").splitlines()[1:]
    return [name for name in lines if _ours(name)]


def _ours(name: str) -> bool:
    """Whether a line of the marker can be a file of a site: below the folder, at most one folder deep."""
    parts = PurePosixPath(name).parts
    return 0 < len(parts) <= 2 and not name.startswith("/") and not any(part.startswith(".") for part in parts)


def _note(root: Path, name: str) -> None:
    """Add a file to the marker before it is written, so that a run that is cut off leaves nothing unclaimed."""
    with (root / MARKER).open("a", encoding="utf-8") as marker:
        marker.write(f"{name}\n")


def _inside(folder: Path, checked: set[Path]) -> None:
    if folder in checked:
        return
    if folder.is_symlink():
        raise RefusedError(f"{folder}: is a link that leads elsewhere; nothing is written through it")
    folder.mkdir(exist_ok=True)
    checked.add(folder)


def _put(path: Path, data: bytes, folder: Path) -> bool:
    """Write a file, whole or not at all; False if it held the same already."""
    try:
        if not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except FileNotFoundError:
        pass
    part = folder / _TEMPORARY
    part.unlink(missing_ok=True)
    with part.open("xb") as file:
        file.write(data)
    part.replace(path)
    return True


def _remove(root: Path, names: Iterable[str]) -> int:
    """Remove stale files, and folders that are empty then."""
    removed = 0
    folders: set[Path] = set()
    for name in names:
        path = root / name
        if path.parent.is_symlink():
            continue
        folders.add(path.parent)
        if path.is_file() or path.is_symlink():
            path.unlink()
            removed += 1
    for folder in folders - {root}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return removed
