"""The files of one commit: what `load` needs of a place that files come from."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...errors import UnreadableError
from ...files.globs import ENTRIES, Expanding, Kind
from .objects import Objects, TreeEntry

_HOPS = 40  # as many symbolic links are followed on the way to one file
_LINK_BYTES = 4096


class _PathEnd(NamedTuple):
    """Where a path leads once its links are resolved; `entry` is None for nothing, and for the top itself."""

    parts: tuple[str, ...]
    entry: TreeEntry | None


class _Outside(Exception):
    """A path, or a link on it, leads out of the tree."""


class CommitTree(Expanding):
    """The files of a commit; `path` turns a name as the user gave it into a path of the tree."""

    def __init__(self, objects: Objects, oid: str, path: Callable[[str], str]) -> None:
        self._objects = objects
        self._path = path
        self.oid = oid

    def __str__(self) -> str:
        return self.oid[:10]

    def read(self, name: str) -> bytes:
        """The bytes of a file; UnreadableError."""
        return self._objects.blob(self.blob(name))

    def blob(self, name: str) -> str:
        """The id of a file's content; UnreadableError where it is no regular file of this commit."""
        try:
            entry = self._find(self._path(name)).entry
        except _Outside:
            raise UnreadableError(f"{name}: a link leads out of the commit {self}") from None
        if entry is None:
            raise UnreadableError(f"{name}: no such file in the commit {self}")
        if not entry.is_file:
            what = "is a folder" if entry.is_folder else "not a regular file"
            raise UnreadableError(f"{name}: {what} in the commit {self}")
        return entry.oid

    def has_file(self, name: str) -> bool:
        """Whether there is a regular file of that name, links followed inside the tree."""
        try:
            entry = self._find(self._path(name)).entry
        except _Outside:
            return False
        return entry is not None and entry.is_file

    def obstacle(self, name: str) -> str | None:
        """What stands at a name, or on the way to it, that cannot be followed in this commit; None if nothing does."""
        try:
            found = self._find(self._path(name))
        except _Outside:
            return f"{name} is a link that leads out of the commit {self}"
        if found.entry is not None:
            return None if found.entry.is_file else f"{name} is no regular file in the commit {self}"
        for depth in range(1, len(found.parts)):
            entry = self._find("/".join(found.parts[:depth])).entry
            if entry is not None and not entry.is_folder:
                return f"{name} lies in another repository in the commit {self}" if not entry.is_file else None
        return None

    def files(self, endings: tuple[str, ...]) -> Iterator[str]:
        """The paths, from the top, of the regular files whose names end so; as many as any expansion may look at."""
        budget = ENTRIES
        waiting = [""]
        while waiting and budget > 0:
            folder = waiting.pop()
            top = self._find(folder).entry
            for name, entry in sorted(self._objects.tree(top.oid if top else self.oid).items()):
                budget -= 1
                path = f"{folder}{name}"
                if entry.is_folder:
                    waiting.append(path + "/")
                elif entry.is_file and name.endswith(endings):
                    yield path

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""
        try:
            return "/".join(self._find(self._path(name)).parts)
        except _Outside:
            return name

    def within(self, name: str, folder: str) -> bool:
        """Whether a file lies in a folder after links are resolved."""
        try:
            inner, outer = self._find(self._path(name)).parts, self._find(self._path(folder)).parts
        except _Outside:
            return False
        return inner[: len(outer)] == outer

    def home(self, name: str) -> str:
        """The folder in which a ledger's includes lie: where the ledger is a link, that of the file it leads to."""
        folder = posixpath.dirname(name)
        if self.kind(name, follow=False) != "link":
            return folder
        try:
            found, here = self._find(self._path(name)).parts[:-1], self._path(folder or ".")
        except _Outside:
            return folder
        shorter = posixpath.relpath("/" + "/".join(found), posixpath.normpath("/" + here))
        return posixpath.normpath(posixpath.join(folder, shorter))

    def entries(self, folder: str) -> Iterator[tuple[str, Kind]]:
        """The names in a folder, and what they are."""
        try:
            parts, entry = self._find(self._path(folder or "."))
        except _Outside:
            return
        if not parts or (entry is not None and entry.is_folder):
            for name, found in self._objects.tree(entry.oid if entry else self.oid).items():
                yield name, _kind(found)

    def kind(self, path: str, *, follow: bool) -> Kind | None:
        """What a path is; None where there is nothing."""
        try:
            parts, entry = self._find(self._path(path), last=follow)
        except _Outside:
            return "other"  # `within` is what refuses it, with a better reason than its absence
        if not parts:
            return "folder"
        return None if entry is None else _kind(entry)

    def _find(self, path: str, *, last: bool = True) -> _PathEnd:
        """Follow a path from the top, links included, at its end only if `last`.

        _Outside where it leaves the tree or goes in a circle.
        """
        waiting = path.split("/")[::-1]
        trail: list[tuple[str, TreeEntry]] = []
        hops = 0
        while waiting:
            part = waiting.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if not trail:
                    raise _Outside
                trail.pop()
                continue
            entry = self._child(trail, part)
            if entry is None:
                left = (part for part in reversed(waiting) if part)
                return _PathEnd((*(name for name, _ in trail), part, *left), None)
            if not entry.is_link or not (last or any(part not in ("", ".") for part in waiting)):
                trail.append((part, entry))
                continue
            hops += 1
            target = self._objects.blob(entry.oid).decode("utf-8", "surrogateescape")
            if hops > _HOPS or len(target) > _LINK_BYTES or target.startswith("/"):
                raise _Outside
            waiting += target.split("/")[::-1]
        return _PathEnd(tuple(name for name, _ in trail), trail[-1][1] if trail else None)

    def _child(self, trail: list[tuple[str, TreeEntry]], name: str) -> TreeEntry | None:
        if trail and not trail[-1][1].is_folder:
            return None
        return self._objects.tree(trail[-1][1].oid if trail else self.oid).get(name)


def _kind(entry: TreeEntry) -> Kind:
    if entry.is_link:
        return "link"
    if entry.is_folder:
        return "folder"
    return "file" if entry.is_file else "other"
