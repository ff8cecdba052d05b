"""What the shell offers: names of the ledger that the line so far points to, after a comma too."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..fields import Field

Offer = list[tuple[str, str]]
Completer = Callable[[tuple[str, ...], str], Offer]  # of the ledger's files as named, and the word so far

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


class ClosedSet:
    """Words that no ledger decides: a shell offers them, a help says them; they are asked for only then.

    `words` gives them, or a mapping from each to what is said beside it; with `reversible` a dash may stand before.
    """

    def __init__(self, words: Callable[[], Iterable[str]], *, reversible: bool = False) -> None:
        self._words, self.reversible = words, reversible

    def offer(self, files: tuple[str, ...], incomplete: str) -> Offer:
        """The words that go on as the last one begins."""
        words = self._words()
        meant = words if isinstance(words, Mapping) else {}
        told = {word: text if isinstance(text := meant.get(word), str) else "" for word in words}
        signs = ("", "-") if self.reversible else ("",)
        return offers([(sign + word, text) for word, text in told.items() for sign in signs], incomplete)

    @property
    def words(self) -> tuple[str, ...]:
        """The words themselves."""
        return tuple(self._words())


def choices(field: Field) -> ClosedSet | None:
    """What a field may hold, where the format lists it."""
    return ClosedSet(lambda: field.choices) if field.choices else None


def _kinds() -> Iterable[str]:
    from ..fields import KINDS

    return KINDS


def _statuses() -> Iterable[str]:
    from ..status import STATUSES

    return STATUSES


def _codes() -> Iterable[str]:
    from ..problems import CODES

    return CODES


def _columns() -> Iterable[str]:
    from ..columns import NAMES

    return NAMES


def _sorts() -> Iterable[str]:
    from ..query import SORTS

    return SORTS


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
    def complete(files: tuple[str, ...], incomplete: str) -> Offer:
        from ..errors import LedgerError

        try:
            return offers(names(_ledger(files), incomplete.rpartition(",")[2]), incomplete)
        except LedgerError:
            return []  # a shell that completes is no place for errors

    return complete


def _ledger(files: tuple[str, ...]) -> Any:
    from .. import workspace

    found = workspace.find(files, environ=os.environ, folder=os.curdir)
    named = [name for name in found if name != workspace.STDIN]
    return workspace.open_ledger(named, cache=workspace.cache(os.environ))


formats = ClosedSet(lambda: FORMATS)
colors = ClosedSet(lambda: COLORS)
kinds = ClosedSet(_kinds)
statuses = ClosedSet(_statuses)
codes = ClosedSet(_codes)
columns = ClosedSet(_columns)
sorts = ClosedSet(_sorts, reversible=True)
schemas = ClosedSet(_schemas)
claims = _from_ledger(_claims)
topics = _from_ledger(lambda ledger, _: ledger.topics.items())
people = _from_ledger(lambda ledger, _: [(name, person.name) for name, person in ledger.people.items()])
sources = _from_ledger(lambda ledger, _: [(name, source.title) for name, source in ledger.sources.items()])
series = _from_ledger(lambda ledger, _: [(name, "") for name in sorted(_series(ledger))])
_outcomes = ClosedSet(_resolving)


def claims_and_outcomes(files: tuple[str, ...], incomplete: str) -> Offer:
    """Ids, and the outcomes that may end the line."""
    return [*claims(files, incomplete), *_outcomes.offer(files, incomplete)]
