"""Claims that a base does not hold, and that stood before it: each as the last version in which it stood has it.

A claim that was taken away is not new when it is back. The versions of a ledger's files are gone through once for all
claims that are asked for, and where none is, not at all.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from ..errors import UsageError
from ..model import Claim, Ledger
from .claim_names import ClaimNames
from .compare import Stood
from .git import (
    Commit,
    CommitTree,
    HistoryStep,
    LeftOutError,
    NotPacked,
    Repository,
    Spans,
    WrittenContent,
    object_id,
    packed,
)
from .log import fixed_part
from .renames import renamed
from .whole import Contents, Known

_ROUNDS = 5
_AROUND = 256  # bytes: a name may stand on the line after its key
_NONE: frozenset[str] = frozenset()
# No edge before it: a search for what it begins with is many times quicker, and `said` names no claim that is wanted.
_ID = re.compile(rb"""id["']?[ \t]*:\s*["']?([a-z0-9][a-z0-9-]*)""")


class EarlierClaims(NamedTuple):
    """The claims that stood, by the id they had; `unknown` says why that cannot be told of the others."""

    found: dict[str, Stood]
    unknown: str | None = None


def earlier_claims(
    repo: Repository,
    base: Commit,
    files: Callable[[CommitTree], Sequence[str]],
    ledgers: Sequence[Ledger],
    wanted: Iterable[str],
    paths: Iterable[str],
) -> EarlierClaims:
    """What stood before a commit of the claims of these ids; UnreadableError where the clone is broken.

    `paths` are where the ledger may be looked for; `ledgers` the two that are compared, whose files are looked at too.
    """
    search = _EarlierSearch(repo, files, set(wanted))
    search.paths.update(paths)
    for ledger in ledgers:
        search.look_at(ledger, repo.tree(base))
    try:
        found = search.run(base, ClaimNames(ledgers[0]))
    except LeftOutError as error:
        return EarlierClaims({}, error.message)
    return EarlierClaims(found, "this is a shallow clone" if repo.shallow and search.wanted - set(found) else None)


class _EarlierSearch:
    def __init__(self, repo: Repository, files: Callable[[CommitTree], Sequence[str]], wanted: set[str]) -> None:
        self.wanted = wanted
        self._wanted_bytes = {name.encode("ascii") for name in wanted}
        self.paths: set[str] = set()
        self._repo = repo
        self._files = files
        self._contents = Contents()
        self._patterns: set[str] = set()  # from the top
        self._ids: dict[str, set[str]] = {}  # of each content that may hold wanted claims, which
        self._seen: set[str] = set()
        self._begun: set[str] = set()
        self._roots: dict[str, set[str]] = {}
        self._own: set[str] = set()

    def look_at(self, ledger: Ledger, tree: CommitTree) -> None:
        """Look where the files of a ledger lie, and where these include others from."""
        for name, text in ledger.texts:
            if self._repo.covers(name):
                path = tree.identity(name)  # where a link leads to
                self._own.update((path, self._repo.path(name)))
                self._includes(path, text.encode("utf-8", "surrogatepass"))

    def run(self, base: Commit, ids: ClaimNames) -> dict[str, Stood]:
        """Go through the versions; looked again as long as places turn up."""
        written: list[WrittenContent] = []
        self.paths |= self._own
        for _ in range(_ROUNDS):
            looked = sorted(self.paths)
            steps = self._repo.history(base, looked)
            written = list(self._repo.written(steps, looked))
            self._scan(written)
            self._follow_renames(steps, ids)
            if self.paths <= set(looked):
                break
        return self._found(written)

    # --- which contents may hold them ------------------------------------------------------------------------

    def _scan(self, written: Sequence[WrittenContent]) -> None:
        paths: dict[str, str] = {}
        for one in written:
            if one.content not in self._seen:
                paths.setdefault(one.content, one.path)
        self._seen.update(paths)
        if not paths:
            return
        try:
            self._scan_packed(paths)
        except NotPacked:
            for oid, data in zip(paths, self._repo.objects.blobs(list(paths)), strict=True):
                self._note(oid, self._named(data))
                self._includes(paths[oid], data)

    def _scan_packed(self, paths: dict[str, str]) -> None:
        """Look at what differs between contents that are told by each other; the ids of few are worked out."""
        oids = list(paths)
        names: list[set[str]] = []
        includes: list[tuple[str, ...]] = []
        for one in packed(self._repo.top, oids):
            fresh = _parts(one.data, one.new)
            known: set[str] = set() if one.base is None else names[one.base]
            same = () if one.base is None else includes[one.base]
            names.append((known - self._named(_parts(one.before, one.gone)) if known else known) | self._named(fresh))
            includes.append(self._contents.included(one.data) if same or b"include" in fresh else ())
            if names[-1] or includes[-1] != same:
                oid = object_id(one.data, like=oids[0])
                self._note(oid, names[-1])
                self._includes(paths[oid], one.data)

    def _note(self, oid: str, names: set[str]) -> None:
        if names:
            self._ids[oid] = names

    def _named(self, data: bytes) -> set[str]:
        """The wanted ids that a text may give to claims."""
        return {name.decode("ascii") for name in self._wanted_bytes.intersection(_ID.findall(data))}

    def _includes(self, path: str, data: bytes) -> None:
        folder = posixpath.dirname(path)
        for pattern in self._contents.included(data):
            if not pattern.startswith("/") and ".." not in pattern.split("/"):
                self._patterns.add(posixpath.join(folder, pattern))
                self.paths.add(fixed_part(folder, pattern))

    def _follow_renames(self, steps: Sequence[HistoryStep], ids: ClaimNames) -> None:
        """Where a history begins, look whether its claims stood under another file name in the commit before."""
        for step in steps:
            if step.parents or step.oid in self._begun:
                continue
            self._begun.add(step.oid)
            for parent in self._repo.objects.commit(step.oid).parents:
                if self._repo.objects.holds(parent):
                    self._own.update(map(self._repo.path, renamed(self._repo, self._repo.tree(parent), ids)[0]))
        self.paths |= self._own

    # --- which of them do ------------------------------------------------------------------------------------

    def _found(self, written: Sequence[WrittenContent]) -> dict[str, Stood]:
        found: dict[str, Stood] = {}
        for one in written:  # the newest first
            names = self._ids.get(one.content, _NONE) - found.keys()
            if names and self._is_own(one):
                for name in names:
                    claim = self._claims(one.content).get(name)
                    if isinstance(claim, Claim):
                        found[name] = Stood(claim, one.commit[:10])
        return found

    def _is_own(self, one: WrittenContent) -> bool:
        """Whether a file was part of this ledger, and not of another one in the same repository."""
        if one.path in self._own or any(fnmatchcase(one.path, pattern) for pattern in self._patterns):
            return True
        if one.commit not in self._roots:
            tree = self._repo.tree(one.commit)
            try:
                self._roots[one.commit] = {tree.identity(name) for name in self._files(tree)}
            except UsageError:  # settings that were broken then
                self._roots[one.commit] = set()
        return one.path in self._roots[one.commit]

    def _claims(self, content: str) -> Known:
        if content not in self._contents.claims and content not in self._contents.unreadable:
            self._contents.scan(content, self._repo.objects.blob(content))
        return self._contents.claims.get(content, {})


def _parts(data: bytes, spans: Spans) -> bytes:
    """These parts of a content with what is around them, apart from each other."""
    return b"\n\0\n".join(data[max(start - _AROUND, 0) : end + _AROUND] for start, end in spans)
