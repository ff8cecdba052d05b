"""Scores as a reader meets them, on a terminal and in Markdown: tables with the sentences that say what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..results.groups import Account
from ..scoring.meaning import MEANINGS
from ..text import plural
from . import escape, rowtext
from .terminal.console import Surface
from .terminal.diagram import Plot

_NAMELESS = {
    "topic": "no topic",
    "source": "no source",
    "series": "no series",
    "year": "undated",
    "horizon": "undated",
}
_MARKDOWN_WIDTH = 72


class Head(NamedTuple):
    """One column: its header and how it is shown; `lead` as in a terminal's `Column`."""

    text: str
    right: bool = True
    style: str = ""
    lead: bool = False
    wrap: bool = False


class Section(NamedTuple):
    """A table of texts and the notes under it; without rows only the notes are shown."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


class Note(NamedTuple):
    """A paragraph of its own; `whole` ones are broken on a terminal only, so that programs find them in one line."""

    text: str
    style: str = ""
    whole: bool = False


Part = Note | Section | Plot


def account_line(day: object, account: Account, *, remark: str = "") -> str:
    """Where every claim went, in one line that adds up; the remark is what must not be read past."""
    awaiting = f" + {account.awaiting:,} awaiting" if account.awaiting else ""
    line = (
        f"as of {day}: {plural(account.claims, 'claim')} = {account.scored:,} scored + {account.overdue:,} overdue"
        f"{awaiting} + {account.open:,} open ({account.decided_early:,} decided early) + {account.undated:,} undated"
        f" + {account.void:,} void + {account.unscored:,} unscored"
    )
    return f"{line}; {remark}" if remark else line


def hindsight(n_hindsight: int | None, n: int) -> str:
    """What is to be said at once where every scored claim was entered after its outcome stood; else nothing."""
    if not n or n_hindsight != n:
        return ""
    return (
        f"all {n:,} scored claims were entered in hindsight" if n > 1 else "the scored claim was entered in hindsight"
    )


def in_series(n: int, n_series: int) -> str:
    """A number of claims, and of how many series where some hang together."""
    return f"{n:,}" if n == n_series else f"{n:,} in {n_series:,}"


SELECTED = "These claims were selected by outcome: what share of them came true says nothing, and no rate is given."


def meaning(name: str, label: str = "") -> str:
    """What a number means and what it does not."""
    found = MEANINGS[name]
    lead = f"{label}: " if label else ""
    return f"{lead}{found.sentence} {found.says_not}"


def selection() -> Note:
    """What holds for every rate, said once at the end."""
    return Note(meaning("selection"), "bold")


def group_name(name: str | None, by: str | None) -> str:
    """A group's name as shown."""
    return _NAMELESS.get(by or "", "none") if name is None else name


def group_head(by: str | None) -> Head:
    """The first column."""
    return Head(by or "group", right=False, style="bold", lead=True, wrap=True)


# --- Markdown -------------------------------------------------------------------------------------------------


def as_markdown(parts: Iterable[Part]) -> str:
    """The parts as a Markdown document; diagrams as blocks of text."""
    return "\n".join(_markdown(part) for part in parts)


def _markdown(part: Part) -> str:
    if isinstance(part, Note):
        return _paragraphs([part.text])
    if isinstance(part, Plot):
        return "\n".join(["```text", *part.lines(Surface(_MARKDOWN_WIDTH)), "```", ""])
    head = f"### {escape.markdown(part.title)}\n\n" if part.title else ""
    right = [index for index, column in enumerate(part.heads) if column.right]
    table = rowtext.markdown([column.text for column in part.heads], part.rows, right) + "\n" if part.rows else ""
    return (head + table + _paragraphs(part.notes)).rstrip("\n") + "\n"


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n".join(escape.markdown(text) + "\n" for text in texts)
