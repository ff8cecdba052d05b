"""A ledger as a commit holds it: found there by the rules that hold on disk, with the commit's own settings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..days import day_of
from ..errors import LedgerError, UnreadableError, UsageError
from ..files import questions
from ..loading import assembly
from ..model import Ledger
from ..workspace import NAMES, SETTINGS, STDIN, find, named, settings_table, shown
from .claim_names import ClaimNames, new_names
from .compare import Stood
from .git import Commit, CommitTree, Repository, repository
from .renames import removed, renamed
from .stood import earlier_claims
from .unread import Gap

NOTHING = Ledger(None, (), {}, {}, {}, (), (), (), ())
HEAD = "HEAD"


class Version(NamedTuple):
    """A ledger at a commit. `files` is empty where the commit has none, `commit` None where there is no commit yet.

    `gaps` say what of it could not be found or read at all; `merged` that the commit is the merge base with REV.
    `earlier` are the claims that it does not hold and that stood before it, of those that were to be compared;
    `untold` says why that is not known of all of them. `others` are further merge bases, where branches were merged
    crosswise: what one of them does not hold may stand in another.
    """

    rev: str
    commit: Commit | None
    files: tuple[str, ...]
    ledger: Ledger
    gaps: tuple[Gap, ...] = ()
    merged: bool = False
    earlier: Mapping[str, Stood] = {}
    untold: str | None = None
    others: tuple[Version, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of the commit: that in the ledger's zone, else at the committer's offset."""
        return None if self.commit is None else day_of(self.commit.time, self.ledger.timezone)

    @property
    def name(self) -> str:
        """REV as it was given, with the commit it means."""
        if self.commit is None:
            return self.rev
        if self.merged:
            return f"the merge base with {self.rev} ({self.commit.short})"
        return self.commit.short if self.commit.oid.startswith(self.rev) else f"{self.rev} ({self.commit.short})"

    @property
    def is_new(self) -> bool:
        """Whether the ledger is new since: there is nothing to compare with, and nothing was passed over."""
        return not self.files and not self.gaps


def open_at(rev: str, files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir) -> Version:
    """The ledger as the commit REV holds it; UsageError for an unknown REV, UnreadableError where it holds none."""
    with repository_of(files, environ=environ, folder=folder) as repo:
        own(repo, files, environ)
        commit = repo.commit(rev)
        tree = repo.tree(commit)
        names = Finder(repo, files, environ=environ, folder=folder)(tree)
        if not names:
            raise UnreadableError(
                f"no ledger found in the commit {commit.short}: looked for {' and '.join(NAMES)} and in its {SETTINGS}",
                hint="name one with --file",
            )
        return Version(rev, commit, names, assembly.load(tree, names))


def open_base(
    rev: str,
    files: Sequence[str],
    like: Ledger,
    *,
    environ: Mapping[str, str],
    folder: str = os.curdir,
    head: str | None = None,
) -> Version:
    """The ledger as it stood at REV, to compare `like` with; what cannot be had is among the gaps, never left out.

    With `head`, the commit `like` comes from, it is the ledger at the merge base of the two. A file that has
    another name there is found by the claims in it.
    """
    with repository_of(files, environ=environ, folder=folder) as repo:
        if rev == HEAD and repo.is_unborn:
            gap = Gap("this branch has no commit yet, and others have; name one of them")
            return Version(rev, None, (), NOTHING, (gap,) if repo.has_commits else ())
        commit = repo.commit(rev)
        finder = Finder(repo, files, environ=environ, folder=folder)
        if head is None:
            return _opened(repo, finder, rev, commit, like)
        bases = repo.merge_bases(commit, repo.commit(head))
        if not bases:
            return Version(rev, commit, (), NOTHING, (Gap(_no_merge_base(repo, rev, head)),))
        found = [_opened(repo, finder, rev, base, like, merged=base.oid != commit.oid) for base in bases]
        first, *others = sorted(found, key=lambda version: version.is_new)
        return first._replace(others=tuple(others))


def _opened(
    repo: Repository, finder: Finder, rev: str, commit: Commit, like: Ledger, *, merged: bool = False
) -> Version:
    """The ledger at a commit, and of the claims that are new since those that stood before it."""
    tree = repo.tree(commit)
    names: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    try:
        names, gaps = _standing(repo, tree, like, finder)
        ledger = assembly.load(tree, names) if names else NOTHING
    except UnreadableError as error:
        unread = Gap(f"{error.message}; {error.hint}" if error.hint else error.message)
        return Version(rev, commit, names, NOTHING, (*gaps, unread), merged)
    found = Version(rev, commit, names, ledger, gaps, merged)
    wanted = new_names(ledger, like) if names else ()
    if not wanted:
        return found
    try:
        earlier = earlier_claims(repo, commit, finder, (ledger, like), wanted, finder.paths)
    except UnreadableError as error:
        return found._replace(gaps=(*gaps, Gap(f"whether new claims stood before cannot be told: {error.message}")))
    return found._replace(earlier=earlier.found, untold=earlier.unknown)


def _no_merge_base(repo: Repository, rev: str, head: str) -> str:
    if repo.shallow:
        return f"{rev} and {head} meet before this shallow clone begins; get the rest with: git fetch --unshallow"
    return f"{rev} and {head} have no commit in common"


def _standing(
    repo: Repository, tree: CommitTree, like: Ledger, find: Finder
) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """The ledger's files in a commit under the names they have there, and what is in the way."""
    try:
        named = find(tree)
    except UsageError as error:  # the settings of that commit
        return (), (Gap(f"{error.message} (in that commit)"),)
    there, gaps, absent = [], [], not named
    for name in named or find.usual:
        gap = _beyond(repo, tree, name)
        if gap is not None:
            gaps.append(Gap(gap))
        elif tree.has_file(name):
            there.append(name)
        else:
            absent = True
    if absent and not gaps:
        moved, lost = renamed(repo, tree, ClaimNames(like), there)
        there += moved
        gaps += (
            []
            if moved
            else [Gap(text) for text in lost or _stood_before(repo, tree, named or find.usual, ClaimNames(like))]
        )
    return tuple(there), (*gaps, *_included_from_elsewhere(repo, like, named))


def _stood_before(repo: Repository, tree: CommitTree, names: Sequence[str], ids: ClaimNames) -> Iterable[str]:
    """Why a ledger that a commit does not hold is not new: it was removed there, and is back, under whatever name."""
    absent = [repo.path(name) for name in names if not tree.has_file(name)]
    found = repo.history(tree.oid, absent, limit=1) if absent else ()
    for step in found:
        return [f"the commit {step.oid[:10]} removed the ledger, which is no new one; name a base that holds it"]
    if repo.shallow:
        return ["this shallow clone does not show whether a ledger stood before; get the rest: git fetch --unshallow"]
    return removed(repo, tree, ids)


def _included_from_elsewhere(repo: Repository, like: Ledger, named: Sequence[str]) -> Iterator[Gap]:
    """Files of other repositories that a ledger includes: no commit of this one holds them."""
    others = {
        text.name: other
        for text in like.texts
        if text.name not in named and repo.covers(text.name) and (other := repo.inner(text.name)) is not None
    }
    for name, other in others.items():
        yield Gap(f"{name} belongs to another repository, {other}, and no commit of this one holds it")


def _beyond(repo: Repository, tree: CommitTree, name: str) -> str | None:
    """Why a file is none of this repository's to tell; None where it is."""
    other = repo.inner(name)
    if other is not None:
        return f"{name} belongs to another repository, {other}; compare it there, with the commands run in that folder"
    return tree.obstacle(name)


def repository_of(files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir) -> Repository:
    """The repository that holds the ledger; UsageError where there is none."""
    names = _asked(files, environ, folder)
    if STDIN in names:
        raise UsageError("standard input has no commits", hint="name a file with --file")
    return repository(names, folder)


def own(repo: Repository, files: Sequence[str], environ: Mapping[str, str]) -> None:
    """UsageError where the ledger, named or found, belongs to a repository inside of this one."""
    for name in _asked(files, environ, os.curdir) or _found(environ, os.curdir):
        other = repo.inner(name) if repo.covers(name) else None
        if other is not None:
            raise UsageError(f"{name} belongs to another repository, {other}", hint=f"ask it there: cd {other}")


def _asked(files: Sequence[str], environ: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """The files that are named, or the one that a link in a folder outside of any checkout leads to."""
    names = named(files, environ)
    if names or questions.in_checkout(folder):
        return names
    found = _found(environ, folder)
    return found if found and questions.in_checkout(os.path.dirname(found[0])) else ()  # noqa: PTH120


def _found(environ: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """The ledger that is found on disk where none is named; none where it is gone by now."""
    try:
        return find((), environ=environ, folder=folder)
    except LedgerError:
        return ()


class Finder:
    """Where the ledger's files are in the commits of a repository, by the rules that hold on disk.

    The settings are those of each commit: a change that names another file is judged by what stood there before.
    """

    def __init__(
        self, repo: Repository, files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir
    ) -> None:
        self._given = _asked(files, environ, folder)
        self._here = Path(questions.absolute(folder))
        ancestors = [str(one) for one in (self._here, *self._here.parents) if repo.covers(str(one))]
        self._settings = [(os.path.join(one, SETTINGS), one) for one in ancestors]  # noqa: PTH118 - thousands of times
        self.usual = [os.path.join(one, name) for one in ancestors for name in NAMES]  # noqa: PTH118
        self._names: dict[str, object] = {}
        self.paths = tuple(map(repo.path, self._given or (*(path for path, _ in self._settings), *self.usual)))

    def __call__(self, tree: CommitTree) -> tuple[str, ...]:
        """The ledger's files in a commit; none where they are not named and cannot be found there."""
        if self._given:
            return self._given
        for path, folder in self._settings:
            if tree.has_file(path):
                name = self._named(tree, path)
                found = os.path.join(folder, name) if isinstance(name, str) else ""  # noqa: PTH118
                if found and tree.within(found, folder):
                    return (shown(found, str(self._here)),)
                break
        return tuple(shown(path, str(self._here)) for path in self.usual if tree.has_file(path))[:1]

    def _named(self, tree: CommitTree, path: str) -> object:
        content = tree.blob(path)
        if content not in self._names:
            self._names[content] = settings_table(tree.read(path), path).get("file")
        return self._names[content]
