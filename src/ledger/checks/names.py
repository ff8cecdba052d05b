"""Names that are declared and never used or name nothing, series of one, and dated claims without criteria."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..fields import CLAIM_KEYS, NAME_PATTERN
from ..model import Ledger, uses
from ..text import did_you_mean, shorten
from .subject import Finding, Scope, finding

_NAME = re.compile(NAME_PATTERN)
_LOOKED_THROUGH = 4_000_000  # characters; in more of them nothing is said to be unused while something is broken
_NOT_AMENDED = {
    "id": "an id that was another before: formerly",
    "amended": "another entry corrects an amendment",
    "resolutions": "another judgement corrects one: ledger resolve {} … --again",
}
_TABLES = (("people", "speaker"), ("topics", "topic"), ("sources", "source"))


def unused(subject: Scope) -> Iterator[Finding]:
    """People, topics and sources that nothing refers to, and series with one claim."""
    ledger = subject.ledger
    used, hidden = _used(ledger), _written_twice(ledger)
    for table, what in _TABLES:
        if table == "people" and ledger.forecasts:
            continue  # a table of forecasts may name them; its rows are not read here
        for name in getattr(ledger, table):
            if name not in used[table] and name not in hidden:
                hint = "remove it, or use it; a claim's speaker, source and topics refer to these names"
                yield finding("unused", f"no claim has the {what} {name}", hint, None, (table, name))
    yield from _series_of_one(ledger, hidden)


def _used(ledger: Ledger) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {"people": set(), "topics": set(), "sources": set(), "claims": set()}
    for claim in ledger.claims:
        for _, table, name in uses(claim):
            used[table].add(name)
    return used


def _written_twice(ledger: Ledger) -> frozenset[str]:
    """The names that something which could not be read may hold: they stand in the texts a second time."""
    if not any(found.severity == "error" for found in ledger.problems):
        return frozenset()
    if sum(len(text) for _, text in ledger.texts) > _LOOKED_THROUGH:
        return frozenset(
            (*ledger.people, *ledger.topics, *ledger.sources, *(f.series for f in ledger.facts if f.series))
        )
    words = Counter(word for _, text in ledger.texts for word in _NAME.findall(text))
    return frozenset(word for word, count in words.items() if count > 1)


def _series_of_one(ledger: Ledger, hidden: frozenset[str]) -> Iterator[Finding]:
    sizes = Counter(fact.series for fact in ledger.facts)
    related = {fact.revises for fact in ledger.facts if fact.revises}
    for number, fact in enumerate(ledger.facts):
        alone = fact.series is not None and sizes[fact.series] == 1
        if alone and not (fact.revises or fact.id in related or fact.series in hidden):
            hint = "remove it, or give the name to the other claims about the same target"
            yield finding("unused", f"the series {fact.series} has one claim", hint, number, ("series",))


def no_criteria(subject: Scope) -> Iterator[Finding]:
    """Without criteria the verdict on the deadline is a matter of taste."""
    for number, claim, _fact in subject.claims():
        if claim.deadline is not None and claim.criteria is None and claim.kind != "statement":
            hint = "add criteria: what must be observed, and who says so"
            yield finding("no-criteria", "a dated claim does not say what must be observed", hint, number, ("id",))


def amended_fields(subject: Scope) -> Iterator[Finding]:
    """An amendment that names no field corrects nothing, and judgements are corrected by other judgements."""
    for number, claim, fact in subject.claims():
        for at, amendment in enumerate(claim.amended):
            for place, name in enumerate(amendment.fields):
                path = ("amended", at, "fields", place)
                field = name.split(".")[0].strip()
                if field not in CLAIM_KEYS:
                    hint = did_you_mean(field, CLAIM_KEYS) or "name the fields of the claim that were corrected"
                    yield finding("bad-value", f"{shorten(name, 60)} is no field of a claim", hint, number, path)
                elif field in _NOT_AMENDED:
                    hint = _NOT_AMENDED[field].format(fact.id)
                    yield finding("bad-value", f"{field} cannot be amended", hint, number, path)
