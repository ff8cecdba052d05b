"""Problems as Markdown, for the text of an issue: nothing a ledger says mentions, links or closes anything there."""

from __future__ import annotations

from collections.abc import Callable

from ...problems import Problem
from ...results.check import Checked
from ...text import shorten, visible
from ..escape import code_span
from .github import counted

MARK = "<!-- forecast-ledger check -->"
_ORDER = ("error", "warning", "note")
_MOST = 60_000  # characters; the text of an issue has at most 65,536
_LONGEST = 200


def as_markdown(checked: Checked, rename: Callable[[str], str]) -> str:
    """A heading with the counts and an entry for each problem, errors first; what is too much is counted."""
    found = [one for severity in _ORDER for one in checked.shown if one.severity == severity]
    entries: list[str] = []
    space = _MOST
    for one in found:
        entry = _entry(one, rename)
        space -= len(entry)
        if space < 0:
            entries.append(f"- and {len(found) - len(entries):,} more\n")
            break
        entries.append(entry)
    return f"{MARK}\nLedger check as of {checked.day}: {counted(checked)}\n\n{''.join(entries)}"


def _entry(found: Problem, rename: Callable[[str], str]) -> str:
    place = _code(f"{rename(found.place.file)}:{found.place.line}")
    claim = "" if found.claim is None else f", claim {_code(found.claim)}"
    hint = "" if found.hint is None else f"  remedy: {_code(found.hint)}\n"
    return f"- **{found.code}** ({found.severity}) at {place}{claim}\n  what: {_code(found.message)}\n{hint}"


def _code(text: str) -> str:
    return code_span(shorten(visible(text), _LONGEST))
