"""What of a base could not be read, so that nobody can say whether it stands still."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from .. import fields
from ..model import Ledger
from ..problems import Problem

# What a problem of these codes stands at was not read as it was written, or not at all.
_UNREAD = {"syntax", "yaml-feature", "limit", "bad-include", "duplicate-key", "duplicate-id", "missing-key"}
_UNREAD |= {"bad-value", "bad-period", "control-character"}
_FREE = frozenset(field.key for field in fields.CLAIM if not field.frozen)


class Gap(NamedTuple):
    """Something of the base that could not be compared, and why; `claim` is its id, where that is known."""

    message: str
    claim: str | None = None


def unread_since(base: Ledger, new: Ledger) -> dict[str, Gap]:
    """What of the base could not be read, by claim or place, and is not unread for the same reason still."""
    there = {fact.id: number for number, fact in enumerate(base.facts)} if base.problems else {}
    here = {fact.id: number for number, fact in enumerate(new.facts)} if base.problems else {}
    still = {(problem.code, problem.message, problem.place) for problem in new.problems}
    found: dict[str, Gap] = {}
    for problem in base.problems:
        name, place = problem.claim, problem.place
        if not hides(base, problem):
            continue
        stands = name is not None and name in there and name in here
        if stands and problem.code != "duplicate-id" and same_piece(base, there[name or ""], new, here[name or ""]):
            continue
        # What is included may have been mended under the same line; a pattern that met no file hid nothing.
        is_same = (problem.code, problem.message, place) in still or problem.message.endswith("matches no file")
        if is_same and _text(base, place.file) == _text(new, place.file):
            continue
        file, line, column = place
        found.setdefault(name or f"{file}:{line}", Gap(f"{file}:{line}:{column}: {problem.message}", name))
    return found


def same_piece(base: Ledger, old: int, new: Ledger, number: int) -> bool:
    """Whether two claims have the same text; False where that cannot be told."""
    one, other = base.spots[old], new.spots[number]
    if one.start < 0 or other.start < 0:
        return False
    before, after = base.texts[one.file].text, new.texts[other.file].text
    return before[one.start : one.end] == after[other.start : other.end]


def hides(base: Ledger, problem: Problem) -> bool:
    """Whether a problem of the base means that something that decides was not read there."""
    if problem.code == "unknown-key":
        return problem.claim is None
    return problem.code in _UNREAD and not (problem.claim and _is_free(base, problem))


def _is_free(base: Ledger, problem: Problem) -> bool:
    """Whether a problem stands in a field of the claim that may change, whatever is in that field."""
    file, line, _ = problem.place
    number = next((number for number, text in enumerate(base.texts) if text.name == file), -1)
    spot = bisect_left(base.spots, number, key=lambda one: one.file)
    if not 0 <= spot < len(base.spots) or base.spots[spot].file != number:
        return False
    dash = base.spots[spot].column - 1  # that of every claim of the file
    lines = base.texts[number].text.split("\n", line)[:line][::-1]
    first = next((at for at, one in enumerate(lines) if one[dash : dash + 2] == "- " and not one[:dash].strip()), None)
    if first is None:
        return False
    column = len(lines[first]) - len(lines[first][dash + 1 :].lstrip())
    for one in lines[: first + 1]:
        own = one[column:] if one is lines[first] or not one[:column].strip() else ""
        if own[:1].strip() not in ("", "#"):
            return own.partition(":")[0].rstrip() in _FREE
    return False


def _text(ledger: Ledger, name: str) -> str | None:
    return next((text.text for text in ledger.texts if text.name == name), None)
