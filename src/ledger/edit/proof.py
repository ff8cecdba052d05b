"""What an edit must be: the data before, plus exactly the asked change, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from ..loading.composer import MappingNode, Node, ScalarNode, is_plain
from ..problems import Path, Step
from .blocks import Value
from .scalars import Plain, reads_as_text

Tree: TypeAlias = Any  # (kind, how it is written, content): compared, never looked into elsewhere


def tree(node: Node) -> Tree:
    """Everything a reader can tell from a node: values, order, quotes, brackets; not comments or spaces."""
    if node.__class__ is ScalarNode:
        return ("scalar", (is_plain(node), node.style or "", _tag(node)), node.value)
    if node.__class__ is MappingNode:
        pairs = tuple((tree(key), tree(value)) for key, value in node.value)
        return ("mapping", (bool(node.flow_style), _tag(node)), pairs)
    return ("sequence", (bool(node.flow_style), _tag(node)), tuple(tree(item) for item in node.value))


def _tag(node: Node) -> str | None:
    return node.tag if isinstance(node.tag, str) else None


def is_set(before: Tree, after: Tree, path: Path, value: Value) -> bool:
    """Whether `after` is `before` with the value of the last key of `path` set, and nothing else."""
    if before[:2] != after[:2]:
        return False
    step, rest = path[0], path[1:]
    if not rest and before[0] == "mapping":
        return _others(before, step) == _others(after, step) and _one(after, step, value)
    return _same_but(before, after, step) and is_set(_child(before, step), _child(after, step), rest, value)


def is_inserted(before: Tree, after: Tree, path: Path, value: Value) -> bool:
    """Whether `after` is `before` with an entry more in a list, at the place `path` ends with."""
    if before[:2] != after[:2]:
        return False
    step, rest = path[0], path[1:]
    if rest:
        return _same_but(before, after, step) and is_inserted(_child(before, step), _child(after, step), rest, value)
    old, new = before[2], after[2]
    return (
        before[0] == "sequence"
        and isinstance(step, int)
        and len(new) == len(old) + 1
        and new[:step] + new[step + 1 :] == old
        and _holds(new[step], value)
    )


def _child(node: Tree, step: Step) -> Tree:
    if node[0] == "sequence":
        return node[2][step]
    return next(value for key, value in node[2] if key[2] == step)


def _same_but(before: Tree, after: Tree, step: Step) -> bool:
    """Whether two nodes are the same but for one child, which both have."""
    old, new = before[2], after[2]
    if len(old) != len(new):
        return False
    if before[0] == "sequence":
        return all(a == b for at, (a, b) in enumerate(zip(old, new, strict=True)) if at != step)
    return all(a == b or (a[0] == b[0] and a[0][2] == step) for a, b in zip(old, new, strict=True))


def _others(node: Tree, key: Step) -> list[Tree]:
    return [pair for pair in node[2] if pair[0][2] != key]


def _one(node: Tree, key: Step, value: Value) -> bool:
    found = [held for name, held in node[2] if name[2] == key]
    return len(found) == 1 and _holds(found[0], value)


def _holds(node: Tree, value: Value) -> bool:
    """Whether a node reads as this value, to readers of YAML 1.1 and 1.2 alike."""
    kind, how, content = node
    if isinstance(value, str):
        if kind != "scalar" or content != value or how[2] is not None:
            return False
        return isinstance(value, Plain) or not how[0] or reads_as_text(value)
    if isinstance(value, Mapping):
        return (
            kind == "mapping"
            and [key[2] for key, _ in content] == list(value)
            and all(_holds(held, value[key[2]]) for key, held in content)
        )
    return (
        kind == "sequence"
        and len(content) == len(value)
        and all(_holds(held, item) for held, item in zip(content, value, strict=True))
    )
