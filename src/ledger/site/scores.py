"""The page of scores: rates by everything they can be grouped by, stated probabilities, time taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..numbers import NOTHING, between, chance, number, percent, points
from ..render import plots
from ..results.calibration import Calibration, calibration
from ..results.score import Group, Score, scores
from ..results.slip import CurveStep, Slips, slips
from ..results.survey import Subject
from ..results.timing import Timed
from ..scoring.meaning import MEANINGS
from ..text import plural
from . import drawings, paths, sentences
from .forecasters import expectations
from .page import File, Site
from .views import Number

_BY = (
    ("kind", "By kind"),
    ("topic", "By topic"),
    ("speaker", "By speaker"),
    ("year", "By the year of the deadline"),
    ("horizon", "By the time that was promised"),
)
_TABLES = {"topic": "topics", "speaker": "people"}
_MOST = 40  # groups of one table
MIN_BETS, MIN_GROUPS = 5, 4  # of fewer a curve, or a funnel, shows nothing


class GroupLine(NamedTuple):
    """One group in a table of rates."""

    label: str
    href: str | None
    n: int
    n_series: int
    hit: int
    rate: str
    interval: str
    bounds: str
    lenient: str


class GroupSection(NamedTuple):
    """Rates by one thing."""

    name: str
    title: str
    chart: Markup | None
    rows: list[GroupLine]
    left: int
    common: str
    funnel: Markup | None


def score_page(site: Site) -> File:
    """score.html."""
    survey = site.survey
    ledger, day = survey.ledger, survey.day
    of_all, *by_each = scores(ledger, day=day, by=(None, *(name for name, _ in _BY)))
    (whole,) = of_all.groups
    (stated,) = calibration(ledger, day=day).groups
    times = slips(ledger, day=day, brief=True)
    return site.page(
        "score.html",
        "score.html",
        heading="Score",
        description=sentences.lead(survey.standing),
        section="score.html",
        lead=sentences.lead(survey.standing),
        selection=MEANINGS["selection"],
        whole=_whole(whole),
        against=expectations(site),
        against_meaning=MEANINGS["against"],
        sections=[_section(site, found, title) for found, (_, title) in zip(by_each, _BY, strict=True)]
        if whole.n or whole.overdue
        else [],
        stated=_stated(whole, stated),
        diagram=_diagram(stated),
        evidence=_evidence(stated),
        stated_table=[
            (points(one.probability), one.n, one.hit, percent(one.rate), between(one.interval), between(one.chance))
            for one in stated.stated
        ],
        times=_times(times.groups[0]),
        curve=_curve(times.groups[0], times.claims),
        curve_table=[
            (number(step.stretch, 2), *_watched(step), percent(1 - step.survival)) for step in times.groups[0].curve
        ],
    )


def _watched(step: CurveStep) -> tuple[object, object]:
    """Who was watched, and how many came true: of times known to intervals nobody can say."""
    return (NOTHING if step.at_risk is None else step.at_risk, NOTHING if step.fulfilled is None else step.fulfilled)


def _evidence(found: Calibration) -> Markup | None:
    """The e-value over time; two claims make no curve."""
    bets = found.sequential
    if bets is None or len(bets.bets) < MIN_BETS:
        return None
    return drawings.pair(lambda width: plots.evidence_curve(bets, min(width, 480)))


def _number(name: str, value: str) -> Number:
    meaning = MEANINGS[name]
    return Number(name, value, meaning.sentence, meaning.says_not)


def _whole(group: Group) -> list[Number]:
    if not group.n:
        return []
    return [
        _number("rate", f"{group.hit:,} of {_claims(group)}, {percent(group.rate)}"),
        _number("interval", between(group.interval)),
        _number("bounds", between(group.bounds)),
        _number("lenient", percent(group.lenient)),
        _number("hindsight", _hindsight(group)),
    ]


def _claims(group: Group) -> str:
    """How many claims, and of how many series where some hang together."""
    return f"{group.n:,} in {group.n_series:,} series" if group.n_series < group.n else f"{group.n:,}"


def _hindsight(group: Group) -> str:
    return "unknown" if group.n_hindsight is None else f"{group.n_hindsight:,} of {group.n:,}"


# --- groups ----------------------------------------------------------------------------------------------------


def _section(site: Site, found: Score, title: str) -> GroupSection:
    by = found.by or ""
    groups = [group for group in found.groups if group.n or group.overdue]
    shown = sorted(groups, key=lambda group: -group.n)[:_MOST] if len(groups) > _MOST else groups
    bars = [plots.rate(_label(site, by, group), group) for group in shown if group.n]
    chart = drawings.rate_chart(bars) if bars else None
    rows = [_row(site, by, group) for group in shown]
    told, funnel = _by_chance(site, found, by)
    return GroupSection(by, title, chart, rows, len(groups) - len(shown), told, funnel)


def _by_chance(site: Site, found: Score, by: str) -> tuple[str, Markup | None]:
    """What chance does to many intervals, in a sentence, and the groups around their common rate."""
    common = found.common_rate
    if common is None or common.intervals < MIN_GROUPS:
        return "", None
    told = (
        f"Of {plural(common.intervals, 'interval')} {common.missed:,} {'misses' if common.missed == 1 else 'miss'} the "
        f"common rate of {percent(common.rate)}; by chance alone {number(common.expected, 1)} would."
    )
    named = [(_label(site, by, group), group) for group in found.groups if group.n]
    level = found.terms.level
    return told, drawings.pair(lambda width: plots.funnel(named, common, level, min(width, 560)))


def _row(site: Site, by: str, group: Group) -> GroupLine:
    table = _TABLES.get(by)
    return GroupLine(
        label=_label(site, by, group),
        href=paths.subject(table, group.group) if table and group.group is not None else None,
        n=group.n,
        n_series=group.n_series,
        hit=group.hit,
        rate=percent(group.rate),
        interval=between(group.interval),
        bounds=between(group.bounds),
        lenient=percent(group.lenient),
    )


def _label(site: Site, by: str, group: Group) -> str:
    if group.group is None:
        return "none"
    table = _TABLES.get(by)
    subjects: Mapping[str, Subject] = getattr(site.survey, table) if table else {}
    return subjects[group.group].label if group.group in subjects else group.group


# --- stated probabilities --------------------------------------------------------------------------------------


def _stated(whole: Group, found: Calibration) -> list[Number]:
    if not found.n:
        return []
    log = "infinite" if whole.certain_misses else number(whole.log_score)
    numbers = [
        _number("brier", f"{number(whole.brier)} over {plural(found.n, 'claim')}"),
        _number("skill", number(whole.skill)),
        _number("log_score", log),
        _number("reliability", number(found.reliability)),
    ]
    if found.chance:
        numbers.append(_number("reliability_by_chance", number(found.chance.reliability.percentile95)))
    if found.exact:
        tails = f"so few {chance(found.exact.at_most)}, so many {chance(found.exact.at_least)}"
        promised = f"{found.exact.hit:,} hits where {number(found.exact.expected, 1)} were promised: {tails}"
        numbers.append(_number("hits_probability", promised))
    if found.sequential:
        reached = f"alarm at {found.sequential.alarm_at}" if found.sequential.alarm_at else "no alarm"
        e_value = number(found.sequential.e_value, 2)
        numbers.append(_number("calibration_evidence", f"{e_value} over {found.sequential.n:,} series, {reached}"))
    return numbers


def _diagram(found: Calibration) -> Markup | None:
    if not found.n:
        return None
    return drawings.pair(lambda width: plots.reliability(found, min(width, 480)))


# --- time ------------------------------------------------------------------------------------------------------


def _times(group: Slips) -> list[Number]:
    if not group.fulfilled:
        return []
    median = "not reached"
    if group.median_stretch is not None:
        median = f"{number(group.median_stretch, 2)} times the promised time"
    found = [
        _number("median_stretch", f"{median}, over {plural(group.n, 'claim')}"),
        _number("on_time_by_survival", percent(group.on_time)),
    ]
    return [*found, _number("lateness_band", _bands(group))]


def _bands(group: Slips) -> str:
    """The bands of both: an end that is not reached is open."""
    low, high = group.median_band
    if low is None:
        median = "median not reached"
    else:
        median = f"median {number(low, 2)} {f'to {number(high, 2)}' if high is not None else 'and up'}"
    share = group.on_time_band
    in_time = between((share.low, share.high)) if share.low is not None and share.high is not None else NOTHING
    return f"{median}; in time {in_time}"


def _curve(group: Slips, claims: Sequence[Timed]) -> Markup | None:
    if not group.fulfilled:
        return None
    return drawings.pair(lambda width: plots.survival(group, claims, width))
