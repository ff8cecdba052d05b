"""What the page's script searches: names and counts at once; the claims and their words in parts, when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from ..query import Row
from ..render import jsontext
from ..render.phrases import status_phrase
from ..results.survey import Survey
from ..status import STATUSES
from ..text import folded
from ..words.spoken import spoken
from . import paths, views
from .keys import Keys, digest
from .page import File, PlannedFile

PART = 1000  # claims of one part
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


_NAMED = ("people", "topics", "series", "sources")


def scripts(survey: Survey, keys: Keys) -> Iterator[PlannedFile]:
    """`claims.js` with what the filters offer; then for each part its rows, `claims-0.js`, and texts, `words-0.js`."""
    names = [[(name, subject.label) for name, subject in getattr(survey, table).items()] for table in _NAMED]
    own = keys.of(*names)
    yield PlannedFile("assets/claims.js", keys.whole, partial(_head_script, survey))
    numbers = {table: {name: i for i, name in enumerate(getattr(survey, table))} for table in _NAMED}
    for part, start in enumerate(range(0, len(survey.rows), PART)):
        rows = survey.rows[start : start + PART]
        key = digest(own, keys.rows(rows))
        yield PlannedFile(f"assets/claims-{part}.js", key, partial(_rows_script, survey, part, rows, numbers))
        yield PlannedFile(f"assets/words-{part}.js", digest(key, "words"), partial(_words_script, part, rows))


def _head_script(survey: Survey) -> File:
    """Names once, with the number of claims that have each; rows point at them by their place."""
    counted = {table: {name: len(subject.rows) for name, subject in getattr(survey, table).items()} for table in _NAMED}
    head = {
        "day": survey.day.isoformat(),
        "ordinal": survey.day.toordinal(),
        "total": len(survey.rows),
        "parts": -(-len(survey.rows) // PART),
        "columns": COLUMNS,
        "statuses": [[status, count] for status in STATUSES if (count := survey.standing.statuses[status])],
        "kinds": sorted(Counter(row.fact.kind for row in survey.rows).items()),
        **{
            table: [[name, subject.label, counted[table][name]] for name, subject in getattr(survey, table).items()]
            for table in _NAMED
        },
        "signs": {status: views.role(status) for status in STATUSES},
    }
    return File("assets/claims.js", f"forecastLedger.head({jsontext.jsonl([head]).rstrip()});\n")


def _rows_script(survey: Survey, part: int, rows: Sequence[Row], numbers: dict[str, dict[str, int]]) -> File:
    """A row a claim in the order of `COLUMNS`; names stand as their numbers."""
    told = [_row(survey, row, numbers) for row in rows]
    return _script("claims", part, told)


def _row(survey: Survey, row: Row, numbers: dict[str, dict[str, int]]) -> list[Any]:
    fact = row.fact
    return [
        fact.id,
        paths.claim(fact.id),
        fact.claim,
        numbers["people"][fact.speaker],
        numbers["sources"].get(fact.source or "", -1),
        fact.kind,
        row.state.status,
        status_phrase(fact, row.state, survey.day.toordinal()),
        [numbers["topics"][topic] for topic in dict.fromkeys(fact.topics)],
        numbers["series"].get(fact.series or "", -1),
        spoken(fact.said) if fact.said else "unknown",
        fact.said.end if fact.said else None,
        spoken(fact.deadline) if fact.deadline else "none",
        fact.deadline.start if fact.deadline else None,
        fact.deadline.end if fact.deadline else None,
    ]


def _words_script(part: int, rows: Sequence[Row]) -> File:
    """For each claim, in the same order, the folded texts that a search looks into."""
    return _script("words", part, ["\n".join([row.fact.id, *map(folded, row.fact.words)]) for row in rows])


def _script(name: str, part: int, values: Sequence[object]) -> File:
    body = jsontext.jsonl(values).rstrip("\n").replace("\n", ",\n")
    return File(f"assets/{name}-{part}.js", f"forecastLedger.{name}({part}, [\n{body}\n]);\n")
