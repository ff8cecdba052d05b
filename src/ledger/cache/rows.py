"""A ledger as rows of bytes and back: facts in chunks by column, claims in chunks by line; `index` makes the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, cast

from ..facts import Fact, Given, Judgement, Observed
from ..model import (
    About,
    Amendment,
    Claim,
    Evidence,
    FilePattern,
    Forecast,
    Ledger,
    Mention,
    Observation,
    Person,
    Quantity,
    Resolution,
    Source,
    Spot,
    uses,
)
from ..periods import Period
from ..problems import Place, Problem, in_order
from . import chunks, index
from .rowbytes import Damaged, dumps, loads, numbers

_WORDS = Fact._fields.index("words")
_PLACED = Fact._fields[_WORDS + 1 : _WORDS + 3]
assert _PLACED == ("file", "line")
_RESTATES = Fact._fields.index("restates") - len(_PLACED)  # the places have no columns
_PERIODS = [Fact._fields.index(name) for name in ("said", "deadline", "latest", "known_by")]
_LISTS = [Fact._fields.index(name) for name in ("topics", "also_by", "also_in", "formerly")]
_JUDGEMENTS, _OBSERVED, _GIVEN = (Fact._fields.index(name) for name in ("judgements", "observed", "forecasts"))
_CLAIM = {name: at for at, name in enumerate(Claim._fields)}
_CLAIM_PERIODS = [_CLAIM[name] for name in ("said", "deadline", "deadline_latest", "known_by", "added", "checked")]
_CLAIM_LISTS = [_CLAIM[name] for name in ("also_by", "topics", "depends_on", "see_also", "formerly")]

# A row that passed its checksum has the values that were written: as many as there are fields.
_new_fact, _new_claim, _new_period, _new_resolution = (
    cast("Any", partial(tuple.__new__, of)) for of in (Fact, Claim, Period, Resolution)
)
_JUDGED, _HAPPENED, _EVIDENCE = (Resolution._fields.index(name) for name in ("judged", "happened", "evidence"))


# --- writing ---------------------------------------------------------------------------------------------------


def rows_of(ledger: Ledger, names: Sequence[str], answers: list[Any]) -> Iterator[tuple[str, bytes]]:
    """All rows of a ledger that was read from files of these names."""
    facts = ledger.facts
    yield "head", head_row(ledger)
    yield "answers", dumps([names, answers])
    yield "problems", dumps(ledger.problems)
    yield "spots", numbers(value for spot in ledger.spots for value in spot)
    yield "heads", dumps([_head_then(text.text) for text in ledger.texts])
    yield "pieces", b"".join(chunks.piece_digests(ledger.texts, ledger.spots))
    ranges = list(chunks.fresh_chunks(ledger.spots))
    told = [chunks.told_by(chunks.chunk_bytes(ledger.texts, ledger.spots[of.start : of.stop])) for of in ranges]
    yield "chunks", b"".join(digest for digest, _ in told)
    yield "sizes", numbers(size for _, size in told)
    yield "layout", numbers(value for row, of in enumerate(ranges) for value in (row, len(of)))
    yield "used", dumps(used(ledger.claims))
    yield from index.index_rows(facts, ledger.claims)
    for row, of in enumerate(ranges):
        yield f"f{row}", facts_row(facts[of.start : of.stop])
        yield f"c{row}", claims_row(ledger.claims[of.start : of.stop])


def head_row(ledger: Ledger) -> bytes:
    """What is no claim."""
    names = [text.name for text in ledger.texts]
    tables = (ledger.people, ledger.topics, ledger.sources)
    own = (ledger.about, ledger.timezone, ledger.forecasts, ledger.formerly, ledger.includes)
    return dumps([len(ledger.facts), ledger.title, names, *tables, *own])


def _head_then(text: str) -> chunks.HeadThen:
    from ..loading.pieces import cut

    proposal = cut(text)
    if proposal is None:
        return chunks.HeadThen("", 0, 0, len(text))
    return chunks.head_then(text, proposal.pieces[0].start, proposal.pieces[-1].end)


def used(claims: Iterable[Claim]) -> dict[str, list[str]]:
    """The names that claims use, by the table that declares them."""
    found: dict[str, set[str]] = {"people": set(), "topics": set(), "sources": set()}
    for claim in claims:
        for _, table, name in uses(claim):
            if table != "claims":
                found[table].add(name)
    return {table: sorted(names) for table, names in found.items()}


def facts_row(facts: Sequence[Fact]) -> bytes:
    """A chunk of facts, column by column, without their places."""
    columns = list(zip(*facts, strict=True))
    # The claim's own sentence is the first of its words.
    columns[_WORDS] = tuple(fact.words[1:] for fact in facts)
    if any(fact.words[:1] != (fact.claim,) for fact in facts):
        raise ValueError("a claim without a sentence")
    return dumps(columns[: _WORDS + 1] + columns[_WORDS + 3 :])


def claims_row(claims: Sequence[Claim]) -> bytes:
    """A chunk of claims, one line each."""
    return b"\n".join(map(dumps, claims))


# --- reading ---------------------------------------------------------------------------------------------------


def facts_of(data: bytes, files: Sequence[int], lines: Sequence[int]) -> list[Fact]:
    """The facts of a chunk, with the file and line of each."""
    columns = loads(data)
    columns[_WORDS + 1 : _WORDS + 1] = [files, lines]
    claims, words = columns[1], columns[_WORDS]
    for at in _PERIODS:
        columns[at] = [_period(value) for value in columns[at]]
    for at in _LISTS:
        columns[at] = map(tuple, columns[at])
    for at, of in ((_OBSERVED, Observed), (_GIVEN, Given)):
        columns[at] = [tuple(of(*value) for value in values) if values else () for values in columns[at]]
    columns[_JUDGEMENTS] = [tuple(map(_judgement, values)) if values else () for values in columns[_JUDGEMENTS]]
    columns[_WORDS] = [(claim, *rest) for claim, rest in zip(claims, words, strict=True)]
    return list(map(_new_fact, zip(*columns, strict=True)))


def restates_of(data: bytes) -> Sequence[bool]:
    """Which facts of a chunk restate another claim."""
    return cast("Sequence[bool]", loads(data)[_RESTATES])


def _period(value: list[Any] | None) -> Period | None:
    return None if value is None else _new_period(value)


def _judgement(value: list[Any]) -> Judgement:
    judged, outcome, happened, number = value
    return Judgement(judged, outcome, _period(happened), number)


def claim_of(line: bytes) -> Claim:
    """One claim."""
    values = loads(line)
    for at in _CLAIM_PERIODS:
        if values[at] is not None:
            values[at] = _new_period(values[at])
    for at in _CLAIM_LISTS:
        values[at] = tuple(values[at])
    at = _CLAIM["quantity"]
    if values[at] is not None:
        values[at] = _quantity(values[at])
    for at, record in _RECORDS:
        values[at] = tuple(map(record, values[at])) if values[at] else ()
    return cast("Claim", _new_claim(values))


def _quantity(value: list[Any]) -> Quantity:
    found = Quantity(*value)
    return found if found.range is None else found._replace(range=cast("Any", tuple(found.range)))


def _resolution(value: list[Any]) -> Resolution:
    value[_JUDGED], value[_HAPPENED] = _new_period(value[_JUDGED]), _period(value[_HAPPENED])
    value[_EVIDENCE] = tuple(map(_evidence, value[_EVIDENCE]))
    return cast("Resolution", _new_resolution(value))


def _evidence(value: list[Any]) -> Evidence:
    found = Evidence(*value)
    return found if found.published is None else found._replace(published=Period(*found.published))


def _forecast(value: list[Any]) -> Forecast:
    found = Forecast(*value)
    return found._replace(date=Period(*found.date))


def _observation(value: list[Any]) -> Observation:
    found = Observation(*value)
    return found._replace(
        date=Period(*found.date), evidence=tuple(_evidence(entry) for entry in cast("Any", found.evidence))
    )


def _amendment(value: list[Any]) -> Amendment:
    day, names, why = value
    return Amendment(Period(*day), tuple(names), why)


_RECORDS: tuple[tuple[int, Callable[[list[Any]], Any]], ...] = (
    (_CLAIM["also_in"], Mention._make),
    (_CLAIM["amended"], _amendment),
    (_CLAIM["forecasts"], _forecast),
    (_CLAIM["observations"], _observation),
    (_CLAIM["resolutions"], _resolution),
)


class CachedHead(NamedTuple):
    """How many claims there are, and what is none."""

    claims: int
    title: str | None
    names: list[str]
    people: dict[str, Person]
    topics: dict[str, str]
    sources: dict[str, Source]
    about: About | None
    timezone: str | None
    forecasts: tuple[FilePattern, ...]
    formerly: dict[str, str]
    includes: tuple[FilePattern, ...]


def head_of(data: bytes) -> CachedHead:
    """What is no claim."""
    found = CachedHead(*loads(data))
    return found._replace(
        people={name: Person(*value) for name, value in found.people.items()},
        sources={name: _source(cast("Any", value)) for name, value in found.sources.items()},
        about=found.about and About(*found.about),
        forecasts=tuple(FilePattern(*entry) for entry in found.forecasts),
        includes=tuple(FilePattern(*entry) for entry in found.includes),
    )


def _source(value: list[Any]) -> Source:
    found = Source(*value)
    return found if found.published is None else found._replace(published=Period(*found.published))


def problems_of(data: bytes, names: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems, with the names that files have now; Damaged where a message tells of a file by another name."""
    found = [
        Problem(code, message, hint, Place(*place), claim, severity)
        for code, message, hint, place, claim, severity in loads(data)
    ]
    other = [then for then, now in names.items() if then != now]
    if not other or not found:
        return tuple(found)
    if any(name in text for one in found for text in (one.message, one.hint or "") for name in other):
        raise Damaged("the files have other names now")
    return in_order(one._replace(place=one.place._replace(file=names[one.place.file])) for one in found)


def spot_of(values: Sequence[int], number: int) -> Spot:
    """The spot of one claim."""
    return Spot(*values[number * 5 : number * 5 + 5])
