"""All files of a site: planned by what each depends on, and made one after the other, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import files

from ..charts.palette import style_sheet
from ..render import svg
from ..render.meanings import ACCOUNT_MEANINGS, KIND_MEANINGS, STATUS_MEANINGS
from ..scoring.meaning import MEANINGS
from . import (
    changes,
    claims,
    discovery,
    feeds,
    forecasters,
    front_page,
    line_numbers,
    scores,
    search,
    sharing,
    subjects,
)
from .keys import Keys
from .page import File, PlannedFile, Site

_MADE = "{} forecast-ledger made this file{}\n"  # so that a later run may replace it


def plan(site: Site) -> Sequence[PlannedFile]:
    """Every file of the site: pages first, then what leads to them, so that nothing leads to what is not there yet."""
    keys = Keys(site)
    pages, entrances = list(_pages(site, keys)), list(_entrances(site, keys))
    found = discovery.files(site, keys, [*entrances, *pages])
    beside = [*sharing.shared_files(site, keys), *_assets(site, keys), *feeds.machine_files(site, keys), *found]
    return [*pages, *discovery.moved_pages(site, keys), *beside, *entrances]


def _pages(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    yield from claims.claim_pages(site, keys)
    for table in subjects.TABLES:
        for subject in getattr(site.survey, table).values():
            yield from subjects.subject_pages(site, keys, subject)
    if site.forecasting is not None:
        yield from forecasters.pages(site, site.forecasting)
    yield from line_numbers.pages(site, keys)
    yield from changes.pages(site, keys)
    yield PlannedFile("method.html", keys.of(), partial(_method, site))
    yield PlannedFile("score.html", keys.whole, partial(scores.score_page, site))


def _entrances(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    for table in subjects.TABLES:
        yield from subjects.table_pages(site, keys, table)
    yield from claims.list_pages(site, keys)
    yield PlannedFile("index.html", keys.whole, partial(front_page.front_page, site))


def _method(site: Site) -> File:
    return site.page(
        "method.html",
        "method.html",
        heading="Method",
        description="What every word and number on these pages means, and what it does not.",
        section="method.html",
        statuses=list(STATUS_MEANINGS.items()),
        accounts=list(ACCOUNT_MEANINGS.items()),
        kinds=list(KIND_MEANINGS.items()),
        meanings=list(MEANINGS.values()),
    )


def _assets(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    key = keys.of()
    yield PlannedFile("assets/style.css", key, _style)
    for name, marks in (("site.js", ("//", "")), ("icon.svg", ("<!--", " -->"))):
        yield PlannedFile(f"assets/{name}", key, partial(_asset, name, marks))
    yield from search.scripts(site.survey, keys)


def _style() -> File:
    own = _read("style.css")
    return File("assets/style.css", _MADE.format("/*", " */") + style_sheet() + svg.chart_styles() + own)


def _asset(name: str, marks: tuple[str, str]) -> File:
    return File(f"assets/{name}", _MADE.format(*marks) + _read(name))


def _read(name: str) -> str:
    return files("ledger.site").joinpath("assets", name).read_text(encoding="utf-8")
