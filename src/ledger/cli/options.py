"""Options that many commands share, each in one place, and how those before and after a command's name meet."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperOption

from . import completion

Files = Annotated[
    list[str] | None,
    typer.Option("--file", "-f", metavar="PATH", help="The ledger; repeat it for several, - reads standard input."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="See the ledger as it stood on that day; $FORECAST_LEDGER_AS_OF or today if absent.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", autocompletion=completion.formats, help="How to print; see the command."
    ),
]
Color = Annotated[
    str | None,
    typer.Option("--color", metavar="WHEN", autocompletion=completion.colors, help="auto, always or never."),
]
Rev = Annotated[
    str | None,
    typer.Option("--rev", metavar="REV", help="Read the ledger from this commit, branch or tag, not from the files."),
]
Words = list[str] | None
Topics = Annotated[
    Words,
    typer.Option("--topic", "-t", metavar="TOPIC", autocompletion=completion.topics, help="Of any of these topics."),
]
Speakers = Annotated[
    Words, typer.Option("--speaker", metavar="NAME", autocompletion=completion.people, help="By any of these people.")
]
Sources = Annotated[
    Words,
    typer.Option("--source", metavar="NAME", autocompletion=completion.sources, help="From any of these sources."),
]
Kinds = Annotated[
    Words,
    typer.Option(
        "--kind", metavar="KIND", autocompletion=completion.kinds, help="prediction, target, possibility or statement."
    ),
]
Statuses = Annotated[
    Words,
    typer.Option(
        "--status", "-s", metavar="STATUS", autocompletion=completion.statuses, help="overdue, open, hit, late, miss, …"
    ),
]
Series = Annotated[
    Words, typer.Option("--series", metavar="NAME", autocompletion=completion.series, help="Of any of these series.")
]
DueBefore = Annotated[
    str | None, typer.Option("--due-before", metavar="PERIOD", help="Deadline over before its first day.")
]
DueAfter = Annotated[
    str | None, typer.Option("--due-after", metavar="PERIOD", help="Deadline over after its last day.")
]
DueWithin = Annotated[
    str | None,
    typer.Option("--due-within", metavar="SPAN", help="Deadline from the as-of day on, within 90d, 12w, 6m, 1y."),
]
SaidBefore = Annotated[str | None, typer.Option("--said-before", metavar="PERIOD", help="Said before its first day.")]
SaidAfter = Annotated[str | None, typer.Option("--said-after", metavar="PERIOD", help="Said after its last day.")]
Search = Annotated[
    str | None,
    typer.Option("--search", metavar="TEXT", help="With this text in the id, or in a text of the claim."),
]
Sort = Annotated[
    Words,
    typer.Option(
        "--sort", metavar="KEY", autocompletion=completion.sorts, help="deadline, said, id, …; -KEY reverses."
    ),
]


class Shared(NamedTuple):
    """The options that may stand before a command's name."""

    files: tuple[str, ...] = ()
    as_of: str | None = None
    format: str | None = None
    color: str | None = None


_KEY = "ledger.shared"


def remember(ctx: typer.Context, shared: Shared) -> None:
    """Keep what stood before the command's name."""
    ctx.meta[_KEY] = shared


def recall(ctx: Any) -> Shared:
    """What stood before the command's name."""
    found = ctx.meta.get(_KEY)
    return found if isinstance(found, Shared) else Shared()


def merged(ctx: typer.Context, own: Shared) -> Shared:
    """Files of both places, the other options of the nearer one."""
    before = recall(ctx)
    return Shared(
        before.files + own.files,
        own.as_of or before.as_of,
        own.format or before.format,
        own.color or before.color,
    )


_UNCACHED = "ledger.no-cache"


def no_cache() -> TyperOption:
    """The option --no-cache; it may stand before and after a command's name and sets no argument."""
    return TyperOption(
        param_decls=["--no-cache"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=lambda ctx, param, value: remember_no_cache(ctx, value),
        help="Read the files even if the cache knows them.",
    )


def remember_no_cache(ctx: Any, wanted: Any) -> None:
    """Keep that --no-cache was given."""
    if wanted:
        ctx.meta[_UNCACHED] = True


def is_uncached(ctx: Any) -> bool:
    """Whether --no-cache was given."""
    return bool(ctx.meta.get(_UNCACHED))
