"""Lines of JSON that can be taken back: each row of `list` with what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import Claim, Ledger, Source, uses
from ...results.list import Listing, as_known
from .. import jsontext
from ..objects import about_object, claim_object, period


def document(listing: Listing) -> Iterator[str]:
    """One claim a line; `declared` holds the ledger's title, `about`, and the people, topics, sources that it names."""
    view, day = listing.view, listing.day
    found = ((as_known(claim, day), row) for claim, row in listing.passing())
    return jsontext.lines(
        claim_object(claim, row, view) | {"declared": declared(listing.ledger, claim)} for claim, row in found
    )


def declared(ledger: Ledger, claim: Claim) -> dict[str, Any]:
    """The ledger's title and `about`, and its entries of people, topics and sources that a claim names anywhere."""
    named: dict[str, dict[str, None]] = {"people": {}, "topics": {}, "sources": {}, "claims": {}}
    for _, table, name in uses(claim):
        named[table][name] = None
    return {
        "title": ledger.title,
        "about": about_object(ledger.about),
        "people": {name: ledger.people[name]._asdict() for name in named["people"] if name in ledger.people},
        "topics": {name: ledger.topics[name] for name in named["topics"] if name in ledger.topics},
        "sources": {name: _source(ledger.sources[name]) for name in named["sources"] if name in ledger.sources},
    }


def _source(source: Source) -> dict[str, Any]:
    return {**source._asdict(), "published": period(source.published)}
