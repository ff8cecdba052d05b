"""The open texts of an editor and the ledgers they belong to, each read whole: what changed is read anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from .. import workspace
from ..days import Today
from ..errors import LedgerError
from ..files import questions
from ..loading.assembly import load
from ..loading.claims import Entry, Kept
from ..loading.pieces import Piece
from ..model import Ledger, Spot, Text
from ..problems import Path, Place, Problem
from ..results.check import checking, read_documents
from ..results.check_settings import Settings
from ..writing.plan import Replaced
from .buffer import Buffer
from .known import KnownLedger, known_of


class DeskRead(NamedTuple):
    """A ledger as last read whole, its day, and everything found in it."""

    ledger: Ledger
    day: date
    problems: tuple[Problem, ...]
    known: KnownLedger


class Outdated(Exception):
    """A text changed while its ledger was read."""


class _Watched(Kept):
    """What is known of pieces; between two claims it is looked whether the work is still wanted."""

    def __init__(self, outdated: Callable[[], bool]) -> None:
        super().__init__()
        self._outdated = outdated

    def claim(self, own: str, piece: Piece, number: int) -> Entry | None:
        if self._outdated():
            raise Outdated
        return super().claim(own, piece, number)

    def locate(self, texts: Sequence[Text], spot: Spot, path: Path = ()) -> Place:
        if self._outdated():
            raise Outdated
        return super().locate(texts, spot, path)


class Desk:
    """All texts that are open, by path; `documents` is the folder of the sources' texts, `day` a fixed as-of day.

    `outdated` says that a text is about to change: then reading a ledger anew ends with Outdated.
    """

    def __init__(
        self, documents: str | None = None, day: date | None = None, outdated: Callable[[], bool] = lambda: False
    ) -> None:
        self.buffers: dict[str, Buffer] = {}
        self.documents = documents
        self._day = day
        self._outdated = outdated
        self._read: dict[str, DeskRead] = {}
        self._kept: dict[str, Kept] = {}
        self._roots: dict[str, str] = {}

    def close(self, path: str) -> None:
        """Forget a text that is closed, and how its file belongs to a ledger."""
        self.buffers.pop(path, None)
        root = self._roots.pop(path, None)
        if root is not None and root not in self._roots.values():
            self._read.pop(root, None)
            self._kept.pop(root, None)

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
            texts = () if more else self.load(name).texts
        except LedgerError:
            return path
        tree = Replaced({})
        own = tree.identity(path)
        return name if any(tree.identity(text.name) == own for text in texts) else path

    def load(self, root: str, texts: Mapping[str, str] | None = None) -> Ledger:
        """Read a ledger from the disk with the open texts in the place of their files, and others before these."""
        if root not in self._kept:
            self._kept[root] = _Watched(lambda: root in self._read and self._outdated())
        open_texts = {path: buffer.text for path, buffer in self.buffers.items()}
        return load(Replaced(open_texts | dict(texts or {})), [root], self._kept[root])

    def latest(self, path: str) -> DeskRead | None:
        """What was read last of a file's ledger; it may be older than the text."""
        return self._read.get(self.root(path))

    def fresh(self, path: str) -> DeskRead:
        """The ledger of exactly what is open: the latest if nothing moved since; UnreadableError, Outdated."""
        latest = self.latest(path)
        if latest is not None and all(
            name not in self.buffers or self.buffers[name].text == text for name, text in latest.ledger.texts
        ):
            return latest
        return self.read(path)

    def read(self, path: str) -> DeskRead:
        """Read the whole ledger of a file and check it; UnreadableError where it is none, Outdated."""
        root = self.root(path)
        try:
            ledger = self.load(root)
        except LedgerError:
            self._read.pop(root, None)
            raise
        day = self._day or Today.in_zone(ledger.timezone, datetime.now(UTC))
        documents = read_documents(ledger, self.documents) if self.documents is not None else None
        kept = self._kept[root]
        found = checking(ledger, Settings(), day=day, today=day, documents=documents, locate=kept.locate)
        kept.forget()
        self._read[root] = DeskRead(ledger, day, found.shown, known_of(ledger, day))
        return self._read[root]
