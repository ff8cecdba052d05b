"""scan: the candidates of some texts, with what the ledger knows of their source, speakers and quotes."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..errors import UsageError
from ..intake.scan import Candidate, scan, sentence_on
from ..intake.scan.documents import Document
from ..model import Ledger
from ..periods import Period
from ..text import known

SURES = ("certain", "usual", "vague")


class Asked(NamedTuple):
    """What is known of the texts beside their words."""

    source: str | None = None  # a declared one
    published: Period | None = None
    speaker: str | None = None
    least: str | None = None  # how sure the words of the deadline are at least


class TextOrigin(NamedTuple):
    """Where a text is from: its source in the ledger if it is one, and the day its words are counted from."""

    document: Document
    source: str | None
    published: Period | None


class Scan(NamedTuple):
    """What was found, in the order of the texts."""

    day: date
    ledger: Ledger | None
    speaker: str | None
    origins: tuple[TextOrigin, ...]
    candidates: tuple[Candidate, ...]


def scanned(
    ledger: Ledger | None,
    texts: Sequence[Document],
    asked: Asked,
    *,
    day: date,
    done: Callable[[float], None] = lambda _share: None,
) -> Scan:
    """Scan texts one after the other; `done` hears which share of them is."""
    if asked.source is not None:
        known([asked.source], ledger.sources if ledger else (), "source")
    speaker = _key(ledger, asked.speaker)
    origins = tuple(_origin(ledger, text, asked) for text in texts)
    found: list[Candidate] = []
    whole, read = sum(len(text.text) for text in texts) or 1, 0
    for origin in origins:
        found += _of_text(ledger, origin, speaker)
        read += len(origin.document.text)
        done(read / whole)
    if asked.least is not None:
        known([asked.least], SURES, "sureness")
        enough = SURES[: SURES.index(asked.least) + 1]
        found = [one for one in found if one.sure in enough]
    return Scan(day, ledger, speaker, origins, tuple(found))


def standing_on(found: Scan, line: int, quote: str | None) -> tuple[Candidate, ...]:
    """The candidates of the one text on a line, or of them those that a quote touches; else the line's sentence.

    With a quote each of them is that quote. UsageError where the text has no such line or quote.
    """
    (origin,) = found.origins
    name, text = origin.document.name, origin.document.text
    held = tuple(one for one in found.candidates if one.line <= line <= one.line + one.quote.count("\n"))
    if quote is None:
        bare = None if held else sentence_on(text, line, speaker=found.speaker, file=name)
        if not held and bare is None:
            raise UsageError(f"{name} has no sentence on line {line}", hint="name another line, or give --quote")
        return held or ((bare,) if bare else ())
    start = _place(text, quote, f"line {line}")
    if start < 0:
        raise UsageError(f"the quote is not in {name}", hint="quote the exact words of the text")
    end, at = start + len(quote), text.count("\n", 0, start) + 1
    touched = [one for one in held if one.start < end and start < one.end]
    one = touched[0] if touched else sentence_on(text, at, speaker=found.speaker, file=name)
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return (one._replace(quote=quote, start=start, end=end, line=at, column=column),) if one else ()


def _origin(ledger: Ledger | None, text: Document, asked: Asked) -> TextOrigin:
    source = asked.source or (_source_of(ledger, text) if ledger else None)
    declared = ledger.sources[source].published if ledger and source else None
    return TextOrigin(text, source, asked.published or declared)


def _source_of(ledger: Ledger, text: Document) -> str | None:
    """The source whose document a text is, by its checksum, else by its name."""
    name = os.path.basename(text.name)  # noqa: PTH119
    by_name = None
    for key, source in ledger.sources.items():
        if source.sha256 is not None and source.sha256 == text.digest:
            return key
        if source.document == name:
            by_name = by_name or key
    return by_name


def _of_text(ledger: Ledger | None, origin: TextOrigin, speaker: str | None) -> Iterator[Candidate]:
    person = ledger.people.get(speaker or "") if ledger else None
    found = scan(
        origin.document.text,
        said=origin.published.last if origin.published else None,
        since=origin.published.first if origin.published else None,
        speaker=speaker,
        fiscal_year_end=person.fiscal_year_end if person else None,
        file=origin.document.name,
    )
    spans = list(_quoted(ledger, origin)) if ledger else []
    for one in found:
        yield one._replace(speaker=_key(ledger, one.speaker), known_as=_known_as(one, spans))


def _key(ledger: Ledger | None, name: str | None) -> str | None:
    """The key of a person whom a text names in full or by the last name; the name itself where there is none."""
    if name is None or ledger is None or name in ledger.people:
        return name
    low = name.casefold()
    whole = [key for key, person in ledger.people.items() if person.name.casefold() == low]
    last = [
        key for key, person in ledger.people.items() if " " not in low and person.name.casefold().split()[-1:] == [low]
    ]
    return whole[0] if whole else last[0] if len(last) == 1 else name


def _quoted(ledger: Ledger, origin: TextOrigin) -> Iterator[tuple[int, int, str]]:
    """Where the quotes of the ledger's claims from a source stand in its text."""
    if origin.source is None:
        return
    for number, fact in enumerate(ledger.facts):
        if origin.source not in fact.sources:
            continue
        claim = ledger.claims[number]
        mentions = [(claim.source, claim.quote, claim.at), *((one.source, one.quote, one.at) for one in claim.also_in)]
        for source, quote, at in mentions:
            start = _place(origin.document.text, quote, at) if quote and source == origin.source else -1
            if quote and start >= 0:
                yield start, start + len(quote), claim.id


def _place(text: str, quote: str, at: str | None) -> int:
    """Where a quote stands: on the line that is named, if it stands there."""
    first = text.find(quote)
    if at is None or not at.startswith("line ") or not at[5:].isdigit():
        return first
    start = first
    for _ in range(20):
        if start < 0 or text.count("\n", 0, start) + 1 == int(at[5:]):
            return start if start >= 0 else first
        start = text.find(quote, start + 1)
    return first


def _known_as(one: Candidate, spans: Collection[tuple[int, int, str]]) -> str | None:
    """The id of the claim whose quote overlaps a candidate most."""
    shared = [(min(end, one.end) - max(start, one.start), name) for start, end, name in spans]
    return max((pair for pair in shared if pair[0] > 0), key=lambda pair: pair[0], default=(0, None))[1]


def undated(found: Scan) -> str | None:
    """What to say where words of time cannot be counted because no day is known."""
    names = [origin.document.name for origin in found.origins if origin.published is None]
    if not names:
        return None
    return f'{names[0]}: without --published or --source, words such as "next year" stay words'
