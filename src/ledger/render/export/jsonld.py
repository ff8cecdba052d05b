"""Claims as linked data in the terms of schema.org: Claim, and ClaimReview for each judgement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from ...model import About, Claim, Evidence, Ledger, Resolution, Source
from ...periods import Period
from ...query import Row
from ...results.list import Listing
from .. import jsontext
from .addresses import claim_page, unique

_CONTEXT = "https://schema.org"
_KINDS = {"person": "Person", "organisation": "Organization", "market": "Organization"}
_SCALE = {"true": 5, "partly": 3, "late": 2, "false": 1}


class _Known(Protocol):
    """A ledger and the day on which it is told."""

    @property
    def ledger(self) -> Ledger:
        """The ledger."""

    @property
    def day(self) -> date:
        """The day."""


def document(listing: Listing, address: str | None = None) -> str:
    """All claims as one graph; `address` is where their pages stand, ending in a slash."""
    nodes = [node for row in listing.rows for node in _nodes(listing, row, address)]
    return jsontext.dumps({"@context": _CONTEXT, "@graph": nodes})


def claim_document(known: _Known, row: Row, address: str | None) -> dict[str, Any]:
    """One claim and its judgements as a document of its own."""
    return {"@context": _CONTEXT, "@graph": _nodes(known, row, address)}


def _nodes(known: _Known, row: Row, address: str | None) -> list[dict[str, Any]]:
    claim, today = known.ledger.claims[row.number], known.day.toordinal()
    name = _name(claim.id, known.ledger.title, address)
    nodes = [_claim(known.ledger, claim, name, address)]
    for number, made in enumerate(claim.resolutions):
        if made.judged.end <= today and made.outcome != "reopened":
            nodes.append(_review(known.ledger, claim, made, nodes[0], number + 1))
    return nodes


def _name(claim_id: str, title: str | None, address: str | None) -> str:
    return f"{address}{claim_page(claim_id)}#claim" if address else f"urn:uuid:{unique(claim_id, title, None)}"


def _claim(ledger: Ledger, claim: Claim, name: str, address: str | None) -> dict[str, Any]:
    person = ledger.people.get(claim.speaker)
    source = ledger.sources.get(claim.source) if claim.source else None
    return _filled(
        {
            "@type": "Claim",
            "@id": name,
            "identifier": claim.id,
            "url": name.removesuffix("#claim") if address else None,
            "text": claim.claim,
            "author": _filled(
                {
                    "@type": _KINDS.get(person.kind if person else "person"),
                    "name": person.name if person else claim.speaker,
                }
            ),
            "datePublished": _iso(claim.said),
            "temporalCoverage": f"{claim.deadline.first}/{claim.deadline.last}" if claim.deadline else None,
            "about": [
                _filled({"@type": "Thing", "name": topic, "description": ledger.topics.get(topic)})
                for topic in claim.topics
            ],
            "isPartOf": {"@type": "CreativeWorkSeries", "name": claim.series} if claim.series else None,
            "appearance": _work(source) if source else None,
        }
    )


def _work(source: Source) -> dict[str, Any]:
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
            "datePublished": _iso(source.published),
        }
    )


def _review(ledger: Ledger, claim: Claim, made: Resolution, reviewed: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A judgement of a claim that is told beside it; readers of one node alone find in it what is reviewed."""
    about = ledger.about or About()
    name = reviewed["@id"]
    keys = ("@type", "@id", "author", "datePublished", "appearance")
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"{name}-review-{number}" if "#" in name else f"urn:uuid:{uuid5(NAMESPACE_URL, f'{name}:{number}')}",
            "url": reviewed.get("url"),
            "claimReviewed": claim.claim,
            "itemReviewed": {key: reviewed[key] for key in keys if key in reviewed},
            "author": _filled(
                {"@type": "Organization", "name": about.keeper or ledger.title or "Forecast ledger", "url": about.url}
            ),
            "contributor": {"@type": "Person", "name": made.by} if made.by else None,
            "datePublished": _iso(made.judged),
            "reviewRating": _rating(claim, made),
            "reviewBody": made.note,
            "citation": [_cited(ledger, found) for found in made.evidence],
        }
    )


def _rating(claim: Claim, made: Resolution) -> dict[str, Any]:
    """The outcome in a word and, where it is one of more or less true, on a scale; what came late is told as late."""
    late = made.outcome == "true" and made.happened and claim.deadline and made.happened.end > claim.deadline.end
    value = _SCALE.get("late" if late else made.outcome)
    scale = {"ratingValue": value, "bestRating": 5, "worstRating": 1} if value else {}
    return {"@type": "Rating", **scale, "alternateName": "true, but late" if late else made.outcome}


def _cited(ledger: Ledger, found: Evidence) -> dict[str, Any]:
    source = ledger.sources.get(found.source) if found.source else None
    if source is None:
        source = Source(
            title=found.title or found.url or found.source or "a page",
            publisher=found.publisher,
            url=found.url,
            archived=found.archived,
            published=found.published,
        )
    return _filled({**_work(source), "abstract": found.says})


def _iso(period: Period | None) -> str | None:
    """A period as ISO 8601 has it: years, months and days; others have no such form."""
    return period.text if period and not period.approximate and period.precision in ("day", "month", "year") else None


def _filled(node: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, [], "")}
