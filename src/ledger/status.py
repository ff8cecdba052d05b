"""What a claim is on a day: status, account, days to the deadline, slip. Derived, never stored."""

from typing import NamedTuple

from .days import known_until
from .facts import Fact, Judgement

STATUSES = (
    "overdue", "open", "undated", "hit", "late", "miss", "partly", "void", "unjudged", "true", "false",
    "awaiting", "withdrawn",
)  # fmt: skip
ACCOUNTS = ("scored", "overdue", "open", "undated", "void", "unscored", "awaiting")
VOID = ("ambiguous", "annulled")


class State(NamedTuple):
    """A claim on day A. `days` runs from A to the deadline's last day, `verdict_days` to that of `known_by`.

    `slip` runs from the deadline's last day to the one day it happened; `slip_low` and `slip_high` are its ends.

    `judged` is whether a verdict stands on that day, whatever it is.
    """

    status: str
    account: str
    days: int | None
    slip: int | None
    judged: bool
    verdict_days: int | None = None
    slip_low: int | None = None
    slip_high: int | None = None
    outcome: str | None = None


def is_known(fact: Fact, day: int) -> bool:
    """Whether the claim had been said by the day; one said at an unknown time always had."""
    return fact.said is None or fact.said.start <= known_until(day)


def verdict(fact: Fact, day: int) -> Judgement | None:
    """The judgement that counts on a day: the last one made by then, unless it reopens the claim or decides nothing."""
    last = known_until(day)
    for judgement in reversed(fact.judgements):
        if judgement.judged <= last:
            return judgement if judgement.outcome != "reopened" and decides(fact, judgement) else None
    return None


def decides(fact: Fact, judgement: Judgement) -> bool:
    """Whether a judgement says what became of the claim.

    One whose event runs over the last day of the deadline does not, nor does one that takes back a statement.
    """
    return not straddles(fact, judgement) and not (judgement.outcome == "withdrawn" and fact.kind == "statement")


def straddles(fact: Fact, judgement: Judgement) -> bool:
    """Whether the event begins by the last day of the deadline and ends after it."""
    happened, deadline = judgement.happened, fact.deadline
    return happened is not None and deadline is not None and happened.start <= deadline.end < happened.end


def looked(fact: Fact, day: int) -> int | None:
    """The day somebody last looked, whether there was something to see or not, as far as it was known on a day."""
    last = known_until(day)
    seen = [observed.day for observed in fact.observed if observed.day <= last]
    if fact.checked is not None and fact.checked <= last:
        seen.append(fact.checked)
    return max(seen, default=None)


def state(fact: Fact, day: int) -> State:
    """The state on a day (an ordinal); the claim must be known by then."""
    found = verdict(fact, day)
    status = status_of(fact, found, day)
    low, high = _slip(fact, status, found)
    due = fact.verdict_due
    return State(
        status,
        _account(fact, status, day),
        fact.deadline.end - day if fact.deadline is not None else None,
        low if low == high else None,
        found is not None,
        due - day if due is not None else None,
        low,
        high,
        found.outcome if found is not None else None,
    )


_DECIDED = {"false": "miss", "partly": "partly", "withdrawn": "withdrawn"}


def status_of(fact: Fact, found: Judgement | None, day: int) -> str:
    """The status under a verdict, on whatever day it stands; without one, that of the day."""
    if found is not None and found.outcome in VOID:
        return "void"
    if fact.kind == "statement":
        return "unjudged" if found is None else found.outcome
    if found is None:
        return unjudged(fact.deadline.end if fact.deadline else None, fact.verdict_due, day)
    if found.outcome != "true":
        return _DECIDED[found.outcome]
    deadline = fact.deadline
    if deadline is not None and found.happened is not None and found.happened.start > deadline.end:
        return "late"
    return "hit"


def unjudged(end: int | None, due: int | None, day: int) -> str:
    """A claim is open to the last day of its deadline; then one whose verdict nobody can know yet is awaited."""
    if end is None or due is None:
        return "undated"
    if end >= day:
        return "open"
    return "awaiting" if due >= day else "overdue"


def _account(fact: Fact, status: str, day: int) -> str:
    if fact.kind in ("statement", "possibility") or fact.wording == "implied" or fact.restates:
        return "unscored"
    if status == "void":
        return "void"
    if fact.deadline is None:
        return "undated"
    if fact.deadline.end >= day:
        return "open"
    return status if status in ("awaiting", "overdue") else "scored"


def _slip(fact: Fact, status: str, found: Judgement | None) -> tuple[int | None, int | None]:
    """First and last day on which it can have come true, counted from the deadline's last day.

    `true` alone means in time: on a day between the first one on which it may have been said and the earlier of the
    judgement and the deadline's last day.
    """
    if status not in ("hit", "late") or found is None or fact.deadline is None:
        return None, None
    last = fact.deadline.end
    if found.happened is not None:
        return found.happened.start - last, found.happened.end - last
    high = min(found.judged, last)
    return min(fact.said.start, high) - last if fact.said is not None else None, high - last
