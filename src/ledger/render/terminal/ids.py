"""Ids cut at a beginning that no other id has, so that what is shown works when it is typed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

_LEAST = 4


class Beginnings:
    """The ids of a ledger, living and former; nothing is worked out until one has to be cut."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = ids

    def shortened(self, name: str, room: int, mark: str) -> str:
        """The id whole, or cut to the room with a mark behind it, but never below its unique beginning."""
        if len(name) <= room:
            return name
        cut = max(self._needed.get(name, len(name)), room - len(mark), _LEAST)
        return name if cut + len(mark) >= len(name) else name[:cut] + mark

    @cached_property
    def _needed(self) -> dict[str, int]:
        """How many characters of each id tell it from all others: of those in order, from its two neighbours."""
        ordered = sorted(set(self._ids))
        needed = dict.fromkeys(ordered, 1)
        for before, after in pairwise(ordered):
            shared = _shared(before, after) + 1
            needed[before] = max(needed[before], min(shared, len(before)))
            needed[after] = max(needed[after], shared)
        return needed


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
