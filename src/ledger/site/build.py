"""All files of a site, one after the other, so that memory does not grow with what was written."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from ..charts.palette import style_sheet
from ..render import claims as rendered
from ..render import svg
from ..render.export import atom, ics, jsonl
from ..render.meanings import ACCOUNT_MEANINGS, KIND_MEANINGS, STATUS_MEANINGS
from ..results.list import Listing
from ..scoring.meaning import MEANINGS
from . import claims, forecasters, front, scores, search, subjects
from .page import File, Site

_FEED = 100  # entries of the feed
_MADE = "{} forecast-ledger made this file{}\n"  # so that a later run may replace it


def site_files(site: Site) -> Iterator[File]:
    """Every file of the site. The same ledger, day, version and address give the same bytes."""
    survey = site.survey
    yield front.front_page(site)
    yield from claims.list_pages(site)
    for row in survey.by_id.values():
        yield claims.claim_page(site, row)
    for table in subjects.TABLES:
        yield from subjects.table_pages(site, table)
        for subject in getattr(survey, table).values():
            yield from subjects.subject_pages(site, subject)
    yield scores.score_page(site)
    if site.forecasting is not None:
        yield from forecasters.pages(site, site.forecasting)
    yield _method(site)
    yield from _assets(site)
    yield from _machine_files(site)


def file_count(site: Site) -> int:
    """About how many files there will be, for a progress bar."""
    survey = site.survey
    return len(survey.rows) + sum(len(getattr(survey, table)) for table in subjects.TABLES) + 15


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


def _assets(site: Site) -> Iterator[File]:
    folder = files("ledger.site").joinpath("assets")
    style = (
        _MADE.format("/*", " */")
        + style_sheet()
        + svg.chart_styles()
        + folder.joinpath("style.css").read_text(encoding="utf-8")
    )
    yield File("assets/style.css", style)
    for name, marks in (("site.js", ("//", "")), ("icon.svg", ("<!--", " -->"))):
        yield File(f"assets/{name}", _MADE.format(*marks) + folder.joinpath(name).read_text(encoding="utf-8"))
    yield File("assets/claims.js", search.rows_script(site.survey))
    yield File("assets/words.js", search.words_script(site.survey))


def _machine_files(site: Site) -> Iterator[File]:
    survey = site.survey
    listing = Listing(survey.ledger, survey.day, survey.rows, len(survey.rows))
    yield File("claims.csv", rendered.as_rows(listing, "csv", None))
    yield File("claims.jsonl", jsonl.document(listing))
    yield File("deadlines.ics", ics.document(listing, site.address))
    yield File("feed.atom", atom.document(listing, site.address, most=_FEED))
