"""The part of Markdown that our own pages are written in: headings, paragraphs, lists, tables, blocks of code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Style = Literal["plain", "code", "strong"]
_SPAN = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[((?:`[^`]+`|[^\]])+)\]\([^)]+\)")
_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)


class Heading(NamedTuple):
    """A title; that of the page has level 1."""

    level: int
    text: str


class Prose(NamedTuple):
    """A paragraph in one line."""

    text: str


class Items(NamedTuple):
    """A list, a line an item."""

    items: tuple[str, ...]


class Rows(NamedTuple):
    """A table: its header, and its rows of the same length."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Verbatim(NamedTuple):
    """Lines that stay as they are."""

    text: str


Block = Heading | Prose | Items | Rows | Verbatim


class Phrase(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: Style = "plain"


def blocks(page: str) -> list[Block]:
    """What a page consists of, in order; comments are left out."""
    return list(_blocks(_COMMENT.sub("", page)))


def _blocks(page: str) -> Iterator[Block]:
    pieces = re.split(r"^```[a-z]*\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    for number, piece in enumerate(pieces):
        if number % 2:
            yield Verbatim(piece)
            continue
        for part in re.split(r"\n{2,}", piece.strip("\n")):
            if part:
                yield _block(part)


def _block(part: str) -> Block:
    if found := re.fullmatch(r"(#+) (.+)", part):
        return Heading(len(found[1]), found[2])
    if part.startswith("- "):
        return Items(tuple(" ".join(item.split()) for item in re.split(r"^- ", part, flags=re.MULTILINE)[1:]))
    if part.startswith("| "):
        header, _, *rows = [_cells(line) for line in part.splitlines()]
        return Rows(header, tuple(rows))
    return Prose(" ".join(part.split()))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1])


def spans(line: str) -> Iterator[Phrase]:
    """The pieces of a line; of a link its text."""
    end = 0
    for found in _SPAN.finditer(line):
        if found.start() > end:
            yield Phrase(line[end : found.start()])
        if found[1] is not None:
            yield Phrase(found[1], "code")
        elif found[2] is not None:
            yield Phrase(found[2].replace("`", ""), "strong")
        else:
            yield from spans(found[3])
        end = found.end()
    if end < len(line):
        yield Phrase(line[end:])


def bare(line: str) -> str:
    """The line without marks."""
    return "".join(span.text for span in spans(line))


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as it is written on such a page."""
    lines = ["| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |\n" for line in (header, *rows)]
    return "".join([lines[0], "|---" * len(header) + "|\n", *lines[1:]])
