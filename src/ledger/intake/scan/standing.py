"""Which words that look ahead make a claim: not plans told as past, duties, embedded questions, acts of speech."""

from __future__ import annotations

import re

from .cues import Cue
from .refusals import READER, SAYS, told_past

_FAR = 400
_QUESTION_WORD = re.compile(
    r"(?:\b(?:whether|what(?:ever)?|why|how(?:ever)?|who(?:ever)?)|(?<![,\w] )\b(?:where|when))\b(?![^,;]*[,;])[^,;]*$",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b(?:an?|the|this|that|our|my|his|her|its|their|\w+'s)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
_FORETOLD = re.compile(
    r"should\s+(?:also\s+|probably\s+|then\s+)?(?:be|have|see|get|reach|hit|start|begin|finish|ship|launch)\b"
)
_NOT_SURE = re.compile(
    r"\b(?:not|never|n't)\s+(?:\w+\s+)?(?:certain|sure|clear|known|guaranteed|decided)\s+(?:that|if|whether)\b[^.]*$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:know|knows|knew|ask|asks|asked|see|determine|decide|decides|decided|say|says|said|tell|told"
    r"|predict|unclear|uncertain|wonder|wondered|question|sure|understand|learn|discuss|discussed|explain"
    r"|explains|explained"
    r"|announce[sd]?|reveal(?:s|ed)?|consider|considering|debate|imagine|assess|evaluate|idea|depends?"
    r"|depending|about|of|on|over|doubts?|doubted|clear|disclose[sd]?|specify|specified|control|matter"
    r"|regardless|is|was)\s*$",
    re.IGNORECASE,
)
_PAST_BE = re.compile(
    r"\b(?:was|were|had\s+been|has\s+been|have\s+been|been|wasn't|weren't)\s+(?:\w+ly\s+|not\s+|also\s+"
    r"|still\s+|originally\s+|initially\s+|once\s+|never\s+)*$",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:than|as|than\s+had\s+been|than\s+was|earlier\s+than|originally|previously|initially|once)\s*$", re.IGNORECASE
)
_PROPOSAL = re.compile(
    r"\b(?:proposals?|proposed|bills?|plans?|legislation|laws?|measures?|deal|agreement|merger|acquisition"
    r"|projects?|programmes?|programs?|tax(?:es)?|tariffs?|reforms?|amendments?|acts?|move|budget|treaty"
    r"|rules?|ban|missions?|launch|facility|plants?|pipeline"
    r"|initiative|scheme|policy|cuts?|increases?|package|resolution|referendum|system|strategy|stadium"
    r"|bridge|railway|line|price tag|partnership)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
_COUNTERFACT = re.compile(r"\b(?:if|had|were|unless|without|otherwise|even if|wish|as if|as though)\b", re.IGNORECASE)
_PAST_NOUN_THAT = re.compile(
    r"\b(?:announced|adopted|unveiled|introduced|presented|signed|launched|passed|described"
    r"|outlined)\s+(?:an?|the|his|her|its|their|our|my)\s+[\w\s-]{1,60}\b(?:that|which)\s*$",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:I|we|let me|let us|I'd|we'd)(?:'ll|'d|\s+(?:will|shall|want|would like|would|hope|wants"
    r"|am going|are going|plan))?\s*(?:to\s+)?(?:now\s+|just\s+|only\s+|not\s+|also\s+|briefly\s+"
    r"|simply\s+|first\s+|then\s+)*"
    r"(?:thank|say|mention|tell|discuss|explain|describe|talk|turn|begin by|start by|leave|ask|repeat"
    r"|emphasi[sz]e|stress|conclude|close by|close with|note|add|recall|remind|express|congratulate"
    r"|acknowledge|recogni[sz]e|be (?:brief|clear|honest|frank|happy to|glad to|pleased to)|welcome"
    r"|look at|see (?:below|later|how|that)|cover|return to|point out|share|highlight|know|hear|remember"
    r"|forget|apologi[sz]e|focus|take (?:this|your|a moment|questions)|invite|urge|encourage"
    r"|try to explain)\b",
)
_HABIT = re.compile(
    r"\b(?:will|would|may|might|could)\s+(?:often|usually|typically|normally|generally|sometimes|always"
    r"|occasionally|frequently|rarely)\b",
    re.IGNORECASE,
)
_WEAK_WILL = re.compile(
    r"\b(?:will|'ll|shall|would|could|may|might)\s+(?:\w+ly\s+|also\s+|then\s+)*(?:depend|vary|differ"
    r"|assess|monitor|continue to (?:monitor|follow|assess|review|evaluate|consider)|take into account"
    r"|consider|evaluate|be (?:crucial|key|important|essential|critical|vital|necessary|up to|easy|hard"
    r"|difficult|tough|about|done|able to see|discussed|covered|described|explained|used to|tempting)"
    r"|not be (?:easy|simple|possible without)|need to|require|have to|be required to|be asked to"
    r"|be allowed|not be allowed|be permitted|be eligible|be subject to|be (?:\w+ )?(?:missed|invisible"
    r"|hard work|welcome)|need (?!to\b)|mean that you|notice|recall|remember|remind|recogni[sz]e)\b",
    re.IGNORECASE,
)
_SHOULD_HELP = re.compile(
    r"\bshould\s+(?:also\s+|soon\s+|then\s+|now\s+|still\s+|not\s+|further\s+|eventually\s+"
    r"|continue\s+to\s+)*(?:help|allow|be\s+(?:\w+\s+)?(?:\w+er|\w+ed|more|less|far|much|able|enough"
    r"|available|ready|complete|completed|finished|done|an?|in|on|at|over|out|possible|back|open)|make"
    r"|improve|lead|result|reduce|increase|continue|remain|reach|rise|fall|grow|begin|start|arrive|return"
    r"|give|bring|enable|ensure|see|exceed|come|happen|take|last|boost|provide|support|keep|stay|ease"
    r"|decline|average|cost|drop|get|have|end|produce|finish|launch)\b",
    re.IGNORECASE,
)
_PERSON_SHOULD = re.compile(
    r"\b(?:we|you|they|I|he|she|one|people|everyone|everybody|nobody|citizens?|congress|members|nation"
    r"|country|countries|states?|governments?|government|teams?|users?|developers?|parents|children"
    r"|companies|men|women|customers?|clients?|citizens|authorities|police|leaders|world)\s+(?:\w+ly\s+"
    r"|also\s+|all\s+)?should",
    re.IGNORECASE,
)
_COULD_PAST = re.compile(
    r"\b(?:so|so\s+that|before|until|because)\s+(?:he|she|they|it|we|I|\w+)\s+could\b|\bcould\s+(?:not|see"
    r"|hear|feel|be\s+(?:seen|heard|felt|reached|found|described|said|considered|called|smelled|identified"
    r"|argued|more\s+\w+|any|something|because|that|described)|only|barely|hardly|no\s+longer|afford|tell"
    r"|have|understand)\b",
    re.IGNORECASE,
)
_MAY_STATE = re.compile(
    r"\b(?:may|might)\s+(?:well\s+|also\s+|not\s+)*(?:be\s+(?:entitled|interested|related|linked|involved"
    r"|needed|known|used|found|seen|considered)\b|be\s+(?!able\b|forced\b|required\b|ready\b|delayed\b"
    r"|discontinued\b|\w+ed\b)|have\b|seem|sound|appear|look|think|feel|know|want|wish|ask|wonder|remember"
    r"|say|contain|include|indicate|suggest|need|recall|believe|like|enjoy|notice|consider)",
    re.IGNORECASE,
)
_MAY_PERMIT = re.compile(
    r"\b(?:you|users?|members?|visitors?|applicants?|students?|employees?|customers?|who|one|developers?"
    r"|citizens?|residents?)\s+(?:may|might|could)\b",
    re.IGNORECASE,
)
_TOLD_INTENT = re.compile(
    r"\b(?:agreed|pledged|promised|vowed|committed|planned|hoped|intended|aimed|wanted|expected|sought"
    r"|proposed|had)\b",
    re.IGNORECASE,
)
_THOUGHT = re.compile(
    r"\b(?:thought|knew|feared|felt|imagined|assumed|reali[sz]ed|worried|doubted|wondered|saw"
    r"|found)\s+(?:that\s+)?(?:[\w']+\s+){0,5}$",
    re.IGNORECASE,
)
_INTENT_PAST_OK = re.compile(r"\b(?:said|says|told|announced|confirmed|according to|reported|reports)\b", re.IGNORECASE)
_EXPECT_NOUN = re.compile(
    r"\b(?:the|a|an|its|their|our|his|latest|this|previous|economic|official|new|these|those|of|all|many"
    r"|several|two|three|four|other|pet|research|major|construction|government|energy|big|large|\w+ing"
    r"|\w+al|\w+ic)\s+$",
    re.IGNORECASE,
)


def stands(cue: Cue, sentence: str, *, dated: bool, number: bool, long_past: bool, before: str) -> bool:
    """Whether a cue makes a claim in its sentence.

    `dated`: a time to come stands there; `long_past`: one long gone; `before`: the last sentence.
    """
    # What stands far away says nothing about a cue, and looking there would make long sentences slow.
    head, rest = sentence[max(0, cue.start - _FAR) : cue.start], sentence[cue.start : cue.start + _FAR]
    if long_past and (cue.sort in ("would", "may") or _TOLD_INTENT.search(cue.words)) and not dated:
        return False
    if long_past and cue.sort == "would":
        return False
    if cue.sort not in ("goal", "chance") and _in_question(head):
        return False
    if _SPEECH.search(sentence, max(0, cue.start - 12), min(len(sentence), cue.end + 40)) and not dated:
        return False
    return _RULES.get(cue.sort, _always)(cue, head, rest, dated or number, before)


def _in_question(head: str) -> bool:
    """Whether the cue stands in an embedded question: "announced where the shuttles will …"."""
    if _NOT_SURE.search(head):
        return True
    found = _QUESTION_WORD.search(head)
    if found is None:
        return False
    opener = head[: found.start()].rstrip()
    if re.match(r"(?:why|how)\b", found[0], re.IGNORECASE) and re.search(
        r"\b(?:that|this|it|which)(?:'s| is)$", opener, re.IGNORECASE
    ):
        return False  # "that is why it will …" says that it will
    if re.match(r"who\b", found[0], re.IGNORECASE) and not _ASKING.search(opener):
        return False
    if re.match(r"(?:where|when)\b", found[0], re.IGNORECASE):
        return bool(_ASKING.search(opener)) or (not opener and re.match("(?i)when", found[0]) is not None)
    return True


def _always(_cue: Cue, _head: str, _rest: str, _firm: bool, _before: str) -> bool:
    return True


def _will(_cue: Cue, head: str, rest: str, firm: bool, _before: str) -> bool:
    if (
        _HABIT.match(rest)
        or re.search(r"\bas\s+(?:\w+\s+)?$", head)
        or (rest.startswith("'ll") and head.lower().endswith("you"))
    ):
        return False
    if (
        READER.search(head[-30:] + rest[:8])
        and not firm
        and not re.search(r"\b(?:confident|sure|certain|believe|convinced|doubt)\b", head)
    ):
        return (
            bool(re.search(r"\b(?:users?|customers|developers|everyone|visitors|you)\s+(?:\w+\s+)?$", head))
            and not re.search(r"\byou\s+$", head)
            and _WEAK_WILL.match(rest) is None
        )
    return firm or _WEAK_WILL.match(rest) is None


def _set(cue: Cue, head: str, rest: str, firm: bool, _before: str) -> bool:
    if re.match(r"(?:is|are)\s+to\b", cue.words) and re.search(r"\bif\b[^,]*$", head, re.IGNORECASE):
        return False
    if _THAN.search(head):
        return False
    words = cue.words.lower()
    if re.search(
        r"\b(?:expected|intended|planned|due|ready|bound|sure|certain|committed|confident|looking|required)\b", words
    ) and re.search(r"\bdue to\b", words):
        return bool(
            re.match(
                r"due to (?:be|open|launch|start|begin|take|go|run|end|expire|finish|return|arrive|meet|appear|vote"
                r"|report|complete|come|land|leave|face|play|hold|retire|speak|stand|sign|release|receive|deliver"
                r"|reach|be\w*)\b",
                re.sub(r"^.*?\bdue", "due", rest.lower()),
            )
        )
    if re.search(r"\b(?:confident|optimistic|hopeful|sure|certain)\s+that\b", words):
        return re.search(r"\b(?:will|can|going to)\b", rest) is not None
    if re.search(r"\b(?:about|sure|certain|ready|committed|determined|looking|confident|seeking)\b", words):
        if re.search(r"\bfor\b|\bthat\b|\bout\b|\bin\b|\bon\b|\bby\b", words) and not firm:
            return False
        if re.search(r"\b(?:seeking|looking)\b", words) and not firm:
            return False
    # "was expected to": an expectation of the past, unless the report itself is.
    told = re.match(r"(?:was|were|planned)\b", words) or re.search(r"\bhad\s+(?:\w+ly\s+)?$", head)
    if told or _PAST_BE.search(head):
        return firm and _INTENT_PAST_OK.search(head) is not None
    return firm or SAYS.search(head) is not None or re.search(r"\b(?:was|were|had)\b[^.;,]{0,60}$", head) is None


def _aim(cue: Cue, head: str, rest: str, firm: bool, _before: str) -> bool:
    words = cue.words.lower()
    if _PAST_BE.search(head) and re.search(r"ing\b", words):
        return firm and SAYS.search(head) is not None
    if re.match(r"(?:had|have|has)\b", words) and words.startswith("had "):
        return firm and SAYS.search(head) is not None
    if re.match(r"(?:plans?|hopes?|promises?|commits?|proposes?)\b", words) and _EXPECT_NOUN.search(head):
        return firm or not re.search(r"\b(?:the|those|these|of|previous)\s+$", head)
    if re.match(r"plan\b", words) and _NOUN_BEFORE.search(head):
        return firm
    if re.search(r"\blooking\s+for\b", words) or re.search(r"\b(?:planning|planing)\s+(?:for|on)\s*$", words):
        return firm
    if re.search(r"\blooking to\b", words):
        return re.search(r"\b(?:is|are|am|now|also|currently)\s+$", head) is not None
    if re.search(r"\bagreed\b", words) or re.search(r"\bplans?\s+(?:for|on)\s*$", words):
        return firm
    return not re.search(r"\bin the (?:hope|hopes) of\s*$", head)


def _want(cue: Cue, _head: str, rest: str, firm: bool, _before: str) -> bool:
    if cue.words.startswith("I ") and not firm:
        return False
    return not re.match(
        r".{0,40}?\b(?:to\s+(?:thank|say|be|know|see|hear|express|make it clear|make sure|emphasize|stress"
        r"|learn|understand|talk|speak|take this|congratulate|go|live|remind|mention|point|live|have|get|keep"
        r"|stop|do|tell|ask|share|encourage|invite|leave|run|play|stay))\b",
        rest,
        re.IGNORECASE,
    )


def _expect(cue: Cue, head: str, rest: str, firm: bool, before: str) -> bool:
    word = cue.words.strip().lower()
    if word.startswith(("projects", "forecasts", "estimates")) and (
        _EXPECT_NOUN.search(head) or not re.match(r"\w+\s+(?:that|to|a|an|the|[$€£\d])", rest)
    ):
        return False
    if word.startswith("sees") and not firm:
        return False
    if _THAN.search(head) or (
        re.search(r"\b(?:was|were|had been|who|than|like|be|to)\s+(?:\w+ly\s+)?$", head) and not firm
    ):
        return False
    if re.search(r"\b(?:can|cannot|can't|could|to|not|hard|impossible)\s+(?:\w+\s+)?$", head):
        return False
    return not re.match(r"(?:predicts?|expects?|anticipates?)\s+(?:the\s+following|you\b)", rest, re.IGNORECASE)


def _goal(cue: Cue, _head: str, rest: str, firm: bool, _before: str) -> bool:
    if re.search(r"\b(?:decided|mandate|was|were)\b", _head) and not firm:
        return False
    return firm or re.search(r"\b(?:release|year|quarter|season)\b", cue.words) is not None


def _may(cue: Cue, head: str, rest: str, firm: bool, before: str) -> bool:
    sentence, word = head + rest, cue.words.split()[0].lower()
    if _MAY_PERMIT.search(head[-40:] + rest[:8]) and not firm:
        return False
    if re.match(r"(?:could|may|might)\s+(?:\w+\s+)?have\b", rest, re.IGNORECASE) or _HABIT.match(rest):
        return False
    if _WEAK_WILL.match(rest):
        return False
    if word == "could":
        if _COULD_PAST.search(head[-60:] + rest[:60]) or _THOUGHT.search(head):
            return False
        return firm or _reported(head) or not told_past(sentence)
    if _MAY_STATE.match(rest) and not firm:
        return False
    if re.search(r"\bwhile\s+(?:\w+\s+){0,4}$", head, re.IGNORECASE):
        return False
    return firm or not told_past(head) or SAYS.search(head) is not None


def _reported(head: str) -> bool:
    """Whether somebody says it, and not in the past of what is told: "had warned that it would"."""
    return SAYS.search(head) is not None and re.search(r"\bhad\s+\w+", head) is None


def _would(_cue: Cue, head: str, rest: str, firm: bool, before: str) -> bool:
    sentence = head + rest
    if re.match(
        r"would(?:n't)?\s+(?:not\s+|only\s+|also\s+|be\s+)?(?:be\s+)?(?:better|perfect|nice|good|great|hard"
        r"|difficult|like|seem|appear|best|worse|wrong|a mistake|happy|glad|suggest|argue|say|think|expect"
        r"|imagine|hope|prefer|love|recommend|agree)\b",
        rest,
        re.IGNORECASE,
    ):
        return False
    if _THOUGHT.search(head) or re.search(
        r"\b(?:concern|fear|worr|doubt)\w*\s+(?:that\s+)?(?:\w+\s+){0,3}$", head, re.IGNORECASE
    ):
        return False
    if re.search(r"\b(?:who|people|men|that they|as it)\s+$", head) and not firm:
        return False
    if _PAST_NOUN_THAT.search(head) or re.search(
        r"\bhad\s+(?:\w+\s+)?(?:said|promised|planned|hoped|expected|announced)\b", head
    ):
        return False
    if (
        _PROPOSAL.search(head)
        and not re.search(r"\b(?:had|were)\b", sentence)
        and not (_COUNTERFACT.match(sentence) and not firm)
    ):
        return True
    if _WEAK_WILL.match(rest) and not firm:
        return False
    if head.count('"') % 2:
        return False  # in direct speech "would" is no report of "will"
    if SAYS.search(head):
        return _reported(head) and not re.search(r"\bif\b[^,]*$", head) and not re.search(r"\bif\b.*\bwere\b", rest)
    if SAYS.search(rest) and not _COUNTERFACT.search(sentence):
        return True
    continued = (
        SAYS.search(before) is not None
        and re.match(r"would(?:n't)?\s+(?:not\s+|also\s+|then\s+|be\s+)", rest) is not None
    )
    return (continued or firm) and not _COUNTERFACT.search(sentence)


def _should(cue: Cue, head: str, rest: str, firm: bool, _before: str) -> bool:
    if firm and _FORETOLD.match(rest):
        return True  # "we should have the first one by June" foretells; "we should decide" does not
    if _PERSON_SHOULD.search(head[-40:] + "should"):
        return False
    return _SHOULD_HELP.match(rest) is not None and not re.search(
        r"\b(?:if|that|believe|believes|think|thinks|said|why|so)\s+(?:\w+\s+){0,3}$", head
    )


def _expects_ahead(cue: Cue, head: str, _rest: str, firm: bool, _before: str) -> bool:
    return firm or SAYS.search(head) is not None or not told_past(head)


_RULES = {
    "will": _will,
    "set": _set,
    "aim": _aim,
    "want": _want,
    "expect": _expect,
    "goal": _goal,
    "may": _may,
    "would": _would,
    "should": _should,
    "potential": _expects_ahead,
}
