"""The places of keys in the head, found afresh: only findings need them.

What is parsed for the first finding is kept for the next ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Text
from ..problems import Path, Place
from . import limits
from .composer import MappingNode, Node, SequenceNode, compose
from .lines import Broken, Sheet
from .pieces import cut

_TABLES = ("people", "topics", "sources")


class HeadPlaces:
    """Where the entries of people, topics, sources and forecasts stand in the texts of a ledger."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._places: dict[Path, Place] | None = None

    def locate(self, path: Path) -> Place:
        """Where the key at the end of (table, name[, field]) stands, else its parent's, else the first line."""
        if self._places is None:
            self._places = {}
            for name, text in self._texts:
                _read(Sheet(name, text), self._places)
        return self._places.get(path) or self._places.get(path[:2]) or Place(self._texts[0].name, 1, 1)


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
        return compose(text, most=limits.WHOLE_NODES)
    except Broken:
        return None


def _keys(root: Node) -> list[tuple[Path, int]]:
    """The keys below people, topics and sources with their offsets: names, and the fields of each; the forecasts."""
    found: list[tuple[Path, int]] = []
    for table, entries in _pairs(root):
        if table.value == "forecasts" and entries.__class__ is SequenceNode:
            found += [(("forecasts", number), item.start_mark.index) for number, item in enumerate(entries.value)]
        if table.value in _TABLES:
            for name, fields in _pairs(entries):
                found.append(((table.value, str(name.value)), name.start_mark.index))
                for key, _ in _pairs(fields):
                    found.append(((table.value, str(name.value), str(key.value)), key.start_mark.index))
    return found


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    return [pair for pair in node.value if isinstance(pair[0].value, str)] if node.__class__ is MappingNode else []
