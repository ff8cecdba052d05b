"""Where a claim can be seen and corrected in the ledger's repository, on hosts whose addresses are known."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from ..model import About
from . import paths


class Forge(NamedTuple):
    """How a host writes the address of a line of a file, if it can be said for any branch, and of a new issue."""

    line: str | None
    issue: str
    title: str
    body: str


_GITLAB = Forge("{}/-/blob/HEAD/{}#L{}", "{}/-/issues/new", "issue[title]", "issue[description]")
_FORGES = {
    "github.com": Forge("{}/blob/HEAD/{}#L{}", "{}/issues/new", "title", "body"),
    "gitlab.com": _GITLAB,
    "codeberg.org": Forge(None, "{}/issues/new", "title", "body"),
}


def _forge(repository: str | None) -> tuple[Forge, str] | None:
    """The kind of host, and the repository's address without an ending."""
    address = paths.web_address(repository)
    if address is None:
        return None
    host = urlsplit(address).hostname or ""
    forge = _FORGES.get(host) or (_GITLAB if host.startswith("gitlab.") else None)
    plain = address.split("?")[0].split("#")[0].rstrip("/").removesuffix(".git")
    return (forge, plain) if forge else None


def line_address(about: About | None, folder: str | None, file: str, line: int) -> str | None:
    """The address of a line of the ledger; `folder` is the ledger's, from the top of the repository."""
    found = _forge(about.repository) if about else None
    if found is None or found[0].line is None or folder is None:
        return None
    parts: list[str] = []
    for step in [*folder.split("/"), *file.split("/")]:
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(quote(step, safe=""))
    return found[0].line.format(found[1], "/".join(parts), line)


def correction_address(about: About | None, claim: str, page: str | None) -> str | None:
    """Where a correction of a claim can be suggested: a new issue of the repository, else a letter to the contact."""
    if about is None:
        return None
    found = _forge(about.repository)
    subject, body = f"Correction: {claim}", f"About {page or claim}:\n\n"
    if found is not None:
        forge, address = found
        return f"{forge.issue.format(address)}?{urlencode({forge.title: subject, forge.body: body}, quote_via=quote)}"
    contact = about.contact or ""
    if contact.count("@") == 1 and all(
        part.replace(".", "a").replace("-", "a").isalnum() for part in contact.split("@")
    ):
        return f"mailto:{quote(contact, safe='@')}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"
    return paths.web_address(contact) or paths.web_address(about.repository)
