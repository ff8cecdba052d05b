"""The candidates of texts as JSON, as rows, and as a ledger that a person completes."""

from __future__ import annotations

from typing import Any

from ..edit.blocks import Value, items, mapping
from ..edit.scalars import Plain
from ..edit.style import Style
from ..intake.scan import Candidate
from ..numbers import chance
from ..results.scan import Scan
from ..text import plural
from ..writing.candidates import DraftedClaim, drafts
from . import jsontext
from .objects import envelope
from .rowtext import rows_as

COLUMNS = (
    "file",
    "line",
    "column",
    "kind",
    "deadline",
    "deadline_words",
    "probability",
    "speaker",
    "known_as",
    "quote",
)
_NOTES = {
    "    claim:": "say what is claimed, in one sentence that can be judged",
    "    criteria:": "say what must be observed, and who says so",
}


def as_json(found: Scan, errors: int) -> str:
    """The candidates as one JSON object."""
    return jsontext.dumps(envelope("scan", found.day, errors, candidates=[_object(one) for one in found.candidates]))


def _object(one: Candidate) -> dict[str, Any]:
    return {**one._asdict(), "quantity": one.quantity._asdict() if one.quantity else None}


def as_plain(found: Scan) -> str:
    """One candidate a line, without a header."""
    return "".join(rows_as("plain", COLUMNS, [[cell(one, name) for name in COLUMNS] for one in found.candidates]))


def cell(one: Candidate, name: str) -> str:
    """One value of a candidate as it is shown to people."""
    if name == "probability":
        return chance(one.probability) if one.probability is not None else one.probability_words or ""
    if name == "deadline":
        return one.deadline or " or ".join(one.deadline_others) or "unclear"
    value = getattr(one, name)
    return "" if value is None else " ".join(str(value).split())


def as_yaml(found: Scan) -> str:
    """A ledger with the candidates that are not in one yet; what a person must say is empty and marked."""
    style, made = Style(), drafts(found)
    if not made.claims:
        return f"# {plural(len(found.candidates), 'candidate')}, all in the ledger already\nledger: 1\nclaims: []\n"
    head: dict[str, Value] = {"people": dict(made.people), "sources": dict(made.sources)}
    lines = [
        f"# {plural(len(made.claims), 'candidate')}. Strike out what is none; say what is claimed, how it is judged.",
        "ledger: 1",
        *mapping(style, head, 0),
        "claims:",
    ]
    for draft in made.claims:
        lines += _claim(style, draft)
    return "\n".join(lines) + "\n"


def _claim(style: Style, draft: DraftedClaim) -> list[str]:
    """The lines of a claim, with a comment above what is left to say."""
    record = dict(draft.record)
    whole = {"id": record.pop("id"), "claim": Plain(""), **record, "criteria": Plain("")}
    notes = {**_NOTES, **({"    deadline:": draft.open} if draft.open else {})}
    lines = [""]
    for line in items(style, "claims", [whole], 2, gap=2):
        note = notes.pop(line.partition(":")[0] + ":", None)
        lines += [line] if note is None else [f"    # {note}", line.rstrip()]
    return lines
