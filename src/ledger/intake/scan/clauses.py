"""A sentence with several claims, cut where one ends and the next begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from .cues import Cue
from .timewords import TimeWords

_BORDER = re.compile(
    r";\s+|\s+--+\s*|\s+-\s+|\s*—\s*|:\s+(?=[a-z\d$])|,\s+(?=(?:and|but|while|whereas|though|although|so"
    r"|then|which|where|who|whose|eventually|corresponding|with)\b)"
    r"|\s+(?=(?:and|but)\s+(?:then\s+|also\s+)?(?:will|is|are|could|may|to\s|it|they|he|she|we|I|that"
    r"|\d+\w?\s)\b)|\s+(?=which\s)|,\s+(?=(?:to|giving|reaching)\s)",
)
_CONCEDES = re.compile(r"(?:For|And|But|So)?\s*(?:[Ww]hile|[Aa]lthough|[Tt]hough|[Ww]hereas)\b")
_CONCESSION = re.compile(rf",\s+|{_BORDER.pattern}")
_INNER = re.compile(r"\s+(?=to\s+[a-z])|,\s+|\s+(?=(?:that|and|for|with|from)\s)")
_FINITE = frozenset(
    ("will", "going", "set", "may", "would", "expect", "aim", "should", "want", "chance", "potential", "can", "believe")
)
_UNSAID = re.compile(r"\bthat\s*$")
_LEAD = re.compile(r"(?:[\s,;:—-]+|(?:and|but|so|while|whereas|then|that)\b)+")


class Clause(NamedTuple):
    """A part of a sentence that carries a claim: its ends, cues and times to come."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    times: tuple[TimeWords, ...]


def clauses(sentence: str, cues: list[Cue], times: list[TimeWords], firm: set[TimeWords]) -> list[Clause]:
    """The claims of a sentence: the whole of it for one, parts that do not overlap for several."""
    border = _CONCESSION if _CONCEDES.match(sentence) else _BORDER
    parts = _live(_cut(border, sentence, 0, len(sentence)), cues, times, firm)
    parts = [inner for part in parts for inner in _with_own_times(sentence, part)]
    if len(parts) <= 1:
        return [Clause(0, len(sentence), tuple(cues), tuple(times))]
    return [_trimmed(sentence, part) for part in parts]


def _cut(border: re.Pattern[str], sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, last = [], start
    for match in border.finditer(sentence, start, end):
        # "She predicts that, eventually, …": what is predicted comes only then.
        if match.start() > last and not _UNSAID.search(sentence, last, match.start()):
            spans.append((last, match.start()))
            last = match.start()
    return [*spans, (last, end)]


def _live(spans: list[tuple[int, int]], cues: list[Cue], times: list[TimeWords], firm: set[TimeWords]) -> list[Clause]:
    """Spans joined until each has a claim of its own."""
    found: list[Clause] = []
    for start, end in spans:
        own = Clause(
            start,
            end,
            tuple(cue for cue in cues if start <= cue.start < end),
            tuple(time for time in times if start <= time.start < end),
        )
        if found and not _apart(found[-1], own, firm):
            before = found.pop()
            own = Clause(before.start, end, before.cues + own.cues, before.times + own.times)
        found.append(own)
    if len(found) > 1 and not _claims(found[0], firm):
        first, second, *rest = found
        found = [Clause(first.start, second.end, first.cues + second.cues, first.times + second.times), *rest]
    return found


def _claims(part: Clause, firm: set[TimeWords]) -> bool:
    return bool(part.cues or firm.intersection(part.times))


def _apart(before: Clause, after: Clause, firm: set[TimeWords]) -> bool:
    """Whether two neighbours are two claims."""
    if not _claims(before, firm):
        return False
    verb = any(cue.sort in _FINITE for cue in after.cues)
    if any(cue.sort in _FINITE for cue in before.cues):
        return verb or bool(before.times and after.times)
    # "By 2030, it will …": the time belongs to what follows, unless that has its own.
    return bool(after.times) and (verb or bool(before.times))


def _with_own_times(sentence: str, part: Clause) -> list[Clause]:
    """A clause with two times is two claims where words between them begin one: "in two days … to … by 2002"."""
    if len(part.times) < 2:
        return [part]
    first, second = part.times[0], part.times[1]
    borders = [match.start() for match in _INNER.finditer(sentence, first.end, second.start)]
    if not borders or not part.cues:
        return [part]
    at = next((border for border in borders if sentence[border:].lstrip().startswith("to ")), borders[-1])
    head = Clause(part.start, at, tuple(cue for cue in part.cues if cue.start < at), (first,))
    tail = Clause(at, part.end, tuple(cue for cue in part.cues if cue.start >= at), part.times[1:])
    between = sentence[at : second.start]
    counts = any(map(str.isdigit, between))  # "10 this year, 100 next year"
    return [head, *_with_own_times(sentence, tail)] if counts or len(between.split()) > 2 else [part]


def _trimmed(sentence: str, part: Clause) -> Clause:
    lead = _LEAD.match(sentence, part.start, part.end)
    start = lead.end() if lead and lead.end() < part.end else part.start
    end = part.end
    while end > start and sentence[end - 1] in " ,;:—-":
        end -= 1
    return part._replace(start=start, end=end)
