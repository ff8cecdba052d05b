"""The line of progress: on a terminal, where it takes long, and gone when it is done."""

from __future__ import annotations

import io
import sys

import pytest

from ledger.cli import progress
from ledger.cli.progress import Progress


class Screen(io.StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


def at(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> io.StringIO:
    """Let a stream be stderr: here, for between a fixture and its test pytest takes its own back."""
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_each_fiftieth_is_shown_and_the_line_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at(monkeypatch, Screen())
    with Progress("pages", 200) as shown:
        for done in range(1, 101):
            shown(done)
    lines = screen.getvalue().split("\r")
    assert lines[1:3] == [f"pages {'█' * 6}{'░' * 18}  25%", f"pages {'█' * 12}{'░' * 12}  50%"]
    assert [line.strip() for line in lines[3:]] == ["", ""] and len(lines[3]) > len(lines[1])


def test_what_is_done_in_a_moment_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at(monkeypatch, Screen())
    with Progress("pages", 50) as shown:
        shown(50)
    with Progress("rows") as shown:
        shown.share(0.5)
    assert screen.getvalue() == ""


def test_a_share_is_told_once_it_takes_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at(monkeypatch, Screen())
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    with Progress("rows") as shown:
        shown.share(1 / 3)
    assert screen.getvalue().startswith(f"\rrows {'█' * 8}{'░' * 16}  33%\r")


def test_off_a_terminal_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = at(monkeypatch, io.StringIO())
    with Progress("pages", 200) as shown:
        shown(100)
        shown.share(1.0)
    assert pipe.getvalue() == ""
