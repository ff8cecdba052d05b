"""What a page depends on, as a digest: pages whose key is that of the last run need not be made again.

A key is made of what goes into a page, not of the page: of the text of the claims it tells of as it stands in the
file, of their states on the day, of what is declared under the names that stand in that text, and of what every page
depends on: program, address, day, the head of the ledger. Too much in a key costs a page made for nothing, too little
a page that is wrong, so whatever is not certain is taken in whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..fields import NAME_PATTERN
from ..query import Row
from ..results.survey import Subject
from .page import Site

_NAMES = re.compile(NAME_PATTERN)
_TABLES = ("people", "topics", "sources")


def digest(*parts: object) -> str:
    """One key from others, or from plain records of text and numbers."""
    return sha256("\0".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:32]


class Keys:
    """The keys of a site's pages."""

    def __init__(self, site: Site) -> None:
        self._survey, self._ledger = site.survey, site.survey.ledger
        head = (site.title, self._ledger.about, self._survey.errors, site.forecasting is not None, site.folder)
        self._every = digest(program(), site.address, self._survey.day, *head)
        self._rows: dict[int, str] = {}
        self._series: dict[str, str] = {}
        self._entries: dict[tuple[str, str], str] = {}
        tables = (getattr(self._ledger, table) for table in _TABLES)
        self._names = frozenset().union(*tables, self._survey.by_id, self._ledger.formerly)

    def of(self, *parts: object) -> str:
        """The key of a page that depends on nothing beside these."""
        return digest(self._every, *parts)

    @cached_property
    def whole(self) -> str:
        """The key of what depends on every claim, and on where it stands."""
        return self.of(*(f"{text.name}\0{text.text}" for text in self._ledger.texts))

    @cached_property
    def cited(self) -> str:
        """The key of what feeds tell beside the claims: who is who, and what the sources are."""
        return digest(self._ledger.people, self._ledger.sources)

    def row(self, row: Row) -> str:
        """A claim's own text, and what is worked out of others for it."""
        if row.number not in self._rows:
            self._rows[row.number] = digest(self._piece(row), row.state, row.fact.restates)
        return self._rows[row.number]

    def rows(self, rows: tuple[Row, ...]) -> str:
        """Claims in their order, with the names of those who said them."""
        people = sorted({row.fact.speaker for row in rows})
        return digest(*map(self.row, rows), *(self._ledger.people.get(name) for name in people))

    def claim(self, row: Row) -> str:
        """The page of a claim: its text, what this names, and the claims it is told beside."""
        piece, survey = self._piece(row), self._survey
        names = self._names.intersection(_NAMES.findall(piece))
        others = [
            survey.ledger.formerly.get(name, name) for name in (*names, *survey.view.revisions.get(row.fact.id, ()))
        ]
        beside = sorted({name for name in others if name in survey.by_id and name != row.fact.id})
        told = [(name, self.row(survey.by_id[name])) for name in beside]
        labels = [survey.topics[topic].label for topic in row.fact.topics]
        series = self._of_series(row.fact.series) if row.fact.series else ""
        revisions = survey.view.revisions.get(row.fact.id)
        place = self._ledger.texts[row.fact.file].name if self._ledger.texts else None
        return self.of(self.row(row), self._declared(piece, names), told, labels, series, revisions, place)

    def subject(self, subject: Subject) -> str:
        """A speaker, topic, series or source, without its claims."""
        declared = getattr(self._ledger, subject.table, {}).get(subject.name)
        return self.of(subject.table, subject.name, subject.label, subject.note, declared, subject.standing)

    def _of_series(self, name: str) -> str:
        if name not in self._series:
            series = self._survey.series[name]
            self._series[name] = digest(series.label, series.standing, self.rows(series.rows))
        return self._series[name]

    def _piece(self, row: Row) -> str:
        """The text of a claim as it stands in its file, or where that cannot be cut out, all that was read of it."""
        spot = self._ledger.spots[row.number]
        if spot.start < 0:
            return repr(self._ledger.claims[row.number])
        return self._ledger.texts[spot.file].text[spot.start : spot.end]

    def _declared(self, piece: str, names: Iterable[str]) -> str:
        """What stands under the names in a text; under all names where some may be written in another way."""
        if "\\" in piece:
            return self.declared
        known = sorted(names)
        return "\0".join(self._entry(table, name) for table in _TABLES for name in known)

    def _entry(self, table: str, name: str) -> str:
        found = self._entries.get((table, name))
        if found is None:
            entries = getattr(self._ledger, table)
            found = self._entries[table, name] = repr((table, name, entries[name])) if name in entries else ""
        return found

    @cached_property
    def declared(self) -> str:
        """The key of all that is declared."""
        return digest(*((table, getattr(self._ledger, table)) for table in _TABLES))


def program() -> str:
    """The modules, templates and styles that make the pages, by their content."""
    found = sha256()
    for name, content in _contents(files("ledger"), ""):
        found.update(f"{name} {len(content)}\0".encode() + content)
    return found.hexdigest()


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _contents(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".py", ".html", ".css", ".js", ".svg")):
            found.append((path + entry.name, entry.read_bytes()))
    return found
