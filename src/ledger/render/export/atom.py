"""What fell due and what was judged, as an Atom feed (RFC 4287), the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ... import __version__
from ...days import EPOCH_DAY, known_until
from ...model import Claim, Resolution
from ...query import Row
from ...results.list import Listing
from ...words.spoken import spoken
from ..escape import apart, xml, xml_attribute
from .addresses import claim_page, unique

_NEVER = EPOCH_DAY  # of a feed in which nothing has happened yet: the same every day


class Part(NamedTuple):
    """What a feed of some of the claims is called, and where it stands beside the pages."""

    path: str
    label: str


class _Event(NamedTuple):
    """A deadline that is over, or the judgement of a number."""

    day: int
    name: str
    row: Row
    number: int | None


class _Entry(NamedTuple):
    day: int
    name: str
    what: str
    claim: str
    text: str
    row: Row


def document(listing: Listing, address: str | None = None, *, most: int | None = None, part: Part | None = None) -> str:
    """A feed of the days up to the listing's; `address` is where the pages stand, ending in a slash.

    Each entry keeps its id, which depends on the claim's id and on the ledger's address, else its title. At most
    `most` entries, all if None. An entry is the same in the feed of a `part` as in that of all.
    """
    found = [event for row in listing.rows for event in _events(row, listing.day)]
    found.sort(key=lambda event: (-event.day, event.name))
    title = listing.ledger.title or "Forecast ledger"
    name = f"{title}: {part.label}" if part else title
    own = address + (part.path if part else "") if address else _urn(unique(part.path if part else "", title, None))
    updated = found[0].day if found else _NEVER
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<title>{xml(name)}</title>\n<id>{xml(own)}</id>\n",
        f"<updated>{_moment(updated)}</updated>\n",
        f"<author><name>{xml(title)}</name></author>\n",
        f'<generator version="{xml_attribute(__version__)}">forecast-ledger</generator>\n',
    ]
    if address:
        here = part.path if part else "feed.atom"
        links = (("self", "application/atom+xml", here), ("alternate", "text/html", _page(part)))
        parts += [
            f'<link rel="{rel}" type="{kind}" href="{xml_attribute(address + to)}"/>\n' for rel, kind, to in links
        ]
    parts += [_written(_entry(listing, event), title, address) for event in found[:most]]
    return "".join([*parts, "</feed>\n"])


def _page(part: Part | None) -> str:
    return part.path.removesuffix("atom") + "html" if part else "index.html"


def _events(row: Row, day: date) -> Iterator[_Event]:
    """What a feed tells of a claim; no claim is made for that."""
    fact, today, last = row.fact, day.toordinal(), known_until(day)
    if fact.deadline is not None and fact.deadline.end < today:
        yield _Event(fact.deadline.end + 1, f"{fact.id}/due", row, None)
    known = (made.judged for made in fact.judgements if made.judged <= last)
    for number, judged in enumerate(known):
        if judged <= today:
            yield _Event(judged, f"{fact.id}/judged/{number + 1}", row, number)


def _entry(listing: Listing, event: _Event) -> _Entry:
    claim = listing.claim(event.row)
    if event.number is None:
        assert claim.deadline is not None
        what, text = "Fell due", f"The deadline {spoken(claim.deadline)} is over."
    else:
        made = claim.resolutions[event.number]
        what, text = f"Judged {made.outcome}", _judgement(listing, claim, made)
    return _Entry(event.day, event.name, what, claim.claim, text, event.row)


def _judgement(listing: Listing, claim: Claim, made: Resolution) -> str:
    """What an entry tells of a verdict, as XML."""
    person = listing.ledger.people.get(claim.speaker)
    lines = [
        f"{apart(person.name if person else claim.speaker, xml)}, said "
        f"{spoken(claim.said) if claim.said else 'at an unknown time'}, "
        f"deadline {spoken(claim.deadline) if claim.deadline else 'none'}.",
        f"Happened: {spoken(made.happened)}." if made.happened else "",
        f"Value: {made.value:,}." if made.value is not None else "",
        *(xml(found.says or "") for found in made.evidence),
        xml(made.note or ""),
    ]
    return "\n".join(line for line in lines if line)


def _written(entry: _Entry, title: str, address: str | None) -> str:
    link = (
        f'<link rel="alternate" type="text/html" href="{xml_attribute(address + claim_page(entry.row.fact.id))}"/>'
        if address
        else ""
    )
    return (
        f"<entry><title>{entry.what}: {apart(entry.claim, xml)}</title>"
        f"<id>{_urn(unique(entry.name, title, address))}</id>"
        f"<updated>{_moment(entry.day)}</updated>{link}"
        + "".join(f'<category term="{xml_attribute(topic)}"/>' for topic in entry.row.fact.topics)
        + f'<content type="text">{entry.text}</content></entry>\n'
    )


def _urn(name: str) -> str:
    return f"urn:uuid:{name}"


def _moment(ordinal: int) -> str:
    return f"{date.fromordinal(min(ordinal, date.max.toordinal())).isoformat()}T00:00:00Z"
