"""resolve, reopen and touch; and what all writing commands do between their options and the file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple, TypeVar

from .. import workspace
from ..errors import LedgerError, RefusedError, UsageError
from ..writing.apply import apply
from ..writing.draft import Draft
from ..writing.plan import Plan
from ..writing.resolve import AskedEvidence, AskedJudgement, JudgementDraft, split_outcome
from ..writing.touch import Seen, TouchDraft
from . import completion, options, prompts
from .declare import Command, made, own
from .options import argument, option
from .run import Run, error_count, say
from .shared import Shared

FORMATS = ("text", "json")
D = TypeVar("D", bound=Draft)
_TOLD = 5  # claims that are told before a question


class Manner(NamedTuple):
    """How a command is to write, and whether somebody can be asked."""

    dry_run: bool
    asks: bool


Ids = Annotated[list[str], argument(metavar="ID...", complete=completion.claims, help="Claims; a beginning will do.")]
DryRun = Annotated[bool, option("--dry-run", help="Show the change as a diff; write nothing.")]
NoInput = Annotated[bool, option("--no-input", help="Never ask: what is missing is an error.")]
Note = Annotated[str | None, option("--note", metavar="TEXT", help="Why, in the ledger's own words.")]
By = Annotated[str | None, option("--by", metavar="TEXT", help="Who judges.")]
Judged = Annotated[str | None, option("--judged", metavar="DATE", help="The day of the judgement; today if absent.")]


def field(name: str, help_text: str, *, metavar: str = "TEXT", complete: Any = None, short: str | None = None) -> Any:
    """An option with a text, which may have a short name and completion."""
    names = [short, name] if short else [name]
    return option(*names, metavar=metavar, complete=complete, help=help_text)


Text = str | None
EvidenceWords = Annotated[
    list[str] | None,
    field(
        "--evidence",
        "What it rests on; may be repeated.",
        metavar="URL|SOURCE",
        complete=completion.sources,
        short="-e",
    ),
]
_SETTINGS: dict[str, Any] = {
    "dry_run": DryRun,
    "no_input": NoInput,
    "files": options.File,
    "format_": options.format_of(FORMATS),
    "color": options.Color,
    "no_cache": options.NoCache,
}


def writes(fields: dict[str, Any] | None = None) -> Callable[[Callable[..., None]], Command]:
    """Make a command of a function that begins with its Run and Manner, and takes these fields as `words`.

    It gets the options of all writing commands; UsageError unless it has one ledger on disk.
    """

    def decorate(function: Callable[..., None]) -> Command:
        def start(before: Shared, values: dict[str, Any]) -> None:
            given = {name: values.pop(name) for name in _SETTINGS}
            run = Run(before, own(given), formats=FORMATS)
            if len(run.files) != 1:
                raise UsageError("a command that writes takes one ledger", hint="give --file once")
            if run.files[0] == workspace.STDIN:
                raise UsageError("standard input cannot be written to", hint="name a file with --file")
            interactive = prompts.is_interactive(bool(given["no_input"])) and run.format != "json"
            if fields is not None:
                typed = {name: values.pop(name) for name in fields}
                values["words"] = {name.removesuffix("_"): of for name, of in typed.items() if of or of == ""}
            function(run, Manner(bool(given["dry_run"]), interactive), **values)

        return made(function, start, {}, {**(fields or {}), **_SETTINGS}, skipped=2 if fields is None else 3)

    return decorate


@writes()
def resolve(
    run: Run,
    manner: Manner,
    words: Annotated[
        list[str],
        argument(
            metavar="ID... [OUTCOME]",
            complete=completion.claims_and_outcomes,
            help="Claims, then true, false, partly, ambiguous or annulled.",
        ),
    ],
    evidence: EvidenceWords = None,
    title: Annotated[Text, field("--title", "The title of the evidence.")] = None,
    publisher: Annotated[Text, field("--publisher", "Who published it.")] = None,
    published: Annotated[Text, field("--published", "When it was published.", metavar="PERIOD")] = None,
    says: Annotated[Text, field("--says", "What it says, in the ledger's own words.")] = None,
    at: Annotated[Text, field("--at", "Where in the source.")] = None,
    happened: Annotated[Text, field("--happened", "When it came true.", metavar="PERIOD")] = None,
    value: Annotated[Text, field("--value", "The number observed.", metavar="NUMBER")] = None,
    judged: Judged = None,
    by: By = None,
    note: Note = None,
    again: Annotated[bool, option("--again", help="Append another judgement to one that stands.")] = False,
    in_time: Annotated[bool, option("--in-time", help="It came true by the last day, on a day nobody noted.")] = False,
) -> None:
    """Judge claims. OUTCOME may be left out when --happened or --value decides it.

    A judgement needs evidence or a note. A claim that is judged already takes --again. Several ids get the same
    judgement: all of them are checked before anything is written.
    """
    ids, outcome = split_outcome(words, run.ledger)
    described = AskedEvidence(_each(evidence), title, publisher, published, says, at)
    asked = AskedJudgement(outcome, judged, happened, value, described, by, note, again, in_time)
    finish(run, manner, JudgementDraft(ledger=run.ledger, today=run.today, ids=ids, asked=asked))


@writes()
def reopen(
    run: Run,
    manner: Manner,
    ids: Ids,
    note: Note = None,
    judged: Judged = None,
    by: By = None,
) -> None:
    """Withdraw the verdict of claims: a judgement that says reopened is appended, with the reason."""
    asked = AskedJudgement(judged=judged, by=by, note=note)
    finish(run, manner, JudgementDraft(ledger=run.ledger, today=run.today, ids=ids, asked=asked, reopens=True))


@writes()
def touch(
    run: Run,
    manner: Manner,
    ids: Ids,
    value: Annotated[Text, field("--value", "The number seen.", metavar="NUMBER")] = None,
    evidence: EvidenceWords = None,
    note: Annotated[Text, field("--note", "What was seen, in the ledger's own words.")] = None,
) -> None:
    """Note that somebody looked today and found nothing decisive: sets `checked` to today.

    With --value, --evidence or --note it appends an observation instead, which is a look too and decides nothing.
    """
    seen = Seen(value, AskedEvidence(_each(evidence)), note)
    finish(run, manner, TouchDraft(ledger=run.ledger, today=run.today, ids=ids, seen=seen))


# --- from options to plan to file -------------------------------------------------------------------------------


def _each(values: Iterable[str] | None) -> tuple[str, ...]:
    """The words of a repeatable option, each once; addresses may have commas in them."""
    return tuple(dict.fromkeys(value.strip() for value in values or ()))


def finish(
    run: Run,
    manner: Manner,
    draft: D,
    *,
    told: bool = False,
    resumed: bool = False,
    keep: Callable[[D], None] | None = None,
) -> bool:
    """Ask for what is missing, show and write; whether it was written, or would be.

    On a terminal the change is shown first, and asked about unless it was typed in full and as it is written. `told`:
    somebody has the claims before them. `resumed`: answers are of an earlier run. `keep` gets the draft after each.
    """
    if draft.missing and not manner.asks:
        raise prompts.refuse(draft.missing)
    questioned = resumed or (manner.asks and draft.question is not None)
    if (manner.asks or manner.dry_run) and not told:
        _tell_claims(run, draft)
    draft = asked_for(draft, keep) if manner.asks else draft
    found = draft.planned
    for reading in found.read:
        say(reading)
    for warning in found.warnings:
        say(f"warning: {warning}")
    if not manner.dry_run:
        if manner.asks and found.files:
            _preview(run, found)
            if (questioned or found.read or found.warnings or draft.is_interpreted) and not _wanted(found):
                say("nothing was written")
                return False
        written = apply(found)
        found = found._replace(steps=written.steps)
        run.written(written.files)
    try:
        _show(run, found, dry_run=manner.dry_run)
        sys.stdout.flush()
    except OSError as error:
        if not manner.dry_run and not isinstance(error, BrokenPipeError):
            say(f"written all the same: {', '.join(change.name for change in found.files)}")
        raise
    return True


def _wanted(found: Plan) -> bool:
    """Whether somebody agrees who has read what becomes of each claim."""
    for step in found.steps:
        say(f"{step.claim}: {step.did}")
    return prompts.agreed("Write this?")


def _tell_claims(run: Run, draft: Draft) -> None:
    """What somebody has to know of the claims that are to change, before a question or a diff."""
    if run.format == "json":
        return
    from ..render.told import brief

    for number in draft.numbers[:_TOLD]:
        prompts.tell(brief(run.ledger, number, run.today))


def asked_for(draft: D, keep: Callable[[D], None] | None = None) -> D:
    """Ask until nothing is open. After a refusal an empty line goes back: an earlier answer may be what is wrong."""
    before: list[D] = []
    refused = False
    while (missing := draft.question) is not None:
        back = refused and bool(before)
        text = prompts.ask(missing, back=back)
        if back and not text:
            draft = before.pop()
            continue
        try:
            changed = draft.with_answer(text)
            changed.planned  # noqa: B018 - whether it can be planned
        except (UsageError, RefusedError) as error:
            refused = isinstance(error, RefusedError)
            complain(error, "an empty line goes back to the question before" if refused and before else None)
            continue
        before.append(draft)
        draft, refused = changed, False
        if keep is not None:
            keep(draft)
    return draft


def complain(error: LedgerError, more: str | None = None) -> None:
    """Say what is wrong with an answer, and how it is mended."""
    say("\n  ".join(filter(None, (error.message, error.hint, more))))


# --- output -----------------------------------------------------------------------------------------------------


def _show(run: Run, found: Plan, *, dry_run: bool) -> None:
    from ..render.edits import change_object, summary

    if run.format == "json":
        from ..render.jsontext import dumps

        run.write(dumps(change_object(found, run.today, error_count(run.ledger), dry_run=dry_run)))
    elif dry_run:
        _preview(run, found)
        for step in found.steps:
            say(f"would write {summary(step)}" if step.line is not None else summary(step))
    else:
        from ..render.terminal.console import put, surface

        put(sys.stdout, surface(sys.stdout, run.color, width=10_000), *(summary(step) for step in found.steps))


def _preview(run: Run, found: Plan) -> None:
    from ..render.edits import diff_lines
    from ..render.terminal.console import surface

    color = surface(sys.stdout, run.color).color
    run.write("".join(line + "\n" for line in diff_lines(found.diff(), color=color)))
