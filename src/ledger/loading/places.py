"""The place of any field or list entry of a claim, found afresh from its piece: only findings need it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..model import Spot, Text
from ..problems import Path, Place
from . import limits
from .composer import MappingNode, Node, SequenceNode, compose
from .lines import Broken, Sheet


def locate(texts: Sequence[Text], spot: Spot, path: Path = ()) -> Place:
    """Where the value at `path` stands, such as ("topics", 1); the nearest parent where it is absent.

    An empty value has no text: its key is the place.
    """
    name, text = texts[spot.file]
    claim = Place(name, spot.line, spot.column)
    if not path:
        return claim
    if spot.start < 0:
        root, sheet = _whole(text)
        index = _walk(root, ("claims", spot.end, *path), given=2)
        return claim if index is None else Place(name, *sheet.place(index)[1:])
    piece = text[spot.start : spot.end]
    try:
        index = _walk(compose(piece), (0, *path), given=1)
    except Broken:
        return claim
    if index is None:
        return claim
    newline = piece.rfind("\n", 0, index)
    return Place(name, spot.line + piece.count("\n", 0, index), index - newline)


@lru_cache(maxsize=1)
def _whole(text: str) -> tuple[Node, Sheet]:
    """A file that could not be cut: the next finding is often in the same one."""
    sheet = Sheet("", text)
    try:
        return compose(text, most=limits.WHOLE_NODES), sheet
    except Broken as broken:
        return (compose(text[: broken.offset], most=limits.WHOLE_NODES) if broken.second_document else None), sheet


def _walk(node: Node, steps: Path, given: int) -> int | None:
    """The offset of the last step that is there; None if that is one of the first `given`, the claim itself."""
    index = None
    for number, step in enumerate(steps):
        found = _child(node, step)
        if found is None:
            return index if number > given else None
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
