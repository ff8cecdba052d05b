"""Answers of an entry that was left in the middle: kept in the user's cache folder, offered again at the next one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..cache import cache_folder
from ..errors import LedgerError
from ..files import questions
from ..files.questions import absolute
from ..files.reading import read_bytes
from ..files.writing import discard, put

_MARK = b'{"forecast-ledger entry": 1'


class Left:
    """What was answered for a new claim of one ledger; a cache that cannot be written is no reason to stop."""

    def __init__(self, ledger: str, environ: Mapping[str, str] = os.environ) -> None:
        folder = cache_folder(environ)
        self._ledger = absolute(ledger)
        self._path = None if folder is None else Path(folder) / "entry.json"

    def keep(self, answers: dict[str, Any]) -> None:
        """Write down what was answered so far."""
        if self._path is None:
            return
        found = {"forecast-ledger entry": 1, "ledger": self._ledger, "answers": answers}
        with suppress(LedgerError, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            put(str(self._path), json.dumps(found).encode(), own=_is_own)

    def answers(self) -> dict[str, Any] | None:
        """What was answered for this ledger, if an entry was left."""
        if self._path is None:
            return None
        with suppress(LedgerError, OSError, ValueError, TypeError, KeyError):
            found = json.loads(read_bytes(self._path))
            if found["ledger"] == self._ledger and all(_is_whole(found["answers"][key]) for key in _PARTS):
                return dict(found["answers"])
        return None

    def forget(self) -> None:
        """The entry was written, or is not wanted."""
        if self._path is not None and questions.exists(self._path):
            with suppress(LedgerError, OSError):
                discard(str(self._path), own=_is_own)


_PARTS = ("words", "entry", "keys", "usual", "skipped")


def _is_whole(part: object) -> bool:
    """Whether each value is a text or a list of texts; anybody may have written into the cache."""
    if not isinstance(part, dict):
        return False
    return all(isinstance(text, str) for of in part.values() for text in (of if isinstance(of, list) else [of]))


def _is_own(content: bytes) -> bool:
    return content.startswith(_MARK)
