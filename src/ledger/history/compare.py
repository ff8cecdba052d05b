"""Two versions of a ledger -> what changed, by meaning, and what could not be compared.

What decides a verdict is frozen once it is set. Quoting, order, indentation, comments, line breaks and the file a
claim stands in mean nothing; neither does another spelling of the same period, number or set of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from .. import fields
from ..model import Amendment, Claim, Evidence, Ledger, Resolution, renamed, uses
from ..problems import Path
from .claim_names import ClaimNames
from .heads import MEANT, HeadChange, apart, head_changes, head_of
from .same_meaning import is_reworded, meaning
from .unread import Gap, hides, same_piece, unread_since

Kind = Literal[
    "added", "removed", "redated", "judged", "reopened", "rejudged", "extended", "amended", "changed", "unreadable"
]

_APART = ("id", "amended", "resolutions")
_VALUES = tuple(field for field in fields.CLAIM if field.key not in _APART)
_GROWING = ("forecasts", "formerly", "also_in")  # lists whose entries stay, and get new ones
_NOTHING: Mapping[str, Any] = {}
_JUDGED = ("outcome", "judged", "happened", "value")


class Change(NamedTuple):
    """One thing that changed about a claim; `path` leads to it in the newer version.

    `code` is what check calls it where it was not to be changed; `why` is the reason of the amendment that
    names the field, if there is one; `likely` the id under which a claim that is gone probably stands now, `stood`
    the commit in which a claim stood that was taken away before the base, where it is held to that.
    """

    kind: Kind
    field: str | None = None
    before: Any = None
    after: Any = None
    path: Path = ()
    code: str | None = None
    why: str | None = None
    likely: str | None = None
    stood: str | None = None

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


class Stood(NamedTuple):
    """A claim as it stood before it was taken away, and the commit that wrote it so."""

    claim: Claim
    at: str


class Comparison(NamedTuple):
    """All that two versions tell about each other; what stands in `gaps` is not in the differences.

    `head` leaves out the names that a claim among the differences brings with it, or takes with it.
    """

    differences: tuple[Difference, ...]
    head: tuple[HeadChange, ...]
    gaps: tuple[Gap, ...]


def compare(base: Ledger, new: Ledger, gaps: Iterable[Gap] = (), earlier: Mapping[str, Stood] = _NOTHING) -> Comparison:
    """What differs, in the order of the newer ledger; what is gone follows the claim it stood behind.

    Claims whose pieces have the same text are not looked at. `gaps` are those known before anything was read;
    `earlier` the claims that stood before the base, by the ids they had.
    """
    there = {fact.id: number for number, fact in enumerate(base.facts)}
    here = ClaimNames(new)
    olds = [next((there[one] for one in here.ways(number) if one in there), None) for number in range(len(new.facts))]
    gone = _gone(base, {old for old in olds if old is not None})
    unread = unread_since(base, new)
    found = [_difference(base, new, old, None) for old in gone.pop(None, ())]
    for number, (fact, old) in enumerate(zip(new.facts, olds, strict=True)):
        if old is None and fact.id in unread:
            found.append(Difference(fact.id, None, number, (_unreadable(new.claims[number]),)))
        elif old is None and (stood := next((earlier[one] for one in here.ways(number) if one in earlier), None)):
            found.append(_back(new, number, stood))
        elif old is None or not same_piece(base, old, new, number):
            own = _difference(base, new, old, number)
            former = (earlier[one] for one in here.ways(number)[1:] if one in earlier)
            moved = (one for stood in former for one in _since(stood, new, number) if one.code is not None)
            found.append(own._replace(changes=(*own.changes, *moved)))
        if old is not None:
            found += [_difference(base, new, deleted, None) for deleted in gone.pop(old, ())]
    lost = {problem.claim for problem in new.problems if problem.claim is not None} - here.ids
    differences = _guessed([_lost(one, lost) for one in found if one.changes])
    return Comparison(tuple(differences), _of_heads(base, new, differences), (*gaps, *unread.values()))


def _gone(base: Ledger, found: set[int]) -> dict[int | None, list[int]]:
    """The numbers of the claims that are not here any more, by that of the last one before them that is.

    One whose id another claim, which stood beside it, says to have had before is gone too.
    """
    gone: dict[int | None, list[int]] = {}
    before: int | None = None
    for number in range(len(base.facts)):
        if number in found:
            before = number
        else:
            gone.setdefault(before, []).append(number)
    return gone


def _difference(base: Ledger, new: Ledger, old: int | None, number: int | None) -> Difference:
    before = None if old is None else renamed(base.claims[old], new.formerly)
    after = None if number is None else new.claims[number]
    found = changes(before, after)
    if old is not None and number is not None and _restates_now(base, old, new, number):
        found = tuple(
            change._replace(code="goalpost-moved") if change.field == "revises" else change for change in found
        )
    claim = after or before  # under the id it has now: the one before may stand in its formerly
    assert claim is not None
    return Difference(claim.id, old, number, found)


def _back(new: Ledger, number: int, stood: Stood) -> Difference:
    claim = new.claims[number]
    added = Change("added", after=claim, stood=stood.at)
    return Difference(claim.id, None, number, (added, *_since(stood, new, number)))


def _since(stood: Stood, new: Ledger, number: int) -> tuple[Change, ...]:
    return changes_since(stood._replace(claim=renamed(stood.claim, new.formerly)), new.claims[number])[1:]


def changes_since(stood: Stood | None, claim: Claim) -> tuple[Change, ...]:
    """A claim that is there anew; where it was taken away before, beside what it said then."""
    if stood is None:
        return changes(None, claim)
    moved = (change._replace(stood=stood.at) for change in changes(stood.claim, claim))
    return (Change("added", after=claim, stood=stood.at), *moved)


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
    for beyond in ("amended", "resolutions"):  # another entry corrects an amendment, another judgement a judgement
        reasons.pop(beyond, None)
    return tuple(
        change._replace(why=reasons.get(change.field or ""))
        for change in (*_of_values(before, after), *_of_amended(before, after, fresh), *_of_judgements(before, after))
    )


def _of_values(before: Claim, after: Claim) -> Iterator[Change]:
    for field in _VALUES:
        old, new = getattr(before, field.key), getattr(after, field.key)
        if old is new or meaning(old, field.key) == meaning(new, field.key):
            continue
        kind: Kind = "redated" if field.key == "deadline" else "changed"
        yield Change(kind, field.key, old, new, (field.key,), _code(field.key, field.frozen, before, old, new))


def _code(key: str, frozen: bool, before: Claim, old: Any, new: Any) -> str | None:
    """What check calls a value that differs; None where it may."""
    if key in _GROWING:
        return _grown(key, before, old, new)
    if not frozen:
        return None
    if _is_set(before, key):
        return "reworded" if is_reworded(old, new) else "goalpost-moved"
    return "goalpost-moved" if _is_judged(before) or (key == "wording" and new == "implied") else None


def _grown(key: str, before: Claim, old: tuple[Any, ...], new: tuple[Any, ...]) -> str | None:
    left = [meaning(entry) for entry in new]
    for entry in map(meaning, old):
        if entry not in left:
            return "goalpost-moved"
        left.remove(entry)
    if key != "forecasts" or not _is_judged(before):
        return None
    # A forecast that is entered with the verdict known, and dated before it, is hindsight.
    verdict = before.resolutions[-1].judged.end
    known = [meaning(entry) for entry in old]
    return "goalpost-moved" if any(e.date.start <= verdict for e in new if meaning(e) not in known) else None


def _is_judged(claim: Claim) -> bool:
    return bool(claim.resolutions) and claim.resolutions[-1].outcome != "reopened"


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
    pairs = list(zip(old, new, strict=False))
    rewritten = next((at for at, (one, other) in enumerate(pairs) if not _still_says(one, other)), None)
    if rewritten is not None or len(new) < len(old):
        path: Path = ("resolutions",) if rewritten is None else ("resolutions", rewritten)
        yield Change("rejudged", "resolutions", old, new, path, "judgement-rewritten")
        return
    for number, (one, other) in enumerate(pairs):
        if meaning(one) != meaning(other):
            code = None if meaning(_bare(one)) == meaning(_bare(other)) else "judgement-extended"
            yield Change("extended", "resolutions", one, other, ("resolutions", number), code)
    for number, entry in enumerate(new[len(old) :], len(old)):
        kind: Kind = "reopened" if entry.outcome == "reopened" else "judged"
        yield Change(kind, "resolutions", None, entry, ("resolutions", number))


def _still_says(old: Resolution, new: Resolution) -> bool:
    """Whether a judgement says all it said: the same outcome, days and value, no evidence or note taken away."""
    if any(meaning(getattr(old, key)) != meaning(getattr(new, key)) for key in _JUDGED):
        return False
    if old.by is not None and meaning(old.by) != meaning(new.by):
        return False
    if old.note is not None and not _begins(old.note, new.note):
        return False
    left = list(new.evidence)
    for entry in old.evidence:
        found = next((one for one in left if _holds(entry, one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _begins(old: str, new: str | None) -> bool:
    return new is not None and (is_reworded(old, new) or str(meaning(new)).startswith(str(meaning(old))))


def _holds(old: Evidence, new: Evidence) -> bool:
    """Whether a piece of evidence is there, with more said about it or not; where copies lie is nobody's claim."""
    return all(
        key == "archived" or value is None or _same(value, getattr(new, key)) for key, value in old._asdict().items()
    )


def _same(old: Any, new: Any) -> bool:
    return meaning(old) == meaning(new) or is_reworded(old, new)


def _bare(judgement: Resolution) -> Resolution:
    """A judgement without the addresses of copies."""
    bare = tuple(entry._replace(archived=None) for entry in judgement.evidence)
    return judgement._replace(evidence=bare)


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


# --- what cannot be told of a claim alone --------------------------------------------------------------------


def _unreadable(claim: Claim) -> Change:
    return Change("unreadable", after=claim, code="not-compared")


def _lost(found: Difference, unreadable: set[str]) -> Difference:
    """A claim that is gone because it cannot be read any more, told as that."""
    if found.new is None and found.claim in unreadable:
        return found._replace(changes=tuple(change._replace(kind="unreadable") for change in found.changes))
    return found


def _guessed(found: list[Difference]) -> list[Difference]:
    """Claims that are gone, each with the new one that is probably the same under another id."""
    new = [one for one in found if one.old is None and one.changes[0].kind == "added"]
    same = {key: one.claim for one in reversed(new) for key in _marks(one.changes[0].after)}

    def guess(one: Difference) -> Difference:
        if one.changes[0].kind != "removed":
            return one
        likely = next((same[key] for key in _marks(one.changes[0].before) if key in same), None)
        return one._replace(changes=(one.changes[0]._replace(likely=likely),))

    return [guess(one) for one in found]


def _marks(claim: Claim) -> Iterator[tuple[Any, ...]]:
    """What two ids of one claim would share."""
    yield ("claim", claim.speaker, meaning(claim.claim.casefold()))
    if claim.quote is not None:
        yield ("quote", claim.speaker, claim.source, meaning(claim.quote))
    yield ("said", claim.speaker, claim.source, meaning(claim.said), meaning(claim.deadline))


def _of_heads(base: Ledger, new: Ledger, differences: Iterable[Difference]) -> tuple[HeadChange, ...]:
    """What the heads say otherwise; a name is not said to be new or gone where one of them cannot be read in full."""
    found = head_changes(head_of(base), head_of(new)) if base.texts else ()
    old_lost, new_lost = (
        any(one.claim is None and hides(ledger, one) for one in ledger.problems) for ledger in (base, new)
    )
    sure: Iterable[HeadChange] = (
        one for one in found if not (old_lost and one.before is None) and not (new_lost and one.after is None)
    )
    sure = _declared_since(base, sure) if any(one.code == "undeclared" for one in base.problems) else sure
    touched = [base.claims[one.old] for one in differences if one.old is not None]
    touched += [new.claims[one.new] for one in differences if one.new is not None]
    return apart(sure, touched)


def _declared_since(base: Ledger, found: Iterable[HeadChange]) -> Iterator[HeadChange]:
    """Names that claims of the base use and that it does not declare may have meant another before."""
    used = {(table, name) for claim in base.claims for _, table, name in uses(claim)}
    for change in found:
        meant = change.before is None and change.path[0] in MEANT and change.path in used
        yield change._replace(code="meaning-changed") if meant else change
