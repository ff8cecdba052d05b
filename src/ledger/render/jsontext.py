"""JSON as a promise: never NaN or Infinity, dates ISO, no character that could steer a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from .escape import json_text


def dumps(value: object) -> str:
    """The value as JSON, indented by two and ended by a newline; ValueError for a number that is not finite.

    Takes mappings with text keys, lists, tuples, text, numbers, booleans, None and dates; else TypeError.
    """
    # The C encoder cannot indent; the Python one and a search of its output take half as long again as this.
    return _indented(value, "\n") + "\n"


def with_list(head: Mapping[str, object], name: str, items: Iterable[object]) -> Iterator[str]:
    """What `dumps` makes of a mapping with a list behind its own keys, whose items are made one by one."""
    yield f"{_indented(head, chr(10)).removesuffix(chr(10) + '}')},\n  {_quote(name)}: ["
    inner = end = "\n    "
    for item in items:
        yield inner + _indented(item, end)
        inner = f",{end}"
    yield ("]" if inner is end else "\n  ]") + "\n}\n"


def lines(rows: Iterable[object]) -> Iterator[str]:
    """One compact JSON value a line."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=_other).encode
    return (json_text(encode(row)) + "\n" for row in rows)


def jsonl(rows: Iterable[object]) -> str:
    """All the lines at once."""
    return "".join(lines(rows))


class Repeated(dict[str, Any]):
    """A mapping that comes again and again, whose text is made once for each indentation."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.texts: dict[str, str] = {}


def _indented(value: object, end: str) -> str:
    kind = value.__class__
    if kind is str:
        return _quote(value)  # type: ignore[arg-type]
    if value is None or value is True or value is False:
        return _CONSTANTS[value]
    if kind is dict:
        return _mapping(value, end)  # type: ignore[arg-type]
    if kind is Repeated:
        texts = value.texts  # type: ignore[attr-defined]
        if end not in texts:
            texts[end] = _mapping(value, end)  # type: ignore[arg-type]
        return texts[end]  # type: ignore[no-any-return]
    if kind is int:
        return repr(value)
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        inner = end + "  "
        return f"[{inner}{(',' + inner).join([_indented(item, inner) for item in value])}{end}]"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, Mapping):
        return _mapping(value, end)
    return _number_or_date(value)


def _quote(text: str) -> str:
    quoted = encode_basestring(text)
    return quoted if quoted.isprintable() else json_text(quoted)


_CONSTANTS = {None: "null", True: "true", False: "false"}


def _mapping(value: Mapping[str, object], end: str) -> str:
    if not value:
        return "{}"
    inner = end + "  "
    # Most values are texts and absent ones: what is done with them here need not be called.
    items = [
        key + ("null" if item is None else _quote(item) if item.__class__ is str else _indented(item, inner))
        for key, item in zip(_keys(tuple(value), inner), value.values(), strict=True)
    ]
    return f"{{{','.join(items)}{end}}}"


@lru_cache(maxsize=256)
def _keys(names: tuple[str, ...], end: str) -> list[str]:
    """The keys of a mapping as they stand in its lines: most mappings have the same ones."""
    return [f"{end}{_quote(name)}: " for name in names]


def _number_or_date(value: object) -> str:
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError("a number that is not finite has no place in JSON")
        return float.__repr__(value)
    return _quote(_other(value))


def _other(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
