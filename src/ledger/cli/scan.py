"""scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..errors import UnreadableError, UsageError
from ..files.questions import expanded
from ..files.reading import read_stream
from . import completion, prompts
from .declare import command
from .filters import period
from .options import argument, option
from .progress import Progress
from .run import Run, error_count, say
from .streams import binary_input

if TYPE_CHECKING:
    from ..intake.scan.documents import Document
    from ..model import Ledger
    from ..results.scan import Scan

_FORMATS = ("table", "plain", "json", "yaml")
_SURE = completion.ClosedSet(lambda: ("certain", "usual", "vague"))


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
        option("--min", metavar="SURE", complete=_SURE, help="Only deadlines that are at least {words}."),
    ] = None,
    add: Annotated[bool, option("--add", help="Walk through them on a terminal and enter those you want.")] = False,
) -> None:
    """Find what in a text looks like a claim about the future. Nothing is written unless you say so to --add.

    Each candidate is an exact quote with its line, the words of its deadline with the period they mean, its number,
    probability, speaker and premise, in the order of the text. What the ledger has already is marked with its id.
    The format yaml is a ledger that lacks only what a person must say.
    """
    from ..results.scan import Asked, scanned, undated

    if add and not prompts.is_interactive(False):
        raise UsageError("scan --add asks, and nobody can be asked here", hint="use --format yaml, and paste from it")
    ledger = _ledger(run, needed=add or source is not None)
    asked = Asked(source, period(published, run.today, "--published") if published else None, speaker, least)
    with Progress("scanning", len(texts)) as progress:
        found = scanned(ledger, _documents(texts), asked, day=run.day, done=progress.share)
    note = undated(found)
    if note is not None:
        say(note)
    if add:
        _walk(run, found)
        return
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


def _walk(run: Run, found: Scan) -> None:
    """Show each candidate that the ledger does not have; enter those that are wanted, one proven edit each."""
    from ..text import plural
    from .candidates import enter, shown
    from .resolve import Manner

    if len(run.files) != 1 or run.files[0] == "-":
        raise UsageError("a command that writes takes one ledger", hint="give --file once")
    origins = {origin.document.name: origin for origin in found.origins}
    new = [one for one in found.candidates if one.known_as is None]
    entered = 0
    for number, one in enumerate(new, 1):
        prompts.tell(f"{number} of {len(new)}: {shown(one)}")
        answer = prompts.choose("Enter it?", {"y": "yes", "n": "no", "q": "quit"}, default="n")
        if answer == "q":
            break
        if answer == "y":
            entered += enter(run, one, origins[one.file], {}, Manner(dry_run=False, asks=True))
            run.forget()
    say(f"{plural(entered, 'claim')} entered of {plural(len(new), 'candidate')} that the ledger did not have")


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
