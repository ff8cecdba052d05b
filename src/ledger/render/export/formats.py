"""Every format of export by its name: a listing in, the bytes of a file out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from ...results.list import Listing
from .. import claims


def encoded(
    listing: Listing, form: str, *, errors: int = 0, address: str | None = None, stem: str = "claims", bom: bool = False
) -> bytes:
    """The claims in one of the formats of `results.exports.FORMS`; text is UTF-8, with a mark before it on request.

    `stem` is the name of the database that a description of it is for.
    """
    if form == "sqlite":
        from .sqlite import database

        return database(listing, errors)
    if form in _ARCHIVES:
        module = import_module(f"{__package__}.{form}")
        return cast("Callable[[Listing], bytes]", module.document)(listing)
    if form == "datasette":
        from .datasette import document

        return document(listing, stem).encode()
    mark = "\ufeff" if bom else ""
    return (mark + _TEXTS[form](listing, errors, address)).encode("utf-8", "backslashreplace")


_ARCHIVES = ("parquet", "xlsx", "datapackage")


def _jsonl(listing: Listing, errors: int, address: str | None) -> str:
    from .jsonl import document

    return document(listing)


def _ics(listing: Listing, errors: int, address: str | None) -> str:
    from .ics import document

    return document(listing, address)


def _atom(listing: Listing, errors: int, address: str | None) -> str:
    from .atom import document

    return document(listing, address)


def _jsonld(listing: Listing, errors: int, address: str | None) -> str:
    from .jsonld import document

    return document(listing, address)


def _table(form: str) -> Callable[[Listing, int, str | None], str]:
    return lambda listing, errors, address: claims.as_rows(listing, form, None)


_TEXTS: dict[str, Callable[[Listing, int, str | None], str]] = {
    "csv": _table("csv"),
    "tsv": _table("tsv"),
    "markdown": _table("markdown"),
    "json": lambda listing, errors, address: claims.as_json(listing, "list", errors),
    "jsonl": _jsonl,
    "ics": _ics,
    "atom": _atom,
    "jsonld": _jsonld,
}
