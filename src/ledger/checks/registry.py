"""Every check with the codes it can yield; loader and comparison with a base find the other codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..model import Ledger, Spot, Text
from ..problems import Path, Place, Problem, in_order
from . import days, documents, judgements, names
from .subject import Check, Finding, Scope

Locate = Callable[[Sequence[Text], Spot, Path], Place]


class Registered(NamedTuple):
    """One check: its codes, whether it is the same on any as-of day, and whether it looks at one claim at a time.

    `reads` are the fields of a claim that it looks at, where that is worth telling.
    """

    codes: tuple[str, ...]
    run: Check
    steady: bool = True
    alone: bool = True
    reads: frozenset[str] | None = None


CHECKS = (
    Registered(("said-after-deadline",), days.said_after_deadline),
    Registered(("happened-before-said",), judgements.happened_before_said),
    Registered(("in-future",), days.in_future),
    Registered(("bad-value",), days.too_early),
    Registered(("bad-value",), names.amended_fields),
    Registered(("straddles",), judgements.straddles),
    Registered(("bad-value",), judgements.judged_out_of_order),
    Registered(("outcome-contradicts-value",), judgements.outcome_contradicts_value),
    Registered(("outcome-contradicts-happened",), judgements.outcome_contradicts_happened),
    Registered(("bad-value",), judgements.withdrawn_when_nothing_could_be),
    Registered(("contradictory-series",), judgements.contradictory_series, alone=False),
    Registered(("quote-not-in-document", "document-changed", "no-document", "bad-value"), documents.documents),
    Registered(("overdue",), days.overdue, steady=False),
    Registered(("no-evidence",), judgements.no_evidence),
    Registered(("no-criteria",), names.no_criteria),
    Registered(("deadline-differs-from-words",), days.deadline_differs_from_words, reads=days.WORDED),
    Registered(("unused",), names.unused, alone=False),
    Registered(("due-soon",), days.due_soon, steady=False),
    Registered(("hindsight",), judgements.hindsight, steady=False),
)
ACROSS = frozenset(code for entry in CHECKS if not entry.alone for code in entry.codes)  # what one claim cannot tell
DOCUMENT_CODES = ("quote-not-in-document", "document-changed", "no-document")


def findings(subject: Scope, codes: Collection[str]) -> Iterator[Finding]:
    """What the checks find of these codes; a check without any of them is not run."""
    for entry in CHECKS:
        if any(code in codes for code in entry.codes):
            yield from (found for found in entry.run(subject) if found.code in codes)


def steady_findings(ledger: Ledger, *, today: date | None = None, unchanged: Collection[str] = ()) -> Iterator[Finding]:
    """What is wrong on any as-of day; days to come are found only if `today` is given.

    A check that reads no field but `unchanged` ones is left out: what it finds was so before.
    """
    subject = Scope(ledger, day=0, today=today.toordinal() if today else date.max.toordinal())
    for entry in CHECKS:
        if entry.steady and not (entry.reads is not None and entry.reads.issubset(unchanged)):
            yield from entry.run(subject)


def _at_claim(texts: Sequence[Text], spot: Spot, path: Path) -> Place:
    return Place(texts[spot.file].name, spot.line, spot.column)


def standing_problems(ledger: Ledger, *, today: date | None = None, locate: Locate = _at_claim) -> tuple[Problem, ...]:
    """What is wrong with a ledger on any as-of day, the loader's problems first of all.

    Without `locate` (`loading.places.locate`) the place of a claim's problem is its dash, which costs nothing; that
    of a problem in the head is the first line.
    """
    found = list(ledger.problems)
    for code, message, hint, number, path, severity in steady_findings(ledger, today=today):
        if number is None:
            place, claim = Place(ledger.texts[0].name, 1, 1), None
        else:
            place, claim = locate(ledger.texts, ledger.spots[number], path), ledger.facts[number].id
        found.append(Problem(code, message, hint, place, claim, severity))
    return in_order(found)
