"""Under which names the pages of a site stand, for whatever points to them."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from ...fields import NAME_PATTERN
from ...text import visible

_LONGEST = 180  # file systems take names of 255 bytes, and an ending is to come
_name = re.compile(NAME_PATTERN).fullmatch


def stem(name: str) -> str:
    """A file name for a key of the ledger: the key itself, unless it is none or too long."""
    if _name(name) and len(name) <= _LONGEST:
        return name
    plain = "-".join(re.findall("[a-z0-9]+", name[:80].lower()))
    return f"{plain}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}".lstrip("-")


def unique(name: str, title: str | None, address: str | None) -> str:
    """A name for the whole world from one of a ledger: by where its pages stand, else by its title."""
    return str(uuid5(NAMESPACE_URL, visible(f"forecast-ledger:{address or title or ''}:{name}")))


def claim_page(name: str) -> str:
    """The page of a claim, relative to the site."""
    return f"claim/{stem(name)}.html"
