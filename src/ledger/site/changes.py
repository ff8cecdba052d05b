"""The page of changes: verdicts and corrections as the file tells them, and what git adds if that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ..facts import Judgement
from ..history.compare import Change
from ..history.heads import head_title, head_words
from ..periods import Period
from ..query import Row
from ..render import history
from ..words.spoken import spoken
from . import paths, views
from .keys import Keys
from .page import File, PlannedFile, Site

PAGE = "changes.html"


class _Change(NamedTuple):
    """A verdict, or a correction, by its number among those of its claim; `day` is an ordinal."""

    day: int
    what: str
    row: Row
    number: int
    corrected: bool


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
    found = sorted(_found(site), key=lambda change: (-change.day, paths.claim(change.row.fact.id), change.what))
    for pager in views.pagers(PAGE, len(found)):
        shown = found[pager.first - 1 : pager.last]
        key = "" if site.history is not None and pager.page == 1 else _key(keys, pager, shown)
        yield PlannedFile(paths.numbered(PAGE, pager.page), key, partial(_page, site, pager, shown))


def _key(keys: Keys, pager: views.Pager, shown: Sequence[_Change]) -> str:
    rows = keys.rows(tuple(change.row for change in shown))
    return keys.of(pager, rows, *((change.what, change.number) for change in shown))


def _page(site: Site, pager: views.Pager, shown: Sequence[_Change]) -> File:
    return site.page(
        paths.numbered(PAGE, pager.page),
        PAGE,
        heading="Changes" if pager.page == 1 else f"Changes, page {pager.page}",
        description="Every verdict and every correction, with its reason, the newest first.",
        section=PAGE,
        changes=[_told(site, change) for change in shown],
        pager=pager,
        commits=_commits(site) if pager.page == 1 else [],
    )


def _found(site: Site) -> Iterator[_Change]:
    """All changes up to the day; a claim that was judged alone need not be made for that."""
    today, corrected = site.survey.day.toordinal(), site.survey.corrected
    for row in site.survey.by_id.values():
        for number, made in enumerate(row.fact.judgements):
            if made.judged <= today:
                yield _Change(made.judged, _judged(made), row, number, corrected=False)
        for number, one in enumerate(corrected[row.number].amended if row.number in corrected else ()):
            if one.date.end <= today:
                what = f"corrected: {', '.join(one.fields).replace('_', ' ')}"
                yield _Change(one.date.end, what, row, number, corrected=True)


def _judged(made: Judgement) -> str:
    return ", ".join(
        (
            "reopened" if made.outcome == "reopened" else f"judged {made.outcome}",
            *([f"happened {spoken(made.happened)}"] if made.happened else []),
            *([f"value {made.value:,}"] if made.value is not None else []),
        )
    )


def _told(site: Site, change: _Change) -> ToldChange:
    claim, line = site.survey.ledger.claims[change.row.number], views.line(site.survey, change.row)
    if change.corrected:
        correction = claim.amended[change.number]
        return ToldChange(correction.date, change.what, line, correction.why)
    verdict = claim.resolutions[change.number]
    return ToldChange(verdict.judged, change.what, line, verdict.note or "")


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
