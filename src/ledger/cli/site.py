"""site: a folder of pages, and a server for who is writing."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated, NamedTuple

from ..errors import UnreadableError, UsageError
from ..files.questions import expanded
from ..query import Filter
from .declare import command
from .forecasts import OWN, reading
from .options import argument, option
from .progress import Progress
from .run import Run, say

if TYPE_CHECKING:
    from ..history.whole import LedgerTouch
    from ..site.forecasters import Forecasting
    from ..site.server import Stamp

Address = Annotated[
    str | None,
    option("--url", metavar="URL", help="Where the site will stand, for feeds and links: https://…"),
]


def address(text: str | None) -> str | None:
    """The address with a slash at its end; UsageError if it is none."""
    if text is None:
        return None
    if not re.fullmatch(r"https?://[^\s/?#<>\"'\\]+(/[^\s?#<>\"'\\]*)?", text):
        raise UsageError(f"--url: {text!r} is not the address of a folder", hint="write https://example.org/claims/")
    return text if text.endswith("/") else f"{text}/"


class SiteRequest(NamedTuple):
    """What was asked for: the folder, where it will stand, and how many commits are to be told."""

    out: str
    where: str | None
    commits: int | None


@command(color=False)
def site(
    run: Run,
    out: Annotated[str, argument(metavar="OUT", help="The folder: new, empty, or an earlier site.")],
    url: Address = None,
    serve: Annotated[
        bool, option("--serve", help="Show it on this computer and build it anew when the ledger changes.")
    ] = False,
    commits: Annotated[
        int | None,
        option("--history", min=1, metavar="N", help="Tell what the newest N commits changed, on the page of changes."),
    ] = None,
    port: Annotated[int, option("--port", min=0, max=65535, metavar="N", help="The port of --serve.")] = 8517,
) -> None:
    """Write the ledger as a web site that needs no server: pages, charts, search, feed and calendar.

    The folder must be new, empty or a site made before; files of an earlier site that are no longer needed are
    removed. The same ledger, day and version give the same bytes.
    """
    asked = SiteRequest(out, address(url), commits)
    if not serve:
        _build(run, asked)
        return
    from ..site.server import stamp

    begun = stamp(run.names)  # what changes while the site is built the first time is noticed too
    _build(run, asked)
    _serve(run, asked, port, begun)


def _build(run: Run, asked: SiteRequest) -> None:
    import gc

    from ..results.survey import survey
    from ..site.build import plan
    from ..site.folder import write_site
    from ..site.page import Site

    out, where = asked.out, asked.where or _published(run)
    made = Site(survey(run.ledger, day=run.day), where, _forecasting(run), _folder(run), _history(run, asked.commits))
    gc.freeze()  # the ledger stays; the templates leave circles behind on every page
    gc.enable()
    planned = plan(made)
    with Progress("writing", len(planned)) as progress:
        written = write_site(out, planned, progress=progress, cache=run.cache)
    removed = f", {written.removed:,} removed" if written.removed else ""
    say(f"{out}: {written.files:,} files, {written.changed:,} of them new or changed{removed}")


def _published(run: Run) -> str | None:
    """Where the ledger says that it is published, if that is the address of a folder."""
    url = run.ledger.about.url if run.ledger.about else None
    try:
        return address(url)
    except UsageError:
        return None


def _history(run: Run, commits: int | None) -> tuple[LedgerTouch, ...] | None:
    if commits is None:
        return None
    from ..results.diff import ledger_log

    return ledger_log(run.named, environ=os.environ, rev=run.rev or "HEAD", limit=commits).touches


def _folder(run: Run) -> str | None:
    """The ledger's folder from the top of its checkout, if it lies in one."""
    from pathlib import Path

    from ..files.questions import checkout_of, real

    if not run.names:
        return None
    folder = Path(real(run.names[0])).parent
    top = checkout_of(folder)
    return folder.relative_to(top).as_posix() if top else None


def _forecasting(run: Run) -> Forecasting | None:
    """What others expected of the claims; None where nobody did. What cannot be read is said, and left out."""
    if not run.ledger.forecasts and not any(fact.forecasts for fact in run.ledger.facts):
        return None
    from ..errors import LedgerError
    from ..results.against import against_each, in_tables
    from ..results.forecast_bins import each_forecaster, forecast_bins
    from ..results.leaderboard import Order, leaderboard
    from ..site.forecasters import MOST, Forecasting

    try:
        with reading(run, Filter(), [OWN], None, None) as read:
            board = leaderboard(read.engine, Order(), day=run.day, name=read.name, people=read.people)
            together = forecast_bins(read.engine, day=run.day, name=read.name)
            names = [row.forecaster for row in board.forecasters[:MOST] if not row.crowd]
            given = ((by, in_tables(read.engine.given(by))) for by in names)
            held = against_each(run.ledger, given, run.day)
            return Forecasting(board, together, each_forecaster(read.engine), held)
    except LedgerError as error:
        say(f"{error.message}: the site has no page of forecasters")
        return None


def _serve(run: Run, asked: SiteRequest, port: int, begun: Stamp) -> None:
    import threading

    from ..site import server

    try:
        web, version = server.server(expanded(asked.out), port)
    except OSError as error:
        raise UnreadableError(
            f"port {port}: {(error.strerror or str(error)).lower()}", hint="name another one with --port"
        ) from None
    say(f"http://{server.ADDRESS}:{web.server_address[1]}/ - leave with Ctrl-C")
    threading.Thread(target=web.serve_forever, daemon=True).start()
    names = list(run.names)  # the last ones known: the ledger may be away for a moment

    def rebuild() -> None:
        if _rebuild(run, asked):
            names[:] = run.names
        version.step()

    try:
        server.watch(lambda: tuple(names), rebuild, seen=begun)
    except KeyboardInterrupt:
        say("stopped; the site stays as it was last built")
        raise SystemExit(130) from None
    finally:
        web.shutdown()
        web.server_close()


def _rebuild(run: Run, asked: SiteRequest) -> bool:
    """Build once more; what cannot be read now is said, and the pages stay as they were."""
    from ..errors import LedgerError

    run.forget()
    try:
        _build(run, asked)
    except LedgerError as error:
        say(f"{error.message}; the pages stay as they were")
        return False
    return True
