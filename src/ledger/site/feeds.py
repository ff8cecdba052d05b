"""A feed and a calendar of the whole ledger, and of each topic and speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..query import Row
from ..render.export import atom
from ..results.list import Listing
from ..results.survey import Subject
from . import earlier, paths
from .keys import Keys, digest
from .page import Earlier, File, PlannedFile, Site

FOLLOWED = ("topics", "people")
_ENTRIES = 100  # of a feed


def machine_files(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """The files that other programs read."""
    listing = _listing(site, site.survey.rows)
    yield _by_claims("claims.csv", keys.whole, partial(earlier.table, site))
    yield _by_claims("claims.jsonl", keys.whole, partial(earlier.json_lines, site))
    yield _by_claims("deadlines.ics", keys.whole, partial(earlier.calendar, site, site.survey.rows, None))
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
    yield _by_claims(calendar, digest(key, "ics"), partial(earlier.calendar, site, subject.rows, subject.label))


def _listing(site: Site, rows: tuple[Row, ...]) -> Listing:
    return Listing(site.survey.ledger, site.survey.day, rows, len(rows))


def _by_claims(path: str, key: str, text: Callable[[Earlier | None], str]) -> PlannedFile:
    """A file of a row a claim, for which those of the last run are of use."""
    return PlannedFile(path, key, lambda: File(path, text(None)), again=lambda then: File(path, text(then)))


def _planned(path: str, key: str, text: Callable[[], str]) -> PlannedFile:
    return PlannedFile(path, key, lambda: File(path, text()))
