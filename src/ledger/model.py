"""Claims and what surrounds them, as plain immutable records. Field names are those of the format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .facts import Fact
from .periods import Period
from .problems import Problem

Outcome = Literal["true", "false", "partly", "ambiguous", "annulled", "reopened"]
Number = int | float


class Person(NamedTuple):
    """One entry of `people`."""

    name: str
    note: str | None = None


class Source(NamedTuple):
    """One entry of `sources`."""

    title: str
    publisher: str | None = None
    url: str | None = None
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
    """What is counted: `at_least` and `at_most` decide, inclusive; `range` and its `level` never do."""

    at_least: Number | None = None
    at_most: Number | None = None
    range: tuple[Number, Number] | None = None
    level: Number | None = None
    unit: str | None = None


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
    source: str | None = None
    at: str | None = None
    quote: str | None = None
    wording: str | None = None
    kind: str = "prediction"
    condition: str | None = None
    topics: tuple[str, ...] = ()
    deadline: Period | None = None
    deadline_words: str | None = None
    deadline_latest: Period | None = None
    window: str = "by"
    probability: float | None = None
    probability_words: str | None = None
    quantity: Quantity | None = None
    criteria: str | None = None
    series: str | None = None
    revises: str | None = None
    depends_on: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    note: str | None = None
    added: Period | None = None
    checked: Period | None = None
    amended: tuple[Amendment, ...] = ()
    resolutions: tuple[Resolution, ...] = ()


class Spot(NamedTuple):
    """Where a claim's text lies: file number, offsets in code points, line and column of its dash from 1.

    `start` is -1 where the file could not be cut into claims and `end` is then the claim's number in it.
    """

    file: int
    start: int
    end: int
    line: int
    column: int


class Text(NamedTuple):
    """One file that was read: its name as shown, and its text without a byte-order mark."""

    name: str
    text: str


class Ledger(NamedTuple):
    """All that was read: claims, facts and spots run in parallel; problems are in the order of places.

    Claims, facts, spots and the text of files may be made only when they are looked at.
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
