"""JSON Schema (draft-07) of what the commands print as JSON: keys are added, never removed or renamed."""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ..columns import DERIVED, Computed
from ..fields import ABOUT
from ..intake.scan import SURENESS, Candidate
from ..model import Claim
from ..periods import Period
from ..results import calibration, forecast_bins, leaderboard, score, since, slip
from ..results.counts import TOLD
from ..schema import DRAFT, Schema
from ..status import STATUSES

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DAY: Schema = {"type": "string", "format": "date"}
_PERIOD: Schema


def _record(properties: dict[str, Schema], *, title: str = "") -> Schema:
    """An object whose keys are always there; others may be added."""
    named = {"title": title} if title else {}
    return {**named, "type": "object", "properties": properties, "required": list(properties)}


def _maybe(value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "null"}]}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


_PERIOD = _record({"text": _TEXT, "start": _DAY, "end": _DAY, "approximate": {"type": "boolean"}})
_PLAIN: dict[Any, Schema] = {
    str: _TEXT,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: _DAY,
    Period: _PERIOD,
    Any: {},
    # What is not finite is null in JSON, so that every number of a score may be.
    float: {"type": ["number", "null"]},
    type(None): {"type": "null"},
}
_SINGLE_DAYS = {"added", "checked", "judged", "date"}


def shape(of: Any) -> Schema:
    """The schema of a result's type: named tuples are objects, tuples lists."""
    if of in _PLAIN:
        return _PLAIN[of]
    origin, parts = get_origin(of), get_args(of)
    if origin in (Union, types.UnionType):
        return {"anyOf": [shape(part) for part in parts]}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (tuple, list):
        return _list(shape(parts[0]))
    if hasattr(of, "_fields"):
        return _record(_fields(of))
    raise TypeError(f"no schema for {of!r}")


def _fields(of: Any) -> dict[str, Schema]:
    hints = get_type_hints(of)
    return {name: _single_day(hints[name]) if name in _SINGLE_DAYS else shape(hints[name]) for name in of._fields}


def _single_day(of: Any) -> Schema:
    return _maybe(_DAY) if type(None) in get_args(of) else _DAY


def _claim() -> Schema:
    return _record(_fields(Claim) | {name: _column(column) for name, column in DERIVED.items()})


def _column(column: Computed) -> Schema:
    """Values are examples, not a list of all there will be: a reader takes an unknown one as another."""
    return shape(column.type) | ({"examples": list(column.values)} if column.values else {})


def _claims() -> dict[str, Schema]:
    about = _record(dict.fromkeys((field.key for field in ABOUT), _maybe(_TEXT)))
    return {"about": _maybe(about), "claims": _list(_claim())}


def _counts(table: str) -> dict[str, Schema]:
    counted: dict[str, Schema] = {"name": _TEXT, "label": _maybe(_TEXT), "claims": _COUNT}
    told = {key: _maybe(_PERIOD if key == "published" else _TEXT) for key in TOLD[table]}
    return {table: _list(_record(counted | dict.fromkeys(STATUSES, _COUNT) | told))}


def _problems() -> dict[str, Schema]:
    line = {"type": "integer", "minimum": 1}
    found = {
        "code": _TEXT,
        "severity": {"enum": ["error", "warning", "note"]},
        "message": _TEXT,
        "hint": _maybe(_TEXT),
        "file": _TEXT,
        "line": line,
        "column": line,
        "claim": _maybe(_TEXT),
    }
    return {"problems": _list(_record(found))}


def _score() -> dict[str, Schema]:
    number = shape(float)
    return {
        "by": _maybe(_TEXT),
        "level": number,
        "base_rate": number,
        "lexicon": _maybe(_record(dict.fromkeys(("name", "source", "note"), _maybe(_TEXT)))),
        "range_level": number,
        **_some(score.Score, "account", "groups", "quantities"),
        "since": _maybe(shape(since.Since)),
        "against": _maybe(_TEXT),
        **_some(score.Score, "common_rate", "shrinkage", "groups_left_out"),
    }


def _some(of: Any, *names: str) -> dict[str, Schema]:
    hints = get_type_hints(of)
    return {name: shape(hints[name]) for name in names}


def _candidates() -> dict[str, Schema]:
    place: Schema = {"type": "integer", "minimum": 0}
    found = _fields(Candidate) | dict.fromkeys(("start", "end"), place) | {"sure": {"enum": list(SURENESS)}}
    return {"candidates": _list(_record(found))}


_CHANGE = _record(
    {
        "kind": _TEXT,
        "field": _maybe(_TEXT),
        "before": {},
        "after": {},
        "days": {"type": ["integer", "null"]},
        "code": _maybe(_TEXT),
        "amended": _maybe(_TEXT),
        "likely": _maybe(_TEXT),
        "stood": _maybe(_TEXT),
        "text": _TEXT,
    }
)
_HEAD_CHANGE = _record({"path": _list(_TEXT), "before": {}, "after": {}, "code": _maybe(_TEXT), "text": _TEXT})
_SIDE = _record({"rev": _maybe(_TEXT), "commit": _maybe(_TEXT), "as_of": _DAY})


def _diff() -> dict[str, Schema]:
    entry = {
        "id": _TEXT,
        "newly_overdue": {"type": "boolean"},
        "days_overdue": {"type": ["integer", "null"]},
        "changes": _list(_CHANGE),
    }
    renaming: dict[str, Schema] = dict.fromkeys(("table", "key", "field"), _TEXT) | {"before": {}, "after": {}}
    renaming |= {"code": _TEXT, "text": _TEXT}
    beside = {"head": _list(_HEAD_CHANGE)}
    gap = {"claim": _maybe(_TEXT), "message": _TEXT}
    names = {"names": _list(_record(renaming)), "not_compared": _list(_record(gap))}
    return {"base": _SIDE, "new": _SIDE, "claims": _list(_record(entry)), **names, **beside}


def _log() -> dict[str, Schema]:
    texts = dict.fromkeys(("commit", "time", "author", "subject"), _maybe(_TEXT))
    flags: dict[str, Schema] = {name: {"type": "boolean"} for name in ("unreadable", "cut")}
    unreadable: Schema = {"type": "boolean"}
    claims = _list(_record({"id": _TEXT, "unreadable": unreadable, "changes": _list(_CHANGE)}))
    return {
        "id": _maybe(_TEXT),
        "commits": _list(
            _record(texts | flags | {"changes": _list(_CHANGE), "claims": claims, "head": _list(_HEAD_CHANGE)})
        ),
    }


def _written() -> dict[str, Schema]:
    step = {"id": _TEXT, "file": _TEXT, "line": {"type": ["integer", "null"]}, "outcome": _maybe(_TEXT), "did": _TEXT}
    return {
        "dry_run": {"type": "boolean"},
        "files": _list(_TEXT),
        "claims": _list(_record(step)),
        "warnings": _list(_TEXT),
        "diff": _TEXT,
    }


OUTPUTS: dict[str, Callable[[], dict[str, Schema]]] = {
    "list": _claims,
    "show": _claims,
    "due": _claims,
    "topics": lambda: _counts("topics"),
    "people": lambda: _counts("people"),
    "sources": lambda: _counts("sources"),
    "check": _problems,
    "score": _score,
    "calibration": lambda: _some(calibration.Calibrations, "by", "level", "account", "groups", "updates"),
    "slip": lambda: _some(slip.Slipping, "by", "from_entry", "account", "left_out", "groups", "claims", "chains"),
    "calibration-forecasts": lambda: _some(forecast_bins.Widths, *forecast_bins.Widths._fields[1:]),
    "leaderboard": lambda: _some(leaderboard.Leaderboard, *leaderboard.Leaderboard._fields[1:]),
    "scan": _candidates,
    "diff": _diff,
    "log": _log,
    **dict.fromkeys(("add", "resolve", "reopen", "revise", "touch"), _written),
}


def output_schema(command: str) -> Schema:
    """The schema of a command's JSON; KeyError for a command without one."""
    head: dict[str, Schema] = {
        "schema": {"const": f"ledger.{command}/1"},
        "as_of": _DAY,
        "errors": {**_COUNT, "description": "how many errors stand in what was read"},
    }
    return {"$schema": DRAFT, **_record(head | OUTPUTS[command](), title=f"ledger {command} --format json")}
