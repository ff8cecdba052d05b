"""revise: what the speaker says now, as a new claim that revises another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .. import fields, judging
from ..edit.blocks import Value
from ..edit.scalars import Plain
from ..errors import RefusedError, UsageError
from ..model import Claim, Ledger
from ..results.lookup import claims_to_write, told_ids
from . import records, typed_values
from .new_claim import STRICT, declared, missing_of, planned, refuse_future, said_told, typed_record
from .new_names import NewNames, Words, resolve_names
from .plan import Plan, incomplete, place_of
from .suggestions import suggestions

_CARRIED = ("speaker", "topics", "series", "criteria")  # what a revision has from the claim it revises
_TARGET = ("kind", "window", "deadline", "deadline_latest", "known_by", "quantity")  # unless given anew
_CHANGING = ("claim", "deadline", "deadline_words", "probability", "probability_words", *typed_values.QUANTITY)


def plan_revise(ledger: Ledger, word: str, words: Words, *, today: date, new: NewNames = STRICT) -> Plan:
    """Plan a claim that revises another: speaker, topics, series and criteria are carried over.

    So are kind, deadline and quantity, unless they are given anew: a speaker who moves the number keeps the date.
    Words of the old source are not.
    """
    (number,) = claims_to_write(ledger, [word])
    needed = [key for key in ("claim", "said", "source") if key not in words]
    usual: Mapping[str, str] = {}
    if new.asks:  # the source may tell when it was said; a sentence that names another day asks for that
        needed.sort(key=("claim", "source", "said").index)
        usual = suggestions(ledger, {"speaker": ledger.claims[number].speaker, **words}, today)
        named = usual.get("deadline") or "none"
        if named != _written(ledger.claims[number]).get("deadline") and not {"deadline", "deadline_words"} & set(words):
            needed += ["deadline"] if named != "none" else []
    names = resolve_names(ledger, words, new, today=today)
    ledger, under = declared(ledger, names)
    given, deadlines = typed_record(
        ledger, names.words, today, ledger.claims[number], wrong=names.wrong, needed=() if new.asks else needed
    )
    refuse_future(given, today)
    _refuse_earlier(ledger, number, given)
    record = {**_carried(ledger.claims[number], given), **given}
    asked = missing_of(ledger, record, needed, "the claim behind the id", usual)
    missing = [*names.missing, *asked, *deadlines.missing]
    if missing:
        return incomplete("revise", ledger, missing)
    if not any(key in words for key in _CHANGING):
        raise UsageError("nothing is revised", hint="give the new claim, deadline, number or probability")
    old = ledger.facts[number].id
    record["revises"] = old
    record.setdefault("added", Plain(today.isoformat()))

    def again(fresh: Ledger, name: str) -> Plan:
        return plan_revise(fresh, old, {**words, "id": name}, today=today, new=new)

    warnings = _warnings(ledger.claims[number], record, "criteria" in words)
    made = planned("revise", ledger, record, today=today, under=under, again=again, revised=number, warnings=warnings)
    return made._replace(read=(*told_ids(ledger, [word]), *names.told, *said_told(words, today), *deadlines.read))


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
