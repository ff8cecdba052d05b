"""When two values mean the same, when they differ in wording alone, and how they are told in a few words."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import Any

from ..model import Quantity
from ..numbers import points
from ..periods import Period
from ..text import shorten

_SETS = ("topics", "depends_on", "see_also", "also_by", "fields")
_LONGEST = 80
_CONTEXT = 24
# A sign beside a digit may be part of the number: 1.5 is not 15, and -5 is not 5.
_DASHES = re.compile(r"[-\u2010-\u2015](?!\d)")
_QUOTES = r"[!?\u2026\"'`\u2018-\u201f\u00ab\u00bb\u2039\u203a()\[\]]"  # between digits too: 5'10 is not 510
_MARKS = re.compile(rf"[.,:;](?!\d)|(?<!\d){_QUOTES}|{_QUOTES}(?!\d)")


def meaning(value: Any, key: str = "") -> Any:
    """A value such that two are equal if they mean the same; `key` names the field."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Period):
        return (value.start, value.end, value.approximate)
    if isinstance(value, float):
        return float(f"{value:.12g}")  # 33.3% and 0.333
    if isinstance(value, tuple):
        names: tuple[str, ...] = getattr(value, "_fields", ())
        if names:
            return tuple(meaning(part, name) for part, name in zip(value, names, strict=True))
        parts = tuple(meaning(part) for part in value)
        return frozenset(parts) if key in _SETS else parts
    return value


def is_reworded(before: Any, after: Any) -> bool:
    """Whether two texts differ in punctuation, case, quotation marks or spaces alone."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return False
    return _letters(before) == _letters(after)


def _letters(text: str) -> str:
    plain = _DASHES.sub(" ", _plain(text))
    return " ".join(_MARKS.sub("", plain).casefold().split())


def _plain(text: str) -> str:
    """The text in one form of Unicode; a raised digit or a fraction is no digit: 10² is not 102."""
    whole = unicodedata.normalize("NFKC", text)
    if whole == text or not any(_is_number(char) for char in text):
        return whole
    parts = (char if _is_number(char) else unicodedata.normalize("NFKC", char) for char in text)
    return unicodedata.normalize("NFC", "".join(parts))


def _is_number(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) == "No"


def told_both(before: Any, after: Any, key: str = "") -> tuple[str, str]:
    """Two values in a few words each; long texts from shortly before the place where they part."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return told(before, key), told(after, key)
    one, other = " ".join(before.split()), " ".join(after.split())
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = one.rfind(" ", 0, max(same - _CONTEXT, 0)) + 1
    if max(len(one), len(other)) <= _LONGEST or start == 0:
        return told(one), told(other)
    return _quoted("…" + shorten(one[start:], _LONGEST)), _quoted("…" + shorten(other[start:], _LONGEST))


def _quoted(text: str) -> str:
    return f"“{text}”" if " " in text else text


def told(value: Any, key: str = "") -> str:
    """A value in a few words, as one line; `key` names the field."""
    if value in (None, ()):
        return {"deadline": "none", "said": "unknown"}.get(key, "absent")
    if isinstance(value, Period):
        return value.text
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, str):
        return _quoted(shorten(" ".join(value.split()), _LONGEST))
    if isinstance(value, float) and key == "probability":
        return points(value)
    if isinstance(value, tuple):
        return shorten(", ".join(str(part) for part in value), _LONGEST)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _quantity(value: Quantity) -> str:
    parts = [
        f"at least {value.at_least:,}" if value.at_least is not None else "",
        f"at most {value.at_most:,}" if value.at_most is not None else "",
        f"range {value.range[0]:,} to {value.range[1]:,}" if value.range is not None else "",
        f"level {points(value.level)}" if value.level is not None else "",
    ]
    return " ".join(filter(None, (", ".join(filter(None, parts)), value.unit or "")))
