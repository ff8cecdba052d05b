"""The ids of a ledger's claims, those they had before too."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Ledger


class ClaimNames:
    """The ids of a ledger's claims: those they have, and those they had before."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._former = dict(_former(ledger))
        self.ids = {fact.id for fact in ledger.facts}
        self._all = self.ids | {name for names in self._former.values() for name in names}

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def ways(self, number: int) -> tuple[str, ...]:
        """The ids under which a claim may stand in an older version, the present one first."""
        return (self._ledger.facts[number].id, *self._former.get(number, ()))


def new_names(base: Ledger, new: Ledger) -> set[str]:
    """The ids that a base does not hold, readable or not: those of new claims, and those others say to have had."""
    there = {fact.id for fact in base.facts} | {one.claim for one in base.problems if one.claim is not None}
    here, known = ClaimNames(new), ClaimNames(base)
    wanted: set[str] = set()
    for number in range(len(new.facts)):
        own, *former = here.ways(number)
        if there.isdisjoint((own, *former)):
            wanted.add(own)
        wanted.update(name for name in former if name not in there and name not in known)
    return wanted


def _former(ledger: Ledger) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The earlier ids of claims; no claim is made where no text holds the word."""
    if any("formerly" in text.text for text in ledger.texts):
        for number, claim in enumerate(ledger.claims):
            names: tuple[str, ...] = getattr(claim, "formerly", ())
            if names:
                yield number, names
