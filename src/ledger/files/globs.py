"""Which files a pattern means: one expander over a tree, which the disk and a commit implement alike.

`*`, `?` and `[...]` match within one name, `**` any number of folders. Patterns neither follow links nor enter or
match what is hidden; a file that is named without any of these signs may be a link.
"""

import posixpath
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple, Protocol, TypeAlias

ENTRIES = 20_000  # names that are looked at for one pattern
_DEPTH = 64  # so deep does `**` look
_SIGNS = frozenset("*?[")

Kind: TypeAlias = Literal["file", "folder", "link", "other"]


class Tree(Protocol):
    """Where files lie: the disk, or a commit."""

    def entries(self, folder: str) -> Iterable[tuple[str, Kind]]:
        """The names in a folder and what they are, in any order; none where it is no folder."""

    def kind(self, path: str, *, follow: bool) -> Kind | None:
        """What a path is, with or without following a link at its end; None where there is nothing."""


class Matches(NamedTuple):
    """The files that a pattern means, in order of name.

    `links` would match if they were followed; `cut` says that there was more to look through than is looked at.
    """

    files: list[str]
    links: list[str]
    cut: bool


class Expanding:
    """Gives a tree the way to ask for the files of a pattern."""

    def matches(self: Tree, folder: str, pattern: str) -> Matches:
        """The files below `folder` that match a relative pattern, and what was left out."""
        return matches(self, folder, pattern)


def matches(tree: Tree, folder: str, pattern: str) -> Matches:
    """The files below `folder` that match a relative pattern."""
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    if all(_SIGNS.isdisjoint(part) for part in parts):
        path = posixpath.join(folder, *parts) or "."
        return Matches([path] if tree.kind(path, follow=True) is not None else [], [], False)
    search = _Search(tree)
    files = sorted(set(search.below(folder, parts, 0)))
    return Matches(files, sorted(set(search.links)), search.budget < 0)


def fits(pattern: str, path: str) -> bool:
    """Whether a file of this relative path would be among the matches of a pattern, if it were there."""
    return _fit([part for part in pattern.split("/") if part not in ("", ".")], path.split("/"))


def _fit(parts: list[str], names: list[str]) -> bool:
    if not parts or not names:
        return not parts and not names
    head, rest = parts[0], parts[1:]
    is_shown = not names[0].startswith(".")
    if head == "**":
        return _fit(rest or ["*"], names) or (is_shown and _fit(parts, names[1:]))
    is_meant = names[0] == head if _SIGNS.isdisjoint(head) else is_shown and fnmatchcase(names[0], head)
    return is_meant and _fit(rest, names[1:])


class _Search:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.budget = ENTRIES
        self.links: list[str] = []

    def below(self, folder: str, parts: list[str], depth: int) -> Iterator[str]:
        """The files that the parts lead to from a folder."""
        head, rest = parts[0], parts[1:]
        if head == "**":
            yield from self.below(folder, rest or ["*"], depth)
            if depth < _DEPTH:
                for name, kind in self.visible(folder):
                    if kind == "folder":
                        yield from self.below(posixpath.join(folder, name), parts, depth + 1)
        elif _SIGNS.isdisjoint(head):
            path = posixpath.join(folder, head)
            there = self.tree.kind(path, follow=False)
            if there is not None:
                yield from self.taken(path, there, rest, depth)
        else:
            for name, kind in self.visible(folder):
                if fnmatchcase(name, head) and not (rest and kind == "link"):
                    yield from self.taken(posixpath.join(folder, name), kind, rest, depth)

    def taken(self, path: str, kind: Kind, rest: list[str], depth: int) -> Iterator[str]:
        """What matched one part, if it is of the kind that is needed there."""
        if kind == "link":
            self.links.append(path)
        elif rest and kind == "folder":
            yield from self.below(path, rest, depth)
        elif not rest and kind == "file":
            yield path

    def visible(self, folder: str) -> list[tuple[str, Kind]]:
        """What is not hidden in a folder, in order of name, as far as the bound allows."""
        found: list[tuple[str, Kind]] = []
        if self.budget < 0:
            return found
        for name, kind in self.tree.entries(folder):
            self.budget -= 1
            if self.budget < 0:
                break
            if not name.startswith("."):
                found.append((name, kind))
        return sorted(found)
