"""Any CSV by a map from fields of the format to its columns: a row a claim, or a row a forecast of a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from ... import fields
from ...edit.blocks import Value
from ...edit.scalars import Plain
from ...errors import UsageError
from ...fields import Field
from ...text import did_you_mean, shorten
from ...writing.typed_values import written
from . import instants, own_tables, pages
from .common import Import, fixed_fields, forecast_in
from .guesses import as_option, guessed, is_number, scale_of
from .made_keys import key_of, slug
from .probabilities import NoProbabilityError, probability
from .proposals import Item, Proposal, ProposedForecast, Refused
from .tables import HeaderTable, TableRow, cell

TABLE = ("claim", "by", "date", "probability")  # the header of a ledger's own table of forecasts
_SIMPLE = ("text", "name", "choice", "period", "day", "probability", "names")
CLAIM = {field.key: field for field in fields.CLAIM if field.type in _SIMPLE}
OTHERS = ("by", "date", "outcome", "judged", "happened", "value", "evidence")
_DEADLINES = ("deadline", "deadline_latest", "known_by")
NEEDED = ("claim", "speaker", "said", "deadline")
_OUTCOMES: Mapping[str, str | None] = {
    **dict.fromkeys(("true", "yes", "y", "1", "1.0", "right", "correct", "happened", "came true"), "true"),
    **dict.fromkeys(("false", "no", "n", "0", "0.0", "wrong", "incorrect", "did not happen"), "false"),
    **dict.fromkeys(("ambiguous", "unclear"), "ambiguous"),
    **dict.fromkeys(("annulled", "cancelled", "canceled", "void", "n/a", "na"), "annulled"),
    **dict.fromkeys(("", "open", "pending", "unresolved", "tbd", "none", "null", "?", "-"), None),
    "partly": "partly",
    "withdrawn": "withdrawn",
}
_SEPARATORS = re.compile(r"\s*[;,]\s*")


def mapped(table: HeaderTable, reading: Import) -> dict[str, int]:
    """The number of the column of each field that is mapped; UsageError for one that is not there."""
    mapping = reading.options.mapping
    if not mapping and is_own(table):
        mapping = {"id": "claim", "by": "by", "date": "date", "probability": "probability"}
    if not mapping:
        raise UsageError(
            f"{table.name}: which column holds what?",
            hint=f"give --map {as_option(guessed(table.header)) or 'claim=Question'}",
        )
    for key in mapping:
        if key not in CLAIM and key not in OTHERS:
            near = did_you_mean(key, (*CLAIM, *OTHERS))
            raise UsageError(f"--map: no field {shorten(key, 40)!r}", hint=near or f"there are {', '.join(CLAIM)}")
    for column in mapping.values():
        if table.column(column) is None:
            near = did_you_mean(column, table.header)
            raise UsageError(
                f"--map: {table.name} has no column {shorten(column, 40)!r}",
                hint=near or f"there are {', '.join(shorten(name, 30) for name in table.header[:12])}",
            )
    return {key: table.needed(column) for key, column in mapping.items()}


class _Plan(NamedTuple):
    columns: dict[str, int]
    forecasts: bool  # a row a forecast


def read(reading: Import) -> Iterator[Item]:
    """Claims, and forecasts where a column says who made them."""
    for member in reading.members:
        table = HeaderTable(member)
        if not reading.options.mapping and own_tables.is_export(table):
            yield from own_tables.claims(reading, table)
            continue
        columns = mapped(table, reading)
        plan = _Plan(columns, "by" in columns)
        _complete(reading, table, plan)
        yield table.head()
        seen: dict[str, Proposal | Refused | None] = {}
        for row in table.rows():
            if isinstance(row, Refused):
                yield row
            elif plan.forecasts:
                yield from _forecast_row(reading, plan, row, seen)
            else:
                yield _claim(reading, plan, row, member.base)
        reading.foreign(table.lines, table.name)


def _complete(reading: Import, table: HeaderTable, plan: _Plan) -> None:
    """UsageError while something that every claim needs is neither mapped nor fixed."""
    given = {*plan.columns, *reading.options.fixed}
    if plan.forecasts and "claim" not in given:
        needed = ["id", "date", "probability"]
    elif plan.forecasts:
        needed = ["date", "probability", *NEEDED]
    else:
        needed = list(NEEDED)
    missing = [key for key in needed if key not in given]
    if missing:
        both = " and ".join(missing)
        first = missing[0]
        example = {"said": "unknown", "deadline": "none", "speaker": "'Ann Example'"}.get(first, "…")
        raise UsageError(
            f"{table.name}: no column is mapped to {both}",
            hint=f"map one with --map {first}=COLUMN, or give all rows one with --set {first}={example}",
        )
    if "probability" in plan.columns and reading.options.scale is None and not is_own(table):
        _no_scale(reading, table, plan.columns["probability"])


def is_own(table: HeaderTable) -> bool:
    """Whether a table is one of a ledger's own, which needs no map."""
    return [name.casefold() for name in table.header[:4]] == list(TABLE)


def _no_scale(reading: Import, table: HeaderTable, column: int) -> None:
    """UsageError with the scale that the first rows suggest, unless each of them has a percent sign."""
    member = next(member for member in reading.members if member.name == table.name)
    found = scale_of(member, table.header[column])
    if found is None:
        return
    shown = f"; values run from {found.low:g} to {found.high:g}, which looks like {found.scale}" if found.scale else ""
    raise UsageError(
        f"{table.name}: the scale of {shorten(table.header[column], 40)!r} is not stated{shown}",
        hint="give --scale 0-1 or --scale 0-100",
    )


def _claim(reading: Import, plan: _Plan, row: TableRow, name: str) -> Proposal | Refused:
    """The claim that a row states."""
    found = _record(reading, plan, row)
    if isinstance(found, Refused):
        return found
    record, assumed = found
    claim = str(record["claim"])
    key = str(record.get("id") or key_of(claim, str(record.get("speaker")), str(record.get("said"))))
    record = {"id": key, **{name: value for name, value in record.items() if name != "id"}}
    if not record.get("source"):
        wanted = reading.options.fixed.get("source")
        title = wanted or name
        record["source"] = reading.sources.key(title, {}, wanted=slug(title), by_key=bool(wanted))
    resolution = _resolution(reading, plan, row, record)
    if isinstance(resolution, Refused):
        return resolution
    if resolution is not None:
        record["resolutions"] = [resolution]
        if "judged" not in plan.columns and "judged" not in reading.options.fixed:
            assumed = assumed | {"judged"}
    kept = {key: value for key, value in record.items() if value not in ("", [])}
    return Proposal(key, kept, row.place, row.raw, _until(resolution), frozenset(assumed))


def _until(resolution: Mapping[str, Value] | None) -> int | None:
    """The instant from which forecasts come too late: the beginning of the day of the event or of the judgement."""
    if resolution is None:
        return None
    text = str(resolution.get("happened") or resolution["judged"])
    try:
        return instants.start_of(instants.day_of(instants.instant(text)))
    except instants.NoInstantError:
        return None


def _record(reading: Import, plan: _Plan, row: TableRow) -> tuple[dict[str, Value], set[str]] | Refused:
    record: dict[str, Value] = {}
    fixed = reading.options.fixed
    for key, field in CLAIM.items():
        text = cell(row, plan.columns[key]) if key in plan.columns else ""
        if plan.forecasts and key == "probability":
            continue
        try:
            value = _value(reading, field, text or fixed.get(key, ""), row, record.get("said"))
        except instants.NoInstantError as error:
            return Refused("bad-date", f"{key}: {error}", row.place, row.raw)
        except NoProbabilityError as error:
            return Refused("bad-probability", str(error), row.place, row.raw)
        except ValueError as error:
            return Refused("bad-value", str(error), row.place, row.raw)
        if value not in ("", []):
            record[key] = value
    for key in NEEDED:
        if key not in record:
            return Refused("missing", f"no {key}", row.place, row.raw)
    return {**record, **{k: v for k, v in fixed_fields(reading).items() if k not in plan.columns}}, set()


def _value(reading: Import, field: Field, text: str, row: TableRow, said: Value | None) -> Value:
    """A cell as the value of a field; ValueError says what does not fit."""
    key = field.key
    if not text:
        return ""
    if key == "speaker":
        return reading.people.key(reading.clean(text, row.place), by_key=True)
    if key == "source":
        return reading.sources.key(reading.clean(text, row.place), {}, by_key=True)
    if key == "topics":
        return reading.topic_keys(_SEPARATORS.split(text))
    if field.type == "names":
        return [slug(name) for name in _SEPARATORS.split(text)]
    if field.type in ("period", "day"):
        return Plain(_period(field, text, reading, said))
    if field.type == "probability":
        return pages.number(probability(text, reading.options.scale))
    if field.type == "choice":
        if text.casefold() not in field.choices:
            raise ValueError(f"{key} cannot be {shorten(text, 40)!r}: one of {', '.join(field.choices)}")
        return Plain(text.casefold())
    if field.type == "name":
        if not re.fullmatch(fields.NAME_PATTERN, text):
            made = slug(text) if key == "id" else ""
            if not made:
                raise ValueError(f"{key} cannot be {shorten(text, 40)!r}: small letters, digits and hyphens")
            return made
        return text
    return reading.clean(text, row.place)


def _period(field: Field, text: str, reading: Import, said: Value | None = None) -> str:
    """A period of the format, a day as spreadsheets write it, or words; those of a deadline count from `said`."""
    if text.casefold() == field.word:
        return text.casefold()
    from ...periods import PeriodError, parse

    try:
        return parse(text).text
    except PeriodError:
        pass
    try:
        return instants.day_of(instants.instant(text, reading.options.dates)).isoformat()
    except instants.NoInstantError as error:
        if not any(character.isalpha() for character in text):
            raise
        return _in_words(field, text, said, error)


def _in_words(field: Field, text: str, said: Value | None, error: instants.NoInstantError) -> str:
    from ...periods import PeriodError, parse
    from ...words.typed import TwoReadingsError, typed

    span = parse(str(said)) if said not in (None, "unknown") and field.key in _DEADLINES else None
    try:
        found = typed(text, day=span and span.last, since=span and span.first)
    except TwoReadingsError as two:
        raise instants.NoInstantError(f"{shorten(text, 40)!r} has two readings: {two.hint}") from None
    except PeriodError as unclear:
        raise (instants.NoInstantError(str(unclear)) if ": " in str(unclear) else error) from None
    if found.period is None and field.word != "none":
        raise error
    return found.period.text if found.period else "none"


def _resolution(
    reading: Import, plan: _Plan, row: TableRow, record: Mapping[str, Value]
) -> dict[str, Value] | Refused | None:
    columns = plan.columns
    if "outcome" not in columns:
        return None
    text = cell(row, columns["outcome"])
    legend = reading.options.outcomes
    word = text.casefold()
    if text not in legend and word not in _OUTCOMES:
        return Refused("bad-outcome", f"{shorten(text, 40)!r} is no outcome", row.place, row.raw)
    outcome = legend.get(text) or _OUTCOMES.get(word)
    if outcome is None:
        return None
    judged = cell(row, columns.get("judged")) or reading.options.fixed.get("judged", "")
    made: dict[str, Value] = {"outcome": Plain(outcome)}
    try:
        day = instants.day_of(instants.instant(judged, reading.options.dates)) if judged else reading.today
        made["judged"] = Plain(day.isoformat())
        happened = cell(row, columns.get("happened"))
        if happened:
            made["happened"] = Plain(_period(Field("happened", "period", ""), happened, reading))
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), row.place, row.raw)
    value = cell(row, columns.get("value")).replace(",", "")
    if value:
        if not is_number(value):
            return Refused("bad-value", f"value {shorten(value, 40)!r} is no number", row.place, row.raw)
        made["value"] = Plain(written(int(value) if value.lstrip("+-").isdecimal() else float(value)))
    address = cell(row, columns.get("evidence"))
    if address.startswith(("https://", "http://")):
        made["evidence"] = [{"url": address}]
    elif address:
        made["note"] = reading.clean(address, row.place)
    else:
        made["evidence"] = [{"source": record["source"]}]
    return made


# --- a row a forecast ------------------------------------------------------------------------------------------


def _forecast_row(
    reading: Import, plan: _Plan, row: TableRow, seen: dict[str, Proposal | Refused | None]
) -> Iterator[Item]:
    columns = plan.columns
    key = cell(row, columns["id"]) if "id" in columns else cell(row, columns["claim"])
    if key not in seen:
        seen[key] = _asked(reading, plan, row, key)
        made = seen[key]
        if made is not None:
            yield made
            if isinstance(made, Refused):
                return
    known = seen[key]
    if isinstance(known, Refused):
        yield Refused("claim-refused", known.message, row.place, row.raw)
    elif not reading.claims_only:
        yield _forecast(reading, columns, row, key)


def _asked(reading: Import, plan: _Plan, row: TableRow, key: str) -> Proposal | Refused | None:
    """The claim that a forecast is of: None where the ledger has it."""
    if key in reading.known.claims:
        return None
    if not key:
        return Refused("missing", "no claim", row.place, row.raw)
    if "claim" not in plan.columns or ("id" in plan.columns and not cell(row, plan.columns["claim"])):
        return Refused("unknown-claim", f"no claim {shorten(key, 40)!r} in the ledger", row.place, row.raw)
    made = _claim(reading, plan, row, PurePath(row.place.file).name)
    if isinstance(made, Proposal):
        made.key, made.raw = key, ""
    return made


def _forecast(reading: Import, columns: Mapping[str, int], row: TableRow, key: str) -> ProposedForecast | Refused:
    by = cell(row, columns["by"])
    if not by:
        return Refused("anonymous", "no forecaster", row.place, row.raw)
    return forecast_in(reading, row, key, by, cell(row, columns["date"]), cell(row, columns["probability"]))
