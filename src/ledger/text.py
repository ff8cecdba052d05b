"""Small tools for text: harmless display, forbidden characters, nearest names, counts in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from .errors import UsageError

# What, beside C0, steers a terminal, reorders what is read, or hides: DEL, C1, soft hyphen, bidi controls,
# zero-width and other invisible format characters, line and paragraph separators, lone surrogates, tags.
# ZWNJ, ZWJ and variation selectors are left out: Persian, Indic scripts and emoji are spelt with them.
HARMFUL = (
    r"\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
_LISTED, _FEW = 40, 10  # names offered where none is near


# Compiled when first needed: nearly every text is printable, and these large sets cost the start a millisecond.
@cache
def _one_line() -> re.Pattern[str]:
    return re.compile(rf"\r\n|[\x00-\x1f{HARMFUL}]")


@cache
def _lines() -> re.Pattern[str]:
    return re.compile(rf"\r\n|[\x00-\x09\x0b-\x1f{HARMFUL}]")


@cache
def _forbidden() -> re.Pattern[str]:
    # Never allowed in a text field. The marks U+200E, U+200F and U+061C are: they are typed in Hebrew and Arabic
    # and cannot reorder letters; embeddings, overrides and isolates can. No UTF-8 file can hold a surrogate.
    return re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def hundredth(number: str) -> float:
    """A hundredth of a decimal number: the float beside the exact one, which dividing does not always give."""
    digits, _, exponent = number.lower().partition("e")
    return float(f"{digits}e{int(exponent or 0) - 2}")


def code_point(character: str) -> str:
    r"""The escaped form of one character: `\x1b`, `\u202e` or `\U000e0041`."""
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _in_one_line(match: re.Match[str]) -> str:
    found = match[0]
    return " " if found in ("\n", "\t", "\r\n") else code_point(found)


def _in_lines(match: re.Match[str]) -> str:
    found = match[0]
    if found == "\r\n":
        return "\n"
    return "    " if found == "\t" else code_point(found)


def visible(text: str) -> str:
    r"""The text as one harmless line: line ends and tabs become spaces, other controls show as `\x1b`."""
    # A printable text has no character of the categories "other" and "separator" but the space, and every
    # harmful one is of these; the test is several times quicker than a search.
    return text if text.isprintable() else _one_line().sub(_in_one_line, text)


# Letters that run from right to left: beside them a date, a bar or a full stop changes its place.
_BACKWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"


@cache
def _backward() -> re.Pattern[str]:
    return re.compile(f"[{_BACKWARD}]")


def isolated(text: str) -> str:
    """A harmless text that keeps to itself between others, where no markup can say so: in Unicode's isolates."""
    return text if text.isascii() or not _backward().search(text) else f"\u2068{text}\u2069"


def multiline(text: str) -> str:
    r"""Like `visible`, but line ends stay (as `\n`) and a tab becomes four spaces."""
    return text if text.isprintable() else _lines().sub(_in_lines, text)


def control_characters(text: str) -> int | None:
    r"""Index of the first character no text field may hold, or None.

    Not allowed: C0 but `\n` and `\t`, DEL, C1, bidi embeddings, overrides and isolates, lone surrogates.
    """
    if text.isprintable():
        return None
    found = _forbidden().search(text)
    return found.start() if found else None


def nearest(word: str, choices: Iterable[str], limit: int = 3) -> list[str]:
    """At most `limit` choices that look like `word`: beginning with it, spelt alike, then containing it."""
    from difflib import get_close_matches

    sought = word.casefold()
    names: dict[str, str] = {}
    for choice in choices:
        names.setdefault(choice.casefold(), choice)
    if not sought:
        return []
    found = sorted((name for name in names if name.startswith(sought)), key=len)
    found += get_close_matches(sought, names, n=limit)
    if len(sought) > 3:
        found += [name for name in names if sought in name]
    return [names[name] for name in dict.fromkeys(found)][:limit]


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`did you mean optimus?` or `did you mean a, b or c?`; empty if nothing is near."""
    found = nearest(word, choices)
    return f"did you mean {either(found)}?" if found else ""


def known(words: Sequence[str], choices: Collection[str], what: str) -> tuple[str, ...]:
    """The words, if all of them are choices; UsageError offers the nearest ones otherwise."""
    for word in words:
        if word not in choices:
            raise UsageError(f"no {what} {shorten(word, 60)!r}", hint=_offer(word, choices))
    return tuple(words)


def _offer(word: str, choices: Collection[str]) -> str | None:
    near = did_you_mean(word, sorted(choices))
    if near or not choices:
        return near or None
    many = len(choices) > _LISTED
    listed = sorted(choices) if many or isinstance(choices, set) else list(choices)
    if many:
        return f"there are {', '.join(listed[:_FEW])} and {len(listed) - _FEW} more"
    return f"there are {', '.join(listed)}"


def either(names: list[str]) -> str:
    """The names as a choice in words: `a`, `a or b`, `a, b or c`."""
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


# Signs for which a keyboard has one: those that no compatibility form joins, and those that nobody sees.
_TYPED = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), None),
    ord("\u2044"): "/",
}


def folded(text: str) -> str:
    """A text as it is sought: without case, in one Unicode form, with the signs that are typed: alike is alike.

    No-break spaces, typographic quotes and dashes, ligatures, full-width digits and invisible signs come from pages
    and from PDF files. The script of the site's page folds what is typed there in the same way.
    """
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).translate(_TYPED).casefold()


def shorten(text: str, length: int) -> str:
    """The text in at most `length` (>= 1) characters, cut at a word if one ends late enough, with `…`."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if text[length - 1] != " ":
        space = cut.rfind(" ")
        if space >= length * 2 // 3:
            cut = cut[:space]
    return cut.rstrip() + "…"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 claim`, `2 claims`, `10,000 claims`; `many` is given where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


# What a spreadsheet takes for a formula, with the full-width forms it also accepts; and texts that look guarded.
_FORMULA = r"'*[=+\-@\t\r\n＝＋－＠]"
_NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?%?"


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with a `'` before it, if need be."""
    if re.match(_FORMULA, text) and not re.fullmatch(_NUMBER, text):
        return "'" + text
    return text


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    return cell[1:] if cell[:1] == "'" and re.match(_FORMULA, cell[1:]) else cell


_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")  # which share the look of many letters


def mixed_letter(text: str) -> str | None:
    """The name of a Cyrillic or Greek letter that stands in a word with Latin ones: it only looks like one of them."""
    for word in text.split() if not text.isascii() else ():
        names = [unicodedata.name(sign, "") for sign in word if sign.isalpha()]
        scripts = {name.split()[0] for name in names if name.split()[:1] and name.split()[0] in _SCRIPTS}
        if "LATIN" in scripts and len(scripts) > 1:
            return next(name for name in names if not name.startswith("LATIN"))
    return None
