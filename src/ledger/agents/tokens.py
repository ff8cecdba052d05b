"""Permission to write one previewed change: random, kept in memory, good once and for ten minutes."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from ..errors import RefusedError

LIFETIME = 600.0  # seconds
_MOST = 1000  # previews that are remembered


class Bound(NamedTuple):
    """What a token is good for: a call on a day, with these files as they were read, to write these bytes."""

    tool: str
    arguments: str
    day: date
    read: Mapping[str, str]  # digests by file
    planned: Mapping[str, str]


def digest(data: bytes) -> str:
    """The digest by which contents are compared."""
    return sha256(data).hexdigest()


class Tokens:
    """The tokens that are out; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._out: dict[str, tuple[float, Bound]] = {}

    def issue(self, bound: Bound) -> str:
        """A new token for a preview."""
        now = self._clock()
        fresh = [(key, held) for key, held in self._out.items() if held[0] > now]
        self._out = dict(fresh[-_MOST:])
        token = secrets.token_urlsafe(24)
        self._out[token] = now + LIFETIME, bound
        return token

    def take(self, token: str, bound: Bound) -> None:
        """Use a token up; RefusedError where it is not good for exactly this."""
        ends, held = self._out.pop(token, (0.0, None))
        if held is None or ends <= self._clock():
            raise RefusedError("this token was used, is older than ten minutes, or was never given", hint=_ANEW)
        for name, words in _MOVED.items():
            if getattr(held, name) != getattr(bound, name):
                raise RefusedError(f"{words} since the preview; nothing was written", hint=_ANEW)


_ANEW = "preview the change again, look at it, and write it with its own token"
_MOVED: dict[str, Any] = {
    "tool": "the tool is another one",
    "arguments": "the arguments changed",
    "day": "the day changed",
    "read": "a file that was read changed",
    "planned": "what would be written changed",
}
