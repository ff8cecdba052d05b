"""What a shell asks while a line is typed, answered where it is certain as Typer's scripts for shells want it.

Nothing is escaped: a line with a sign that any of the shells reads is left to Typer, and what is offered holds none
(`completion`).
"""

from __future__ import annotations

import os
from collections.abc import Callable

from . import certain
from .completion import Offer

_READ_BY_SHELLS = frozenset("\"'\\")  # by which words are told apart, beside blanks


def answer(asked: str) -> None:
    """Print what is offered and end; a line that is not certain is left alone."""
    form = _FORMS.get(asked)
    words = _words(asked) if form is not None else None
    if form is None or words is None or not words or not _is_name(words[-1]):
        return
    word = certain.word(words[:-1], words[-1])
    if word is not None:
        form(word.offer(word.files, words[-1]))
        raise SystemExit(0)


def _words(asked: str) -> list[str] | None:
    """The words behind the program's name, the last of which is being typed; None where they cannot be told apart."""
    in_bash = asked == "complete_bash"
    line = os.environ.get("COMP_WORDS" if in_bash else "_TYPER_COMPLETE_ARGS", "")
    at = os.environ.get("COMP_CWORD", "") if in_bash else "0"
    if not line.isprintable() or not _READ_BY_SHELLS.isdisjoint(line) or not (at.isascii() and at.isdigit()):
        return None
    words = [word for word in line.split(" ") if word]
    if in_bash:
        return [*words[1 : int(at)], *(words[int(at) : int(at) + 1] or [""])]
    return words[1:] if len(words) > 1 and not line.endswith(" ") else [*words[1:], ""]


def _is_name(word: str) -> bool:
    """Whether a word can begin names, with commas between, and holds nothing that a shell reads."""
    bare = word.replace(",", "").replace("-", "").replace("_", "")
    return not bare or (bare.isascii() and bare.isalnum())


def _bash(offered: Offer) -> None:
    print("\n".join(name for name, _ in offered))


def _zsh(offered: Offer) -> None:
    lines = "\n".join(f'"{name}":"{told}"' if told else f'"{name}"' for name, told in offered)
    print(f"_arguments '*: :(({lines}))'" if offered else "_files")


def _fish(offered: Offer) -> None:
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        raise SystemExit(0 if offered else 1)
    print("\n".join(f"{name}\t{told}" if told else name for name, told in offered))


_FORMS: dict[str, Callable[[Offer], None]] = {"complete_bash": _bash, "complete_zsh": _zsh, "complete_fish": _fish}
