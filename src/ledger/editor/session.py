"""One editor's session: what is open, what was said of it, and what is waited for; typing waits for nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from . import completion
from .buffer import Buffer
from .checker import (
    Checker,
    CheckerAnswer,
    CheckerBug,
    CheckerQuestion,
    CheckWanted,
    LedgerFound,
    TextChange,
    TextChanged,
    TextClosed,
    TextOpened,
    apply,
)
from .known import KnownLedger, Own, own_findings
from .shown import ShownFindings, lines_of, row_of

PAUSE = 0.3  # seconds without a key before claims are held against each other
_BETWEEN = 0.02  # seconds between two looks at the claim that is typed in: nobody reads faster
_ANEW = 3  # how often a checker that ended is started again
Publish = Callable[[str, ShownFindings, int | None], None]


class NoAnswer(Exception):
    """A question that has no answer, in words."""


class Session:
    """The open texts; `publish` tells the editor the findings of a file, `say` a sentence."""

    def __init__(self, documents: str | None, day: date | None, publish: Publish, say: Callable[[str], None]) -> None:
        self._settings = documents, day
        self._publish, self._say = publish, say
        self.buffers: dict[str, Buffer] = {}
        self.known: dict[str, KnownLedger] = {}  # by root
        self._roots: dict[str, str] = {}  # by file
        self._shown: dict[str, ShownFindings] = {}
        self._lines: dict[str, int] = {}  # of the text that was last told about
        self._offset: dict[str, int] = {}  # where the text was changed last
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._later: dict[str, asyncio.TimerHandle] = {}
        self._looked = 0.0
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._number = self._anew = 0
        self._checker: Checker | None = None

    # --- texts -------------------------------------------------------------------------------------------------

    def open(self, path: str, text: str, version: int) -> None:
        """Take in a text and say what is wrong with it."""
        self.buffers[path] = Buffer(text, version)
        self._lines[path] = text.count("\n")
        self._tell(TextOpened(path, text, version))
        self._tell(CheckWanted(path))

    def change(self, path: str, version: int, changes: Sequence[TextChange]) -> None:
        """Make changes, and look at the claim they are in at once; at the others after a pause."""
        buffer = self.buffers.get(path)
        if buffer is None:
            return
        for one in changes:
            self._offset[path] = apply(buffer, one)
        buffer.version = version
        self._tell(TextChanged(path, version, tuple(changes)))
        loop = asyncio.get_running_loop()
        if path not in self._soon:
            wait = max(0.0, self._looked + _BETWEEN - time.monotonic())
            self._soon[path] = loop.call_later(wait, self._look, path)
        if path in self._later:
            self._later[path].cancel()
        self._later[path] = loop.call_later(PAUSE, self._check, path)

    def close(self, path: str) -> None:
        """Forget a text; what was said of it is taken back."""
        self.buffers.pop(path, None)
        for waiting in (self._soon.pop(path, None), self._later.pop(path, None)):
            if waiting is not None:
                waiting.cancel()
        self._tell(TextClosed(path))
        self._show(path, ShownFindings())

    def end(self) -> None:
        """Let the checker go."""
        if self._checker is not None:
            self._checker.stop()

    # --- findings ----------------------------------------------------------------------------------------------

    def of(self, path: str) -> KnownLedger | None:
        """What is known of the ledger of a file."""
        return self.known.get(self._roots.get(path, path))

    def _look(self, path: str) -> None:
        """Tell what is wrong with the changed claim by itself, the other findings moved along."""
        self._soon.pop(path, None)
        known, buffer = self.of(path), self.buffers.get(path)
        if known is None or buffer is None:
            return
        own = own_findings(known, buffer, path, self._offset[path])
        if own is not None:
            self._show(path, self._moved(path, buffer, own))
        self._looked = time.monotonic()

    def _moved(self, path: str, buffer: Buffer, own: Own) -> ShownFindings:
        lines = buffer.text.count("\n")
        grown, self._lines[path] = lines - self._lines[path], lines
        at = lines_of(own.problems, buffer)
        rows = [row_of(one, at) for one in own.problems]
        return self._shown.get(path, ShownFindings()).around(rows, own.first - 1, own.last - 1, grown)

    def _check(self, path: str) -> None:
        self._later.pop(path, None)
        self._tell(CheckWanted(path))

    def _found(self, found: LedgerFound) -> None:
        """Tell what is wrong with a ledger; of a text that changed meanwhile nothing."""
        if found.known is not None:
            self.known[found.root] = found.known
        gone = [file for file, root in self._roots.items() if root == found.root and file not in found.files]
        self._roots.update(dict.fromkeys(found.files, found.root))
        for file, rows in (found.files | dict.fromkeys(gone, ShownFindings())).items():
            buffer = self.buffers.get(file)
            if (buffer.version if buffer else None) != found.versions.get(file):
                continue
            if buffer is not None:
                self._lines[file] = buffer.text.count("\n")
            elif not rows.rows and not self._shown.get(file):
                continue
            self._show(file, rows)

    def _show(self, path: str, rows: ShownFindings) -> None:
        self._shown[path] = rows
        buffer = self.buffers.get(path)
        self._publish(path, rows, buffer.version if buffer else None)

    # --- questions ---------------------------------------------------------------------------------------------

    def complete(self, path: str, offset: int) -> completion.Offers:
        """What can stand at an offset."""
        known = self.of(path)
        if known is None:
            return completion.Offers(offset, (), cut_off=False)
        return completion.complete(known, path, self.buffers[path].text, offset)

    async def ask(self, verb: str, path: str, *arguments: Any) -> Any:
        """The answer of the checker; NoAnswer where there is none."""
        if path not in self.buffers:
            return None
        self._number += 1
        number = self._number
        self._asked[number] = asyncio.get_running_loop().create_future()
        self._tell(CheckerQuestion(number, verb, path, arguments))
        try:
            answer: CheckerAnswer = await self._asked[number]
        finally:
            del self._asked[number]
        if answer.trouble is not None:
            raise NoAnswer(answer.trouble)
        return answer.value

    # --- the checker -------------------------------------------------------------------------------------------

    def _tell(self, message: Any) -> None:
        if self._checker is None:
            self._start()
        assert self._checker is not None
        self._checker.tell(message)

    def _start(self) -> None:
        loop = asyncio.get_running_loop()

        def hear(message: Any) -> None:
            with suppress(RuntimeError):  # the session is over
                loop.call_soon_threadsafe(self._hear, message)

        self._checker = Checker(*self._settings, hear)

    def _hear(self, message: Any) -> None:
        match message:
            case LedgerFound():
                self._found(message)
            case CheckerAnswer() if message.number in self._asked and not self._asked[message.number].done():
                self._asked[message.number].set_result(message)
            case CheckerBug():
                self._say(f"this is a bug in ledger, please report it: {message.words}")
            case None:
                self._ended()

    def _ended(self) -> None:
        """The process is gone: begin anew with the texts that are open, but not for ever."""
        for number, asked in self._asked.items():
            if not asked.done():
                asked.set_result(CheckerAnswer(number, None, "the checker ended"))
        self._anew += 1
        if self._anew > _ANEW:
            self._say("the checker ended again and again; close the file and open it anew to have it checked")
            return
        self._start()
        for path, buffer in self.buffers.items():
            self._tell(TextOpened(path, buffer.text, buffer.version))
            self._tell(CheckWanted(path))
