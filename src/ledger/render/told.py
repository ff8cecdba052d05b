"""The fields of a claim in words: the table of fields gives names and order, types give words, a few have their own.

What is told here stands in `show` and on the pages of a site alike; a field that is added to the format is told too.
`brief` is a claim for somebody who judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from .. import fields
from ..columns import View
from ..fields import Field
from ..model import Claim, Evidence, Ledger, Resolution, Source
from ..numbers import points
from ..periods import Period, parse
from ..query import Filter, Row, names, numbered
from ..status import is_known, state
from .meanings import why_unscored
from .phrases import probability_phrase, quantity_words, status_phrase

SOURCE_APART = ("note", "document", "sha256")  # about the source, not what is cited of it: on its own page


class Told(NamedTuple):
    """One field in words, an entry of its list each; `usual` says what everybody takes it for anyway."""

    key: str
    label: str
    words: tuple[str, ...]
    usual: bool = False


Say = Callable[[Period], str]
"""How a period is written: as it stands in the file, or in words."""


class Telling(NamedTuple):
    """A claim as known on a day, in its ledger, and how its periods are written."""

    view: View
    row: Row
    claim: Claim
    say: Say = str


def claim_told(telling: Telling) -> Iterator[Told]:
    """The fields that say something, and what is derived of them, in the order in which people read them."""
    for key in _READ:
        field, own = _FIELDS.get(key), _OWN.get(key)
        value = getattr(telling.claim, key, None)
        found = own(telling) if own else _entries(field, value, telling.view.ledger, telling.say) if field else ()
        words = tuple(filter(None, found))
        if words:
            label = fields.label(field) if field else fields.LABELS.get(key, key.replace("_", " "))
            yield Told(key, label, words, key in _USUAL and value == _USUAL[key])


def record_told(
    table: Sequence[Field], record: Any, ledger: Ledger, but: Iterable[str] = (), say: Say = str
) -> list[tuple[str, str]]:
    """The fields of a record inside or beside a claim as (label, words), some left out."""
    return [
        (fields.label(field), words)
        for field in table
        if field.key not in but and (words := "\n".join(_entries(field, getattr(record, field.key), ledger, say)))
    ]


def _entries(field: Field, value: Any, ledger: Ledger, say: Say) -> Iterator[str]:
    """The words of a value; each of a list of records for itself."""
    if value is None or value == ():
        return
    if field.type in ("group", "groups", "mentions"):
        for record in (value,) if field.type == "group" else value:
            yield _record(field.fields, record, ledger, say)
    elif field.type in ("names", "texts"):
        yield ", ".join(_name(field, name, ledger) for name in value)
    else:
        yield _one(field, value, ledger, say)


def _one(field: Field, value: Any, ledger: Ledger, say: Say) -> str:
    if isinstance(value, Period):
        return say(value)
    if field.type == "range":
        return f"{value[0]:,} to {value[1]:,}"
    if field.type == "probability":
        return points(value)
    return f"{value:,}" if isinstance(value, int | float) else _name(field, value, ledger)


def _name(field: Field, name: str, ledger: Ledger) -> str:
    """A name as people write it: a person's or a source's own, else as it stands."""
    if field.refers == "people" and name in ledger.people:
        return ledger.people[name].name
    return ledger.sources[name].title if field.refers == "sources" and name in ledger.sources else name


def _record(table: Sequence[Field], record: Any, ledger: Ledger, say: Say) -> str:
    """A record in one line, what it rests on below; names and days speak for themselves, the rest is labelled."""
    line: list[str] = []
    below: list[str] = []
    for field in table:
        value = getattr(record, field.key)
        if field.fields is fields.EVIDENCE:
            below += [evidence_line(ledger, entry, say) for entry in value]
        else:
            labelled = field.type in ("number", "whole") or (field.type == "period" and line)
            lead = f"{fields.label(field)} " if labelled else ""
            line += [f"{lead}{words}" for words in _entries(field, value, ledger, say)]
    return "\n".join([", ".join(line), *below])


# --- fields with words of their own ------------------------------------------------------------------------------


def _quote(telling: Telling) -> Iterator[str]:
    if telling.claim.quote:
        yield f"“{telling.claim.quote}”"


def _said(telling: Telling) -> Iterator[str]:
    yield telling.claim.said.text if telling.claim.said else "unknown"


def _source(telling: Telling) -> Iterator[str]:
    claim, ledger = telling.claim, telling.view.ledger
    if claim.source is not None:
        yield source_words(ledger, claim.source, claim.at)


def source_words(ledger: Ledger, name: str, at: str | None, say: Say = str) -> str:
    """A declared source as it is cited: title, publisher, day and place in one line, the rest below."""
    source = ledger.sources.get(name)
    if source is None:
        return ", ".join(filter(None, (name, at)))
    published = say(source.published) if source.published else None
    head = ", ".join(filter(None, (source.title, source.publisher, published, at)))
    return "\n".join([head, *filter(None, (source.event, source.url)), *source_rest(ledger, source, say)])


def source_rest(ledger: Ledger, source: Source, say: Say = str) -> list[str]:
    """What else is known of a source that is cited."""
    but = ("title", "publisher", "published", "event", "url", *SOURCE_APART)
    return [f"{label}: {words}" for label, words in record_told(fields.SOURCE, source, ledger, but, say)]


def _deadline(telling: Telling) -> Iterator[str]:
    claim, period = telling.claim, telling.claim.deadline
    words = f" - “{claim.deadline_words}”" if claim.deadline_words else ""
    if period is None:
        if claim.kind != "statement" or words:
            yield "none" + words
        return
    text = telling.say(period)
    if period.start != period.end:
        days = parse(f"{period.first}/{period.last}")
        text += f" ({telling.say(days).replace('/', ' to ')})"
    text += ", about" if period.approximate and "about" not in text else ""
    yield text + (", during" if claim.window == "during" else "") + words


def _latest(telling: Telling) -> Iterator[str]:
    if telling.claim.deadline_latest:
        yield f"{telling.say(telling.claim.deadline_latest)} on the most charitable reading"


def _quantity(telling: Telling) -> Iterator[str]:
    if telling.claim.quantity:
        yield quantity_words(telling.claim.quantity)


def _checked(telling: Telling) -> Iterator[str]:
    if telling.claim.checked:
        yield f"{telling.claim.checked}, nothing decisive found"


def _amended(telling: Telling) -> Iterator[str]:
    for change in telling.claim.amended:
        rest = record_told(fields.AMENDMENT, change, telling.view.ledger, ("date", "fields", "why"))
        more = "".join(f", {label} {words}" for label, words in rest)
        yield f"{change.date}: {', '.join(change.fields)} - {change.why}{more}"


def _judged(telling: Telling) -> Iterator[str]:
    for resolution in telling.claim.resolutions:
        yield _judgement(telling.view.ledger, resolution)


def _judgement(ledger: Ledger, resolution: Resolution) -> str:
    head = f"{resolution.judged}: {resolution.outcome}"
    but = ("outcome", "judged", "by", "evidence", "note")
    head += "".join(f", {label} {words}" for label, words in record_told(fields.RESOLUTION, resolution, ledger, but))
    head += f" (by {resolution.by})" if resolution.by else ""
    lines = [head, *(evidence_line(ledger, entry) for entry in resolution.evidence)]
    return "\n".join([*lines, resolution.note] if resolution.note else lines)


def evidence_line(ledger: Ledger, entry: Evidence, say: Say = str) -> str:
    """What a judgement rests on, in one line."""
    published = say(entry.published) if entry.published else None
    own = ", ".join(filter(None, (entry.title, entry.publisher, published, entry.url)))
    cited = (
        source_words(ledger, entry.source, entry.at, say).replace("\n", ", ") if entry.source is not None else entry.at
    )
    but = ("source", "at", "title", "publisher", "published", "url", "says")
    rest = [f"{label} {words}" for label, words in record_told(fields.EVIDENCE, entry, ledger, but, say)]
    return "- " + ": ".join(filter(None, (", ".join(filter(None, (cited, own, *rest))), entry.says)))


# --- other claims ------------------------------------------------------------------------------------------------


def short_deadline(claim: Claim) -> str:
    """When a claim was said and by when it was to come true, in a few words."""
    return f"said {claim.said or 'unknown'}, deadline {claim.deadline or 'none'}"


def other_claim(ledger: Ledger, name: str) -> str:
    """A claim that another one names."""
    found = next((number for number, own in enumerate(names(ledger.facts, "id")) if own == name), None)
    return name if found is None else f"{name} ({short_deadline(ledger.claims[found])})"


def _revises(telling: Telling) -> Iterator[str]:
    if telling.claim.revises:
        yield other_claim(telling.view.ledger, telling.claim.revises)


def _revised_by(telling: Telling) -> Iterator[str]:
    found = telling.view.revisions.get(telling.claim.id, ())
    yield "\n".join(other_claim(telling.view.ledger, name) for name in found)


def _account(telling: Telling) -> Iterator[str]:
    account = telling.row.state.account
    reason = why_unscored(telling.row.fact) if account == "unscored" else ""
    yield f"not scored: {reason}" if reason else account


def _file(telling: Telling) -> Iterator[str]:
    yield f"{telling.view.ledger.texts[telling.row.fact.file].name}:{telling.row.fact.line}"


def _series(telling: Telling) -> Iterator[str]:
    """The series and its other claims that were known on the day, in the order said."""
    claim, ledger, day = telling.claim, telling.view.ledger, telling.view.day
    if claim.series is None:
        return
    others = [
        ledger.claims[number]
        for number, fact in numbered(ledger.facts, Filter(series=(claim.series,)), day)
        if fact.series == claim.series and fact.id != claim.id and is_known(fact, day)
    ]
    others.sort(key=lambda other: other.said.start if other.said else 0)
    yield "\n".join([claim.series, *(f"{other.id} ({short_deadline(other)})" for other in others)])


_OWN: dict[str, Callable[[Telling], Iterator[str]]] = {
    "said": _said,
    "source": _source,
    "quote": _quote,
    "deadline": _deadline,
    "deadline_latest": _latest,
    "probability": lambda telling: iter((probability_phrase(telling.claim),)),
    "quantity": _quantity,
    "checked": _checked,
    "amended": _amended,
    "resolutions": _judged,
    "revises": _revises,
    "series": _series,
    "account": _account,
    "revised_by": _revised_by,
    "file": _file,
}
_USUAL = {"kind": "prediction"}
_FIELDS = {field.key: field for field in fields.CLAIM}
_READ = tuple(key for key in fields.reading_order() if key not in fields.BESIDE)


def brief(ledger: Ledger, number: int, day: date) -> str:
    """For somebody who judges it: the sentence, then a line a fact; addresses end their lines, in one piece."""
    claim, fact = ledger.claims[number], ledger.facts[number]
    person = ledger.people.get(claim.speaker)
    told = {
        "id": claim.id,
        "speaker": f"{person.name if person else claim.speaker}, said {claim.said or 'unknown'}",
        "deadline": _brief_deadline(claim, status_phrase(fact, state(fact, day.toordinal()), day.toordinal())),
        "number": quantity_words(claim.quantity) if claim.quantity else "",
        "condition": claim.condition or "",
        "criteria": claim.criteria or "",
        "last look": "; ".join(_looks(ledger, claim)),
        "source": _brief_source(ledger, claim),
    }
    return "\n".join([claim.claim, *(f"  {label}: {words}" for label, words in told.items() if words)])


def _brief_deadline(claim: Claim, phrase: str) -> str:
    deadline = claim.deadline.text if claim.deadline else "none"
    known = f", known by {claim.known_by}" if claim.known_by else ""
    return f"{deadline}{' (in the period)' if claim.window == 'during' else ''}{known} - {phrase}"


def _looks(ledger: Ledger, claim: Claim) -> Iterator[str]:
    """The last observation and the last day without a decisive one."""
    if claim.observations:
        seen = claim.observations[-1]
        value = f"{seen.value:,}" if seen.value is not None else None
        words = (value, seen.note, *(evidence_line(ledger, one) for one in seen.evidence))
        yield f"{seen.date}: {', '.join(word for word in words if word) or 'seen'}"
    if claim.checked:
        yield f"{claim.checked}, nothing decisive found"


def _brief_source(ledger: Ledger, claim: Claim) -> str:
    source = ledger.sources.get(claim.source or "")
    parts = (claim.at, source.url) if source else (claim.at,)
    return ", ".join(filter(None, (source.title if source else claim.source, *parts)))
