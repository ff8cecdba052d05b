"""The words of a deadline, read against the day they were said: which period they mean, how surely, and why.

Text becomes tokens (`stream`), rules read the tokens (`deadlines` on top of `parts`, `dates`, `years`, `lengths`,
`digits`, `openended`), and what they return is worked out for a day (`senses`). Nothing here knows today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .. import periods
from ..periods import Period
from . import deadlines, senses
from .senses import Anchor, NoPeriodError, Sense, Sure
from .stream import Stream, Token, tokens
from .wordlist import NO_START, runs

__all__ = ["Found", "Reading", "find", "read_deadline"]

_LONGEST = 200  # characters: longer texts are no words of a deadline


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a deadline mean: `period` is canonical text, "none" (open-ended) or None (cannot be told)."""

    period: str | None
    sure: Sure
    why: str
    others: tuple[str, ...] = ()
    hint: str = ""  # what would make words clear that are not

    @property
    def first(self) -> date | None:
        """The first day of the period, if there is one."""
        found = _known(self.period)
        return found.first if found else None

    @property
    def last(self) -> date | None:
        """The last day of the period, inclusive: the one that decides."""
        found = _known(self.period)
        return found.last if found else None


def _known(text: str | None) -> Period | None:
    return None if text is None or text == "none" else periods.parse(text)


class Found(NamedTuple):
    """Words of a deadline in a longer text: where they stand, and what they mean."""

    start: int
    end: int
    reading: Reading


def read_deadline(
    words: str, said: date | None = None, fiscal_year_end: int | None = None, since: date | None = None
) -> Reading:
    """What the words of a deadline mean, counted from the day they were said; never raises for any text.

    Where that day is known as a month or a year only, `said` is its last day and `since` its first.
    """
    if len(words) > _LONGEST:
        return Reading(None, "none", "too long to be the words of a deadline")
    node = _parsed(words)
    if isinstance(node, Reading):
        return node
    found = _told(node, Anchor(said, fiscal_year_end))
    if since in (None, said):
        return found
    return _either(found, _told(node, Anchor(said, fiscal_year_end, since)))


def _either(late: Reading, early: Reading) -> Reading:
    """One reading, if it is the same for the first and the last day on which the words can have been said."""
    if late.last is None or early.last is None or late.last == early.last:
        return early if early.sure == "vague" else late
    others = tuple(one for one in (*late.others, *early.others) if one not in (late.period, early.period))
    return replace(
        late, sure="vague", why=f"{early.why}, or {late.why}", others=(str(early.period), *dict.fromkeys(others))
    )


@lru_cache(maxsize=2048)
def _parsed(words: str) -> Reading | senses.Node:
    """What can be told without the day; ledgers repeat their words."""
    canonical = _canonical(words.strip())
    if canonical is not None:
        return Reading(canonical.text, "certain", "as it is written in a ledger")
    found = _trimmed(tokens(words))
    stream = Stream(found, whole=True)
    if stream.finished:
        return Reading(None, "none", "no words")
    node = deadlines.phrase(stream)
    if node is None or not stream.finished:
        return _last_words(found) or Reading(None, "none", "not understood")
    return node


def _last_words(found: list[Token]) -> senses.Node | None:
    """ "By the day we celebrate our independence, July 4": a description, then the date itself."""
    comma = max((at for at, token in enumerate(found) if token.text == ","), default=None)
    if comma is None or not any(token.text == "the" for token in found[:2]):
        return None
    stream = Stream(found[comma + 1 :])
    node = deadlines.phrase(stream)
    if node is None or not stream.finished:
        return None
    return lambda anchor: node(anchor).at_most("usual")


def _canonical(words: str) -> Period | None:
    try:
        return periods.parse(words)
    except periods.PeriodError:
        return None


def _trimmed(found: list[Token]) -> list[Token]:
    while found and found[-1].text in (".", ",", ";", ":", "!", "?"):
        found = found[:-1]
    return found


def _told(node: senses.Node, anchor: Anchor) -> Reading:
    try:
        return _reading(node(anchor))
    except NoPeriodError as error:
        others = tuple(dict.fromkeys(one.text for one in error.others))
        return Reading("none" if error.is_open else None, "none", error.why, others, error.hint)


def _reading(sense: Sense) -> Reading:
    return Reading(sense.period.text, sense.sure, sense.why, senses.distinct(sense.others, beside=sense.period))


def find(text: str, said: date | None = None, fiscal_year_end: int | None = None) -> Iterator[Found]:
    """The words of deadlines in a longer text, in order, none inside another, each as long as it can be."""
    found = tokens(text)
    anchor = Anchor(said, fiscal_year_end)
    for start, end in runs(found):
        yield from _in_run(found[start:end], anchor)


def _in_run(found: list[Token], anchor: Anchor) -> Iterator[Found]:
    stream = Stream(found)
    while not stream.finished:
        at = stream.at
        node = deadlines.phrase(stream) if stream.next.text not in NO_START else None
        if node is None or stream.at == at:
            stream.at = at + 1
            continue
        yield Found(found[at].start, found[stream.at - 1].end, _told(node, anchor))
