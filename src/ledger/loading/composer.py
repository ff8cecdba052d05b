"""Text -> YAML nodes, bounded, without guessing types: a scalar's tag only says how it was written.

`node.tag` is a pair whose first item is true for a plain scalar, a bool for a collection, and a str where
the text names a tag itself.
"""

from __future__ import annotations

import operator
import re
from typing import Any, NamedTuple

import yaml
from yaml.composer import Composer
from yaml.events import AliasEvent, NodeEvent
from yaml.nodes import MappingNode as _Mapping
from yaml.nodes import ScalarNode as _Scalar
from yaml.nodes import SequenceNode as _Sequence
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from . import limits
from .lines import Broken
from .nodes import Node
from .pieces import Piece

__all__ = [
    "Broken",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "compose",
    "fails_anyway",
    "features",
    "is_plain",
]
_FURTHER = 8  # times as much text is looked at when a claim ends too early

CParser: Any
try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML built without libyaml
    CParser = None

ScalarNode: Any = _Scalar
SequenceNode: Any = _Sequence
MappingNode: Any = _Mapping

# What YAML allows in a file at all; both parsers refuse the rest, one of them with an offset in bytes.
_REFUSED = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What may open a tag, an anchor or an alias; only then is it worth looking at the events.
_SUSPECT = re.compile(r"(?:^|[\s\[\]{},:?-])[!&*]", re.MULTILINE)


class Feature(NamedTuple):
    """A tag, anchor or alias: what it is, as written, and where (offset in the text)."""

    what: str
    offset: int


class _Counting:
    """Counts depth and nodes as they are made; the C composer calls these methods around every node."""

    depth = 0
    nodes = 0
    most = limits.PIECE_NODES

    def descend_resolver(self, parent: Node, index: Any) -> None:
        self.nodes += 1
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise _Passed(f"nested deeper than {limits.DEPTH} levels", parent)
        if self.nodes > self.most:
            raise _Passed(f"more than {self.most:,} values", parent, too_long=True)

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, kind: type, value: Any, implicit: Any) -> Any:
        return implicit


class _Passed(Exception):
    def __init__(self, what: str, parent: Node, *, too_long: bool = False) -> None:
        super().__init__(what)
        self.offset = parent.start_mark.index if parent is not None else 0
        self.too_long = too_long

    def broken(self) -> Broken:
        """The error for it."""
        made = Broken("limit", str(self), self.offset, _SPLIT)
        made.too_long = self.too_long
        return made


class _PureComposer(_Counting, Reader, Scanner, Parser, Composer):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


_Fast: Any
_Careful: Any
if CParser is None:
    _Fast = _Careful = _PureComposer
else:

    class _Careful(_Counting, CParser):  # type: ignore[misc,no-redef]
        pass

    class _Fast(CParser):  # type: ignore[misc,no-redef]
        # Called around every node, and nothing is asked of them: functions written in C cost least.
        descend_resolver = operator.is_
        ascend_resolver = tuple

        @staticmethod
        def resolve(kind: type, value: Any, implicit: Any) -> Any:
            return implicit


def uses_libyaml() -> bool:
    """Whether the C parser reads the files."""
    return CParser is not None


def _composer(text: str, most: int) -> Any:
    if (
        len(text) <= limits.PLAIN_CHARS
        and text.count("[") + text.count("{") <= limits.PLAIN_BRACKETS
        and "- -" not in text
        and "? ?" not in text
    ):
        return _Fast(text)
    composer = _Careful(text)
    composer.most = most
    return composer


def compose(text: str, *, most: int = limits.PIECE_NODES) -> Node:
    """Compose one document of at most `most` nodes; raises Broken."""
    try:
        composer = _composer(text, most)
        node: Node = composer.get_single_node()
    except _Passed as passed:
        raise passed.broken() from None
    except RecursionError:
        raise Broken("limit", f"nested deeper than {limits.DEPTH} levels", 0, _SPLIT) from None
    except yaml.reader.ReaderError:
        raise _refused(text) from None
    except yaml.MarkedYAMLError as error:
        raise (_passed_before(composer, text, error) or _broken(text, error)) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # what the pure parser lets through from int() and chr()
        raise Broken("syntax", "a directive or escape that is not valid YAML", 0, "write the text plainly") from None
    return node


_SPLIT = "split it, or shorten it"


def _refused(text: str) -> Broken:
    found = _REFUSED.search(text)
    at = found.start() if found else 0
    return Broken(
        "control-character",
        f"U+{ord(text[at]):04X} cannot stand in a ledger: it steers terminals or is no character",
        at,
        "remove the character; it is often invisible",
    )


def is_plain(node: Node) -> bool:
    """Whether a scalar was written without quotes or block style."""
    return node.tag.__class__ is tuple and bool(node.tag[0])


def features(text: str) -> list[Feature]:
    """The tags, anchors and aliases of a text that composes; empty for nearly every text, at once."""
    if not ("&" in text or "*" in text or "!" in text) or _SUSPECT.search(text) is None:
        return []
    found: list[Feature] = []
    events: Any = yaml.parse(text, Loader=_events())
    for event in events:
        at = event.start_mark.index
        if event.__class__ is AliasEvent:
            found.append(Feature(f"the alias *{event.anchor}", at))
        elif isinstance(event, NodeEvent):
            if event.anchor is not None:
                found.append(Feature(f"the anchor &{event.anchor}", at))
            tag = getattr(event, "tag", None)
            if tag is not None:
                found.append(Feature(f"the tag {tag}", at))
    return found


def _events() -> Any:
    if CParser is None:
        return _PureComposer

    class Events(CParser):  # type: ignore[misc]
        def dispose(self) -> None:
            """Nothing is kept."""

    return Events


def _passed_before(composer: Any, text: str, error: yaml.MarkedYAMLError) -> Broken | None:
    """The bound that what stands before an error passes: libyaml reads ahead, and stops at 1,000 levels by itself."""
    if CParser is None or composer.__class__ is not _Careful:
        return None
    again = _Careful(text[: _offset(text, error)])
    again.most = composer.most
    try:
        again.get_single_node()
    except _Passed as passed:
        return passed.broken()
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        pass
    return None


def _broken(text: str, error: yaml.MarkedYAMLError) -> Broken:
    from .mistakes import explain

    broken = explain(text, error)
    broken.found_at = _offset(text, error)
    return broken


def _offset(text: str, error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return len(text) if mark is None else mark.index


def fails_anyway(text: str, piece: Piece, last: int, broken: Broken) -> bool:
    """Whether the whole text fails as its piece does; `last` is where the last piece ends.

    A parser that gave up before the end of a text would have done so in a longer one too; a quote that is not
    closed in its claim is sought further on.
    """
    length = piece.end - piece.start
    found: Broken | None = broken
    while found is not None and found.code == "syntax":
        if text[piece.start + found.found_at : piece.start + length].strip():
            return True
        if piece.start + length == last:
            return not text[last:].strip()
        length = min(length * _FURTHER, last - piece.start)
        found = _fault(text[piece.start : piece.start + length])
    return False


def _fault(text: str) -> Broken | None:
    """Why a text cannot be composed; None where it can be."""
    try:
        compose(text)
    except Broken as broken:
        return broken
    return None
