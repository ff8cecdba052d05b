"""Judgements against the claim they judge: the event's time, the number observed, the evidence.

Only the judgement that no later one replaces is looked at. Judgements are append-only, so that a mistaken one
is mended by another after it, and must not be reported for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import status
from ..facts import Fact, Judgement
from ..model import Claim, Quantity, Resolution
from ..problems import Path
from ..text import plural
from .subject import Finding, Scope, finding

_AGAIN = "if the judgement stands in the history already, append another: ledger resolve {} … --again"


def _last(subject: Scope) -> Iterator[tuple[int, Claim, Fact, int, Resolution]]:
    """Each judged claim with its last judgement and that one's number."""
    for number, claim, fact in subject.claims():
        if claim.resolutions and claim.resolutions[-1].outcome != "reopened":
            yield number, claim, fact, len(claim.resolutions) - 1, claim.resolutions[-1]


def straddles(subject: Scope) -> Iterator[Finding]:
    """The event's period begins by the last day of the deadline and ends after it."""
    for number, _claim, fact, at, resolution in _last(subject):
        if fact.deadline is not None and status.straddles(fact, fact.judgements[at]):
            message = f"happened {resolution.happened} runs over {fact.deadline.last}, the last day of the deadline"
            hint = "give the month, or the day: as it stands the judgement decides nothing"
            yield finding("straddles", message, hint, number, ("resolutions", at, "happened"))


def happened_before_said(subject: Scope) -> Iterator[Finding]:
    """A prediction of what was there already; a statement may be about the past."""
    for number, claim, _fact, at, resolution in _last(subject):
        happened, said = resolution.happened, claim.said
        if claim.kind == "statement" or resolution.outcome == "false" or happened is None or said is None:
            continue
        if happened.end < said.start:
            message = f"happened {happened} is before the claim was said, {said}"
            hint = "correct the day; a claim about the past is kind: statement, one that was met already is annulled"
            yield finding("happened-before-said", message, hint, number, ("resolutions", at, "happened"))


def judged_out_of_order(subject: Scope) -> Iterator[Finding]:
    """A judgement older than the claim, or than one it follows: `resolve` writes neither."""
    for number, claim, fact in subject.claims():
        if not claim.resolutions:
            continue
        *before, last = claim.resolutions
        at: Path = ("resolutions", len(before), "judged")
        again = _AGAIN.format(fact.id)
        if claim.said is not None and last.judged.end < claim.said.start:
            message = f"judged {last.judged}, before the claim was said, {claim.said}"
            yield finding("bad-value", message, f"correct one of the two; {again}", number, at)
        latest = max(before, key=lambda one: one.judged.end, default=last).judged
        if last.judged.end < latest.end:
            message = f"judged {last.judged}, earlier than a judgement above it, {latest}"
            hint = f"judgements are in the order of their days: correct the day; {again}"
            yield finding("bad-value", message, hint, number, at)


def withdrawn_when_nothing_could_be(subject: Scope) -> Iterator[Finding]:
    """What was taken back after its last day had failed by then, and a fact of its day cannot be."""
    for number, claim, _fact, at, resolution in _last(subject):
        if resolution.outcome != "withdrawn":
            continue
        path: Path = ("resolutions", at, "outcome")
        again = _AGAIN.format(claim.id)
        if claim.kind == "statement":
            hint = f"judge it true, false, partly, ambiguous or annulled; {again}"
            yield finding(
                "bad-value", "a statement cannot be withdrawn: it was right on its day or not", hint, number, path
            )
            continue
        taken = resolution.happened or resolution.judged
        if claim.deadline is not None and taken.start > claim.deadline.end:
            message = f"withdrawn {taken}, after the deadline {claim.deadline} was over"
            hint = f"judge it false, or say in happened when it was taken back; {again}"
            yield finding("bad-value", message, hint, number, path)


def contradictory_series(subject: Scope) -> Iterator[Finding]:
    """One event told twice: claims of a series with the same window, quantity and deadline, one met and one not."""
    first: dict[tuple[object, ...], tuple[str, str]] = {}
    for number, claim, fact, at, resolution in _last(subject):
        met = _met(fact, fact.judgements[at])
        if fact.series is None or met is None:
            continue
        event = (fact.series, fact.window, fact.deadline and fact.deadline[1:3], fact.at_least, fact.at_most, fact.unit)
        other, verdict = first.setdefault(event, (claim.id, resolution.outcome))
        if verdict != resolution.outcome:
            message = f"judged {resolution.outcome}, and {other} of the series {fact.series}, the same event, {verdict}"
            hint = f"correct one of the two; {_AGAIN.format(claim.id)}; or tell the claims apart by what decides them"
            yield finding("contradictory-series", message, hint, number, ("resolutions", at, "outcome"))


def _met(fact: Fact, judgement: Judgement) -> bool | None:
    """Whether a verdict says that it came in time; None for one that says neither, or of a claim with no deadline."""
    if fact.deadline is None or fact.kind == "statement" or judgement.outcome not in ("true", "false"):
        return None
    late = judgement.happened is not None and judgement.happened.end > fact.deadline.end
    return None if late else judgement.outcome == "true"


def outcome_contradicts_happened(subject: Scope) -> Iterator[Finding]:
    """A time for what did not happen, one after the judgement, or one outside a period that it has to lie in."""
    for number, claim, _fact, at, resolution in _last(subject):
        trouble = _happened_trouble(claim, resolution)
        if trouble is not None:
            yield finding("outcome-contradicts-happened", *trouble, number, ("resolutions", at, "happened"))


def _happened_trouble(claim: Claim, resolution: Resolution) -> tuple[str, str] | None:
    happened, outcome = resolution.happened, resolution.outcome
    if happened is None:
        return None
    if outcome == "false":
        return (
            f"the outcome is false, and it happened {happened}",
            "remove happened; what came true late is outcome: true with happened",
        )
    if happened.start > resolution.judged.end:
        return (
            f"it happened {happened}, after it was judged on {resolution.judged}",
            "correct one of the two days",
        )
    deadline = claim.deadline
    during = claim.window == "during" and outcome in ("true", "partly")
    if during and deadline is not None and happened.start > deadline.end:
        return (
            f"it happened {happened}, after {deadline}, and a claim with window: during cannot come late",
            "judge it false; the later event belongs in the note",
        )
    if during and deadline is not None and happened.end < deadline.start:
        return (
            f"it happened {happened}, before {deadline} began, and a claim with window: during cannot come early",
            "correct the day, or judge it false; the earlier event belongs in the note",
        )
    return None


def outcome_contradicts_value(subject: Scope) -> Iterator[Finding]:
    """The number observed meets at_least and at_most and the outcome is false, or it does not and it is true."""
    for number, claim, _fact, at, resolution in _last(subject):
        missed = _missed(claim.quantity, resolution.value)
        if missed is None or resolution.outcome not in ("true", "false"):
            continue
        if resolution.outcome == "true" and missed:
            message = f"the outcome is true, and the value {resolution.value} is {missed}"
        elif resolution.outcome == "false" and not missed:
            message = f"the outcome is false, and the value {resolution.value} is what was claimed"
        else:
            continue
        hint = f"correct the outcome or the value; {_AGAIN.format(claim.id)}"
        yield finding("outcome-contradicts-value", message, hint, number, ("resolutions", at, "value"))


def _missed(quantity: Quantity | None, value: float | None) -> str | None:
    """How a value misses the bounds; empty where it meets them, None where there are none."""
    least, most = quantity.bounds if quantity is not None else (None, None)
    if quantity is None or value is None or (least is None and most is None):
        return None
    below, above = ("range", "range") if quantity.decides else ("at_least", "at_most")
    if least is not None and value < least:
        return f"below {below} {least}"
    if most is not None and value > most:
        return f"above {above} {most}"
    return ""


def no_evidence(subject: Scope) -> Iterator[Finding]:
    """A note alone convinces nobody who was not there."""
    for number, _claim, _fact, at, resolution in _last(subject):
        if not resolution.evidence:
            message = f"the judgement of {resolution.judged} rests on a note alone"
            hint = "add evidence: a source, a url or a title, and what it says"
            yield finding("no-evidence", message, hint, number, ("resolutions", at))


def hindsight(subject: Scope) -> Iterator[Finding]:
    """A claim entered when its outcome was known: it was chosen with that in mind, or may have been."""
    for number, fact in subject.known:
        claim = subject.ledger.claims[number]
        found = status.verdict(fact, subject.day)
        if found is None or fact.added is None or claim.kind == "statement":
            continue
        resolution = claim.resolutions[fact.judgements.index(found)]
        decided = _decided(subject, claim, resolution)
        if fact.added > decided:
            days = plural(fact.added - decided, "day")
            message = f"entered {days} after it was decided"
            hint = "nothing to mend: readers of a rate may want to know; leave them out with --ignore hindsight"
            yield finding("hindsight", message, hint, number, ("added",))


def _decided(subject: Scope, claim: Claim, resolution: Resolution) -> int:
    """The first day on which the outcome stood: when it happened, the deadline, the last of the evidence."""
    days = [resolution.judged.end]
    if claim.deadline is not None:
        days.append(claim.deadline.end)
    if resolution.happened is not None:
        days.append(resolution.happened.end)
    seen = []
    for entry in resolution.evidence:
        declared = subject.ledger.sources.get(entry.source) if entry.source else None
        published = entry.published or (declared.published if declared else None)
        if published is not None:
            seen.append(published.end)
    if seen and len(seen) == len(resolution.evidence):
        days.append(max(seen))
    return min(days)
