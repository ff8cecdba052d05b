"""Hover and go to: what the name under the cursor is, and where that stands."""

from __future__ import annotations

import os
from typing import NamedTuple

from ..columns import View
from ..fields import PERSON, SOURCE
from ..loading.places import HeadPlaces, locate
from ..model import Ledger
from ..problems import Place
from ..query import Row, names
from ..render.told import Telling, claim_told, record_told
from ..results.list import as_known
from ..results.lookup import claim_numbers
from ..status import is_known, state
from ..text import multiline, visible
from . import cursor
from .desk import Desk, DeskRead


class Named(NamedTuple):
    """A name and the table that it is of: claims, people, sources or topics."""

    table: str
    name: str


def named(read: DeskRead, path: str, text: str, offset: int) -> Named | None:
    """What the word at an offset names: by its key where that tells, else whatever has this name."""
    name, start, _ = cursor.word(text, offset)
    if not name:
        return None
    ledger = read.ledger
    tables = {"claims": set(names(ledger.facts, "id")) | set(ledger.formerly), "people": ledger.people,
              "sources": ledger.sources, "topics": ledger.topics}  # fmt: skip
    key = cursor.at(text, start, read.known.columns.get(path)).key
    field = cursor.field(key) if key else None
    first = "claims" if key == "id" else field.refers if field and field.refers else None
    if first and name in tables[first]:
        return Named(first, name)
    return next((Named(table, name) for table, held in tables.items() if name in held), None) if first is None else None


def told(read: DeskRead, of: Named) -> str:
    """A name in words, as `show` tells it: plain text, one field a line."""
    ledger = read.ledger
    if of.table == "claims":
        return _claim(read, ledger.formerly.get(of.name, of.name))
    if of.table == "topics":
        return visible(ledger.topics.get(of.name) or of.name)
    if of.table == "people":
        return _record(
            [("", ledger.people[of.name].name), *record_told(PERSON, ledger.people[of.name], ledger, ("name",))]
        )
    source = ledger.sources[of.name]
    return _record([("", source.title), *record_told(SOURCE, source, ledger, ("title",))])


def _record(fields: list[tuple[str, str]]) -> str:
    return "\n".join(multiline(f"{label}: {words}" if label else words) for label, words in fields)


def _claim(read: DeskRead, name: str) -> str:
    ledger, day = read.ledger, read.day
    number = claim_numbers(ledger, [name])[0]
    fact = ledger.facts[number]
    if not is_known(fact, day.toordinal()):
        return f"{name}: not said by {day}"
    row = Row(number, fact, state(fact, day.toordinal()))
    view = View(ledger, day)
    found = claim_told(Telling(view, row, as_known(ledger.claims[number], day)))
    lines = [f"{visible(name)}: {row.state.status}"]
    lines += [multiline(f"{one.label}: {chr(10).join(one.words)}") for one in found if one.key != "id"]
    return "\n".join(lines)


def place_of(read: DeskRead, of: Named) -> Place | None:
    """Where what a name means is written."""
    ledger = read.ledger
    if of.table == "claims":
        number = claim_numbers(ledger, [ledger.formerly.get(of.name, of.name)])[0]
        return locate(ledger.texts, ledger.spots[number], ("id",))
    return HeadPlaces(ledger.texts).locate((of.table, of.name))


def document_place(desk: Desk, read: DeskRead, path: str, offset: int) -> Place | None:
    """The line of the source's document that `at` or a quote of the claim around an offset means."""
    text = desk.buffers[path].text
    place = cursor.at(text, offset, read.known.columns.get(path))
    if desk.documents is None or place.key not in ("at", "quote") or place.piece is None:
        return None
    line = text.count("\n", 0, place.piece.start) + 1
    for claim, spot in zip(read.ledger.claims, read.ledger.spots, strict=True):
        if spot.line == line and read.ledger.texts[spot.file].name == path:
            return _in_document(desk.documents, read.ledger, claim.source, claim.at, claim.quote)
    return None


def _in_document(folder: str, ledger: Ledger, source: str | None, at: str | None, quote: str | None) -> Place | None:
    from ..results.check import read_documents

    name = ledger.sources[source].document if source in ledger.sources else None
    if name is None:
        return None
    found = read_documents(ledger, folder)[name].data
    if found is None:
        return None
    text = found.decode("utf-8", "replace")
    line = int(at[5:]) if at and at.startswith("line ") and at[5:].isdigit() else 0
    if not line and quote:
        start = text.find(quote)
        line = text.count("\n", 0, start) + 1 if start >= 0 else 0
    return Place(os.path.join(folder, name), max(line, 1), 1)  # noqa: PTH118
