"""The library as a notebook uses it: days as text or today, states of claims, and results as data frames."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from .columns import View, derived
from .days import Today
from .model import Ledger
from .periods import Period
from .query import Filter, Row, select
from .results import calibration as calibrating
from .results import score as scoring
from .results import slip as slipping
from .results.calibration import Calibrations
from .results.score import EVERYTHING, Score, Terms
from .results.slip import Slipping
from .status import State
from .status import state as state_of

Day = date | str | None
_FRAMES = ("polars", "pandas")


def day_of(ledger: Ledger, day: Day = None) -> date:
    """The day that is meant: a date, text as 2026-11-27, or none for today in the ledger's own calendar."""
    if day is None:
        return Today.in_zone(ledger.timezone, datetime.now(UTC))
    if isinstance(day, str):
        return date.fromisoformat(day)
    if isinstance(day, datetime):
        raise ValueError(f"day is {day!r}, an instant: a day is needed, a date or text as 2026-11-27")
    return day


def score(
    ledger: Ledger, wanted: Filter = EVERYTHING, *, day: Day = None, by: str | None = None, terms: Terms | None = None
) -> Score:
    """Claims against their deadlines, as the command `score`; groups `by` one of results.groups.BY."""
    return scoring.score(ledger, wanted, day=day_of(ledger, day), by=by, terms=terms)


def calibration(
    ledger: Ledger, wanted: Filter = EVERYTHING, *, day: Day = None, by: str | None = None, level: float = 0.95
) -> Calibrations:
    """Stated probabilities against what happened, as the command `calibration`."""
    return calibrating.calibration(ledger, wanted, day=day_of(ledger, day), by=by, level=level)


def slips(
    ledger: Ledger,
    wanted: Filter = EVERYTHING,
    *,
    day: Day = None,
    by: str | None = None,
    percentile: float | None = None,
    from_entry: bool = False,
) -> Slipping:
    """Time taken against time promised, as the command `slip`."""
    return slipping.slips(ledger, wanted, day=day_of(ledger, day), by=by, percentile=percentile, from_entry=from_entry)


def states(ledger: Ledger, *, day: Day = None) -> dict[str, State]:
    """Status, account and days of every claim known on a day, by its id."""
    return {row.fact.id: row.state for row in select(ledger.facts, EVERYTHING, day_of(ledger, day).toordinal())}


def state(ledger: Ledger, name: str, *, day: Day = None) -> State:
    """Status, account and days of one claim; KeyError for an id that is not in the ledger."""
    for fact in ledger.facts:
        if fact.id == name:
            return state_of(fact, day_of(ledger, day).toordinal())
    raise KeyError(name)


# --- data frames ----------------------------------------------------------------------------------------------


def records(of: Any, *, day: Day = None) -> list[dict[str, Any]]:
    """Rows of plain values: the claims of a ledger, the groups of a score, the claims of a slip, stated values.

    Records within a record become columns with both names, periods their first and last day; lists of records
    are left out.
    """
    if isinstance(of, Ledger):
        when = day_of(of, day)
        view = View(of, when)
        return [_claim(of, view, row) for row in select(of.facts, EVERYTHING, when.toordinal())]
    if isinstance(of, Score):
        return [_flat(group) for group in of.groups]
    if isinstance(of, Calibrations):
        return [{"group": group.group, **_flat(row)} for group in of.groups for row in group.stated]
    if isinstance(of, Slipping):
        return [_flat(one) for one in of.claims]
    return [_flat(one) for one in of]


def as_frame(of: Any, *, day: Day = None, using: str | None = None) -> Any:
    """The same rows as a data frame of Polars, or of pandas where that is what is installed; `using` chooses.

    ImportError where neither is there.
    """
    from importlib import import_module

    rows = records(of, day=day)
    for name in (using,) if using is not None else _FRAMES:
        if name not in _FRAMES:
            raise ValueError(f"using is {name!r}: polars or pandas")
        try:
            frames = import_module(name)
        except ImportError:
            continue
        if name == "pandas":
            return frames.DataFrame(rows)
        return frames.DataFrame(rows, infer_schema_length=None)
    raise ImportError(f"{using or 'polars or pandas'} is needed for data frames: pip install {using or 'polars'}")


def _claim(ledger: Ledger, view: View, row: Row) -> dict[str, Any]:
    """One claim: its own fields, then what is worked out of them on the day."""
    own = _flat(ledger.claims[row.number])
    return own | {name: value for name, value in derived(view, row).items() if name not in own}


def _flat(record: Any, kind: Any = None, prefix: str = "") -> dict[str, Any]:
    """The same columns for every record of a kind, whatever is absent in this one."""
    found: dict[str, Any] = {}
    kind = kind or type(record)
    for name, hint in get_type_hints(kind).items():
        value, inner = getattr(record, name, None), _inner(hint)
        if inner is Period:
            found[f"{prefix}{name}_start"] = value.first if value is not None else None
            found[f"{prefix}{name}_end"] = value.last if value is not None else None
        elif hasattr(inner, "_fields"):
            found |= _flat(value, inner, f"{prefix}{name}_")
        elif get_origin(inner) is tuple:
            if not hasattr(get_args(inner)[0], "_fields"):
                found[f"{prefix}{name}"] = list(value) if value is not None else None
        else:
            found[f"{prefix}{name}"] = value
    return found


def _inner(hint: Any) -> Any:
    """A type without its None."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    return parts[0] if get_origin(hint) in (Union, UnionType) and len(parts) == 1 else hint
