"""The short phrases in which a state is told, the same in tables, pages and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..facts import Fact
from ..fields import QUANTITY, label
from ..model import Claim, Quantity
from ..numbers import points
from ..results.groups import SCORED
from ..status import State, verdict
from ..text import plural


def status_phrase(fact: Fact, found: State, day: int) -> str:
    """The status as filters name it, with what matters about it: `overdue 17 months`, `open, in 39 days`."""
    days = found.days
    if found.status == "open":
        return "open, due today" if days == 0 else f"open, in {span_words(days or 0)}"
    if found.status == "overdue":
        return f"overdue {span_words(-(found.verdict_days or 0))}"
    if found.status == "undated" and fact.said is not None:
        return f"undated, {span_words(max(day - fact.said.end, 0))}"
    if found.status == "awaiting":
        due = found.verdict_days or 0
        return f"awaiting, in {span_words(due)}" if due else "awaiting, known today"
    if found.status == "late" and found.slip_high is not None:
        return f"late {span_words(found.slip_high)}" + _uncounted(found)
    if found.status == "void":
        judgement = verdict(fact, day)
        return f"void ({judgement.outcome})" if judgement else "void"
    return found.status + _uncounted(found)


def _uncounted(found: State) -> str:
    """A verdict that stands in no rate is no miss of the speaker, however it looks."""
    return " (not counted)" if found.account == "unscored" and found.status in SCORED else ""


_DAYS, _MONTHS = 99, 24  # up to so many, people count in them


def span_words(days: int) -> str:
    """A length of time as people say it: days, then months, then years, rounded."""
    if days <= _DAYS:
        return plural(days, "day")
    months = round(days / 30.4375)
    return plural(months, "month") if months < _MONTHS else plural(round(days / 365.25), "year")


# What became of a scored claim, and of several.
CAME = {
    "hit": ("came true in time", "came true in time"),
    "late": ("came true late", "came true late"),
    "partly": ("came true in part", "came true in part"),
    "miss": ("did not come true", "did not come true"),
    "withdrawn": ("was taken back", "were taken back"),
}


def came(scored: Mapping[str, int], written: Callable[[int], str]) -> list[str]:
    """What became of those that did not come true in time: `two came true late`; what happened to none is left out."""
    found = ((status, scored[status]) for status in SCORED if status != "hit")
    return [f"{written(number)} {CAME[status][number > 1]}" for status, number in found if number]


def probability_phrase(claim: Claim) -> str:
    """A probability as stated, with the words it was stated in: `99.7%, “as good as certain”`."""
    stated = points(claim.probability) if claim.probability is not None else ""
    return ", ".join(filter(None, (stated, claim.probability_words and f"“{claim.probability_words}”")))


def quantity_words(quantity: Quantity) -> str:
    """A quantity in words: `at least 50,000 robots (said: 50,000 to 100,000)`."""
    unit = f" {quantity.unit}" if quantity.unit else ""
    parts = []
    if quantity.at_least is not None and quantity.at_least == quantity.at_most:
        parts.append(f"exactly {quantity.at_least:,}{unit}")
    else:
        if quantity.at_least is not None:
            parts.append(f"at least {quantity.at_least:,}{unit}")
        if quantity.at_most is not None:
            parts.append(f"at most {quantity.at_most:,}{unit}")
    if quantity.range is not None:
        low, high = quantity.range
        level = f" at {points(quantity.level)}" if quantity.level is not None else ""
        parts.append(f"said: {low:,} to {high:,}{level}" + ("" if parts else unit))
    return "; ".join((*parts, *_rest(quantity))) or (quantity.unit or "")


def _rest(quantity: Quantity) -> Iterator[str]:
    for field in QUANTITY:
        value = getattr(quantity, field.key)
        if field.key not in ("at_least", "at_most", "range", "level", "unit") and value is not None:
            unit = f" {quantity.unit}" if quantity.unit and field.key == "point" else ""
            yield f"{label(field)} {value:,}{unit}" if isinstance(value, int | float) else f"{label(field)} {value}"
