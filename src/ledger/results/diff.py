"""diff and log: what changed between two versions of a ledger, and about one claim through all of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .. import workspace
from ..errors import UnreadableError, UsageError
from ..facts import Fact
from ..files import Disk
from ..history import compare, versions
from ..history import log as lineage
from ..history.compare import Change
from ..history.git import Commit
from ..history.trace import State, Trace
from ..loading import assembly
from ..model import Claim, Ledger
from ..status import is_known, state
from ..text import shorten
from .lookup import claim_numbers

HEAD = "HEAD"


class Side(NamedTuple):
    """One of two versions: `name` is for people, `rev` and `commit` None for the files as they are on disk."""

    name: str
    rev: str | None
    commit: Commit | None
    ledger: Ledger
    day: date


class Entry(NamedTuple):
    """What changed about one claim; `claim` is its newest version, `overdue` for how many days it is newly so."""

    claim: Claim
    changes: tuple[Change, ...]
    overdue: int | None = None


class Diff(NamedTuple):
    """What changed from one version to another, in the order of the newer one."""

    base: Side
    new: Side
    entries: tuple[Entry, ...]


class Log(NamedTuple):
    """The commits that touched a claim, newest first.

    `pending` is what changed since the newest one and is not committed; `claim` the newest version there is.
    """

    name: str
    claim: Claim | None
    pending: tuple[Change, ...]
    touches: tuple[lineage.Touch, ...]


# --- diff ----------------------------------------------------------------------------------------------------


def parse_range(text: str) -> tuple[str, str | None]:
    """The two ends of REV or REV..REV, each HEAD where it is left empty; None for the files on disk."""
    if "..." in text:
        raise UsageError(f"{shorten(text, 60)!r} is no range", hint="write REV or REV..REV")
    old, dots, new = text.partition("..")
    return old or HEAD, (new or HEAD) if dots else None


def side_at(version: versions.Version, day: date, *, fixed: bool = False) -> Side:
    """A commit as a side: seen on the day it was made or, if `day` is earlier or `fixed`, on that one."""
    made = version.commit.day if version.commit is not None and not fixed else day
    return Side(version.name, version.rev, version.commit, version.ledger, min(made, day))


def diff(base: Side, new: Side) -> Diff:
    """What differs, with the claims that are overdue now and were not then."""
    differences = {found.claim: found for found in compare.compare(base.ledger, new.ledger)}
    overdue = _newly_overdue(base, new)
    entries = []
    for number, fact in enumerate(new.ledger.facts):
        found = differences.get(fact.id)
        if found is not None or fact.id in overdue:
            changes = found.changes if found is not None else ()
            entries.append(Entry(new.ledger.claims[number], changes, overdue.get(fact.id)))
    gone = [found for found in differences.values() if found.new is None and found.old is not None]
    entries += [Entry(base.ledger.claims[found.old], found.changes) for found in gone if found.old is not None]
    return Diff(base, new, tuple(entries))


def _newly_overdue(base: Side, new: Side) -> dict[str, int]:
    """For how many days claims are overdue that were not, on the day of the base."""
    before = {fact.id for fact in base.ledger.facts if _is_overdue(fact, base.day)}
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
        commit = repo.commit(rev or HEAD)
        finder = versions.Finder(repo, files, environ=environ, folder=folder)
        tree = Disk() if rev is None else repo.tree(commit)
        names = _names(files, environ, folder) if rev is None else finder(repo.tree(commit))

        def read(name: str) -> tuple[State, lineage.History]:
            trace = Trace(name)
            current = lineage.standing(tree, names, trace)
            return current, lineage.history(repo, commit, trace, finder, finder.paths)

        name = word
        current, found = read(name)
        if current is None and not found.touches:
            name = _meant(word, assembly.load(tree, names))
            current, found = read(name)
    now = current if isinstance(current, Claim) else None
    on_disk = rev is None and bool(names) and not isinstance(current, str)
    pending = compare.changes(found.last, now) if on_disk else ()
    gone = (change.before for touch in found.touches for change in touch.changes if change.kind == "removed")
    return Log(name, now or found.last or next(gone, None), pending, found.touches)


def _names(files: Sequence[str], environ: Mapping[str, str], folder: str) -> tuple[str, ...]:
    try:
        return workspace.find(files, environ=environ, folder=folder)
    except UnreadableError:
        return ()


def _meant(word: str, ledger: Ledger) -> str:
    """The id that a beginning names; UsageError where there is none, or several."""
    try:
        return ledger.facts[claim_numbers(ledger, [word])[0]].id
    except UsageError as error:
        hint = error.hint if error.hint and not error.hint.startswith("see ") else None
        raise UsageError(error.message, hint=hint or "a claim that is gone is found by its whole id") from None
