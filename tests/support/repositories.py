"""Repositories and small ledgers for tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# Nothing of the machine's own settings: a template with hooks, a signing key, another default branch.
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Jane Doe",
    "GIT_AUTHOR_EMAIL": "jane@example.org",
    "GIT_COMMITTER_NAME": "Jane Doe",
    "GIT_COMMITTER_EMAIL": "jane@example.org",
}

HEAD = """\
ledger: 1
people: {jane: {name: Jane Doe}}
topics: {robots: robots, cars: cars}
sources: {paper: {title: The Paper}}
claims:
"""


def claim(name: str, *lines: str, deadline: str = "2027", indent: str = "  ") -> str:
    """One claim of block style; further lines go behind the deadline."""
    own = ["claim: It happens.", "speaker: jane", "said: 2026-01-05", "source: paper", f"deadline: {deadline}", *lines]
    return f"{indent}- id: {name}\n" + "".join(f"{indent}  {line}\n" for line in own)


def ledger(*claims: str) -> str:
    """A whole file."""
    return HEAD + "".join(claims or [claim("one")])


class Repo:
    """A repository in a folder; commits are made a day apart from 2026-03-01 on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commits = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, **environ: str) -> str:
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env={**os.environ, **ENVIRONMENT, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, text: str | bytes, path: str = "claims.yaml") -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def commit(self, message: str = "Change") -> str:
        """Commit all files as they are; the answer is the commit's id."""
        self.git("add", "-A")
        time = f"2026-03-{1 + self.commits % 28:02d}T12:00:00+0000"
        self.commits += 1
        self.git("commit", "-q", "--allow-empty", "-m", message, GIT_AUTHOR_DATE=time, GIT_COMMITTER_DATE=time)
        return self.git("rev-parse", "HEAD")

    def record(self, text: str | bytes, path: str = "claims.yaml", message: str = "Change") -> str:
        """Write one file and commit."""
        self.write(text, path)
        return self.commit(message)
