"""diff and log: what changed between two versions of a ledger, and about one claim through all of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from .. import workspace
from ..errors import UnreadableError, UsageError
from ..facts import Fact
from ..files import Disk
from ..history import log as lineage
from ..history import versions
from ..history.compare import Change, Stood, changes, changes_since, compare
from ..history.git import Commit
from ..history.heads import HeadChange, apart, head_changes, head_of
from ..history.trace import UNREADABLE, State, Trace, Unreadable
from ..history.unread import Gap
from ..history.whole import ClaimTouch, Contents, LedgerTouch, claims_touched, touches, whole_history
from ..loading import assembly
from ..model import Claim, Ledger
from ..status import is_known, state
from ..text import shorten
from .lookup import claim_numbers

HEAD = "HEAD"


class DiffSide(NamedTuple):
    """One of two versions: `name` is for people, `rev` and `commit` None for the files as they are on disk.

    `gaps` say what of it could not be found or read at all; `earlier` are claims that stood before it.
    """

    name: str
    rev: str | None
    commit: Commit | None
    ledger: Ledger
    day: date
    gaps: tuple[Gap, ...] = ()
    earlier: Mapping[str, Stood] = {}


class ClaimDiff(NamedTuple):
    """What changed about one claim; `claim` is its newest version, `overdue` for how many days it is newly so."""

    claim: Claim
    changes: tuple[Change, ...]
    overdue: int | None = None


class Diff(NamedTuple):
    """What changed from one version to another, in the order of the newer one."""

    base: DiffSide
    new: DiffSide
    entries: tuple[ClaimDiff, ...]
    head: tuple[HeadChange, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Log(NamedTuple):
    """The commits that touched a claim, newest first.

    `pending` is what changed since the newest one and is not committed; `claim` the newest version there is.
    """

    name: str
    claim: Claim | None
    pending: tuple[Change, ...]
    touches: tuple[lineage.Touch, ...]


class LedgerLog(NamedTuple):
    """The commits that touched anything, newest first, and what changed since and is not committed."""

    pending: tuple[ClaimTouch, ...]
    touches: tuple[LedgerTouch, ...]
    pending_head: tuple[HeadChange, ...] = ()


# --- diff ----------------------------------------------------------------------------------------------------


def parse_range(text: str) -> tuple[str, str | None]:
    """The two ends of REV or REV..REV, each HEAD where it is left empty; None for the files on disk."""
    if "..." in text:
        raise UsageError(f"{shorten(text, 60)!r} is no range", hint="write REV or REV..REV")
    old, dots, new = text.partition("..")
    return old or HEAD, (new or HEAD) if dots else None


def side_at(version: versions.Version, day: date, *, fixed: bool = False) -> DiffSide:
    """A commit as a side: seen on the day it was made or, if `day` is earlier or `fixed`, on that one."""
    made = version.day if version.day is not None and not fixed else day
    return DiffSide(
        version.name, version.rev, version.commit, version.ledger, min(made, day), version.gaps, version.earlier
    )


def diff(base: DiffSide, new: DiffSide) -> Diff:
    """What differs, with the claims that are overdue now and were not then, and what could not be compared."""
    compared = compare(base.ledger, new.ledger, (*base.gaps, *new.gaps), base.earlier)
    differences = {found.claim: found for found in compared.differences}
    overdue = _newly_overdue(base, new)
    entries = []
    for number, fact in enumerate(new.ledger.facts):
        found = differences.get(fact.id)
        if found is not None or fact.id in overdue:
            changes = found.changes if found is not None else ()
            entries.append(ClaimDiff(new.ledger.claims[number], changes, overdue.get(fact.id)))
    gone = [found for found in differences.values() if found.new is None and found.old is not None]
    entries += [ClaimDiff(base.ledger.claims[found.old], found.changes) for found in gone if found.old is not None]
    return Diff(base, new, tuple(entries), compared.head, compared.gaps)


def _newly_overdue(base: DiffSide, new: DiffSide) -> dict[str, int]:
    """For how many days claims are overdue that were not, on the day of the base."""
    now = new.ledger.formerly
    before = {now.get(fact.id, fact.id) for fact in base.ledger.facts if _is_overdue(fact, base.day)}
    before |= {problem.claim for problem in base.ledger.problems if problem.claim is not None}  # nobody knows
    day = new.day.toordinal()
    return {
        fact.id: day - fact.deadline.end
        for fact in new.ledger.facts
        if fact.id not in before and fact.deadline is not None and _is_overdue(fact, new.day)
    }


def _is_overdue(fact: Fact, day: date) -> bool:
    return is_known(fact, day.toordinal()) and state(fact, day.toordinal()).status == "overdue"


# --- log -----------------------------------------------------------------------------------------------------


def log(
    word: str,
    files: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: str = os.curdir,
    rev: str | None = None,
) -> Log:
    """The history of the claim that an id, or a unique beginning of one, names: from REV, or from HEAD, back.

    Without REV, what is not committed counts too. A claim that is gone is found by its whole id.
    """
    with versions.repository_of(files, environ=environ, folder=folder) as repo:
        versions.own(repo, files, environ)
        commit = repo.commit(rev or HEAD)
        finder = versions.Finder(repo, files, environ=environ, folder=folder)
        tree = Disk() if rev is None else repo.tree(commit)
        names = _names(files, environ, folder) if rev is None else finder(repo.tree(commit))

        def read(name: str) -> tuple[State, lineage.History]:
            trace = Trace(name)
            current = lineage.standing(tree, names, trace)
            if isinstance(current, Claim) and current.formerly:
                trace = Trace(name, current.formerly)
            return current, lineage.history(repo, commit, trace, finder, finder.paths)

        name = word
        current, found = read(name)
        if current is None:
            name = _now(word, tree, names) if found.touches else _meant(word, assembly.load(tree, names))
        if name != word:
            current, found = read(name)
    now = current if isinstance(current, Claim) else None
    on_disk = rev is None and bool(names) and not isinstance(current, str)
    pending: tuple[Change, ...] = ()
    if on_disk:
        pending = changes_since(found.stood, now) if found.last is None and now else changes(found.last, now)
    gone = (change.before for touch in found.touches for change in touch.changes if change.kind == "removed")
    return Log(name, now or found.last or next(gone, None), pending, found.touches)


def ledger_log(
    files: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: str = os.curdir,
    rev: str | None = None,
    limit: int | None = None,
) -> LedgerLog:
    """The history of all claims: from REV, or from HEAD, back; without REV what is not committed counts too.

    At most `limit` commits.
    """
    with versions.repository_of(files, environ=environ, folder=folder) as repo:
        versions.own(repo, files, environ)
        commit = repo.commit(rev or HEAD)
        finder = versions.Finder(repo, files, environ=environ, folder=folder)
        found = tuple(islice(whole_history(repo, commit, finder, finder.paths, Contents()), limit))
        tree = repo.tree(commit)
        names = finder(tree)
        there = [name for name in names if tree.has_file(name)]
        base = assembly.load(tree, there) if there and rev is None else versions.NOTHING
    if rev is not None:
        return LedgerLog((), found)
    now = assembly.load(Disk(), _names(files, environ, folder))
    claims = _by_id(now)
    pending = tuple(touches(_by_id(base), claims))
    beside = head_changes(head_of(base), head_of(now)) if there else ()
    return LedgerLog(pending, found, apart(beside, claims_touched(pending, claims)))


def _by_id(ledger: Ledger) -> dict[str, Claim | Unreadable]:
    lost: dict[str, Claim | Unreadable] = {one.claim: UNREADABLE for one in ledger.problems if one.claim is not None}
    return lost | {claim.id: claim for claim in ledger.claims}


def _names(files: Sequence[str], environ: Mapping[str, str], folder: str) -> tuple[str, ...]:
    try:
        return workspace.find(files, environ=environ, folder=folder)
    except UnreadableError:
        return ()


def _now(word: str, tree: assembly.FileSource, names: Sequence[str]) -> str:
    """The id that a claim has whose id was another; the word itself where no claim says so."""
    try:
        return assembly.load(tree, names).formerly.get(word, word)
    except UnreadableError:
        return word


def _meant(word: str, ledger: Ledger) -> str:
    """The id that a beginning names; UsageError where there is none, or several."""
    try:
        return ledger.facts[claim_numbers(ledger, [word])[0]].id
    except UsageError as error:
        hint = error.hint if error.hint and not error.hint.startswith("see ") else None
        raise UsageError(error.message, hint=hint or "a claim that is gone is found by its whole id") from None
