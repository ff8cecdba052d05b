"""Whether a file can be sound as a whole though one of its claims cannot be composed alone."""

from __future__ import annotations

from .composer import compose
from .lines import Broken
from .pieces import Piece

_FURTHER = 8  # times as much text is looked at when a claim ends too early


def fails_anyway(text: str, piece: Piece, last: int, broken: Broken) -> bool:
    """Whether the whole text fails as its piece does; `last` is where the last piece ends.

    A parser that gave up before the end of a text would have done so in a longer one too; a quote that is not
    closed in its claim is sought further on.
    """
    length = piece.end - piece.start
    found: Broken | None = broken
    while found is not None and found.code == "syntax":
        if text[piece.start + found.found_at : piece.start + length].strip():
            return True
        if piece.start + length == last:
            return not text[last:].strip()
        length = min(length * _FURTHER, last - piece.start)
        found = _fault(text[piece.start : piece.start + length])
    return False


def _fault(text: str) -> Broken | None:
    """Why a text cannot be composed; None where it can be."""
    try:
        compose(text)
    except Broken as broken:
        return broken
    return None
