"""The columns of a claim: its fields, and what is worked out of them on a day.

Tables, CSV, JSON and its schema, completion, SQLite and import all follow these. None is ever renamed or moved, since
scripts rely on names and places: a column that is not in `_PLACES` yet stands behind those that are.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from .fields import CLAIM_KEYS, OUTCOMES
from .model import Claim, Ledger, uses
from .query import Row, revised_by
from .status import ACCOUNTS, STATUSES, verdict


class View:
    """A ledger on a day: what columns are worked out of, beside the row itself."""

    def __init__(self, ledger: Ledger, day: date) -> None:
        self.ledger, self.day = ledger, day.toordinal()

    @cached_property
    def revisions(self) -> Mapping[str, list[str]]:
        """From a claim's id to the claims known on the day that revise it."""
        return revised_by(self.ledger.facts, self.day)


class Computed(NamedTuple):
    """A column that is worked out; `values` are those it may have today; `link` is the table its names are of."""

    of: Callable[[View, Row], Any]
    type: Any
    meaning: str
    values: tuple[str, ...] = ()
    link: str | None = None


def _source(view: View, row: Row, key: str) -> str | None:
    source = view.ledger.sources.get(row.fact.source or "")
    return getattr(source, key) if source else None


DERIVED: Mapping[str, Computed] = MappingProxyType(
    {
        "status": Computed(lambda view, row: row.state.status, str, "where it stands on the day", STATUSES),
        "account": Computed(
            lambda view, row: row.state.account, str, "whether it counts in a rate, or why not", ACCOUNTS
        ),
        "days": Computed(
            lambda view, row: row.state.days,
            int | None,
            "from the day to the last day of the deadline, negative when that is past",
        ),
        "slip": Computed(
            lambda view, row: row.state.slip,
            int | None,
            "days from the last day of the deadline to the day it came true, if that is one day",
        ),
        "revised_by": Computed(
            lambda view, row: view.revisions.get(row.fact.id, []),
            tuple[str, ...],
            "the claims that revise it",
            link="claims",
        ),
        "file": Computed(lambda view, row: view.ledger.texts[row.fact.file].name, str, "the file it stands in"),
        "line": Computed(lambda view, row: row.fact.line, int, "the line it begins on"),
        "outcome": Computed(lambda view, row: row.state.outcome, str | None, "of the judgement that counts", OUTCOMES),
        "deadline_end": Computed(
            lambda view, row: row.fact.deadline and row.fact.deadline.last.isoformat(),
            str | None,
            "the last day of the deadline",
        ),
        "source_url": Computed(lambda view, row: _source(view, row, "url"), str | None, "where its source can be read"),
        "source_archived": Computed(
            lambda view, row: _source(view, row, "archived"), str | None, "a copy of its source that stays"
        ),
        "verdict_days": Computed(
            lambda view, row: row.state.verdict_days,
            int | None,
            "from the day to the last on which no verdict is owed: of known_by, else of the deadline",
        ),
        "slip_low": Computed(
            lambda view, row: row.state.slip_low,
            int | None,
            "the slip at least, where the day it came true is not known",
        ),
        "slip_high": Computed(lambda view, row: row.state.slip_high, int | None, "the slip at most"),
        "speakers": Computed(
            lambda view, row: list(row.fact.speakers),
            tuple[str, ...],
            "the speaker, and those who said it too",
            link="people",
        ),
        "sources": Computed(
            lambda view, row: list(row.fact.sources),
            tuple[str, ...],
            "the source, and others that report it",
            link="sources",
        ),
    }
)


def derived(view: View, row: Row) -> dict[str, Any]:
    """All that is worked out for one claim, by name."""
    return {name: column.of(view, row) for name, column in DERIVED.items()}


# --- beside the columns, for files of rows ---------------------------------------------------------------------


class Beside(NamedTuple):
    """A column of files of rows alone, worked out of the claim as it stands in the file too."""

    of: Callable[[View, Row, Claim], Any]
    type: Any
    meaning: str


def _judged(view: View, row: Row, _: Claim) -> str | None:
    found = verdict(row.fact, view.day)
    return date.fromordinal(found.judged).isoformat() if found else None


def _happened(view: View, row: Row, _: Claim) -> str | None:
    found = verdict(row.fact, view.day)
    return found.happened.text if found and found.happened else None


def _value(view: View, row: Row, _: Claim) -> float | None:
    found = verdict(row.fact, view.day)
    return found.value if found else None


def _evidence_url(view: View, _row: Row, claim: Claim) -> str | None:
    """The first address that the judgement rests on, its own or that of a declared source."""
    for made in reversed(claim.resolutions):
        if made.judged.end <= view.day:
            urls = (found.url or _url_of(view, found.source) for found in made.evidence)
            return next((url for url in urls if url), None)
    return None


def _url_of(view: View, source: str | None) -> str | None:
    found = view.ledger.sources.get(source or "")
    return found.url if found else None


def _speaker_name(view: View, row: Row, _: Claim) -> str | None:
    person = view.ledger.people.get(row.fact.speaker)
    return person.name if person else None


def _source_title(view: View, row: Row, _: Claim) -> str | None:
    source = view.ledger.sources.get(row.fact.source or "")
    return source.title if source else None


def _names(view: View, _row: Row, claim: Claim) -> dict[str, dict[str, str]]:
    """From each key that a claim names anywhere to the name behind it."""
    ledger = view.ledger
    found: dict[str, dict[str, str]] = {"people": {}, "topics": {}, "sources": {}}
    for _, table, key in uses(claim):
        if table == "people" and key in ledger.people:
            found[table][key] = ledger.people[key].name
        elif table == "sources" and key in ledger.sources:
            found[table][key] = ledger.sources[key].title
        elif table == "topics" and key in ledger.topics:
            found[table][key] = ledger.topics[key]
    return found


FLAT: Mapping[str, Beside] = MappingProxyType(
    {
        "judged": Beside(_judged, str | None, "the day of the judgement that counts"),
        "happened": Beside(_happened, str | None, "when it came true, by that judgement"),
        "value": Beside(_value, float | None, "the number observed"),
        "evidence_url": Beside(_evidence_url, str | None, "the first address that the judgement rests on"),
        "speaker_name": Beside(_speaker_name, str | None, "the speaker's name"),
        "source_title": Beside(_source_title, str | None, "the title of the source"),
        "topic_names": Beside(
            lambda view, row, _: [view.ledger.topics.get(key, key) for key in row.fact.topics],
            tuple,
            "what the topics are called",
        ),
        "names": Beside(_names, dict, "the name behind each key that it uses"),
    }
)
"""What stands behind the columns in CSV, TSV, Excel and Parquet: a verdict in cells, and names beside keys."""


# --- their order ----------------------------------------------------------------------------------------------

_PLACES = """
    id claim speaker said source at quote wording kind condition topics deadline deadline_words deadline_latest window
    probability probability_words quantity criteria series revises depends_on see_also note added checked amended
    resolutions status account days slip revised_by file line outcome deadline_end source_url source_archived
    verdict_days slip_low slip_high speakers sources also_by also_in known_by fiscal_of forecasts observations formerly
    judged happened value evidence_url speaker_name source_title topic_names names
""".split()  # noqa: SIM905


def _in_place(*names: str) -> tuple[str, ...]:
    return (*(name for name in _PLACES if name in names), *(name for name in names if name not in _PLACES))


NAMES = _in_place(*DERIVED, *CLAIM_KEYS)
FLAT_NAMES = _in_place(*DERIVED, *CLAIM_KEYS, *FLAT)
"""The columns of files of rows, with what stands beside the columns of a list."""
