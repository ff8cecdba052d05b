"""add and revise: a new claim, where the file's order suggests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from .. import fields, judging
from ..days import known_until
from ..edit.blocks import Value
from ..edit.scalars import Plain
from ..errors import RefusedError, UsageError
from ..model import Claim, Ledger
from ..results.lookup import claims_to_write
from ..text import shorten
from . import records, typed_values
from .claim_ids import propose, similar, telling
from .deadline import DEADLINES, Deadlines, read_deadlines
from .draft import Draft
from .new_names import ENTRY, NewNames, Resolved, Words, key_option, resolve_names, together
from .place import addition
from .plan import FileChange, Missing, Move, Plan, incomplete, place_of, plan
from .suggestions import quantity_words, suggestions

_CARRIED = ("speaker", "topics", "series", "criteria")  # what a revision has from the claim it revises
_TARGET = ("kind", "window", "deadline", "deadline_latest", "known_by", "quantity")  # unless given anew
_CHANGING = ("claim", "deadline", "deadline_words", "probability", "probability_words", *typed_values.QUANTITY)


_STRICT = NewNames()
_NOTHING: Mapping[str, str] = {}


def plan_add(ledger: Ledger, words: Words, *, today: date, new: NewNames = _STRICT) -> Plan:
    """Plan a new claim from the fields as typed; `missing` names the required ones that were not given.

    Names that the ledger lacks are declared in the same edit, if `new` lets them.
    """
    needed = [field.key for field in fields.CLAIM if field.required and field.key not in ("id", *words)]
    if "deadline_words" in words or words.get("kind") == "statement":
        needed = [key for key in needed if key != "deadline"]
    if new.asks:  # the source may tell when it was said
        needed.sort(key=("claim", "speaker", "source", "said", "deadline").index)
    names = resolve_names(ledger, words, new, today=today)
    ledger, under = _declared(ledger, names)
    record, deadlines = typed_record(ledger, names.words, today, wrong=names.wrong, needed=() if new.asks else needed)
    if "deadline" not in record and "deadline_words" in words:
        needed.append("deadline")
    refuse_future(record, today)
    usual = suggestions(ledger, words, today) if new.asks else {}
    asked = _missing(ledger, record, needed, "the claim as the first argument", usual)
    missing = [*names.missing, *asked, *deadlines.missing]
    if missing:
        return incomplete("add", ledger, missing)
    record.setdefault("added", Plain(today.isoformat()))
    made = _planned(
        "add", ledger, records.undefaulted(record), None, today, under, _Again(words, new, "criteria" in words)
    )
    return made._replace(read=(*names.told, *deadlines.read))


def _declared(ledger: Ledger, names: Resolved) -> tuple[Ledger, Sequence[FileChange]]:
    """The ledger with the names that are new, and the proven change of its files."""
    declared = {table: entries for table, entries in names.declared.items() if entries}
    if not declared or names.wrong:
        return ledger, ()
    from . import import_claims

    found = import_claims.proven(ledger, import_claims.Additions({}, declared))
    return found.after, found.files


@dataclass(frozen=True)
class _Again:
    """What a plan is made from, to be made again."""

    words: Words
    new: NewNames
    criteria_given: bool


@dataclass(frozen=True, kw_only=True)
class AddDraft(Draft):
    """A claim to be entered, from the words that were typed; with `revised` it revises that claim."""

    words: Words = field(default_factory=dict)
    new: NewNames = _STRICT
    revised: str | None = None
    more: bool = False  # asks for what may be left out, too
    usual: Mapping[str, str] = field(default_factory=dict)  # what an empty answer stands for

    def plan(self) -> Plan:
        """See `plan_add` and `plan_revise`."""
        if self.revised is not None:
            return plan_revise(self.ledger, self.revised, self.words, today=self.today, new=self.new)
        return plan_add(self.ledger, self.words, today=self.today, new=self.new)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The claim that is revised."""
        return () if self.revised is None else tuple(claims_to_write(self.ledger, [self.revised]))

    @property
    def offered(self) -> tuple[Missing, ...]:
        """What an entry has beyond what it must have: what the sentence suggests, and what none can."""
        if not self.more:
            return ()
        usual = {**suggestions(self.ledger, self.words, self.today), **self.usual}
        given = {*self.words, *(["quantity"] if any(key in self.words for key in typed_values.QUANTITY) else [])}
        return tuple(
            question(self.ledger, key, usual.get(key, ""), optional=True)
            for key in fields.QUESTIONS
            if key not in given and not typed_values.CLAIM[key].required
            if key in usual or key not in fields.SUGGESTED
        )

    def _answered(self, asked: Missing, text: str) -> AddDraft:
        for name in self._names():
            if asked.option == key_option(name):
                return replace(self, new=replace(self.new, keys={**self.new.keys, name: text}))
        key = field_of(asked)
        if key in ENTRY:
            return replace(self, new=replace(self.new, entry={**self.new.entry, key: text}))
        if key == "quantity":
            return replace(self, words={**self.words, **quantity_words(text)})
        begun = [choice for choice in asked.choices if choice.startswith(text.lower())]
        is_choice = len(begun) == 1 and bool(typed_values.CLAIM[key].choices)
        return replace(self, words={**self.words, key: begun[0] if is_choice else text})

    def _names(self) -> Iterable[str]:
        for key in ("speaker", "also_by", "source", "topics"):
            given = self.words.get(key, ())
            many = [given] if isinstance(given, str) else given
            yield from (name.strip() for one in many for name in (one, *one.split(",")))


def field_of(missing: Missing) -> str:
    """The field that an answer is for."""
    key = missing.option.removeprefix("--").replace("-", "_").lower()
    return "topics" if key == "topic" else key


def plan_revise(ledger: Ledger, word: str, words: Words, *, today: date, new: NewNames = _STRICT) -> Plan:
    """Plan a claim that revises another: speaker, topics, series and criteria are carried over.

    So are kind, deadline and quantity, unless they are given anew: a speaker who moves the number keeps the date.
    Words of the old source are not.
    """
    (number,) = claims_to_write(ledger, [word])
    needed = [key for key in ("claim", "said", "source") if key not in words]
    names = resolve_names(ledger, words, new, today=today)
    ledger, under = _declared(ledger, names)
    given, deadlines = typed_record(
        ledger, names.words, today, ledger.claims[number], wrong=names.wrong, needed=() if new.asks else needed
    )
    refuse_future(given, today)
    _refuse_earlier(ledger, number, given)
    record = {**_carried(ledger.claims[number], given), **given}
    missing = [*names.missing, *_missing(ledger, record, needed, "the claim behind the id"), *deadlines.missing]
    if missing:
        return incomplete("revise", ledger, missing)
    if not any(key in words for key in _CHANGING):
        raise UsageError("nothing is revised", hint="give the new claim, deadline, number or probability")
    record["revises"] = ledger.facts[number].id
    record.setdefault("added", Plain(today.isoformat()))
    made = _planned("revise", ledger, record, number, today, under, _Again(words, new, "criteria" in words))
    return made._replace(read=(*names.told, *deadlines.read))


def _planned(
    command: str,
    ledger: Ledger,
    record: dict[str, Value],
    revised: int | None,
    today: date,
    under: Sequence[FileChange],
    asked: _Again,
) -> Plan:
    taken = {fact.id for fact in ledger.facts} | {found.claim for found in ledger.problems if found.claim}
    if "id" not in record:
        record["id"] = propose(str(record["claim"]), _year(record), taken)
    elif record["id"] in taken:
        raise UsageError(f"there is a claim {record['id']} already", hint="choose another --id, or leave it out")
    name = str(record["id"])
    ordered = typed_values.in_order(record, fields.CLAIM)
    file, edit = addition(ledger, ordered, revised)
    did = "added" if revised is None else f"added, revises {ledger.facts[revised].id}"

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        kept = {**asked.words, "id": name}
        if revised is None:
            return plan_add(fresh, kept, today=today, new=asked.new)
        return plan_revise(fresh, ledger.facts[revised].id, kept, today=today, new=asked.new)

    alike = similar(str(record["claim"]), ledger.facts, but=revised)
    warnings = [f"much like {ledger.facts[other].id}: {shorten(ledger.facts[other].claim, 100)}" for other in alike]
    if revised is not None:
        warnings += _warnings(ledger.claims[revised], record, asked.criteria_given)
    move = Move(name, None, file, edit, did)
    return plan(command, ledger, [move], today=today, again=again, warnings=warnings, under=under)


def _missing(
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


def like(claim: Claim) -> dict[str, str | Sequence[str]]:
    """What a claim from the same place, about the same things, is likely to share with one that stands."""
    shared: dict[str, str | Sequence[str]] = {"speaker": claim.speaker, "said": str(claim.said or "unknown")}
    shared |= {"source": claim.source} if claim.source else {}
    shared |= {"also_by": claim.also_by} if claim.also_by else {}
    return shared | ({"topics": claim.topics} if claim.topics else {})


def question(ledger: Ledger, key: str, default: str, *, optional: bool = False) -> Missing:
    """The question about a field of a claim."""
    of = typed_values.CLAIM[key]
    choices = of.choices or (typed_values.declared(ledger, of.refers) if of.refers else ())
    return Missing(fields.flag(of), fields.QUESTIONS[key], choices, optional=optional, default=default)


# --- the record --------------------------------------------------------------------------------------------------


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


def _carried(claim: Claim, given: dict[str, Value]) -> dict[str, Value]:
    """What the revised claim hands on; a quantity given anew without a unit keeps the old unit.

    The range and its level are words about the old deadline: they go when that is moved.
    """
    record = _written(claim)
    keys = ("kind", "quantity") if "deadline" in given else _TARGET
    new, old = given.get("quantity"), record.get("quantity")
    if isinstance(new, dict) and isinstance(old, dict) and "unit" in old:
        given["quantity"] = typed_values.in_order({"unit": old["unit"], **new}, fields.QUANTITY)
    if isinstance(old, dict) and _when({**record, **given}) != _when(record):
        gone = ("level", "point") if "decides" in old else ("range", "level", "point")
        record["quantity"] = {key: value for key, value in old.items() if key not in gone}
    return {key: record[key] for key in (*_CARRIED, *keys) if key in record}


def _written(claim: Claim) -> dict[str, Value]:
    """The fields of a claim that a revision may carry, as they are written."""
    return {key: value for key, value in records.of_claim(claim).items() if key in (*_CARRIED, *_TARGET)}


def _measure(record: Mapping[str, Value]) -> tuple[object, ...]:
    """What is scored of a claim as it is written."""
    quantity = record.get("quantity")
    quantity = quantity if isinstance(quantity, dict) else {}
    least, most, said, point = (_numbers(quantity.get(key)) for key in ("at_least", "at_most", "range", "point"))
    return judging.measured(
        deadline=_span(record.get("deadline", "none")),
        latest=_span(record.get("deadline_latest", "none")),
        window=str(record.get("window", "by")),
        bounds=(said[0], said[-1]) if "decides" in quantity else (least[0], most[0]),
        said=(*said, *point),
        unit=str(quantity["unit"]) if "unit" in quantity else None,
    )


def _when(record: Mapping[str, Value]) -> tuple[judging.Span, object]:
    return _span(record.get("deadline", "none")), record.get("window", "by")


def _span(text: Value) -> judging.Span:
    from ..periods import parse

    return judging.span(None if text == "none" else parse(str(text)))


def _numbers(value: Value | None) -> tuple[float | None, ...]:
    """The numbers of one key as the loader reads them; a None where there are none."""
    if value is None:
        return (None,)
    return tuple(float(str(one)) for one in (value if isinstance(value, list) else [value]))


def _warnings(old: Claim, record: Mapping[str, Value], criteria_given: bool) -> list[str]:
    """What somebody who revises a claim should look at again."""
    if _measure(record) == _measure(_written(old)):
        return [f"deadline and quantity are those of {old.id}: this restates it, and will be unscored"]
    if old.criteria is None or criteria_given:
        return []
    return [f"criteria carried over from {old.id} while deadline or quantity changed: read them again"]


def refuse_future(record: Mapping[str, Value], today: date) -> None:
    """RefusedError where a claim is said later than today."""
    from ..periods import parse

    said = str(record.get("said", "unknown"))
    if said != "unknown" and parse(said).start > known_until(today):
        raise RefusedError(f"--said {said} is later than today, {today}", hint="nobody has said that yet")


def _refuse_earlier(ledger: Ledger, number: int, given: Mapping[str, Value]) -> None:
    from ..periods import parse

    old = ledger.facts[number].said
    if given.get("said", "unknown") == "unknown" or old is None:
        return
    new = parse(str(given["said"]))
    if new.end < old.start:
        raise RefusedError(
            f"{place_of(ledger, number, 'said')}: {ledger.facts[number].id} was said {old}, after {new}",
            hint="the later claim revises the earlier one",
        )


def _year(record: Mapping[str, Value]) -> str:
    deadline = str(record.get("deadline", ""))
    return deadline[:4] if deadline[:4].isdigit() else ""
