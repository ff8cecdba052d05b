"""Colours: the 16 of ANSI, so that the reader's own theme decides; none that fades on white or black."""

from __future__ import annotations

from functools import cache

STATUS_STYLES = {
    "open": "cyan",
    "overdue": "bold red",
    "undated": "dim",
    "hit": "green",
    "late": "magenta",
    "miss": "red",
    "partly": "bold magenta",
    "void": "dim",
    "unjudged": "cyan",
    "true": "green",
    "false": "red",
    "awaiting": "cyan",
    "withdrawn": "red",
}

SEVERITY_STYLES = {"error": "bold red", "warning": "bold magenta", "note": "bold cyan"}

_CODES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "reverse": "7",
    "black": "30",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
    "white": "37",
}


@cache
def ansi(style: str) -> tuple[str, str]:
    """What turns a style such as `bold red` on, and off again; KeyError for a word that is no style."""
    if not style:
        return "", ""
    return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m", "\x1b[0m"


def paint(text: str, style: str) -> str:
    """The text between its style's sequences; it must be harmless already."""
    on, off = ansi(style)
    return on + text + off if text else text
