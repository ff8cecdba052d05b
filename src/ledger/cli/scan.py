"""scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..errors import UnreadableError, UsageError
from ..files.questions import expanded
from ..files.reading import read_stream
from . import completion
from .declare import command
from .filters import period
from .options import argument, option
from .progress import Progress
from .run import Run, error_count, say
from .streams import binary_input

if TYPE_CHECKING:
    from ..intake.scan.documents import Document
    from ..model import Ledger

_FORMATS = ("table", "plain", "json", "yaml")


@command(formats=_FORMATS)
def scan(
    run: Run,
    texts: Annotated[list[str], argument(metavar="TEXT…", help="Text, Markdown, HTML or PDF; - reads standard input.")],
    source: Annotated[
        str | None,
        option(
            "--source",
            metavar="NAME",
            complete=completion.sources,
            help="The declared source they are; found by its document's name or checksum if absent.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        option("--published", metavar="PERIOD", help="When they appeared: words are counted from its last day."),
    ] = None,
    speaker: Annotated[
        str | None,
        option(
            "--speaker",
            metavar="NAME",
            complete=completion.people,
            help="Whose words they are where nobody else is named.",
        ),
    ] = None,
    least: Annotated[
        str | None,
        option("--min", metavar="SURE", help="Only deadlines that are at least certain, usual or vague."),
    ] = None,
) -> None:
    """Find what in a text looks like a claim about the future. Nothing is written.

    Each candidate is an exact quote with its line, the words of its deadline with the period they mean, its number,
    probability, speaker and premise, in the order of the text. What the ledger has already is marked with its id.
    Formats: table, json, yaml (a ledger that lacks only what a person must say); off a terminal the table becomes
    plain.

    Examples:

      ledger scan article.txt --published 2025-01-09 --speaker elon-musk

      ledger scan speech.md --published 2025-01-09 --format yaml > found.yaml
    """
    from ..results.scan import Asked, scanned, undated

    ledger = _ledger(run, needed=source is not None)
    asked = Asked(source, period(published, run.today, "--published") if published else None, speaker, least)
    with Progress("scanning", len(texts)) as progress:
        found = scanned(ledger, _documents(texts), asked, day=run.day, done=progress.share)
    note = undated(found)
    if note is not None:
        say(note)
    form = run.table_format()
    if form == "table":
        from ..render.terminal.scan import candidates_table

        run.show(candidates_table(found))
        return
    from ..render import scan as rendered

    if form == "json":
        run.write(rendered.as_json(found, error_count(ledger) if ledger else 0))
    else:
        run.write(rendered.as_yaml(found) if form == "yaml" else rendered.as_plain(found))


def _ledger(run: Run, *, needed: bool) -> Ledger | None:
    """The ledger, if there is one; a text can be scanned without."""
    if needed or run.named:
        return run.ledger
    try:
        run.files  # noqa: B018 - looks for it
    except UnreadableError:
        return None
    return run.ledger


def _documents(names: list[str]) -> list[Document]:
    from ..intake.scan.documents import document

    if names.count("-") > 1:
        raise UsageError("standard input is read once", hint="give - once")
    return [document(expanded(name), read_stream(binary_input()) if name == "-" else None) for name in names]
