"""The pages about commands, made from their records, and the manual page that holds them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from ..render.manual import format_page, reference_pages
from ..render.manual.dialect import table
from .commands import COMMANDS, LazyCommand
from .declare import EVERY_FILTER, REQUIRED, Command, Parameter, added
from .examples import EXAMPLES
from .options import BEFORE, Option

# Pages that `ledger help` shows beside those of commands: what each is about, and how it is made.
PAGES: Mapping[str, tuple[str, Callable[[], str]]] = MappingProxyType(
    {
        "format": ("The file: every key and what it means.", format_page.page),
        "columns": ("The columns of a claim.", reference_pages.columns),
        "states": ("What a status and an account mean.", reference_pages.states),
        "checks": ("What check knows, and what to do about it.", reference_pages.checks),
        "environment": ("The variables that are read.", reference_pages.environment),
        "exit": ("How a run may end.", reference_pages.exits),
    }
)
_TOLD_ONCE = frozenset((*BEFORE, *EVERY_FILTER, "rev"))
_ABOUT = """\
A forecast ledger keeps public claims about the future in one text file that people write and git keeps: who said what,
where, by when, how sure. **ledger** lists, filters, judges and scores them against their deadlines, and tells a build
when a deadline has passed and nobody has judged the claim. It is installed as **fledger** too, since another program,
for money, is called ledger as well.

The ledger is the file that `--file` names, else `$FORECAST_LEDGER`, else `[tool.ledger] file` in the nearest
pyproject.toml, else claims.yaml or data/claims.yaml in this folder or one above it.
"""
_SEE_ALSO = """\
`ledger help`, `ledger schema`, `git`(1). The documentation stands in the folder docs/ of the program's repository.
"""


class Chapter(NamedTuple):
    """A command by the words that call it, what it does in a line, and its declaration."""

    name: str
    about: str
    command: Command


def chapters(entries: Mapping[str, LazyCommand] = COMMANDS, before: str = "") -> Iterator[Chapter]:
    """Every command, in the order of the help; those of a group behind one another."""
    for name, entry in entries.items():
        found = getattr(import_module(f"ledger.cli.{entry.module}"), entry.name)
        if isinstance(found, Command):
            yield Chapter(before + name, entry.help, found)
        else:
            yield from chapters(found, f"{before}{name} ")


def page(chapter: Chapter) -> str:
    """The page of one command: all that its help says."""
    parts = [
        f"# ledger {chapter.name}\n",
        f"```text\n{usage(chapter)}\n```\n",
        _described(chapter.command),
        *_listed("Arguments", "argument", _arguments(chapter.command.parameters)),
        *_listed("Options", "option", _options(chapter.command.parameters)),
        f"## Examples\n\n{_examples(chapter)}",
    ]
    return "\n".join(parts)


def usage(chapter: Chapter) -> str:
    """How the command is called, in a line."""
    words = [one.of.metavar or "" for one in chapter.command.parameters if not isinstance(one.of, Option)]
    return " ".join(("ledger", chapter.name, "[OPTIONS]", *words))


def whole() -> str:
    """The manual page: every command, and the pages of reference."""
    every = list(chapters())
    parts = [
        "# Name\n\nledger, fledger - plain-text accounting for predictions\n",
        "# Synopsis\n\n**ledger** [OPTIONS] COMMAND [ARGUMENTS]\n",
        f"# Description\n\n{_ABOUT}",
        "# Common options\n\nBefore or after the name of every command that can use them.\n",
        table(("option", "meaning"), _options(_shared(every, frozenset((*BEFORE, "rev"))))),
        "# Filters\n\nOf list, due, score, calibration, leaderboard, slip and export.\n",
        table(("option", "meaning"), _options(_shared(every, frozenset(EVERY_FILTER)))),
        "# Commands\n",
        *(_shortly(chapter) for chapter in every),
        *(_part(make()) for _, make in PAGES.values()),
        f"# See also\n\n{_SEE_ALSO}",
    ]
    return "\n".join(parts)


def _shortly(chapter: Chapter) -> str:
    """A command in the manual page: without the options that are told once."""
    parameters = chapter.command.parameters
    own = [one for one in parameters if not (isinstance(one.of, Option) and one.name in _TOLD_ONCE)]
    told = [*_arguments(own), *_options(own)]
    parts = [
        f"### `{usage(chapter)}`\n",
        _described(chapter.command),
        *([table(("option", "meaning"), told)] if told else []),
        *(["Filters narrow it.\n"] if set(EVERY_FILTER) <= {one.name for one in parameters} else []),
        _examples(chapter),
    ]
    return "\n".join(parts)


def _part(text: str) -> str:
    """A page of reference as a section: its own sections become parts of it."""
    return re.sub(r"^##+ ", "### ", text, flags=re.MULTILINE)


def _described(command: Command) -> str:
    return command.help.strip() + "\n"


def _listed(title: str, what: str, rows: list[tuple[str, ...]]) -> list[str]:
    return [f"## {title}\n\n{table((what, 'meaning'), rows)}"] if rows else []


def _arguments(parameters: Iterable[Parameter]) -> list[tuple[str, ...]]:
    return [(f"`{one.of.metavar}`", one.of.told) for one in parameters if not isinstance(one.of, Option)]


def _options(parameters: Iterable[Parameter]) -> list[tuple[str, ...]]:
    return [(_flags(one.of), one.of.told + _default(one)) for one in parameters if isinstance(one.of, Option)]


def _flags(of: Option) -> str:
    flags = sorted(of.flags, key=len)
    return ", ".join(f"`{flag}`" for flag in [*flags[:-1], " ".join(filter(None, (flags[-1], of.metavar)))])


def _default(one: Parameter) -> str:
    return "" if one.default in (None, REQUIRED, False) else f" If absent: {one.default}."


def _examples(chapter: Chapter) -> str:
    lines = "".join(f"$ {line}\n" for line in EXAMPLES[chapter.name])
    return f"```console\n{lines}```\n"


def _shared(every: list[Chapter], names: frozenset[str]) -> list[Parameter]:
    """The options of these names, each as it is first declared."""
    found: dict[str, Parameter] = {}
    for chapter in every:
        found |= {one.name: one for one in chapter.command.parameters if one.name in names - set(found)}
    before = {one.name: one for one in added(BEFORE)}
    return [before.get(name, one) for name, one in found.items()]
