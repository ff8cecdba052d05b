"""The place of any field or list entry of a claim, found afresh from its piece: only findings need it."""

from __future__ import annotations

from ..model import Spot, Text
from ..problems import Path, Place
from . import limits
from .composer import Broken, MappingNode, Node, SequenceNode, compose
from .sheet import Sheet


def locate(texts: tuple[Text, ...], spot: Spot, path: Path = ()) -> Place:
    """Where the value at `path` stands, such as ("topics", 1); the nearest parent where it is absent.

    An empty value has no text: its key is the place.
    """
    name, text = texts[spot.file]
    claim = Place(name, spot.line, spot.column)
    if not path:
        return claim
    base = max(spot.start, 0)
    try:
        root = compose(text[base : spot.end] if spot.start >= 0 else text, most=limits.WHOLE_NODES)
    except Broken:
        return claim
    steps: Path = (0, *path) if spot.start >= 0 else ("claims", spot.end, *path)
    index = _walk(root, steps)
    return claim if index is None else Sheet(name, text).place(base + index)


def _walk(node: Node, steps: Path) -> int | None:
    index = None
    for number, step in enumerate(steps):
        found = _child(node, step)
        if found is None:
            return index if number > 1 else None
        index, node = found
    return index


def _child(node: Node, step: str | int) -> tuple[int, Node] | None:
    if node.__class__ is MappingNode:
        for key, value in node.value:
            if key.value == step:
                at = key if value.value == "" and value.tag == (True, False) else value
                return at.start_mark.index, value
    elif node.__class__ is SequenceNode and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.index, item
    return None
