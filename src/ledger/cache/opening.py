"""A ledger from the cache if what it was read from is unchanged, else from its files; then the cache learns it.

What follows from a ledger is kept with its rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..errors import UnreadableError
from ..files import bounds, questions
from ..model import Ledger
from . import Damaged, Store
from .checksums import Files, Recorder, Stat
from .store import fingerprint

if TYPE_CHECKING:
    from ..edit.changes import Rewritten

LEAST_BYTES = 64 * 1024  # below that, reading the file costs less than asking the cache
_FORMAT = 2  # of the rows
_BAD = (Damaged, ValueError, TypeError, LookupError, AttributeError, OSError)


def open_ledger(names: Sequence[str], store: Store) -> Ledger:
    """Read files as one ledger; UnreadableError if one cannot be read at all."""
    opening = _Opening(tuple(names), store)
    return opening.stored() or opening.read()


def refresh(names: Sequence[str], store: Store, ledger: Ledger, written: Sequence[Rewritten]) -> None:
    """Let the cache learn what was just written to a ledger that it knew before; costs a fraction of reading it."""
    opening = _Opening(tuple(names), store)
    if opening.last is not None and not opening.rewritten(ledger, written):
        opening.stored()


class _Opening:
    """One try to open a ledger."""

    def __init__(self, names: tuple[str, ...], store: Store) -> None:
        self.names = names
        self.store = store
        self.stamp = f"{_FORMAT} {__version__} {bounds.claims()} {fingerprint()}"
        self.paths = tuple(map(questions.real, names))  # the same files are the same ledger, however they are named
        self.note_key = _key("note", self.stamp, *self.paths)
        self.last, known = _noted(store.note(self.note_key))
        self.files = Files(known)
        self.worth = self.last is not None or _size(names) >= LEAST_BYTES

    def stored(self) -> Ledger | None:
        """The ledger from the cache, if what it was made from is as it was, or almost."""
        if not self.worth:
            return None
        try:
            key = self.key()
            return self.recalled(key) or self.patched(key)
        except UnreadableError:
            return None  # reading says it better

    def recalled(self, key: str) -> Ledger | None:
        """The ledger of a key, if it is there and nothing it was made from has changed."""
        shelf = self.store.open(key)
        if shelf is None:
            return None
        from .lazy import recall

        try:
            found = recall(shelf, self.files, self.names, self.reread, self.add)
        except _BAD:
            found = None
        if found is None:
            shelf.close()
        elif self.files.learned or self.last != key:
            self.note(key)
        return found

    def patched(self, key: str) -> Ledger | None:
        """The ledger as it was when it was last read, with the claims that have changed since."""
        shelf = None if self.last is None else self.store.open(self.last)
        if shelf is None or self.last is None:
            return None
        from .patch import patched

        try:
            changes = patched(shelf, self.files, self.names)
        except _BAD:
            changes = None
        finally:
            shelf.close()
        if changes is None or not self.store.revise(self.last, key, changes):
            return None
        if self.last != key:
            self.store.drop(self.last)  # the way back is as short
        return self.recalled(key)

    def rewritten(self, ledger: Ledger, written: Sequence[Rewritten]) -> bool:
        """Whether the rows of what was written follow from those of the ledger as it was opened, nothing read again."""
        shelf = None if self.last is None else self.store.open(self.last)
        if shelf is None or self.last is None:
            return False
        from .checksums import sha256
        from .filenow import PatchedFile
        from .lazy import LazyText
        from .patch import FileWritten, rewritten

        files: dict[str, FileWritten] = {}
        for one in written:
            text = next((text for text in ledger.texts if text.name == one.name), None)
            if not isinstance(text, LazyText) or text.text is not one.before:
                return False  # planned on another text, or read without the cache
            now = PatchedFile(one.data, one.before, one.patches)
            files[one.name] = FileWritten(text.checksum(), sha256(one.data), now)
        try:
            found = rewritten(shelf, [text.name for text in ledger.texts], files)
        except _BAD:
            found = None
        finally:
            shelf.close()
        if found is None:
            return False
        for name, file in files.items():
            self.files.learn(name, file.after)
        key = self.key()
        if self.store.revise(self.last, key, found):
            self.store.drop(self.last)
            self.note(key)
        return True

    def read(self) -> Ledger:
        """The ledger from its files; it is kept if it is large."""
        from ..loading import assembly

        recorder = Recorder(self.files)
        ledger = assembly.load(recorder, self.names)
        if not recorder.failed and self.files.size() >= LEAST_BYTES:
            self.keep(ledger, recorder)
        self.files.forget()
        return ledger

    def keep(self, ledger: Ledger, recorder: Recorder) -> None:
        """Write the rows of a ledger."""
        from .rows import rows_of

        key = self.key()
        if self.store.write(key, rows_of(ledger, self.names, recorder.answers())):
            self.note(key)

    def add(self, name: str, data: bytes) -> None:
        """Keep one row more of the ledger as it was opened."""
        key = self.key()
        self.store.revise(key, key, {name: data})

    def reread(self) -> Ledger:
        """The ledger from its files, once its rows turned out to be damaged."""
        from ..loading import assembly

        self.store.drop(self.key())
        return assembly.load(Recorder(self.files), self.names)

    def key(self) -> str:
        """The key of the rows: the files, their content, the format and the program."""
        sums = map(self.files.sum, self.names)
        return _key("rows", self.stamp, *(f"{total} {path}" for total, path in zip(sums, self.paths, strict=True)))

    def note(self, key: str) -> None:
        """Remember which rows are this ledger's, and the stat keys of what it was read from."""
        import json

        self.store.write_note(self.note_key, json.dumps([key, self.files.known]))


def _key(*words: str) -> str:
    """One line that says all of this."""
    return "\0".join(words).replace("\\", "\\\\").replace("\n", "\\n")


def _size(names: Sequence[str]) -> int:
    return sum(info.st_size for info in map(questions.look, names) if info is not None)


def _noted(note: str | None) -> tuple[str | None, dict[str, tuple[Stat, str]]]:
    """The key of the rows that were read last, and the stat keys of the files."""
    if note is None:
        return None, {}
    import json

    try:
        key, files = json.loads(note)
        return str(key), {name: (stat, total) for name, (stat, total) in files.items()}
    except (ValueError, TypeError, AttributeError):
        return None, {}


def remembered(ledger: Ledger, name: str, key: list[Any], make: Callable[[], Any]) -> Any:
    """A value that was kept for these files under a key, else one that is made, and kept if the ledger is.

    It is made of lists and what JSON has; one of each name is kept. It may tell of files by the names of this run.
    """
    from .lazy import LazyFacts, LazyText

    texts, facts = ledger.texts, ledger.facts
    if not isinstance(facts, LazyFacts) or not all(isinstance(text, LazyText) for text in texts):
        return make()
    files = [[text.name, text.checksum()] for text in texts if isinstance(text, LazyText)]
    whole = json.loads(json.dumps([files, key]))
    kept = facts.kept(name)
    if kept is not None and kept[0] == whole:
        return kept[1]
    made = make()
    facts.keep(name, [whole, made])
    return made
