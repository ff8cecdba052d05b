"""Where a sentence says when: spans of words such as "by the end of next year", found, not yet read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_YEAR = r"(?:1[89]|20|21)\d\d\b(?!\s*(?:%|percent|people|jobs|units|[A-Z]\w+s\b))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_SEASON = r"(?:spring|summer|autumn|fall|winter)\b"
_UNIT = (
    r"(?:days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)"
    r"|hours?|minutes?)\b"
)
_COUNT = (
    r"(?:\d+(?:\.\d+)?(?:\s?(?:-|to|or)\s?\d+)?|half\s+an?|an?\s+(?:half|few|couple(?:\s+of)?"
    r"|handful\s+of)|an?|few|several|many"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty"
    r"|forty|fifty|sixty"
    r"|ninety|hundred)(?:[\s-](?:to|or|and)?[\s-]?(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen"
    r"|twenty|thirty|forty|fifty))?)"
)
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last|latter|final|opening|closing)"
_QUARTER = (
    r"(?:[QHqh][1-4](?:\s?[-–/]\s?[QH]?[1-4])?(?:[\s/-]*(?:of\s+)?(?:FY|fiscal(?:\s+year)?)?\s?'?(?:20\d\d|\d\d)\b)?"
    r"|[1-4][QH]\s?'?(?:20)?\d\d\b"
    r"|" + _ORDINAL + r"[\s-]+(?:fiscal\s+|calendar\s+)?(?:quarter|half|third)s?\b)"
)
_FISCAL = (
    r"(?:(?:fiscal|financial)(?:\s+years?)?\s*'?(?:20\d\d|\d\d)\b(?:\s*[-/]\s*\d\d\b)?"
    r"|FY\s?'?\d\d(?:\d\d)?\b(?:[-/]\d\d\b)?)"
)
_NAMED = (
    r"(?:Christmas(?:\s+(?:Day|Eve))?|Easter|Thanksgiving|New\s+Year(?:'s)?(?:\s+(?:Day|Eve))?"
    r"|Independence\s+Day|Labor\s+Day"
    r"|Memorial\s+Day|Halloween|Valentine's\s+Day|Ramadan|year[\s-]end|month[\s-]end|EOY"
    r"|the\s+turn\s+of\s+the\s+(?:year|century)"
    r"|the\s+weekend|mid-?year|midnight|tonight|today|tomorrow)\b"
)
_WHICH = (
    r"(?:this|next|the\s+next|the\s+coming|coming|the\s+following|the\s+current|the\s+same|that"
    r"|the\s+upcoming|each|every"
    r"|last|the\s+last|past|the\s+past|the\s+previous|later\s+this|later\s+that|later\s+next"
    r"|earlier\s+this|early\s+this"
    r"|early\s+next|late\s+this|late\s+next|sometime\s+this|sometime\s+next|mid\s+next)"
)
_KIND = r"(?:(?:full|full-year|calendar|fiscal|financial|academic|school|tax|business|election)\s+)?"
_PERIOD = r"(?:" + _SEASON + r"|" + _UNIT + r"|" + _WEEKDAY + r"|" + _MONTH + r"|half\b|century\b|season\b)"
_DATE = (
    rf"(?:(?:{_WEEKDAY}\s*,?\s+(?:the\s+)?)?(?:{_MONTH}\s+(?:the\s+)?{_DAY}(?:\s*[-–]\s*\d\d?)?(?:\s*,?\s+{_YEAR})?"
    rf"|{_DAY}(?:\s*-\s*{_DAY})?\s+(?:of\s+)?{_MONTH}(?:\s*,?\s+{_YEAR})?)|(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\d\d?/\d\d?/(?:20)?\d\d\b)"
)
_POINT = (
    rf"(?:{_DATE}|(?:(?:early|mid|late)[\s-]+)?{_MONTH}(?:\s+of|,)?\s+{_YEAR}|{_FISCAL}"
    rf"|{_QUARTER}|(?:early|mid|late)[\s-]+(?:to[\s-]+(?:early|mid|late)[\s-]+)?(?:the\s+)?(?:{_YEAR}"
    rf"|\d{{3}}0s\b|{_SEASON}|{_MONTH}|decade\b|century\b)"
    rf"|(?:the\s+)?(?:\d{{3}}0s\b|{_SEASON}\s+(?:of\s+)?{_YEAR}|{_YEAR}\s*(?:-|to|/)\s*(?:{_YEAR}|\d\d\b)"
    rf"|{_YEAR}\s+(?:and|or)\s+{_YEAR}|(?:calendar\s+|the\s+)?(?:(?:full[\s-]+)?year\s+)?{_YEAR})"
    rf"|{_WHICH}\s+{_COUNT}\s+(?:more\s+)?{_UNIT}|{_WHICH}\s+{_KIND}{_QUARTER}"
    rf"|{_WHICH}\s+{_KIND}{_PERIOD}(?:\s+after\s+next)?"
    rf"|the\s+year\s+after\s+next|{_NAMED}|{_WEEKDAY}|{_MONTH}|(?:the\s+)?{_SEASON}(?!\s+of\b))"
)
_EDGE = (
    r"(?:(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle|close|turn|"
    + _ORDINAL
    + r"\s+(?:third|half|quarter|part|months?|weeks?|days?|years?)|early\s+part|later\s+part|rest|remainder"
    r"|course)\s+of\s+)"
)
_BASE = (
    rf"(?:{_EDGE}(?:the\s+|our\s+|its\s+)?{_KIND}(?:{_POINT}|year|month|quarter|week|decade|century|summer"
    rf"|winter|spring|autumn|season)\b)"
)
_TAIL = (
    rf"(?:\s*,?\s+(?:of|in|on)\s+(?:the\s+)?(?:{_FISCAL}|{_DATE}|{_WHICH}\s+{_KIND}{_PERIOD}"
    rf"|{_KIND}(?:year\s+)?{_YEAR}))?"
    rf"(?:\s+(?:and|or|through|to|until)\s+(?:by\s+|in\s+)?(?:the\s+)?(?:{_POINT}|next\b))?"
)
_PREPOSITION = (
    r"(?:not\s+before|not\s+until|no\s+(?:later|earlier|sooner)\s+than|not\s+(?:later|earlier)\s+than"
    r"|as\s+(?:early|late|soon)\s+as"
    r"|as\s+of|by|until|till|before|within|inside|in|over|during|throughout|on|at|from|since"
    r"|starting(?:\s+(?:in|from|on|with))?"
    r"|beginning(?:\s+(?:in|on))?|around|about|approximately|roughly|through|into|for|between|after"
    r"|prior\s+to|ahead\s+of"
    r"|towards?|come|effective|up\s+to|some\s?time|later|earlier|early|late|mid|of|across|under"
    r"|less\s+than|more\s+than|only|maybe|perhaps|just|another)"
)
_DURATION = rf"(?:{_COUNT}\s+(?:more\s+)?(?:business\s+|working\s+|calendar\s+)?{_UNIT})"
_OPEN = (
    r"(?:(?:very\s+|quite\s+|pretty\s+)?soon(?:er\s+or\s+later|\s+enough)?|shortly|eventually"
    r"|(?:at\s+)?some\s?day|one\s+day|imminently"
    r"|at\s+some\s+point(?:\s+in\s+the\s+future)?|in\s+due\s+(?:time|course)|in\s+time\b(?!\s+(?:for|to))"
    r"|ultimately|before\s+long|by\s+then"
    r"|in\s+the\s+(?:very\s+)?(?:near|not[\s-]too[\s-]distant|foreseeable|medium|long|short|distant"
    r"|immediate)?\s*(?:future|term|run)\b"
    r"|over\s+the\s+(?:medium|long|longer|short|near)[\s-]*(?:term|run)|over\s+time"
    r"|for\s+some\s+time(?:\s+to\s+come)?|for\s+the\s+foreseeable\s+future"
    r"|for\s+(?:many\s+)?years\s+to\s+come|in\s+the\s+years\s+(?:to\s+come|ahead)|from\s+now\s+on"
    r"|going\s+forward|any\s+time\s+soon"
    r"|at\s+the\s+earliest\s+possible\s+time|as\s+soon\s+as\s+possible|in\s+(?:the\s+)?(?:future"
    r"|longer\s+run)|in\s+(?:a|one)\s+generation|annually|yearly)\b"
)
_COMING = (
    rf"(?:the\s+)?(?:next|coming|following|upcoming|first|last|past"
    rf"|remaining)\s+(?:{_COUNT}\s+)?(?:{_KIND}){_UNIT}"
)
_SPAN = re.compile(
    rf"\b(?:"
    rf"before\s+(?:this|the)\s+(?:decade|century|year)\s+is\s+out|(?:this\s+and\s+next"
    rf"|within\s+this\s+year\s+and\s+the\s+next)\b(?:\s+{_UNIT})?"
    rf"|(?:{_PREPOSITION}\s+){{1,3}}(?:{_BASE}{_TAIL}|{_COMING}|{_DURATION}(?:\s+from\s+now|\s+or\s+so"
    rf"|\s+after\b)?|(?:the\s+)?(?:{_POINT}){_TAIL})"
    rf"|(?:{_PREPOSITION}\s+){{1,2}}(?:the|our)\s+(?:{_KIND})(?:year|month|quarter|week|decade|century"
    rf"|summer|winter|spring|season|period)\b"
    rf"|{_DURATION}\s+(?:from\s+now|from\s+today|hence|ago|later|away)|{_OPEN}|{_BASE}{_TAIL}"
    rf"|{_WHICH}\s+{_KIND}{_PERIOD}(?:\s+after\s+next)?|{_WHICH}\s+{_COUNT}\s+{_UNIT}"
    rf"|(?:next|coming|following)\s+{_UNIT}|{_POINT}{_TAIL})",
)
# Another time said as an alternative, at the end of what is said: "or maybe five", "or the year after".
_OTHERWISE = re.compile(
    rf"(?:\s+at\s+the\s+latest)?(?:\s*,?\s+(?:or\s+)?(?:maybe|perhaps|possibly)|\s+or)\s+(?:even\s+)?(?:in\s+|by\s+)?"
    rf"(?:(?:1[89]|20|21)\d\d|{_COUNT}(?:\s+{_UNIT})?|the\s+(?:day|week|month|quarter|year|decade)\s+after)"
    r"(?=\s*(?:[.,;:!?)]|$))"
)
# One of these stands in every span: looking for them first spares most sentences the search for spans.
_STEMS = (
    "day", "week", "month", "quarter", "year", "decade", "centur", "spring", "summer", "autumn", "fall",
    "winter", "season", "soon", "shortly", "event", "time", "point", "future", "term", " run", "long", "ultim",
    "immin", "possib", "generation", "ahead", "forward", "christmas", "easter", "thanks", "hallow", "ramadan",
    "night", "tomorrow", "now", "then", "half", "third", "first", "second", "fourth", "hour", "minute", "eoy",
    "annual", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_DIGIT_OR_LENGTH = re.compile(rf"\d|{_UNIT}|tomorrow")
_LOWERED = re.compile(
    r"(?:(?<=^)|(?<=[\"(:-])|(?<=[:-] )|(?<=\" ))(?:By|In|On|At|Over|Within|From|Before|After|Until|During"
    r"|Throughout|This|Next|Later|Early|Late|Soon|Eventually|"
    r"Since|For|As|No|Not|Starting|Beginning|Around|The|Every|Each|Last|Shortly|Today|Tomorrow|Tonight|Two"
    r"|Three|One|Through)\b"
    r"|(?<= )(?:By|In|On|Before|Until|Within|Through|Next|This|Late|Early)(?=\s+(?:\d\w*|[QH]\d\w*|Mid|Late|Early|Next"
    r"|This|Year|Month|Quarter|Summer|Spring|Fall|Winter|Autumn|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\b)"
)
_PAST = re.compile(r"\b(?:ago|last|past|previous|since|earlier this|the recent)\b")
_CADENCE = re.compile(r"\b(?:every|each|annually|yearly|per)\b")
_OPEN_ONLY = re.compile(_OPEN + "$")
# What names a time with no number in it: an event.
_EVENT = re.compile(
    r"\b(?:(?:before|until|ahead of|prior to|following|after|by the time|at the conclusion of"
    r"|upon (?=completion|approval|arrival)|pending|at the next|at (?:its|our|their) next"
    r"|as part of|in time for)\s+[\w'’.-]+"
    r"(?:\s+(?!(?:he|she|it|they|we|I|that|which|who|when|and|but)\b)[\w'’.-]+){0,9})"
)
Sort = str


class TimeWords(NamedTuple):
    """A span in a sentence that says when; `sort` is time, open, cadence, past or event."""

    start: int
    end: int
    words: str
    sort: Sort


_LONGEST = 80  # characters of a time in several parts
_FULL_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\.$"
)
_BARE_MONTH = re.compile(rf"(?:{_MONTH}|(?:the\s+)?{_SEASON})$")
_BARE_YEAR = re.compile(r"(?:the\s+)?(?:1[89]|20|21)\d\d$")
_JOINED = re.compile(r"\s*,?\s*(?:and\s+)?$")


def time_words(sentence: str) -> list[TimeWords]:
    """The spans of a sentence that say when, in order; neighbours that belong together are one."""
    if _DIGIT.search(sentence) is None and not any(map(sentence.lower().__contains__, _STEMS)):
        return []
    shown = _LOWERED.sub(lambda found: found[0].lower(), sentence)
    found: list[TimeWords] = []
    for match in _SPAN.finditer(shown):
        words = match[0]
        end = (
            match.end() - 1
            if words.endswith(".") and (match.end() == len(shown) or _FULL_MONTH.search(words))
            else match.end()
        )
        if (more := _OTHERWISE.match(shown, end)) is not None and _DIGIT_OR_LENGTH.search(words):
            end = more.end()
        words = shown[match.start() : end]
        if _BARE_YEAR.match(words) or (_BARE_MONTH.match(words) and not _alone(sentence, match)):
            continue
        if re.match(r"(?:of|for)\s", words) and _of_a_thing(words):
            continue
        if found and found[-1].sort == "time" and _adjoin(found[-1], match, shown):
            before = found.pop()
            found.append(TimeWords(before.start, end, sentence[before.start : end], "time"))
            continue
        found.append(TimeWords(match.start(), end, sentence[match.start() : end], _sort(words)))
    return found


def events(sentence: str) -> Iterator[TimeWords]:
    """Spans that name a time by an event, up to the end of the clause."""
    for match in _EVENT.finditer(sentence):
        words = match[0].rstrip(" .,;:!")
        yield TimeWords(match.start(), match.start() + len(words), words, "event")


def _adjoin(before: TimeWords, match: re.Match[str], shown: str) -> bool:
    """Whether a time continues the one before it: "at the end of the month on April 29"."""
    near = match.end() - before.start <= _LONGEST
    return near and _JOINED.match(shown[before.end : match.start()]) is not None


def _alone(sentence: str, match: re.Match[str]) -> bool:
    """Whether a bare month or season stands where only a time can: before "launch", at the end, after a comma."""
    before, after = (
        sentence[max(0, match.start() - 12) : match.start()].rstrip(),
        sentence[match.end() : match.end() + 24],
    )
    if re.search(r"\b(?:an?|its|this|next|in|by)$", before):
        return re.match(r"\s+[a-z]+|\s*[.,;]?$", after) is not None
    return (
        before.endswith(" the")
        and re.match(r"\s+(?:launch|release|deadline|start|election|vote|debut|opening|delivery|target)", after)
        is not None
    )


def _of_a_thing(words: str) -> bool:
    return bool(
        re.match(
            r"of\s+(?:the\s+(?:year|month|decade|century|season|period)$|an?|\d+|one|two|few|several|many|some)\b",
            words,
        )
    )


def _sort(words: str) -> Sort:
    if _CADENCE.search(words):
        return "cadence"
    if _PAST.search(words):
        return "past"
    return "open" if _OPEN_ONLY.match(words) else "time"
