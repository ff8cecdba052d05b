"""The files of a ledger as they are in this run: their checksums by stat where that is safe, by reading otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import UnreadableError
from ..files import Disk, Matches, questions

Stat = list[int]


def stat_key(name: str) -> Stat | None:
    """What changes with the content of a file of this name."""
    return questions.stat_key(questions.look(name))


def sha256(data: bytes) -> str:
    """The checksum of a file's content."""
    import hashlib  # 3 ms that a stat key saves

    return hashlib.sha256(data).hexdigest()


class Files:
    """A disk whose files are read once; `known` has stat keys and checksums of earlier runs by resolved path."""

    def __init__(self, known: dict[str, tuple[Stat, str]]) -> None:
        self.disk = Disk()
        self.known = known
        self.learned = False
        self._data: dict[str, bytes] = {}
        self._sums: dict[str, str] = {}
        self._identities: dict[str, str] = {}

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""
        if name not in self._identities:
            self._identities[name] = self.disk.identity(name)
        return self._identities[name]

    def sum(self, name: str) -> str:
        """The checksum of a file's content; UnreadableError."""
        if name not in self._sums and name not in self._data and self.identity(name) in self.known:
            key, total = self.known[self.identity(name)]
            if key == stat_key(name):
                self._sums[name] = total
        if name not in self._sums:
            data = self.data(name)
            if name not in self._sums:  # else it was taken on the way
                self._sums[name] = sha256(data)
        return self._sums[name]

    def data(self, name: str) -> bytes:
        """A file's content; UnreadableError, also where it changed since its checksum was taken."""
        if name not in self._data:
            before = stat_key(name)
            data = self.disk.read(name)
            total = self._sums.get(name)
            settled = (
                before is not None
                and self.known.get(self.identity(name)) == (before, total)
                and (before == stat_key(name))
            )
            if total is not None and not settled and sha256(data) != total:
                raise UnreadableError(f"{name}: changed while it was read", hint="run the command again")
            self._data[name] = data
            if before is not None and before == stat_key(name):
                self.known[self.identity(name)] = (before, self.sum(name))
                self.learned = True
            else:
                self.known.pop(self.identity(name), None)
        return self._data[name]

    def learn(self, name: str, total: str) -> None:
        """Take it that a file's content has this checksum; what was known of it counts no more."""
        self._sums[name] = total
        self.known.pop(self.identity(name), None)

    def forget(self) -> None:
        """Let the content of all files go."""
        self._data.clear()

    def size(self) -> int:
        """How many bytes were read."""
        return sum(map(len, self._data.values()))


class Recorder:
    """A tree that keeps each question the loader asks, with its answer: the same answers make the same ledger."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.questions: list[list[Any]] = []
        self.failed = False

    def read(self, name: str) -> bytes:
        """The bytes of a file; UnreadableError."""
        try:
            data = self.files.data(name)
        except UnreadableError:
            self.failed = True
            raise
        self.questions.append(["sum", name])
        return data

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""
        self.questions.append(["identity", name])
        return self.files.disk.identity(name)

    def within(self, name: str, folder: str) -> bool:
        """Whether a file lies in a folder after links are resolved."""
        self.questions.append(["within", name, folder])
        return self.files.disk.within(name, folder)

    def matches(self, folder: str, pattern: str) -> Matches:
        """The files below a folder that match a relative pattern, and what was left out."""
        self.questions.append(["matches", folder, pattern])
        return self.files.disk.matches(folder, pattern)

    def home(self, name: str) -> str:
        """The folder in which a ledger's includes lie."""
        self.questions.append(["home", name])
        return self.files.disk.home(name)

    def answers(self) -> list[list[Any]]:
        """All questions with their answers."""
        asking = _Asking(self.files)
        return [[question, asking.answer(question)] for question in self.questions]


class _Asking:
    """Answers questions as things stand now."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._identities: dict[str, int] = {}

    def answer(self, question: list[Any]) -> Any:
        """The answer; UnreadableError where a file cannot be read."""
        kind, *words = question
        if kind == "sum":
            return self.files.sum(words[0])
        if kind == "within":
            return self.files.disk.within(*words)
        if kind == "matches":
            return list(self.files.disk.matches(*words))
        if kind == "home":
            return self.files.disk.home(words[0])
        # Which names mean one file is all that matters; where it lies does not.
        return self._identities.setdefault(self.files.identity(words[0]), len(self._identities))


class Replay:
    """Asks the questions of an earlier run again, where the same files may have other names.

    The user may spell a path in many ways: what was read is the same if all answers are, names given for names.
    """

    def __init__(self, files: Files, then: Sequence[str], now: Sequence[str]) -> None:
        self._asking = _Asking(files)
        self.files: dict[str, str] = {}  # from the names of then to those of now
        self._folders: dict[str, str] = {}
        self._back: dict[str, str] = {}
        self._same = len(then) == len(now) and all(map(self._is_same, then, now))

    def altered(self, answers: list[Any]) -> list[str] | None:
        """The files, by their names of then, whose content changed; None where anything else did. UnreadableError."""
        altered = []
        for question, answer in answers if self._same else ():
            found = self._asking.answer([question[0], *self._now(*question)])
            if question[0] == "sum" and found != answer:
                altered.append(question[1])
            elif not self._agrees(question[0], answer, found):
                return None
        return altered if self._same else None

    def _now(self, kind: str, name: str, *more: str) -> list[str]:
        if kind == "matches":
            return [self._folders[name], *more]
        return [self.files[name], *(self._folders[folder] for folder in more)]

    def _agrees(self, kind: str, then: Any, now: Any) -> bool:
        if kind == "home":
            return bool(self._folders.setdefault(then, now) == now)
        if kind == "matches":
            return bool(then[2] == now[2]) and all(
                len(one) == len(other) and all(map(self._is_same, one, other))
                for one, other in zip(then[:2], now[:2], strict=True)
            )
        return kind == "sum" or bool(then == now)

    def _is_same(self, then: str, now: str) -> bool:
        """Whether a name of now may stand for one of then: always this one, and for no other."""
        return self.files.setdefault(then, now) == now and self._back.setdefault(now, then) == then
