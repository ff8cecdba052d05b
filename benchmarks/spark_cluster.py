"""Ten million forecasts on a Spark cluster on this machine: one master, two workers, one of which is killed on the way.

    python benchmarks/spark_cluster.py [--rows 10000000] [--folder build/spark]

Generates the rows as Parquet, ranks them with DuckDB, starts the cluster on loopback, submits the same leaderboard to
it, kills a worker once the page of the application shows a finished stage, and holds the numbers against DuckDB's.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyspark

PORT, PAGE, APPLICATION = 17077, 18080, 14040
TOLERANCE = 1e-9


def generate(folder: Path, rows: int) -> Path:
    """Forecasts in eight Parquet files; questions and forecasters grow with the rows."""
    tables = folder / f"rows-{rows}"
    if not tables.exists():
        tables.mkdir(parents=True)
        for part in range(8):
            duckdb.execute(
                f"""COPY (
                  SELECT 'q' || q AS claim, 'f' || (hash(i * 7) % {max(rows // 2000, 10)}) AS "by",
                    make_timestamp(1577836800000000 + (hash(i * 11) % 31104000000000)::BIGINT) AS date,
                    round(least(0.99, greatest(0.01, hash(q) % 1000 / 1000 + (hash(i * 13) % 400 / 1000 - 0.2))), 3)
                      AS probability,
                    (hash(q * 3) % 1000 < hash(q) % 1000)::INTEGER AS outcome, DATE '2021-01-01' AS closes
                  FROM (SELECT i, hash(i) % {max(rows // 1000, 10)} AS q
                    FROM range({part * rows // 8}, {(part + 1) * rows // 8}) AS t(i)))
                TO '{tables / f"part{part}.parquet"}' (FORMAT parquet)"""
            )
    return tables


def command(tables: Path, *more: str) -> list[str]:
    """The leaderboard of these tables as JSON."""
    return [sys.executable, "-m", "ledger", "leaderboard", "--forecasts", str(tables), "--format", "json", *more]


class Cluster:
    """One master and two workers on loopback, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._home = Path(pyspark.__file__).parent
        self._folder = folder
        self._environ = {**os.environ, "SPARK_HOME": str(self._home), "SPARK_LOCAL_IP": "127.0.0.1"}
        self.address = f"spark://127.0.0.1:{PORT}"
        self.master = self._start("master", "Master", "--port", str(PORT), "--webui-port", str(PAGE))
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, name: str, role: str, *args: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{name}.log").open("wb")
        what = [str(self._home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role.lower()}.{role}"]
        # A group of its own: with a worker the executors that it started are killed too.
        return subprocess.Popen(
            [*what, "--host", "127.0.0.1", *args], stdout=log, stderr=log, env=self._environ, start_new_session=True
        )

    def add_worker(self) -> None:
        """Start one more worker with one core."""
        name = f"worker{len(self.workers)}"
        work = self._folder / name
        args = ("--cores", "1", "--memory", "3g", "--work-dir", str(work), self.address)
        self.workers.append(self._start(name, "Worker", *args))

    def wait(self, workers: int) -> None:
        """Wait until the master's page shows so many workers."""
        for _ in range(120):
            found = page(f"http://127.0.0.1:{PAGE}/json/")
            if found and sum(worker["state"] == "ALIVE" for worker in found["workers"]) >= workers:
                return
            time.sleep(0.5)
        raise SystemExit("the cluster did not come up; see its logs")

    def stop(self) -> None:
        """End every process that was started here."""
        for process in (*self.workers, self.master):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def page(url: str) -> Any:
    """What a page of Spark answers, or None."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def finished_stages() -> int:
    """How many stages the application's page shows as finished."""
    base = f"http://127.0.0.1:{APPLICATION}/api/v1/applications"
    applications = page(base) or []
    return sum(len(page(f"{base}/{one['id']}/stages?status=complete") or []) for one in applications)


def numbers(found: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a leaderboard by its path; forecasters by name."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from numbers(value, f"{path}.{key}")
    elif isinstance(found, list):
        for at, value in enumerate(found):
            name = value.get("forecaster", at) if isinstance(value, dict) else at
            yield from numbers(value, f"{path}[{name}]")
    else:
        yield path, found


def hold(ours: Any, theirs: Any) -> int:
    """How many values are the same to TOLERANCE; ends the run at the first that is not."""
    left, right = (dict(numbers(one)) for one in (ours, theirs))
    left.pop(".engine"), right.pop(".engine")
    if left.keys() != right.keys():
        raise SystemExit(f"only in one: {sorted(left.keys() ^ right.keys())[:5]}")
    for path, value in left.items():
        other = right[path]
        both = isinstance(value, float) and isinstance(other, float)
        scale = 100.0 if ".peer" in path or "baseline" in path else 1.0
        if not (math.isclose(value, other, rel_tol=TOLERANCE, abs_tol=1e-12 * scale) if both else value == other):
            raise SystemExit(f"{path}: {value!r} and {other!r}")
    return len(left)


def main() -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, default=Path("build/spark"))
    parser.add_argument("--spare", action="store_true", help="kill no worker")
    args = parser.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    tables = generate(folder, args.rows)
    began = time.monotonic()
    wanted = json.loads(subprocess.run(command(tables, "--engine", "duckdb"), check=True, capture_output=True).stdout)
    print(f"duckdb: {args.rows:,} rows in {time.monotonic() - began:.1f} s")

    conf = folder / "conf"
    conf.mkdir(exist_ok=True)
    settings = {
        "spark.executor.memory": "2g",
        "spark.driver.memory": "2g",
        "spark.ui.port": APPLICATION,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": 16,
    }
    (conf / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    cluster = Cluster(folder)
    try:
        cluster.add_worker()
        cluster.add_worker()
        cluster.wait(2)
        print("cluster: one master and two workers")
        began = time.monotonic()
        environ = {**os.environ, "SPARK_CONF_DIR": str(conf), "SPARK_LOCAL_IP": "127.0.0.1"}
        with (folder / "spark.json").open("wb") as out, (folder / "driver.log").open("wb") as err:
            more = ("--engine", "spark", "--master", cluster.address)
            driver = subprocess.Popen(command(tables, *more), stdout=out, stderr=err, env=environ)
            while driver.poll() is None:
                if not args.spare and cluster.workers[0].poll() is None and finished_stages():
                    os.killpg(cluster.workers[0].pid, signal.SIGKILL)
                    cluster.workers[0].wait()
                    after = time.monotonic() - began
                    print(f"killed a worker after {after:.1f} s, {finished_stages()} stages being finished")
                time.sleep(0.2)
        if driver.returncode:
            raise SystemExit(f"the leaderboard ended with {driver.returncode}; see {folder / 'driver.log'}")
        print(f"spark: {args.rows:,} rows in {time.monotonic() - began:.1f} s")
        if not args.spare and cluster.workers[0].poll() is None:
            raise SystemExit("no stage was seen to finish before the end: no worker was killed")
    finally:
        cluster.stop()
    same = hold(json.loads((folder / "spark.json").read_bytes()), wanted)
    print(f"{same:,} values of {len(wanted['forecasters']):,} forecasters are the same to a relative {TOLERANCE:g}")


if __name__ == "__main__":
    main()
