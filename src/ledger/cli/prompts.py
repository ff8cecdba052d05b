"""Questions to somebody at a terminal: what a plan misses, with completion, whether to write, and single keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from ..errors import LedgerError, UsageError
from ..writing.draft import LEFT_OUT
from ..writing.plan import Missing
from .run import say

_LISTED = 12  # choices that are told; others are completed alone
_END = (b"", b"\x04")  # Ctrl-D


def is_interactive(no_input: bool) -> bool:
    """Whether somebody can be asked."""
    return not no_input and sys.stdin.isatty() and sys.stdout.isatty()


def refuse(missing: Sequence[Missing]) -> LedgerError:
    """The error for a missing answer where nobody can be asked."""
    first = missing[0]
    if first.refusal is not None:
        return first.refusal
    *others, last = (one.how or one.option for one in missing)
    hint = f"give {', '.join(others)} and {last}" if others else f"give {last}"
    return UsageError(f"{first.option} is missing: {first.question}", hint=hint)


def ask(missing: Missing, *, back: bool = False) -> str:
    """The answer, empty only where it may be left out, has a default, or leads back; Tab completes the choices."""
    from ..text import visible

    told = "" if not missing.optional else f" ({LEFT_OUT} for none)" if missing.default else " (may be empty)"
    question = (missing.question + told).replace(") (", "; ")
    choices = ["  " + ", ".join(missing.choices)] if 0 < len(missing.choices) <= _LISTED else []
    tell("\n".join(map(visible, [question, *choices])), apart=False)
    prompt = f"[{visible(missing.default)}] > " if missing.default else "> "
    with _completing(missing.choices):
        while True:
            answer = line(prompt).strip()
            if answer or missing.optional or missing.default or back:
                return answer
            say("an answer is needed; Ctrl-C leaves without writing")


def line(prompt: str) -> str:
    """A line from the terminal; where it is left instead, what follows begins on a line of its own."""
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        raise


def tell(text: str, *, apart: bool = True) -> None:
    """Something to be read before a question, in lines of its own; an address stays in one piece."""
    import shutil
    import textwrap

    from ..text import multiline

    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 10_000
    lines = (
        textwrap.wrap(line, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False) or [""]
        for line in multiline(text).splitlines()
    )
    print("\n" * apart + "\n".join(piece for pieces in lines for piece in pieces), file=sys.stderr)


def choose(question: str, answers: Mapping[str, str], *, default: str) -> str:
    """One of some letters, each with its word; an empty line is the default, Ctrl-D too."""
    offered = ", ".join(f"{letter} {word}" for letter, word in answers.items())
    while True:
        try:
            answer = line(f"{question} ({offered}; {default} if empty) ").strip().lower()
        except EOFError:
            return "q" if "q" in answers else default
        found = next((letter for letter, word in answers.items() if answer in (letter, word)), None)
        if found or not answer:
            return found or default


def agreed(question: str) -> bool:
    """Whether the answer is yes, which an empty line is too."""
    while True:
        answer = line(f"{question} [Y/n] ").strip().lower()
        if answer in ("", "y", "yes"):
            return True
        if answer in ("n", "no"):
            return False


@contextmanager
def _completing(choices: Sequence[str]) -> Iterator[None]:
    """Let Tab complete these words for as long as the block runs."""
    try:
        import readline
    except ImportError:
        yield
        return

    def complete(text: str, number: int) -> str | None:
        found = [word for word in choices if word.startswith(text)]
        return found[number] if number < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims(" ,")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)


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
