"""A page of Markdown -> entries, rows of tables and prose, each with its place; lines that go on are put together."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from .proposals import RowPlace

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ENTRY = re.compile(r"\s*(?:[-*+•]\s+|\d{1,4}\\?[.)]\s+)")
_SET_ENTRY = re.compile(r"\s*(?:\*{1,3}|_{1,3}|~~|<[a-zA-Z][^>]*>)+\s*\d{1,4}\\?[.)]\s*\S")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_TITLE = re.compile(r"(\*\*|__)(?P<title>[^*_%]+)\1:?$")
_INLINE = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"\*\*|__|~~|</?[a-zA-Z][^>]*>|(?<!\w)[*_]|[*_](?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>:])")
CHANCE = re.compile(
    r"(?:(?P<apart>[:(,–—-])\s*|\s)\(?(?P<bound>[<>≤≥~]\s*)?(?P<number>\d{1,3}(?:[.,]\d+)?)\s*%\)?[\s.;]*$"
)
Kind = Literal["entry", "row", "prose", "below"]


class PageBlock(NamedTuple):
    """One entry of a list or numbered line, row of a table, line of prose, or line right below an entry."""

    kind: Kind
    place: RowPlace
    text: str
    raw: str
    topic: str
    header: Sequence[str] = ()
    cells: Sequence[str] = ()


def bare(text: str) -> str:
    """Text without markup."""
    plain = _MARKUP.sub("", _INLINE.sub(r"\1", text))
    return " ".join(html.unescape(_ESCAPED.sub(r"\1", plain)).split())


def title_of(lines: Sequence[str], otherwise: str) -> str:
    """The first heading of a page."""
    found = (_HEADING.match(line.strip()) for line in lines)
    return next((bare(match[2]) for match in found if match is not None), otherwise)


def blocks(lines: Sequence[str], name: str) -> Iterator[PageBlock]:
    """The blocks of a page; headings, and lines in bold alone, are the topic of what stands below them."""
    return _Page(lines, name).blocks()


class _Page:
    def __init__(self, lines: Sequence[str], name: str) -> None:
        self._lines, self._name = lines, name
        self._topic = ""
        self._header: list[str] | None = None
        self._open: PageBlock | None = None  # an entry that the next line may go on with
        self._below = False  # whether an entry stands right above

    def blocks(self) -> Iterator[PageBlock]:
        fenced = False
        for number, raw in enumerate(self._lines):
            text = raw.strip()
            if text.startswith("```"):
                fenced = not fenced
            if fenced or not text or self._is_title(text):
                yield from self._closed()
                self._header, self._below = None, False
                continue
            yield from self._line(number, raw, text)
        yield from self._closed()

    def _is_title(self, text: str) -> bool:
        heading = _HEADING.match(text)
        if heading is not None:
            self._topic = bare(heading[2]) if len(heading[1]) > 1 else ""
            return True
        title = _TITLE.match(text)
        if title is not None and not _SET_ENTRY.match(text):
            self._topic = bare(title["title"]).strip(":")
            return True
        return text.startswith("```")

    def _closed(self) -> Iterator[PageBlock]:
        if self._open is not None:
            yield self._open
            self._open = None

    def _line(self, number: int, raw: str, text: str) -> Iterator[PageBlock]:
        place = RowPlace(self._name, number + 1)
        if "|" in text and (self._header is not None or self._begins_table(number)):
            yield from self._closed()
            yield from self._row(place, raw, text)
            return
        self._header = None
        match = _ENTRY.match(raw)
        if match is not None or _SET_ENTRY.match(raw):
            yield from self._closed()
            body = raw[match.end() :].strip() if match is not None else text
            self._open, self._below = PageBlock("entry", place, body, raw, self._topic), True
        elif self._open is not None and not CHANCE.search(bare(self._open.text)):
            self._open = self._open._replace(text=f"{self._open.text} {text}", raw=self._open.raw + raw)
        else:
            yield from self._closed()
            yield PageBlock("below" if self._below else "prose", place, text, raw, self._topic)

    def _begins_table(self, number: int) -> bool:
        after = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        return "|" in after and _RULE.fullmatch(after.rstrip("\r\n")) is not None

    def _row(self, place: RowPlace, raw: str, text: str) -> Iterator[PageBlock]:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text.removeprefix("|").removesuffix("|"))]
        if self._header is None:
            self._header = [bare(cell).casefold() for cell in cells]
        elif not _RULE.fullmatch(text):
            yield PageBlock("row", place, text, raw, self._topic, self._header, cells)
