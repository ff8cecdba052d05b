"""export and site as a user runs them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LEDGER = """\
ledger: 1
title: Weather
people: {ann: {name: Ann}}
topics: {rain: rain}
sources: {talk: {title: A talk}}
claims:
  - {id: dry, claim: It stays dry in 2025., speaker: ann, said: 2025-01-08, source: talk, deadline: 2025}
  - {id: wet, claim: It rains in 2027., speaker: ann, said: 2025-01-08, source: talk, deadline: 2027, topics: [rain]}
"""
DAY = ("--as-of", "2026-06-30")
Run = Callable[..., Any]


def test_without_a_file_it_goes_to_standard_output(run: Run) -> None:
    ran = run("export", "jsonl", *DAY, "--topic", "rain", ledger=LEDGER)
    assert (ran.err, ran.status) == ("", 0)
    (row,) = map(json.loads, ran.out.splitlines())
    assert (row["id"], row["status"], row["declared"]["people"]) == (
        "wet",
        "open",
        {"ann": {"name": "Ann", "kind": "person", "fiscal_year_end": None, "note": None}},
    )


def test_a_file_is_written_whole(run: Run, tmp_path: Path) -> None:
    ran = run("export", "sqlite", *DAY, "--output", "claims.db", ledger=LEDGER)
    assert ran.out == ""
    assert ran.err.startswith("ledger: claims.db: 2 claims, ")
    assert sqlite3.connect(tmp_path / "claims.db").execute("SELECT id FROM overdue").fetchall() == [("dry",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.db", "claims.yaml"]


def test_an_unknown_format_offers_the_nearest(run: Run) -> None:
    ran = run("export", "jsonlines", ledger=LEDGER)
    assert (ran.err, ran.status) == ("ledger: no format 'jsonlines'\n  did you mean jsonl, jsonld or json?\n", 2)


def test_an_address_where_none_is_used_is_refused(run: Run) -> None:
    assert run("export", "csv", "--url", "https://example.org", ledger=LEDGER).status == 2
    assert run("export", "ics", "--url", "javascript:alert(1)", ledger=LEDGER).status == 2


def test_a_file_that_cannot_be_written_is_named(run: Run) -> None:
    ran = run("export", "csv", "--output", "no/such/claims.csv", ledger=LEDGER)
    assert ran.status == 3
    assert ran.err.startswith("ledger: no/such/claims.csv: cannot be written: there is no folder no/such\n")


def test_the_whole_ledger_as_a_table_keeps_its_header(run: Run) -> None:
    out = run("export", "csv", *DAY, ledger=LEDGER).out.splitlines()
    assert out[0].startswith("id,claim,speaker,said,source,")
    assert [line.split(",")[0] for line in out[1:]] == ["dry", "wet"]


@pytest.fixture
def site(run: Run, tmp_path: Path) -> Callable[..., Any]:
    def build(*args: str, ledger: str = LEDGER) -> Any:
        return run("site", "out", *DAY, *args, ledger=ledger)

    return build


def test_a_site_says_what_it_wrote(site: Run, tmp_path: Path) -> None:
    ran = site()
    assert (ran.out, ran.status) == ("", 0)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert ran.err == f"ledger: out: {len(files)} files, {len(files)} of them new or changed\n"
    assert site().err == f"ledger: out: {len(files)} files, 0 of them new or changed\n"


def test_stale_pages_go_and_nothing_else_does(site: Run, tmp_path: Path) -> None:
    site()
    (tmp_path / "out" / "mine.html").write_text("mine")
    (tmp_path / "out" / "claim" / "mine.html").write_text("mine")
    ran = site(ledger=LEDGER.replace("id: dry", "id: parched"))
    assert ", 3 removed" in ran.err
    assert sorted(path.name for path in (tmp_path / "out" / "claim").iterdir()) == [
        "mine.html",
        "parched.html",
        "wet.html",
    ]
    assert (tmp_path / "out" / "mine.html").read_text() == "mine"


def test_a_folder_with_something_else_in_it_is_refused(site: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    ran = site()
    assert ran.status == 4
    assert ran.err == (
        "ledger: out: is not empty and not a site made by ledger; nothing was written\n"
        "  name a new or an empty folder\n"
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.doc"]


def test_a_file_in_the_place_of_the_folder_is_refused(site: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    assert site().status == 4


def test_nothing_is_written_through_a_link_out_of_the_folder(site: Run, tmp_path: Path) -> None:
    site()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for page in (tmp_path / "out" / "claim").iterdir():
        page.unlink()
    (tmp_path / "out" / "claim").rmdir()
    (tmp_path / "out" / "claim").symlink_to(elsewhere)
    assert site().status == 4
    assert list(elsewhere.iterdir()) == []


def test_a_forged_list_of_files_removes_nothing_outside(site: Run, tmp_path: Path) -> None:
    site()
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    marker = tmp_path / "out" / ".forecast-ledger-site"
    marker.write_text(marker.read_text() + f"../victim.txt\n{victim}\na/b/c.html\n.hidden\n")
    assert site().status == 0
    assert victim.exists()
