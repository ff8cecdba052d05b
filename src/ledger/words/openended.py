"""Words that promise no day: "soon", "eventually", "in the coming years", "every six weeks"."""

from __future__ import annotations

from . import lengths
from .senses import Anchor, Node, NoPeriodError, Sense
from .stream import Stream
from .vocabulary import MONTHS, SEASONS, WEEKDAYS

ADVERBS = (
    "soon enough", "soon - ish", "in short order", "in no time at all", "soon after", "soon", "sooner or later",
    "shortly",
    "eventually", "eventual", "ultimately", "someday", "some day", "one day", "any day now", "any time soon",
    "anytime soon", "any day", "before long", "before too long", "not too long from now", "not long from now",
    "imminently", "imminent", "momentarily", "presently", "at some point", "at some time", "some time",
    "sometime soon",
    "sometime", "in time", "in due time", "in due course", "in good time", "over time", "with time", "in the end",
    "at length",
    "down the road", "down the line", "going forward", "from now on", "from here on", "henceforth",
    "as soon as possible",
    "as soon as practicable", "as quickly as possible", "asap", "at the earliest possible time", "at the earliest",
    "at the earliest opportunity", "as early as possible", "immediately", "right away", "at once", "forever",
    "indefinitely", "in perpetuity", "for good", "always", "for ever", "for the time being", "for now", "for a while",
    "in a while", "for some time to come", "for some time", "for quite some time", "for a long time",
    "in a very long time", "in no time", "a long time", "within our lifetimes", "within our lifetime",
    "in our lifetime",
    "in our lifetimes", "in my lifetime", "within a generation", "in a generation", "in the fullness of time",
    "tbd", "tba", "day by day",
)  # fmt: skip
FAR = (
    "near", "nearer", "nearest", "foreseeable", "distant", "not too distant", "not so distant", "not - too - distant",
    "not - so - distant", "immediate", "far", "long", "longer", "medium", "short", "shorter", "mid", "very near",
    "very long", "intermediate", "medium to long", "short to medium", "not distant", "far distant", "very short",
)  # fmt: skip
MANY = ("few", "several", "many", "some", "number of", "handful of", "matter of", "good many", "multiple", "numerous")
EVERY = ("every", "each", "per")
CADENCE = (
    "annually", "yearly", "monthly", "weekly", "daily", "quarterly", "biannually",
    "year after year",
    "year on year", "month after month", "regularly",
)  # fmt: skip


def open_ended(s: Stream) -> Node | None:
    """Words without an end, or that come round again and again."""
    return s.first(_adverb, _future, _many, cadence)


def _open(why: str) -> Node:
    def read(_anchor: Anchor) -> Sense:
        raise NoPeriodError(why, is_open=True)

    return read


def _adverb(s: Stream) -> Node | None:
    while s.take("relatively", "fairly", "quite", "pretty", "very", "really", "rather", "reasonably"):
        pass
    found = s.phrase(*ADVERBS)
    return None if found is None else _open(f'"{found}" names no day')


def _future(s: Stream) -> Node | None:
    """ "In the near future", "over the medium term", "in the long run"."""
    s.take("in", "over", "for", "into", "within", "during")
    s.take("the", "a")
    far = s.phrase(*FAR)
    s.take("-", "or")
    s.phrase(*FAR)
    s.take("-")
    name = s.take("future", "term", "run", "haul")
    if name is None or (far is None and name != "future"):
        return None
    return _open(f'"the {far + " " if far else ""}{name}" names no day')


def _many(s: Stream) -> Node | None:
    """ "In a few years", "over the coming weeks", "for many years", "within months", "in the years ahead"."""
    preposition = s.take("in", "over", "within", "for", "during", "throughout", "after", "across")
    if preposition:
        s.take("just", "only", "about")
    said = s.take("the", "a", "these", "those") is not None
    for word in ("next", "coming", "upcoming", "following", "last", "past"):
        said = s.take(word) is not None or said
    s.take("very")
    many = s.phrase(*MANY)
    s.take("of", "more", "short")
    before = s.at
    unit = lengths.unit(s)
    if unit is None or s.tokens[before].text not in lengths.UNIT_NAMES or not s.tokens[before].text.endswith("s"):
        return None
    ahead = s.phrase("to come", "ahead", "from now", "or even decades", "or decades", "or so", "out", "away")
    if not (preposition or many or ahead or said):
        return None
    return _open(f'"{many or "some"} {s.tokens[before].text}" is no number of them')


def cadence(s: Stream) -> Node | None:
    """ "Every six weeks", "annually": it comes round again."""
    if s.take(*EVERY):
        s.take("other", "single", "few")
        lengths.amount(s)
        s.take("second", "third", "day", "week")
        return _open("it comes round again") if s.attempt(_unit_or_end) else None
    return _open("it comes round again") if s.phrase(*CADENCE) else None


def _unit_or_end(s: Stream) -> str | None:
    word = s.next.text
    if word in MONTHS or word in WEEKDAYS or word in SEASONS:
        s.at += 1
        return word
    return lengths.unit(s) or ("end" if s.finished else None)
