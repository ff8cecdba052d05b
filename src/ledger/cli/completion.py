"""What the shell offers: names of the ledger that the line so far points to, after a comma too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from ..fields import KINDS
from ..status import STATUSES

Offer = list[tuple[str, str]]
Completer = Callable[[Any, list[str], str], Offer]

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")
COLORS = ("auto", "always", "never")


def _matching(names: Iterable[tuple[str, str]], incomplete: str) -> Offer:
    before, comma, last = incomplete.rpartition(",")
    taken = set(before.split(","))
    return [
        (before + comma + name, help_text) for name, help_text in names if name.startswith(last) and name not in taken
    ]


def _fixed(names: Iterable[str]) -> Completer:
    listed = [(name, "") for name in names]

    def complete(ctx: Any, args: list[str], incomplete: str) -> Offer:
        return _matching(listed, incomplete)

    return complete


def _from_ledger(names: Callable[[Any], Iterable[tuple[str, str]]]) -> Completer:
    def complete(ctx: Any, args: list[str], incomplete: str) -> Offer:
        from ..errors import LedgerError

        try:
            return _matching(names(_ledger(ctx)), incomplete)
        except LedgerError:
            return []  # a shell that completes is no place for errors

    return complete


def _ledger(ctx: Any) -> Any:
    from .. import workspace
    from .options import recall

    files = (*recall(ctx).files, *_own_files(ctx))
    found = workspace.find(files, environ=os.environ, folder=os.curdir)
    return workspace.open_ledger([name for name in found if name != workspace.STDIN])


def _own_files(ctx: Any) -> tuple[str, ...]:
    found: list[str] = []
    while ctx is not None:
        found = [*(ctx.params.get("files") or ()), *found]
        ctx = ctx.parent
    return tuple(found)


formats = _fixed(FORMATS)
colors = _fixed(COLORS)
kinds = _fixed(KINDS)
statuses = _fixed(STATUSES)
claims = _from_ledger(lambda ledger: [(fact.id, fact.claim) for fact in ledger.facts])
topics = _from_ledger(lambda ledger: ledger.topics.items())
people = _from_ledger(lambda ledger: [(name, person.name) for name, person in ledger.people.items()])
sources = _from_ledger(lambda ledger: [(name, source.title) for name, source in ledger.sources.items()])
series = _from_ledger(lambda ledger: [(name, "") for name in sorted({f.series for f in ledger.facts if f.series})])


def columns(ctx: Any, args: list[str], incomplete: str) -> Offer:
    """Names of columns."""
    from ..render.objects import CLAIM_NAMES

    return _matching([(name, "") for name in CLAIM_NAMES], incomplete)


def sorts(ctx: Any, args: list[str], incomplete: str) -> Offer:
    """Sort keys, backwards ones too."""
    from ..query import SORTS

    return _matching([(sign + name, "") for name in SORTS for sign in ("", "-")], incomplete)
