"""The edits of one ledger file: claims changed, claims added, each edit proven before the next is made."""

from __future__ import annotations

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from .. import fields
from ..errors import RefusedError
from ..loading import limits
from ..loading.composer import Broken, MappingNode, Node, SequenceNode, compose, features
from ..model import Spot
from ..problems import Path
from . import splice
from .blocks import Value
from .proof import Tree, is_inserted, is_set, tree
from .splice import Impossible, Splice
from .style import Style

_TOP_KEYS = tuple(field.key for field in fields.TOP)
_BLANK = re.compile(r"(?:[ \t]*\r?\n)*(?:[ \t]+\Z)?")
_NEAR = 5  # claims on either side of the edited one whose style is looked at


class Set(NamedTuple):
    """Give a field of a claim a single value."""

    key: str
    value: str


class Append(NamedTuple):
    """Add an entry to a list of a claim; a list that is missing or empty begins with it."""

    key: str
    value: Value


Change: TypeAlias = Set | Append


class Edit(NamedTuple):
    """Changes of the claim at `spot`."""

    spot: Spot
    changes: tuple[Change, ...]


class Addition(NamedTuple):
    """A new claim behind the claim at `spot`, or before it; without a spot, at the end of the claims."""

    record: Mapping[str, Value]
    spot: Spot | None = None
    before: bool = False


class Patch(NamedTuple):
    """Characters `start` to `end` of the old text give way to `text`."""

    start: int
    end: int
    text: str


class Edited(NamedTuple):
    """What was replaced in a text, and the line (from 1) of each edit in the new one, in the order asked."""

    before: str
    patches: tuple[Patch, ...]
    lines: tuple[int, ...]

    @property
    def text(self) -> str:
        """The new text, which takes as long to make as all of the rest; not everybody needs it."""
        return spliced(self.before, self.patches)


class Rewritten(NamedTuple):
    """A file that was replaced: its text before, what was replaced in it, and its bytes now."""

    name: str
    before: str
    patches: tuple[Patch, ...]
    data: bytes

    @property
    def replaced(self) -> bytes:
        """Its bytes before."""
        mark = b"\xef\xbb\xbf"
        return (mark if self.data.startswith(mark) else b"") + self.before.encode()


def spliced(before: str, patches: Sequence[Patch]) -> str:
    """The text with all patches made."""
    parts: list[str] = []
    at = 0
    for patch in patches:
        parts += before[at : patch.start], patch.text
        at = patch.end
    return "".join([*parts, before[at:]])


def spliced_bytes(data: bytes, before: str, patches: Sequence[Patch]) -> bytes:
    """The same of the bytes of that text, which may begin with a byte-order mark."""
    parts: list[bytes] = []
    at = 0
    for patch in patches:
        old = before[patch.start : patch.end].encode()
        found = data.find(old, at)
        if not old or found < 0 or data.find(old, found + 1) >= 0:  # no telling where it is but by counting
            return data[: len(data) - len(data.removeprefix(BOM_UTF8))] + spliced(before, patches).encode()
        parts += data[at:found], patch.text.encode()
        at = found + len(old)
    return b"".join([*parts, data[at:]])


def edit(
    text: str, name: str, spots: Sequence[Spot], edits: Sequence[Edit | Addition], own: range | None = None
) -> Edited:
    """Make the edits of the file `name`; `spots` are those of all its claims, in the order of the file.

    Among spots of other files too, `own` are the numbers of those of this one.

    RefusedError names the line and the reason where an edit cannot be proven to change what was asked alone.
    """
    own = range(len(spots)) if own is None else own
    scopes: dict[tuple[int, int], _Scope] = {}
    first: dict[int, int] = {}  # the line of each scope
    composed: dict[int, Node] = {}
    shown = []
    for one in edits:
        spot = one.spot
        alone = spot is not None and spot.start >= 0
        start, end = (spot.start, _past_blank_lines(text, spot.end)) if spot is not None and alone else (0, len(text))
        scope = scopes.setdefault((start, end), _Scope(text, name, (spots, own), composed, start, end, alone=alone))
        first[start] = spot.line if spot is not None and alone else 1
        scope.make(one)
        shown.append((scope, len(scope.shown) - 1))
    ordered = [scopes[key] for key in sorted(scopes)]
    lines, more = {}, 0
    for scope in ordered:
        lines[scope.start] = first[scope.start] + more
        more += scope.text.count("\n") - text.count("\n", scope.start, scope.end)
    return Edited(
        text,
        tuple(Patch(scope.start, scope.end, scope.text) for scope in ordered),
        tuple(lines[scope.start] + scope.text.count("\n", 0, scope.shown[number]) for scope, number in shown),
    )


def _past_blank_lines(text: str, at: int) -> int:
    """Blank lines behind the last claim are no part of its piece, but would be part of a text at its end."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


class _Scope:
    """What is composed before and after an edit: one claim's piece, or the whole file where it was not cut."""

    def __init__(
        self,
        file: str,
        name: str,
        spots: tuple[Sequence[Spot], range],
        composed: dict[int, Node],
        start: int,
        end: int,
        *,
        alone: bool,
    ) -> None:
        self.file, self.name, self.composed = file, name, composed
        self.spots, self.own = spots
        self.start, self.end, self.alone = start, end, alone
        self.text = file[start:end]
        self.shown: list[int] = []  # where each edit begins in the text
        self._style: Style | None = None
        self._spaced = True

    # --- one edit ----------------------------------------------------------------------------------------------

    def make(self, one: Edit | Addition) -> None:
        """Make an edit; RefusedError."""
        if isinstance(one, Addition):
            begins = self._add(one)
        else:
            begins = min([self._change(one.spot, change) for change in one.changes])
        self.shown.append(begins)

    def _change(self, spot: Spot, change: Change) -> int:
        root = self._compose()
        path: Path = (0,) if self.alone else ("claims", spot.end)
        node = _at(root, path)
        style = self._learn(root, spot)
        self._refuse_features(node)
        if isinstance(change, Set):
            return self._take(
                root,
                style,
                lambda style: splice.set_value(self.text, node, change.key, change.value, style, fields.CLAIM_KEYS),
                lambda old, new: is_set(old, new, (*path, change.key), change.value),
            )
        return self._append(root, path, change.key, change.value, style, fields.CLAIM_KEYS)

    def _append(
        self, root: Node, path: Path, key: str, value: Value, style: Style, order: Sequence[str], spaced: bool = False
    ) -> int:
        node = _at(root, path)
        held = _list(node, key)

        def proven(old: Tree, new: Tree) -> bool:
            if held:
                return is_inserted(old, new, (*path, key, held), value)
            return is_set(old, new, (*path, key), [value])

        def proposals(style: Style) -> Iterator[Splice]:
            return splice.append(self.text, node, key, value, style, order, spaced=spaced)

        return self._take(root, style, proposals, proven)

    def _add(self, one: Addition) -> int:
        root = self._compose()
        style = self._learn(root, one.spot)
        if one.spot is None:
            return self._append(root, (), "claims", one.record, style, _TOP_KEYS, self._spaced)
        path: Path = () if self.alone else ("claims",)
        at = (0 if self.alone else one.spot.end) + (0 if one.before else 1)
        node = _at(root, path)
        return self._take(
            root,
            style,
            lambda style: splice.insert_entry(self.text, node, "claims", at, one.record, style, spaced=self._spaced),
            lambda old, new: is_inserted(old, new, (*path, at), one.record),
            added=1,
        )

    # --- proof -------------------------------------------------------------------------------------------------

    def _take(
        self,
        root: Node,
        style: Style,
        proposals: Callable[[Style], Iterator[Splice]],
        proven: Callable[[Tree, Tree], bool],
        added: int = 0,
    ) -> int:
        """Make the first proposal that is proven; the answer is where its new text begins."""
        before, first = tree(root), None
        try:
            for proposal in chain(proposals(style), proposals(style.careful())):
                first = first or proposal
                after = proposal.apply(self.text)
                if self._proves(before, after, proven, added):
                    return self._took(proposal, after)
        except Impossible as impossible:
            raise self._refused(impossible.reason, impossible.offset) from None
        raise self._refused("no way was found to change this and nothing else", first.start if first else 0)

    def _proves(self, before: Tree, after: str, proven: Callable[[Tree, Tree], bool], added: int) -> bool:
        try:
            node = compose(after, most=limits.WHOLE_NODES)
        except Broken:
            return False
        if self.alone and self._edges(after) != self._edges(self.text) + added:
            return False
        return proven(before, tree(node))

    def _edges(self, text: str) -> int:
        """How many lines begin in the column of the claims' dashes or before it: the cut goes by them."""
        column = len(self.text) - len(self.text.lstrip(" "))
        return len(re.findall(rf"^ {{0,{column}}}(?![ \r\n#\t])(?=.)", text, re.MULTILINE))

    def _took(self, proposal: Splice, after: str) -> int:
        grown = len(after) - len(self.text)
        self.shown = [at + grown if at >= proposal.start else at for at in self.shown]
        self.text = after
        return proposal.start + proposal.shows

    def _refused(self, reason: str, offset: int) -> RefusedError:
        line = _line(self.file, self.start) + self.text.count("\n", 0, offset)
        hint = "make this change by hand"
        if self.end == len(self.file) and self.file[-1:] not in ("\n", "\r"):
            hint = "end the file with a line end, or make this change by hand"
        return RefusedError(f"{self.name}:{line}: {reason}", hint=hint)

    def _refuse_features(self, node: Node) -> None:
        for what, offset in features(self.text):
            if node.start_mark.index <= offset <= node.end_mark.index:
                raise self._refused(f"{what} stands in this claim, which then does not read alone", offset)

    # --- what is there -----------------------------------------------------------------------------------------

    def _compose(self) -> Node:
        try:
            return compose(self.text, most=limits.WHOLE_NODES)
        except Broken as broken:
            raise self._refused(
                f"the file cannot be edited before this is mended: {broken.message}", broken.offset
            ) from None

    def _learn(self, root: Node, spot: Spot | None) -> Style:
        """The style of the claims around the edited one, looked at once."""
        if self._style is None:
            found = re.search(r"\r\n?|\n", self.file)
            newline = found[0] if found else "\n"
            near = self._near() if self.alone else self._neighbours(root, spot)
            step, gap = _shape(near)
            self._style = Style(newline=newline, step=step, gap=gap)
            for text, node, _ in near:
                self._style.observe(text, node)
            above = [_blank_above(self.file, offset) for _, _, offset in sorted(near, key=lambda one: one.offset)]
            self._spaced = sum(above[1:]) * 2 >= len(above[1:])  # nothing is learnt from the first
        return self._style

    def _near(self) -> list[_Neighbour]:
        """The claims around a piece, each with its own text; its own comes first."""
        first, stop = self.own.start, self.own.stop
        at = bisect_left(self.spots, self.start, first, stop, key=lambda spot: spot.start)
        found = []
        for number in (at, *range(max(at - _NEAR, first), at), *range(at + 1, min(at + _NEAR, stop))):
            one = self.spots[number]
            text = self.file[one.start : one.end]
            try:
                if one.start not in self.composed:
                    self.composed[one.start] = compose(text).value[0]
            except Broken:
                continue
            found.append(_Neighbour(text, self.composed[one.start], one.start))
        return found

    def _neighbours(self, root: Node, spot: Spot | None) -> list[_Neighbour]:
        claims: Node = next((v for k, v in root.value if k.value == "claims"), None) if _is_mapping(root) else None
        if claims.__class__ is not SequenceNode:
            return []
        at = spot.end if spot is not None else len(claims.value)
        near = [*claims.value[at : at + _NEAR], *claims.value[max(at - _NEAR, 0) : at]]
        return [_Neighbour(self.text, node, node.start_mark.index) for node in near]


class _Neighbour(NamedTuple):
    text: str
    node: Node
    offset: int  # in the file, somewhere on the line of its dash


def _is_mapping(node: Node) -> bool:
    return node.__class__ is MappingNode


def _at(node: Node, path: Path) -> Node:
    for step in path:
        node = next(v for k, v in node.value if k.value == step) if _is_mapping(node) else node.value[step]
    return node


def _list(node: Node, key: str) -> int:
    """How many entries the list behind a key has."""
    found = [value for name, value in node.value if name.value == key] if _is_mapping(node) else []
    return len(found[0].value) if found and found[0].__class__ is SequenceNode else 0


def _shape(near: Sequence[_Neighbour]) -> tuple[int, int]:
    """The column of the dashes, and the columns from a dash to its first key."""
    for text, node, _ in near:
        start = node.start_mark.index
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if line.strip() == "-" and "\t" not in line:
            return line.index("-"), len(line) - line.index("-")
    return 2, 2


def _blank_above(text: str, offset: int) -> bool:
    """Whether a blank line stands above the line of an offset, or above the comments there."""
    for line in reversed(re.split(r"\r\n?|\n", text[max(offset - 4096, 0) : offset])[:-1]):
        if not line.strip():
            return True
        if not line.lstrip().startswith("#"):
            return False
    return False
