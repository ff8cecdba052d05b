"""The results of score, calibration and slip as charts: the same drawings for `--plot` and for the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..charts import calibration as diagrams
from ..charts import evidence as drawn
from ..charts import rates
from ..charts.scene import Drawing
from ..results.arrange import Common
from ..results.calibration import Calibration
from ..results.forecast_bins import Width
from ..results.groups import Standing
from ..results.score import Group, Score
from ..results.sequential import Sequential
from ..results.slip import Slips
from ..results.timing import Timed
from ..scoring import chance_range

WIDE = 760.0
_TICKS = 60  # more of them would be a thick line


def rate(label: str, group: Group | Standing, href: str | None = None) -> rates.RateBar:
    """Claims as a rate with its interval and bounds."""
    low, high = (group.interval.low, group.interval.high) if group.interval else (0.0, 1.0)
    least, most = (group.bounds.low, group.bounds.high) if group.bounds else (None, None)
    return rates.RateBar(label, group.hit, group.n, low, high, least, most, href)


def score_drawing(found: Score) -> Drawing:
    """A row for each group with a scored claim."""
    return rates.rates([rate(group.group or "none", group) for group in found.groups if group.n], width=WIDE)


def reliability(found: Calibration, width: float = 480) -> Drawing:
    """The reliability diagram of one group, with the isotonic curve where it was worked out."""
    groups = [
        diagrams.StatedShare(
            one.probability, one.hit, one.n, one.interval.low, one.interval.high, (one.chance.low, one.chance.high)
        )
        for one in found.stated
        if one.interval
    ]
    curve = [(one.probability, one.recalibrated) for one in found.corp.curve] if found.corp else []
    return diagrams.reliability(groups, recalibrated=curve, width=width)


def forecast_reliability(bins: Sequence[Width], width: float = 480) -> Drawing:
    """The reliability diagram of forecasts in bins, each at what it stated on average."""
    groups = [diagrams.StatedShare(one.stated, one.hit, one.n, one.interval.low, one.interval.high) for one in bins]
    return diagrams.reliability(groups, width=width)


def survival(group: Slips, claims: Sequence[Timed], width: float = WIDE) -> Drawing:
    """The curve of one group, with its band; `claims` are those in it."""
    watched = sorted(one.stretch for one in claims if one.stretch is not None)
    censored = sorted({round(one.stretch, 2) for one in claims if one.stretch is not None and not one.observed})
    return diagrams.survival(
        [diagrams.Rise(step.stretch, 1 - step.survival) for step in group.curve],
        censored=censored if len(censored) <= _TICKS else (),
        last=group.longest or 0,
        at_risk=list(_at_risk(watched)),
        median=group.median_stretch,
        band=[
            (step.stretch, 1 - step.high, 1 - step.low)
            for step in group.curve
            if step.low is not None and step.high is not None
        ],
        width=width,
    )


def _at_risk(watched: Sequence[float]) -> Iterator[tuple[float, int]]:
    """How many claims were watched for so long, at each time at which the number changes."""
    for i, time in enumerate(watched):
        if i == 0 or watched[i - 1] < time:
            yield time, len(watched) - i


def evidence_curve(found: Sequential, width: float = WIDE) -> Drawing:
    """The e-value claim by claim."""
    return drawn.evidence([bet.e_value for bet in found.bets], alarm=found.alarm, width=width)


def funnel(named: Sequence[tuple[str, Group]], common: Common, level: float, width: float = 480) -> Drawing:
    """Groups by how many claims they are worth, and the limits within which chance keeps them."""
    shares = [
        drawn.GroupShare(label, group.n_eff or group.n, group.rate) for label, group in named if group.rate is not None
    ]
    most = max((share.n for share in shares), default=1.0)
    steps = sorted({max(1, round(most * 1.1 * i / 40)) for i in range(41)})
    limits = [(float(n), *chance_range(n=n, p=common.rate, level=level)) for n in steps]
    return drawn.funnel(shares, rate=common.rate, limits=limits, width=width)
