"""A site's folder: ours or empty, every file whole, nothing stale left behind, nothing else touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..cache import Damaged, Store
from ..errors import RefusedError, UnreadableError
from ..files import questions, read_bytes
from ..files.writing import Folder
from ..render import own
from .page import Earlier, File, PlannedFile

MARKER = ".forecast-ledger-site"
_SUMS = 1  # the form of the checksums in the cache
_HEAD = "Files of a site made by forecast-ledger. It replaces and removes these, and no others.\n"
_FIRST = "index.html"


class SiteFiles(NamedTuple):
    """What became of the folder: files that are new or other than before, all files, and stale ones removed."""

    changed: int
    files: int
    removed: int


class KeptFile(NamedTuple):
    """A file as the marker remembers it: the checksum of its content, and the key of what it was made of."""

    sha256: str = ""
    key: str = ""


_NEW = KeptFile()


def write_site(
    folder: str,
    planned: Sequence[PlannedFile],
    *,
    progress: Callable[[int], None] = lambda _: None,
    cache: Store | None = None,
) -> SiteFiles:
    """Put the files of a site into a folder; those whose key is that of the last run stay, if they are as it left them.

    RefusedError if something lies in it and it is not a site of ours, UnreadableError if it cannot be written.
    `progress` is told how many files are done. The `cache` knows by their stat files that were read before.
    """
    try:
        whole = Folder(folder, own=_own)
        return _written(whole, _Sums(whole, cache), planned, progress)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else folder
        hint = "name a folder you may write in"
        raise UnreadableError(f"{where}: cannot be written: {questions.reason(error)}", hint=hint) from None


class _Sums:
    """The checksums of files by their stat, as an earlier run has read them."""

    def __init__(self, folder: Folder, cache: Store | None) -> None:
        self._folder, self._cache = folder, cache
        self._key = f"site {_SUMS} {folder.path}".replace("\n", "\\n")
        self._known: dict[str, list[object]] = {} if cache is None else _sums(cache, self._key)
        self._asked: set[str] = set()
        self._learned = False

    def hold(self, name: str, digest: str) -> bool:
        """Whether a file is the one with this SHA-256; it is read where its stat is not known."""
        self._asked.add(name)
        info = self._folder.regular(name)
        key = questions.stat_key(info) if self._cache is not None else None
        if key is not None and self._known.get(name) == [digest, *key]:
            return True
        if info is None or self._folder.holding(name, digest) is None:
            return False
        if key is not None and questions.stat_key(self._folder.regular(name)) == key:
            self._known[name], self._learned = [digest, *key], True
        return True

    def learn(self, now: Mapping[str, KeptFile]) -> None:
        """Keep what is known of the files there are now; those written just now are left to the next run."""
        if self._cache is None:
            return
        for name, kept in now.items():
            if name not in self._asked and questions.stat_key(self._folder.regular(name)) is not None:
                self.hold(name, kept.sha256)
        if self._learned:
            told = {name: self._known[name] for name in now if name in self._known}
            self._cache.write(self._key, [("sums", json.dumps(told).encode())])


def _sums(cache: Store, key: str) -> dict[str, list[object]]:
    shelf = cache.open(key)
    try:
        found = {} if shelf is None else json.loads(shelf.take("sums"))
    except (Damaged, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _own(relative: str) -> Callable[[bytes], bool]:
    return own.page(relative) if relative != MARKER else lambda content: content.startswith(_HEAD.encode())


def _written(folder: Folder, sums: _Sums, planned: Sequence[PlannedFile], progress: Callable[[int], None]) -> SiteFiles:
    if questions.exists(folder.path) and not questions.is_folder(folder.path):
        raise RefusedError(f"{folder.name}: is a file", hint="name a folder for the site")
    with folder.alone():
        before = _claimed(folder.path, folder.name)
        folder.sweep([*before, *(file.path for file in planned)])
        return _replaced(folder, sums, before, planned, progress)


def _replaced(
    folder: Folder,
    sums: _Sums,
    before: Mapping[str, KeptFile],
    planned: Sequence[PlannedFile],
    progress: Callable[[int], None],
) -> SiteFiles:
    # What a run that is cut off leaves behind is known to the next: names at once, checksums when all is done. Until
    # then the checksums are those of the last run, so that a page which this one has replaced is seen to be another.
    _mark(folder, {**{file.path: KeptFile() for file in planned}, **before})
    same = {file.path for file in planned if file.key and before.get(file.path, _NEW).key == file.key}
    now: dict[str, KeptFile] = {}
    changed = 0
    for number, file in enumerate(planned, 1):
        kept = before.get(file.path)
        if kept is not None and file.key and kept.key == file.key and sums.hold(file.path, kept.sha256):
            now[file.path] = kept
        else:
            data = _made(folder, file, kept, same).text.encode("utf-8", "backslashreplace")
            try:
                changed += folder.put(file.path, data)
            except RefusedError:
                if not file.yields:
                    raise
                continue
            now[file.path] = KeptFile(sha256(data).hexdigest(), file.key)
        progress(number)
    removed = sum(folder.remove(name) for name in before if name not in now)
    _mark(folder, now)
    sums.learn(now)
    return SiteFiles(changed, len(now), removed)


def _made(folder: Folder, file: PlannedFile, kept: KeptFile | None, same: Collection[str]) -> File:
    """A file made anew, out of what the last run left of it where that is of use."""
    left = folder.holding(file.path, kept.sha256) if kept is not None and file.again is not None and same else None
    return file.make() if left is None or file.again is None else file.again(Earlier(left.decode(), same.__contains__))


def _mark(folder: Folder, files: Mapping[str, KeptFile]) -> None:
    told = "".join(f"{name}\t{kept.sha256}\t{kept.key}\n" for name, kept in sorted(files.items()))
    folder.put(MARKER, f"{_HEAD}{told}".encode())


def listed(root: Path) -> dict[str, KeptFile]:
    """The files that the marker of a site names; none where it is no marker of ours."""
    marker = root / MARKER
    if questions.is_link(marker) or not questions.is_file(marker):
        return {}
    text = read_bytes(marker).decode("utf-8", "replace")
    if not text.startswith(_HEAD):
        return {}
    lines = [line.split("\t") for line in text.removeprefix(_HEAD).splitlines()]
    return {name: KeptFile(*rest) if len(rest) == 2 else KeptFile() for name, *rest in lines if _may_be(name)}


def _claimed(root: Path, shown: str) -> dict[str, KeptFile]:
    """The files that the last run put there; RefusedError if the folder is somebody else's.

    The marker alone proves nothing, since it may have come with a checkout: the front page must be ours as well, and
    where a first run was cut off before it was written, all that lies there.
    """
    if not any(entry.name != MARKER for entry in root.iterdir()) and not questions.is_link(root / MARKER):
        return {}
    named = listed(root)
    whole = questions.exists(root / _FIRST) or questions.is_link(root / _FIRST)
    if not named or not all(_is_ours(root, name) for name in ([_FIRST] if whole else _below(root))):
        raise RefusedError(
            f"{shown}: is not empty and not a site made by ledger; nothing was written",
            hint="name a new or an empty folder",
        )
    return named


def _below(root: Path) -> Iterator[str]:
    """All files in a folder, and in the folders in it, but for the marker and what begins with a dot."""
    for entry in root.iterdir():
        inner = entry.iterdir() if questions.is_folder(entry) and not questions.is_link(entry) else [entry]
        yield from (path.relative_to(root).as_posix() for path in inner if not path.name.startswith("."))


def _is_ours(root: Path, name: str) -> bool:
    path = root / name
    return not questions.is_link(path) and questions.is_file(path) and own.page(name)(_head(path))


def _head(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except UnreadableError:
        return b""


def _may_be(name: str) -> bool:
    """Whether a line of the marker can be a file of a site: below the folder, at most one folder deep."""
    folder, slash, file = name.rpartition("/")
    return not (
        name.startswith((".", "/")) or file.startswith(".") or not file or "/" in folder or (slash and not folder)
    )
