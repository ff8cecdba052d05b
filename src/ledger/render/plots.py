"""The results of score, calibration and slip as charts: the same drawings for `--plot` and for the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..charts import calibration as diagrams
from ..charts import rates
from ..charts.scene import Drawing
from ..commands.calibrating import Calibration, Calibrations
from ..commands.scoring import Group, Score
from ..commands.slipping import Slipping, Slips, Timed

WIDE = 760.0
_TICKS = 60  # more of them would be a thick line


def rate(label: str, group: Group, href: str | None = None) -> rates.Rate:
    """One group as a rate with its interval and bounds."""
    low, high = (group.interval.low, group.interval.high) if group.interval else (0.0, 1.0)
    least, most = (group.bounds.low, group.bounds.high) if group.bounds else (None, None)
    return rates.Rate(label, group.hit, group.n, low, high, least, most, href)


def score_drawing(found: Score) -> Drawing:
    """A row for each group with a scored claim."""
    return rates.rates([rate(group.group or "none", group) for group in found.groups if group.n], width=WIDE)


def calibration_drawing(found: Calibrations, width: float = 480) -> Drawing:
    """The reliability diagram of all groups together: one where `--by` was not given."""
    return reliability(found.groups[0], width) if len(found.groups) == 1 else _together(found.groups, width)


def reliability(found: Calibration, width: float = 480) -> Drawing:
    """The reliability diagram of one group, with the isotonic curve where it was worked out."""
    curve = [(one.probability, one.recalibrated) for one in found.corp.curve] if found.corp else []
    return diagrams.reliability(list(_stated([found])), recalibrated=curve, width=width)


def _together(groups: Iterable[Calibration], width: float) -> Drawing:
    return diagrams.reliability(list(_stated(groups)), width=width)


def _stated(groups: Iterable[Calibration]) -> Iterator[diagrams.Stated]:
    for group in groups:
        for one in group.stated:
            if one.interval:
                yield diagrams.Stated(one.probability, one.hit, one.n, one.interval.low, one.interval.high)


def slip_drawing(found: Slipping) -> Drawing:
    """The Kaplan-Meier curve of the first group: of all claims where `--by` was not given."""
    return survival(found.groups[0], found.claims, WIDE)


def survival(group: Slips, claims: Sequence[Timed], width: float) -> Drawing:
    """The Kaplan-Meier curve of one group; `claims` are those in it."""
    watched = sorted(one.stretch for one in claims if one.stretch is not None)
    censored = sorted({round(one.stretch, 2) for one in claims if one.stretch is not None and not one.observed})
    return diagrams.survival(
        [diagrams.Step(step.stretch, 1 - step.survival) for step in group.curve],
        censored=censored if len(censored) <= _TICKS else (),
        last=group.longest or 0,
        at_risk=list(_at_risk(watched)),
        median=group.median_stretch,
        width=width,
    )


def _at_risk(watched: Sequence[float]) -> Iterator[tuple[float, int]]:
    """How many claims were watched for so long, at each time at which the number changes."""
    for i, time in enumerate(watched):
        if i == 0 or watched[i - 1] < time:
            yield time, len(watched) - i
