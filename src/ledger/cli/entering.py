"""add and revise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..commands.entering import Words, plan_add, plan_revise
from ..commands.planning import Missing
from ..model import Ledger
from . import completion, options
from .run import bounded
from .writing import DryRun, Format, NoInput, Text, begin, field, finish

Speaker = Annotated[Text, field("--speaker", "Who said it.", metavar="NAME", complete=completion.people)]
Said = Annotated[Text, field("--said", "When it was said; unknown if nobody knows.", metavar="PERIOD")]
Source = Annotated[
    Text, field("--source", "Where it was said: a declared source.", metavar="NAME", complete=completion.sources)
]
At = Annotated[Text, field("--at", "Where in the source, such as: line 20.")]
Quote = Annotated[Text, field("--quote", "Exact words of the source.")]
Wording = Annotated[Text, field("--wording", "quoted, paraphrased or implied.", metavar="WORD")]
Kind = Annotated[
    Text,
    field("--kind", "prediction, target, possibility or statement.", metavar="KIND", complete=completion.kinds),
]
Condition = Annotated[Text, field("--condition", "The premise in its words.")]
Topics = Annotated[
    list[str] | None,
    field("--topic", "What it is about; may be repeated.", metavar="TOPIC", complete=completion.topics, short="-t"),
]
Deadline = Annotated[Text, field("--deadline", "By when; none if open-ended.", metavar="PERIOD")]
DeadlineWords = Annotated[Text, field("--deadline-words", "The deadline as said.")]
DeadlineLatest = Annotated[Text, field("--deadline-latest", "The most charitable reading.", metavar="PERIOD")]
Window = Annotated[Text, field("--window", "by: any day up to the last; during: in the period.", metavar="WORD")]
Probability = Annotated[Text, field("--probability", "As stated, 0.8 or 80%; never invented.", metavar="NUMBER")]
ProbabilityWords = Annotated[Text, field("--probability-words", "How sure, in words.")]
AtLeast = Annotated[Text, field("--at-least", "The smallest number that makes it true.", metavar="NUMBER")]
AtMost = Annotated[Text, field("--at-most", "The largest number that makes it true.", metavar="NUMBER")]
Range = Annotated[Text, field("--range", "The range as said: 50000..100000.", metavar="LOW..HIGH")]
Level = Annotated[Text, field("--level", "The probability stated for the range.", metavar="NUMBER")]
Unit = Annotated[Text, field("--unit", "What is counted.")]
Criteria = Annotated[Text, field("--criteria", "What must be observed, and who says so.")]
Series = Annotated[Text, field("--series", "Claims about the same target.", metavar="NAME", complete=completion.series)]
DependsOn = Annotated[
    list[str] | None,
    field("--depends-on", "A claim that is its premise.", metavar="ID", complete=completion.claims),
]
SeeAlso = Annotated[
    list[str] | None, field("--see-also", "Another claim worth reading.", metavar="ID", complete=completion.claims)
]
NewId = Annotated[Text, field("--id", "Its id; one is made from its words if absent.", metavar="ID")]
ClaimNote = Annotated[Text, field("--note", "Free text.")]


@bounded
def add(
    ctx: typer.Context,
    claim: Annotated[
        str | None, typer.Argument(metavar="[CLAIM]", help="The ledger's own sentence, judgeable.")
    ] = None,
    speaker: Speaker = None,
    said: Said = None,
    source: Source = None,
    deadline: Deadline = None,
    id_: NewId = None,
    topics: Topics = None,
    at: At = None,
    quote: Quote = None,
    wording: Wording = None,
    kind: Kind = None,
    condition: Condition = None,
    deadline_words: DeadlineWords = None,
    deadline_latest: DeadlineLatest = None,
    window: Window = None,
    probability: Probability = None,
    probability_words: ProbabilityWords = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    range_: Range = None,
    level: Level = None,
    unit: Unit = None,
    criteria: Criteria = None,
    series: Series = None,
    depends_on: DependsOn = None,
    see_also: SeeAlso = None,
    note: ClaimNote = None,
    dry_run: DryRun = False,
    no_input: NoInput = False,
    files: options.Files = None,
    format_: Format = None,
    color: options.Color = None,
) -> None:
    """Enter a new claim. On a terminal, what is missing is asked for.

    Speaker, source and topics must be declared in the ledger. The claim is written where the order of the file
    suggests (by said, deadline or id, if the claims keep one), else at the end.
    """
    run, manner = begin(ctx, files, format_, color, dry_run, no_input)
    words = _words(ctx.params)
    more = () if words else _optional(run.ledger)
    finish(run, manner, words, lambda words: plan_add(run.ledger, words, today=run.today), _answer, more)


@bounded
def revise(
    ctx: typer.Context,
    revised: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=completion.claims, help="The claim that is revised.")
    ],
    claim: Annotated[str | None, typer.Argument(metavar="[CLAIM]", help="The new claim, judgeable.")] = None,
    speaker: Speaker = None,
    said: Said = None,
    source: Source = None,
    deadline: Deadline = None,
    id_: NewId = None,
    topics: Topics = None,
    at: At = None,
    quote: Quote = None,
    wording: Wording = None,
    kind: Kind = None,
    condition: Condition = None,
    deadline_words: DeadlineWords = None,
    deadline_latest: DeadlineLatest = None,
    window: Window = None,
    probability: Probability = None,
    probability_words: ProbabilityWords = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    range_: Range = None,
    level: Level = None,
    unit: Unit = None,
    criteria: Criteria = None,
    series: Series = None,
    depends_on: DependsOn = None,
    see_also: SeeAlso = None,
    note: ClaimNote = None,
    dry_run: DryRun = False,
    no_input: NoInput = False,
    files: options.Files = None,
    format_: Format = None,
    color: options.Color = None,
) -> None:
    """Enter what the speaker says now: a new claim that revises another one.

    Speaker, topics, series and criteria are carried over; kind, deadline and quantity too, unless given anew.
    """
    run, manner = begin(ctx, files, format_, color, dry_run, no_input)
    finish(
        run,
        manner,
        _words(ctx.params),
        lambda words: plan_revise(run.ledger, revised, words, today=run.today),
        _answer,
    )


# --- words and answers ---------------------------------------------------------------------------------------------

_NOT_FIELDS = frozenset(("revised", "dry_run", "no_input", "files", "format_", "color"))


def _words(given: Mapping[str, Any]) -> Words:
    """What was given of the fields of a claim, by their names in the format."""
    return {
        name.removesuffix("_"): value
        for name, value in given.items()
        if name not in _NOT_FIELDS and (value or value == "")
    }


def _optional(ledger: Ledger) -> tuple[Missing, ...]:
    """What `ledger add` without any option asks for too; an empty answer leaves it out."""
    return (
        Missing("--topics", "About which topics? (names, commas between; may be empty)", tuple(ledger.topics)),
        Missing("--quote", "What are the exact words of the source? (may be empty)"),
        Missing("--deadline-words", "How was the deadline put? (may be empty)"),
        Missing("--probability", "Which probability was stated? (0.8 or 80%; may be empty)"),
        Missing("--criteria", "What must be observed, and who says so? (may be empty)"),
    )


def _answer(words: Words, missing: Missing, text: str) -> Words:
    return {**words, missing.option.removeprefix("--").replace("-", "_"): text}
