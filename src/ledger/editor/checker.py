"""A process beside the server that reads whole ledgers, so that no key waits for one; and the way to and from it."""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from ..errors import LedgerError
from ..problems import Place, Problem, problem
from .answers import ANSWERS
from .buffer import Buffer, Position
from .desk import Desk, Outdated
from .known import KnownLedger
from .shown import ShownFindings, rows_of


class TextChange(NamedTuple):
    """A new text between two positions; without them it is the whole text."""

    span: tuple[Position, Position] | None
    text: str


class TextOpened(NamedTuple):
    """A text is open."""

    path: str
    text: str
    version: int


class TextChanged(NamedTuple):
    """An open text is another one."""

    path: str
    version: int
    changes: tuple[TextChange, ...]


class TextClosed(NamedTuple):
    """A text is no longer open."""

    path: str


class CheckWanted(NamedTuple):
    """The ledger of an open text is to be checked."""

    path: str


class CheckerQuestion(NamedTuple):
    """One of `ANSWERS` is wanted."""

    number: int
    verb: str
    path: str
    arguments: tuple[Any, ...]


class LedgerFound(NamedTuple):
    """What is wrong with a ledger, by file, at these versions of open texts; `known` is None where it is as before."""

    root: str
    versions: dict[str, int]
    files: dict[str, ShownFindings]
    known: KnownLedger | None


class CheckerAnswer(NamedTuple):
    """The answer to a question, or why there is none."""

    number: int
    value: Any
    trouble: str | None = None


class CheckerBug(NamedTuple):
    """The process met an error of its own."""

    words: str


def apply(buffer: Buffer, change: TextChange) -> int:
    """Make a change; the answer is the offset at which it begins."""
    if change.span is not None:
        return buffer.change(*change.span, change.text)
    buffer.replace(change.text)
    return 0


# --- in the process --------------------------------------------------------------------------------------------


def work(connection: Connection[Any, Any], documents: str | None, day: date | None) -> None:
    """Do what is asked for until the server ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # standard output is the server's
    gc.disable()
    _Worker(connection, documents, day).run()


class _Worker:
    def __init__(self, connection: Connection[Any, Any], documents: str | None, day: date | None) -> None:
        self.connection = connection
        self.waiting: SimpleQueue[Any] = SimpleQueue()
        self.came = self.made = 0  # changes of texts
        self.desk = Desk(documents, day, lambda: self.came > self.made)
        self.told: dict[str, KnownLedger] = {}

    def run(self) -> None:
        Thread(target=self._listen, daemon=True).start()
        while (message := self.waiting.get()) is not None:
            try:
                self._do(message)
            except Exception as error:  # one text must not end the checking of all others
                self._bug(message, error)
            self.made += isinstance(message, TextOpened | TextChanged | TextClosed)
            if self.waiting.empty():
                gc.collect()
                gc.freeze()  # a ledger stays, and without it there is little to look through

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while (message := self.connection.recv()) is not None:
                self.came += isinstance(message, TextOpened | TextChanged | TextClosed)
                self.waiting.put(message)
        self.came += 1
        self.waiting.put(None)

    def _do(self, message: Any) -> None:
        match message:
            case TextOpened(path, text, version):
                self.desk.buffers[path] = Buffer(text, version)
            case TextChanged(path, version, changes) if path in self.desk.buffers:
                for change in changes:
                    apply(self.desk.buffers[path], change)
                self.desk.buffers[path].version = version
            case TextClosed(path):
                self.desk.close(path)
            case CheckWanted(path) if path in self.desk.buffers:
                self._check(path)
            case CheckerQuestion():
                self.connection.send(self._answer(message))

    def _check(self, path: str) -> None:
        with suppress(Outdated):
            try:
                read = self.desk.read(path)
            except LedgerError as error:
                found = [problem("syntax", error.message, Place(path, 1, 1), hint=error.hint)]
                self._tell(path, {path: found}, None)
                return
            by_file: dict[str, list[Problem]] = {text.name: [] for text in read.ledger.texts}
            for one in read.problems:
                by_file.setdefault(one.place.file, []).append(one)
            root = self.desk.root(path)
            known = None if read.known == self.told.get(root) else read.known
            self.told[root] = read.known
            self._tell(path, by_file, known)

    def _tell(self, path: str, by_file: dict[str, list[Problem]], known: KnownLedger | None) -> None:
        buffers, latest = self.desk.buffers, self.desk.latest(path)
        texts = dict(latest.ledger.texts) if latest is not None else {}
        files = {
            file: rows_of(found, buffers.get(file) or Buffer(texts.get(file, ""))) for file, found in by_file.items()
        }
        versions = {file: buffers[file].version for file in files if file in buffers}
        self.connection.send(LedgerFound(self.desk.root(path), versions, files, known))

    def _answer(self, ask: CheckerQuestion) -> CheckerAnswer:
        if ask.path not in self.desk.buffers:
            return CheckerAnswer(ask.number, None)
        try:
            return CheckerAnswer(ask.number, ANSWERS[ask.verb](self.desk, ask.path, *ask.arguments))
        except Outdated:
            return CheckerAnswer(ask.number, None, "the text changed meanwhile")
        except LedgerError as error:
            return CheckerAnswer(ask.number, None, "; ".join(filter(None, (error.message, error.hint))))

    def _bug(self, message: Any, error: Exception) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        self.connection.send(CheckerBug(f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})"))
        if isinstance(message, CheckerQuestion):
            self.connection.send(CheckerAnswer(message.number, None, "this is a bug in ledger"))


# --- beside the process ----------------------------------------------------------------------------------------


class Checker:
    """The process as the server sees it; `hear` is called with what it says, in a thread, and with None at its end."""

    def __init__(self, documents: str | None, day: date | None, hear: Callable[[Any], object]) -> None:
        self._hear = hear
        context = get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=work, args=(other, documents, day), daemon=True)
        self._process.start()
        other.close()
        Thread(target=self._listen, daemon=True).start()

    def tell(self, message: Any) -> None:
        """Send a message; one to a process that has ended is lost, as is the process."""
        with suppress(OSError):
            self._connection.send(message)

    def stop(self) -> None:
        """End the process."""
        self._hear = lambda _: None
        self.tell(None)
        self._process.join(1)
        if self._process.is_alive():
            self._process.kill()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._hear(self._connection.recv())
        self._hear(None)
