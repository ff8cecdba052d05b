"""The scoring library on many forecasts, against numpy's own arithmetic: CPU seconds, ratio, and memory.

python benchmarks/bench_library.py [--n 1000000]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from ledger.scoring import brier_score, corp, kaplan_meier, log_score, murphy

KINDS = ("distinct", "percent", "counts")
Bare = Callable[[Any, Any, Any], object]


def data(kind: str, n: int) -> tuple[Any, Any, Any]:
    """Probabilities, outcomes and counts: all different, whole percentages, or the pooled rows of these."""
    random = np.random.default_rng(1)
    p = random.random(n) if kind == "distinct" else random.integers(0, 101, n) / 100
    y = (random.random(n) < p).astype(float)
    if kind != "counts":
        return p, y, None
    rows, counts = np.unique(np.column_stack([p, y]), axis=0, return_counts=True)
    return rows[:, 0].copy(), rows[:, 1].copy(), counts.astype(float)


def bare_brier(p: Any, y: Any, c: Any) -> object:
    return np.average((p - y) ** 2, weights=c)


def bare_log(p: Any, y: Any, c: Any) -> object:
    with np.errstate(divide="ignore"):
        return np.average(np.where(y == 1, -np.log(p), -np.log1p(-p)), weights=c)


def bare_murphy(p: Any, y: Any, c: Any) -> object:
    values, at = np.unique(p, return_inverse=True)
    n, k = np.bincount(at, weights=c), np.bincount(at, weights=y if c is None else c * y)
    return np.dot(n, (values - k / n) ** 2), np.dot(n, (k / n - k.sum() / n.sum()) ** 2)


def bare_curve(p: Any, y: Any, c: Any) -> object:
    order = np.argsort(p)
    weight = np.ones(len(p)) if c is None else c[order]
    at_risk = weight.sum() - np.concatenate(([0.0], np.cumsum(weight)[:-1]))
    return np.cumprod(1 - y[order] * weight / at_risk)


CASES: dict[str, tuple[Callable[..., object], Bare]] = {
    "brier_score": (lambda p, y, c: brier_score(probabilities=p, outcomes=y, counts=c), bare_brier),
    "log_score": (lambda p, y, c: log_score(probabilities=p, outcomes=y, counts=c), bare_log),
    "murphy": (lambda p, y, c: murphy(probabilities=p, outcomes=y, counts=c), bare_murphy),
    "corp": (lambda p, y, c: corp(probabilities=p, outcomes=y, counts=c), bare_murphy),
    "kaplan_meier": (lambda p, y, c: kaplan_meier(durations=p, events=y, counts=c), bare_curve),
}


def seconds(*runs: Callable[[], object]) -> list[float]:
    """The least CPU time of each, taken in turn: what else the machine does meets all of them."""
    often = [_often(run) for run in runs]
    return [min(column) for column in zip(*([*map(_timed, runs, often)] for _ in range(12)), strict=True)]


def _often(run: Callable[[], object]) -> int:
    """As many runs as take 20 ms or more: the clock is coarse."""
    return max(1, int(0.02 / max(1e-6, _timed(run, 3))))


def _timed(run: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, kind: str, n: int) -> str:
    """One case in a process of its own, so that its peak of memory is its own."""
    ours, bare = CASES[name]
    p, y, c = data(kind, n)
    before = peak()
    kept = ours(p, y, c)
    grown = peak() - before
    own, theirs = seconds(lambda: ours(p, y, c), lambda: bare(p, y, c))
    del kept
    return f"{name:14}{kind:10}{n:>12,}{own * 1000:10.2f}{theirs * 1000:10.2f}{own / theirs:8.1f}{grown:10.0f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1_000_000)
    parser.add_argument("--case", nargs=2)
    options = parser.parse_args()
    if options.case:
        print(measure(*options.case, options.n))
        return
    print(f"{'function':14}{'forecasts':10}{'n':>12}{'ms':>10}{'numpy ms':>10}{'ratio':>8}{'+ MiB':>10}")
    for kind in KINDS:
        for name in CASES:
            command = [sys.executable, __file__, "--n", str(options.n), "--case", name, kind]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()
