"""review."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Annotated

from .. import query, workspace
from ..edit.changes import Rewritten
from ..errors import LedgerError, RefusedError, UsageError
from ..files.editing import editing
from ..model import Ledger
from ..query import Row
from ..results.list import queue
from ..writing.draft import Draft
from ..writing.resolve import AskedJudgement, JudgementDraft
from ..writing.touch import TouchDraft
from . import prompts
from .declare import EVERY_FILTER, command
from .filters import span
from .options import Within, option
from .prompts import read_key
from .resolve import Manner, complain, finish
from .run import Run, say

_OUTCOMES = {"t": "true", "f": "false", "p": "partly", "a": "ambiguous", "n": "annulled", "w": "withdrawn"}
_KEYS = "t f p a n w judge, o c look, e u s q, ? help > "
_HELP = """\
t true      f false     p partly
a ambiguous n annulled  w withdrawn by the speaker
o note an observation   c checked, nothing decisive
e edit the file there   u undo the last write
s skip      q quit      ? this help"""
_DONE = ("judged", "observed", "checked", "skipped")
_AT_LINE = {"code": "--goto {0}:{1}", "codium": "--goto {0}:{1}", "subl": "{0}:{1}", "hx": "{0}:{1}", "zed": "{0}:{1}"}


@command(filters=EVERY_FILTER, as_of=False)
def review(
    run: Run,
    chosen: query.Filter,
    within: Within = "90d",
    stale: Annotated[str, option("--stale", metavar="SPAN", help="And what nobody looked at for that long.")] = "90d",
) -> None:
    """Go through what waits for a look, one claim at a time: overdue, then due, then not looked at for long.

    One key judges (t f p a n w), notes an observation (o) or that nothing decisive was found (c), opens the editor (e),
    undoes (u), skips (s) or quits (q). What a judgement rests on is asked for, and each write is shown first. A review
    that is left goes on where it was: what was looked at today is left out.
    """
    if not prompts.is_interactive(no_input=False):
        raise UsageError("review asks, and nobody can be asked here", hint="see ledger due, and use ledger resolve")
    if len(run.files) != 1 or run.files[0] == workspace.STDIN:
        raise UsageError("a command that writes takes one ledger", hint="give --file once")
    until, looked = span(within, run.today, "--within"), _before(stale, run)
    found = queue(run.ledger, chosen, day=run.today, until=until, looked=looked)
    session = _Session(run, tuple(found.rows))
    try:
        session.go()
    finally:
        session.summary()


def _before(stale: str, run: Run) -> date:
    return run.today - (span(stale, run.today, "--stale") - run.today)


class _Session:
    """A review that is under way: what is left, what was done, and what can be undone."""

    def __init__(self, run: Run, rows: tuple[Row, ...]) -> None:
        self.run = run
        self.ids = [row.fact.id for row in rows]
        self.at = 0
        self.done: Counter[str] = Counter()
        self.undoable: list[tuple[int, str, tuple[Rewritten, ...]]] = []

    def go(self) -> None:
        """One claim after the other until none is left or somebody quits; the keys are told once."""
        if self.ids:
            prompts.tell(_HELP)
        while self.at < len(self.ids):
            numbers = {fact.id: number for number, fact in enumerate(self.run.ledger.facts)}
            number = numbers.get(self.ids[self.at])
            if number is None:  # removed, renamed or broken in the editor
                self._pass_over(self.ids[self.at])
                continue
            self._show(self.run.ledger, number)
            if not self._answered(number):
                return

    def _pass_over(self, name: str) -> None:
        found = next((found for found in self.run.ledger.problems if found.claim == name), None)
        why = (
            "stands in the ledger no more"
            if found is None
            else f"{found.place.file}:{found.place.line}: {found.message}"
        )
        say(f"{name}: {why}; it is passed over")
        self.at += 1

    def _show(self, ledger: Ledger, number: int) -> None:
        from ..render.told import brief

        prompts.tell(f"[{self.at + 1} of {len(self.ids)}]\n{brief(ledger, number, self.run.today)}")

    def _answered(self, number: int) -> bool:
        """Take keys until the claim is left; False to quit."""
        while True:
            key = read_key(_KEYS)
            if key == "q":
                return False
            if key == "?":
                prompts.tell(_HELP)
            elif key in _OUTCOMES or key in "oc":
                if self._write(key):
                    return True
            elif key in self._others:
                try:
                    self._others[key](self, number)
                except LedgerError as error:
                    complain(error)
                return True
            else:
                say("? tells the keys")

    def _skip(self, number: int) -> None:
        self.done["skipped"] += 1
        self.at += 1

    def _write(self, key: str) -> bool:
        """Write what the key stands for, as the command would; whether it was."""
        draft, what = self._draft(key)
        try:
            written = finish(self.run, Manner(dry_run=False, asks=True), draft, told=True)
        except EOFError:
            say("left: nothing was written")
            return False
        except LedgerError as error:
            complain(error)
            return False
        if not written:
            return False
        self.undoable.append((self.at, what, self.run.rewritten))
        self.done[what] += 1
        self.at += 1
        self.run.forget()
        return True

    def _draft(self, key: str) -> tuple[Draft, str]:
        ledger, today, ids = self.run.ledger, self.run.today, [self.ids[self.at]]
        if key in _OUTCOMES:
            asked = AskedJudgement(outcome=_OUTCOMES[key])
            return JudgementDraft(ledger=ledger, today=today, ids=ids, asked=asked), "judged"
        if key == "o":
            return TouchDraft(ledger=ledger, today=today, ids=ids, observes=True), "observed"
        return TouchDraft(ledger=ledger, today=today, ids=ids), "checked"

    def _undo(self, number: int) -> None:
        """Put back what the last write of this review changed, if nobody wrote since."""
        if not self.undoable:
            say("nothing was written in this review")
            return
        at, what, changed = self.undoable[-1]
        for one in changed:
            with editing(one.name) as writer:
                if not writer.replace(one.data, one.replaced):
                    raise RefusedError(
                        f"{one.name}: changed meanwhile; nothing was undone", hint="use git, or the editor"
                    )
        self.undoable.pop()
        self.done[what] -= 1
        self.at = at
        self.run.forget()
        say(f"{self.ids[at]}: undone")

    def _edit(self, number: int) -> None:
        """Open the editor at the claim, and read the file again."""
        spot = self.run.ledger.spots[number]
        name = self.run.ledger.texts[spot.file].name
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        try:
            words = shlex.split(editor) or ["vi"]
        except ValueError as error:
            raise UsageError(f"the editor {editor!r}: {str(error).lower()}", hint="mend $VISUAL or $EDITOR") from None
        at_line = _AT_LINE.get(os.path.basename(words[0]), "+{1} {0}")  # noqa: PTH119
        try:
            subprocess.run([*words, *(part.format(name, spot.line) for part in at_line.split())], check=False)
        except OSError as error:
            say(f"{words[0]}: {(error.strerror or str(error)).lower()}; $VISUAL or $EDITOR names the editor")
        self.run.forget()

    _others: dict[str, Callable[[_Session, int], None]] = {"s": _skip, "u": _undo, "e": _edit}  # noqa: RUF012

    def summary(self) -> None:
        """What was done, and what is left."""
        if not self.ids:
            say("nothing waits for a look")
            return
        told = [f"{self.done[what]} {what}" for what in _DONE if self.done[what]]
        left = len(self.ids) - self.at
        say(
            ", ".join(told or ["nothing was written"]) + (f"; {left} left: ledger review goes on there" if left else "")
        )
