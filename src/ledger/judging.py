"""Judging one claim: the outcome that follows from what was observed.

What contradicts a claim is found by `checks.judgements`, before an edit as after it.
"""

from typing import NamedTuple, TypeVar

from .facts import Fact, Judgement
from .periods import Period


class Derived(NamedTuple):
    """An outcome and how it follows; `outcome` is None where nothing follows, and `how` says why."""

    outcome: str | None
    how: str


T = TypeVar("T")
Span = tuple[int, int] | None


def measure(fact: Fact) -> tuple[object, ...]:
    """What is scored of a claim: a revision with the same restates it."""
    return measured(
        deadline=span(fact.deadline),
        latest=span(fact.latest),
        window=fact.window,
        bounds=(fact.at_least, fact.at_most),
        said=(fact.low, fact.high, fact.point),
        unit=fact.unit,
    )


def amount(fact: Fact) -> tuple[tuple[float | None, ...], str | None]:
    """The numbers that decide, or that were said where none does, with their unit; no numbers: ((), None)."""
    numbers = _deciding((fact.at_least, fact.at_most), (fact.low, fact.high)) or _deciding((fact.point,), ())
    return numbers, fact.unit if numbers else None


def measured(
    *,
    deadline: Span,
    latest: Span,
    window: str,
    bounds: tuple[object, object],
    said: tuple[object, ...],
    unit: str | None,
) -> tuple[object, ...]:
    """Deadline, latest reading, window, and what decides in the quantity, with its unit.

    What was `said` (a range, a point) decides only where no bound does.
    """
    numbers = _deciding(bounds, said)
    return deadline, latest, window, numbers, unit if numbers else None


def _deciding(bounds: tuple[T, ...], said: tuple[T, ...]) -> tuple[T, ...]:
    numbers = bounds if any(bound is not None for bound in bounds) else said
    return numbers if any(number is not None for number in numbers) else ()


def span(period: Period | None) -> Span:
    """First and last day."""
    return (period.start, period.end) if period is not None else None


def standing(fact: Fact) -> Judgement | None:
    """The verdict that stands in the file, whatever its day."""
    last = fact.judgements[-1] if fact.judgements else None
    return None if last is None or last.outcome == "reopened" else last


def derive(fact: Fact, *, value: float | None, happened: Period | None, day: int) -> Derived:
    """The outcome that a number observed, or the time it happened, decides on a day (an ordinal)."""
    if happened is not None:
        return _by_time(fact, happened)
    if value is not None:
        return _by_number(fact, value, day)
    return Derived(None, "neither a number nor the time it happened is given")


def _by_time(fact: Fact, happened: Period) -> Derived:
    deadline = fact.deadline
    if deadline is None:
        return Derived("true", f"it happened {happened}, and there is no deadline")
    if happened.start > deadline.end:
        return Derived("true", f"it happened {happened}, after the deadline {deadline}")
    if fact.window == "during" and happened.end < deadline.start:
        return Derived(None, f"it happened {happened}, before {deadline} began: give the outcome")
    return Derived("true", f"it happened {happened}, within the deadline {deadline}")


def _by_number(fact: Fact, value: float, day: int) -> Derived:
    met = meets(fact, value)
    if met is None:
        return Derived(None, "the claim has no at_least or at_most that the number could be held against")
    bounds = _bounds(fact)
    if fact.deadline is not None and fact.deadline.end >= day and not (met and fact.at_most is None):
        return Derived(None, f"{value:g} does not decide {bounds} before the deadline {fact.deadline} is over")
    if fact.deadline is None and not met:
        return Derived(None, f"{value:g} does not decide {bounds}: there is no deadline")
    return Derived("true" if met else "false", f"{value:g} {'is' if met else 'is not'} {bounds}")


def meets(fact: Fact, value: float) -> bool | None:
    """Whether a number is what the claim says, bounds included; None where no number decides it."""
    if fact.at_least is None and fact.at_most is None:
        return None
    return (fact.at_least is None or value >= fact.at_least) and (fact.at_most is None or value <= fact.at_most)


def _bounds(fact: Fact) -> str:
    least, most = fact.at_least, fact.at_most
    words = [f"at least {least:,}" if least is not None else "", f"at most {most:,}" if most is not None else ""]
    return " and ".join(filter(None, words))
