"""The number of a claim as the text says it: low and high bound, and the unit."""

from __future__ import annotations

import re
from typing import NamedTuple

# fmt: off
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
# fmt: on
_SMALL = {word: value for value, word in enumerate(_COUNTED)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "b": 1e9,
}
_LEAST = {
    "dozens": 24,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
    "trillions": 2e12,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "tens of millions": 20_000_000,
    "hundreds of millions": 200_000_000,
}
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_AMOUNT = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?:/\d+)?|(?:{_WORD})(?:-(?:{_WORD}))?)"
_SCALES = r"(?:\s*(?:hundred|thousand|million|billion|trillion)\b|(?:bn|tn|[kKMB])\b)"
_MONEY = r"(?:US\$|A\$|C\$|\$|€|£|¥)"
_BOUND = (
    r"(?:(?:at\s+least|no\s+less\s+than|no\s+fewer\s+than|more\s+than|over|above|upwards?\s+of|exceeding"
    r"|a\s+minimum\s+of|at\s+most|up\s+to|less\s+than|fewer\s+than|under|below|no\s+more\s+than"
    r"|a\s+maximum\s+of"
    r"|about|around|roughly|approximately|nearly|almost|some|an\s+additional|another|an\s+estimated"
    r"|as\s+(?:low|little|few|many|much|high)\s+as)\s+){1,2}"
)
_UNIT_STOP = (
    r"(?:in|by|next|last|coming|of|on|at|to|for|with|from|and|or|the|a|an|this|that|will|is|are|was|were|per|over|within|as"
    r"|than|into|during|before|after|which|who|more|additional|new|other|off|it|we|he|she|they|but|if"
    r"|between|would|could|should|may|might|must|can|has|have|had|not|be|plus|their|his|her|its|our|my"
    r"|your|these|those|each|every|million|billion|through|until|since|about|confident|likely|chance"
    r"|times?\s+more)\b"
)
_QUANTITY = re.compile(
    rf"(?P<bound>{_BOUND})?(?:(?P<many>(?:tens|hundreds)\s+of\s+(?:thousands|millions)|dozens|hundreds"
    rf"|thousands|millions|billions|trillions)\b(?:\s+of)?"
    rf"|(?P<between>between\s+|from\s+)?(?P<money>{_MONEY}\s?)?(?P<low>(?<![\w.,/]){_AMOUNT})(?P<lowscale>{_SCALES})?"
    rf"(?P<each>\s*%|\s*percent\b|\s*per\s+cent\b)?"
    rf"(?:\s*(?:-|to|and|or)\s*(?P<money2>{_MONEY}\s?)?(?P<high>{_AMOUNT}\b)(?P<highscale>{_SCALES})?)?"
    rf"(?P<percent>\s*%|\s*percent(?:age\s+points?)?\b|\s*per\s+cent\b"
    rf"|\s*basis\s+points\b)?(?P<dollars>\s+(?:US\s+)?dollars\b|\s+euros?\b)?)"
    rf"(?:[\s-]+(?P<unit>(?:more\s+|additional\s+|new\s+"
    rf"|other\s+)?(?!{_UNIT_STOP})[A-Za-z][\w'-]*(?:\s+(?!{_UNIT_STOP})[a-z][\w'-]*)?))?",
    re.IGNORECASE,
)
_CURRENCY = {"$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_AT_MOST = re.compile(
    r"at\s+most|up\s+to|less\s+than|fewer|under|below|no\s+more|maximum|as\s+(?:low|little|few)", re.IGNORECASE
)
_DOWN = re.compile(
    r"\b(?:fall|drop|decline|reduced?|cut|lower(?:ed)?|shrink|decrease|down|shorten"
    r"|cost)\b[^.;,]{0,40}\bto\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_TIME_UNIT = re.compile(r"(?:days?|weeks?|months?|years?|decades?|hours?|minutes?)\b", re.IGNORECASE)


class SaidQuantity(NamedTuple):
    """A number as said: its words, its bounds (either may be open) and what is counted."""

    text: str
    low: float | None
    high: float | None
    unit: str | None


def quantity(clause: str, start: int, taken: list[tuple[int, int]]) -> SaidQuantity | None:
    """The first number of a clause behind `start` that is no time and no name; before it if there is none."""
    best = None
    for match in _QUANTITY.finditer(clause):
        if any(match.start() < end and begin < match.end("low" if match["low"] else 0) for begin, end in taken):
            continue
        found = _read(clause, match)
        if found is None:
            continue
        if match.start() >= start:
            return found
        best = best or found
    return best


def _read(clause: str, match: re.Match[str]) -> SaidQuantity | None:
    unit = _unit(match)
    if match["many"]:
        return SaidQuantity(_text(clause, match), _LEAST[" ".join(match["many"].lower().split())], None, unit)
    if _is_name(clause, match, unit):
        return None
    low, high = _number(match["low"], match["lowscale"] or (match["highscale"] if match["high"] else None)), None
    if match["high"]:
        high = _number(match["high"], match["highscale"] or match["lowscale"])
        joined = clause[match.end("lowscale") if match["lowscale"] else match.end("low") : match.start("high")]
        if high < low or ("and" in joined and not match["between"]):
            high = None  # "61% and 62.5%" are two numbers
    bound = match["bound"] or ""
    if high is not None:
        return SaidQuantity(_text(clause, match), low, high, unit)
    if _AT_MOST.search(bound) or _DOWN.search(clause, 0, match.start()):
        return SaidQuantity(_text(clause, match), None, low, unit)
    return SaidQuantity(_text(clause, match), low, None, unit)


def _is_name(clause: str, match: re.Match[str], unit: str | None) -> bool:
    """Whether a number is part of a name or of a date, or a mere word: "1.0 version", "one of", "STS-135"."""
    before = clause[: match.start("low")]
    bare = not (
        match["money"]
        or match["percent"]
        or match["each"]
        or match["dollars"]
        or match["lowscale"]
        or match["bound"]
        or match["high"]
    )
    if not bare:
        return False
    if unit is None:
        return "," not in match["low"]
    if re.search(r"(?:[A-Z]\w*|[A-Z\d]-|#|No\.|version|v|Rust|section|chapter|page|line)\s?$", before):
        return True
    if re.fullmatch(r"(?:1[89]|20|21)\d\d", match["low"]) and not re.match(r"(?:people|units|jobs|robots)", unit):
        return True
    if match["low"].lower() == "one" and not re.match(r"(?:million|billion|\w+s\b)", unit):
        return True
    return unit[:1].isupper() or bool(
        re.match(
            r"(?:st|nd|rd|th|beta|alpha|final|release|rc|version|ways?|things?|reasons?|man|day|side|sides|hand)\b",
            unit,
        )
    )


def _unit(match: re.Match[str]) -> str | None:
    percent = (match["percent"] or match["each"] or "").strip().lower()
    if percent:
        return "basis points" if "basis" in percent else "percentage points" if "point" in percent else "percent"
    money = (match["money"] or match["money2"] or "").strip().upper()
    if money:
        return _CURRENCY.get(money, "USD")
    if match["dollars"]:
        return "EUR" if "euro" in match["dollars"].lower() else "USD"
    unit = " ".join(match["unit"].split()) if match["unit"] else None
    if unit and (length := _TIME_UNIT.match(unit)) and match.string[match.start("unit") - 1] == "-":
        return length[0].lower().rstrip("s") + "s"  # "a 45-day certificate": 45 days
    return unit


def _text(clause: str, match: re.Match[str]) -> str:
    return " ".join(clause[match.start() : match.end()].split())


def _number(word: str, scale: str | None) -> float:
    word = word.lower().replace(",", "")
    if word[0].isdigit():
        above, _, below = word.partition("/")
        value = float(above) / float(below) if below and float(below) else float(above)
    else:
        value = float(sum(_SMALL.get(part, 0) for part in word.split("-")))
    return value * _SCALE.get((scale or "").strip().lower(), 1)
