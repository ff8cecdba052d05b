"""A ledger that has another name in an older commit: found by the claims that stand in both."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import UnreadableError
from ..files import questions
from ..loading import assembly
from ..model import Ledger
from ..text import shorten
from .git import CommitTree, Repository

_ENDINGS = (".yaml", ".yml")
# At the beginning of a line, behind a byte-order mark, or in a file that is one mapping in braces.
_LEDGER = re.compile(rb"""(?:^|\A\xef\xbb\xbf)["']?ledger["']?[ \t]*:""", re.MULTILINE)
_BRACES = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*\{(?s:.*?[\s,])?["']?ledger["']?[ \t]*:\s*1\b""")


def renamed(
    repo: Repository, tree: CommitTree, ids: Container[str], known: Iterable[str] = ()
) -> tuple[list[str], list[str]]:
    """The files of a commit that hold claims of these ids; and sentences on ledgers there that are lost since."""
    have = {tree.identity(name) for name in known}
    found: dict[str, set[str]] = {}
    lost = []
    for path in _candidates(repo, tree):
        name = questions.relative(os.path.join(repo.top, path))  # noqa: PTH118 - beside names as people type them
        if path in have or not _may_be(_bytes(tree, name)):
            continue
        ledger = _loaded(tree, name)
        if ledger is None:
            lost.append(f"{path} cannot be read in the commit {tree}, and may be this ledger")
            continue
        claims = [fact.id for fact in ledger.facts]
        if any(claim in ids for claim in claims):
            found[name] = {tree.identity(text.name) for text in ledger.texts}
        elif gone := _gone(repo, path, claims):
            few = shorten(", ".join(gone), 80)
            lost.append(f"{path} held {few} in the commit {tree} and does not any more; nothing shows where they are")
    return _outermost(tree, found), lost


def _may_be(data: bytes) -> bool:
    """Whether a content looks like a ledger."""
    return (_LEDGER.search(data) or _BRACES.match(data)) is not None


def _candidates(repo: Repository, tree: CommitTree) -> Iterator[str]:
    """The files of a commit that may be a ledger: by their names, and whatever is not there any more on disk."""
    on_disk = questions.exists(Path(repo.top, ".git"))
    for path in tree.files(("",)):
        if path.endswith(_ENDINGS) or (on_disk and not questions.exists(Path(repo.top, path))):
            yield path


def removed(repo: Repository, tree: CommitTree, ids: Container[str]) -> Iterator[str]:
    """Sentences on ledgers that were taken away before a commit, and whose claims stand in none of its files."""
    standing: list[bytes] | None = None
    for oid, parent, path in repo.removals(tree.oid, _ENDINGS):
        before = repo.tree(parent)
        name = os.path.join(repo.top, path)  # noqa: PTH118
        if not _may_be(_bytes(before, name)):
            continue
        ledger = _loaded(before, name)
        if ledger is None:
            yield f"the commit {oid[:10]} removed {path}, which cannot be read and may be this ledger"
            continue
        if standing is None:
            standing = [_bytes(tree, os.path.join(repo.top, one)) for one in tree.files(_ENDINGS)]  # noqa: PTH118
        claims = [fact.id for fact in ledger.facts]
        gone = [claim for claim in claims if claim in ids or not any(claim.encode() in text for text in standing)]
        if gone:
            few = shorten(", ".join(gone), 80)
            yield f"the commit {oid[:10]} removed {path}, which held {few}; name a base that holds it"


def _outermost(tree: CommitTree, found: dict[str, set[str]]) -> list[str]:
    """The files that no other one of them includes."""
    return [
        name
        for name in found
        if not any(other != name and tree.identity(name) in texts for other, texts in found.items())
    ]


def _gone(repo: Repository, path: str, claims: Sequence[str]) -> list[str]:
    """The claims of a file that are not in it any more, on disk."""
    try:
        now = Path(repo.top, path).read_bytes()
    except OSError:
        now = b""
    return [claim for claim in claims if claim.encode() not in now]


def _bytes(tree: CommitTree, name: str) -> bytes:
    try:
        return tree.read(name)
    except UnreadableError:
        return b""


def _loaded(tree: CommitTree, name: str) -> Ledger | None:
    try:
        return assembly.load(tree, [name])
    except UnreadableError:
        return None
