"""What the shell offers: names of the ledger that the line so far points to, after a comma too."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..fields import Field

Offer = list[tuple[str, str]]
Completer = Callable[[Any, list[str], str], Offer]

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")
COLORS = ("auto", "always", "never")


# What shells show they may also run: only names that need no quoting are offered, and of what is said about them
# only letters, digits and these signs.
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_SIGNS = frozenset(" ,./+-\u2013\u2019%")
_WIDTH = 60


def offers(names: Iterable[tuple[str, str]], incomplete: str) -> Offer:
    """The names that go on as the last word begins, commas before it kept, each with what may be shown beside it."""
    before, comma, last = incomplete.rpartition(",")
    taken = set(before.split(","))
    return [
        (before + comma + name, told(help_text))
        for name, help_text in names
        if name.startswith(last) and name not in taken and _NAME.fullmatch(name)
    ]


def told(text: str) -> str:
    """A text of the ledger as a shell may show it: one line, at most 60 columns, nothing that a shell reads."""
    plain = "".join(sign if sign.isalnum() or sign in _SIGNS else " " for sign in text[: 4 * _WIDTH])
    shown, columns = "", 0
    for sign in " ".join(plain.split()):
        columns += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if columns > _WIDTH:
            return shown[:-1].rstrip() + "\u2026"
        shown += sign
    return shown


def _fixed(names: Callable[[], Iterable[str]]) -> Completer:
    """Offer words that no ledger decides; they are asked for only when a shell does."""

    def complete(ctx: Any, args: list[str], incomplete: str) -> Offer:
        return offers([(name, "") for name in names()], incomplete)

    return complete


def choices(field: Field) -> Completer | None:
    """What a field may hold, where the format lists it."""
    return _fixed(lambda: field.choices) if field.choices else None


def _kinds() -> Iterable[str]:
    from ..fields import KINDS

    return KINDS


def _statuses() -> Iterable[str]:
    from ..status import STATUSES

    return STATUSES


def _codes() -> Iterable[str]:
    from ..problems import CODES

    return CODES


def _reports() -> Iterable[str]:
    from ..render.problems import FORMATS as REPORTS

    return REPORTS


def _columns() -> Iterable[str]:
    from ..columns import NAMES

    return NAMES


def _sorts() -> Iterable[str]:
    from ..query import SORTS

    return [sign + name for name in SORTS for sign in ("", "-")]


def _resolving() -> Iterable[str]:
    from ..fields import OUTCOMES

    return [outcome for outcome in OUTCOMES if outcome != "reopened"]


def _schemas() -> Iterable[str]:
    from ..render.promises import OUTPUTS

    return OUTPUTS


def _claims(ledger: Any, beginning: str) -> list[tuple[str, str]]:
    """Ids with their claims: of ten thousand, only those that fit are looked up."""
    from ..query import names

    ids = names(ledger.facts, "id")
    return [(name, ledger.facts[number].claim) for number, name in enumerate(ids) if name.startswith(beginning)]


def _series(ledger: Any) -> Iterable[str]:
    from ..query import names

    return names(ledger.facts, "series")


def _from_ledger(names: Callable[[Any, str], Iterable[tuple[str, str]]]) -> Completer:
    def complete(ctx: Any, args: list[str], incomplete: str) -> Offer:
        from ..errors import LedgerError

        try:
            return offers(names(_ledger(ctx), incomplete.rpartition(",")[2]), incomplete)
        except LedgerError:
            return []  # a shell that completes is no place for errors

    return complete


def _ledger(ctx: Any) -> Any:
    from .. import workspace
    from .shared import recall

    files = (*recall(ctx).files, *_own_files(ctx))
    found = workspace.find(files, environ=os.environ, folder=os.curdir)
    named = [name for name in found if name != workspace.STDIN]
    return workspace.open_ledger(named, cache=workspace.cache(os.environ))


def _own_files(ctx: Any) -> tuple[str, ...]:
    found: list[str] = []
    while ctx is not None:
        found = [*(ctx.params.get("files") or ()), *found]
        ctx = ctx.parent
    return tuple(found)


formats = _fixed(lambda: FORMATS)
colors = _fixed(lambda: COLORS)
kinds = _fixed(_kinds)
statuses = _fixed(_statuses)
codes = _fixed(_codes)
check_formats = _fixed(_reports)
columns = _fixed(_columns)
sorts = _fixed(_sorts)
schemas = _fixed(_schemas)
claims = _from_ledger(_claims)
topics = _from_ledger(lambda ledger, _: ledger.topics.items())
people = _from_ledger(lambda ledger, _: [(name, person.name) for name, person in ledger.people.items()])
sources = _from_ledger(lambda ledger, _: [(name, source.title) for name, source in ledger.sources.items()])
series = _from_ledger(lambda ledger, _: [(name, "") for name in sorted(_series(ledger))])
writing_formats = _fixed(lambda: ("text", "json"))
_outcomes = _fixed(_resolving)


def claims_and_outcomes(ctx: Any, args: list[str], incomplete: str) -> Offer:
    """Ids, and the outcomes that may end the line."""
    return [*claims(ctx, args, incomplete), *_outcomes(ctx, args, incomplete)]
