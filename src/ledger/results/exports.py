"""export: which claims, and what a format can hold of them; the formats themselves are `render.export`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..errors import UsageError
from ..model import Ledger
from ..query import Filter
from ..text import did_you_mean
from .list import Listing, listing


class Form(NamedTuple):
    """One format of export. `address` says whether it points to the pages of a site; some are no text."""

    name: str
    meaning: str
    address: bool = False
    text: bool = True


FORMS = {
    form.name: form
    for form in (
        Form("csv", "a table with a header, for spreadsheets; import takes it back"),
        Form("tsv", "a table with a header, without quoting"),
        Form("jsonl", "a claim a line, with the names it uses; import takes it back"),
        Form("json", "one object, as of ledger list"),
        Form("markdown", "a table for a page"),
        Form("sqlite", "a database of keyed tables, with views and full text", text=False),
        Form("datasette", "what Datasette says about that database, as JSON"),
        Form("parquet", "typed columns; needs duckdb or pyarrow", text=False),
        Form("xlsx", "a workbook of Excel; needs openpyxl", text=False),
        Form("datapackage", "a zip of CSV files with their description; import takes it back", text=False),
        Form("ics", "a calendar: an all-day event a deadline", address=True),
        Form("atom", "a feed of what fell due and what was judged", address=True),
        Form("jsonld", "linked data in the terms of schema.org", address=True),
    )
}


def form(name: str) -> Form:
    """The format of that name; UsageError offers the nearest."""
    if name not in FORMS:
        near = did_you_mean(name, FORMS)
        raise UsageError(f"no format {name!r}", hint=near or f"there are {', '.join(FORMS)}")
    return FORMS[name]


def exported(ledger: Ledger, wanted: Filter, *, day: date, sort: Sequence[str] = ("deadline",)) -> Listing:
    """The claims to export, sorted."""
    return listing(ledger, wanted, day=day, sort=sort)
