"""Words that make a sentence speak of what is to come, each with the kind of claim it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["prediction", "target", "possibility"]


class Cue(NamedTuple):
    """Words of a sentence that look ahead; `sort` is the name of the rule that found them."""

    start: int
    end: int
    words: str
    sort: str
    kind: Kind


_ADVERB = (
    r"(?:(?:\w+ly|also|now|then|still|soon|not|never|no longer|further|already|both|likewise|all|currently"
    r"|widely|once again|again|likely|probably)\s+){0,3}"
)
_BE = r"(?:is|are|am|be|being|'s|'re|'m)"
_SET = (
    r"(?:about|due|set|slated|scheduled|poised|expected|projected|predicted|forecast|forecasted|estimated"
    r"|anticipated|likely|unlikely"
    r"|bound|sure|certain|destined|readied|planned|on\s+(?:track|course|pace|schedule)|tipped|going|committed|determined"
    r"|pledged|aimed|targeted|positioned|confident|optimistic|hopeful|guaranteed|in\s+line|looking|seeking"
    r"|aiming|planning|hoping|intending|preparing|proposing|pledging|promising|targeting)"
)
_NOUN = r"(?:goals?|targets?|aims?|objectives?|ambitions?|deadlines?|milestones?|timelines?|mission)"

_RULES: tuple[tuple[str, Kind, str], ...] = (
    (
        "chance",
        "prediction",
        r"\b\d+(?:\.\d+)?\s*(?:%|percent|per\s+cent)\s+(?:\w+\s+){0,2}(?:chance|probability|likelihood|odds"
        r"|confident|confidence|sure|certain|risk|likely)\b"
        r"|\b(?:chances?|odds|probability|likelihood|risk|good\s+shot|long\s+shot|shot|confidence)\s+(?:of"
        r"|that|at|are|is)\b[^.;]{0,80}\b\d+(?:\.\d+)?\s*(?:%|percent|per\s+cent)"
        r"|\b(?:a|no|good|fair|every|better\s+than\s+even|even|slim|real|high|low)\s+(?:chance|shot|likelihood"
        r"|probability|odds)\s+(?:of|at|that)\b|\blikelihood\s+(?:of|that)\b"
        r"|\b(?:likely|unlikely|probable|improbable|inevitable|conceivable|possible|certain)\s+that\b"
        r"|\bprobability\s+(?:of|that)\b|\bodds\s+(?:of|that|are)\b|\b\d{1,2}\s+chance\b"
        r"|\b(?:my|our)\s+(?:best\s+)?(?:guess|prediction|bet|estimate|forecast|expectation)\s+(?:is|would\s+be)\b"
        r"|\bI(?:'d|\s+would)?\s+(?:bet|guess|wager)\b",
    ),
    (
        "away",
        "prediction",
        r"\b(?:(?:is|are|remains?)|(?<=\w)'(?:s|re))\s+(?:\S+\s+){1,5}?(?:years?|months?|weeks|decades?)\s+(?:away|off|out)\b",
    ),
    (
        "going",
        "prediction",
        rf"\b(?:is|are|am|[\w]+'s|[\w]+'re|i'm)\s+{_ADVERB}(?:going\s+to|gonna)\s+(?!the\b|a\b|an\b|school\b"
        rf"|work\b|bed\b|war\b|his\b|her\b|their\b|our\b|[A-Z])",
    ),
    (
        "set",
        "prediction",
        rf"(?:\b{_BE}|'s|'re|'m)\s+{_ADVERB}(?:being\s+)?{_SET}\s+(?:\w+ly\s+)?(?:to\b|for\s|in\s+(?=\w+\s\d|\d"
        rf"|early|late|mid|the|Q)|on\s+(?=[A-Z\d])|by\s+(?=the\s+end|\d|[A-Z]|early|late|mid|next|year)|that\b"
        rf"|out\b)",
    ),
    (
        "set",
        "prediction",
        r"\b(?:due|set|slated|scheduled|poised|expected|projected|forecast|estimated|anticipated|likely"
        r"|unlikely|bound|destined|readied|planned|on\s+(?:track|course|pace|schedule)|is\s+a\s+candidate"
        r"|in\s+line)\s+(?:to\s+(?=[a-z])|for\s+(?=[a-z\d]))",
    ),
    (
        "believe",
        "prediction",
        r"\b(?:believes?|thinks?|reckons?|is\s+convinced|am\s+convinced|are\s+convinced|is\s+confident"
        r"|am\s+confident|are\s+confident|no\s+doubt|guarantees?|bets?|warns?"
        r"|insists?)\s+(?:that\s+)?[^.;]{0,80}?\b(?:will|'ll|going\s+to)\b",
    ),
    (
        "aim",
        "target",
        r"(?:\b(?:plans?|aims?|intends?|hopes?|proposes?|pledges?|vows?|promises?|commits?|commit\s+(?:itself"
        r"|himself|herself|themselves|ourselves|myself))|\b(?:has|have|having)\s+(?:pledged|promised|vowed"
        r"|agreed|proposed|planned))\s+(?:\w+ly\s+)?to\s+(?=[a-z])",
    ),
    (
        "aim",
        "target",
        r"\b(?:has|have|having)\s+committed\s+to\s+(?=\w+ing\b)|\b(?:pledged|promised|vowed|agreed|proposes"
        r"|propose|proposing)\s+(?:(?:that|improvements|legislation|measures|reforms|changes|cuts)\b|to\s+(?=[a-z])|additional\b|an?\s+(?:new|additional|increase))",
    ),
    (
        "aim",
        "target",
        r"\b(?:said|says|told|added|announced|confirmed|stated|insisted)\b[^.;]{0,60}?\b(?:planned|hoped"
        r"|intended|aimed|wanted|expected|sought|proposed)\s+to\s+(?=[a-z])",
    ),
    ("set", "target", r"\b(?:is|are)\s+(?:also\s+|currently\s+|now\s+)?planned\b(?!\s+(?:to|for))"),
    (
        "set",
        "target",
        r"\b(?:is|are)\s+to\s+(?:be\s+\w+ed\b|(?:open|close|begin|start|end|fall|rise|grow|leave|join|build"
        r"|launch|receive|get|become|take|make|meet|visit|move|return|go|run|cut|raise|double|triple|halve|pay"
        r"|sell|buy|invest|create|spend|publish|introduce|replace|reduce|increase|resume|face|play|host|hold"
        r"|sign|vote|stand|lead|switch|shut|expand|hire|produce|deliver|reach|stop|phase)\b)",
    ),
    (
        "aim",
        "target",
        r"\b(?:planning|aiming|intending|hoping|proposing|pledging|promising|targeting|looking)\s+(?:to|for"
        r"|on)\s+(?=\w)|\b(?:have|has|had|with|announced|announces|unveiled|unveils|outlined|reveals?|revealed"
        r"|detailed|laid\s+out|confirmed|there\s+are|its|his|her|their|our)\s+(?:\w+\s+){0,2}plans?\s+(?:to"
        r"|for)\s+(?=[a-z])|\bplans?\s+(?:to|for|on)\s+(?=[a-z])",
    ),
    (
        "want",
        "target",
        r"\b(?:we|I|company|government|team|administration|he|she|[A-Z]\w+)\s+(?:also\s+|now\s+"
        r"|currently\s+)?(?:wants?|would\s+like)\s+(?:to|at\s+least)\s+",
    ),
    (
        "expect",
        "prediction",
        r"\b(?:expects?|anticipates?|foresees?|envisions?|envisages?|predicts?|projects|forecasts|estimates"
        r"|sees)\s+(?!the\s+following\b)(?=[\w$\d\"'])|(?:\b(?:is|are|am|now|also|not|currently|and)|'s|'re"
        r"|'m)\s+(?:expecting|anticipating|forecasting|predicting|projecting)\s+(?=[\w$\d])|\b(?:expect"
        r"|anticipate|foresee|envision|envisage)\s+(?=[\w$\d])"
        r"|\b(?:we|analysts|economists|experts|officials|they|I|staff|members|participants|markets|investors"
        r"|projections)\s+(?:now\s+|currently\s+|also\s+|still\s+)?(?:project|forecast|estimate|predict"
        r"|see)\s+",
    ),
    (
        "goal",
        "target",
        rf"\b{_NOUN}\s+(?:(?:for|with|of|in|behind)\s+[^.;:]{{1,60}}?)?(?:is|are"
        rf"|remains?)\s+(?:still\s+)?(?:to\b|for\b|that\b|\d|[a-z]+ing\b)|\b{_NOUN}\s*:\s|\b(?:goal|target|aim"
        rf"|objective|ambition)s?\s+of\s+(?:\w+ing\b|[$€£]?\d|at\s+least|between|over|more)|\bachiev(?:e"
        rf"|ing)\s+(?:the|its|our|this|a)\s+(?:\w+\s+)?(?:goal|target|objective)\b|\btarget(?:s"
        rf"|ing)?\s+(?:[$€£]?\d|an?\s|the\s+(?:first|second|third|fourth|end))",
    ),
    (
        "may",
        "possibility",
        r"\b(?:could|may|might)\s+(?:well\s+|also\s+|even\s+|soon\s+|eventually\s+|still\s+|ultimately\s+"
        r"|then\s+|one\s+day\s+|potentially\s+|possibly\s+|no\s+longer\s+|in\s+many\s+ways\s+|further\s+"
        r"|again\s+|not\s+)?(?=[a-z])",
    ),
    (
        "potential",
        "possibility",
        r"\bpotential\s+to\s+(?=[a-z])|\bpotentially\s+\w+ing\b|\b(?:gives|offers|holds"
        r"|shows)\s+(?:\w+\s+)?(?:promise|hope)\s+(?:of|to)\b|\b(?:future|world|day|time|era|age)\s+(?:where"
        r"|when|in\s+which)\b|\bopens?\s+the\s+(?:door|way)\s+(?:to|for)\b|\bpave(?:s)?\s+the\s+way\b",
    ),
    ("will", "prediction", r"\b(?:will|won't|shall|shan't)\b(?!\s+of\b)|(?<=\w)'ll\b"),
    (
        "would",
        "prediction",
        r"\bwould(?:n't)?\s+(?!like\b|have\b|not\s+have\b|love\b|rather\b|prefer\b|often\b|usually\b"
        r"|sometimes\b|always\b)(?=[a-z])|(?<=\b(?:he|it))'d\s+(?=[a-z]+\b)|\b(?:she|they)'d\s+(?=(?:be|make"
        r"|take|bring)\b)",
    ),
    (
        "should",
        "prediction",
        r"\bshould(?:n't)?\s+(?!have\s+(?!the\b|an?\b|our\b|its\b|\d|more\b|one\b)|not\s+have\b)(?=[a-z])",
    ),
    (
        "can",
        "possibility",
        r"\b(?:can)\s+(?=[a-z][^.;]{0,80}\b(?:in\s+the\s+(?:near\s+|coming\s+)?(?:future|years)|one\s+day"
        r"|some\s?day|next\s+year))",
    ),
)
# Of each sort one of these stands in every sentence that has it: looking for them first is what keeps a text fast.
_STEMS = {
    "chance": (
        "%",
        "percent",
        "per cent",
        "chance",
        "odds",
        "probab",
        "likel",
        "shot",
        "risk",
        "guess",
        "my ",
        "our ",
        "bet ",
        "wager",
        "confiden",
        "inevitable that",
        "conceivable that",
        "possible that",
        "certain that",
    ),
    "away": (" away", " off", " out"),
    "going": ("going to", "gonna"),
    "set": (
        " due",
        " set ",
        "slated",
        "schedul",
        "poised",
        "expect",
        "project",
        "predict",
        "forecast",
        "estimat",
        "anticipat",
        "likely",
        "bound to",
        "sure",
        "certain",
        "destined",
        "ready",
        "readied",
        "planned",
        "track",
        "course",
        "on pace",
        "on schedule",
        "tipped",
        "commit",
        "determin",
        "pledg",
        "aim",
        "target",
        "position",
        "confident",
        "optimistic",
        "hopeful",
        "guarant",
        "in line",
        "looking",
        "seeking",
        "planning",
        "hoping",
        "intend",
        "prepar",
        "propos",
        "promis",
        "about to",
        "candidate",
        "is to ",
        "are to ",
        "going",
    ),
    "believe": (" will", "'ll", "going to"),
    "aim": (
        "plan",
        "aim",
        "intend",
        "hop",
        "propos",
        "pledg",
        "vow",
        "promis",
        "commit",
        "target",
        "looking",
        "agreed",
        "expected to",
        "wanted to",
        "sought to",
    ),
    "want": ("want", "would like"),
    "expect": (
        "expect",
        "anticipat",
        "foresee",
        "envision",
        "envisage",
        "predict",
        "project",
        "forecast",
        "estimate",
        "see",
    ),
    "goal": ("goal", "target", "aim", "objective", "ambition", "deadline", "milestone", "timeline", "mission"),
    "may": ("could ", "may ", "might "),
    "potential": ("potential", "promise", "hope", "future", "world ", "day ", "time ", "era ", "age ", "open", "pave"),
    "will": ("will", "won't", "shall", "shan't", "'ll"),
    "would": ("would", "'d "),
    "should": ("should",),
    "can": ("can ",),
}
_PATTERNS = [(sort, kind, _STEMS[sort], re.compile(pattern, re.IGNORECASE)) for sort, kind, pattern in _RULES]
_WILL_NOUN = re.compile(
    r"(?:\b(?:the|a|free|political|good|ill|his|her|their|our|my|last|strong|own|popular|national|of|no"
    r"|any)\s+|\bat\s+)$",
    re.IGNORECASE,
)


def cues(sentence: str) -> Iterator[Cue]:
    """The cues of a sentence, in no order; which of them make a claim is decided elsewhere."""
    low = sentence.lower()
    for sort, kind, stems, pattern in _PATTERNS:
        if not any(map(low.__contains__, stems)):
            continue
        for match in pattern.finditer(sentence):
            if sort in ("will", "may") and not _is_modal(sentence, match):
                continue
            yield Cue(match.start(), match.end(), match[0], sort, kind)


def _is_modal(sentence: str, match: re.Match[str]) -> bool:
    """Whether "will", "may" is the verb: not a month or a first name, not the noun."""
    word = match[0]
    if word.startswith(("May", "Will", "Might")):
        # With a capital: at the beginning of a question, a month, a name - unless all words have one, as in a title.
        after = sentence[match.end() :].lstrip()[:1]
        return match.start() > 0 and after.isupper() and word.startswith("Will") and _in_title(sentence)
    return not (word.lower().startswith("will") and _WILL_NOUN.search(sentence, 0, match.start()) is not None)


def _in_title(sentence: str) -> bool:
    words = [word for word in sentence.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) * 3 > 2 * len(words)
