"""What the columns of a foreign table may be: proposed to somebody who can say, and never taken silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .sources import Member
from .tables import HeaderTable, TableRow, cell, normal

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "claim id", "question id"),
    "claim": ("claim", "question", "question title", "prediction", "statement", "title", "event"),
    "speaker": ("speaker", "who", "person", "name", "author", "predictor", "said by"),
    "by": ("by", "forecaster", "user", "username", "user id", "forecast by", "created by"),
    "said": ("said", "said on", "date", "date made", "made", "created", "asked", "predicted on"),
    "deadline": ("deadline", "due", "by when", "resolve by", "resolution date", "close date", "closes", "ends"),
    "probability": ("probability", "forecast", "forecast%", "p", "prob", "confidence", "chance", "credence", "%"),
    "date": ("date", "timestamp", "time", "created at", "forecast date", "when"),
    "outcome": ("outcome", "result", "resolution", "resolved", "happened?", "true?", "correct"),
    "judged": ("judged", "resolved at", "resolved on", "judged on"),
    "source": ("source", "where", "publication"),
    "topics": ("topics", "topic", "tags", "category", "categories"),
    "note": ("note", "notes", "comment", "comments"),
}


def guessed(header: list[str]) -> dict[str, str]:
    """The map that the names of columns suggest; empty if they suggest none."""
    found = _guess(header)
    if "by" in found and "date" not in found and "said" in found:
        found["date"] = found.pop("said")
    return found if "claim" in found else {}


def as_option(mapping: Mapping[str, str]) -> str:
    """A map as it is given on the command line."""
    pairs = [f"{key}={column}" for key, column in mapping.items()]
    return ",".join(f'"{pair}"' if " " in pair else pair for pair in pairs)


def _guess(header: Sequence[str]) -> dict[str, str]:
    """Which column may stand for which field, by what columns are usually called."""
    found: dict[str, str] = {}
    for field, names in COLUMNS.items():
        for name in header:
            if normal(name) in names and name not in found.values():
                found[field] = name
                break
    return found


class GuessedScale(NamedTuple):
    """Between which numbers a column runs, and the scale that looks like; empty if it holds no numbers."""

    scale: str
    low: float = 0
    high: float = 0


def scale_of(member: Member, column: str) -> GuessedScale | None:
    """The scale that the first thousand rows of a column suggest; None where each has a percent sign."""
    table = HeaderTable(member)
    at = table.needed(column)
    values = [
        text
        for row, _ in zip(table.rows(), range(1000), strict=False)
        if isinstance(row, TableRow)
        for text in (cell(row, at),)
        if text
    ]
    if values and all(text.endswith("%") for text in values):
        return None
    numbers = [float(text) for text in (value.replace(",", ".").rstrip("% ") for value in values) if is_number(text)]
    if not numbers:
        return GuessedScale("")
    return GuessedScale("0-1" if max(numbers) <= 1 else "0-100", min(numbers), max(numbers))


def is_number(text: str) -> bool:
    """Whether a text is a number as programs write it, of a sane length."""
    if len(text) > 40:
        return False
    try:
        float(text)
    except ValueError:
        return False
    return True
