"""What follows from a ledger, kept with its rows: worked out once for the same texts, however often it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..model import Ledger


def remembered(ledger: Ledger, name: str, key: list[Any], make: Callable[[], Any]) -> Any:
    """A value that was kept for these files under a key, else one that is made, and kept if the ledger is.

    It is made of lists and what JSON has; one of each name is kept. It may tell of files by the names of this run.
    """
    from .lazy import LazyFacts, LazyText

    texts, facts = ledger.texts, ledger.facts
    if not isinstance(facts, LazyFacts) or not all(isinstance(text, LazyText) for text in texts):
        return make()
    files = [[text.name, text.checksum()] for text in texts if isinstance(text, LazyText)]
    whole = json.loads(json.dumps([files, key]))
    kept = facts.kept(name)
    if kept is not None and kept[0] == whole:
        return kept[1]
    made = make()
    facts.keep(name, [whole, made])
    return made
