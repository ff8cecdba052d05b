"""score --by: groups side by side, without ranking what is chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..scoring import common_rate, shrink

if TYPE_CHECKING:
    from .score import Group

SORTS = ("group", "n", "rate", "low", "high", "shrunk", "overdue")


class Arrangement(NamedTuple):
    """Which groups are shown and how: `min_n` scored claims at least, `limit` groups at most, sorted by a key.

    A key with a minus is reversed; without one the groups keep their own order.
    """

    sort: str | None = None
    min_n: int = 0
    limit: int | None = None


class Common(NamedTuple):
    """How many of the groups' intervals miss the rate of all, and how many would if it were the rate of each."""

    rate: float
    intervals: int
    missed: int
    expected: float
    at_least_one: float


class Shrinkage(NamedTuple):
    """The common rate that groups are drawn to, which weighs as many claims as `strength`.

    `strength` is None where the groups differ by no more than chance: each has the common rate.
    """

    common: float
    strength: float | None


class GroupsLeftOut(NamedTuple):
    """Groups not shown: with fewer scored claims than `min_n`, and beyond `limit`."""

    min_n: int
    limit: int


def common_of(groups: Sequence[Group], level: float) -> Common | None:
    """The intervals of the groups against one common rate, counted in effective numbers of claims."""
    rated = [group for group in groups if group.n and not group.selected_by_outcome]
    found = common_rate(
        hits=[group.hit for group in rated],
        n=[group.n for group in rated],
        effective=[group.n_eff or group.n for group in rated],
        level=level,
    )
    if found is None or len(rated) < 2:
        return None
    return Common(found.rate, found.intervals, found.missed, found.expected, found.at_least_one)


def shrunk(groups: Sequence[Group]) -> tuple[list[Group], Shrinkage | None]:
    """The groups with their shrunk rates."""
    if any(group.selected_by_outcome for group in groups):
        return list(groups), None
    pairs = [_worth(group) for group in groups]
    found = shrink(hits=[hits for hits, _ in pairs], n=[n for _, n in pairs])
    if found is None:
        return list(groups), None
    rated = [group._replace(shrunk=rate) for group, rate in zip(groups, found.rates, strict=True)]
    return rated, Shrinkage(found.common, found.strength)


def _worth(group: Group) -> tuple[float, float]:
    """Hits and claims in effective numbers."""
    if not group.n or group.n_eff is None:
        return 0.0, 0.0
    return group.hit / group.n * group.n_eff, group.n_eff


def arranged(groups: Sequence[Group], how: Arrangement) -> tuple[list[Group], GroupsLeftOut]:
    """The groups that are shown, in their order; undefined values come last either way."""
    enough = [group for group in groups if group.n >= how.min_n]
    if how.sort is not None:
        key = _KEYS[how.sort.removeprefix("-")]
        known = [group for group in enough if key(group) is not None]
        known.sort(key=key, reverse=how.sort.startswith("-"))  # type: ignore[arg-type]
        enough = [*known, *(group for group in enough if key(group) is None)]
    shown = enough if how.limit is None else enough[: how.limit]
    return shown, GroupsLeftOut(len(groups) - len(enough), len(enough) - len(shown))


_KEYS: dict[str, Callable[[Group], float | str | None]] = {
    "group": lambda group: group.group,
    "n": lambda group: group.n,
    "rate": lambda group: group.rate,
    "low": lambda group: group.interval.low if group.interval else None,
    "high": lambda group: group.interval.high if group.interval else None,
    "shrunk": lambda group: group.shrunk,
    "overdue": lambda group: group.overdue,
}
