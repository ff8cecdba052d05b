"""The flat row of a claim: all that filters, states, sorting and scores need, and nothing else."""

from typing import NamedTuple

from .periods import Period


class Judgement(NamedTuple):
    """One judgement; `judged` is the ordinal of its day."""

    judged: int
    outcome: str
    happened: Period | None = None
    value: float | None = None


class Observed(NamedTuple):
    """What was seen on a day (an ordinal)."""

    day: int
    value: float | None = None


class Given(NamedTuple):
    """A probability that somebody else gave on a day (an ordinal)."""

    by: str
    day: int
    probability: float


class Fact(NamedTuple):
    """One claim as a row. Days are proleptic ordinals; None is unknown, absent or open-ended.

    `restates` says that the claim revises another without changing what is scored (`judging.measure`). `at_least`
    and `at_most` are what decides, the ends of the range too where it does; `also_in` are the names of sources.
    `words` are the texts a search looks into.
    """

    id: str
    claim: str
    speaker: str
    source: str | None
    kind: str
    window: str
    wording: str | None
    topics: tuple[str, ...]
    series: str | None
    revises: str | None
    said: Period | None
    deadline: Period | None
    latest: Period | None
    probability: float | None
    probability_words: str | None
    at_least: float | None
    at_most: float | None
    low: float | None
    high: float | None
    level: float | None
    added: int | None
    checked: int | None
    judgements: tuple[Judgement, ...]
    words: tuple[str, ...]
    file: int
    line: int
    restates: bool = False
    also_by: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    known_by: Period | None = None
    unit: str | None = None
    point: float | None = None
    formerly: tuple[str, ...] = ()
    observed: tuple[Observed, ...] = ()
    forecasts: tuple[Given, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """All who said it, the speaker first, each once."""
        return tuple(dict.fromkeys((self.speaker, *self.also_by))) if self.also_by else (self.speaker,)

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources that report it, the first one first, each once."""
        own = () if self.source is None else (self.source,)
        return tuple(dict.fromkeys((*own, *self.also_in))) if self.also_in else own

    @property
    def verdict_due(self) -> int | None:
        """The last day after which a verdict is missing: that of `known_by`, else of the deadline."""
        if self.deadline is None:
            return None
        return self.deadline.end if self.known_by is None else max(self.known_by.end, self.deadline.end)
