"""Where a quoted text or a bracket that opens at an offset is closed again."""

from __future__ import annotations

import re

_INSIDE = re.compile(r"[\[\]{}]|(?<=[\[{,:\s])[\"']|(?<=\s)#[^\n]*")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")


class Unclosed(Exception):
    """What opens is never closed."""


def after_quoted(text: str, at: int) -> int:
    """The offset behind the quoted text that opens at `at`."""
    found = (_DOUBLE if text[at] == '"' else _SINGLE).match(text, at)
    if found is None:
        raise Unclosed
    return found.end()


def after_flow(text: str, at: int) -> int:
    """The offset behind the bracket that closes the one at `at`."""
    depth = 0
    while True:
        found = _INSIDE.search(text, at)
        if found is None:
            raise Unclosed
        sign, at = found[0][0], found.end()
        if sign in "\"'":
            at = after_quoted(text, found.start())
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth == 0:
                return at
