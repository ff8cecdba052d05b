"""Scores of 100,000 claims against the cheapest thing one can do with them: summing (p - y)^2 in plain Python.

Prints CPU times as multiples of that sum; what is quadratic is left out by its limits, as for a user. With
--at-limits also the two quadratic checks at the most claims they take. Exits 1 if score, calibration or slip
takes more than 40 times the sum, or a check more than a second.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from ledger.facts import Fact, Judgement
from ledger.model import Ledger
from ledger.periods import Period, of_day
from ledger.results.calibration import calibration
from ledger.results.score import score
from ledger.results.slip import slips
from ledger.scoring import CORP_NULL_LIMIT, HITS_LIMIT, corp_null, hits_probability

DAY = date(2026, 1, 1)
MOST = 40


def fact(number: int, random: Random) -> Fact:
    """One claim that was mostly judged, in one of 5,000 series, a tenth with a range and a value."""
    said = DAY.toordinal() - 400 - random.randrange(2000)
    deadline = said + 30 + random.randrange(1200)
    came = random.choice(["true", "false"])
    happened = day(deadline + random.randrange(-25, 300)) if came == "true" else None
    ranged = number % 10 == 0
    value = random.uniform(50, 300) if ranged else None
    judged = Judgement(deadline + 301, came, happened, value)
    low, high = (100.0, 200.0) if ranged else (None, None)
    return Fact(
        id=f"claim-{number}",
        claim="It comes.",
        speaker=f"speaker-{number % 50}",
        source="source",
        kind="target" if number % 4 == 0 else "prediction",
        window="during" if number % 5 == 0 else "by",
        wording="quoted",
        topics=("topic",),
        series=f"series-{random.randrange(5000)}",
        revises=None,
        said=day(said),
        deadline=day(deadline),
        latest=None,
        probability=random.randrange(1, 20) / 20,
        probability_words=None,
        at_least=low,
        at_most=None,
        low=low,
        high=high,
        level=0.8 if ranged else None,
        added=said,
        checked=None,
        judgements=(judged,) if random.random() < 0.9 else (),
        words=(),
        file=0,
        line=number,
    )


def day(ordinal: int) -> Period:
    """The period of one day."""
    return of_day(date.fromordinal(ordinal))


def seconds(run: Callable[[], object], times: int = 3) -> float:
    """CPU time of the quickest of a few runs."""
    found = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def summed(facts: Sequence[Fact]) -> float:
    """The sum over all claims that were judged, each read once."""
    return sum(
        (one.probability - (one.judgements[-1].outcome == "true")) ** 2
        for one in facts
        if one.judgements and one.probability is not None
    )


def main() -> int:
    """Measure and print; 1 if a bound is broken."""
    gc.disable()  # as the program runs its commands
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--at-limits", action="store_true")
    options = parser.parse_args()
    random = Random(1)
    facts = tuple(fact(number, random) for number in range(options.claims))
    ledger = Ledger(None, (), {}, {}, {}, (), facts, (), ())
    base = seconds(lambda: summed(facts), 9)
    print(f"summing (p - y)^2 over {len(facts):,} claims: {base * 1000:.1f} ms")
    broken = False
    for name, run in (("score", score), ("calibration", calibration), ("slip", slips)):
        took = seconds(lambda run=run: run(ledger, day=DAY))
        broken |= took > MOST * base
        print(f"{name:12} {took * 1000:7.0f} ms = {took / base:5.1f} x")
    if options.at_limits:
        stated = [random.randrange(1, 100) / 100 for _ in range(max(HITS_LIMIT, CORP_NULL_LIMIT))]
        took = seconds(lambda: hits_probability(probabilities=stated[:HITS_LIMIT], hits=HITS_LIMIT // 2))
        drawn = seconds(lambda: corp_null(probabilities=stated[:CORP_NULL_LIMIT]))
        broken |= max(took, drawn) > 1
        print(f"exact check of {HITS_LIMIT:,}: {took:.2f} s; CORP by chance of {CORP_NULL_LIMIT:,}: {drawn:.2f} s")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
