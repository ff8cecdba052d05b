"""ci init: files that make GitHub, GitLab or pre-commit run the check, or publish the site, complete as they are."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import origin, workspace
from ..errors import LedgerError, RefusedError, UsageError
from ..files import Disk, questions
from ..history.git import Repository
from ..origin import Origin
from ..text import control_characters
from . import workflow_texts as texts

PATHS = {
    "github": (".github/workflows/ledger.yml", ".github/workflows/ledger-daily.yml"),
    "gitlab": (".gitlab-ci.yml",),
    "pre-commit": (".pre-commit-config.yaml",),
    "pages": (".github/workflows/ledger-pages.yml",),
}
_TEXTS = {
    "ledger.yml": texts.GITHUB,
    "ledger-daily.yml": texts.DAILY,
    "ledger-pages.yml": texts.PAGES,
    ".gitlab-ci.yml": texts.GITLAB,
    ".pre-commit-config.yaml": texts.PRE_COMMIT,
}


def source(text: str | None) -> Origin:
    """What `--from` names; if absent, what this program was installed from. UsageError where that is no address."""
    found = origin.installed() if text is None else origin.named(text)
    if found is not None:
        return found
    if text is None:
        hint = "name its git repository, with a tag or a commit: --from https://github.com/OWNER/REPOSITORY@TAG"
        raise UsageError("from where does a build install this program?", hint=hint)
    hint = "write --from https://github.com/OWNER/REPOSITORY@TAG, or @COMMIT"
    raise UsageError(f"--from: {text!r} is no git address with a tag or a commit", hint=hint)


class Planned(NamedTuple):
    """A file to be made: the top of the repository, its path, its text."""

    root: Path
    path: Path
    text: str


def plan(
    names: Sequence[str],
    files: Sequence[str],
    *,
    home: Origin,
    environ: Mapping[str, str],
    folder: str = os.curdir,
) -> tuple[Planned, ...]:
    """The files for these services, at the top of the repository; nothing is written.

    `--file` stands in their commands where the ledger would not be found from there without it.
    """
    root = _root(folder)
    named = _named(files, environ, folder, root)
    paths = [root / path for name in names for path in PATHS[name]]
    return tuple(Planned(root, path, _text(path.name, named, home)) for path in paths)


def refuse(planned: Sequence[Planned], folder: str = os.curdir) -> None:
    """RefusedError where one of the files is there already, or would lie outside of the repository."""
    for root, path, _ in planned:
        shown = os.path.relpath(path, folder)
        if questions.exists(path):
            hint = "print the text with --dry-run, and add it by hand"
            raise RefusedError(f"{shown} is there already; nothing was written", hint=hint)
        if not Disk().within(str(path), str(root)):
            raise RefusedError(f"{shown} would lie outside of {root}", hint="a folder on its way is a link")


def _root(folder: str) -> Path:
    try:
        return Path(Repository(folder).top)
    except LedgerError:
        return Path(questions.real(folder))


def _named(files: Sequence[str], environ: Mapping[str, str], folder: str, root: Path) -> tuple[str, ...]:
    """The ledger's files, from the root, where they have to be named there."""
    try:
        found = workspace.find(files, environ=environ, folder=folder)
    except LedgerError:
        return ()
    if workspace.STDIN in found:
        raise UsageError("a workflow reads files, not standard input", hint="name the ledger with --file")
    paths = [questions.real(Path(folder) / name) for name in found]
    try:
        usual = workspace.find((), environ={}, folder=str(root))
    except LedgerError:
        usual = ()
    if [questions.real(root / name) for name in usual] == paths:
        return ()
    names = tuple(Path(os.path.relpath(path, root)).as_posix() for path in paths)
    for name in names:
        if name.startswith("../") or control_characters(name) is not None or "\n" in name or "${{" in name:
            raise UsageError(f"a workflow cannot name the file {name!r}", hint="it lies inside the repository")
    return names


def _text(name: str, files: Sequence[str], home: Origin) -> str:
    options = "".join(f" --file {shlex.quote(file)}" for file in files)
    more = [word for file in files for word in ("--file", file)]
    filled = {
        "CHECKOUT": texts.indented(texts.CHECKOUT_ALL),
        "CHECK": texts.indented(_check_step(files, home, daily=name == "ledger-daily.yml")),
        "INSTALL": texts.indented(texts.INSTALL.replace("@REQUIREMENT@", home.requirement)),
        "BASE": texts.indented(texts.BASE.replace("@WARNING@", "")),
        "CONFIGURE": texts.CONFIGURE,
        "UPLOAD": texts.UPLOAD,
        "DEPLOY": texts.DEPLOY,
        "REQUIREMENT": home.requirement,
        "ADDRESS": home.address,
        "REF": json.dumps(home.ref),
        "OPTIONS": options,
        "HOOK": _quoted(["--base", "HEAD", "--ignore", "overdue", *more]),
    }
    return re.sub("@([A-Z]+)@", lambda match: filled[match[1]], _TEXTS[name])


def _quoted(value: str | list[str]) -> str:
    """As a scalar or a list in YAML."""
    return json.dumps(value, ensure_ascii=False)


def _check_step(files: Sequence[str], home: Origin, *, daily: bool) -> str:
    """The steps that check: by the action, or written out where the program is not on GitHub."""
    args = "--report markdown=ledger-report.md" if daily else ""
    named = _quoted("\n".join(files))
    if home.action is not None:
        inputs = [f"file: {named}"] * bool(files) + [f"args: {args}"] * daily
        given = "  with:\n" + texts.indented("\n".join(inputs), 4) if inputs else ""
        return f"- id: check\n  uses: {home.action}\n{given}"
    environ = f"FILE: {named}\nARGS: {_quoted(args)}\n{texts.CHECK_ENV.replace('@BASE@', '')}"
    step = (
        f"- id: check\n  name: Check the ledger\n  env:\n{texts.indented(environ, 4)}"
        f"  run: |\n{texts.indented(texts.CHECK, 4)}"
    )
    return texts.INSTALL.replace("@REQUIREMENT@", home.requirement) + step
