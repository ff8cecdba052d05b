"""Entries of JSON files: of one array, of an object that holds one, or one a line; each with the text it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import RefusedError, UnreadableError
from ...files.reading import up_to
from .proposals import Refused, RefusedFrame, RowPlace
from .sources import Lines, Member

_MOST = 256 * 1024 * 1024
_LISTS = ("predictions", "markets", "bets", "questions", "data", "results", "items")


class JsonEntry(NamedTuple):
    """One object of a file, numbered from 1."""

    place: RowPlace
    data: dict[str, Any]
    raw: str


def entries(member: Member) -> Iterator[RefusedFrame | JsonEntry | Refused]:
    """The objects of a file, and first how refused ones are put together to a file of the same form."""
    lines = Lines(member)
    iterator = iter(lines)
    first = next((line for line in iterator if line.strip()), "")
    if not first:
        raise RefusedError(f"{member.name}: is empty")
    if _is_object(first):
        second = next((line for line in iterator if line.strip()), None)
        if second is None or _is_object(second):
            yield RefusedFrame(member.name)
            yield from by_line(member)
            return
    yield RefusedFrame(member.name, before="[\n", between=",\n", after="\n]\n")
    yield from _whole(member)


def _is_object(line: str) -> bool:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and not any(isinstance(found.get(key), list) and key != "bets" for key in _LISTS)


def by_line(member: Member) -> Iterator[JsonEntry | Refused]:
    """The objects of a file that has one a line."""
    for number, line in enumerate(Lines(member), 1):
        if line.strip():
            yield _entry(line, RowPlace(member.name, number))


def _entry(line: str, place: RowPlace) -> JsonEntry | Refused:
    raw = line if line.endswith("\n") else line + "\n"
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return Refused("unclear", "not JSON", place, raw)
    return JsonEntry(place, found, raw) if isinstance(found, dict) else Refused("unclear", "no object", place, raw)


def _whole(member: Member) -> Iterator[JsonEntry | Refused]:
    with member.open() as file:
        data = up_to(file, _MOST)
    if len(data) > _MOST:
        raise UnreadableError(
            f"{member.name}: more than {_MOST:,} bytes of JSON in one piece", hint="give it as one object a line"
        )
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"{member.name}: not JSON: {error}") from None
    if isinstance(found, dict):
        found = next(
            (found[key] for key in _LISTS if isinstance(found.get(key), list) and "question" not in found), [found]
        )
    if not isinstance(found, list):
        raise RefusedError(f"{member.name}: neither a list nor an object")
    for number, value in enumerate(found, 1):
        place, raw = RowPlace(member.name, number), json.dumps(value, ensure_ascii=False)
        yield JsonEntry(place, value, raw) if isinstance(value, dict) else Refused("unclear", "no object", place, raw)


def text(data: dict[str, Any], *keys: str) -> str:
    """The first of these values that is there, as text; of a person, the name."""
    for key in keys:
        value = data.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("username") or value.get("login")
        if value is not None and not isinstance(value, list | dict):
            return str(value).strip()
    return ""


def part(data: dict[str, Any], key: str, value: Any) -> str:
    """The entry with one of the values of its list alone, so that a refused one can be mended and given again."""
    return json.dumps({**data, key: [value]}, ensure_ascii=False)
