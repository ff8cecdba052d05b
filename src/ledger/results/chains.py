"""Claims and what revised them: how far a date moved, and where the number was changed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .. import judging
from ..facts import Fact
from ..periods import Period
from ..query import Row, revising
from ..scoring import chain_slip
from ..status import is_known, state


class Amount(NamedTuple):
    """What decides in a quantity, or the range that was said; `unit` as written."""

    low: float | None
    high: float | None
    unit: str | None


class Link(NamedTuple):
    """One claim of a chain; `days_moved` is against the deadline of the claim it revises.

    `changed` says that it names another number, or another unit, than the link before: it is no delay of the same.
    """

    id: str
    said: Period | None
    deadline: Period | None
    days_moved: int | None
    status: str
    amount: Amount | None
    changed: bool


class ChainOfClaims(NamedTuple):
    """One path of revisions, from the first claim to a latest; claims with several revisions are in several paths.

    Steps at which the number changed are in none of `moves`, `slip_days` and `recession`: these two are None where no
    step is left, and `recession` also below ninety days between the statements it is taken from.
    """

    links: tuple[Link, ...]
    moves: int
    first_deadline: date | None
    latest_deadline: date | None
    slip_days: int | None
    recession: float | None


def chains(facts: Sequence[Fact], rows: Sequence[Row], day: int) -> list[ChainOfClaims]:
    """Paths with a claim of the rows, whole as known on the day, ordered by what they begin with."""
    paths = list(_paths(facts, day))
    chosen = {row.fact.id for row in rows} if paths else set()
    found = [_chain(path, day) for path in paths if not chosen.isdisjoint(fact.id for fact in path)]
    return sorted(found, key=lambda chain: (*_begins(chain), [link.id for link in chain.links]))


def _begins(chain: ChainOfClaims) -> tuple[int, str]:
    first = chain.links[0]
    return first.said.end if first.said else 0, first.id


def _paths(facts: Sequence[Fact], day: int) -> Iterator[list[Fact]]:
    """From each claim that nothing revises back to the first one; statements are no promises."""
    pairs = {fact.id: fact.revises for fact in revising(facts) if fact.revises is not None}
    names = {*pairs, *pairs.values()}
    known = {fact.id: fact for fact in facts if fact.id in names and is_known(fact, day) and fact.kind != "statement"}
    before = {name: of for name, of in pairs.items() if name in known and of in known and name != of}
    revised, told = set(before.values()), set[str]()
    # What revises itself in a circle has no latest claim: it is told from the one said last.
    for latest in sorted(before, key=lambda name: (name in revised, -_said(known[name]), name)):
        if latest not in revised or latest not in told:
            path = list(_back(latest, before))
            told.update(path)
            yield [known[name] for name in reversed(path)]


def _back(name: str | None, before: dict[str, str]) -> Iterator[str]:
    seen = set[str]()
    while name is not None and name not in seen:
        seen.add(name)
        yield name
        name = before.get(name)


def _said(fact: Fact) -> int:
    return fact.said.end if fact.said else 0


def _chain(path: Sequence[Fact], day: int) -> ChainOfClaims:
    links = [_link(fact, path[i - 1] if i else None, day) for i, fact in enumerate(path)]
    dated = _in_order([link for link in links if link.said and link.deadline])
    moved = (
        chain_slip(
            said=[link.said.last for link in dated if link.said],
            deadlines=[link.deadline.last for link in dated if link.deadline],
            changed=[link.amount != dated[i - 1].amount if i else False for i, link in enumerate(dated)],
        )
        if len(dated) > 1
        else None
    )
    return ChainOfClaims(
        links=tuple(links),
        moves=sum(bool(link.days_moved) and not link.changed for link in links),
        first_deadline=moved.first_deadline if moved else None,
        latest_deadline=moved.latest_deadline if moved else None,
        slip_days=moved.slip_days if moved else None,
        recession=moved.recession if moved else None,
    )


def _in_order(links: list[Link]) -> list[Link]:
    """In the order said: a claim may be said to revise one of the same or a later time."""
    return sorted(links, key=lambda link: link.said.end if link.said else 0)


def _link(fact: Fact, revised: Fact | None, day: int) -> Link:
    before, after = revised.deadline if revised else None, fact.deadline
    amount = _amount(fact)
    return Link(
        id=fact.id,
        said=fact.said,
        deadline=after,
        days_moved=after.end - before.end if before and after else None,
        status=state(fact, day).status,
        amount=amount,
        changed=revised is not None and amount != _amount(revised),
    )


def _amount(fact: Fact) -> Amount | None:
    numbers, unit = judging.amount(fact)
    if not numbers:
        return None
    return Amount(numbers[0], numbers[1] if len(numbers) > 1 else numbers[0], unit)
