"""The list of all claims, and a page a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from ..model import Claim
from ..periods import Period, of_day
from ..query import Row
from ..render import jsontext
from ..render.export.jsonld import claim_document
from ..render.phrases import status_phrase
from ..results.list import as_known
from ..results.survey import Subject, Survey
from ..status import verdict
from ..text import plural
from ..words.spoken import spoken
from . import drawings, line_numbers, paths, sentences, sharing, views
from .environment import safe
from .keys import Keys, digest
from .page import File, PlannedFile, Site
from .repository import correction_address

_SECTION = "claims.html"


def list_pages(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """claims.html and, for long ledgers, its further pages: by deadline."""
    survey = site.survey
    for pager in views.pagers(_SECTION, len(survey.rows)):
        rows = survey.rows[pager.first - 1 : pager.last]
        key = keys.of(pager, survey.standing, keys.rows(rows))
        yield PlannedFile(paths.numbered(_SECTION, pager.page), key, partial(_list_page, site, pager, rows))


def _list_page(site: Site, pager: views.Pager, rows: Sequence[Row]) -> File:
    short = f"{sentences.short(site.survey.standing)}."
    return site.page(
        paths.numbered(_SECTION, pager.page),
        "claims.html",
        heading="Claims" if pager.page == 1 else f"Claims, page {pager.page}",
        description=short,
        section=_SECTION,
        standfirst=short,
        caption="Claims by deadline, those without one last",
        lines=views.lines(site.survey, rows),
        pager=pager,
    )


def claim_pages(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """A page a claim."""
    for position, row in enumerate(line_numbers.in_order_of_files(site)):
        there = f"{line_numbers.page_of(position)}#{line_numbers.anchor(row.fact.id)}"
        key = digest(keys.claim(row), there)
        yield PlannedFile(paths.claim(row.fact.id), key, partial(claim_page, site, row, there))


def claim_page(site: Site, row: Row, lines_page: str) -> File:
    """Everything about one claim; `lines_page` is the page that has its line in the file."""
    survey = site.survey
    claim = survey.ledger.claims[row.number]
    series = survey.series.get(claim.series) if claim.series else None
    return site.page(
        paths.claim(claim.id),
        "claim.html",
        heading=claim.claim,
        description=f"{views.speaker(survey, claim.speaker)}, {_spoken(claim.said, 'day unknown')}: {claim.claim}",
        section=_SECTION,
        claim=claim,
        status=row.state.status,
        phrase=status_phrase(row.fact, row.state, survey.day.toordinal()),
        meaning=views.status_meaning(row.state),
        trail=_trail(survey, claim),
        person=views.PageLink(views.speaker(survey, claim.speaker), paths.subject("people", claim.speaker)),
        source=views.citation(survey, claim.source, claim.at) if claim.source else None,
        line=drawings.own_line(survey, row),
        days=_days(site, row),
        quantity=drawings.against_target(survey, row, as_known(claim, survey.day)),
        verdicts=views.verdicts(survey, claim),
        particulars=views.particulars(survey, row, claim),
        relations=views.relations(survey, claim),
        history=views.history(survey, claim),
        place=views.PageLink(survey.ledger.texts[row.fact.file].name, lines_page),
        jsonld=_jsonld(site, row),
        card=paths.card(claim.id),
        follow=_followed(survey, claim),
        snippet=sharing.snippet(site, row),
        correction=correction_address(survey.ledger.about, claim.id, site.canonical(paths.claim(claim.id))),
        picture=site.canonical(paths.card(claim.id)),
        **_series(site, row, series),
    )


def _trail(survey: Survey, claim: Claim) -> list[views.PageLink]:
    links = [views.PageLink(survey.topics[topic].label, paths.subject("topics", topic)) for topic in claim.topics]
    if claim.series:
        links.append(views.PageLink(survey.series[claim.series].label, paths.subject("series", claim.series)))
    return links or [views.PageLink("Claims", _SECTION)]


def _followed(survey: Survey, claim: Claim) -> list[tuple[str, str]]:
    """The feeds in which the claim stands, beside that of all."""
    topics = [(survey.topics[topic].label, paths.subject_file("topics", topic, "atom")) for topic in claim.topics]
    return [(views.speaker(survey, claim.speaker), paths.subject_file("people", claim.speaker, "atom")), *topics]


def _days(site: Site, row: Row) -> list[tuple[str, str]]:
    """What the time line shows, as (name, day)."""
    fact, day = row.fact, site.survey.day
    found = verdict(fact, day.toordinal())
    days = [("said", _spoken(fact.said, "unknown")), ("deadline", _spoken(fact.deadline, "none"))]
    if fact.latest:
        days.append(("most charitable deadline", spoken(fact.latest)))
    if found and found.happened:
        days.append(("happened", spoken(found.happened)))
    if found:
        days.append(("judged", spoken(of_day(day.fromordinal(found.judged)))))
    return [*days, ("as of", spoken(of_day(day)))]


def _spoken(period: Period | None, absent: str) -> str:
    return absent if period is None else spoken(period)


def _jsonld(site: Site, row: Row) -> Markup:
    """The claim for search engines; a `<` cannot end the script element it standing in."""
    document = jsontext.jsonl([claim_document(site.survey, row, site.address)]).rstrip("\n")
    return safe(document.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _series(site: Site, row: Row, series: Subject | None) -> dict[str, object]:
    if series is None or len(series.rows) < 2:
        return {"series": None}
    survey = site.survey
    shown = drawings.window(series, row)
    cut, short = len(shown) < len(series.rows), sentences.short(series.standing)
    return {
        "series": views.PageLink(series.label, paths.subject("series", series.name), f"{short}."),
        "moving": drawings.moving(survey, series, row),
        "series_lines": views.lines(survey, shown),
        "series_speakers": views.several_speakers(shown),
        "series_caption": f"{plural(len(shown), 'claim')} of {len(series.rows):,}, by the day they were said"
        if cut
        else "By the day they were said",
    }
