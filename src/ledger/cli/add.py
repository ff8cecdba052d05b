"""add and revise."""

from __future__ import annotations

from typing import Annotated, Any

from ..fields import HINTS, QUESTIONS, Field, flag, typed
from ..model import Ledger
from ..text import either
from ..writing.add import Words, plan_add, plan_revise
from ..writing.plan import Missing
from . import completion
from .options import argument
from .resolve import Manner, Text, field, finish, writes
from .run import Run

_METAVARS = {
    "name": "NAME",
    "period": "PERIOD",
    "choice": "WORD",
    "number": "NUMBER",
    "probability": "NUMBER",
    "whole": "NUMBER",
    "range": "LOW..HIGH",
}
_ONE = {"topics": "TOPIC", "claims": "ID"}
_COMPLETE = {
    "people": completion.people,
    "topics": completion.topics,
    "sources": completion.sources,
    "claims": completion.claims,
}


def _flag(of: Field) -> Any:
    """The option of a field: its help, what stands for its value and what the shell offers follow from the table."""
    many = of.type in ("names", "mentions")
    offered = completion.series if of.key == "series" else _COMPLETE.get(of.refers or "")
    metavar = "ID" if of.key == "id" else _ONE.get(of.refers or "", "NAME" if many else _METAVARS.get(of.type, "TEXT"))
    made = field(
        flag(of),
        _help(of, many),
        metavar=metavar,
        complete=offered or completion.choices(of),
        short="-t" if of.key == "topics" else None,
    )
    return Annotated[list[str] | None if many else Text, made]


def _help(of: Field, many: bool) -> str:
    text = of.meaning[:1].upper() + of.meaning[1:]
    if any(choice not in of.meaning for choice in of.choices):
        text += f" ({either(list(of.choices))})"
    if of.word and of.word not in of.meaning:
        text += f"; {of.word} if nobody knows"
    return "; ".join(filter(None, (text, HINTS.get(of.key), "may be repeated" if many else ""))) + "."


FIELDS: dict[str, Any] = {key: _flag(of) for key, of in typed().items() if key != "claim"}


@writes(FIELDS)
def add(
    run: Run,
    manner: Manner,
    words: Words,
    claim: Annotated[Text, argument(metavar="[CLAIM]", help="The ledger's own sentence, judgeable.")] = None,
    document: Annotated[Text, field("--document", "The text and the line it is on.", metavar="FILE:LINE")] = None,
) -> None:
    """Enter a new claim. On a terminal, what is missing is asked for.

    With --document everything that a line of a text gives is filled in, as scan finds it: the quote, the words of the
    deadline and its period, number, probability and speaker; speaker, source and topics are declared on the way. Else
    they must be declared in the ledger. The claim is written where the order of the file suggests (by said, deadline
    or id, if the claims keep one), else at the end; one from a text at the end.
    """
    words = _with_claim(words, claim)
    if document is not None:
        from .candidates import add_from

        add_from(run, manner, words, document)
        return
    more = () if words else _optional(run.ledger)
    finish(run, manner, words, lambda words: plan_add(run.ledger, words, today=run.today), _answer, more)


@writes(FIELDS)
def revise(
    run: Run,
    manner: Manner,
    words: Words,
    revised: Annotated[str, argument(metavar="ID", complete=completion.claims, help="The claim that is revised.")],
    claim: Annotated[Text, argument(metavar="[CLAIM]", help="The new claim, judgeable.")] = None,
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
    return tuple(
        Missing(f"--{key.replace('_', '-')}", QUESTIONS[key], tuple(ledger.topics) if key == "topics" else ())
        for key, of in typed().items()
        if key in QUESTIONS and not of.required
    )


def _answer(words: Words, missing: Missing, text: str) -> Words:
    return {**words, missing.option.removeprefix("--").replace("-", "_").lower(): text}
