"""A site of ten thousand claims: built, again where nothing changed, and again after a verdict; writes its part."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import bench
from bench import BIN, Cost, child, ledger_text

ROUNDS = int(os.environ.get("BENCH_SITE_ROUNDS", "3"))
CLAIMS = int(os.environ.get("BENCH_SITE_CLAIMS", "10000"))
DAY = "2026-11-27"
SETTLED = 3  # seconds until the stat of a file counts
VERDICT = "      - outcome: false\n        judged: 2026-10-20\n        note: somebody looked again\n"


def main() -> None:
    """Measure, print, and write the part of the page."""
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(Path(folder))
    bench.write_part("site", "benchmarks/bench_site.py", report(costs))


def measured(folder: Path) -> dict[str, Cost]:
    """The median cost of each run, in rounds of all of them."""
    ledger, out, environ = folder / "claims.yaml", folder / "out", {"FORECAST_LEDGER_CACHE": str(folder / "cache")}
    ledger.write_text(ledger_text(CLAIMS), encoding="utf-8")
    program = str(BIN / "ledger")
    child([program, "-f", str(ledger), "list", "--limit", "1"], **environ)
    costs: dict[str, list[Cost]] = {"first": [], "unchanged": [], "verdict": []}
    for number in range(ROUNDS):
        shutil.rmtree(out, ignore_errors=True)
        for name, of in costs.items():
            if name == "verdict":
                judge(ledger, CLAIMS // 2 + number)
            time.sleep(SETTLED)
            of.append(child([program, "-f", str(ledger), "--as-of", DAY, "site", str(out)], **environ))
    return {
        name: Cost(statistics.median(c.cpu for c in of), statistics.median(c.memory for c in of))
        for name, of in costs.items()
    }


def judge(ledger: Path, number: int) -> None:
    """Write one more verdict by hand, below the others of a claim."""
    text = ledger.read_text(encoding="utf-8")
    end = text.index("  - id: ", text.index(f"  - id: claim-{number}\n") + 1)
    ledger.write_text(text[:end] + VERDICT + text[end:], encoding="utf-8")


def report(costs: dict[str, Cost]) -> list[str]:
    """The table."""
    rows = (
        ("first", "built", None),
        ("unchanged", "again, nothing changed", None),
        ("verdict", "again, after a verdict", 0.10),
    )
    return [
        "## A site written again",
        "",
        f"Made by `benchmarks/bench_site.py`: CPU of the whole process, medians of {ROUNDS}, {CLAIMS:,} claims of",
        "twenty lines, cached; the same day, program and folder.",
        "",
        "| run | CPU | peak memory | ratio | bound |",
        "|---|---|---|---|---|",
        *(
            bench.row(
                f"`site`, {words}", costs[name], *((costs["first"], "the first") if name != "first" else ()), bound=most
            )
            for name, words, most in rows
        ),
    ]


if __name__ == "__main__":
    main()
