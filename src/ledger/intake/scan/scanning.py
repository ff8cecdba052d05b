"""A text becomes candidates: what in it looks like a claim about the future, in the order of the text.

By rules alone: sentences (`sentences`), words that look ahead (`cues`) less what is none (`refusals`), words that say
when (`timewords`) with the period they mean (`reading`), cut into claims (`clauses`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ...words import Reading
from ...words.typed import rivals
from .attribution import Speakers
from .clauses import Clause, clauses
from .cues import Cue, Kind, cues
from .likelihood import condition, likelihood
from .lists import Lead, leads
from .quantities import SaidQuantity, quantity
from .refusals import is_disclaimer, is_done, is_for_readers, refused, reports, told_past
from .sentences import Passage, Sentence, blocks, sentences, shadow_of
from .standing import stands
from .times import TimeReader, When, is_length
from .timewords import events, time_words

SURENESS = ("certain", "usual", "vague", "none")  # of the words of a deadline


class Candidate(NamedTuple):
    """What looks like a claim; `start` and `end` count code points of the text, `line` and `column` from 1."""

    quote: str
    file: str
    line: int
    column: int
    start: int
    end: int
    kind: Kind
    deadline_words: str | None
    deadline: str | None  # "none" without a period, None where the words do not tell
    deadline_others: tuple[str, ...]
    sure: str
    probability: float | None
    probability_words: str | None
    quantity: SaidQuantity | None
    speaker: str | None
    condition: str | None
    known_as: str | None = None


class _FoundClaim(NamedTuple):
    """A claim of a sentence before it is put into words."""

    clause: Clause
    when: When | None
    kind: Kind
    times: list[When]  # of the whole sentence


def scan(
    text: str, *, said: date | None, speaker: str | None = None, fiscal_year_end: int | None = None, file: str = "-",
    since: date | None = None,
) -> tuple[Candidate, ...]:  # fmt: skip
    """The candidates of a text published on a day, the last of those from `since` on; `speaker` is its own voice."""
    shadow, found = shadow_of(text), blocks(text)
    reader, spoken = TimeReader(said, fiscal_year_end, since), Speakers(shadow)
    above = leads(found, shadow, reader)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    result: list[Candidate] = []
    before = ""
    for number, paragraph in groupby(sentences(shadow, found), key=lambda sentence: sentence.block):
        group, block = list(paragraph), found[number]
        names = spoken.of(group)
        of_group: list[Candidate] = []
        for at, sentence in enumerate(group):
            lead = above[number] if at == 0 or block.sort == "text" else None
            claims = _claims(sentence.shadow, block, lead, before, reader)
            before = sentence.shadow
            voice, is_item = names[at] or speaker, block.sort != "text"
            of_group += [_candidate(text, file, starts, sentence, one, voice, is_item=is_item) for one in claims]
        if of_group and not is_disclaimer(shadow[block.start : block.end]):
            result += of_group
    return tuple(result)


_NUMBER = re.compile(r"(?<![\w.-])(?<![A-Z]\w\s)[$€£]?\d|\b(?i:hundred|thousand|million|billion|trillion|dozen)s?\b")
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety)\b",
    re.IGNORECASE,
)


def sentence_on(text: str, line: int, *, speaker: str | None = None, file: str = "-") -> Candidate | None:
    """The first sentence that stands on a line, as a candidate that claims nothing yet."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    if not 1 <= line <= len(starts):
        return None
    first, last = starts[line - 1], starts[line] if line < len(starts) else len(text) + 1
    one = next((one for one in sentences(shadow_of(text), blocks(text)) if one.start < last and one.end > first), None)
    if one is None:
        return None
    found = _FoundClaim(Clause(0, one.end - one.start, (), ()), None, "prediction", [])
    return _candidate(text, file, starts, one, found, speaker, is_item=False)


def claimed(sentence: str, *, said: date | None, fiscal_year_end: int | None = None) -> Candidate | None:
    """What one sentence says that is known to be a claim, also where nothing in it looks ahead."""
    found = scan(sentence, said=said, fiscal_year_end=fiscal_year_end)
    alone = found[0] if found else sentence_on(sentence, 1)
    if found or alone is None:
        return alone
    shadow = shadow_of(alone.quote)
    whens = [when for when in TimeReader(said, fiscal_year_end).whens(time_words(shadow)) if when.is_ahead]
    clause = Clause(0, len(shadow), tuple(cues(shadow)), tuple(when.words for when in whens))
    one = _FoundClaim(clause, _chosen(clause, whens, shadow), _kind(clause, shadow, None), whens)
    return _candidate(alone.quote, "-", [0], Sentence(0, len(shadow), shadow, 0), one, None, is_item=False)


_MAY_BE_DATED = re.compile(
    r"\d|\b(?:next|coming|following|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b"
)


def _claims(sentence: str, block: Passage, lead: Lead | None, before: str, reader: TimeReader) -> list[_FoundClaim]:
    """The claims of one sentence; `before` is the sentence before it."""
    if block.done:
        return []
    looking = list(cues(sentence))
    if not (looking or lead or _MAY_BE_DATED.search(sentence)) or refused(sentence):
        return []
    if not (looking or lead) and (told_past(sentence) or is_done(sentence)):
        return []  # only a day to come could make it a claim, and it tells of the past
    whens = [
        when
        for when in reader.whens(time_words(sentence))
        if not _is_of_report(sentence, when) and not _is_told(sentence, when)
    ]
    ahead = [when for when in whens if when.is_ahead]
    firm = any(when.is_firm for when in ahead)
    number = _has_number(sentence, whens)
    long_past = any(_is_long_past(when, reader.said) for when in whens)
    standing = [
        cue for cue in looking if stands(cue, sentence, dated=firm, number=number, long_past=long_past, before=before)
    ]
    if block.sort == "heading" and not (firm or number):
        return []
    if not standing and not (
        _is_dated(sentence, ahead, block) or (lead and block.sort == "item" and _is_planned(sentence))
    ):
        return []
    if (
        whens
        and not ahead
        and all(when.words.sort == "time" for when in whens)
        and not any(cue.sort in ("will", "going") for cue in standing)
    ):
        return []
    return list(_told(sentence, standing, whens, lead))


def _has_number(sentence: str, whens: list[When]) -> bool:
    """Whether a sentence counts something that is no time and no part of a name."""
    return any(
        not any(when.words.start <= match.start() < when.words.end for when in whens)
        for match in _NUMBER.finditer(sentence)
    )


def _is_long_past(when: When, said: date | None) -> bool:
    """Whether a time lies so far back that it is no day of a report."""
    last = when.reading.last
    return when.words.sort == "time" and last is not None and said is not None and (said - last).days > 60


def _told(sentence: str, standing: list[Cue], whens: list[When], lead: Lead | None) -> Iterator[_FoundClaim]:
    ahead = [when for when in whens if when.is_ahead]
    by_words = {when.words: when for when in ahead}
    firm = {when.words for when in ahead if when.is_firm or when.words.sort == "open"}
    for clause in clauses(sentence, sorted(standing), list(by_words), firm):
        when = _chosen(clause, [by_words[words] for words in clause.times], sentence)
        if when is None and lead is not None:
            when = lead.when
        yield _FoundClaim(clause, when, _kind(clause, sentence, lead), whens)


_BY = re.compile(r"(?:by|until|before|within|no later|not later|in|at the end|before)\b", re.IGNORECASE)


def _chosen(clause: Clause, whens: list[When], sentence: str) -> When | None:
    """The time of a clause: one with a period before one without, a "by" before others, the first of equals."""
    if not whens:
        found = [words for words in events(sentence) if clause.start <= words.start < clause.end]
        return TimeReader(None, None).when(found[0]) if found else None
    return min(whens, key=lambda when: (when.deadline in (None, "none"), not when.is_firm, not _BY.match(when.shown)))


def _kind(clause: Clause, sentence: str, lead: Lead | None) -> Kind:
    if not clause.cues:
        return "target" if lead is not None and not lead.is_forecast else "prediction"
    kinds = [cue.kind for cue in clause.cues if cue.sort != "chance"]
    for cue in clause.cues:
        if cue.sort == "set" and re.search(
            r"scheduled|planned|slated|set|due|committed|determined|aim|plan|target", cue.words
        ):
            return "target"
        if (
            cue.sort in ("will", "going", "expect")
            and re.search(r"\b(?:I|we|We)\s*(?:\w+ly\s+|also\s+|all\s+)?$", sentence[: cue.start])
            and cue.sort != "expect"
        ):
            return "target"
    if "target" in kinds:
        return "target"
    return "possibility" if kinds and kinds[0] == "possibility" else "prediction"


_REPORT_DAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\btoday\b|\byesterday\b|\bin an? |\btonight\b"
)


_BOUND = re.compile(r"(?:by|until|till|before|through|from|for)\b", re.IGNORECASE)
_TOLD_ON = re.compile(r"\b(?!need|exceed|proceed|succeed|schedul|expect|plann)\w{3,}ed\s+$")


def _is_of_report(sentence: str, when: When) -> bool:
    """Whether a time is that of the report: "said on Tuesday", "indicated on Wednesday"."""
    head = sentence[max(0, when.words.start - 80) : when.words.start]
    is_day = _REPORT_DAY.search(when.shown) is not None and _BOUND.match(when.shown) is None
    return (is_day and _TOLD_ON.search(head) is not None) or (reports(head) and (is_day or not when.is_firm))


# "NASA to send crew round the Moon in 2026"
_HEADLINE = re.compile(r"(?:[A-Z0-9][\w'.&-]*\s+){1,6}[Tt]o\s+[A-Za-z]{2,}\s")
_DUTY = re.compile(r"\b(?:must|should|needs?\s+to|ha(?:s|ve)\s+to|ought\s+to)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|which|that|when|while|after|before|because)\s|\s--?\s|—")
_LOOKS_AHEAD = re.compile(r"\b(?:will|would|to|is|are|could|may|might|shall|should|can|by)\b|'ll\b")


def _is_told(sentence: str, when: When) -> bool:
    """Whether a time stands in a clause that tells of the past: "talks ended in May"."""
    near = max(0, when.words.start - 200)
    start = max((border.end() for border in _CLAUSE.finditer(sentence, near, when.words.start)), default=near)
    clause = sentence[start : when.words.start]
    return (told_past(clause) or is_done(clause)) and _LOOKS_AHEAD.search(clause) is None


_WEEKDAY_ONLY = re.compile(r"(?:on\s+|this\s+|next\s+|by\s+)?(?:\w+day|tomorrow|night)$", re.IGNORECASE)
_PROGRESSIVE = re.compile(r"\b(?:is|are|am|'s|'re)\s+(?:also\s+|now\s+)?\w+ing\b")


def _is_dated(sentence: str, ahead: list[When], block: Passage) -> bool:
    """Whether a sentence without a cue speaks of a day to come, in the present."""
    firm = [when for when in ahead if when.is_firm and when.deadline not in (None, "none")]
    if _DUTY.search(sentence):
        firm = [when for when in firm if _BY.match(when.shown)]
    if (
        not firm
        or (block.sort == "heading" and _HEADLINE.match(sentence) is None)
        or sentence.endswith(":")
        or told_past(sentence)
        or is_done(sentence)
        or is_for_readers(sentence)
    ):
        return False
    if all(_WEEKDAY_ONLY.match(when.shown) for when in firm):
        return _PROGRESSIVE.search(sentence) is not None
    return True


def _is_planned(sentence: str) -> bool:
    """Whether an item of a plan is one of its points: not told as done, no mere link."""
    return (
        not told_past(sentence)
        and len(sentence.split()) >= 2
        and re.match(r"(?:See|Read|Note|Thanks?)\b", sentence) is None
    )


def _candidate(
    text: str,
    file: str,
    starts: list[int],
    sentence: Sentence,
    found: _FoundClaim,
    speaker: str | None,
    *,
    is_item: bool,
) -> Candidate:
    clause, when = found.clause, found.when
    start, end = sentence.start + clause.start, sentence.start + clause.end
    part = sentence.shadow[clause.start : clause.end]
    line = bisect_right(starts, start)
    ahead = min((cue.start for cue in clause.cues), default=clause.start) - clause.start
    said = likelihood(part, ahead, is_item=is_item)
    taken = [
        (one.words.start - clause.start, one.words.end - clause.start)
        for one in found.times
        if clause.start <= one.words.start < clause.end and not is_length(one.shown)
    ]
    if said.probability is not None:
        taken.append((said.start, said.end))
    return Candidate(
        quote=text[start:end],
        file=file,
        line=line,
        column=start - starts[line - 1] + 1,
        start=start,
        end=end,
        kind=found.kind,
        deadline_words=when.shown if when else None,
        deadline=when.deadline if when else "none",
        deadline_others=_others(when.reading) if when else (),
        sure=when.reading.sure if when else "none",
        probability=said.probability,
        probability_words=said.words,
        quantity=quantity(part, ahead, taken) if _NUMBER.search(part) or _COUNTED.search(part) else None,
        speaker=speaker,
        condition=condition(part),
    )


def _others(reading: Reading) -> tuple[str, ...]:
    """The readings beside the deadline; all of them where none is taken for it."""
    return rivals(reading) if reading.sure == "vague" else reading.others
