"""Where pages lie, relative to the site's folder, and how they point to each other."""

from __future__ import annotations

import re
from hashlib import sha256

from ..fields import NAME_PATTERN

FOLDERS = {"people": "person", "topics": "topic", "series": "series", "sources": "source"}
_LONGEST = 180  # file systems take names of 255 bytes, and an ending is to come
_name = re.compile(NAME_PATTERN).fullmatch


def stem(name: str) -> str:
    """A file name for a key of the ledger: the key itself, unless it is none or too long."""
    if _name(name) and len(name) <= _LONGEST:
        return name
    return f"{'-'.join(re.findall('[a-z0-9]+', name[:80].lower()))}-{sha256(name.encode()).hexdigest()[:12]}".lstrip("-")


def claim(name: str) -> str:
    """The page of a claim."""
    return f"claim/{stem(name)}.html"


def subject(table: str, name: str, page: int = 1) -> str:
    """The page of a speaker, topic, series or source; further pages have a number that no key can have."""
    return numbered(f"{FOLDERS[table]}/{stem(name)}.html", page)


def numbered(path: str, page: int) -> str:
    """The path of a further page: claims.html, claims.2.html, …"""
    return path if page == 1 else f"{path.removesuffix('.html')}.{page}.html"


def root(path: str) -> str:
    """What leads from a page to the site's folder."""
    return "../" * path.count("/")


def web_address(text: str | None) -> str | None:
    """The text if it is an address that may be linked: http or https, without blanks, quotes or brackets."""
    return text if text and re.fullmatch(r"https?://[^\s\x00-\x20<>\"'`\\^{}|]+", text, re.IGNORECASE) else None
