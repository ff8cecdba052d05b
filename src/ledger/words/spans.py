"""A point with what stands around it, a range, or a list of points."""

from __future__ import annotations

from dataclasses import replace

from . import senses, years
from .parts import edge_name, point
from .senses import Anchor, Node, Sense
from .shares import edge_of
from .stream import Stream
from .vocabulary import ABOUT, HEDGES


def hedges(s: Stream) -> bool:
    """Reads words such as "probably" that change nothing but how sure it sounds."""
    read = False
    while s.phrase(*HEDGES):
        s.take(",")
        read = True
    return read


def approximator(s: Stream) -> bool:
    """Whether "about" or a word like it comes next, which is then read."""
    return s.phrase(*ABOUT) is not None


def or_so(s: Stream) -> bool:
    """Whether "or so" or words like it come next, which are then read."""
    return s.phrase("or so", "- ish", "ish", "give or take", "or thereabouts", "more or less") is not None


def span(s: Stream) -> Node | None:
    """A point, a range of two, or a list."""
    hedges(s)
    about = approximator(s)
    node = s.first(_between, _listed, point)
    if node is None:
        return None
    tilde = s.take("~") is not None or or_so(s)
    s.phrase(*HEDGES)
    return (lambda anchor: _about(node(anchor))) if about or tilde else node


def _about(sense: Sense) -> Sense:
    return sense.mapped(senses.about, f"about {sense.why}").at_most("usual")


def _between(s: Stream) -> Node | None:
    """ "Between June and August 2026", "from now until 2030", "2026 to 2028", "June-August"."""
    opening = s.take("between", "from")
    now = s.take("now", "today", "here") if opening else None
    first = s.attempt(point) if not now else None
    if first is None and now is None:
        return None
    joint = s.take("to", "and", "through", "until", "till", "-", "/") or s.phrase(". .")
    if joint is None or (joint == "and" and opening != "between"):
        return None
    s.take("the")
    last = s.attempt(point)
    if last is None:
        return None
    if first is None:
        return lambda anchor: _from_today(anchor, last(anchor))
    return lambda anchor: _joined(first, last, anchor)


def _from_today(anchor: Anchor, last: Sense) -> Sense:
    day = anchor.day
    return replace(last, why=f"from {day} to {last.why}", others=(*last.others,), part=True)


def _joined(first: Node, last: Node, anchor: Anchor) -> Sense:
    start, end = _ends(first, last, anchor)
    sure = senses.least_sure(start.sure, end.sure)
    return Sense(
        senses.between(start.period, end.whole or end.period), f"from {start.why} to {end.why}", sure, part=True
    )


def _ends(first: Node, last: Node, anchor: Anchor) -> tuple[Sense, Sense]:
    """Both as they are meant beside each other: "July or August 2026" is of one year."""
    end, start = last(anchor), first(anchor)
    begin, of = start.period, start.in_year
    if of is not None and end.in_year is None:
        begin = of(end.period.last.year)
        if begin.start > end.period.end:
            begin = of(end.period.last.year - 1)
    elif begin.start > end.period.end and end.in_year is not None:
        end = replace(end, period=end.in_year(end.period.first.year + 1))
    return replace(start, period=begin), end


def _listed(s: Stream) -> Node | None:
    """ "This year and the next", of which the later one decides; "July or August", "2026 or 2027"."""
    before = s.at
    first = point(s)
    if first is None:
        return None
    s.phrase("at the latest", "at the very latest")
    comma = s.take(",")
    joint = s.take("or", "and", "/")
    maybe = s.phrase("maybe", "perhaps", "possibly", "even", "more likely")
    if joint is None and (comma is None or maybe is None):
        return None
    hedges(s)
    s.take("in", "on")
    last = s.first(lambda s: _the_one_after(s, first), point, lambda s: _and_next(s, before))
    if last is None:
        return None
    if joint == "and":
        return lambda anchor: _last_of(first, last, anchor)
    return lambda anchor: _one_of(first, last, anchor)


def _the_one_after(s: Stream, first: Node) -> Node | None:
    """ "Next year or the year after": counted from what was said before."""
    s.take("the")
    name = s.take("day", "week", "month", "quarter", "year", "decade")
    if name is None or not s.take("after", "following") or not (s.finished or s.next.text in (",", ".", ";")):
        return None
    return lambda anchor: years.unit_on(name, 1, replace(anchor, near=first(anchor).period.last))


def _and_next(s: Stream, before: int) -> Node | None:
    s.take("the")
    edge = s.attempt(edge_name)
    if not s.take("next", "following"):
        return None
    named = [one.text for one in s.tokens[before : s.at] if one.text in ("year", "month", "week", "quarter", "decade")]
    if not named:
        return None
    if edge is not None:
        return lambda anchor: edge_of(edge, years.unit_on(named[-1], 1, anchor))
    return lambda anchor: years.unit_on(named[-1], 1, anchor)


def _last_of(first: Node, last: Node, anchor: Anchor) -> Sense:
    joined = _joined(first, last, anchor)
    end = last(anchor)
    if end.period.precision == "year" and first(anchor).period.precision == "year":
        return Sense(end.period, f"{end.why}, the later one", "usual", (joined.period,), part=True)
    return joined.at_most("usual").told(f"{joined.why}: the later one decides")


def _one_of(first: Node, last: Node, anchor: Anchor) -> Sense:
    """ "2026 or 2027", "July or August": whoever says so can be held to either."""
    start, end = _ends(first, last, anchor)
    if start.period.start > end.period.end:  # "2027, maybe 2026"
        return start.or_else(end)
    if (start.whole or start.period).end == (end.whole or end.period).end:
        return _joined(first, last, anchor)
    if end.period.precision == start.period.precision == "year":
        return end.or_else(start).also(_joined(first, last, anchor).period)
    return _joined(first, last, anchor).told(end.why).or_else(start)
