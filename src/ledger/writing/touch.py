"""touch: somebody looked today and found nothing decisive, or something that is worth noting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from .. import fields, judging
from ..days import known_until
from ..edit.blocks import Value
from ..edit.changes import Append, Edit, Set
from ..edit.scalars import Plain
from ..errors import RefusedError
from ..model import Ledger
from ..query import names
from ..results.lookup import claims_to_write, told_ids
from . import typed_values
from .draft import Draft
from .plan import Missing, Move, Plan, incomplete, place_of, plan
from .resolve import AskedEvidence, evidence_record


class Seen(NamedTuple):
    """What was observed, in the words of the command line; without any of it nothing was."""

    value: str | None = None
    evidence: AskedEvidence = AskedEvidence()
    note: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether somebody only looked."""
        return self.value is None and self.note is None and self.evidence == AskedEvidence()


ONLY_LOOKED = Seen()


@dataclass(frozen=True, kw_only=True)
class TouchDraft(Draft):
    """Claims that somebody looked at; what was seen is asked for where it `observes`."""

    ids: Sequence[str]
    seen: Seen = ONLY_LOOKED
    observes: bool = False  # asks what was seen

    def plan(self) -> Plan:
        """See `plan_touch`."""
        if self.observes and self.seen.note is None:
            return incomplete("touch", self.ledger, [Missing("--note", "What was seen?")])
        return plan_touch(self.ledger, self.ids, self.seen, today=self.today)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The claims that are named."""
        return tuple(claims_to_write(self.ledger, self.ids))

    @property
    def is_interpreted(self) -> bool:
        """A beginning of an id."""
        return not set(self.ids) <= set(names(self.ledger.facts, "id"))

    @property
    def offered(self) -> tuple[Missing, ...]:
        """The number and the evidence of what was seen."""
        if not self.observes:
            return ()
        value, where = "Which number was seen?", "Where? (an address or a source)"
        asked = [Missing("--value", value, optional=True)] if self.seen.value is None else []
        if not self.seen.evidence.words:
            asked.append(Missing("--evidence", where, tuple(self.ledger.sources), optional=True))
        return tuple(asked)

    def _answered(self, asked: Missing, text: str) -> TouchDraft:
        if asked.option == "--evidence":
            return replace(self, seen=self.seen._replace(evidence=AskedEvidence((text,))))
        if asked.option == "--value":
            return replace(self, seen=self.seen._replace(value=text))
        return replace(self, seen=self.seen._replace(note=text))


def plan_touch(ledger: Ledger, ids: Sequence[str], seen: Seen = ONLY_LOOKED, *, today: date) -> Plan:
    """Plan to set `checked` of each claim to today, or to append what was seen; one that is checked stays as it is."""
    numbers = claims_to_write(ledger, ids)
    if seen.is_empty:
        moves = [_move(ledger, number, today) for number in numbers]
    else:
        record = _record(ledger, seen, today)
        moves = [_observed(ledger, number, record, today) for number in numbers]
    warnings = [
        f"{ledger.facts[number].id}: is judged already, {verdict.outcome} on {date.fromordinal(verdict.judged)}; "
        "checked is for claims that wait for their verdict"
        for number in numbers
        if (verdict := judging.standing(ledger.facts[number])) is not None
    ]

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        return plan_touch(fresh, tuple(only), seen, today=today)

    made = plan("touch", ledger, moves, today=today, again=again, warnings=warnings)
    return made._replace(read=told_ids(ledger, ids))


def _record(ledger: Ledger, seen: Seen, today: date) -> dict[str, Value]:
    record: dict[str, Value] = {"date": Plain(today.isoformat())}
    if seen.value is not None:
        record["value"] = Plain(typed_values.written(typed_values.number("--value", seen.value.strip())))
    evidence = evidence_record(ledger, seen.evidence, today)
    if evidence:
        record["evidence"] = evidence
    if seen.note is not None:
        note = next(field for field in fields.OBSERVATION if field.key == "note")
        record["note"] = typed_values.value(note, seen.note, ledger=ledger, today=today)
    return record


def _observed(ledger: Ledger, number: int, record: dict[str, Value], today: date) -> Move:
    fact, spot = ledger.facts[number], ledger.spots[number]
    if fact.said is not None and today.toordinal() < fact.said.start:
        raise RefusedError(
            f"{place_of(ledger, number, 'said')}: {fact.id} was said {fact.said}, later than today, {today}",
            hint="nothing can have been seen of it yet",
        )
    value = f": {record['value']}" if "value" in record else ""
    edit = Edit(spot, (Append("observations", record),))
    return Move(fact.id, number, spot.file, edit, f"observed {today}{value}")


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
