"""Claims, people, topics and sources as records that can be written: from the model, and from lines of JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import fields
from ..edit.blocks import Value
from ..edit.scalars import Plain
from ..errors import RefusedError
from ..fields import Field
from ..model import Claim, Person, Source
from ..periods import Period
from ..text import did_you_mean, shorten
from .typed_values import written

Record = dict[str, Value]
_DEFAULTS = {field.key: field.default for field in fields.CLAIM if field.default is not None}
_NUMBERS = ("number", "whole", "probability")


def of_claim(claim: Claim) -> Record:
    """A claim as it is written: absent fields and defaults left out."""
    return undefaulted(_of_model(fields.CLAIM, claim._asdict()))


def of_person(person: Person) -> Record:
    """An entry of `people`."""
    return _of_model(fields.PERSON, person._asdict())


def of_source(source: Source) -> Record:
    """An entry of `sources`."""
    return _of_model(fields.SOURCE, source._asdict())


def undefaulted(record: Record) -> Record:
    """A claim without what is said by leaving it out; a statement needs no deadline."""
    found = {key: value for key, value in record.items() if _DEFAULTS.get(key) != value}
    if found.get("kind") == "statement" and found.get("deadline") == "none":
        del found["deadline"]
    return found


def _is_written(field: Field, value: Value) -> bool:
    return value not in ("", [], {}) and value != field.default


def _of_model(table: Sequence[Field], values: Mapping[str, Any]) -> Record:
    found: Record = {}
    for field in table:
        value = _model_value(field, values[field.key])
        if _is_written(field, value):
            found[field.key] = value
    return found


def _model_value(field: Field, value: Any) -> Value:
    if value is None:
        return Plain(field.word or "")
    if field.type == "mentions":
        return [_short(_of_model(field.fields, entry._asdict())) for entry in value]
    if field.type == "groups":
        return [_of_model(field.fields, entry._asdict()) for entry in value]
    if field.type == "group":
        return _of_model(field.fields, value._asdict())
    if isinstance(value, Period):
        return Plain(value.text)
    if field.type == "range" or field.type in _NUMBERS:
        return [Plain(written(end)) for end in value] if field.type == "range" else Plain(written(value))
    if isinstance(value, tuple):
        return list(value)
    return Plain(value) if field.type == "choice" else str(value)


def _short(mention: Record) -> Value:
    """A name alone where nothing stands beside it."""
    return mention["source"] if len(mention) == 1 else mention


# --- from JSON -------------------------------------------------------------------------------------------------


def from_json(table: Sequence[Field], values: object, where: str, *, also: Sequence[str] = ()) -> Record:
    """A record of the format from an object that export wrote; keys in `also` are passed over.

    RefusedError names the line and the key of what does not fit.
    """
    if not isinstance(values, dict):
        raise RefusedError(f"{where}: not an object", hint="each line is one object, as ledger export jsonl writes it")
    known = {field.key for field in table}
    for key in values:
        if key not in known and key not in also:
            near = did_you_mean(str(key), known)
            raise RefusedError(f"{where}: unknown key {shorten(str(key), 40)!r}", hint=near or "take it out")
    found: Record = {}
    for field in table:
        value = _json_value(field, values.get(field.key), f"{where}: {field.key}")
        if _is_written(field, value):
            found[field.key] = value
    return found


def claim_from_json(values: object, where: str, *, also: Sequence[str]) -> Record:
    """A claim from a line that export wrote."""
    return undefaulted(from_json(fields.CLAIM, values, where, also=also))


def _json_value(field: Field, value: Any, where: str) -> Value:
    if value is None:
        return Plain(field.word or "")
    if field.type in ("group", "groups", "mentions"):
        return _nested(field, value, where)
    if field.type in ("names", "texts", "range"):
        if not isinstance(value, list):
            raise _misfit(where, "a list")
        return [_number(entry, where) if field.type == "range" else _text(entry, where) for entry in value]
    if field.type in _NUMBERS:
        return _number(value, where)
    if field.type in ("period", "day"):
        return Plain(_text(value.get("text") if isinstance(value, dict) else value, where))
    return Plain(_text(value, where)) if field.type == "choice" else _text(value, where)


def _nested(field: Field, value: Any, where: str) -> Value:
    if field.type == "group":
        return from_json(field.fields, value, where)
    if not isinstance(value, list):
        raise _misfit(where, "a list")
    found = []
    for number, entry in enumerate(value, 1):
        name = field.type == "mentions" and isinstance(entry, str)
        record = from_json(field.fields, {"source": entry} if name else entry, f"{where} {number}")
        found.append(_short(record) if field.type == "mentions" else record)
    return found


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _misfit(where, "a text")
    return value


def _number(value: Any, where: str) -> Plain:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _misfit(where, "a number")
    return Plain(written(value))


def _misfit(where: str, what: str) -> RefusedError:
    return RefusedError(f"{where} is not {what}", hint="see ledger schema list for the form of each field")


def differing(one: Mapping[str, Value], other: Mapping[str, Value]) -> Iterator[str]:
    """The keys in which two records differ."""
    for key in dict.fromkeys((*one, *other)):
        if one.get(key) != other.get(key):
            yield key


def digits(number: float) -> str:
    """A number as it is written in a record."""
    return written(number)
