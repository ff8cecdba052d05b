"""The words that a phrase of a deadline can hold, so that the rest of a long text is passed over quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import lengths, numerals, openended, parts, vocabulary, years
from .stream import Token

# Words that rules name themselves; a test holds this list against the rules.
_OF_RULES = """
    a about across additional after afternoon ago ahead all am an and another around as at austral australia
    australian away before beginning between boreal bst business by calendar century cest cet clear clock close cob
    come coming commencing consecutive couple course cq current cy day days decade decades down dozen during earlier
    earliest easter edt end ending eod est et eve even evening fairly few fewer first following for former forward
    friday from full future fy give gmt good h half halves haul hemisphere hence here horizon if in initial inside
    into is ish its just later latter least less likely line little longer m max maximum maybe midday middle
    midnight month months more morning most my nd new next night no noon northern not now o of on one one's only
    onward onwards opening or other our out over p pdt perhaps period pm possibly present pretty prior probably pst
    pt q qtr quarter quarters quite rather rd really reasonably relatively road run s same second semester short
    single so sooner southern span st starting stretch sunday take term th than the their thereabouts thereafter
    these third this those thousands through throughout till time timeframe timescale to today tomorrow tonight
    trading trimester two under until up upcoming upwards utc very w week weekend weeks well window within working
    year years yesterday yr zealand
""".split()  # noqa: SIM905
_SIGNS = ("'", "+", ",", "-", ".", "/", ":", "~")


def _split(phrases: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        yield from phrase.split()


# A phrase without one of these names no time: a number, or a word of the calendar or of open ends.
TIMES = {
    *vocabulary.MONTHS, *vocabulary.WEEKDAYS, *vocabulary.SEASONS, *vocabulary.UNITS, *lengths.UNITS, *lengths.PLURALS,
    *_split(vocabulary.FIXED_HOLIDAYS), *_split(vocabulary.WEEKDAY_HOLIDAYS), *parts.SHORT_EDGES, *years.DECADES,
    *_split(openended.ADVERBS), *openended.CADENCE, *numerals.TENS, "easter", "friday", "sunday", "future", "term",
    "run", "haul", "today", "tonight", "tomorrow", "tmrw", "tmr", "yesterday", "now", "eod", "cob",
    "afternoon", "thousand", "thousands", "q", "h", "fy",
    "m", "d", "w", "y", "mo", "yr",
} - {
    "a", "as", "at", "be", "by", "for", "from", "good", "here", "in", "of", "on", "one", "our", "over", "s", "some",
    "the", "too", "with", "not", "any", "very", "again", "end", "and", "enough", "de", "all", "to", "-",
    "'", ".", "after", "line", "my", "no", "possible", "down", "out", "up", "always",
}  # fmt: skip
KNOWN = {
    *TIMES, *_OF_RULES, *_SIGNS, *_split(openended.ADVERBS), *_split(openended.CADENCE), *_split(openended.FAR),
    *_split(openended.MANY), *openended.EVERY, *vocabulary.NEXT, *vocabulary.LAST, *_split(vocabulary.ABOUT),
    *_split(vocabulary.HEDGES), *_split(vocabulary.IN), *_split(vocabulary.BY), *_split(vocabulary.UNTIL),
    *_split(vocabulary.THROUGH), *_split(vocabulary.BEFORE), *_split(vocabulary.EARLIEST), *_split(vocabulary.FROM),
    *_split(vocabulary.UNDER), *_split(vocabulary.OVER), *_split(vocabulary.OR_LATER), *_split(vocabulary.OR_EARLIER),
    *_split(vocabulary.OVER_WITH), *parts.EDGE_WORDS, *parts.LAST,
    *parts.FIRST, *numerals.SMALL, *numerals.ORDINALS, *years.FISCAL,
    *(word for phrases in parts.EDGE_PHRASES.values() for word in _split(phrases)), "hundred", "thousand",
}  # fmt: skip
NO_START = {
    ",", ".", "/", ":", "and", "are", "been", "is", "or", "s", "that", "than", "st", "nd", "rd", "th", "be",
    "has", "if", "time", "ends", "with",
}  # fmt: skip


def runs(found: list[Token]) -> Iterator[tuple[int, int]]:
    """Where a phrase can stand: unbroken known words, from their first to the last that names a time."""
    start, last = 0, -1
    for at, (text, *_place) in enumerate(found):
        if text in KNOWN or text[0].isdecimal():
            if text in TIMES or text[0].isdecimal():
                last = at
            continue
        if last >= start:
            yield start, at
        start = at + 1
    if last >= start:
        yield start, len(found)
