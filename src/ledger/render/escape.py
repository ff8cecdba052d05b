"""Escaping for every place a ledger's text can reach. Each function takes any str and never fails.

A ledger comes from strangers: what it says may be shown, but must not steer the place that shows it.
Where the place has no way to write a control character, it is shown as `\\x1b`, which is not reversible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ..text import HARMFUL, code_point, guarded, isolated, multiline, visible

__all__ = [
    "apart",
    "code_span",
    "csv_cell",
    "github_data",
    "github_property",
    "html",
    "icalendar",
    "json_text",
    "markdown",
    "plain_cell",
    "sarif",
    "terminal",
    "terminal_lines",
    "tsv_cell",
    "xml",
    "xml_attribute",
]

_C0_BUT_LINES = r"\x00-\x08\x0b-\x1f"


# Compiled when first needed: a plain row needs none of them, and these large sets cost the start two milliseconds.
@cache
def _keep_lines() -> re.Pattern[str]:
    return re.compile(f"[{_C0_BUT_LINES}{HARMFUL}]")


@cache
def _json() -> re.Pattern[str]:
    return re.compile(f"[{HARMFUL}]")


@cache
def _markdown() -> re.Pattern[str]:
    return re.compile(r"[\\|`*~\[\]]|(?<![^\W_])_|_(?![^\W_])")


@cache
def _xml() -> re.Pattern[str]:
    return re.compile(rf"[{_C0_BUT_LINES}{HARMFUL}\ufffe\uffff]")


_REFERENCES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))

terminal = visible
terminal_lines = multiline
plain_cell = visible


def _show(match: re.Match[str]) -> str:
    return code_point(match[0])


def _in_lines(text: str) -> str:
    return text if text.isprintable() else _keep_lines().sub(_show, text.replace("\r\n", "\n"))


def apart(text: str, place: Callable[[str], str]) -> str:
    """A foreign text escaped for its place that changes the order of nothing around it, whatever its direction."""
    return isolated(place(text))


def _references(text: str, *, quote: bool = True) -> str:
    """The signs of markup as references; those of an attribute too, unless `quote` is off."""
    for sign, name in _REFERENCES if quote else _REFERENCES[:3]:
        text = text.replace(sign, name)
    return text


def csv_cell(text: str) -> str:
    """A value for `csv.writer`: formulas get a leading `'` (plain numbers do not), tabs and newlines stay."""
    return text if _is_harmless(text) else _in_lines(guarded(text))


def tsv_cell(text: str) -> str:
    """A value of a TSV file for spreadsheets: one line, no tab, formulas guarded as in CSV."""
    return text if _is_harmless(text) else visible(guarded(text))


def _is_harmless(cell: str) -> bool:
    """Whether a cell, as nearly every one, is neither a formula nor has anything that steers."""
    return not cell or (cell[0].isalnum() and cell.isprintable())


def markdown(text: str) -> str:
    """Text of a Markdown table cell or line: no markup, HTML, entity, link or cell border of its own."""
    shown = _references(visible(text), quote=False)
    return _markdown().sub(r"\\\g<0>", shown)


def code_span(text: str) -> str:
    """A code span of Markdown on one line: no markup, mention, reference or link in it, whatever it holds."""
    shown = visible(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}"


def xml(text: str) -> str:
    """Text between XML or HTML tags: tabs and newlines stay, all else XML forbids is shown."""
    return _references(_xml().sub(_show, text.replace("\r\n", "\n")), quote=False)


def xml_attribute(text: str) -> str:
    """An XML or HTML attribute's value, inside quotes of either kind; tabs and newlines as references."""
    shown = _references(_xml().sub(_show, text.replace("\r\n", "\n")))
    return shown.replace("\n", "&#10;").replace("\t", "&#9;")


def html(text: str) -> str:
    """HTML text, safe in a quoted attribute too."""
    return _references(_xml().sub(_show, text.replace("\r\n", "\n")))


def github_data(text: str) -> str:
    """The message of a GitHub workflow command; it may have several lines."""
    return _in_lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """A property (`file=`, `title=`) of a GitHub workflow command."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")


def icalendar(text: str) -> str:
    """A TEXT value of iCalendar (RFC 5545); folding of long lines is the writer's task."""
    shown = _in_lines(text).replace("\t", " ").replace("\\", "\\\\")
    return shown.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def sarif(text: str) -> str:
    """A plain text message of SARIF: what would be read as a link is parted by a space."""
    return _in_lines(text).replace("](", "] (")


def json_text(document: str) -> str:
    r"""JSON with every harmful character of its strings as `\uXXXX`: the same data."""
    return document if document.isprintable() else _json().sub(_json_escape, document)


def _json_escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
