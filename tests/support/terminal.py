"""The program at a terminal: answers typed when a question waits for them."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

KEYS = "? help >"


def at_a_terminal(
    folder: Path, words: Sequence[str], answers: Sequence[str], environ: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Run at a terminal, each answer given when a question waits for it; what was shown, and the exit status.

    A key, Ctrl-C and Ctrl-D are typed as they are, every other answer with a line end.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update({"TERM": "dumb", "XDG_CACHE_HOME": str(folder / "cache"), **(environ or {})})
        os.execv(sys.executable, [sys.executable, "-m", "ledger", *words])
    shown, left, asked = "", list(answers), 0
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 5)[0]:  # it waits for an answer that nobody has
            os.kill(child, signal.SIGHUP)
            break
        try:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
        except OSError:  # the other side is closed
            break
        waiting = shown[asked:].rstrip(" ")
        if left and waiting.endswith((">", "[Y/n]")):
            asked = len(shown)
            answer = left.pop(0)
            if answer == "closed":
                break
            is_key = waiting.endswith(KEYS) or answer in ("\x03", "\x04")
            os.write(terminal, answer.encode() + (b"" if is_key else b"\n"))
    os.close(terminal)
    return shown, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
