"""Every format of export by its name, and what it can hold: a listing in, the bytes of a file out, in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import NamedTuple

from ...errors import UsageError
from ...results.list import Listing
from ...text import did_you_mean


class Form(NamedTuple):
    """One format of export: the module of its name in this package, with a function `document`.

    `takes` is what that needs beside the listing: `address`, where the pages of a site are, `errors`, `stem`.
    """

    name: str
    meaning: str
    takes: tuple[str, ...] = ()
    text: bool = True

    @property
    def address(self) -> bool:
        """Whether it points to the pages of a site."""
        return "address" in self.takes


FORMS = {
    form.name: form
    for form in (
        Form("csv", "a table with a header, for spreadsheets; import takes it back"),
        Form("tsv", "a table with a header, without quoting"),
        Form("jsonl", "a claim a line, with the names it uses; import takes it back"),
        Form("json", "one object, as of ledger list"),
        Form("markdown", "a table for a page"),
        Form("sqlite", "a database of keyed tables, with views and full text", takes=("errors",), text=False),
        Form("datasette", "what Datasette says about that database, as JSON", takes=("stem",)),
        Form("parquet", "typed columns; needs duckdb or pyarrow", text=False),
        Form("xlsx", "a workbook of Excel; needs openpyxl", text=False),
        Form("datapackage", "a zip of CSV files with their description; import takes it back", text=False),
        Form("ics", "a calendar: an all-day event a deadline", takes=("address",)),
        Form("atom", "a feed of what fell due and what was judged", takes=("address",)),
        Form("jsonld", "linked data in the terms of schema.org", takes=("address",)),
    )
}


def form(name: str) -> Form:
    """The format of that name; UsageError offers the nearest."""
    if name not in FORMS:
        near = did_you_mean(name, FORMS)
        raise UsageError(f"no format {name!r}", hint=near or f"there are {', '.join(FORMS)}")
    return FORMS[name]


_AS_LISTED = ("csv", "tsv", "markdown", "json")


def encoded(
    listing: Listing, form: str, *, errors: int = 0, address: str | None = None, stem: str = "claims", bom: bool = False
) -> Iterator[bytes]:
    """The claims in one of the formats of `FORMS`; text is UTF-8, with a mark before it on request.

    `stem` is the name of the database that a description of it is for.
    """
    found: Iterable[str] | str | bytes
    if form in _AS_LISTED:
        from ..objects import written

        found = written(listing, form, errors=errors)
    else:
        known = {"errors": errors, "address": address, "stem": stem}
        module = import_module(f"{__package__}.{form}")
        found = module.document(listing, **{name: known[name] for name in FORMS[form].takes})
    if isinstance(found, bytes):
        return iter((found,))
    texts = chain(["\ufeff"] if bom else [], [found] if isinstance(found, str) else found)
    return (text.encode("utf-8", "backslashreplace") for text in texts)
