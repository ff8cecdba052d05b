"""Claims known on a day, counted as a whole and put into groups: what every score begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..facts import Fact, Judgement
from ..fields import KINDS
from ..query import FAR, Row, values_of
from ..status import is_known, verdict

BY = ("speaker", "topic", "source", "series", "kind", "year", "horizon")
ALL = "all"
SCORED = ("hit", "late", "partly", "miss", "withdrawn")  # what a scored claim may be

# Longest horizon in days, and its name; a quarter has 92 days at most, a year 366, two 731, five 1,827.
_HORIZONS = ((92, "up to 3 months"), (366, "up to 1 year"), (731, "up to 2 years"), (1827, "up to 5 years"))
_FAR = "over 5 years"
HORIZONS = (*(name for _, name in _HORIZONS), _FAR)


class Account(NamedTuple):
    """Every claim once; `decided_early` are those of `open` that have a verdict already."""

    claims: int
    scored: int
    overdue: int
    open: int
    decided_early: int
    undated: int
    void: int
    unscored: int
    awaiting: int = 0


class Interval(NamedTuple):
    """An interval of a rate: `method` is wilson or jeffreys."""

    method: str
    level: float
    low: float
    high: float


class Rate(NamedTuple):
    """Hits among scored claims of `n_series` clusters; rate and interval are None where there are none.

    `n_eff` is how many independent claims tell as much: the interval is that of so many.
    """

    n: int
    hit: int
    rate: float | None
    interval: Interval | None
    n_eff: float | None = None
    n_series: int = 0


def account_of(rows: Iterable[Row]) -> Account:
    """Count claims by account."""
    counts = Counter((row.state.account, row.state.judged) for row in rows)

    def both(account: str) -> int:
        return counts[account, True] + counts[account, False]

    return Account(
        claims=counts.total(),
        scored=both("scored"),
        overdue=both("overdue"),
        open=both("open"),
        decided_early=counts["open", True],
        undated=both("undated"),
        void=both("void"),
        unscored=both("unscored"),
        awaiting=both("awaiting"),
    )


class Bounds(NamedTuple):
    """The rate if all claims that wait for a verdict were misses, and if all were hits."""

    low: float
    high: float


class Standing(NamedTuple):
    """Where claims stand: how many by account and by status, of the scored ones too, and their strict rate.

    `n_hindsight` of the scored ones were entered once their outcome stood; None where that is unknown of any.
    """

    account: Account
    statuses: Counter[str]
    scored: Counter[str]
    n_series: int
    rate: Rate
    bounds: Bounds | None
    n_hindsight: int | None

    @property
    def n(self) -> int:
        """How many are scored."""
        return self.rate.n

    @property
    def hit(self) -> int:
        """How many of these came true in time."""
        return self.rate.hit

    @property
    def interval(self) -> Interval | None:
        """The interval of their rate."""
        return self.rate.interval


def standing(rows: Sequence[Row], clusters: Clusters, *, level: float = 0.95, method: str = "wilson") -> Standing:
    """Count claims and work out their rate: the one that every face shows."""
    from ..scoring import rate_bounds

    account = account_of(rows)
    scored = [row for row in rows if row.state.account == "scored"]
    rate = rate_of_rows(scored, clusters, level=level, method=method)
    bounds = rate_bounds(hits=rate.hit, n=rate.n, overdue=account.overdue + account.awaiting)
    return Standing(
        account,
        Counter(row.state.status for row in rows),
        Counter(row.state.status for row in scored),
        clusters.count(scored),
        rate,
        Bounds(*bounds) if bounds else None,
        hindsight_of(in_hindsight(row.fact, verdict(row.fact, clusters.day)) for row in scored),
    )


def rate_of_rows(scored: Sequence[Row], clusters: Clusters, *, level: float, method: str = "wilson") -> Rate:
    """The rate of claims that are scored."""
    hits, keys = [row.state.status == "hit" for row in scored], [clusters.of(row.fact) for row in scored]
    return rate_of(hits, keys, level=level, method=method)


def rate_of(hits: Sequence[bool], keys: Sequence[str], *, level: float, method: str = "wilson") -> Rate:
    """A rate with its interval; `keys` name the cluster of each claim."""
    from ..scoring import effective_n, jeffreys, wilson

    n, hit, worth = len(hits), sum(hits), effective_n(outcomes=hits, clusters=keys)
    if worth is None:
        return Rate(0, 0, None, None)
    ends = (jeffreys if method == "jeffreys" else wilson)(hits=hit, n=n, level=level, effective=worth)
    return Rate(n, hit, hit / n, Interval(method, level, *ends) if ends else None, worth, len(set(keys)))


# --- groups --------------------------------------------------------------------------------------------------


def groups_of(rows: Sequence[Row], by: str | None) -> list[tuple[str | None, list[Row]]]:
    """The rows group by group, named and in an order that does not hang on theirs; None are those without.

    A claim of several topics, speakers or sources is in the group of each.
    """
    if by is None:
        return [(ALL, list(rows))]
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        for name in _names(row.fact, by):
            found.setdefault(name, []).append(row)
    return sorted(found.items(), key=lambda group: _place(group[0], by))


def _names(fact: Fact, by: str) -> Iterable[str | None]:
    if by in ("topic", "speaker", "source"):
        return values_of(fact, "topics" if by == "topic" else by) or (None,)
    if by == "year":
        return (str(fact.deadline.last.year) if fact.deadline else None,)
    return (horizon_of(fact) if by == "horizon" else getattr(fact, by),)


def _place(name: str | None, by: str) -> tuple[bool, int, str]:
    fixed = {"kind": KINDS, "horizon": HORIZONS}.get(by, ())
    return name is None, fixed.index(name) if name in fixed else 0, name or ""


def starting_day(fact: Fact) -> int | None:
    """The day from which time runs: the last on which it was said, or the first where the deadline lies in between."""
    if fact.said is None:
        return None
    return fact.said.start if fact.deadline is not None and fact.said.end >= fact.deadline.end else fact.said.end


def promised_days(fact: Fact) -> int | None:
    """Days from the day it was said to the deadline's last day; None if one is unknown or they are out of order."""
    start = starting_day(fact)
    if start is None or fact.deadline is None or start > fact.deadline.end:
        return None
    return fact.deadline.end - start


def horizon_of(fact: Fact) -> str | None:
    """The name of the claim's horizon; None where it has none."""
    days = promised_days(fact)
    if days is None:
        return None
    return next((name for most, name in _HORIZONS if days <= most), _FAR)


# --- claims that hang together --------------------------------------------------------------------------------


class Roots:
    """Names joined in pairs: all that hang together have one root, whatever the order of the pairs."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._above: dict[str, str] = {}
        for one, other in pairs:
            first, second = sorted((self.of(one), self.of(other)))
            if first != second:
                self._above[second] = first

    def of(self, name: str) -> str:
        """The root of a name; a name in no pair is its own."""
        while name in self._above:
            above = self._above[name]
            self._above[name] = self._above.get(above, above)  # halves the way for the next one
            name = above
        return name


class Clusters:
    """Claims of one series, or joined by `revises`, are one cluster; a claim by itself is one too."""

    def __init__(self, facts: Sequence[Fact], day: int) -> None:
        self.day = day
        links = [fact for fact in facts if fact.revises is not None and is_known(fact, day)]
        keys = {fact.id: _key(fact) for fact in facts if fact.series is not None} if links else {}
        self._roots = Roots((_key(fact), keys.get(fact.revises or "", fact.revises or "")) for fact in links)

    def of(self, fact: Fact) -> str:
        """The name of the claim's cluster."""
        return self._roots.of(_key(fact))

    def count(self, rows: Iterable[Row]) -> int:
        """How many clusters the rows are of."""
        return len({self.of(row.fact) for row in rows})

    def first(self, rows: Iterable[Row]) -> list[Row]:
        """One claim of each cluster, the first said: a choice that does not hang on what came of it."""
        found: dict[str, Row] = {}
        for row in sorted(rows, key=_in_order_said):
            found.setdefault(self.of(row.fact), row)
        return list(found.values())


def _in_order_said(row: Row) -> tuple[int, int, str]:
    said, deadline = row.fact.said, row.fact.deadline
    return said.end if said else 0, deadline.end if deadline else FAR, row.fact.id


def _named(series: str) -> str:
    return f"series:{series}"  # no id has a colon


def _key(fact: Fact) -> str:
    return fact.id if fact.series is None else _named(fact.series)


# --- hindsight ------------------------------------------------------------------------------------------------


def in_hindsight(fact: Fact, verdict: Judgement | None) -> bool | None:
    """Whether the claim was entered after its outcome stood: it had happened, the deadline was over, or it was judged.

    None where nobody wrote down when it was entered.
    """
    added = fact.added
    if verdict is None:
        return False
    if added is None:
        return None
    if added > verdict.judged or (fact.deadline is not None and added > fact.deadline.end):
        return True
    return verdict.happened is not None and added > verdict.happened.end


def hindsight_of(found: Iterable[bool | None]) -> int | None:
    """How many claims were entered in hindsight; None where that is unknown of any."""
    counts = Counter(found)
    return None if counts[None] else counts[True]
