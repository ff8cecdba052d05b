"""Lengths counted from the day of the words."""

from __future__ import annotations

from dataclasses import replace

from ..periods import Period
from . import lengths, senses, years
from .lengths import Length
from .parts import point
from .senses import Anchor, Node, NoPeriodError, Sense
from .spans import approximator, hedges, or_so
from .stream import Stream
from .vocabulary import OVER, UNDER


def counted_off(s: Stream) -> Node | None:
    """A length from the day of the words: "in five years", "within two weeks", "over the next decade", "+2y"."""
    return s.first(_offset, _within_unit, _from_point, _ahead, _over_next, _in_length, _lasting, _from_now)


def _offset(s: Stream) -> Node | None:
    """+2y, -30d: exact, as typed on a command line."""
    sign = s.take("+", "-")
    if sign is None or not s.next.glued:
        return None
    length = lengths.length(s)
    if length is None:
        return None
    step = 1 if sign == "+" else -1
    return lambda anchor: Sense(
        senses.day(length.after(anchor.day, step)), f"{length.words} {'after' if step > 0 else 'before'} {anchor.day}"
    )


def _within_unit(s: Stream) -> Node | None:
    """ "Within the year": this calendar year, or one year from that day."""
    hedges(s)
    if not s.take("within", "inside"):
        return None
    s.take("the")
    name = s.take("year", "month", "week", "quarter", "decade", "century")
    if name is None or s.tokens[s.at - 2].text != "the":
        return None
    unit, size = {
        "year": (12, "year"), "month": (1, "month"), "week": (0, "week"), "quarter": (3, "quarter"),
        "decade": (120, "decade"), "century": (1200, "century"),
    }[name]  # fmt: skip
    on = Length(months=unit, days=7 if name == "week" else 0, unit=size, words=f"1 {name}")

    def read(anchor: Anchor) -> Sense:
        later = lengths.later(on, anchor)
        this = years.unit_on(name, 0, anchor)
        return Sense(this.period, f"{this.why}, or {later.why}", "vague", (later.period,))

    return read


def _ahead(s: Stream) -> Node | None:
    """ "In the next year", "over the coming decade": that long from the day, or the next calendar unit."""
    hedges(s)
    word = s.take("in", "within", "over", "during", "throughout", "for", "inside")
    if word is None:
        return None
    s.phrase("the course of", "of")
    article = s.take("the", "this")
    ahead = s.take("next", "coming", "upcoming", "following")
    s.take("full", "calendar")
    name = s.take("year", "month", "quarter", "week", "decade", "century")
    ahead = ahead or s.phrase("to come", "ahead")
    if name is None or article is None or ahead is None or s.next.text == "or":
        return None
    size = {"year": 12, "month": 1, "quarter": 3, "week": 0, "decade": 120, "century": 1200}[name]
    length = Length(months=size, days=7 if name == "week" else 0, unit=name, words=f"1 {name}")
    whole = word in ("over", "during", "throughout", "for")

    def read(anchor: Anchor) -> Sense:
        calendar = years.unit_on(name, 1, anchor).period
        if whole:
            return lengths.over(length, anchor).also(calendar)
        later = lengths.later(length, anchor)
        if name in ("month", "week"):
            return later.also(calendar)
        return Sense(later.period, f"{later.why}, or the next calendar {name}", "vague", (calendar, *later.others))

    return read


def _over_next(s: Stream) -> Node | None:
    """ "Over the next five years": the time from the day it was said; "in the next five years" ends then."""
    hedges(s)
    word = s.take("over", "during", "throughout", "in", "within", "for", "inside", "across")
    if word:
        s.phrase("the course of", "of", "a period of")
        hedges(s)
    alone = s.attempt(lengths.length) if word == "over" else None
    if alone is not None:
        return lambda anchor: lengths.over(alone, anchor).at_most("vague").also(None)
    bare_over = word == "over" and s.next.text not in ("the", "this", "these", "next", "a", "coming", "some", "about")
    s.take("the", "this", "these", "our")
    ahead = (
        s.take("next", "coming", "upcoming", "following", "first")
        if word or s.ahead(-1).text == "the"
        else s.take("next", "upcoming", "coming")
    )
    if ahead == "first" or bare_over or (ahead is None and word not in ("over", "throughout", "during")):
        return None
    about = approximator(s)
    length = lengths.length(s)
    if length is None or (
        length.unit in ("year", "decade") and length.words.startswith("1 ") and ahead is None and word != "over"
    ):
        return None
    length = replace(length, about=length.about or about or or_so(s))
    if word in ("in", "within", "inside"):
        return lambda anchor: lengths.later(length, anchor)
    return lambda anchor: lengths.over(length, anchor)


def _in_length(s: Stream) -> Node | None:
    """ "In five to six years", "within under two years", "in a decade", "two years from now"."""
    hedges(s)
    word = s.phrase("in as little as", "in as few as", "in", "within", "inside of", "inside", "after", "before")
    if word is None or word in ("after", "before"):
        return None
    hedges(s)
    exact = s.phrase(*UNDER) is not None
    if not exact and s.phrase(*OVER):
        length = lengths.length(s)
        return None if length is None else _no_end(length)
    about = approximator(s)
    exact = exact or s.phrase(*UNDER) is not None
    length = lengths.length(s)
    if length is None:
        return None
    if s.take("'"):
        s.take("s")
    s.take("time")
    s.phrase("from now", "from today", "hence")
    loose = or_so(s) or about
    length = replace(length, about=length.about or loose)
    other = s.attempt(lambda s: _or_maybe(s, length))
    if s.phrase("or more", "or longer", "at least", "at the earliest"):
        return _no_end(length)
    if s.phrase("or less", "or fewer", "at most", "at the most", "or sooner", "max"):
        exact = True
    if loose and not length.by_days and length.unit == "year":
        return lambda anchor: _roughly(length, anchor)
    if other is None or (exact and other.months * 31 + other.days <= length.months * 31 + length.days):
        return lambda anchor: lengths.later(length, anchor, exact=exact)
    return lambda anchor: _either(length, other, anchor)


def _either(one: Length, other: Length, anchor: Anchor) -> Sense:
    """ "In two years or maybe five": the longer one, or the shorter."""
    late, early = sorted((one, other), key=lambda length: length.after(anchor.day), reverse=True)
    if late == early:
        return lengths.later(one, anchor)
    return lengths.later(late, anchor).or_else(lengths.later(early, anchor))


def _lasting(s: Stream) -> Node | None:
    """ "For five years": how long, but not from when."""
    hedges(s)
    if not s.take("for"):
        return None
    approximator(s)
    s.phrase(*UNDER, *OVER)
    length = lengths.length(s)
    if length is None:
        return None

    def read(_anchor: Anchor) -> Sense:
        raise NoPeriodError(f"{length.words} from a beginning that is not said")

    return read


def _from_point(s: Stream) -> Node | None:
    """ "Six months after Easter", "within 30 days of June 5", "two weeks before the end of 2026"."""
    within = s.phrase("within", "in", "by", "no later than", "not later than", "up to")
    about = approximator(s)
    length = lengths.length(s)
    word = s.phrase("after", "from", "following", "of", "before", "prior to", "ahead of") if length else None
    if s.next.text in ("now", "today", "here") or (word == "of" and within != "within"):
        return None
    node = s.attempt(point) if word else None
    if length is None or node is None or word is None:
        return None
    sign = -1 if word in ("before", "prior to", "ahead of") else 1
    return lambda anchor: _counted_from(length, node(anchor), sign, about=about)


def _counted_from(length: Length, of: Sense, sign: int, *, about: bool) -> Sense:
    def change(one: Period) -> Period:
        return length.ends(one.last if sign > 0 else one.first, sign)

    sense = of.mapped(change, f"{length.words} {'after' if sign > 0 else 'before'} {of.why}").at_most("usual")
    return replace(sense.mapped(senses.about, sense.why) if about or length.about else sense, part=True)


def _roughly(length: Length, anchor: Anchor) -> Sense:
    sense = lengths.later(length, anchor)
    return replace(sense, why=f"about {sense.why}").also(senses.about(senses.year(length.after(anchor.day).year)))


def _or_maybe(s: Stream, said: Length) -> Length | None:
    """ ", maybe four", "or perhaps three": another length beside the one that was said."""
    s.take(",")
    if not s.take("maybe", "perhaps", "possibly", "probably", "or", "if"):
        return None
    s.take("maybe", "perhaps", "even", "possibly")
    if s.phrase("not sooner", "not before", "not earlier", "less", "sooner", "earlier"):
        return said
    return s.attempt(lengths.length) or s.attempt(lambda s: lengths.in_unit_of(s, said))


def _no_end(length: Length) -> Node:
    def read(anchor: Anchor) -> Sense:
        raise NoPeriodError(f"more than {length.words} names no last day", is_open=True)

    return read


def _from_now(s: Stream) -> Node | None:
    """ "Five years from now", "2 weeks ago", "roughly a decade", "ten years on"."""
    hedges(s)
    under = s.phrase(*UNDER) is not None
    if not under and s.phrase("more than", "at least", "well over", "upwards of"):
        length = lengths.length(s)
        return None if length is None else _no_end(length)
    about = approximator(s)
    length = lengths.length(s)
    if length is None:
        return None
    loose = or_so(s) or about
    length = replace(length, about=length.about or loose)
    if s.take("ago") or s.phrase("before now"):
        return lambda anchor: lengths.later(length, anchor, sign=-1)
    if s.phrase("from now", "from today", "hence", "on", "out", "away", "down the line", "down the road", "from here"):
        return lambda anchor: lengths.later(length, anchor, exact=under)
    if s.finished or s.next.text in (",", ".", ";"):
        return lambda anchor: _bare(length, anchor, loose=loose, exact=under)
    return None


def _bare(length: Length, anchor: Anchor, *, loose: bool, exact: bool) -> Sense:
    """A length alone: "roughly a decade" ends in a year, about; "30d" does not say in which direction."""
    if length.short and not loose and not exact:
        number = length.words.split()[0] + length.unit[0]
        raise NoPeriodError("it does not say before or after", hint=f"write +{number} or -{number}")
    return _roughly(length, anchor) if loose and length.unit == "year" else lengths.later(length, anchor, exact=exact)
