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
_NAME: Schema = {"type": "string", "pattern": f"^(?!(?:{'|'.join(fields.OUTCOMES)})$){fields.NAME_PATTERN}$"}
# What YAML reads as a year is a number to an editor; the ledger takes it as written.
_AS_PERIOD: Schema = {
    "anyOf": [{"type": "string", "pattern": PERIOD}, {"type": "integer", "minimum": 1000, "maximum": 9999}]
}
_NULL: Schema = {"type": "null"}
_SUPPORTS = ("source", "url", "title")
_NEEDS_DEADLINE = "a claim needs deadline, such as 2026-12-31, 2026-Q4 or 2026; or deadline: none"
_SOMETHING: Schema = {"type": "string", "minLength": 1}
_WORDS: Schema = {"type": "string", "pattern": r"\S"}


# A claim as it is begun: what stands there until it is typed over.
NEW_CLAIM = {
    "id": "short-name-2027",
    "claim": "What will be the case by when.",
    "speaker": "name",
    "said": "2027-01-31",
    "source": "name",
    "deadline": "2027",
    "criteria": "What must be observed, and who says so.",
}


def new_claim() -> dict[str, str]:
    """The fields of a claim as it is begun, as editors write places to fill in."""
    return {key: f"${{{number}:{words}}}" for number, (key, words) in enumerate(NEW_CLAIM.items(), 1)}


def _with(told: str, **properties: Schema) -> Schema:
    """An object that has these properties, and what an editor says where it has not."""
    held = {key: {"errorMessage": told, **value} for key, value in properties.items()}
    return {"properties": held, "required": list(properties), "errorMessage": told}


def _if(key: str, then: Schema) -> Schema:
    """What holds where a key has a value."""
    return {"if": {"properties": {key: {"not": _NULL}}, "required": [key]}, "then": then}


def _dated(told: str) -> Schema:
    """An object with a deadline that is a day or a period of days."""
    return _with(told, deadline=_WRITTEN | {"pattern": "^(?!none$)", "errorMessage": told})


_WRITTEN: Schema = {"type": ["string", "integer"]}
_LINES = "a list: each entry behind a dash, on a line of its own"
_LISTED: Schema = {"type": "array", "minItems": 1, "errorMessage": f"evidence: {_LINES}"}
_ENDS = "the ends of range decide: leave at_least and at_most out"
_TABLES: dict[tuple[Field, ...], Schema] = {
    fields.EVIDENCE: {
        "anyOf": [_with("evidence has a source, a url or a title", **{key: _SOMETHING}) for key in _SUPPORTS]
    },
    fields.RESOLUTION: {
        "anyOf": [
            _with("a judgement needs evidence, or a note", **one)
            for one in ({"evidence": _LISTED}, {"note": _SOMETHING})
        ]
    },
    fields.QUANTITY: {
        "allOf": [
            _if("level", _with("level belongs to a range: add range: [low, high]", range={"type": "array"})),
            _if("decides", _with("add the range that decides: range: [low, high]", range={"type": "array"})),
            _if("decides", {"properties": {key: {**_NULL, "errorMessage": _ENDS} for key in ("at_least", "at_most")}}),
        ]
    },
    fields.OBSERVATION: {
        "anyOf": [
            _with("an observation has a value, evidence or a note", **one)
            for one in ({"value": {"type": "number"}}, {"evidence": _LISTED}, {"note": _SOMETHING})
        ]
    },
    fields.CLAIM: {
        "defaultSnippets": [{"label": "new claim", "description": "what every claim needs", "body": new_claim()}],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": "statement"}}, "required": ["kind"]},
                "else": _with(
                    _NEEDS_DEADLINE, deadline={"type": ["string", "integer"], "errorMessage": _NEEDS_DEADLINE}
                ),
            },
            _if(
                "deadline_latest", _dated("deadline_latest stands beside a deadline that is a period, not beside none")
            ),
            _if("known_by", _dated("known_by stands beside a deadline that is a period, not beside none")),
        ],
    },
}


_ANEW = "; print the schema anew if it is"
_UNDECLARED = {table: f"not declared in {table}{_ANEW}" for table in ("people", "topics", "sources")}
_UNDECLARED["claims"] = f"no claim has this id{_ANEW}"

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
        kept = {key: value for key, value in node.items() if key not in ("type", "pattern")}
        return {**kept, "enum": list(names[field.refers]), "errorMessage": f"{field.key}: {_UNDECLARED[field.refers]}"}
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
    return {"title": fields.label(field), "description": field.meaning, **_told(value, f"{field.key}: {_how(field)}")}


def _how(field: Field) -> str:
    """How a value of a field is written, for whoever wrote it otherwise."""
    if field.choices:
        return f"one of {', '.join(field.choices)}"
    if field.word:
        return f"{fields.HOW[field.type]}; or {field.word}"
    if field.type in ("name", "names", "mentions"):
        return f"{fields.HOW['name']}; an outcome is no name"
    return fields.HOW.get(field.type) or _HOW[field.type]


_KEYS = "keys and values, each on a line of its own"
_HOW: dict[str, str] = {
    "text": "a text; quote what looks like a number, true or null",
    "texts": _LINES,
    "groups": _LINES,
    "group": _KEYS,
    "table": _KEYS,
    "labels": "names, each with a text behind its colon",
    "whole": "write a whole number",
    "range": "write two numbers: [low, high]",
    "version": f"write {fields.FORMAT}, the number of the format",
}


def _told(value: Schema, words: str) -> Schema:
    """A schema with what an editor says of a value that does not fit; a mapping names its own wrong keys."""
    if "properties" in value:
        return value
    if "anyOf" in value:
        return {**value, "anyOf": [_told(one, words) for one in value["anyOf"]]}
    inside = {"items": _told(value["items"], words)} if "items" in value else {}
    return {**value, **inside, "errorMessage": words}


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
    return {"enum": [*typed, *field.choices]}


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
    "groups": lambda field: _list({"title": fields.label(field).removesuffix("s"), **_mapping(field.fields)}),
    "names": lambda _: _list(_NAME),
    "texts": lambda _: _list(_WORDS),
    "table": lambda field: _names(_mapping(field.fields)),
    "labels": lambda _: _names({"type": ["string", "null"]}),
    "version": lambda _: {"enum": [fields.FORMAT, str(fields.FORMAT)]},
}
