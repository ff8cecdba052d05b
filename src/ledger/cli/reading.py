"""list, show and due."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Annotated

import typer

from .. import query
from ..commands.choosing import known, split
from ..commands.listing import Listing, agenda, listing, shown
from ..errors import UsageError
from ..fields import KINDS
from ..model import Ledger
from ..periods import Period, PeriodError, parse_span, parse_typed
from ..status import STATUSES
from . import completion, options
from .run import Run, bounded, error_count

CLAIM_FORMATS = completion.FORMATS
_DUE_WITHIN = "90d"

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="NAMES",
        autocompletion=completion.columns,
        help="Which columns, such as id,deadline,status.",
    ),
]


def wanted(run: Run, ledger: Ledger, **words: list[str] | str | None) -> query.Filter:
    """The filter that a command's options describe; UsageError for a name the ledger does not have."""

    def chosen(option: str, choices: Callable[[], Collection[str]], what: str) -> tuple[str, ...]:
        values = words.get(option)
        return known(split(values), choices(), what) if isinstance(values, list) else ()

    def used(attribute: query.Attribute, declared: Collection[str] = ()) -> Callable[[], Collection[str]]:
        return lambda: {*declared, *query.names(ledger.facts, attribute)}

    def day(option: str, *, last: bool) -> int | None:
        text = words.get(option)
        found = period(text, run.today, "--" + option.replace("_", "-")) if isinstance(text, str) else None
        return None if found is None else found.end if last else found.start

    within, search = words.get("due_within"), words.get("search")
    return query.Filter(
        topics=chosen("topics", used("topics", ledger.topics), "topic"),
        speakers=chosen("speakers", used("speaker", ledger.people), "speaker"),
        sources=chosen("sources", used("source", ledger.sources), "source"),
        kinds=chosen("kinds", lambda: KINDS, "kind"),
        statuses=chosen("statuses", lambda: STATUSES, "status"),
        series=chosen("series", used("series"), "series"),
        due_before=day("due_before", last=False),
        due_after=day("due_after", last=True),
        due_within=span(within, run.day, "--due-within").toordinal() if isinstance(within, str) else None,
        said_before=day("said_before", last=False),
        said_after=day("said_after", last=True),
        search=search if isinstance(search, str) else None,
    )


def period(text: str, today: date, option: str) -> Period:
    """A period as typed; UsageError names the option."""
    try:
        return parse_typed(text, today=today)
    except PeriodError as error:
        raise UsageError(f"{option}: {error}", hint=error.hint) from None


def span(text: str, day: date, option: str) -> date:
    """The day that lies a span such as 90d after a day; UsageError names the option."""
    try:
        return parse_span(text).after(day)
    except PeriodError as error:
        raise UsageError(f"{option}: {error}", hint=error.hint) from None


@bounded
def list_(
    ctx: typer.Context,
    topics: options.Topics = None,
    speakers: options.Speakers = None,
    sources: options.Sources = None,
    kinds: options.Kinds = None,
    statuses: options.Statuses = None,
    series: options.Series = None,
    due_before: options.DueBefore = None,
    due_after: options.DueAfter = None,
    due_within: options.DueWithin = None,
    said_before: options.SaidBefore = None,
    said_after: options.SaidAfter = None,
    search: options.Search = None,
    sort: Annotated[
        list[str] | None,
        typer.Option(
            "--sort", metavar="KEY", autocompletion=completion.sorts, help="deadline, said, id, …; -KEY reverses."
        ),
    ] = None,
    columns: Columns = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="The first N claims.")] = None,
    fail_if_any: Annotated[bool, typer.Option("--fail-if-any", help="Exit 1 if a claim is found.")] = False,
    fail_if_none: Annotated[bool, typer.Option("--fail-if-none", help="Exit 1 if no claim is found.")] = False,
    rev: options.Rev = None,
    files: options.Files = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    color: options.Color = None,
) -> None:
    """List claims with their states on a day, sorted by deadline.

    Values of one filter: any of them; several filters: all of them. Values may be repeated or separated by
    commas. Formats: table, plain, json, jsonl, csv, tsv, markdown; off a terminal the table becomes plain.
    """
    run = Run(ctx, options.Shared(tuple(files or ()), as_of, format_, color), formats=CLAIM_FORMATS, rev=rev)
    names = known(split(columns), _column_names(), "column")
    keys = known_sorts(split(sort) or ("deadline",))
    chosen = wanted(
        run,
        run.ledger,
        topics=topics,
        speakers=speakers,
        sources=sources,
        kinds=kinds,
        statuses=statuses,
        series=series,
        due_before=due_before,
        due_after=due_after,
        due_within=due_within,
        said_before=said_before,
        said_after=said_after,
        search=search,
    )
    found = listing(run.ledger, chosen, day=run.day, sort=keys, limit=limit)
    print_claims(run, found, "list", names)
    if (fail_if_any and found.found) or (fail_if_none and not found.found):
        raise typer.Exit(1)


def known_sorts(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The sort keys, if all of them exist."""
    known([key.removeprefix("-") for key in keys], query.SORTS, "sort key")
    return keys


def _column_names() -> tuple[str, ...]:
    from ..render.objects import CLAIM_NAMES

    return CLAIM_NAMES


def print_claims(run: Run, found: Listing, command: str, columns: tuple[str, ...] = ()) -> None:
    """Print claims in the format that was asked for."""
    form = run.table_format()
    if form == "table":
        from ..render.terminal.claims import TABLE_COLUMNS, claims_table

        run.show(claims_table(found, columns or TABLE_COLUMNS))
        return
    from ..render import claims

    if form == "json":
        run.write(claims.as_json(found, command, error_count(found.ledger)))
    elif form == "jsonl":
        run.write(claims.as_jsonl(found, columns))
    else:
        run.write(claims.as_rows(found, form, columns))


@bounded
def show(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", autocompletion=completion.claims, help="Ids, or unique beginnings.")
    ],
    rev: options.Rev = None,
    files: options.Files = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    color: options.Color = None,
) -> None:
    """Show claims in full: words, source, period, judgements, series and revisions.

    Formats: table (the text), json, jsonl, csv, tsv, plain, markdown.
    """
    run = Run(ctx, options.Shared(tuple(files or ()), as_of, format_, color), formats=CLAIM_FORMATS, rev=rev)
    found = shown(run.ledger, ids, day=run.day)
    if (run.format or "table") == "table":
        from ..render.terminal.claims import full

        run.show(full(found))
    else:
        print_claims(run, found, "show")


@bounded
def due(
    ctx: typer.Context,
    within: Annotated[
        str, typer.Option("--within", metavar="SPAN", help="How far to look ahead: 90d, 12w, 6m, 1y.")
    ] = _DUE_WITHIN,
    topics: options.Topics = None,
    speakers: options.Speakers = None,
    kinds: options.Kinds = None,
    rev: options.Rev = None,
    files: options.Files = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    color: options.Color = None,
) -> None:
    """Show the agenda: what is overdue, then what falls due next.

    Formats: table, plain, json, jsonl, csv, tsv, markdown; off a terminal the table becomes plain.
    """
    run = Run(ctx, options.Shared(tuple(files or ()), as_of, format_, color), formats=CLAIM_FORMATS, rev=rev)
    chosen = wanted(run, run.ledger, topics=topics, speakers=speakers, kinds=kinds)
    found = agenda(run.ledger, chosen, day=run.day, until=span(within, run.day, "--within"))
    if run.table_format() != "table":
        print_claims(run, found, "due")
        return
    from ..render.terminal.agenda import agenda_tables

    run.show(*agenda_tables(found, within))
