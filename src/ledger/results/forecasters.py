"""The questions of a ledger as forecasters see them, and what a reading of forecasts has to say about itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ..bulk.layout import ClaimForecast, Question, Reduced
from ..days import end_of_day
from ..errors import UnreadableError
from ..facts import Fact
from ..model import Ledger
from ..query import Filter, select
from ..status import State, is_known, state, verdict
from ..text import plural


class Counted(NamedTuple):
    """So many rows for one reason."""

    reason: str
    rows: int


class ForecastAccount(NamedTuple):
    """Where every row went: forecasts scored, rows left out and rows not scored yet, by reason."""

    rows: int
    scored: int
    rejected: tuple[Counted, ...]
    unscored: tuple[Counted, ...]


def questions_of(ledger: Ledger, wanted: Filter, day: date) -> dict[str, Question]:
    """Every claim that was said by the day, as a question; those outside the filter are known, and not scored."""
    today = day.toordinal()
    inside = {row.fact.id for row in select(ledger.facts, wanted, today)}
    found = {}
    for fact in ledger.facts:
        if is_known(fact, today):
            found[fact.id] = _question(fact, state(fact, today), today, inside=fact.id in inside)
    return found


def _question(fact: Fact, now: State, today: int, *, inside: bool) -> Question:
    judgement = verdict(fact, today)
    ends = fact.deadline.end if fact.deadline is not None else None
    decided = None
    if judgement is not None:
        days = [judgement.judged] if ends is None else [judgement.judged, ends]
        came = judgement.happened if judgement.outcome == "true" else None
        decided = came.start if came is not None else min(days)
    account = now.account if now.account in ("scored", "void", "unscored") else "open"
    return Question(
        account if inside else "filtered",
        int(now.status == "hit") if account == "scored" else None,
        end_of_day(fact.said.end) if fact.said is not None else None,
        end_of_day(ends) if ends is not None else None,
        end_of_day(decided) if decided is not None else None,
    )


def written_in(ledger: Ledger) -> list[ClaimForecast]:
    """The forecasts that stand in the claims themselves; the place is that of the claim."""
    return [
        ClaimForecast(
            fact.id, given.by, end_of_day(given.day), given.probability, ledger.texts[fact.file].name, fact.line
        )
        for fact in ledger.facts
        for given in fact.forecasts
    ]


def accounted(found: Reduced) -> ForecastAccount:
    """The rows by what became of them; UnreadableError where nothing could be used, or the scale is another one."""
    outside = found.rejected.get("outside", 0)
    if outside * 2 > found.rows:
        raise UnreadableError(
            f"{outside:,} of {found.rows:,} probabilities lie outside 0 to 1: this looks like another scale, "
            "in which 1 would be taken for certainty",
            hint="a probability of 70% is written 0.7: divide the column by 100",
        )
    if found.rows and sum(found.rejected.values()) == found.rows:
        raise UnreadableError(f"none of {plural(found.rows, 'row')} can be used: {told(found.rejected)}")
    return ForecastAccount(found.rows, found.forecasts, _counted(found.rejected), _counted(found.unscored))


def _counted(counts: Mapping[str, int]) -> tuple[Counted, ...]:
    return tuple(Counted(reason, n) for reason, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n)


def told(counts: Mapping[str, int]) -> str:
    """The reasons with their numbers, as `3 outside (a probability outside 0 to 1), 1 twice (...)`."""
    from ..bulk.layout import REASONS

    return ", ".join(f"{row.rows:,} {row.reason} ({REASONS[row.reason]})" for row in _counted(counts))
