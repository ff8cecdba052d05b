"""A file as it is now: its bytes, and its text in parts that are decoded when somebody looks at them."""

from __future__ import annotations

from functools import cached_property

_BOM = b"\xef\xbb\xbf"


class FileNow:
    """The bytes of a file without a byte-order mark; offsets in its text are in characters."""

    def __init__(self, data: bytes, text: str | None = None) -> None:
        self.data = data.removeprefix(_BOM)
        if text is not None:
            self.__dict__["text"] = text
        self._window, self._start = "", 0
        self._reaches_end = False

    @cached_property
    def text(self) -> str:
        """All of the text; UnicodeDecodeError."""
        return self.data.decode("utf-8")

    def look(self, begin: int, end: int, start: int) -> int:
        """Decode what lies between two offsets in bytes, the first of which is `start` in the text; where it ends."""
        if "text" in self.__dict__:
            return start + len(self.data[begin:end].decode("utf-8"))
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
