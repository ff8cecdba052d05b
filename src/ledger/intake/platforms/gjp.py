"""The survey data of the Good Judgment Project: a row an option of a forecast, and the questions in ifps.csv."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...errors import RefusedError
from ...text import shorten
from . import instants
from .common import Import, Platform, PlatformQuestion, forecast_in, proposal
from .made_keys import slug
from .proposals import Item, Proposal, ProposedForecast, Refused, RowPlace
from .tables import HeaderTable, TableRow, cell

PLATFORM = Platform("gjp", "Good Judgment Project", "https://goodjudgment.com")
BESIDE = "ifps.csv"  # taken along where it lies beside the survey
_OUTCOMES = {"a": "true", "b": "false"}
_WITHDRAWN = "4"


def read(reading: Import) -> Iterator[Item]:
    """The questions of ifps.csv, or what the survey shows of them; then the forecasts of option (a)."""
    tables = [HeaderTable(member) for member in reading.members]
    surveys = [table for table in tables if table.has("ifp_id", "answer_option")]
    questions = [table for table in tables if table.has("ifp_id", "q_text")]
    if not surveys and not questions:
        raise RefusedError("no survey among the files", hint="a survey has columns ifp_id, answer_option and value")
    state: dict[str, str | None] = {}
    for table in questions:
        yield from _questions(reading, table, state)
    if not questions:
        yield from _unnamed(reading, surveys, state)
    if not reading.claims_only:
        for table in surveys:
            yield from _forecasts(reading, table, state)


def _questions(reading: Import, table: HeaderTable, state: dict[str, str | None]) -> Iterator[Item]:
    yield table.head()
    key = table.needed("ifp_id")
    for row in table.rows():
        if isinstance(row, Refused):
            yield row
            continue
        number = cell(row, key)
        found = _refused_kind(table, row, number) or _question(reading, table, row, number)
        state[number] = found.code if isinstance(found, Refused) else None
        yield found
    reading.foreign(table.lines, table.name)


def _refused_kind(table: HeaderTable, row: TableRow, number: str) -> Refused | None:
    options = cell(row, table.column("n_opts"))
    if options and options not in ("2", "2.0"):
        return Refused("options", f"question {number} has {shorten(options, 10)} options", row.place, row.raw)
    if _is_conditional(number) or cell(row, table.column("q_type")) in ("1", "2", "3", "4", "5"):
        return Refused("conditional", f"question {number}", row.place, row.raw)
    return None


def _is_conditional(number: str) -> bool:
    """Branches of a question on a condition are numbered from 1; -0 is plain and -6 is ordered."""
    return number[-2:] in ("-1", "-2", "-3", "-4", "-5")


def _question(reading: Import, table: HeaderTable, row: TableRow, number: str) -> Proposal | Refused:
    outcome = cell(row, table.column("outcome")).lower()
    voided = cell(row, table.column("q_status")).lower() in ("voided", "void")
    if outcome not in ("", "na", "null", *_OUTCOMES) and not voided:
        return Refused("bad-outcome", f"outcome {shorten(outcome, 20)!r}", row.place, row.raw)
    try:
        start, due, closed = (
            instants.instant(text, reading.options.dates or "mdy")
            if text and text.upper() not in ("NA", "NULL")
            else None
            for name in ("date_start", "date_to_close", "date_closed")
            for text in (cell(row, table.column(name)),)
        )
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), row.place, row.raw)
    decided = "annulled" if voided else _OUTCOMES.get(outcome)
    found = PlatformQuestion(
        number,
        f"gjp-{slug(number)}",
        cell(row, table.needed("q_text")),
        said=start,
        deadline=due or closed,
        outcome=decided,
        judged=(closed or due) if decided else None,
        at=f"question {number}",
        criteria=cell(row, table.column("q_desc")),
        until=closed,
    )
    return proposal(reading, PLATFORM, found, row.place, row.raw)


def _unnamed(reading: Import, surveys: list[HeaderTable], state: dict[str, str | None]) -> Iterator[Item]:
    """Questions of which only the survey is at hand: their number is all that is known."""
    first: dict[str, RowPlace] = {}
    options: dict[str, set[str]] = {}
    for table in surveys:
        key, option = table.needed("ifp_id"), table.needed("answer_option")
        for row in HeaderTable(next(m for m in reading.members if m.name == table.name)).rows():
            if isinstance(row, TableRow):
                number = cell(row, key)
                first.setdefault(number, row.place)
                options.setdefault(number, set()).add(cell(row, option).lower())
    reading.notes.append(f"without {BESIDE} the questions have no text, deadline or outcome")
    for number, place in first.items():
        many = options[number] - {"a", "b", ""}
        state[number] = "options" if many else "conditional" if _is_conditional(number) else None
        if state[number] is None:
            title = f"Question {number} of the Good Judgment Project: option (a)."
            found = PlatformQuestion(number, f"gjp-{slug(number)}", title, at=f"question {number}")
            yield proposal(reading, PLATFORM, found, place, "")


class _GjpColumns(NamedTuple):
    question: int
    user: int
    option: int
    value: int
    kind: int | None
    instant: int | None
    day: int | None


def _forecasts(reading: Import, table: HeaderTable, state: dict[str, str | None]) -> Iterator[Item]:
    yield table.head()
    columns = _GjpColumns(
        table.needed("ifp_id"),
        table.needed("user_id", "userid_yr4"),
        table.needed("answer_option"),
        table.needed("value"),
        table.column("fcast_type"),
        table.column("timestamp"),
        table.column("fcast_date"),
    )
    for row in table.rows():
        found = row if isinstance(row, Refused) else _forecast(reading, columns, row, state)
        if found is not None:
            yield found
    if reading.counts["complements"]:
        reading.notes.append(f"{reading.counts['complements']:,} rows of option (b) say the same as those of (a)")
        reading.counts["complements"] = 0
    reading.foreign(table.lines, table.name)


def _forecast(
    reading: Import, columns: _GjpColumns, row: TableRow, state: dict[str, str | None]
) -> ProposedForecast | Refused | None:
    place, raw, key = row.place, row.raw, cell(row, columns.question)
    code = state.get(key)
    if code is not None:
        return Refused(code, f"question {shorten(key, 20)}", place, raw)
    if key not in state:
        return Refused("unknown-claim", f"no question {shorten(key, 20)!r} in {BESIDE}", place, raw)
    option = cell(row, columns.option).lower()
    if cell(row, columns.kind) == _WITHDRAWN:
        return Refused("withdrawn", "fcast_type 4", place, raw)
    if option == "b":
        reading.counts["complements"] += 1
        return None
    if option != "a":
        return Refused("options", f"option {shorten(option, 10)!r}", place, raw)
    by = cell(row, columns.user)
    if not by or by.upper() in ("NULL", "NA"):
        return Refused("anonymous", "no user_id", place, raw)
    made = cell(row, columns.instant) or cell(row, columns.day)
    return forecast_in(reading, row, key, f"GJP {by}", made, cell(row, columns.value), order="mdy")
