"""A whole phrase of a deadline: prepositions and bounds around a point, a range or a length."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..periods import Period
from . import lengths, senses, years
from .counted import counted_off
from .openended import cadence, open_ended
from .parts import point
from .senses import Anchor, Node, NoPeriodError, Sense
from .spans import hedges, span
from .stream import Stream
from .vocabulary import BEFORE, BY, EARLIEST, FROM, IN, OR_EARLIER, OR_LATER, OVER_WITH, SINCE_THEN, THROUGH, UNTIL


def phrase(s: Stream) -> Node | None:
    """The longest phrase of a deadline that begins here."""
    return s.first(open_only, _again_until, _this_time, counted_off, _earliest, _from, _with_tail)


def _again_until(s: Stream) -> Node | None:
    """ "Every year until 2030": its end decides."""
    return _with_tail(s) if cadence(s) is not None else None


def _this_time(s: Stream) -> Node | None:
    """ "By this time next year": one unit on from the day."""
    s.take("by", "around", "about")
    if not s.phrase("this time next", "about this time next", "the same time next"):
        return None
    unit = s.take("year", "month", "week")
    if unit is None:
        return None
    months, days = {"year": (12, 0), "month": (1, 0), "week": (0, 7)}[unit]
    length = lengths.Length(months=months, days=days, unit=unit, words=f"1 {unit}")
    return lambda anchor: lengths.later(length, anchor)


def open_only(s: Stream) -> Node | None:
    """Words without an end, where no point follows that they belong to."""
    node = open_ended(s)
    return node if node is not None and not _goes_on(s) else None


def _goes_on(s: Stream) -> bool:
    s.take(",")
    before = s.at
    s.phrase(*IN, *BY)
    more = point(s) is not None
    s.at = before
    return more


# --- bounds that promise no day ---------------------------------------------------------------------------------


def _earliest(s: Stream) -> Node | None:
    hedges(s)
    word = s.phrase(*EARLIEST)
    if word is None:
        return None
    hedges(s)
    node = s.attempt(_edge_ok) or s.attempt(_length)
    return None if node is None else lambda anchor: _no_deadline(node, word, anchor)


def _edge_ok(s: Stream) -> Node | None:
    s.take("in", "on")
    return span(s)


def _length(s: Stream) -> Node | None:
    length = lengths.length(s)
    return None if length is None else lambda anchor: lengths.later(length, anchor)


def _no_deadline(node: Node, word: str, anchor: Anchor) -> Sense:
    """An earliest day is no deadline; that it does not come until then is another claim, which is told."""
    found = node(anchor)
    why = f'"{word} {found.period}" gives the earliest day, which is no deadline'
    if word not in ("after", "since", "past", "beyond") and anchor.said is not None:
        end = found.period.start - 1
        if end >= anchor.said.toordinal():
            until = _no_sooner(anchor, senses.before(found.period))
            why += f"; that it does not come before is a claim of its own: {until}, window during"
    raise NoPeriodError(why, is_open=True)


def _no_sooner(anchor: Anchor, last: Period) -> Period:
    day = anchor.day
    first = senses.month(day.year, day.month)
    end = last.last
    if (end.month, end.day) == (12, 31):
        return senses.between(first, senses.year(end.year))
    month = senses.month(end.year, end.month)
    return senses.between(first, month if month.end == last.end else last)


def _from(s: Stream) -> Node | None:
    """ "As early as 2026" names the earliest day that somebody can think of."""
    hedges(s)
    word = s.phrase(*FROM)
    if word is None:
        return None
    node = span(s)
    return None if node is None else _earliest_or_in(node)


def _earliest_or_in(node: Node) -> Node:
    def read(anchor: Anchor) -> Sense:
        sense = node(anchor).at_most("vague").also(None)
        return sense.told(f"{sense.why}, or no deadline: it is an earliest day")

    return read


# --- prepositions -------------------------------------------------------------------------------------------------


def _with_tail(s: Stream) -> Node | None:
    node = _bounded(s)
    if node is None:
        return None
    before = s.at
    s.take(",")
    if s.phrase(*OR_LATER):
        return lambda anchor: _no_deadline(node, "from", anchor)
    if s.phrase(*OR_EARLIER):
        return node
    s.at = before
    narrower = s.attempt(_apposition)
    return node if narrower is None else lambda anchor: _narrower(node, narrower, anchor)


def _apposition(s: Stream) -> Node | None:
    """A second way to say it: "at the end of the month, on April 29"."""
    comma = s.take(",") is not None
    preposition = s.phrase(*IN, *BY)
    return point(s) if comma or preposition in ("on", "in", "at", "by") else None


def _narrower(first: Node, second: Node, anchor: Anchor) -> Sense:
    one, two = first(anchor), second(anchor)
    outer = one.whole or one.period
    if two.period.start >= outer.start and two.period.end <= outer.end:
        return two
    outer = two.whole or two.period
    if one.period.start >= outer.start and one.period.end <= outer.end:
        return one
    why = f"{one.why}, and {two.why}: they do not agree"
    return Sense(one.period, why, "vague", (two.period,))


def _bounded(s: Stream) -> Node | None:
    """A span after its preposition: up to its last day, or before its first."""
    hedges(s)
    for words, read in ((BEFORE, _before), (BY, _by), (UNTIL, _until), (THROUGH, _whole)):
        at = s.at
        if s.phrase(*words):
            hedges(s)
            s.phrase("in", "on") if words is not BEFORE else None
            node = s.attempt(_still_on) if words is BEFORE else None
            if node is not None:
                return node
            node = s.first(span, _timed)
            return None if node is None else _ahead(read, node)
        s.at = at
    return _plain(s)


def _reading(read: Callable[[Sense], Sense], node: Node) -> Node:
    return lambda anchor: read(node(anchor))


def _ahead(read: Callable[[Sense], Sense], node: Node) -> Node:
    """Bounds look ahead: readings that were over when the words were said are none."""

    def ahead(anchor: Anchor) -> Sense:
        sense = read(node(anchor))
        first = anchor.near or anchor.said
        said = first.toordinal() if first else 0
        if sense.period.end < said:
            return sense
        return replace(sense, others=tuple(one for one in sense.others if one is None or one.end >= said))

    return ahead


def _plain(s: Stream) -> Node | None:
    hedges(s)
    preposition, node = None, s.first(span, _timed)
    if node is None:
        preposition = s.phrase(*IN)
        hedges(s)
        node = s.first(span, _timed)
    if node is None:
        return None
    s.attempt(_clock)
    if preposition in SINCE_THEN:
        s.take("on", "onwards", "onward", "forward")
        return (
            _reading(lambda sense: sense.at_most("usual"), node)
            if preposition == "effective"
            else _earliest_or_in(node)
        )
    return _reading(_whole, node) if preposition in ("in", "within", "during", "throughout") else node


def _timed(s: Stream) -> Node | None:
    return span(s) if _clock(s) else None


def _clock(s: Stream) -> bool | None:
    """A time of day, which no period has: "at 5 p.m. EST on", "midnight on"."""
    s.take(",")
    s.take("at", "by")
    if s.phrase("on the morning of", "on the afternoon of", "on the evening of", "the morning of", "the evening of"):
        return True
    if not s.phrase("midnight", "noon", "midday", "close of business", "cob", "eod", "end of day", "end of business"):
        if s.digits(0, 24, length=(1, 2)) is None:
            return None
        minutes = s.glued(":") is not None and s.digits(0, 59, length=(2,)) is not None
        half = s.take("am", "pm") or s.phrase("a . m .", "p . m .", "a . m", "p . m", "o ' clock")
        if not half and not minutes:
            return None
    s.take("utc", "gmt", "est", "edt", "et", "pst", "pdt", "pt", "cet", "cest", "bst")
    s.take(",")
    s.take("on", "of")
    return True


def _still_on(s: Stream) -> Node | None:
    """ "Before this decade is out", "before the year ends": up to its last day."""
    node = years.relative(s) or years.plain_year(s)
    if node is None or not s.phrase(*OVER_WITH):
        return None
    return lambda anchor: _ended(node(anchor))


def _ended(sense: Sense) -> Sense:
    if sense.period.precision == "decade":
        last = sense.period.last.year
        return Sense(senses.year(last), f"end of {sense.why}", "usual", (senses.year(last + 1), sense.period))
    return replace(sense.told(f"end of {sense.why}"), part=True)


def _whole(sense: Sense) -> Sense:
    """The unit itself where "by the end of" it was said; of a decade its last year stays the reading."""
    one_day = sense.period.start == sense.period.end and sense.whole is not None and sense.whole.days > 7
    return replace(sense, period=sense.whole, whole=None) if sense.whole is not None and one_day else sense


def _by(sense: Sense) -> Sense:
    """Up to the last day; of a unit, "before it begins" is the strict reading."""
    if sense.whole is not None:
        return _whole(sense)
    if sense.part or sense.period.start == sense.period.end:
        return sense
    strict = senses.before(sense.period)
    return sense.at_most("usual").also(strict).told(f"{sense.why}, up to its last day")


def _until(sense: Sense) -> Sense:
    return _by(sense).at_most("usual")


def _before(sense: Sense) -> Sense:
    """Up to the day before; before the end of a unit is up to its last day."""
    if sense.whole is not None:
        return _whole(sense)
    changed = sense.mapped(senses.before, f"the day before {sense.why}")
    unit = sense.period.precision
    last = changed.period.last
    wider = {"year": senses.year(last.year), "month": senses.month(last.year, last.month)}.get(unit)
    return changed.also(wider) if wider is not None else changed
