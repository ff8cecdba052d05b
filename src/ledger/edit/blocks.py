"""Plain data -> lines of YAML in the style of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from .scalars import Plain, lines_of, one_line, reads_as_text
from .style import Style

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"


def pair(style: Style, key: str, value: Value, column: int) -> list[str]:
    """The lines of a key and its value, the key in this column."""
    lead = " " * column + _key(style, key) + ":"
    if isinstance(value, str):
        return _scalar(style, key, value, lead, column + style.map_step)
    if not value or _in_brackets(style, key, value, lead):
        return [f"{lead} {flow(style, key, value)}"]
    if isinstance(value, Mapping):
        return [lead, *mapping(style, value, column + style.map_step)]
    return [lead, *items(style, key, value, column + style.list_step)]


def mapping(style: Style, value: Mapping[str, Value], column: int) -> list[str]:
    """The lines of a mapping whose keys stand in this column."""
    return [line for key, item in value.items() for line in pair(style, key, item, column)]


def items(
    style: Style,
    key: str,
    values: Sequence[Value],
    column: int,
    *,
    gap: int | None = None,
    brackets: bool | None = None,
) -> list[str]:
    """The lines of the entries of a list whose dashes stand in this column.

    `gap` (columns from a dash to what it begins) and `brackets` (around each mapping) overrule the style.
    """
    gap = gap or style.gap
    if brackets is None:
        brackets = style.flow(f"{key}[]", usual=False)
    return [line for value in values for line in _item(style, key, value, column, gap, brackets)]


def _item(style: Style, key: str, value: Value, column: int, gap: int, brackets: bool) -> list[str]:
    dash = " " * column + "-"
    if isinstance(value, str):
        return _scalar(style, key, value, dash, column + 2)
    if isinstance(value, Mapping) and not brackets:
        lines = mapping(style, value, column + gap)
        return [dash + lines[0][column + 1 :], *lines[1:]]
    return [f"{dash} {flow(style, key, value)}"]


def flow(style: Style, key: str, value: Value) -> str:
    """The value on one line, lists and mappings in brackets."""
    if isinstance(value, str):
        return one_line(value, preferred=style.short(key), mark=style.mark, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(flow_pair(style, k, v) for k, v in value.items()) + "}"
    return "[" + ", ".join(flow(style, key, item) for item in value) + "]"


def flow_pair(style: Style, key: str, value: Value) -> str:
    """A key and its value on one line."""
    return f"{_key(style, key)}: {flow(style, key, value)}"


def _in_brackets(style: Style, key: str, value: Value, lead: str) -> bool:
    """Lists of words and mappings of short values stand in brackets, unless the file does otherwise."""
    entries = list(value.values()) if isinstance(value, Mapping) else list(value)
    simple = all(isinstance(entry, str) or (isinstance(value, Mapping) and _is_simple(entry)) for entry in entries)
    wanted = style.flow(key, usual=simple)
    return wanted and (len(lead) + 1 + len(flow(style, key, value)) <= style.width or not style.wraps)


def _is_simple(value: Value) -> bool:
    return not isinstance(value, Mapping) and all(isinstance(entry, Plain) for entry in value)


def _scalar(style: Style, key: str, value: str, lead: str, indent: int) -> list[str]:
    line = f"{lead} {one_line(value, preferred=style.short(key), mark=style.mark)}"
    if style.one_line or ("\n" not in value and (len(line) <= style.width or not style.wraps or " " not in value)):
        return [line]
    lines = list(lines_of(value, style=style.long, indent=indent, width=style.width, lead=len(lead) + 1))
    return [f"{lead} {lines[0]}", *lines[1:]] if lines else [line]


@lru_cache(maxsize=1024)
def _own_mark(key: str) -> str:
    """Quotes for a key that would be no text without: a person may be called 22 or true."""
    return "" if reads_as_text(key) else '"'


def _key(style: Style, key: str) -> str:
    mark = style.key_mark or _own_mark(key)
    return f"{mark}{key}{mark}"
