"""Candidates of a scan on a terminal: shown, and entered with everything that the text gives filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..errors import UsageError
from ..fields import QUESTIONS
from ..files.questions import expanded
from ..intake.scan import Candidate
from ..intake.scan.documents import document
from ..numbers import chance
from ..results.scan import Asked, TextOrigin, scanned, standing_on
from ..writing.enter_candidate import CandidateDraft
from ..writing.plan import Missing
from . import prompts
from .filters import period
from .resolve import Manner, finish
from .run import Run

Words = Mapping[str, str | Sequence[str]]


def shown(one: Candidate) -> str:
    """A candidate in a few lines: where and what, and each thing that the text gives."""
    given = {
        "kind": one.kind,
        "deadline": _deadline(one),
        "number": one.quantity.text if one.quantity else "",
        "how sure": chance(one.probability) if one.probability is not None else one.probability_words or "",
        "speaker": one.speaker or "",
        "if": one.condition or "",
    }
    lines = [f"{one.file}:{one.line}:{one.column}", f"  {' '.join(one.quote.split())}"]
    return "\n".join([*lines, *(f"  {name}: {value}" for name, value in given.items() if value)])


def _deadline(one: Candidate) -> str:
    if one.deadline_words is None:
        return "none"
    means = one.deadline or " or ".join(one.deadline_others) or "unclear"
    return f"{means} (“{one.deadline_words}”)"


def enter(run: Run, one: Candidate, origin: TextOrigin, words: Words, manner: Manner) -> bool:
    """Ask for what a person must say, offer the rest, show the change and write it; whether it was written."""
    more = _offered(run, one) if manner.asks else ()
    draft = CandidateDraft(
        ledger=run.ledger, today=run.today, one=one, origin=origin, words=dict(words), more=tuple(more)
    )
    return finish(run, manner, draft)


def add_from(run: Run, manner: Manner, words: Words, place: str) -> None:
    """Enter what stands on a line of a text, given as FILE:LINE."""
    name, _, line = place.rpartition(":")
    if not name or not line.isdigit():
        raise UsageError(f"--document {place!r} names no line", hint="write FILE:LINE, such as article.txt:20")
    said, source, quote = (_text(words.get(key)) for key in ("said", "source", "quote"))
    counted = period(said, run.today, "--said") if said and said != "unknown" else None
    found = scanned(run.ledger, [document(expanded(name))], Asked(source, counted), day=run.day)
    held = standing_on(found, int(line), quote)
    one = held[0] if len(held) == 1 else _one_of(held, manner, place)
    (origin,) = found.origins
    declared = run.ledger.sources[origin.source].published if origin.source else None
    kept = {key: of for key, of in words.items() if key not in ("source", "quote")}
    enter(run, one, origin._replace(published=declared), kept, manner)


def _text(value: str | Sequence[str] | None) -> str | None:
    return value if isinstance(value, str) else None


def _one_of(held: Sequence[Candidate], manner: Manner, place: str) -> Candidate:
    quotes = {str(number): " ".join(one.quote.split()) for number, one in enumerate(held, 1)}
    if not manner.asks:
        listed = "\n  ".join(quotes.values())
        raise UsageError(f"{place} has {len(held)} candidates", hint=f"choose one by --quote:\n  {listed}")
    prompts.tell("\n".join(f"{number}: {quote}" for number, quote in quotes.items()))
    return held[int(prompts.choose("Which one?", dict.fromkeys(quotes, ""), default="1")) - 1]


def _offered(run: Run, one: Candidate) -> list[Missing]:
    """What is filled in and may be changed, and what may be added; an empty answer leaves it as it is."""
    asked = [
        Missing(
            "--speaker",
            QUESTIONS["speaker"] + ("" if one.speaker else " (the author of the text, if nobody is named)"),
            tuple(run.ledger.people),
            optional=True,
            default=one.speaker or "",
        )
    ]
    if one.deadline is not None:
        asked.append(Missing("--deadline", f"By when? (“{one.deadline_words}”)", optional=True, default=one.deadline))
    asked += [
        Missing("--topics", QUESTIONS["topics"], tuple(run.ledger.topics), optional=True),
        Missing("--criteria", QUESTIONS["criteria"], optional=True),
    ]
    return asked
