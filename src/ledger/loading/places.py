"""The place of any field of a claim, or key of a head, found afresh from its piece: only findings need it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..model import Spot, Text
from ..problems import Path, Place
from . import limits
from .lines import Broken, Sheet
from .nodes import MAPPING, SEQUENCE, Node
from .pieces import cut


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
        index = _walk(_compose(piece), (0, *path), given=1)
    except Broken:
        return claim
    if index is None:
        return claim
    newline = piece.rfind("\n", 0, index)
    return Place(name, spot.line + piece.count("\n", 0, index), index - newline)


def _compose(text: str, most: int = limits.PIECE_NODES) -> Node:
    from .composer import compose  # whose parser nobody else needs here

    return compose(text, most=most)


def _kind(node: Node) -> str | None:
    return None if node is None else node.id


@lru_cache(maxsize=1)
def _whole(text: str) -> tuple[Node, Sheet]:
    """A file that could not be cut: the next finding is often in the same one."""
    sheet = Sheet("", text)
    try:
        return _compose(text, most=limits.WHOLE_NODES), sheet
    except Broken as broken:
        return (_compose(text[: broken.offset], most=limits.WHOLE_NODES) if broken.second_document else None), sheet


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
    if _kind(node) == MAPPING:
        for key, value in node.value:
            if key.value == step:
                at = key if value.value == "" and value.tag == (True, False) else value
                return at.start_mark.index, value
    elif _kind(node) == SEQUENCE and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.index, item
    return None


_TABLES = ("people", "topics", "sources")


class HeadPlaces:
    """Where what is no claim stands in the texts of a ledger."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._places: dict[Path, Place] | None = None

    def locate(self, path: Path) -> Place:
        """Where the end of a path stands, such as (table, name, field), else its parent, else the first line."""
        if self._places is None:
            self._places = {}
            for name, text in self._texts:
                _read(Sheet(name, text), self._places)
        parents = (self._places.get(path[:length]) for length in range(len(path), 0, -1))
        return next(filter(None, parents), Place(self._texts[0].name, 1, 1))


def _read(sheet: Sheet, into: dict[Path, Place]) -> None:
    proposal = cut(sheet.text)
    root = _composed(proposal.head(sheet.text)) if proposal is not None else None
    first = jump = 0
    if root is None or proposal is None:
        root = _composed(sheet.text)
    elif proposal.pieces:
        first, jump = proposal.pieces[0].start, proposal.pieces[-1].end - proposal.pieces[0].start
    for path, index in _keys(root):
        into.setdefault(path, sheet.place(index + jump if jump and index >= first else index))


def _composed(text: str) -> Node:
    """The text's node; None where it cannot be composed."""
    try:
        return _compose(text, most=limits.WHOLE_NODES)
    except Broken:
        return None


def _keys(root: Node) -> list[tuple[Path, int]]:
    """The keys of a head with their offsets, those below people, topics and sources two steps deep; the forecasts."""
    found: list[tuple[Path, int]] = []
    for table, entries in _pairs(root):
        found.append(((str(table.value),), table.start_mark.index))
        if table.value == "forecasts" and _kind(entries) == SEQUENCE:
            found += [(("forecasts", number), item.start_mark.index) for number, item in enumerate(entries.value)]
        if table.value in (*_TABLES, "about"):
            for name, fields in _pairs(entries):
                found.append(((table.value, str(name.value)), name.start_mark.index))
                for key, _ in _pairs(fields):
                    found.append(((table.value, str(name.value), str(key.value)), key.start_mark.index))
    return found


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    return [pair for pair in node.value if isinstance(pair[0].value, str)] if _kind(node) == MAPPING else []
