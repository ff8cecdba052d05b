"""Where pages lie, relative to the site's folder, and how they point to each other."""

from __future__ import annotations

import re

from ..render.export.addresses import claim_page as claim
from ..render.export.addresses import stem

__all__ = ["FOLDERS", "card", "claim", "embed", "numbered", "root", "stem", "subject", "subject_file", "web_address"]
FOLDERS = {"people": "person", "topics": "topic", "series": "series", "sources": "source"}


def subject(table: str, name: str, page: int = 1) -> str:
    """The page of a speaker, topic, series or source; further pages have a number that no key can have."""
    return numbered(f"{FOLDERS[table]}/{stem(name)}.html", page)


def subject_file(table: str, name: str, ending: str) -> str:
    """A file about a speaker or a topic that is no page, such as its feed."""
    return f"{FOLDERS[table]}/{stem(name)}.{ending}"


def embed(name: str) -> str:
    """The small page of a claim, for a frame on somebody's own."""
    return f"embed/{stem(name)}.html"


def card(name: str) -> str:
    """The picture of a claim."""
    return f"card/{stem(name)}.svg"


def numbered(path: str, page: int) -> str:
    """The path of a further page: claims.html, claims.2.html, …"""
    return path if page == 1 else f"{path.removesuffix('.html')}.{page}.html"


def root(path: str) -> str:
    """What leads from a page to the site's folder."""
    return "../" * path.count("/")


def web_address(text: str | None) -> str | None:
    """The text if it is an address that may be linked: http or https, without blanks, quotes or brackets."""
    return text if text and re.fullmatch(r"https?://[^\s\x00-\x20<>\"'`\\^{}|]+", text, re.IGNORECASE) else None
