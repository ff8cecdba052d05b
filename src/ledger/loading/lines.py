"""One file as text, and the way from an offset in it to a line and column."""

from __future__ import annotations

from functools import cached_property

from ..problems import Place, Problem, problem
from ..text import nearest
from . import limits

_BLOCK = 4 * 1024  # characters; a list of all lines would outgrow a text of short ones


class Broken(Exception):
    """A text that cannot be composed: `code`, a message, a hint, and the offset of the place in the text.

    `found_at` is the offset at which the parser gave up; `second_document` says that the first one is sound.
    """

    second_document = False
    too_long = False  # it passes a bound by its length, not by its depth

    def __init__(self, code: str, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset
        self.hint = hint
        self.found_at = offset


class Sheet:
    """A file's name and text; `found` collects the problems of its content, up to a bound."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.found: list[Problem] = []
        self.names: dict[str, str] = {}  # names read so far, so that each is kept once
        self.near: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def nearest(self, word: str, choices: tuple[str, ...]) -> list[str]:
        """Choices that look like a word; each is sought once, and not too many, for that is slow."""
        key = word, choices
        if key not in self.near and len(self.near) < limits.NEAREST:
            self.near[key] = nearest(word, choices)
        return self.near.get(key, [])

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """For each block of the text, the line ends before it and the offset of the last of them, -1 without."""
        blocks, count, last = [(0, -1)], 0, -1
        for start in range(0, len(self.text), _BLOCK):
            count += self.text.count("\n", start, start + _BLOCK)
            last = max(last, self.text.rfind("\n", start, start + _BLOCK))
            blocks.append((count, last))
        return blocks

    def place(self, offset: int) -> Place:
        """Line and column (from 1, in code points) of an offset; only a newline ends a line, as in editors."""
        offset = max(0, min(offset, len(self.text)))
        start = offset - offset % _BLOCK
        count, last = self._blocks[offset // _BLOCK]
        count += self.text.count("\n", start, offset)
        last = max(last, self.text.rfind("\n", start, offset))
        return Place(self.name, count + 1, offset - last)

    def report(self, code: str, message: str, offset: int, hint: str | None = None, claim: str | None = None) -> None:
        """Add a problem at an offset of the text."""
        if len(self.found) <= limits.PROBLEMS:
            self.add(problem(code, message, self.place(offset), hint=hint, claim=claim))

    def add(self, found: Problem) -> None:
        """Add a problem; past the bound one more says that the rest is left out."""
        if len(self.found) < limits.PROBLEMS:
            self.found.append(found)
        elif len(self.found) == limits.PROBLEMS:
            message = f"more than {limits.PROBLEMS:,} problems in this file; those that follow are left out"
            self.found.append(problem("limit", message, found.place, hint="mend the first ones, then look again"))
