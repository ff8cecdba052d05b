"""Exports as other programs read them: the real parsers of each format, and a ledger that attacks them."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
import urllib.parse
from datetime import date
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
import sqlite_utils

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.query import Filter, in_order, select
from ledger.render.export.formats import FORMS, Form
from ledger.results.groups import ALL, SCORED, Clusters, groups_of, standing
from ledger.results.list import Listing
from support import attacks
from support.exports import exported

DAY = date(2026, 6, 30)
LEDGER = """\
ledger: 1
title: Rain in Rome
people: {ann: {name: Ann Ash, note: a forecaster}}
topics: {rain: "rain, and where"}
sources:
  talk: {title: A talk, publisher: The Paper, url: "https://example.org/talk", published: 2025-01-09}
claims:
  - id: rain
    claim: It rains in Rome, often; every week.
    speaker: ann
    said: 2025-01-08
    source: talk
    topics: [rain]
    deadline: 2026
    deadline_words: next year
    quantity: {at_least: 50, range: [50, 60], unit: days}
    criteria: The weather service reports rain in Rome.
    series: rains
  - id: snow
    claim: It snows.
    speaker: ann
    said: 2025-Q1
    source: talk
    deadline: 2025-12
    revises: rain
    see_also: [rain]
    series: rains
    amended: [{date: 2025-06-01, fields: [deadline], why: misread}]
    resolutions:
      - outcome: "false"
        judged: 2026-01-05
        value: 0
        evidence: [{source: talk, at: page 2, says: None fell.}, {title: A page, url: "https://example.org/x"}]
        note: Dry.
  - id: hail
    claim: It hails some day.
    speaker: ann
    said: unknown
    source: talk
    deadline: none
"""


def listing(text: str = LEDGER, day: date = DAY) -> Listing:
    found = load(Disk(), [GivenText("claims.yaml", text.encode())])
    assert not found.problems
    rows = tuple(in_order(select(found.facts, Filter(), day.toordinal())))
    return Listing(found, day, rows, len(rows))


def text_of(form: str, address: str | None = None) -> str:
    return exported(listing(), form, address=address).decode()


# --- calendar --------------------------------------------------------------------------------------------------


def test_a_calendar_has_an_all_day_event_a_deadline() -> None:
    icalendar = pytest.importorskip("icalendar")
    data = exported(listing(), "ics", address="https://example.org/claims/")
    calendar = icalendar.Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == 2
    rain = events[1]
    assert rain["DTSTAMP"].dt.date() == date(2025, 1, 8)  # when it was said: nothing has changed since
    assert rain["DTSTART"].dt == date(2026, 12, 31)
    assert rain["DTEND"].dt == date(2027, 1, 1)
    assert str(rain["SUMMARY"]) == "Due: It rains in Rome, often; every week."
    assert str(rain["DESCRIPTION"]).splitlines() == [
        "Ann Ash, said 8 January 2025",
        "Deadline: 2026 (“next year”)",
        "State on 30 June 2026: open, in 6 months",
        "What decides: The weather service reports rain in Rome.",
        "Id: rain",
    ]
    assert str(rain["URL"]) == "https://example.org/claims/claim/rain.html"
    assert [str(name) for name in rain["CATEGORIES"].cats] == ["rain"]
    assert int(events[0]["SEQUENCE"]) == 1
    assert not [error for event in events for error in event.errors]


def test_a_calendar_s_lines_are_folded_at_75_octets_and_end_in_crlf() -> None:
    data = exported(listing(LEDGER.replace("It snows.", "Schnee fällt über Österreich, " * 9)), "ics")
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) == 75
    assert all(line.decode() is not None for line in lines)


def test_a_moved_deadline_moves_the_event_that_is_there() -> None:
    before = text_of("ics")
    after = exported(listing(LEDGER.replace("deadline: 2026\n", "deadline: 2027\n")), "ics").decode()
    names = [[line for line in text.splitlines() if line.startswith("UID:")] for text in (before, after)]
    assert sorted(names[0]) == sorted(names[1]) and len(set(names[0])) == 2
    assert "DTSTART;VALUE=DATE:20271231" in after


@pytest.mark.parametrize("form", ["ics", "atom"])
def test_names_are_unique_across_ledgers_and_do_not_move_with_the_day(form: str) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"^UID:.*|<id>[^<]*</id>", text, re.MULTILINE))

    mine = names(text_of(form))
    assert mine and mine == names(exported(listing(day=date(2026, 7, 9)), form).decode())
    assert not mine & names(exported(listing(LEDGER.replace("Rain in Rome", "Rain in Bern")), form).decode())
    assert not mine & names(text_of(form, "https://example.org/claims/"))


# --- feed ------------------------------------------------------------------------------------------------------


def test_a_feed_tells_what_fell_due_and_what_was_judged() -> None:
    feedparser = pytest.importorskip("feedparser")
    feed = feedparser.parse(text_of("atom", "https://example.org/claims/"))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Rain in Rome"
    assert feed.feed.updated == "2026-01-05T00:00:00Z"
    assert [(entry.title, entry.updated, entry.link) for entry in feed.entries] == [
        ("Judged false: It snows.", "2026-01-05T00:00:00Z", "https://example.org/claims/claim/snow.html"),
        ("Fell due: It snows.", "2026-01-01T00:00:00Z", "https://example.org/claims/claim/snow.html"),
    ]
    assert (
        feed.entries[0].summary
        == "Ann Ash, said first quarter of 2025, deadline December 2025.\nValue: 0.\nNone fell.\nDry."
    )
    assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)


def test_a_feed_is_valid_without_an_address_and_without_entries() -> None:
    empty = exported(listing(day=date(2025, 3, 1)), "atom").decode()
    root = ElementTree.fromstring(empty)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [child.tag.removeprefix(atom) for child in root] == ["title", "id", "updated", "author", "generator"]


# --- linked data -----------------------------------------------------------------------------------------------

# Of schema.org's vocabulary: the properties that these types have, inherited ones included.
THING = {"name", "description", "identifier", "url"}
WORK = THING | {
    "text",
    "author",
    "datePublished",
    "temporalCoverage",
    "about",
    "isPartOf",
    "publisher",
    "abstract",
    "citation",
}
TERMS = {
    "Claim": WORK | {"appearance", "firstAppearance", "claimInterpreter"},
    "ClaimReview": WORK | {"itemReviewed", "reviewRating", "reviewBody", "claimReviewed", "contributor"},
    "CreativeWork": WORK,
    "CreativeWorkSeries": WORK,
    "Organization": THING,
    "Person": THING,
    "Rating": THING | {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Thing": THING,
    None: {"name"},
}


def unknown_terms(node: object) -> list[str]:
    if isinstance(node, list):
        return [term for item in node for term in unknown_terms(item)]
    if not isinstance(node, dict):
        return []
    found = [] if set(node) == {"@id"} else [k for k in node if k[0] != "@" and k not in TERMS[node.get("@type")]]
    return found + [term for value in node.values() for term in unknown_terms(value)]


def test_linked_data_speaks_in_terms_of_schema_org() -> None:
    document = json.loads(text_of("jsonld", "https://example.org/claims/"))
    assert document["@context"] == "https://schema.org"
    assert [node["@type"] for node in document["@graph"]] == ["Claim", "ClaimReview", "Claim", "Claim"]
    assert unknown_terms(document["@graph"]) == []
    snow, review, rain, hail = document["@graph"]
    assert rain["@id"] == "https://example.org/claims/claim/rain.html#claim"
    assert rain["datePublished"] == "2025-01-08"
    assert rain["temporalCoverage"] == "2026-01-01/2026-12-31"
    assert rain["appearance"]["publisher"] == {"@type": "Organization", "name": "The Paper"}
    assert review["claimReviewed"] == snow["text"]
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "@id": snow["@id"],
        "author": {"@type": "Person", "name": "Ann Ash"},
        "appearance": snow["appearance"],
    }
    assert review["author"] == {"@type": "Organization", "name": "Rain in Rome"}
    assert review["url"] == snow["url"] and review["datePublished"] == "2026-01-05"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "false",
    }
    assert [cited["name"] for cited in review["citation"]] == ["A talk", "A page"]
    assert "datePublished" not in snow  # a quarter has no form in ISO 8601
    assert "temporalCoverage" not in hail


# --- database --------------------------------------------------------------------------------------------------


@pytest.fixture
def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exported(listing(), "sqlite", errors=2))
    return connection


def test_a_database_is_sound_and_keyed(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert dict(database.execute("SELECT key, value FROM ledger")) == {
        "as_of": "2026-06-30",
        "errors": "2",
        "schema": "ledger.sqlite/1",
        "title": "Rain in Rome",
        "version": __import__("ledger").__version__,
    }


def test_other_programs_open_the_database(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    path.write_bytes(exported(listing(), "sqlite", errors=0))
    opened = sqlite_utils.Database(path)
    assert opened["claims"].count == len(listing().rows)
    assert opened["claims"].pks == ["id"]
    assert opened["claims"].foreign_keys
    assert opened.view_names()
    for name in opened.view_names():
        list(opened[name].rows)
    opened.close()


def test_a_database_answers_the_usual_questions(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT id, speaker, deadline, days FROM falling_due").fetchall() == [
        ("rain", "Ann Ash", "2026", 184)
    ]
    assert database.execute("SELECT id FROM overdue").fetchall() == []
    assert database.execute("SELECT claims, scored, miss, undated, rate FROM rates_by_speaker").fetchall() == [
        (3, 1, 1, 1, 0.0)
    ]
    assert database.execute("SELECT id, claims, scored, rate FROM rates_by_topic").fetchall() == [("rain", 1, 0, None)]
    assert database.execute(
        "SELECT said_start, said_end, typeof(quantity_at_least) FROM claims WHERE id = 'rain'"
    ).fetchone() == (
        "2025-01-08",
        "2025-01-08",
        "real",
    )
    assert database.execute("SELECT * FROM claim_links").fetchall() == [
        ("rain", "revised_by", "snow"),
        ("snow", "revises", "rain"),
        ("snow", "see_also", "rain"),
    ]
    assert database.execute("SELECT outcome, value FROM latest_judgements").fetchall() == [("false", 0.0)]
    assert database.execute("SELECT number, source, title FROM evidence").fetchall() == [
        (1, "talk", None),
        (2, None, "A page"),
    ]


def test_the_same_ledger_gives_the_same_bytes() -> None:
    for form in FORMS:
        assert exported(listing(), form) == exported(listing(), form)


# --- lines of JSON ---------------------------------------------------------------------------------------------


def test_a_line_carries_what_the_claim_names() -> None:
    rows = {row["id"]: row for row in map(json.loads, text_of("jsonl").splitlines())}
    assert rows["snow"]["declared"] == {
        "title": "Rain in Rome",
        "about": None,
        "people": {"ann": {"name": "Ann Ash", "kind": "person", "fiscal_year_end": None, "note": "a forecaster"}},
        "topics": {},
        "sources": {
            "talk": {
                "title": "A talk",
                "publisher": "The Paper",
                "url": "https://example.org/talk",
                "archived": None,
                "published": {"text": "2025-01-09", "start": "2025-01-09", "end": "2025-01-09", "approximate": False},
                "event": None,
                "note": None,
                "document": None,
                "sha256": None,
            }
        },
    }
    assert rows["rain"]["declared"]["topics"] == {"rain": "rain, and where"}


# --- attacks ---------------------------------------------------------------------------------------------------


def attacked(form: str) -> bytes:
    return exported(attacks.listing(), form, address="https://example.org/")


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if form.text])
def test_no_text_format_steers_a_terminal(form: str) -> None:
    text = attacked(form).decode()
    assert [f"{character!r}" for character in text if character in "\x00\x07\x1b\x9b\u202e\u2066\u2028"] == []


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_no_cell_is_a_formula(form: str, delimiter: str) -> None:
    text = attacked(form).decode()
    quoting = csv.QUOTE_MINIMAL if form == "csv" else csv.QUOTE_NONE
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    assert len(rows) == 5
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not [
        cell
        for cell in cells
        if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not cell[1:].isdigit())
    ]


def test_no_calendar_line_can_be_added() -> None:
    icalendar = pytest.importorskip("icalendar")
    data = attacked("ics")
    calendar = icalendar.Calendar.from_ical(data)
    assert {component.name for component in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    assert len(calendar.walk("VEVENT")) == 4
    assert b"\r\nATTACH" not in data
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_no_feed_holds_markup() -> None:
    feedparser = pytest.importorskip("feedparser")
    data = attacked("atom").decode()
    root = ElementTree.fromstring(data)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "feed", "title", "id", "updated", "author", "name", "generator", "link", "entry", "category", "content"
    }  # fmt: skip
    assert {element.get("type") for element in root.iter("{http://www.w3.org/2005/Atom}content")} == {"text"}
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert len(feed.entries) == 2
    assert all(urllib.parse.urlsplit(entry.link).netloc == "example.org" for entry in feed.entries)
    assert all(".." not in entry.link for entry in feed.entries)


def test_a_markdown_table_stays_a_table() -> None:
    lines = attacked("markdown").decode().splitlines()
    assert len(lines) == 6
    assert all("<script" not in line and line.startswith("| ") for line in lines)


def test_a_database_holds_attacks_as_plain_values() -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(attacked("sqlite"))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT count(*) FROM claims").fetchone() == (4,)
    assert "\\x1b" in connection.execute("SELECT claim FROM claims").fetchone()[0]


def test_linked_data_and_json_are_still_json() -> None:
    assert len(json.loads(attacked("jsonld"))["@graph"]) == 5
    assert len(json.loads(attacked("json"))["claims"]) == 4
    assert len([json.loads(line) for line in attacked("jsonl").decode().splitlines()]) == 4


def test_a_new_format_is_a_module_and_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other list of formats has to be told."""
    made = ModuleType("org")
    made.document = lambda listing, errors: f"* {len(listing.rows)} claims, {errors} errors\n"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ledger.render.export.org", made)
    monkeypatch.setitem(FORMS, "org", Form("org", "an outline", takes=("errors",)))
    assert exported(listing(), "org", errors=2) == b"* 3 claims, 2 errors\n"


def test_the_rates_of_a_database_are_those_of_the_program(tmp_path: Path) -> None:
    """Rates are told once more in SQL, for who deletes rows there: the two may never differ."""
    day = date(2026, 11, 27)
    ledger = load(Disk(), [str(Path(__file__).parents[2] / "data" / "claims.yaml")])
    rows = tuple(in_order(select(ledger.facts, Filter(), day.toordinal()), ["id"]))
    path = tmp_path / "claims.db"
    path.write_bytes(exported(Listing(ledger, day, rows, len(rows)), "sqlite", errors=0))
    database = sqlite3.connect(path)
    names = ("claims", "open", "overdue", "undated", "void", "unscored", "scored", *SCORED, "rate")
    clusters = Clusters(ledger.facts, day.toordinal())
    for view, by in (
        ("rates", None),
        ("rates_by_speaker", "speaker"),
        ("rates_by_topic", "topic"),
        ("rates_by_series", "series"),
    ):
        columns = [*(["id"] if by else []), *names]
        told = {
            row[0] if by else ALL: row[-len(names) :]
            for row in database.execute(f"SELECT {', '.join(columns)} FROM {view}")
        }
        wanted = {}
        for name, group in groups_of(rows, by):
            if name is not None:
                found = standing(group, clusters)
                account = found.account._asdict()
                wanted[name] = (
                    *(account[one] for one in names[:6]),
                    found.n,
                    *(found.scored[one] for one in SCORED),
                    found.rate.rate,
                )
        assert told == wanted, view
    database.close()
