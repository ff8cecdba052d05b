"""One key at a time from a terminal; where a terminal cannot, a line of which the first letter counts."""

from __future__ import annotations

import os
import sys

_END = (b"", b"\x04")  # Ctrl-D


def read_key(prompt: str) -> str:
    """The key that is pressed, told behind the prompt; EOFError at the end, KeyboardInterrupt for Ctrl-C."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return input(prompt).strip()[:1]
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed ahead counts
        print(prompt, end="", file=sys.stderr, flush=True)
        found = os.read(handle, 1)
        if found == b"\x1b":  # an arrow is several characters, and none of them is a letter that was meant
            termios.tcflush(handle, termios.TCIFLUSH)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        raise
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    if found in _END:
        print(file=sys.stderr)
        raise EOFError
    key = found.decode("ascii", "replace")
    print(key if key.isprintable() else "", file=sys.stderr)
    return key
