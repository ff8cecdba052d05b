"""What fits where somebody types: names of the ledger, words of the format, the period that words mean, a new claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .. import fields
from ..periods import PeriodError, canonical
from ..schema import new_claim
from ..text import visible
from ..words.typed import TwoReadingsError, typed
from . import cursor
from .known import KnownLedger

MOST = 200
COUNTED_FROM_SAID = ("deadline", "deadline_latest", "known_by")
SNIPPET = "- " + "  ".join(f"{key}: {words}\n" for key, words in new_claim().items())


class Offer(NamedTuple):
    """One proposal: what is written, what it is in a few words of the ledger, and its kind."""

    text: str
    told: str
    kind: str  # name, word, period, key or snippet


class Offers(NamedTuple):
    """Proposals for the text from `start` to the cursor; `cut_off` says that there are more."""

    start: int
    offers: tuple[Offer, ...]
    cut_off: bool


def complete(known: KnownLedger, path: str, text: str, offset: int) -> Offers:
    """What can stand at an offset of an open text."""
    place = cursor.at(text, offset, known.columns.get(path))
    start = text.rfind("\n", 0, offset) + 1 + place.start
    found = list(_offers(known, text, place))
    if not place.key or _is_words(place):
        return Offers(start, tuple(found), cut_off=False)
    fitting = [
        one for one in found if place.typed.casefold() in one.text or place.typed.casefold() in one.told.casefold()
    ]
    return Offers(start, tuple(fitting[:MOST]), cut_off=len(fitting) > MOST)


def _is_words(place: cursor.Cursor) -> bool:
    field = cursor.field(place.key) if place.key else None
    return field is not None and field.type in ("period", "day")


def _offers(known: KnownLedger, text: str, place: cursor.Cursor) -> Iterator[Offer]:
    if place.key is None:
        yield from _keys(text, place)
        return
    field = cursor.field(place.key)
    if field is None:
        return
    if field.refers or place.key == "also_in":
        yield from _names(known, field.refers or "sources")
    elif place.key == "series":
        yield from (Offer(name, "series", "name") for name in known.series)
    elif field.choices:
        yield from (Offer(word, "", "word") for word in field.choices)
    elif field.type in ("period", "day"):
        yield from _periods(known, text, place)


def _names(known: KnownLedger, table: str) -> Iterator[Offer]:
    ledger = known.head
    if table == "claims":
        yield from (Offer(name, visible(claim), "name") for name, claim in known.claims.items())
    elif table == "people":
        yield from (Offer(name, visible(person.name), "name") for name, person in ledger.people.items())
    elif table == "topics":
        yield from (Offer(name, visible(label), "name") for name, label in ledger.topics.items())
    else:
        yield from (Offer(name, visible(source.title), "name") for name, source in ledger.sources.items())


def _keys(text: str, place: cursor.Cursor) -> Iterator[Offer]:
    """The keys that a claim does not have yet; and between claims a whole new one."""
    if place.piece is not None:
        own = text[place.piece.start : place.piece.end]
        yield from (
            Offer(f"{field.key}: ", field.meaning, "key") for field in fields.CLAIM if f"{field.key}:" not in own
        )
    if "\nclaims:" in text:
        yield Offer(SNIPPET, "a new claim", "snippet")


def _periods(known: KnownLedger, text: str, place: cursor.Cursor) -> Iterator[Offer]:
    """How words typed for a period are written: those of a deadline are counted from the day it was said."""
    field = cursor.field(place.key or "")
    if field is not None and field.word:
        yield Offer(field.word, "", "word")
    words = place.typed.strip(" \"'")
    if not words:
        return
    since, day, fiscal = _counted_from(known, text, place)
    try:
        found = typed(words, day=day, fiscal_year_end=fiscal, since=since)
    except TwoReadingsError as error:
        yield from (
            Offer(reading, f"{words}: one of {len(error.readings)} readings", "period") for reading in error.readings
        )
    except PeriodError:
        return
    else:
        yield Offer(str(found.period or "none"), found.told or words, "period")


def _counted_from(known: KnownLedger, text: str, place: cursor.Cursor) -> tuple[date | None, date | None, int | None]:
    """The first and last of the days from which words are counted there, and the month that ends the fiscal year."""
    own = text[place.piece.start : place.piece.end] if place.piece is not None else ""
    whose = _value(own, "fiscal_of") or _value(own, "speaker")
    person = known.head.people.get(whose or "")
    fiscal = person.fiscal_year_end if person else None
    if place.key not in COUNTED_FROM_SAID:
        return None, known.day, fiscal
    said = canonical(_value(own, "said") or "")
    return (said and said.first), (said and said.last), fiscal


def _value(own: str, key: str) -> str | None:
    """The plain value of a key of a claim, as its line has it."""
    found = re.search(rf"(?:^|\n)[ -]*{key}:[ ]*[\"']?([^\s\"'#,}}]+)", own)
    return found[1] if found else None
