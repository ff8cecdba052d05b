"""The open texts of an editor and the ledgers they belong to: read whole after a pause, by one claim while typing."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from .. import workspace
from ..days import Today
from ..errors import LedgerError
from ..files import questions
from ..loading.assembly import load
from ..loading.pieces import Piece, cut, piece_around
from ..loading.reading import FileReading, read_piece
from ..loading.references import references
from ..model import Ledger, Text, renamed
from ..problems import Place, Problem, in_order, problem
from ..query import names
from ..results.check import Settings, checking, read_documents
from ..writing.plan import Replaced
from .buffer import Buffer

ACROSS = frozenset(("unused", "contradictory-series", "bad-forecasts", "duplicate-id"))  # what one claim cannot tell

_ALONE = "ledger: 1\nclaims:\n"


class DeskRead(NamedTuple):
    """A ledger as last read whole, its day, and everything found in it."""

    ledger: Ledger
    day: date
    problems: tuple[Problem, ...]
    ids: set[str]
    columns: dict[str, int]  # of the dashes, by file


class Own(NamedTuple):
    """What is wrong with one claim by itself: its first line and the last (from 1), and the findings."""

    first: int
    last: int
    problems: tuple[Problem, ...]


class Desk:
    """All texts that are open, by path; `documents` is the folder of the sources' texts, `day` a fixed as-of day."""

    def __init__(self, documents: str | None = None, day: date | None = None) -> None:
        self.buffers: dict[str, Buffer] = {}
        self.documents = documents
        self._day = day
        self._read: dict[str, DeskRead] = {}
        self._roots: dict[str, str] = {}

    def day(self, ledger: Ledger | None = None) -> date:
        """The as-of day: the one given, else today by the ledger's calendar."""
        return self._day or Today.in_zone(ledger.timezone if ledger else None, datetime.now(UTC))

    def overlay(self) -> Replaced:
        """The disk, with the open texts in the place of their files."""
        return Replaced({path: buffer.text for path, buffer in self.buffers.items()})

    def close(self, path: str) -> None:
        """Forget a text that is closed, and how its file belongs to a ledger."""
        self.buffers.pop(path, None)
        self._roots.pop(path, None)
        self._read.pop(path, None)

    def root(self, path: str) -> str:
        """The ledger a file belongs to: the one found from its folder if that includes it, else the file itself."""
        if path not in self._roots:
            self._roots[path] = self._found(path)
        return self._roots[path]

    def _found(self, path: str) -> str:
        folder = os.path.dirname(path)  # noqa: PTH120
        try:
            (name, *more) = workspace.find((), environ={}, folder=folder)
            name = questions.real(os.path.join(os.curdir, name))  # noqa: PTH118
            texts = () if more else load(self.overlay(), [name]).texts
        except LedgerError:
            return path
        tree = self.overlay()
        own = tree.identity(path)
        return name if any(tree.identity(text.name) == own for text in texts) else path

    def latest(self, path: str) -> DeskRead | None:
        """What was read last of a file's ledger; it may be older than the text."""
        return self._read.get(self.root(path))

    def read(self, path: str, tree: Replaced | None = None) -> DeskRead:
        """Read the whole ledger of a file and check it; UnreadableError where it is none."""
        root = self.root(path)
        return self.checked(load(tree or self.overlay(), [root]), root)

    def fresh(self, path: str) -> DeskRead:
        """The ledger of exactly what is open: the latest if nothing moved since; UnreadableError."""
        latest = self.latest(path)
        if latest is not None and all(
            name not in self.buffers or self.buffers[name].text == text for name, text in latest.ledger.texts
        ):
            return latest
        return self.read(path)

    def checked(self, ledger: Ledger, root: str) -> DeskRead:
        """Check a ledger that was read, and keep it as the latest."""
        day = self.day(ledger)
        documents = read_documents(ledger, self.documents) if self.documents is not None else None
        found = checking(ledger, Settings(), day=day, today=day, documents=documents)
        self._read[root] = DeskRead(ledger, day, found.shown, set(names(ledger.facts, "id")), _columns(ledger))
        return self._read[root]

    def findings(self, path: str, tree: Replaced | None = None) -> tuple[Problem, ...]:
        """Everything found in the ledger of a file; that it cannot be read is one finding of the file itself."""
        try:
            return self.read(path, tree).problems
        except LedgerError as error:
            self._read.pop(self.root(path), None)
            return (problem("syntax", error.message, Place(path, 1, 1), hint=error.hint),)

    def own_findings(self, path: str, offset: int) -> Own | None:
        """What is wrong with the claim at an offset by itself, read alone; None where no claim can be told there.

        Nothing here looks at the whole text but to count lines: the claim is read as the only one of a small file.
        """
        latest, text = self.latest(path), self.buffers[path].text
        column = latest.columns.get(path) if latest is not None else None
        piece = piece_around(text, offset, column) if column is not None else None
        if latest is None or piece is None:
            return None
        small = _ALONE + text[piece.start : piece.end]
        proposal = cut(small)
        if proposal is None or len(proposal.pieces) != 1:
            return None
        reading = read_piece(small, path, proposal, proposal.pieces[0])
        last = piece.line + text.count("\n", piece.start, piece.end) - 1
        moved = piece.line - proposal.pieces[0].line
        found = self._alone(latest, Text(path, small), reading)
        return Own(
            piece.line,
            last,
            tuple(one._replace(place=one.place._replace(line=one.place.line + moved)) for one in found),
        )

    def _alone(self, latest: DeskRead, text: Text, reading: FileReading) -> tuple[Problem, ...]:
        """Check the claims of a piece as if there were no others, but for the names that the ledger has."""
        ledger, entries = latest.ledger, reading.entries
        alone = ledger._replace(
            texts=(text,),
            claims=tuple(renamed(entry.claim, ledger.formerly) for entry in entries),
            facts=tuple(entry.fact for entry in entries),
            spots=tuple(entry.spot for entry in entries),
        )
        declared = {"people": set(ledger.people), "topics": set(ledger.topics), "sources": set(ledger.sources)}
        known = {table: names for table, names in declared.items() if names}
        named = references(alone, known, latest.ids, partial=False)
        alone = alone._replace(problems=in_order([*reading.sheet.found, *named]))
        return checking(alone, Settings(ignore=ACROSS), day=latest.day, today=latest.day).shown


def _columns(ledger: Ledger) -> dict[str, int]:
    """The column of the dashes in each file whose claims are told apart by lines."""
    spots = {spot.file: spot for spot in ledger.spots}
    return {ledger.texts[file].name: spot.column - 1 for file, spot in spots.items() if spot.start >= 0}


def piece_at(pieces: Sequence[Piece], offset: int) -> Piece | None:
    """The piece that holds an offset; the last one holds its end too."""
    at = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    return pieces[at] if at >= 0 and offset <= pieces[at].end else None
