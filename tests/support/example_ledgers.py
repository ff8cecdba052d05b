"""The example of each code - the smallest ledger that triggers it, read as of one day - and ledgers in strings."""

from __future__ import annotations

import contextlib
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

from ledger.checks import StoredDocument
from ledger.files import Disk
from ledger.history.versions import Version
from ledger.loading import assembly
from ledger.model import Ledger
from ledger.results.check import Checked, checking, read_documents
from ledger.results.check_settings import Settings
from ledger.workspace import load

FOLDER = Path(__file__).parents[1] / "checks" / "examples"
DAY = date(2026, 6, 30)

HEAD = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk, document: talk.txt}}
claims:
"""
CLAIM = """\
  - id: rain
    claim: It rains.
    speaker: ann
    said: 2025-01-08
    source: talk
    criteria: The weather service reports rain.
"""
EVIDENCE = "evidence: [{title: Weather}]"


def checked(code: str, settings: Settings | None = None) -> Checked:
    """The run of check over the example of a code, in its own folder."""
    with contextlib.chdir(FOLDER / code):
        ledger = load("claims.yaml")
        documents = read_documents(ledger, "documents") if Path("documents").is_dir() else None
        base = version(load("base.yaml")) if Path("base.yaml").is_file() else None
        return checking(ledger, settings or Settings(), day=DAY, today=DAY, documents=documents, base=base)


def version(base: Ledger) -> Version:
    """A ledger as the one that stood on main."""
    return Version("main", None, ("base.yaml",), base)


def read(text: str, name: str = "claims.yaml") -> Ledger:
    """A ledger from its text."""
    return assembly.load(Disk(), [assembly.GivenText(name, text.encode())])


def claim(fields: str) -> Ledger:
    """A ledger of one claim with these fields beside the required ones; they begin on line 11."""
    return read(HEAD + CLAIM + indent(dedent(fields), "    "))


def judged(fields: str, *judgements: str) -> Ledger:
    """A ledger of one claim with these fields and judgements; each has evidence unless it says a note."""
    text = dedent(fields) + "resolutions:\n"
    for judgement in judgements:
        parts = [*judgement.split(", "), *([] if "note:" in judgement else [EVIDENCE])]
        text += "  - " + "\n    ".join(parts) + "\n"
    return claim(text)


@cache
@cache
def lacking() -> frozenset[str]:
    """What check misses in the plainest claim: a new warning of that kind is no concern of tests about others."""
    plain = read(HEAD + CLAIM + "    deadline: none\n")
    return frozenset(problem.code for problem in checking(plain, Settings(), day=DAY, today=DAY).problems)


def run(
    ledger: Ledger,
    *codes: str,
    day: date = DAY,
    today: date | None = None,
    documents: dict[str, StoredDocument] | None = None,
    settings: Settings | None = None,
    base: Ledger | None = None,
) -> Checked:
    """Check for some codes (all but those of the plainest claim if none is named), notes shown."""
    all_but = Settings(ignore=lacking())
    chosen = settings or (Settings(select=frozenset(codes), asked=frozenset(codes)) if codes else all_but)
    before = version(base) if base is not None else None
    return checking(ledger, chosen, day=day, today=today or day, documents=documents, base=before)


def found(
    ledger: Ledger,
    *codes: str,
    day: date = DAY,
    today: date | None = None,
    documents: dict[str, StoredDocument] | None = None,
) -> list[str]:
    """The same, each problem as `line:column code message`."""
    problems = run(ledger, *codes, day=day, today=today, documents=documents).problems
    return [f"{p.place.line}:{p.place.column} {p.code} {p.message}" for p in problems]
