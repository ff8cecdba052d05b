"""How sure a sentence says it is, and on what premise."""

from __future__ import annotations

import re
from typing import NamedTuple

_NOUN = r"(?:chances?|probability|likelihood|odds|risk|confidence|confident|certainty|certain|sure|likely)"
_PERCENT = r"(?P<{}>\d+(?:\.\d+)?)(?:\s*-\s*\d+(?:\.\d+)?)?\s*(?:%|percent|per\s+cent)"
_NUMBER = re.compile(
    rf"(?:an?\s+)?(?:about\s+|roughly\s+|around\s+)?{_PERCENT.format('a')}\s+(?:\w+\s+){{0,2}}?{_NOUN}\b"
    rf"|\b{_NOUN}\s+(?:(?:of|that|at|is|are|now|for)\s+)?(?:[^.;,%]{{0,70}}?\s)?(?:at\s+|is\s+|of\s+|are\s+"
    rf"|about\s+|roughly\s+|to\s+)(?:about\s+|roughly\s+|around\s+)?{_PERCENT.format('b')}"
    r"|\b(?P<n>\d+|one|two|three|nine)\s+(?:in|out\s+of)\s+(?P<m>\d+|two|three|four|five|ten"
    r"|a\s+hundred)\s+(?:chance|odds|probability)"
    r"|\b(?P<c>\d{1,2})\s+(?:chance|probability|likelihood)\b"  # a transcript that has lost its signs
    r"|\b(?P<n2>one|two|three)[\s-]+(?P<m2>half|thirds?|quarters?|fifths?)\s+(?:chance|odds|probability)",
    re.IGNORECASE,
)
_SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "nine": 9,
    "ten": 10,
    "a hundred": 100,
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
}
# "I put it at 40%", "call it 5 percent", "I give this 70%": somebody's own number.
_CALLED = re.compile(
    rf"\b(?:(?:I|we)(?:'d|'ll|\s+would)?\s+(?:give|put|say|call|assign|estimate)"
    rf"|call)\b[^.;%]{{0,60}}?\s{_PERCENT.format('a')}\s*\)?[.!]?$",
    re.IGNORECASE,
)
# "(85%)", ": 30%": at the end of an item of a list of forecasts.
_AT_END = re.compile(rf"(?:[:(-]|\s-)\s*~?{_PERCENT.format('a')}\s*\)?[.!]?$")
_WORDS = re.compile(
    r"\b(?:(?:a|an|no|every|very|quite|pretty|reasonably|highly|most|more|less|fairly|extremely|almost"
    r"|increasingly|much|absolutely)\s+)*"
    r"(?:likely|unlikely|probably|perhaps|possibly|maybe|presumably|surely|certainly|undoubtedly"
    r"|almost\s+certainly|inevitabl[ey]|certain|confident|sure|(?:good|fair|decent|real|slim|strong|even"
    r"|better\s+than\s+even)\s+(?:chance|shot|odds|possibility|probability)|long\s+shot|likelihood"
    r"|chances?\s+(?:of|that)"
    r"|probability|odds|no\s+doubt|without\s+(?:a\s+)?doubt|(?:can|cannot|can't)\s+guarantee|guaranteed?s?"
    r"|bound\s+to|(?:an\s+)?estimated|(?:a\s+)?(?:pretty\s+)?good\s+idea|hopefully|conceivabl[ey]"
    r"|plausibl[ey]|optimistic|pessimistic|hopeful|convinced|you\s+know\s+and\s+I\s+know)\b"
    r"|\b(?:it's|it\s+is|remains)\s+unclear(?:\s+as\s+yet)?(?:\s+how\s+many|\s+whether|\s+when)?"
    r"|\bshould\b(?=\s+\w+)|\b(?:the\s+)?risk\s+(?:of|that|is)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:(?:only\s+|even\s+)?if\s+(?!not\b|any\b|necessary\b|so\b)|unless\s+|provided\s+(?:that\s+)?"
    r"|providing\s+(?:that\s+)?|as\s+long\s+as\s+(?!necessary|needed|possible)|so\s+long\s+as\s+"
    r"|assuming\s+(?:that\s+)?|on\s+(?:the\s+)?condition\s+that\s+|in\s+the\s+event\s+(?:that|of)\s+"
    r"|subject\s+to\s+|contingent\s+(?:up)?on\s+|depending\s+on\s+|based\s+on\s+(?=funding|demand|results"
    r"|approval)|pending\s+(?=\w+\s+)|barring\s+|without\s+(?=\w+\s+action|reform|change)|by\s+passing\s+"
    r"|with\s+(?=(?:gradual|appropriate|further|continued)\s+))[^,;.]{3,160}",
    re.IGNORECASE,
)


class Likelihood(NamedTuple):
    """A probability in 0..1 where a number is said, and the words."""

    probability: float | None
    words: str | None
    start: int = 0
    end: int = 0


def likelihood(clause: str, cue: int, *, is_item: bool) -> Likelihood:
    """The number of likelihood of a clause, or else the words that stand nearest to its cue."""
    found = _NUMBER.search(clause) or _CALLED.search(clause) or (_AT_END.search(clause) if is_item else None)
    value = _number(found.groupdict()) if found is not None else None
    if found is not None and value is not None:
        return Likelihood(value, " ".join(found[0].strip(" -:;,().!").split()), found.start(), found.end())
    words = min(_WORDS.finditer(clause), key=lambda match: abs(match.start() - cue), default=None)
    return Likelihood(None, " ".join(words[0].split()) if words else None)


def _number(found: dict[str, str | None]) -> float | None:
    pair = ("n", "m") if found.get("n") else ("n2", "m2") if found.get("n2") else None
    if pair:
        above, below = (_small(found[name] or "") for name in pair)
        return round(above / below, 6) if 0 < above <= below else None
    value = float(found.get("a") or found.get("b") or found.get("c") or "nan") / 100
    return round(value, 6) if 0 <= value <= 1 else None


def _small(word: str) -> int:
    plain = " ".join(word.lower().split())
    return _SMALL.get(plain) or int(plain)


def condition(clause: str) -> str | None:
    """The premise of a clause in its words."""
    found = _CONDITION.search(clause)
    return " ".join(found[0].split()) if found else None
