"""What other readers make of a text, and which of its lines are gone: the judges of an edit."""

from __future__ import annotations

from typing import Any

import yaml


def data_of(text: str) -> Any:
    """All values as written, as the C parser reads them."""
    return yaml.load(text.removeprefix("\ufeff"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def data_by_the_pure_parser(text: str) -> Any:
    """The same by the parser written in Python; None where it refuses a tab before a comment."""
    try:
        return yaml.load(text.removeprefix("\ufeff"), Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return None


def gone(before: str, after: str) -> list[str]:
    """The lines of the old text that are not in the new one, the new lines being in one place."""
    end = "\r" if "\r" in before and "\n" not in before else "\n"
    old, new = before.split(end), after.split(end)
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        top += 1
    bottom = 0
    while bottom < min(len(old), len(new)) - top and old[-1 - bottom] == new[-1 - bottom]:
        bottom += 1
    return old[top : len(old) - bottom]
