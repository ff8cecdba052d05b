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
from .names import key_of
from .probabilities import NoProbabilityError, probability
from .proposals import Head, Item, Place, Proposal, Refused
from .reading import Reading
from .sources import Lines, Member

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"(?P<indent>\s*)(?:(?P<bullet>[-*+•])\s+|(?P<number>\d{1,4})\\?[.)]\s+)")
_NUMBERED = re.compile(r"^\(?\d{1,4}\\?[.):]\s*")
_CHANCE = re.compile(r"(?:[:(,–—-]\s*|\s)\(?(?P<bound>[<>≤≥~]\s*)?(?P<number>\d{1,3}(?:[.,]\d+)?)\s*%\)?[\s.;]*$")
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
_INLINE = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"\*\*|__|~~|</?[a-zA-Z][^>]*>|(?<!\w)[*_]|[*_](?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>:])")
_SETTINGS = (("struck", _STRUCK), ("bold", _BOLD), ("italic", _ITALIC), ("link", _LINK))
_CLAIM_COLUMNS = ("prediction", "claim", "question", "statement", "event", "what")
_CHANCE_COLUMNS = ("probability", "confidence", "chance", "odds", "forecast", "p", "%", "credence")
_OUTCOME_COLUMNS = (
    "outcome",
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


class _Line(NamedTuple):
    place: Place
    text: str
    raw: str
    item: bool
    cells: tuple[str, ...] = ()


def read(reading: Reading) -> Iterator[Item]:
    """The predictions of each page, all by one speaker and for one year."""
    marks: Counter[str] = Counter()
    for member in reading.members:
        lines = list(Lines(member))
        yield Head(member.name)
        page = pages.page(reading, member, _title(member, lines), f"{_title(member, lines)} {member.base}")
        yield from _page(reading, member, lines, page, marks)
    if marks and not reading.options.outcomes:
        shown = ", ".join(f"{mark} {count:,}" for mark, count in marks.most_common(6))
        reading.notes.append(f"what the marks mean is not said ({shown}): --true, --false and --void say it")


def _title(member: Member, lines: list[str]) -> str:
    for line in lines:
        match = _HEADING.match(line.strip())
        if match is not None:
            return _bare(match[2])
    return member.base.rsplit(".", 1)[0]


def _page(reading: Reading, member: Member, lines: list[str], page: pages.Page, marks: Counter[str]) -> Iterator[Item]:
    topic, header, fenced, before = "", None, False, False
    for number, raw in enumerate(lines, 1):
        text = raw.strip()
        if text.startswith(("```", "~~~ ")) or text == "~~~":
            fenced = not fenced
        heading = _HEADING.match(text)
        if heading is not None:
            topic = _bare(heading[2]) if len(heading[1]) > 1 else ""
        place = Place(member.name, number)
        if fenced or heading is not None or not text:
            header = header if text else None
            before = before and bool(text)
            continue
        if text.startswith("|") or (header is not None and "|" in text):
            cells = _cells(text)
            if header is None:
                header = [_bare(cell).casefold() for cell in cells]
            elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                yield from _told(_row(reading, page, _Line(place, "", raw, False, cells), header, topic, marks))
            continue
        header = None
        item = _ITEM.match(raw)
        body = raw[item.end() :].strip() if item is not None else text
        found = _prediction(reading, page, _Line(place, body, raw, item is not None), topic, marks, goes_on=before)
        before = item is not None or (before and raw[:1] in " \t") or found is not None
        yield from _told(found)


def _told(found: Proposal | Refused | None) -> Iterator[Proposal | Refused]:
    if found is not None:
        yield found


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", text.strip().strip("|")))


def _bare(text: str) -> str:
    """Text without markup."""
    plain = _MARKUP.sub("", _INLINE.sub(r"\1", text))
    return " ".join(_ESCAPED.sub(r"\1", plain).split())


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
    tail = _bare(match["tail"])
    return not tail or _CHANCE.fullmatch(f" {tail}") is not None or _CHANCE.fullmatch(tail) is not None


def _unpaired(text: str) -> bool:
    return (
        text.count("**") % 2 == 1
        or text.count("~~") % 2 == 1
        or text.lower().count("<del") != text.lower().count("</del")
    )


def _prediction(
    reading: Reading, page: pages.Page, line: _Line, topic: str, marks: Counter[str], *, goes_on: bool
) -> Proposal | Refused | None:
    """The prediction of a line; None for prose, which no probability ends."""
    found = _marked(line.text)
    bare = _bare(found.text)
    chance = _CHANCE.search(bare)
    if chance is None:
        return _no_chance(line, found, bare)
    if found.broken:
        return Refused("unclear", "what is set bold, italic or struck out runs over the line", line.place, line.raw)
    if bare.startswith(("...", "…")) or (goes_on and line.text.startswith(("...", "…"))):
        return Refused("unclear", "goes on from the line above", line.place, line.raw)
    if chance["bound"]:
        return Refused("bad-probability", f"{chance[0].strip(' :(),')!r} is a bound", line.place, line.raw)
    claim = _NUMBERED.sub("", bare[: chance.start()]).strip(" :,–—-(")
    if _MANY.search(bare[chance.start() :]) or re.search(r"\d\s*/\s*\d+\s*/?\s*$", claim):
        return Refused("options", "odds of several outcomes in one line", line.place, line.raw)
    return _made(reading, page, line, _Row(claim, f"{chance['number']}%", found.marks, found.url), topic, marks)


def _no_chance(line: _Line, found: _Marked, bare: str) -> Refused | None:
    if "%" in bare and _MANY.search(bare):
        return Refused("options", "odds of several outcomes in one line", line.place, line.raw)
    if "%" in bare and (line.item or found.marks):
        return Refused("unclear", "no single probability at its end", line.place, line.raw)
    if line.item and (found.marks or len(bare) > 3) and not found.url:
        return Refused("no-probability", "an entry without a probability", line.place, line.raw)
    return None


class _Row(NamedTuple):
    claim: str
    chance: str
    marks: tuple[str, ...]
    url: str | None = None


def _row(
    reading: Reading, page: pages.Page, line: _Line, header: list[str], topic: str, marks: Counter[str]
) -> Proposal | Refused | None:
    """The prediction of a row of a table, its columns found by their names."""
    at = {
        name: next((header.index(column) for column in columns if column in header), None)
        for name, columns in (("claim", _CLAIM_COLUMNS), ("chance", _CHANCE_COLUMNS), ("outcome", _OUTCOME_COLUMNS))
    }
    claim, chance, outcome = at["claim"], at["chance"], at["outcome"]
    if claim is None or chance is None:
        return None
    if len(line.cells) != len(header):
        return Refused("torn-row", f"{len(line.cells)} cells, and the header has {len(header)}", line.place, line.raw)
    found = _marked(line.cells[claim])
    word = _bare(line.cells[outcome]).casefold() if outcome is not None else ""
    sign = (word,) if word else ()
    number = _bare(line.cells[chance])
    row = _Row(_NUMBERED.sub("", _bare(found.text)), number, (*sign, *found.marks), found.url)
    return _made(reading, page, line, row, topic, marks)


def _made(
    reading: Reading, page: pages.Page, line: _Line, row: _Row, topic: str, marks: Counter[str]
) -> Proposal | Refused:
    place, raw = line.place, line.raw
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
    record["topics"] = reading.topic_keys([topic] if topic else [])
    return pages.proposal(reading, page, key_of(claim, page.key), record, outcome, place, raw)


_WORDS = {
    **dict.fromkeys(("true", "yes", "right", "correct", "happened", "✓", "✔", "✅", "hit"), "true"),
    **dict.fromkeys(("false", "no", "wrong", "incorrect", "✗", "✘", "❌", "miss"), "false"),
    **dict.fromkeys(("ambiguous", "annulled", "partly"), ""),
}


def _outcome(reading: Reading, found: tuple[str, ...], marks: Counter[str]) -> str | None:
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
