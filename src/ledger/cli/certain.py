"""Lines that are certain, read from the records of options: to run them, or to say what the word being typed may be.

A line is certain where each word can only be what it looks like: the name of a command, one of its options in full,
the value behind it, or an argument. All else is Typer's, which costs more than most commands.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from .commands import COMMANDS
from .completion import Completer
from .declare import Command, Parameter, added, own, single
from .options import BEFORE, Option
from .shared import Shared

HOT = frozenset(
    ("list", "show", "due", "check", "score", "calibration", "slip", "topics", "people", "sources",
     "resolve", "reopen", "touch", "add", "revise")
)  # fmt: skip


class CertainLine(NamedTuple):
    """A line that is certain: the command, what stood before its name, and the values of its parameters."""

    command: Command
    before: Shared
    values: dict[str, Any]


class _Unsure(Exception):
    """A word that Typer has to judge."""


class CertainWord(NamedTuple):
    """The word being typed: what offers its endings, and the files that the words before it name."""

    offer: Completer
    files: tuple[str, ...]


def line(words: Sequence[str]) -> CertainLine | None:
    """The line as Typer would read it, if nothing in it needs a second look; else None."""
    try:
        parameters = tuple(added(BEFORE))
        given, rest = _options(words, parameters, until=1)
        if not rest or rest[0] not in HOT:
            return None
        before = own(single(parameters, given)) if _is_once(parameters, given) else None
        command = _command(rest[0])
        values, left = _options(rest[1:], command.parameters)
        return CertainLine(command, before, _with_arguments(command, values, left)) if before is not None else None
    except _Unsure:
        return None


def word(words: Sequence[str], begun: str) -> CertainWord | None:
    """The word that was begun behind others, as Typer would take it; None where that needs a second look."""
    try:
        given, rest = _options(words, tuple(added(BEFORE)), until=1)
        if not rest or rest[0] not in COMMANDS or begun.startswith("-"):
            return None
        command = _command(rest[0])
        one, typed = _open_option(command, rest[1:])
        values, left = _options(typed, command.parameters)
        offer = (one or _open_argument(command, left)).of.offers
        return CertainWord(offer, (*_files(given), *_files(values))) if offer is not None else None
    except _Unsure:
        return None


def _open_option(command: Command, words: list[str]) -> tuple[Parameter | None, list[str]]:
    """The option whose value comes next, and the words before it."""
    for one in command.parameters:
        if words and isinstance(one.of, Option) and words[-1] in one.of.flags and one.base is not bool:
            return one, words[:-1]
    return None, words


def _open_argument(command: Command, left: list[str]) -> Parameter:
    """The argument that comes next: the only one, and not there yet unless it is a list."""
    arguments = [one for one in command.parameters if not isinstance(one.of, Option)]
    if len(arguments) != 1 or (left and arguments[0].base is not list):
        raise _Unsure
    return arguments[0]


def _files(values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(values.get("files") or ())


def _command(name: str) -> Command:
    found = getattr(import_module(f"ledger.cli.{COMMANDS[name].module}"), COMMANDS[name].name)
    if not isinstance(found, Command):
        raise _Unsure
    return found


def _is_once(parameters: Sequence[Parameter], given: dict[str, Any]) -> bool:
    return all(len(given[one.name] or ()) < 2 for one in parameters if one.is_single)


def _options(
    words: Sequence[str], parameters: Sequence[Parameter], until: int | None = None
) -> tuple[dict[str, Any], list[str]]:
    """The values of the options, and the words left over; with `until`, all words from the first of those on."""
    flags = {flag: one for one in parameters if isinstance(one.of, Option) for flag in one.of.flags}
    values = {one.name: _nothing(one) for one in flags.values()}
    left: list[str] = []
    waiting = list(words)[::-1]
    while waiting:
        word = waiting.pop()
        if not word.startswith("-") or word == "-":
            left.append(word)
            if until is not None:
                return values, [*left, *waiting[::-1]]
            continue
        flag, equals, text = word.partition("=") if word.startswith("--") else (word, "", "")
        one = flags.get(flag)
        if one is None:
            raise _Unsure
        if one.base is bool:
            if equals:
                raise _Unsure
            values[one.name] = True
            continue
        if not equals:
            text = _next(waiting)
        values[one.name] = [*(values[one.name] or ()), text]
    return values, left


def _nothing(one: Parameter) -> Any:
    return one.default if one.base is bool else None


def _next(waiting: list[str]) -> str:
    """The word behind an option; one that begins with a dash may be another option."""
    if not waiting or (waiting[-1].startswith("-") and waiting[-1] != "-"):
        raise _Unsure
    return waiting.pop()


def _with_arguments(command: Command, values: dict[str, Any], left: list[str]) -> dict[str, Any]:
    """The values, with the words that stand by their place: those of the only argument, a list, or each of one."""
    arguments = [one for one in command.parameters if not isinstance(one.of, Option)]
    if [one.base for one in arguments] == [list] and left:
        return {**values, arguments[0].name: left}
    if len(arguments) != len(left) or any(one.base is not str for one in arguments):
        raise _Unsure
    return {**values, **{one.name: word for one, word in zip(arguments, left, strict=True)}}
