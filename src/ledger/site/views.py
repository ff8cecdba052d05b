"""What the templates print of a claim, a list of claims, a subject: plain records of text, ready to be escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from .. import fields
from ..charts.palette import STATUS_ROLES
from ..model import Claim, Evidence, Resolution
from ..periods import Period
from ..query import Row
from ..render.meanings import ACCOUNT_MEANINGS, STATUS_MEANINGS
from ..render.phrases import status_phrase
from ..render.told import Telling, claim_told, record_told, source_rest
from ..results.groups import Standing
from ..results.list import as_known
from ..results.survey import Subject, Survey
from ..status import State
from ..words.spoken import spoken
from . import paths

PAGE_ROWS = 200


class Number(NamedTuple):
    """A score with what it means and what it does not; `value` is ready to be printed."""

    name: str
    value: str
    sentence: str
    says_not: str


class ClaimLine(NamedTuple):
    """A claim in a list. `key` sorts by deadline: a day, or beyond all days."""

    href: str
    claim: str
    speaker: str
    said: str
    said_key: int
    deadline: str
    key: int
    status: str
    phrase: str


def line(survey: Survey, row: Row) -> ClaimLine:
    """A claim in a list."""
    fact = row.fact
    return ClaimLine(
        href=paths.claim(fact.id),
        claim=fact.claim,
        speaker=speaker(survey, fact.speaker),
        said=spoken(fact.said) if fact.said else "unknown",
        said_key=fact.said.end if fact.said else 0,
        deadline=spoken(fact.deadline) if fact.deadline else "none",
        key=fact.deadline.end if fact.deadline else 9_999_999,
        status=row.state.status,
        phrase=status_phrase(fact, row.state, survey.day.toordinal()),
    )


def lines(survey: Survey, rows: Iterable[Row]) -> list[ClaimLine]:
    """Claims in a list."""
    return [line(survey, row) for row in rows]


def several_speakers(rows: Sequence[Row]) -> bool:
    """Whether a list has to name its speakers."""
    return any(row.fact.speaker != rows[0].fact.speaker for row in rows)


def speaker(survey: Survey, name: str) -> str:
    """The name of a speaker as people write it."""
    person = survey.ledger.people.get(name)
    return person.name if person else name


class Pager(NamedTuple):
    """One of several pages: its number, how many there are, and where the neighbours lie."""

    page: int
    pages: int
    before: str | None
    after: str | None
    first: int
    last: int
    total: int


def pagers(path: str, total: int, size: int = PAGE_ROWS) -> list[Pager]:
    """The pages over which a list is spread; an empty list has one."""
    pages = max(ceil(total / size), 1)
    return [
        Pager(
            page=page,
            pages=pages,
            before=paths.numbered(path, page - 1) if page > 1 else None,
            after=paths.numbered(path, page + 1) if page < pages else None,
            first=(page - 1) * size + 1,
            last=min(page * size, total),
            total=total,
        )
        for page in range(1, pages + 1)
    ]


class PageLink(NamedTuple):
    """Words that lead to a page of the site, or nowhere."""

    words: str
    href: str | None
    note: str = ""


class Citation(NamedTuple):
    """A source as it is cited: what standing before and after its title, where it leads."""

    title: str
    address: str | None
    rest: tuple[str, ...]
    event: str | None
    says: str | None
    page: str | None


def citation(survey: Survey, name: str, at: str | None, says: str | None = None) -> Citation:
    """A declared source as it is cited; an undeclared one by its key."""
    source = survey.ledger.sources.get(name)
    if source is None:
        return Citation(name, None, (at,) if at else (), None, says, None)
    cited = filter(None, (source.publisher, source.published and spoken(source.published), at))
    rest = (*cited, *source_rest(survey.ledger, source, spoken))
    page = paths.subject("sources", name)
    return Citation(source.title, paths.web_address(source.url), rest, source.event, says, page)


def evidence(survey: Survey, found: Evidence) -> Citation:
    """What a judgement rests on, as it is cited."""
    if found.source is not None:
        cited = citation(survey, found.source, found.at, found.says)
        own = [
            words for _, words in record_told(fields.EVIDENCE, found, survey.ledger, ("source", "at", "says"), spoken)
        ]
        return cited._replace(rest=(*cited.rest, *own))
    address = paths.web_address(found.url)
    whose = filter(None, (found.at, found.publisher, found.published and spoken(found.published)))
    told = ("source", "at", "title", "publisher", "published", "url", "says")
    more = [f"{label}: {words}" for label, words in record_told(fields.EVIDENCE, found, survey.ledger, told, spoken)]
    return Citation(found.title or found.url or "a page", address, (*whose, *more), None, found.says, None)


class Verdict(NamedTuple):
    """A judgement as it is told."""

    outcome: str
    sign: str
    judged: Period
    happened: Period | None
    value: str | None
    by: str | None
    note: str | None
    rest: list[tuple[str, str]]
    evidence: list[Citation]
    counts: bool


_SIGNS = {
    "true": "hit",
    "false": "miss",
    "partly": "partly",
    "ambiguous": "void",
    "annulled": "void",
    "withdrawn": "miss",
    "reopened": "open",
}


_TOLD_OF_JUDGEMENTS = ("outcome", "judged", "happened", "value", "by", "note", "evidence")


def verdicts(survey: Survey, claim: Claim) -> list[Verdict]:
    """The judgements made by the survey's day, the newest first; the last one counts."""
    known = [made for made in claim.resolutions if made.judged.end <= survey.day.toordinal()]
    return [_verdict(survey, made, i == len(known) - 1) for i, made in enumerate(known)][::-1]


def _verdict(survey: Survey, made: Resolution, counts: bool) -> Verdict:
    return Verdict(
        outcome=made.outcome,
        sign=_SIGNS[made.outcome],
        judged=made.judged,
        happened=made.happened,
        value=f"{made.value:,}" if made.value is not None else None,
        by=made.by,
        note=made.note,
        rest=record_told(fields.RESOLUTION, made, survey.ledger, _TOLD_OF_JUDGEMENTS, spoken),
        evidence=[evidence(survey, found) for found in made.evidence],
        counts=counts,
    )


def claim_link(survey: Survey, name: str) -> PageLink:
    """A link to another claim by its id; plain words if it was not known on the day."""
    row = survey.by_id.get(name)
    if row is None:
        return PageLink(name, None, "not in this ledger on this day")
    deadline = f"deadline {spoken(row.fact.deadline)}" if row.fact.deadline else "no deadline"
    phrase = status_phrase(row.fact, row.state, survey.day.toordinal())
    said = spoken(row.fact.said) if row.fact.said else "at an unknown time"
    note = f"said {said}, {deadline}, {phrase}"
    return PageLink(row.fact.claim, paths.claim(name), note)


def relations(survey: Survey, claim: Claim) -> list[tuple[str, list[PageLink]]]:
    """What a claim revises, what revises it, its premises and what else to read; empty ones left out."""
    named = (
        ("Revises", [claim.revises] if claim.revises else []),
        ("Revised by", survey.view.revisions.get(claim.id, [])),
        ("Depends on", claim.depends_on),
        ("See also", claim.see_also),
    )
    return [(title, [claim_link(survey, name) for name in names]) for title, names in named if names]


def particulars(survey: Survey, row: Row, claim: Claim) -> list[tuple[str, Sequence[str]]]:
    """What is told of a claim that has no place of its own on the page, as (name, words)."""
    telling = Telling(survey.view, row, as_known(claim, survey.day), spoken)
    return [(_head(told.label), told.words) for told in claim_told(telling) if told.key not in _PLACED]


# The rest of the page has these: headings, the source, judgements, links to other claims, the history.
_PLACED = frozenset(
    ("id", "claim", "speaker", "said", "source", "quote", "topics", "criteria", "resolutions", "series", "revises",
     "revised_by", "depends_on", "see_also", "note", "amended", "added", "checked", "file")
)  # fmt: skip


def _head(label: str) -> str:
    return label[:1].upper() + label[1:]


def history(survey: Survey, claim: Claim) -> list[tuple[Period, str]]:
    """When the claim was entered, looked at and corrected, by the survey's day, as (day, words)."""
    found: list[tuple[Period, str]] = []
    today = survey.day.toordinal()
    if claim.added and claim.added.end <= today:
        found.append((claim.added, "entered"))
    found += [
        (change.date, f"corrected {', '.join(change.fields)}: {change.why}")
        for change in claim.amended
        if change.date.end <= today
    ]
    if claim.checked and claim.checked.end <= today:
        found.append((claim.checked, "looked at; nothing decisive found"))
    return sorted(found, key=lambda one: (one[0].start, one[1]))


def status_meaning(state: State) -> str:
    """What a status means for a claim in it, and the account if that says more."""
    if state.status == "open":
        return "The deadline is today." if state.days == 0 else "The deadline lies ahead."
    return STATUS_MEANINGS[state.status] if state.account != "open" else ACCOUNT_MEANINGS["open"]


def details(survey: Survey, table: str, name: str) -> list[tuple[str, str]]:
    """The fields of a person or a source that its page has not in the heading, as (name, words)."""
    ledger = survey.ledger
    told = []
    if table == "people" and name in ledger.people:
        told = record_told(fields.PERSON, ledger.people[name], ledger, ("name", "note"), spoken)
    elif table == "sources" and name in ledger.sources:
        told = record_told(fields.SOURCE, ledger.sources[name], ledger, ("title", "note", "url"), spoken)
    return [(_head(label), words) for label, words in told]


class SubjectLine(NamedTuple):
    """A subject in a table."""

    href: str
    label: str
    note: str
    claims: int
    hit: int
    late: int
    partly: int
    miss: int
    overdue: int
    open: int
    undated: int
    other: int
    n: int
    rate: float | None


def counts(subject: Subject) -> SubjectLine:
    """A subject in a table: its scored claims by result, the others by account."""
    standing: Standing = subject.standing
    scored, account = standing.scored, standing.account
    return SubjectLine(
        href=paths.subject(subject.table, subject.name),
        label=subject.label,
        note=(subject.note or "") if subject.table == "topics" else "",
        claims=standing.account.claims,
        hit=scored["hit"],
        late=scored["late"],
        partly=scored["partly"],
        miss=scored["miss"],
        overdue=account.overdue,
        open=account.open,
        undated=account.undated,
        other=account.void + account.unscored,
        n=standing.n,
        rate=standing.rate.rate,
    )


def role(status: str) -> str:
    """The colour of a status."""
    return STATUS_ROLES[status]
