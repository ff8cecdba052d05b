"""import: what other programs and platforms wrote, and what export wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, cast

from ..errors import UnreadableError, UsageError
from ..files import questions
from ..text import plural
from ..writing.plan import Missing
from . import completion
from .declare import command
from .options import argument, option
from .run import Run, say
from .streams import binary_input

if TYPE_CHECKING:
    from ..intake.platforms.proposals import Options
    from ..writing.import_request import Done


def _formats() -> dict[str, str]:
    from ..intake.platforms.registry import IMPORTERS

    return {name: found.meaning for name, found in IMPORTERS.items()}


_Marks = list[str] | None
_SCALES = completion.ClosedSet(lambda: ("0-1", "0-100"))
_ORDERS = completion.ClosedSet(lambda: ("mdy", "dmy"))


@command(as_of=False, color=False)
def import_(
    run: Run,
    name: Annotated[str, argument(metavar="FORMAT", complete=completion.ClosedSet(_formats), help="{words}.")],
    sources: Annotated[list[str], argument(metavar="FILE", help="Files, a zip archive, a folder; - is stdin.")],
    dry_run: Annotated[bool, option("--dry-run", help="Show the change; write nothing.")] = False,
    map_: Annotated[
        _Marks, option("--map", metavar="FIELD=COLUMN", help="csv: the column of a field. Repeat, or use commas.")
    ] = None,
    fixed: Annotated[
        _Marks, option("--set", metavar="FIELD=VALUE", help="The value of a field of all claims. Repeat.")
    ] = None,
    scale: Annotated[
        str | None, option("--scale", metavar="SCALE", complete=_SCALES, help="Of probabilities: {words}.")
    ] = None,
    dates: Annotated[
        str | None, option("--dates", metavar="ORDER", complete=_ORDERS, help="What 3/4/2026 means: {words}.")
    ] = None,
    year: Annotated[
        int | None, option("--year", metavar="YEAR", help="Of yearly predictions: the year they are for.")
    ] = None,
    true: Annotated[
        _Marks,
        option("--true", metavar="MARK", help="A mark of what came true: a sign, bold, italic, struck, link, plain."),
    ] = None,
    false: Annotated[_Marks, option("--false", metavar="MARK", help="A mark of what did not.")] = None,
    void: Annotated[_Marks, option("--void", metavar="MARK", help="A mark of what was annulled.")] = None,
    crowd: Annotated[
        str | None, option("--crowd", metavar="METHOD", help="metaculus: the aggregate to take as the crowd's.")
    ] = None,
    anonymous: Annotated[bool, option("--anonymous", help="metaculus: take forecasters by pseudonym.")] = False,
    into: Annotated[
        str | None,
        option("--into", metavar="TABLE", help="Where forecasts go: a CSV file in the ledger's folder, or claims."),
    ] = None,
    rejects: Annotated[
        str | None,
        option("--rejects", metavar="FILE", help="Write refused rows here, as they came, and import the others."),
    ] = None,
) -> None:
    """Take in what others wrote: claims into a ledger, old or new, and forecasts into a table beside it.

    Everything is read, counted and proven before anything is written; --dry-run stops there and shows the change.
    Rows that cannot be taken are named by file and row, all in one run. A second import of the same changes nothing.
    A ledger named by --file that does not exist is made.
    """
    from ..writing import import_files
    from ..writing.import_request import Request

    target = _target(run)
    if len(run.files) != 1 or target == "-":
        raise UsageError("a command that writes takes one ledger", hint="give --file once")
    reading = _options(map_, fixed, scale, dates, _legend(true, false, void))
    reading.year, reading.crowd, reading.anonymous = year, crowd, anonymous
    if name == "csv":
        _ask(reading, sources)
    stdin = binary_input() if "-" in sources else None
    ledger, today = (run.ledger, run.today) if questions.exists(target) else (None, run.here)
    request = Request(name, tuple(sources), reading, today, target, into, rejects, stdin)
    done = import_files.run(request, ledger, write=not dry_run)
    if dry_run:
        run.write(done.preview)
    _tell(done, target, rejects, dry_run=dry_run)


def _target(run: Run) -> str:
    """The ledger, which need not be there if --file names it."""
    try:
        return run.files[0]
    except UnreadableError as error:
        raise UnreadableError(error.message, hint="name one with --file: it is made if it is not there") from None


def _options(
    map_: list[str] | None, fixed: list[str] | None, scale: str | None, dates: str | None, legend: dict[str, str]
) -> Options:
    from ..intake.platforms.proposals import Options
    from ..intake.platforms.spreadsheet import CLAIM, OTHERS

    if scale not in (None, "0-1", "0-100"):
        raise UsageError(f"--scale cannot be {scale!r}", hint="0-1 or 0-100")
    if dates not in (None, "mdy", "dmy"):
        raise UsageError(f"--dates cannot be {dates!r}", hint="mdy (3/4 is the fourth of March) or dmy")
    keys = (*CLAIM, *OTHERS)
    mapping, values = _each_once("--map", map_, keys), _each_once("--set", fixed, (*CLAIM, "judged"))
    both = next((key for key in values if key in mapping and key != "topics"), None)
    if both is not None:
        raise UsageError(
            f"--map and --set both give {both}", hint="a field has one value: from its column, or the same for all"
        )
    return Options(
        mapping=mapping,
        fixed=values,
        scale=cast('Literal["0-1", "0-100"] | None', scale),
        dates=cast('Literal["mdy", "dmy"] | None', dates),
        outcomes=legend,
    )


def _each_once(option: str, given: list[str] | None, keys: tuple[str, ...]) -> dict[str, str]:
    """What is given for each field; UsageError where one is given twice, of which one would be lost."""
    found: dict[str, str] = {}
    for key, value in _pairs(option, given, keys):
        if key in found:
            raise UsageError(f"{option} gives {key} twice: {found[key]!r} and {value!r}", hint=f"give {key} once")
        found[key] = value
    return found


def _pairs(option: str, given: list[str] | None, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Field and value of each pair; a comma parts them only where a field and = follow it."""
    between = re.compile(rf"\s*,\s*(?=(?:{'|'.join(keys)})\s*=)")
    for text in given or ():
        for pair in between.split(text):
            key, equals, value = pair.partition("=")
            key = key.strip()
            if not equals or not value.strip():
                raise UsageError(f"{option} {pair!r}: no field and value", hint=f"write {option} claim=Question")
            if key not in keys:
                from ..text import did_you_mean

                hint = did_you_mean(key, keys) or f"there are {', '.join(keys)}"
                raise UsageError(f"{option}: there is no field {key!r} to give", hint=hint)
            yield key, value.strip()


def _legend(true: list[str] | None, false: list[str] | None, void: list[str] | None) -> dict[str, str]:
    given = (("true", true), ("false", false), ("annulled", void))
    legend: dict[str, str] = {}
    for outcome, marks in given:
        for mark in marks or ():
            bare = mark.strip().rstrip("\ufe0f")
            if legend.setdefault(bare, outcome) != outcome:
                raise UsageError(f"{mark} cannot mean two things", hint="give each mark once")
    return legend


def _ask(reading: Options, sources: list[str]) -> None:
    """On a terminal, propose how to read a CSV that nothing was said about; elsewhere it is refused later."""
    from .prompts import agreed, ask, is_interactive

    if not is_interactive(False) or "-" in sources:
        return
    from ..intake.platforms import guesses, own_tables, spreadsheet
    from ..intake.platforms.sources import Sources
    from ..intake.platforms.tables import HeaderTable

    with Sources(sources) as found:
        for member in found.members[:1]:
            table = HeaderTable(member)
            if not reading.mapping and not (spreadsheet.is_own(table) or own_tables.is_export(table)):
                guessed = guesses.guessed(table.header)
                if guessed and agreed(f"Read it with --map {', '.join(f'{k}={v}' for k, v in guessed.items())}?"):
                    reading.mapping = guessed
            column = reading.mapping.get("probability")
            if column is None or reading.scale is not None or not table.has(column):
                continue
            scale = guesses.scale_of(member, column)
            if scale is not None:
                looks = f" (looks like {scale.scale})" if scale.scale else ""
                question = f"On which scale are the numbers of {column}: 0-1 or 0-100?{looks}"
                answer = ask(Missing("", question, ("0-1", "0-100")))
                reading.scale = cast('Literal["0-1", "0-100"]', answer) if answer in ("0-1", "0-100") else None


def _tell(done: Done, target: str, rejects: str | None, *, dry_run: bool) -> None:
    for warning in done.warnings:
        say(f"warning: {warning}")
    would = "would be " if dry_run else ""
    if done.new:
        say(f"{target}: {would or ''}made, with {plural(done.added, 'claim')}")
    else:
        judged = f", {done.judged:,} {would}judged" if done.judged else ""
        say(f"{target}: {plural(done.added, 'claim')} {would}added{judged}, {done.there:,} there already")
    if done.forecasts or done.forecasts_there:
        where = done.table or "in claims"
        say(f"{where}: {plural(done.forecasts, 'forecast')} {would}added, {done.forecasts_there:,} there already")
    if done.refused_count:
        kept = f", kept in {rejects}" if rejects and not dry_run else ""
        say("\n  ".join((f"{plural(done.refused_count, 'row')} refused{kept}", *done.refused)))
