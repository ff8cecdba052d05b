"""What the cache saves: large ledgers against one of 25 claims, in alternation in one run; writes its part of the page.

Times are CPU seconds of the child (user and system); medians over the rounds. Read them as ratios.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import bench
from bench import BIN, ENVIRONMENT, Cost, child, ledger_text

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "11"))
LARGEST = int(os.environ.get("BENCH_LARGEST", "100000"))
SIZES = (25, 10_000, LARGEST)
SHOWN = 20
Run = Callable[[], Cost]


def with_rare_topic(claims: int) -> str:
    """A generated ledger of which twenty claims, spread over the file, have a topic of their own."""
    head, _, body = ledger_text(claims).partition("claims:\n")
    pieces = body.split("  - id: ")[1:]
    step = max(1, claims // SHOWN)
    for at in range(0, min(step * SHOWN, claims), step):
        pieces[at] = pieces[at].replace("topics: [", "topics: [rare, ", 1)
    head = head.replace("topics:\n", "topics:\n  rare: A rare topic\n", 1)
    return head + "claims:\n" + "".join(f"  - id: {piece}" for piece in pieces)


class Setting:
    """Ledgers of several sizes in a folder, and runs of the program on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ENVIRONMENT["FORECAST_LEDGER_CACHE"] = str(folder / "cache")
        self.program = os.environ.get("BENCH_PROGRAM", str(BIN / "ledger")).split()
        for size in SIZES:
            self.path(size).write_text(with_rare_topic(size))
        for name in ("edited", "resolved", "hashed"):  # of their own, so that the others keep their stat keys
            shutil.copy(self.path(LARGEST if name == "hashed" else 10_000), self.path(name))
        shutil.copy(self.path(25), self.path("resolved-25"))
        self.edited = 0

    def path(self, size: int | str) -> Path:
        """The ledger of a size."""
        return self.folder / f"{size}.yaml"

    def run(self, size: int | str, *words: str) -> Run:
        """Run a command on the ledger of a size."""
        command = [*self.program, "-f", str(self.path(size)), *words]
        return lambda: child(command)

    def hashed(self, size: int | str, *words: str) -> Run:
        """The same, with the file touched before, so that its bytes are hashed."""
        run = self.run(size, *words)

        def touched() -> Cost:
            os.utime(self.path(size))
            return run()

        return touched

    def after_edit(self, size: int | str, *words: str) -> Run:
        """The same, with one claim changed by hand before."""
        run, path = self.run(size, *words), self.path(size)

        def edited() -> Cost:
            self.edited += 1
            text = path.read_text()
            at = text.index("number ", random.Random(self.edited).randrange(len(text) * 9 // 10))
            path.write_text(text[:at] + f"umber {self.edited} " + text[at + 6 :])
            return run()

        return edited

    def resolve(self, name: int | str, size: int) -> Run:
        """Judge another claim each time."""

        def run() -> Cost:
            self.edited += 1
            words = (
                "resolve",
                f"claim-{self.edited * 97 % size}",
                "true",
                "--again",
                "--note",
                f"seen {self.edited}",
                "--no-input",
            )
            return self.run(name, *words)()

        return run

    def complete(self, size: int, line: str) -> Run:
        """What the shell runs to complete a line."""
        words = f"ledger -f {self.path(size)} {line}"
        command = ["/usr/bin/env", f"COMP_WORDS={words}", f"COMP_CWORD={len(words.split()) - 1}",
                   "_LEDGER_COMPLETE=complete_bash", *self.program]  # fmt: skip
        return lambda: child(command)


def runs_of(setting: Setting) -> dict[str, Run]:
    """Everything that is measured."""
    rare = ("list", "--topic", "rare", "--format", "table")
    runs = {
        "version": lambda: child([*setting.program, "--version"]),
        "complete": setting.complete(10_000, "show claim-123"),
        "rare 25": setting.run(25, *rare),
        "rare 10k": setting.run(10_000, *rare),
        "rare max": setting.run(LARGEST, *rare),
        "score 25": setting.run(25, "score"),
        "score 10k": setting.run(10_000, "score"),
        "json 25": setting.run(25, "list", "--format", "json"),
        "json 10k": setting.run(10_000, "list", "--format", "json"),
        "hash max": setting.hashed("hashed", *rare),
    }
    if "edit" in PARTS:
        runs["edit 10k"] = setting.after_edit("edited", *rare)
        runs["after edit"] = setting.run("edited", *rare)
    if "resolve" in PARTS:
        runs["resolve 25"] = setting.resolve("resolved-25", 25)
        runs["resolve 10k"] = setting.resolve("resolved", 10_000)
        runs["after resolve"] = setting.run("resolved", *rare)
    return runs


PARTS = os.environ.get("BENCH_PARTS", "edit resolve").split()
BOUNDS = (
    ("filter, 20 rows of 10,000", "rare 10k", "rare 25", 1.2),
    ("filter, 20 rows of the largest, by stat key", "rare max", "rare 25", 1.5),
    ("the same, bytes hashed", "hash max", "rare 25", 2.2),
    ("`score` on 10,000", "score 10k", "score 25", 2.0),
    ("JSON of all 10,000", "json 10k", "json 25", 7.0),
    ("filter after one claim of 10,000 was changed by hand", "edit 10k", "rare 10k", 1.6),
    ("the next filter", "after edit", "rare 10k", 1.2),
    ("`resolve` on 10,000, cache updated", "resolve 10k", "resolve 25", 1.75),
    ("the next filter", "after resolve", "rare 10k", 1.2),
    ("completion of an id over 10,000", "complete", "version", 1.3),
)


def table(costs: dict[str, Cost]) -> list[str]:
    """The page's lines."""
    lines = ["| run | CPU | ratio | of | bound | |", "|---|---|---|---|---|---|"]
    for words, name, base, bound in BOUNDS:
        if name in costs:
            ratio = costs[name].cpu / costs[base].cpu
            lines.append(
                f"| {words} | {costs[name].cpu * 1000:,.0f} ms | {ratio:.2f} x "
                f"| {base}: {costs[base].cpu * 1000:,.0f} ms | <= {bound:.2f} "
                f"| {'reached' if ratio <= bound else 'missed'} |"
            )
    return lines


def cold(setting: Setting) -> list[str]:
    """What the first run costs that fills the cache, and what the collector costs."""
    rare = ("list", "--topic", "rare", "--format", "table")
    costs = bench.measure({
        "off": setting.run(10_000, "--no-cache", *rare),
        "first": lambda: (child([*setting.program, "cache", "clear"]), setting.run(10_000, *rare)())[1],
    }, max(3, ROUNDS // 3))  # fmt: skip
    ratio = costs["first"].cpu / costs["off"].cpu
    return [
        "",
        f"The first run over 10,000 claims, which fills the cache, costs {ratio:.2f} x one without a cache.",
        "",
        "Completion pays for the import of SQLite, of the command it completes and of the records of a ledger.",
    ]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        setting = Setting(Path(name))
        for size in (*SIZES, "edited", "resolved", "hashed"):
            setting.run(size, "list", "--topic", "rare")()
        time.sleep(3)  # then stat keys count
        lines = [*table(bench.measure(runs_of(setting), ROUNDS)), *cold(setting)]
    bench.write_part("cache", "benchmarks/bench_cache.py", [
        "## Ten thousand claims, and the cache", "",
        f"Made by `benchmarks/bench_cache.py`: CPU of the whole process, medians of {ROUNDS}, all runs taking turns.",
        f"The largest ledger has {LARGEST:,} claims of twenty lines.", "", *lines,
    ])  # fmt: skip


if __name__ == "__main__":
    main()
