"""Sentences that are no claim whatever they say: questions, notices, disclaimers; and what tells of the past."""

from __future__ import annotations

import re

_DISCLAIMERS = (
    "forward-looking statement",
    "safe harbor",
    "past performance",
    "not responsible",
    "be responsible for any",
    "not liable",
    "no obligation to",
    "undertakes no",
    "results may differ",
    "results could differ",
    "results may vary",
    "not intended as",
    "informational purposes",
    "financial advice",
    "all rights reserved",
    "disclaimer",
    "terms of use",
    "terms of service",
    "cookies",
    "privacy policy",
    "newsletter",
    "without warrant",
)
_SERVICE = re.compile(
    r"\b(?:coverage|briefing|conference call|webcast|livestream|live stream|broadcast|press conference"
    r"|news conference|teleconference"
    r"|updates?|reminders|details|information|documentation|slides|recording|replay|transcript"
    r"|registration|tickets|doors|media|reporters"
    r"|admission|entry|questions|applications|submissions|comments)\b[^.;]{0,80}\b(?:will|can|may|should)\b[^.;]{0,40}"
    r"\b(?:air|stream|be (?:shared|posted|broadcast|aired|streamed|published|available|accessible|provided"
    r"|found|archived|accepted|answered|sent|held|announced|released)|begin|start|open|follow|be)\b"
    r"|\bwill (?:be )?(?:air|stream|livestream|broadcast)(?:ed|s)?\b|\bwill (?:host|hold) (?:a|an"
    r"|its) (?:\w+ ){0,3}(?:briefing|conference call|webcast|teleconference|news conference"
    r"|press conference)"
    r"|\bfor more information\b|\blearn more\b|\bsign up\b|\bstay tuned\b|\bplease\b|\bclick\b",
    re.IGNORECASE,
)
READER = re.compile(
    r"\b(?:you|you'll|users?|readers?|developers|customers|anyone|everyone|viewers|visitors|attendees"
    r"|participants)\s+(?:\w+ly\s+|also\s+)?(?:will|can|could|may|might|should|must|need|have)\b",
    re.IGNORECASE,
)
_IF_READER = re.compile(r"\W*(?:(?:but|and|so)\s+)?(?:if|when|once|whenever)\s+you\b", re.IGNORECASE)
SAYS = re.compile(
    r"\b(?:say|says|said|saying|announce[sd]?|announcing|told|tells|add(?:s|ed)|confirm(?:s|ed)"
    r"|promise[sd]?|pledge[sd]?|vow(?:s|ed)|warn(?:s|ed)|predict(?:s|ed)|expect(?:s|ed)|hope[sd]?"
    r"|estimate[sd]?|believe[sd]?"
    r"|forecast(?:s|ed)?|insist(?:s|ed)|state[sd]|indicate[sd]|suggest(?:s|ed)|claim(?:s|ed)|project(?:s"
    r"|ed)|according to|argue[sd]?|reiterate[sd]|stress(?:es|ed)|tweeted|wrote|writes|revealed|reveals"
    r"|reported|reports|signal(?:s|led|ed)|declare[sd]|think[s]?|acknowledge[sd]?|note[sd]"
    r"|emphasi[sz]e[sd]|envision(?:s|ed)|agree[sd])\b",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|hadn't|made|took|went|came|saw|got|won|lost|held|gave"
    r"|began|left|sent|met|led|found|became|brought|built|bought|fell|grew|knew|kept|paid|ran|rose|sold"
    r"|spoke|spent|stood|thought|wrote|broke|chose|drew|drove|felt|flew|fought|heard|struck|threw|wore"
    r"|died|killed|donated|started|ended|called|asked|used|tried|decided|moved|lived|worked|played|opened"
    r"|closed|released|launched|visited|arrived|voted|signed|resigned|arrested|injured|announced|reported"
    r"|said|told|added|stated|confirmed|celebrated|attended|won|finished|defeated|beat|scored|received"
    r"|returned|followed|joined|served|helped|passed|happened|occurred)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:(?:How|When|Where|Why|What|Who) [Tt]o"
    r"|To (?:learn|find|see|get|read)|If you|See|Check|Read|Visit|Subscribe|Please|Join|Contact|Click"
    r"|Follow|Feel free)\b"
)
_PERFECT = re.compile(
    r"\b(?:has|have|had)\s+(?:\w+ly\s+|also\s+|already\s+|not\s+|now\s+)?(?:been|\w+ed|become|made|seen"
    r"|grown|risen|fallen|come|gone|taken|begun)\b",
    re.IGNORECASE,
)
_PAST_PARTICIPLE = re.compile(
    r"(?<!be )(?<!is )(?<!are )(?<!being )(?<!get )(?<!gets )(?<!to )\b(?!need|speed|hundred|feed|exceed"
    r"|succeed|proceed|united|limited|based|compared)\w{3,}ed\s+(?:the|an?|to|in|on|at|his|her|its|their"
    r"|that|by|from|\d+|[A-Z]\w*)\b"
)
_REPORTING = re.compile(
    r"\b(?:said|says|told|announced|added|stated|wrote|reported|confirmed|revealed|tweeted|warned"
    r"|predicted|reporters|statement|interview)(?:\s+(?:in|at|during|to|the|a|an|late|early|reporters"
    r"|lawmakers|investors|analysts|parliament|journalists)){0,4}\s+$",
    re.IGNORECASE,
)


def reports(head: str) -> bool:
    """Whether the words before a time report: "the ministry said on …"."""
    return _REPORTING.search(head) is not None


def is_disclaimer(block: str) -> bool:
    """Whether a paragraph is legal or service text, of which nothing is a claim."""
    low = block.lower()
    return any(words in low for words in _DISCLAIMERS)


def told_past(sentence: str) -> bool:
    """Whether a verb of the sentence stands in the past."""
    return _PAST_VERB.search(sentence) is not None


def is_done(sentence: str) -> bool:
    """Whether the sentence tells what has been done."""
    return _PERFECT.search(sentence) is not None or _PAST_PARTICIPLE.search(sentence) is not None


def is_for_readers(sentence: str) -> bool:
    """Whether a sentence says what a reader, user or visitor can do."""
    return READER.search(sentence) is not None


def refused(sentence: str) -> bool:
    """Whether a sentence as a whole is none, whatever its cues: a question, a notice, an appeal to the reader."""
    end = sentence.rstrip(" )*_")
    if end.endswith(("?", '?"', "?'")):
        return True
    return (
        _IF_READER.match(sentence) is not None
        or _IMPERATIVE.match(sentence) is not None
        or _SERVICE.search(sentence) is not None
    )
