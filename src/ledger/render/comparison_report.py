"""Groups of a score side by side, and a score against somebody's forecasts: parts of the report of `score`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ..numbers import between, chance, number, percent
from ..results.against import GRACE, Against
from ..results.score import Group, Score
from ..text import plural
from .reports import Head, Note, Part, Section, group_head, group_name, meaning

_NAMED = 20  # claims that are told by name where not all are asked for


def log_words(value: float | None, misses: int) -> str:
    """A log score; an infinite one with how many certain misses made it so."""
    if value == math.inf:
        return f"inf ({plural(misses, 'certain miss', 'certain misses')})"
    return number(value)


def side_by_side(found: Score, groups: Sequence[Group], *, explain: bool) -> Iterator[Part]:
    """What chance alone does to many intervals, and the shrunk rates where they were asked for."""
    common, shrinkage = found.common_rate, found.shrinkage
    if common is not None:
        yield Note(
            f"Of {plural(common.intervals, 'interval')} {common.missed:,} {'misses' if common.missed == 1 else 'miss'} "
            f"the common rate of {percent(common.rate)}; by chance alone {number(common.expected, 1)} would, and at "
            f"least one in {percent(common.at_least_one)} of such tables."
            f"{' ' + meaning('common_rate') if explain else ''}"
        )
    if shrinkage is not None:
        heads = [group_head(found.by), Head("n"), Head("on time"), Head("shrunk", style="bold"), Head("95%")]
        rows = [
            [
                group_name(group.group, found.by),
                f"{group.n:,}",
                percent(group.rate),
                percent(group.shrunk),
                between(group.interval),
            ]
            for group in groups
        ]
        weight = (
            f"The common rate is {percent(shrinkage.common)} and weighs {number(shrinkage.strength, 1)} claims."
            if shrinkage.strength is not None
            else f"The groups differ by no more than chance: {percent(shrinkage.common)} is the best guess for each."
        )
        yield Section("Shrunk rates", heads, rows, [weight, *([meaning("shrunk", "Shrunk")] if explain else [])])
    left = found.groups_left_out
    if left.min_n:
        yield Note(
            f"{plural(left.min_n, 'group')} with fewer than {found.terms.arrangement.min_n} scored claims left out."
        )
    if left.limit:
        yield Note(f"{plural(left.limit, 'further group')} left out.")


def against_section(found: Score, groups: Sequence[Group], *, explain: bool) -> Iterator[Part]:
    """The hits that somebody's forecasts expected, group by group, and which claims have none."""
    by = found.terms.against
    if by is None or found.whole.selected_by_outcome:
        return
    rows = [
        [
            group_name(group.group, found.by),
            *(f"{count:,}" for count in (one.n, one.n_series, one.hit)),
            number(one.expected, 1),
            chance(one.at_most),
            chance(one.at_least),
            number(one.brier),
            log_words(one.log_score, one.certain_misses),
        ]
        for group in groups
        if (one := group.against) is not None and one.n
    ]
    heads = [group_head(found.by), *map(Head, ("claims", "series", "came true", "expected", "so few", "so many"))]
    notes = _told_against(found, by, explain=explain)
    yield Section(f"Against {by}", [*heads, Head("Brier"), Head("log")], rows, notes)


def against_sentence(name: str, found: Against) -> str:
    """What somebody expected of the claims, what came of it, and how likely that was if he was right."""
    few = found.expected is not None and found.hit <= found.expected
    tail, asked = (found.at_most, "so few") if few else (found.at_least, "so many")
    tested = f"chance of {asked} {chance(tail)}" if tail is not None else "too few series for a test"
    return (
        f"{name} expected {number(found.expected, 1)} hits of {plural(found.n, 'claim')}, {found.hit:,} came: {tested}."
    )


def _told_against(found: Score, by: str, *, explain: bool) -> list[str]:
    whole = found.whole.against
    if whole is None or not whole.n:
        return [f"{by} gave none of the scored claims a probability by the day it was said."]
    notes = [against_sentence(by, whole), *([meaning("against")] if explain else [])]
    if whole.drawn < whole.n and whole.at_most is not None:
        notes.append(f"The chance is over one claim of each series, the one said first: {whole.drawn:,} of them.")
    if whole.late:
        notes.append(f"Given up to {GRACE} days after the claim was said: {', '.join(whole.late)}.")
    if whole.without:
        notes.append(without_sentence(by, whole, most=len(whole.without) if explain else _NAMED))
    return notes


def without_sentence(name: str, found: Against, most: int = _NAMED) -> str:
    """Which scored claims somebody gave no probability in time: how many, and the first of them by name."""
    claims, more = ", ".join(found.without[:most]), len(found.without) - most
    rest = f" and {more:,} more" if more > 0 else ""
    return f"{plural(len(found.without), 'claim')} without a forecast by {name} in time: {claims}{rest}."
