"""Speakers, topics, series and sources: a table of all, and pages for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..results.survey import Subject
from ..text import plural
from . import drawings, paths, sentences, views
from .feeds import FOLLOWED
from .front_page import score
from .keys import Keys, digest
from .page import File, PlannedFile, Site

TABLES = ("topics", "people", "series", "sources")
_WORDS = {"topics": "Topics", "people": "Speakers", "series": "Series", "sources": "Sources"}
_HEADS = {"topics": "Topic", "people": "Speaker", "series": "Series", "sources": "Source"}
_PARAMETERS = {"topics": "topic", "people": "speaker", "series": "series", "sources": "source"}
_ABOUT = {
    "topics": "What the claims are about.",
    "people": "Who said it. Words that are a company's are entered under the company.",
    "series": "Claims about the same target, one after the other. They hang together: being wrong about one often "
    "means being wrong about all.",
    "sources": "Where it can be read. Rates by source say nothing about the source's own trustworthiness.",
}
_RATED = 24  # rows of the chart of rates


def table_pages(site: Site, keys: Keys, table: str) -> Iterator[PlannedFile]:
    """The table of all speakers, topics, series or sources."""
    subjects: Sequence[Subject] = tuple(getattr(site.survey, table).values())
    key = keys.of(table, *((subject.name, subject.label, subject.note, subject.standing) for subject in subjects))
    for pager in views.pagers(f"{table}.html", len(subjects)):
        path = paths.numbered(f"{table}.html", pager.page)
        yield PlannedFile(path, digest(key, pager), partial(_table_page, site, table, subjects, pager))


def _table_page(site: Site, table: str, subjects: Sequence[Subject], pager: views.Pager) -> File:
    shown = subjects[pager.first - 1 : pager.last]
    rates = drawings.rate_rows([(subject.label, subject.standing) for subject in _most_scored(subjects)])
    chart = drawings.rate_chart(rates) if table in ("topics", "people") and pager.page == 1 and rates else None
    section = f"{table}.html"
    return site.page(
        paths.numbered(section, pager.page),
        "subjects.html",
        heading=_WORDS[table] if pager.page == 1 else f"{_WORDS[table]}, page {pager.page}",
        description=_ABOUT[table],
        section=section,
        standfirst=_ABOUT[table],
        rate_chart=chart,
        rows=[views.counts(subject) for subject in shown],
        column_head=_HEADS[table],
        caption="Scored claims by result, the others by where they stand",
        pager=pager,
    )


def _most_scored(subjects: Sequence[Subject]) -> list[Subject]:
    scored = [subject for subject in subjects if subject.standing.n]
    return sorted(scored, key=lambda subject: -subject.standing.n)[:_RATED]


def subject_pages(site: Site, keys: Keys, subject: Subject) -> Iterator[PlannedFile]:
    """The pages of one speaker, topic, series or source; charts and score stand on the first."""
    path = paths.subject(subject.table, subject.name)
    about = keys.subject(subject)
    for pager in views.pagers(path, len(subject.rows)):
        shown = subject.rows if pager.page == 1 else subject.rows[pager.first - 1 : pager.last]
        key = digest(about, pager, views.several_speakers(subject.rows), keys.rows(shown))
        yield PlannedFile(paths.numbered(path, pager.page), key, partial(_subject_page, site, subject, pager))


def _subject_page(site: Site, subject: Subject, pager: views.Pager) -> File:
    rows = subject.rows[pager.first - 1 : pager.last]
    heading = subject.label if pager.page == 1 else f"{subject.label}, page {pager.page}"
    return site.page(
        paths.numbered(paths.subject(subject.table, subject.name), pager.page),
        "subject.html",
        heading=heading,
        description=f"{subject.label}: {sentences.short(subject.standing)}. {subject.note or ''}",
        section=f"{subject.table}.html",
        section_words=_WORDS[subject.table],
        table=subject.table,
        name=subject.name,
        parameter=_PARAMETERS[subject.table],
        files=_followed(subject),
        note=subject.note,
        caption=f"{plural(subject.standing.account.claims, 'claim')} by deadline",
        lines=views.lines(site.survey, rows),
        pager=pager,
        speakers=views.several_speakers(subject.rows),
        **_details(site, subject),
        **score(subject.standing),
        **(_charts(site, subject) if pager.page == 1 else {"moving": None, "timeline": None}),
    )


def _followed(subject: Subject) -> list[str]:
    """Its feed and its calendar, if it has them."""
    if subject.table not in FOLLOWED:
        return []
    return [paths.subject_file(subject.table, subject.name, ending) for ending in ("atom", "ics")]


def _details(site: Site, subject: Subject) -> Mapping[str, object]:
    source = site.survey.ledger.sources.get(subject.name) if subject.table == "sources" else None
    details = views.details(site.survey, subject.table, subject.name)
    return {"details": details, "address": paths.web_address(source.url) if source else None}


def _charts(site: Site, subject: Subject) -> Mapping[str, object]:
    survey = site.survey
    if subject.table == "sources":
        return {"moving": None, "timeline": None}
    dated = sum(row.fact.deadline is not None for row in subject.rows)
    most = drawings.MOST_ROWS
    return {
        "moving": drawings.moving(survey, subject) if subject.table == "series" else None,
        "moving_cut": most if len(drawings.by_saying(subject.rows)) > most else 0,
        "timeline": drawings.lines(survey, subject.rows),
        "timeline_cut": most if dated > most else 0,
    }
