"""The flat row of a claim: all that filters, states, sorting and scores need, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from .periods import Period


class Judgement(NamedTuple):
    """One judgement; `judged` is the ordinal of its day."""

    judged: int
    outcome: str
    happened: Period | None = None
    value: float | None = None


class Fact(NamedTuple):
    """One claim as a row. Days are proleptic ordinals; None is unknown, absent or open-ended.

    `restates` says that the claim revises another without changing what is scored: see `judging.measure`.
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
    unit: str | None = None
