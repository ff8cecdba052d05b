"""Checks of what comes in, shared by every score: one wording for each mistake, nothing mended silently."""

from __future__ import annotations

import math
from collections.abc import Sequence


def probability(value: float, name: str) -> float:
    """Return `value` as a float in 0..1; ValueError names `name` otherwise (also for NaN)."""
    try:
        inside = 0 <= value <= 1
    except TypeError:  # None, or a row of a table
        inside = False
    if not inside:
        raise ValueError(f"{name} is {value}: a probability lies in 0..1")
    return float(value)


def probabilities(values: Sequence[float]) -> list[float]:
    """Return the stated probabilities as floats; ValueError names the first one outside 0..1."""
    return [probability(value, f"probabilities[{i}]") for i, value in enumerate(values)]


def outcome(value: float, name: str) -> int:
    """Return an outcome as 0 or 1; anything but 0, 1, False or True is a ValueError."""
    if value not in (0, 1):
        raise ValueError(f"{name} is {value!r}: an outcome is 0 or 1, False or True")
    return int(value)


def forecasts(stated: Sequence[float], outcomes: Sequence[float]) -> tuple[list[float], list[int]]:
    """Return both lists checked; ValueError if a value is out of range or the lengths differ."""
    chances, came_true = listed(stated), listed(outcomes)
    same_length(probabilities=chances, outcomes=came_true)
    return probabilities(chances), [outcome(value, f"outcomes[{i}]") for i, value in enumerate(came_true)]


def repeated(
    stated: Sequence[float], outcomes: Sequence[float], counts: Sequence[float] | None
) -> list[tuple[float, int, int]]:
    """Return (probability, outcome, how often) of each row, those made 0 times left out."""
    chances, came_true = forecasts(stated, outcomes)
    if counts is None:
        return [(p, y, 1) for p, y in zip(chances, came_true, strict=True)]
    times = listed(counts)
    same_length(probabilities=chances, outcomes=came_true, counts=times)
    often = [count(value, f"counts[{i}]") for i, value in enumerate(times)]
    return [(p, y, n) for p, y, n in zip(chances, came_true, often, strict=True) if n]


def same_length(**lists: Sequence[object]) -> None:
    """Raise ValueError unless all the named lists are equally long."""
    if len({len(values) for values in lists.values()}) > 1:
        lengths = " but ".join(f"{len(values)} {name}" for name, values in lists.items())
        raise ValueError(f"{lengths}: they belong together one by one")


def count(value: float, name: str) -> int:
    """Return a count as an int; ValueError unless it is whole and not negative."""
    checked = number(value, name)
    if not (checked >= 0 and math.isfinite(checked) and checked == int(checked)):
        raise ValueError(f"{name} is {value}: a count is a whole number, 0 or more")
    return int(value)


def hits_of(hits: float, n: float, name: str = "hits") -> tuple[int, int]:
    """Return (hits, n) as ints; ValueError unless 0 <= hits <= n."""
    checked, total = count(hits, name), count(n, "n")
    if checked > total:
        raise ValueError(f"{name} is {checked}, more than n, which is {total}")
    return checked, total


def level_of(level: float) -> float:
    """Return a level strictly between 0 and 1; ValueError otherwise."""
    if not 0 < number(level, "level") < 1:
        raise ValueError(f"level is {level}: it lies between 0 and 1, as 0.95")
    return float(level)


def finite(value: float, name: str) -> float:
    """Return a finite number as a float; ValueError for NaN and infinities."""
    checked = number(value, name)
    if not math.isfinite(checked):
        raise ValueError(f"{name} is {value}: a finite number is needed")
    return checked


def number(value: float, name: str) -> float:
    """Return a number as a float, NaN and infinities too; ValueError for None, text, or a row of a table."""
    try:
        if isinstance(value, str | bytes):
            raise TypeError
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}: a number is needed") from None


def moment(value: object) -> object:
    """Return a day or an instant of numpy as one of Python's; anything else as it is."""
    if getattr(getattr(value, "dtype", None), "kind", None) != "M":
        return value
    found = value.item()  # type: ignore[attr-defined]
    return value.astype("datetime64[us]").item() if isinstance(found, int) else found  # type: ignore[attr-defined]


def listed(values: Sequence[float]) -> Sequence[float]:
    """Return a column as a plain sequence: one already, or what numpy, pandas and polars hold."""
    to_list = getattr(values, "tolist", None) or getattr(values, "to_list", None)
    found = to_list() if to_list is not None else values
    try:
        return found if isinstance(found, list | tuple) else list(found)
    except TypeError:
        raise ValueError(f"{values!r} is no column: a sequence of numbers is needed") from None


def numbers(values: Sequence[float], name: str = "values") -> list[float]:
    """Return a column of numbers as Python floats; ValueError names what is none."""
    return [number(value, f"{name}[{i}]") for i, value in enumerate(listed(values))]


def counted(stated: Sequence[float], counts: Sequence[float] | None) -> list[tuple[float, int]]:
    """Return (probability, how often it was stated) pairs, those stated 0 times left out."""
    checked = probabilities(numbers(stated, "probabilities"))
    if counts is None:
        return [(p, 1) for p in checked]
    times = numbers(counts, "counts")
    same_length(probabilities=checked, counts=times)
    often = [count(value, f"counts[{i}]") for i, value in enumerate(times)]
    return [(p, n) for p, n in zip(checked, often, strict=True) if n]
