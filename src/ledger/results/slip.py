"""slip: time taken against time promised, what is late and by how much, and dates that were moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ..facts import Fact, Judgement
from ..model import Ledger
from ..periods import Period
from ..query import Filter, Row, select
from ..scoring import binomial_test, chain_slip, kaplan_meier
from ..status import State, is_known, state, verdict
from .groups import Account, Clusters, Roots, account_of, groups_of, hindsight_of, in_hindsight, promised_days
from .score import EVERYTHING

TIMED = ("scored", "overdue", "open")


class Timed(NamedTuple):
    """One dated claim that may come late. What did not happen by the day has lower bounds and `observed` False.

    `happened` is None also where only "true" was judged: that counts as on the last day. `taken` is in days from
    `said`; `late_days` is how late it came, or has been so far; `stretch` is taken / promised, None where nothing was
    promised (`said` unknown, or not before the deadline).
    """

    id: str
    said: Period | None
    deadline: Period
    happened: Period | None
    status: str
    promised: int | None
    taken: int | None
    stretch: float | None
    observed: bool
    late_days: int | None
    hindsight: bool | None


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
    n_hindsight: int | None
    left_out: LeftOut
    percentile: Percentile | None
    curve: tuple[Step, ...]


class Link(NamedTuple):
    """One claim of a chain; `days_moved` is against the deadline of the claim it revises."""

    id: str
    said: Period | None
    deadline: Period | None
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
    late = sorted(filter(_may_be_late, rows), key=_last_day)
    found = {row.number: _timed(row, today) for row in late}
    groups = [
        _group(name, of, found, clusters, percentile=percentile, from_entry=from_entry)
        for name, of in groups_of(rows, by)
    ]
    return Slipping(
        day,
        by,
        from_entry,
        account_of(rows),
        groups[0].left_out if by is None else _kept(rows, found, from_entry=from_entry)[1],
        tuple(group for group in groups if by is None or group.n or sum(group.left_out)),
        tuple(found.values()),
        tuple(_chains(ledger.facts, rows, today)),
    )


# --- one claim ------------------------------------------------------------------------------------------------


def _may_be_late(row: Row) -> bool:
    return row.state.account in TIMED and row.fact.window == "by"


def _last_day(row: Row) -> int:
    return row.fact.deadline.end if row.fact.deadline else 0


def _timed(row: Row, day: int) -> Timed:
    fact, found = row.fact, row.state
    deadline, judgement = fact.deadline, verdict(fact, day) if found.judged else None
    assert deadline is not None
    came = found.status in ("hit", "late")
    until = _happened(fact, judgement) if came else _watched(found, deadline.end, day)
    promised, taken = promised_days(fact), None
    if promised is not None and fact.said is not None and until >= fact.said.end:
        taken = until - fact.said.end
    stretch = taken / promised if promised and taken is not None else None
    happened = judgement.happened if came and judgement is not None else None
    late_days, hindsight = _late_days(found, deadline.end, day), in_hindsight(fact, judgement)
    return Timed(
        fact.id, fact.said, deadline, happened, found.status, promised, taken, stretch, came, late_days, hindsight
    )


def _happened(fact: Fact, judgement: Judgement | None) -> int:
    """The day it came true: "true" alone means in time, on the last day."""
    assert fact.deadline is not None
    return judgement.happened.end if judgement is not None and judgement.happened is not None else fact.deadline.end


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
        n_hindsight=hindsight_of(time.hindsight for _, time, _ in kept),
        left_out=left_out,
        percentile=_percentile(rows, percentile) if percentile is not None else None,
        curve=tuple(map(Step, curve.times, curve.at_risk, curve.fulfilled, curve.survival)),
    )


def _kept(
    rows: Iterable[Row], found: dict[int, Timed], *, from_entry: bool
) -> tuple[list[tuple[Row, Timed, float]], LeftOut]:
    """The claims with a stretch, each with its time of entry, and how many dated ones have none."""
    dated = sum(row.state.account in TIMED for row in rows)
    timed = [(row, found[row.number], 0.0) for row in rows if row.number in found]
    kept = clear = [one for one in timed if one[1].stretch is not None]
    if from_entry:
        entered = [(row, time, _entry(row.fact, time)) for row, time, _ in clear]
        kept = [(row, time, entry) for row, time, entry in entered if not entry or entry < (time.stretch or 0)]
    return kept, LeftOut(dated - len(timed), len(timed) - len(clear), len(clear) - len(kept))


def _entry(fact: Fact, time: Timed) -> float:
    """The share of the promised time that was over when the claim was entered; 0 if that is not known."""
    if fact.added is None or time.said is None or not time.promised:
        return 0.0
    return max(0, fact.added - time.said.end) / time.promised


def _percentile(rows: Iterable[Row], percentile: float) -> Percentile:
    """Test the share of scored claims met by their deadline against the percentile; "during" is no date."""
    counts = Counter(row.state.status == "hit" for row in rows if _may_be_late(row) and row.state.account == "scored")
    n, hit = counts.total(), counts[True]
    if n == 0:
        return Percentile(percentile, 0, 0, None, None)
    return Percentile(percentile, n, hit, hit / n, binomial_test(hits=hit, n=n, p=percentile))


# --- chains of revisions --------------------------------------------------------------------------------------


def _chains(facts: Sequence[Fact], rows: Sequence[Row], day: int) -> list[Chain]:
    """Chains with a claim of the rows, whole as known on the day, ordered by what they begin with."""
    members = _members(facts, day)
    chosen = {row.fact.id for row in rows} if members else set()
    found = [_chain(of, day) for of in members if not chosen.isdisjoint(fact.id for fact in of)]
    return sorted(found, key=lambda chain: (chain.links[0].said.end if chain.links[0].said else 0, chain.links[0].id))


def _members(facts: Sequence[Fact], day: int) -> list[list[Fact]]:
    """Claims joined by `revises`, two or more, each list in the order said; statements are no promises."""
    pairs = [(fact.id, fact.revises) for fact in facts if fact.revises is not None]
    names = {name for pair in pairs for name in pair}
    known = {fact.id: fact for fact in facts if fact.id in names and is_known(fact, day) and fact.kind != "statement"}
    links = [pair for pair in pairs if pair[0] in known and pair[1] in known and pair[0] != pair[1]]
    roots = Roots(links)
    joined: dict[str, list[Fact]] = defaultdict(list)
    for name in {name for link in links for name in link}:
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
            said=[link.said.last for link in dated if link.said],
            deadlines=[link.deadline.last for link in dated if link.deadline],
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
        said=fact.said,
        deadline=after,
        days_moved=after.end - before.end if before and after else None,
        status=state(fact, day).status,
    )
