"""A repository as its commits show it: what REV names, the history of some paths, where a file lies in the trees."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from ...errors import LedgerError, UsageError
from ...files import questions
from ...text import control_characters, shorten
from . import call
from .objects import Commit, Objects
from .tree import CommitTree

_OID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILE_MODES = ("100644", "100755", "100664")  # the last in repositories of long ago
_ABBREVIATED = re.compile(r"[0-9a-f]{4,39}")
_SUFFIX = re.compile(r"[~^:]|@\{")
_REFS = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
_REMOTES = ("origin", "upstream")


class HistoryStep(NamedTuple):
    """One commit of a history that was narrowed to some paths, with its parents in that history."""

    oid: str
    parents: tuple[str, ...]


class Removal(NamedTuple):
    """A file that a commit took away, and a parent of that commit: that holds it, where it has but one."""

    oid: str
    parent: str
    path: str


class WrittenContent(NamedTuple):
    """A content that a commit put at a path."""

    commit: str
    path: str
    content: str


class Repository:
    """The repository that a folder lies in; a context manager. `top` is the folder its trees begin at.

    UsageError where there is none, UnreadableError where git is missing or refuses.
    """

    def __init__(self, folder: str) -> None:
        real = home(_existing(folder))
        words = call.output(str(real), "rev-parse", "--is-shallow-repository", "--show-prefix")
        shallow, prefix = words.decode("utf-8", "surrogateescape").split("\n", 1)
        depth = prefix.count("/")
        self.shallow = shallow == "true"
        self.top = str(real.parents[depth - 1] if depth else real)
        self.objects = Objects(self.top)
        self._paths: dict[str, str] = {}

    def __enter__(self) -> Repository:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.objects.close()

    def commit(self, rev: str) -> Commit:
        """The commit that REV names; UsageError says what to fetch where it is not here, or which ones it names."""
        if control_characters(rev) is None and "\n" not in rev:
            # A message that is searched for, `:/text`, takes no `^{commit}` behind it.
            oid = self._object(f"{rev}^{{commit}}")
            if oid is None and (other := self._object(rev)) is not None:
                oid = self._object(f"{other}^{{commit}}")
            if oid is not None:
                self._refuse_two_meanings(rev)
                return self.objects.commit(oid)
        raise UsageError(f"no commit {shorten(rev, 60)!r} in {self.top}", hint=self._what_to_fetch(rev))

    def _object(self, rev: str) -> str | None:
        found = call.run(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", rev)
        oid = found.stdout.decode("ascii", "replace").strip()
        return oid if found.returncode == 0 and _OID.fullmatch(oid) else None

    def _refuse_two_meanings(self, rev: str) -> None:
        """UsageError where a name is that of several refs, or of one and the beginning of an id.

        Git takes a tag before a branch, and either before a remote's branch: whoever may push a tag could choose what
        is compared.
        """
        name = _SUFFIX.split(rev, maxsplit=1)[0]
        if name in ("", "HEAD") or _OID.fullmatch(name):
            return
        refs = [form.format(name) for form in _REFS]
        words = call.output(self.top, "for-each-ref", "--format=%(refname) %(objectname) %(*objectname)", "--", *refs)
        lines = (line.split() for line in words.decode("utf-8", "surrogateescape").splitlines())
        found = {ref: oids[-1] for ref, *oids in lines if ref in refs}
        if found and _ABBREVIATED.fullmatch(name):
            words = call.output(self.top, "rev-parse", f"--disambiguate={name}")
            found |= {f"the commit {oid}": oid for oid in words.decode("ascii").split()}
        if len(set(found.values())) > 1:
            raise UsageError(
                f"{shorten(name, 60)!r} names more than one commit: {' and '.join(found)}",
                hint=f"write the one that is meant in full, such as {min(found, key=len)}",
            )

    def _what_to_fetch(self, rev: str) -> str:
        remote, _, branch = rev.partition("/")
        if self.is_unborn:
            return "nothing has been committed yet"
        if branch and remote in _REMOTES:
            return f"get it with: git fetch {remote} {branch}:refs/remotes/{rev}; in GitHub Actions: fetch-depth: 0"
        if self.shallow:
            return "this is a shallow clone: get the rest with git fetch --unshallow; in GitHub Actions: fetch-depth: 0"
        if _OID.fullmatch(rev):
            return f"get it with: git fetch origin {rev}"
        return "REV is a branch, a tag or a commit, such as HEAD~1; get those of others with: git fetch"

    def merge_bases(self, commit: Commit, head: Commit) -> list[Commit]:
        """The newest commits that both come from; none where they share none, or this clone does not hold them."""
        found = call.run(self.top, "merge-base", "--all", commit.oid, head.oid)
        oids = found.stdout.decode("ascii", "replace").split() if found.returncode == 0 else ()
        return [self.objects.commit(oid) for oid in oids]

    @cached_property
    def is_unborn(self) -> bool:
        """Whether HEAD names a branch that has no commit yet."""
        return call.run(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD").returncode != 0

    @cached_property
    def has_commits(self) -> bool:
        """Whether anything has been committed, on whatever branch."""
        return bool(call.output(self.top, "for-each-ref", "--count=1"))

    def history(self, commit: Commit | str, paths: Sequence[str], *, limit: int = -1) -> list[HistoryStep]:
        """The commits from one back that touch any of the paths (from `top`), children before their parents."""
        oid, most = commit if isinstance(commit, str) else commit.oid, f"--max-count={limit}"
        lines = call.output(self.top, "rev-list", "--topo-order", "--parents", most, oid, "--", *paths)
        steps = (line.split() for line in lines.decode("ascii").splitlines())
        return [HistoryStep(oid, tuple(parents)) for oid, *parents in steps]

    def removals(self, commit: Commit | str, endings: tuple[str, ...]) -> Iterator[Removal]:
        """The files whose names end so that a commit, or one before it, took away; the newest first."""
        oid = commit if isinstance(commit, str) else commit.oid
        commits = call.output(self.top, "rev-list", "--topo-order", oid)
        flags = ("-r", "-m", "--stdin", "-z", "--no-renames", "--diff-filter=D", "--name-only")
        words = call.output(self.top, "diff-tree", *flags, given=commits).decode("utf-8", "surrogateescape")
        for word in words.split("\0"):
            if _OID.fullmatch(word):  # the head of one commit's names, and of each of a merge's parents
                oid = word
            elif word.endswith(endings):
                for parent in self.objects.commit(oid).parents:
                    yield Removal(oid, parent, word)

    def written(self, steps: Sequence[HistoryStep], paths: Sequence[str]) -> Iterator[WrittenContent]:
        """The regular files at or below the paths that these commits wrote, in the order of the commits."""
        commits = "".join(f"{step.oid}\n" for step in steps).encode("ascii")
        flags = ("-r", "-m", "--root", "--stdin", "-z", "--raw", "--no-abbrev", "--no-renames")
        words = call.output(self.top, "diff-tree", *flags, "--", *paths, given=commits).decode(
            "utf-8", "surrogateescape"
        )
        oid, found = "", iter(words.split("\0"))
        for word in found:
            if not word.startswith(":"):
                oid = word or oid  # the head of one commit's files, and of each of a merge's parents
                continue
            path, (_, mode, _, content, _) = next(found), word.split()
            if mode in _FILE_MODES:
                yield WrittenContent(oid, path, content)

    def tree(self, commit: Commit | str) -> CommitTree:
        """The files of a commit, under the names they have on disk as seen from the current folder."""
        oid = commit if isinstance(commit, str) else commit.oid
        return CommitTree(self.objects, oid, self.path)

    def path(self, name: str) -> str:
        """From a file's name on disk to its path in the trees; UsageError where it lies outside of them.

        Links below `top` are not followed on disk: a commit has its own, and the work tree must not steer it.
        """
        if name not in self._paths:
            self._paths[name] = self._path(Path(questions.absolute(name)))
        return self._paths[name]

    def _path(self, name: Path) -> str:
        for folder in (name, *name.parents)[::-1]:
            if questions.real(folder) == self.top:
                return name.relative_to(folder).as_posix()
        raise UsageError(f"{name} is not in the repository {self.top}", hint="all files are read from one repository")

    def covers(self, name: str) -> bool:
        """Whether a file lies below `top`."""
        try:
            self.path(name)
        except UsageError:
            return False
        return True

    def inner(self, name: str) -> str | None:
        """The folder of another repository, below `top`, in which a file lies: a submodule or a nested clone."""
        parts = self.path(name).split("/")[:-1]
        folders = (Path(self.top, *parts[: depth + 1]) for depth in range(len(parts)))
        return next((str(folder) for folder in folders if questions.exists(folder / ".git")), None)


def repository(names: Sequence[str], folder: str) -> Repository:
    """The repository of the current folder; that of the first file where it lies in another one.

    The folder of the file comes second: a work tree can hold what looks like a repository of its own.
    """
    elsewhere = os.path.dirname(names[0]) or folder if names else folder  # noqa: PTH120
    try:
        found = Repository(folder)
    except LedgerError:
        return Repository(elsewhere)
    return found if not names or found.covers(names[0]) else Repository(elsewhere)


def home(folder: Path) -> Path:
    """The nearest folder, from this one up, that holds a repository's `.git`; the folder itself where none does.

    Git also takes a bare repository for one, which anybody can commit into a folder.
    """
    return next((one for one in (folder, *folder.parents) if questions.exists(one / ".git")), folder)


def _existing(folder: str) -> Path:
    """The folder, or the nearest one above it: a commit may hold folders that are gone on disk."""
    path = Path(questions.real(folder))
    while not questions.is_folder(path) and path != path.parent:
        path = path.parent
    return path
