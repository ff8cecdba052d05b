"""A ledger as rows of bytes and back: facts in chunks by column, claims in chunks by line, and an index of names.

Everything is JSON or arrays of 32-bit numbers: plain data that nothing runs.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, cast

from ..facts import Fact, Given, Judgement, Observed
from ..model import (
    About,
    Amendment,
    Claim,
    Evidence,
    Forecast,
    ForecastPattern,
    Ledger,
    Mention,
    Observation,
    Person,
    Quantity,
    Resolution,
    Source,
    Spot,
)
from ..periods import Period
from ..problems import Place, Problem, in_order
from ..query import values_of
from ..status import decides
from .damage import Damaged

CHUNK = 16  # claims of a row: reading one claim parses few others, reading all takes few rows
DIGEST = 32
ABSENT = bytes(DIGEST)
DAYS = ("due", "known", "said", "judged", "outcomes")
FAR = 10_000_000  # later than any day
NAMED = ("topics", "speaker", "source", "kind", "series")
OUTCOMES = {"true": 1, "false": 2, "partly": 4, "ambiguous": 8, "annulled": 8, "reopened": 16, "withdrawn": 32}
UNSETTLED = 16  # of a claim that a judgement may leave without a verdict

_WORDS = Fact._fields.index("words")
_PLACED = Fact._fields[_WORDS + 1 : _WORDS + 3]
assert _PLACED == ("file", "line")
_PERIODS = [Fact._fields.index(name) for name in ("said", "deadline", "latest", "known_by")]
_LISTS = [Fact._fields.index(name) for name in ("topics", "also_by", "also_in", "formerly")]
_JUDGEMENTS, _OBSERVED, _GIVEN = (Fact._fields.index(name) for name in ("judgements", "observed", "forecasts"))
_CLAIM = {name: at for at, name in enumerate(Claim._fields)}
_CLAIM_PERIODS = [_CLAIM[name] for name in ("said", "deadline", "deadline_latest", "known_by", "added", "checked")]
_CLAIM_LISTS = [_CLAIM[name] for name in ("also_by", "topics", "depends_on", "see_also", "formerly")]

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_new_fact = cast("Any", partial(tuple.__new__, Fact))


def dumps(value: object) -> bytes:
    """JSON as bytes; UnicodeEncodeError for a text that is not Unicode."""
    return _encode(value).encode("utf-8")


def loads(data: bytes) -> Any:
    """The value of such bytes."""
    return json.loads(data)


def numbers(values: Iterable[int]) -> bytes:
    """Whole numbers as bytes."""
    return array("i", values).tobytes()


def numbers_of(data: bytes) -> array[int]:
    """The numbers of such bytes."""
    found = array("i")
    found.frombytes(data)
    return found


# --- writing ---------------------------------------------------------------------------------------------------


def rows_of(ledger: Ledger, names: Sequence[str], answers: list[Any]) -> Iterator[tuple[str, bytes]]:
    """All rows of a ledger that was read from files of these names."""
    facts = ledger.facts
    yield "head", head_row(ledger)
    yield "answers", dumps([names, answers])
    yield "problems", dumps(ledger.problems)
    yield "spots", numbers(value for spot in ledger.spots for value in spot)
    yield "heads", dumps([[_head_digest(text.text), len(text.text)] for text in ledger.texts])
    yield "pieces", b"".join(digests(ledger))
    yield "chunks", b"".join(_chunk_digests(ledger))
    yield "revised", dumps([fact.revises for fact in facts if fact.revises is not None])
    yield "ids", "\n".join([fact.id for fact in facts]).encode("utf-8")
    yield from day_rows(facts)
    yield "revising", numbers(number for number, fact in enumerate(facts) if fact.revises is not None)
    for attribute in NAMED:
        yield from _named_rows(facts, attribute)
    for chunk in range(0, len(facts), CHUNK):
        yield f"f{chunk // CHUNK}", facts_row(facts[chunk : chunk + CHUNK])
        yield f"c{chunk // CHUNK}", claims_row(ledger.claims[chunk : chunk + CHUNK])


def head_row(ledger: Ledger) -> bytes:
    """What is no claim."""
    names = [text.name for text in ledger.texts]
    tables = (ledger.people, ledger.topics, ledger.sources)
    own = (ledger.about, ledger.timezone, ledger.forecasts, ledger.formerly)
    return dumps([len(ledger.facts), ledger.title, names, *tables, *own])


def _head_digest(text: str) -> str:
    from ..loading.pieces import cut

    proposal = cut(text)
    return "" if proposal is None else head_digest(proposal.head(text))


def head_digest(head: str) -> str:
    """What tells one file's head from another's."""
    return digest(head).hex()


def digests(ledger: Ledger) -> Iterator[bytes]:
    """A digest of each claim's text; ABSENT where the file could not be cut."""
    for spot in ledger.spots:
        yield digest(ledger.texts[spot.file].text[spot.start : spot.end]) if spot.start >= 0 else ABSENT


def _chunk_digests(ledger: Ledger) -> Iterator[bytes]:
    """A digest of the text of each chunk; ABSENT where its claims do not lie one behind the other."""
    for start in range(0, len(ledger.spots), CHUNK):
        spots = ledger.spots[start : start + CHUNK]
        together = all(one.file == other.file and one.end == other.start for one, other in pairwise(spots))
        if together and spots[0].start >= 0:
            yield digest(ledger.texts[spots[0].file].text[spots[0].start : spots[-1].end])
        else:
            yield ABSENT


def digest_at(digests: bytes, number: int) -> bytes:
    """One of several digests that stand one behind the other."""
    return digests[number * DIGEST : (number + 1) * DIGEST]


def put_digest(digests: bytearray, number: int, found: bytes) -> None:
    """Replace one of them."""
    digests[number * DIGEST : (number + 1) * DIGEST] = found


def digest(piece: str) -> bytes:
    """What tells one claim's text from another's."""
    from hashlib import sha256

    return sha256(piece.encode("utf-8")).digest()


def day_rows(facts: Sequence[Fact]) -> Iterator[tuple[str, bytes]]:
    """What filters on days and states can be narrowed by."""
    yield "due", numbers(fact.deadline.end if fact.deadline else FAR for fact in facts)
    yield "known", numbers(FAR if fact.verdict_due is None else fact.verdict_due for fact in facts)
    yield "said", numbers(fact.said.end if fact.said else -1 for fact in facts)
    yield "judged", numbers(min((one.judged for one in fact.judgements), default=FAR) for fact in facts)
    yield "outcomes", numbers(map(_outcomes, facts))


def _outcomes(fact: Fact) -> int:
    found = 0
    for judgement in fact.judgements:
        found |= OUTCOMES[judgement.outcome] | (0 if decides(fact, judgement) else UNSETTLED)
    return found


def _named_rows(facts: Sequence[Fact], attribute: str) -> Iterator[tuple[str, bytes]]:
    """Which claims have each name, and the names."""
    found: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        for name in values_of(fact, attribute):
            having = found.setdefault(name, [])
            if having[-1:] != [number]:
                having.append(number)
    yield f"names:{attribute}", dumps(list(found))
    for name, having in found.items():
        yield f"{attribute}:{name}", numbers(having)


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


def _period(value: list[Any] | None) -> Period | None:
    return None if value is None else Period(*value)


def _judgement(value: list[Any]) -> Judgement:
    judged, outcome, happened, number = value
    return Judgement(judged, outcome, _period(happened), number)


def claim_of(line: bytes) -> Claim:
    """One claim."""
    values = loads(line)
    for at in _CLAIM_PERIODS:
        if values[at] is not None:
            values[at] = Period(*values[at])
    for at in _CLAIM_LISTS:
        values[at] = tuple(values[at])
    at = _CLAIM["quantity"]
    if values[at] is not None:
        values[at] = _quantity(values[at])
    for name, record in _RECORDS:
        at = _CLAIM[name]
        if values[at]:
            values[at] = tuple(map(record, values[at]))
        else:
            values[at] = ()
    return Claim(*values)


def _quantity(value: list[Any]) -> Quantity:
    found = Quantity(*value)
    return found if found.range is None else found._replace(range=cast("Any", tuple(found.range)))


def _resolution(value: list[Any]) -> Resolution:
    found = Resolution(*value)
    return found._replace(
        judged=Period(*found.judged),
        happened=_period(cast("Any", found.happened)),
        evidence=tuple(_evidence(entry) for entry in cast("Any", found.evidence)),
    )


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


_RECORDS: tuple[tuple[str, Callable[[list[Any]], Any]], ...] = (
    ("also_in", Mention._make),
    ("amended", _amendment),
    ("forecasts", _forecast),
    ("observations", _observation),
    ("resolutions", _resolution),
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
    forecasts: tuple[ForecastPattern, ...]
    formerly: dict[str, str]


def head_of(data: bytes) -> CachedHead:
    """What is no claim."""
    found = CachedHead(*loads(data))
    return found._replace(
        people={name: Person(*value) for name, value in found.people.items()},
        sources={name: _source(cast("Any", value)) for name, value in found.sources.items()},
        about=found.about and About(*found.about),
        forecasts=tuple(ForecastPattern(*entry) for entry in found.forecasts),
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
