"""The report of `leaderboard`."""

from __future__ import annotations

from collections.abc import Iterator

from ..numbers import NOTHING, Ends, between, number, percent, points, signed
from ..results.forecast_bins import Width, Widths
from ..results.forecasters import ForecastAccount
from ..results.leaderboard import Forecaster, Leaderboard, LeadersCompared
from ..text import plural
from .reports import SELECTED, Head, Note, Part, Section, meaning
from .terminal.diagram import Axis, Plot, Point

_LABELS = {
    "brier": "Brier score",
    "log_score": "log score",
    "peer": "peer score",
    "relative": "Brier score against the median of the others",
}
_DIGITS = {"peer": 1}


def leaderboard_report(found: Leaderboard) -> list[Part]:
    """Where the rows went, the forecasters in their order, and what the order is worth."""
    parts: list[Part] = [Note(forecasts_line(found.day, found.account, found.questions), "bold", whole=True)]
    if found.selected_by_outcome:
        return [*parts, Note(SELECTED)]
    if not found.forecasters:
        asked = f" with {plural(found.min_n, 'question')}" if found.min_n > 1 and found.forecasts else ""
        parts.append(Note(f"No forecaster{asked} has a forecast on a question that is decided: nothing to rank."))
        return parts
    parts += _boards(found)
    left = found.found - len(found.forecasters)
    if left:
        parts.append(Note(f"{left:,} more not shown: --limit {found.found} shows all."))
    if found.comparison is not None:
        parts.append(Note(comparison_sentence(found.comparison, names=_names(found)), "bold"))
        parts.append(Section("", [], [], [meaning("e_value", "E-value")]))
    return parts


def forecasts_line(day: object, account: ForecastAccount, questions: int) -> str:
    """Where every row went, in one line that adds up."""
    parts = [f"{account.scored:,} scored on {plural(questions, 'question')}"]
    parts += [f"{row.rows:,} {_SAID.get(row.reason, row.reason)}" for row in account.unscored]
    out = sum(row.rows for row in account.rejected)
    if out:
        parts.append(f"{out:,} left out ({', '.join(f'{row.rows:,} {row.reason}' for row in account.rejected)})")
    return f"as of {day}: {plural(account.rows, 'forecast')} = {' + '.join(parts)}"


_SAID = {"filtered": "outside the filter", "not-yet": "made later", "unscored": "on claims that are not scored"}


def _boards(found: Leaderboard) -> Iterator[Section]:
    """Scores with their intervals, then what stands beside them: one table of both is wider than a screen."""
    level = points(found.level)
    first = Head("forecaster", right=False, style="bold", lead=True, wrap=True)
    scores = (Head("Brier", style="bold"), Head(level), Head("peer", style="bold"), Head(level))
    yield Section(
        "",
        [first, Head("questions"), *scores, Head("relative"), Head(level)],
        [_scores(row) for row in found.forecasters],
        [
            meaning("last_brier", "Brier"),
            meaning("peer", "Peer"),
            meaning("relative_brier", "Relative"),
            meaning("question_interval", level),
            meaning("crowd", "Crowd"),
        ],
    )
    yield Section(
        "Over time",
        [first, Head("forecasts"), Head("coverage"), Head("over time"), Head("log"), Head("certain misses")],
        [_over_time(row) for row in found.forecasters],
        [
            meaning("coverage", "Coverage"),
            meaning("scheduled_brier", "Over time"),
            meaning("log_score", "Log"),
        ],
    )


def _named(row: Forecaster) -> str:
    return row.name if row.rank is None else f"{row.rank:,}. {row.name}"


def _scores(row: Forecaster) -> list[str]:
    return [
        _named(row),
        f"{row.questions:,}",
        number(row.brier),
        _ends(row.brier_interval, 3),
        signed(row.peer, 1),
        _ends(row.peer_interval, 1, sign=True),
        signed(row.relative, 3),
        _ends(row.relative_interval, 3, sign=True),
    ]


def _over_time(row: Forecaster) -> list[str]:
    log = number(row.log_score)
    return [
        _named(row),
        f"{row.forecasts:,}",
        percent(row.coverage),
        number(row.time_weighted),
        log,
        f"{row.certain_misses:,}",
    ]


def _ends(ends: Ends | None, digits: int, *, sign: bool = False) -> str:
    if ends is None:
        return NOTHING
    show = signed if sign else number
    return f"{show(ends.low, digits)} to {show(ends.high, digits)}"


def _names(found: Leaderboard) -> dict[str, str]:
    return {row.forecaster: row.name for row in found.forecasters}


def comparison_sentence(found: LeadersCompared, names: dict[str, str]) -> str:
    """Who of the first two is better, if the evidence says so; that it does not say so otherwise."""
    first, second = names.get(found.first, found.first), names.get(found.second, found.second)
    if found.difference is None:
        return f"{first} and {second} have no question in common: nothing says which of them is better."
    label = _LABELS[found.measure]
    evidence = "; ".join(_evidence(found))
    on = f"on the {plural(found.questions, 'question')} both forecast"
    if found.better is None:
        return f"Nothing says yet whether {first} or {second} is better: their {label} differs {on} by {evidence}."
    better, other = (first, second) if found.better == found.first else (second, first)
    return f"{better} is better than {other}: their {label} differs {on} by {evidence}."


def _evidence(found: LeadersCompared) -> Iterator[str]:
    digits = _DIGITS.get(found.measure, 3)
    ends = f" ({points(found.interval.level)} {_ends(found.interval, digits, sign=True)})" if found.interval else ""
    yield f"{signed(found.difference, digits)}{ends} in favour of the first"
    if found.e_value is not None and found.alarm is not None:
        yield f"e-value {number(found.e_value, 1)}, alarm at {number(found.alarm, 0)}"
    else:
        yield "this holds for one look, not for a table that is made again and again"


# --- calibration of forecasts ---------------------------------------------------------------------------------


def bins_report(found: Widths) -> list[Part]:
    """Where the rows went, and what was stated against what happened in each bin."""
    parts: list[Part] = [Note(forecasts_line(found.day, found.account, found.questions), "bold", whole=True)]
    if found.selected_by_outcome:
        return [*parts, Note(SELECTED)]
    if not found.bins:
        return [*parts, Note("No forecast is on a question that is decided: there is nothing to calibrate.")]
    first = [Head("forecaster", right=False, style="bold", lead=True, wrap=True)] if found.by else []
    heads = [Head("bin", lead=not found.by), Head("forecasts"), Head("questions"), Head("stated")]
    last = [Head("came true"), Head("rate", style="bold"), Head(points(found.level))]
    rows = [[row.name or ""] * bool(found.by) + _bin(row) for row in found.bins]
    notes = [meaning("forecast_bins", "Rate"), f"All forecasts together: Brier score {number(found.brier)}."]
    if found.folded:
        notes.append("A forecast below 50% is counted as one of the opposite.")
    parts.append(Section("Forecasts by what they stated", [*first, *heads, *last], rows, notes))
    if found.by is None:
        parts.append(_diagram(found))
    return parts


def _bin(row: Width) -> list[str]:
    width = f"{points(row.low)}–{points(row.high)}"
    counts = [f"{count:,}" for count in (row.n, row.questions)]
    return [width, *counts, percent(row.stated, 1), f"{row.hit:,}", percent(row.rate), between(row.interval)]


def _diagram(found: Widths) -> Plot:
    return Plot(
        "Came true, by stated probability",
        Axis(0, 1, "stated probability", [(share / 100, f"{share}%") for share in range(0, 101, 25)]),
        points=[Point(row.stated, row.rate, row.interval.low, row.interval.high) for row in found.bins],
        diagonal=True,
        rows_a_column=0.4,
        legend=[f"● came true, with its {points(found.level)} interval; on the dotted line stated and true agree"],
    )
