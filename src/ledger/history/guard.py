"""What was changed since a base and should not have been; and what of the base nobody could compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..model import Ledger, Resolution
from ..problems import CODES, Path, Severity
from ..text import shorten
from .compare import Change, Comparison, Difference
from .heads import HeadChange, head_words
from .same_meaning import is_reworded, meaning, told, told_both
from .unread import Gap

_LONGEST = 80
_MEANT = {  # what is to be said of a change besides the claims, where it is not of people or sources
    "timezone": "today is the day there, and deadlines are over by it: put it back unless the ledger moved",
    "forecasts": "what these tables forecast is in no score any more: put the pattern back",
}


class Breach(NamedTuple):
    """A change that should not be; `number` is the claim's in the newer ledger, that before it if it is gone.

    Without a number, `path` is the way to a name in the head: (table, key, field).
    """

    code: str
    message: str
    hint: str | None
    claim: str | None
    number: int | None
    path: Path
    severity: Severity


def breaches(base: Ledger, new: Ledger, found: Comparison, at: str = "the base") -> Iterator[Breach]:
    """What was changed and should not have been; `at` names the base in messages.

    An amended field is a warning; a claim that can no longer be read counts as deleted.
    """
    numbers = {fact.id: number for number, fact in enumerate(new.facts)}
    yield from (_not_compared(gap, at, numbers) for gap in found.gaps)
    before_it = _survivors(base, numbers)
    for difference in found.differences:
        for change in difference.changes:
            if change.code == "claim-deleted":
                yield _deleted(base, difference, change, at, before_it.get(difference.claim))
            elif change.code not in (None, "not-compared") and difference.new is not None:
                yield _moved(difference, change, change.stood or at)
    yield from (_meant(change, at) for change in found.head if change.code is not None)


def _meant(change: HeadChange, at: str) -> Breach:
    assert change.code is not None
    message = f"{'.'.join(change.path)} was {{}} at {at} and is {{}}".format(
        *told_both(change.before, change.after, change.path[-1])
    )
    hint = _MEANT.get(
        change.path[0], "every claim under this key now means another: put it back, or declare a key of its own"
    )
    if change.before is None:
        name = head_words(change).removeprefix("added: ")
        message = f"{'.'.join(change.path)} was not declared at {at} and is {name}"
    if change.path[0] == "forecasts":
        message = f"forecasts names {change.path[1]} no more, which it did at {at}"
    return Breach(change.code, message, hint, None, None, change.place, CODES[change.code].severity)


def _not_compared(gap: Gap, at: str, numbers: dict[str, int]) -> Breach:
    what = f"{gap.claim} was not compared with {at}" if gap.claim else f"not all was compared with {at}"
    hint = "name a base that can be read, or accept it once: --ignore not-compared"
    number = numbers.get(gap.claim) if gap.claim else None
    severity = CODES["not-compared"].severity
    return Breach("not-compared", f"{what}: {gap.message}", hint, gap.claim, number, (), severity)


def _survivors(base: Ledger, numbers: dict[str, int]) -> dict[str, int]:
    """For each claim that is gone, the number of the last one before it that is there."""
    found: dict[str, int] = {}
    before: int | None = None
    for fact in base.facts:
        if fact.id in numbers:
            before = numbers[fact.id]
        elif before is not None:
            found[fact.id] = before
    return found


def _deleted(base: Ledger, difference: Difference, change: Change, at: str, before: int | None) -> Breach:
    assert difference.old is not None
    claim, fact = base.claims[difference.old], base.facts[difference.old]
    where = f"{base.texts[fact.file].name}:{fact.line}"
    if change.kind == "unreadable":
        message = f"{claim.id}, in {where} at {at}, cannot be read any more"
        hint = "mend what else is reported about it: nothing shows that it says the same"
    elif change.likely is not None:
        message = f"{claim.id}, in {where} at {at}, is gone; it is probably {change.likely} now"
        hint = f"if that is the same claim, say so in {change.likely}: formerly: [{claim.id}]"
    else:
        message = f"{claim.id}, in {where} at {at}, is gone"
        hint = "put it back; a claim that was badly posed is judged annulled"
    return Breach("claim-deleted", message, hint, claim.id, before, (), CODES["claim-deleted"].severity)


def _moved(difference: Difference, change: Change, at: str) -> Breach:
    assert change.code is not None
    if change.field == "resolutions":
        what, hint = _judged_otherwise(difference, change, at)
    else:
        what = _shifted(change, at)
        hint = f"put it back, or add to amended: {{date: …, fields: [{change.field}], why: …}}"
    severity = CODES[change.code].severity
    if change.why is None:
        return Breach(change.code, what, hint, difference.claim, difference.new, change.path, severity)
    message = f"{what}; amended: {shorten(change.why, _LONGEST)}"
    return Breach(change.code, message, None, difference.claim, difference.new, change.path, "warning")


def _shifted(change: Change, at: str) -> str:
    key = change.field or ""
    if key == "amended":
        return f"an amendment that stood at {at} was changed or removed"
    if change.before in (None, ()) and key not in ("said", "deadline"):
        why = "and the claim was judged by then"
        if key in ("wording", "revises"):
            why = "which takes the claim out of every rate"
        return f"{key} was absent at {at} and is {told(change.after, key)}, {why}"
    before, after = told_both(change.before, change.after, key)
    alone = ", another spelling of the same words" if change.code == "reworded" else ""
    return f"{key} was {before} at {at} and is {after}{alone}"


def _judged_otherwise(difference: Difference, change: Change, at: str) -> tuple[str, str | None]:
    if change.code == "judgement-extended":
        assert isinstance(change.path[1], int)
        head = _head(change.path[1], change.before, at)
        return f"{head} says more: {extension(change.before, change.after)}", "all it said still stands"
    hint = f"judgements are only appended: put it back, and add another with ledger resolve {difference.claim} --again"
    number = change.path[1] if len(change.path) > 1 else len(change.after)
    assert isinstance(number, int)
    old: Resolution = change.before[number]
    if number >= len(change.after) or len(change.after) < len(change.before):
        return f"{_head(number, old, at)} was removed", hint
    return f"{_head(number, old, at)} was rewritten: {rewriting(old, change.after[number])}", hint


def _head(number: int, judgement: Resolution, at: str) -> str:
    return f"judgement {number + 1}, {judgement.outcome} of {judgement.judged} at {at},"


def rewriting(old: Resolution, new: Resolution) -> str:
    """What a judgement says otherwise: `outcome was false and is true; evidence: 1 taken away or changed`."""
    pairs = ((key, getattr(old, key), getattr(new, key)) for key in Resolution._fields)
    return "; ".join(
        _evidence(old, new) if key == "evidence" else "{} was {} and is {}".format(key, *told_both(one, other, key))
        for key, one, other in pairs
        if meaning(one) != meaning(other)
    )


def extension(old: Resolution, new: Resolution) -> str:
    """What a judgement says besides what it said."""
    parts = [_evidence(old, new)] if meaning(old.evidence) != meaning(new.evidence) else []
    if meaning(old.note) != meaning(new.note):
        alone = old.note is not None and is_reworded(old.note, new.note)
        parts.append("note reworded" if alone else "note extended" if old.note else "note added")
    if old.by is None and new.by is not None:
        parts.append(f"by {new.by}")
    return "; ".join(parts)


def _evidence(old: Resolution, new: Resolution) -> str:
    before, after = [meaning(one) for one in old.evidence], [meaning(one) for one in new.evidence]
    gone = sum(one not in after for one in before)
    more = sum(one not in before for one in after)
    changed = min(gone, more)
    words = ((more - changed, "added"), (changed, "changed"), (gone - changed, "taken away"))
    if not gone + more:
        return "evidence in another order"
    return "evidence: " + ", ".join(f"{number} {what}" for number, what in words if number)
