"""Changes of open texts, proven before they are offered: remedies of findings, a look, another id for a claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from .. import fields
from ..edit.changes import Append, Edit, Patch, Set, edit
from ..edit.scalars import Plain
from ..errors import LedgerError, RefusedError, UsageError
from ..loading.places import locate
from ..model import Claim, Ledger, renamed, uses
from ..problems import Problem
from ..query import names
from ..results.lookup import claim_numbers
from ..writing.touch import plan_touch
from .desk import Desk, DeskRead

_MOST = 50  # findings, since for each the ledger is read with its remedy
_MEANT = re.compile(r"did you mean ([^ ,]+)\?")
_WRITE = re.compile(r"write ([0-9QH~/s-]+|none)")
_BAD = ("unknown-key", "undeclared", "dangling-reference", "bad-value", "bad-period")


class FileEdits(NamedTuple):
    """One file's replaced pieces, in the order of its text."""

    file: str
    patches: tuple[Patch, ...]


class Action(NamedTuple):
    """What can be done about a finding, and the changes that do it."""

    title: str
    finding: Problem
    changes: tuple[FileEdits, ...]


def remedies(desk: Desk, read: DeskRead, path: str, first: int, last: int) -> Iterator[Action]:
    """The certain edits for the first findings on some lines (from 1) of a file."""
    here = (found for found in read.problems if found.place.file == path and first <= found.place.line <= last)
    for found in islice(here, _MOST):
        action = _looked(read, found) if found.code == "overdue" else _meant(desk, read, found)
        if action is not None:
            yield action


def _looked(read: DeskRead, found: Problem) -> Action | None:
    """For an overdue claim: somebody looked today and found nothing decisive."""
    try:
        plan = plan_touch(read.ledger, [found.claim or ""], today=read.day)
    except LedgerError:
        return None
    changes = tuple(FileEdits(one.name, one.patches) for one in plan.files)
    return Action(f"Nothing decisive found: checked {read.day}", found, changes) if changes else None


def _meant(desk: Desk, read: DeskRead, found: Problem) -> Action | None:
    """The one name or period that a hint proposes, if nothing else is wrong afterwards."""
    hint = found.hint or ""
    match = _MEANT.search(hint) or _WRITE.fullmatch(hint)
    if found.code not in _BAD or match is None:
        return None
    text = next(text for name, text in read.ledger.texts if name == found.place.file)
    start = _offset(text, found.place.line, found.place.column)
    held = re.compile(r"[\"']?[^\s:,\]}\"'#]+[\"']?" if _MEANT.search(hint) else r"[^\n#,\]}]*[^\s#,\]}]").match(
        text, start
    )
    if held is None:
        return None
    patch = Patch(start, held.end(), match[1])
    mended = text[:start] + patch.text + text[held.end() :]
    after = desk.load(read.ledger.texts[0].name, {found.place.file: mended})
    if not _only_gone(read.ledger, after, found):
        return None
    return Action(f"Write {match[1]}", found, (FileEdits(found.place.file, (patch,)),))


def _only_gone(before: Ledger, after: Ledger, found: Problem) -> bool:
    """Whether a finding is gone and none came instead."""
    old = Counter((one.code, one.claim) for one in before.problems)
    new = Counter((one.code, one.claim) for one in after.problems)
    key = found.code, found.claim
    return new[key] < old[key] and not new - old


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


# --- another id --------------------------------------------------------------------------------------------------


def rename(desk: Desk, read: DeskRead, old: str, new: str) -> tuple[FileEdits, ...]:
    """Give a claim another id: `formerly` keeps the old one, and what refers to it refers to the new one.

    RefusedError where the ledger that would come out is not the same one but for the id.
    """
    ledger = read.ledger
    _refuse_name(ledger, new)
    number = claim_numbers(ledger, [old])[0]
    texts = dict(ledger.texts)
    patches: dict[str, list[Patch]] = {}
    home = ledger.texts[ledger.spots[number].file].name
    spots = [spot for spot in ledger.spots if spot.file == ledger.spots[number].file]
    changes = (Set("id", Plain(new)), Append("formerly", Plain(old)))
    patches[home] = list(edit(texts[home], home, spots, [Edit(ledger.spots[number], changes)]).patches)
    for file, patch in _references(ledger, number, old, new):
        patches.setdefault(file, []).append(patch)
    found = tuple(FileEdits(file, tuple(sorted(ones))) for file, ones in patches.items())
    _prove(desk, ledger, old, new, {one.file: applied(texts[one.file], one.patches) for one in found})
    return found


def _refuse_name(ledger: Ledger, new: str) -> None:
    if not re.fullmatch(fields.NAME_PATTERN, new) or new in fields.OUTCOMES:
        raise UsageError(f"{new!r} is no id", hint="an id is made of small letters, digits and hyphens: robots-2027")
    if new in set(names(ledger.facts, "id")) | set(ledger.formerly):
        raise UsageError(f"there is a claim {new} already", hint="choose another id")


def _references(ledger: Ledger, own: int, old: str, new: str) -> Iterator[tuple[str, Patch]]:
    """Where other claims name the old id, and what stands there then."""
    for number, claim in enumerate(ledger.claims):
        for path, table, name in uses(claim) if number != own else ():
            if table != "claims" or name != old:
                continue
            place = locate(ledger.texts, ledger.spots[number], path)
            text = ledger.texts[ledger.spots[number].file].text
            start = _offset(text, place.line, place.column)
            start += text[start] in "\"'"
            if text[start : start + len(old)] == old:  # else it has an older id, which formerly follows
                yield place.file, Patch(start, start + len(old), new)


def applied(text: str, patches: tuple[Patch, ...]) -> str:
    """The text with its pieces replaced."""
    for patch in reversed(patches):
        text = text[: patch.start] + patch.text + text[patch.end :]
    return text


def _prove(desk: Desk, ledger: Ledger, old: str, new: str, texts: Mapping[str, str]) -> None:
    """Read what would come out: the same claims but for the id, and nothing wrong that was not before."""
    after = desk.load(ledger.texts[0].name, texts)
    expected = [renamed(claim, {old: new}) for claim in ledger.claims]
    expected = [_named_anew(claim, old, new) if claim.id == old else claim for claim in expected]
    before = Counter(one.code for one in ledger.problems)
    if list(after.claims) != expected or Counter(one.code for one in after.problems) - before:
        raise RefusedError(f"{old} cannot be renamed without changing something else", hint="rename it by hand")


def _named_anew(claim: Claim, old: str, new: str) -> Claim:
    return claim._replace(id=new, formerly=(*claim.formerly, old))
