"""What a claim is on a day: status, account, days to the deadline, slip. Derived, never stored."""

from __future__ import annotations

from typing import NamedTuple

from .facts import Fact, Judgement

STATUSES = ("overdue", "open", "undated", "hit", "late", "miss", "partly", "void", "unjudged", "true", "false")
ACCOUNTS = ("scored", "overdue", "open", "undated", "void", "unscored")
VOID = ("ambiguous", "annulled")


class State(NamedTuple):
    """A claim on day A. `days` runs from A to the deadline's last day; `slip` from there to when it happened.

    `judged` is whether a verdict stands on that day, whatever it is.
    """

    status: str
    account: str
    days: int | None
    slip: int | None
    judged: bool


def is_known(fact: Fact, day: int) -> bool:
    """Whether the claim had been said by the day; one said at an unknown time always had."""
    return fact.said is None or fact.said.start <= day


def verdict(fact: Fact, day: int) -> Judgement | None:
    """The judgement that counts on a day: the last one made by then, unless it reopened the claim.

    One whose event runs over the last day of the deadline decides nothing.
    """
    for judgement in reversed(fact.judgements):
        if judgement.judged <= day:
            return None if judgement.outcome == "reopened" or straddles(fact, judgement) else judgement
    return None


def straddles(fact: Fact, judgement: Judgement) -> bool:
    """Whether the event begins by the last day of the deadline and ends after it."""
    happened, deadline = judgement.happened, fact.deadline
    return happened is not None and deadline is not None and happened.start <= deadline.end < happened.end


def checked(fact: Fact, day: int) -> int | None:
    """The day somebody last looked, as far as it was known on a day."""
    return fact.checked if fact.checked is not None and fact.checked <= day else None


def state(fact: Fact, day: int) -> State:
    """The state on a day (an ordinal); the claim must be known by then."""
    found = verdict(fact, day)
    status = _status(fact, found, day)
    days = fact.deadline.end - day if fact.deadline is not None else None
    return State(status, _account(fact, status, day), days, _slip(fact, status, found), found is not None)


def _status(fact: Fact, found: Judgement | None, day: int) -> str:
    if found is not None and found.outcome in VOID:
        return "void"
    if fact.kind == "statement":
        return "unjudged" if found is None else found.outcome
    deadline = fact.deadline
    if found is None:
        if deadline is None:
            return "undated"
        return "open" if deadline.end >= day else "overdue"
    if found.outcome != "true":
        return "miss" if found.outcome == "false" else "partly"
    if deadline is not None and found.happened is not None and found.happened.start > deadline.end:
        return "late"
    return "hit"


def _account(fact: Fact, status: str, day: int) -> str:
    if fact.kind in ("statement", "possibility") or fact.wording == "implied" or fact.restates:
        return "unscored"
    if status == "void":
        return "void"
    if fact.deadline is None:
        return "undated"
    if fact.deadline.end >= day:
        return "open"
    return "overdue" if status == "overdue" else "scored"


def _slip(fact: Fact, status: str, found: Judgement | None) -> int | None:
    if status not in ("hit", "late") or found is None or fact.deadline is None:
        return None
    return found.happened.end - fact.deadline.end if found.happened is not None else 0
