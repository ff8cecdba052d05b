"""--install-completion: the script for a shell, and the lines by which the shell reads it, by the one writer of files.

Typer's own way writes a user's start file anew, with other line ends, and fails where that is not UTF-8.
"""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import NamedTuple

from ..errors import UsageError
from ..files.questions import exists, expanded, real
from ..files.reading import read_bytes
from ..files.writing import Folder, extend
from .run import say

_ZSH = ("fpath+=~/.zfunc; autoload -Uz compinit; compinit", "zstyle ':completion:*' menu select")


class _Place(NamedTuple):
    """Below the user's folder: where a script goes, under which name, and which file gets which lines."""

    folder: str
    name: str
    start: str = ""
    lines: tuple[str, ...] = ()


def _places(name: str) -> dict[str, _Place]:
    source = f"source '{Path(expanded('~')) / '.bash_completions' / f'{name}.sh'}'"
    return {
        "bash": _Place(".bash_completions", f"{name}.sh", ".bashrc", (source,)),
        "zsh": _Place(".zfunc", f"_{name}", ".zshrc", _ZSH),
        "fish": _Place(".config/fish/completions", f"{name}.fish"),
    }


def install(name: str, shell: str) -> None:
    """Put the script of a shell in its place, and the missing lines into the file that the shell starts with."""
    shell = shell or os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119
    place = _places(name).get(shell)
    if place is None:
        raise UsageError(f"no completion is installed for the shell {shell!r}", hint="bash, zsh or fish")
    folder = Folder(real(Path(expanded("~")) / place.folder), own=lambda _: lambda content: b"_COMPLETE" in content)
    folder.make()
    folder.put(place.name, f"{_script(name, shell)}\n".encode())
    if place.start:
        _add_lines(real(Path(expanded("~")) / place.start), place.lines)
    say(f"completion for {shell} stands in {folder.path / place.name}; it begins with the next shell")


def _script(name: str, shell: str) -> str:
    """What Typer prints when it is asked for the script of a shell, in the way in which shells ask."""
    from .app import app

    asked, shown = f"_{name.upper()}_COMPLETE", io.StringIO()
    os.environ[asked] = f"source_{shell}"
    try:
        with redirect_stdout(shown), suppress(SystemExit):
            app([], prog_name=name)
    finally:
        del os.environ[asked]
    return shown.getvalue().strip()


def _add_lines(start: str, lines: tuple[str, ...]) -> None:
    held = read_bytes(start) if exists(start) else b""
    is_styled = b"zstyle" in held  # then the user has a taste of his own
    missing = [line for line in lines if line.encode() not in held and not (is_styled and line.startswith("zstyle"))]
    if missing:
        before = "" if not held or held.endswith(b"\n") else "\n"
        extend(start, (before + "".join(f"{line}\n" for line in missing)).encode())
