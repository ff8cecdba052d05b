"""One `resolve`: 10,000 claims against 25, and against ruamel.yaml making the same edit; prints ratios.

Times are wall seconds in one process, medians over the rounds, taken in turn. ruamel.yaml is installed into an
environment of its own and run there; with --no-ruamel it is left out.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ledger import workspace
from ledger.model import Ledger
from ledger.writing.plan import apply
from ledger.writing.resolve import AskedJudgement, plan_resolve

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\ntopics: {cups: Cups}\nsources: {post: {title: A post}}\nclaims:\n"
CLAIM = """\
  - id: cups-{0}
    claim: At least 50 cups of the kind number {0} are sold in the whole of that year.
    speaker: ann
    said: 2024-05-06
    source: post
    at: line 20
    quote: between 50 and 100 cups of them
    wording: paraphrased
    kind: target
    topics: [cups]
    deadline: 2025
    deadline_words: in the whole of the year
    window: during
    quantity: {{at_least: 50, range: [50, 100], unit: cups}}
    criteria: >-
      The yearly count says that at least 50 of them were sold, or another count that names its method and that
      nobody has called into question since.
    series: cups
    added: 2024-06-07

"""
RUAMEL = """\
import json, statistics, sys, time
from ruamel.yaml import YAML
times = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    with open(sys.argv[1], encoding="utf-8") as file:
        data = yaml.load(file)
    claim = next(one for one in data["claims"] if one["id"] == sys.argv[3])
    claim["resolutions"] = [{"outcome": True, "judged": "2026-11-22", "value": 60, "note": "Seen."}]
    with open(sys.argv[1] + ".new", "w", encoding="utf-8") as file:
        yaml.dump(data, file)
    times.append(time.perf_counter() - began)
print(json.dumps(statistics.median(times)))
"""
ASKED = AskedJudgement(value="60", note="Seen.")
TODAY = date(2026, 11, 22)


def write(path: Path, claims: int) -> None:
    path.write_text(HEAD + "".join(CLAIM.format(number) for number in range(claims)), encoding="utf-8")


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def middle(claims: int) -> str:
    return f"cups-{claims // 2}"


def edit(ledger: Ledger, claims: int) -> None:
    apply(plan_resolve(ledger, [middle(claims)], ASKED, today=TODAY))


def measure(path: Path, claims: int, rounds: int) -> tuple[float, float]:
    """Seconds to read the ledger, and to plan, prove and write one judgement on it."""
    reads, edits = [], []
    for _ in range(rounds):
        write(path, claims)
        began = time.perf_counter()
        ledger = workspace.open_ledger([str(path)])
        reads.append(time.perf_counter() - began)
        edits.append(timed(lambda ledger=ledger: edit(ledger, claims)))  # type: ignore[misc]
    return statistics.median(reads), statistics.median(edits)


def ruamel(folder: Path, path: Path, claims: int, rounds: int) -> float | None:
    """Seconds for the same edit by ruamel.yaml's round trip; None where it cannot be installed."""
    home = folder / "ruamel"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    try:
        subprocess.run([python, "-m", "pip", "install", "--quiet", "ruamel.yaml"], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        return None
    write(path, claims)
    words = [python, "-c", RUAMEL, str(path), str(rounds), middle(claims)]
    return float(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "claims.yaml"
        few_read, few_edit = measure(path, 25, ROUNDS * 5)
        many_read, many_edit = measure(path, 10_000, ROUNDS)
        print(f"     25 claims: read {few_read * 1000:8.1f} ms, resolve {few_edit * 1000:8.1f} ms more")
        print(f" 10,000 claims: read {many_read * 1000:8.1f} ms, resolve {many_edit * 1000:8.1f} ms more")
        print(f"resolve, once read, 10,000 against 25 claims: {many_edit / few_edit:.2f} x")
        print(f"resolve with reading against reading alone, 10,000 claims: {1 + many_edit / many_read:.2f} x")
        if "--no-ruamel" in sys.argv:
            return
        for claims, rounds, own in ((1000, 3, None), (10_000, 1, many_read + many_edit)):
            total = own if own is not None else sum(measure(path, claims, ROUNDS))
            theirs = ruamel(folder, path, claims, rounds)
            if theirs is None:
                print("ruamel.yaml cannot be installed here")
                return
            ratio = theirs / total
            print(f"ruamel.yaml, {claims:,} claims: {theirs * 1000:,.0f} ms, {ratio:.1f} x ours (reading included)")


if __name__ == "__main__":
    main()
