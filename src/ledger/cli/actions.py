"""What is printed under GitHub Actions, whose runner obeys what looks like a command in any line of a log."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TextIO

# The runner trims a line, which a carriage return ends too, before it looks for `::`; it finds `##[` anywhere.
_COMMAND = re.compile(rb"(?m)(?:^|(?<=\r))(\s*:):|##\[")
_BREAK = "\u200b".encode()


def harmless(data: bytes) -> bytes:
    """Lines of a log with a zero-width space in whatever the runner would obey."""
    return _COMMAND.sub(lambda found: (found[1] + _BREAK + b":") if found[1] else b"##" + _BREAK + b"[", data)


class _Guard(io.RawIOBase):
    """Writes whole lines to another stream, without anything the runner obeys."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._line = b""

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._out.isatty()

    def fileno(self) -> int:
        return self._out.fileno()

    def write(self, data: object) -> int:
        given = bytes(data)  # type: ignore[call-overload]
        whole, newline, self._line = (self._line + given).rpartition(b"\n")
        self._out.write(harmless(whole + newline))
        return len(given)

    def flush(self) -> None:
        if not self.closed:
            rest, self._line = self._line, b""
            self._out.write(harmless(rest))
            self._out.flush()


@contextmanager
def guarded() -> Iterator[None]:
    """For as long as it lasts, let nothing that is printed be a command to the runner; it reads both streams."""
    before = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    try:
        for name, stream in before.items():
            if hasattr(stream, "buffer"):
                stream.flush()
                setattr(sys, name, _wrapped(stream))
        yield
    finally:
        for name, stream in before.items():
            with suppress(BrokenPipeError):
                getattr(sys, name).flush()
            setattr(sys, name, stream)


def _wrapped(stream: TextIO) -> TextIO:
    out = io.TextIOWrapper(io.BufferedWriter(_Guard(stream.buffer)), stream.encoding, stream.errors)
    out.plain = stream  # type: ignore[attr-defined]
    return out


def write_commands(text: str) -> None:
    """Print text whose commands are meant: annotations of our own."""
    sys.stdout.flush()
    plain = getattr(sys.stdout, "plain", sys.stdout)
    plain.buffer.write(text.encode())
    plain.flush()
