"""What the page's script searches: the claims as rows, and apart from them, because it is long, their words."""

from __future__ import annotations

from typing import Any

from ..render import jsontext
from ..render.phrases import status_phrase
from ..results.survey import Survey
from ..status import STATUSES
from ..words.spoken import spoken
from . import paths, views

COLUMNS = (
    "id",
    "page",
    "claim",
    "speaker",
    "source",
    "kind",
    "status",
    "phrase",
    "topics",
    "series",
    "said",
    "saidEnd",
    "deadline",
    "start",
    "end",
)


def rows_script(survey: Survey) -> str:
    """`claims.js`: names once, then a row a claim in the order of `COLUMNS`; names stand as their numbers."""
    day = survey.day.toordinal()
    tables = {table: _numbers(getattr(survey, table)) for table in ("people", "topics", "series", "sources")}
    rows: list[list[Any]] = []
    for row in survey.rows:
        fact = row.fact
        rows.append(
            [
                fact.id,
                paths.claim(fact.id),
                fact.claim,
                tables["people"][fact.speaker],
                tables["sources"].get(fact.source or "", -1),
                fact.kind,
                row.state.status,
                status_phrase(fact, row.state, day),
                [tables["topics"][topic] for topic in dict.fromkeys(fact.topics)],
                tables["series"].get(fact.series or "", -1),
                spoken(fact.said) if fact.said else "unknown",
                fact.said.end if fact.said else None,
                spoken(fact.deadline) if fact.deadline else "none",
                fact.deadline.start if fact.deadline else None,
                fact.deadline.end if fact.deadline else None,
            ]
        )
    head = {
        "day": survey.day.isoformat(),
        "ordinal": day,
        "columns": COLUMNS,
        "statuses": [status for status in STATUSES if survey.standing.statuses[status]],
        "people": [[name, subject.label] for name, subject in survey.people.items()],
        "topics": [[name, subject.label] for name, subject in survey.topics.items()],
        "series": [[name, subject.label] for name, subject in survey.series.items()],
        "sources": [[name, subject.label] for name, subject in survey.sources.items()],
        "signs": {status: views.role(status) for status in STATUSES},
    }
    body = jsontext.jsonl(rows).rstrip("\n").replace("\n", ",\n")
    return f"forecastLedger.claims({jsontext.jsonl([head]).rstrip()}, [\n{body}\n]);\n"


def words_script(survey: Survey) -> str:
    """`words.js`: for each claim, in the same order, the folded texts that a search looks into."""
    texts = ["\n".join([row.fact.id, *(text.casefold() for text in row.fact.words)]) for row in survey.rows]
    body = jsontext.jsonl(texts).rstrip("\n").replace("\n", ",\n")
    return f"forecastLedger.words([\n{body}\n]);\n"


def _numbers(names: dict[str, Any]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}
