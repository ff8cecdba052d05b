"""Claims in the formats that other programs read, in parts that leave as they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..columns import FLAT, NAMES
from ..results.list import Listing
from . import delimited
from .objects import about_object, claim_objects, claim_rows, envelope

ROW_COLUMNS = ("id", "claim", "speaker", "deadline", "status", "days")


def written(
    listing: Listing, form: str, *, command: str = "list", errors: int = 0, columns: Sequence[str] | None = None
) -> Iterator[str]:
    """The claims as json, jsonl, csv, tsv, plain or markdown."""
    if form == "json":
        from . import jsontext

        head = envelope(command, listing.day, errors, about=about_object(listing.ledger.about))
        return jsontext.with_list(head, "claims", claim_objects(listing))
    if form == "jsonl":
        from . import jsontext

        found = claim_objects(listing)
        return (
            jsontext.lines({name: one[name] for name in columns} for one in found) if columns else jsontext.lines(found)
        )
    names = columns or ((*NAMES, *FLAT) if form in ("csv", "tsv") else ROW_COLUMNS)
    return rows_as(form, names, claim_rows(listing, names))


def rows_as(form: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows of texts as csv, tsv, plain or markdown."""
    if form == "plain":
        return delimited.plain(rows)
    if form == "markdown":
        from . import markdown

        return iter((markdown.table(names, list(rows)),))
    return delimited.csv(names, rows) if form == "csv" else delimited.tsv(names, rows)
