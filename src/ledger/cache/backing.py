"""Where the rows of a ledger come from: the cache, until one of them turns out to be damaged; then the files."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TypeVar

from ..model import Ledger
from . import Damaged
from .chunks import Layout
from .rowfile import Shelf
from .values import numbers_of

V = TypeVar("V")


class Backing:
    """Where rows come from: the shelf, until one of them is damaged."""

    def __init__(self, shelf: Shelf, reload: Callable[[], Ledger], keep: Callable[[str, bytes], object]) -> None:
        self._shelf = shelf
        self._reload = reload
        self.keep = keep  # one row more
        self._numbers: dict[str, array[int]] = {}
        self._layout: Layout | None = None
        self.real: Ledger | None = None

    def either(self, stored: Callable[[], V], real: Callable[[Ledger], V]) -> V:
        """A value made from rows, or the same one from the files."""
        if self.real is None:
            try:
                return stored()
            except (Damaged, ValueError, TypeError, LookupError, AttributeError):
                self.real = self._reload()
        return real(self.real)

    def take(self, name: str) -> bytes:
        """The bytes of a row; Damaged."""
        return self._shelf.take(name)

    def numbers(self, name: str) -> array[int]:
        """The numbers of a row; Damaged."""
        if name not in self._numbers:
            self._numbers[name] = numbers_of(self.take(name))
        return self._numbers[name]

    def layout(self) -> Layout:
        """Which claims lie in which rows; Damaged."""
        if self._layout is None:
            self._layout = Layout(self.numbers("layout"))
        return self._layout
