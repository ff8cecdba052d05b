"""Make the figures of docs/method.md from a made ledger with a fixed seed: `make docs`."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from random import Random

from ledger.bulk.layout import ClaimForecast, Job, Question
from ledger.bulk.reference import ReferenceJob
from ledger.charts import rates
from ledger.charts.scales import Scale, percent_ticks
from ledger.charts.scene import Bar, Drawing, Item, Label, Mark, Polyline, Stroke
from ledger.facts import Fact, Judgement
from ledger.model import Ledger
from ledger.periods import of_day
from ledger.render import plots, svg
from ledger.results.calibration import calibration
from ledger.results.forecast_bins import forecast_bins
from ledger.results.score import score
from ledger.results.slip import slips
from ledger.scoring import log_ratio, wilson

DAY = date(2026, 1, 1)
TODAY = DAY.toordinal()


def made(seed: int = 4, n: int = 120) -> Ledger:
    """Claims of eight speakers, all as good as each other and too sure; looked at every quarter."""
    random, facts = Random(seed), []
    for number in range(n):
        said = TODAY - 200 - int(1800 * random.random())
        deadline = said + 365
        stated = (0.2, 0.4, 0.6, 0.8, 0.9)[int(5 * random.random())]
        stretch = random.random() if random.random() < 0.15 + 0.6 * stated else 1 + 2.5 * random.random()
        comes, looks = said + round(365 * stretch), range(said + 30, TODAY, 91)
        seen = next((look for look in looks if look >= comes), None)
        before = max((look for look in looks if look < comes), default=None)
        judged: tuple[Judgement, ...] = ()
        if seen is not None:
            days = of_day(date.fromordinal(comes)) if number % 2 or comes > deadline else None
            judged = (Judgement(seen, "true", days),)
        elif deadline < TODAY:
            judged = (Judgement(deadline + 1, "false"),)
        facts.append(
            Fact(
                id=f"c{number}", claim="It comes.", speaker=f"speaker {'ABCDEFGH'[int(8 * random.random() ** 1.7)]}",
                source="s", kind="prediction", window="by", wording=None, topics=(), series=None, revises=None,
                said=of_day(date.fromordinal(said)), deadline=of_day(date.fromordinal(deadline)), latest=None,
                probability=stated, probability_words=None, at_least=None, at_most=None, low=None, high=None,
                level=None, added=None, checked=before, judgements=judged, words=(), file=0, line=1,
            )
        )  # fmt: skip
    return Ledger(None, (), {}, {}, {}, (), tuple(facts), (), ())


def counted(n: int = 2000) -> Drawing:
    """The same claims counted two ways: three in ten come true within three years, evenly; said over five years."""
    random = Random(2)
    ages = [5 * random.random() for _ in range(n)]
    comes = [3 * random.random() if random.random() < 0.3 else math.inf for _ in range(n)]
    lives = list(zip(comes, ages, strict=True))
    resolved = [come < math.inf for come, age in lives if come <= age or age >= 3]
    past = [come < math.inf for come, age in lives if age >= 3]
    named = (("resolved so far", resolved), ("past their deadline", past))
    ends = [wilson(hits=sum(of), n=len(of)) or (0.0, 1.0) for _, of in named]
    bars = [rates.RateBar(name, sum(of), len(of), *end) for (name, of), end in zip(named, ends, strict=True)]
    return rates.rates(bars, width=640)


def scores_of_one() -> Drawing:
    """What a claim that came true earns, by the probability that was stated."""
    across, up = Scale(0, 1, 44, 466), Scale(0, 2.5, 216, 12)
    items: list[Item] = []
    for tick in percent_ticks():
        x = across(tick.value)
        items += [Stroke(x, 216, x, 12, "rule", 0.75), Label(x, 233, tick.label, "soft", "middle", 11)]
    for value in (0, 0.5, 1, 1.5, 2, 2.5):
        items.append(Label(36, up(value) + 4, f"{value:g}", "soft", "end", 11))
    stated = [n / 100 for n in range(101)]
    brier = [(across(p), up((1 - p) ** 2)) for p in stated]
    log = [(across(p), up(-math.log(p))) for p in stated if p and -math.log(p) <= 2.5]
    items += [Polyline(tuple(brier), "hit", 2), Polyline(tuple(log), "partly", 2)]
    items += [Label(across(0.03), up(1.08), "Brier", "hit"), Label(across(0.2), up(1.75), "log", "partly")]
    items.append(Label(466, 249, "stated probability", "soft", "end", 11))
    told = "Brier falls from 1 at 0% to 0 at 100%; the log score from infinity at 0% through 0.69 at 50% to 0."
    return Drawing(480, 256, "What a claim that came true earns: less is better", told, tuple(items))


def ranges() -> Drawing:
    """Ranges around their middles, and how many times the middle came."""
    said = ((80, 120, 100), (50, 200, 160), (90, 110, 75), (20, 45, 9), (30, 60, 62), (100, 150, 410))
    across, height = Scale(-math.log(8), math.log(8), 14, 466), 34.0 + 26 * len(said)
    items: list[Item] = []
    for factor, name in (
        (0.125, "1/8"),
        (0.25, "1/4"),
        (0.5, "half"),
        (1, "middle"),
        (2, "twice"),
        (4, "4 x"),
        (8, "8 x"),
    ):
        x = across(math.log(factor))
        items.append(Stroke(x, 8, x, height - 24, "rule", 0.75, factor == 1))
        items.append(Label(x, height - 8, name, "soft", {0.125: "start", 8: "end"}.get(factor, "middle"), 11))  # type: ignore[arg-type]
    for row, (low, high, value) in enumerate(said):
        y = 8 + 26 * row + 13
        ends = [across(log_ratio(low=low, high=high, value=end) or 0.0) for end in (low, high)]
        role = "hit" if low <= value <= high else "miss"
        items.append(Bar(ends[0], y - 6, ends[1] - ends[0], 12, "axis", True))
        items.append(Mark(across(log_ratio(low=low, high=high, value=value) or 0.0), y, "disc", role, 5, f"{value}"))
    told = "; ".join(f"{low} to {high} was said and {value} came" for low, high, value in said)
    return Drawing(480, height, "Ranges that were said, and what came", told, tuple(items))


def forecasters() -> Drawing:
    """Forecasts of twelve who are all a little too sure, on sixty questions."""
    random = Random(3)
    questions, written = {}, []
    for number in range(60):
        truth = 0.1 + 0.8 * random.random()
        questions[f"q{number}"] = Question("scored", int(random.random() < truth))
        for name in "abcdefghijkl":
            p = min(0.98, max(0.02, truth + 0.3 * (truth - 0.5) + 0.3 * (random.random() - 0.5)))
            written.append(ClaimForecast(f"q{number}", name, number, round(p, 2), "made", number))
    found = forecast_bins(ReferenceJob(Job((), questions, written)), day=DAY, name="python")
    return plots.forecast_reliability(found.bins)


def figures() -> dict[str, Drawing]:
    """The drawings by the name of their file, one or more a section of the page."""
    ledger = made()
    rated = score(ledger, day=DAY, by="speaker")
    (calibrated,) = calibration(ledger, day=DAY).groups
    times = slips(ledger, day=DAY)
    assert rated.common_rate is not None and calibrated.sequential is not None
    named = [(group.group or "", group) for group in rated.groups]
    return {
        "method-counted.svg": counted(),
        "method-rates.svg": plots.funnel(named, rated.common_rate, 0.95),
        "method-scores.svg": scores_of_one(),
        "method-ranges.svg": ranges(),
        "method-calibration.svg": plots.reliability(calibrated),
        "method-evidence.svg": plots.evidence_curve(calibrated.sequential, 640),
        "method-slip.svg": plots.survival(times.groups[0], times.claims, 640),
        "method-forecasters.svg": forecasters(),
    }


if __name__ == "__main__":
    for name, drawing in figures().items():
        (Path(__file__).parent / "images" / name).write_text(svg.standalone(drawing), encoding="utf-8")
