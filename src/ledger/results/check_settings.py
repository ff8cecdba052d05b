"""What a check looks for; by itself, since what was found before is told again without looking."""

from __future__ import annotations

from typing import NamedTuple

from ..periods import Span
from ..problems import CODES

RECHECK = Span(30, "d")


class Settings(NamedTuple):
    """What is looked for and how much it weighs. `select` is None for every code.

    `fail_on` are codes that count as errors whatever they are; `asked` are those the user named to see them.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    fail_on: frozenset[str] = frozenset()
    strict: bool = False
    recheck: Span = RECHECK
    asked: frozenset[str] = frozenset()

    def codes(self) -> frozenset[str]:
        """The codes that are looked for."""
        return (frozenset(CODES) if self.select is None else self.select) - self.ignore
