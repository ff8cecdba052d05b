"""A feed and a calendar of the whole ledger, and of each topic and speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..query import Row
from ..render.export import atom, ics, jsonl
from ..render.objects import written
from ..results.list import Listing
from ..results.survey import Subject
from . import paths
from .keys import Keys, digest
from .page import File, PlannedFile, Site

FOLLOWED = ("topics", "people")
_ENTRIES = 100  # of a feed


def machine_files(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """The files that other programs read."""
    listing = _listing(site, site.survey.rows)
    yield _planned("claims.csv", keys.whole, lambda: "".join(written(listing, "csv")))
    yield _planned("claims.jsonl", keys.whole, lambda: "".join(jsonl.document(listing)))
    yield _planned("deadlines.ics", keys.whole, partial(ics.document, listing, site.address))
    yield _planned("feed.atom", keys.whole, partial(atom.document, listing, site.address, most=_ENTRIES))
    for table in FOLLOWED:
        for subject in getattr(site.survey, table).values():
            yield from _of_subject(site, keys, subject)


def _of_subject(site: Site, keys: Keys, subject: Subject) -> Iterator[PlannedFile]:
    listing = _listing(site, subject.rows)
    feed, calendar = (paths.subject_file(subject.table, subject.name, ending) for ending in ("atom", "ics"))
    part = atom.Part(feed, subject.label)
    key = digest(keys.of(subject.table, subject.name, subject.label), keys.rows(subject.rows), keys.cited)
    yield _planned(feed, key, partial(atom.document, listing, site.address, most=_ENTRIES, part=part))
    yield _planned(calendar, digest(key, "ics"), partial(ics.document, listing, site.address, part=subject.label))


def _listing(site: Site, rows: tuple[Row, ...]) -> Listing:
    return Listing(site.survey.ledger, site.survey.day, rows, len(rows))


def _planned(path: str, key: str, text: Callable[[], str]) -> PlannedFile:
    return PlannedFile(path, key, lambda: File(path, text()))
