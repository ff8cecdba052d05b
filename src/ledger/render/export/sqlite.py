"""A ledger as a SQLite database: typed tables with keys, and views that answer the usual questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from typing import Any

from ... import __version__
from ...columns import DERIVED
from ...fields import CLAIM
from ...model import Claim, Ledger, Person, Source
from ...results.groups import SCORED
from ...results.list import Listing
from ...status import ACCOUNTS
from ...text import control_characters, multiline
from ..objects import about_object
from ..own import APPLICATION
from . import sqlite_tables as tables

_INDEXES = """
CREATE INDEX claims_by_deadline ON claims (deadline_end);
CREATE INDEX claims_by_speaker ON claims (speaker);
CREATE INDEX claims_by_series ON claims (series);
CREATE INDEX claims_by_source ON claims (source);
CREATE INDEX topics_of_claims ON claim_topics (topic);
"""
_LIST = "c.id, c.claim, p.name AS speaker, c.said, c.deadline, c.deadline_end, c.status, c.days"
_SCORED_SQL = ", ".join(f"sum(c.account = 'scored' AND c.status = '{status}') AS {status}" for status in SCORED)
_ACCOUNTS_SQL = ", ".join(f"sum(c.account = '{name}') AS {name}" for name in ACCOUNTS)
_COUNTS = f"""count(*) AS claims, {_ACCOUNTS_SQL}, {_SCORED_SQL},
  1.0 * sum(c.account = 'scored' AND c.status = 'hit') / nullif(sum(c.account = 'scored'), 0) AS rate"""
_VIEWS = f"""
CREATE VIEW overdue AS SELECT {_LIST} FROM claims c JOIN people p ON p.id = c.speaker
  WHERE c.status = 'overdue' ORDER BY c.deadline_end, c.id;
CREATE VIEW falling_due AS SELECT {_LIST} FROM claims c JOIN people p ON p.id = c.speaker
  WHERE c.status = 'open' ORDER BY c.deadline_end, c.id;
CREATE VIEW accounts AS SELECT c.account, c.status, count(*) AS claims FROM claims c GROUP BY c.account, c.status;
CREATE VIEW rates AS SELECT {_COUNTS} FROM claims c;
CREATE VIEW rates_by_speaker AS SELECT p.id, p.name, {_COUNTS} FROM claims c
  JOIN claim_speakers cs ON cs.claim = c.id JOIN people p ON p.id = cs.speaker GROUP BY p.id;
CREATE VIEW rates_by_topic AS SELECT t.id, t.description, {_COUNTS} FROM claims c
  JOIN claim_topics ct ON ct.claim = c.id JOIN topics t ON t.id = ct.topic GROUP BY t.id;
CREATE VIEW rates_by_series AS SELECT c.series AS id, {_COUNTS} FROM claims c WHERE c.series IS NOT NULL
  GROUP BY c.series;
CREATE VIEW latest_judgements AS SELECT j.* FROM judgements j
  WHERE j.number = (SELECT max(k.number) FROM judgements k WHERE k.claim = j.claim);
"""
# Full text of claims, in the words of any language; the tables stay the one place of the texts.
_SEARCH = """
CREATE VIRTUAL TABLE claims_fts USING fts5 (
  claim, quote, criteria, note, content = 'claims', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');
"""


def document(listing: Listing, errors: int) -> bytes:
    """The bytes of a database file with the claims of a listing and all that the ledger declares."""
    connection = sqlite3.connect(":memory:")
    try:
        settings = f"PRAGMA page_size = 4096; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1;"
        connection.executescript(f"{settings} {tables.definitions()} {_INDEXES}")
        with connection:
            _fill(connection, listing, errors)
        connection.executescript(_VIEWS)
        with suppress(sqlite3.OperationalError):  # a SQLite that was built without full text
            connection.executescript(_SEARCH)
        return connection.serialize()
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, listing: Listing, errors: int) -> None:
    ledger, view = listing.ledger, listing.view
    head = {
        "title": ledger.title,
        "as_of": listing.day.isoformat(),
        "errors": str(errors),
        "schema": "ledger.sqlite/1",
        "version": __version__,
        **{f"about_{key}": text for key, text in (about_object(ledger.about) or {}).items() if text},
    }
    rows = list({row.fact.id: row for row in reversed(listing.rows)}.values())[::-1]
    claims = [listing.claim(row) for row in rows]
    both = list(zip(rows, claims, strict=True))
    _insert(connection, "ledger", head.items())
    _insert(connection, "people", _people(ledger, claims))
    _insert(connection, "topics", _topics(ledger, claims))
    _insert(connection, "sources", _sources(ledger, claims))
    _insert(connection, "claims", (tables.claim_row(view, row, claim) for row, claim in both))
    _insert(connection, "claim_topics", ((c.id, topic) for c in claims for topic in dict.fromkeys(c.topics)))
    _insert(connection, "claim_links", (link for row, claim in both for link in tables.link_rows(view, row, claim)))
    for name in tables.JOINED:
        joined = ((c.id, other) for row, c in both for other in DERIVED[name].of(view, row))
        _insert(connection, f"claim_{name}", joined)
    for entries in tables.ENTRIES:
        _insert(connection, entries.name, (row for claim in claims for row in tables.entry_rows(entries, claim)))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    made = [tuple(_value(value) for value in row) for row in rows]
    if made:
        places = ", ".join("?" * len(made[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", made)


def _value(value: Any) -> Any:
    """A value SQLite can hold: numbers beyond 64 bits as floating ones, text without what steers a terminal."""
    if isinstance(value, str):
        return value if control_characters(value) is None else multiline(value)
    return float(value) if isinstance(value, int) and not -(2**63) <= value < 2**63 else value


def _people(ledger: Ledger, claims: Sequence[Claim]) -> Iterable[tuple[Any, ...]]:
    """The declared people, and those that claims name undeclared, so that every key leads somewhere."""
    yield from (tables.person_row(name, person) for name, person in ledger.people.items())
    yield from (tables.person_row(name, Person(name)) for name in _undeclared("people", ledger.people, claims))


def _topics(ledger: Ledger, claims: Sequence[Claim]) -> Iterable[tuple[Any, ...]]:
    yield from ledger.topics.items()
    named = dict.fromkeys(topic for claim in claims for topic in claim.topics)
    yield from ((name, None) for name in named if name not in ledger.topics)


def _sources(ledger: Ledger, claims: Sequence[Claim]) -> Iterable[tuple[Any, ...]]:
    yield from (tables.source_row(name, source) for name, source in ledger.sources.items())
    yield from (tables.source_row(name, Source(name)) for name in _undeclared("sources", ledger.sources, claims))


def _undeclared(refers: str, declared: Container[str], claims: Sequence[Claim]) -> list[str]:
    named = (name for claim in claims for name in tables.named(refers, CLAIM, claim))
    return [name for name in dict.fromkeys(named) if name not in declared]
