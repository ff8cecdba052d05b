"""Claims in the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..columns import FLAT, NAMES
from ..results.list import Listing
from . import delimited, jsontext, markdown
from .objects import about_object, claim_objects, claim_rows, envelope

ROW_COLUMNS = ("id", "claim", "speaker", "deadline", "status", "days")


def as_json(listing: Listing, command: str, errors: int) -> str:
    """The claims as one JSON object."""
    about = about_object(listing.ledger.about)
    return jsontext.dumps(envelope(command, listing.day, errors, about=about, claims=claim_objects(listing)))


def as_jsonl(listing: Listing, columns: Sequence[str] | None) -> str:
    """One JSON object a claim and line."""
    objects = claim_objects(listing)
    return jsontext.jsonl([{name: found[name] for name in columns} for found in objects] if columns else objects)


def as_rows(listing: Listing, form: str, columns: Sequence[str] | None) -> str:
    """The claims as csv, tsv, plain or markdown."""
    names = columns or ((*NAMES, *FLAT) if form in ("csv", "tsv") else ROW_COLUMNS)
    return rows_as(form, names, claim_rows(listing, names))


def rows_as(form: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts as csv, tsv, plain or markdown."""
    if form == "plain":
        return delimited.plain(rows)
    written: dict[str, Callable[..., Any]] = {"csv": delimited.csv, "tsv": delimited.tsv, "markdown": markdown.table}
    return str(written[form](names, rows))
