"""Days against each other, the as-of day and the words of the deadline: what is over, near, or cannot be yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from .. import status
from ..days import known_until
from ..facts import Fact
from ..model import Claim, Ledger
from ..periods import Period, parse
from ..problems import Path
from ..text import plural, shorten
from .subject import Finding, Scope, finding

if TYPE_CHECKING:
    from ..words import Reading

SOON = 30  # days


def said_after_deadline(subject: Scope) -> Iterator[Finding]:
    """Every day on which the claim can have been said lies after its deadline."""
    for number, claim, _fact in subject.claims():
        if claim.said is not None and claim.deadline is not None and claim.said.start > claim.deadline.end:
            message = f"said {claim.said}, after the deadline {claim.deadline} was over"
            hint = "correct one of the two; a claim about the past is kind: statement, without a deadline"
            yield finding("said-after-deadline", message, hint, number, ("deadline",))


def in_future(subject: Scope) -> Iterator[Finding]:
    """Days on which somebody did or saw something and that are still to come, whatever the as-of day is."""
    for number, claim, _fact in subject.claims():
        for path, what, period in _past_days(claim):
            if period is not None and period.start > known_until(subject.today):
                message = f"{what} {period} is later than today, {date.fromordinal(subject.today)}"
                yield finding("in-future", message, "correct the day", number, path)


def too_early(subject: Scope) -> Iterator[Finding]:
    """Days on which somebody entered or looked at what had not been said, or corrected what had not been entered.

    What was seen or forecast before it was said may be a baseline; judgements are looked at with their order.
    """
    for number, claim, _fact in subject.claims():
        said, added = claim.said, claim.added
        if said is not None:
            if added is not None and _is_before(added, said):
                yield _early(number, ("added",), f"entered {added}", f"said, {said}")
            if claim.checked is not None and _is_before(claim.checked, said):
                yield _early(number, ("checked",), f"checked {claim.checked}", f"said, {said}")
        for at, amendment in enumerate(claim.amended):
            path: Path = ("amended", at, "date")
            if added is not None and _is_before(amendment.date, added):
                yield _early(number, path, f"amended {amendment.date}", f"entered, {added}")
            elif said is not None and _is_before(amendment.date, said):
                yield _early(number, path, f"amended {amendment.date}", f"said, {said}")


def _is_before(day: Period, period: Period) -> bool:
    """Whether a day was over everywhere when a period began: it begins on one side of the earth before the other."""
    return day.end + 1 < period.start


def _early(number: int, path: Path, what: str, other: str) -> Finding:
    return finding("bad-value", f"{what}, before the claim was {other}", "correct one of the two days", number, path)


def _past_days(claim: Claim) -> Iterator[tuple[Path, str, Period | None]]:
    yield ("said",), "said", claim.said
    yield ("added",), "added", claim.added
    yield ("checked",), "checked", claim.checked
    for at, amendment in enumerate(claim.amended):
        yield ("amended", at, "date"), "the date of an amendment", amendment.date
    for at, given in enumerate(claim.forecasts):
        yield ("forecasts", at, "date"), "the date of a forecast", given.date
    for at, seen in enumerate(claim.observations):
        yield ("observations", at, "date"), "observed", seen.date
    for at, resolution in enumerate(claim.resolutions):
        yield ("resolutions", at, "judged"), "judged", resolution.judged
        yield ("resolutions", at, "happened"), "happened", resolution.happened


def overdue(subject: Scope) -> Iterator[Finding]:
    """The deadline is over and nobody judged; a note where somebody looked not long ago and found nothing."""
    for number, fact in subject.known:
        due = fact.verdict_due
        if due is None or status.state(fact, subject.day).status != "overdue":
            continue
        recent = _looked(subject, fact, due)
        since = plural(subject.day - due, "day")
        message = f"the deadline {fact.deadline} has been over for {since}, and nobody has judged"
        if fact.known_by is not None:
            message = f"the verdict on {fact.deadline} was due by {fact.known_by}, {since} ago, and nobody has judged"
        if recent is None:
            hint = f"judge it: ledger resolve {fact.id} OUTCOME; or, if nothing is decisive yet: ledger touch {fact.id}"
            yield finding("overdue", message, hint, number, ("deadline",))
            continue
        looked, until = recent
        message += f"; checked {date.fromordinal(looked)} and nothing decisive found"
        hint = f"look again by {date.fromordinal(until)}: it is an error from the day after"
        yield finding("overdue", message, hint, number, ("deadline",), severity="note")


def _looked(subject: Scope, fact: Fact, due: int) -> tuple[int, int] | None:
    """The day somebody looked after the verdict was due, and until when that is recent; None if it is not."""
    looked = status.looked(fact, subject.day)
    if looked is None or looked <= due:
        return None
    until = subject.recheck(looked)
    return (looked, until) if subject.day <= until else None


def due_soon(subject: Scope) -> Iterator[Finding]:
    """What falls due within a month."""
    for number, fact in subject.known:
        found = status.state(fact, subject.day)
        if found.status == "open" and found.days is not None and found.days <= SOON:
            when = "today" if found.days == 0 else f"in {plural(found.days, 'day')}"
            hint = f"judge it once it is decided: ledger resolve {fact.id} OUTCOME"
            yield finding("due-soon", f"the deadline {fact.deadline} is over {when}", hint, number, ("deadline",))


WORDED = frozenset(("deadline", "deadline_words", "said", "speaker", "fiscal_of"))


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
