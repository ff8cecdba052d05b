"""What a whole site has for those who come by a search or by an old address. It needs to know where the site stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..render.escape import xml
from .keys import Keys, digest
from .page import LOST, File, PlannedFile, Site

_MOST = 50_000  # addresses of one file, by the protocol
_MADE = "forecast-ledger made this file"


def moved_pages(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """A page under each id that a claim had before, which leads to the one it has now."""
    from ..render.export.addresses import claim_page

    for row in site.survey.by_id.values():
        for old in row.fact.formerly:
            if old not in site.survey.by_id:
                key = keys.of(old, row.fact.id, row.fact.claim)
                make = partial(_moved, site, claim_page(old), claim_page(row.fact.id), row.fact.claim)
                yield PlannedFile(claim_page(old), key, make)


def _moved(site: Site, old: str, new: str, claim: str) -> File:
    target = new.rpartition("/")[2]
    return site.page(old, "moved.html", heading=claim, description="This claim has another address.", target=target)


def files(site: Site, keys: Keys, pages: Sequence[PlannedFile]) -> Iterator[PlannedFile]:
    """404.html, sitemap.xml and robots.txt, unless somebody has put others there."""
    if site.address is None:
        return
    shown = [page.path for page in pages if page.path.endswith(".html") and not page.apart]
    yield PlannedFile(LOST, keys.of(), partial(_lost, site), yields=True)
    for number, start in enumerate(range(0, len(shown), _MOST), 1):
        name = "sitemap.xml" if number == 1 else f"sitemap.{number}.xml"
        part = shown[start : start + _MOST]
        yield PlannedFile(name, keys.of(digest(*part)), partial(_sitemap, name, site.address, part), yields=True)
    names = ["sitemap.xml", *(f"sitemap.{n}.xml" for n in range(2, -(-len(shown) // _MOST) + 1))]
    yield PlannedFile("robots.txt", keys.of(*names), partial(_robots, site.address, names), yields=True)


def _lost(site: Site) -> File:
    description = "There is no page at this address."
    return site.page(LOST, "lost.html", heading="Not found", description=description)


def _sitemap(name: str, address: str, pages: Sequence[str]) -> File:
    listed = "".join(f"<url><loc>{xml(address + path)}</loc></url>\n" for path in pages)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {_MADE} -->\n'
    return File(name, f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n')


def _robots(address: str, names: Sequence[str]) -> File:
    maps = "".join(f"Sitemap: {address}{name}\n" for name in names)
    return File("robots.txt", f"# {_MADE}\nUser-agent: *\nAllow: /\n\n{maps}")
