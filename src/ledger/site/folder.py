"""A site's folder: ours or empty, every file whole, nothing stale left behind, nothing else touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import RefusedError, UnreadableError
from ..files import questions, read_bytes
from ..files.writing import Folder
from ..render import own
from .page import File

MARKER = ".forecast-ledger-site"
_HEAD = "Files of a site made by forecast-ledger. It replaces and removes these, and no others.\n"
_FIRST = "index.html"


class SiteFiles(NamedTuple):
    """What became of the folder: files that are new or other than before, all files, and stale ones removed."""

    changed: int
    files: int
    removed: int


def write_site(folder: str, made: Iterable[File], *, progress: Callable[[int], None] = lambda _: None) -> SiteFiles:
    """Put the files of a site into a folder.

    RefusedError if something lies in it and it is not a site of ours, UnreadableError if it cannot be written.
    `progress` is told how many files are done.
    """
    try:
        return _written(Folder(folder, own=_own), made, progress)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else folder
        hint = "name a folder you may write in"
        raise UnreadableError(f"{where}: cannot be written: {questions.reason(error)}", hint=hint) from None


def _own(relative: str) -> Callable[[bytes], bool]:
    return own.page(relative) if relative != MARKER else lambda content: content.startswith(_HEAD.encode())


def _written(folder: Folder, made: Iterable[File], progress: Callable[[int], None]) -> SiteFiles:
    before = _claimed(folder.path, folder.name)
    folder.make()
    now: dict[str, None] = {}
    changed = 0
    files = iter(made)
    try:
        for number, file in enumerate(files, 1):
            if not now:
                _mark(folder, [*before, file.path])  # what a run that is cut off leaves behind is known to the next
            now[file.path] = None
            changed += folder.put(file.path, file.text.encode("utf-8", "backslashreplace"))
            progress(number)
    finally:
        _mark(folder, [*before, *now])
    removed = sum(folder.remove(name) for name in before if name not in now)
    _mark(folder, now)
    return SiteFiles(changed, len(now), removed)


def _mark(folder: Folder, names: Iterable[str]) -> None:
    listed = "".join(f"{name}\n" for name in sorted(set(names)))
    folder.put(MARKER, f"{_HEAD}{listed}".encode())


def listed(root: Path) -> list[str]:
    """The files that the marker of a site names; none where it is no marker of ours."""
    marker = root / MARKER
    if questions.is_link(marker) or not questions.is_file(marker):
        return []
    text = read_bytes(marker).decode("utf-8", "replace")
    return [name for name in text.removeprefix(_HEAD).splitlines() if _may_be(name)] if text.startswith(_HEAD) else []


def _claimed(root: Path, shown: str) -> list[str]:
    """The files that the last run put there; RefusedError if the folder is somebody else's.

    The marker alone proves nothing, since it may have come with a checkout: the front page must be ours as well.
    """
    if not questions.exists(root):
        return []
    if not questions.is_folder(root):
        raise RefusedError(f"{shown}: is a file", hint="name a folder for the site")
    if not any(entry.name != MARKER for entry in root.iterdir()) and not questions.is_link(root / MARKER):
        return []
    front = root / _FIRST
    named = listed(root)
    if not named or questions.is_link(front) or not questions.is_file(front) or not own.page(_FIRST)(_head(front)):
        raise RefusedError(
            f"{shown}: is not empty and not a site made by ledger; nothing was written",
            hint="name a new or an empty folder",
        )
    return named


def _head(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except UnreadableError:
        return b""


def _may_be(name: str) -> bool:
    """Whether a line of the marker can be a file of a site: below the folder, at most one folder deep."""
    parts = PurePosixPath(name).parts
    return 0 < len(parts) <= 2 and not name.startswith("/") and not any(part.startswith(".") for part in parts)
