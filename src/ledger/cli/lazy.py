"""Typer's commands, made from the records of ours, each imported when it is called: many start as fast as one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .commands import LazyCommand
from .completion import Completer, Offer
from .declare import REQUIRED, Command, Parameter, added, single
from .examples import examples_of
from .options import Option
from .run import bounded, say
from .shared import Shared, recall, remember


class LazyGroup(TyperGroup):
    """A group made from a table of entries; `entries` is set by `group_of`."""

    entries: dict[str, LazyCommand] = {}  # noqa: RUF012 - each subclass has its own
    under = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = dict.fromkeys(self.entries)  # the names, for suggestions; built when called

    def make_context(self, *args: Any, **settings: Any) -> Any:
        """Read the words before the command's name."""
        with _in_own_words():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Read the words behind the command's name, and run it."""
        with _in_own_words():
            return super().invoke(ctx)

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
            self.commands[cmd_name] = _build(cmd_name, target, entry.help, f"{self.under}{cmd_name}")
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])


# Typer's own class of what is wrong with a command line stands in no public place.
_MISUSE: type[Exception] = typer.BadParameter.__bases__[0]


@contextmanager
def _in_own_words() -> Iterator[None]:
    """Tell what is wrong with a command line as everything else is told; no words at all still mean the help."""
    try:
        yield
    except _MISUSE as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        from .misuse import told

        say(told(error))
        raise SystemExit(2) from None


def _build(name: str, target: Command | dict[str, LazyCommand], help_text: str, path: str) -> Any:
    app = plain_typer(cls=group_of(target, f"{path} ") if isinstance(target, dict) else None)
    if isinstance(target, Command):
        app.command(name, epilog=examples_of(path))(_typed(target))
    else:
        app.callback(help=help_text)(_nothing)
    command = typer.main.get_command(app)
    command.name = name
    return command


def _nothing() -> None:
    """A group without options of its own."""


def _typed(command: Command) -> Callable[..., None]:
    """The function that Typer reads the parameters of a command from."""

    def run(ctx: typer.Context, **values: Any) -> None:
        command(recall(ctx), values)

    return _signed(run, command.name, command.help, map(_parameter, command.parameters))


def start_of(app: typer.Typer, declared: dict[str, Any]) -> Callable[[Callable[[dict[str, Any]], Shared]], None]:
    """Let a function say what the options before a command's name mean; --version ends there."""
    parameters = added(declared)
    version = inspect.Parameter("version", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=_VERSION)

    def decorate(function: Callable[[dict[str, Any]], Shared]) -> None:
        def run(ctx: typer.Context, version: bool, **values: Any) -> None:
            bounded(lambda: remember(ctx, function(single(parameters, values))))()

        told = [*map(_parameter, parameters), version]
        app.callback()(_signed(run, function.__name__, function.__doc__ or "", told))

    return decorate


def _signed(
    run: Callable[..., None], name: str, doc: str, parameters: Iterable[inspect.Parameter]
) -> Callable[..., None]:
    """Give a function the name, help and parameters that Typer is to find."""
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    signature = inspect.Signature([context, *parameters])
    run.__name__, run.__doc__ = name, doc
    run.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    run.__signature__ = signature  # type: ignore[attr-defined]
    return run


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        print(f"ledger {__version__}")
        raise typer.Exit


_VERSION = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
]


def _parameter(one: Parameter) -> inspect.Parameter:
    """A parameter as Typer takes it; what may be given once is read as a list of texts, to see that it is."""
    kind: Any = list[str] | None if one.is_single else one.kind
    default = None if one.is_single else inspect.Parameter.empty if one.default is REQUIRED else one.default
    declared: Any = Annotated
    return inspect.Parameter(
        one.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=declared[kind, _info(one)]
    )


def _info(one: Parameter) -> Any:
    of = one.of
    if not isinstance(of, Option):
        return typer.Argument(metavar=of.metavar, help=of.told, autocompletion=_completed(of.offers))
    shown = str(one.default) if one.default not in (None, REQUIRED, False) else False
    return typer.Option(
        *of.flags,
        metavar=of.metavar,
        help=of.told,
        autocompletion=_completed(of.offers),
        show_default=shown,
    )


def _completed(offer: Completer | None) -> Callable[[typer.Context, list[str], str], Offer] | None:
    """What offers the endings of a word, as Typer asks it."""
    if offer is None:
        return None

    def complete(ctx: typer.Context, args: list[str], incomplete: str) -> Offer:
        return offer(_files(ctx), incomplete)

    return complete


def _files(ctx: Any) -> tuple[str, ...]:
    """The files that a line names so far, those before the command's name first."""
    found: list[str] = []
    while ctx is not None:
        found = [*(ctx.params.get("files") or ()), *found]
        ctx = ctx.parent
    return tuple(found)


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


def group_of(entries: dict[str, LazyCommand], under: str = "") -> type[LazyGroup]:
    """The class of a group with these commands; `under` is what stands before their names, such as `cache `."""
    return type("Group", (LazyGroup,), {"entries": entries, "under": under})
