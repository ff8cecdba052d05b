"""Every format of export by its name: a listing in, the bytes of a file out."""

from __future__ import annotations

from importlib import import_module

from ...results.exports import FORMS
from ...results.list import Listing
from .. import claims

_ROWS = ("csv", "tsv", "markdown")


def encoded(
    listing: Listing, form: str, *, errors: int = 0, address: str | None = None, stem: str = "claims", bom: bool = False
) -> bytes:
    """The claims in one of the formats of `results.exports.FORMS`; text is UTF-8, with a mark before it on request.

    `stem` is the name of the database that a description of it is for.
    """
    if form in _ROWS:
        found: str | bytes = claims.as_rows(listing, form, None)
    elif form == "json":
        found = claims.as_json(listing, "list", errors)
    else:
        known = {"errors": errors, "address": address, "stem": stem}
        module = import_module(f"{__package__}.{form}")
        found = module.document(listing, **{name: known[name] for name in FORMS[form].takes})
    if isinstance(found, bytes):
        return found
    return (("\ufeff" if bom else "") + found).encode("utf-8", "backslashreplace")
