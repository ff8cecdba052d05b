"""check: every problem of a ledger on a day, after what the user selected, ignored and accepted in place."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..checks import DOCUMENT_CODES, Locate, Scope, StoredDocument
from ..errors import UnreadableError, UsageError
from ..files import Disk, questions, read_bytes
from ..history.compare import compare
from ..history.guard import Breach, breaches
from ..history.versions import Version
from ..loading.ignores import Ignore
from ..loading.places import HeadPlaces, locate
from ..model import Ledger
from ..periods import PeriodError, Span
from ..problems import CODES, GUARDED, Place, Problem, in_order, problem
from ..text import did_you_mean
from .check_settings import Settings
from .found import found as found_in

_DOCUMENT_BYTES = 64 * 1024 * 1024


class Checked(NamedTuple):
    """What was found: all problems in the order of places, with the severity they have for this run.

    `shown` leaves out the notes that nobody asked for; `accepted` counts what comments accept in place,
    `quotes` those that were compared with a document.
    """

    ledger: Ledger
    day: date
    problems: tuple[Problem, ...]
    shown: tuple[Problem, ...]
    accepted: int
    claims: int
    codes: int
    quotes: int | None

    @property
    def errors(self) -> int:
        """How many problems are errors: any makes the run fail."""
        return sum(found.severity == "error" for found in self.problems)

    def count(self, severity: str) -> int:
        """How many problems have a severity."""
        return sum(found.severity == severity for found in self.problems)

    def hidden(self) -> dict[str, int]:
        """The codes of the notes that are not shown, with their numbers."""
        return dict(Counter(found.code for found in self.problems) - Counter(found.code for found in self.shown))


def checking(
    ledger: Ledger,
    settings: Settings,
    *,
    day: date,
    today: date,
    documents: Mapping[str, StoredDocument] | None = None,
    base: Version | None = None,
    on_disk: bool = True,
    locate: Locate = locate,
) -> Checked:
    """Run every check whose code is wanted; with `base`, an earlier version, also what may not have changed since.

    `on_disk` is whether the tables of forecasts lie beside the ledger: not for one that is read from a commit.
    `locate` tells where a value of a claim stands.
    """
    subject = Scope(
        ledger,
        day=day.toordinal(),
        today=today.toordinal(),
        recheck=lambda looked: _after(settings.recheck, looked),
        documents=documents,
    )
    wanted = settings.codes()
    own = found_in(ledger, subject, wanted, settings.recheck, locate)
    found = [*ledger.problems, *own.problems]
    if base is not None:
        found += _since(base, ledger)
    if on_disk and "bad-forecasts" in wanted and ledger.forecasts:
        found += _forecasts(ledger)
    kept, unused, accepted = _accept(
        own.comments, [one for one in found if one.code in wanted], _ran(wanted, documents is not None)
    )
    weighed = in_order(_weighed(one, settings) for one in (*kept, *unused))
    asked = settings.asked | ({"no-document"} if documents is not None else set())
    return Checked(
        ledger,
        day,
        weighed,
        tuple(one for one in weighed if one.severity != "note" or one.code in asked),
        accepted,
        own.claims,
        len(wanted),
        _quotes(ledger, documents) if documents is not None else None,
    )


def check(ledger: Ledger, *, day: date, today: date | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a ledger on a day, in the order of places, notes too; `today` is `day` if absent."""
    return checking(ledger, Settings(), day=day, today=today or day).problems


def _quotes(ledger: Ledger, documents: Mapping[str, StoredDocument]) -> int:
    """How many quotes have a document to be compared with."""
    at_hand = {name for name, found in documents.items() if found.data is not None}
    named = {key for key, source in ledger.sources.items() if source.document in at_hand}
    quotes = ((c.source, c.quote) for c in ledger.claims)
    others = ((m.source, m.quote) for c in ledger.claims for m in c.also_in)
    return sum(quote is not None and source in named for source, quote in (*quotes, *others))


def _after(span: Span, looked: int) -> int:
    try:
        return span.after(date.fromordinal(looked)).toordinal()
    except PeriodError:
        return date.max.toordinal()


def _since(base: Version, ledger: Ledger) -> Iterator[Problem]:
    """What should not have changed since a base, or since one of several; the same at the same place once."""
    heads = HeadPlaces(ledger.texts)
    told: set[tuple[str, Place, str | None]] = set()
    for one in (base, *base.others):
        compared = compare(one.ledger, ledger, one.gaps, one.earlier)
        own = [_told(ledger, heads, found) for found in breaches(one.ledger, ledger, compared, one.name)]
        yield from (found for found in own if (found.code, found.place, found.claim) not in told)
        told.update((found.code, found.place, found.claim) for found in own)


def _told(ledger: Ledger, heads: HeadPlaces, found: Breach) -> Problem:
    if found.number is not None:
        place = locate(ledger.texts, ledger.spots[found.number], found.path)
    else:
        place = heads.locate(found.path) if found.path else Place(ledger.texts[0].name, 1, 1)
    return Problem(found.code, found.message, found.hint, place, found.claim, found.severity)


def _forecasts(ledger: Ledger) -> Iterator[Problem]:
    """What is wrong with the headers of the tables that the ledger names."""
    from ..bulk.tables import tables_named

    heads = HeadPlaces(ledger.texts)
    for number, found in tables_named(ledger.forecasts):
        if isinstance(found, str):
            hint = "a table has the columns claim, by, date, probability, and lies below the ledger's folder"
            yield problem("bad-forecasts", found, heads.locate(("forecasts", number)), hint=hint)


def _weighed(found: Problem, settings: Settings) -> Problem:
    grave = found.code in settings.fail_on or (settings.strict and found.severity == "warning")
    return found._replace(severity="error") if grave else found


# --- accepted in place -----------------------------------------------------------------------------------------


def _ran(wanted: frozenset[str], documents: bool) -> frozenset[str]:
    """The codes that could be found."""
    return wanted if documents else wanted - frozenset(DOCUMENT_CODES)


def _accept(
    comments: list[Ignore], found: list[Problem], ran: frozenset[str]
) -> tuple[list[Problem], list[Problem], int]:
    """The problems that no comment on their line accepts, the comments that accept nothing, and how many do."""
    by_line: dict[tuple[str, int], list[Ignore]] = {}
    for comment in comments:
        by_line.setdefault(comment.place[:2], []).append(comment)
    kept: list[Problem] = []
    used: dict[Place, set[str]] = {}
    for one in found:
        takers = [c for c in by_line.get(one.place[:2], ()) if _accepts(c, one.code)]
        for taker in takers:
            used.setdefault(taker.place, set()).add(one.code)
        if not takers:
            kept.append(one)
    if "unused" not in ran:
        return kept, [], len(found) - len(kept)
    unused = [
        problem("unused", message, comment.place, hint=hint)
        for comment in comments
        for message, hint in _idle(comment, used.get(comment.place, set()), ran)
    ]
    return kept, unused, len(found) - len(kept)


def _accepts(comment: Ignore, code: str) -> bool:
    return code in comment.codes and code not in GUARDED and bool(comment.reason)


def _idle(comment: Ignore, used: set[str], ran: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a comment: a message and a remedy each."""
    if not comment.codes:
        yield "this ignore names no code", "write it as: # ledger: ignore[overdue] the reason"
        return
    if not comment.reason:
        yield "an ignore without a reason accepts nothing", f"say why: # ledger: ignore[{comment.codes[0]}] the reason"
        return
    for code in comment.codes:
        if code not in CODES:
            yield f"this ignore names {code}, which is no code", did_you_mean(code, CODES) or "see docs/checks.md"
        elif code in GUARDED:
            yield f"{code} cannot be accepted by a comment", "only by --ignore on the command line"
        elif code not in used and code in ran:
            hint = "put it at the end of the line it is for" if comment.alone else "remove it"
            yield f"this ignore accepts nothing: no {code} here", hint


# --- documents -------------------------------------------------------------------------------------------------


def read_documents(ledger: Ledger, folder: str) -> dict[str, StoredDocument]:
    """The files of a folder that the ledger's sources name; UsageError if there is no such folder."""
    folder = questions.expanded(folder)
    if not questions.is_folder(folder):
        raise UsageError(f"no folder {folder!r}", hint="--documents names the folder that holds the sources' texts")
    names = {source.document for source in ledger.sources.values() if source.document is not None}
    return {name: _document(folder, name) for name in names}


def _document(folder: str, name: str) -> StoredDocument:
    path = os.path.join(folder, name)  # noqa: PTH118 - shown as the user gave it
    if not Disk().within(path, folder):
        return StoredDocument(None, forbidden=True)
    try:
        return StoredDocument(read_bytes(path, most=_DOCUMENT_BYTES))
    except UnreadableError as error:
        return StoredDocument(None, error.message)
