"""The report of `slip`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..numbers import NOTHING, chance, number, percent, points, signed
from ..periods import Period
from ..results.slip import Chain, Slipping, Slips, Timed
from ..text import plural
from .reports import Head, Note, Part, Section, account_line, group_head, group_name, meaning, selection
from .terminal.diagram import Axis, Plot

_FARTHEST = 5.0  # times the promised time: what comes later is in the table, the drawing stays readable
_SHORTEST = 1.5


def slip_report(found: Slipping) -> list[Part]:
    """The account, time taken against time promised, the curve, what is late, dates that were moved."""
    parts: list[Part] = [Note(account_line(found.day, found.account), "bold", whole=True)]
    groups = [group for group in found.groups if group.n]
    if groups:
        parts.append(_stretch(found, groups))
        parts += [_curve(group) for group in groups if found.by is None]
    else:
        parts.append(Note("No dated claim that may come late is known: there is no time to measure."))
    left = _left_out(found)
    if left:
        parts.append(Note(left))
    if any(group.percentile for group in found.groups):
        parts.append(_percentile(found))
    parts.append(_late(found))
    parts += _chains(found.chains)
    return [*parts, selection()]


def _stretch(found: Slipping, groups: Sequence[Slips]) -> Section:
    heads = [
        group_head(found.by),
        Head("claims"),
        Head("series"),
        Head("came true"),
        Head("median", style="bold"),
        Head("in time"),
        Head("watched"),
        Head("hindsight"),
    ]
    rows = [
        [
            group_name(group.group, found.by),
            *(f"{count:,}" for count in (group.n, group.n_series, group.fulfilled)),
            _times(group.median_stretch) if group.median_stretch is not None else "not reached",
            percent(group.on_time),
            _times(group.longest),
            "unknown" if group.n_hindsight is None else f"{group.n_hindsight:,}",
        ]
        for group in groups
    ]
    notes = [
        meaning("median_stretch", "Median"),
        meaning("on_time_by_survival", "In time"),
        "Watched: the longest any of them was watched. Hindsight: entered once the outcome was known.",
    ]
    if found.from_entry:
        notes.append("Each claim counts from the day it was entered: what was then over is not held for it.")
    if any(group.exhausted for group in groups):
        notes.append(
            "A curve fell to 0 while others were still watched: too few claims early on for it to mean anything."
        )
    return Section("Time taken against time promised", heads, rows, notes)


def _times(stretch: float | None) -> str:
    return NOTHING if stretch is None else f"{number(stretch, 2)}x"


def _curve(group: Slips) -> Part:
    if not group.curve or group.longest is None:
        return Note(f"None of {plural(group.n, 'claim')} has come true so far: the curve stays at 100%.")
    end = min(max(group.longest, _SHORTEST), _FARTHEST)
    step = 0.5 if end <= 3 else 1.0
    ticks = [(n * step, f"{n * step:g}") for n in range(int(end / step + 1e-9) + 1)]
    beyond = f", drawn to {end:g}" if group.longest > end else ""
    return Plot(
        "Not yet come true, of 100%",
        Axis(0, end, f"time taken / time promised{beyond}", ticks),
        steps=[(0.0, 1.0), *((row.stretch, row.survival) for row in group.curve)],
        until=group.longest,
        upright=1,
        level=0.5,
        legend=["The upright line is the promise; where the curve meets the dotted line is the median."],
    )


def _left_out(found: Slipping) -> str:
    counts = found.left_out
    reasons = []
    if counts.during:
        reasons.append(f"{plural(counts.during, 'claim')} about what happens during a period, which cannot come late")
    if counts.said_unclear:
        reasons.append(f"{plural(counts.said_unclear, 'claim')} with no clear time between said and deadline")
    if counts.hindsight:
        reasons.append(f"{plural(counts.hindsight, 'claim')} entered after they were last watched")
    return f"Left out: {'; '.join(reasons)}." if reasons else ""


def _percentile(found: Slipping) -> Section:
    heads = [
        group_head(found.by),
        Head("declared"),
        Head("claims"),
        Head("in time"),
        Head("share", style="bold"),
        Head("chance"),
    ]
    rows = [
        [
            group_name(group.group, found.by),
            points(tested.percentile),
            f"{tested.n:,}",
            f"{tested.hit:,}",
            percent(tested.share),
            chance(tested.p_value),
        ]
        for group in found.groups
        if (tested := group.percentile) is not None and tested.n
    ]
    return Section("Deadlines as a percentile", heads, rows, [meaning("declared_percentile", "Chance")])


# --- what is late ---------------------------------------------------------------------------------------------


def _late(found: Slipping) -> Part:
    late = [one for one in found.claims if one.late_days]
    if not late:
        return Note("Nothing is late.")
    heads = [
        Head("claim", right=False, style="bold", lead=True, wrap=True),
        Head("deadline", right=False),
        Head("came true", right=False),
        Head("late by"),
        Head("stretch"),
    ]
    rows = [
        [
            one.id,
            one.deadline.last.isoformat(),
            _came(one),
            f"{plural(one.late_days or 0, 'day')}{_so_far(one)}",
            _bound(one),
        ]
        for one in sorted(late, key=lambda one: (-(one.late_days or 0), one.id))
    ]
    notes = [meaning("slip", "Late by")]
    if any(one.status == "overdue" for one in late):
        notes.append("Not judged: nobody has looked since the deadline, so that is a gap of this ledger, not a miss.")
    return Section("Late", heads, rows, notes)


def _came(one: Timed) -> str:
    if one.happened is not None:
        return one.happened.last.isoformat()
    return {"overdue": "not judged", "partly": "partly"}.get(one.status, "not yet")


def _so_far(one: Timed) -> str:
    return "" if one.observed else " so far"


def _bound(one: Timed) -> str:
    return _times(one.stretch) if one.observed or one.stretch is None else f"≥ {_times(one.stretch)}"


# --- chains ---------------------------------------------------------------------------------------------------


def _chains(chains: Sequence[Chain]) -> Iterator[Part]:
    dated = [chain for chain in chains if chain.slip_days is not None]
    moved = [chain for chain in dated if chain.moves]
    for number_, chain in enumerate(moved):
        yield _chain(chain, last=number_ + 1 == len(moved))
    still, undated = len(dated) - len(moved), len(chains) - len(dated)
    told = []
    if still:
        told.append(f"{plural(still, 'chain')} of revisions kept the date and changed something else")
    if undated:
        told.append(f"{plural(undated, 'chain')} of revisions {'has' if undated == 1 else 'have'} fewer than two dates")
    if told:
        yield Note("; ".join(told).capitalize() + ".")


def _chain(chain: Chain, *, last: bool) -> Section:
    heads = [
        Head("said", right=False, lead=True),
        Head("deadline", right=False, lead=True),
        Head("moved by"),
        Head("status", right=False),
        Head("claim", right=False, style="bold", wrap=True),
    ]
    rows = [
        [
            _day(link.said, "unknown"),
            _day(link.deadline, "none"),
            NOTHING if link.days_moved is None else _days(link.days_moved),
            link.status,
            link.id,
        ]
        for link in chain.links
    ]
    recession = f", recession {number(chain.recession, 2)} days a day" if chain.recession is not None else ""
    title = f"Moved {plural(chain.moves, 'time')}, {_days(chain.slip_days or 0)} in all{recession}"
    return Section(title, heads, rows, [meaning("recession", "Recession")] if last else ())


def _day(period: Period | None, absent: str) -> str:
    return absent if period is None else period.last.isoformat()


def _days(moved: int) -> str:
    return f"{signed(moved, 0)} {'day' if abs(moved) == 1 else 'days'}"
