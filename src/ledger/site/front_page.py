"""The front page: the score in plain words, what is owed, what comes next, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..charts.rates import has_signs
from ..numbers import between, percent
from ..periods import Period, of_day
from ..results.groups import Standing
from ..results.survey import LISTED, DayEvent, Subject, Survey
from ..text import plural
from . import drawings, sentences, views
from .page import File, Site

_SUBJECTS = 30  # rows of a table on the front page
_SHOWN = 8  # claims of one change
_LEGEND = (
    ("hit", "in time"),
    ("late", "late"),
    ("partly", "partly"),
    ("miss", "missed"),
    ("withdrawn", "taken back"),
    ("void", "void"),
    ("overdue", "overdue"),
    ("awaiting", "verdict not due yet"),
    ("open", "open"),
)


def front_page(site: Site) -> File:
    """index.html."""
    survey, standing = site.survey, site.survey.standing
    calendar = drawings.calendar(survey)
    rates = drawings.rate_rows(_rated(survey))
    return site.page(
        "index.html",
        "index.html",
        heading=site.title,
        description=f"{sentences.standfirst(survey)} {sentences.lead(standing)}",
        section="index.html",
        standfirst=sentences.standfirst(survey),
        **score(standing),
        rate_chart=drawings.rate_chart(rates) if rates else None,
        rate_table=[
            (rate.label, rate.hits, rate.n, percent(rate.hits / rate.n), between((rate.low, rate.high)))
            for rate in rates
        ],
        overdue=views.lines(survey, survey.overdue[:LISTED]),
        overdue_more=len(survey.overdue) if len(survey.overdue) > LISTED else 0,
        due=views.lines(survey, survey.due[:LISTED]),
        due_more=len(survey.due) if len(survey.due) > LISTED else 0,
        calendar=calendar[0] if calendar else None,
        calendar_table=calendar[1] if calendar else [],
        calendar_caption=_calendar_caption(max((n for _, n in calendar[1]), default=0)) if calendar else "",
        legend=_LEGEND,
        changes=[_changed(survey, change) for change in survey.changes],
        topics=_largest(survey.topics.values()),
        topics_more=len(survey.topics) if len(survey.topics) > _SUBJECTS else 0,
        people=_largest(survey.people.values()),
        people_more=len(survey.people) if len(survey.people) > _SUBJECTS else 0,
    )


def _calendar_caption(most: int) -> str:
    """What a mark of the calendar stands for: one claim, or where they are many a length by their number."""
    how = "A sign for each claim with a deadline" if has_signs(most) else "Claims with a deadline by their state"
    longest = "" if has_signs(most) else f" The longest bar is {plural(most, 'claim')}."
    return f"{how}, in the year in which the deadline ends.{longest}"


def score(standing: Standing) -> dict[str, object]:
    """What the section on the score prints."""
    return {
        "total": standing.account.claims,
        "lead": sentences.lead(standing),
        "caution": sentences.caution(standing),
        "elsewhere": sentences.elsewhere(standing),
        "strip": drawings.strip(standing),
        "shares": drawings.shares(standing),
    }


def _rated(survey: Survey) -> list[tuple[str, Standing]]:
    """All claims, then targets apart, as the rates are given everywhere."""
    found: list[tuple[str, Standing]] = [("All claims scored", survey.standing)]
    for kind, words in (("prediction", "Predictions"), ("target", "Targets")):
        if kind in survey.kinds and survey.kinds[kind].n not in (0, survey.standing.n):
            found.append((words, survey.kinds[kind]))
    return found


def _largest(subjects: object) -> list[views.SubjectLine]:
    found: Sequence[Subject] = list(subjects)  # type: ignore[call-overload]
    if len(found) > _SUBJECTS:
        found = sorted(found, key=lambda subject: -subject.standing.account.claims)[:_SUBJECTS]
    return [views.counts(subject) for subject in found]


class Changed(NamedTuple):
    """What changed on a day, as it is told."""

    day: Period
    words: str
    lines: list[views.ClaimLine]


_DID = {"judged": "judged", "amended": "corrected", "added": "entered", "checked": "looked at, nothing decisive found"}


def _changed(survey: Survey, change: DayEvent) -> Changed:
    """Entering and looking are told in numbers when there is much of it; judgements and corrections one by one."""
    many = len(change.rows) > _SHOWN
    shown = [] if many and change.what in ("added", "checked") else change.rows[:_SHOWN]
    more = f", of these {_SHOWN} here" if shown and many else ""
    words = f"{plural(len(change.rows), 'claim')} {_DID[change.what]}{more}"
    return Changed(of_day(date.fromordinal(change.day)), words, views.lines(survey, shown))
