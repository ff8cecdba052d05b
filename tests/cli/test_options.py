"""Options are declared once, and one that takes a value is given once, wherever it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from ledger.cli.commands import COMMANDS, LazyCommand
from ledger.cli.completion import ClosedSet
from ledger.cli.declare import Command, Parameter
from ledger.cli.manual import PAGES
from ledger.cli.options import Option

from .conftest import Runner
from .test_list import LEDGER

CLI = Path(__file__).parents[2] / "src" / "ledger" / "cli"

Named = tuple[tuple[str, ...], Command]


def commands(table: dict[str, LazyCommand], before: tuple[str, ...] = ()) -> Iterator[Named]:
    for name, entry in table.items():
        found = getattr(import_module(f"ledger.cli.{entry.module}"), entry.name)
        if isinstance(found, dict):
            yield from commands(found, (*before, name))
        else:
            assert isinstance(found, Command), name
            yield (*before, name), found


ALL = list(commands(COMMANDS))
SINGLE = [(words, one) for words, command in ALL for one in command.parameters if one.is_single]


def flag(one: Parameter) -> str:
    assert isinstance(one.of, Option)
    return max(one.of.flags, key=len)


def test_every_command_is_made_from_records() -> None:
    assert len(ALL) > len(COMMANDS) and len(SINGLE) > 100


@pytest.mark.parametrize(("words", "one"), SINGLE, ids=lambda value: getattr(value, "name", None) or "-".join(value))
def test_an_option_that_takes_one_value_is_refused_when_given_twice(
    run: Runner, words: tuple[str, ...], one: Parameter
) -> None:
    command = dict(ALL)[words]
    arguments = ["x"] * sum(
        not isinstance(other.of, Option) and other.default is not None for other in command.parameters
    )
    ended = run(*words, *arguments, flag(one), "3", f"{flag(one)}=4", ledger=LEDGER)
    assert (ended.out, ended.status) == ("", 2)
    assert f"{flag(one)} was given twice" in ended.err


@pytest.mark.parametrize("option", ["--as-of", "--format", "--color"])
def test_before_and_after_a_commands_name_is_twice_too(run: Runner, option: str) -> None:
    for words in ((option, "1", "list", option, "2"), (option, "1", option, "2", "list")):
        ended = run(*words, ledger=LEDGER)
        assert (ended.out, ended.status) == ("", 2)
        assert ended.err.startswith(f"ledger: {option} was given twice: '1' and '2'")


CLOSED = [
    pytest.param(one, id=f"{'-'.join(words)} {one.name}")
    for words, command in ALL
    for one in command.parameters
    if isinstance(one.of.complete, ClosedSet)
]


@pytest.mark.parametrize("one", CLOSED)
def test_what_takes_a_word_of_a_closed_set_says_them_or_where_they_are(one: Parameter) -> None:
    assert isinstance(one.of.complete, ClosedSet)
    page = re.search("ledger help ([a-z]+)", one.of.told)
    told = PAGES[page[1]][1]() if page else one.of.told
    words = one.of.complete.words
    assert [word for word in words if not re.search(rf"(?i)(?<![\w-]){re.escape(word)}(?![\w-])", told)] == []
    assert "…" not in one.of.told and "{words}" not in one.of.told


def test_there_are_many_of_them_and_formats_are_said_by_each_command() -> None:
    assert len(CLOSED) > 60
    for words, found in ALL:
        for one in found.parameters:
            if one.name == "format_":
                assert one.of.told.startswith(("table, ", "text, ", "text or ")), words


def test_a_flag_may_be_repeated(run: Runner) -> None:
    assert run("list", "--fail-if-none", "--fail-if-none", "--no-cache", "--no-cache", ledger=LEDGER).status == 0


def test_an_option_of_several_commands_is_declared_once() -> None:
    """What is told in the same words is one option; the same name with other words means another thing there."""
    told: dict[tuple[str, str], list[str]] = {}
    for path in sorted(CLI.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "option" and node.args:
                flag = ast.unparse(node.args[0]).strip("'")
                words = next(ast.unparse(given.value) for given in node.keywords if given.arg == "help")
                told.setdefault((flag, words), []).append(f"{path.name}:{node.lineno}")
    assert {one: places for one, places in told.items() if len(places) > 1} == {}
    assert [flag for flag, _ in told].count("--sort") == 1
