"""Whose words a sentence is: by "said X", "according to X", by the quotation it stands in, else the text's own."""

from __future__ import annotations

import re

from .sentences import Sentence

_CAPITAL = r"(?:[A-Z][\w'’.-]*[\w])"
_NAME = rf"{_CAPITAL}(?:\s+(?:(?:de|van|von|der|al|bin|da|di|la|le|el)\s+)?(?:{_CAPITAL}|[A-Z]\.)){{0,6}}"
_SAID = (
    r"(?:said|says|saying|added|adds|told|tells|stated|states|wrote|writes|announced|announces|argued"
    r"|argues|warned|warns|predicted|predicts|claimed|claims|explained|explains|noted|notes|insisted"
    r"|insists|suggested|suggests|estimated|estimates|expects|believes|thinks|hopes|envisions|envisages"
    r"|acknowledges|acknowledged|promised|promises|pledged|pledges|vowed|vows|emphasi[sz]ed|emphasi[sz]es"
    r"|revealed|confirmed|confirms|tweeted|posted|admits|admitted|forecasts|muses|declared|remarked"
    r"|commented|concluded|stressed|reiterated|projected)"
)
_TOLD = (
    r"(?:said|says|saying|added|adds|stated|states|wrote|writes|argued|argues|warned|warns|claimed|claims"
    r"|explained|explains|noted|notes|insisted|insists|acknowledged|acknowledges|tweeted|posted|admitted"
    r"|admits|muses|remarked|commented|concluded|stressed|told)"
)
_BEFORE = re.compile(
    rf"\b(?P<name>{_NAME})(?:'s\s+(?:statement|view|plan|report))?(?:,[^,;\"]{{1,80}},|,"
    rf"|\s+\([^)]{{1,40}}\))?\s+(?:\w+ly\s+|also\s+|then\s+|later\s+|has\s+|had\s+){{0,2}}{_SAID}\b"
)
_AFTER = re.compile(
    rf"\b{_TOLD}\s+(?:(?:\w+ly\s+)?(?P<name>{_NAME})(?=\s*(?:[,.;\"]|$|\s(?:of|in|at|from|on|during|who|to"
    rf"|after|as|and)\b))"
    rf"|(?:the\s+|its\s+|his\s+|her\s+)?(?:[\w'-]+\s+){{1,5}}?(?P<role>{_CAPITAL}\s+(?:{_CAPITAL}"
    rf"|[A-Z]\.)(?:\s+{_CAPITAL}){{0,3}})(?=\s*(?:[,.;\"]|$|\s(?:of|in|at|from|on|during|who|to|after)\b)))"
)
_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording\s+to|[Ii]n\s+the\s+words\s+of)\s+(?:[a-z][\w'-]*\s+){{0,5}}?(?P<name>{_NAME})"
    rf"|\b[Ii]n\s+(?P<view>{_NAME})'s?\s+(?:view|opinion|words|estimate)\b"
)
_PRONOUN = re.compile(
    rf"\b(?:he|she|He|She)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+|has\s+|had\s+){{0,2}}{_SAID}\b"
    rf"|\b{_SAID}\s+(?:he|she)\b"
)
_NOT_NAMES = frozenset(
    """
    The A An It He She They We I You This That These Those There In On At By For With From As But And Or
    If When While After Before Since Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Today Tomorrow
    Yesterday Officials Analysts Experts Critics Some Many Most Others One What Who Then Now So Not Yes
    No Still Finally However Also Another Earlier Later Last Next Reports Sources Scientists Researchers
    Police Authorities Economists Investors
    """.split()  # noqa: SIM905
)
_TITLES = frozenset(
    """
    President Senator Sen Governor Gov Administrator Ambassador Chairman Chairwoman Chair CEO CFO CTO
    COO Chief Executive Officer Secretary Minister Prime Professor Prof Dr Mr Mrs Ms Sir Lord Lady King
    Queen Prince Pope General Gen Colonel Captain Sergeant Director Manager Spokesman Spokeswoman
    Spokesperson Representative Rep Congressman Congresswoman Mayor Judge Justice Commissioner Deputy
    Vice Assistant Foreign Finance Defense Defence Founder Co-founder Analyst Economist Coach Engineer
    Scientist Republican Democratic Democrat U.S. US UK NASA Treasury State Interior Project Mission
    Program Tech Billionaire Head Leader Attorney
    """.split()  # noqa: SIM905
)
_PAIR = re.compile(r"\b([A-Z][\w'.-]+)\s+(?=([A-Z][\w'.-]*\w)\b)")
_QUOTED = re.compile(r'"')


_SAYING = re.compile(rf"\b(?:{_SAID}|[Aa]ccording|view|opinion|words|estimate)\b")
_BODIES = frozenset(
    """
    Committee Company Government Bank Board Ministry Agency Council Department Congress Court Team Group
    Administration Commission Union Office Association Parliament Fed Army Corporation Firm Foundation
    Organisation Organization
    """.split()  # noqa: SIM905
)


class Speakers:
    """Reads the sentences of a text in order and says whose words each is."""

    def __init__(self, shadow: str) -> None:
        self._full: dict[str, str] = {}
        self._last: str | None = None
        self._shadow = shadow
        self._pairs: dict[str, str] | None = None

    def of(self, block: list[Sentence]) -> list[str | None]:
        """The speakers of the sentences of one paragraph."""
        own = [self._named(sentence.shadow) if _SAYING.search(sentence.shadow) else None for sentence in block]
        found: list[str | None] = []
        is_open = False
        for number, sentence in enumerate(block):
            quoted = is_open or sentence.shadow.startswith('"')
            if len(_QUOTED.findall(sentence.shadow)) % 2:
                is_open = not is_open
            found.append(own[number] or (self._near(own, number, goes_on=is_open) if quoted else None))
        return found

    def _near(self, own: list[str | None], number: int, *, goes_on: bool) -> str | None:
        """The speaker of a quotation: named last before it, or next after it where it does not end here."""
        before = next((name for name in reversed(own[:number]) if name), None)
        after = next((name for name in own[number:] if name), None) if goes_on else None
        return before or after or (self._last if number == 0 else None)

    def _named(self, sentence: str) -> str | None:
        for pattern in (_AFTER, _ACCORDING, _BEFORE):
            for match in pattern.finditer(sentence):
                name = self._whole(next(filter(None, match.groupdict().values())))
                if name is not None:
                    self._last = name
                    return name
        return self._last if _PRONOUN.search(sentence) else None

    def _whole(self, name: str) -> str | None:
        """A name without titles, as long as it was when it came first."""
        words = name.split()
        while words and (words[0].strip(".,") in _NOT_NAMES or words[0] in _NOT_NAMES):
            words = words[1:]
        titles = [number for number, word in enumerate(words) if word.strip(".,") in _TITLES or word in _TITLES]
        if titles and titles[-1] + 1 < len(words):
            words = words[titles[-1] + 1 :]
        if not words or all(word in _TITLES or word in _BODIES for word in words):
            return None
        short = " ".join(words)
        short = short.removesuffix("'s").rstrip(".,")
        if len(words) > 1:
            self._full.setdefault(words[-1], short)
            return short
        return self._full.get(short) or self._seek(short)

    def _seek(self, short: str) -> str:
        """A surname alone: the first full name that ends with it in the text."""
        if self._pairs is None:  # made once: a search for each name would be quadratic in a long text
            self._pairs = {}
            for match in _PAIR.finditer(self._shadow):
                if match[1] not in _NOT_NAMES and match[1] not in _TITLES:
                    self._pairs.setdefault(match[2], match[1])
        first = self._pairs.get(short)
        whole = f"{first} {short}" if first else short
        self._full[short] = whole
        return whole
