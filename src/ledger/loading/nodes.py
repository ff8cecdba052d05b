"""What a node of YAML is, without the parser that makes most of them: its import costs more than a claim does.

The nodes of PyYAML have an `id` too, and so the readers of values take both.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

# Typed loosely: `tag` holds what the composer answers, which PyYAML's own types do not know.
Node: TypeAlias = Any
SCALAR: Final = "scalar"
SEQUENCE: Final = "sequence"
MAPPING: Final = "mapping"


class PlainText(NamedTuple):
    """A text that was read without YAML."""

    tag: tuple[bool, bool]
    value: str
    id: str = SCALAR


class PlainList(NamedTuple):
    """A list that was read without YAML."""

    tag: tuple[bool, bool]
    value: list[Any]
    id: str = SEQUENCE
    flow_style: bool = False
