"""list, show, due and review: claims with their states on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple, SupportsIndex, overload

from .. import query
from ..columns import View
from ..days import known_until
from ..errors import UsageError
from ..facts import Fact
from ..model import Claim, ClaimsOnDemand, Ledger, fact_of
from ..query import Filter, Row, by_deadline, in_order, select
from ..status import is_known, state
from .lookup import claim_numbers

_WAITING = ("overdue", "awaiting", "open")
_UNDECIDED = ("open", "undated")


class RowsByNumber(Sequence[Row]):
    """Rows of which only the numbers are known; all are made, and kept, when somebody looks at one."""

    def __init__(self, ledger: Ledger, numbers: Sequence[int], day: int) -> None:
        self.numbers = numbers
        self._ledger, self._day = ledger, day

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        facts, day = self._ledger.facts, self._day
        return tuple(Row(number, fact, state(fact, day)) for number in self.numbers for fact in (facts[number],))

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Row | tuple[Row, ...]:
        return self._rows[at]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def passing(self) -> Iterator[tuple[Claim, Row]]:
        """The rows with their claims, none of them kept: a fact is made of its claim."""
        ledger = self._ledger
        claims, restating, spots = _claims(ledger, self.numbers), query.restating(ledger.facts), ledger.spots
        _ = spots[:1]  # what they are made of is proven before the first of them leaves
        return (
            (claim, Row(number, fact, state(fact, self._day)))
            for number, claim in zip(self.numbers, claims, strict=True)
            for made in (fact_of(claim, spots[number]),)
            for fact in (made._replace(restates=True) if number in restating else made,)
        )


def _claims(ledger: Ledger, numbers: Sequence[int]) -> Iterator[Claim]:
    """Claims by their numbers, none of them kept."""
    claims = ledger.claims
    return claims.passing(numbers) if isinstance(claims, ClaimsOnDemand) else map(claims.__getitem__, numbers)


class Listing(NamedTuple):
    """Claims that were asked for, in order; `found` is how many there were before `--limit` cut the list."""

    ledger: Ledger
    day: date
    rows: Sequence[Row]
    found: int

    @property
    def view(self) -> View:
        """What its columns are worked out of; made anew each time."""
        return View(self.ledger, self.day)

    def passing(self) -> Iterator[tuple[Claim, Row]]:
        """The claims as they stand in the file, with their rows, for a result that leaves as it is made."""
        if isinstance(self.rows, RowsByNumber):
            return self.rows.passing()
        return zip(_claims(self.ledger, [row.number for row in self.rows]), self.rows, strict=True)

    def claim(self, row: Row) -> Claim:
        """The claim of a row in full, as far as it was known on the day."""
        return as_known(self.ledger.claims[row.number], self.day)


def as_known(claim: Claim, day: date) -> Claim:
    """The claim without what was judged, checked, observed or forecast after the day."""
    last = known_until(day)
    if claim.checked is not None and claim.checked.end > last:
        claim = claim._replace(checked=None)
    if claim.observations and any(seen.date.end > last for seen in claim.observations):
        claim = claim._replace(observations=tuple(seen for seen in claim.observations if seen.date.end <= last))
    if claim.forecasts and any(given.date.end > last for given in claim.forecasts):
        claim = claim._replace(forecasts=tuple(given for given in claim.forecasts if given.date.end <= last))
    if claim.resolutions and any(resolution.judged.end > last for resolution in claim.resolutions):
        known = tuple(resolution for resolution in claim.resolutions if resolution.judged.end <= last)
        claim = claim._replace(resolutions=known)
    return claim


def listing(
    ledger: Ledger, wanted: Filter, *, day: date, sort: Sequence[str] = ("deadline",), limit: int | None = None
) -> Listing:
    """The claims that pass a filter, sorted."""
    if wanted == Filter() and tuple(sort) == ("deadline",):
        numbers = by_deadline(ledger.facts, day.toordinal())
        return Listing(ledger, day, RowsByNumber(ledger, numbers[:limit], day.toordinal()), len(numbers))
    rows = in_order(select(ledger.facts, wanted, day.toordinal()), sort)
    return Listing(ledger, day, tuple(rows[:limit]), len(rows))


def shown(ledger: Ledger, words: Sequence[str], *, day: date) -> Listing:
    """The claims that ids or their beginnings name; UsageError for one that had not been said by the day."""
    rows = []
    for number in claim_numbers(ledger, words):
        fact = ledger.facts[number]
        if not is_known(fact, day.toordinal()):
            raise UsageError(
                f"{fact.id} had not been said by {day}", hint=f"it was said {fact.said}; use a later --as-of"
            )
        rows.append(Row(number, fact, state(fact, day.toordinal())))
    return Listing(ledger, day, tuple(rows), len(rows))


def _waiting(wanted: Filter, before: int) -> Filter:
    """The filter, of what has no verdict and a deadline before a day: the index knows these without making the rest."""
    statuses = tuple(name for name in _WAITING if not wanted.statuses or name in wanted.statuses)
    due = before if wanted.due_before is None else min(before, wanted.due_before)
    return wanted._replace(statuses=statuses or wanted.statuses, due_before=due)


def agenda(ledger: Ledger, wanted: Filter, *, day: date, until: date) -> Listing:
    """What is overdue, what waits for its verdict, then what falls due by `until`; statements have no deadline."""
    last = until.toordinal()
    found = in_order(select(ledger.facts, _waiting(wanted, max(last + 1, day.toordinal())), day.toordinal()))
    due = [r for r in found if r.state.status == "open" and r.fact.deadline is not None and r.fact.deadline.end <= last]
    rows = [*(row for name in ("overdue", "awaiting") for row in found if row.state.status == name), *due]
    return Listing(ledger, day, tuple(rows), len(rows))


def queue(ledger: Ledger, wanted: Filter, *, day: date, until: date, looked: date) -> Listing:
    """What the agenda has, then what nobody looked at since `looked`, the longest ago first.

    What was looked at on the day itself is left out: a review that was left goes on there.
    """
    first = agenda(ledger, wanted, day=day, until=until)
    there = {row.number for row in first.rows}
    rest = [
        row
        for row in select(ledger.facts, wanted, day.toordinal())
        if row.number not in there and row.state.status in _UNDECIDED and last_look(row.fact) < looked.toordinal()
    ]
    rest.sort(key=lambda row: last_look(row.fact))
    rows = [row for row in (*first.rows, *rest) if not _is_done(row.fact, day.toordinal())]
    return Listing(ledger, day, tuple(rows), len(rows))


def last_look(fact: Fact) -> int:
    """The last day on which somebody looked at a claim: checked, observed or entered; 0 if nobody did."""
    return max(fact.checked or 0, fact.added or 0, *(seen.day for seen in fact.observed), 0)


def _is_done(fact: Fact, day: int) -> bool:
    """Whether somebody looked at it on the day; entering it is no such look."""
    return day in (fact.checked, *(seen.day for seen in fact.observed))
