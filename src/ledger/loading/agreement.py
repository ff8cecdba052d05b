"""Fields of one claim against each other, whatever the day: what contradicts itself when it is read."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..problems import Path
from .nodes import MAPPING, SEQUENCE, Node
from .scalars import BAD
from .values import Values


class Contradiction(NamedTuple):
    """What is wrong with the value at a path of the claim."""

    path: Path
    message: str
    hint: str
    code: str = "bad-value"


def agree(values: Values, node: Node, found: dict[str, Any]) -> None:
    """Report the fields of a claim that cannot stand beside each other."""
    for path, message, hint, code in contradictions(found):
        values.report(code, message, _at(node, path), hint)


def contradictions(found: dict[str, Any]) -> Iterator[Contradiction]:
    """The fields of a claim that cannot stand beside each other; what is BAD has been reported."""
    for key, check in _CHECKS.items():
        if found.get(key):
            yield from check(found)


def _latest(found: dict[str, Any]) -> Iterator[Contradiction]:
    latest, deadline = found["deadline_latest"], found.get("deadline")
    if latest is BAD or deadline is BAD:
        return
    path = ("deadline_latest",)
    if deadline is None:
        yield Contradiction(
            path, "deadline_latest stands beside an open-ended deadline", "remove it, or give the deadline"
        )
    elif latest.end < deadline.end:
        message = f"deadline_latest {latest} is over before the deadline {deadline}"
        yield Contradiction(path, message, "give a later period, or remove it")


def _known_by(found: dict[str, Any]) -> Iterator[Contradiction]:
    known, deadline = found["known_by"], found.get("deadline")
    if known is BAD or deadline is BAD:
        return
    path = ("known_by",)
    if deadline is None:
        yield Contradiction(path, "known_by stands beside an open-ended deadline", "remove it, or give the deadline")
    elif known.end <= deadline.end:
        message = f"known_by {known} is over no later than the deadline {deadline}"
        hint = "give the period after the deadline in which the verdict can be known, or remove it"
        yield Contradiction(path, message, hint)


def _also_by(found: dict[str, Any]) -> Iterator[Contradiction]:
    """Others who said it: never the speaker."""
    if found["also_by"] is BAD:
        return
    for number, name in enumerate(found["also_by"]):
        if name == found.get("speaker"):
            hint = "also_by names the others who said it: remove the name"
            yield Contradiction(("also_by", number), f"{name} is the speaker already", hint)


def _forecasts(found: dict[str, Any]) -> Iterator[Contradiction]:
    """What others gave: nobody's forecast of their own claim, and one a day from each."""
    if found["forecasts"] is BAD:
        return
    also_by = found.get("also_by")
    own = {found.get("speaker"), *(also_by if isinstance(also_by, tuple) else ())}
    seen: set[tuple[str, int]] = set()
    for number, given in enumerate(found["forecasts"]):
        path = ("forecasts", number, "by")
        if given.by in own:
            message = f"{given.by} made the claim: forecasts are what others gave it"
            yield Contradiction(path, message, "what the speaker stated belongs in probability")
        elif (given.by, given.date.end) in seen:
            message = f"{given.by} stands twice with the date {given.date}"
            yield Contradiction(path, message, "keep one of the two, or correct the date", "duplicate-forecast")
        seen.add((given.by, given.date.end))


_CHECKS: dict[str, Callable[[dict[str, Any]], Iterator[Contradiction]]] = {
    "deadline_latest": _latest,
    "known_by": _known_by,
    "also_by": _also_by,
    "forecasts": _forecasts,
}
DEPENDENT = frozenset(_CHECKS)  # where none of them stands, nothing contradicts


def _at(node: Node, path: Path) -> Node:
    """The node of a value, which is there."""
    for step in path:
        if node.id == SEQUENCE:
            node = node.value[step]
        else:
            assert node.id == MAPPING
            node = next(value for name, value in node.value if name.value == step)
    return node
