"""Probabilities as people and platforms write them -> a number from 0 to 1, on a scale that somebody stated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Scale = Literal["0-1", "0-100"]
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")


class NoProbabilityError(ValueError):
    """A text that is no probability on the scale stated."""


@lru_cache(maxsize=65536)
def probability(text: str, scale: Scale | None) -> float:
    """Read a probability; a number with a percent sign needs no scale. NoProbabilityError says what is wrong."""
    bare = text.strip()
    signed = bare.endswith("%")
    number = bare.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(number):
        raise NoProbabilityError(_reason(bare))
    if scale is None and not signed:
        raise NoProbabilityError(f"{bare[:40]!r} has no percent sign: give --scale 0-1 or --scale 0-100")
    value = float(number.replace(",", "."))
    if signed or scale == "0-100":
        value = _hundredth(value)
    if not 0 <= value <= 1:
        raise NoProbabilityError(_beyond(bare, None if signed else scale))
    return value


def _hundredth(value: float) -> float:
    """A hundredth without the dust of a division: 7 is 0.07."""
    return float(f"{value / 100:.15g}")


def _reason(text: str) -> str:
    if not text:
        return "no probability"
    if text[0] in "<>≤≥~":
        return f"{text[:40]!r} is a bound and no probability: words belong in probability_words"
    return f"{text[:40]!r} is no probability"


def _beyond(text: str, scale: Scale | None) -> str:
    if scale == "0-1":
        return f"{text[:40]!r} is not between 0 and 1: is the scale 0-100?"
    return f"{text[:40]!r} is not between 0 and 100"
