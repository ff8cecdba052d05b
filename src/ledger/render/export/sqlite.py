"""A ledger as a SQLite database: typed tables with keys, and views that answer the usual questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from ... import __version__
from ...columns import DERIVED, View
from ...model import Claim, Quantity, Resolution
from ...periods import Period
from ...query import Row, revised_by
from ...results.list import Listing
from ...text import control_characters, multiline
from ..own import APPLICATION

_SPAN = "{0} TEXT, {0}_start TEXT, {0}_end TEXT, {0}_approximate INTEGER"
_SQL_TYPES = {str: "TEXT NOT NULL", str | None: "TEXT", int: "INTEGER NOT NULL", int | None: "INTEGER"}
# Links stand in a table of their own, ends of periods beside the periods.
_OWN_COLUMNS = {
    name: column
    for name, column in DERIVED.items()
    if not column.link and name.removesuffix("_end") not in Claim._fields
}
_TABLES = f"""
CREATE TABLE ledger (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, note TEXT);
CREATE TABLE topics (id TEXT PRIMARY KEY, description TEXT);
CREATE TABLE sources (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT, url TEXT, {_SPAN.format("published")},
  event TEXT, note TEXT, document TEXT, sha256 TEXT
);
CREATE TABLE claims (
  id TEXT PRIMARY KEY, claim TEXT NOT NULL, speaker TEXT NOT NULL REFERENCES people (id),
  {_SPAN.format("said")}, source TEXT REFERENCES sources (id), "at" TEXT, quote TEXT, wording TEXT,
  kind TEXT NOT NULL, condition TEXT, {_SPAN.format("deadline")}, deadline_words TEXT,
  {_SPAN.format("deadline_latest")}, "window" TEXT NOT NULL, probability REAL, probability_words TEXT,
  quantity_at_least REAL, quantity_at_most REAL, quantity_low REAL, quantity_high REAL, quantity_level REAL,
  quantity_unit TEXT, criteria TEXT, series TEXT, revises TEXT, note TEXT, added TEXT, checked TEXT,
  {", ".join(f"{name} {_SQL_TYPES[column.type]}" for name, column in _OWN_COLUMNS.items())}
);
CREATE TABLE claim_topics (
  claim TEXT NOT NULL REFERENCES claims (id), topic TEXT NOT NULL REFERENCES topics (id), PRIMARY KEY (claim, topic)
) WITHOUT ROWID;
CREATE TABLE claim_links (
  claim TEXT NOT NULL REFERENCES claims (id), relation TEXT NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (claim, relation, other)
) WITHOUT ROWID;
CREATE TABLE judgements (
  claim TEXT NOT NULL REFERENCES claims (id), number INTEGER NOT NULL, outcome TEXT NOT NULL, judged TEXT NOT NULL,
  {_SPAN.format("happened")}, value REAL, "by" TEXT, note TEXT, PRIMARY KEY (claim, number)
);
CREATE TABLE evidence (
  claim TEXT NOT NULL, judgement INTEGER NOT NULL, number INTEGER NOT NULL, source TEXT REFERENCES sources (id),
  "at" TEXT, title TEXT, publisher TEXT, url TEXT, {_SPAN.format("published")}, says TEXT,
  PRIMARY KEY (claim, judgement, number), FOREIGN KEY (claim, judgement) REFERENCES judgements (claim, number)
);
CREATE TABLE amendments (
  claim TEXT NOT NULL REFERENCES claims (id), number INTEGER NOT NULL, date TEXT NOT NULL, fields TEXT NOT NULL,
  why TEXT NOT NULL, PRIMARY KEY (claim, number)
);
CREATE INDEX claims_by_deadline ON claims (deadline_end);
CREATE INDEX claims_by_speaker ON claims (speaker);
CREATE INDEX claims_by_series ON claims (series);
CREATE INDEX claims_by_source ON claims (source);
CREATE INDEX topics_of_claims ON claim_topics (topic);
"""
_LIST = "c.id, c.claim, p.name AS speaker, c.said, c.deadline, c.deadline_end, c.status, c.days"
_COUNTS = """count(*) AS claims, sum(c.account = 'scored') AS scored,
  sum(c.account = 'scored' AND c.status = 'hit') AS hit, sum(c.account = 'scored' AND c.status = 'late') AS late,
  sum(c.account = 'scored' AND c.status = 'partly') AS partly, sum(c.account = 'scored' AND c.status = 'miss') AS miss,
  sum(c.account = 'overdue') AS overdue, sum(c.account = 'open') AS open, sum(c.account = 'undated') AS undated,
  sum(c.account = 'void') AS void, sum(c.account = 'unscored') AS unscored,
  1.0 * sum(c.account = 'scored' AND c.status = 'hit') / nullif(sum(c.account = 'scored'), 0) AS rate"""
_VIEWS = f"""
CREATE VIEW overdue AS SELECT {_LIST} FROM claims c JOIN people p ON p.id = c.speaker
  WHERE c.status = 'overdue' ORDER BY c.deadline_end, c.id;
CREATE VIEW falling_due AS SELECT {_LIST} FROM claims c JOIN people p ON p.id = c.speaker
  WHERE c.status = 'open' ORDER BY c.deadline_end, c.id;
CREATE VIEW accounts AS SELECT c.account, c.status, count(*) AS claims FROM claims c GROUP BY c.account, c.status;
CREATE VIEW rates AS SELECT {_COUNTS} FROM claims c;
CREATE VIEW rates_by_speaker AS SELECT p.id, p.name, {_COUNTS} FROM claims c JOIN people p ON p.id = c.speaker
  GROUP BY p.id;
CREATE VIEW rates_by_topic AS SELECT t.id, t.description, {_COUNTS} FROM claims c
  JOIN claim_topics ct ON ct.claim = c.id JOIN topics t ON t.id = ct.topic GROUP BY t.id;
CREATE VIEW rates_by_series AS SELECT c.series AS id, {_COUNTS} FROM claims c WHERE c.series IS NOT NULL
  GROUP BY c.series;
CREATE VIEW latest_judgements AS SELECT j.* FROM judgements j
  WHERE j.number = (SELECT max(k.number) FROM judgements k WHERE k.claim = j.claim);
"""


def database(listing: Listing, errors: int) -> bytes:
    """The bytes of a database file with the claims of a listing and all that the ledger declares."""
    connection = sqlite3.connect(":memory:")
    try:
        settings = f"PRAGMA page_size = 4096; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1;"
        connection.executescript(settings + _TABLES)
        with connection:
            _fill(connection, listing, errors)
        connection.executescript(_VIEWS)
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
    }
    rows = list({row.fact.id: row for row in reversed(listing.rows)}.values())[::-1]
    claims = [listing.claim(row) for row in rows]
    _insert(connection, "ledger", head.items())
    _insert(connection, "people", _people(listing, claims))
    _insert(connection, "topics", _topics(listing, claims))
    _insert(connection, "sources", _sources(listing, claims))
    _insert(connection, "claims", (_claim(view, row, claim) for row, claim in zip(rows, claims, strict=True)))
    _insert(connection, "claim_topics", ((c.id, topic) for c in claims for topic in dict.fromkeys(c.topics)))
    _insert(connection, "claim_links", _links(listing, claims))
    judged = [(c, i, made) for c in claims for i, made in enumerate(c.resolutions, 1)]
    _insert(connection, "judgements", (_judgement(c, i, made) for c, i, made in judged))
    _insert(connection, "evidence", (row for c, i, made in judged for row in _evidence(c, i, made)))
    _insert(
        connection,
        "amendments",
        (
            (c.id, i, change.date.text, ",".join(change.fields), change.why)
            for c in claims
            for i, change in enumerate(c.amended, 1)
        ),
    )


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


def _span(period: Period | None) -> tuple[str | None, str | None, str | None, bool | None]:
    if period is None:
        return None, None, None, None
    return period.text, period.first.isoformat(), period.last.isoformat(), period.approximate


def _people(listing: Listing, claims: Sequence[Claim]) -> Iterable[tuple[Any, ...]]:
    """The declared people, and those that claims name undeclared, so that every key leads somewhere."""
    people = listing.ledger.people
    yield from ((name, person.name, person.note) for name, person in people.items())
    yield from ((name, name, None) for name in dict.fromkeys(c.speaker for c in claims) if name not in people)


def _topics(listing: Listing, claims: Sequence[Claim]) -> Iterable[tuple[Any, ...]]:
    topics = listing.ledger.topics
    yield from topics.items()
    yield from ((name, None) for name in dict.fromkeys(t for c in claims for t in c.topics) if name not in topics)


def _sources(listing: Listing, claims: Sequence[Claim]) -> Iterable[tuple[Any, ...]]:
    sources = listing.ledger.sources
    for name, source in sources.items():
        yield (
            name,
            source.title,
            source.publisher,
            source.url,
            *_span(source.published),
            source.event,
            source.note,
            source.document,
            source.sha256,
        )
    named = [c.source for c in claims] + [e.source for c in claims for r in c.resolutions for e in r.evidence]
    for name in dict.fromkeys(name for name in named if name is not None and name not in sources):
        yield (name, name, *(None,) * 10)


def _claim(view: View, row: Row, claim: Claim) -> tuple[Any, ...]:
    quantity = claim.quantity or Quantity()
    low, high = quantity.range or (None, None)
    return (
        claim.id,
        claim.claim,
        claim.speaker,
        *_span(claim.said),
        claim.source,
        claim.at,
        claim.quote,
        claim.wording,
        claim.kind,
        claim.condition,
        *_span(claim.deadline),
        claim.deadline_words,
        *_span(claim.deadline_latest),
        claim.window,
        claim.probability,
        claim.probability_words,
        quantity.at_least,
        quantity.at_most,
        low,
        high,
        quantity.level,
        quantity.unit,
        claim.criteria,
        claim.series,
        claim.revises,
        claim.note,
        claim.added and claim.added.text,
        claim.checked and claim.checked.text,
        *(column.of(view, row) for column in _OWN_COLUMNS.values()),
    )


def _links(listing: Listing, claims: Sequence[Claim]) -> Iterable[tuple[str, str, str]]:
    revisions = revised_by(listing.ledger.facts, listing.day.toordinal())
    for claim in claims:
        links = [("revises", claim.revises)] if claim.revises else []
        links += [("depends_on", other) for other in claim.depends_on]
        links += [("see_also", other) for other in claim.see_also]
        links += [("revised_by", other) for other in revisions.get(claim.id, ())]
        yield from ((claim.id, relation, other) for relation, other in dict.fromkeys(links))


def _judgement(claim: Claim, number: int, made: Resolution) -> tuple[Any, ...]:
    return claim.id, number, made.outcome, made.judged.text, *_span(made.happened), made.value, made.by, made.note


def _evidence(claim: Claim, judgement: int, made: Resolution) -> Iterable[tuple[Any, ...]]:
    for number, found in enumerate(made.evidence, 1):
        yield (
            claim.id,
            judgement,
            number,
            found.source,
            found.at,
            found.title,
            found.publisher,
            found.url,
            *_span(found.published),
            found.says,
        )
