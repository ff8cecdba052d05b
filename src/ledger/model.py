"""Claims and what surrounds them, as plain immutable records. Field names are those of the format."""

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from . import fields
from .facts import Fact, Given, Judgement, Observed
from .periods import Period
from .problems import Path, Problem

Outcome = Literal["true", "false", "partly", "ambiguous", "annulled", "withdrawn", "reopened"]
Number = int | float


class Person(NamedTuple):
    """One entry of `people`."""

    name: str
    kind: str = "person"
    fiscal_year_end: int | None = None  # a month, 1..12
    note: str | None = None


class Source(NamedTuple):
    """One entry of `sources`."""

    title: str
    publisher: str | None = None
    url: str | None = None
    archived: str | None = None
    published: Period | None = None
    event: str | None = None
    note: str | None = None
    document: str | None = None
    sha256: str | None = None


class Evidence(NamedTuple):
    """What a judgement rests on: a declared source, or a page of its own."""

    source: str | None = None
    at: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    archived: str | None = None
    published: Period | None = None
    says: str | None = None


class Resolution(NamedTuple):
    """One judgement; `outcome` says whether it came true, `happened` when."""

    outcome: Outcome
    judged: Period
    happened: Period | None = None
    value: Number | None = None
    evidence: tuple[Evidence, ...] = ()
    by: str | None = None
    note: str | None = None


class Quantity(NamedTuple):
    """What is counted: `at_least` and `at_most` decide, inclusive; `range`, `level` and `point` do not.

    With `decides` the ends of `range` are what decides: `bounds` answers for both.
    """

    at_least: Number | None = None
    at_most: Number | None = None
    range: tuple[Number, Number] | None = None
    level: Number | None = None
    point: Number | None = None
    decides: str | None = None
    unit: str | None = None

    @property
    def bounds(self) -> tuple[Number | None, Number | None]:
        """The smallest and the largest number that make the claim true."""
        return self.range if self.decides == "range" and self.range else (self.at_least, self.at_most)


class Mention(NamedTuple):
    """Another source that reports the claim, with its own words."""

    source: str
    at: str | None = None
    quote: str | None = None


class Forecast(NamedTuple):
    """A probability that somebody else gave the claim on a day."""

    by: str
    date: Period
    probability: float
    source: str | None = None
    note: str | None = None


class Observation(NamedTuple):
    """What was seen on a day while the claim was open; it decides nothing."""

    date: Period
    value: Number | None = None
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None


class Amendment(NamedTuple):
    """One correction of fields that decide a verdict."""

    date: Period
    fields: tuple[str, ...]
    why: str


class Claim(NamedTuple):
    """One claim in full. `said` is None for unknown, `deadline` None for open-ended."""

    id: str
    claim: str
    speaker: str
    said: Period | None
    also_by: tuple[str, ...] = ()
    source: str | None = None
    at: str | None = None
    quote: str | None = None
    also_in: tuple[Mention, ...] = ()
    wording: str | None = None
    kind: str = "prediction"
    condition: str | None = None
    topics: tuple[str, ...] = ()
    deadline: Period | None = None
    deadline_words: str | None = None
    fiscal_of: str | None = None
    deadline_latest: Period | None = None
    window: str = "by"
    known_by: Period | None = None
    probability: float | None = None
    probability_words: str | None = None
    quantity: Quantity | None = None
    criteria: str | None = None
    series: str | None = None
    revises: str | None = None
    depends_on: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    note: str | None = None
    added: Period | None = None
    checked: Period | None = None
    amended: tuple[Amendment, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    observations: tuple[Observation, ...] = ()
    resolutions: tuple[Resolution, ...] = ()


def uses(claim: Claim) -> Iterator[tuple[Path, str, str]]:
    """Each name a claim uses: where, the table that declares it (`claims` for ids), and the name."""
    yield ("speaker",), "people", claim.speaker
    for at, name in enumerate(claim.also_by):
        yield ("also_by", at), "people", name
    if claim.fiscal_of is not None:
        yield ("fiscal_of",), "people", claim.fiscal_of
    if claim.source is not None:
        yield ("source",), "sources", claim.source
    for at, mention in enumerate(claim.also_in):
        yield ("also_in", at, "source"), "sources", mention.source
    for at, topic in enumerate(claim.topics):
        yield ("topics", at), "topics", topic
    for at, forecast in enumerate(claim.forecasts):
        yield ("forecasts", at, "by"), "people", forecast.by
        if forecast.source is not None:
            yield ("forecasts", at, "source"), "sources", forecast.source
    for path, evidence in evidence_of(claim):
        if evidence.source is not None:
            yield (*path, "source"), "sources", evidence.source
    if claim.revises is not None:
        yield ("revises",), "claims", claim.revises
    for at, name in enumerate(claim.depends_on):
        yield ("depends_on", at), "claims", name
    for at, name in enumerate(claim.see_also):
        yield ("see_also", at), "claims", name


def renamed(claim: Claim, formerly: Mapping[str, str]) -> Claim:
    """The claim with references to others by the ids these have now."""
    if not any(name in formerly for name in (claim.revises, *claim.depends_on, *claim.see_also)):
        return claim
    depends_on, see_also = (
        tuple(formerly.get(name, name) for name in names) for names in (claim.depends_on, claim.see_also)
    )
    revises = formerly.get(claim.revises, claim.revises) if claim.revises else None
    return claim._replace(revises=revises, depends_on=depends_on, see_also=see_also)


def evidence_of(claim: Claim) -> Iterator[tuple[Path, Evidence]]:
    """All evidence of a claim, of what was seen and of judgements, with its place."""
    for number, seen in enumerate(claim.observations):
        for at, one in enumerate(seen.evidence):
            yield ("observations", number, "evidence", at), one
    for number, judged in enumerate(claim.resolutions):
        for at, one in enumerate(judged.evidence):
            yield ("resolutions", number, "evidence", at), one


class About(NamedTuple):
    """Who answers for a ledger."""

    keeper: str | None = None
    contact: str | None = None
    url: str | None = None
    repository: str | None = None
    licence: str | None = None
    language: str | None = None


class FilePattern(NamedTuple):
    """One entry of `include` or `forecasts`: a pattern, relative to the folder of the file that names it."""

    file: str
    pattern: str


class ClaimsOnDemand(Sequence[Claim]):
    """Claims that are made when somebody looks at them, and kept then."""

    @abstractmethod
    def passing(self, numbers: Sequence[int]) -> Iterator[Claim]:
        """The claims of these numbers in their order, none of them kept.

        What they are made of is proven before the first; what fails later is an exception, not another reading.
        """


class Spot(NamedTuple):
    """Where a claim's text lies: file number, offsets in code points, line and column of its dash from 1.

    `start` is -1 where the file could not be cut into claims and `end` is then the claim's number in it.
    """

    file: int
    start: int
    end: int
    line: int
    column: int


_NO_QUANTITY = Quantity()
_searched = attrgetter(*(field.key for field in fields.CLAIM if field.type == "text"))


def fact_of(claim: Claim, spot: Spot) -> Fact:
    """The flat row of a claim."""
    quantity = claim.quantity or _NO_QUANTITY
    low, high = quantity.range or (None, None)
    at_least, at_most = quantity.bounds
    return Fact(
        claim.id,
        claim.claim,
        claim.speaker,
        claim.source,
        claim.kind,
        claim.window,
        claim.wording,
        claim.topics,
        claim.series,
        claim.revises,
        claim.said,
        claim.deadline,
        claim.deadline_latest,
        claim.probability,
        claim.probability_words,
        at_least,
        at_most,
        low,
        high,
        quantity.level,
        claim.added.end if claim.added else None,
        claim.checked.end if claim.checked else None,
        tuple([Judgement(r.judged.end, r.outcome, r.happened, r.value) for r in claim.resolutions]),
        tuple(filter(None, (*_searched(claim), *[mention.quote for mention in claim.also_in]))),
        spot.file,
        spot.line,
        False,
        claim.also_by,
        tuple([mention.source for mention in claim.also_in]) if claim.also_in else (),
        claim.known_by,
        quantity.unit,
        quantity.point,
        claim.formerly,
        tuple([Observed(seen.date.end, seen.value) for seen in claim.observations]) if claim.observations else (),
        tuple([Given(given.by, given.date.end, given.probability) for given in claim.forecasts])
        if claim.forecasts
        else (),
    )


def of_file(spots: Sequence[Spot], file: int) -> range:
    """The numbers of a file's claims: they lie one behind the other."""
    start = bisect_left(spots, file, key=lambda spot: spot.file)
    return range(start, bisect_right(spots, file, start, key=lambda spot: spot.file))


class Text(NamedTuple):
    """One file that was read: its name as shown, and its text without a byte-order mark."""

    name: str
    text: str

    @property
    def data(self) -> bytes | None:
        """The bytes that were read, where they are at hand."""
        return None


class Ledger(NamedTuple):
    """All that was read: claims, facts and spots run in parallel; problems are in the order of places.

    Claims, facts, spots and the text of files may be made only when they are looked at. `title`, `about`,
    `timezone` and `forecasts` are those of the files that were named, not of what these include; `includes` are those
    of all. `formerly` leads from the ids that claims had before to those they have, by which claims refer to each
    other.
    """

    title: str | None
    texts: Sequence[Text]
    people: dict[str, Person]
    topics: dict[str, str]
    sources: dict[str, Source]
    claims: Sequence[Claim]
    facts: Sequence[Fact]
    spots: Sequence[Spot]
    problems: tuple[Problem, ...]
    about: About | None = None
    timezone: str | None = None
    forecasts: tuple[FilePattern, ...] = ()
    formerly: Mapping[str, str] = {}
    includes: tuple[FilePattern, ...] = ()
