"""touch: somebody looked today and found nothing decisive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from .. import judging
from ..days import known_until
from ..edit.changes import Edit, Set
from ..edit.scalars import Plain
from ..errors import RefusedError
from ..model import Ledger
from ..results.lookup import claims_to_write
from .draft import Draft
from .plan import Missing, Move, Plan, place_of, plan


@dataclass(frozen=True, kw_only=True)
class TouchDraft(Draft):
    """Claims that somebody looked at; nothing is ever asked."""

    ids: Sequence[str]

    def plan(self) -> Plan:
        """See `plan_touch`."""
        return plan_touch(self.ledger, self.ids, today=self.today)

    def _answered(self, asked: Missing, text: str) -> TouchDraft:
        return self


def plan_touch(ledger: Ledger, ids: Sequence[str], *, today: date) -> Plan:
    """Plan to set `checked` of each claim to today; a claim that has it already stays as it is."""
    numbers = claims_to_write(ledger, ids)
    moves = [_move(ledger, number, today) for number in numbers]
    warnings = [
        f"{ledger.facts[number].id}: is judged already, {verdict.outcome} on {date.fromordinal(verdict.judged)}; "
        "checked is for claims that wait for their verdict"
        for number in numbers
        if (verdict := judging.standing(ledger.facts[number])) is not None
    ]

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        return plan_touch(fresh, tuple(only), today=today)

    return plan("touch", ledger, moves, today=today, again=again, warnings=warnings)


def _move(ledger: Ledger, number: int, today: date) -> Move:
    fact, spot = ledger.facts[number], ledger.spots[number]
    if fact.checked is not None and today.toordinal() <= fact.checked <= known_until(today):
        return Move(fact.id, number, spot.file, None, f"was checked {date.fromordinal(fact.checked)} already")
    if fact.checked is not None and fact.checked > today.toordinal():
        raise RefusedError(
            f"{place_of(ledger, number, 'checked')}: {fact.id} was checked {date.fromordinal(fact.checked)}, "
            f"later than today, {today}",
            hint="correct one of the two: the clock, or checked",
        )
    before = f" (was {date.fromordinal(fact.checked)})" if fact.checked is not None else ""
    edit = Edit(spot, (Set("checked", Plain(today.isoformat())),))
    return Move(fact.id, number, spot.file, edit, f"checked {today}{before}")
