"""Exports whole, as a file would hold them."""

from __future__ import annotations

from typing import Any

from ledger.render.export.formats import encoded
from ledger.render.objects import written
from ledger.results.list import Listing


def exported(listing: Listing, form: str, **options: Any) -> bytes:
    """The bytes of an export."""
    return b"".join(encoded(listing, form, **options))


def told(listing: Listing, form: str, **options: Any) -> str:
    """What `list` prints in a format for other programs."""
    return "".join(written(listing, form, **options))
