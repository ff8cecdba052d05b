"""The report of `slip`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..numbers import NOTHING, between, chance, number, percent, points, signed
from ..periods import Period
from ..results.chains import Amount, ChainOfClaims, Link
from ..results.slip import QuantileEnds, Slipping, Slips
from ..results.timing import Timed
from ..text import plural
from .reports import SELECTED, Head, Note, Part, Section, account_line, group_head, group_name, meaning, selection
from .terminal.diagram import Axis, Plot

_FARTHEST = 5.0  # times the promised time: what comes later is in the table, the drawing stays readable
_SHORTEST = 1.5


def slip_report(found: Slipping) -> list[Part]:
    """The account, time taken against time promised, the curve, what is late, dates that were moved."""
    parts: list[Part] = [Note(account_line(found.day, found.account), "bold", whole=True)]
    groups = [group for group in found.groups if group.n]
    if any(group.selected_by_outcome for group in groups):
        parts.append(Note(SELECTED))
    if groups:
        parts.append(_stretch(found, groups))
        parts += [_curve(group) for group in groups if found.by is None]
        parts += _horizons(found, groups)
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
        Head("95%"),
        Head("in time", style="bold"),
        Head("95%"),
    ]
    rows = [
        [
            group_name(group.group, found.by),
            *(f"{count:,}" for count in (group.n, group.n_series, group.fulfilled)),
            NOTHING if group.selected_by_outcome or group.unwatched == group.n else _median(group.median_stretch),
            _from_to(group.median_band),
            percent(group.on_time),
            _between(group.on_time_band),
        ]
        for group in groups
    ]
    notes = [
        *(_what_was_watched(found, group) for group in groups if found.by is None),
        meaning("median_stretch", "Median"),
        meaning("on_time_by_survival", "In time"),
        meaning("lateness_band", "95%"),
    ]
    if found.from_entry:
        notes.append("Each claim counts from the day it was entered: what was then over is not held for it.")
    if any(group.exhausted for group in groups):
        notes.append(
            "A curve fell to 0 while others were still watched: too few claims early on for it to mean anything."
        )
    return Section("Time taken against time promised", heads, rows, notes)


def _what_was_watched(found: Slipping, group: Slips) -> str:
    """What is known of the claims that have not come, and what would follow if all had been watched until today."""
    waiting = group.n - group.fulfilled - group.annulled
    looked = waiting - group.unwatched
    told = [f"{group.fulfilled:,} of {plural(group.n, 'claim')} came true"]
    if waiting:
        told.append(f"{looked:,} had not come at the last look, which is how long they count")
    if group.unwatched:
        told.append(f"at {group.unwatched:,} nobody has looked since, and nothing is known of them")
    if group.annulled:
        told.append(f"{group.annulled:,} count to the day they were annulled")
    if group.watched is not None and waiting:
        told.append(
            f"if all had been watched to {found.day}: median {_median(group.watched.median_stretch)}, "
            f"in time {percent(group.watched.on_time) if group.watched.on_time is not None else 'unknown'}"
        )
    if group.n_hindsight:
        told.append(f"{group.n_hindsight:,} were entered once the outcome was known")
    return "; ".join(told) + "."


def _median(stretch: float | None) -> str:
    return _times(stretch) if stretch is not None else "not reached"


def _from_to(band: QuantileEnds) -> str:
    """Ends of a median: one that is not reached is open."""
    if band.low is None:
        return NOTHING
    return f"{number(band.low, 2)} to {number(band.high, 2)}" if band.high is not None else f"{number(band.low, 2)} up"


def _between(band: QuantileEnds) -> str:
    return NOTHING if band.low is None or band.high is None else between((band.low, band.high))


def _horizons(found: Slipping, groups: Sequence[Slips]) -> Iterator[Section]:
    rows = [
        [
            group_name(group.group, found.by),
            one.horizon,
            *(f"{count:,}" for count in (one.n, one.n_series, one.fulfilled)),
            _median(one.median_stretch),
            percent(one.on_time),
            _between(one.on_time_band),
        ]
        for group in groups
        for one in group.horizons
    ]
    heads = [group_head(found.by), Head("promised", right=False), *map(Head, ("claims", "series", "came true"))]
    heads += [Head("median", style="bold"), Head("in time", style="bold"), Head("95%")]
    if rows:
        note = "Where a length of promise has ten claims: long ones that are open are not like the others."
        yield Section("By the time that was promised", heads, rows, [note])


def _times(stretch: float | None) -> str:
    return NOTHING if stretch is None else f"{number(stretch, 2)}x"


def _curve(group: Slips) -> Part:
    if group.selected_by_outcome:
        return Note("There is no curve of claims selected by outcome.")
    if not group.curve or group.longest is None:
        watched = group.unwatched < group.n
        known = "has come true so far: the curve stays at 100%" if watched else "is known to have come true"
        return Note(f"None of {plural(group.n, 'claim')} {known}.")
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
    late = [one for one in found.claims if one.late_days or one.status == "overdue"]
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
            NOTHING if not one.late_days else f"{_at_least(one)}{plural(one.late_days, 'day')}",
            _bound(one),
        ]
        for one in sorted(late, key=lambda one: (-(one.late_days or 0), one.deadline.end, one.id))
    ]
    notes = [meaning("slip", "Late by")]
    if any(one.status == "overdue" and not one.late_days for one in late):
        notes.append("Not judged: nobody has looked since the deadline, so that is a gap of this ledger, not a miss.")
    return Section("Late", heads, rows, notes)


def _came(one: Timed) -> str:
    if one.happened is not None:
        return one.happened.last.isoformat()
    if one.status == "overdue":
        return "not yet" if one.late_days else "not judged"
    return {"partly": "partly", "withdrawn": "withdrawn"}.get(one.status, "not yet")


def _at_least(one: Timed) -> str:
    return "" if one.observed else "≥ "


def _bound(one: Timed) -> str:
    """The stretch: between two where it is known to an interval, at least so much where it had not come."""
    if one.stretch is None or not one.looked:
        return NOTHING
    if not one.observed:
        return f"≥ {_times(one.stretch)}"
    exact = one.stretch_low == one.stretch or one.stretch_low is None
    return _times(one.stretch) if exact else f"{number(one.stretch_low, 2)}–{_times(one.stretch)}"


# --- chains ---------------------------------------------------------------------------------------------------


def _chains(chains: Sequence[ChainOfClaims]) -> Iterator[Part]:
    shown = [chain for chain in chains if any(link.days_moved for link in chain.links)]
    yield from map(_chain, shown)
    notes = []
    if any(_turned(chain) for chain in shown):
        notes.append("Where the number changes the date is no delay of the same: it counts in neither days nor speed.")
    if any(chain.recession is not None for chain in shown):
        notes.append(meaning("recession", "Receding"))
    yield from map(Note, notes)
    dated = sum(chain.first_deadline is not None for chain in chains)
    still, undated = dated - len(shown), len(chains) - dated
    told = []
    if still > 0:
        told.append(f"{plural(still, 'chain')} of revisions kept the date and changed something else")
    if undated:
        told.append(f"{plural(undated, 'chain')} of revisions {'has' if undated == 1 else 'have'} fewer than two dates")
    if told:
        yield Note("; ".join(told).capitalize() + ".")


def _turned(chain: ChainOfClaims) -> list[str]:
    return [f"{after.id}: {_change(before, after)}." for before, after in pairwise(chain.links) if after.changed]


def _chain(chain: ChainOfClaims) -> Section:
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
    return Section(_title(chain), heads, rows, _turned(chain))


def _title(chain: ChainOfClaims) -> str:
    first = chain.links[0].id
    if not chain.moves:
        return f"{first}: the number was changed with the date"
    recession = f", receding {number(chain.recession, 2)} days a day" if chain.recession is not None else ""
    return f"{first}: moved {plural(chain.moves, 'time')}, {_days(chain.slip_days or 0)} in all{recession}"


def _change(before: Link, after: Link) -> str:
    """As `1,000 -> 150 billion`: the unit once where it stayed."""
    old, new = before.amount, after.amount
    unit = new.unit if new is not None else None
    same = old is not None and old.unit == unit
    return f"{_amount(old, with_unit=not same)} -> {_amount(new, with_unit=True)}"


def _amount(amount: Amount | None, *, with_unit: bool) -> str:
    if amount is None:
        return "none"
    numbers = [f"{one:,}" for one in (amount.low, amount.high) if one is not None]
    told = " to ".join(dict.fromkeys(numbers))
    return f"{told} {amount.unit}" if with_unit and amount.unit else told


def _day(period: Period | None, absent: str) -> str:
    return absent if period is None else period.last.isoformat()


def _days(moved: int) -> str:
    return f"{signed(moved, 0)} {'day' if abs(moved) == 1 else 'days'}"
