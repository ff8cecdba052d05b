"""Simulations behind the method page, with fixed seeds: what each number finds where the truth is known.

python benchmarks/simulate_scoring.py [NAME ...]
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random
from statistics import fmean, median

from ledger.facts import Fact, Judgement
from ledger.model import Ledger
from ledger.periods import of_day
from ledger.results.slip import slips
from ledger.scoring import effective_n, evidence, incidence, kaplan_meier, wilson
from ledger.scoring.forecasters import student_quantile

DAY = date(2026, 1, 1)
TODAY = DAY.toordinal()


def claim(name: str, said: int, deadline: int, *judged: Judgement, checked: int | None = None) -> Fact:
    return Fact(
        id=name, claim="It comes.", speaker="a", source="s", kind="prediction", window="by", wording=None, topics=(),
        series=None, revises=None, said=of_day(date.fromordinal(said)), deadline=of_day(date.fromordinal(deadline)),
        latest=None, probability=None, probability_words=None, at_least=None, at_most=None, low=None, high=None,
        level=None, added=None, checked=checked, judgements=judged, words=(), file=0, line=1,
    )  # fmt: skip


def found(facts: list[Fact]) -> tuple[float | None, float | None]:
    """Share in time and median stretch, as `ledger slip` has them."""
    (group,) = slips(Ledger(None, (), {}, {}, {}, (), tuple(facts), (), ()), day=DAY).groups
    return group.on_time, group.median_stretch


# --- lateness ----------------------------------------------------------------------------------------------------


def in_time(runs: int = 20) -> Iterator[str]:
    """Claims "within three years", made evenly over five years, 30% come true, evenly over the three years."""
    yield "share in time, truth 0.300, 300 claims a run, looked at every 91 days"
    for name, with_happened, looking in (
        ("with `happened`", True, True),
        ("without `happened`", False, True),
        ("without, and open claims never looked at", False, False),
    ):
        random, shares = Random(1), []
        for _ in range(runs):
            facts = [_within_three_years(random, i, with_happened, looking) for i in range(300)]
            shares.append(found(facts)[0] or 0)
        yield f"  {name:45} {fmean(shares):.3f}"


def _within_three_years(random: Random, number: int, with_happened: bool, looking: bool) -> Fact:
    said, length = TODAY - round(5 * 365 * random.random()), 3 * 365
    comes = said + 1 + round(length * random.random()) if random.random() < 0.3 else None
    deadline, first = said + length, said + 1 + int(91 * random.random())
    looks = list(range(first, min(TODAY, deadline) + 1, 91))
    if comes is not None and comes <= TODAY:
        seen = next((look for look in looks if look >= comes), None) or min(TODAY, deadline + 1)
        before = max((look for look in looks if look < comes), default=None) if looking else None
        happened = of_day(date.fromordinal(comes)) if with_happened else None
        return claim(f"c{number}", said, deadline, Judgement(seen, "true", happened), checked=before)
    if deadline < TODAY:
        return claim(f"c{number}", said, deadline, Judgement(deadline + 1, "false"))
    return claim(f"c{number}", said, deadline, checked=max(looks, default=None) if looking else None)


def looked_again(runs: int = 60) -> Iterator[str]:
    """Stretch lognormal with median 2.00; misses judged after their deadline, some looked at again, some never."""
    yield "median stretch, truth 2.00, 60 claims a run; misses are looked at again or never"
    for share in (1.0, 0.6, 0.3, 0.1):
        random, last, today, reached = Random(2), [], [], 0
        for _ in range(runs):
            facts, watched = [], []
            for i in range(60):
                stretch, age = 2 * math.exp(0.8 * random.gauss(0, 1)), 1 + 5 * random.random()
                again = random.random() < share
                said = TODAY - round(365 * age)
                comes = said + round(365 * stretch)
                seen = comes <= said + 366 or (again and comes <= TODAY)
                watched.append((min(stretch, age), seen))
                deadline = said + 365
                if seen:
                    facts.append(
                        claim(f"c{i}", said, deadline, Judgement(comes, "true", of_day(date.fromordinal(comes))))
                    )
                else:
                    checked = TODAY if again else None
                    facts.append(claim(f"c{i}", said, deadline, Judgement(deadline + 1, "false"), checked=checked))
            last.append(found(facts)[1])
            curve = kaplan_meier(durations=[t for t, _ in watched], events=[seen for _, seen in watched])
            today.append(curve.median)
            reached += curve.median is not None
        shown = [one for one in last if one is not None]
        late = [one for one in today if one is not None]
        yield (
            f"  {share:4.0%} looked again: {median(shown):.2f} to the last look ({len(shown)} of {runs} reached it), "
            f"{f'{median(late):.2f}' if late else 'none'} watched to today ({reached} of {runs})"
        )


def hidden(runs: int = 10) -> Iterator[str]:
    """What the finished alone say where the true median is 2.49 promised times."""
    yield "mean stretch of what has come, true median 2.49, watched for 0.5 to 6 promised times"
    for sigma in (0.6, 0.8, 1.0):
        random, means, medians = Random(3), [], []
        for _ in range(runs):
            lives = [(2.49 * math.exp(sigma * random.gauss(0, 1)), 0.5 + 5.5 * random.random()) for _ in range(2000)]
            means.append(fmean(t for t, watched in lives if t <= watched))
            durations, events = [min(pair) for pair in lives], [t <= watched for t, watched in lives]
            medians.append(kaplan_meier(durations=durations, events=events).median or 0)
        yield f"  sigma {sigma}: mean {fmean(means):.2f}, Kaplan-Meier median {fmean(medians):.2f}"


def bands(runs: int = 200) -> Iterator[str]:
    """Whether the pointwise band of the share in time holds the truth."""
    yield "coverage of the 95% band at the promised time, truth 0.300"
    kinds = (("alone, points", 40, 1, True), ("alone, intervals", 40, 1, False), ("series of 4", 12, 4, False))
    for name, count, size, exact in kinds:
        random, held = Random(4), 0
        for _ in range(runs):
            low, high, keys = [], [], []
            for series in range(count):
                rate = random.betavariate(0.7, 0.7 * 7 / 3) if size > 1 else 0.3
                for _ in range(size):
                    t = random.random() if random.random() < rate else 1 + 2 * random.random()
                    look = 0.2 * (1 + int(t / 0.2))
                    come = t <= 1.4
                    low.append(t if exact and come else look - 0.2 if come else 1.4)
                    high.append(t if exact and come else look if come else math.inf)
                    keys.append(series)
            band = incidence(low=low, high=high, clusters=keys, at=[1.0]).band
            at = next(one for one in band if one.time == 1.0)
            held += at.low <= 0.3 <= at.high
        yield f"  {name:20} {held / runs:.3f}"


# --- rates of series ---------------------------------------------------------------------------------------------


SHAPES: dict[str, tuple[int, ...]] = {
    "3 of 5": (5,) * 3,
    "5 of 4": (4,) * 5,
    "8 of 5": (5,) * 8,
    "10 of 3": (3,) * 10,
    "10 of 20": (20,) * 10,
    "20 of 5": (5,) * 20,
    "15 of 1 to 15": tuple(range(1, 16)),
    "15 alone, 5 of 4": (1,) * 15 + (4,) * 5,
    "4 alone, 2, 3, 5, 12": (1, 1, 1, 1, 2, 3, 5, 12),
    "14 alone, 2, 3, 3, 5, 10, 20": (1,) * 14 + (2, 3, 3, 5, 10, 20),
}


def coverage(runs: int = 4000) -> Iterator[str]:
    """Coverage of the interval where claims of one series hang together (correlation icc)."""
    yield "coverage of the 95% interval, icc 0.2, then 0.5"
    yield "plain Wilson | on the effective number | and with Student's t for series (Korn and Graubard)"
    inside: Counter[int] = Counter()
    for truth in (0.1, 0.3, 0.5):
        for name, sizes in SHAPES.items():
            told = []
            for icc in (0.2, 0.5):
                random = Random(5)
                held = [_covered(random, sizes, icc, truth) for _ in range(runs)]
                shares = [fmean(row[i] for row in held) for i in range(3)]
                inside.update(i for i, share in enumerate(shares) if 0.92 <= share <= 0.97)
                told.append(" | ".join(f"{share:.3f}" for share in shares))
            yield f"  truth {truth}, {name:30} {'    '.join(told)}"
    yield f"  within 0.92 to 0.97, of {6 * len(SHAPES)}: {' | '.join(str(inside[i]) for i in range(3))}"


def _covered(random: Random, sizes: Sequence[int], icc: float, truth: float) -> tuple[bool, bool, bool]:
    """Whether each interval holds the truth in one ledger."""
    outcomes, keys = [], []
    for one, size in enumerate(sizes):
        rate = random.betavariate(truth * (1 - icc) / icc, (1 - truth) * (1 - icc) / icc)
        outcomes += [random.random() < rate for _ in range(size)]
        keys += [one] * size
    n, hits = len(outcomes), sum(outcomes)
    worth = effective_n(outcomes=outcomes, clusters=keys) or n
    less = worth * (student_quantile(n - 1, 0.95) / student_quantile(len(sizes) - 1, 0.95)) ** 2
    found = []
    for number in (n, worth, less):
        low, high = wilson(hits=hits, n=n, effective=number) or (0.0, 1.0)
        found.append(low <= truth <= high)
    return found[0], found[1], found[2]


# --- evidence ----------------------------------------------------------------------------------------------------


def alarms(runs: int = 2000) -> Iterator[str]:
    """How often the e-value ever reaches 20 in 200 claims, for the calibrated and for those who are not."""
    yield f"e-value: alarm (20) within 200 claims under any peeking, {runs} runs; median claim of the alarm"
    speakers: tuple[tuple[str, Callable[[float], float]], ...] = (
        ("calibrated", lambda p: p),
        ("says 90% where 80% comes", lambda p: 0.5 + (p - 0.5) * 0.75),
        ("log odds twice too sure", lambda p: 1 / (1 + math.sqrt((1 - p) / p))),
        ("odds twice too high", lambda p: p / (2 - p)),
    )
    for name, truth in speakers:
        random, at = Random(6), []
        for _ in range(runs):
            stated = [0.05 + 0.9 * random.random() for _ in range(200)]
            outcomes = [random.random() < truth(p) for p in stated]
            alarm = evidence(probabilities=stated, outcomes=outcomes).alarm_at
            if alarm is not None:
                at.append(alarm)
        yield f"  {name:26} {len(at) / runs:6.1%}   {median(at) if at else '-'}"


SIMULATIONS = (in_time, looked_again, hidden, bands, coverage, alarms)


def main(names: list[str]) -> None:
    for simulation in SIMULATIONS:
        if not names or simulation.__name__ in names:
            print(*simulation(), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
