"""What a stream can show - how wide, in colour or not, in which encoding - and writing to it.

A `Surface` holds these facts without Rich, whose import costs more than printing a list does; `console`
makes a Rich console of the same facts for what needs one.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TextIO

from ...text import multiline
from .cells import wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

Color = Literal["auto", "always", "never"]

MIN_WIDTH = 20
PIPED_WIDTH = 100
_CHUNK = 1000
_ASCII = {
    ord(character): plain
    for characters, plain in (
        ("–—−‐‑‒―", "-"),
        ("‘’‚′", "'"),
        ("“”„″«»", '"'),
        ("…", "..."),
        ("→", "->"),
        ("←", "<-"),
        ("•·", "*"),
        ("×", "x"),
        ("≤", "<="),
        ("≥", ">="),
        ("≈", "~"),
        ("\xa0\u202f\u2009", " "),
    )
    for character in characters
}


class Printable(Protocol):
    """Something that can lay itself out on a surface, line by line."""

    def lines(self, surface: Surface) -> Iterator[str]:
        """Its lines without line ends, none wider than the surface, colour sequences included."""


class Surface(NamedTuple):
    """What a stream can show: columns (>= 20), whether colour is wanted, its encoding."""

    width: int = PIPED_WIDTH
    color: bool = False
    encoding: str = "utf-8"

    @property
    def ascii_only(self) -> bool:
        """Whether frames and dashes have to be drawn with ASCII."""
        return not self.encoding.lower().startswith("utf")

    def encodable(self, text: str) -> str:
        """The text with what the stream's encoding lacks replaced, so that widths stay true."""
        if text.isascii() or not self.ascii_only:
            return text
        encoding = self.encoding
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
        return text


def surface(
    stream: TextIO,
    color: Color = "auto",
    *,
    width: int | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Surface:
    """What this stream can show; `--color` goes before NO_COLOR, that before FORCE_COLOR and the terminal."""
    return Surface(
        width=max(MIN_WIDTH, width or _width(stream, environ)),
        color=_wants_color(stream, color, environ),
        encoding=getattr(stream, "encoding", None) or "utf-8",
    )


def put(stream: TextIO, surface: Surface, *items: Printable | str) -> None:
    """Writes the items, each on lines of its own; a str is a paragraph, made harmless and wrapped."""
    tolerate(stream)
    for item in items:
        lines = paragraph(item, surface) if isinstance(item, str) else item.lines(surface)
        while chunk := list(islice(lines, _CHUNK)):
            stream.write("\n".join(chunk) + "\n")


def paragraph(text: str, surface: Surface) -> Iterator[str]:
    """The text's lines, harmless and wrapped at the surface's width; indentation stays."""
    for line in multiline(text).split("\n"):
        shown = surface.encodable(line)
        body = shown.lstrip(" ")
        indent = " " * min(len(shown) - len(body), surface.width // 2)
        yield from (indent + part for part in wrap(body.rstrip(" "), surface.width - len(indent)))


def tolerate(stream: TextIO) -> None:
    """Lets the stream write a replacement for what its encoding lacks, instead of failing."""
    if isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
        stream.reconfigure(errors="replace")


def console(
    stream: TextIO,
    color: Color = "auto",
    *,
    width: int | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Console:
    """A Rich console for this stream, with markup, emoji codes and highlighting off."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            """Rich would end the program with 1; a reader that has enough is no error."""
            raise BrokenPipeError

    tolerate(stream)
    facts = surface(stream, color, width=width, environ=environ)
    # Everything Rich would ask the environment for is given: it takes FORCE_COLOR=0 for a yes.
    return Piped(
        file=stream,
        width=facts.width,
        height=25,
        color_system="standard" if facts.color else None,
        force_terminal=facts.color,
        force_jupyter=False,
        force_interactive=False,
        no_color=not facts.color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def rich_output(item: Printable, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
    """The item's lines as what Rich prints."""
    from rich.segment import ControlType, Segment

    color = console.color_system is not None and not console.no_color
    facts = Surface(options.max_width, color, options.encoding)
    for line in item.lines(facts):
        # Rich counts colour sequences as text and would crop the line, but for a control segment.
        yield Segment(line, None, [(ControlType.BELL,)]) if "\x1b" in line else Segment(line)
        yield Segment.line()


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def _wants_color(stream: TextIO, color: Color, environ: Mapping[str, str]) -> bool:
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if force := environ.get("FORCE_COLOR"):
        return force.lower() not in ("0", "false")
    return _is_terminal(stream) and environ.get("TERM", "").lower() not in ("dumb", "unknown")


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:6]) > 0:
        return int(columns[:6])
    if not _is_terminal(stream):
        return PIPED_WIDTH
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
