"""A file as it is now: its bytes, and its text in parts that are decoded when somebody looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..edit.changes import Patch

_BOM = b"\xef\xbb\xbf"


class FileNow:
    """The bytes of a file without a byte-order mark; offsets in its text are in characters."""

    def __init__(self, data: bytes) -> None:
        self.data = data.removeprefix(_BOM)
        self._window, self._start = "", 0
        self._reaches_end = False

    @cached_property
    def text(self) -> str:
        """All of the text; UnicodeDecodeError."""
        return self.data.decode("utf-8")

    def look(self, begin: int, end: int, start: int) -> int:
        """Decode what lies between two offsets in bytes, the first of which is `start` in the text; where it ends."""
        self._window, self._start = self.data[begin:end].decode("utf-8"), start
        self._reaches_end = end == len(self.data)
        return start + len(self._window)

    def is_end(self, offset: int) -> bool:
        """Whether the text ends at an offset."""
        return offset == (self._start + len(self._window) if self._reaches_end else len(self.text))

    def cut(self, start: int, end: int) -> str:
        """The text between two offsets."""
        if self._start <= start and end <= self._start + len(self._window):
            return self._window[start - self._start : end - self._start]
        return self.text[start:end]

    def newlines(self, start: int, end: int) -> int:
        """How many lines end between two offsets."""
        return self.cut(start, end).count("\n")


class PatchedFile(FileNow):
    """A file that was written by replacing parts of a text: what is looked at is taken from that and from these."""

    def __init__(self, data: bytes, before: str, patches: Sequence[Patch]) -> None:
        super().__init__(data)
        self.patches = patches
        self._parts: list[tuple[str, int, int]] = []  # a text, and from where to where it is taken
        at = 0
        for patch in patches:
            self._parts += (before, at, patch.start), (patch.text, 0, len(patch.text))
            at = patch.end
        self._parts.append((before, at, len(before)))

    def is_end(self, offset: int) -> bool:
        """Whether the text ends at an offset."""
        return offset == sum(stop - begin for _, begin, stop in self._parts)

    def cut(self, start: int, end: int) -> str:
        """The text between two offsets."""
        found, at = [], 0
        for text, begin, stop in self._parts:
            low, high = max(start - at, 0), min(end - at, stop - begin)
            if low < high:
                found.append(text[begin + low : begin + high])
            at += stop - begin
        return "".join(found)
