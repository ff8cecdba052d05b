"""The beginning, the middle, the end and other shares of a period, with what else the words are used for."""

from __future__ import annotations

from ..periods import Period
from . import senses
from .senses import Sense


def fraction(whole: Period, parts: int, number: int) -> Period:
    """One of some equal parts of a period: by months if they come out even, of a month by days."""
    months = senses.whole_months(whole)
    if months and months % parts == 0:
        size = months // parts
        first = whole.first
        if size % 12 == 0 and first.month == 1:
            begin = first.year + size // 12 * (number - 1)
            return senses.between(senses.year(begin), senses.year(begin + size // 12 - 1))
        return senses.of_months(first.year, first.month + size * (number - 1), size)
    count = max((30 if months == 1 else whole.days) // parts, 1)
    start = senses.days_on(whole.first, count * (number - 1))
    end = whole.last if number == parts else senses.days_on(start, count - 1)
    return senses.of_days(start, end)


def edge_of(name: str, whole: Sense) -> Sense:
    """A part of every reading of a unit, with what else it is used for."""
    titles = {"end": "end", "start": "beginning", "early": "early part", "middle": "middle", "late": "late part"}
    if name == "turn":
        return _turn(whole)
    why = f"{titles[name]} of {whole.why}"
    found, others = _readings(name, whole.period)
    rivals = [_readings(name, one)[0] for one in whole.others if one is not None]
    sure = senses.least_sure(whole.sure, "certain" if name == "end" and not others else "usual")
    return Sense(
        found, why, sure, (*rivals, *others), whole=whole.period if name == "end" else None, part=name != "start"
    )


def edges_of(name: str, to: str, whole: Sense) -> Sense:
    """From one part of a unit to a later one: "mid to late 2026"."""
    first, last = edge_of(name, whole), edge_of(to, whole)
    found = senses.between(_share(whole.period, name)[0], last.period)
    return Sense(found, f"from {first.why} to {last.why}", "usual", part=True)


def _turn(whole: Sense) -> Sense:
    """The last month and the first one after it; of a decade or more the years."""
    last, after = whole.period.last, senses.days_on(whole.period.last, 1)
    if (senses.whole_months(whole.period) or 0) >= 120:
        found = senses.between(senses.year(last.year), senses.year(after.year))
    else:
        found = senses.between(senses.month(last.year, last.month), senses.month(after.year, after.month))
    return Sense(senses.about(found), f"the turn of {whole.why}", "vague", (senses.day(last),), part=True)


def _readings(name: str, whole: Period) -> tuple[Period, list[Period]]:
    if name == "end":
        return _end(whole)
    if name == "start":
        first = senses.day(whole.first)
        return first, ([_share(whole, "early")[0]] if whole.days > 7 else [])
    return _share(whole, name)


def _end(whole: Period) -> tuple[Period, list[Period]]:
    """The last day; a decade or century is also ended by the year after (2029 or 2030)."""
    about_it = whole.approximate
    years_in = (senses.whole_months(whole) or 0) // 12
    if years_in in (10, 100) and not whole.first.year % 10:
        last = whole.last.year
        return senses.year(last), [senses.year(last + 1)]
    last_day = senses.day(whole.last)
    if whole.days == 7:
        return last_day, [senses.day(senses.days_on(whole.last, -2))]
    return (senses.about(last_day) if about_it else last_day), []


def _share(whole: Period, name: str) -> tuple[Period, list[Period]]:
    months = senses.whole_months(whole)
    if months is not None and months >= 120:
        return _share_of_decade(whole, months // 12, name)
    if months == 1:
        return _share_of_month(whole, name)
    if months is None or months < 3:
        return fraction(whole, 3, {"early": 1, "middle": 2, "late": 3}[name]), []
    return _share_of_months(whole, months, name)


def _share_of_decade(whole: Period, count: int, name: str) -> tuple[Period, list[Period]]:
    first, third = whole.first.year, count // 3
    spans = {
        "early": (0, count - 2 * third - 1), "middle": (count - 2 * third, count - third - 1),
        "late": (count - third, count - 1),
    }  # fmt: skip
    low, high = spans[name]
    found = senses.between(senses.year(first + low), senses.year(first + high))
    if name == "middle":
        middle = senses.about(senses.year(first + count // 2))
        return (middle, [senses.year(first + count // 2)]) if count >= 100 else (found, [middle])
    part = fraction(whole, 2, 1 if name == "early" else 2)
    return found, [part]


def _share_of_month(whole: Period, name: str) -> tuple[Period, list[Period]]:
    text = whole.text.removesuffix("~")
    first, last = whole.first, whole.last
    if name == "early":
        return senses.written(f"{text}-01/{text}-10"), [senses.written(f"{text}-01/{text}-15")]
    if name == "late":
        return senses.between(senses.day(senses.days_on(first, 20)), senses.day(last)), [whole]
    return senses.about(senses.day(senses.days_on(first, 14))), [senses.written(f"{text}-10/{text}-20")]


def _share_of_months(whole: Period, months: int, name: str) -> tuple[Period, list[Period]]:
    """A quarter of a year, a third of anything else; the middle of a year is its seventh month, about."""
    year, first = whole.first.year, whole.first.month
    size = max(months // (4 if months == 12 else 3), 1)
    if name == "early":
        return senses.of_months(year, first, size), [senses.of_months(year, first, max(months // 2, 1))]
    if name == "late":
        half = max(months // 2, 1)
        return senses.of_months(year, first + months - size, size), [
            senses.of_months(year, first + months - half, half)
        ]
    third = months // 3
    around = senses.of_months(year, first + third, months - 2 * third)
    middle = senses.about(senses.month(year, first + months // 2))
    if months != 12:
        return around, [middle]
    return middle, [senses.month(year, first + 5), senses.of_months(year, first + 5, 2), around]
