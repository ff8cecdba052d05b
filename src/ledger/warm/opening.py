"""A ledger from the cache if what it was read from is unchanged, else from its files; then the cache learns it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from .. import __version__
from ..cache import Damaged, Store
from ..errors import UnreadableError
from ..model import Ledger
from . import program
from .files import Files, Recorder

LEAST_BYTES = 64 * 1024  # below that, reading the file costs less than asking the cache
_FORMAT = 1  # of the rows


def open_ledger(names: Sequence[str], store: Store) -> Ledger:
    """Read files as one ledger; UnreadableError if one cannot be read at all."""
    opening = _Opening(tuple(names), store)
    return opening.stored() or opening.read()


class _Opening:
    """One try to open a ledger."""

    def __init__(self, names: tuple[str, ...], store: Store) -> None:
        self.names = names
        self.store = store
        self.stamp = f"{_FORMAT} {__version__} {program.fingerprint()}"
        self.note_key = _key("note", self.stamp, os.getcwd(), *names)  # noqa: PTH109
        note = store.note(self.note_key)
        self.files = Files(_known(note))
        self.worth = note is not None or _size(names) >= LEAST_BYTES

    def stored(self) -> Ledger | None:
        """The ledger from the cache, if it is there and nothing it was made from has changed."""
        if not self.worth:
            return None
        try:
            key = self.key()
        except UnreadableError:
            return None  # reading says it better
        shelf = self.store.open(key)
        if shelf is None:
            return None
        from .recalling import recall

        try:
            found = recall(shelf, self.files, self.reread)
        except (Damaged, ValueError, TypeError, LookupError, AttributeError):
            found = None
        if found is None:
            shelf.close()
            return None
        self.note()
        return found

    def read(self) -> Ledger:
        """The ledger from its files; it is kept if it is large."""
        from ..load import assembly

        recorder = Recorder(self.files)
        ledger = assembly.load(recorder, self.names)
        if not recorder.failed and self.files.size() >= LEAST_BYTES:
            self.keep(ledger, recorder)
        return ledger

    def keep(self, ledger: Ledger, recorder: Recorder) -> None:
        """Write the rows of a ledger."""
        from .rows import rows_of

        if self.store.write(self.key(), rows_of(ledger, recorder.answers())):
            self.note(always=True)

    def reread(self) -> Ledger:
        """The ledger from its files, once its rows turned out to be damaged."""
        from ..load import assembly

        self.store.drop(self.key())
        return assembly.load(Recorder(self.files), self.names)

    def key(self) -> str:
        """The key of the rows: the files named, their content, the format and the program."""
        return _key("rows", self.stamp, *(f"{self.files.sum(name)} {name}" for name in self.names))

    def note(self, *, always: bool = False) -> None:
        """Remember the stat keys of what was read."""
        if always or self.files.learned:
            import json

            self.store.write_note(self.note_key, json.dumps(self.files.known))


def _key(*words: str) -> str:
    """One line that says all of this."""
    return "\0".join(words).replace("\\", "\\\\").replace("\n", "\\n")


def _size(names: Sequence[str]) -> int:
    total = 0
    for name in names:
        try:
            total += os.stat(name).st_size  # noqa: PTH116
        except OSError:
            continue
    return total


def _known(note: str | None) -> dict[str, Any]:
    if note is None:
        return {}
    import json

    return {name: (key, total) for name, (key, total) in json.loads(note).items()}
