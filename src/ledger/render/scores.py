"""Scores in the formats that other programs read: one JSON object, or flat rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..periods import Period
from ..results.calibration import Calibrations
from ..results.forecast_bins import Widths
from ..results.leaderboard import Leaderboard
from ..results.score import Score
from ..results.since import Since
from ..results.slip import Slipping
from . import jsontext
from .objects import cell, envelope, period
from .rowtext import rows_as

# Columns of flat rows; a dot leads into an object, and is written as an underscore.
SCORE_COLUMNS = (
    "group",
    "n",
    "n_series",
    "hit",
    "late",
    "miss",
    "partly",
    "overdue",
    "rate",
    "interval.low",
    "interval.high",
    "bounds.low",
    "bounds.high",
    "lenient",
    "n_probability",
    "brier",
    "log_score",
    "certain_misses",
    "skill",
    "n_hindsight",
    "without_hindsight.n",
    "without_hindsight.hit",
    "without_hindsight.rate",
    "judged_undated.hit",
    "judged_undated.miss",
    "judged_undated.partly",
    "account.claims",
    "account.scored",
    "account.overdue",
    "account.open",
    "account.decided_early",
    "account.undated",
    "account.void",
    "account.unscored",
    "n_eff",
    "withdrawn",
    "awaiting",
    "selected_by_outcome",
    "shrunk",
    "against.n",
    "against.hit",
    "against.expected",
    "against.at_most",
    "against.at_least",
)
BRIEF_COLUMNS = (
    "group",
    "n",
    "hit",
    "late",
    "miss",
    "partly",
    "overdue",
    "rate",
    "interval.low",
    "interval.high",
    "lenient",
    "brier",
    "n_series",
)
STATED_COLUMNS = (
    *("group", "probability", "n", "hit", "rate", "interval.low", "interval.high"),
    *("n_series", "chance.low", "chance.high"),
)
_MEASURED = ("coverage", "brier", "time_weighted", "log_score", "peer", "relative")
BOARD_COLUMNS = (
    "rank",
    "forecaster",
    "name",
    "crowd",
    "questions",
    "forecasts",
    *(column for of in _MEASURED for column in (of, f"{of}_interval.low", f"{of}_interval.high")),
    "certain_misses",
    "baseline",
    "n_peer",
    "n_relative",
)
BIN_COLUMNS = (
    "group",
    "low",
    "high",
    "n",
    "questions",
    "hit",
    "stated",
    "rate",
    "interval.low",
    "interval.high",
    "n_effective",
    "name",
)
BRIEF_BOARD_COLUMNS = (
    *("forecaster", "rank", "questions", "forecasts", *_MEASURED, "certain_misses"),
    *(f"{of}_interval.{end}" for of in ("brier", "peer", "relative") for end in ("low", "high")),
)
TIMED_COLUMNS = (
    "id",
    "said",
    "deadline",
    "happened",
    "status",
    "promised",
    "taken",
    "stretch",
    "observed",
    "late_days",
    "hindsight",
)


def plain(value: Any) -> Any:
    """A result as objects and lists: names of fields are names of keys, what is not finite is null."""
    if isinstance(value, Period):
        return period(value)
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {name: plain(item) for name, item in value._asdict().items()}
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value


def _object(command: str, found: Calibrations | Slipping | Leaderboard | Widths, errors: int) -> str:
    values = {name: plain(value) for name, value in found._asdict().items() if name != "day"}
    return jsontext.dumps(envelope(command, found.day, errors, **values))


# --- score ----------------------------------------------------------------------------------------------------


def score_json(found: Score, errors: int, earlier: Since | None = None) -> str:
    """The scores as one JSON object; `since` is null unless an earlier version was asked for."""
    terms = found.terms
    lexicon = terms.lexicon
    return jsontext.dumps(
        envelope(
            "score",
            found.day,
            errors,
            by=found.by,
            level=terms.level,
            base_rate=terms.base_rate,
            lexicon={"name": lexicon.name, "source": lexicon.source, "note": lexicon.note} if lexicon else None,
            range_level=terms.range_level,
            account=plain(found.account),
            groups=plain(found.groups),
            quantities=plain(found.quantities),
            since=plain(earlier),
            against=terms.against,
            common_rate=plain(found.common_rate),
            shrinkage=plain(found.shrinkage),
            groups_left_out=plain(found.groups_left_out),
        )
    )


def score_rows(found: Score, form: str) -> str:
    """One row a group, as csv, tsv, plain or jsonl."""
    return _rows(plain(found.groups), BRIEF_COLUMNS if form == "plain" else SCORE_COLUMNS, form)


# --- calibration ----------------------------------------------------------------------------------------------


def calibration_json(found: Calibrations, errors: int) -> str:
    """The calibration as one JSON object."""
    return _object("calibration", found, errors)


def calibration_rows(found: Calibrations, form: str) -> str:
    """One row for each stated probability of each group."""
    rows = [{"group": group.group, **plain(row)} for group in found.groups for row in group.stated]
    return _rows(rows, STATED_COLUMNS, form)


# --- slip -----------------------------------------------------------------------------------------------------


def slip_json(found: Slipping, errors: int) -> str:
    """The slip as one JSON object."""
    return _object("slip", found, errors)


def slip_rows(found: Slipping, form: str) -> str:
    """One row for each claim that may come late."""
    return _rows(plain(found.claims), TIMED_COLUMNS, form)


# --- forecasters ----------------------------------------------------------------------------------------------


def leaderboard_json(found: Leaderboard, errors: int) -> str:
    """The leaderboard as one JSON object; an infinite log score is null beside its certain misses."""
    return _object("leaderboard", found, errors)


def leaderboard_rows(found: Leaderboard, form: str) -> str:
    """One row a forecaster."""
    return _rows(plain(found.forecasters), BRIEF_BOARD_COLUMNS if form == "plain" else BOARD_COLUMNS, form)


def bins_json(found: Widths, errors: int) -> str:
    """The bins of forecasts as one JSON object."""
    return _object("calibration-forecasts", found, errors)


def bins_rows(found: Widths, form: str) -> str:
    """One row a bin, and a forecaster where they are told apart."""
    return _rows(plain(found.bins), BIN_COLUMNS, form)


# --- flat rows ------------------------------------------------------------------------------------------------


def _rows(objects: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> str:
    if form == "jsonl":
        return jsontext.jsonl(objects)
    names = [column.replace(".", "_") for column in columns]
    return "".join(rows_as(form, names, [[cell(_at(row, column.split("."))) for column in columns] for row in objects]))


def _at(found: Any, path: Iterable[str]) -> Any:
    for name in path:
        found = None if found is None else found[name]
    return found
