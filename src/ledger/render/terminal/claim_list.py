"""Claims one under the other: a line each where there is room, two where there is not, and nothing broken.

Status first, then the deadline, the id and the sentence. What nearly all rows share is said once, in the caption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ...query import Row, names
from ...results.list import Listing
from ...text import isolated, plural, visible
from ..phrases import status_phrase
from .cells import clipped, pad, width, wrap
from .console import Surface, paragraph, rich_output
from .styles import STATUS_STYLES, paint

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

ONE_LINE = 120  # from so many columns on a claim takes one line
_LEAST_ID = 4
_SMALL = 60  # below so many, a sentence may take two
_LEAST_CLAIM = 30
_USUAL_ID, _WIDE = 22, 160
_GAP = "  "
_USUAL_SHARE = 0.75


class _Line(NamedTuple):
    """What stands in the row of one claim."""

    status: str
    style: str
    deadline: str
    id: str
    claim: str
    is_dated: bool


@dataclass(frozen=True, slots=True)
class ClaimList:
    """The claims of a listing; `wrapped` shows sentences whole, on as many lines as they take."""

    listing: Listing
    title: str = ""
    wrapped: bool = False

    def lines(self, surface: Surface) -> Iterator[str]:
        """The lines, none wider than the surface but one that holds a longer id."""
        if self.title:
            yield from _styled(self.title, "bold", surface)
        usual = _usual_speaker(self.listing)
        rows = [_line(self.listing, row, usual, surface) for row in self.listing.rows]
        if rows:
            yield from _Layout(rows, self.listing, surface, self.wrapped).lines()
        yield from _styled(summary(self.listing) + _of_usual(self.listing, usual), "dim", surface)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        return rich_output(self, console, options)


def summary(listing: Listing) -> str:
    """How many claims, out of how many, as of when; where there are none, what to do next."""
    if not listing.rows:
        return _nothing(listing)
    known = f"{plural(len(listing.rows), 'claim')}"
    if listing.found > len(listing.rows):
        known = f"{len(listing.rows)} of {plural(listing.found, 'claim')}"
    overdue = sum(row.state.status == "overdue" for row in listing.rows)
    return f"{known} as of {listing.day}" + (f", {overdue} overdue" if overdue else "")


def _nothing(listing: Listing) -> str:
    total = len(listing.ledger.facts)
    if not total:
        return "No claims yet. Enter the first one: ledger add"
    return f"0 of {plural(total, 'claim')} as of {listing.day}: nothing passes these filters"


def agenda_lists(agenda: Listing, within: str, wrapped: bool = False) -> list[ClaimList | str]:
    """A list each for what is overdue, awaited and next, or a sentence where there is nothing."""
    if not agenda.ledger.facts:
        return [summary(agenda)]
    parts: list[ClaimList | str] = []
    for status, title, nothing in (
        ("overdue", "Overdue: the deadline is over and nobody has judged", "Nothing is overdue"),
        ("awaiting", "Awaiting: nobody can know the verdict yet", ""),
        ("open", f"Due within {within}", f"Nothing falls due within {within}"),
    ):
        rows = tuple(row for row in agenda.rows if row.state.status == status)
        if rows:
            parts.append(ClaimList(agenda._replace(rows=rows, found=len(rows)), title, wrapped))
        elif nothing:
            parts.append(f"{nothing} as of {agenda.day}.")
    return [part for at, one in enumerate(parts) for part in (("", one) if at else (one,))]


def _usual_speaker(listing: Listing) -> tuple[str, ...]:
    """Who says nearly all of it; nobody where it is worth a word who does."""
    counted = Counter(row.fact.speakers for row in listing.rows)
    if len(listing.rows) < 2:
        return ()
    ((who, count),) = counted.most_common(1)
    return who if count >= _USUAL_SHARE * len(listing.rows) else ()


def _of_usual(listing: Listing, usual: tuple[str, ...]) -> str:
    if not usual:
        return ""
    all_of_them = all(row.fact.speakers == usual for row in listing.rows)
    return f"; by {_people(listing, usual)}" + ("" if all_of_them else " where no name stands")


def _people(listing: Listing, keys: Sequence[str]) -> str:
    people = listing.ledger.people
    found = [people[key].name if key in people else key for key in keys]
    return ", ".join(found) if len(found) < 3 else f"{found[0]} and {len(found) - 1} others"


def _line(listing: Listing, row: Row, usual: tuple[str, ...], surface: Surface) -> _Line:
    fact, state = row.fact, row.state
    who = "" if fact.speakers == usual else f"{_people(listing, fact.speakers)}: "
    deadline = fact.deadline.text if fact.deadline else "none"
    texts = (status_phrase(fact, state, listing.day.toordinal()), deadline, fact.id, who + fact.claim)
    status, deadline, name, claim = (surface.encodable(visible(text)) for text in texts)
    return _Line(status, STATUS_STYLES[state.status], deadline, name, claim, fact.deadline is not None)


class _Layout:
    """How wide each part is, and the lines that come of it."""

    def __init__(self, rows: list[_Line], listing: Listing, surface: Surface, wrapped: bool) -> None:
        self.rows, self.surface, self.wrapped = rows, surface, wrapped
        self.beginnings = Beginnings([*names(listing.ledger.facts, "id"), *listing.ledger.formerly])
        self.mark = "..." if surface.ascii_only else "…"
        self.status = max(width(row.status) for row in rows)
        self.deadline = max(width(row.deadline) for row in rows)
        self.id = self._id_width() if surface.width >= ONE_LINE else None

    def _id_width(self) -> int | None:
        """The width of the ids in a line with the sentence; None where a line has no room for both."""
        room = self.surface.width - self.status - self.deadline - 3 * len(_GAP)
        longest = max(width(row.id) for row in self.rows)
        wanted = max(width(row.claim) for row in self.rows)
        size = min(longest, max(_USUAL_ID, room - wanted)) if self.surface.width >= _WIDE else min(longest, _USUAL_ID)
        size = max([size, *(len(self._id(row, size)) for row in self.rows)])
        return size if room - size >= _LEAST_CLAIM else None

    def lines(self) -> Iterator[str]:
        last_dated = max((at for at, row in enumerate(self.rows) if row.is_dated), default=-1)
        undated = len(self.rows) - 1 - last_dated
        apart = last_dated + 1 if all(row.is_dated for row in self.rows[: last_dated + 1]) and undated else None
        for at, row in enumerate(self.rows):
            if at == apart and at:
                rule = "-" if self.surface.ascii_only else "─"
                yield from _styled(f"{rule} without a deadline: {undated}", "dim", self.surface)
            yield from self._row(row)

    def _row(self, row: _Line) -> Iterator[str]:
        if self.id is None:
            yield from self._two(row)
            return
        head = self._head(row, self._id(row, self.id), self.id)
        used = self.status + self.deadline + self.id + 3 * len(_GAP)
        first, *rest = self._sentence(row.claim, self.surface.width - used, 1)
        yield (head + _GAP + first).rstrip(" ")
        for line in rest:
            yield " " * used + line

    def _two(self, row: _Line) -> Iterator[str]:
        room = self.surface.width - self.status - self.deadline - 2 * len(_GAP)
        name = self._id(row, room)
        if len(name) <= room:
            yield self._head(row, name, 0)
        else:
            yield from self._narrow(row)
        for line in self._sentence(row.claim, self.surface.width - 2, 1 if self.surface.width >= _SMALL else 2):
            yield _GAP + line

    def _narrow(self, row: _Line) -> Iterator[str]:
        """The status and deadline in a line of their own where the id does not fit beside them."""
        if len(row.status) + len(_GAP) + len(row.deadline) <= self.surface.width:
            yield self._painted(row.status, row.style) + _GAP + row.deadline
        else:
            for line in wrap(row.status, self.surface.width):
                yield self._painted(line, row.style)
            yield row.deadline
        yield self._painted(self._id(row, self.surface.width), "bold")

    def _head(self, row: _Line, name: str, columns: int) -> str:
        status = self._painted(row.status, row.style) + " " * (self.status - width(row.status))
        padding = " " * max(0, columns - width(name))
        return status + _GAP + pad(row.deadline, self.deadline) + _GAP + self._painted(name, "bold") + padding

    def _id(self, row: _Line, room: int) -> str:
        return self.beginnings.shortened(row.id, room, self.mark)

    def _sentence(self, text: str, room: int, most: int) -> list[str]:
        return [isolated(line) for line in self._lines_of(text, room, most)]

    def _lines_of(self, text: str, room: int, most: int) -> list[str]:
        if self.wrapped:
            return wrap(text, room)
        if width(text) <= room:
            return [text]
        lines = wrap(text, room) if most > 1 else []
        if lines and len(lines) <= most:
            return lines
        # One line holds more when it is cut at its end than where a word happens to.
        head = lines[: most - 1]
        return [*head, clipped(text[len(" ".join(head)) :].lstrip(" ") if head else text, room, self.mark)]

    def _painted(self, text: str, style: str) -> str:
        return paint(text, style) if self.surface.color else text


def _styled(text: str, style: str, surface: Surface) -> Iterator[str]:
    for line in paragraph(text, surface):
        yield paint(line, style) if surface.color else line


class Beginnings:
    """The ids of a ledger, living and former; nothing is worked out until one has to be cut."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = ids

    def shortened(self, name: str, room: int, mark: str) -> str:
        """The id whole, or cut to the room with a mark behind it, but never below its unique beginning."""
        if len(name) <= room:
            return name
        cut = max(self._needed.get(name, len(name)), room - len(mark), _LEAST_ID)
        return name if cut + len(mark) >= len(name) else name[:cut] + mark

    @cached_property
    def _needed(self) -> dict[str, int]:
        """How many characters of each id tell it from all others: of those in order, from its two neighbours."""
        ordered = sorted(set(self._ids))
        needed = dict.fromkeys(ordered, 1)
        for before, after in pairwise(ordered):
            shared = _shared(before, after) + 1
            needed[before] = max(needed[before], min(shared, len(before)))
            needed[after] = max(needed[after], shared)
        return needed


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
