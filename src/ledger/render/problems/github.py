"""Problems as workflow commands of GitHub Actions, and as the summary of a step."""

from __future__ import annotations

from collections.abc import Callable

from ...problems import Problem
from ...results.check import Checked
from ...text import plural
from .. import rowtext
from ..escape import github_data, github_property

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_ORDER = ("error", "warning", "note")
_SUMMARY_ROWS = 500  # a summary of more than 1 MiB is refused


def as_github(checked: Checked, rename: Callable[[str], str]) -> str:
    """One command a line, errors first: GitHub shows the first ten of each kind."""
    return "".join(
        _command(found, rename) for severity in _ORDER for found in checked.shown if found.severity == severity
    )


def _command(found: Problem, rename: Callable[[str], str]) -> str:
    file, line, column = found.place
    message = found.message if found.hint is None else f"{found.message}\n{found.hint}"
    place = f"file={github_property(rename(file))},line={line},col={column}"
    return f"::{_COMMANDS[found.severity]} {place},title={github_property(_title(found))}::{github_data(message)}\n"


def _title(found: Problem) -> str:
    return found.code if found.claim is None else f"{found.code} ({found.claim})"


def summary(checked: Checked, rename: Callable[[str], str]) -> str:
    """A Markdown table for $GITHUB_STEP_SUMMARY; empty where there is nothing to show."""
    if not checked.shown:
        return ""
    rows = [_row(found, rename) for severity in _ORDER for found in checked.shown if found.severity == severity]
    title = f"### Ledger check as of {checked.day}: {counted(checked)}\n\n"
    table = rowtext.markdown(("problem", "claim", "place", "what is wrong", "remedy"), rows[:_SUMMARY_ROWS])
    more = len(rows) - _SUMMARY_ROWS
    return title + table + (f"\nand {more:,} more\n" if more > 0 else "") + "\n"


def _row(found: Problem, rename: Callable[[str], str]) -> tuple[str, ...]:
    place = f"{rename(found.place.file)}:{found.place.line}"
    return f"{found.severity}: {found.code}", found.claim or "", place, found.message, found.hint or ""


def counted(checked: Checked) -> str:
    """`2 errors, 1 warning`, of what there is."""
    counts = [plural(checked.count(severity), severity) for severity in _ORDER if checked.count(severity)]
    return ", ".join(counts) or "nothing wrong"
