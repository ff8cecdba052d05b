"""Two versions of a ledger -> what changed, by meaning; and which of it was not to be changed.

What decides a verdict is frozen once it is set. Quoting, order, indentation, comments, line breaks and the file a
claim stands in mean nothing; neither does another spelling of the same period, number or set of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from .. import fields
from ..model import Amendment, Claim, Ledger, Quantity, Resolution
from ..numbers import points
from ..periods import Period
from ..problems import CODES, Path, Severity
from ..text import shorten

Kind = Literal["added", "removed", "redated", "judged", "reopened", "rejudged", "amended", "changed"]

CODES_OF_BASE = ("goalpost-moved", "claim-deleted", "judgement-rewritten")
_SETS = ("topics", "depends_on", "see_also", "fields")
_APART = ("id", "amended", "resolutions")
_VALUES = tuple(field for field in fields.CLAIM if field.key not in _APART)
_LONGEST = 80
_CONTEXT = 24


class Change(NamedTuple):
    """One thing that changed about a claim; `path` leads to it in the newer version.

    `code` is what check calls it where it was not to be changed; `why` is the reason of the amendment that
    names the field, if there is one.
    """

    kind: Kind
    field: str | None = None
    before: Any = None
    after: Any = None
    path: Path = ()
    code: str | None = None
    why: str | None = None

    @property
    def days(self) -> int | None:
        """By how many days a deadline moved; None for another change, or where one of the two is open-ended."""
        if self.kind != "redated" or self.before is None or self.after is None:
            return None
        return int(self.after.end - self.before.end)


class Difference(NamedTuple):
    """A claim that is not the same in both ledgers: its numbers in them (None where it is not there), its changes."""

    claim: str
    old: int | None
    new: int | None
    changes: tuple[Change, ...]


class Finding(NamedTuple):
    """A change that should not be; `number` is the claim's in the newer ledger, that before it if it is gone."""

    code: str
    message: str
    hint: str | None
    claim: str
    number: int | None
    path: Path
    severity: Severity


# --- what changed --------------------------------------------------------------------------------------------


def compare(base: Ledger, new: Ledger) -> list[Difference]:
    """What differs, in the order of the newer ledger; what is gone follows the claim it stood behind.

    Claims whose pieces have the same text are not looked at.
    """
    there = {fact.id: number for number, fact in enumerate(base.facts)}
    here = {fact.id for fact in new.facts}
    gone = _gone(base, here)
    found = [_difference(base, new, old, None) for old in gone.pop(None, ())]
    for number, fact in enumerate(new.facts):
        old = there.get(fact.id)
        if old is None or not _same_piece(base, old, new, number):
            found.append(_difference(base, new, old, number))
        found += [_difference(base, new, deleted, None) for deleted in gone.pop(fact.id, ())]
    return [difference for difference in found if difference.changes]


def _gone(base: Ledger, here: set[str]) -> dict[str | None, list[int]]:
    """The numbers of the claims that are not here any more, by the id of the last one before them that is."""
    gone: dict[str | None, list[int]] = {}
    before: str | None = None
    for number, fact in enumerate(base.facts):
        if fact.id in here:
            before = fact.id
        else:
            gone.setdefault(before, []).append(number)
    return gone


def _same_piece(base: Ledger, old: int, new: Ledger, number: int) -> bool:
    one, other = base.spots[old], new.spots[number]
    if one.start < 0 or other.start < 0:
        return False
    before, after = base.texts[one.file].text, new.texts[other.file].text
    return before[one.start : one.end] == after[other.start : other.end]


def _difference(base: Ledger, new: Ledger, old: int | None, number: int | None) -> Difference:
    before = None if old is None else base.claims[old]
    after = None if number is None else new.claims[number]
    found = changes(before, after)
    if old is not None and number is not None and _restates_now(base, old, new, number):
        found = tuple(
            change._replace(code="goalpost-moved") if change.field == "revises" else change for change in found
        )
    claim = before or after
    assert claim is not None
    return Difference(claim.id, old, number, found)


def _restates_now(base: Ledger, old: int, new: Ledger, number: int) -> bool:
    return new.facts[number].restates and not base.facts[old].restates


def changes(before: Claim | None, after: Claim | None) -> tuple[Change, ...]:
    """What changed from one version of a claim to another, in the order of its fields; None is no such claim."""
    if before is after or (before is None and after is None):
        return ()
    if before is None:
        return (Change("added", after=after),)
    if after is None:
        return (Change("removed", before=before, code="claim-deleted"),)
    fresh = _without(after.amended, before.amended)
    reasons = {name.split(".")[0].strip(): entry.why for entry in fresh for name in entry.fields}
    reasons.pop("amended", None)  # an amendment cannot excuse that another one was changed
    return tuple(
        change._replace(why=reasons.get(change.field or ""))
        for change in (*_of_values(before, after), *_of_amended(before, after, fresh), *_of_judgements(before, after))
    )


def _of_values(before: Claim, after: Claim) -> Iterator[Change]:
    for field in _VALUES:
        old, new = getattr(before, field.key), getattr(after, field.key)
        if old is new or meaning(old, field.key) == meaning(new, field.key):
            continue
        moved = field.frozen and (_is_set(before, field.key) or (field.key == "wording" and new == "implied"))
        kind: Kind = "redated" if field.key == "deadline" else "changed"
        yield Change(kind, field.key, old, new, (field.key,), "goalpost-moved" if moved else None)


def _is_set(claim: Claim, key: str) -> bool:
    """Whether a field says something: `none` and `unknown` do, and so does what absence stands for.

    A wording that is absent is taken for the speaker's own; `implied`, set later, takes the claim out of every
    rate. So does a `revises`: see `_restates_now`.
    """
    if key == "deadline":
        return claim.deadline is not None or claim.kind != "statement"
    return key == "said" or getattr(claim, key) not in (None, ())


def _of_amended(before: Claim, after: Claim, fresh: list[Amendment]) -> Iterator[Change]:
    kept = len(before.amended)
    if meaning(after.amended[:kept]) != meaning(before.amended):
        yield Change("changed", "amended", before.amended, after.amended, ("amended",), "goalpost-moved")
    for number, entry in enumerate(after.amended):
        if any(entry is one for one in fresh):
            yield Change("amended", "amended", None, entry, ("amended", number))


def _of_judgements(before: Claim, after: Claim) -> Iterator[Change]:
    old, new = before.resolutions, after.resolutions
    same = 0
    while same < min(len(old), len(new)) and meaning(old[same]) == meaning(new[same]):
        same += 1
    if same < len(old):
        path: Path = ("resolutions", same) if same < len(new) else ("resolutions",)
        yield Change("rejudged", "resolutions", old, new, path, "judgement-rewritten")
        return
    for number, entry in enumerate(new[same:], same):
        kind: Kind = "reopened" if entry.outcome == "reopened" else "judged"
        yield Change(kind, "resolutions", None, entry, ("resolutions", number))


def _without(entries: tuple[Amendment, ...], known: tuple[Amendment, ...]) -> list[Amendment]:
    """The entries that are not among those known, each of which accounts for one."""
    left = [meaning(entry) for entry in known]
    fresh = []
    for entry in entries:
        if meaning(entry) in left:
            left.remove(meaning(entry))
        else:
            fresh.append(entry)
    return fresh


def meaning(value: Any, key: str = "") -> Any:
    """A value such that two are equal if they mean the same; `key` names the field."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Period):
        return (value.start, value.end, value.approximate)
    if isinstance(value, float):
        return float(f"{value:.12g}")  # 33.3% and 0.333
    if isinstance(value, tuple):
        names: tuple[str, ...] = getattr(value, "_fields", ())
        if names:
            return tuple(meaning(part, name) for part, name in zip(value, names, strict=True))
        parts = tuple(meaning(part) for part in value)
        return frozenset(parts) if key in _SETS else parts
    return value


# --- what should not have ------------------------------------------------------------------------------------


def findings(base: Ledger, new: Ledger, at: str = "the base") -> Iterator[Finding]:
    """What was changed and should not have been; `at` names the base in messages.

    An amended field is a warning; a claim that can no longer be read counts as deleted.
    """
    unreadable = {found.claim for found in new.problems if found.claim is not None}
    numbers = {fact.id: number for number, fact in enumerate(new.facts)}
    differences = compare(base, new)
    added = {_plain(new.claims[d.new].claim): d.claim for d in differences if d.old is None and d.new is not None}
    before_it = _survivors(base, numbers)
    for difference in differences:
        for change in difference.changes:
            if change.code == "claim-deleted":
                before = before_it.get(difference.claim)
                yield _deleted(base, difference, at, before, difference.claim in unreadable, added)
            elif change.code is not None and difference.new is not None:
                yield _moved(difference, change, at)


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


def _deleted(
    base: Ledger, difference: Difference, at: str, before: int | None, unreadable: bool, added: dict[str, str]
) -> Finding:
    assert difference.old is not None
    claim, fact = base.claims[difference.old], base.facts[difference.old]
    where = f"{base.texts[fact.file].name}:{fact.line}"
    if unreadable:
        message = f"{claim.id}, in {where} at {at}, cannot be read any more"
        hint = "mend what else is reported about it: nothing shows that it says the same"
    elif renamed := added.get(_plain(claim.claim)):
        message = f"{claim.id}, in {where} at {at}, is gone"
        hint = f"{renamed} is new and says the same: an id stays as it is"
    else:
        message = f"{claim.id}, in {where} at {at}, is gone"
        hint = "put it back; a claim that was badly posed is judged annulled"
    return Finding("claim-deleted", message, hint, claim.id, before, (), CODES["claim-deleted"].severity)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _moved(difference: Difference, change: Change, at: str) -> Finding:
    assert change.code is not None
    if change.code == "judgement-rewritten":
        what = _rewritten(change, at)
        hint = (
            f"judgements are only appended: put it back, and add another with ledger resolve {difference.claim} --again"
        )
    else:
        what = _shifted(change, at)
        hint = f"put it back, or add to amended: {{date: …, fields: [{change.field}], why: …}}"
    if change.why is None:
        return Finding(
            change.code, what, hint, difference.claim, difference.new, change.path, CODES[change.code].severity
        )
    message = f"{what}; amended: {shorten(change.why, _LONGEST)}"
    return Finding(change.code, message, None, difference.claim, difference.new, change.path, "warning")


def _shifted(change: Change, at: str) -> str:
    if change.field == "amended":
        return f"an amendment that stood at {at} was changed or removed"
    key = change.field or ""
    if change.before in (None, ()) and key not in ("said", "deadline"):
        return f"{key} was absent at {at} and is {told(change.after, key)}, which takes the claim out of every rate"
    before, after = told_both(change.before, change.after, key)
    return f"{key} was {before} at {at} and is {after}"


def _rewritten(change: Change, at: str) -> str:
    number = change.path[1] if len(change.path) > 1 else len(change.after)
    assert isinstance(number, int)
    old: Resolution = change.before[number]
    head = f"judgement {number + 1}, {old.outcome} of {old.judged} at {at},"
    if number >= len(change.after) or len(change.after) < len(change.before):
        return f"{head} was removed"
    new: Resolution = change.after[number]
    pairs = ((key, getattr(old, key), getattr(new, key)) for key in Resolution._fields)
    parts = [
        f"{key} changed" if key == "evidence" else "{} was {} and is {}".format(key, *told_both(one, other, key))
        for key, one, other in pairs
        if meaning(one) != meaning(other)
    ]
    return f"{head} was rewritten: {'; '.join(parts)}"


def told_both(before: Any, after: Any, key: str = "") -> tuple[str, str]:
    """Two values in a few words each; long texts from shortly before the place where they part."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return told(before, key), told(after, key)
    one, other = " ".join(before.split()), " ".join(after.split())
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = one.rfind(" ", 0, max(same - _CONTEXT, 0)) + 1
    if max(len(one), len(other)) <= _LONGEST or start == 0:
        return told(one), told(other)
    return _quoted("…" + shorten(one[start:], _LONGEST)), _quoted("…" + shorten(other[start:], _LONGEST))


def _quoted(text: str) -> str:
    return f"“{text}”" if " " in text else text


def told(value: Any, key: str = "") -> str:
    """A value in a few words, as one line; `key` names the field."""
    if value in (None, ()):
        return {"deadline": "none", "said": "unknown"}.get(key, "absent")
    if isinstance(value, Period):
        return value.text
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, str):
        return _quoted(shorten(" ".join(value.split()), _LONGEST))
    if isinstance(value, float) and key == "probability":
        return points(value)
    if isinstance(value, tuple):
        return shorten(", ".join(str(part) for part in value), _LONGEST)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _quantity(value: Quantity) -> str:
    parts = [
        f"at least {value.at_least:,}" if value.at_least is not None else "",
        f"at most {value.at_most:,}" if value.at_most is not None else "",
        f"range {value.range[0]:,} to {value.range[1]:,}" if value.range is not None else "",
        f"level {points(value.level)}" if value.level is not None else "",
    ]
    return " ".join(filter(None, (", ".join(filter(None, parts)), value.unit or "")))
