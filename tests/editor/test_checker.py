"""The process beside the server: what it finds, what a later change stops, and that it is started again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from ledger.editor.buffer import Buffer, Position
from ledger.editor.checker import (
    Checker,
    CheckerAnswer,
    CheckerBug,
    CheckerQuestion,
    CheckWanted,
    LedgerFound,
    TextChange,
    TextChanged,
    TextOpened,
)
from ledger.editor.desk import Desk, Outdated
from ledger.editor.session import Session
from ledger.editor.shown import ShownFindings

DAY = date(2026, 11, 22)
TEXT = """\
ledger: 1
people: {ada: {name: Ada}}
sources: {talk: {title: A talk}}
claims:
  - {id: a, claim: It rains., speaker: ada, said: 2024, source: talk, deadline: 2030, criteria: wet}
"""


def told(rows: ShownFindings) -> list[tuple[int, str]]:
    return [(row.start.line + 1, row.code) for row in rows.rows]


def test_it_finds_answers_and_ends(tmp_path: Path) -> None:
    path = str(tmp_path / "claims.yaml")
    heard: Queue[Any] = Queue()
    checker = Checker(None, DAY, heard.put)
    checker.tell(TextOpened(path, TEXT, 1))
    checker.tell(CheckWanted(path))
    found = heard.get(timeout=30)
    assert isinstance(found, LedgerFound)
    assert (found.root, found.versions, told(found.files[path])) == (path, {path: 1}, [])
    assert found.known is not None
    assert found.known.claims == {"a": "It rains."}
    span = Position(4, TEXT.split("\n")[4].index("ada")), Position(4, TEXT.split("\n")[4].index("ada") + 3)
    checker.tell(TextChanged(path, 2, (TextChange(span, "bob"),)))
    checker.tell(CheckWanted(path))
    found = heard.get(timeout=30)
    assert (found.versions, told(found.files[path])) == ({path: 2}, [(2, "unused"), (5, "undeclared")])
    assert found.known is None  # as it was
    checker.tell(CheckerQuestion(1, "folding", path, ()))
    assert heard.get(timeout=30) == CheckerAnswer(1, [(4, 4)])
    checker.tell(CheckerQuestion(2, "rename", path, (Position(0, 0), "b")))
    assert heard.get(timeout=30) == CheckerAnswer(2, None, "only the id of a claim can be renamed here")
    checker.tell(CheckerQuestion(3, "hover", path, ("no position",)))  # an error of its own ends nothing
    assert isinstance(heard.get(timeout=30), CheckerBug)
    assert heard.get(timeout=30) == CheckerAnswer(3, None, "this is a bug in ledger")
    checker.stop()
    assert checker._process.exitcode == 0


def test_reading_ends_when_a_text_changes_but_not_the_first_one(tmp_path: Path) -> None:
    path = str(tmp_path / "claims.yaml")
    desk = Desk(day=DAY, outdated=lambda: True)
    desk.buffers[path] = Buffer(TEXT)
    assert [fact.id for fact in desk.read(path).ledger.facts] == ["a"]
    with pytest.raises(Outdated):
        desk.read(path)


def test_a_checker_that_ended_is_started_again(tmp_path: Path) -> None:
    path = str(tmp_path / "claims.yaml")

    async def run() -> None:
        came: asyncio.Queue[tuple[str, ShownFindings, int | None]] = asyncio.Queue()
        said: list[str] = []
        publish: Callable[..., None] = lambda *found: came.put_nowait(found)  # noqa: E731
        session = Session(None, DAY, publish, said.append)
        session.open(path, TEXT.replace("speaker: ada", "speaker: bob"), 1)
        expected = [(2, "unused"), (5, "undeclared")]
        for _ in range(2):
            file, rows, version = await asyncio.wait_for(came.get(), 30)
            assert (file, told(rows), version) == (path, expected, 1)
            assert session._checker is not None
            os.kill(session._checker._process.pid or 0, signal.SIGKILL)
        session.end()
        assert said == []

    asyncio.run(run())
