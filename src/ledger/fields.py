"""The format as one table: loader, schema, editor and docs are made from it.

Order of the rows is the order in which a well-ordered claim is written.
"""

from typing import Literal, NamedTuple

from .periods import FORMS as PERIOD_FORMS

Type = Literal[
    "text",  # any text; a plain number, true or null is refused with the advice to quote it
    "name",  # a key: [a-z0-9][a-z0-9-]*
    "url",  # http:// or https://
    "file",  # a file name without a folder
    "sha256",  # 64 hexadecimal digits
    "choice",  # one of `choices`
    "period",  # a period, or the word in `word`
    "day",  # a period of one day
    "number",  # a finite number between `low` and `high`
    "probability",  # 0..1, or a percentage such as 80%
    "whole",  # a whole number between `low` and `high`
    "range",  # [low, high], two numbers in order
    "timezone",  # a name of the time zone database, such as Europe/Berlin
    "group",  # a mapping of the fields in `fields`
    "groups",  # a list of such mappings
    "names",  # a list of names
    "mentions",  # a list of names, or of mappings of the fields in `fields` that hold one
    "texts",  # a list of texts
    "table",  # a mapping from names to groups
    "labels",  # a mapping from names to texts
    "version",  # the number of the format
    "apart",  # read elsewhere
]

NAME_PATTERN = "[a-z0-9][a-z0-9-]*"
# How the values of a type are written, for whoever wrote one otherwise.
HOW: dict[Type, str] = {
    "name": "names have small letters, digits and hyphens, such as optimus-units-2026",
    "url": "it begins with https:// and has no spaces",
    "file": "leave the folder out; --documents names it",
    "sha256": "as sha256sum prints it",
    "period": PERIOD_FORMS,
    "day": "write one day, such as 2026-12-31",
    "number": "write digits alone, such as 50000 or 0.8",
    "probability": "write 0.8 or 80%, and only what was stated; words belong in probability_words",
    "timezone": "write a name such as Europe/Berlin or UTC",
}
FORMAT = 1


class Field(NamedTuple):
    """One key of one mapping of the format."""

    key: str
    type: Type
    meaning: str
    required: bool = False
    refers: str | None = None  # the table its names must stand in: people, topics, sources, claims
    choices: tuple[str, ...] = ()
    word: str | None = None  # the one word allowed beside a period
    low: float | None = None
    high: float | None = None
    fields: tuple["Field", ...] = ()
    frozen: bool = False  # decides a verdict: must not change after it was set
    vital: bool = False  # a claim whose value here cannot be read is left out
    default: str | None = None  # what absence stands for: it is not written


OUTCOMES = ("true", "false", "partly", "ambiguous", "annulled", "withdrawn", "reopened")
KINDS = ("prediction", "target", "possibility", "statement")
WORDINGS = ("quoted", "paraphrased", "implied")
WINDOWS = ("by", "during")
PERSON_KINDS = ("person", "organisation", "crowd", "market", "model")
MAIN = ("title", "about", "timezone", "include", "forecasts")  # stand in the main file only

PERSON = (
    Field("name", "text", "the name as people write it", required=True),
    Field("kind", "choice", "who or what it is; person if absent", choices=PERSON_KINDS, default="person"),
    Field("fiscal_year_end", "whole", "the month in which its fiscal year ends", low=1, high=12),
    Field("note", "text", "who that is"),
)
_PUBLISHED = (
    Field("publisher", "text", "who published it"),
    Field("url", "url", "where it can be read"),
    Field("archived", "url", "a copy that stays"),
    Field("published", "period", "when it was published"),
)
SOURCE = (
    Field("title", "text", "the title as published", required=True),
    *_PUBLISHED,
    Field("event", "text", "the event it reports, with its day"),
    Field("note", "text", "anything a reader should know about it"),
    Field("document", "file", "file name of its text, looked up in the folder given by --documents"),
    Field("sha256", "sha256", "checksum of that document; quotes are checked against it"),
)
EVIDENCE = (
    Field("source", "name", "a declared source", refers="sources"),
    Field("at", "text", "where in the source"),
    Field("title", "text", "the title of the page"),
    *_PUBLISHED,
    Field("says", "text", "what it says, in the ledger's own words"),
)
RESOLUTION = (
    Field("outcome", "choice", "whether it came true", required=True, choices=OUTCOMES),
    Field("judged", "day", "the day of the judgement", required=True),
    Field("happened", "period", "when it came true; beside withdrawn, when it was taken back"),
    Field("value", "number", "the number observed"),
    Field("evidence", "groups", "what the judgement rests on", fields=EVIDENCE),
    Field("by", "text", "who judged"),
    Field("note", "text", "why, and what another reading would give"),
)
QUANTITY = (
    Field("at_least", "number", "the smallest number that makes the claim true, inclusive"),
    Field("at_most", "number", "the largest number that makes the claim true, inclusive"),
    Field("range", "range", "the range as said; it decides nothing unless decides says so"),
    Field("level", "probability", "the probability stated for the range, 0..1 or a percentage"),
    Field("point", "number", "the one number said; it decides nothing"),
    Field("decides", "choice", "range: its ends are at_least and at_most, inclusive", choices=("range",)),
    Field("unit", "text", "what is counted"),
)
MENTION = (
    Field("source", "name", "a declared source", required=True, refers="sources"),
    Field("at", "text", "where in the source"),
    Field("quote", "text", "exact words of that source"),
)
FORECAST = (
    Field("by", "name", "who gave it: never the speaker", required=True, refers="people"),
    Field("date", "day", "the day it was given", required=True),
    Field("probability", "probability", "the probability given, 0..1 or a percentage", required=True),
    Field("source", "name", "where it stands: a declared source", refers="sources"),
    Field("note", "text", "free text"),
)
OBSERVATION = (
    Field("date", "day", "the day it was seen", required=True),
    Field("value", "number", "the number seen"),
    Field("evidence", "groups", "where it was seen", fields=EVIDENCE),
    Field("note", "text", "what was seen"),
)
AMENDMENT = (
    Field("date", "day", "the day of the correction", required=True),
    Field("fields", "texts", "the fields that were corrected", required=True),
    Field("why", "text", "the reason", required=True),
)
CLAIM = (
    Field("id", "name", "stable name of the claim", required=True, frozen=True, vital=True),
    Field("claim", "text", "the ledger's own sentence, judgeable", required=True, frozen=True, vital=True),
    Field("speaker", "name", "who said it", required=True, refers="people", frozen=True, vital=True),
    Field("also_by", "names", "others who said it together with the speaker", refers="people", frozen=True),
    Field("said", "period", "when it was said", required=True, word="unknown", frozen=True, vital=True),
    Field("source", "name", "where it was said", required=True, refers="sources", frozen=True),
    Field("at", "text", "where in the source, such as line 20"),
    Field("quote", "text", "exact words of the source", frozen=True),
    Field("also_in", "mentions", "other sources that report it: names, or {source, at, quote}", fields=MENTION),
    Field("wording", "choice", "how the words reach us", choices=WORDINGS, frozen=True, vital=True),
    Field(
        "kind",
        "choice",
        "what was claimed; prediction if absent",
        choices=KINDS,
        frozen=True,
        vital=True,
        default="prediction",
    ),
    Field("condition", "text", "the premise in its words; if it fails, judge annulled", frozen=True),
    Field("topics", "names", "what it is about", refers="topics"),
    Field(
        "deadline",
        "period",
        "by when; none if open-ended",
        required=True,
        word="none",
        frozen=True,
        vital=True,
    ),
    Field("deadline_words", "text", "the deadline as said", frozen=True),
    Field("fiscal_of", "name", "whose fiscal year the words mean, if not the speaker's", refers="people", frozen=True),
    Field("deadline_latest", "period", "the most charitable reading, for the lenient rate only", frozen=True),
    Field(
        "window",
        "choice",
        "by: any day up to the last; during: in the period",
        choices=WINDOWS,
        frozen=True,
        vital=True,
        default="by",
    ),
    Field(
        "known_by",
        "period",
        "by when the verdict can be known; it ends after the deadline",
        frozen=True,
        vital=True,
    ),
    Field("probability", "probability", "the probability stated, 0..1 or a percentage", frozen=True),
    Field("probability_words", "text", "how sure, in words", frozen=True),
    Field(
        "quantity",
        "group",
        "what is counted, and the number that decides",
        fields=QUANTITY,
        frozen=True,
        vital=True,
    ),
    Field("criteria", "text", "what must be observed, and who says so", frozen=True),
    Field("series", "name", "claims about the same target, not independent of each other"),
    Field("revises", "name", "the one earlier claim that this one changes", refers="claims", frozen=True),
    Field("depends_on", "names", "claims that are its premises", refers="claims", frozen=True),
    Field("see_also", "names", "other claims worth reading", refers="claims"),
    Field("formerly", "names", "ids that the claim had before"),
    Field("note", "text", "free text"),
    Field("added", "day", "the day it was entered", frozen=True),
    Field("checked", "day", "the last day somebody looked and found nothing decisive"),
    Field("amended", "groups", "corrections of fields that decide a verdict", fields=AMENDMENT, frozen=True),
    Field("forecasts", "groups", "dated probabilities that others gave it", fields=FORECAST, frozen=True),
    Field("observations", "groups", "what was seen on the way; decides nothing", fields=OBSERVATION),
    Field(
        "resolutions",
        "groups",
        "judgements, append-only; the last one counts",
        fields=RESOLUTION,
        frozen=True,
        vital=True,
    ),
)
ABOUT = (
    Field("keeper", "text", "who keeps the ledger"),
    Field("contact", "text", "how to reach them"),
    Field("url", "url", "where the ledger is published"),
    Field("repository", "url", "where its history is kept"),
    Field("licence", "text", "under which others may use it"),
    Field("language", "text", "the language it is written in, such as en"),
)
TOP = (
    Field("ledger", "version", "the number of the format: 1", required=True),
    Field("title", "text", "what the ledger is about"),
    Field("about", "group", "who answers for the ledger", fields=ABOUT),
    Field("timezone", "timezone", "the ledger's calendar, such as Europe/Berlin: today is the day there"),
    Field("include", "texts", "further files in the ledger's folder, such as claims/*.yaml"),
    Field("forecasts", "texts", "tables of forecasts in the ledger's folder, such as forecasts/*.csv"),
    Field("people", "table", "those who speak", fields=PERSON),
    Field("topics", "labels", "subjects, each with a few words"),
    Field("sources", "table", "where claims and evidence come from", fields=SOURCE),
    Field("claims", "groups", "the claims", fields=CLAIM),
)

CLAIM_KEYS = tuple(field.key for field in CLAIM)

# --- how people read it -----------------------------------------------------------------------------------------

LABELS = {  # where it is not the key with blanks
    "deadline_latest": "latest",
    "file": "at",
    "resolutions": "judged",
    "sha256": "SHA-256",
}
BESIDE = {  # told with another field, in the same breath
    "at": "source",
    "deadline_words": "deadline",
    "window": "deadline",
    "probability_words": "probability",
}
GROUPS = ("words", "terms", "outcome", "relations", "record")  # what people read first, and then
_BEGINS = {  # the first field of a run; those behind it are of its group
    "id": "words",
    "kind": "terms",
    "series": "relations",
    "note": "record",
    "checked": "outcome",
    "amended": "record",
    "forecasts": "outcome",
    "resolutions": "outcome",
}
_WORKED_OUT = {"checked": ("account",), "depends_on": ("revised_by",)}  # read before a field
QUESTIONS = {  # asked of who enters a claim, in this order; the others are options only
    "claim": "What is claimed, in the ledger's own judgeable sentence?",
    "speaker": "Who said it?",
    "said": "When was it said? (a period, or unknown)",
    "source": "Which source says so?",
    "deadline": "By when? (a period, or none)",
    "id": "Which id? None can be made of the claim's words. (small letters, digits and hyphens)",
    "quote": "What are the exact words of the source?",
    "wording": "How do the words reach us?",
    "kind": "Which kind of claim is it?",
    "condition": "On which premise?",
    "topics": "About which topics? (names, commas between)",
    "deadline_words": "How was the deadline put?",
    "window": "Any day up to the last (by), or in the period alone (during)?",
    "quantity": "Which number? (at least N robots, at most N, N to M; N alone decides nothing)",
    "known_by": "By when is the figure known? (a period after the deadline)",
    "probability": "Which probability was stated? (0.8 or 80%)",
    "probability_words": "How sure, in words?",
    "criteria": "What must be observed, and who says so?",
}
SUGGESTED = (  # asked only where the sentence, or an answer before, suggests an answer
    *("wording", "kind", "condition", "window", "quantity", "known_by", "probability", "probability_words"),
)
HINTS = {  # said where a field is typed
    "id": "made of the claim's words if absent",
    "source": "a declared one",
    "probability": "never invented",
    "range": "written 50000..100000",
}
FLAGS = {"topics": "--topic"}  # one at a time
PASSED_BY = {  # fields of a claim that no one types for a new one, and why
    "revises": "ledger revise names it",
    "added": "the program knows the day",
    "checked": "ledger touch sets it",
    "amended": "a new claim has nothing to correct",
    "resolutions": "ledger resolve appends it",
    "forecasts": "each has several values: written into the file, or beside it",
    "observations": "ledger touch appends it",
    "formerly": "a new claim had no id before",
}


def label(field: Field) -> str:
    """The name under which people read a field."""
    return LABELS.get(field.key, field.key.replace("_", " "))


def reading_order() -> tuple[str, ...]:
    """What people read of a claim, in order: its words, its terms, what came of it, relations, the record."""
    of: dict[str, list[str]] = {group: [] for group in GROUPS}
    group = GROUPS[0]
    for field in CLAIM:
        group = _BEGINS.get(field.key, group)
        of[group] += [*_WORKED_OUT.get(field.key, ()), field.key]
    return (*(key for keys in of.values() for key in keys), "file")


def typed() -> dict[str, Field]:
    """The fields of a new claim and of its quantity that are typed, by key: each one value, or a list of names."""
    own = [field for field in CLAIM if field.key not in PASSED_BY and field.type not in ("group", "groups")]
    return {field.key: field for field in (*own, *QUANTITY)}


def flag(field: Field) -> str:
    """The option by which a field is typed."""
    return FLAGS.get(field.key, "--" + field.key.replace("_", "-"))
