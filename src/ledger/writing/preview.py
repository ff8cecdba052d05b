"""Patches -> a unified diff, by comparing the replaced pieces alone: a large file costs no more than a small one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..edit.changes import Patch

CONTEXT = 3


class _Run(NamedTuple):
    """Old lines `start` to `end` (from 0) become `new`."""

    start: int
    end: int
    new: list[str]


def unified(name: str, before: str, patches: Sequence[Patch]) -> str:
    """The diff that git and patch understand; lines keep their own ends. Empty where nothing changes."""
    lines = before.split("\n")
    if lines[-1] == "":
        lines.pop()
        complete = len(lines)
    else:
        complete = len(lines) - 1
    old = [line + "\n" if at < complete else line for at, line in enumerate(lines)]
    blocks = [block for patch in patches for block in _blocks(before, old, patch)]
    if not blocks:
        return ""
    head = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    return "".join([*head, *_hunks(old, blocks)])


def _blocks(before: str, old: list[str], patch: Patch) -> Iterator[_Run]:
    """The lines that a patch changes; patches begin at a line's start."""
    first = before.count("\n", 0, patch.start)
    was, becomes = _split(before[patch.start : patch.end]), _split(patch.text)
    top = _common(was, becomes)
    bottom = _common(was[top:][::-1], becomes[top:][::-1])
    a, b = was[top : len(was) - bottom], becomes[top : len(becomes) - bottom]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Run(first + top + a0, first + top + a1, b[b0:b1])


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _common(a: list[str], b: list[str]) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _hunks(old: list[str], blocks: list[_Run]) -> Iterator[str]:
    grown, at = 0, 0
    while at < len(blocks):
        upto = at + 1
        while upto < len(blocks) and blocks[upto].start - blocks[upto - 1].end <= 2 * CONTEXT:
            upto += 1
        group = blocks[at:upto]
        start, end = max(group[0].start - CONTEXT, 0), min(group[-1].end + CONTEXT, len(old))
        more = sum(len(block.new) - (block.end - block.start) for block in group)
        yield f"@@ -{_range(start, end - start)} +{_range(start + grown, end - start + more)} @@\n"
        yield from _body(old, group, start, end)
        grown += more
        at = upto


def _range(start: int, length: int) -> str:
    return f"{start + 1 if length else start},{length}"


def _body(old: list[str], group: list[_Run], start: int, end: int) -> Iterator[str]:
    at = start
    for block in group:
        yield from _marked(" ", old[at : block.start])
        yield from _marked("-", old[block.start : block.end])
        yield from _marked("+", block.new)
        at = block.end
    yield from _marked(" ", old[at:end])


def _marked(sign: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
