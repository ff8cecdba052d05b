"""What is wrong with a command line, in the words and form of all other errors."""

from __future__ import annotations

import re
from typing import Any

_SENTENCES = (
    (r"Invalid value for '([^']+)'(?: / '[^']+')*: (.*)", r"\1: \2"),
    (r"^Missing argument '(.*)'$", r"\1 is missing"),
    (r"^Option '(.*)' requires an argument$", r"\1 needs a value"),
    (r"^No such option:? '?([^']*?)'?$", r"no option \1"),
    (r"^No such command '(.*)'$", r"no command '\1'"),
)


def told(error: Any) -> str:
    """The message and what to do about it, as `say` prints them."""
    command = error.ctx.command_path if error.ctx is not None else "ledger"
    extra = re.fullmatch(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", error.format_message(), re.DOTALL)
    if extra:
        return _of_extra(command, extra[1], {name for one in error.ctx.command.params for name in one.opts})
    message, near = _parted(error.format_message())
    for pattern, words in _SENTENCES:
        message = re.sub(pattern, words, message)
    return f"{message}\n  {near or f'see {command} --help'}"


def _of_extra(command: str, words: str, flags: set[str]) -> str:
    if "--search" in flags:
        return (
            f"{command} takes no words: {words}\n  to find claims with that text: {command} --search {_quoted(words)}"
        )
    return f"{command} takes no further words: {words}\n  see {command} --help"


def _quoted(words: str) -> str:
    return words if re.fullmatch(r"[\w.-]+", words) else "'" + words.replace("'", "'\\''") + "'"


def _parted(text: str) -> tuple[str, str]:
    """What is wrong, and the names that are near."""
    message, *near = re.split(r"\s+\W*(?:Possible options: |Did you mean )", text, maxsplit=1)
    rest = near[0] if near else ""
    names = re.findall(r"[\w-]+", rest.replace(" or ", " "))
    offered = " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
    return message.strip().rstrip("."), f"did you mean {offered}?" if names else ""
