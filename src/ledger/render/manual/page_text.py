"""A page as it is read in a terminal: headings at the margin, everything else below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import indent, wrap

from .dialect import Block, Heading, Items, Prose, Rows, Verbatim, bare

_TERM = 24  # columns at most before the meaning stands on the line of its term


def as_text(page: Iterable[Block], width: int) -> str:
    """The page in lines of at most so many columns, but for code and for words that are longer."""
    return "\n".join(_told(block, max(width, 20)) for block in page)


def _told(block: Block, width: int) -> str:
    match block:
        case Heading(level, text):
            return (bare(text).upper() if level < 3 else bare(text)) + "\n"
        case Prose(text):
            return _filled(bare(text), width, "  ")
        case Items(items):
            return "".join(_filled(bare(item), width, "  - ", "    ") for item in items)
        case Rows():
            return "".join(_rows(block, width))
        case Verbatim(text):
            return indent(text, "    ")


def _rows(block: Rows, width: int) -> Iterator[str]:
    told = [(bare(row[0]), bare(described(row))) for row in block.rows]
    beside = min(_TERM, max((len(term) for term, _ in told), default=0), width // 3)
    for term, meaning in told:
        if len(term) <= beside:
            yield _filled(meaning, width, f"  {term:<{beside}}  ", " " * (beside + 4))
        else:
            yield _filled(term, width, "  ") + _filled(meaning, width, " " * (beside + 4))


def described(row: tuple[str, ...]) -> str:
    """What stands behind the first cell of a row, in one line."""
    *more, last = row[1:]
    return last + (f" ({', '.join(more)})" if any(more) else "")


def _filled(text: str, width: int, first: str, then: str | None = None) -> str:
    lines = wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if then is None else then,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{line}\n" for line in lines or [first.rstrip()])
