"""What Datasette says about the SQLite export: titles, meanings of columns, facets, and questions with an answer."""

from __future__ import annotations

from typing import Any

from ...columns import DERIVED
from ...fields import CLAIM, PERSON, SOURCE, Field
from ...results.list import Listing
from .. import jsontext

_FACETS = ["status", "account", "speaker", "kind", "wording"]
_SEARCH = """select c.id, c.claim, c.speaker, c.deadline, c.status from claims c
join claims_fts on claims_fts.rowid = c.rowid where claims_fts match :words order by rank"""
_VIEWS = {
    "overdue": "claims whose deadline is over and that nobody has judged",
    "falling_due": "open claims, the next deadline first",
    "accounts": "claims by account and status",
    "rates": "what came true, of what is scored",
    "rates_by_speaker": "what came true, by speaker",
    "rates_by_topic": "what came true, by topic",
    "rates_by_series": "what came true, by series",
    "latest_judgements": "the judgement that counts of each claim",
}


def document(listing: Listing, stem: str) -> str:
    """The metadata, as JSON, for a database file of that name without its ending."""
    about: Any = getattr(listing.ledger, "about", None)
    head = {
        "about": "forecast-ledger",
        "title": listing.ledger.title,
        "license": getattr(about, "licence", None),
        "source": getattr(about, "keeper", None),
        "source_url": getattr(about, "url", None),
    }
    tables = {
        "claims": {
            "description": "a row a claim, with its status on the day of the export",
            "label_column": "claim",
            "sort": "deadline_end",
            "facets": _FACETS,
            "fts_table": "claims_fts",
            "columns": {**_meanings(CLAIM), **{name: of.meaning for name, of in DERIVED.items()}},
        },
        "people": {"label_column": "name", "columns": _meanings(PERSON)},
        "sources": {"label_column": "title", "columns": _meanings(SOURCE)},
        "topics": {"label_column": "description"},
        **{name: {"description": words} for name, words in _VIEWS.items()},
    }
    queries = {"search": {"title": "Claims that say", "sql": _SEARCH}}
    found = {key: value for key, value in head.items() if value}
    return jsontext.dumps({**found, "databases": {stem: {"tables": tables, "queries": queries}}})


def _meanings(table: tuple[Field, ...]) -> dict[str, str]:
    nested = ("groups", "mentions")
    return {field.key: field.meaning for field in table if field.type not in nested}
