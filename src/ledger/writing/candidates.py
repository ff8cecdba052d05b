"""Candidates of a scan as claims of a ledger: every field that the text gives, none that a person must say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from .. import fields
from ..edit.blocks import Value
from ..edit.scalars import Plain
from ..intake.platforms.made_keys import TableKeys, clean, slug
from ..intake.scan import Candidate
from ..intake.scan.quantities import SaidQuantity
from ..model import Ledger
from ..results.scan import Scan, TextOrigin
from ..text import control_characters
from . import typed_values
from .claim_ids import propose

_TITLE = 120


class DraftedClaim(NamedTuple):
    """A claim that lacks its sentence and its criteria; `open` says what else a person must decide, and why."""

    record: Mapping[str, Value]
    open: str | None
    readings: tuple[str, ...] = ()


class Drafts(NamedTuple):
    """The claims of a scan, and the people and sources that they name, each with its entry."""

    people: Mapping[str, Value]
    sources: Mapping[str, Value]
    claims: tuple[DraftedClaim, ...]


def drafts(found: Scan) -> Drafts:
    """The candidates that the ledger does not have yet, as a ledger that stands alone."""
    by_file = {origin.document.name: origin for origin in found.origins}
    people = CandidateTable("people", found.ledger)
    sources = CandidateTable("sources", found.ledger)
    taken = {fact.id for fact in found.ledger.facts} if found.ledger else set()
    claims = []
    for one in found.candidates:
        if one.known_as is None:
            draft = draft_of(one, by_file[one.file], people, sources, taken)
            taken.add(str(draft.record["id"]))
            claims.append(draft)
    return Drafts(people.entries, sources.entries, tuple(claims))


class CandidateTable:
    """The entries of one table that the claims use: the ledger's own, and new ones."""

    def __init__(self, name: str, ledger: Ledger | None) -> None:
        self._label = "name" if name == "people" else "title"
        known = getattr(ledger, name) if ledger else {}
        self._known = {key: str(getattr(entry, self._label)) for key, entry in known.items()}
        self._names = TableKeys(name, self._known, self._label)
        self.entries: dict[str, Value] = {}

    def key(self, name: str, entry: Mapping[str, Value] | None = None, *, wanted: str = "") -> str:
        """The key of a name, whose entry is kept."""
        if name in self._known:
            self.entries.setdefault(name, {self._label: self._known[name]})
            return name
        key = self._names.key(name, wanted=wanted)
        self.entries.setdefault(key, {self._label: name, **(entry or {})})
        return key

    def new(self) -> dict[str, Value]:
        """The entries that the ledger does not have."""
        return {key: entry for key, entry in self.entries.items() if key not in self._known}


def draft_of(
    one: Candidate, origin: TextOrigin, people: CandidateTable, sources: CandidateTable, taken: set[str]
) -> DraftedClaim:
    """A candidate as a claim, its speaker and source entered into the tables."""
    name = os.path.basename(origin.document.name)  # noqa: PTH119
    speaker = (
        people.key(one.speaker) if one.speaker else people.key(f"the author of {name}", wanted=slug(f"author-{name}"))
    )
    said = origin.published
    record: dict[str, Value] = {
        "id": _id(one, taken),
        "speaker": speaker,
        "said": Plain(said.text) if said else "unknown",
        "source": _source(origin, sources, name),
        "at": f"line {one.line}",
        "deadline": Plain(one.deadline or "none"),
    }
    if origin.document.is_exact and control_characters(one.quote) is None:
        record["quote"] = one.quote
    if one.kind != "prediction":
        record["kind"] = one.kind
    record |= {key: clean(text)[0] for key in ("deadline_words", "condition") if (text := getattr(one, key))}
    if one.probability is not None:
        record["probability"] = Plain(typed_values.written(one.probability))
    elif one.probability_words:
        record["probability_words"] = clean(one.probability_words)[0]
    if one.quantity is not None:
        record["quantity"] = _quantity(one.quantity)
    return DraftedClaim(typed_values.in_order(record, fields.CLAIM), _undecided(one), one.deadline_others)


def _undecided(one: Candidate) -> str | None:
    """Why the deadline that is written may not be the one that was meant."""
    if one.deadline is not None:
        return None
    if one.deadline_others:
        return f"the words can mean {' or '.join(one.deadline_others)}"
    return "the words alone do not tell the day"


def _id(one: Candidate, taken: set[str]) -> str:
    year = one.deadline[:4] if one.deadline and one.deadline[:4].isdigit() else ""
    words = slug(one.quote)
    return propose(one.quote if words else f"claim of line {one.line}", year, taken)


def _source(origin: TextOrigin, sources: CandidateTable, name: str) -> str:
    if origin.source is not None:
        return sources.key(origin.source)
    entry: dict[str, Value] = {}
    if origin.published is not None:
        entry["published"] = Plain(origin.published.text)
    if origin.document.is_exact and name != "-" and not name.startswith("."):
        entry |= {"document": name, "sha256": origin.document.digest}
    title = next((line.strip(" #*") for line in origin.document.text.splitlines() if line.strip(" #*-=")), name)
    return sources.key(clean(title)[0][:_TITLE], entry, wanted=slug(name.partition(".")[0] or "text"))


def _quantity(found: SaidQuantity) -> dict[str, Value]:
    """A number as the rules of entry have it: of a range the lower end decides."""
    record: dict[str, Value] = {}
    if found.low is not None:
        record["at_least"] = _number(found.low)
    elif found.high is not None:
        record["at_most"] = _number(found.high)
    if found.low is not None and found.high is not None:
        record["range"] = [_number(found.low), _number(found.high)]
    if found.unit is not None:
        record["unit"] = clean(found.unit)[0]
    return record


def _number(value: float) -> Plain:
    return Plain(typed_values.written(int(value) if value == int(value) else value))
