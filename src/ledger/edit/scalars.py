"""Text -> a YAML scalar that reads as that text in YAML 1.1 and in 1.2, in the style that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ..loading.scalars import is_typed

ScalarStyle = Literal["plain", "'", '"', ">", "|"]


class Plain(str):
    """A value that stands without quotes whatever a reader may take it for: a day, a number, `true`."""

    __slots__ = ()


# What YAML 1.1 reads as something else than text, beside numbers and days: PyYAML leaves y and n out.
_WORDS = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|~|=|<<")
_NUMBERS = re.compile(
    r"[-+]?(?:0[bB][01_]+|0[xX][0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?"
    r"|(?:[0-9][0-9_]*)?\.[0-9_]*|\.(?:inf|Inf|INF|nan|NaN|NAN))(?:[eE][-+]?[0-9]+)?"
)
_DAYS = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?", re.DOTALL)
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_UNSAFE_PLAIN = re.compile(r": |:$| #|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff]|^(?:---|\.\.\.)(?:\s|$)")
# What a block or single-quoted scalar cannot hold as it is: an escape in double quotes says it plainly.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}
_ESCAPED = re.compile(rf'[\\"]|{_UNPRINTABLE.pattern}|\n')


def reads_as_text(text: str) -> bool:
    """Whether the text, unquoted, is text to readers of YAML 1.1 and of YAML 1.2 alike."""
    return not (
        is_typed(text) or _WORDS.fullmatch(text) or _NUMBERS.fullmatch(text) or _DAYS.fullmatch(text) or not text
    )


def fits_plain(text: str, *, flow: bool = False) -> bool:
    """Whether the text can stand on one line without quotes."""
    if not reads_as_text(text) or text != text.strip(" ") or _UNSAFE_PLAIN.search(text):
        return False
    if text[0] in _INDICATORS and not (text[0] in "-?:" and text[1:2] not in ("", " ", *",[]{}")):
        return False
    return not (flow and (re.search(r"[,\[\]{}]|:\"|:'", text) or text[0] in "-?:" or text[-1] == ":"))


def quoted(text: str, mark: str) -> str:
    """The text between quotation marks on one line; single ones only where they can hold it."""
    if mark == "'" and not _UNPRINTABLE.search(text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if found in _ESCAPES:
        return _ESCAPES[found]
    number = ord(found)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def one_line(text: str, *, preferred: ScalarStyle = "plain", mark: str = '"', flow: bool = False) -> str:
    """The text as one line: in the preferred style if it can be, else between quotation marks."""
    if isinstance(text, Plain):
        return text
    if preferred in ("'", '"'):
        return quoted(text, preferred)
    if fits_plain(text, flow=flow):
        return text
    if mark == '"' and '"' in text and "'" not in text:
        mark = "'"  # fewer escapes
    return quoted(text, mark)


def lines_of(text: str, *, style: ScalarStyle, indent: int, width: int, lead: int) -> Iterator[str]:
    """The text over several lines: the first goes behind the key, the others are indented already.

    `lead` is how many columns the first line has lost already. Nothing comes where no such style holds the text.
    """
    if isinstance(text, Plain) or _UNPRINTABLE.search(text) or text != text.strip(" \n"):
        return
    pad = " " * indent
    if "\n" in text:
        if not re.search(r"^ |^\n", text):
            yield "|-"
            yield from (pad + line if line else "" for line in text.split("\n"))
        return
    room = max(width - indent, 20)
    wrapped = _wrap(text, room, 0 if style in (">", "|") else lead - indent)
    if style == "plain" and fits_plain(text) and not any(line[0] == "#" for line in wrapped):
        yield wrapped[0]
        yield from (pad + line for line in wrapped[1:])
    elif style in ("'", '"') and (style == "'" or "\\" not in text):
        inner = [line.replace("'", "''") if style == "'" else line.replace('"', '\\"') for line in wrapped]
        yield from _between(inner, style, pad)
    else:
        yield ">-"
        yield from (pad + line for line in _wrap(text, room, 0))


def _between(lines: list[str], mark: str, pad: str) -> Iterator[str]:
    lines = [mark + lines[0], *(pad + line for line in lines[1:])]
    lines[-1] += mark
    yield from lines


def _wrap(text: str, width: int, lead: int) -> list[str]:
    """Lines of at most `width`, broken at single spaces only, so that folding gives the text back."""
    words = re.split(r"(?<! ) (?! )", text)
    lines = [words[0]]
    for word in words[1:]:
        used = len(lines[-1]) + (lead if len(lines) == 1 else 0)
        if used + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
