"""Rates with their intervals, and bars of where every claim stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..numbers import between, percent
from ..text import plural
from . import labels
from .palette import STATUS_ROLES, STATUS_SIGNS
from .scales import Scale, percent_ticks
from .scene import Area, Bar, Drawing, Item, Label, Mark, Stroke

_ROW = 30.0
_SIGNS = 26  # of so many claims each has a sign in its column


class RateBar(NamedTuple):
    """A share `hits / n` with its interval, and the bounds that unjudged claims leave open; shares are 0..1."""

    label: str
    hits: int
    n: int
    low: float
    high: float
    least: float | None = None
    most: float | None = None
    href: str | None = None


def rates(rows: Sequence[RateBar], *, width: float = 760, title: str = "Came true in time") -> Drawing:
    """A row a rate: a disc for the share, a stroke for its interval, a pale field for what is still unjudged."""
    wide = width >= 560
    gutter, tail = (min(230.0, width * 0.3), 118.0) if wide else (0.0, 0.0)
    row = _ROW if wide else _ROW + 18
    scale = Scale(0, 1, gutter + 10, width - tail - 14)
    bottom = 8 + len(rows) * row
    items: list[Item] = []
    for tick in percent_ticks(25 if scale.stop - scale.start > 220 else 50):
        x = scale(tick.value)
        items += [Stroke(x, 4, x, bottom, "rule", 0.75), Label(x, bottom + 15, tick.label, "soft", "middle", 11)]
    for i, rate in enumerate(rows):
        base = 8 + i * row
        items += _words(rate, base, gutter, width, wide)
        items += _stroke(rate, scale, base + (row / 2 if wide else row - 14))
    return Drawing(width, bottom + 24, title, _told(rows), tuple(items))


def _words(rate: RateBar, base: float, gutter: float, width: float, wide: bool) -> list[Item]:
    share = f"{rate.hits} of {rate.n}"
    told = f"{share} · {percent(rate.hits / rate.n if rate.n else None)}"
    y = base + (_ROW / 2 + 4 if wide else 15)
    name = labels.fitted(rate.label, gutter - 8 if wide else width - labels.width_of(share) - 20)
    return [
        Label(0, y, name, href=rate.href),
        Label(width, y, told, "words", "end"),
    ]


def _stroke(rate: RateBar, scale: Scale, y: float) -> list[Item]:
    if rate.n == 0:
        return []
    items: list[Item] = []
    if rate.least is not None and rate.most is not None and rate.least < rate.most:
        corners = ((rate.least, -8), (rate.most, -8), (rate.most, 8), (rate.least, 8))
        items.append(Area(tuple((scale(share), y + d) for share, d in corners), "overdue"))
    note = f"{rate.label}: {rate.hits} of {rate.n}, interval {between((rate.low, rate.high))}"
    low, high = scale(rate.low), scale(rate.high)
    items.append(Stroke(low, y, high, y, "hit", 2))
    items += [Stroke(x, y - 4, x, y + 4, "hit", 1.5) for x in (low, high)]
    return [*items, Mark(scale(rate.hits / rate.n), y, "disc", "hit", 5, note)]


def _told(rows: Sequence[RateBar]) -> str:
    return "; ".join(
        f"{rate.label} {rate.hits} of {rate.n}, interval {between((rate.low, rate.high))}" for rate in rows[:20]
    )


class Share(NamedTuple):
    """A part of a whole: how many, and in the colour of which status."""

    label: str
    number: int
    status: str


def strip(shares: Sequence[Share], *, width: float = 760, height: float = 26) -> Drawing:
    """One bar in which every claim has its place; counts stand where they fit, the words in the table beside it."""
    shares = [share for share in shares if share.number]
    total = sum(share.number for share in shares) or 1
    gaps = 2.0 * (len(shares) - 1)
    least = min(6.0, (width - gaps) / max(len(shares), 1))
    room = width - gaps - least * len(shares)
    items: list[Item] = []
    x = 0.0
    for share in shares:
        size = least + room * share.number / total
        role = STATUS_ROLES[share.status]
        items.append(Bar(x, 0, size, height, role, pale=share.status in ("open", "undated", "unjudged", "void")))
        text = f"{share.number:,}"
        if labels.width_of(text, bold=True) + 22 < size:
            filled = share.status not in ("open", "undated", "unjudged", "void")
            items.append(Label(x + 8, height / 2 + 4, text, "inverse" if filled else "words", bold=True))
        x += size + 2
    told = ", ".join(f"{share.label} {share.number:,}" for share in shares)
    return Drawing(width, height, "Where every claim stands", told, tuple(items))


class YearColumn(NamedTuple):
    """The claims of one year: (status, note) of each, or only as many as there are by status."""

    label: str
    statuses: tuple[tuple[str, str], ...]


def has_signs(most: int) -> bool:
    """Whether a column of so many claims has room for a sign each."""
    return most <= _SIGNS


def columns(years: Sequence[YearColumn], *, width: float = 760, title: str = "When they fall due") -> Drawing:
    """A column a year, a sign a claim while they fit, else a bar by status."""
    most = max((len(year.statuses) for year in years), default=0)
    size = 13.0
    height = most * size if has_signs(most) else 200.0
    step = min(width / max(len(years), 1), 64.0)
    items: list[Item] = [Stroke(0, height + 8, max(step * len(years), 40), height + 8)]
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if step * n >= 40 or n == 1000)
    for i, year in enumerate(years):
        x = step * (i + 0.5)
        if i % every == 0:
            half = labels.width_of(year.label, 11) / 2
            items.append(Label(max(x, half), height + 25, year.label, "soft", "middle", 11))
        if has_signs(most):
            items += [
                Mark(x, height - size * (k + 0.5) + 4, STATUS_SIGNS[status], STATUS_ROLES[status], 4.5, note)
                for k, (status, note) in enumerate(year.statuses)
            ]
        else:
            items += _stacked(year, x, step, height, most)
    told = "; ".join(f"{year.label}: {plural(len(year.statuses), 'claim')}" for year in years[:40])
    return Drawing(width, height + 32, title, told, tuple(items))


def _stacked(year: YearColumn, x: float, step: float, height: float, most: int) -> list[Item]:
    items: list[Item] = []
    base = height + 6
    statuses = [status for status, _ in year.statuses]
    for status in dict.fromkeys(statuses):
        size = statuses.count(status) / most * height
        items.append(Bar(x - step * 0.36, base - size, step * 0.72, size, STATUS_ROLES[status]))
        base -= size
    return items
