"""What the checks find in a ledger on a day, with its places: made once for a text, a day and the same codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..cache.opening import remembered
from ..cache.store import fingerprint
from ..checks import Locate, Scope, findings
from ..days import known_until
from ..loading.ignores import Ignore, ignores
from ..loading.places import HeadPlaces, locate
from ..model import Ledger
from ..periods import Span
from ..problems import Place, Problem
from ..query import statuses

_ROOMS = ("checks", "words", "results")  # whose programs decide, beside those that read


class Findings(NamedTuple):
    """The findings of the codes that are wanted, the comments that may accept them, and how many claims were known."""

    problems: list[Problem]
    comments: list[Ignore]
    claims: int


def found(ledger: Ledger, subject: Scope, wanted: frozenset[str], recheck: Span, where: Locate) -> Findings:
    """What the checks find; from the cache, if they found it before in the same texts."""

    def make() -> Findings:
        known = sum(status is not None for status in statuses(ledger.facts, subject.day))
        return Findings(list(_located(ledger, subject, wanted, where)), ignores(ledger.texts, ledger.spots), known)

    if subject.documents is not None or where is not locate:
        return make()
    days = [int(subject.day), known_until(subject.day), int(subject.today), known_until(subject.today)]
    key = [fingerprint(_ROOMS), *days, list(recheck), sorted(wanted)]
    return _read(remembered(ledger, "findings", key, make))


def _located(ledger: Ledger, subject: Scope, codes: frozenset[str], where: Locate) -> Iterator[Problem]:
    heads = HeadPlaces(ledger.texts)
    for code, message, hint, number, path, severity in findings(subject, codes):
        if number is None:
            yield Problem(code, message, hint, heads.locate(path), None, severity)
        else:
            place = where(ledger.texts, ledger.spots[number], path)
            yield Problem(code, message, hint, place, ledger.facts[number].id, severity)


def _read(value: Any) -> Findings:
    """What was found, also from the lists that were kept of it."""
    problems, comments, claims = value
    if isinstance(value, Findings):
        return value
    return Findings(
        [Problem(code, message, hint, Place(*place), *more) for code, message, hint, place, *more in problems],
        [Ignore(Place(*place), tuple(codes), reason, alone) for place, codes, reason, alone in comments],
        claims,
    )
