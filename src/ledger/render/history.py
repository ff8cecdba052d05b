"""Changes in words, and as the objects of machine output."""

from __future__ import annotations

from typing import Any

from ..history.compare import Change
from ..history.git import Commit
from ..history.guard import extension, rewriting
from ..history.heads import HeadChange, head_words
from ..history.log import Touch
from ..history.same_meaning import meaning, told, told_both
from ..history.whole import ClaimTouch, LedgerTouch
from ..model import Claim, Resolution
from ..periods import Period
from ..results.diff import ClaimDiff, Diff, DiffSide, LedgerLog, Log
from ..text import plural, shorten
from . import jsontext
from .objects import envelope, period

_DAYS = ("date", "judged", "added", "checked")  # single days are plain dates; periods are objects
_SETS = ("topics", "depends_on", "see_also")
_LONGEST = 160
_PENDING: dict[str, Any] = {
    "commit": None,
    "time": None,
    "author": None,
    "subject": None,
    "unreadable": False,
    "cut": False,
}
LABELS = {"redated": "re-dated", "rejudged": "judgement rewritten", "extended": "judgement extended"}
# In the order of a summary: `3 added, 2 judged, 1 re-dated`.
_KINDS = (
    "added",
    "judged",
    "reopened",
    "rejudged",
    "extended",
    "redated",
    "overdue",
    "amended",
    "changed",
    "removed",
    "unreadable",
)
_COUNTED = {
    **LABELS,
    "overdue": "newly overdue",
    "rejudged": "with a judgement rewritten",
    "extended": "with a judgement extended",
    "changed": "otherwise changed",
}


# --- in words ------------------------------------------------------------------------------------------------


def label(change: Change) -> str:
    """What happened, in a word or two: `re-dated`, `judged`, or the field that changed."""
    if change.kind == "changed":
        return (change.field or "").replace("_", " ")
    return LABELS.get(change.kind, change.kind)


def words(change: Change) -> str:
    """What happened in one line, without the label: `from 2026 to 2027, 365 days later`."""
    if change.kind in ("added", "removed"):
        now = f"; probably {change.likely} now" if change.likely else ""
        stood = f"; it stood before, in {change.stood}" if change.stood else ""
        return _claim(change.after or change.before) + now + stood
    if change.kind == "unreadable":
        return f"the claim cannot be read in the {'newer' if change.after is None else 'older'} version"
    if change.kind == "extended":
        return f"{_judgements((change.before,))}: {extension(change.before, change.after)}"
    if change.kind == "redated":
        return _redated(change)
    if change.kind in ("judged", "reopened"):
        return _judgement(change)
    if change.kind == "amended":
        return f"{', '.join(change.after.fields)}, {change.after.date}: {shorten(change.after.why, _LONGEST)}"
    if change.kind == "rejudged":
        return _rejudged(change.before, change.after)
    return _changed(change)


def warning(change: Change) -> str:
    """The code of what should not have changed and is not amended; else empty."""
    return change.code if change.code is not None and change.why is None else ""


def overdue_words(days: int) -> str:
    """How long a claim has been overdue."""
    return f"for {plural(days, 'day')}"


def _claim(claim: Claim) -> str:
    parts = [f"deadline {claim.deadline or 'none'}"]
    if claim.revises:
        parts.append(f"revises {claim.revises}")
    if claim.resolutions:
        parts.append(f"judged {claim.resolutions[-1].outcome}")
    return f"{shorten(claim.claim, _LONGEST)} ({', '.join(parts)})"


def _redated(change: Change) -> str:
    line = f"from {told(change.before, 'deadline')} to {told(change.after, 'deadline')}"
    if change.days is None:
        return line
    if change.days == 0:
        return f"{line}, the same last day"
    return f"{line}, {plural(abs(change.days), 'day')} {'later' if change.days > 0 else 'earlier'}"


def _judgement(change: Change) -> str:
    judged = change.after
    parts = [f"{judged.outcome} on {judged.judged}" if change.kind == "judged" else f"on {judged.judged}"]
    if judged.happened is not None:
        parts.append(f"happened {judged.happened}")
    if judged.value is not None:
        parts.append(f"value {judged.value:,}")
    if judged.note and change.kind == "reopened":
        parts.append(shorten(" ".join(judged.note.split()), _LONGEST))
    return ", ".join(parts)


def _rejudged(before: tuple[Resolution, ...], after: tuple[Resolution, ...]) -> str:
    """What differs in each judgement, or the two lists where one of them is gone."""
    if len(after) < len(before):
        return f"{_judgements(before)} became {_judgements(after)}"
    parts = [
        f"{_judgements((one,))}: {rewriting(one, other)}"
        for one, other in zip(before, after, strict=False)
        if meaning(one) != meaning(other)
    ]
    more = [f"added {_judgements(after[len(before) :])}"] if len(after) > len(before) else []
    return "; ".join(parts + more)


def _judgements(entries: tuple[Any, ...]) -> str:
    return ", ".join(f"{entry.outcome} ({entry.judged})" for entry in entries) or "none"


def _changed(change: Change) -> str:
    key, before, after = change.field or "", change.before, change.after
    if key in _SETS:
        parts = [f"+{name}" for name in after if name not in before]
        return ", ".join(parts + [f"-{name}" for name in before if name not in after])
    if key == "amended":
        return "an earlier amendment was changed or removed"
    if before in (None, ()) and key not in ("deadline", "said"):
        return f"set to {told(after, key)}"
    if after in (None, ()) and key not in ("deadline", "said"):
        return f"removed; it was {told(before, key)}"
    return "from {} to {}".format(*told_both(before, after, key))


def summary(diff: Diff) -> str:
    """How many claims had what happen to them."""
    counts = dict.fromkeys(_KINDS, 0)
    for entry in diff.entries:
        for kind in {change.kind for change in entry.changes}:
            counts[kind] += 1
        counts["overdue"] += entry.overdue is not None
    parts = [f"{number:,} {_COUNTED.get(kind, kind)}" for kind, number in counts.items() if number]
    meant = sum(change.code is not None for change in diff.head)
    beside = len(diff.head) - meant
    parts += [f"{meant:,} with another meaning"] if meant else []
    parts += [f"{plural(beside, 'change')} beside the claims"] if beside else []
    return ", ".join(parts) or "nothing changed"


def head_label(change: HeadChange) -> str:
    """What sort of change it is."""
    return "meaning" if change.code else "changed"


def side_words(side: DiffSide) -> str:
    """A version with the day it is seen on."""
    return f"{side.name} as of {side.day}"


# --- as JSON -------------------------------------------------------------------------------------------------


def diff_json(diff: Diff, errors: int) -> str:
    """The object of `diff --format json`."""
    found = envelope(
        "diff",
        diff.new.day,
        errors,
        base=_side(diff.base),
        new=_side(diff.new),
        claims=[_entry(entry) for entry in diff.entries],
        names=[_renaming(found) for found in diff.head if found.code and len(found.path) == 3],
        head=[_head_change(found) for found in diff.head],
        not_compared=[{"claim": gap.claim, "message": gap.message} for gap in diff.gaps],
    )
    return jsontext.dumps(found)


def log_json(log: Log, day: object) -> str:
    """The object of `log --format json`; versions that cannot be read are its errors."""
    touches = [_touch(touch) for touch in log.touches]
    if log.pending:
        changes = [_change(change) for change in log.pending]
        touches = [{**_PENDING, "changes": changes, "claims": [_claimed(log.name, changes)]}, *touches]
    errors = sum(touch.unreadable for touch in log.touches)
    for touch in touches:
        touch.setdefault("claims", [_claimed(log.name, touch["changes"], touch["unreadable"])])
        touch["head"] = []
    return jsontext.dumps(envelope("log", day, errors, id=log.name, commits=touches))


def ledger_log_json(log: LedgerLog, day: object) -> str:
    """The object of `log --format json` without an id; claims that cannot be read in a version are its errors."""
    commits = [_ledger_touch(touch) for touch in log.touches]
    if log.pending or log.pending_head:
        claims, head = _claim_touches(log.pending), [_head_change(one) for one in log.pending_head]
        commits = [{**_PENDING, "changes": [], "claims": claims, "head": head}, *commits]
    errors = sum(one.unreadable for touch in log.touches for one in touch.claims)
    return jsontext.dumps(envelope("log", day, errors, id=None, commits=commits))


def _ledger_touch(touch: LedgerTouch) -> dict[str, Any]:
    claims, head = _claim_touches(touch.claims), [_head_change(one) for one in touch.head]
    own = {"unreadable": False, "cut": touch.cut, "changes": [], "claims": claims, "head": head}
    return _commit(touch.commit) | own


def _claim_touches(found: tuple[ClaimTouch, ...]) -> list[dict[str, Any]]:
    return [_claimed(one.claim, [_change(change) for change in one.changes], one.unreadable) for one in found]


def _claimed(name: str, changes: list[dict[str, Any]], unreadable: bool = False) -> dict[str, Any]:
    return {"id": name, "unreadable": unreadable, "changes": changes}


def _renaming(found: HeadChange) -> dict[str, Any]:
    told = _head_change(found)
    del told["path"]
    return dict(zip(("table", "key", "field"), found.path, strict=True)) | told


def _head_change(found: HeadChange) -> dict[str, Any]:
    before, after = _value(found.before), _value(found.after)
    return {"path": list(found.path), "before": before, "after": after, "code": found.code, "text": head_words(found)}


def _side(side: DiffSide) -> dict[str, Any]:
    return {"rev": side.rev, "commit": side.commit.oid if side.commit else None, "as_of": side.day.isoformat()}


def _entry(entry: ClaimDiff) -> dict[str, Any]:
    return {
        "id": entry.claim.id,
        "newly_overdue": entry.overdue is not None,
        "days_overdue": entry.overdue,
        "changes": [_change(change) for change in entry.changes],
    }


def _commit(commit: Commit) -> dict[str, Any]:
    return {
        "commit": commit.oid,
        "time": commit.time.isoformat(),
        "author": commit.author,
        "subject": commit.subject,
    }


def _touch(touch: Touch) -> dict[str, Any]:
    return {
        **_commit(touch.commit),
        "unreadable": touch.unreadable,
        "cut": touch.cut,
        "changes": [_change(change) for change in touch.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    whole = change.kind in ("added", "removed", "unreadable")
    return {
        "kind": change.kind,
        "field": change.field,
        "before": None if whole else _value(change.before),
        "after": None if whole else _value(change.after),
        "days": change.days,
        "code": change.code,
        "amended": change.why,
        "likely": change.likely,
        "stood": change.stood,
        "text": f"{label(change)} {words(change)}",
    }


def _value(value: Any, key: str = "") -> Any:
    if isinstance(value, Period):
        return value.text if key in _DAYS else period(value)
    if isinstance(value, tuple):
        names: tuple[str, ...] = getattr(value, "_fields", ())
        if names:
            return {name: _value(part, name) for name, part in zip(names, value, strict=True)}
        return [_value(part, key) for part in value]
    return value
