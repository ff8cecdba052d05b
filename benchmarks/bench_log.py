"""`ledger log ID` against `git cat-file --batch` of the same versions, in turn in one run; prints medians and ratios.

The history is made here: 300 commits of 1,000 claims, each of which changes one claim at random, adds a source now
and then, or changes the claim that is asked for. Wall time, since git and the program work side by side.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BIN = Path(sys.executable).parent
SUBJECT = "claim-0500"
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def claim(number: int, deadline: int, note: str) -> str:
    """One claim of 20 lines."""
    units = number * 10
    return f"""\
  - id: claim-{number:04d}
    claim: Company number {number} builds at least {units} units of product {number % 7} in the period given.
    speaker: person-{number % 5}
    said: 2025-01-{number % 27 + 1:02d}
    source: source-{number % 40}
    at: line {number}
    quote: we will build at least {units} units, maybe more, and nobody will stop us from doing it
    wording: paraphrased
    kind: target
    topics: [topic-{number % 9}]
    deadline: {deadline}
    deadline_words: in {deadline}
    window: during
    quantity: {{at_least: {units}, range: [{units}, {units * 2}], unit: units}}
    criteria: >-
      The company's own report of the year, or a regulator, counts at least {units} units; what is announced
      and not delivered does not count.
    series: series-{number % 50}
    note: {note}
    added: 2026-11-22
"""


def head(sources: int) -> str:
    """All that stands before the claims."""
    people = "".join(f"  person-{n}: {{name: Person {n}}}\n" for n in range(5))
    topics = "".join(f"  topic-{n}: the subject of that number\n" for n in range(9))
    declared = "".join(
        f"  source-{n}:\n    title: Title number {n}\n    url: https://example.org/{n}\n    published: 2025-01-09\n"
        for n in range(sources)
    )
    return f"ledger: 1\npeople:\n{people}topics:\n{topics}sources:\n{declared}\nclaims:\n"


def build(folder: Path, commits: int, claims: int) -> None:
    """Write the history with `git fast-import`."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    chance = random.Random(1)
    texts = [claim(number, 2027, "none") for number in range(claims)]
    importing = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert importing.stdin is not None
    for commit in range(commits):
        number = 500 if commit % 30 == 0 else chance.randrange(claims)
        texts[number] = claim(number, 2027 + commit % 5, f"looked at {commit} times")
        data = (head(40 + commit // 10) + "".join(texts)).encode()
        importing.stdin.write(
            b"commit refs/heads/main\ncommitter Jane Doe <jane@example.org> %d +0000\ndata 6\nChange\n"
            b"M 100644 inline data/claims.yaml\ndata %d\n%s\n" % (1_700_000_000 + commit * 86_400, len(data), data)
        )
    importing.stdin.close()
    assert importing.wait() == 0
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)


def asking(folder: Path) -> bytes:
    """What `cat-file --batch` is asked: the id of every version of the file."""
    revs = subprocess.run(["git", "-C", folder, "rev-list", "main"], capture_output=True, text=True, check=True).stdout
    names = "".join(f"{rev}:data/claims.yaml\n" for rev in revs.split())
    check = ["git", "-C", str(folder), "cat-file", "--batch-check=%(objectname)"]
    return subprocess.run(check, input=names.encode(), capture_output=True, check=True).stdout


def to_nothing(folder: Path, oids: bytes) -> None:
    """git alone."""
    subprocess.run(["git", "-C", folder, "cat-file", "--batch"], input=oids, stdout=subprocess.DEVNULL, check=True)


def to_a_pipe(folder: Path, oids: bytes) -> None:
    """git, with somebody who reads what it says."""
    with tempfile.TemporaryFile() as asked:
        asked.write(oids)
        asked.seek(0)
        command = ["git", "-C", str(folder), "cat-file", "--batch"]
        with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            while running.stdout.read(1 << 20):
                pass


def log(folder: Path) -> None:
    """The whole command, from the start of Python on."""
    subprocess.run([BIN / "ledger", "log", SUBJECT], cwd=folder, env=ENVIRONMENT, capture_output=True, check=True)


def medians(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """Seconds of each, in turn."""
    times: list[list[float]] = [[] for _ in runs]
    for number in range(rounds + 1):
        for own, run in zip(times, runs, strict=True):
            start = time.perf_counter()
            run()
            if number:  # the first round warms caches
                own.append(time.perf_counter() - start)
    return [statistics.median(own) for own in times]


def main() -> None:
    """Build, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--commits", type=int, default=300)
    options.add_argument("--claims", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder, given.commits, given.claims)
        oids = asking(folder)
        nothing, pipe, whole, start = medians(
            given.rounds,
            lambda: to_nothing(folder, oids),
            lambda: to_a_pipe(folder, oids),
            lambda: log(folder),
            lambda: subprocess.run([BIN / "ledger", "--version"], env=ENVIRONMENT, capture_output=True, check=True),
        )
    print(f"{given.commits} commits of {given.claims:,} claims, medians of {given.rounds} rounds, wall time")
    print(f"git cat-file --batch, to nothing   {nothing * 1000:7.0f} ms")
    print(f"git cat-file --batch, into a pipe  {pipe * 1000:7.0f} ms")
    print(f"ledger log {SUBJECT}              {whole * 1000:7.0f} ms, of which {start * 1000:.0f} to start")
    print(f"ratio to the pipe {whole / pipe:.1f}, to nothing {whole / nothing:.1f} (wanted: at most 4)")


if __name__ == "__main__":
    main()
