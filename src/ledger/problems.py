"""Findings as values: what is wrong, where, and how to mend it. Every code of the tool stands in `CODES`."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]
Step = str | int
Path = tuple[Step, ...]


class Place(NamedTuple):
    """A spot in a file: `line` and `column` count from 1, columns in code points."""

    file: str
    line: int
    column: int


class Problem(NamedTuple):
    """One finding about one place of a ledger; `claim` is the id it belongs to, if any."""

    code: str
    message: str
    hint: str | None
    place: Place
    claim: str | None = None
    severity: Severity = "error"


class Code(NamedTuple):
    """What a code means to somebody who meets it for the first time."""

    severity: Severity
    meaning: str


def _codes(severity: Severity, **meanings: str) -> dict[str, Code]:
    return {name.replace("_", "-"): Code(severity, meaning) for name, meaning in meanings.items()}


CODES: dict[str, Code] = {
    **_codes(
        "error",
        syntax="The text is not valid YAML at this place.",
        yaml_feature="Tags, anchors, aliases, merge keys and further documents are not part of the format.",
        limit="A bound on size, depth, number of values or number of files was passed.",
        bad_include="An included file cannot be read, or lies where a ledger may not reach.",
        bad_forecasts="A table of forecasts cannot be read, lacks a column, or lies where a ledger may not reach.",
        duplicate_key="A key stands twice in one mapping, or a name is declared twice.",
        unknown_key="The format does not know this key here.",
        duplicate_forecast="Two forecasts of one claim have the same forecaster and date.",
        missing_key="A required key is absent or empty.",
        bad_value="The value has the wrong type, is out of range or is not one of the words allowed.",
        bad_period="The text is not a period such as 2026-12-31, 2026-12, 2026-Q4, 2026 or 2030s.",
        duplicate_id="Two claims have the same id.",
        undeclared="A speaker, source or topic is used that the ledger does not declare.",
        dangling_reference="A claim refers to a claim that is not in the ledger.",
        reference_cycle="Claims refer to each other in a circle.",
        said_after_deadline="The claim was said after its deadline was over.",
        happened_before_said="The event came before the claim was said.",
        in_future="A day that has to lie behind us is later than today.",
        straddles="The time of the event runs over the last day of the deadline and so decides nothing.",
        outcome_contradicts_value="The outcome and the number observed contradict each other.",
        outcome_contradicts_happened="The outcome and the day it happened contradict each other.",
        control_character="A text holds characters that steer terminals or hide text.",
        quote_not_in_document="The quote is not an exact span of the source's document.",
        document_changed="The document is not the one whose checksum the source declares.",
        overdue="The deadline is over and nobody has judged the claim.",
        contradictory_series="Claims of a series about one event have verdicts that exclude each other.",
        goalpost_moved="What decides a verdict was changed after it was set, without an amendment.",
        claim_deleted="A claim that existed before is gone.",
        judgement_rewritten="A judgement that existed before was changed or removed.",
        not_compared="Something that stood at the base could not be read, followed or found, so nothing guards it.",
    ),
    **_codes(
        "warning",
        no_evidence="A judgement rests on a note alone.",
        no_criteria="A dated claim does not say what must be observed.",
        deadline_differs_from_words="The words of the deadline have one meaning, and the deadline is another.",
        unused="A name is declared and never used, a series has one claim, or an ignore accepts nothing.",
        reworded="A frozen text differs in punctuation, case, quotation marks or spaces alone.",
        meaning_changed="A name now means another, today is another day, or a table of forecasts is gone.",
    ),
    **_codes(
        "note",
        due_soon="The deadline is near.",
        hindsight="The claim was entered after it was decided.",
        judgement_extended="A judgement got more evidence or a longer note since the base.",
        no_document="A quote cannot be checked: the source names no document, or it is not at hand.",
    ),
}

# Found by comparing with a base; accepted on the command line alone, by nothing in the tree under test.
GUARDED = ("goalpost-moved", "claim-deleted", "judgement-rewritten", "not-compared")


def problem(code: str, message: str, place: Place, *, hint: str | None = None, claim: str | None = None) -> Problem:
    """Build a finding with the severity its code has; an unknown code is a KeyError."""
    return Problem(code, message, hint, place, claim, CODES[code].severity)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by file, line and column; findings of one place keep the order of their codes."""
    return tuple(sorted(problems, key=lambda p: (*p.place, p.code, p.message)))
