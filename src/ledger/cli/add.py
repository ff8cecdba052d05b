"""add and revise."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from ..errors import RefusedError, UsageError
from ..fields import HINTS, Field, flag, typed
from ..model import Claim
from ..query import names
from ..results.lookup import claims_to_write, told_ids
from ..text import did_you_mean, either
from ..writing.add import AddDraft, like
from ..writing.new_names import ENTRY, NewNames, Words
from ..writing.plan import Missing
from . import completion, prompts
from .left import Left
from .options import argument, option
from .resolve import Manner, Text, complain, field, finish, writes
from .run import Run, say

_METAVARS = {
    "name": "NAME",
    "period": "PERIOD",
    "choice": "WORD",
    "number": "NUMBER",
    "probability": "NUMBER",
    "whole": "NUMBER",
    "range": "LOW..HIGH",
}
SHORT = {
    "speaker": "-s",
    "said": "-w",
    "source": "-S",
    "deadline": "-d",
    "topics": "-t",
    "quote": "-q",
    "criteria": "-c",
    "kind": "-k",
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
        short=SHORT.get(of.key),
    )
    return Annotated[list[str] | None if many else Text, made]


def _help(of: Field, many: bool) -> str:
    text = of.meaning[:1].upper() + of.meaning[1:]
    if any(choice not in of.meaning for choice in of.choices):
        text += f" ({either(list(of.choices))})"
    if of.word and of.word not in of.meaning:
        text += f"; {of.word} if nobody knows"
    return "; ".join(filter(None, (text, HINTS.get(of.key), "may be repeated" if many else ""))) + "."


Declare = Annotated[
    bool, option("--declare", "-D", help="Declare people, topics and the source that the ledger does not have.")
]
Title = Annotated[Text, field("--title", "The title of the new source.")]
Publisher = Annotated[Text, field("--publisher", "Who published the new source.")]
Url = Annotated[Text, field("--url", "Where the new source can be read.", metavar="URL")]
Published = Annotated[Text, field("--published", "When the new source was published.", metavar="PERIOD")]
FIELDS: dict[str, Any] = {key: _flag(of) for key, of in typed().items() if key != "claim"}


@writes(FIELDS)
def add(
    run: Run,
    manner: Manner,
    words: Words,
    claim: Annotated[Text, argument(metavar="[CLAIM]", help="The ledger's own sentence, judgeable.")] = None,
    document: Annotated[Text, field("--document", "The text and the line it is on.", metavar="FILE:LINE")] = None,
    like_id: Annotated[
        Text,
        field("--like", "Speaker, source, day, topics of this claim.", metavar="ID", complete=completion.claims),
    ] = None,
    declare: Declare = False,
    title: Title = None,
    publisher: Publisher = None,
    url: Url = None,
    published: Published = None,
) -> None:
    """Enter a new claim. On a terminal, what is missing is asked for.

    With --document everything that a line of a text gives is filled in, as scan finds it: the quote, the words of the
    deadline and its period, number, probability and speaker. Speaker, source and topics that the ledger does not have
    are declared in the same edit: on a terminal their keys are proposed, in scripts --declare says so. The claim is
    written where the order of the file suggests (by said, deadline or id, if the claims keep one), else at the end;
    one from a text at the end.
    """
    words = _with_claim(words, claim)
    if document is not None:
        from .candidates import add_from

        add_from(run, manner, words, document)
        return
    prompted = manner.asks and not words
    if like_id is not None:
        (number,) = claims_to_write(run.ledger, [like_id])
        for reading in told_ids(run.ledger, [like_id]):
            say(reading)
        words = {**like(run.ledger.claims[number]), **words}
    new = _new_names(manner, declare, title, publisher, url, published)
    draft = AddDraft(ledger=run.ledger, today=run.today, words=words, new=new, more=prompted)
    if manner.asks and draft.missing:  # who is asked anyway is asked for what the sentence suggests
        draft = replace(draft, hints=True)
    left = Left(run.files[0])
    again = _offered_again(left, draft) if prompted else None
    known = set(names(run.ledger.facts, "id"))
    written = _enter(run, manner, left, again or draft, resumed=again is not None)
    while prompted and written and not manner.dry_run and prompts.agreed("Another claim from this source?"):
        run.forget()
        last = next(claim for claim in run.ledger.claims if claim.id not in known)
        known |= {last.id}
        written = _enter(run, manner, left, _next(run, manner, last))


def _enter(run: Run, manner: Manner, left: Left, draft: AddDraft, *, resumed: bool = False) -> bool:
    """Ask, show and write; what was answered is kept until that is done, in case it is left in the middle."""
    asked = resumed or (manner.asks and draft.question is not None)
    last = [draft]

    def keep(draft: AddDraft) -> None:
        last.append(draft)
        left.keep(draft.answers())

    written = finish(run, manner, draft, resumed=resumed, keep=keep)
    while asked and not written:
        mended = _mended(last[-1])
        if mended is None:
            say("the answers are kept: ledger add offers them again" if left.answers() else "the answers are dropped")
            return False
        keep(mended)
        written = finish(run, manner, mended, told=True, resumed=True, keep=keep)
    if asked:
        left.forget()
    return written


def _mended(draft: AddDraft) -> AddDraft | None:
    """The draft with another answer to what somebody says is wrong, who did not want the claim as it was shown."""
    which = Missing("", "Which answer is wrong? (its field)", draft.mendable, optional=True)
    while key := prompts.ask(which).replace(" ", "_").lower():
        if key not in draft.mendable:
            say(f"no answer {key!r}\n  {did_you_mean(key, draft.mendable) or 'there are those above'}")
            continue
        try:
            mended = draft.with_other(key, prompts.ask(draft.asked_again(key)))
            mended.planned  # noqa: B018 - whether it can be planned
        except (UsageError, RefusedError) as error:
            complain(error)
        else:
            return mended
    return None


def _next(run: Run, manner: Manner, last: Claim) -> AddDraft:
    """A further claim from the same source, with what the last one has of it."""
    words = like(last)
    usual = {"topics": ", ".join(words.pop("topics", ()))}
    new = _new_names(manner, False, None, None, None, None)
    return AddDraft(ledger=run.ledger, today=run.today, words=words, new=new, more=True, usual=usual)


def _offered_again(left: Left, draft: AddDraft) -> AddDraft | None:
    """The draft with the answers of an entry that was left, if there is one and somebody wants to go on with it."""
    found = left.answers()
    if found is None:
        return None
    prompts.tell(f"An entry was left: {found['words'].get('claim', '')}")
    if prompts.agreed("Go on with it?"):
        try:
            return draft.resumed(found)
        except (UsageError, RefusedError) as error:
            complain(error)
    left.forget()
    return None


@writes(FIELDS)
def revise(
    run: Run,
    manner: Manner,
    words: Words,
    revised: Annotated[str, argument(metavar="ID", complete=completion.claims, help="The claim that is revised.")],
    claim: Annotated[Text, argument(metavar="[CLAIM]", help="The new claim, judgeable.")] = None,
    declare: Declare = False,
    title: Title = None,
    publisher: Publisher = None,
    url: Url = None,
    published: Published = None,
) -> None:
    """Enter what the speaker says now: a new claim that revises another one.

    Speaker, topics, series and criteria are carried over; kind, deadline and quantity too, unless given anew. Words
    of the old source are not: a quote, the deadline as said, the range about another deadline.
    """
    words = _with_claim(words, claim)
    new = _new_names(manner, declare, title, publisher, url, published)
    more = manner.asks and not words
    draft = AddDraft(ledger=run.ledger, today=run.today, words=words, new=new, revised=revised, more=more)
    if manner.asks and draft.missing:
        draft = replace(draft, hints=True)
    finish(run, manner, draft)


# --- words and answers ---------------------------------------------------------------------------------------------


def _new_names(manner: Manner, declare: bool, *entry: str | None) -> NewNames:
    """How names are met that the ledger does not have; the entry of a source may be told in any case."""
    told = {key: of for key, of in zip(ENTRY, entry, strict=True) if of is not None}
    return NewNames(declare=declare or manner.asks, asks=manner.asks, confirmed=manner.asks and not declare, entry=told)


def _with_claim(words: Words, claim: str | None) -> Words:
    return words if claim is None else {"claim": claim, **words}
