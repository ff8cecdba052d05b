"""What the leaderboard of large tables costs, against the same SQL with the same validation run by DuckDB alone.

    python benchmarks/bench_bulk.py [--rows 1000000 10000000] [--engines duckdb polars] [--form parquet csv]

CPU seconds (user and system) of one run each, those of a run over ten rows subtracted: the start. Memory is the most
that the process held.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

SAME_SQL = """
import sys
import duckdb
from ledger.bulk import database, sql
from ledger.bulk.layout import Job
from ledger.bulk.tables import tables_at

class Bare(database.DuckDB):
    def _do(self, statement, values=None):
        return self._link.execute(statement, values).fetchall()

bare = Bare(Job(tables_at(sys.argv[1])))
bare._do("SELECT reason, n FROM judged")
print(len(bare._do(sql.tallies(sql.MARKS))), len(bare._do(sql.tallies(sql.CROWD_MARKS))))
"""


def generate(folder: Path, rows: int, form: str) -> Path:
    """One table of forecasts: a question for a thousand of them, a forecaster for two thousand."""
    path = folder / f"rows{rows}.{form}"
    if not path.exists():
        duckdb.execute(
            f"""COPY (
              SELECT 'q' || q AS claim, 'f' || (hash(i * 7) % {max(rows // 2000, 10)}) AS "by",
                make_timestamp(1577836800000000 + (hash(i * 11) % 31104000000000)::BIGINT) AS date,
                round(least(0.99, greatest(0.01, hash(q) % 1000 / 1000 + (hash(i * 13) % 400 / 1000 - 0.2))), 3)
                  AS probability,
                (hash(q * 3) % 1000 < hash(q) % 1000)::INTEGER AS outcome, DATE '2021-01-01' AS closes
              FROM (SELECT i, hash(i) % {max(rows // 1000, 10)} AS q FROM range({rows}) AS t(i)))
            TO '{path}'"""
        )
    return path


def cost(*command: str) -> tuple[float, float]:
    """CPU seconds and the most memory in MiB of one run."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--engines", nargs="+", default=["duckdb"])
    parser.add_argument("--form", nargs="+", default=["parquet", "csv"])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "ledger-bench-bulk")
    args = parser.parse_args()
    args.folder.mkdir(exist_ok=True)
    for form in args.form:
        small = str(generate(args.folder, 10, form))
        for rows in args.rows:
            path = str(generate(args.folder, rows, form))
            alone, held = cost("-c", SAME_SQL, path)
            alone -= cost("-c", SAME_SQL, small)[0]
            print(f"{form:8} {rows:>12,} the same SQL {alone:7.2f} s {held:8,.0f} MiB", flush=True)
            for engine in args.engines:
                run = ("-m", "ledger", "leaderboard", "--engine", engine, "--format", "json", "--forecasts")
                taken, held = cost(*run, path)
                taken -= cost(*run, small)[0]
                times = f"{taken / alone:5.2f} x" if engine == "duckdb" else ""
                print(f"{form:8} {rows:>12,} {engine:12} {taken:7.2f} s {held:8,.0f} MiB {times}", flush=True)


if __name__ == "__main__":
    main()
