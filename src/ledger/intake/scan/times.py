"""The words of a time as a period: read by `ledger.words`, and told apart into what is to come and what is past."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ...words import Reading, read_deadline
from .timewords import TimeWords

_LENGTH = re.compile(
    r"(?:(?:about|around|roughly|for|only|just|less than|more than|approximately|at least|up to|over|under"
    r"|another|maybe|perhaps|across|of)\s+)*"
    r"(?:an?|\d[\d.,]*|half an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|many"
    r"|couple|of|to|or|-|\s|a few|more|hundred|twenty|thirty|fifty)+"
    r"\s*(?:day|week|month|quarter|year|decade|hour|minute|night|centur)\w*$",
    re.IGNORECASE,
)
_BORDER = re.compile(r"\s*,\s+(?:and\s+)?|\s+(?=on\s|in\s|at\s|by\s|this\s|late\s|later\s|early\s)")
_EITHER = re.compile(r"\b(?:or|maybe|perhaps|possibly)\b", re.IGNORECASE)
_FULL = re.compile(r"\bfull[\s-]+(?=year)", re.IGNORECASE)
_HEDGE = re.compile(r"^(?:some\s?time|maybe|perhaps|probably)\s+(?=\w+\s)", re.IGNORECASE)
_THROUGH = re.compile(r"^(?:through|across)(?=\s+the\s+(?:next|coming|following)\b)", re.IGNORECASE)
# Of a service, counted from a request; or of a process, counted from its beginning.
_SERVICE = re.compile(r"\b(?:working|business)\s+days?\b|\b(?:minutes?|seconds?)$", re.IGNORECASE)
_DAYS_NAMED = re.compile(r"(?:\w+day\s*(?:,|and|to|through|-)\s*)+\w+day,?\s+(?=[A-Z\d])")
_NEXT_TO = re.compile(
    r"(?:in\s+)?(?:the\s+)?(?:following|same|next)\s+(?:year|month|quarter|week|decade)$|(?:by\s+)?then$"
    r"|(?:in\s+|by\s+)?that\s+(?:year|month|quarter)$"
)
_NOW = re.compile(
    r"(?:\w+\s+)?(?:today\b.*|tonight|now|this\s+(?:morning|afternoon|evening|week|weekend|month|quarter"
    r"|year|decade|century|season|spring|summer|autumn|fall|winter|half))$",
    re.IGNORECASE,
)


class When(NamedTuple):
    """Words of a time with what they mean on the day the text was published."""

    words: TimeWords
    shown: str
    reading: Reading
    is_ahead: bool  # to come, or not told to be past
    is_firm: bool  # a period, or a way of saying one, that certainly lies ahead

    @property
    def deadline(self) -> str | None:
        """The period that may be printed: of sure words only; "none" for open-ended ones."""
        return (
            self.reading.period if self.reading.sure in ("certain", "usual") or self.reading.period == "none" else None
        )


def is_length(words: str) -> bool:
    """Whether words give a length of time and no day from which it runs: "about six years"."""
    return _LENGTH.match(" ".join(words.split())) is not None


_OPEN = Reading("none", "none", "open-ended")
_UNTOLD = Reading(None, "none", "the text alone does not tell")


class TimeReader:
    """Reads words of time against one day, each words once."""

    def __init__(self, said: date | None, fiscal_year_end: int | None, since: date | None = None) -> None:
        self.said, self._since = said, since
        self._ends = fiscal_year_end
        self._known: dict[tuple[str, date | None], Reading] = {}

    def whens(self, found: list[TimeWords]) -> list[When]:
        """The times of a sentence in order; "the following year" is counted from the year named before it."""
        result: list[When] = []
        for words in found:
            before = next((when.reading.last for when in reversed(result) if when.reading.last), None)
            result.append(self.when(words, before))
        return result

    def when(self, words: TimeWords, before: date | None = None) -> When:
        """One time."""
        shown = " ".join(words.words.split())
        if words.sort in ("open", "cadence"):
            return When(words, shown, _OPEN, True, False)
        if words.sort == "past":
            return When(words, shown, _UNTOLD, False, False)
        if words.sort == "event" or is_length(shown) or _SERVICE.search(shown):
            return When(words, shown, _UNTOLD, True, False)
        follows = _NEXT_TO.search(shown.lower()) is not None and before is not None
        reading = self._read(shown, before if follows else self.said)
        if self._just_over(shown, reading):
            return When(words, shown, _UNTOLD, False, False)
        last = reading.last
        ahead = last is None or self.said is None or last >= self.said
        firm = last is not None and self.said is not None and last > self.said and not _NOW.match(shown)
        return When(words, shown, reading, ahead, firm)

    def _just_over(self, shown: str, reading: Reading) -> bool:
        """Whether a day without a year is that of some days ago, not of next year: a text tells of it."""
        first = reading.first
        if first is None or self.said is None or first != reading.last or re.search(r"\d{4}", shown):
            return False
        return 320 < (first - self.said).days < 366

    def _read(self, shown: str, said: date | None) -> Reading:
        shown = _HEDGE.sub("", re.sub(r"\s+away$", " from now", shown))
        shown = _THROUGH.sub("over", _FULL.sub("", _DAYS_NAMED.sub("", shown)))
        key = (shown.lower() if not re.search(r"\b(?:may|march)\b", shown) else shown, said)
        if key not in self._known:
            reading = read_deadline(shown, said, self._ends, self._since if said is self.said else None)
            if reading.period is None or (reading.sure == "vague" and not _EITHER.search(shown)):
                reading = self._of_parts(shown, said) or reading
            self._known[key] = reading
        return self._known[key]

    def _of_parts(self, shown: str, said: date | None) -> Reading | None:
        """ "At the end of the month on April 29": the most exact of the times that stand side by side."""
        parts = [part for part in _BORDER.split(shown) if part and part.strip()]
        read = [read_deadline(part, said, self._ends) for part in parts] if 1 < len(parts) < 5 else []
        dated = [one for one in read if one.first is not None and one.last is not None]
        named = [one for part, one in zip(parts, read, strict=False) if re.search(r"\d{4}", part) and one in dated]
        dated = named or dated  # "tonight, September 19, 2011": what names its year needs no other
        return min(dated, key=lambda one: (one.last or date.max) - (one.first or date.min), default=None)
