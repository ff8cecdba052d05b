"""Rows -> a ledger whose claims and facts are made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Ledger
from . import rows
from .lazy import Backing, LazyClaims, LazyFacts, LazySpots, LazyText
from .rowfile import Shelf
from .stats import Asking, Files


def recall(shelf: Shelf, files: Files, reread: Callable[[], Ledger]) -> Ledger | None:
    """The ledger of a shelf; None if it was made from files that have changed. Damaged."""
    if not Asking(files).agree(rows.loads(shelf.take("answers"))):
        return None
    head = rows.head_of(shelf.take("head"))
    backing = Backing(shelf, reread)
    return Ledger(
        head.title,
        tuple(LazyText(name, files) for name in head.names),
        head.people,
        head.topics,
        head.sources,
        LazyClaims(backing, head.claims),
        LazyFacts(backing, head.claims),
        LazySpots(backing, head.claims),
        rows.problems_of(shelf.take("problems")),
        head.about,
        head.timezone,
        head.forecasts,
        head.formerly,
    )
