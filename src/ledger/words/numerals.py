"""Numbers, ordinals and years, in digits and in words."""

from __future__ import annotations

from . import senses
from .senses import Anchor, Node, Sense
from .stream import Stream

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ORDINAL_NAMES = dict(zip(ORDINALS.values(), ORDINALS, strict=True))


def below_hundred(s: Stream) -> int | None:
    """A number in words from 0 to 99."""
    tens = s.look_up(TENS)
    if tens is None:
        return s.look_up(SMALL)
    before = s.at
    s.take("-")
    unit = s.look_up(SMALL)
    if unit is None or not 0 < unit < 10:
        s.at = before
        return tens
    return tens + unit


def cardinal(s: Stream) -> int | None:
    """A whole number, in digits or in words up to "two hundred" and "three thousand and five"."""
    digits = s.digits(0, 999_999)
    if digits is not None:
        return digits
    number = below_hundred(s)
    if number is None:
        return None
    for name, size in (("thousand", 1000), ("hundred", 100)):
        if s.take(name):
            number *= size
            before = s.at
            s.take("and")
            rest = below_hundred(s)
            if rest is None:
                s.at = before
            return number + (rest or 0)
    return number


def ordinal(s: Stream, most: int = 999) -> int | None:
    """An ordinal: "21st", "second", "twenty-first"."""
    return s.attempt(lambda s: _within(_ordinal(s), most))


def _within(number: int | None, most: int) -> int | None:
    return number if number is not None and 1 <= number <= most else None


def _ordinal(s: Stream) -> int | None:
    digits = s.digits(1, 999)
    if digits is not None:
        return digits if s.take("st", "nd", "rd", "th") else None
    tens = s.look_up(TENS)
    if tens is None:
        return s.look_up(ORDINALS)
    s.take("-")
    unit = s.look_up(ORDINALS)
    return tens + unit if unit is not None and unit < 10 else None


def day_number(s: Stream) -> int | None:
    """The number of a day in its month: "3", "3rd", "third", "twenty one"."""

    def day(s: Stream) -> int | None:
        found = ordinal(s, 31)
        if found is not None:
            return found
        found = s.digits(1, 31, length=(1, 2))
        return found if found is not None else _within(below_hundred(s), 31)

    return s.attempt(day)


def year_number(s: Stream) -> int | None:
    """A year of four digits, or in words ("two thousand and eighteen", "twenty twenty-six")."""
    digits = s.digits(1000, 9999, length=(4,))
    if digits is not None:
        return digits
    return s.attempt(_year_in_words)


def _year_in_words(s: Stream) -> int | None:
    before = s.at
    century = below_hundred(s)
    if century is None:
        return None
    if s.next.text == "thousand":
        s.at = before
        return cardinal(s) if 1 <= century <= 9 else None
    s.take("-")
    rest = below_hundred(s)
    return century * 100 + rest if rest is not None and 10 <= century <= 99 and rest >= 10 else None


def short_year(s: Stream) -> Node | None:
    """A year of two digits after an apostrophe: '26."""

    def short(s: Stream) -> Node | None:
        if not s.take("'"):
            return None
        digits = s.digits(0, 99, length=(2,)) if s.next.glued else None
        return None if digits is None else in_century(digits)

    return s.attempt(short)


def in_century(digits: int) -> Node:
    """The year with these last two digits that is nearest to the day the words were said."""

    def read(anchor: Anchor) -> Sense:
        base = anchor.said.year if anchor.said else 2000
        number = base + (digits - base + 50) % 100 - 50 if anchor.said else 2000 + digits
        return Sense(senses.year(number), str(number), "usual")

    return read
