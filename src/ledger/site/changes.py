"""The page of changes: verdicts and corrections as the file tells them, and what git adds if that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ..history.compare import Change
from ..history.heads import head_title, head_words
from ..model import Amendment, Resolution
from ..periods import Period
from ..query import Row
from ..render import history
from ..words.spoken import spoken
from . import paths, views
from .keys import Keys
from .page import File, PlannedFile, Site

PAGE = "changes.html"


class ToldChange(NamedTuple):
    """What happened to a claim on a day: a verdict, a correction."""

    day: Period
    what: str
    line: views.ClaimLine
    why: str


class ToldCommit(NamedTuple):
    """What a commit changed, a claim and its words each; what is gone, or is no claim, has no page."""

    day: str
    subject: str
    claims: list[tuple[str, str | None, str]]


def pages(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """changes.html and its further pages, the newest first."""
    found = sorted(_told(site), key=lambda change: (-change.day.end, change.line.href, change.what))
    for pager in views.pagers(PAGE, len(found)):
        shown = found[pager.first - 1 : pager.last]
        key = "" if site.history is not None and pager.page == 1 else keys.of(pager, *shown)
        yield PlannedFile(paths.numbered(PAGE, pager.page), key, partial(_page, site, pager, shown))


def _page(site: Site, pager: views.Pager, shown: Sequence[ToldChange]) -> File:
    return site.page(
        paths.numbered(PAGE, pager.page),
        PAGE,
        heading="Changes" if pager.page == 1 else f"Changes, page {pager.page}",
        description="Every verdict and every correction, with its reason, the newest first.",
        section=PAGE,
        changes=shown,
        pager=pager,
        commits=_commits(site) if pager.page == 1 else [],
    )


def _told(site: Site) -> Iterator[ToldChange]:
    today = site.survey.day.toordinal()
    for row in site.survey.by_id.values():
        claim = site.survey.ledger.claims[row.number]
        yield from (_corrected(site, row, one) for one in claim.amended if one.date.end <= today)
        yield from (_judged(site, row, one) for one in claim.resolutions if one.judged.end <= today)


def _corrected(site: Site, row: Row, made: Amendment) -> ToldChange:
    return ToldChange(
        made.date, f"corrected: {', '.join(made.fields).replace('_', ' ')}", views.line(site.survey, row), made.why
    )


def _judged(site: Site, row: Row, made: Resolution) -> ToldChange:
    what = ", ".join(
        (
            "reopened" if made.outcome == "reopened" else f"judged {made.outcome}",
            *([f"happened {spoken(made.happened)}"] if made.happened else []),
            *([f"value {made.value:,}"] if made.value is not None else []),
        )
    )
    return ToldChange(made.judged, what, views.line(site.survey, row), made.note or "")


def _in_words(change: Change) -> str:
    return f"{history.label(change)}: {history.words(change)}"


def _commits(site: Site) -> list[ToldCommit]:
    """What the history of the file tells, without the names of those who wrote it."""
    found = []
    for touch in site.history or ():
        claims = [
            (one.claim, paths.claim(one.claim) if one.claim in site.survey.by_id else None, words)
            for one in touch.claims
            for words in map(_in_words, one.changes)
        ]
        claims += [(head_title(change), None, head_words(change)) for change in touch.head]
        found.append(ToldCommit(str(touch.commit.day), touch.commit.subject, claims))
    return found
