"""slip: time taken against time promised, what is late and by how much, and dates that were moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ..facts import Fact, Judgement
from ..model import Ledger
from ..query import Filter, Row, select
from ..scoring import binomial_test, chain_slip, kaplan_meier, slip
from ..status import State, is_known, state, verdict
from .cohort import Account, Clusters, Roots, account_of, groups_of, in_hindsight, promised_days
from .scoring import EVERYTHING

TIMED = ("scored", "overdue", "open")


class Timed(NamedTuple):
    """One dated claim that may come late. What did not happen by the day has lower bounds and `observed` False.

    `taken` is in days from `said`; `late_days` is how late it came, or has been so far; `stretch` is taken / promised,
    None where nothing was promised (`said` unknown, or not before the deadline).
    """

    id: str
    said: date | None
    deadline: date
    happened: date | None
    status: str
    promised: int | None
    taken: int | None
    stretch: float | None
    observed: bool
    late_days: int | None
    hindsight: bool


class Step(NamedTuple):
    """One step of the curve: the share not fulfilled after so many times the promised time."""

    stretch: float
    at_risk: int
    fulfilled: int
    survival: float


class LeftOut(NamedTuple):
    """Dated claims that have no stretch, and why.

    `during` cannot come late, `said_unclear` have no day from which to count, `hindsight` were entered after they had
    come true or were last watched (only where claims count from the day of entry).
    """

    during: int
    said_unclear: int
    hindsight: int


class Percentile(NamedTuple):
    """Deadlines taken as a percentile of the time needed: does the share met fit it?"""

    percentile: float
    n: int
    hit: int
    share: float | None
    p_value: float | None


class Slips(NamedTuple):
    """Time taken of one group. `median_stretch` None is "not reached"; `exhausted` says the curve means nothing."""

    group: str | None
    n: int
    n_series: int
    fulfilled: int
    median_stretch: float | None
    on_time: float | None
    longest: float | None
    exhausted: bool
    n_hindsight: int
    left_out: LeftOut
    percentile: Percentile | None
    curve: tuple[Step, ...]


class Link(NamedTuple):
    """One claim of a chain; `days_moved` is against the deadline of the claim it revises."""

    id: str
    said: date | None
    deadline: date | None
    days_moved: int | None
    status: str


class Chain(NamedTuple):
    """A claim and what revised it, in the order said; None where fewer than two of them have both dates."""

    links: tuple[Link, ...]
    moves: int
    first_deadline: date | None
    latest_deadline: date | None
    slip_days: int | None
    recession: float | None


class Slipping(NamedTuple):
    """All claims known on the day that pass the filter, their groups, each timed claim, and chains of revisions."""

    day: date
    by: str | None
    from_entry: bool
    account: Account
    left_out: LeftOut
    groups: tuple[Slips, ...]
    claims: tuple[Timed, ...]
    chains: tuple[Chain, ...]


def slips(
    ledger: Ledger,
    wanted: Filter = EVERYTHING,
    *,
    day: date,
    by: str | None = None,
    percentile: float | None = None,
    from_entry: bool = False,
) -> Slipping:
    """Measure time taken against time promised.

    `percentile` (0..1) is tested against the share met; with `from_entry` a claim counts from the day it was added.
    """
    today = day.toordinal()
    rows = select(ledger.facts, wanted, today)
    clusters = Clusters(ledger.facts, today)
    found = {row.number: _timed(row, today) for row in rows if _may_be_late(row)}
    groups = [
        _group(name, of, found, clusters, percentile=percentile, from_entry=from_entry)
        for name, of in groups_of(rows, by)
    ]
    chosen = {row.fact.id for row in rows}
    return Slipping(
        day,
        by,
        from_entry,
        account_of(rows),
        groups[0].left_out if by is None else _kept(rows, found, from_entry=from_entry)[1],
        tuple(group for group in groups if by is None or group.n or sum(group.left_out)),
        tuple(sorted(found.values(), key=lambda one: (one.deadline, one.id))),
        tuple(_chains(ledger.facts, chosen, today)),
    )


# --- one claim ------------------------------------------------------------------------------------------------


def _may_be_late(row: Row) -> bool:
    return row.state.account in TIMED and row.fact.window == "by"


def _timed(row: Row, day: int) -> Timed:
    fact, found = row.fact, row.state
    deadline, judgement = fact.deadline, verdict(fact, day)
    assert deadline is not None
    came = found.status in ("hit", "late")
    happened = _happened(fact, judgement) if came else None
    until = happened if happened is not None else _watched(found, deadline.end, day)
    promised = promised_days(fact)
    said = fact.said.end if fact.said is not None else None
    clear = said is not None and promised is not None and until >= said
    time = (
        slip(
            said=date.fromordinal(said),
            deadline=deadline.last,
            as_of=date.fromordinal(until),
            happened=date.fromordinal(until) if came else None,
        )
        if clear and said is not None
        else None
    )
    return Timed(
        id=fact.id,
        said=fact.said.last if fact.said else None,
        deadline=deadline.last,
        happened=date.fromordinal(happened) if happened is not None else None,
        status=found.status,
        promised=time.horizon_days if time else None,
        taken=time.duration_days if time else None,
        stretch=time.stretch if time else None,
        observed=came,
        late_days=_late_days(found, deadline.end, day),
        hindsight=in_hindsight(fact, judgement),
    )


def _happened(fact: Fact, judgement: Judgement | None) -> int | None:
    """The day it came true: "true" alone means in time, on the last day."""
    if judgement is not None and judgement.happened is not None:
        return judgement.happened.end
    return fact.deadline.end if fact.deadline else None


def _watched(found: State, deadline: int, day: int) -> int:
    """Until when a claim is known not to have come true.

    Of an overdue claim nobody knows more than that it was open at its deadline. One judged not to have come
    stays under watch until today, and to its deadline if it was judged early: it cannot be at risk for less.
    """
    if found.status in ("open", "overdue"):
        return min(deadline, day)
    return max(deadline, day)


def _late_days(found: State, deadline: int, day: int) -> int | None:
    """Days late, so far if it has not come; None for what is not late."""
    if found.status == "late":
        return found.slip
    return day - deadline if found.status in ("miss", "partly", "overdue") and day > deadline else None


# --- one group ------------------------------------------------------------------------------------------------


def _group(
    name: str | None,
    rows: Sequence[Row],
    found: dict[int, Timed],
    clusters: Clusters,
    *,
    percentile: float | None,
    from_entry: bool,
) -> Slips:
    kept, left_out = _kept(rows, found, from_entry=from_entry)
    curve = kaplan_meier(
        durations=[time.stretch or 0.0 for _, time, _ in kept],
        events=[time.observed for _, time, _ in kept],
        entries=[entry for _, _, entry in kept] if from_entry else None,
    )
    unfulfilled = curve.at(1)
    return Slips(
        group=name,
        n=len(kept),
        n_series=clusters.count(row for row, _, _ in kept),
        fulfilled=sum(time.observed for _, time, _ in kept),
        median_stretch=curve.median,
        on_time=None if unfulfilled is None else 1 - unfulfilled,
        longest=curve.last,
        exhausted=curve.exhausted,
        n_hindsight=sum(time.hindsight for _, time, _ in kept),
        left_out=left_out,
        percentile=_percentile(rows, percentile) if percentile is not None else None,
        curve=tuple(map(Step, curve.times, curve.at_risk, curve.fulfilled, curve.survival)),
    )


def _kept(
    rows: Iterable[Row], found: dict[int, Timed], *, from_entry: bool
) -> tuple[list[tuple[Row, Timed, float]], LeftOut]:
    """The claims with a stretch, each with its time of entry, and how many dated ones have none."""
    dated = [row for row in rows if row.state.account in TIMED]
    timed = [(row, found[row.number]) for row in dated if row.number in found]
    clear = [
        (row, time, _entry(row.fact, time) if from_entry else 0.0) for row, time in timed if time.stretch is not None
    ]
    kept = [(row, time, entry) for row, time, entry in clear if not entry or entry < (time.stretch or 0)]
    return kept, LeftOut(len(dated) - len(timed), len(timed) - len(clear), len(clear) - len(kept))


def _entry(fact: Fact, time: Timed) -> float:
    """The share of the promised time that was over when the claim was entered; 0 if that is not known."""
    if fact.added is None or time.said is None or not time.promised:
        return 0.0
    return max(0, fact.added - time.said.toordinal()) / time.promised


def _percentile(rows: Iterable[Row], percentile: float) -> Percentile:
    """Test the share of scored claims met by their deadline against the percentile; "during" is no date."""
    counts = Counter(row.state.status == "hit" for row in rows if _may_be_late(row) and row.state.account == "scored")
    n, hit = counts.total(), counts[True]
    if n == 0:
        return Percentile(percentile, 0, 0, None, None)
    return Percentile(percentile, n, hit, hit / n, binomial_test(hits=hit, n=n, p=percentile))


# --- chains of revisions --------------------------------------------------------------------------------------


def _chains(facts: Sequence[Fact], chosen: set[str], day: int) -> list[Chain]:
    """Chains with a chosen claim, whole as known on the day, ordered by what they begin with."""
    members = _members(facts, day)
    found = [_chain(of, day) for of in members if not chosen.isdisjoint(fact.id for fact in of)]
    return sorted(found, key=lambda chain: (chain.links[0].said or date.min, chain.links[0].id))


def _members(facts: Sequence[Fact], day: int) -> list[list[Fact]]:
    """Claims joined by `revises`, two or more, each list in the order said; statements are no promises."""
    known = {fact.id: fact for fact in facts if is_known(fact, day) and fact.kind != "statement"}
    links = [(fact.id, fact.revises) for fact in known.values() if fact.revises in known and fact.revises != fact.id]
    roots, joined = Roots(links), defaultdict(list)
    for name in {name for link in links for name in link if name is not None}:
        joined[roots.of(name)].append(known[name])
    return [sorted(of, key=_said) for of in joined.values()]


def _said(fact: Fact) -> tuple[int, int, str]:
    return (fact.said.end, fact.said.start, fact.id) if fact.said else (0, 0, fact.id)


def _chain(facts: Sequence[Fact], day: int) -> Chain:
    by_id = {fact.id: fact for fact in facts}
    links = [_link(fact, by_id.get(fact.revises or ""), day) for fact in facts]
    dated = [link for link in links if link.said and link.deadline]
    moved = (
        chain_slip(
            said=[link.said for link in dated if link.said],
            deadlines=[link.deadline for link in dated if link.deadline],
        )
        if len(dated) > 1
        else None
    )
    return Chain(
        links=tuple(links),
        moves=sum(bool(link.days_moved) for link in links),
        first_deadline=moved.first_deadline if moved else None,
        latest_deadline=moved.latest_deadline if moved else None,
        slip_days=moved.slip_days if moved else None,
        recession=moved.recession if moved else None,
    )


def _link(fact: Fact, revised: Fact | None, day: int) -> Link:
    before, after = revised.deadline if revised else None, fact.deadline
    return Link(
        id=fact.id,
        said=fact.said.last if fact.said else None,
        deadline=after.last if after else None,
        days_moved=after.end - before.end if before and after else None,
        status=state(fact, day).status,
    )
