"""JSON Schema (draft-07) of the ledger file, made from the table of the format, for editors and other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import fields
from .fields import Field

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_YEAR = "[1-9][0-9]{3}"
_POINT = rf"(?:{_YEAR}(?:-(?:(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?|Q[1-4]|H[12]))?|[1-9][0-9]{{2}}0s)"
PERIOD = rf"^{_POINT}(?:/{_POINT})?~?$"
DAY = r"^[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
_PERCENT = r"^\+?(?:100(?:\.0*)?|[0-9]{1,2}(?:\.[0-9]*)?|\.[0-9]+)%$"
_NAME: Schema = {"type": "string", "pattern": f"^{fields.NAME_PATTERN}$", "not": {"enum": list(fields.OUTCOMES)}}
# What YAML reads as a year is a number to an editor; the ledger takes it as written.
_AS_PERIOD: Schema = {
    "anyOf": [{"type": "string", "pattern": PERIOD}, {"type": "integer", "minimum": 1000, "maximum": 9999}]
}
_NULL: Schema = {"type": "null"}
_SOMETHING: Schema = {"type": "string", "minLength": 1}
_WORDS: Schema = {"type": "string", "pattern": r"\S"}


def _with(**properties: Schema) -> Schema:
    """An object that has these properties."""
    return {"properties": properties, "required": list(properties)}


_TABLES: dict[tuple[Field, ...], Schema] = {
    fields.EVIDENCE: {"anyOf": [_with(**{key: _SOMETHING}) for key in ("source", "url", "title")]},
    fields.RESOLUTION: {"anyOf": [_with(evidence={"type": "array", "minItems": 1}), _with(note=_SOMETHING)]},
    fields.QUANTITY: {
        "allOf": [
            {"if": _with(level={"not": _NULL}), "then": _with(range={"type": "array"})},
            {"if": _with(decides={"not": _NULL}), "then": _with(range={"type": "array"})},
            {
                "if": _with(decides={"not": _NULL}),
                "then": {"properties": {"at_least": _NULL, "at_most": _NULL}},
            },
        ]
    },
    fields.OBSERVATION: {
        "anyOf": [
            _with(value={"type": "number"}),
            _with(evidence={"type": "array", "minItems": 1}),
            _with(note=_SOMETHING),
        ]
    },
    fields.CLAIM: {
        "allOf": [
            {"if": _with(kind={"const": "statement"}), "else": _with(deadline={"not": _NULL})},
            {
                "if": _with(deadline_latest={"not": _NULL}),
                "then": _with(deadline={"not": {"enum": ["none", None]}}),
            },
            {
                "if": _with(known_by={"not": _NULL}),
                "then": _with(deadline={"not": {"enum": ["none", None]}}),
            },
        ]
    },
}


Names = Mapping[str, Sequence[str]]  # by table: people, topics, sources, claims


def with_names(schema: Schema, names: Names, table: tuple[Field, ...] = fields.TOP) -> Schema:
    """The schema of one ledger: where a declared name belongs, these names and no others."""
    found = dict(schema["properties"])
    for field in table:
        found[field.key] = _narrowed(found[field.key], field, names)
    return {**schema, "properties": found}


def _narrowed(node: Any, field: Field, names: Names) -> Any:
    """A field's schema with the names of its table for any name, and so inside the records that it holds."""
    if isinstance(node, list):
        return [_narrowed(item, field, names) for item in node]
    if not isinstance(node, dict):
        return node
    if "properties" in node and "additionalProperties" in node:
        return with_names(node, names, field.fields)
    if node.get("pattern") == _NAME["pattern"] and field.refers is not None and field.refers in names:
        kept = {key: value for key, value in node.items() if key not in ("type", "pattern", "not")}
        return {**kept, "enum": list(names[field.refers])}
    return {key: value if key == "propertyNames" else _narrowed(value, field, names) for key, value in node.items()}


def ledger_schema() -> Schema:
    """The schema of a ledger file; what only the program can tell (references, calendar days) is not in it."""
    return {
        "$schema": DRAFT,
        "title": "Forecast ledger, format 1",
        "description": "Who said what, where, by when, how sure, and what became of it.",
        **_mapping(fields.TOP),
    }


def _mapping(table: tuple[Field, ...]) -> Schema:
    required = [field.key for field in table if field.required and field.key != "deadline"]
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in table},
        **({"required": required} if required else {}),
        **_TABLES.get(table, {}),
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    """The schema of a value; an empty one counts as absent unless the field is required."""
    value = _VALUES[field.type](field)
    if not field.required or field.key == "deadline":
        value = _or_nothing(value)
    return {"description": field.meaning, **value}


def _or_nothing(value: Schema) -> Schema:
    """The same, or null; not as a choice of two schemas, of which an editor would name the one that is not meant."""
    if "type" in value:
        kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
        return {**value, "type": [*dict.fromkeys((*kinds, "null"))]}
    if "enum" in value:
        return {**value, "enum": [*value["enum"], None]}
    return {**value, "anyOf": [*value["anyOf"], _NULL]}


def _choice(field: Field) -> Schema:
    typed = [word == "true" for word in field.choices if word in ("true", "false")]
    return {"enum": [*field.choices, *typed]}


def _period(field: Field) -> Schema:
    return {"anyOf": [{"const": field.word}, *_AS_PERIOD["anyOf"]]} if field.word else _AS_PERIOD


def _number(field: Field) -> Schema:
    bounds = {"minimum": field.low, "maximum": field.high}
    return {"type": "number", **{key: bound for key, bound in bounds.items() if bound is not None}}


def _text(field: Field) -> Schema:
    return _WORDS if field.required else {"type": "string"}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _names(value: Schema) -> Schema:
    return {"type": "object", "propertyNames": _NAME, "additionalProperties": value}


_VALUES: dict[str, Any] = {
    "text": _text,
    "name": lambda _: _NAME,
    "url": lambda _: {"type": "string", "pattern": r"^https?://\S+$"},
    "file": lambda _: {"type": "string", "pattern": r"^[^./\\:][^/\\:]*$"},
    "sha256": lambda _: {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "choice": _choice,
    "period": _period,
    "day": lambda _: {"type": "string", "pattern": DAY},
    "number": _number,
    "probability": lambda _: {
        "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": _PERCENT}]
    },
    "whole": lambda field: {"type": "integer", "minimum": field.low, "maximum": field.high},
    "timezone": lambda _: {"type": "string"},
    "mentions": lambda field: _list({"anyOf": [_NAME, _mapping(field.fields)]}),
    "range": lambda _: {**_list({"type": "number"}), "minItems": 2, "maxItems": 2},
    "group": lambda field: _mapping(field.fields),
    "groups": lambda field: _list(_mapping(field.fields)),
    "names": lambda _: _list(_NAME),
    "texts": lambda _: _list(_WORDS),
    "table": lambda field: _names(_mapping(field.fields)),
    "labels": lambda _: _names({"type": ["string", "null"]}),
    "version": lambda _: {"enum": [fields.FORMAT, str(fields.FORMAT)]},
}
