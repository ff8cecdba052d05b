"""Where each claim stands in its file.

These pages alone hold line numbers: a verdict moves every later line, and would else change every later page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ..query import Row
from . import paths, views
from .keys import Keys
from .page import File, PlannedFile, Site
from .repository import line_address

PAGE = "lines.html"


class PlacedClaim(NamedTuple):
    """A claim with its place in the file."""

    id: str
    anchor: str
    claim: str
    href: str
    place: str
    address: str | None


def pages(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """lines.html and its further pages: the claims in the order of the files."""
    rows, names = in_order_of_files(site), [text.name for text in site.survey.ledger.texts]
    for pager in views.pagers(PAGE, len(rows)):
        shown = rows[pager.first - 1 : pager.last]
        key = keys.of(pager, keys.rows(tuple(shown)), *((names[row.fact.file], row.fact.line) for row in shown))
        yield PlannedFile(paths.numbered(PAGE, pager.page), key, partial(_page, site, pager, shown))


def in_order_of_files(site: Site) -> list[Row]:
    """The claims that have a page, as they stand in the files."""
    return sorted(site.survey.by_id.values(), key=lambda row: (row.fact.file, row.fact.line, row.number))


def anchor(claim: str) -> str:
    """The name of a claim's line on its page."""
    return f"c-{paths.stem(claim)}"


def page_of(position: int) -> str:
    """The page on which the claim of that position in the order of the files stands, from 0."""
    return paths.numbered(PAGE, position // views.PAGE_ROWS + 1)


def _page(site: Site, pager: views.Pager, rows: Sequence[Row]) -> File:
    return site.page(
        paths.numbered(PAGE, pager.page),
        "lines.html",
        heading="In the file" if pager.page == 1 else f"In the file, page {pager.page}",
        description="Where each claim stands in the plain text file from which these pages are made.",
        caption="Claims in the order of the file",
        lines=[_placed(site, row) for row in rows],
        pager=pager,
    )


def _placed(site: Site, row: Row) -> PlacedClaim:
    fact = row.fact
    ledger, name = site.survey.ledger, site.survey.ledger.texts[fact.file].name
    address = line_address(ledger.about, site.folder, name, fact.line)
    return PlacedClaim(fact.id, anchor(fact.id), fact.claim, paths.claim(fact.id), f"{name}:{fact.line}", address)
