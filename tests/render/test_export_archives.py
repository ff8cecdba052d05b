"""Exports for spreadsheets, data frames and databases, opened by the programs they are for."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.columns import FLAT, FLAT_NAMES
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.query import Filter, in_order, select
from ledger.render import escape
from ledger.results.list import Listing
from ledger.text import unguarded
from support import attacks
from support.exports import exported
from support.ledgers import HEAD, RICH

DAY = date(2026, 6, 30)
LEDGER = """\
ledger: 1
title: Rain
about: {keeper: Ann, licence: CC-BY-4.0, url: "https://example.org/"}
people: {ann: {name: Ann Ash}, bob: {name: Bob, kind: crowd}}
topics: {rain: "rain, and where", snow: snow}
sources: {talk: {title: A talk, url: "https://example.org/talk", published: 2025-01-09}}
claims:
  - id: rain
    claim: "=It rains."
    speaker: ann
    said: 2025-01-08
    source: talk
    topics: [rain, snow]
    deadline: 2025
    probability: 80%
    quantity: {at_least: 50, unit: days}
    resolutions:
      - outcome: true
        judged: 2026-01-05
        happened: 2025-11
        value: 51
        evidence: [{source: talk}, {url: "https://example.org/x"}]
  - {id: hail, claim: It hails., speaker: bob, said: unknown, source: talk, deadline: none}
"""


def export(form: str, text: str = LEDGER, **options: Any) -> bytes:
    found = load(Disk(), [GivenText("claims.yaml", text.encode())])
    rows = tuple(in_order(select(found.facts, Filter(), DAY.toordinal())))
    return exported(Listing(found, DAY, rows, len(rows)), form, **options)


def rain(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if row["id"] == "rain")


def test_csv_has_the_verdict_and_names_in_cells_of_their_own() -> None:
    found = rain(list(csv.DictReader(io.StringIO(export("csv").decode()))))
    assert {name: found[name] for name in ("outcome", "deadline_end", "topics", *FLAT)} == {
        "outcome": "true",
        "deadline_end": "2025-12-31",
        "topics": "rain; snow",
        "judged": "2026-01-05",
        "happened": "2025-11",
        "value": "51",
        "evidence_url": "https://example.org/talk",
        "speaker_name": "Ann Ash",
        "source_title": "A talk",
        "topic_names": "rain, and where; snow",
        "names": '{"people": {"ann": "Ann Ash"}, "topics": {"rain": "rain, and where", "snow": "snow"}, '
        '"sources": {"talk": "A talk"}}',
    }
    assert json.loads(found["quantity"])["at_least"] == 50


def test_a_byte_order_mark_on_request() -> None:
    assert export("csv", bom=True) == b"\xef\xbb\xbf" + export("csv")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf"))))
def test_the_guard_against_formulas_is_reversible(text: str) -> None:
    assert unguarded(escape.csv_cell(text)) == text
    assert not escape.csv_cell(text).startswith(("=", "@"))


@pytest.mark.parametrize("text", ["'", "'=", "''=1", "=", "-5", "'-5", "'a", "-", "+1+1", "＝1"])
def test_the_guard_is_reversible_where_texts_look_guarded(text: str) -> None:
    assert unguarded(escape.csv_cell(text)) == text


def test_parquet_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    path.write_bytes(export("parquet"))
    found = duckdb.sql(f"SELECT * FROM '{path}' WHERE id = 'rain'")
    assert tuple(found.columns) == FLAT_NAMES
    row = dict(zip(found.columns, found.fetchall()[0], strict=True))
    assert (row["claim"], row["probability"], row["value"]) == ("=It rains.", 0.8, 51.0)
    assert (row["topics"], row["topic_names"]) == (["rain", "snow"], ["rain, and where", "snow"])
    assert (row["judged"], row["deadline_end"]) == (date(2026, 1, 5), date(2025, 12, 31))
    assert row["days"] == -181
    assert json.loads(row["resolutions"])[0]["value"] == 51


def test_a_workbook_has_typed_cells_and_no_formulas() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx")))
    assert book.sheetnames == ["claims", "judgements", "people", "sources", "topics"]
    head, *rows = book["claims"].iter_rows()
    cells = dict(zip((cell.value for cell in head), rows[0] if rows[0][0].value == "rain" else rows[1], strict=True))
    assert (cells["claim"].value, cells["claim"].data_type) == ("=It rains.", "s")
    assert (cells["probability"].value, cells["judged"].value.date()) == (0.8, date(2026, 1, 5))
    assert [cell.value for cell in next(book["judgements"].iter_rows(min_row=2))][:3] == ["rain", 1, "true"]
    assert [cell.value for cell in list(book["people"].iter_rows())[2]][:3] == ["bob", "Bob", "crowd"]


@pytest.mark.parametrize("form", ["xlsx", "datapackage"])
def test_an_archive_holds_no_time_of_the_clock(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(form))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode() if form == "xlsx" else ""
    assert re.findall("[0-9-]{10}T[0-9:]+Z", core) == ["2026-06-30T00:00:00Z"] * (2 if core else 0)


def test_a_workbook_of_hostile_texts_opens() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(attacks.listing(), "xlsx")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_data_package_describes_its_files() -> None:
    with zipfile.ZipFile(io.BytesIO(export("datapackage"))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert (package["title"], package["licenses"]) == ("Rain", [{"name": "CC-BY-4.0"}])
        for resource in package["resources"]:
            header, *rows = csv.reader(io.StringIO(archive.read(resource["path"]).decode()))
            assert header == [field["name"] for field in resource["schema"]["fields"]]
            assert rows and all(len(row) == len(header) for row in rows)
            assert set(resource["schema"]["primaryKey"]) <= set(header)


def test_a_database_finds_words_and_datasette_is_told_of_it() -> None:
    link = sqlite3.connect(":memory:")
    link.deserialize(export("sqlite", LEDGER.replace("It hails.", "Es hagelt über Köln.")))
    link.row_factory = sqlite3.Row
    metadata = json.loads(export("datasette", stem="rain"))
    assert (metadata["title"], metadata["license"]) == ("Rain", "CC-BY-4.0")
    database = metadata["databases"]["rain"]
    sql = database["queries"]["search"]["sql"]
    assert [row["id"] for row in link.execute(sql, {"words": "koln"})] == ["hail"]
    for name, table in database["tables"].items():
        columns = {row["name"] for row in link.execute(f"PRAGMA table_info({name})")}
        assert columns and set(table.get("facets", [])) <= columns, name
        assert table.get("label_column", table.get("sort", "id")) in columns | {"id"}
    link.close()


@pytest.mark.parametrize("form", ["parquet", "xlsx", "datapackage", "sqlite", "csv", "datasette"])
def test_what_was_exported_is_known_for_our_own(form: str) -> None:
    from ledger.render import own

    assert own.export(form)(export(form))
    assert not own.export(form)(b"something else")


def _about(form: str, made: bytes) -> Any:
    """What a format holds of who answers for the ledger."""
    if form == "parquet":
        found = duckdb.sql("SELECT value FROM parquet_kv_metadata('about.parquet') WHERE key = 'about'").fetchall()
        return json.loads(found[0][0])
    if form == "sqlite":
        with sqlite3.connect(":memory:") as link:
            link.deserialize(made)
            rows = link.execute("SELECT key, value FROM ledger WHERE key LIKE 'about_%'").fetchall()
        return {key.removeprefix("about_"): value for key, value in rows}
    if form == "datapackage":
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            return json.loads(archive.read("datapackage.json"))["about"]
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(made)).properties
        address, *_, licence = book.description.splitlines()
        return {"keeper": book.creator, "url": address, "licence": licence.removeprefix("Licence: ")}
    found = json.loads(made.splitlines()[0] if form == "jsonl" else made)
    return found["declared"]["about"] if form == "jsonl" else found["about"]


@pytest.mark.parametrize("form", ["json", "jsonl", "parquet", "sqlite", "datapackage", "xlsx"])
def test_who_answers_for_the_ledger_is_exported(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = export(form, LEDGER.replace("Ann,", "Ann O'Hara,"))
    Path("about.parquet").write_bytes(made)
    found = {key: value for key, value in _about(form, made).items() if value}
    assert found == {"keeper": "Ann O'Hara", "licence": "CC-BY-4.0", "url": "https://example.org/"}


def test_every_kind_of_claim_is_exported() -> None:
    for form in ("parquet", "xlsx", "datapackage"):
        assert export(form, HEAD + RICH)
