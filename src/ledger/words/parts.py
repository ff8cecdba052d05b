"""Parts of a calendar unit: quarters, halves and thirds in words, seasons, and its beginning, middle and end."""

from __future__ import annotations

from dataclasses import replace

from ..periods import Period
from . import dates, digits, holidays, seasons, senses, shares, years
from .numerals import ORDINAL_NAMES, cardinal, ordinal
from .senses import Anchor, Node, NoPeriodError, Sense
from .stream import Stream
from .vocabulary import MONTH_NAMES, SEASONS, WEEKDAY_NAMES, WEEKDAYS

_DEEPEST = 4  # "the end of the first half of the second quarter of 2026"
_LAST = ("last", "final", "closing")
_FIRST = ("first", "opening", "initial")


def point(s: Stream) -> Node | None:
    """A unit of the calendar or a part of one, however it is said."""
    if s.depth > _DEEPEST:
        return None
    s.depth += 1
    try:
        return s.first(
            edge, digits.numeric, digits.code, part, dates.week_of, dates.date_in_words, dates.weekday, dates.near_day,
            holidays.holiday, seasons.season, years.decade, years.century, dates.month, years.fiscal_year, _owned,
            years.plain_year, years.relative,
        )  # fmt: skip
    finally:
        s.depth -= 1


def _owned(s: Stream) -> Node | None:
    """ "Next year's second quarter", "2026's end"."""
    year = years.year(s)
    if year is None or not (s.take("'") and s.take("s")):
        return None
    found = ordinal(s, 4)
    if found is not None:
        name = s.take("quarter", "half")
        return (
            None
            if name is None
            else _piece(4 if name == "quarter" else 2, found, f"{ORDINAL_NAMES[found]} {name}", year)
        )
    which = _edge_name(s)
    if which is not None:
        return lambda anchor: shares.edge_of(which, year(anchor))
    number = dates.month_name(s)
    if number is not None:
        return lambda anchor: dates.in_year_of(
            year, anchor, lambda of: senses.month(of, number), MONTH_NAMES[number - 1]
        )
    start = s.look_up(SEASONS)
    return None if start is None else lambda anchor: seasons.of_year(start, year(anchor))


def _container(s: Stream) -> Node | None:
    """What a part is of: a unit after "of", "in" or a comma, or a year at once."""

    def after(s: Stream) -> Node | None:
        joined = s.take("of", "in", ",")
        s.take("of", "in")
        return point(s) if joined else years.fiscal_year(s) or years.plain_year(s) or years.relative_year(s)

    return s.attempt(after)


# --- quarters, halves, thirds, weeks and weekdays -------------------------------------------------------------


def part(s: Stream) -> Node | None:
    """ "The second quarter of 2026", "the latter third of the year", "the first Friday of July"."""
    return s.first(_counted, _numbered)


def _position(s: Stream) -> int | None:
    if s.take(*_LAST):
        return -1
    if s.take("latter"):
        return -1
    if s.take("opening", "initial", "former", "earlier"):
        return 1
    if s.take("middle"):
        return 2
    return ordinal(s, 53)


def _numbered(s: Stream) -> Node | None:
    s.take("the", "its", "our", "their", "this")
    fiscal = years.is_fiscal(s)
    position = _position(s)
    if position is None:
        return None
    s.take("-")
    fiscal = years.is_fiscal(s) or fiscal
    s.take("calendar", "full")
    name = s.take(
        "quarter", "half", "third", "trimester", "semester", "week", "weekend", "day", "month", "year", "decade"
    )
    weekday = s.look_up(WEEKDAYS) if name is None else None
    if name is None and weekday is None:
        return None
    container = _container(s)
    word = "last" if position < 0 else ORDINAL_NAMES.get(position, str(position))
    if weekday is not None:
        return None if container is None else _nth_weekday(container, weekday, position, word)
    assert name is not None
    parts = {"quarter": 4, "half": 2, "semester": 2, "third": 3, "trimester": 3}.get(name)
    if parts is not None:
        return _fraction(parts, position, f"{word} {name}", container, fiscal=fiscal)
    if container is None or fiscal:
        return None
    reads = {"week": _nth_week, "weekend": _nth_week, "day": _nth_day, "month": _nth_month, "year": _nth_year}
    read = reads.get(name)
    return None if read is None else lambda anchor: read(container(anchor), position, f"{word} {name}")


def _fraction(parts: int, position: int, name: str, container: Node | None, *, fiscal: bool) -> Node | None:
    number = parts if position < 0 else position
    if number > parts:
        return None
    if container is None:
        return None if parts == 3 or position < 0 else digits.coded(parts, number, None, fiscal=fiscal)
    return digits.coded(parts, number, container, fiscal=True) if fiscal else _piece(parts, number, name, container)


def _piece(parts: int, number: int, name: str, container: Node) -> Node:
    def read(anchor: Anchor) -> Sense:
        def change(one: Period) -> Period:
            return shares.fraction(one, parts, number)

        try:
            whole = container(anchor)
        except NoPeriodError as error:
            others = tuple(change(one) for one in error.others)
            raise NoPeriodError(error.why, is_open=error.is_open, others=others) from None
        return replace(whole.mapped(change, f"{name} of {whole.why}"), part=parts not in {4, 2})

    return read


def _nth_week(whole: Sense, position: int, name: str) -> Sense:
    """Weeks belong to the month or year that has their Thursday, as in ISO 8601."""

    def change(one: Period) -> Period:
        thursday = dates.nth_weekday(one, 3, position)
        week = years.days_of_week(thursday.first)
        return senses.of_days(senses.days_on(week.first, 5), week.last) if name.endswith("weekend") else week

    by_count = whole.period
    days_in = _seven_days(by_count, position)
    return whole.mapped(change, f"{name} of {whole.why}, by Thursdays").also(*days_in).at_most("usual")


def _seven_days(whole: Period, position: int) -> list[Period]:
    if position < 0:
        return [senses.of_days(senses.days_on(whole.last, -6), whole.last)]
    first = senses.days_on(whole.first, 7 * (position - 1))
    return [senses.of_days(first, senses.days_on(first, 6))]


def _nth_day(whole: Sense, position: int, name: str) -> Sense:
    def change(one: Period) -> Period:
        found = one.last if position < 0 else senses.days_on(one.first, position - 1)
        if found.toordinal() > one.end:
            raise NoPeriodError(f"{one} has no {name}")
        return senses.day(found)

    return whole.mapped(change, f"{name} of {whole.why}")


def _nth_month(whole: Sense, position: int, name: str) -> Sense:
    def change(one: Period) -> Period:
        found = senses.month(one.last.year, one.last.month)
        if position > 0:
            found = senses.month(one.first.year, one.first.month + position - 1)
        if found.end > one.end:
            raise NoPeriodError(f"{one} has no {name}")
        return found

    return whole.mapped(change, f"{name} of {whole.why}")


def _nth_year(whole: Sense, position: int, name: str) -> Sense:
    def change(one: Period) -> Period:
        found = senses.year(one.last.year if position < 0 else one.first.year + position - 1)
        if found.end > one.end:
            raise NoPeriodError(f"{one} has no {name}")
        return found

    return whole.mapped(change, f"{name} of {whole.why}")


def _nth_weekday(container: Node, weekday: int, position: int, word: str) -> Node:
    def read(anchor: Anchor) -> Sense:
        whole = container(anchor)
        name = f"{word} {WEEKDAY_NAMES[weekday]} of {whole.why}"
        return whole.mapped(lambda one: dates.nth_weekday(one, weekday, position), name)

    return read


def _counted(s: Stream) -> Node | None:
    """ "The first six months of 2026", "the last two weeks of June", "the closing months of the year"."""
    s.take("the")
    last = s.take(*_LAST) is not None
    if not last and not s.take(*_FIRST):
        return None
    s.take("few")
    count = cardinal(s)
    unit = s.take("days", "weeks", "months", "years", "quarters")
    container = _container(s) if unit else None
    if unit is None or container is None:
        return None
    many = count or {"months": 3, "weeks": 4, "days": 7, "years": 3, "quarters": 2}[unit]

    def read(anchor: Anchor) -> Sense:
        whole = container(anchor)
        words = f"{'last' if last else 'first'} {count or 'few'} {unit} of {whole.why}"
        sense = whole.mapped(lambda one: _end_part(one, many, unit, last=last), words)
        return replace(sense, part=True) if count else replace(sense.at_most("usual"), part=True)

    return read


def _end_part(whole: Period, count: int, unit: str, *, last: bool) -> Period:
    if unit in ("days", "weeks"):
        size = count * (7 if unit == "weeks" else 1) - 1
        ends = (
            (senses.days_on(whole.last, -size), whole.last)
            if last
            else (whole.first, senses.days_on(whole.first, size))
        )
        found = senses.of_days(*ends)
    else:
        size = count * {"months": 1, "quarters": 3, "years": 12}[unit]
        start = (
            whole.first
            if not last
            else senses.months_on(senses.month(whole.last.year, whole.last.month).first, 1 - size)
        )
        found = senses.of_months(start.year, start.month, size)
    if found.start < whole.start or found.end > whole.end:
        raise NoPeriodError(f"{whole} is shorter than that")
    return found


# --- beginning, middle and end ------------------------------------------------------------------------------------

_EDGES = {
    "end": ("end", "ends", "close", "conclusion"),
    "start": ("beginning", "start", "outset", "dawn"),
    "early": ("early",),
    "middle": ("mid", "middle", "midway", "midpoint", "halfway"),
    "late": ("late",),
}
_EDGE_WORDS = {word: name for name, words in _EDGES.items() for word in words}
_EDGE_PHRASES = {
    "early": ("early part of", "early days of", "early months of", "early on in", "earlier in", "earlier part of"),
    "late": ("latter part of", "later part of", "late part of", "back end of", "tail end of", "later stages of"),
    "rest": ("later in", "later on in"),
    "turn": ("turn of",),
}
_SHORT = {
    "eoy": ("year", "end"), "eom": ("month", "end"), "eoq": ("quarter", "end"), "eow": ("week", "end"),
    "midyear": ("year", "middle"), "midsummer": ("summer", "middle"), "midwinter": ("winter", "middle"),
    "midmonth": ("month", "middle"), "midweek": ("week", "middle"), "midcentury": ("century", "middle"),
    "yearend": ("year", "end"),
}  # fmt: skip


def _edge_name(s: Stream) -> str | None:
    """Which part of a unit the next words mean: "the very end of", "mid-", "the early part of", "later in"."""
    s.take("the")
    s.take("very")
    for one, phrases in _EDGE_PHRASES.items():
        if s.phrase(*phrases):
            return one
    name = s.look_up(_EDGE_WORDS)
    if name is None:
        return "rest" if s.take("later") else None
    s.take("-")
    if not s.take("of", "in", "through"):
        s.take("to")
    return name


def edge(s: Stream) -> Node | None:
    """ "The end of 2026", "mid-March", "early next year", "EOY", "year-end 2026", "this year's end"."""
    return s.first(_edge_first, _edge_last, _edge_short)


def _edge_first(s: Stream) -> Node | None:
    name = _edge_name(s)
    if name is None:
        return None
    s.take("of")
    node = s.attempt(_new_year) or s.attempt(_bare_unit) or point(s)
    if node is None:
        return None
    return lambda anchor: _rest_of(node(anchor), anchor) if name == "rest" else shares.edge_of(name, node(anchor))


def _rest_of(whole: Sense, anchor: Anchor) -> Sense:
    """ "Later this spring": from the month of the words to its end; of a year, which decides the same, the year."""
    day = anchor.said
    if day is None or whole.period.precision == "year" or not whole.period.start <= day.toordinal() <= whole.period.end:
        return replace(whole.at_most("usual"), part=True)
    first = senses.month(day.year, day.month) if senses.whole_months(whole.period) else senses.day(day)
    rest = senses.between(first, whole.period) if first.start > whole.period.start else whole.period
    return replace(whole.at_most("usual").also(whole.period), period=rest, part=True)


def _bare_unit(s: Stream) -> Node | None:
    """ "End of year", "mid-decade": the unit of the day; with a year after it, that one."""
    s.take("the")
    name = s.take("week", "month", "quarter", "year", "decade", "century")
    if name is None or s.next.text in ("of", "after", "beginning", "starting"):
        return None
    year = years.plain_year(s) if name == "year" else None
    return year or (lambda anchor: years.unit_on(name, 0, anchor))


def _new_year(s: Stream) -> Node | None:
    if not s.phrase("the new year", "new year"):
        return None
    return lambda anchor: years.unit_on("year", 1, anchor)


def _edge_last(s: Stream) -> Node | None:
    """ "Year-end 2026", "2026 year end", "this year's end", "month end"."""
    s.take("the")
    year = s.attempt(years.plain_year)
    own = s.attempt(years.relative) if year is None else None
    if own is not None or year is not None:
        if s.take("'"):
            s.take("s")
            return _ended(own or year, s.take("end", "close"))
        if year is None or not s.take("year"):
            return None
        s.take("-")
        return _ended(year, s.take("end"))
    name = s.take("year", "month", "quarter", "week", "decade", "century")
    if name is None:
        return None
    if s.take("'"):
        s.take("s")
    s.take("-")
    if not s.take("end", "close"):
        return None
    of = s.attempt(years.of_year) if name == "year" else None
    return _ended(of or (lambda anchor: years.unit_on(name, 0, anchor)), "end")


def _ended(node: Node | None, word: str | None) -> Node | None:
    return None if node is None or word is None else lambda anchor: shares.edge_of("end", node(anchor))


def _edge_short(s: Stream) -> Node | None:
    s.take("the")
    found = s.look_up(_SHORT)
    if found is None:
        return None
    name, which = found
    if name in SEASONS:
        start = SEASONS[name]
        year = years.of_year(s)
        return lambda anchor: shares.edge_of(
            which, seasons.of_year(start, year(anchor)) if year else seasons.nearest(start, f"northern {name}", anchor)
        )
    of = years.of_year(s) if name == "year" else None
    return lambda anchor: shares.edge_of(which, of(anchor) if of else years.unit_on(name, 0, anchor))
