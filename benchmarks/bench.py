"""Start-up, listing and loading, measured in alternation in one run and printed as ratios; writes docs/performance.md.

Times are CPU seconds of the child (user and system), memory is the child's peak; medians over the rounds.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# As for a user: byte code is kept from the first run on.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
    "COLUMNS": "100",
    "FORECAST_LEDGER_CACHE": "off",
}
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
BIN = Path(sys.executable).parent
BEFORE = os.environ.get("BENCH_BEFORE", "")  # the program of 6a914bc, the last one that read every line by Typer
LARGEST = int(os.environ.get("BENCH_LARGEST", "100000"))
TRIVIAL = """\
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def hello(name: str = "you") -> None:
    print("hello", name)
app()
"""
RICH_TABLE = """\
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def hello() -> None:
    from rich.console import Console
    from rich.table import Table
    table = Table(title="claims")
    for name in ("id", "claim", "speaker", "deadline", "status"):
        table.add_column(name)
    for n in range(30):
        table.add_row(f"claim-{n}", "Company number builds at least 50,000 things in its works", "Ada", "2026", "open")
    Console(width=100).print(table)
app()
"""
OWN_TABLE = """\
import sys
from ledger.render.terminal.console import console
from ledger.render.terminal.table import Column, Table
rows = [[f"claim-{n}", "Company builds at least 50,000 things in its works by then", "Person 1", "2026-Q1", "open"]
        for n in range(int(sys.argv[1]))]
names = ("id", "claim", "speaker", "deadline", "status")
console(sys.stdout).print(Table([Column(name) for name in names], rows), soft_wrap=True)
"""
LOAD = """\
import gc, json, resource, sys, time
data = open(sys.argv[2], "rb").read()
kind = sys.argv[1]
if kind == "compose":
    import yaml
    gc.disable()
    text = data.decode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    loader = yaml.CLoader(text)
    result = loader.get_single_node()
else:
    from ledger.files import Disk
    from ledger.loading.assembly import GivenText, load
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    result = load(Disk(), [GivenText("claims.yaml", data)])
spent = time.process_time() - start
print(json.dumps([spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024]))
"""


def ledger_text(claims: int) -> str:
    """A generated ledger of twenty lines a claim, the same for the same number."""
    pick = random.Random(claims)
    lines = ["ledger: 1", "title: Generated", "people:"]
    lines += [f"  person-{n}: {{name: Renée Müller {n}}}" for n in range(10)]
    lines += ["topics:", *(f"  topic-{n}: Topic {n}" for n in range(10)), "sources:"]
    lines += [f'  source-{n}: {{title: Source {n}, url: "https://example.org/{n}"}}' for n in range(40)]
    lines.append("claims:")
    for number in range(claims):
        day = f"20{pick.randint(10, 25)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        lines += [
            f"  - id: claim-{number}",
            f"    claim: Company number {number} builds at least {pick.randint(1, 99)},000 things in its works.",
            f"    speaker: person-{pick.randint(0, 9)}",
            f"    said: {day}",
            f"    source: source-{pick.randint(0, 39)}",
            f"    at: line {pick.randint(1, 300)}",
            "    quote: “between fifty and a hundred thousand units” — he said, and then again",
            "    wording: paraphrased",
            "    kind: target",
            f"    topics: [topic-{pick.randint(0, 4)}, topic-{pick.randint(5, 9)}]",
            f"    deadline: 20{pick.randint(26, 40)}-Q{pick.randint(1, 4)}",
            "    deadline_words: by then",
            f"    quantity: {{at_least: {pick.randint(1, 99)}000, unit: things}}",
            "    criteria: >-",
            "      The annual report says how many were built; if it does not, two",
            "      independent reports that agree within a tenth.",
            "    resolutions:",
            f"      - outcome: {pick.choice(['true', 'false', 'partly'])}",
            f"        judged: 2026-0{pick.randint(1, 9)}-11",
            "        note: as the report says",
        ]
    return "\n".join(lines) + "\n"


class Cost(NamedTuple):
    """CPU seconds and peak memory in MiB of one child."""

    cpu: float
    memory: float


# A child's peak begins with the size of the process that started it, so a small one starts it.
SPAWN = """\
import os, sys
command = sys.argv[1:]
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
_, status, usage = os.wait4(pid, 0)
print(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def child(command: list[str], **environ: str) -> Cost:
    """Run a command and take its cost from the kernel."""
    ran = subprocess.run(
        [sys.executable, "-S", "-E", "-c", SPAWN, *command],
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT | environ,
    )
    status, cpu, memory = ran.stdout.split()
    assert status == "0", f"{command} ended with {status}: {ran.stderr}"
    return Cost(float(cpu), float(memory))


def load_cost(kind: str, path: Path) -> Cost:
    """CPU seconds and growth of peak memory of loading alone, in a fresh process."""
    ran = subprocess.run(
        [sys.executable, "-c", LOAD, kind, str(path)], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )
    return Cost(*json.loads(ran.stdout))


def measure(runs: dict[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """The median cost of each run, all of them taking turns."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for run in runs.values():
        run()  # warm: byte code and page cache
    for _ in range(rounds):
        for name, run in runs.items():
            costs[name].append(run())
    return {
        name: Cost(statistics.median(c.cpu for c in of), statistics.median(c.memory for c in of))
        for name, of in costs.items()
    }


def main() -> None:
    """Measure, print, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        lines = report(Path(folder))
    page = ROOT / "docs" / "performance.md"
    others = page.read_text(encoding="utf-8").partition("\n<!-- ")  # the parts that other scripts make
    page.write_text("\n".join(lines) + "\n" + "".join(others[1:]), encoding="utf-8")
    print("\n".join(lines))


def write_part(name: str, script: str, lines: list[str]) -> None:
    """Print a part of the page that another script makes, and put it at its end unless --print is given."""
    begin, end = f"<!-- {name}: made by {script} -->", f"<!-- end of {name} -->"
    text = "\n".join([begin, *lines, end])
    page = ROOT / "docs" / "performance.md"
    old = page.read_text(encoding="utf-8")
    if begin in old:
        old = old[: old.index(begin)] + old[old.index(end) + len(end) :].lstrip("\n")
    if "--print" not in sys.argv:
        page.write_text(old.rstrip("\n") + "\n\n" + text + "\n", encoding="utf-8")
    print(text)


def report(folder: Path) -> list[str]:
    """The page: one table of starts, one of sizes, one of loading."""
    program = str(BIN / "ledger")
    (folder / "trivial.py").write_text(TRIVIAL)
    (folder / "table.py").write_text(RICH_TABLE)
    files = {size: folder / f"{size}.yaml" for size in (25, 300, 10_000)}
    for size, path in files.items():
        path.write_text(ledger_text(size))
    first = str(ROOT / "data" / "claims.yaml")
    python = sys.executable

    def of(*command: str) -> Callable[[], Cost]:
        return lambda: child(list(command))

    def listing(path: object) -> Callable[[], Cost]:
        return of(program, "-f", str(path), "list", "--format", "table")

    cached = {"FORECAST_LEDGER_CACHE": str(folder / "cache")}
    asked = f"ledger -f {files[10_000]} show claim-123"
    tab = {"COMP_WORDS": asked, "COMP_CWORD": str(len(asked.split()) - 1), "_LEDGER_COMPLETE": "complete_bash"}
    topic = [program, "-f", first, "list", "--topic", "optimus"]
    for run in (lambda: child(topic, **cached), lambda: child([program, "-f", str(files[10_000]), "list"], **cached)):
        run()  # fills the cache
    time.sleep(3)  # then stat keys count
    starts = measure(
        {
            "a": of(python, str(folder / "trivial.py")),
            "a help": of(python, str(folder / "trivial.py"), "--help"),
            "b": of(python, str(folder / "table.py")),
            "version": of(program, "--version"),
            **({"before": of(BEFORE, "--version")} if BEFORE else {}),
            "topic": lambda: child(topic, **cached),
            "tab": lambda: child([program], **cached, **tab),
            "help": of(program, "--help"),
            "first": listing(first),
            "25": listing(files[25]),
            "300": listing(files[300]),
        },
        ROUNDS,
    )
    large = measure(
        {"10000": listing(files[10_000]), "json": of(program, "-f", str(files[10_000]), "list", "--format", "json")}, 3
    )
    load = measure(
        {"compose": lambda: load_cost("compose", files[10_000]), "load": lambda: load_cost("load", files[10_000])},
        max(3, ROUNDS // 3),
    )
    tables = measure({n: of(python, "-c", OWN_TABLE, n) for n in ("25", "10000")}, 5)
    return [
        "# Performance",
        "",
        "Made by `make bench`. All runs of a table take turns in one run; CPU time (user and system) of the whole",
        f"process, medians of {ROUNDS} (large files: 3), no cache unless said. Read them as ratios: the machine was",
        "shared.",
        f"Python {platform.python_version()}, typer {version('typer')}, rich {version('rich')}, "
        f"PyYAML {version('pyyaml')}.",
        "",
        "| run | CPU | peak memory | ratio | bound |",
        "|---|---|---|---|---|",
        row("(a) a trivial Typer command", starts["a"]),
        row("`ledger --version`", starts["version"], starts["a"], "(a)", 0.40),
        row("`ledger list --topic` on the first ledger, piped, cached", starts["topic"], starts["a"], "(a)", 0.85),
        *([row("`ledger --version` of 6a914bc, before the front door (c)", starts["before"])] if BEFORE else []),
        row("an id of 10,000 completed", starts["tab"], *((starts["before"], "(c)", 0.75) if BEFORE else ())),
        row("a trivial `--help`", starts["a help"]),
        row("`ledger --help`", starts["help"], starts["a help"], "trivial `--help`", 1.15),
        row("(b) a Typer command that prints a Rich table of 30 rows", starts["b"]),
        row("`ledger list` on the first ledger", starts["first"], starts["b"], "(b)", 1.25),
        row("`ledger list`, 25 claims", starts["25"], starts["b"], "(b)"),
        row("`ledger list`, 300 claims", starts["300"], starts["b"], "(b)", 1.75),
        row("`ledger list`, 10,000 claims", large["10000"], starts["25"], "25 claims"),
        row("`ledger list --format json`, 10,000 claims", large["json"], starts["25"], "25 claims"),
        "",
        "Loading 10,000 claims of twenty lines, in a fresh process, without the start; memory is growth of the peak:",
        "",
        "| run | CPU | memory | ratio | bound |",
        "|---|---|---|---|---|",
        row("PyYAML's C `compose`, collector paused", load["compose"]),
        row("loading the ledger", load["load"], load["compose"], "compose", 0.65),
        f"| the same, memory | | | {load['load'].memory / load['compose'].memory:.2f} x compose | <= 0.50 |",
        "",
        "A process that only lays out and prints a table, nothing loaded:",
        "",
        "| run | CPU | memory | ratio | bound |",
        "|---|---|---|---|---|",
        row("a table of 25 rows", tables["25"]),
        row("a table of 10,000 rows", tables["10000"], tables["25"], "25 rows", 10),
        "",
        *leaving(folder, program),
    ]


def leaving(folder: Path, program: str) -> list[str]:
    """What results that leave as they are made cost, on a ledger of the largest size, once each."""
    path, cache = folder / "largest.yaml", str(folder / "cache")
    path.write_text(ledger_text(LARGEST))
    child([program, "-f", str(path), "list", "--limit", "1"], FORECAST_LEDGER_CACHE=cache)
    lines = [
        f"All of {LARGEST:,} claims, which leave as they are made; one run each:",
        "",
        "| run | CPU | peak memory | bound |",
        "|---|---|---|---|",
    ]
    for form in ("json", "tsv"):
        for words, kept, most in (("cached", cache, 300), ("read anew", "off", 400)):
            cost = child([program, "-f", str(path), "list", "--format", form], FORECAST_LEDGER_CACHE=kept)
            what = f"`list --format {form}`, {words}"
            lines.append(f"| {what} | {cost.cpu * 1000:,.0f} ms | {cost.memory:,.0f} MiB | <= {most} MiB |")
    return lines


def row(name: str, cost: Cost, base: Cost | None = None, of: str = "", bound: float | None = None) -> str:
    """One line of a table."""
    ratio = f"{cost.cpu / base.cpu:.2f} x {of}" if base else ""
    limit = f"<= {bound:.2f}" if bound else ""
    return f"| {name} | {cost.cpu * 1000:,.0f} ms | {cost.memory:,.0f} MiB | {ratio} | {limit} |"


if __name__ == "__main__":
    main()
