"""How a file is written: indentation, quotes, line ends and line lengths, learnt from the claims nearby."""

from __future__ import annotations

from collections import Counter
from copy import copy
from typing import TypeVar

from ..loading.composer import MappingNode, Node, ScalarNode, is_plain
from .scalars import ScalarStyle

T = TypeVar("T")

_SHORTEST, _LONGEST, _USUAL = 80, 120, 100


class Style:
    """What was seen, and what follows from it for new lines; `newline` ends them.

    `step` and `gap` are the columns from `claims` to the dashes below it, and from a dash to its first key.
    """

    def __init__(self, *, newline: str = "\n", step: int = 2, gap: int = 2) -> None:
        self.newline = newline
        self._usual_step = step
        self._usual_gap = gap
        self._list_steps: Counter[int] = Counter()
        self._map_steps: Counter[int] = Counter()
        self._gaps: Counter[int] = Counter()
        self._marks: Counter[ScalarStyle] = Counter()
        self._short: dict[str, Counter[ScalarStyle]] = {}
        self._long: Counter[ScalarStyle] = Counter()
        self._flows: dict[str, Counter[bool]] = {}
        self._keys: Counter[str] | None = None  # of the first claim: some files quote them here and not there
        self._longest = 0
        self.one_line = False  # whether every text has to stand on one line
        self._unwrapped = 0

    def observe(self, text: str, node: Node) -> None:
        """Learn from one claim of a text; the first is the one that decides how keys are quoted."""
        if node.__class__ is not MappingNode:
            return
        if self._keys is None:
            names = (key for key, _ in node.value if key.__class__ is ScalarNode)
            self._keys = Counter("" if is_plain(key) else text[key.start_mark.index] for key in names)
        self._mapping(text, node)

    def _mapping(self, text: str, node: Node) -> None:
        column = node.value[0][0].start_mark.column if node.value else 0
        for key, value in node.value:
            if key.__class__ is not ScalarNode:
                continue
            if value.__class__ is ScalarNode:
                self._scalar(text, key, value)
                continue
            self._flows.setdefault(key.value, Counter())[bool(value.flow_style)] += 1
            if not value.flow_style and not node.flow_style:
                self._block(text, value, value.start_mark.column - column)
            if value.__class__ is MappingNode:
                self._mapping(text, value)
                continue
            for item in value.value:
                if item.__class__ is MappingNode:
                    self._flows.setdefault(f"{key.value}[]", Counter())[bool(item.flow_style)] += 1
                    self._mapping(text, item)

    def _block(self, text: str, node: Node, step: int) -> None:
        if node.__class__ is MappingNode:
            self._map_steps[step] += 1
            return
        self._list_steps[step] += 1
        for item in node.value:
            gap = item.start_mark.column - node.start_mark.column
            if (
                item.start_mark.line >= node.start_mark.line
                and gap > 1
                and item.__class__ is MappingNode
                and not item.flow_style
            ):
                self._gaps[gap] += 1

    def _scalar(self, text: str, key: Node, node: Node) -> None:
        written = text[node.start_mark.index : node.end_mark.index]
        if not written:
            return
        style: ScalarStyle = "plain" if is_plain(node) else (node.style or "plain")
        if style in ("'", '"'):
            self._marks[style] += 1
        if style in (">", "|") or "\n" in written.strip():
            self._long[style] += 1
            first, *others = (len(line.rstrip()) for line in written.split("\n"))
            self._longest = max(self._longest, node.start_mark.column + first, *others)
            return
        self._short.setdefault(key.value, Counter())[style] += 1
        if len(written) + node.start_mark.column > _LONGEST and " " in written:
            self._unwrapped += 1

    def careful(self) -> Style:
        """The same style, but for texts over several lines: where the lines below might be taken for theirs."""
        other = copy(self)
        other.one_line = True
        return other

    # --- what follows ------------------------------------------------------------------------------------------

    @property
    def list_step(self) -> int:
        """Columns from a key to the dashes of its list; 0 where lists are not indented."""
        return _most(self._list_steps, self._usual_step)

    @property
    def map_step(self) -> int:
        """Columns from a key to the keys of its mapping, at least 1."""
        return max(_most(self._map_steps, 2), 1)

    @property
    def gap(self) -> int:
        """Columns from a dash to what it begins."""
        return _most(self._gaps, self._usual_gap)

    @property
    def mark(self) -> ScalarStyle:
        """The quotation mark of the file."""
        return _most(self._marks, '"')

    @property
    def key_mark(self) -> str:
        """The quotation mark around keys, or nothing."""
        return _most(self._keys or Counter(), "")

    @property
    def width(self) -> int:
        """The length that lines are wrapped at."""
        return min(max(self._longest, _SHORTEST), _LONGEST) if self._longest else _USUAL

    @property
    def wraps(self) -> bool:
        """Whether long texts run over several lines."""
        return self._long.total() > 0 or self._unwrapped == 0

    @property
    def long(self) -> ScalarStyle:
        """How long texts are written."""
        return _most(self._long, ">")

    def short(self, key: str) -> ScalarStyle:
        """How a short text behind this key is written."""
        return _most(self._short.get(key, Counter()), "plain")

    def flow(self, key: str, *, usual: bool) -> bool:
        """Whether the list or mapping behind this key stands in brackets; `key[]` asks for its items."""
        return _most(self._flows.get(key, Counter()), usual)


def _most(seen: Counter[T], usual: T) -> T:
    return seen.most_common(1)[0][0] if seen else usual
