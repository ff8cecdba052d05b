"""A page as source of a manual page, for man, groff and mandoc: plain ASCII, and no text of it is a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from ...text import visible
from .dialect import Block, Heading, Items, Phrase, Prose, Rows, Verbatim, spans
from .page_text import described

_WIDTH = 110
_FONTS = {"plain": "", "code": "B", "strong": "B"}
_SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq"}


def as_roff(page: Iterable[Block], *, name: str, version: str) -> str:
    """The whole source; headings of level 1 and 2 become sections, those below parts of them."""
    head = f'.TH {escaped(name.upper())} 1 "" "{escaped(f"{name} {version}")}" "User commands"\n'
    return head + "".join(line for block in page for line in _told(block))


def _told(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f".SH {_styled(text.upper())}\n" if level < 3 else f".SS {_styled(text)}\n"
        case Prose(text):
            yield f".PP\n{_filled(text)}"
        case Items(items):
            yield from (f".IP \\(bu 2\n{_filled(item)}" for item in items)
        case Rows():
            yield from (f".TP\n{_line(_styled(row[0]))}{_filled(described(row))}" for row in block.rows)
        case Verbatim(text):
            yield ".PP\n.RS 4\n.nf\n"
            yield from (_line(escaped(line)) for line in text.splitlines())
            yield ".fi\n.RE\n"


def _filled(text: str) -> str:
    """The text in lines; a piece of code stays on one."""
    held = "".join(span.text if span.style == "plain" else _marked(span) for span in spans(text))
    lines = wrap(held, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "".join(_line(_styled(line.replace("\xa0", " "))) for line in lines) or "\\&\n"


def _marked(span: Phrase) -> str:
    """The piece with its marks again, and with blanks that no line is broken at."""
    mark = "`" if span.style == "code" else "**"
    return f"{mark}{span.text}{mark}".replace(" ", "\xa0")


def _styled(text: str) -> str:
    shown = ((_FONTS[span.style], escaped(span.text)) for span in spans(text))
    return "".join(f"\\f{font}{piece}\\fR" if font else piece for font, piece in shown)


def _line(text: str) -> str:
    return f"\\&{text}\n" if text.startswith(".") or not text else f"{text}\n"


def escaped(text: str) -> str:
    """The text with nothing in it that roff would read: signs by their names, one line."""
    signs = (_SIGNS.get(sign, sign) for sign in visible(text).replace("\n", " "))
    return "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in signs)
