"""Parts of a calendar unit: quarters, halves and thirds in words, seasons, and its beginning, middle and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..periods import Period
from . import dates, digits, holidays, ordinals, seasons, senses, shares, weeks, years
from .numerals import ORDINAL_NAMES, cardinal, ordinal
from .senses import Anchor, Node, NoPeriodError, Sense
from .stream import Stream
from .vocabulary import MONTH_NAMES, SEASONS, WEEKDAYS

_DEEPEST = 4  # "the end of the first half of the second quarter of 2026"
LAST = ("last", "final", "closing")
FIRST = ("first", "opening", "initial")


def point(s: Stream) -> Node | None:
    """A unit of the calendar or a part of one, however it is said."""
    return s.attempt(_point)


def _point(s: Stream) -> Node | None:
    if s.depth > _DEEPEST:
        return None
    s.depth += 1
    try:
        return s.first(
            edge, digits.numeric, digits.code, part, years.decade, years.century, weeks.week_of, dates.date_in_words,
            weeks.weekday, dates.near_day, _the_new_year, holidays.holiday, seasons.season, dates.month,
            years.fiscal_year, _owned, years.plain_year, years.relative,
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
    which = edge_name(s)
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
        if joined:
            return point(s)
        return years.fiscal_year(s) or years.plain_year(s) or years.relative(s) or s.attempt(dates.month)

    return s.attempt(after)


# --- quarters, halves, thirds, weeks and weekdays -------------------------------------------------------------


def part(s: Stream) -> Node | None:
    """ "The second quarter of 2026", "the latter third of the year", "the first Friday of July"."""
    return s.first(_counted, _numbered, _year_then_part, _named_quarter)


def _year_then_part(s: Stream) -> Node | None:
    """ "2026 second quarter"."""
    year = years.plain_year(s)
    number = ordinal(s, 4) if year is not None else None
    name = s.take("quarter", "half") if number is not None else None
    if year is None or number is None or name is None:
        return None
    return _fraction(4 if name == "quarter" else 2, number, f"{ORDINAL_NAMES[number]} {name}", year, fiscal=False)


def _named_quarter(s: Stream) -> Node | None:
    """ "The September quarter": the one that ends with that month."""
    s.take("the")
    number = dates.month_name(s)
    if number is None or not s.take("quarter"):
        return None
    year = s.attempt(_container)
    name = f"the quarter to {MONTH_NAMES[number - 1]}"

    def of(in_year: int) -> Period:
        return senses.of_months(in_year, number - 2, 3)

    return (
        (lambda anchor: dates.in_year_of(year, anchor, of, name))
        if year
        else (lambda anchor: dates.upcoming(of, name, anchor))
    )


def _position(s: Stream) -> int | None:
    if s.take(*LAST):
        return -1
    if s.take("latter"):
        return -1
    if s.take("opening", "initial", "former", "earlier"):
        return 1
    if s.take("middle"):
        return 2
    return ordinal(s, 366) or (s.digits(1, 4, length=(1,)) if s.ahead(1).text == "quarter" else None)


def _numbered(s: Stream) -> Node | None:
    s.take("the", "its", "our", "their", "this")
    fiscal = years.is_fiscal(s)
    position = _position(s)
    if position is None:
        return None
    s.take("-")
    fiscal = years.is_fiscal(s) or fiscal
    second = s.attempt(_second_position)
    s.take("calendar", "full")
    name = s.take(
        "quarter", "half", "third", "trimester", "semester", "week", "weekend", "day", "month", "year", "decade"
    ) or (s.take("quarters", "halves") if second else None)
    weekday = s.look_up(WEEKDAYS) if name is None else None
    if name is None and weekday is None:
        return None
    container = _container(s)
    word = "last" if position < 0 else ORDINAL_NAMES.get(position, str(position))
    if weekday is not None:
        return None if container is None else ordinals.nth_weekday(container, weekday, position, word)
    assert name is not None
    parts = {"quarter": 4, "half": 2, "semester": 2, "third": 3, "trimester": 3, "quarters": 4, "halves": 2}.get(name)
    if parts is not None and second is not None:
        ends = [
            _fraction(parts, one, f"{ORDINAL_NAMES[one]} quarter", container, fiscal=fiscal)
            for one in (position, second)
        ]
        return None if None in ends else lambda anchor: _both(ends, anchor)
    if parts is not None:
        return _fraction(parts, position, f"{word} {name}", container, fiscal=fiscal)
    if container is None or fiscal:
        return None
    reads = {
        "week": ordinals.nth_week,
        "weekend": ordinals.nth_week,
        "day": ordinals.nth_day,
        "month": ordinals.nth_month,
        "year": ordinals.nth_year,
    }
    read = reads.get(name)
    return None if read is None else lambda anchor: read(container(anchor), position, f"{word} {name}")


def _second_position(s: Stream) -> int | None:
    """ "Third or fourth quarter", "second and third quarters"."""
    if not s.take("or", "and", "to", "-", "/"):
        return None
    s.take("the")
    return ordinal(s, 4)


def _both(ends: Sequence[Node | None], anchor: Anchor) -> Sense:
    first, last = (one(anchor) for one in ends if one is not None)
    found = senses.between(first.period, last.period)
    return Sense(found, f"from {first.why} to {last.why}: the later one decides", "usual", part=True)


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
            raise NoPeriodError(error.why, is_open=error.is_open, others=others, hint=error.hint) from None
        return replace(whole.mapped(change, f"{name} of {whole.why}"), part=parts not in {4, 2})

    return read


def _counted(s: Stream) -> Node | None:
    """ "The first six months of 2026", "the last two weeks of June", "the closing months of the year"."""
    s.take("the")
    last = s.take(*LAST) is not None
    if not last and not s.take(*FIRST):
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
        sense = whole.mapped(lambda one: ordinals.end_part(one, many, unit, last=last), words)
        return replace(sense, part=True) if count else replace(sense.at_most("usual"), part=True)

    return read


# --- beginning, middle and end ------------------------------------------------------------------------------------

_EDGES = {
    "end": ("end", "ends", "close", "conclusion"),
    "start": ("beginning", "start", "outset", "dawn"),
    "early": ("early",),
    "middle": ("mid", "middle", "midway", "midpoint", "halfway"),
    "late": ("late",),
    "so far": ("earlier",),
}
EDGE_WORDS = {word: name for name, words in _EDGES.items() for word in words}
_RUNNING = ("early", "middle", "late")
EDGE_PHRASES = {
    "early": ("early part of", "early days of", "early months of", "early on in", "earlier in", "earlier part of"),
    "late": ("latter part of", "later part of", "late part of", "back end of", "tail end of", "later stages of"),
    "rest": ("later in", "later on in", "rest of", "remainder of", "remaining part of", "balance of"),
    "turn": ("turn of",),
}
SHORT_EDGES = {
    "eoy": ("year", "end"), "eom": ("month", "end"), "eoq": ("quarter", "end"), "eow": ("week", "end"),
    "midyear": ("year", "middle"), "midsummer": ("summer", "middle"), "midwinter": ("winter", "middle"),
    "midmonth": ("month", "middle"), "midweek": ("week", "middle"), "midcentury": ("century", "middle"),
    "yearend": ("year", "end"),
}  # fmt: skip


def edge_name(s: Stream) -> str | None:
    """Which part of a unit the next words mean: "the very end of", "mid-", "the early part of", "later in"."""
    s.take("the")
    s.take("very")
    for one, phrases in EDGE_PHRASES.items():
        if s.phrase(*phrases):
            return one
    name = s.look_up(EDGE_WORDS)
    if name is None:
        return "rest" if s.take("later") else None
    s.take("-")
    s.take("of", "in", "through")
    return name


def edge(s: Stream) -> Node | None:
    """ "The end of 2026", "mid-March", "early next year", "EOY", "year-end 2026", "this year's end"."""
    return s.first(_edge_first, _edge_last, _edge_short)


def _edge_first(s: Stream) -> Node | None:
    name = edge_name(s)
    if name is None:
        return None
    to = s.attempt(_to_edge) if name in _RUNNING else None
    s.take("of")
    node = s.attempt(_new_year) or s.attempt(_bare_unit) or point(s)
    if node is None:
        return None
    if name == "so far":
        return lambda anchor: node(anchor).at_most("usual")
    if to is not None:
        return lambda anchor: shares.edges_of(name, to, node(anchor))
    return lambda anchor: _rest_of(node(anchor), anchor) if name == "rest" else shares.edge_of(name, node(anchor))


def _to_edge(s: Stream) -> str | None:
    """ "Mid to late 2026", "early-to-mid March"."""
    s.take("-")
    if not s.take("to", "or", "-", "/"):
        return None
    s.take("-")
    name = edge_name(s)
    return name if name in _RUNNING else None


def _rest_of(whole: Sense, anchor: Anchor) -> Sense:
    """ "Later this spring": from the month of the words to its end; of a year, which decides the same, the year."""
    day = anchor.said
    if day is None or whole.period.precision == "year" or not whole.period.start <= day.toordinal() <= whole.period.end:
        return replace(whole.at_most("usual"), part=True)
    months = senses.whole_months(whole.period) or 0
    first = senses.month(day.year, day.month) if months else senses.day(day)
    if months >= 120:
        rest = senses.between(senses.year(day.year), senses.year(whole.period.last.year))
        return replace(whole.at_most("usual").also(whole.period), period=rest, part=True)
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


def _the_new_year(s: Stream) -> Node | None:
    """ "In the new year": the next calendar year, most of all its first months."""
    if not s.phrase("the new year") or s.next.text in ("'", "s", "eve", "day"):
        return None

    def read(anchor: Anchor) -> Sense:
        sense = years.unit_on("year", 1, anchor).at_most("usual")
        return sense.also(shares.fraction(sense.period, 4, 1))

    return read


def _new_year(s: Stream) -> Node | None:
    if not s.phrase("the new year", "new year"):
        return None
    return lambda anchor: years.unit_on("year", 1, anchor)


def _edge_last(s: Stream) -> Node | None:
    """ "Year-end 2026", "2026 year end", "this year's end", "month end"."""
    s.take("the")
    year = s.attempt(years.plain_year)
    own = s.attempt(years.relative) or s.attempt(seasons.season) if year is None else None
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
    found = s.look_up(SHORT_EDGES)
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
