"""What a command was asked to write, before it can be: it plans, says what is missing, and takes answers."""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from ..model import Ledger
from .plan import Missing, Plan

LEFT_OUT = "-"  # what is answered where an empty answer stands for something


@dataclass(frozen=True, kw_only=True)
class Draft(ABC):
    """A request that may be incomplete; each answer makes another draft, so that an earlier one can be gone back to."""

    ledger: Ledger
    today: date
    skipped: frozenset[str] = frozenset()  # options that were asked for and left out

    @functools.cached_property
    def planned(self) -> Plan:
        """The plan, made once."""
        return self.plan()

    @abstractmethod
    def plan(self) -> Plan:
        """What would be written; UsageError or RefusedError where it must not be."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The claims of the ledger that it is about."""
        return ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The answers that are needed still."""
        return self.planned.missing

    @property
    def offered(self) -> tuple[Missing, ...]:
        """The questions that may be left unanswered, asked after those that may not."""
        return ()

    @property
    def is_interpreted(self) -> bool:
        """Whether what was typed leaves to the program which claim is meant, or what becomes of it."""
        return False

    @property
    def question(self) -> Missing | None:
        """The next question; None where nothing is left to ask."""
        open_ = (one for one in self.offered if one.option not in self.skipped)
        return next(iter(self.missing), None) or next(open_, None)

    def with_answer(self, text: str) -> Self:
        """The draft with the answer to its question; an empty one leaves out what may be left out."""
        asked = self.question
        assert asked is not None
        if asked.optional and asked not in self.missing and (text == LEFT_OUT or not (text or asked.default)):
            return replace(self, skipped=self.skipped | {asked.option})
        return self._answered(asked, text or asked.default)

    @abstractmethod
    def _answered(self, asked: Missing, text: str) -> Self:
        """The draft with an answer; it is empty only where the plan itself asks what may be left out."""
