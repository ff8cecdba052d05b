"""What is known of a ledger while somebody types in it, and what that tells of the one claim that is typed in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..checks import ACROSS
from ..loading.pieces import cut, piece_around
from ..loading.reading import FileReading, read_piece
from ..loading.references import references
from ..model import Ledger, Text, renamed
from ..problems import Problem, in_order
from ..results.check import checking
from ..results.check_settings import Settings
from .buffer import Buffer

_ALONE = "ledger: 1\nclaims:\n"


class KnownLedger(NamedTuple):
    """A ledger as it was when it was last read whole, without its claims but for their names.

    `claims` are sentences by id, `columns` those of the dashes by file.
    """

    head: Ledger
    day: date
    claims: dict[str, str]
    series: tuple[str, ...]
    columns: dict[str, int]


class Own(NamedTuple):
    """What is wrong with one claim by itself: its first line and the last (from 1), and the findings."""

    first: int
    last: int
    problems: tuple[Problem, ...]


def known_of(ledger: Ledger, day: date) -> KnownLedger:
    """What is kept of a ledger that was read."""
    head = ledger._replace(texts=(), claims=(), facts=(), spots=(), problems=())
    claims = {fact.id: fact.claim for fact in ledger.facts}
    spots = {spot.file: spot for spot in ledger.spots}
    columns = {ledger.texts[file].name: spot.column - 1 for file, spot in spots.items() if spot.start >= 0}
    return KnownLedger(head, day, claims, tuple(sorted({fact.series for fact in ledger.facts if fact.series})), columns)


def own_findings(known: KnownLedger, buffer: Buffer, path: str, offset: int) -> Own | None:
    """What is wrong with the claim at an offset by itself, read alone; None where no claim can be told there.

    Nothing here looks at the whole text but to count lines: the claim is read as the only one of a small file.
    """
    text, column = buffer.text, known.columns.get(path)
    piece = piece_around(text, offset, column) if column is not None else None
    if piece is None:
        return None
    small = _ALONE + text[piece.start : piece.end]
    proposal = cut(small)
    if proposal is None or len(proposal.pieces) != 1:
        return None
    reading = read_piece(small, path, proposal, proposal.pieces[0])
    last = piece.line + text.count("\n", piece.start, piece.end) - 1
    moved = piece.line - proposal.pieces[0].line
    found = _alone(known, Text(path, small), reading)
    return Own(
        piece.line, last, tuple(one._replace(place=one.place._replace(line=one.place.line + moved)) for one in found)
    )


def _alone(known: KnownLedger, text: Text, reading: FileReading) -> tuple[Problem, ...]:
    """Check the claims of a piece as if there were no others, but for the names that the ledger has."""
    head, entries = known.head, reading.entries
    alone = head._replace(
        texts=(text,),
        claims=tuple(renamed(entry.claim, head.formerly) for entry in entries),
        facts=tuple(entry.fact for entry in entries),
        spots=tuple(entry.spot for entry in entries),
    )
    declared = {"people": set(head.people), "topics": set(head.topics), "sources": set(head.sources)}
    named = references(
        alone, {table: names for table, names in declared.items() if names}, set(known.claims), partial=False
    )
    alone = alone._replace(problems=in_order([*reading.sheet.found, *named]))
    return checking(alone, Settings(ignore=ACROSS), day=known.day, today=known.day, on_disk=False).shown
