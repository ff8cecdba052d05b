"""A ledger as a commit holds it: found there by the rules that hold on disk, with the commit's own settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .commits import Commit, CommitTree, Repository, repository
from .errors import UnreadableError, UsageError
from .load import assembly
from .model import Ledger
from .workspace import NAMES, SETTINGS, STDIN, VARIABLE, settings_table, shown

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
    with _repository(files, environ, folder) as repo:
        commit = repo.commit(rev)
        tree = repo.tree(commit)
        names = locate(repo, tree, files, environ=environ, folder=folder)
        if not names:
            raise UnreadableError(
                f"no ledger found in the commit {commit.short}: looked for {' and '.join(NAMES)} and in its {SETTINGS}",
                hint="name one with --file",
            )
        return Version(rev, commit, names, assembly.load(tree, names))


def open_base(rev: str, files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir) -> Version:
    """Like `open_at`, to compare with: nothing where the commit holds no ledger yet, or nothing was committed."""
    with _repository(files, environ, folder) as repo:
        if rev == "HEAD" and repo.is_unborn:
            return Version(rev, None, (), NOTHING)
        commit = repo.commit(rev)
        tree = repo.tree(commit)
        names = locate(repo, tree, files, environ=environ, folder=folder)
        there = tuple(name for name in names if tree.has_file(name))
        return Version(rev, commit, there, assembly.load(tree, there) if there else NOTHING)


def _repository(files: Sequence[str], environ: Mapping[str, str], folder: str) -> Repository:
    names = given(files, environ)
    if STDIN in names:
        raise UsageError("standard input has no commits", hint="name a file with --file")
    return repository(names, folder)


def given(files: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """The files that the options or the variable name."""
    return tuple(files) or ((environ[VARIABLE],) if environ.get(VARIABLE) else ())


def locate(
    repo: Repository, tree: CommitTree, files: Sequence[str], *, environ: Mapping[str, str], folder: str
) -> tuple[str, ...]:
    """The ledger's files in a commit; none where they are not named and cannot be found there.

    The settings are those of the commit: a change that names another file is judged by what stood there before.
    """
    names = given(files, environ)
    if names:
        return names
    here = Path(folder).absolute()
    ancestors = [one for one in (here, *here.parents) if repo.covers(str(one))]
    nearest = next((one for one in ancestors if tree.has_file(str(one / SETTINGS))), None)
    if nearest is not None:
        name = settings_table(tree.read(str(nearest / SETTINGS)), str(nearest / SETTINGS)).get("file")
        if isinstance(name, str) and tree.within(str(nearest / name), str(nearest)):
            return (shown(nearest / name, here),)
    for ancestor in ancestors:
        for name in NAMES:
            if tree.has_file(str(ancestor / name)):
                return (shown(ancestor / name, here),)
    return ()
