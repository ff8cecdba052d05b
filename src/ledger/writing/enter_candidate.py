"""A candidate of a scan into a ledger: what the text gives is filled in, what is typed goes before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .. import fields
from ..edit.blocks import Value
from ..edit.scalars import Plain, reads_as_text
from ..errors import UsageError
from ..intake.platforms.made_keys import slug
from ..intake.scan import Candidate
from ..model import Ledger
from ..query import names
from ..results.lookup import split
from ..results.scan import TextOrigin
from ..text import did_you_mean, shorten
from . import import_claims, records, typed_values
from .add import field_of
from .candidates import CandidateTable, DraftedClaim, draft_of
from .claim_ids import propose, similar
from .draft import Draft
from .new_claim import refuse_future, refuse_id, typed_record
from .new_names import Words
from .plan import Missing, Plan, Step, incomplete

_NAMED = ("speaker", "topics")  # declared on the way


@dataclass(frozen=True, kw_only=True)
class CandidateDraft(Draft):
    """A candidate that is to be entered; `more` may be changed or added."""

    one: Candidate
    origin: TextOrigin
    words: Words
    more: tuple[Missing, ...] = ()

    def plan(self) -> Plan:
        """See `plan_candidate`."""
        return plan_candidate(self.ledger, self.one, self.origin, self.words, today=self.today)

    @property
    def offered(self) -> tuple[Missing, ...]:
        """What the text gives, and what it cannot give."""
        return tuple(one for one in self.more if field_of(one) not in self.words)

    def _answered(self, asked: Missing, text: str) -> CandidateDraft:
        return replace(self, words={**self.words, field_of(asked): text})


def plan_candidate(ledger: Ledger, one: Candidate, origin: TextOrigin, words: Words, *, today: date) -> Plan:
    """Plan to enter a candidate, with the people, source and topics that it needs, as one change.

    `missing` asks for the claim in a judgeable sentence, and for the deadline where the words do not tell it.
    """
    people, sources = CandidateTable("people", ledger), CandidateTable("sources", ledger)
    draft = draft_of(one, origin, people, sources, set(names(ledger.facts, "id")))
    given = {key: of for key, of in words.items() if key not in _NAMED}
    typed, deadlines = typed_record(ledger, given, today, said=draft.record["said"])
    record: dict[str, Value] = {**draft.record, **typed}
    topics = _named(ledger, words, record, people)
    refuse_future(record, today)
    missing = _missing(draft, words)
    if missing or deadlines.missing:
        return incomplete("add", ledger, [*missing, *deadlines.missing])
    record["id"] = _id(ledger, record, words)
    record.setdefault("added", Plain(today.isoformat()))
    speaker = str(record["speaker"])
    voice = {} if speaker in ledger.people else {speaker: people.entries[speaker]}
    declared = {"people": voice, "sources": sources.new(), "topics": topics}
    return _planned(ledger, typed_values.in_order(record, fields.CLAIM), declared)._replace(read=deadlines.read)


def _named(ledger: Ledger, words: Words, record: dict[str, Value], people: CandidateTable) -> dict[str, Value]:
    """Put speaker and topics as typed into the record; the topics that are new."""
    speaker = words.get("speaker")
    if isinstance(speaker, str):
        record["speaker"] = people.key(_not_mistyped(speaker.strip(), ledger.people, "person"))
    given = words.get("topics") or ()
    names = split([given] if isinstance(given, str) else given) if given else ()
    keys = {slug(_not_mistyped(name, ledger.topics, "topic")): name for name in names}
    if keys:
        record["topics"] = list(keys)
    return {key: name for key, name in keys.items() if key not in ledger.topics}


def _not_mistyped(name: str, known: Collection[str], what: str) -> str:
    """A name that is new on purpose; UsageError for one that is nearly a key of the ledger."""
    near = "" if name in known or " " in name else did_you_mean(name, known)
    key = slug(name)
    if near or not key or key in fields.OUTCOMES or not reads_as_text(key):
        raise UsageError(f"no {what} {shorten(name, 60)!r}", hint=near or "write a name, such as optimus")
    return name


def _missing(draft: DraftedClaim, words: Words) -> list[Missing]:
    asked = (
        []
        if words.get("claim")
        else [Missing("CLAIM", fields.QUESTIONS["claim"], how="the claim as the first argument")]
    )
    if draft.open is not None and "deadline" not in words:
        asked.append(Missing("--deadline", f"By when? {draft.open} (a period, or none)", draft.readings))
    return asked


def _id(ledger: Ledger, record: Mapping[str, Value], words: Words) -> str:
    taken = set(names(ledger.facts, "id")) | {found.claim for found in ledger.problems if found.claim}
    if "id" in words:
        if record["id"] in taken:
            refuse_id(ledger, str(record["id"]))
        return str(record["id"])
    deadline = str(record["deadline"])
    claim = str(record["claim"])
    year = deadline[:4] if deadline[:4].isdigit() else ""
    return propose(claim if slug(claim) else f"claim of {record['at']}", year, taken)


def _planned(ledger: Ledger, record: dict[str, Value], declared: import_claims.Tables) -> Plan:
    name = str(record["id"])
    new = import_claims.Additions({name: records.undefaulted(record)}, declared)
    change = import_claims.proven(ledger, new)
    line = next(spot.line for fact, spot in zip(change.after.facts, change.after.spots, strict=True) if fact.id == name)
    warnings = [
        f"much like {ledger.facts[other].id}: {shorten(ledger.facts[other].claim, 100)}"
        for other in similar(str(record["claim"]), ledger.facts)
    ]
    steps: Sequence[Step] = [Step(name, "added", change.files[-1].name, line)]
    return import_claims.plan(ledger, new, change, tuple(steps), tuple(warnings))._replace(command="add")
