"""What commands have in common, declared once: `command` adds shared options and filters, and the error boundary."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import typer

from . import options
from .run import Run, bounded

_FILTERS: dict[str, Any] = {
    "topics": options.Topics,
    "speakers": options.Speakers,
    "sources": options.Sources,
    "kinds": options.Kinds,
    "statuses": options.Statuses,
    "series": options.Series,
    "due_before": options.DueBefore,
    "due_after": options.DueAfter,
    "due_within": options.DueWithin,
    "said_before": options.SaidBefore,
    "said_after": options.SaidAfter,
    "search": options.Search,
}
EVERY_FILTER = tuple(_FILTERS)


def command(
    *, formats: tuple[str, ...] = (), filters: tuple[str, ...] = (), rev: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a command of a function whose first parameter is its `Run`.

    It gets the shared options: --file, --as-of, --color, --format if it has formats, --rev on request. With
    `filters` (names of options of `list`) its second parameter is the query.Filter that these describe.
    """
    shared: dict[str, Any] = {
        **({"rev": options.Rev} if rev else {}),
        "files": options.Files,
        "as_of": options.AsOf,
        **({"format_": options.Format} if formats else {}),
        "color": options.Color,
    }

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        def run_it(ctx: typer.Context, **values: Any) -> None:
            given = {name: values.pop(name) for name in shared}
            own = options.Shared(tuple(given["files"] or ()), given["as_of"], given.get("format_"), given["color"])
            run = Run(ctx, own, formats=formats, rev=given.get("rev"))
            if not filters:
                function(run, **values)
                return
            from ..query import Filter
            from .filters import wanted

            words = {name: values.pop(name) for name in filters}
            # Without a word of them the ledger need not be read for it, nor be there.
            chosen = wanted(run, run.ledger, **words) if any(word is not None for word in words.values()) else Filter()
            function(run, chosen, **values)

        like(run_it, function, {name: _FILTERS[name] for name in filters}, shared, skipped=2 if filters else 1)
        return bounded(run_it)

    return decorate


def like(
    target: Callable[..., None],
    function: Callable[..., None],
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    skipped: int,
) -> None:
    """Give `target` the name, help and parameters of `function`, but its first ones, between the added options."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    own = list(inspect.signature(function, eval_str=True).parameters.values())[skipped:]
    parameters = [
        context,
        *(inspect.Parameter(name, keyword, default=None, annotation=of) for name, of in before.items()),
        *(parameter.replace(kind=keyword) for parameter in own),
        *(inspect.Parameter(name, keyword, default=None, annotation=of) for name, of in after.items()),
    ]
    target.__name__, target.__doc__, target.__module__ = function.__name__, function.__doc__, function.__module__
    target.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    target.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
