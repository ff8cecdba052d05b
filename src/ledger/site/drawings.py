"""From rows to charts: each in a wide and a narrow form, of which the page shows the one that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..charts import quantity, rates, target, timeline
from ..charts.palette import STATUS_ROLES, STATUS_SIGNS
from ..charts.scales import day_text
from ..charts.scene import Drawing
from ..model import Claim
from ..query import Row
from ..render import plots, svg
from ..render.phrases import CAME
from ..results.groups import SCORED, Standing
from ..results.survey import Subject, Survey
from ..status import STATUSES, verdict
from .environment import safe

WIDE, NARROW = 760.0, 340.0
MOST_ROWS = 40  # claims on one time line, aims in one chart
_YEARS = 12  # columns of the calendar; what is due later goes into the last one
_STATUS_ORDER = ("hit", "true", "late", "partly", "miss", "false", "withdrawn", "void", "overdue", "awaiting", "open")


def pair(draw: Callable[[float], Drawing]) -> Markup:
    """A drawing at both widths."""
    wide, narrow = draw(WIDE), draw(NARROW)
    return safe(svg.inline(wide, css_class="chart wide") + svg.inline(narrow, css_class="chart narrow"))


def entry(survey: Survey, row: Row, *, href: str | None = None) -> timeline.ClaimTime:
    """A row as a time line has it, as known on the survey's day."""
    fact = row.fact
    found = verdict(fact, survey.day.toordinal())
    return timeline.ClaimTime(
        label=fact.claim,
        status=row.state.status,
        said=fact.said,
        deadline=fact.deadline,
        latest=fact.latest,
        happened=found.happened if found else None,
        judged=found.judged if found else None,
        outcome=found.outcome if found else "",
        href=href,
    )


def own_line(survey: Survey, row: Row) -> Markup:
    """The time line of one claim."""
    today, found = survey.day.toordinal(), entry(survey, row)
    return pair(lambda width: timeline.one_claim(found, today, width=width))


class QuantityChart(NamedTuple):
    """A claim's number against its target, and the same as a table: (what, value, day)."""

    caption: str
    chart: Markup
    table: list[tuple[str, str, str]]


def against_target(survey: Survey, row: Row, claim: Claim) -> QuantityChart | None:
    """What was seen of a claim's quantity, and judged, by the survey's day; None where nothing was."""
    found = claim.quantity
    seen = sorted(_seen(claim, row), key=lambda one: one.day)
    if found is None or not seen:
        return None
    numbers = [*(one.value for one in seen), *found.bounds, *(found.range or ())]
    if not quantity.has_axis(number for number in numbers if number is not None):
        return None
    aim = quantity.AimedAt(*found.bounds, found.range, found.unit or "")
    start = claim.said.start if claim.said else seen[0].day
    last = min(row.fact.deadline.end, survey.day.toordinal()) if row.fact.deadline else seen[-1].day
    deadline = row.fact.deadline
    chart = pair(lambda width: quantity.against_target(aim, seen, (start, last), deadline, width=width))
    caption = "The number as it was seen."
    if found.bounds != (None, None):
        caption = "The number against its target: in the pale field it comes true."
    return QuantityChart(caption, chart, [(one.words, f"{one.value:,}", day_text(one.day)) for one in seen])


def _seen(claim: Claim, row: Row) -> Iterator[quantity.SeenValue]:
    for one in claim.observations:
        if one.value is not None:
            yield quantity.SeenValue(one.date.end, one.value, "seen")
    made = claim.resolutions[-1] if claim.resolutions else None
    if made is not None and made.value is not None:
        day = made.happened.end if made.happened else row.fact.deadline.end if row.fact.deadline else made.judged.end
        status = row.state.status
        yield quantity.SeenValue(
            min(day, made.judged.end), made.value, "judged", STATUS_SIGNS[status], STATUS_ROLES[status]
        )


def lines(survey: Survey, rows: Sequence[Row]) -> Markup | None:
    """The time lines of the dated claims, those nearest to the day; None if there are fewer than two."""
    chosen = nearest(rows)
    if len(chosen) < 2:
        return None
    entries = [entry(survey, row) for row in chosen]
    today = survey.day.toordinal()
    return pair(lambda width: timeline.many_claims(entries, today, width=width))


def nearest(rows: Sequence[Row]) -> list[Row]:
    """At most `MOST_ROWS` dated claims in their order, those whose deadline is nearest to the day."""
    dated = [row for row in rows if row.fact.deadline is not None]
    if len(dated) <= MOST_ROWS:
        return dated
    chosen = sorted(dated, key=lambda row: abs(row.state.days or 0))[:MOST_ROWS]
    kept = {row.number for row in chosen}
    return [row for row in dated if row.number in kept]


def moving(survey: Survey, series: Subject, current: Row | None = None) -> Markup | None:
    """How the dates of a series moved; None where fewer than two claims have a day on which they were said."""
    rows = window(series, current)
    if len(rows) < 2 or not any(row.fact.deadline for row in rows):
        return None
    place = {row.fact.id: i for i, row in enumerate(rows)}
    aims = [
        target.Aim(
            label=row.fact.claim,
            status=row.state.status,
            said=row.fact.said,
            deadline=row.fact.deadline,
            revises=place.get(row.fact.revises) if row.fact.revises else None,
            current=current is not None and row.number == current.number,
        )
        for row in rows
        if row.fact.said is not None
    ]
    today = survey.day.toordinal()
    return pair(lambda width: target.moving_target(aims, today, width=width))


def window(series: Subject, current: Row | None = None) -> list[Row]:
    """The claims of a series by the day they were said, at most `MOST_ROWS`: around one of them, or the latest."""
    rows = by_saying(series.rows)
    if len(rows) <= MOST_ROWS:
        return rows
    middle = next((i for i, row in enumerate(rows) if current and row.number == current.number), len(rows))
    start = min(max(middle - MOST_ROWS // 2, 0), len(rows) - MOST_ROWS)
    return rows[start : start + MOST_ROWS]


def by_saying(rows: Sequence[Row]) -> list[Row]:
    """The claims whose saying is dated, in that order."""
    dated = [(row.fact.said.sort_key(), row.number, row) for row in rows if row.fact.said]
    return [row for _, _, row in sorted(dated, key=lambda item: item[:2])]


ACCOUNT_SHARES = (
    ("hit", CAME["hit"][1], "hit"),
    ("late", CAME["late"][1], "late"),
    ("partly", CAME["partly"][1], "partly"),
    ("miss", CAME["miss"][1], "miss"),
    ("withdrawn", "taken back", "void"),
    ("awaiting", "deadline over, verdict not due yet", "open"),
    ("overdue", "overdue for a verdict", "overdue"),
    ("open", "open", "open"),
    ("undated", "without a deadline", "undated"),
    ("void", "void", "void"),
    ("unscored", "not scored", "unjudged"),
)


def shares(standing: Standing) -> list[tuple[str, str, str, int]]:
    """Name, words, status for the sign, and number of every part of a standing that is not empty."""
    found = []
    for name, words, status in ACCOUNT_SHARES:
        number = standing.scored[name] if name in SCORED else getattr(standing.account, name)
        if number:
            found.append((name, words, status, number))
    return found


def strip(standing: Standing) -> Markup:
    """The bar in which every claim has its place."""
    parts = [rates.Share(words, number, status) for _, words, status, number in shares(standing)]
    return safe(svg.inline(rates.strip(parts, width=480)))


def rate_rows(named: Sequence[tuple[str, Standing]]) -> list[rates.RateBar]:
    """Rates with something in them, as the chart takes them."""
    return [plots.rate(label, standing) for label, standing in named if standing.n]


def rate_chart(rows: Sequence[rates.RateBar]) -> Markup:
    """Rates with their intervals."""
    return pair(lambda width: rates.rates(rows, width=width))


def calendar(survey: Survey) -> tuple[Markup, list[tuple[str, int]]] | None:
    """A column a year of the deadlines, and the same as (year, claims); None without a deadline."""
    dated = [row for row in survey.rows if row.fact.deadline is not None]
    if not dated:
        return None
    ranks = {status: i for i, status in enumerate(dict.fromkeys((*_STATUS_ORDER, *STATUSES)))}
    dated.sort(key=lambda row: (ranks[row.state.status], row.number))
    years = [row.fact.deadline.last.year for row in dated if row.fact.deadline]
    first = max(min(years), survey.day.year - _YEARS // 2)
    last = min(max(years), first + _YEARS - 2)
    columns: dict[str, list[tuple[str, str]]] = {}
    if min(years) < first:
        columns[f"to {first - 1}"] = []
    columns.update({str(year): [] for year in range(first, last + 1)})
    if max(years) > last:
        columns["later"] = []
    for row, year in zip(dated, years, strict=True):
        name = f"to {first - 1}" if year < first else "later" if year > last else str(year)
        columns[name].append((row.state.status, row.fact.claim))
    made = [rates.YearColumn(name, tuple(found)) for name, found in columns.items()]
    chart = pair(lambda width: rates.columns(made, width=width))
    return chart, [(name, len(found)) for name, found in columns.items()]
