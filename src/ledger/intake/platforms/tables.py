"""CSV as it comes: any delimiter, any year's header, torn rows. A row that is broken costs itself and no other."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...errors import RefusedError
from ...text import did_you_mean, shorten
from .proposals import Refused, RefusedFrame, RowPlace
from .sources import Lines, Member

_DELIMITERS = ",;\t|"
_LINES = 2_000  # a quoted cell over more lines than this is a quote left open
_CHARACTERS = 1024 * 1024
csv.field_size_limit(2 * _CHARACTERS)


class TableRow(NamedTuple):
    """One row: its place, its cells, and the text it was read from."""

    place: RowPlace
    cells: list[str]
    raw: str


class HeaderTable:
    """A table with a header; columns are found by name, whatever their place, case and spaces."""

    def __init__(self, member: Member) -> None:
        self.name = member.name
        self.lines = Lines(member)
        self._source = _Source(self.lines)
        self.header = self._header()
        self._places = {normal(name): number for number, name in reversed(list(enumerate(self.header)))}

    def _header(self) -> list[str]:
        head = self._source.record()
        if head is not None and head.text.lower().startswith("sep=") and len(head.text.strip()) == 5:
            head = self._source.record()
        if head is None:
            raise RefusedError(f"{self.name}: is empty", hint="the first row names the columns")
        self.delimiter = max(_DELIMITERS, key=lambda sign: _outside_quotes(head.text).count(sign))
        self._head = head.text
        return [name.strip() for name in _cells(head.text, self.delimiter)]

    def head(self) -> RefusedFrame:
        """What stands before refused rows of this table."""
        return RefusedFrame(self.name, before=_ended(self._head), encoding=self.lines.encoding)

    def has(self, *names: str) -> bool:
        """Whether there is a column of each name."""
        return all(normal(name) in self._places for name in names)

    def column(self, *names: str) -> int | None:
        """The number of the first of these columns that is there."""
        return next((self._places[found] for name in names if (found := normal(name)) in self._places), None)

    def needed(self, *names: str) -> int:
        """The number of the first of these columns; RefusedError if none is there."""
        found = self.column(*names)
        if found is None:
            near = did_you_mean(names[0], self.header)
            shown = ", ".join(shorten(name, 30) for name in self.header[:12])
            raise RefusedError(f"{self.name}: no column {names[0]!r}", hint=near or f"there are {shown}")
        return found

    def rows(self) -> Iterator[TableRow | Refused]:
        """The rows below the header; one that is torn comes as refused."""
        width, delimiter = len(self.header), self.delimiter
        while (record := self._source.record()) is not None:
            text = record.text
            if not text.strip("\r\n"):
                continue
            cells = _cells(text, delimiter)
            if not record.torn and (len(cells) == width or (len(cells) > width and not any(cells[width:]))):
                yield TableRow(RowPlace(self.name, record.line), cells, text)
            elif record.more:
                self._source.back(record)
            else:
                yield Refused(
                    "torn-row", _torn(record, len(cells), width), RowPlace(self.name, record.line), _ended(text)
                )


def _torn(record: _Record, cells: int, width: int) -> str:
    if record.torn or _outside_quotes(record.text).endswith('"'):
        return "a quote is left open"
    return f"{cells} cells, and the header has {width}"


class _Record(NamedTuple):
    line: int
    text: str
    more: tuple[str, ...] = ()  # the lines behind the first, if a quoted cell runs over them
    torn: bool = False  # the quotes never close


class _Source:
    """Lines put together to records; a record that does not hold can be given back line by line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[str] = deque()
        self._number = 0
        self._alone = 0  # lines up to this one are records of their own

    def _next(self) -> str | None:
        self._number += 1
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def record(self) -> _Record | None:
        """The next record, None at the end."""
        first = self._next()
        number = self._number
        if first is None:
            return None
        if first.count('"') % 2 == 0 or number <= self._alone:
            return _Record(number, first, torn=first.count('"') % 2 == 1 and _opens(first))
        return self._longer(number, first)

    def _longer(self, number: int, first: str) -> _Record:
        held: list[str] = []
        size = len(first)
        while (line := self._next()) is not None:
            held.append(line)
            size += len(line)
            if line.count('"') % 2:
                return _Record(number, first + "".join(held), tuple(held))
            if len(held) > _LINES or size > _CHARACTERS:
                break
        self._waiting.extendleft(reversed(held))
        self._number = number
        return _Record(number, first, torn=_opens(first))

    def back(self, record: _Record) -> None:
        """Give a record of several lines back: its first line is a record of its own, the others are read anew."""
        first = record.text[: len(record.text) - sum(map(len, record.more))]
        self._waiting.extendleft(reversed((first, *record.more)))
        self._number = record.line - 1
        self._alone = record.line


def _opens(line: str) -> bool:
    """Whether the open quote of a line begins a cell, and is not just a sign for inches."""
    at = line.rfind('"')
    return at == 0 or line[at - 1] in _DELIMITERS or line[at - 1] == '"'


def _cells(text: str, delimiter: str) -> list[str]:
    if '"' not in text:
        return text.rstrip("\r\n").split(delimiter)
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return [text]


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[::2])


def _ended(text: str) -> str:
    return text if text.endswith(("\n", "\r")) else text + "\n"


def normal(name: str) -> str:
    """A name of a column without what differs between exports: case, spaces, underscores."""
    return " ".join(name.replace("_", " ").replace("\ufeff", "").casefold().split())


def cell(row: TableRow, number: int | None) -> str:
    """The text of one cell, without spaces around it; empty where the table has no such column."""
    return row.cells[number].strip() if number is not None else ""
