"""add and revise."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..model import Ledger
from ..writing.add import Words, plan_add, plan_revise
from ..writing.plan import Missing
from . import completion
from .resolve import Manner, Text, field, finish, writes
from .run import Run

Speaker = Annotated[Text, field("--speaker", "Who said it.", metavar="NAME", complete=completion.people)]
Said = Annotated[Text, field("--said", "When it was said; unknown if nobody knows.", metavar="PERIOD")]
Source = Annotated[
    Text, field("--source", "Where it was said: a declared source.", metavar="NAME", complete=completion.sources)
]
At = Annotated[Text, field("--at", "Where in the source, such as: line 20.")]
Quote = Annotated[Text, field("--quote", "Exact words of the source.")]
Wording = Annotated[
    Text, field("--wording", "quoted, paraphrased or implied.", metavar="WORD", complete=completion.wordings)
]
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
Window = Annotated[
    Text,
    field(
        "--window",
        "by: any day up to the last; during: in the period.",
        metavar="WORD",
        complete=completion.windows,
    ),
]
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


FIELDS: dict[str, Any] = {
    "speaker": Speaker,
    "said": Said,
    "source": Source,
    "deadline": Deadline,
    "id_": NewId,
    "topics": Topics,
    "at": At,
    "quote": Quote,
    "wording": Wording,
    "kind": Kind,
    "condition": Condition,
    "deadline_words": DeadlineWords,
    "deadline_latest": DeadlineLatest,
    "window": Window,
    "probability": Probability,
    "probability_words": ProbabilityWords,
    "at_least": AtLeast,
    "at_most": AtMost,
    "range_": Range,
    "level": Level,
    "unit": Unit,
    "criteria": Criteria,
    "series": Series,
    "depends_on": DependsOn,
    "see_also": SeeAlso,
    "note": ClaimNote,
}


@writes(FIELDS)
def add(
    run: Run,
    manner: Manner,
    words: Words,
    claim: Annotated[Text, typer.Argument(metavar="[CLAIM]", help="The ledger's own sentence, judgeable.")] = None,
) -> None:
    """Enter a new claim. On a terminal, what is missing is asked for.

    Speaker, source and topics must be declared in the ledger. The claim is written where the order of the file
    suggests (by said, deadline or id, if the claims keep one), else at the end.
    """
    words = _with_claim(words, claim)
    more = () if words else _optional(run.ledger)
    finish(run, manner, words, lambda words: plan_add(run.ledger, words, today=run.today), _answer, more)


@writes(FIELDS)
def revise(
    run: Run,
    manner: Manner,
    words: Words,
    revised: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=completion.claims, help="The claim that is revised.")
    ],
    claim: Annotated[Text, typer.Argument(metavar="[CLAIM]", help="The new claim, judgeable.")] = None,
) -> None:
    """Enter what the speaker says now: a new claim that revises another one.

    Speaker, topics, series and criteria are carried over; kind, deadline and quantity too, unless given anew. Words
    of the old source are not: a quote, the deadline as said, the range about another deadline.
    """
    words = _with_claim(words, claim)
    finish(run, manner, words, lambda words: plan_revise(run.ledger, revised, words, today=run.today), _answer)


# --- words and answers ---------------------------------------------------------------------------------------------


def _with_claim(words: Words, claim: str | None) -> Words:
    return words if claim is None else {"claim": claim, **words}


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
    return {**words, missing.option.removeprefix("--").replace("-", "_").lower(): text}
