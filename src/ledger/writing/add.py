"""add: a new claim, where the file's order suggests, and its draft on a terminal with answers still to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .. import fields
from ..edit.scalars import Plain
from ..model import Claim, Ledger
from ..results.lookup import claims_to_write
from . import records, typed_values
from .draft import LEFT_OUT, Draft
from .new_claim import STRICT, declared, missing_of, planned, question, refuse_future, said_told, typed_record
from .new_names import ENTRY, NAMED, NewNames, Words, entry_question, key_option, resolve_names
from .plan import Missing, Plan, incomplete
from .revise import plan_revise
from .suggestions import quantity_words, suggestions


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
    return made._replace(read=(*names.told, *said_told(words, today), *deadlines.read))


@dataclass(frozen=True, kw_only=True)
class AddDraft(Draft):
    """A claim to be entered, from the words that were typed; with `revised` it revises that claim."""

    words: Words = field(default_factory=dict)
    new: NewNames = STRICT
    revised: str | None = None
    more: bool = False  # asks for what may be left out, too
    hints: bool = False  # asks for what the sentence suggests, but for nothing else that may be left out
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
        if not (self.more or self.hints):
            return ()
        usual = {**suggestions(self.ledger, self.words, self.today), **self.usual}
        given = {*self.words, *(["quantity"] if any(key in self.words for key in typed_values.QUANTITY) else [])}
        old = self.ledger.claims[self.numbers[0]] if self.numbers else None
        return tuple(
            question(self.ledger, key, usual.get(key, ""), optional=True)
            for key in fields.QUESTIONS
            if key not in given and not typed_values.CLAIM[key].required
            if (key in usual if key in fields.SUGGESTED else self.more)
            if old is None or not _is_carried(old, key, usual.get(key, ""))
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

    def answers(self) -> dict[str, Any]:
        """What was answered so far, to be kept as JSON."""
        new = {"entry": dict(self.new.entry), "keys": dict(self.new.keys)}
        return {"words": dict(self.words), **new, "usual": dict(self.usual), "skipped": dict.fromkeys(self.skipped, "")}

    @property
    def mendable(self) -> tuple[str, ...]:
        """The fields that were answered, in the order of a claim; those of a new source behind."""
        told = {"quantity" if key in typed_values.QUANTITY else key for key in self.words}
        return (*(of.key for of in fields.CLAIM if of.key in told), *(key for key in ENTRY if key in self.new.entry))

    def asked_again(self, key: str) -> Missing:
        """The question about a field that was answered, with that answer as what an empty one stands for."""
        if key in ENTRY:
            return entry_question(key, self.new.entry[key])
        of = typed_values.QUANTITY if key == "quantity" else (key,)
        told = [self.words[one] for one in of if one in self.words]
        text = " ".join(one if isinstance(one, str) else ", ".join(one) for one in told)
        return question(self.ledger, key, text, optional=not typed_values.CLAIM[key].required)

    def with_other(self, key: str, text: str) -> AddDraft:
        """The draft with another answer to a field; LEFT_OUT takes it away."""
        gone = {key, *(typed_values.QUANTITY if key == "quantity" else ())}
        words = {name: word for name, word in self.words.items() if name not in gone}
        entry = {name: told for name, told in self.new.entry.items() if name != key}
        asked, bare = self.asked_again(key), replace(self, words=words, new=replace(self.new, entry=entry))
        if text == LEFT_OUT and asked.optional:
            return replace(bare, skipped=self.skipped | {asked.option})
        return bare._answered(asked, text) if text and text != asked.default else self

    def resumed(self, answers: Mapping[str, Any]) -> AddDraft:
        """The draft with answers that were kept; UsageError or RefusedError where they cannot be planned any more."""
        new = replace(self.new, entry=answers["entry"], keys=answers["keys"])
        skipped = frozenset(answers["skipped"])
        again = replace(self, words=answers["words"], new=new, usual=answers["usual"], skipped=skipped, more=True)
        again.planned  # noqa: B018 - whether it can be planned
        return again

    def _names(self) -> Iterable[str]:
        for key in NAMED:
            given = self.words.get(key, ())
            many = [given] if isinstance(given, str) else given
            yield from (name.strip() for one in many for name in (one, *one.split(",")))


def _is_carried(old: Claim, key: str, text: str) -> bool:
    """Whether a revision has that from the claim it revises, unless it is given anew."""
    if key == "quantity" and old.quantity is not None:
        words = quantity_words(text)
        return words == {one: str(getattr(old.quantity, one)) for one in words}
    return key in ("topics", "criteria") or (key in ("kind", "window") and getattr(old, key) == text)


def field_of(missing: Missing) -> str:
    """The field that an answer is for."""
    key = missing.option.removeprefix("--").replace("-", "_").lower()
    return "topics" if key == "topic" else key


def like(claim: Claim) -> dict[str, str | Sequence[str]]:
    """What a claim from the same place, about the same things, is likely to share with one that stands."""
    shared: dict[str, str | Sequence[str]] = {"speaker": claim.speaker, "said": str(claim.said or "unknown")}
    shared |= {"source": claim.source} if claim.source else {}
    shared |= {"also_by": claim.also_by} if claim.also_by else {}
    return shared | ({"topics": claim.topics} if claim.topics else {})
