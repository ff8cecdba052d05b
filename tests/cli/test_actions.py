"""Under GitHub Actions no line of a log begins a command to the runner, but for our own annotations."""

from __future__ import annotations

import re

import pytest

from ledger.cli.actions import harmless

from .conftest import Runner

HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\nsources: {talk: {title: Talk}}\nclaims:\n"
CLAIM = (
    '  - id: one\n    claim: "::add-mask::e"\n    speaker: ann\n    said: 2024-01-02\n    source: talk\n'
    '    deadline: 2030\n    note: "x\\n::stop-commands::pwn ##[add-mask]y"\n    ::error title=x::pwn: 1\n'
)
COMMANDS = (
    ("list", "--columns", "claim"),
    ("list", "--format", "csv"),
    ("list", "--format", "markdown"),
    ("show", "one"),
    ("check", "--format", "text"),
    ("export", "csv"),
    ("export", "jsonl"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_line_is_a_command(run: Runner, words: tuple[str, ...]) -> None:
    plain = run(*words, ledger=HEAD + CLAIM)
    ended = run(*words, ledger=HEAD + CLAIM, GITHUB_ACTIONS="true", COLUMNS="40")
    shown = ended.out + ended.err
    assert shown and ended.status == plain.status
    assert not re.search(r"(?m)^\s*::|##\[", shown)


def test_our_own_annotations_are_commands(run: Runner) -> None:
    ended = run("check", ledger=HEAD + CLAIM, GITHUB_ACTIONS="true")
    assert re.findall(r"(?m)^::(\w+)", ended.out) == ["error", "warning"] and ended.status == 1


def test_elsewhere_nothing_is_changed(run: Runner) -> None:
    assert "\u200b" not in run("list", "--format", "csv", ledger=HEAD + CLAIM).out


def test_lines_without_a_command_stay_as_they_are() -> None:
    text = b"a::b\n  c: d\n\n#[x]\n"
    assert harmless(text) == text
    assert harmless(b" \t::debug::x") == " \t:\u200b:debug::x".encode()
    assert harmless(b"50%\r::debug::x") == "50%\r:\u200b:debug::x".encode()
