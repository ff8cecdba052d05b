"""The commits that touched any claim of a ledger, newest first, and what each changed in which of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..errors import UnreadableError
from ..loading import pieces, reading
from ..model import Claim
from .compare import Change, Stood, changes, changes_since
from .git import Commit, HistoryStep, Repository
from .heads import HeadChange, HeadReader, LedgerHead, apart, head_as_read, head_changes, merged
from .log import Files, Walk, is_cut
from .trace import UNREADABLE, ContentScan, Trace, Unreadable

Known = Mapping[str, "Claim | Unreadable"]
_NOTHING: Known = {}
_NO_HEAD = LedgerHead()


class ClaimTouch(NamedTuple):
    """What a commit changed about one claim; `unreadable` where it can be read no more, and could before."""

    claim: str
    changes: tuple[Change, ...]
    unreadable: bool = False


class LedgerTouch(NamedTuple):
    """A commit that changed claims, or what stands beside them.

    `cut` says that what came before is not in this clone.
    """

    commit: Commit
    claims: tuple[ClaimTouch, ...]
    cut: bool = False
    head: tuple[HeadChange, ...] = ()


class Contents(Trace):
    """Reads every claim of each content; a piece that stands in many versions is parsed once."""

    def __init__(self) -> None:
        super().__init__("")
        self.claims: dict[str, Known] = {}
        self.heads: dict[str, LedgerHead] = {}
        self._reader = HeadReader()
        self.unreadable: set[str] = set()  # contents of which nothing can be read
        self._parsed: dict[str, tuple[str, Claim | Unreadable] | None] = {}

    def ids(self, contents: Iterable[str]) -> set[str]:
        """The ids of all claims in these contents."""
        return {name for content in contents for name in self.claims.get(content, _NOTHING)}

    def scan(self, oid: str, data: bytes) -> ContentScan:
        """Read a content."""
        self._scans[oid] = ContentScan(None, self.included(data.removeprefix(b"\xef\xbb\xbf")))
        try:
            self.claims[oid], self.heads[oid] = self._all(data)
        except UnreadableError:
            self.unreadable.add(oid)
        return self._scans[oid]

    def _all(self, data: bytes) -> tuple[Known, LedgerHead]:
        text = reading.decode(data, "")
        cut = pieces.cut(text)
        alone = [self._of_piece(text[one.start : one.end]) for one in cut.pieces] if cut else [None]
        if cut and None not in alone:
            return dict(found for found in alone if found is not None), self._reader.read(cut.head(text))
        whole = reading.read(text, "")
        if whole.head is None and not whole.entries:
            raise UnreadableError("nothing of it can be read")
        return _known(whole), head_as_read(whole)

    def _of_piece(self, text: str) -> tuple[str, Claim | Unreadable] | None:
        if text not in self._parsed:
            found = _known(reading.read(f"ledger: 1\nclaims:\n{text}", ""))
            self._parsed[text] = next(iter(found.items())) if len(found) == 1 else None
        return self._parsed[text]


def _known(found: reading.FileReading) -> dict[str, Claim | Unreadable]:
    named = (problem.claim for problem in found.sheet.found)
    lost: dict[str, Claim | Unreadable] = {name: UNREADABLE for name in named if name is not None}
    return lost | {entry.claim.id: entry.claim for entry in found.entries}


def whole_history(
    repo: Repository, commit: Commit, files: Files, paths: Iterable[str], contents: Contents
) -> Iterator[LedgerTouch]:
    """The commits from one back that changed any claim; a merge counts for what is as in none of its parents."""
    walk = Walk(repo, files, contents)
    walk.paths.update(paths)
    steps = walk.steps(commit)
    states: dict[str, Known] = {}

    heads: dict[str, LedgerHead] = {}

    def head(oid: str) -> LedgerHead:
        if oid not in heads:
            heads[oid] = merged(contents.heads.get(content, _NO_HEAD) for content in walk.contents(oid))
        return heads[oid]

    def state(oid: str) -> Known:
        if oid not in states:
            states[oid] = _merged(contents.claims.get(content, _NOTHING) for content in walk.contents(oid))
        return states[oid]

    def told(step: HistoryStep) -> Known:
        """The state of a commit; where a whole file cannot be read, what stood there before cannot either."""
        if contents.unreadable.isdisjoint(walk.contents(step.oid)):
            return state(step.oid)
        lost: Known = {name: UNREADABLE for oid in step.parents for name in state(oid)}
        return {**lost, **state(step.oid)}

    gone: dict[str, Stood] = {}
    back: dict[str, dict[str, Stood]] = {}
    for step in reversed(steps):
        now = states[step.oid] = told(step)
        for parent in step.parents[:1]:
            before = state(parent)
            back[step.oid] = {name: gone[name] for name in gone.keys() & now.keys() - before.keys()}
            for name in before.keys() - now.keys():
                claim = before[name]
                if isinstance(claim, Claim):
                    gone[name] = Stood(claim, parent[:10])
    for step in steps:
        parents = [state(oid) for oid in step.parents] or [_NOTHING]
        found = tuple(_touches(parents, state(step.oid), back.get(step.oid, {})))
        lost = not contents.unreadable.isdisjoint(walk.contents(step.oid))
        beside = () if lost else _beside([head(oid) for oid in step.parents], head(step.oid), state(step.oid), found)
        if found or beside:
            touched = repo.objects.commit(step.oid)
            yield LedgerTouch(touched, found, is_cut(repo, step, touched), beside)


def _beside(
    parents: list[LedgerHead], now: LedgerHead, known: Known, found: Iterable[ClaimTouch]
) -> tuple[HeadChange, ...]:
    """What a commit changed beside the claims: that which is as in none of its parents."""
    if not parents:
        return ()
    paths = [{change.path for change in head_changes(one, now)} for one in parents[1:]]
    changed = (one for one in head_changes(parents[0], now) if all(one.path in other for other in paths))
    return apart(changed, claims_touched(found, known))


def claims_touched(found: Iterable[ClaimTouch], known: Known) -> Iterator[Claim]:
    """The claims that were touched as they are now, or as they were before they went."""
    for one in found:
        now = known.get(one.claim)
        if now is not None and not isinstance(now, str):
            yield now
        yield from (change.before for change in one.changes if change.kind == "removed")


def _merged(found: Iterable[Known]) -> Known:
    whole: dict[str, Claim | Unreadable] = {}
    for known in found:
        for name, claim in known.items():
            whole.setdefault(name, claim)
    return whole


def touches(before: Known, after: Known) -> list[ClaimTouch]:
    """What differs between two states, in the order of the newer one."""
    return list(_touches([before], after, {}))


def _touches(parents: list[Known], after: Known, stood: Mapping[str, Stood]) -> Iterator[ClaimTouch]:
    before = parents[0]
    for name in dict.fromkeys((*after, *before)):
        now = after.get(name)
        if any(parent.get(name) is now or parent.get(name) == now for parent in parents):
            continue
        old = before.get(name)
        if isinstance(now, str):
            yield ClaimTouch(name, (), unreadable=True)
        elif old is None and now is not None:
            yield ClaimTouch(name, changes_since(stood.get(name), now))
        elif found := changes(None if isinstance(old, str) else old, now):
            yield ClaimTouch(name, found)
