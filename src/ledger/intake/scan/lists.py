"""What stands over the items of a list: "we expect the following:", "Plans for 2026", "Q3 2025"."""

from __future__ import annotations

import re
from typing import NamedTuple

from .sentences import Passage
from .times import TimeReader, When
from .timewords import time_words

_PLAN = re.compile(
    r"\b(?:roadmap|road map|plans?|planned|upcoming|next steps?|what's next|coming (?:soon|up|next)"
    r"|future (?:work|plans)|timeline|milestones?|schedule|outlook|goals?|targets?|predictions?|forecasts?"
    r"|priorities"
    r"|looking (?:ahead|forward)|expect(?:ations|ing|ed|s)?|in the works|ambitions|commitments?|objectives|guidance)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:predictions?|forecasts?|expect\w*|outlook|guidance|anticipat\w*|project(?:s|ed|ions?)|odds"
    r"|probabilit\w+)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:done|completed|shipped|released|delivered|achieved|recap|history|past|last|previous|changelog"
    r"|retrospective|review|results|highlights|were|was|made|accomplish\w*|background)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:\b(?:following|as follows|these)\b[^.:]{0,40}|\b(?:to|will|by|on|expect\w*|plans?|goals?|targets?"
    r"|milestones?|initiatives|schedule|timeline|steps|predictions?|deadlines?|priorities|guidance"
    r"|outlook)"
    r"(?:\s+(?:are|is|include|includes|for\s+\w+(?:\s+\w+){0,4}))?):\W*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|plan(?:s|ned|ning)? |aim|intend|expect|anticipat|propos|hope|goals?|targets?"
    r"|project(?:s|ed)|forecast|predict|pledge|commit|looking (?:ahead|forward)|upcoming|roadmap|timeline"
    r"|schedule|milestone|want to|outlook|guidance)\w*\b",
    re.IGNORECASE,
)


class Lead(NamedTuple):
    """What an item inherits: that it is planned, or foretold, and by when."""

    is_forecast: bool
    when: When | None


def leads(found: list[Passage], shadow: str, reader: TimeReader) -> list[Lead | None]:
    """For each block the lead of its list, or the line with a colon above a paragraph; None without one."""
    result: list[Lead | None] = []
    headings: list[tuple[int, str]] = []
    parents: list[tuple[int, str]] = []
    above = ""
    for block in found:
        words = shadow[block.start : block.end].replace("\n", " ")
        if block.sort == "heading":
            headings = [*(one for one in headings if one[0] < block.depth), (block.depth, words)]
        if block.sort not in ("item", "row"):
            opened = block.sort == "text" and not parents and above.rstrip(" *_").endswith(":")
            result.append(_lead([above], [], reader) if opened else None)
            above, parents = (words[-400:] if block.sort == "text" else ""), []
            continue
        parents = [one for one in parents if one[0] < block.depth]
        result.append(
            _lead([*(text for _, text in parents[::-1]), above], [text for _, text in headings[::-1]], reader)
        )
        parents.append((block.depth, words[-400:]))
    return result


def _lead(lines: list[str], headings: list[str], reader: TimeReader) -> Lead | None:
    for line in (re.split(r"[.!?]\s+", one)[-1] for one in lines):
        if line.rstrip(" *_").endswith(":") or (line and len(line) < 60):
            when = _when(line, reader)
            opens = _OPENS.search(line) is not None and _AHEAD.search(line) is not None
            if (opens or when) and not _PAST.search(line):
                return Lead(_FORECAST.search(line) is not None, when)
            if line.rstrip(" *_").endswith(":"):
                return None
    for number, heading in enumerate(headings):
        if _PAST.search(heading):
            return None
        when = _when(heading, reader)
        if when is not None or _PLAN.search(heading):
            return Lead(
                _FORECAST.search(heading) is not None,
                when or next((_when(one, reader) for one in headings[number + 1 :] if _when(one, reader)), None),
            )
        if any(char.isdigit() for char in heading):
            return None
    return None


def _when(line: str, reader: TimeReader) -> When | None:
    """A time to come that the line names; a bare "2026" is one in a heading."""
    bare = re.fullmatch(
        r"\W*(?:year\s+)?((?:20|21)\d\d)\b\W*(?:plans?|goals?|roadmap|outlook|targets?|forecasts?"
        r"|predictions?)?\W*",
        line,
        re.IGNORECASE,
    )
    found = time_words(f"in {bare[1]}" if bare else line)
    whens = [
        when
        for when in reader.whens(found)
        if when.is_firm
        or (
            when.reading.period is None
            and when.words.sort == "time"
            and when.is_ahead
            and any(map(str.isdigit, when.shown))
        )
    ]
    return whens[0] if whens else None
