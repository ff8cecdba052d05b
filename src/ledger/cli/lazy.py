"""A group whose commands are imported when they are called: twenty commands start as fast as one."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup

from .options import no_cache


class LazyCommand(NamedTuple):
    """Where a command lives: module in this package, name of the function (or of a table of entries), help."""

    module: str
    name: str
    help: str


class LazyGroup(TyperGroup):
    """A group made from a table of entries; `entries` is set by `group_of`."""

    entries: dict[str, LazyCommand] = {}  # noqa: RUF012 - each subclass has its own

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = dict.fromkeys(self.entries)  # the names, for suggestions; built when called

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and build one command."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if self.commands.get(cmd_name) is None:
            target = getattr(import_module(f"ledger.cli.{entry.module}"), entry.name)
            self.commands[cmd_name] = _build(cmd_name, target, entry.help)
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])


def _build(name: str, target: Any, help_text: str) -> Any:
    app = plain_typer(cls=group_of(target) if isinstance(target, dict) else None)
    if isinstance(target, dict):
        app.callback(help=help_text)(_nothing)
    else:
        app.command(name)(target)
    command = typer.main.get_command(app)
    command.name = name
    if any(option.name == "files" for option in command.params):
        command.params.append(no_cache())
    return command


def _nothing() -> None:
    """A group without options of its own."""


def plain_typer(*, cls: type[TyperGroup] | None = None, completion: bool = False, **settings: Any) -> typer.Typer:
    """A Typer application without Rich's help and tracebacks, which cost more than most commands."""
    return typer.Typer(
        cls=cls or TyperGroup,
        add_completion=completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
        **settings,
    )


def group_of(entries: dict[str, LazyCommand]) -> type[LazyGroup]:
    """The class of a group with these commands."""
    return type("Group", (LazyGroup,), {"entries": entries})
