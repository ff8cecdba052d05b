"""resolve and reopen: a judgement more for each of some claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from .. import fields, judging, periods, status
from ..days import known_until
from ..edit.blocks import Value
from ..edit.changes import Append, Edit
from ..edit.scalars import Plain
from ..errors import RefusedError, UsageError
from ..facts import Fact
from ..facts import Judgement as Verdict
from ..model import Ledger, Number
from ..query import names
from ..results.lookup import claims_to_write, meant_outcomes, told_ids, verdict_words
from ..text import did_you_mean, either, plural, shorten
from . import typed_values
from .draft import Draft
from .plan import Missing, Move, Plan, incomplete, place_of, plan

OUTCOMES = tuple(outcome for outcome in fields.OUTCOMES if outcome != "reopened")
IN_TIME = "in-time"
_BEHIND = "the outcome behind the ids"
_RESTS_ON = "What does it rest on? (an address, a source of the ledger, or a note of several words)"


class AskedEvidence(NamedTuple):
    """What `--evidence` and the options beside it say; words are addresses or declared sources."""

    words: tuple[str, ...] = ()
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    says: str | None = None
    at: str | None = None


class AskedJudgement(NamedTuple):
    """A judgement as asked for, in the words of the command line."""

    outcome: str | None = None
    judged: str | None = None
    happened: str | None = None
    value: str | None = None
    evidence: AskedEvidence = AskedEvidence()
    by: str | None = None
    note: str | None = None
    again: bool = False
    in_time: bool = False


def split_outcome(words: Sequence[str], ledger: Ledger) -> tuple[tuple[str, ...], str | None]:
    """Ids and outcome: the last word is the outcome if it is one, in capitals or not.

    UsageError if only an outcome is given, or if the last word is near a word for a verdict: it is never an id then.
    """
    *ids, last = words
    outcome = last.casefold()
    if outcome in fields.OUTCOMES:
        if not ids:
            raise UsageError(f"which claim is {outcome}?", hint=f"ledger resolve ID {outcome}")
        return tuple(ids), outcome
    meant = meant_outcomes(last)
    if meant and (last not in names(ledger.facts, "id") or (ids and outcome in verdict_words())):
        hint = f"write one of {', '.join(OUTCOMES)}" + (
            f"; did you mean {either(near)}?" if (near := _near(meant)) else ""
        )
        raise UsageError(f"{shorten(last, 40)!r} is no outcome, and too near one to be an id", hint=hint)
    return tuple(words), None


_SAID_SO = {"hit": "true", "yes": "true", "done": "true", "kept": "true", "met": "true", "right": "true"}
_SAID_SO |= {"correct": "true", "late": "true", "miss": "false", "no": "false", "broken": "false", "missed": "false"}
_SAID_SO |= {"wrong": "false", "incorrect": "false", "void": "annulled"}


def _near(meant: Sequence[str]) -> list[str]:
    """The outcomes that words for a verdict stand for."""
    found = (_SAID_SO.get(word, word) for word in meant)
    return [word for word in dict.fromkeys(found) if word in OUTCOMES]


@dataclass(frozen=True, kw_only=True)
class JudgementDraft(Draft):
    """A judgement of some claims; `reopens` withdraws their verdicts instead."""

    ids: Sequence[str]
    asked: AskedJudgement
    reopens: bool = False

    def plan(self) -> Plan:
        """See `plan_resolve` and `plan_reopen`."""
        planned = plan_reopen if self.reopens else plan_resolve
        return planned(self.ledger, self.ids, self.asked, today=self.today)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The claims that are named."""
        return tuple(claims_to_write(self.ledger, self.ids))

    @property
    def is_interpreted(self) -> bool:
        """A beginning of an id, or an outcome that follows."""
        derived = self.asked.outcome is None and not self.reopens
        return derived or not set(self.ids) <= set(names(self.ledger.facts, "id"))

    def _answered(self, asked: Missing, text: str) -> JudgementDraft:
        return replace(self, asked=_with(self.asked, asked.option, text))


def _with(asked: AskedJudgement, option: str, text: str) -> AskedJudgement:
    if option == "OUTCOME":
        return asked._replace(outcome=text)
    if option == "--happened":
        return asked._replace(in_time=True) if text.casefold() == IN_TIME else asked._replace(happened=text)
    if option == "--evidence" and len(text.split()) == 1:  # what has spaces is a note
        return asked._replace(evidence=asked.evidence._replace(words=(text,)))
    return asked._replace(note=text)


def plan_resolve(ledger: Ledger, ids: Sequence[str], asked: AskedJudgement, *, today: date) -> Plan:
    """Plan one judgement for each claim; `missing` names an outcome that does not follow, or a reason."""
    if asked.outcome is not None:
        asked = asked._replace(outcome=asked.outcome.strip().casefold())
    if asked.outcome == "reopened":
        raise UsageError("a claim is reopened with another command", hint="ledger reopen ID --note WHY")
    if asked.outcome is not None and asked.outcome not in OUTCOMES:
        hint = did_you_mean(asked.outcome, OUTCOMES) or f"one of {', '.join(OUTCOMES)}"
        raise UsageError(f"no outcome {shorten(asked.outcome, 40)!r}", hint=hint)
    if asked.in_time and asked.happened is not None:
        raise UsageError("--in-time and --happened say the same thing twice", hint="leave one of the two out")
    numbers = claims_to_write(ledger, ids)
    record = _record(ledger, asked, today, numbers)
    for number in numbers:
        if not asked.again:
            _refuse_second(ledger, number)
        _refuse_day(ledger, number, record)
    derived = {number: _outcome(ledger.facts[number], asked, today) for number in numbers}
    missing = [
        Missing("OUTCOME", f"What is the outcome of {ledger.facts[number].id}? ({how})", OUTCOMES, _BEHIND)
        for number, (outcome, how) in derived.items()
        if outcome is None
    ][:1]
    missing += [
        _when(ledger.facts[number])
        for number, (outcome, _) in derived.items()
        if outcome == "true" and _may_be_late(ledger.facts[number], record, asked)
    ][:1]
    missing += [
        _taken_back(ledger, number, record)
        for number, (outcome, _) in derived.items()
        if outcome == "withdrawn" and "happened" not in record and _is_over(ledger.facts[number], record)
    ][:1]
    if "evidence" not in record and "note" not in record:
        missing.append(Missing("--evidence", _RESTS_ON))
    if missing:
        return incomplete("resolve", ledger, missing)
    moves = [
        _move(
            ledger,
            number,
            {"outcome": Plain(outcome), **record},
            _did(ledger.facts[number], outcome, record, how, today),
        )
        for number, (outcome, how) in derived.items()
        if outcome is not None
    ]

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        return plan_resolve(fresh, tuple(only), asked, today=today)

    early = [_early(ledger.facts[number], record) for number, (outcome, _) in derived.items() if outcome == "false"]
    made = plan("resolve", ledger, moves, today=today, again=again, warnings=list(filter(None, early)))
    return made._replace(read=_read_back(ledger, ids, asked, today))


def _early(fact: Fact, record: Mapping[str, Value]) -> str:
    """What is said of a miss that time could still mend; empty where the last day is over, or there is none."""
    if fact.deadline is None or fact.kind == "statement" or _is_over(fact, record):
        return ""
    left = fact.deadline.end - date.fromisoformat(str(record["judged"])).toordinal()
    when = f"{plural(left, 'day')} before {fact.deadline} is over" if left else f"on the last day of {fact.deadline}"
    return f"{fact.id}: false {when}; right only if it cannot come true any more"


def _may_be_late(fact: Fact, record: Mapping[str, Value], asked: AskedJudgement) -> bool:
    """Whether `true` would silently mean in time, for a claim whose last day is over when it is judged."""
    if asked.in_time or "happened" in record or fact.deadline is None or fact.window == "during":
        return False
    return _is_over(fact, record)


def _is_over(fact: Fact, record: Mapping[str, Value]) -> bool:
    """Whether the last day had passed on the day of the judgement; a statement has none."""
    judged = date.fromisoformat(str(record["judged"])).toordinal()
    return fact.kind != "statement" and fact.deadline is not None and judged > fact.deadline.end


def _when(fact: Fact) -> Missing:
    question = f"When did {fact.id} come true? (a day or a month; in-time if it was by {fact.deadline})"
    return Missing("--happened", question, (IN_TIME,), "--happened DATE or --in-time")


def _taken_back(ledger: Ledger, number: int, record: Mapping[str, Value]) -> Missing:
    """A question at a prompt, since what was taken back after its last day had failed by then; a refusal in scripts."""
    fact = ledger.facts[number]
    refusal = RefusedError(
        f"{place_of(ledger, number, 'deadline')}: {fact.id}: withdrawn {record['judged']}, "
        f"after the deadline {fact.deadline} was over",
        hint="judge it false, or say with --happened when it was taken back",
    )
    question = f"When was {fact.id} taken back? (by {fact.deadline}; later it had failed: judge it false)"
    return Missing("--happened", question, refusal=refusal)


def plan_reopen(ledger: Ledger, ids: Sequence[str], asked: AskedJudgement, *, today: date) -> Plan:
    """Plan to withdraw the verdict of each claim; a note says why."""
    numbers = claims_to_write(ledger, ids)
    record = _record(ledger, asked, today, numbers)
    for number in numbers:
        fact = ledger.facts[number]
        if judging.standing(fact) is None:
            raise RefusedError(
                f"{place_of(ledger, number)}: {fact.id} is not judged", hint="there is nothing to reopen"
            )
        _refuse_day(ledger, number, record)
    if asked.note is None:
        return incomplete("reopen", ledger, [Missing("--note", "Why is it open again?")])
    again_open = {"outcome": Plain("reopened"), **record}
    moves = [_move(ledger, number, again_open, "reopened: no verdict stands") for number in numbers]

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        return plan_reopen(fresh, tuple(only), asked, today=today)

    made = plan("reopen", ledger, moves, today=today, again=again)
    return made._replace(read=_read_back(ledger, ids, asked, today))


def _read_back(ledger: Ledger, ids: Sequence[str], asked: AskedJudgement, today: date) -> tuple[str, ...]:
    days = {"judged": asked.judged, "happened": asked.happened, "published": asked.evidence.published}
    return (*told_ids(ledger, ids), *typed_values.told(days, today))


def _move(ledger: Ledger, number: int, record: Mapping[str, Value], did: str) -> Move:
    fact, spot = ledger.facts[number], ledger.spots[number]
    edit = Edit(spot, (Append("resolutions", typed_values.in_order(record, fields.RESOLUTION)),))
    return Move(fact.id, number, spot.file, edit, did, str(record["outcome"]))


def _did(fact: Fact, outcome: str, record: Mapping[str, Value], how: str, today: date) -> str:
    """`judged true: late 31 days (it happened …)`: the outcome, what the claim is by it today, and why."""
    happened = periods.parse(str(record["happened"])) if "happened" in record else None
    verdict = Verdict(date.fromisoformat(str(record["judged"])).toordinal(), outcome, happened)
    found = status.state(fact._replace(judgements=(*fact.judgements, verdict)), today.toordinal())
    late = f" {plural(found.slip_high or 0, 'day')}" if found.status == "late" else ""
    now = f": {found.status}{late}" if found.status != outcome else ""
    return f"judged {outcome}{now}" + (f" ({how})" if how else "")


def _refuse_day(ledger: Ledger, number: int, record: Mapping[str, Value]) -> None:
    """Refuse a judgement from before the claim was said, or from before the last judgement."""
    fact = ledger.facts[number]
    judged = date.fromisoformat(str(record["judged"])).toordinal()
    if fact.said is not None and judged < fact.said.start:
        raise RefusedError(
            f"{place_of(ledger, number, 'said')}: {fact.id}: judged {record['judged']}, "
            f"before the claim was said, {fact.said}",
            hint="a verdict cannot be older than its claim: give the day of the judgement",
        )
    if fact.judgements and judged < fact.judgements[-1].judged:
        last = date.fromordinal(fact.judgements[-1].judged)
        raise RefusedError(
            f"{place_of(ledger, number, 'resolutions')}: {fact.id} was judged on {last}, "
            f"after {record['judged']}; judgements are appended in order",
            hint="leave --judged out, or give a later day",
        )


def _refuse_second(ledger: Ledger, number: int) -> None:
    fact = ledger.facts[number]
    last = judging.standing(fact)
    if last is not None:
        where = place_of(ledger, number, "resolutions", len(fact.judgements) - 1)
        raise RefusedError(
            f"{where}: {fact.id} is judged already: {last.outcome} on {date.fromordinal(last.judged)}",
            hint="--again appends a second judgement, which then counts; ledger reopen withdraws the first",
        )


def _outcome(fact: Fact, asked: AskedJudgement, today: date) -> tuple[str | None, str]:
    """The outcome given or derived, and how it follows."""
    if asked.outcome is not None:
        return asked.outcome, ""
    happened = None
    if asked.happened:
        happened = periods.parse(str(typed_values.period("--happened", asked.happened, today)))
    value = _value(asked)
    found = judging.derive(fact, value=value, happened=happened, day=today.toordinal())
    return found.outcome, found.how


def _value(asked: AskedJudgement) -> Number | None:
    return typed_values.number("--value", asked.value.strip()) if asked.value is not None else None


def _record(ledger: Ledger, asked: AskedJudgement, today: date, numbers: Iterable[int]) -> dict[str, Value]:
    """All of a judgement but its outcome."""
    latest = date.fromordinal(known_until(today)).isoformat()
    if asked.judged:
        judged = typed_values.period("--judged", asked.judged, today, day=True)
    else:
        # What was judged this morning where the day begins earlier comes before this judgement.
        before = (one.judged for number in numbers for one in ledger.facts[number].judgements)
        day = max((today.toordinal(), *(one for one in before if one <= known_until(today))))
        judged = Plain(date.fromordinal(day).isoformat())
    if judged > latest:
        raise RefusedError(f"--judged {judged} is later than today, {today}", hint="judge on the day itself")
    record: dict[str, Value] = {"judged": judged}
    if asked.happened is not None:
        record["happened"] = typed_values.period("--happened", asked.happened, today)
    value = _value(asked)
    if value is not None:
        record["value"] = Plain(typed_values.written(value))
    for field in fields.RESOLUTION:
        given = {"by": asked.by, "note": asked.note}.get(field.key)
        if given is not None:
            record[field.key] = typed_values.value(field, given, ledger=ledger, today=today)
    evidence = evidence_record(ledger, asked.evidence, today)
    if evidence:
        record["evidence"] = evidence
    return record


def evidence_record(ledger: Ledger, asked: AskedEvidence, today: date) -> list[Value]:
    """What was pointed at as it is written; UsageError for what is neither an address nor declared."""
    beside = {
        key: typed_values.value(typed_values.EVIDENCE[key], given, ledger=ledger, today=today)
        for key, given in asked._asdict().items()
        if key != "words" and given is not None
    }
    if beside and len(asked.words) > 1:
        options = ", ".join(f"--{key}" for key in beside)
        raise UsageError(f"{options}: which evidence does that describe?", hint="give one --evidence beside them")
    if not asked.words:
        if beside and "title" not in beside:
            raise UsageError("evidence needs an address, a source or a title", hint="add --evidence or --title")
        return [typed_values.in_order(beside, fields.EVIDENCE)] if beside else []
    return [typed_values.in_order({**_pointer(ledger, word), **beside}, fields.EVIDENCE) for word in asked.words]


def _pointer(ledger: Ledger, word: str) -> dict[str, Value]:
    if "://" in word:
        return {
            "url": typed_values.value(
                typed_values.EVIDENCE["url"], word, ledger=ledger, today=date.min, option="--evidence"
            )
        }
    if word not in ledger.sources:
        near = did_you_mean(word, ledger.sources)
        hint = near or "evidence is an address that begins with https://, or a declared source"
        raise UsageError(f"no source {shorten(word, 60)!r}", hint=hint)
    return {"source": word}
