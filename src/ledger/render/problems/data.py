"""Problems as JSON: our own promise, and the code quality report of GitLab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from ...problems import Problem
from ...results.check import Checked
from .. import jsontext
from ..escape import terminal, terminal_lines
from ..objects import envelope

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def as_json(checked: Checked, rename: Callable[[str], str]) -> str:
    """The problems as one JSON object, notes too; files by the names the user gave."""
    return jsontext.dumps(
        envelope("check", checked.day, checked.errors, problems=[_object(found) for found in checked.problems])
    )


def _object(found: Problem) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "claim": found.claim,
    }


def as_gitlab(checked: Checked, rename: Callable[[str], str]) -> str:
    """The problems as GitLab's code quality report, notes too."""
    seen: Counter[str] = Counter()
    entries = []
    for found in checked.problems:
        path = terminal(rename(found.place.file))
        entries.append(
            {
                "description": terminal_lines(found.message + (f" ({found.hint})" if found.hint else "")),
                "check_name": found.code,
                "fingerprint": fingerprint(found, path, seen),
                "severity": _SEVERITIES[found.severity],
                "location": {"path": path, "lines": {"begin": found.place.line}},
            }
        )
    return jsontext.dumps(entries)


def fingerprint(found: Problem, path: str, seen: Counter[str]) -> str:
    """A name for the problem that stays when lines move and days pass; `seen` counts those that are alike."""
    key = "\n".join((found.code, path, found.claim or ""))
    seen[key] += 1
    return sha256(f"{key}\n{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
