"""Measuring and breaking text in terminal cells: CJK and emoji take two, combining marks none."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...text import isolated

# Each of these takes one cell alone and changes no neighbour, so that counting characters will do.
_NARROW = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482‐-‧‰-⁞₠-₿─-▟]*")
_LONGEST_CLUSTER = 64
_EMOJI_TAIL = re.compile("[\U0001f3fb-\U0001f3ff]")


class Cell(NamedTuple):
    """A text with its style, such as `bold red`."""

    text: str
    style: str = ""


def narrow(text: str) -> bool:
    """Whether the text's width is its number of characters, whatever is cut from it."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def width(text: str) -> int:
    """Columns the text takes; it must hold no control characters."""
    if text.isascii():
        return len(text)
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces to so many columns, before it if it stands at the right."""
    if text.isascii():
        return text.rjust(columns) if right else text.ljust(columns)
    space, shown = " " * (columns - width(text)), isolated(text)
    return space + shown if right else shown + space


def clipped(text: str, columns: int, mark: str) -> str:
    """The text in so many columns, cut with a mark behind it where it is longer."""
    if width(text) <= columns:
        return text
    room = columns - len(mark)
    if narrow(text):
        return text[:room].rstrip(" ") + mark
    kept, used = "", 0
    for cluster in _clusters(text[: 2 * room]):
        used += width(cluster)
        if used > room:
            break
        kept += cluster
    return kept.rstrip(" ") + mark


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken at spaces; a longer word is broken at a hyphen or
    slash, or anywhere. Nothing is lost.

    Only a character wider than `columns` stands out. There is always one line.
    """
    if narrow(text):
        return [text] if len(text) <= columns else _wrap_narrow(text.strip(" "), columns)
    return [text] if width(text) <= columns else _wrap_words(text.split(" "), columns)


def wrap_around_addresses(text: str, columns: int) -> list[str]:
    """Like `wrap`, but an address stays in one piece, in a line of its own where it is longer: to follow and copy."""
    lines: list[str] = []
    before: list[str] = []
    for word in text.split(" ") if "://" in text else ():
        if "://" in word and width(word) > columns:
            lines += [*(wrap(" ".join(before), columns) if before else ()), word]
            before = []
        else:
            before.append(word)
    if not lines:
        return wrap(text, columns)
    return [*lines, *(wrap(" ".join(before), columns) if before else ())]


def _wrap_narrow(text: str, columns: int) -> list[str]:
    lines = []
    start, end = 0, len(text)
    while end - start > columns:
        cut = text.rfind(" ", start, start + columns + 1)
        if cut < 0:
            cut = _cut_word(text, start, columns)
        lines.append(text[start:cut].rstrip(" "))
        start = cut
        while text[start] == " ":
            start += 1
    lines.append(text[start:])
    return lines


def _cut_word(text: str, start: int, columns: int) -> int:
    """Where a word too long for a line is cut: after a hyphen or slash if one comes late enough."""
    end = start + columns
    joint = max(text.rfind("-", start, end), text.rfind("/", start, end)) + 1
    return joint if joint - start > columns // 3 else end


def _wrap_words(words: list[str], columns: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for word in filter(None, words):
        size = width(word)
        if line and used + 1 + size <= columns:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if size <= columns:
            lines.append(line)
            line, used = word, size
            continue
        # Only a script written without spaces goes on in the line it finds.
        if line and (size <= len(word) or columns - used < 3):
            lines.append(line)
            line, used = "", 0
        line = f"{line} " if line else ""
        *full, line = _break_word(line, word, columns)
        lines += full
        used = width(line)
    lines.append(line)
    return [line for line in lines if line] or [""]


def _break_word(line: str, word: str, columns: int) -> list[str]:
    lines = []
    used = width(line)
    for cluster in _clusters(word):
        size = width(cluster)
        if used + size > columns and line:
            lines.append(line.rstrip(" "))
            line, used = "", 0
        line += cluster
        used += size
    return [*lines, line]


def _clusters(word: str) -> list[str]:
    """The word in parts that must stay together: a letter with its marks, an emoji with what is joined."""
    clusters: list[str] = []
    for character in word:
        if clusters and _continues(clusters[-1], character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _continues(before: str, character: str) -> bool:
    if character.isascii() or len(before) >= _LONGEST_CLUSTER:
        return False
    if before[-1] == "\u200d" or character in "\u200d\ufe0e\ufe0f" or _EMOJI_TAIL.match(character):
        return True
    if _is_flag_half(character):
        return len(before) == 1 and _is_flag_half(before)
    return width(character) == 0


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
