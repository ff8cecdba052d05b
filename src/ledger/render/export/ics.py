"""The deadlines as a calendar (RFC 5545): an all-day event each, on the last day of its period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from ... import __version__
from ...days import EPOCH_DAY
from ...model import Claim
from ...periods import of_day
from ...query import Row
from ...results.list import Listing, as_known
from ...words.spoken import spoken
from ..escape import apart, icalendar
from ..phrases import status_phrase
from .addresses import claim_page, unique

_OCTETS = 75
_BEGIN = "BEGIN:VEVENT\r\n"
_NEVER = EPOCH_DAY  # where the file knows of no day: the same every day


def document(
    listing: Listing,
    address: str | None = None,
    *,
    part: str | None = None,
    kept: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """A calendar of the claims with a deadline, as it is made. `address` is where their pages stand, ending in a slash.

    An event keeps its UID for as long as the claim keeps its id, so that a moved deadline moves the event; its
    SEQUENCE counts the corrections. `part` is what a calendar of some of the claims is called beside the title. `kept`
    has the events of claims, by their ids, that are known to be as they were in an earlier one.
    """
    title = listing.ledger.title or "Forecast ledger"
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//forecast-ledger//forecast-ledger {__version__}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{': '.join(filter(None, (icalendar(title), part and icalendar(part))))}",
    ]
    yield _text(head)
    seen: set[str] = set()
    for claim, row in ((None, row) for row in listing.rows) if kept else listing.passing():
        name, deadline = row.fact.id, row.fact.deadline
        if deadline is not None and name not in seen and deadline.last < date.max:
            seen.add(name)
            yield kept.get(name) or _text(_event(listing, row, claim, deadline.last, address))
    yield _text(["END:VCALENDAR"])


def events(text: str) -> dict[str, str]:
    """The events of a calendar of ours by their UIDs, as they stand in it."""
    parts = text.removesuffix("END:VCALENDAR\r\n").split(_BEGIN)[1:]
    return {part[4 : part.find("\r\n")]: _BEGIN + part for part in parts}


def uid(name: str, title: str | None, address: str | None) -> str:
    """The UID of a claim's event."""
    return unique(name, title, address)


def _text(lines: Iterable[str]) -> str:
    return "".join(folded for line in lines for folded in _folded(line))


def _event(listing: Listing, row: Row, found: Claim | None, last: date, address: str | None) -> Iterator[str]:
    claim = listing.claim(row) if found is None else as_known(found, listing.day)
    known = listing.day.toordinal()
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(claim.id, listing.ledger.title, address)}"
    yield f"DTSTAMP:{_changed(claim, known):%Y%m%d}T000000Z"
    yield f"SEQUENCE:{sum(change.date.end <= known for change in claim.amended)}"
    yield f"DTSTART;VALUE=DATE:{last:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_summary(row, claim)}"
    yield f"DESCRIPTION:{_description(listing, row, claim)}"
    if claim.topics:
        yield f"CATEGORIES:{','.join(icalendar(topic) for topic in claim.topics)}"
    if address:
        yield f"URL:{address}{claim_page(claim.id)}"
    yield "CLASS:PUBLIC"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _changed(claim: Claim, known: int) -> date:
    """The last day the file knows of on which the claim was said, entered, corrected or judged."""
    periods = [
        claim.said,
        claim.added,
        *(one.date for one in claim.amended),
        *(one.judged for one in claim.resolutions),
    ]
    days = [period.end for period in periods if period is not None and period.end <= known]
    return date.fromordinal(max(days, default=_NEVER))


def _summary(row: Row, claim: Claim) -> str:
    what = "Due" if row.state.status in ("open", "overdue") else row.state.status.capitalize()
    return f"{what}: {apart(claim.claim, icalendar)}"


def _description(listing: Listing, row: Row, claim: Claim) -> str:
    person = listing.ledger.people.get(claim.speaker)
    name = apart(person.name if person else claim.speaker, icalendar)
    words = f" (“{apart(claim.deadline_words, icalendar)}”)" if claim.deadline_words else ""
    state = status_phrase(row.fact, row.state, listing.day.toordinal())
    lines = [
        f"{name}\\, said {spoken(claim.said) if claim.said else 'at an unknown time'}",
        f"Deadline: {spoken(row.fact.deadline) if row.fact.deadline else 'none'}{words}",
        f"State on {spoken(of_day(listing.day))}: {icalendar(state)}",
        f"What decides: {apart(claim.criteria, icalendar)}" if claim.criteria else "",
        f"Id: {icalendar(claim.id)}",
    ]
    return "\\n".join(line for line in lines if line)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never inside a character; each ends in CR LF."""
    data, start, room = line.encode("utf-8", "backslashreplace"), 0, _OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        yield f"{' ' if start else ''}{data[start:end].decode()}\r\n"
        start, room = end, _OCTETS - 1
    yield f"{' ' if start else ''}{data[start:].decode()}\r\n"
