"""slip: time taken against time promised, what is late and by how much, and dates that were moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..facts import Fact
from ..model import Ledger
from ..query import Filter, Row, select
from ..scoring import LEAST_CLUSTERS, Incidence, KaplanMeier, Turnbull, binomial_test, incidence
from ..status import verdict
from .chains import ChainOfClaims, chains
from .groups import Account, Clusters, account_of, groups_of, hindsight_of, starting_day
from .score import EVERYTHING
from .timing import ACCOUNTS, Timed, ends, may_be_late, timed

LEVEL = 0.95
LEAST_OF_A_HORIZON = 10  # claims: of fewer the curve says nothing
_HORIZONS = ((366, "up to 1 year"), (1096, "1 to 3 years"))
_FAR = "over 3 years"


class CurveStep(NamedTuple):
    """One step of the curve: the share not fulfilled after so many times the promised time, with its band.

    It is known to lie between `stretch_low` and `stretch`. Who is `at_risk` is defined for Kaplan-Meier only.
    """

    stretch: float
    at_risk: int | None
    fulfilled: int | None
    survival: float
    stretch_low: float
    low: float | None
    high: float | None


class QuantileEnds(NamedTuple):
    """Two ends; None is "not reached"."""

    low: float | None
    high: float | None


class Watched(NamedTuple):
    """What would follow if all that has not come had been watched to the as-of day, instead of to the last look."""

    median_stretch: float | None
    on_time: float | None


class Days(NamedTuple):
    """The same estimate in days from the day it was said."""

    median: float | None
    band: QuantileEnds


class ByHorizon(NamedTuple):
    """The claims of one length of promise, where there are ten or more."""

    horizon: str
    n: int
    n_series: int
    fulfilled: int
    median_stretch: float | None
    on_time: float | None
    on_time_band: QuantileEnds


class ClaimsLeftOut(NamedTuple):
    """Dated claims that have no stretch, and why.

    `during` cannot come late, `said_unclear` have no day from which to count, `hindsight` were entered after they had
    come true or were last watched (only where claims count from the day of entry).
    """

    during: int
    said_unclear: int
    hindsight: int


class Percentile(NamedTuple):
    """Deadlines taken as a percentile of the time needed: does the share met fit it?

    The test takes one claim of each cluster; `p_value` is None below five of them.
    """

    percentile: float
    n: int
    hit: int
    share: float | None
    p_value: float | None


class Slips(NamedTuple):
    """Time taken of one group. `median_stretch` None is "not reached"; `exhausted` says the curve means nothing.

    `on_time` is None where nothing was watched so long. `unwatched` claims were not looked at since they were said: of
    them nothing is known. `watched` is None where claims count from the day of entry.
    """

    group: str | None
    n: int
    n_series: int
    fulfilled: int
    median_stretch: float | None
    on_time: float | None
    longest: float | None
    exhausted: bool
    n_hindsight: int | None
    left_out: ClaimsLeftOut
    percentile: Percentile | None
    curve: tuple[CurveStep, ...]
    method: str
    median_band: QuantileEnds
    on_time_band: QuantileEnds
    watched: Watched | None
    unwatched: int
    annulled: int
    days: Days | None
    horizons: tuple[ByHorizon, ...]
    selected_by_outcome: bool


class Slipping(NamedTuple):
    """All claims known on the day that pass the filter, their groups, each timed claim, and chains of revisions."""

    day: date
    by: str | None
    from_entry: bool
    account: Account
    left_out: ClaimsLeftOut
    groups: tuple[Slips, ...]
    claims: tuple[Timed, ...]
    chains: tuple[ChainOfClaims, ...]


def slips(
    ledger: Ledger,
    wanted: Filter = EVERYTHING,
    *,
    day: date,
    by: str | None = None,
    percentile: float | None = None,
    from_entry: bool = False,
    brief: bool = False,
) -> Slipping:
    """Measure time taken against time promised.

    `percentile` (0..1) is tested against the share met; with `from_entry` a claim counts from the day it was added.
    `brief` leaves out chains, horizons, the time in days and what had been watched on: half of the work.
    """
    today = day.toordinal()
    rows = select(ledger.facts, wanted, today)
    clusters = Clusters(ledger.facts, today)
    late = sorted((row for row in rows if may_be_late(row.fact, row.state, verdict(row.fact, today))), key=_last_day)
    found = {row.number: timed(row, today) for row in late}
    terms = _Terms(today, percentile, from_entry, bool(wanted.statuses), brief)
    groups = [_group(name, of, found, clusters, terms) for name, of in groups_of(rows, by)]
    return Slipping(
        day,
        by,
        from_entry,
        account_of(rows),
        groups[0].left_out if by is None else _kept(rows, found, from_entry=from_entry)[1],
        tuple(group for group in groups if by is None or group.n or sum(group.left_out)),
        tuple(found.values()),
        () if brief else tuple(chains(ledger.facts, rows, today)),
    )


class _Terms(NamedTuple):
    day: int
    percentile: float | None
    from_entry: bool
    selected: bool
    brief: bool


class _One(NamedTuple):
    """A claim in the curve, its cluster, and the share of the promised time that was over when it was entered."""

    row: Row
    time: Timed
    key: str
    entry: float


def _last_day(row: Row) -> int:
    return row.fact.deadline.end if row.fact.deadline else 0


# --- one group ------------------------------------------------------------------------------------------------


def _group(
    name: str | None, rows: Sequence[Row], found: Mapping[int, Timed], clusters: Clusters, terms: _Terms
) -> Slips:
    kept, left_out = _kept(rows, found, from_entry=terms.from_entry)
    ones = [_One(row, time, clusters.of(row.fact), entry) for row, time, entry in kept]
    come = sum(one.time.observed for one in ones)
    measured = _nothing() if terms.selected else _measured(ones, terms)
    tested = _percentile(rows, clusters, terms) if terms.percentile is not None and not terms.selected else None
    return Slips(
        group=name,
        n=len(ones),
        n_series=len({one.key for one in ones}),
        fulfilled=come,
        median_stretch=measured.median,
        on_time=measured.on_time,
        longest=max((one.time.stretch or 0.0 for one in ones), default=None),
        exhausted=measured.exhausted,
        n_hindsight=hindsight_of(one.time.hindsight for one in ones),
        left_out=left_out,
        percentile=tested,
        curve=measured.curve,
        method=measured.method,
        median_band=measured.median_band,
        on_time_band=measured.on_time_band,
        watched=measured.watched,
        unwatched=sum(not one.time.looked for one in ones),
        annulled=sum(one.time.annulled for one in ones),
        days=measured.days,
        horizons=() if terms.selected or terms.from_entry or terms.brief else tuple(_by_horizon(ones)),
        selected_by_outcome=terms.selected,
    )


class _Measured(NamedTuple):
    method: str
    median: float | None
    median_band: QuantileEnds
    on_time: float | None
    on_time_band: QuantileEnds
    curve: tuple[CurveStep, ...]
    exhausted: bool
    watched: Watched | None
    days: Days | None


_UNKNOWN = QuantileEnds(None, None)


def _nothing() -> _Measured:
    """Claims that were chosen by what came of them have no curve."""
    return _Measured("none", None, _UNKNOWN, None, _UNKNOWN, (), False, None, None)


def _measured(ones: Sequence[_One], terms: _Terms) -> _Measured:
    found = _estimate(ones, "stretch", from_entry=terms.from_entry)
    in_days = None if terms.brief else _estimate(ones, "taken", from_entry=terms.from_entry)
    return _Measured(
        method=found.method,
        median=found.median,
        median_band=QuantileEnds(*found.median_band),
        on_time=found.by(1),
        on_time_band=_band_at(found, 1),
        curve=_steps(found),
        exhausted=isinstance(found.curve, KaplanMeier) and found.curve.exhausted,
        watched=None if terms.from_entry or terms.brief else _watched(ones, terms.day),
        days=None if in_days is None else Days(in_days.median, QuantileEnds(*in_days.median_band)),
    )


def _estimate(ones: Sequence[_One], scale: str, *, from_entry: bool = False) -> Incidence:
    times = [ends(one.time, scale) for one in ones]
    entered = [one.entry if scale == "stretch" else one.entry * (one.time.promised or 0) for one in ones]
    return incidence(
        low=[low for low, _ in times],
        high=[high for _, high in times],
        clusters=[one.key for one in ones],
        entries=entered if from_entry else None,
        at=[1.0] if scale == "stretch" else [],
        level=LEVEL,
    )


def _band_at(found: Incidence, time: float) -> QuantileEnds:
    return next((QuantileEnds(at.low, at.high) for at in found.band if at.time == time), _UNKNOWN)


def _steps(found: Incidence) -> tuple[CurveStep, ...]:
    """The curve, with the band at each step."""
    bands = {at.time: (1 - at.high, 1 - at.low) for at in found.band}
    curve = found.curve
    if not isinstance(curve, Turnbull):
        rows = zip(curve.times, curve.at_risk, curve.fulfilled, curve.survival, strict=True)
        return tuple(CurveStep(time, n, d, left, time, *bands.get(time, (None, None))) for time, n, d, left in rows)
    steps, left = [], 1.0
    for low, high, mass in zip(curve.low, curve.high, curve.mass, strict=True):
        left = max(0.0, left - mass)
        if high < float("inf"):
            steps.append(CurveStep(high, None, None, left if left > 1e-9 else 0.0, low, *bands.get(high, (None, None))))
    return tuple(steps)


def _watched(ones: Sequence[_One], day: int) -> Watched:
    """The estimate if all that has not come had been watched to the day."""
    times = [ends(one.time, "stretch", _days_to(one.row.fact, day)) for one in ones]
    found = incidence(low=[low for low, _ in times], high=[high for _, high in times], level=None)
    return Watched(found.median, found.by(1))


def _days_to(fact: Fact, day: int) -> int:
    return max(0, day - (starting_day(fact) or day))


def _by_horizon(ones: Sequence[_One]) -> Iterable[ByHorizon]:
    """Claims by how long was promised: open long ones are not like the others."""
    groups: dict[str, list[_One]] = {}
    for one in ones:
        promised = one.time.promised or 0
        groups.setdefault(next((name for most, name in _HORIZONS if promised <= most), _FAR), []).append(one)
    for name in (*(name for _, name in _HORIZONS), _FAR):
        of = groups.get(name, [])
        if len(of) >= LEAST_OF_A_HORIZON and len(of) < len(ones):
            found = _estimate(of, "stretch")
            come, series = sum(one.time.observed for one in of), len({one.key for one in of})
            yield ByHorizon(name, len(of), series, come, found.median, found.by(1), _band_at(found, 1))


# --- which claims ---------------------------------------------------------------------------------------------


def _kept(
    rows: Iterable[Row], found: Mapping[int, Timed], *, from_entry: bool
) -> tuple[list[tuple[Row, Timed, float]], ClaimsLeftOut]:
    """The claims with a stretch, each with its time of entry, and how many dated ones have none."""
    during, clear, kept, unclear = 0, 0, [], 0
    for row in rows:
        time = found.get(row.number)
        if time is None:
            during += row.state.account in ACCOUNTS
        elif time.stretch is None:
            unclear += 1
        else:
            clear += 1
            entry = _entry(row.fact, time) if from_entry else 0.0
            if not entry or entry < time.stretch:
                kept.append((row, time, entry))
    return kept, ClaimsLeftOut(during, unclear, clear - len(kept))


def _entry(fact: Fact, time: Timed) -> float:
    """The share of the promised time that was over when the claim was entered; 0 if that is not known."""
    start = starting_day(fact)
    if fact.added is None or start is None or not time.promised:
        return 0.0
    return max(0, fact.added - start) / time.promised


def _percentile(rows: Iterable[Row], clusters: Clusters, terms: _Terms) -> Percentile:
    """Test the share of scored claims met by their deadline against the percentile; "during" is no date."""
    assert terms.percentile is not None
    scored = [row for row in rows if row.state.account == "scored" and row.fact.window == "by"]
    n, hit = len(scored), sum(row.state.status == "hit" for row in scored)
    drawn = clusters.first(scored)
    met = sum(row.state.status == "hit" for row in drawn)
    p_value = binomial_test(hits=met, n=len(drawn), p=terms.percentile) if len(drawn) >= LEAST_CLUSTERS else None
    return Percentile(terms.percentile, n, hit, hit / n if n else None, p_value)
