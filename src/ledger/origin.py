"""From where the program is installed: an address in git with a tag or a commit, as long as there is no release.

No address is written down anywhere in the program: it is the one that an installer noted, or that a user names.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

# Nothing in an address or a name of a commit may need quoting, in YAML or in a shell.
_WRITTEN = re.compile(
    r"(?:git\+)?(https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~-]+)+)@([A-Za-z0-9][A-Za-z0-9._/-]*)"
)
_ON_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?")
_ON_GITLAB = re.compile(r"(https://gitlab\.com(?:/[A-Za-z0-9._-]+)+?)(?:\.git)?")


class Origin(NamedTuple):
    """The address of a git repository, and a tag or a commit of it."""

    address: str
    ref: str

    @property
    def requirement(self) -> str:
        """As pip wants it."""
        return f"forecast-ledger @ git+{self.address}@{self.ref}"

    @property
    def action(self) -> str | None:
        """As a GitHub workflow wants it; None where the repository is elsewhere."""
        found = _ON_GITHUB.fullmatch(self.address)
        return None if found is None else f"{found[1]}@{self.ref}"

    def page(self, path: str) -> str | None:
        """Where a file of the repository can be read; None where the host's addresses are not known."""
        if found := _ON_GITHUB.fullmatch(self.address):
            return f"https://github.com/{found[1]}/blob/{self.ref}/{path}"
        if found := _ON_GITLAB.fullmatch(self.address):
            return f"{found[1]}/-/blob/{self.ref}/{path}"
        return None


def named(text: str) -> Origin | None:
    """What ADDRESS@REF names; None where it is no such thing."""
    found = _WRITTEN.fullmatch(text)
    return None if found is None else Origin(found[1], found[2])


def installed() -> Origin | None:
    """The repository and commit that an installer noted (PEP 610), where it took the program from git."""
    from importlib import metadata

    try:
        noted = json.loads(metadata.distribution("forecast-ledger").read_text("direct_url.json") or "{}")
        return named(f"{noted['url']}@{noted['vcs_info']['commit_id']}")
    except (metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return None
