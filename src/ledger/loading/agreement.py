"""Fields of one claim against each other, whatever the day: what contradicts itself when it is read."""

from __future__ import annotations

from typing import Any

from .composer import MappingNode, Node, ScalarNode
from .scalars import BAD
from .values import Values


def agree(values: Values, node: Node, found: dict[str, Any]) -> None:
    """Report the fields of a claim that cannot stand beside each other."""
    if found.get("deadline_latest") is not None:
        _latest(values, node, found)
    if found.get("known_by") is not None:
        _known_by(values, node, found)
    if found.get("also_by"):
        _also_by(values, node, found)
    if found.get("forecasts"):
        _forecasts(values, node, found)


def _latest(values: Values, node: Node, found: dict[str, Any]) -> None:
    latest, deadline = found["deadline_latest"], found.get("deadline")
    if latest is BAD or deadline is BAD:
        return
    at = _value(node, "deadline_latest")
    if deadline is None:
        message = "deadline_latest stands beside an open-ended deadline"
        values.report("bad-value", message, at, "remove it, or give the deadline")
    elif latest.end < deadline.end:
        message = f"deadline_latest {latest} is over before the deadline {deadline}"
        values.report("bad-value", message, at, "give a later period, or remove it")


def _known_by(values: Values, node: Node, found: dict[str, Any]) -> None:
    known, deadline = found["known_by"], found.get("deadline")
    if known is BAD or deadline is BAD:
        return
    at = _value(node, "known_by")
    if deadline is None:
        message = "known_by stands beside an open-ended deadline"
        values.report("bad-value", message, at, "remove it, or give the deadline")
    elif known.end <= deadline.end:
        message = f"known_by {known} is over no later than the deadline {deadline}"
        hint = "give the period after the deadline in which the verdict can be known, or remove it"
        values.report("bad-value", message, at, hint)


def _also_by(values: Values, node: Node, found: dict[str, Any]) -> None:
    """Others who said it: never the speaker."""
    if found["also_by"] is BAD:
        return
    for name, at in zip(found["also_by"], _value(node, "also_by").value, strict=True):
        if name == found.get("speaker"):
            hint = "also_by names the others who said it: remove the name"
            values.report("bad-value", f"{name} is the speaker already", at, hint)


def _forecasts(values: Values, node: Node, found: dict[str, Any]) -> None:
    """What others gave: nobody's forecast of their own claim, and one a day from each."""
    if found["forecasts"] is BAD:
        return
    also_by = found.get("also_by")
    own = {found.get("speaker"), *(also_by if isinstance(also_by, tuple) else ())}
    seen: set[tuple[str, int]] = set()
    for given, item in zip(found["forecasts"], _value(node, "forecasts").value, strict=True):
        at = _value(item, "by")
        if given.by in own:
            message = f"{given.by} made the claim: forecasts are what others gave it"
            values.report("bad-value", message, at, "what the speaker stated belongs in probability")
        elif (given.by, given.date.end) in seen:
            message = f"{given.by} stands twice with the date {given.date}"
            values.report("duplicate-forecast", message, at, "keep one of the two, or correct the date")
        seen.add((given.by, given.date.end))


def _value(node: Node, key: str) -> Node:
    """The node of a key's value, which is there."""
    assert node.__class__ is MappingNode
    return next(value for name, value in node.value if name.__class__ is ScalarNode and name.value == key)
