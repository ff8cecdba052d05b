"""How the costs grow from ten thousand to a million claims; writes its part of docs/performance.md. Takes a while.

The claims are short, since a million of them have to stay below the bound on the bytes of all files together. They lie
in files of a hundred thousand, which is the bound of one.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import bench
from bench import BIN, Cost, child

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000,1000000").split(","))
A_FILE = 100_000
RARE = 20  # claims that the filter finds
HEAD = (
    "ledger: 1\npeople: {a: {name: Ada}, b: {name: Bob}}\ntopics: {rare: A rare one}\nsources: {t: {title: A talk}}\n"
)
RUNS = (
    ("cold list: a filter, no cache", "off", ("list", "--topic", "rare")),
    ("first run, which fills the cache", "on", ("list", "--topic", "rare")),
    ("warm filter, 20 claims", "on", ("list", "--topic", "rare")),
    ("warm count: `topics`", "on", ("topics",)),
    ("`list --limit 5`", "on", ("list", "--limit", "5")),
    ("`score`", "on", ("score",)),
    ("`check --summary`, first", "on", ("check", "--summary", "--ignore", "overdue")),
    ("`check --summary`, again", "on", ("check", "--summary", "--ignore", "overdue")),
    ("JSON of all claims", "on", ("list", "--format", "json")),
    ("TSV of all claims", "on", ("list", "--format", "tsv")),
)


def main() -> None:
    """Measure, print, and write the part of the page."""
    found = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found[size] = measured(Path(folder), size)
    bench.write_part("growth", "benchmarks/bench_growth.py", report(found))


def measured(folder: Path, size: int) -> list[Cost]:
    """The cost of each run over a ledger of that size, once each."""
    path = written(folder, size)
    costs = []
    for name, cache, words in RUNS:
        time.sleep(3)  # then stat keys count
        environ = {
            "FORECAST_LEDGER_MAX_CLAIMS": str(size),
            "FORECAST_LEDGER_CACHE": str(folder / "cache") if cache == "on" else "off",
        }
        costs.append(child([str(BIN / "ledger"), "-f", str(path), "--as-of", "2026-11-27", *words], **environ))
        print(f"{size:,}: {name}: {costs[-1].cpu:.2f} s, {costs[-1].memory:.0f} MiB", file=sys.stderr, flush=True)
    return costs


def written(folder: Path, size: int) -> Path:
    """A ledger of short claims, in files of at most `A_FILE` that the main one includes."""
    (folder / "claims").mkdir()
    rare = max(1, size // RARE)
    for file, start in enumerate(range(0, size, A_FILE)):
        claims = "".join(claim(number, number % rare == 0) for number in range(start, min(start + A_FILE, size)))
        (folder / "claims" / f"{file:02}.yaml").write_text(f"ledger: 1\nclaims:\n{claims}", encoding="utf-8")
    path = folder / "ledger.yaml"
    path.write_text(f"{HEAD}include: [claims/*.yaml]\nclaims: []\n", encoding="utf-8")
    return path


def claim(number: int, is_rare: bool) -> str:
    """A claim of six lines, one in four with a verdict."""
    verdict = "" if number % 4 else "    resolutions: [{outcome: false, judged: 2026-02-01, note: n}]\n"
    return (
        f"  - id: c{number}\n    claim: It is “{number}”.\n    speaker: {'a' if number % 3 else 'b'}\n    said: 2024\n"
        f"    source: t\n{'    topics: [rare]' + chr(10) if is_rare else ''}"
        f"    deadline: {2025 if verdict else 2027}\n{verdict}"
    )


def report(found: dict[int, list[Cost]]) -> list[str]:
    """A line a run, a column a size, and how the last two compare to what is linear."""
    last, before = max(found), sorted(found)[-2]
    lines = [
        "## Growth",
        "",
        "Made by `make growth`, which is not part of `make bench`: CPU of the whole process and peak memory, one run",
        f"each, short claims, {A_FILE:,} a file. The last column is how much more a claim takes in the largest ledger",
        "than in the one before it: 1 is linear.",
        "",
        "| run | " + " | ".join(f"{size:,} claims" for size in found) + " | a claim |",
        "|---" * (len(found) + 2) + "|",
    ]
    for at, (name, _, _) in enumerate(RUNS):
        cells = [f"{of[at].cpu:.2f} s, {of[at].memory:,.0f} MiB" for of in found.values()]
        share = found[last][at].cpu / found[before][at].cpu * before / last
        lines.append(f"| {name} | {' | '.join(cells)} | {share:.2f} |")
    return lines


if __name__ == "__main__":
    main()
