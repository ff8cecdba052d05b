"""A new claim, as `add`, `revise` and `scan` enter it: what was typed as it is written, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NoReturn

from .. import fields
from ..days import known_until
from ..edit.blocks import Value
from ..errors import RefusedError, UsageError
from ..model import Claim, Ledger
from ..query import names
from ..text import shorten
from . import typed_values
from .claim_ids import propose, similar, telling
from .deadline import DEADLINES, Deadlines, read_deadlines
from .new_names import NewNames, Resolved, Words, together
from .place import addition
from .plan import FileChange, Missing, Move, Plan, place_of, plan

STRICT = NewNames()
_NOTHING: Mapping[str, str] = {}


def declared(ledger: Ledger, names: Resolved) -> tuple[Ledger, Sequence[FileChange]]:
    """The ledger with the names that are new, and the proven change of its files."""
    declared = {table: entries for table, entries in names.declared.items() if entries}
    if not declared or names.wrong:
        return ledger, ()
    from . import import_claims

    found = import_claims.proven(ledger, import_claims.Additions({}, declared))
    return found.after, found.files


def typed_record(
    ledger: Ledger,
    words: Words,
    today: date,
    old: Claim | None = None,
    *,
    said: Value | None = None,
    wrong: Sequence[UsageError] = (),
    needed: Sequence[str] = (),
) -> tuple[dict[str, Value], Deadlines]:
    """What was typed as it is written; words of a deadline count from the day it was said, all others from today.

    UsageError says everything that is wrong, with what is `wrong` already and what is `needed` beside it.
    """
    record: dict[str, Value] = {}
    quantity: dict[str, Value] = {}
    found = list(wrong)
    for key, given in words.items():
        if key in DEADLINES and given != typed_values.CLAIM[key].word:
            continue  # read last, against the others
        own = key in typed_values.CLAIM
        of = typed_values.CLAIM[key] if own else typed_values.QUANTITY[key]
        try:
            (record if own else quantity)[key] = typed_values.value(of, given, ledger=ledger, today=today)
        except UsageError as error:
            found.append(error)
    if quantity:
        record["quantity"] = typed_values.in_order(quantity, fields.QUANTITY)
    speaker = record.get("fiscal_of") or record.get("speaker") or (old.speaker if old else None)
    person = ledger.people.get(str(speaker))
    deadlines = Deadlines({}, (), ())
    try:
        deadlines = read_deadlines(words, record.get("said", said), person.fiscal_year_end if person else None)
    except UsageError as error:
        found.append(error)
    if found:
        raise together(found, ["CLAIM" if key == "claim" else fields.flag(typed_values.CLAIM[key]) for key in needed])
    return {**record, **deadlines.record}, deadlines


def refuse_future(record: Mapping[str, Value], today: date) -> None:
    """RefusedError where a claim is said later than today."""
    from ..periods import parse

    said = str(record.get("said", "unknown"))
    if said != "unknown" and parse(said).start > known_until(today):
        raise RefusedError(f"--said {said} is later than today, {today}", hint="nobody has said that yet")


def said_told(words: Words, today: date) -> tuple[str, ...]:
    """How the day is read on which it was said, if it was typed in words."""
    return typed_values.told({"said": words.get("said")}, today)


def missing_of(
    ledger: Ledger, record: Mapping[str, Value], needed: Sequence[str], how: str, usual: Mapping[str, str] = _NOTHING
) -> list[Missing]:
    """What is needed, the claim as an argument; and an id where the claim's words make none."""
    keys = list(needed)
    if "id" not in record and "claim" in record and not telling(str(record["claim"]), _year(record)):
        keys.append("id")
    return [
        Missing("CLAIM", fields.QUESTIONS[key], how=how)
        if key == "claim"
        else question(ledger, key, usual.get(key, "") if key == "deadline" else _default(ledger, key, record))
        for key in keys
    ]


def _default(ledger: Ledger, key: str, record: Mapping[str, Value]) -> str:
    """What an empty answer may stand for: a claim is said when its source appeared."""
    source = ledger.sources.get(str(record.get("source")))
    return source.published.text if key == "said" and source is not None and source.published is not None else ""


def question(ledger: Ledger, key: str, default: str, *, optional: bool = False) -> Missing:
    """The question about a field of a claim."""
    of = typed_values.CLAIM[key]
    choices = of.choices or (typed_values.declared(ledger, of.refers) if of.refers else ())
    return Missing(fields.flag(of), fields.QUESTIONS[key], choices, optional=optional, default=default)


def planned(
    command: str,
    ledger: Ledger,
    record: dict[str, Value],
    *,
    today: date,
    under: Sequence[FileChange],
    again: Callable[[Ledger, str], Plan],
    revised: int | None = None,
    warnings: Sequence[str] = (),
) -> Plan:
    """The plan of one new claim; `again` makes it on a ledger that was read anew, under the same id."""
    taken = set(names(ledger.facts, "id")) | {found.claim for found in ledger.problems if found.claim}
    if "id" not in record:
        record["id"] = propose(str(record["claim"]), _year(record), taken)
    elif record["id"] in taken:
        refuse_id(ledger, str(record["id"]))
    name = str(record["id"])
    ordered = typed_values.in_order(record, fields.CLAIM)
    file, edit = addition(ledger, ordered, revised)
    did = "added" if revised is None else f"added, revises {ledger.facts[revised].id}"

    alike = similar(str(record["claim"]), ledger.facts, but=revised)
    found = [*_after_source(ledger, record), *warnings]
    found += [f"much like {ledger.facts[other].id}: {shorten(ledger.facts[other].claim, 100)}" for other in alike]
    move = Move(name, None, file, edit, did)

    def anew(fresh: Ledger, only: Collection[str]) -> Plan:
        return again(fresh, name)

    return plan(command, ledger, [move], today=today, again=anew, warnings=found, under=under)


def refuse_id(ledger: Ledger, name: str) -> NoReturn:
    """UsageError for an id that a claim has, readable or not."""
    number = next((number for number, fact in enumerate(ledger.facts) if fact.id == name), None)
    found = next((found.place for found in ledger.problems if found.claim == name), None)
    where = f"{found.file}:{found.line}" if found else ""
    where = where if number is None else place_of(ledger, number)
    raise UsageError(f"--id {name}: that claim stands in {where} already", hint="choose another --id, or leave it out")


def _after_source(ledger: Ledger, record: Mapping[str, Value]) -> list[str]:
    """What a source cannot report: words that are later than itself."""
    from ..periods import parse

    name, said = str(record.get("source")), str(record.get("said", "unknown"))
    source = ledger.sources.get(name)
    if source is None or source.published is None or said == "unknown" or parse(said).start <= source.published.end:
        return []
    return [
        f"--said {said} is later than its source, {name}, which appeared {source.published}: correct one of the two"
    ]


def _year(record: Mapping[str, Value]) -> str:
    deadline = str(record.get("deadline", ""))
    return deadline[:4] if deadline[:4].isdigit() else ""
