"""The words of a deadline against the deadline written beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model import Claim, Ledger
from ..periods import parse
from ..text import shorten
from .subject import Finding, Scope, finding

if TYPE_CHECKING:
    from ..words import Reading


def deadline_differs_from_words(subject: Scope) -> Iterator[Finding]:
    """Words that have one meaning, and a deadline that ends on another day."""
    for number, claim, _fact in subject.claims():
        meant = _meant(claim, subject.ledger) if claim.deadline_words else None
        if meant is None or (claim.deadline is not None and claim.deadline.end == parse(str(meant.period)).end):
            continue
        words, said = shorten(str(claim.deadline_words), 60), f" said {claim.said}" if claim.said else ""
        message = f'"{words}"{said} means {meant.period} ({meant.why}), not {claim.deadline or "none"}'
        hint = "correct the deadline, its words or the day they were said"
        yield finding("deadline-differs-from-words", message, hint, number, ("deadline",))


def _meant(claim: Claim, ledger: Ledger) -> Reading | None:
    """The certain reading, the same for all days on which it can have been said; of `fiscal_of` only fiscal words."""
    from ..words import read_deadline

    words = str(claim.deadline_words)
    person = ledger.people.get(claim.fiscal_of or claim.speaker)
    days = (claim.said.first, claim.said.last) if claim.said else (None,)
    found = [read_deadline(words, day, person.fiscal_year_end if person else None) for day in days]
    if any(one.sure != "certain" for one in found) or found[0].period != found[-1].period:
        return None
    names_a_calendar_year = claim.fiscal_of is not None and read_deadline(words, days[-1]).sure == "certain"
    return None if names_a_calendar_year else found[-1]
