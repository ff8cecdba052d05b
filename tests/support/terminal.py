"""The program at a terminal: answers typed when a question waits for them."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

KEYS = "? help >"


def at_a_terminal(
    folder: Path,
    words: Sequence[str],
    answers: Sequence[str] | Callable[[str], str | None],
    environ: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    """Run at a terminal, each answer given when a question waits for it; what was shown, and the exit status.

    A key, Ctrl-C and Ctrl-D are typed as they are, every other answer with a line end. In place of answers a function
    of what was shown since the last one may say each; after None nothing is typed any more.
    """
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a run in the background has it ignored
        os.chdir(folder)
        os.environ.update({"TERM": "dumb", "XDG_CACHE_HOME": str(folder / "cache"), **(environ or {})})
        os.execv(sys.executable, [sys.executable, "-m", "ledger", *words])
    left = iter(() if callable(answers) else answers)
    try:
        shown = _talk(child, terminal, answers if callable(answers) else lambda _: next(left, None))
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return shown, status


def _talk(child: int, terminal: int, answered: Callable[[str], str | None]) -> str:
    shown, asked, answer = "", 0, None
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 3 if answer == "\x03" else 5)[0]:
            if answer == "\x03":  # what interrupts between the question and the waiting for a line is not seen
                os.write(terminal, b"\x03")
                continue
            os.kill(child, signal.SIGHUP)  # it waits for an answer that nobody has
            break
        try:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
        except OSError:  # the other side is closed
            break
        waiting = shown[asked:].rstrip(" ")
        if waiting.endswith((">", "[Y/n]")) and (answer := answered(waiting)) is not None:
            asked = len(shown)
            if answer == "closed":
                break
            if answer == "\x03":
                time.sleep(0.1)  # less often in vain
            is_key = waiting.endswith(KEYS) or answer in ("\x03", "\x04")
            os.write(terminal, answer.encode() + (b"" if is_key else b"\n"))
    return shown


class Script:
    """Answers by the questions they are for, in order: lines of `question = answer`, the words of each part in turn."""

    def __init__(self, text: str) -> None:
        self.left = [line.partition(" =") for line in text.splitlines()]
        self.typed = 0

    def __call__(self, shown: str) -> str | None:
        if not self.left:
            return None
        question, _, answer = self.left.pop(0)
        said = " ".join(shown.split())
        for words in question.replace("[", "|[").replace("(-", "|(-").split("|"):
            assert words.strip() in said, f"{words!r} is not asked in {said!r}"
        self.typed += len(answer.strip()) + 1
        return answer.strip()
