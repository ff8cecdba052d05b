"""list, show and due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from .. import columns as columns_
from .. import query
from ..errors import UsageError
from ..results.list import Listing, agenda, listing, shown
from ..results.lookup import split
from ..text import known
from . import completion, options
from .declare import EVERY_FILTER, command
from .filters import span
from .options import argument, option
from .run import Run, error_count

if TYPE_CHECKING:
    from ..render.terminal.console import Printable

_DUE_WITHIN = "90d"

Columns = Annotated[
    list[str] | None,
    option(
        "--columns",
        metavar="NAMES",
        complete=completion.columns,
        help="Which columns, such as id,deadline,status; ledger help columns lists them.",
    ),
]
Wrapped = Annotated[bool, option("--wrap", help="Whole sentences, on as many lines as they take.")]


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def list_(
    run: Run,
    chosen: query.Filter,
    sort: options.Sort = None,
    columns: Columns = None,
    limit: Annotated[int | None, option("--limit", "-n", min=1, metavar="N", help="The first N claims.")] = None,
    wrapped: Wrapped = False,
    fail_if_any: Annotated[bool, option("--fail-if-any", help="Exit 1 if a claim is found.")] = False,
    fail_if_none: Annotated[bool, option("--fail-if-none", help="Exit 1 if no claim is found.")] = False,
) -> None:
    """List claims with their states on a day, sorted by deadline.

    Values of one filter: any of them; several filters: all of them. Values may be repeated or separated by
    commas.
    """
    names = known(split(columns), columns_.NAMES, "column")
    if names and run.format == "json":
        raise UsageError("json always has every column", hint="use --format jsonl, or leave --columns out")
    found = listing(run.ledger, chosen, day=run.day, sort=known_sorts(sort), limit=limit)
    print_claims(run, found, "list", names, wrapped)
    if (fail_if_any and found.found) or (fail_if_none and not found.found):
        raise SystemExit(1)


def known_sorts(words: list[str] | None) -> tuple[str, ...]:
    """The sort keys that were typed, if all of them exist; by deadline if none were."""
    keys = split(words) or ("deadline",)
    return tuple(options.known_key(key, completion.sorts) for key in keys)


def print_claims(run: Run, found: Listing, name: str, columns: tuple[str, ...] = (), wrapped: bool = False) -> None:
    """Print claims in the format that was asked for, as the command of that name."""
    form = run.table_format()
    if form == "table":
        run.show(_on_screen(found, columns, wrapped))
        return
    from ..render.objects import written

    run.write(written(found, form, command=name, errors=error_count(found.ledger), columns=columns))


def _on_screen(found: Listing, columns: tuple[str, ...], wrapped: bool) -> Printable:
    if not columns:
        from ..render.terminal.claim_list import ClaimList

        return ClaimList(found, wrapped=wrapped)
    from ..render.terminal.claims import claims_table

    return claims_table(found, columns)


@command(formats=completion.FORMATS, rev=True)
def show(
    run: Run,
    ids: Annotated[list[str], argument(metavar="ID…", complete=completion.claims, help="Ids, or unique beginnings.")],
) -> None:
    """Show claims in full: words, source, period, judgements, series and revisions."""
    found = shown(run.ledger, ids, day=run.day)
    if (run.format or "table") == "table":
        from ..render.terminal.claims import full

        run.show(full(found))
    else:
        print_claims(run, found, "show")


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def due(
    run: Run,
    chosen: query.Filter,
    within: options.Within = _DUE_WITHIN,
    wrapped: Wrapped = False,
) -> None:
    """Show the agenda: what is overdue, then what falls due next."""
    found = agenda(run.ledger, chosen, day=run.day, until=span(within, run.day, "--within"))
    if run.table_format() != "table":
        print_claims(run, found, "due")
        return
    from ..render.terminal.claim_list import agenda_lists

    run.show(*agenda_lists(found, within, wrapped))
