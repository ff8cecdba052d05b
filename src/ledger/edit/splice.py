"""Where new text goes, by the marks of the nodes: proposals, best first, each to be proven by its result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..loading.composer import MappingNode, Node, ScalarNode, SequenceNode, is_plain
from .blocks import Value, flow, flow_pair, items, mapping, pair
from .scalars import Plain, one_line, quoted
from .style import Style

_COLON = re.compile(r"[ \t]*:")
_COMMENT = re.compile(r"( *)[ \t]*#[^\r\n]*(?:\r\n?|\n|$)")


class Splice(NamedTuple):
    """Characters from `start` to `end` give way to `text`; `shows` is where in it the new lines begin."""

    start: int
    end: int
    text: str
    shows: int = 0

    def apply(self, text: str) -> str:
        """The text with the splice made."""
        return text[: self.start] + self.text + text[self.end :]


class Impossible(Exception):
    """No proposal can be made: the reason in words, and the offset of its place."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


# --- asked changes -------------------------------------------------------------------------------------------


def set_value(text: str, node: Node, key: str, value: Value, style: Style, order: Sequence[str]) -> Iterator[Splice]:
    """Give a key of a mapping a single value: in place of the old one, or on a line where `order` has it."""
    name, old = _find(node, key)
    if name is None:
        yield from _insert_pair(text, node, key, value, style, order)
    elif not isinstance(value, str) or old.__class__ is not ScalarNode:
        raise Impossible(f"{key} is not a single value here", name.start_mark.index)
    elif _is_empty(old):
        at = _after_colon(text, name)
        yield Splice(at, at, " " + _word(style, key, value, node))
    else:
        start, end = old.start_mark.index, _last(text, old, 0)
        mark = old.style if old.style in ("'", '"') else None
        yield Splice(start, end, quoted(value, mark) if mark else _word(style, key, value, node))


def add_pairs(text: str, node: Node, values: Mapping[str, Value], style: Style) -> Iterator[Splice]:
    """Add keys that a mapping does not have behind its last one, all of them at once."""
    if node.__class__ is not MappingNode or not node.value:
        raise Impossible("this is no mapping with entries", node.start_mark.index)
    name, held = node.value[-1]
    if node.flow_style:
        yield _extend(text, held, name, ", ".join(flow_pair(style, key, value) for key, value in values.items()))
        return
    column = _column(text, node.value[0][0].start_mark.index)
    lines = mapping(style, values, column)
    for end in dict.fromkeys((_last(text, held, _after(text, name)), _far(held))):
        yield _lines(text, _past_comments(text, _next_line(text, end), column), lines, style)


def append(
    text: str, node: Node, key: str, value: Value, style: Style, order: Sequence[str], *, spaced: bool = False
) -> Iterator[Splice]:
    """Add an entry to the list behind a key of a mapping; a list that is missing or empty begins with it.

    `spaced` puts a blank line before it if it is not the first.
    """
    name, old = _find(node, key)
    if name is None:
        yield from _insert_pair(text, node, key, [value], style, order)
    elif _is_empty(old):
        yield from _fill(text, node, name, _after_colon(text, name), value, style)
    elif old.__class__ is not SequenceNode:
        raise Impossible(f"{key} is not a list here", name.start_mark.index)
    elif not old.flow_style:
        yield from insert_entry(text, old, key, len(old.value), value, style, spaced=spaced)
    elif old.value:
        yield _extend(text, old.value[-1], None, flow(style, key, value))
    else:
        yield from _fill(text, node, name, int(old.end_mark.index), value, style)


def insert_entry(
    text: str, node: Node, key: str, at: int, value: Value, style: Style, *, spaced: bool = False
) -> Iterator[Splice]:
    """Add an entry to a list as number `at` from 0, first or behind another; `spaced` adds a blank line."""
    if node.flow_style:
        if at:
            yield _extend(text, node.value[at - 1], None, flow(style, key, value))
        else:
            yield _begin(text, node.value[0], flow(style, key, value))
        return
    column = _column(text, node.start_mark.index)
    neighbour = node.value[max(at - 1, 0)]
    lines = items(style, key, [value], column, gap=_gap(neighbour, column), brackets=_is_flow(neighbour))
    if at == 0:
        start = _line_start(text, node.start_mark.index)
        yield _lines(text, start, [*lines, *[""] * spaced], style)
        return
    if _is_empty(neighbour):
        raise Impossible(f"{key} has an empty entry", neighbour.start_mark.index)
    for end in dict.fromkeys((_last(text, neighbour, 0), _far(neighbour))):
        start = _past_comments(text, _next_line(text, end), column + 1)
        if spaced:
            yield _lines(text, start, ["", *lines], style)
        yield _lines(text, start, lines, style)  # a text written with |+ ends with the blank lines it keeps


# --- mappings ------------------------------------------------------------------------------------------------


def _find(node: Node, key: str) -> tuple[Node, Node]:
    """A key and its value, None and None where it is absent."""
    if node.__class__ is not MappingNode:
        raise Impossible("this is no mapping of keys and values", node.start_mark.index)
    found = [(name, value) for name, value in node.value if name.__class__ is ScalarNode and name.value == key]
    if len(found) > 1:
        raise Impossible(f"{key} stands twice here", found[1][0].start_mark.index)
    return found[0] if found else (None, None)


def _insert_pair(text: str, node: Node, key: str, value: Value, style: Style, order: Sequence[str]) -> Iterator[Splice]:
    if not node.value:
        raise Impossible("this mapping is empty", node.start_mark.index)
    if node.flow_style:
        name, held = node.value[-1]
        yield _extend(text, held, name, flow_pair(style, key, value))
        return
    column = _column(text, node.value[0][0].start_mark.index)
    lines = pair(style, key, value, column)
    for name, held in _predecessors(node, key, order):
        last_one = held is node.value[-1][1]
        for end in dict.fromkeys((_last(text, held, _after(text, name)), _far(held))):
            at = _past_comments(text, _next_line(text, end), column if last_one else column + 1)
            yield _lines(text, at, lines, style)


def _predecessors(node: Node, key: str, order: Sequence[str]) -> Iterator[tuple[Node, Node]]:
    """The pairs to stand behind: the last one that `order` has earlier, then the others from the end."""
    rank = {name: number for number, name in enumerate(order)}
    earlier = [pair for pair in node.value if rank.get(str(pair[0].value), len(rank)) < rank[key]]
    first = earlier[-1] if earlier else node.value[-1]
    yield first
    yield from (pair for pair in reversed(node.value) if pair is not first)


def _fill(text: str, node: Node, name: Node, at: int, value: Value, style: Style) -> Iterator[Splice]:
    """Begin the list behind a key whose value, up to offset `at`, is empty."""
    colon = _after_colon(text, name)
    if not node.flow_style and not (at > colon and isinstance(value, str)):
        own = _column(text, name.start_mark.index)
        column = own + style.list_step
        end = _next_line(text, at)
        if at == colon:
            end = _past_comments(text, end, own + 1)
        kept, new = text[at:end], _lines(text, end, items(style, name.value, [value], column), style)
        yield Splice(colon, end, kept + new.text, len(kept) + new.shows)
    inside = at - 1 if at > colon else at
    brackets = ("", "") if at > colon else (" [", "]")
    yield Splice(inside, inside, flow(style, name.value, value).join(brackets))


def _word(style: Style, key: str, value: str, node: Node) -> str:
    if isinstance(value, Plain):
        return value
    return one_line(value, preferred=style.short(key), mark=style.mark, flow=bool(node.flow_style))


# --- brackets ------------------------------------------------------------------------------------------------


def _extend(text: str, node: Node, name: Node | None, addition: str) -> Splice:
    """Add behind an entry in brackets (a value with its name in a mapping): on a line of its own if that has one."""
    if _is_empty(node):
        if name is None:
            raise Impossible("a list has an empty entry", node.start_mark.index)
        at = _after_colon(text, name)
        return Splice(at, at, f" , {addition}", 3)  # a colon right before a comma would belong to the key
    at = _last(text, node, 0)
    lead = _own_line(text, (name or node).start_mark.index)
    if lead is not None and not text[at : _next_line(text, at)].strip(" \t\r\n,]}"):
        return Splice(at, at, f",{lead}{addition}", 1 + len(lead))
    return Splice(at, at, f", {addition}", 2)


def _begin(text: str, node: Node, addition: str) -> Splice:
    """Add before the first entry in brackets."""
    start = node.start_mark.index
    return Splice(start, start, f"{addition},{_own_line(text, start) or ' '}")


def _own_line(text: str, start: int) -> str | None:
    """The line end and indentation before an offset; None where more than that stands before it on its line."""
    line = _line_start(text, start)
    return None if text[line:start].strip(" ") else _newline(text, line) + text[line:start]


# --- places --------------------------------------------------------------------------------------------------


def _is_empty(node: Node) -> bool:
    return node.__class__ is ScalarNode and node.value == "" and is_plain(node)


def _after_colon(text: str, name: Node) -> int:
    found = _COLON.match(text, name.end_mark.index)
    if found is None:
        raise Impossible(f"the key {name.value} is not followed by a colon", name.start_mark.index)
    return found.end()


def _after(text: str, name: Node) -> int:
    """The end of a key and its colon, as far as it can be told."""
    found = _COLON.match(text, name.end_mark.index)
    return found.end() if found else int(name.end_mark.index)


def _last(text: str, node: Node, otherwise: int) -> int:
    """Behind the last character of a node's text; a block's own end mark swallows comments and blank lines."""
    if node.__class__ is ScalarNode:
        if _is_empty(node):
            return otherwise
        start, end = node.start_mark.index, int(node.end_mark.index)
        return start + len(text[start:end].rstrip()) if node.style in ("|", ">") else end
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    if node.__class__ is SequenceNode:
        if _is_empty(node.value[-1]):
            raise Impossible("a list has an empty entry", node.value[-1].start_mark.index)
        return _last(text, node.value[-1], 0)
    name, held = node.value[-1]
    return _last(text, held, _after(text, name))


def _far(node: Node) -> int:
    """The end of a node by its marks, with the blank lines that a text written with |+ keeps."""
    while node.__class__ is not ScalarNode and not node.flow_style and node.value:
        node = node.value[-1][1] if node.__class__ is MappingNode else node.value[-1]
    if node.__class__ is ScalarNode and node.style in ("|", ">"):
        return int(node.end_mark.index) - 1
    return int(node.end_mark.index)


def _break(text: str) -> str:
    return "\r" if "\r" in text and "\n" not in text else "\n"


def _next_line(text: str, at: int) -> int:
    """Where the line behind the one of this offset begins; the end of the text if there is none."""
    found = text.find(_break(text), at)
    return len(text) if found < 0 else found + 1


def _line_start(text: str, at: int) -> int:
    return text.rfind(_break(text), 0, at) + 1


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)


def _past_comments(text: str, at: int, column: int) -> int:
    """Behind the comment lines here that are indented to this column at least: they belong to what is above."""
    while True:
        found = _COMMENT.match(text, at)
        if found is None or len(found[1]) < column or found.end() == at:
            return at
        at = found.end()


def _newline(text: str, at: int, otherwise: str = "\n") -> str:
    """How the line before this offset ends."""
    if text[max(at - 2, 0) : at] == "\r\n":
        return "\r\n"
    return text[at - 1] if at and text[at - 1] in "\r\n" else otherwise


def _lines(text: str, at: int, lines: list[str], style: Style) -> Splice:
    newline = _newline(text, at, style.newline)
    if at == len(text) and text and text[-1] not in "\r\n":
        joined = newline + newline.join(lines)
    else:
        joined = newline.join(lines) + newline
    return Splice(at, at, joined, len(joined) - len(joined.lstrip("\r\n")))


def _gap(node: Node, column: int) -> int | None:
    if node.__class__ is MappingNode and not node.flow_style:
        found = node.start_mark.column - column
        return int(found) if found > 1 else None
    return None


def _is_flow(node: Node) -> bool | None:
    return bool(node.flow_style) if node.__class__ is MappingNode and node.value else None
