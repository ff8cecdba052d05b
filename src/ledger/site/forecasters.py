"""The pages of forecasters: who forecast the ledger's claims, how well, and each by what was stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from ..numbers import between, number, percent, points, signed
from ..render import plots
from ..render.comparison_report import against_sentence, without_sentence
from ..render.leaderboard_report import comparison_sentence, forecasts_line
from ..results.against import Against
from ..results.forecast_bins import Width, Widths
from ..results.leaderboard import Forecaster, Leaderboard
from ..scoring.forecasters import MeanInterval
from ..scoring.meaning import MEANINGS
from . import drawings, paths
from .page import File, PlannedFile, Site
from .views import Number

PAGE = "forecasters.html"
MOST = 200  # forecasters that have a row and a page
_EXPECTING = 5  # forecasters on the page of scores
_HEAD = ("Stated", "Forecasts", "Questions", "Came true", "Rate", "Interval")


class Forecasting(NamedTuple):
    """What the pages tell: the order, all forecasts in bins, each forecaster's, and the claims held against them."""

    board: Leaderboard
    together: Widths
    each: Mapping[str, Sequence[Width]]
    against: Mapping[str, Against] = {}


class ForecasterLine(NamedTuple):
    """One forecaster in the table."""

    name: str
    href: str | None
    questions: int
    forecasts: int
    brier: str
    brier_interval: str
    peer: str
    peer_interval: str
    relative: str
    coverage: str


def pages(site: Site, found: Forecasting) -> Iterator[PlannedFile]:
    """The table of all, and a page for each; made every time, since tables of forecasts have no key."""
    shown = found.board.forecasters[:MOST]
    yield PlannedFile(PAGE, "", partial(_table, site, found, shown))
    for row in shown:
        if not row.crowd:
            yield PlannedFile(_path(row), "", partial(_page, site, row, found))


def _path(row: Forecaster) -> str:
    return f"forecaster/{paths.stem(row.forecaster)}.html"


def _table(site: Site, found: Forecasting, shown: Sequence[Forecaster]) -> File:
    board = found.board
    names = {row.forecaster: row.name for row in board.forecasters}
    return site.page(
        PAGE,
        PAGE,
        heading="Forecasters",
        description="What others expected of these claims, and how well.",
        section=PAGE,
        lead=forecasts_line(board.day, board.account, board.questions),
        comparison=comparison_sentence(board.comparison, names) if board.comparison else None,
        rows=[_line(row) for row in shown],
        left=board.found - len(shown),
        meanings=[MEANINGS[name] for name in ("last_brier", "peer", "relative_brier", "coverage", "question_interval")],
        diagram=_diagram(found.together.bins),
        head=_HEAD,
        bins=[_bin(row) for row in found.together.bins],
    )


def _line(row: Forecaster) -> ForecasterLine:
    return ForecasterLine(
        row.name if row.rank is None else f"{row.rank}. {row.name}",
        None if row.crowd else _path(row),
        row.questions,
        row.forecasts,
        number(row.brier),
        _ends(row.brier_interval),
        signed(row.peer, 1),
        _ends(row.peer_interval, 1),
        signed(row.relative, 3),
        percent(row.coverage),
    )


def _ends(ends: MeanInterval | None, digits: int = 3) -> str:
    return "-" if ends is None else f"{number(ends.low, digits)} to {number(ends.high, digits)}"


def _page(site: Site, row: Forecaster, found: Forecasting) -> File:
    bins = found.each.get(row.forecaster, ())
    return site.page(
        _path(row),
        "forecaster.html",
        heading=row.name,
        description=f"How {row.name} did on {row.questions:,} claims that are decided.",
        section=PAGE,
        numbers=[*_numbers(row), *_against(row, found.against.get(row.forecaster))],
        diagram=_diagram(bins),
        head=_HEAD,
        bins=[_bin(one) for one in bins],
    )


def _numbers(row: Forecaster) -> Iterator[Number]:
    values = {
        "last_brier": f"{number(row.brier)}, {_ends(row.brier_interval)}, on {row.questions:,} questions",
        "scheduled_brier": number(row.time_weighted),
        "coverage": percent(row.coverage),
        "log_score": "infinite" if row.certain_misses else number(row.log_score),
        "peer": f"{signed(row.peer, 1)}, {_ends(row.peer_interval, 1)}, on {row.n_peer:,} questions",
        "relative_brier": signed(row.relative, 3),
    }
    for name, value in values.items():
        yield Number(name, value, MEANINGS[name].sentence, MEANINGS[name].says_not)


def _against(row: Forecaster, found: Against | None) -> Iterator[Number]:
    """What this forecaster expected when the claims were made."""
    if found is not None:
        meaning = MEANINGS["against"]
        yield Number("against", against_sentence(row.name, found), meaning.sentence, meaning.says_not)


def expectations(site: Site) -> list[tuple[str, str, str]]:
    """Those who expected something of most scored claims: a sentence each, the claims it leaves out, their page."""
    if site.forecasting is None:
        return []
    rows = {row.forecaster: row for row in site.forecasting.board.forecasters}
    held = sorted(site.forecasting.against.items(), key=lambda item: (-item[1].n, item[0]))[:_EXPECTING]
    return [
        (
            against_sentence(rows[by].name, one),
            without_sentence(rows[by].name, one) if one.without else "",
            _path(rows[by]),
        )
        for by, one in held
    ]


def _diagram(bins: Sequence[Width]) -> Markup | None:
    return drawings.pair(lambda width: plots.forecast_reliability(bins, min(width, 480))) if bins else None


def _bin(row: Width) -> tuple[object, ...]:
    width = f"{points(row.low)} to {points(row.high)}"
    return width, row.n, row.questions, row.hit, percent(row.rate), between(row.interval)
