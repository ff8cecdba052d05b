"""A text as an editor holds it: changed in places, with positions that count lines and UTF-16 units from 0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..problems import Place

_HALVES = re.compile("[\ud800-\udfff]")
_BLOCK = 64 * 1024  # characters in which line ends are counted at a time


class Position(NamedTuple):
    """A line from 0, and the UTF-16 units before the place in it."""

    line: int
    character: int


class Buffer:
    """One open text; only a newline ends a line, as for the loader."""

    def __init__(self, text: str, version: int = 0) -> None:
        self.text = sound(text)
        self.version = version

    def replace(self, text: str) -> None:
        """Put another text in the place of this one."""
        self.text = sound(text)

    def change(self, start: Position, end: Position, text: str) -> int:
        """Put a text between two positions; the answer is the offset at which it begins."""
        first, last = sorted((self.offset(start), self.offset(end)))
        self.text = self.text[:first] + sound(text) + self.text[last:]
        return first

    def offset(self, position: Position) -> int:
        """The offset of a position; one behind the end of its line or of the text is that end."""
        start = self._line_start(position.line)
        end = self.text.find("\n", start)
        line = self.text[start : end if end >= 0 else len(self.text)]
        if line.isascii():
            return start + min(max(position.character, 0), len(line))
        units = 0
        for at, sign in enumerate(line):
            if units >= position.character:
                return start + at
            units += 2 if ord(sign) > 0xFFFF else 1
        return start + len(line)

    def _line_start(self, line: int) -> int:
        if line <= 0:
            return 0
        left = line
        for block in range(0, len(self.text), _BLOCK):
            held = self.text.count("\n", block, block + _BLOCK)
            if held >= left:
                at = block - 1
                for _ in range(left):
                    at = self.text.index("\n", at + 1)
                return at + 1
            left -= held
        return len(self.text)

    def position(self, offset: int) -> Position:
        """The position of an offset."""
        start = self.text.rfind("\n", 0, offset) + 1
        return Position(self.text.count("\n", 0, start), units(self.text[start:offset]))

    def line(self, number: int) -> str:
        """A line's text without its end; empty behind the last one."""
        start = self._line_start(number)
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].removesuffix("\r")


def sound(text: str) -> str:
    """The text with a question mark for each half of a character: no file could hold it."""
    return text.encode("utf-8", "replace").decode() if _HALVES.search(text) else text


def units(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def spot_of(place: Place, lines: Mapping[int, str]) -> tuple[Position, Position]:
    """Where the value at a place begins and where its line ends, without blanks and comment."""
    line = lines.get(place.line, "")
    start = min(place.column - 1, len(line))
    end = max(len(line[: _comment(line, start)].rstrip()), min(start + 1, len(line)))
    return Position(place.line - 1, units(line[:start])), Position(place.line - 1, units(line[:end]))


def _comment(line: str, start: int) -> int:
    found = line.find(" #", start)
    return len(line) if found < 0 else found
