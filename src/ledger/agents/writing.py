"""What agents may write: a previewed plan with its token, unmoved files, verified quotes, a verdict with evidence."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from ..errors import LedgerError, RefusedError, UsageError
from ..files import questions, read_bytes
from ..files.editing import editing
from ..loading.assembly import load
from ..loading.reading import decode
from ..model import Ledger
from ..results.check import checking, read_documents
from ..results.check_settings import Settings
from ..writing.plan import Plan, Replaced
from .reading import DATA, AgentDesk
from .tokens import Bound, Tokens, digest

_BOM = b"\xef\xbb\xbf"
_QUOTES = frozenset(("quote-not-in-document", "no-document", "document-changed"))
Planning = Callable[[Ledger, Any], Plan]


class AgentWriter:
    """Previews and writes for one session."""

    def __init__(self, desk: AgentDesk, tokens: Tokens | None = None) -> None:
        self.desk = desk
        self.tokens = tokens or Tokens()

    def call(self, tool: str, arguments: Mapping[str, Any], token: str | None, planning: Planning) -> str:
        """Preview a change; with the preview's token write it."""
        if len(self.desk.files) != 1:
            raise UsageError("a tool that writes takes one ledger", hint="start with one --file")
        ledger = self.desk.ledger()
        day = self.desk.day(ledger)
        plan = planning(ledger, day)
        if plan.missing:
            raise UsageError("; ".join(f"{one.option}: {one.question}" for one in plan.missing), hint="give these too")
        self._verify(plan, day)
        read = {text.name: digest(text.text.encode()) for text in ledger.texts} | self._documents(ledger)
        kept = json.dumps(arguments, sort_keys=True, ensure_ascii=False)
        bound = Bound(tool, kept, day, read, _planned(plan))
        steps = [{"claim": step.claim, "did": step.did, "file": step.file, "line": step.line} for step in plan.steps]
        answer: dict[str, Any] = {"notice": DATA, "steps": steps, "warnings": plan.warnings, "read": plan.read}
        if token is None:
            more = {"written": False, "diff": plan.diff(), "token": self.tokens.issue(bound) if plan.files else None}
            return json.dumps(answer | more, ensure_ascii=False)
        self.tokens.take(token, bound)
        self._write(plan, ledger, bound)
        return json.dumps(answer | {"written": True, "diff": plan.diff()}, ensure_ascii=False)

    def _verify(self, plan: Plan, day: Any) -> None:
        """RefusedError where a quote of a claim that is written is not in its document, letter by letter."""
        claims = {step.claim for step in plan.steps}
        after = load(Replaced({change.name: change.after for change in plan.files}), [plan.root])
        held = read_documents(after, self.desk.documents) if self.desk.documents is not None else {}
        found = checking(after, Settings(select=_QUOTES), day=day, today=day, documents=held)
        for one in found.problems:
            if one.claim in claims and plan.command in ("add", "revise"):
                hint = one.hint or "quote exact words of a document at hand, or leave quote and at out"
                raise RefusedError(f"{one.claim}: {one.message}", hint=hint)

    def _documents(self, ledger: Ledger) -> dict[str, str]:
        """The digests of the documents that quotes are compared with."""
        held = read_documents(ledger, self.desk.documents) if self.desk.documents is not None else {}
        return {f"documents/{name}": digest(one.data or b"") for name, one in held.items()}

    def _now(self, ledger: Ledger) -> dict[str, str]:
        """The digests of all files that a plan rests on, as they are on disk."""
        texts = {name: decode(read_bytes(name), name) for name, _ in ledger.texts}
        return {name: digest(text.encode()) for name, text in texts.items()} | self._documents(ledger)

    def _write(self, plan: Plan, ledger: Ledger, bound: Bound) -> None:
        """Write exactly what was planned, all locks held while everything that was read is compared once more."""
        with ExitStack() as locks:
            writers = _locked(locks, sorted({change.name for change in plan.files}))
            if self._now(ledger) != bound.read:
                raise RefusedError("a file that was read changed since the preview; nothing was written")
            written: list[str] = []
            for change in plan.files:
                before = writers[change.name].read()
                mark = _BOM if before.startswith(_BOM) else b""
                same = decode(before, change.name) == change.before
                if not same or not writers[change.name].replace(before, mark + change.after.encode()):
                    done = f" (written already: {', '.join(written)})" if written else ""
                    raise RefusedError(f"{change.name}: changed meanwhile{done}")
                written.append(change.name)


def _locked(locks: ExitStack, names: Sequence[str]) -> dict[str, Any]:
    """A writer for each file. The lock is a folder's: files of one folder cannot be held at once."""
    folders = [os.path.dirname(questions.real(name)) for name in names]  # noqa: PTH120
    if len(set(folders)) < len(folders):
        raise RefusedError("this change is in several files of one folder", hint="make it with the command line")
    try:
        return {name: locks.enter_context(editing(name)) for name in names}
    except LedgerError:
        locks.close()
        raise


def _planned(plan: Plan) -> dict[str, str]:
    return {change.name: digest(change.after.encode()) for change in plan.files}
