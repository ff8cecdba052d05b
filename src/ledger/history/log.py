"""The commits that touched one claim, in whichever file of its ledger it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..errors import UnreadableError, UsageError
from ..files import bounds
from ..loading import assembly
from ..model import Claim
from .compare import Change, Stood, changes, changes_since
from .git import Commit, CommitTree, HistoryStep, Repository
from .renames import renamed
from .trace import UNREADABLE, ContentScan, State, Trace

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
    """The touches of a claim, newest first, and the claim as the commit they begin at has it, or as it last stood."""

    touches: tuple[Touch, ...]
    last: Claim | None
    stood: Stood | None = None


def history(repo: Repository, commit: Commit, trace: Trace, files: Files, paths: Iterable[str]) -> History:
    """The commits that touched a claim; `paths` (from the top) are where its ledger may be looked for.

    A merge counts where the claim is as in none of its parents. Where a version cannot be read, the next one is
    compared with what stood before it.
    """
    walk = Walk(repo, files, trace)
    walk.paths.update(paths)
    steps = walk.steps(commit)
    states = {step.oid: walk.state(step.oid) for step in steps}
    before: dict[str, Claim | None] = {}
    stood: dict[str, Stood | None] = {}
    found: list[Touch] = []
    for step in reversed(steps):
        state, parents = states[step.oid], [before.get(oid) for oid in step.parents]
        first = parents[0] if parents else None
        before[step.oid] = first if isinstance(state, str) else state
        earlier = next(filter(None, (stood.get(oid) for oid in step.parents)), None)
        is_new = isinstance(state, Claim) and (earlier is None or earlier.claim != state)
        stood[step.oid] = Stood(state, step.oid[:10]) if is_new and isinstance(state, Claim) else earlier
        if isinstance(state, str):
            if not step.parents or not isinstance(states.get(step.parents[0]), str):
                found.append(Touch(repo.objects.commit(step.oid), (), unreadable=True))
            continue
        differing = [changes(parent, state) for parent in parents] or [changes(None, state)]
        if all(differing):
            touched = repo.objects.commit(step.oid)
            own = changes_since(earlier, state) if first is None and state is not None else differing[0]
            found.append(Touch(touched, own, cut=is_cut(repo, step, touched)))
    if not steps:
        return History((), None)
    return History(tuple(found[::-1]), before.get(steps[0].oid), stood.get(steps[0].oid))


def standing(tree: assembly.FileSource, names: Sequence[str], trace: Trace) -> State:
    """The claim as the files of one place, such as the disk, have it."""

    def look(name: str) -> tuple[str, ContentScan] | None:
        try:
            return tree.identity(name), trace.scan(f"{id(tree)} {name}", tree.read(name))
        except UnreadableError:
            return None

    return _first(names, look, lambda name, scan: list(_expanded(tree, name, scan.includes)))


def _first(
    names: Sequence[str],
    look: Callable[[str], tuple[str, ContentScan] | None],
    included: Callable[[str, ContentScan], list[str]],
) -> State:
    """The first claim that is met, in the order in which files are read; `look` answers with a file's identity."""
    waiting, seen = list(names)[::-1], set[str]()
    found: State = None
    while waiting and len(seen) < bounds.files():
        name = waiting.pop()
        met = look(name)
        if met is None or met[0] in seen:
            continue
        identity, scan = met
        seen.add(identity)
        if isinstance(scan.state, Claim):
            return scan.state
        found = found or scan.state
        waiting += included(name, scan)[::-1]
    return found


def _expanded(tree: assembly.FileSource, name: str, patterns: Iterable[str]) -> Iterator[str]:
    """The files that a file includes."""
    folder = tree.home(name)
    for pattern in patterns:
        if not pattern.startswith("/") and ".." not in pattern.split("/"):
            yield from (path for path in tree.matches(folder, pattern).files if tree.within(path, folder))


def is_cut(repo: Repository, step: HistoryStep, commit: Commit) -> bool:
    """Whether a shallow clone ends here."""
    return repo.shallow and not step.parents and not all(repo.objects.holds(oid) for oid in commit.parents)


class Walk:
    """Reads what the ledger consists of at each commit, every content once."""

    def __init__(self, repo: Repository, files: Files, trace: Trace) -> None:
        self._repo = repo
        self._files = files
        self._trace = trace
        self._trees: dict[str, CommitTree] = {}
        self._roots: dict[str, Sequence[str]] = {}
        self._lost: set[str] = set()
        self._begun: set[str] = set()
        self._moved: list[str] = []  # files of older commits that hold the same claims
        self._included: dict[tuple[str, str], list[str]] = {}
        self.paths: set[str] = set()  # of all files met, and of the folders that includes look into

    def steps(self, commit: Commit) -> list[HistoryStep]:
        """The commits that touch any file of the ledger; looked for again as long as files turn up."""
        steps: list[HistoryStep] = []
        for _ in range(_ROUNDS):
            looked = set(self.paths)
            steps = self._repo.history(commit, sorted(looked))
            self._read([self._tree(step.oid) for step in steps])
            self._follow_renames(steps)
            if self.paths <= looked:
                break
        return steps

    def _follow_renames(self, steps: Sequence[HistoryStep]) -> None:
        """Where a history begins, look whether its claims stood under another file name in the commit before."""
        for step in steps:
            if step.parents or step.oid in self._begun:
                continue
            self._begun.add(step.oid)
            ids = self._trace.ids(self.contents(step.oid))
            for parent in self._repo.objects.commit(step.oid).parents:
                if self._repo.objects.holds(parent):
                    self._moved += renamed(self._repo, self._tree(parent), ids)[0]
        self.paths.update(map(self._repo.path, self._moved))

    def contents(self, oid: str) -> list[str]:
        """The ids of all contents the ledger consists of at a commit, in the order in which files are read."""
        tree = self._tree(oid)
        waiting, found = list(self._root_files(tree))[::-1], dict[str, None]()
        while waiting and len(found) < bounds.files():
            name = waiting.pop()
            content = _content(tree, name)
            if content is None or content in found:
                continue
            found[content] = None
            scan = self._trace.known(content)
            waiting += self._includes(tree, name, scan.includes)[::-1] if scan else ()
        return list(found)

    def state(self, oid: str) -> State:
        """The claim at a commit."""
        tree = self._tree(oid)

        def look(name: str) -> tuple[str, ContentScan] | None:
            scan = self._trace.known(_content(tree, name) or "")
            return (tree.identity(name), scan) if scan else None

        if oid in self._lost:
            return UNREADABLE
        return _first(self._root_files(tree), look, lambda name, scan: self._includes(tree, name, scan.includes))

    def _tree(self, oid: str) -> CommitTree:
        if oid not in self._trees:
            self._trees[oid] = self._repo.tree(oid)
        return self._trees[oid]

    def _root_files(self, tree: CommitTree) -> Sequence[str]:
        if tree.oid not in self._roots:
            try:
                named = self._files(tree)
                there = [name for name in named if tree.has_file(name)]
                self._roots[tree.oid] = there or [name for name in self._moved if tree.has_file(name)] or named
            except UsageError:  # settings that were broken then
                self._lost.add(tree.oid)
                self._roots[tree.oid] = ()
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
            self._included[key] = list(_expanded(tree, name, patterns))
            folder = name.rpartition("/")[0]
            self.paths.update(self._repo.path(fixed_part(folder, pattern)) for pattern in patterns)
        return self._included[key]


def fixed_part(folder: str, pattern: str) -> str:
    """The path, up to the first wildcard, below which a pattern finds its files."""
    parts = pattern.split("/")
    length = next((at for at, part in enumerate(parts) if _SIGNS & set(part)), len(parts))
    return "/".join(filter(None, (folder, *parts[:length]))) or "."


def _content(tree: CommitTree, name: str) -> str | None:
    try:
        return tree.blob(name)
    except UnreadableError:
        return None
