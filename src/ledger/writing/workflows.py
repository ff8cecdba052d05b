"""ci init: files that make GitHub, GitLab or pre-commit run the check, complete as they are."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import __version__, workspace
from ..errors import LedgerError, RefusedError, UsageError
from ..files import Disk, questions
from ..history.git import Repository
from ..text import control_characters

# The program is pinned: a new release may know new checks, and that is not what should turn a build red.
# `pip`, not `python -m pip`: the latter would import a `pip` that a pull request put into the folder.
GITHUB = """\
# Checks the ledger on every change, and daily, so that a deadline that passes overnight turns this red.
# Made by: fledger ci init github
name: ledger

on:
  push:
    branches: [main, master]
  pull_request:
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # --base needs the commits before
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install
        run: pip install "forecast-ledger=={version}"
      - name: Check the ledger
        env:
          # A pull request is compared with the branch it goes to, a push with what stood there before it.
          BASE: ${{{{ github.event_name == 'pull_request' && 'HEAD^1' || github.event.before }}}}
        run: |
          case "$BASE" in *[!0]*) set -- --base "$BASE" ;; *) set -- ;; esac
          fledger check --summary{options} "$@"
"""
GITLAB = """\
# Checks the ledger on every change. For a daily run, so that a deadline that passes overnight turns it red,
# add a schedule: Build > Pipeline schedules. Made by: fledger ci init gitlab
ledger:
  image: python:3.12
  variables:
    GIT_DEPTH: "0" # --base needs the commits before
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - pip install "forecast-ledger=={version}"
    - |
      # A merge request is compared with where it branched off, a push with what stood there before it.
      base="${{CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_BEFORE_SHA}}"
      case "$base" in *[!0]*) set -- --base "$base" ;; *) set -- ;; esac
      fledger check --summary --report gitlab=gl-code-quality-report.json{options} "$@"
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""
# A deadline that has passed is no reason to refuse a commit about something else: the daily run tells.
PRE_COMMIT = """\
# Checks the ledger before each commit, once it is installed: pre-commit install
# Made by: fledger ci init pre-commit
repos:
  - repo: local
    hooks:
      - id: ledger-check
        name: check the ledger
        entry: {entry}
        language: python
        additional_dependencies: ["forecast-ledger=={version}"]
        files: \\.ya?ml$
        pass_filenames: false
"""
PATHS = {"github": ".github/workflows/ledger.yml", "gitlab": ".gitlab-ci.yml", "pre-commit": ".pre-commit-config.yaml"}
_TEMPLATES = {"github": GITHUB, "gitlab": GITLAB, "pre-commit": PRE_COMMIT}


class Planned(NamedTuple):
    """A file to be made: the top of the repository, its path, its text."""

    root: Path
    path: Path
    text: str


def plan(
    names: Sequence[str], files: Sequence[str], *, environ: Mapping[str, str], folder: str = os.curdir
) -> tuple[Planned, ...]:
    """The files for these services, at the top of the repository; nothing is written.

    `--file` stands in their commands where the ledger would not be found from there without it.
    """
    root = _root(folder)
    named = _named(files, environ, folder, root)
    return tuple(Planned(root, root / PATHS[name], _text(name, named)) for name in names)


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


def _text(name: str, files: Sequence[str]) -> str:
    options = "".join(f" --file {shlex.quote(file)}" for file in files)
    entry = json.dumps(f"fledger check --base HEAD --ignore overdue{options}", ensure_ascii=False)
    return _TEMPLATES[name].format(version=__version__, options=options, entry=entry)
