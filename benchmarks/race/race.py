"""The same number of records in this program and five others: list, filter, count and edit, in alternation.

    python benchmarks/race/race.py

installs the others (Debian's hledger, ledger and taskwarrior; beancount, beanquery and todoman in an environment
of their own), runs the race and writes its part of docs/performance.md. CPU seconds of the child (user and
system), medians; read them as ratios.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import bench
from peers import OPERATIONS, PEERS, BeanQuery, Ours, Peer, Todoman

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "11"))
COLD_ROUNDS = int(os.environ.get("BENCH_COLD_ROUNDS", "3"))
SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "100 1000 10000").split()))
DEBIAN = {"hledger": "hledger", "ledger": "/usr/bin/ledger", "taskwarrior": "task"}
PYTHON = ("beancount", "beanquery", "todoman")
WORDS = {
    "list": "everything, as a table", "rows": "everything, as TSV, CSV or JSON", "filter": "a filter that finds 20",
    "count": "numbers by group", "edit": "one change of one record",
}  # fmt: skip


def install(folder: Path) -> None:
    """Install what is missing; Debian's packages need the rights to do so."""
    missing = [package for package, program in DEBIAN.items() if shutil.which(program) is None]
    if missing:
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], check=True)
    if not (folder / "bin" / "todo").exists():
        venv.create(folder, with_pip=True)
        pip = [str(folder / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", *PYTHON]
        subprocess.run(pip, check=True)
    BeanQuery.bin = Todoman.bin = folder / "bin"


def words_of(peer: Peer, operation: str) -> list[str] | None:
    """The command of an operation with the program's full path; None if the tool has none."""
    command = peer.command("count_" if operation == "count" else operation)
    if command is None:
        return None
    program = shutil.which(command[0])
    assert program is not None, command[0]
    return [program, *command[1:]]


def cost(peer: Peer, operation: str, **environ: str) -> float | None:
    """CPU seconds of one run."""
    command = words_of(peer, operation)
    if command is None:
        return None
    before = dict(bench.ENVIRONMENT)
    bench.ENVIRONMENT.update(peer.environment | environ)
    try:
        return bench.child(command).cpu
    finally:
        bench.ENVIRONMENT.clear()
        bench.ENVIRONMENT.update(before)


Times = dict[tuple[str, str], float]


def race(peers: list[Peer], rounds: int, *, cold: bool = False, **environ: str) -> Times:
    """The median of each tool and operation, all of them taking turns; the edit of a round comes last."""
    found: dict[tuple[str, str], list[float]] = {}
    operations = ("filter",) if cold else OPERATIONS
    if not cold:
        for peer in peers:
            cost(peer, "filter")
        time.sleep(3)  # files that were just written are hashed, not only looked at
    for _ in range(rounds):
        for operation in operations:
            for peer in peers:
                if cold:
                    peer.forget()
                spent = cost(peer, operation, **environ)
                if spent is not None:
                    found.setdefault((peer.name, operation), []).append(spent)
    return {key: statistics.median(values) for key, values in found.items()}


def line(name: str, words: str, times: Times, operation: str, peers: list[Peer]) -> str:
    """One line of the table: ours in milliseconds, the others as multiples of it."""
    own = times[Ours.name, operation]
    others = [
        f"{times[peer.name, operation] / own:.2f}" if (peer.name, operation) in times else "-" for peer in peers[1:]
    ]
    return f"| {name} | {words} | {own * 1000:,.0f} ms | " + " | ".join(others) + " |"


def report(folder: Path) -> list[str]:
    """The section of the page."""
    versions, lines = {}, []
    for size in SIZES:
        (folder / str(size)).mkdir()
        peers = [peer(folder / str(size), size) for peer in PEERS]
        cold = race(peers, COLD_ROUNDS, cold=True)
        alone = race(peers, COLD_ROUNDS, cold=True, FORECAST_LEDGER_CACHE="off")
        warm = race(peers, ROUNDS)
        versions = {peer.name: peer.version() for peer in peers}
        lines += [line(f"{size:,}", WORDS[operation], warm, operation, peers) for operation in OPERATIONS]
        lines.append(line(f"{size:,}", "the filter, nothing kept from an earlier run", cold, "filter", peers))
        lines.append(line(f"{size:,}", "the same, nothing kept for a later one", alone, "filter", peers))
        print("\n".join(lines[-len(OPERATIONS) - 2 :]), file=sys.stderr, flush=True)
    names = [peer.name for peer in PEERS[1:]]
    return [
        "## A race",
        "",
        f"Made by `benchmarks/race/race.py` on {date.today()}: CPU of the whole process, medians of {ROUNDS}",
        f"({COLD_ROUNDS} where nothing is kept), all tools taking turns. The first figure is this program's, the",
        "others are multiples of it: above 1 they take longer. Each tool keeps its records in its own form: 20 lines",
        "of YAML a claim here, four lines a transaction or one line a task there. A change is a judgement here,",
        "an imported transaction in hledger, a changed task elsewhere; a dash is something a tool does not do.",
        "Nothing is a terminal: each tool prints in its own form for that, only the table is asked for.",
        f"Python {platform.python_version()}; {', '.join(f'{name} {version}' for name, version in versions.items())}.",
        "",
        "| records | operation | forecast-ledger | " + " | ".join(names) + " |",
        "|---|---|---|" + "---|" * len(names),
        *lines,
        "",
        "Most of what a filter takes here is the start of Python and of the command line, which no cache shortens:",
        "ledger-cli and, on few records, every compiled tool is through before that. A first run parses YAML, which",
        "is where the others lead.",
    ]


def main() -> None:
    keep = Path(os.environ.get("BENCH_PEERS", Path(tempfile.gettempdir()) / "forecast-ledger-peers"))
    install(keep)
    with tempfile.TemporaryDirectory() as folder:
        lines = report(Path(folder))
    bench.write_part("race", "benchmarks/race/race.py", lines)


if __name__ == "__main__":
    main()
