"""One file as text, and the way from an offset in it to a line and column."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from ..problems import Place, Problem, problem
from . import limits


class Sheet:
    """A file's name and text; `found` collects the problems of its content, up to a bound."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.found: list[Problem] = []
        self.names: dict[str, str] = {}  # names read so far, so that each is kept once

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, offset: int) -> Place:
        """Line and column (from 1, in code points) of an offset; only a newline ends a line, as in editors."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return Place(self.name, line, offset - self._starts[line - 1] + 1)

    def report(self, code: str, message: str, offset: int, hint: str | None = None, claim: str | None = None) -> None:
        """Add a problem at an offset of the text."""
        self.add(problem(code, message, self.place(offset), hint=hint, claim=claim))

    def add(self, found: Problem) -> None:
        """Add a problem; past the bound one more says that the rest is left out."""
        if len(self.found) < limits.PROBLEMS:
            self.found.append(found)
        elif len(self.found) == limits.PROBLEMS:
            message = f"more than {limits.PROBLEMS:,} problems in this file; those that follow are left out"
            self.found.append(problem("limit", message, found.place, hint="mend the first ones, then look again"))
