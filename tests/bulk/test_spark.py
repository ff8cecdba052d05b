"""The engine spark on this machine: the numbers of the plain-Python reference. Needs pyspark and Java: `make spark`."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bulk.layout import MEASURES, Job
from ledger.bulk.reference import ReferenceJob
from support.random_tables import assert_same, assert_same_bins, assert_same_pairs, job, ledger_job, random_rows, write

pytest.importorskip("pyspark")
pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize(("seed", "form"), [(0, "csv"), (1, "tsv"), (2, "jsonl"), (7, "csv")])
def test_spark_gives_the_same(seed: int, form: str, tmp_path: Path) -> None:
    folder = write(random_rows(seed, 1000), tmp_path / "tables", form, files=1 + seed % 3)
    for of in (job(folder), ledger_job(folder)):
        hold(of)


def hold(of: Job) -> None:
    from ledger.bulk.spark_engine import Spark

    reference, spark = ReferenceJob(of), Spark(of)
    wanted = reference.reduce()
    assert_same(spark.reduce(), wanted)
    for folded in (False, True):
        assert_same_bins(spark.bins(folded=folded, by=folded), reference.bins(folded=folded, by=folded))
    names = [tally.name for tally in wanted.tallies if not tally.crowd][:2]
    for measure in MEASURES if len(names) == 2 else ():
        assert_same_pairs(spark.pairs(*names, measure), reference.pairs(*names, measure))
    reasons = sorted((row.reason, row.claim or "", row.by or "") for row in reference.rejects())
    assert sorted((row.reason, row.claim or "", row.by or "") for row in spark.rejects()) == reasons
    spark.close()


def test_typed_parquet_of_duckdb(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write(random_rows(5, 400), tmp_path / "csv", "csv")
    path = tmp_path / "t.parquet"
    duckdb.execute(
        f"""COPY (SELECT claim, "by", date::TIMESTAMP AS date, probability::DOUBLE AS probability,
        outcome::TINYINT AS outcome, closes::DATE AS closes FROM (VALUES
          ('q', 'a', '2020-01-01 10:00', 0.25, 1, '2020-02-01'), ('q', 'b', '2020-01-02', 0.5, 1, '2020-02-01'),
          ('r', 'a', '2020-01-01', 0.75, 0, NULL)) AS t(claim, "by", date, probability, outcome, closes))
        TO '{path}' (FORMAT parquet)"""
    )
    from ledger.bulk.database import DuckDB
    from ledger.bulk.spark_engine import Spark
    from ledger.bulk.tables import tables_at

    of = Job(tables_at(str(path)))
    assert_same(Spark(of).reduce(), DuckDB(of).reduce())
