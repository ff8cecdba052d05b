"""A ledger as a commit holds it: found there by the rules that hold on disk, with the commit's own settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import UnreadableError, UsageError
from ..loading import assembly
from ..model import Ledger
from ..workspace import NAMES, SETTINGS, STDIN, VARIABLE, settings_table, shown
from .git import Commit, CommitTree, Repository, repository

NOTHING = Ledger(None, (), {}, {}, {}, (), (), (), ())


class Version(NamedTuple):
    """A ledger at a commit. `files` is empty where the commit has none, `commit` None where there is no commit yet."""

    rev: str
    commit: Commit | None
    files: tuple[str, ...]
    ledger: Ledger

    @property
    def name(self) -> str:
        """REV as it was given, with the commit it means."""
        if self.commit is None or self.commit.oid.startswith(self.rev):
            return self.rev if self.commit is None else self.commit.short
        return f"{self.rev} ({self.commit.short})"


def open_at(rev: str, files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir) -> Version:
    """The ledger as the commit REV holds it; UsageError for an unknown REV, UnreadableError where it holds none."""
    with repository_of(files, environ=environ, folder=folder) as repo:
        commit = repo.commit(rev)
        tree = repo.tree(commit)
        names = Finder(repo, files, environ=environ, folder=folder)(tree)
        if not names:
            raise UnreadableError(
                f"no ledger found in the commit {commit.short}: looked for {' and '.join(NAMES)} and in its {SETTINGS}",
                hint="name one with --file",
            )
        return Version(rev, commit, names, assembly.load(tree, names))


def open_base(rev: str, files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir) -> Version:
    """Like `open_at`, to compare with: nothing where the commit holds no ledger yet, or nothing was committed."""
    with repository_of(files, environ=environ, folder=folder) as repo:
        if rev == "HEAD" and repo.is_unborn:
            return Version(rev, None, (), NOTHING)
        commit = repo.commit(rev)
        tree = repo.tree(commit)
        names = Finder(repo, files, environ=environ, folder=folder)(tree)
        there = tuple(name for name in names if tree.has_file(name))
        return Version(rev, commit, there, assembly.load(tree, there) if there else NOTHING)


def repository_of(files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir) -> Repository:
    """The repository that holds the ledger; UsageError where there is none."""
    names = given(files, environ)
    if STDIN in names:
        raise UsageError("standard input has no commits", hint="name a file with --file")
    return repository(names, folder)


def given(files: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """The files that the options or the variable name."""
    return tuple(files) or ((environ[VARIABLE],) if environ.get(VARIABLE) else ())


class Finder:
    """Where the ledger's files are in the commits of a repository, by the rules that hold on disk.

    The settings are those of each commit: a change that names another file is judged by what stood there before.
    """

    def __init__(
        self, repo: Repository, files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir
    ) -> None:
        self._given = given(files, environ)
        self._here = Path(folder).absolute()
        ancestors = [str(one) for one in (self._here, *self._here.parents) if repo.covers(str(one))]
        self._settings = [(os.path.join(one, SETTINGS), one) for one in ancestors]  # noqa: PTH118 - thousands of times
        self._usual = [os.path.join(one, name) for one in ancestors for name in NAMES]  # noqa: PTH118
        self._names: dict[str, object] = {}
        self.paths = tuple(map(repo.path, self._given or (*(path for path, _ in self._settings), *self._usual)))

    def __call__(self, tree: CommitTree) -> tuple[str, ...]:
        """The ledger's files in a commit; none where they are not named and cannot be found there."""
        if self._given:
            return self._given
        for path, folder in self._settings:
            if tree.has_file(path):
                name = self._named(tree, path)
                found = os.path.join(folder, name) if isinstance(name, str) else ""  # noqa: PTH118
                if found and tree.within(found, folder):
                    return (shown(Path(found), self._here),)
                break
        return tuple(shown(Path(path), self._here) for path in self._usual if tree.has_file(path))[:1]

    def _named(self, tree: CommitTree, path: str) -> object:
        content = tree.blob(path)
        if content not in self._names:
            self._names[content] = settings_table(tree.read(path), path).get("file")
        return self._names[content]
