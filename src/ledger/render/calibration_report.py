"""The report of `calibration`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ..numbers import NOTHING, between, chance, number, percent, points
from ..results.calibration import Calibration, Calibrations
from ..scoring import CORP_MINIMUM, HITS_LIMIT, LEAST_CLUSTERS
from ..text import plural
from .reports import SELECTED, Head, Note, Part, Section, account_line, group_head, group_name, meaning, selection
from .terminal.diagram import Axis, Plot, Point, Shading

_TICKS = [(share / 100, f"{share}%") for share in range(0, 101, 25)]


def calibration_report(found: Calibrations, *, sequential: bool = False) -> list[Part]:
    """The account, what was stated against what happened, the diagram, the exact check, evidence over time, CORP.

    `sequential` shows the evidence claim by claim.
    """
    parts: list[Part] = [Note(account_line(found.day, found.account), "bold", whole=True)]
    groups = [group for group in found.groups if group.n]
    if any(group.selected_by_outcome for group in groups):
        parts.append(Note(SELECTED))
    overdue = sum(group.overdue for group in found.groups) if found.by != "topic" else 0
    if not groups:
        waiting = f"; {plural(overdue, 'overdue claim')} would" if overdue else ""
        parts.append(Note(f"No scored claim states a probability{waiting}: there is nothing to calibrate."))
    else:
        parts += [_stated(found, groups)]
        parts += [_diagram(groups[0], found.level)] if found.by is None else []
        parts += [_exact(found, groups), *_evidence(found, groups, steps=sequential)]
        parts += [_murphy(found, groups), *_corp(found, groups)]
    if found.updates:
        parts.append(_updates(found))
    return [*parts, selection()]


def _stated(found: Calibrations, groups: Sequence[Calibration]) -> Section:
    head = [group_head(found.by)] if found.by else []
    heads = [
        *head,
        Head("stated", lead=True),
        Head("claims"),
        Head("came true"),
        Head("rate", style="bold"),
        Head(points(found.level)),
        Head("by chance"),
    ]
    rows = []
    for group in groups:
        for row in group.stated:
            shown = [points(row.probability), f"{row.n:,}", f"{row.hit:,}", percent(row.rate), between(row.interval)]
            shown.append(between(row.chance))
            rows.append([group_name(group.group, found.by), *shown] if found.by else shown)
    notes = [
        meaning("rate", "Rate"),
        meaning("interval", points(found.level)),
        meaning("rate_by_chance", "By chance"),
    ]
    return Section("Stated probabilities", heads, rows, notes)


def _diagram(group: Calibration, level: float) -> Plot:
    points_ = [
        Point(row.probability, row.rate, *((row.interval.low, row.interval.high) if row.interval else (None, None)))
        for row in group.stated
        if row.rate is not None
    ]
    legend = [
        f"● came true, with its {points(level)} interval; on the dotted line stated and true agree",
        f"░ where {points(level)} of such shares lie by chance alone, if what was stated is right",
    ]
    trace: list[tuple[float, float]] = []
    if group.corp is not None:
        trace = [(row.probability, row.recalibrated) for row in group.corp.curve]
        legend.append("* what each stated probability turned out to be worth (CORP)")
    return Plot(
        "Came true, by stated probability",
        Axis(0, 1, "stated probability", _TICKS),
        points=points_,
        bands=[
            Shading(row.probability, row.chance.low, row.chance.high) for row in group.stated if row.rate is not None
        ],
        trace=trace,
        diagonal=True,
        rows_a_column=0.4,
        legend=legend,
    )


def _exact(found: Calibrations, groups: Sequence[Calibration]) -> Section:
    heads = [
        group_head(found.by),
        Head("claims"),
        Head("series"),
        Head("overdue"),
        Head("came true"),
        Head("expected"),
        Head("so few", style="bold"),
        Head("so many", style="bold"),
    ]
    rows = [
        [
            group_name(group.group, found.by),
            *(f"{count:,}" for count in (group.n, group.n_series, group.overdue, group.hit)),
            number(group.expected, 1),
            chance(group.exact.at_most if group.exact else None),
            chance(group.exact.at_least if group.exact else None),
        ]
        for group in groups
    ]
    notes = [meaning("hits_probability", "So few, so many")]
    notes += [
        f"{group_name(group.group, found.by)}: of each series the claim said first, {group.exact.hit:,} of "
        f"{group.exact.n:,} came true where {number(group.exact.expected, 1)} were expected."
        for group in groups
        if group.exact and group.exact.n < group.n
    ]
    if any(group.exact is None and not group.selected_by_outcome for group in groups):
        notes.append(f"{NOTHING}: fewer than {LEAST_CLUSTERS} series, too few for a test.")
    if any(group.exact and group.exact.method != "exact" for group in groups):
        notes.append(f"Above {HITS_LIMIT:,} series by the normal distribution, corrected for skewness.")
    return Section("By chance, if every stated probability were right", heads, rows, notes)


def _evidence(found: Calibrations, groups: Sequence[Calibration], *, steps: bool) -> Iterator[Section]:
    """The e-value of each group, and step by step where that was asked for."""
    bets = [(group, group.sequential) for group in groups if group.sequential is not None]
    if not bets:
        return
    rows = [
        [
            group_name(group.group, found.by),
            f"{one.n:,}",
            _e_value(one.e_value),
            _e_value(one.highest),
            one.alarm_at or "never",
        ]
        for group, one in bets
    ]
    heads = [group_head(found.by), Head("claims"), Head("e-value", style="bold"), Head("highest")]
    notes = [meaning("calibration_evidence", "E-value")]
    yield Section("Evidence so far, readable at any time", [*heads, Head("alarm", right=False, wrap=True)], rows, notes)
    if not steps:
        return
    for group, one in bets:
        told = "; ".join(f"{bet.name} {_e_value(bet.e_value)}" for bet in one.alternatives)
        yield Section(
            f"Bet by bet: {group_name(group.group, found.by)}",
            [
                Head("deadline", right=False, lead=True),
                Head("stated"),
                Head("came true", right=False),
                Head("e-value", style="bold"),
                Head("claim", right=False, wrap=True),
            ],
            [
                [
                    bet.deadline.isoformat(),
                    points(bet.probability),
                    "yes" if bet.hit else "no",
                    _e_value(bet.e_value),
                    bet.id,
                ]
                for bet in one.bets
            ],
            [f"Each bet alone: {told}."],
        )


def _e_value(value: float) -> str:
    return "inf" if value == math.inf else number(value, 2)


def _murphy(found: Calibrations, groups: Sequence[Calibration]) -> Section:
    rows = [
        [
            group_name(group.group, found.by),
            number(group.brier),
            number(group.reliability),
            number(group.chance.reliability.percentile95 if group.chance else None),
            *(number(term) for term in (group.resolution, group.uncertainty)),
        ]
        for group in groups
    ]
    heads = [group_head(found.by), Head("Brier", style="bold"), Head("reliability"), Head("by chance up to")]
    joined = "Claims of one series hang together: of these, chance gives more than the levels here say."
    return Section(
        "The Brier score in parts: reliability - resolution + uncertainty",
        [*heads, Head("resolution"), Head("uncertainty")],
        rows,
        [
            meaning("brier", "Brier (0 to 1)"),
            meaning("reliability", "Reliability"),
            meaning("reliability_by_chance", "By chance up to"),
            meaning("resolution", "Resolution"),
            meaning("uncertainty", "Uncertainty"),
            *([joined] if any(group.n_series < group.n for group in groups) else []),
        ],
    )


def _corp(found: Calibrations, groups: Sequence[Calibration]) -> Iterator[Part]:
    rows = [_corp_row(group_name(group.group, found.by), group) for group in groups if group.corp]
    if not rows:
        most = max(group.n for group in groups)
        if most < CORP_MINIMUM:
            yield Note(f"CORP is not shown: it says next to nothing below {CORP_MINIMUM} claims, and there are {most}.")
        return
    heads = [
        group_head(found.by),
        Head("miscalibration"),
        Head("by chance"),
        Head("up to"),
        Head("discrimination"),
        Head("up to"),
    ]
    notes = [
        meaning("miscalibration", "Miscalibration"),
        meaning("miscalibration_by_chance", "By chance"),
        meaning("discrimination", "Discrimination"),
        meaning("discrimination_by_chance", "Up to"),
    ]
    yield Section("CORP", heads, rows, notes)


def _corp_row(name: str, group: Calibration) -> list[str]:
    terms, by_chance = group.corp, group.chance
    assert terms is not None
    values = (terms.miscalibration, terms.chance_mean, terms.chance_percentile95, terms.discrimination)
    return [name, *map(number, values), number(by_chance.discrimination.percentile95 if by_chance else None)]


def _updates(found: Calibrations) -> Section:
    heads = [
        Head("claim", right=False, style="bold", lead=True, wrap=True),
        Head("times"),
        Head("first"),
        Head("last"),
        Head("came true", right=False),
        Head("live", style="bold"),
        Head("scheduled"),
        Head("covered"),
    ]
    rows = [
        [
            update.id,
            f"{update.statements:,}",
            points(update.first),
            points(update.last),
            "yes" if update.hit else "no",
            number(update.live),
            number(update.scheduled),
            percent(update.coverage),
        ]
        for update in found.updates
    ]
    notes = [
        meaning("time_weighted", "Live"),
        "Scheduled: over all days to the deadline, those without a value at 0.25, which is what 50% earns; covered: "
        "the share of days with one.",
    ]
    return Section("Probabilities that were changed", heads, rows, notes)
