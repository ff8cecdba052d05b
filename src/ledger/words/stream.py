"""A text as tokens, and a cursor over them that rules of the grammar move."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar, cast

_T = TypeVar("_T")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\s*_`\"“”()\[\]]")
_OTHER = re.compile(r"[^\x00-\x7f]")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SAME_LENGTH = _DASHES | dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u2032"), "'")


class Token(NamedTuple):
    """A run of letters, a run of digits or one sign, in small letters, with its place in the text."""

    text: str
    start: int
    end: int
    glued: bool  # nothing stands between it and the token before


def plain(text: str) -> str:
    """The text with one kind of dash, apostrophe and digit, in small letters, each character in its old place."""
    if text.isascii():
        return text.lower()
    return _OTHER.sub(_plain_character, text.translate(_SAME_LENGTH)).lower()


def _plain_character(match: re.Match[str]) -> str:
    """A digit of another script in ASCII; a letter whose small form is longer as it is."""
    character = match[0]
    if character.isdecimal():
        return str(int(character))
    return character if len(character.lower()) == 1 else "?"


def tokens(text: str) -> list[Token]:
    """All tokens of a text; spaces, brackets, quotes and signs of emphasis are none."""
    found, end = [], -1
    for match in _TOKEN.finditer(plain(text)):
        found.append(Token(match[0], match.start(), match.end(), match.start() == end))
        end = match.end()
    return found


_AFTER = [Token("", -1, -1, False)] * 16  # more than any rule looks ahead


class Stream:
    """Tokens and the place reached. A rule that returns None leaves the place where it was."""

    __slots__ = ("at", "depth", "length", "read", "tokens", "whole")

    def __init__(self, found: list[Token], *, whole: bool = False) -> None:
        self.tokens = [*found, *_AFTER]
        self.length = len(found)
        self.at = 0
        self.whole = whole  # the tokens are a phrase and nothing else, so that even "the 3rd" or "5 Dec 26" is a date
        self.depth = 0
        self.read: dict[tuple[Callable[..., object], int], tuple[object, int]] = {}

    @property
    def next(self) -> Token:
        """The token to be read; an empty one at the end."""
        return self.tokens[self.at]

    def ahead(self, count: int) -> Token:
        """The token that many places on; an empty one past the end."""
        return self.tokens[self.at + count]

    @property
    def finished(self) -> bool:
        """Whether every token is read."""
        return self.at >= self.length

    def take(self, *words: str) -> str | None:
        """One of these words, if it comes next."""
        text = self.next.text
        if text and text in words:
            self.at += 1
            return text
        return None

    def look_up(self, table: Mapping[str, _T]) -> _T | None:
        """What a table says of the next word, which is then read."""
        found = table.get(self.next.text)
        if found is not None:
            self.at += 1
        return found

    def glued(self, *words: str) -> str | None:
        """One of these words, if it comes next without a space before it."""
        return self.take(*words) if self.next.glued else None

    def phrase(self, *phrases: str) -> str | None:
        """The longest of these phrases whose words come next."""
        for one, words in _by_first_word(phrases).get(self.next.text, ()):
            if all(self.ahead(count).text == word for count, word in enumerate(words)):
                self.at += len(words)
                return one
        return None

    def digits(self, low: int, high: int, *, length: Iterable[int] = ()) -> int | None:
        """A number in digits between two bounds, of one of some lengths if they are given."""
        text = self.next.text
        if not text.isdecimal() or len(text) > 9 or (length and len(text) not in length):
            return None
        value = int(text)
        if not low <= value <= high:
            return None
        self.at += 1
        return value

    def attempt(self, rule: Callable[[Stream], _T | None]) -> _T | None:
        """What the rule reads, with the place put back if it reads nothing; each rule reads each place once."""
        before = self.at
        known = self.read.get((rule, before))
        if known is not None:
            self.at = known[1]
            return cast("_T | None", known[0])
        found = rule(self)
        if found is None:
            self.at = before
        self.read[rule, before] = found, self.at
        return found

    def first(self, *rules: Callable[[Stream], _T | None]) -> _T | None:
        """What the first rule that fits reads."""
        for rule in rules:
            found = self.attempt(rule)
            if found is not None:
                return found
        return None


@lru_cache(maxsize=256)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, list[str]]]]:
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for one in sorted(phrases, key=lambda one: -len(one.split())):
        words = one.split()
        found.setdefault(words[0], []).append((one, words))
    return found
