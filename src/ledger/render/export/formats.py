"""Every format of export by its name: a listing in, the bytes of a file out, in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain

from ...results.exports import FORMS
from ...results.list import Listing
from .. import claims

_AS_LISTED = ("csv", "tsv", "markdown", "json")


def encoded(
    listing: Listing, form: str, *, errors: int = 0, address: str | None = None, stem: str = "claims", bom: bool = False
) -> Iterator[bytes]:
    """The claims in one of the formats of `results.exports.FORMS`; text is UTF-8, with a mark before it on request.

    `stem` is the name of the database that a description of it is for.
    """
    found: Iterable[str] | str | bytes
    if form in _AS_LISTED:
        found = claims.written(listing, form, errors=errors)
    else:
        known = {"errors": errors, "address": address, "stem": stem}
        module = import_module(f"{__package__}.{form}")
        found = module.document(listing, **{name: known[name] for name in FORMS[form].takes})
    if isinstance(found, bytes):
        return iter((found,))
    texts = chain(["\ufeff"] if bom else [], [found] if isinstance(found, str) else found)
    return (text.encode("utf-8", "backslashreplace") for text in texts)
