"""score, calibration and slip."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from ..errors import UsageError
from ..query import Filter
from ..results.arrange import SORTS, Arrangement
from ..results.groups import BY
from ..text import hundredth, known
from . import completion
from .declare import EVERY_FILTER, command
from .forecasts import OWN, EngineName, Master, Paths, Rejects, reading
from .options import Level, known_key, option, sorting
from .output import Plot, print_report, share, write_file
from .run import Run, error_count

if TYPE_CHECKING:
    from ..charts.scene import Drawing
    from ..render.reports import Part
    from ..results.score import Score
    from ..results.since import Since
    from ..scoring.lexicon import Lexicon


def _lexicons() -> dict[str, str]:
    from ..scoring.lexicon import LEXICONS

    return {name: lexicon.source for name, lexicon in LEXICONS.items()}


By = Annotated[
    str | None,
    option("--by", metavar="WHAT", complete=completion.ClosedSet(lambda: BY), help="Groups: {words}."),
]
_SORTS = completion.ClosedSet(lambda: SORTS, reversible=True)


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def score(
    run: Run,
    chosen: Filter,
    by: By = None,
    level: Level = "95%",
    jeffreys: Annotated[bool, option("--jeffreys", help="Jeffreys' intervals instead of Wilson's.")] = False,
    base_rate: Annotated[
        str, option("--base-rate", metavar="RATE", help="What the skill is measured against, such as 0.3.")
    ] = "50%",
    lexicon: Annotated[
        str | None,
        option(
            "--lexicon",
            metavar="NAME",
            complete=completion.ClosedSet(_lexicons),
            help="Score words of probability by this table, in rows of their own: {words}.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        option("--since", metavar="REV", help="Show what moved since this commit, seen on its day."),
    ] = None,
    range_level: Annotated[
        str | None,
        option("--range-level", metavar="LEVEL", help="Score ranges said without a level as if they had this one."),
    ] = None,
    against: Annotated[
        str | None,
        option(
            "--against",
            metavar="BY",
            complete=completion.people,
            help="Hold the claims against what this forecaster expected of them.",
        ),
    ] = None,
    forecasts: Paths = None,
    engine: EngineName = None,
    master: Master = None,
    rejects: Rejects = None,
    shrink: Annotated[
        bool,
        option("--shrink", help="With --by: rates drawn to the common one."),
    ] = False,
    sort: Annotated[str | None, sorting(_SORTS)] = None,
    min_n: Annotated[int, option("--min-n", metavar="N", min=0, help="Leave out groups with fewer scored claims.")] = 0,
    limit: Annotated[int | None, option("--limit", metavar="N", min=1, help="Show this many groups at most.")] = None,
    explain: Annotated[
        bool, option("--explain", help="What each number means, and the tables beside the rates.")
    ] = False,
    plot: Plot = None,
) -> None:
    """Score claims against their deadlines: rates with intervals and bounds, and scores of stated probabilities.

    A claim counts once its deadline is over; late counts as a miss. Plain has a row a group.
    """
    from ..results.score import Terms
    from ..results.score import score as scored

    terms = Terms(
        level=share(level, "--level", open_ends=True),
        method="jeffreys" if jeffreys else "wilson",
        base_rate=share(base_rate, "--base-rate"),
        lexicon=_lexicon(lexicon) if lexicon else None,
        range_level=share(range_level, "--range-level", open_ends=True) if range_level else None,
        shrink=shrink,
        arrangement=Arrangement(None if sort is None else known_key(sort, _SORTS), min_n, limit),
    )
    if against is not None:
        read = (forecasts, (engine, master), rejects)
        terms = terms._replace(**_expected(run, chosen, against, *read))
    elif forecasts or engine or rejects:
        raise UsageError("--forecasts, --engine and --rejects go with --against", hint="add --against BY")
    if by is None and (shrink or sort or min_n or limit):
        raise UsageError("--shrink, --sort, --min-n and --limit arrange groups", hint="add --by, such as --by speaker")
    found = scored(run.ledger, chosen, day=run.day, by=_by(by), terms=terms)
    if plot is not None:
        from ..render.plots import score_drawing

        _plot(run, plot, lambda: score_drawing(found))

    earlier = _since(run, since, chosen, found) if since is not None else None

    def report() -> Sequence[Part]:
        from ..render.score_report import brief_report, score_report

        told_whole = explain or run.format == "markdown"
        return score_report(found, earlier) if told_whole else brief_report(found, earlier)

    from ..render import scores

    print_report(
        run,
        report,
        lambda: scores.score_json(found, error_count(run.ledger), earlier),
        lambda form: scores.score_rows(found, form),
    )


def _since(run: Run, rev: str, chosen: Filter, found: Score) -> Since:
    """The score at a commit, seen on its own day."""
    from ..history import versions
    from ..results.diff import side_at
    from ..results.since import LedgerThen, since
    from .diff import say_gaps

    version = versions.open_base(rev, run.named, run.ledger, environ=os.environ)
    side = side_at(version, run.day)
    base = LedgerThen(side.name, side.commit.oid if side.commit else None, side.ledger, side.day, side.gaps)
    earlier = since(base, found, run.ledger, chosen, by=found.by, terms=found.terms)
    say_gaps(earlier.gaps, side.name)
    return earlier


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def calibration(
    run: Run,
    chosen: Filter,
    by: By = None,
    level: Level = "95%",
    sequential: Annotated[
        bool, option("--sequential", help="Show the evidence against the stated probabilities claim by claim.")
    ] = False,
    plot: Plot = None,
    forecasts: Paths = None,
    fold: Annotated[
        bool, option("--fold", help="With --forecasts: turn what is below 50%, so that bins go from 50% to 100%.")
    ] = False,
    engine: EngineName = None,
    master: Master = None,
    rejects: Rejects = None,
) -> None:
    """Hold stated probabilities against what happened: a row for each, a diagram, and how likely it is by chance.

    With --forecasts PATH (- for those of the ledger) the forecasts of others in ten bins, with --by forecaster for
    each. Plain has a row for each stated probability.
    """
    if forecasts:
        if plot is not None or by not in (None, "forecaster"):
            raise UsageError(
                "with --forecasts there is no --plot, and --by takes forecaster alone",
                hint="leave them out, or leave out --forecasts for the claims' own probabilities",
            )
        limit = share(level, "--level", open_ends=True)
        _bins(run, chosen, forecasts, (engine, master), rejects, level=limit, by_forecaster=by is not None, folded=fold)
        return
    if fold or engine or rejects:
        raise UsageError(
            "--fold, --engine and --rejects go with --forecasts", hint="name a table, or - for the ledger's"
        )
    from ..results.calibration import calibration as calibrated

    found = calibrated(run.ledger, chosen, day=run.day, by=_by(by), level=share(level, "--level", open_ends=True))
    if plot is not None:
        from ..render.plots import reliability

        _plot(run, plot, lambda: reliability(found.groups[0]), by)

    def report() -> Sequence[Part]:
        from ..render.calibration_report import calibration_report

        return calibration_report(found, sequential=sequential)

    from ..render import scores

    print_report(
        run,
        report,
        lambda: scores.calibration_json(found, error_count(run.ledger)),
        lambda form: scores.calibration_rows(found, form),
    )


def _bins(
    run: Run, chosen: Filter, paths: list[str], engine: tuple[str | None, str | None], rejects: str | None, **how: Any
) -> None:
    from ..results.forecast_bins import forecast_bins

    with reading(run, chosen, paths, *engine) as read:
        found = forecast_bins(read.engine, day=run.day, name=read.name, people=read.people, **how)
        found = found.selected() if chosen.statuses else found
        read.left_out(found.account, rejects)

    def report() -> Sequence[Part]:
        from ..render.leaderboard_report import bins_report

        return bins_report(found)

    from ..render import scores

    print_report(run, report, lambda: scores.bins_json(found, read.errors), lambda form: scores.bins_rows(found, form))


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def slip(
    run: Run,
    chosen: Filter,
    by: By = None,
    percentile: Annotated[
        str | None,
        option("--percentile", metavar="P", help="Test the deadlines as this percentile of the time needed: 50."),
    ] = None,
    from_entry: Annotated[
        bool, option("--from-entry", help="Count each claim only from the day it was entered.")
    ] = False,
    plot: Plot = None,
) -> None:
    """Hold time taken against time promised, with what is unfinished counted; list what is late and what was moved.

    Plain has a row a claim.
    """
    from ..results.slip import slips

    found = slips(
        run.ledger,
        chosen,
        day=run.day,
        by=_by(by),
        percentile=_percentile(percentile) if percentile else None,
        from_entry=from_entry,
    )
    if plot is not None:
        from ..render.plots import survival

        _plot(run, plot, lambda: survival(found.groups[0], found.claims), by)

    def report() -> Sequence[Part]:
        from ..render.slip_report import slip_report

        return slip_report(found)

    from ..render import scores

    print_report(
        run,
        report,
        lambda: scores.slip_json(found, error_count(run.ledger)),
        lambda form: scores.slip_rows(found, form),
    )


# --- what the words mean --------------------------------------------------------------------------------------


def _by(word: str | None) -> str | None:
    return known((word,), BY, "group")[0] if word is not None else None


def _percentile(text: str) -> float:
    """A percentile typed as 50 or 50%; UsageError for what lies outside 0..100."""
    try:
        value = hundredth(text.strip().removesuffix("%"))
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise UsageError(
            f"--percentile: {text!r} is not a percentile", hint="write 50, or any number between 0 and 100"
        )
    return value


def _expected(
    run: Run,
    chosen: Filter,
    name: str,
    paths: list[str] | None,
    engine: tuple[str | None, str | None],
    rejects: str | None,
) -> dict[str, Any]:
    """Whom the claims are held against, and what tables say of them; UsageError with the nearest names."""
    from ..results.against import forecasters, in_tables
    from ..results.forecasters import accounted

    names = [*forecasters(run.ledger.facts), *run.ledger.people]
    if not paths and not run.ledger.forecasts:
        return {"against": known((name,), tuple(dict.fromkeys(names)), "forecaster")[0]}
    with reading(run, chosen, paths or [OWN], *engine, own=True) as read:
        reduced = read.engine.reduce()
        names += [tally.name for tally in reduced.tallies if not tally.crowd]
        by = known((name,), tuple(dict.fromkeys(names)), "forecaster")[0]
        read.left_out(accounted(reduced), rejects)
        return {"against": by, "given": in_tables(read.engine.given(by))}


def _lexicon(name: str) -> Lexicon:
    from ..scoring.lexicon import LEXICONS, find

    try:
        return find(name)
    except ValueError:
        known((name,), tuple(LEXICONS), "lexicon")
        raise


def _plot(run: Run, name: str, draw: Callable[[], Drawing], by: str | None = None) -> None:
    """Write a chart of all claims together to a file."""
    from ..render.svg import standalone

    if not name.lower().endswith(".svg"):
        raise UsageError(f"--plot: {name!r} is no SVG file", hint="name a file that ends in .svg")
    if by is not None:
        raise UsageError("--plot draws all claims together", hint="leave out --by, or narrow the claims by a filter")
    write_file(name, (standalone(draw()).encode(),), "svg", run.taken)
