"""site: all that a page about the ledger needs, gathered once, and keys as people read them; no format here."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..columns import View
from ..facts import Fact
from ..files import questions
from ..model import Claim, Ledger, Text
from ..query import Filter, Row, in_order, select
from .groups import Clusters, Standing, standing

AHEAD = 366  # days that "falls due next" looks ahead
LISTED = 12  # claims of a list on the front page
_WORD = re.compile(r"[^\W_]+")
_BEGINS = re.compile(r"(?:^|[.!?:] +)$")


class Subject(NamedTuple):
    """A speaker, topic, series or source with its claims, sorted by deadline."""

    table: str
    name: str
    label: str
    note: str | None
    rows: tuple[Row, ...]
    standing: Standing


class DayEvent(NamedTuple):
    """What happened to claims on one day (an ordinal): `judged`, `amended`, `checked` or `added`."""

    day: int
    what: str
    rows: tuple[Row, ...]


class Survey(NamedTuple):
    """A ledger as it stood on a day, ready to be told."""

    ledger: Ledger
    day: date
    errors: int
    rows: tuple[Row, ...]
    by_id: dict[str, Row]
    standing: Standing
    kinds: dict[str, Standing]
    people: dict[str, Subject]
    topics: dict[str, Subject]
    series: dict[str, Subject]
    sources: dict[str, Subject]
    overdue: tuple[Row, ...]
    due: tuple[Row, ...]
    corrected: Mapping[int, Claim]
    changes: tuple[DayEvent, ...]
    view: View


def survey(ledger: Ledger, *, day: date) -> Survey:
    """Gather what the pages of a site tell about the claims known on a day."""
    ordinal, portable = day.toordinal(), _portable(ledger)
    rows = tuple(in_order(select(ledger.facts, Filter(), ordinal)))
    corrected = {row.number: claim for row in rows if (claim := _corrected(ledger, row)) is not None}
    clusters, spelt = Clusters(ledger.facts, ordinal), _spelt(ledger, rows)
    return Survey(
        ledger=portable,
        day=day,
        errors=sum(found.severity == "error" for found in ledger.problems),
        rows=rows,
        by_id={row.fact.id: row for row in reversed(rows)},
        standing=standing(rows, clusters),
        kinds={kind: standing(found, clusters) for kind, found in _grouped(rows, lambda fact: (fact.kind,)).items()},
        people=_subjects("people", _people(ledger), rows, clusters, lambda fact: (fact.speaker,), {}),
        topics=_subjects("topics", _topics(ledger, spelt), rows, clusters, lambda fact: fact.topics, spelt),
        series=_subjects("series", {}, rows, clusters, lambda fact: (fact.series,), spelt),
        sources=_subjects("sources", _sources(ledger), rows, clusters, lambda fact: (fact.source,), {}),
        overdue=tuple(row for row in rows if row.state.status == "overdue"),
        due=tuple(row for row in rows if row.state.status == "open" and 0 <= (row.state.days or 0) <= AHEAD),
        corrected=corrected,
        changes=_changes(corrected, rows, ordinal),
        view=View(portable, day),
    )


def _portable(ledger: Ledger) -> Ledger:
    """The same ledger with file names that do not tell where on this computer it lies."""
    if not ledger.texts:
        return ledger
    folder = os.path.dirname(questions.real(ledger.texts[0].name))  # noqa: PTH120
    texts = tuple(
        Text(os.path.relpath(questions.real(text.name), folder).replace(os.sep, "/"), text.text)
        for text in ledger.texts
    )
    return ledger._replace(texts=texts)


_Declared = dict[str, tuple[str, str | None]]  # label and note of each name


def _people(ledger: Ledger) -> _Declared:
    return {name: (person.name, person.note) for name, person in ledger.people.items()}


def _topics(ledger: Ledger, spelt: Mapping[str, str]) -> _Declared:
    return {name: (spelt[name], words) for name, words in ledger.topics.items()}


def _spelt(ledger: Ledger, rows: Sequence[Row]) -> dict[str, str]:
    """Topics and series by the words their keys stand for."""
    series = {row.fact.series for row in rows if row.fact.series is not None}
    topics = {topic for row in rows for topic in row.fact.topics}
    return labels([*ledger.topics, *topics, *series], (row.fact.claim for row in rows))


def _sources(ledger: Ledger) -> _Declared:
    return {name: (source.title, source.note) for name, source in ledger.sources.items()}


def _subjects(
    table: str,
    declared: _Declared,
    rows: Sequence[Row],
    clusters: Clusters,
    names: Callable[[Fact], Iterable[str | None]],
    spelt: Mapping[str, str],
) -> dict[str, Subject]:
    """Every declared name in the order of the ledger, then those that claims use undeclared."""
    found: dict[str, list[Row]] = {name: [] for name in declared}
    _grouped(rows, names, found)
    told = {name: declared.get(name) or (spelt.get(name, name), None) for name in found}
    return {name: Subject(table, name, *told[name], tuple(of), standing(of, clusters)) for name, of in found.items()}


def _grouped(
    rows: Iterable[Row],
    names: Callable[[Fact], Iterable[str | None]],
    found: dict[str, list[Row]] | None = None,
) -> dict[str, list[Row]]:
    groups = found if found is not None else {}
    for row in rows:
        for name in dict.fromkeys(names(row.fact)):
            if name is not None:
                groups.setdefault(name, []).append(row)
    return groups


def _changes(corrected: Mapping[int, Claim], rows: Sequence[Row], day: int) -> tuple[DayEvent, ...]:
    """The latest days on which something was judged, amended, checked or added, the newest first."""
    found: dict[tuple[int, str], dict[int, Row]] = {}
    for row in rows:
        for when, what in _dated(corrected, row):
            if when <= day:
                found.setdefault((when, what), {})[row.number] = row
    order = {"judged": 0, "amended": 1, "added": 2, "checked": 3}
    keys = sorted(found, key=lambda key: (-key[0], order[key[1]]))[:LISTED]
    return tuple(DayEvent(when, what, tuple(found[when, what].values())) for when, what in keys)


def _corrected(ledger: Ledger, row: Row) -> Claim | None:
    """The claim of a row if it was corrected; it is made only where the word for that may stand in its text."""
    spot = ledger.spots[row.number]
    if spot.start >= 0:
        text = ledger.texts[spot.file].text
        if text.find("amended", spot.start, spot.end) < 0 and text.find("\\", spot.start, spot.end) < 0:
            return None
    claim = ledger.claims[row.number]
    return claim if claim.amended else None


def _dated(corrected: Mapping[int, Claim], row: Row) -> Iterable[tuple[int, str]]:
    fact = row.fact
    for judgement in fact.judgements:
        yield judgement.judged, "judged"
    for amendment in corrected[row.number].amended if row.number in corrected else ():
        yield amendment.date.end, "amended"
    if fact.added is not None:
        yield fact.added, "added"
    if fact.checked is not None:
        yield fact.checked, "checked"


def labels(keys: Iterable[str], sentences: Iterable[str]) -> dict[str, str]:
    """Each key with its words spelt as the sentences mostly spell them, a capital letter at the beginning."""
    parts = {key: key.split("-") for key in keys}
    wanted = {word for words in parts.values() for word in words}
    spelt: dict[str, Counter[str]] = {word: Counter() for word in wanted}
    for sentence in sentences if wanted else ():
        for found in _WORD.finditer(sentence):
            word = found[0]
            # The capital of a sentence's first word says nothing about the word, but one inside it does.
            if word.lower() in spelt and (
                word[1:] != word[1:].lower() or not _BEGINS.search(sentence, 0, found.start())
            ):
                spelt[word.lower()][word] += 1
    usual = {
        word: max(counts, key=lambda one: (counts[one], one)) if counts else word for word, counts in spelt.items()
    }
    return {key: _capital(" ".join(filter(None, (usual[word] for word in words)))) for key, words in parts.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
