"""A line of progress on a terminal, on stderr; off a terminal there is none."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from ..numbers import percent

_EVERY = 50
_WIDTH = 24
_PATIENCE = 1.0  # seconds that nobody needs to be told about


class Progress:
    """Shows how much of `total` is done while its block runs, and clears the line at the end."""

    def __init__(self, words: str, total: int = 1) -> None:
        self._words, self._total = words, max(total, 1)
        self._seen = sys.stderr.isatty()
        self._shown = self._seen and total > _EVERY
        self._began = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int) -> None:
        """Show how much is done."""
        if self._shown and done % _EVERY == 0:
            self._show(min(done / self._total, 1.0))

    def share(self, share: float) -> None:
        """Show this share of what is done, once a second has passed."""
        if self._seen and time.monotonic() - self._began > _PATIENCE:
            self._shown = True
            self._show(share)

    def _show(self, share: float) -> None:
        bar = "█" * round(share * _WIDTH)
        print(f"\r{self._words} {bar:░<{_WIDTH}} {percent(share):>4}", end="", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print(f"\r{'':{len(self._words) + _WIDTH + 8}}\r", end="", file=sys.stderr, flush=True)
