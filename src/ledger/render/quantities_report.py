"""Quantities in the report of `score`: each against what was observed, and ranges together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..numbers import NOTHING, between, chance, change, difference, number, percent, points, signed
from ..results.quantities import AtLevel, Measured
from ..results.score import Group, Score
from .reports import Head, Part, Section, group_head, group_name, meaning


def quantities(found: Score, groups: Sequence[Group]) -> Iterator[Part]:
    """Each quantity against what was observed, and where the values fell in their ranges."""
    if not found.quantities:
        return
    levelled = any(one.interval_score is not None for one in found.quantities)
    pointed = any(one.point is not None for one in found.quantities)
    heads = [
        Head("claim", right=False, style="bold", lead=True, wrap=True),
        Head("said"),
        Head("value"),
        Head("verdict", right=False),
        Head("delivered"),
        Head("log ratio"),
        *([Head("point"), Head("off by"), Head("relative")] if pointed else []),
        *([Head("score")] if levelled else []),
    ]
    rows = []
    for one in found.quantities:
        level = f" at {points(one.level)}" if one.level is not None and one.level_stated else ""
        row = [
            one.id,
            (_range(one.low, one.high) if one.low is not None or one.high is not None else f"{one.point:,}") + level,
            f"{one.value:,}",
            one.verdict,
            percent(one.delivered, 1),
            signed(one.log_ratio),
        ]
        row += _off_by(one) if pointed else []
        rows.append([*row, number(one.interval_score, 2)] if levelled else row)
    notes = [meaning("delivered", "Delivered"), meaning("log_ratio", "Log ratio")]
    if pointed:
        notes.append(meaning("point_error", "Off by"))
    if levelled:
        notes.append(meaning("interval_score", "Score (interval score, log scale)"))
    yield Section("Quantities", heads, rows, notes)
    ranges = [group for group in groups if group.quantities.n_range]
    if ranges:
        yield _ranges(found, ranges)


def _off_by(one: Measured) -> list[str]:
    """The one number that was said, and how far off it was."""
    if one.point is None:
        return [NOTHING] * 3
    return [f"{one.point:,}", difference(one.error), change(one.relative_error)]


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _ranges(found: Score, groups: Sequence[Group]) -> Section:
    heads = [
        group_head(found.by),
        Head("ranges"),
        Head("below"),
        Head("inside"),
        Head("above"),
        Head("share", style="bold"),
        Head(points(found.terms.level)),
        Head("sign test"),
        Head("score"),
    ]
    rows = [
        [
            group_name(group.group, found.by),
            *(f"{count:,}" for count in (group.quantities.n_range, group.quantities.below)),
            *(f"{count:,}" for count in (group.quantities.inside, group.quantities.above)),
            percent(group.quantities.share_inside),
            between(group.quantities.interval),
            chance(group.quantities.sign_test),
            number(group.quantities.interval_score, 2),
        ]
        for group in groups
    ]
    notes = [meaning("share_inside", "Share"), meaning("sign_test", "Sign test")]
    levels = [
        f"{group_name(group.group, found.by)}, {_level_of(level)}."
        for group in groups
        for level in group.quantities.levels
    ]
    if levels:
        notes += [*levels, meaning("declared_level", "Chance")]
    if not any(group.quantities.n_level for group in groups):
        notes.append(f"Score {NOTHING}: no level was stated; --range-level 0.8 scores ranges as if it were 80%.")
    return Section("Ranges", heads, rows, notes)


def _level_of(level: AtLevel) -> str:
    """What ranges of one level came to; a level that nobody stated is called assumed."""
    whose = "said to hold" if level.stated else "assumed to hold"
    score = (
        f", mean score {number(level.interval_score, 2)} ({level.scale})" if level.interval_score is not None else ""
    )
    tested = f"chance {chance(level.p_value)}" if level.p_value is not None else "too few series for a test"
    return f"ranges {whose} at {points(level.level)}: {level.inside} of {level.n} inside, {tested}{score}"
