"""A text as sentences: hard wraps joined, headings and list items apart, Markdown and markup blanked out.

Everything is found on a *shadow* of the text: as long as the text, so that offsets are the same, but with plain
quotation marks and with markup, addresses and code fences replaced by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

LONGEST = 1_500  # a sentence that is longer is cut: no claim is read there as a whole, and time stays linear

_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\r": " ",
        "\t": " ",
        "\f": " ",
        "\v": " ",
        "\u2028": " ",
        "\u2029": " ",
        "\x85": " ",
        "`": " ",
        "[": " ",
        "«": '"',
        "»": '"',
    }
)
_MARKUP = re.compile(
    r"\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,800}\)|\]\[[^\]\n]{0,120}\]|\]"
    r"|https?://[^\s)>\]]{1,2000}|<[a-zA-Z/!][^<>\n]{0,300}>|\*+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])"
)
_ITEM = re.compile(r"( *)(?:[-*•+‣◦–]|\(?\d{1,3}\\?[.)]|\(?[a-z][.)])(?: +\[([ xX])\])? +")
_RULE = re.compile(r" *(?:[-=_*~] ?){3,} *$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?: |$)|(=+)[^=]+=+ *$")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]: *\S")
_FENCE = re.compile(r" *(?:```|~~~)")
_ROW = re.compile(r" *\|.*\| *$")
_ROW_RULE = re.compile(r"[ |:=-]+$")
_WRAPPED = 110  # a longer line is a paragraph of its own
Sort = Literal["text", "heading", "item", "row"]


class Passage(NamedTuple):
    """A paragraph, heading, list item or table row, and what stands over it."""

    start: int
    end: int
    sort: Sort
    depth: int  # of a heading, or the indent of an item
    done: bool = False  # a ticked box


class Sentence(NamedTuple):
    """A span of the text with its shadow on one line; `block` is the number of its block."""

    start: int
    end: int
    shadow: str
    block: int


def shadow_of(text: str) -> str:
    """The text with the same length, without markup."""
    return _MARKUP.sub(lambda found: " " * len(found[0]), _without_brackets(text))


def _without_brackets(text: str) -> str:
    # "[" alone goes; "](" and "][" are still needed to find the address that follows.
    return text.translate(_PLAIN)


def blocks(text: str) -> list[Passage]:
    """The blocks of a text in order; code, front matter and reference definitions are left out."""
    found: list[Passage] = []
    open_from = last_end = -1
    sort, depth, done, previous, fenced = "text", 0, False, "", False

    def close() -> None:
        nonlocal open_from
        if open_from >= 0:
            kind = "heading" if sort == "text" and _is_title(text[open_from:last_end]) else sort
            found.append(Passage(open_from, last_end, kind, depth if kind == sort else 7, done))  # type: ignore[arg-type]
        open_from = -1

    for start, line in _lines(text, _front_matter(text)):
        if _FENCE.match(line):
            close()
            fenced = not fenced
            continue
        if fenced or not line.strip() or _REFERENCE.match(line):
            close()
            previous = ""
            continue
        if _ROW_RULE.match(line) and "|" in line:
            if sort == "row":
                open_from = -1  # the row above names the columns
            close()
            continue
        if _RULE.match(line):
            if open_from >= 0 and sort == "text" and text.count("\n", open_from, last_end) == 0:
                sort, depth = "heading", 1 if "=" in line else 2  # the line above was a title
            close()
            previous = ""
            continue
        title, item = _HEADING.match(line), _ITEM.match(line)
        if open_from < 0 or title or item or _begins(line, previous, sort):
            close()
            open_from, done = start, False
            if title:
                sort, depth = "heading", len(title[1] or title[2])
            elif item:
                open_from, sort, depth, done = start + item.end(), "item", len(item[1]), (item[2] or " ") in "xX"
            else:
                sort, depth = ("row", 0) if _ROW.match(line) else ("text", 0)
        last_end = start + len(line.rstrip())
        previous = line
    close()
    return [block for block in found if block.start < block.end]


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, text[start:end].expandtabs(1)
        start = end + 1


def _front_matter(text: str) -> int:
    """Where the text begins after a head of metadata between lines of --- or +++."""
    for mark in ("---\n", "+++\n"):
        if text.startswith(mark):
            end = text.find(f"\n{mark}", 3, 20_000)
            return end + 5 if end > 0 else 0
    return 0


def _begins(line: str, previous: str, sort: str) -> bool:
    """Whether a line that is no item begins a new block below another one."""
    if sort in ("heading", "row") or _ROW.match(line):
        return True
    return len(line) > _WRAPPED or len(previous) > _WRAPPED or (len(previous) < 60 and _is_title(previous))


def _is_title(line: str) -> bool:
    """Whether a line alone looks like a title: short, no full stop, most words with a capital."""
    words = line.split()
    if not 1 <= len(words) <= 18 or len(line) > 140 or line.rstrip(" *_\"'”’")[-1:] in (".", "!", ";", ",", ":", ""):
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return "\n" not in line and sum(word[0].isupper() for word in long) * 2 > len(long)


_END = re.compile(r"[.!?…][\"')\]*]*(?=\s+[\"'(*]*\s?[A-Z0-9])|[.!?…][\"']+(?=[A-Z])")
_SHORT = re.compile(
    r"(?:^|[\s(\"'.-])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Rep|Sen|Gov|Pres|Rev|Hon|St|Mt|Ft|Inc"
    r"|Corp|Ltd|Co|Bros"
    r"|No|Nos|vs|etc|approx|dept|est|fig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|e\.g|i\.e|cf|al|a\.m|p\.m|[A-Z]\.[A-Z]|[A-Z]|Ph\.D|Fla|Calif|Mass|Va|Conn|Ariz|Colo|Pa|Tenn)\.$"
)
_OPENER = re.compile(
    r"\s+[\"'(]*(?:The|In|He|She|It|They|But|And|This|That|We|On|At|A|An|Its|His|Her|For|After|As|There)\s"
)
_NUMBER_OF_ITEM = re.compile(r"\s*\d{1,3}\.$")


def sentences(shadow: str, found: list[Passage]) -> Iterator[Sentence]:
    """The sentences of the blocks, in order."""
    for number, block in enumerate(found):
        part = shadow[block.start : block.end].replace("\n", " ")
        last = 0
        for end in _ends(part):
            yield from _cut(part, last, end, block.start, number)
            last = end
        yield from _cut(part, last, len(part), block.start, number)


def _ends(part: str) -> Iterator[int]:
    for match in _END.finditer(part):
        head = part[max(0, match.start() - 12) : match.start() + 1]
        if match[0][0] == "." and _SHORT.search(head):
            # "U.S. The": an abbreviation that ends the sentence, if a word follows that begins one.
            if not (
                re.search(r"[a-zA-Z]\.[a-zA-Z]\.$|Inc\.$|Corp\.$|Ltd\.$|Co\.$", head)
                and _OPENER.match(part, match.end())
            ):
                continue
        elif _NUMBER_OF_ITEM.match(part[: match.end()]) if match.end() < 6 else False:
            continue
        yield match.end()


def _cut(part: str, start: int, end: int, offset: int, block: int) -> Iterator[Sentence]:
    while start < end and part[start] in " #=|>":
        start += 1
    while end > start and part[end - 1] in " #=|":
        end -= 1
    while end - start > LONGEST:
        space = part.rfind(" ", start, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield Sentence(offset + start, offset + stop, part[start:stop], block)
        start = stop + (space > start)
    if end > start:
        yield Sentence(offset + start, offset + end, part[start:end], block)
