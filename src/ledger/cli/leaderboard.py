"""leaderboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from ..query import Filter
from ..results.lookup import split
from . import completion
from .declare import EVERY_FILTER, command
from .forecasts import EngineName, Master, Paths, Rejects, reading
from .options import Level, known_key, option, sorting
from .output import print_report, share
from .run import Run

if TYPE_CHECKING:
    from ..render.reports import Part


def _keys() -> Iterable[str]:
    from ..results.leaderboard import SORTS

    return SORTS


_SORTS = completion.ClosedSet(_keys)


@command(formats=completion.FORMATS, filters=EVERY_FILTER, rev=True)
def leaderboard(
    run: Run,
    chosen: Filter,
    forecasts: Paths = None,
    forecaster: Annotated[
        list[str] | None, option("--forecaster", metavar="BY", help="Show these only; repeat it, or use commas.")
    ] = None,
    sort: Annotated[str, sorting(_SORTS)] = "brier",
    min_n: Annotated[
        int, option("--min-n", metavar="N", min=1, help="Show forecasters with so many questions or more.")
    ] = 1,
    limit: Annotated[int | None, option("--limit", "-n", metavar="N", min=0, help="At most this many.")] = None,
    level: Level = "95%",
    engine: EngineName = None,
    master: Master = None,
    rejects: Rejects = None,
) -> None:
    """Rank forecasters on questions that are decided: claims with forecasts, and tables of any size.

    A table has the columns claim (or question), by, date, probability; with outcome, and closes if there is a
    closing, it needs no ledger. Plain has a row a forecaster.
    """
    from ..results.leaderboard import Order
    from ..results.leaderboard import leaderboard as ranked

    order = Order(known_key(sort, _SORTS), min_n, limit, split(forecaster), share(level, "--level", open_ends=True))
    with reading(run, chosen, forecasts or ["-"], engine, master) as read:
        found = ranked(read.engine, order, day=run.day, name=read.name, people=read.people)
        found = found.selected() if chosen.statuses else found
        read.left_out(found.account, rejects)

    def report() -> Sequence[Part]:
        from ..render.leaderboard_report import leaderboard_report

        return leaderboard_report(found)

    from ..render import scores

    print_report(
        run,
        report,
        lambda: scores.leaderboard_json(found, read.errors),
        lambda form: scores.leaderboard_rows(found, form),
    )
