"""Make the figures of docs/method.md from a made ledger with a fixed seed: `make docs`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from ledger.charts.scene import Drawing
from ledger.facts import Fact, Judgement
from ledger.model import Ledger
from ledger.periods import of_day
from ledger.render import plots, svg
from ledger.results.calibration import calibration
from ledger.results.score import score
from ledger.results.slip import slips

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


def figures() -> dict[str, Drawing]:
    """The drawings by the name of their file."""
    ledger = made()
    rated = score(ledger, day=DAY, by="speaker")
    (calibrated,) = calibration(ledger, day=DAY).groups
    times = slips(ledger, day=DAY)
    assert rated.common_rate is not None and calibrated.sequential is not None
    named = [(group.group or "", group) for group in rated.groups]
    return {
        "method-rates.svg": plots.funnel(named, rated.common_rate, 0.95),
        "method-calibration.svg": plots.reliability(calibrated),
        "method-evidence.svg": plots.evidence_curve(calibrated.sequential, 640),
        "method-slip.svg": plots.survival(times.groups[0], times.claims, 640),
    }


if __name__ == "__main__":
    for name, drawing in figures().items():
        (Path(__file__).parent / "images" / name).write_text(svg.standalone(drawing), encoding="utf-8")
