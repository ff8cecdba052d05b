"""A claim in the few lines that somebody needs who judges it: its words, its day, its criteria, the last look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..model import Claim, Ledger
from ..status import state
from .phrases import quantity_words, status_phrase
from .told import evidence_line


def brief(ledger: Ledger, number: int, day: date) -> str:
    """The sentence, then a line a fact; addresses stand at the end of theirs, in one piece."""
    claim, fact = ledger.claims[number], ledger.facts[number]
    person = ledger.people.get(claim.speaker)
    told = {
        "id": claim.id,
        "speaker": f"{person.name if person else claim.speaker}, said {claim.said or 'unknown'}",
        "deadline": _deadline(claim, status_phrase(fact, state(fact, day.toordinal()), day.toordinal())),
        "number": quantity_words(claim.quantity) if claim.quantity else "",
        "condition": claim.condition or "",
        "criteria": claim.criteria or "",
        "last look": "; ".join(_looks(ledger, claim)),
        "source": _source(ledger, claim),
    }
    return "\n".join([claim.claim, *(f"  {label}: {words}" for label, words in told.items() if words)])


def _deadline(claim: Claim, phrase: str) -> str:
    deadline = claim.deadline.text if claim.deadline else "none"
    known = f", known by {claim.known_by}" if claim.known_by else ""
    return f"{deadline}{' (in the period)' if claim.window == 'during' else ''}{known} - {phrase}"


def _looks(ledger: Ledger, claim: Claim) -> Iterator[str]:
    """The last observation and the last day without a decisive one."""
    if claim.observations:
        seen = claim.observations[-1]
        value = f"{seen.value:,}" if seen.value is not None else None
        words = (value, seen.note, *(evidence_line(ledger, one) for one in seen.evidence))
        yield f"{seen.date}: {', '.join(word for word in words if word) or 'seen'}"
    if claim.checked:
        yield f"{claim.checked}, nothing decisive found"


def _source(ledger: Ledger, claim: Claim) -> str:
    source = ledger.sources.get(claim.source or "")
    parts = (claim.at, source.url) if source else (claim.at,)
    return ", ".join(filter(None, (source.title if source else claim.source, *parts)))
