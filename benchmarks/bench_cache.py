"""What the cache saves: large ledgers against one of 25 claims, in alternation in one run; writes its part of the page.

Times are CPU seconds of the child (user and system); medians over the rounds. Read them as ratios. With BENCH_BEFORE,
the `ledger` of 6a914bc, it runs what a ratio is taken of, so that a faster start does not worsen a ratio.
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
from bench import BEFORE, BIN, Cost, child, ledger_text

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


def with_evidence(claims: int, without: int) -> str:
    """A generated ledger in which one judgement of so many rests on a note alone, which `check` warns of; 0: none."""
    before, *pieces = with_rare_topic(claims).split("        note: as the report says\n")
    found = [before]
    for number, piece in enumerate(pieces):
        note = without and number % without == 0
        page = "        evidence: [{url: https://example.org/report, title: “The report” — as seen}]\n"
        found += "        note: as the report says\n" if note else page, piece
    return "".join(found)


class Setting:
    """Ledgers of several sizes in a folder, and runs of the program on them."""

    def __init__(self, folder: Path, program: str) -> None:
        self.folder = folder
        folder.mkdir()
        self.environment = {"FORECAST_LEDGER_CACHE": str(folder / "cache")}
        self.program = program.split()
        for size in SIZES:
            self.path(size).write_text(with_rare_topic(size))
        self.path("clean").write_text(with_evidence(10_000, 0))
        self.path("findings").write_text(with_evidence(10_000, 2))
        for name in (
            "edited",
            "grown",
            "resolved",
            "added",
            "hashed",
        ):  # of their own, so that the others keep their stat keys
            shutil.copy(self.path(LARGEST if name == "hashed" else 10_000), self.path(name))
        for name in ("resolved-25", "added-25"):
            shutil.copy(self.path(25), self.path(name))
        self.edited = 0
        for name in (*SIZES, "edited", "grown", "resolved", "added", "hashed", "clean", "findings"):
            self.run(name, "list", "--topic", "rare")()

    def path(self, size: int | str) -> Path:
        """The ledger of a size."""
        return self.folder / f"{size}.yaml"

    def run(self, size: int | str, *words: str) -> Run:
        """Run a command on the ledger of a size."""
        return self.bare("-f", str(self.path(size)), *words)

    def bare(self, *words: str, **environ: str) -> Run:
        """Run the program."""
        return lambda: child([*self.program, *words], **self.environment, **environ)

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

    def after_claim(self, size: int | str, *words: str, more: bool) -> Run:
        """The same, with a claim added somewhere by hand before, or deleted."""
        run, path = self.run(size, *words), self.path(size)

        def grown() -> Cost:
            self.edited += 1
            text = path.read_text()
            at = text.index("  - id: ", random.Random(self.edited).randrange(len(text) * 9 // 10))
            end = text.index("  - id: ", at + 1)
            new = text[at:end].replace("  - id: ", f"  - id: by-hand-{self.edited}-", 1)
            path.write_text(text[:at] + new + text[at:] if more else text[:at] + text[end:])
            return run()

        return grown

    def add(self, name: int | str, command: str, size: int) -> Run:
        """Enter another claim each time, or what revises one."""

        def run() -> Cost:
            self.edited += 1
            claim = f"Thing {self.edited} — “new” — comes to place {self.edited * 7919 % 1000}."
            revised = [] if command == "add" else [f"claim-{self.edited * 97 % size}"]
            speaker = ["--speaker", "person-1"] if command == "add" else []
            dated = ["--source", "source-3", "--said", "2026-01-05", "--deadline", f"20{30 + self.edited % 60}"]
            return self.run(name, command, *revised, claim, *speaker, *dated, "--no-input")()

        return run

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
        return self.bare(COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1), _LEDGER_COMPLETE="complete_bash")


def runs_of(setting: Setting) -> dict[str, Run]:
    """Everything that is measured."""
    rare = ("list", "--topic", "rare", "--format", "table")
    runs = {
        "version": setting.bare("--version"),
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
        runs["added by hand"] = setting.after_claim("grown", *rare, more=True)
        runs["deleted by hand"] = setting.after_claim("grown", *rare, more=False)
    if "resolve" in PARTS:
        runs["resolve 25"] = setting.resolve("resolved-25", 25)
        runs["resolve 10k"] = setting.resolve("resolved", 10_000)
        runs["after resolve"] = setting.run("resolved", *rare)
    if "add" in PARTS:
        for command in ("add", "revise"):
            runs[f"{command} 25"] = setting.add("added-25", command, 25)
            runs[f"{command} 10k"] = setting.add("added", command, 10_000)
        runs["after add"] = setting.run("added", *rare)
    if "check" in PARTS:
        runs["check clean"] = setting.run("clean", "check")
        runs["check findings"] = setting.run("findings", "check")
        runs["check summary"] = setting.run("findings", "check", "--summary")
        for command in ("due", "people", "topics", "sources"):
            runs[f"{command} max"] = setting.run(LARGEST, command)
    return runs


PARTS = os.environ.get("BENCH_PARTS", "edit resolve add check").split()
BOUNDS = (
    ("filter, 20 rows of 10,000", "rare 10k", "rare 25", 1.2),
    ("filter, 20 rows of the largest, by stat key", "rare max", "rare 25", 1.5),
    ("the same, bytes hashed", "hash max", "rare 25", 2.2),
    ("`score` on 10,000", "score 10k", "score 25", 2.0),
    ("JSON of all 10,000", "json 10k", "json 25", 7.0),
    ("filter after one claim of 10,000 was changed by hand", "edit 10k", "rare 10k", 1.6),
    ("the next filter", "after edit", "rare 10k", 1.2),
    ("`resolve` on 10,000, cache updated", "resolve 10k", "resolve 25", 1.45),
    ("the next filter", "after resolve", "rare 10k", 1.2),
    ("`add` on 10,000", "add 10k", "add 25", 1.6),
    ("`revise` on 10,000", "revise 10k", "revise 25", 1.6),
    ("the next filter", "after add", "rare 10k", 1.3),
    ("`check` with 5,000 findings of 10,000 claims", "check findings", "check clean", 2.5),
    ("`check --summary` of the same", "check summary", "check clean", 1.3),
    ("completion of an id over 10,000", "complete", "version", 0.75),
)


BASES = {base for _, _, base, _ in BOUNDS}

# Runs that may cost so many milliseconds more than another.
MORE = (
    ("filter after a claim of 10,000 was added by hand", "added by hand", "rare 10k", 50),
    ("filter after one was deleted by hand", "deleted by hand", "rare 10k", 50),
    ("`due` on the largest", "due max", "rare max", 60),
    ("`people` on the largest", "people max", "rare max", 60),
    ("`topics` on the largest", "topics max", "rare max", 60),
    ("`sources` on the largest", "sources max", "rare max", 60),
)


def table(costs: dict[str, Cost]) -> list[str]:
    """The page's lines."""
    lines = ["| run | CPU | ratio | of | bound | |", "|---|---|---|---|---|---|"]
    for words, name, of, bound in BOUNDS:
        base = f"{of} then" if f"{of} then" in costs else of
        if name in costs:
            ratio = costs[name].cpu / costs[base].cpu
            lines.append(
                f"| {words} | {costs[name].cpu * 1000:,.0f} ms | {ratio:.2f} x "
                f"| {base}: {costs[base].cpu * 1000:,.0f} ms | <= {bound:.2f} "
                f"| {'reached' if ratio <= bound else 'missed'} |"
            )
    for words, name, base, most in MORE:
        if name in costs:
            more = (costs[name].cpu - costs[base].cpu) * 1000
            lines.append(
                f"| {words} | {costs[name].cpu * 1000:,.0f} ms | {more:+,.0f} ms "
                f"| {base}: {costs[base].cpu * 1000:,.0f} ms | <= +{most} "
                f"| {'reached' if more <= most else 'missed'} |"
            )
    return lines


def cold(setting: Setting) -> list[str]:
    """What the first run costs that fills the cache, and what the collector costs."""
    rare = ("list", "--topic", "rare", "--format", "table")
    costs = bench.measure({
        "off": setting.run(10_000, "--no-cache", *rare),
        "first": lambda: (setting.bare("cache", "clear")(), setting.run(10_000, *rare)())[1],
    }, max(3, ROUNDS // 3))  # fmt: skip
    ratio = costs["first"].cpu / costs["off"].cpu
    return ["", f"The first run over 10,000 claims, which fills the cache, costs {ratio:.2f} x one without a cache."]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        now = Setting(Path(name, "now"), os.environ.get("BENCH_PROGRAM", str(BIN / "ledger")))
        runs, then = runs_of(now), {}
        if BEFORE:
            then = runs_of(Setting(Path(name, "then"), BEFORE))
            runs |= {f"{base} then": then[base] for base in sorted(BASES) if base in then}
        time.sleep(3)  # then stat keys count
        lines = [*table(bench.measure(runs, ROUNDS)), *cold(now)]
    said = ["What a ratio is taken of (`then`) is the program of 6a914bc, before the front door."] if then else []
    bench.write_part("cache", "benchmarks/bench_cache.py", [
        "## Ten thousand claims, and the cache", "",
        f"Made by `benchmarks/bench_cache.py`: CPU of the whole process, medians of {ROUNDS}, all runs taking turns.",
        f"The largest ledger has {LARGEST:,} claims of twenty lines.", *said, "", *lines,
    ])  # fmt: skip


if __name__ == "__main__":
    main()
