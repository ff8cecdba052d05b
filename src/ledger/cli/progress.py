"""A line of progress on a terminal, on stderr; off a terminal there is none."""

from __future__ import annotations

import sys
from types import TracebackType

from ..numbers import percent

_EVERY = 50
_WIDTH = 24


class Progress:
    """Shows how much of `total` is done while its block runs, and clears the line at the end."""

    def __init__(self, words: str, total: int) -> None:
        self._words, self._total = words, max(total, 1)
        self._shown = sys.stderr.isatty() and total > _EVERY

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int) -> None:
        """Show how much is done."""
        if self._shown and done % _EVERY == 0:
            share = min(done / self._total, 1.0)
            bar = "█" * round(share * _WIDTH)
            print(f"\r{self._words} {bar:░<{_WIDTH}} {percent(share):>4}", end="", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print(f"\r{'':{len(self._words) + _WIDTH + 8}}\r", end="", file=sys.stderr, flush=True)
