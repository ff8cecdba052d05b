"""Yearly predictions as people publish them: lists, numbered paragraphs and tables, with a legend of what came true.

A row is text with a probability at its end. Whether it came true is shown by a sign, by a column, or by how the
text is set: bold, italic, struck out or a link. What each of these means the reader states.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ...edit.blocks import Value
from ...text import shorten
from . import pages
from .common import Import
from .made_keys import key_of
from .markdown_blocks import CHANCE, PageBlock, bare, blocks, title_of
from .probabilities import NoProbabilityError, probability
from .proposals import Item, Proposal, Refused, RefusedFrame
from .sources import Lines

_NUMBERED = re.compile(r"^\(?\d{1,4}\\?[.):]\s*")
_REMARK = re.compile(r"\s*\((?P<remark>[^()%]*)\)[\s.]*$")
_MANY = re.compile(r"\d\s*%?\s*/\s*\d+\s*%?\s*/?")
_SIGN = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?")
_STRUCK = re.compile(
    r"^\s*(?:~~(?P<a>.+)~~|<(?:del|s|strike)\b[^>]*>(?P<b>.+)</(?:del|s|strike)>"
    r"|<span[^>]*line-through[^>]*>(?P<c>.+)</span>)(?P<tail>.*)$",
    re.IGNORECASE,
)
_BOLD = re.compile(
    r"^\s*(?:\*\*(?P<a>(?:(?!\*\*).)+)\*\*|__(?P<b>.+)__|<(?:b|strong)>(?P<c>.+)</(?:b|strong)>)(?P<tail>.*)$",
    re.IGNORECASE,
)
_ITALIC = re.compile(
    r"^\s*(?:\*(?P<a>[^*]+)\*|_(?P<b>[^_]+)_|<(?:i|em)>(?P<c>.+)</(?:i|em)>)(?P<tail>.*)$", re.IGNORECASE
)
_LINK = re.compile(r"^\s*\[(?P<a>[^\]]+)\]\((?P<url>[^)\s]+)[^)]*\)(?P<tail>.*)$")
_SETTINGS = (("struck", _STRUCK), ("bold", _BOLD), ("italic", _ITALIC), ("link", _LINK))
_CLAIM_COLUMNS = ("prediction", "claim", "question", "statement", "event", "what")
_CHANCE_COLUMNS = ("probability", "confidence", "chance", "odds", "forecast", "p", "%", "credence")
_OUTCOME_COLUMNS = (
    "outcome",
    "came true?",
    "came true",
    "result",
    "resolution",
    "resolved",
    "happened",
    "verdict",
    "true?",
    "correct?",
    "status",
    "right?",
)


def read(reading: Import) -> Iterator[Item]:
    """The predictions of each page, all by one speaker and for one year."""
    marks: Counter[str] = Counter()
    for member in reading.members:
        lines = list(Lines(member))
        yield RefusedFrame(member.name)
        title = title_of(lines, member.base.rsplit(".", 1)[0])
        page = pages.page(reading, member, title, f"{title} {member.base}")
        for block in blocks(lines, member.name):
            found = _row(reading, page, block, marks) if block.kind == "row" else _line(reading, page, block, marks)
            if found is not None:
                yield found
    if marks and not reading.options.outcomes:
        shown = ", ".join(f"{mark} {count:,}" for mark, count in marks.most_common(6))
        reading.notes.append(f"what the marks mean is not said ({shown}): --true, --false and --void say it")


class _Marked(NamedTuple):
    text: str
    marks: tuple[str, ...]
    url: str | None = None
    broken: bool = False


def _marked(text: str) -> _Marked:
    """The text of a row without its signs and settings, and what these were."""
    marks: list[str] = []
    url = None
    for _ in range(4):
        text = text.strip()
        sign = _SIGN.match(text)
        if sign is not None:
            marks.append(sign[0].rstrip("\ufe0f"))
            text = text[sign.end() :]
            continue
        last = re.search(f"({_SIGN.pattern})$", text)
        if last is not None:
            marks.append(last[0].rstrip("\ufe0f"))
            text = text[: last.start()]
            continue
        for name, pattern in _SETTINGS:
            match = pattern.match(text)
            if match is not None and _holds_all(match):
                groups = match.groupdict()
                marks.append(name)
                url = groups.get("url") or url
                text = (groups["a"] or groups.get("b") or groups.get("c") or "") + match["tail"]
                break
        else:
            break
    broken = bool(re.match(r"(?:\*\*|__|~~|<(?:del|s|b|i|em|strong|span)\b)", text)) or _unpaired(text)
    return _Marked(text, tuple(marks), url, broken)


def _holds_all(match: re.Match[str]) -> bool:
    """Whether a setting holds the sentence, and not a word of it: behind it stands a probability at most."""
    tail = _without_remark(f" {bare(match['tail'])}")[0].strip()
    tail = _REMARK.sub("", f" {tail}").strip()
    return not tail or CHANCE.fullmatch(f" {tail}") is not None or CHANCE.fullmatch(tail) is not None


def _unpaired(text: str) -> bool:
    return (
        text.count("**") % 2 == 1
        or text.count("~~") % 2 == 1
        or text.lower().count("<del") != text.lower().count("</del")
    )


def _line(reading: Import, page: pages.Page, block: PageBlock, marks: Counter[str]) -> Proposal | Refused | None:
    """The prediction of an entry or a line; None for prose, which no probability ends."""
    place, raw = block.place, block.raw
    found = _marked(block.text)
    text, remark = _without_remark(bare(found.text))
    chance = CHANCE.search(text)
    if chance is None:
        return _no_chance(block, found, text)
    if block.kind == "below":
        return Refused("unclear", "right below an entry, and none of its own", place, raw)
    if block.kind == "prose" and not found.marks:
        return Refused("unclear", "neither in a list nor numbered nor set off", place, raw) if chance["apart"] else None
    if found.broken:
        return Refused("unclear", "what is set bold, italic or struck out does not end here", place, raw)
    if text.startswith(("...", "…")):
        return Refused("unclear", "goes on from the line above", place, raw)
    if chance["bound"]:
        return Refused("bad-probability", f"{chance[0].strip(' :(),')!r} is a bound", place, raw)
    claim = _NUMBERED.sub("", text[: chance.start()]).strip(" :,–—-(")
    if _MANY.search(text[chance.start() :]) or re.search(r"\d\s*/\s*\d+\s*/?\s*$", claim):
        return Refused("options", "odds of several outcomes in one line", place, raw)
    if claim.count("(") != claim.count(")") or re.search(r":\s*\d+(?:[.,]\d+)?\s*%", claim):
        return Refused("unclear", "more than one probability", place, raw)
    row = _Row(claim, f"{chance['number']}%", found.marks, remark)
    return _made(reading, page, block, row, marks)


def _without_remark(text: str) -> tuple[str, str]:
    """The text without what stands in brackets behind its probability, and that."""
    match = _REMARK.search(text)
    if match is not None and CHANCE.search(text[: match.start()]):
        return text[: match.start()], match["remark"]
    return text, ""


def _no_chance(block: PageBlock, found: _Marked, text: str) -> Refused | None:
    if "%" in text and _MANY.search(text):
        return Refused("options", "odds of several outcomes in one line", block.place, block.raw)
    if "%" in text and (block.kind == "entry" or found.marks):
        return Refused("unclear", "no single probability at its end", block.place, block.raw)
    if block.kind == "entry" and (found.marks or len(text) > 3) and not found.url:
        return Refused("no-probability", "an entry without a probability", block.place, block.raw)
    return None


class _Row(NamedTuple):
    claim: str
    chance: str
    marks: tuple[str, ...]
    remark: str = ""


def _row(reading: Import, page: pages.Page, block: PageBlock, marks: Counter[str]) -> Proposal | Refused | None:
    """The prediction of a row of a table, its columns found by their names."""
    header = list(block.header)
    claim, chance, outcome = (
        next((header.index(column) for column in columns if column in header), None)
        for columns in (_CLAIM_COLUMNS, _CHANCE_COLUMNS, _OUTCOME_COLUMNS)
    )
    if claim is None or chance is None:
        return None
    if len(block.cells) != len(header):
        wrong = f"{len(block.cells)} cells, and the header has {len(header)}"
        return Refused("torn-row", wrong, block.place, block.raw)
    found = _marked(block.cells[claim])
    word = bare(block.cells[outcome]).casefold() if outcome is not None else ""
    row = _Row(
        _NUMBERED.sub("", bare(found.text)), bare(block.cells[chance]), (*((word,) if word else ()), *found.marks)
    )
    return _made(reading, page, block, row, marks)


def _made(reading: Import, page: pages.Page, block: PageBlock, row: _Row, marks: Counter[str]) -> Proposal | Refused:
    place, raw = block.place, block.raw
    claim = reading.clean(row.claim, place)
    if not claim:
        return Refused("missing", "no claim before the probability", place, raw)
    try:
        chance = probability(row.chance, reading.options.scale)
    except NoProbabilityError as error:
        return Refused("bad-probability", str(error), place, raw)
    outcome = _outcome(reading, row.marks, marks)
    if outcome not in (None, "true", "false", "ambiguous", "annulled", "partly"):
        return Refused("bad-outcome", f"the legend does not say what {shorten(str(outcome), 20)} means", place, raw)
    record: dict[str, Value] = {"claim": claim, "probability": pages.number(chance)}
    record["topics"] = reading.topic_keys([block.topic] if block.topic else [])
    record["note"] = reading.clean(row.remark, place)
    return pages.proposal(reading, page, key_of(claim, page.key), record, outcome, place, raw)


_WORDS = {
    **dict.fromkeys(("true", "yes", "right", "correct", "happened", "✓", "✔", "✅", "hit"), "true"),
    **dict.fromkeys(("false", "no", "wrong", "incorrect", "✗", "✘", "❌", "miss"), "false"),
    **dict.fromkeys(("ambiguous", "annulled", "partly"), ""),
}


def _outcome(reading: Import, found: tuple[str, ...], marks: Counter[str]) -> str | None:
    """What the marks of a row say by the legend; the mark itself where the legend does not know it."""
    legend = reading.options.outcomes
    for mark in found:
        if mark in legend:
            return legend[mark]
    unknown = [mark for mark in found if mark not in ("bold", "italic", "struck", "link", "", "-", "?")]
    marks.update(found)
    if not unknown:
        return legend.get("plain") if not found else None
    if not legend:
        return _WORDS.get(unknown[0]) or (unknown[0] if unknown[0] in ("ambiguous", "annulled", "partly") else None)
    return _WORDS.get(unknown[0]) or unknown[0]
