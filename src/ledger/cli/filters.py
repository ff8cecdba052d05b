"""From the words of filter options to a filter of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from .. import query
from ..errors import UsageError
from ..fields import KINDS
from ..model import Ledger
from ..periods import Period, PeriodError, parse_span
from ..results.lookup import split
from ..status import STATUSES
from ..text import known
from .run import Run


def wanted(run: Run, ledger: Ledger, **words: list[str] | str | None) -> query.Filter:
    """The filter that a command's options describe; UsageError for a name the ledger does not have."""
    facts = ledger.facts

    def chosen(option: str, what: str, choices: Callable[[], Iterable[str | None]]) -> tuple[str, ...]:
        values = words.get(option)
        typed = split(values if isinstance(values, list) else None)
        return known(typed, {name for name in choices() if name}, what) if typed else ()

    def day(option: str, *, last: bool) -> int | None:
        text = words.get(option)
        found = period(text, run.today, "--" + option.replace("_", "-")) if isinstance(text, str) else None
        return None if found is None else found.end if last else found.start

    within, search = words.get("due_within"), words.get("search")
    return query.Filter(
        topics=chosen("topics", "topic", lambda: chain(ledger.topics, query.names(facts, "topics"))),
        speakers=chosen("speakers", "speaker", lambda: chain(ledger.people, query.names(facts, "speaker"))),
        sources=chosen("sources", "source", lambda: chain(ledger.sources, query.names(facts, "source"))),
        kinds=chosen("kinds", "kind", lambda: KINDS),
        statuses=chosen("statuses", "status", lambda: STATUSES),
        series=chosen("series", "series", lambda: query.names(facts, "series")),
        due_before=day("due_before", last=False),
        due_after=day("due_after", last=True),
        due_within=span(within, run.day, "--due-within").toordinal() if isinstance(within, str) else None,
        said_before=day("said_before", last=False),
        said_after=day("said_after", last=True),
        search=search if isinstance(search, str) else None,
    )


def period(text: str, today: date, option: str) -> Period:
    """A period as typed; UsageError names the option."""
    from ..words.typed import typed_period

    try:
        return typed_period(text, today=today)
    except PeriodError as error:
        raise UsageError(f"{option}: {error}", hint=error.hint) from None


def span(text: str, day: date, option: str) -> date:
    """The day that lies a span such as 90d after a day; UsageError names the option."""
    try:
        return parse_span(text).after(day)
    except PeriodError as error:
        raise UsageError(f"{option}: {error}", hint=error.hint) from None
