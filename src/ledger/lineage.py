"""The commits that touched one claim, in whichever file of its ledger it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from .commits import Commit, CommitTree, Repository, Step
from .comparing import Change, changes
from .errors import UnreadableError
from .load import limits
from .model import Claim
from .tracing import State, Trace

Files = Callable[[CommitTree], Sequence[str]]
_ROUNDS = 5
_SIGNS = frozenset("*?[")


class Touch(NamedTuple):
    """A commit at which a claim is not what it was before: how it differs.

    `unreadable` says that the claim cannot be read there; `cut` that what came before is not in this clone.
    """

    commit: Commit
    changes: tuple[Change, ...]
    unreadable: bool = False
    cut: bool = False


class History(NamedTuple):
    """The touches of a claim, newest first, and the claim as the commit they begin at has it."""

    touches: tuple[Touch, ...]
    last: Claim | None


def history(repo: Repository, commit: Commit, name: str, files: Files, paths: Iterable[str]) -> History:
    """The commits that touched a claim; `paths` (from the top) are where its ledger may be looked for.

    A merge counts where the claim is as in none of its parents. Where a version cannot be read, the next one is
    compared with what stood before it.
    """
    walk = _Walk(repo, files, Trace(name))
    walk.paths.update(paths)
    steps = walk.steps(commit)
    states = {step.oid: walk.state(step.oid) for step in steps}
    before: dict[str, Claim | None] = {}
    found: list[Touch] = []
    for step in reversed(steps):
        state, parents = states[step.oid], [before.get(oid) for oid in step.parents]
        first = parents[0] if parents else None
        before[step.oid] = first if isinstance(state, str) else state
        if isinstance(state, str):
            if not step.parents or not isinstance(states[step.parents[0]], str):
                found.append(Touch(repo.objects.commit(step.oid), (), unreadable=True))
            continue
        differing = [changes(parent, state) for parent in parents] or [changes(None, state)]
        if all(differing):
            touched = repo.objects.commit(step.oid)
            found.append(Touch(touched, differing[0], cut=_is_cut(repo, step, touched)))
    return History(tuple(found[::-1]), before.get(steps[0].oid) if steps else None)


def _is_cut(repo: Repository, step: Step, commit: Commit) -> bool:
    """Whether a shallow clone ends here."""
    return repo.shallow and not step.parents and not all(repo.objects.holds(oid) for oid in commit.parents)


class _Walk:
    """Reads what the ledger consists of at each commit, every content once."""

    def __init__(self, repo: Repository, files: Files, trace: Trace) -> None:
        self._repo = repo
        self._files = files
        self._trace = trace
        self._trees: dict[str, CommitTree] = {}
        self._roots: dict[str, Sequence[str]] = {}
        self._included: dict[tuple[str, str], list[str]] = {}
        self.paths: set[str] = set()  # of all files met, and of the folders that includes look into

    def steps(self, commit: Commit) -> list[Step]:
        """The commits that touch any file of the ledger; looked for again as long as files turn up."""
        steps: list[Step] = []
        for _ in range(_ROUNDS):
            looked = set(self.paths)
            steps = self._repo.history(commit, sorted(looked))
            self._read([self._tree(step.oid) for step in steps])
            if self.paths <= looked:
                break
        return steps

    def state(self, oid: str) -> State:
        """The claim at a commit: the first with its id, in the order in which files are read."""
        tree = self._tree(oid)
        waiting, seen = list(self._root_files(tree))[::-1], set[str]()
        found: State = None
        while waiting and len(seen) < limits.FILES:
            name = waiting.pop()
            content = _content(tree, name)
            scan = self._trace.known(content) if content else None
            identity = tree.identity(name)
            if scan is None or identity in seen:
                continue
            seen.add(identity)
            if isinstance(scan.state, Claim):
                return scan.state
            found = found or scan.state
            waiting += self._includes(tree, name, scan.includes)[::-1]
        return found

    def _tree(self, oid: str) -> CommitTree:
        if oid not in self._trees:
            self._trees[oid] = self._repo.tree(oid)
        return self._trees[oid]

    def _root_files(self, tree: CommitTree) -> Sequence[str]:
        if tree.oid not in self._roots:
            self._roots[tree.oid] = self._files(tree)
        return self._roots[tree.oid]

    def _read(self, trees: Sequence[CommitTree]) -> None:
        """Read the files of all commits, then what these include, and so on: each content once."""
        waiting = [(tree, name) for tree in trees for name in self._root_files(tree)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            new = [(tree, name) for tree, name in waiting if (tree.oid, name) not in seen]
            seen.update((tree.oid, name) for tree, name in new)
            found = [(tree, name, content) for tree, name in new if (content := _content(tree, name)) is not None]
            self._scan((name, content) for _, name, content in found)
            waiting = []
            for tree, name, content in found:
                scan = self._trace.known(content)
                if scan is not None and scan.includes:
                    waiting += [(tree, path) for path in self._includes(tree, name, scan.includes)]

    def _scan(self, found: Iterable[tuple[str, str]]) -> None:
        by_name: dict[str, dict[str, None]] = {}  # versions of one file after each other: they differ little
        for name, content in found:
            by_name.setdefault(name, {})[content] = None
        self.paths.update(map(self._repo.path, by_name))
        contents = dict.fromkeys(content for contents in by_name.values() for content in contents)
        wanted = [content for content in contents if self._trace.known(content) is None]
        for content, data in zip(wanted, self._repo.objects.blobs(wanted), strict=True):
            self._trace.scan(content, data)

    def _includes(self, tree: CommitTree, name: str, patterns: tuple[str, ...]) -> list[str]:
        """The files that a file of a commit includes."""
        key = (tree.oid, name)
        if key not in self._included:
            self._included[key] = list(self._expanded(tree, name, patterns))
        return self._included[key]

    def _expanded(self, tree: CommitTree, name: str, patterns: tuple[str, ...]) -> Iterator[str]:
        folder = name.rpartition("/")[0]
        for pattern in patterns:
            parts = pattern.split("/")
            if pattern.startswith("/") or ".." in parts:
                continue
            fixed = next((at for at, part in enumerate(parts) if _SIGNS & set(part)), len(parts))
            self.paths.add(self._repo.path("/".join(filter(None, (folder, *parts[:fixed]))) or "."))
            yield from (path for path in tree.expand(folder, pattern) if tree.within(path, folder))


def _content(tree: CommitTree, name: str) -> str | None:
    try:
        return tree.blob(name)
    except UnreadableError:
        return None
