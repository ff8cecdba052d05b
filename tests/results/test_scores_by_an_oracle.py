"""300 hard ledgers, scored by the program and by rules told apart from it: every number is the same."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ledger import load
from ledger.results.calibration import calibration
from ledger.results.score import score
from ledger.results.slip import slips
from support.score_oracle import Oracle, hard_claims

DAYS = (date(2022, 7, 1), date(2025, 1, 1))
HEAD = {"ledger": 1, "people": {"ada": {"name": "Ada"}, "bob": {"name": "Bob"}}, "sources": {"times": {"title": "T"}}}


def convolved(stated: list[tuple[Any, bool]]) -> tuple[float, float]:
    """Chance of at most, and at least, so many hits: over all outcomes of the claims, in exact fractions."""
    chances = {0: 1}
    for p, _ in stated:
        following: dict[int, Any] = {}
        for k, chance in chances.items():
            for more, share in ((1, p), (0, 1 - p)):
                following[k + more] = following.get(k + more, 0) + chance * share
        chances = following
    hits = sum(hit for _, hit in stated)
    few, many = (sum(c for k, c in chances.items() if k <= hits), sum(c for k, c in chances.items() if k >= hits))
    return float(few), float(many)


@pytest.mark.parametrize("part", range(6))
def test_every_number_is_the_oracle_s(tmp_path: Path, part: int) -> None:
    for seed in range(50 * part, 50 * part + 50):
        claims = hard_claims(Random(seed))
        path = tmp_path / f"{seed}.yaml"
        path.write_text(json.dumps({**HEAD, "claims": claims}, indent=1))
        ledger = load(path)
        assert len(ledger.claims) == len(claims), [problem.message for problem in ledger.problems]
        for day in DAYS:
            compare(ledger, Oracle(claims, day), day, f"seed {seed} on {day}")


def compare(ledger: Any, oracle: Oracle, day: date, where: str) -> None:
    (group,) = score(ledger, day=day).groups
    accounts = [oracle.account(claim) for claim in oracle.known]
    for name in ("scored", "overdue", "awaiting", "open", "undated", "void", "unscored"):
        assert getattr(group.account, name) == accounts.count(name), where
    scored = oracle.scored()
    statuses = [oracle.status(claim) for claim in scored]
    for name in ("hit", "late", "miss", "partly", "withdrawn"):
        assert getattr(group, name) == statuses.count(name), where
    n, hits, waiting = len(scored), statuses.count("hit"), accounts.count("overdue") + accounts.count("awaiting")
    assert (group.n, group.n_series) == (n, len({oracle.cluster[claim["id"]] for claim in scored})), where
    worth = oracle.n_eff(scored)
    assert same(group.n_eff, None if worth is None else float(worth)), where
    interval = oracle.interval(scored)
    assert (group.interval is None) == (interval is None)
    if group.interval is not None and interval is not None:
        assert same(group.interval.low, interval[0]) and same(group.interval.high, interval[1]), where
    if group.bounds is not None:
        assert same(group.bounds.low, hits / (n + waiting)), where
        assert same(group.bounds.high, (hits + waiting) / (n + waiting)), where
    assert same(group.lenient, oracle.lenient()), where
    assert group.n_hindsight == oracle.hindsight(), where
    stated = oracle.stated()
    assert group.n_probability == len(stated)
    if stated:
        assert same(group.brier, float(sum((p - y) ** 2 for p, y in stated) / len(stated))), where
    (calibrated,) = calibration(ledger, day=day).groups
    assert [row.probability for row in calibrated.stated] == sorted({float(p) for p, _ in stated}), where
    drawn = oracle.drawn()
    assert (calibrated.exact is None) == (len(drawn) < 5), where
    if calibrated.exact is not None:
        tails = convolved(drawn)
        assert same(calibrated.exact.at_most, tails[0]) and same(calibrated.exact.at_least, tails[1]), where
    lateness(ledger, oracle, day, where)


def lateness(ledger: Any, oracle: Oracle, day: date, where: str) -> None:
    found = slips(ledger, day=day)
    (group,), times = found.groups, oracle.times()
    ours = {one.id: (one.stretch_low, one.stretch, one.observed) for one in found.claims if one.stretch is not None}
    theirs = {
        name: (float(low), float(low if high is None else high), high is not None)
        for name, (low, high) in times.items()
    }
    assert ours == theirs, where
    # Self-consistency of the estimate: each mass is what the observations, shared out by it, make of it.
    cells = [(step.stretch_low, step.stretch) for step in group.curve]
    left = [1.0, *(step.survival for step in group.curve)]
    mass = [left[i] - left[i + 1] for i in range(len(cells))]
    shared = [0.0] * len(cells)
    for low, high in times.values():
        inside = [a >= float(low) and b <= float(high) if high is not None else b > float(low) for a, b in cells]
        beyond = left[-1] if high is None else 0.0
        total = math.fsum(m for m, within in zip(mass, inside, strict=True) if within) + beyond
        for i, within in enumerate(inside):
            shared[i] += mass[i] / total if within and total else 0.0
    assert all(abs(m - s / len(times)) < 1e-6 for m, s in zip(mass, shared, strict=True)), where


def same(ours: float | None, theirs: float | None) -> bool:
    return ours == theirs or (ours is not None and theirs is not None and abs(ours - theirs) < 1e-12)
