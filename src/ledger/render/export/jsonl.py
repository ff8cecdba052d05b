"""Lines of JSON that can be taken back: each row of `list` with what it refers to."""

from __future__ import annotations

from typing import Any

from ...model import Claim, Ledger, Source
from ...results.list import Listing
from .. import jsontext
from ..objects import claim_objects, period


def document(listing: Listing) -> str:
    """One claim a line; `declared` holds the ledger's title, and the people, topics and sources that it names."""
    rows = zip(claim_objects(listing), listing.rows, strict=True)
    return jsontext.jsonl(found | {"declared": declared(listing.ledger, listing.claim(row))} for found, row in rows)


def declared(ledger: Ledger, claim: Claim) -> dict[str, Any]:
    """The ledger's title, and its entries of people, topics and sources that a claim and its evidence name."""
    named = [claim.source, *(found.source for made in claim.resolutions for found in made.evidence)]
    sources = dict.fromkeys(name for name in named if name in ledger.sources)
    people = {claim.speaker: ledger.people[claim.speaker]._asdict()} if claim.speaker in ledger.people else {}
    return {
        "title": ledger.title,
        "people": people,
        "topics": {name: ledger.topics[name] for name in claim.topics if name in ledger.topics},
        "sources": {name: _source(ledger.sources[name]) for name in sources if name is not None},
    }


def _source(source: Source) -> dict[str, Any]:
    return {**source._asdict(), "published": period(source.published)}
