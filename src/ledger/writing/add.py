"""add: a new claim, where the file's order suggests."""

from __future__ import annotations

from datetime import date

from .. import fields
from ..edit.scalars import Plain
from ..model import Ledger
from . import records
from .new_claim import STRICT, declared, missing_of, planned, refuse_future, typed_record
from .new_names import NewNames, Words, resolve_names
from .plan import Plan, incomplete
from .suggestions import suggestions


def plan_add(ledger: Ledger, words: Words, *, today: date, new: NewNames = STRICT) -> Plan:
    """Plan a new claim from the fields as typed; `missing` names the required ones that were not given.

    Names that the ledger lacks are declared in the same edit, if `new` lets them.
    """
    needed = [field.key for field in fields.CLAIM if field.required and field.key not in ("id", *words)]
    if "deadline_words" in words or words.get("kind") == "statement":
        needed = [key for key in needed if key != "deadline"]
    if new.asks:  # the source may tell when it was said
        needed.sort(key=("claim", "speaker", "source", "said", "deadline").index)
    names = resolve_names(ledger, words, new, today=today)
    ledger, under = declared(ledger, names)
    record, deadlines = typed_record(ledger, names.words, today, wrong=names.wrong, needed=() if new.asks else needed)
    if "deadline" not in record and "deadline_words" in words:
        needed.append("deadline")
    refuse_future(record, today)
    usual = suggestions(ledger, words, today) if new.asks else {}
    asked = missing_of(ledger, record, needed, "the claim as the first argument", usual)
    missing = [*names.missing, *asked, *deadlines.missing]
    if missing:
        return incomplete("add", ledger, missing)
    record.setdefault("added", Plain(today.isoformat()))

    def again(fresh: Ledger, name: str) -> Plan:
        return plan_add(fresh, {**words, "id": name}, today=today, new=new)

    made = planned("add", ledger, records.undefaulted(record), today=today, under=under, again=again)
    return made._replace(read=(*names.told, *deadlines.read))
