"""What a writing command did, or would do: a diff for people and programs, a summary, the JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..text import visible
from ..writing.plan import Plan, Step
from .objects import envelope

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def diff_lines(diff: str, *, color: bool) -> Iterator[str]:
    """The lines of a unified diff, harmless; a carriage return at a line's end stays where nobody looks at it."""
    from .terminal.styles import paint

    for number, line in enumerate(diff.split("\n")[:-1]):
        end = "\r" if line.endswith("\r") and not color else ""
        shown = "\t".join(visible(part) for part in line.removesuffix("\r").split("\t")) + end
        head = number < 2 or line.startswith(("--- a/", "+++ b/"))
        style = "bold" if head else _STYLES.get(line[:1], "")
        yield paint(shown, style) if color and style else shown


def summary(step: Step) -> str:
    """`claims.yaml:608: optimus-units-2026 judged false: miss`, in one line."""
    place = step.file if step.line is None else f"{step.file}:{step.line}"
    return f"{place}: {step.claim} {step.did}"


def change_object(plan: Plan, day: object, errors: int, *, dry_run: bool) -> dict[str, Any]:
    """The JSON of a writing command."""
    return envelope(
        plan.command,
        day,
        errors,
        dry_run=dry_run,
        files=[change.name for change in plan.files],
        claims=[
            {"id": step.claim, "file": step.file, "line": step.line, "outcome": step.outcome, "did": step.did}
            for step in plan.steps
        ],
        warnings=list(plan.warnings),
        diff=plan.diff(),
    )
