"""The short phrases in which a state is told, the same in tables, pages and messages."""

from __future__ import annotations

from ..facts import Fact
from ..status import State, verdict
from ..text import plural


def status_phrase(fact: Fact, found: State, day: int) -> str:
    """The status with what matters about it: `overdue 510 days`, `in 39 days`, `late 45 days`."""
    days = found.days
    if found.status == "open":
        return "due today" if days == 0 else f"in {plural(days or 0, 'day')}"
    if found.status == "overdue":
        return f"overdue {plural(-(days or 0), 'day')}"
    if found.status == "undated" and fact.said is not None:
        return f"undated {plural(max(day - fact.said.end, 0), 'day')}"
    if found.status == "late" and found.slip is not None:
        return f"late {plural(found.slip, 'day')}"
    if found.status == "void":
        judgement = verdict(fact, day)
        return f"void ({judgement.outcome})" if judgement else "void"
    return found.status
