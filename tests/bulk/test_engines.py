"""Every engine gives the numbers of the plain-Python reference, on the same random tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from ledger.bulk.layout import MEASURES, Job
from ledger.bulk.reference import ReferenceJob
from ledger.bulk.tables import tables_at
from support.random_tables import assert_same, assert_same_bins, assert_same_pairs, job, ledger_job, random_rows, write

TABLES, ROWS = int(os.environ.get("BULK_TABLES", "12")), int(os.environ.get("BULK_ROWS", "300"))
FORMS = ("csv", "tsv", "jsonl", "csv")


def engine(name: str, of: Job) -> Any:
    pytest.importorskip(name)
    from ledger.bulk.engines import opened

    return opened(name, of, lambda share: None)


def hold(name: str, of: Job) -> None:
    reference, other = ReferenceJob(of), engine(name, of)
    try:
        wanted = reference.reduce()
        assert_same(other.reduce(), wanted)
        for folded in (False, True):
            for by in (False, True):
                assert_same_bins(other.bins(folded=folded, by=by), reference.bins(folded=folded, by=by))
        names = [tally.name for tally in wanted.tallies if not tally.crowd][:2]
        if len(names) == 2:
            for measure in MEASURES:
                assert_same_pairs(other.pairs(*names, measure), reference.pairs(*names, measure))
        for by in names:
            assert other.given(by) == reference.given(by) != []
        places = [reject[:3] for reject in reference.rejects()]
        assert sorted(reject[:3] for reject in other.rejects()) == sorted(places)
    finally:
        other.close()


@pytest.mark.parametrize("name", ["duckdb", "polars"])
@pytest.mark.parametrize("seed", range(TABLES))
def test_tables_that_stand_alone(name: str, seed: int, tmp_path: Path) -> None:
    rows = random_rows(seed, ROWS if seed % 10 else 10 * ROWS if ROWS < 1000 else ROWS)
    hold(name, job(write(rows, tmp_path / "tables", FORMS[seed % 4], files=1 + seed % 3)))


@pytest.mark.parametrize("name", ["duckdb", "polars"])
@pytest.mark.parametrize("seed", range(0, TABLES, 6))
def test_tables_about_a_ledger(name: str, seed: int, tmp_path: Path) -> None:
    hold(name, ledger_job(write(random_rows(seed, ROWS), tmp_path / "tables", FORMS[seed % 4], files=1 + seed % 3)))


@pytest.mark.parametrize("name", ["duckdb", "polars"])
def test_typed_columns_of_parquet_mean_what_texts_mean(name: str, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    rows = """SELECT claim, "by", date{} AS date, probability{} AS probability, outcome{} AS outcome, closes{} AS closes
      FROM (VALUES
      ('q', 'a', '2020-01-01 10:00', '0.25', '1', '2020-02-01'), ('q', 'b', '2020-01-02', '0.5', '1', '2020-02-01'),
      ('q', 'b', '2020-02-01 00:00', '0.5', '1', '2020-02-01'), ('r', 'a', '2020-01-01', '1.75', '0', NULL),
      ('r', 'b', '2020-01-01', '0.75', '0', NULL), (NULL, 'b', '2020-01-01', '0.75', '0', NULL))
      AS t(claim, "by", date, probability, outcome, closes)"""
    stamps = (
        ("::TIMESTAMP", "::DOUBLE", "::TINYINT", "::DATE"),
        ("::TIMESTAMPTZ", "::DECIMAL(4,2)", "::DOUBLE", "::DATE"),
    )
    for kinds in stamps:
        path = tmp_path / f"t{len(kinds[0])}.parquet"
        duckdb.execute("SET TimeZone = 'UTC'")
        duckdb.execute(f"COPY ({rows.format(*kinds)}) TO '{path}' (FORMAT parquet)")
        found = engine(name, Job(tables_at(str(path))))
        csv = tmp_path / "t.csv"
        csv.unlink(missing_ok=True)
        text = rows.format("[:10] || 'T' || coalesce(nullif(date[12:], ''), '00:00') || 'Z'", "", "", "")
        duckdb.execute(f"COPY ({text}) TO '{csv}' (HEADER)")
        wanted = ReferenceJob(Job(tables_at(str(csv))))
        assert_same(found.reduce(), wanted.reduce())
        assert wanted.reduce().rejected == {"outside": 1, "too-late": 1, "unnamed": 1}
        places = sorted((row.row, row.reason) for row in found.rejects())
        assert places == [(3, "too-late"), (4, "outside"), (6, "unnamed")]
        found.close()
