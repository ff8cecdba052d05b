"""Claims in plain block style, read line by line without a parser: nearly all are, and parsing is half of loading.

What is read here is what YAML reads, value for value. Whatever is unusual, doubtful or wrong is left to YAML: this
makes claims and never a problem. The readers of values are the same (`values`), so that a rule of the format has one
home; only how a value may be written is told here, and told narrowly.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from .. import fields
from ..fields import Field
from ..model import Claim
from . import limits
from .agreement import DEPENDENT, contradictions
from .claims import claim_of, lacks_deadline
from .lines import Sheet
from .nodes import Node, PlainList, PlainText
from .scalars import TYPED_STARTS, is_typed
from .values import Values, readers_of

_LONGEST = 2 * limits.PIECE_NODES  # characters: a value takes two at least, so the bound on values is kept
_MARKS = frozenset(" -?:,[]{}#&*!|>'\"%@`")  # a text that begins with one of them may be something else
_NO_END = ("", " ", ":")
_NO_TEXT = ("", " ")
_END = "."  # stands behind the last line; no key, no comment, and in no mapping
_NOTHING_BELOW = "\n"  # begins no line
_DASH = re.compile(r"( *)- +(?=[^ ])")
# A text in brackets: letters or digits first, and nothing that could end it or begin something else.
_FLOW_SIGNS = r"[^,\[\]{}:#&*!|>\"@`?\\]*"
_FLOW_TEXT = rf"[^\W_]{_FLOW_SIGNS}(?::(?=//){_FLOW_SIGNS})*"
_FLOW_LIST = re.compile(rf"\[ *{_FLOW_TEXT}(?:, *{_FLOW_TEXT})*\]")
_FLOW_PAIR = re.compile(rf" *([a-z_]+): +(\[[^\[\]{{}}]*\] *|{_FLOW_TEXT})(?:,|\Z)")
# Types whose values are few: each line that says one is read once.
_REPEATED = {"name", "choice", "period", "day", "number", "whole", "probability", "names"}


class _ForYaml(Exception):
    """YAML has to read the claim."""


class _Sure(Values):
    """Reads values that nothing is wrong with: where a problem would be reported, YAML reports it."""

    def offset(self, node: Node) -> NoReturn:
        raise _ForYaml

    def report(self, code: str, message: str, node: Node, hint: str) -> NoReturn:
        raise _ForYaml

    def report_at(self, code: str, message: str, offset: int, hint: str) -> NoReturn:
        raise _ForYaml

    def nearest(self, word: str, choices: tuple[str, ...]) -> NoReturn:
        raise _ForYaml


class _Key(NamedTuple):
    """A key of a table, and how its values are read."""

    name: str
    field: Field
    read: Callable[[Values, Node, Field], Any]
    is_text: bool
    repeats: bool  # the line is kept with its value


class _Table(NamedTuple):
    """A table of the format as its lines begin at an indent; `seen` are lines read before, with name and value."""

    indent: str
    keys: dict[str, _Key]
    seen: dict[str, tuple[str, Any]]
    required: tuple[str, ...]


class PlainReader:
    """Reads the claims of one file, one text each."""

    def __init__(self, sheet: Sheet) -> None:
        self._values = _Sure(sheet)
        self._tables: dict[tuple[int, str], _Table] = {}
        self._lines: list[str] = []
        self._at = 0

    def read(self, text: str) -> Claim | None:
        """The claim whose text this is, from the line of its dash on; None where YAML has to read it."""
        if len(text) > _LONGEST:
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        lines = self._lines = text.split("\n")
        dash = _DASH.match(text)
        if lines.pop() or dash is None or not "".join(lines).isprintable():
            return None
        lines.append(_END)
        self._at = 0
        try:
            found = self._item(fields.CLAIM, dash)
        except _ForYaml:
            return None
        if self._at < len(lines) - 1 or lacks_deadline(found):
            return None
        if not DEPENDENT.isdisjoint(found) and next(contradictions(found), None) is not None:
            return None
        return claim_of(found)

    # --- mappings and lists ------------------------------------------------------------------------------------

    def _item(self, table: tuple[Field, ...], dash: re.Match[str]) -> dict[str, Any]:
        """The mapping that begins behind the dash of this line."""
        indent = " " * dash.end()
        self._lines[self._at] = indent + self._lines[self._at][dash.end() :]
        return self._mapping(self._table(table, indent))

    def _table(self, table: tuple[Field, ...], indent: str) -> _Table:
        """A table of the format at an indent; each is made once."""
        found = self._tables.get((id(table), indent))
        if found is None:
            readers, required = readers_of(table)
            keys: dict[str, _Key] = {}
            for name, field, read, is_text in readers.values():
                keys[indent + name] = _Key(name, field, read, is_text, field.type in _REPEATED and name != "id")
                keys[f"{indent}{name}:"] = _Key(name, field, read, False, False)  # nothing stands behind it
            found = self._tables[id(table), indent] = _Table(indent, keys, {}, required)
        return found

    def _mapping(self, table: _Table) -> dict[str, Any]:
        """The values of the keys of a table, from this line on."""
        indent, keys, seen, required = table
        deeper = indent + " "
        lines, at = self._lines, self._at
        values: dict[str, Any] = {}
        while True:
            line = lines[at]
            known = seen.get(line)
            if known is not None:
                name, value = known
                at += 1
            else:
                begin, _, written = line.partition(": ")
                key = keys.get(begin)
                if key is None:
                    self._at = at
                    if self._is_over(indent):
                        return _complete(values, required)
                    at = self._at
                    continue
                at += 1
                name = key.name
                if (
                    key.is_text
                    and written[:1] not in _MARKS
                    and written[-1:] not in _NO_END
                    and ": " not in written
                    and " #" not in written
                    and (" " in written or not is_typed(written))
                    and not lines[at].startswith(deeper)
                ):
                    value = written  # as nearly all texts are
                else:
                    self._at = at
                    value = self._value(key, written, indent) if begin[-1] != ":" else self._below(key, indent)
                    at = self._at
                    if key.repeats:
                        seen[line] = name, value
            if name in values:
                raise _ForYaml
            values[name] = value

    def _is_over(self, indent: str) -> bool:
        """Whether a mapping ends before this line, which begins no key of it; a blank or a comment is passed."""
        line = self._lines[self._at]
        if line and line.lstrip(" ")[:1] != "#":
            if line.startswith(indent) or line.isspace():
                raise _ForYaml
            return True
        self._at += 1
        return False

    def _below(self, key: _Key, indent: str) -> Any:
        """The value that stands below its key, None where there is none."""
        if self._lines[self._at - 1][-1] != ":":
            raise _ForYaml  # two colons
        self._pass_comments()
        line = self._lines[self._at]
        dash = _DASH.match(line)
        if dash is not None and len(dash[1]) >= len(indent):
            return self._list(key, dash)
        if line.startswith(indent + " "):
            if key.field.type != "group":
                raise _ForYaml
            inner = line[: len(line) - len(line.lstrip(" "))]
            return self._record(key.field, self._mapping(self._table(key.field.fields, inner)))
        if key.field.required:
            raise _ForYaml
        return None

    def _pass_comments(self) -> None:
        while not self._lines[self._at] or self._lines[self._at].lstrip(" ")[:1] == "#":
            self._at += 1

    def _list(self, key: _Key, first: re.Match[str]) -> Any:
        """The entries whose dashes stand where the first one does."""
        field: Field = key.field
        dash: re.Match[str] | None = first
        entries: list[Any] = []
        while dash is not None and dash[1] == first[1]:
            written = dash.string[dash.end() :]
            if field.fields and ": " in written and written[0] != "{":
                entries.append(self._record(field, self._item(field.fields, dash)))
            else:
                self._at += 1
                entries.append(self._entry(field, written))
            self._pass_comments()
            dash = _DASH.match(self._lines[self._at])
        if field.fields:
            return tuple(entries)
        return key.read(self._values, PlainList((True, False), entries), field)

    def _entry(self, field: Field, written: str) -> Any:
        """One entry of a list on its line: the node of a text, or a value of the field's table."""
        if not field.fields:
            return _scalar(written)
        if written[0] == "{":
            return self._flow_record(field, written)
        if field.type != "mentions":
            raise _ForYaml
        return self._values.mention(_scalar(written), field)

    # --- values ------------------------------------------------------------------------------------------------

    def _value(self, key: _Key, written: str, indent: str) -> Any:
        """The value that begins on the line of its key."""
        first = written[:1]
        if key.field.type == "name":
            name = self._values.bare_name(written)
            if name is not None:
                return name
        if key.is_text:
            return self._block(written, indent) if first in ("|", ">") else self._text(key.field, written, indent)
        if first == "{" and key.field.type == "group":
            return self._flow_record(key.field, written)
        node = _sequence(written) if first == "[" else _scalar(written)
        return key.read(self._values, node, key.field)

    def _text(self, field: Field, written: str, indent: str) -> Any:
        """A text in one line or, without quotes, in several."""
        if written[:1] in _MARKS or not _is_one_text(written):
            return self._values.text(_scalar(written), field)
        line, deeper = self._lines[self._at], indent + " "
        if line.startswith(deeper):
            parts = [written]
            while line.startswith(deeper) and line.lstrip(" ")[:1] not in _MARKS and _is_one_text(line):
                parts.append(line.lstrip(" "))
                self._at += 1
                line = self._lines[self._at]
            written = " ".join(parts)
        if written[0] in TYPED_STARTS and is_typed(written):
            raise _ForYaml
        return written

    def _block(self, header: str, indent: str) -> str:
        """A text that begins below its key, all its lines at one indent."""
        lines, begin = self._lines, self._at
        first = lines[begin]
        inner = first[: len(first) - len(first.lstrip(" "))]
        if header not in (">-", ">", "|-", "|") or not inner.startswith(indent + " "):
            raise _ForYaml
        end, width = begin, len(inner)
        while lines[end].startswith(inner) and lines[end][width : width + 1] not in _NO_TEXT:
            end += 1
        behind = end
        while not lines[behind]:
            behind += 1
        if lines[behind].startswith(inner):  # more of it, or a line of blanks
            raise _ForYaml
        self._at = behind
        text = ("\n" if header[0] == "|" else " ").join([line[width:] for line in lines[begin:end]])
        return text if header[1:] else text + "\n"

    def _flow_record(self, field: Field, written: str) -> Any:
        """A record in braces on one line."""
        if written[-1] != "}":
            raise _ForYaml
        _, keys, seen, required = self._table(field.fields, "")
        values: dict[str, Any] = {}
        at, end = 1, len(written) - 1
        while at < end:
            pair = _FLOW_PAIR.match(written, at, end)
            key = keys.get(pair[1]) if pair is not None else None
            if pair is None or key is None:
                raise _ForYaml
            known = seen.get(pair[0])
            if known is None:
                text = pair[2].rstrip(" ")
                is_told = key.is_text and text[0] != "[" and not is_typed(text)
                known = key.name, text if is_told else self._value(key, text, _NOTHING_BELOW)
                if key.repeats:
                    seen[pair[0]] = known
            if known[0] in values:
                raise _ForYaml
            values[known[0]] = known[1]
            at = pair.end()
        return self._record(field, _complete(values, required))

    def _record(self, field: Field, values: dict[str, Any]) -> Any:
        if None in values.values():
            values = {key: value for key, value in values.items() if value is not None}
        return self._values.record(None, field, values)


def _complete(values: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """The values, if nothing is missing."""
    for name in required:
        if name not in values:
            raise _ForYaml
    return values


def _scalar(written: str) -> Node:
    """The node of a text on one line, in quotes that hold nothing to be read otherwise, or without."""
    first = written[:1]
    if first in ('"', "'") and written[-1] == first:
        inside = written[1:-1]
        if first not in inside and "\\" not in inside and len(written) > 1:
            return PlainText((False, True), inside)
    if first in _MARKS or not _is_one_text(written):
        raise _ForYaml
    return PlainText((True, False), written)


def _sequence(written: str) -> Node:
    """The node of a list of texts in brackets."""
    if _FLOW_LIST.fullmatch(written) is None:
        raise _ForYaml
    entries = [PlainText((True, False), entry.strip(" ")) for entry in written[1:-1].split(",")]
    return PlainList((True, False), entries)


def _is_one_text(written: str) -> bool:
    """Whether nothing ends a text without quotes, or makes a key of it."""
    return written[-1:] not in _NO_END and ": " not in written and " #" not in written
