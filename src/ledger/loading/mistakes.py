"""What a YAML error most likely means to somebody who edits by hand: the place to look, and the remedy.

A parser reports where it gave up, which may be far behind the mistake. So the lines up to there are looked at
one by one, as an editor would, and the first that cannot be meant is blamed; the parser's own words are the
last resort.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from .. import fields
from .brackets import Unclosed, after_flow, after_quoted
from .lines import Broken

_LOOK_BACK = 200_000  # characters before the error that are looked at
_KEYS = {
    field.key
    for table in (
        fields.TOP,
        fields.ABOUT,
        fields.PERSON,
        fields.SOURCE,
        fields.CLAIM,
        fields.MENTION,
        fields.RESOLUTION,
        fields.EVIDENCE,
        fields.QUANTITY,
        fields.FORECAST,
        fields.OBSERVATION,
        fields.AMENDMENT,
    )
    for field in table
}
_LINE = re.compile(
    r"""(?P<indent>\s*)(?P<dashes>(?:-(?:[ \t]+|$))*)(?P<body>(?P<key>"[^"]*"|'[^']*'|[\w][\w./-]*(?:\ [\w./-]+)*)?"""
    r"""(?P<colon>[ \t]*:(?=[ \t]|$))?(?P<rest>.*))""",
    re.VERBOSE,
)
_NO_BREAK = re.compile("[:-][\u00a0\u2007\u202f]")
_TIGHT = re.compile(r"([a-z_0-9]+):(?=\S)")
_DASHED = re.compile(r"-([a-z_0-9]+)[ \t]*:(?=\s|$)")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?:\s|$)")
_WORD = re.compile(r"[a-z_0-9]+(?=\s|$)")
_HEADER = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+])(?:[ \t]+#.*|[ \t]*)")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_COLON = re.compile(r":(?=[ \t]|$)")
_QUOTE_IT = "put the whole text in double quotes"


class _Slip(NamedTuple):
    """A message and hint for an offset."""

    offset: int
    message: str
    hint: str

    def broken(self) -> Broken:
        return Broken("syntax", self.message, self.offset, self.hint)


def explain(text: str, error: yaml.MarkedYAMLError) -> Broken:
    """Turn PyYAML's error into a message with the offset where the mistake most likely is."""
    mark = error.problem_mark or error.context_mark
    offset = len(text) if mark is None else min(mark.index, len(text))
    special = _special(text, error, offset)
    if special is not None:
        return special
    start = text.rfind("\n", 0, max(offset - _LOOK_BACK, 0)) + 1
    end = text.find("\n", offset)
    mistake = _Reader(text, start, len(text) if end < 0 else end).first()
    if mistake is not None:
        return mistake.broken()
    return _translated(text, error, offset)


def _special(text: str, error: yaml.MarkedYAMLError, offset: int) -> Broken | None:
    """Errors whose place and cause the parser knows best."""
    words = f"{error.context or ''} {error.problem or ''}"
    if "single document" in words:
        line = text.rfind("\n", 0, offset) + 1
        found = Broken(
            "yaml-feature", "a second document begins here", line, "one file holds one document: remove the line ---"
        )
        found.second_document = True
        return found
    if re.search("alias|anchor", words):
        found_at = error.context_mark.index if error.context_mark is not None else offset
        message = "aliases and anchors (a text that begins with * or &) are not part of the format"
        return Broken("yaml-feature", message, found_at, "write the value out, or quote a text that begins so")
    return None


# Own words for what the parsers say; the first pattern that is found counts.
_WORDS = (
    ("escape", "a backslash in double quotes begins an escape, and this one is unknown", r"write \\ for a backslash"),
    ("inner tab", "a tab that this parser does not take here", "use a space, or put the whole text in double quotes"),
    ("tab character|'\\\\t'|\\\\t", "a tab where the text must be indented with spaces", "use spaces"),
    ("quoted scalar", "the quotation mark is not closed", "close it at the end of the text"),
    ("cannot start any token", "a text cannot begin with this character", _QUOTE_IT),
    ("flow (sequence|mapping)", "a bracket is opened and not closed as it should be", "close it, or quote the text"),
    ("block scalar", "after | or > the text begins on the next line", _QUOTE_IT),
    ("tag|%", "a text cannot begin with this character", _QUOTE_IT),
    ("mapping values are not allowed", "a colon and a space where no key can stand", _QUOTE_IT),
    ("could not find expected ':'|expected ':'", "a line without a colon between key and value", "write key: value"),
    ("block sequence entries", "a list cannot begin here", "begin it on the next line, or quote the text"),
    ("indentation|block|expected key", "the line does not line up with those above it", "indent it as its neighbours"),
)


def _translated(text: str, error: yaml.MarkedYAMLError, offset: int) -> Broken:
    words = f"{error.context or ''} {error.problem or ''}"
    if text[offset : offset + 1] == "\t":
        indent = not text[text.rfind("\n", 0, offset) + 1 : offset].strip()
        words = "tab character" if indent else "inner tab"
    unknown = ("", "this is not valid YAML", "compare the line with those above it")
    _, message, hint = next((row for row in _WORDS if re.search(row[0], words)), unknown)
    if error.context_mark is not None and re.search("quoted scalar|flow|simple key", words):
        offset = error.context_mark.index
    # The end of a text has no line of its own.
    while offset > 0 and not text[offset:].strip():
        offset = max(text.rfind("\n", 0, offset), 0)
        if text[text.rfind("\n", 0, offset) + 1 : offset].strip():
            offset = text.rfind("\n", 0, offset) + 1
            break
    return Broken("syntax", message, offset, hint)


class _Reader:
    """Goes through lines as somebody would who reads them; knows which columns hold keys and dashes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at = start
        self.end = end  # lines that begin after it are not looked at
        self.columns: list[int] = []  # columns in which keys of open mappings stand
        self.dashes: list[int] = []  # columns in which dashes of open lists stand
        self.filled = False  # whether the last key has a value on its line
        self.plain = False  # whether that value is a plain text, which may go on

    def first(self) -> _Slip | None:
        """The first mistake."""
        return next(self._slips(), None)

    def _slips(self) -> Iterator[_Slip]:
        while self.at <= self.end and self.at < len(self.text):
            start = self.at
            line = self._line(start)
            self.at = start + len(line) + 1
            if not line.strip() or line.lstrip(" \t").startswith("#"):
                continue
            found = self._look(start, line.rstrip("\r"))
            if found is not None:
                yield found

    def _line(self, start: int) -> str:
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end]

    def _look(self, start: int, line: str) -> _Slip | None:
        match = _LINE.match(line)
        if match is None:  # not reached: every part of the pattern may be empty
            return None
        indent = match["indent"]
        if "\t" in indent:
            return _Slip(start + indent.index("\t"), "a tab where the text must be indented with spaces", "use spaces")
        column = len(indent) + len(match["dashes"])
        body = match["body"]
        if match["key"] and match["colon"]:
            return self._misplaced(start, match, column) or self._value(start + match.start("rest"), match, column)
        if match["dashes"] and not body:
            return self._dash(start, match)
        return self._no_key(start, match, column)

    # --- where a line stands -------------------------------------------------------------------------------

    def _misplaced(self, start: int, match: re.Match[str], column: int) -> _Slip | None:
        """A line `key: …` in a column where no key can stand."""
        if match["dashes"]:
            found = self._dash(start, match)
            self._opened(column)
            return found
        at, key = start + column, match["key"]
        if not self.columns or (column > self.columns[-1] and not self.filled):
            self._opened(column)
            return None
        if column in self.columns:
            del self.columns[self.columns.index(column) + 1 :]
            while self.dashes and self.dashes[-1] >= column:
                self.dashes.pop()
            return None
        if column in self.dashes or (self.dashes and column < self.dashes[0] and key == "id"):
            return _Slip(at, f"the dash before {key} is missing", f"write - {key}: … in the column of the other dashes")
        if column > self.columns[-1] and self.plain and key not in _KEYS:
            return _Slip(start + match.start("colon"), "a colon and a space in a text without quotes", _QUOTE_IT)
        side, turn = ("right", "remove") if column > self._nearest(column) else ("left", "add")
        count = abs(column - self._nearest(column))
        spaces = "1 space" if count == 1 else f"{count} spaces"
        return _Slip(at, f"{key} stands {spaces} too far {side}", f"{turn} {spaces}: keys stand below each other")

    def _nearest(self, column: int) -> int:
        return min(self.columns, key=lambda known: (abs(known - column), -known))

    def _opened(self, column: int) -> None:
        while self.columns and self.columns[-1] >= column:
            self.columns.pop()
        self.columns.append(column)
        self.filled = self.plain = False

    def _dash(self, start: int, match: re.Match[str]) -> _Slip | None:
        column, at = len(match["indent"]), start + len(match["indent"])
        if column in self.dashes:
            del self.dashes[self.dashes.index(column) + 1 :]
        elif self.filled and self.columns:
            if match["key"] == "id" and match["colon"] and self.dashes:
                side = "right" if column > self.dashes[0] else "left"
                return _Slip(at, f"the dash stands too far {side}", "put it in the column of the other dashes")
            return _Slip(at, "a dash where a key should stand", "remove the dash, or put the text in quotes")
        else:
            self.dashes.append(column)
        while self.columns and self.columns[-1] > column:
            self.columns.pop()
        self.filled = self.plain = False
        return None

    # --- values --------------------------------------------------------------------------------------------

    def _value(self, at: int, match: re.Match[str], column: int) -> _Slip | None:
        """What stands behind a key; `at` is the offset behind its colon."""
        rest = match["rest"]
        value = rest.strip()
        at += len(rest) - len(rest.lstrip())
        self.filled, self.plain = bool(value) and not value.startswith("#"), False
        if not self.filled:
            return None
        return self._written(at, value, column)

    def _written(self, at: int, value: str, column: int) -> _Slip | None:
        opening = value[0]
        if opening in "\"'":
            return self._quoted(at, column)
        if opening in "[{":
            return self._bracket(at, column)
        if opening in "|>":
            if _HEADER.fullmatch(value):
                self._skip_block(column)
                return None
            return _Slip(at, f"a text cannot begin with {opening}", _QUOTE_IT)
        if opening in "@`%" or (opening in "]},"):
            return _Slip(at, f"a text cannot begin with {opening}", _QUOTE_IT)
        if opening in "-?" and value[1:2] in ("", " ", "\t"):
            return _Slip(at, f"a text cannot begin with {opening} and a space", _QUOTE_IT)
        if opening in "&*!":
            return None
        self.plain = True
        return self._colon(at, value)

    def _colon(self, at: int, value: str) -> _Slip | None:
        colon = _COLON.search(_COMMENT.sub("", value))
        if colon is None:
            return None
        return _Slip(at + colon.start(), "a colon and a space in a text without quotes", _QUOTE_IT)

    def _quoted(self, at: int, column: int) -> _Slip | None:
        mark = self.text[at]
        try:
            end = after_quoted(self.text, at)
        except Unclosed:
            return _unclosed_quote(at)
        if "\n" in self.text[at:end] and self._swallows(at, end, column):
            return _unclosed_quote(at)
        self.at = self._next_line(end)
        tail = self.text[end : self.at].rstrip()
        if _COMMENT.sub("", tail).strip() == "":
            return None
        remedy = r"write \" for a quotation mark inside" if mark == '"' else "write '' for an apostrophe inside"
        return _Slip(end + len(tail) - len(tail.lstrip()), "the text goes on behind its closing quotation mark", remedy)

    def _bracket(self, at: int, column: int) -> _Slip | None:
        mark = self.text[at]
        unclosed = _Slip(at, f"{mark} is not closed", f"close it with {']' if mark == '[' else '}'}, or quote the text")
        try:
            end = after_flow(self.text, at)
        except Unclosed:
            return unclosed
        if "\n" in self.text[at:end] and self._swallows(at, end, column):
            return unclosed
        self.at = self._next_line(end)
        tail = self.text[end : self.at].rstrip()
        if _COMMENT.sub("", tail).strip() == "":
            return None
        where = end + len(tail) - len(tail.lstrip())
        if tail.strip()[0] in "]}":
            return _Slip(where, f"{tail.strip()[0]} closes nothing", "remove it, or quote the text")
        return _Slip(where, f"the text goes on behind the {self.text[end - 1]}", _QUOTE_IT)

    def _next_line(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def _swallows(self, at: int, end: int, column: int) -> bool:
        """Whether a value over several lines holds what looks like a key or dash of its own claim."""
        lines = self.text[at:end].split("\n")[1:]
        for line in lines:
            match = _LINE.match(line)
            if match is None or not match["key"] or not match["colon"]:
                continue
            if match["key"] in _KEYS and len(match["indent"]) + len(match["dashes"]) <= column:
                return True
        return False

    def _skip_block(self, column: int) -> None:
        """Go to the first line behind a block scalar whose key stands in `column`."""
        least = 0
        while self.at < len(self.text):
            line = self._line(self.at)
            indent = len(line) - len(line.lstrip(" "))
            if line.strip():
                least = least or max(indent, column + 1)
                if indent < least:
                    return
            self.at += len(line) + 1

    # --- lines without a key -------------------------------------------------------------------------------

    def _no_key(self, start: int, match: re.Match[str], column: int) -> _Slip | None:
        """A list entry, the next line of a text, or a key without its colon."""
        body, at = match["body"], start + column
        tight, word = _TIGHT.match(body), _WORD.match(body)
        lined_up = column in self.columns or not self.columns or bool(match["dashes"])
        if _CONFLICT.match(body):
            return _Slip(at, "a merge conflict that nobody has resolved", "keep one side, and remove the markers")
        odd = _NO_BREAK.search(body)
        if odd is not None:
            return _Slip(at + odd.start() + 1, "a no-break space where a space must stand", "replace it with a space")
        dashed = _DASHED.match(body)
        if dashed is not None and dashed[1] in _KEYS:
            return _Slip(at, "a space is missing behind the dash", f"write - {dashed[1]}: and the value")
        if tight is not None and tight[1] in _KEYS and lined_up:
            return _Slip(at, f"a space is missing behind {tight[0]}", f"write {tight[1]}: and the value")
        if match["dashes"]:
            found = self._dash(start, match)
            return found or self._entry(at, body, word)
        if column in self.columns:
            if word is not None and word[0] in _KEYS:
                return _Slip(at, f"the colon behind {word[0]} is missing", f"write {word[0]}: and the value")
            if not self.plain or column <= self.columns[-1]:
                return _Slip(at, "a line that is no key: value", "indent it further if it belongs to the text above")
        if self.plain and (not self.columns or column > self.columns[-1]):
            return self._colon(at, body)
        if self.columns and column <= self.columns[-1]:
            return _Slip(at, "a line that belongs to no key", "indent it further if it belongs to the text above")
        return None

    def _entry(self, at: int, body: str, word: re.Match[str] | None) -> _Slip | None:
        if word is not None and word[0] == "id":
            return _Slip(at, "the colon behind id is missing", "write id: and the value")
        if body[:1] == "{":
            return self._bracket(at, at - self.text.rfind("\n", 0, at) - 1)
        return self._written(at, body, at - self.text.rfind("\n", 0, at) - 1) if body else None


def _unclosed_quote(at: int) -> _Slip:
    return _Slip(at, "the quotation mark is not closed", "close it at the end of the text")
