"""Writing a plan: each file under its lock, planned again on what stands there now if somebody else wrote."""

from __future__ import annotations

from typing import NamedTuple

from ..edit.changes import Rewritten, spliced_bytes
from ..errors import LedgerError, RefusedError, UnreadableError
from ..files import Disk
from ..loading.assembly import load
from ..loading.reading import decode
from .plan import FileChange, Plan, Step

_ATTEMPTS = 20


class Written(NamedTuple):
    """What was written: the steps with their final lines, and the files."""

    steps: tuple[Step, ...]
    files: tuple[Rewritten, ...]


def apply(plan: Plan) -> Written:
    """Write a plan, one rename a file; RefusedError if a claim of it changed meanwhile.

    If a later file fails, the error says what was written.
    """
    from ..files.editing import refuse

    refuse(change.name for change in plan.files)
    steps = {step.claim: step for step in plan.steps}
    written: list[Rewritten] = []
    for change in plan.files:
        try:
            found, own = _write(plan, change)
        except LedgerError as error:
            if written:
                names = ", ".join(one.name for one in written)
                raise type(error)(f"{error.message} (written already: {names})", hint=error.hint) from None
            raise
        steps.update(own)
        written.append(found)
    return Written(tuple(steps[step.claim] for step in plan.steps), tuple(written))


def _write(plan: Plan, change: FileChange) -> tuple[Rewritten, dict[str, Step]]:
    """Write one file under its lock, planned again on the fresh text if somebody else wrote."""
    from ..files.editing import editing

    steps: dict[str, Step] = {}
    with editing(change.name) as writer:
        for _ in range(_ATTEMPTS):
            data = change.data
            if data is None or not writer.holds(data):
                data = writer.read()
                text = decode(data, change.name)
                if text != change.before:
                    change, steps = _planned_anew(plan, change, text)
            after = spliced_bytes(data, change.before, change.patches)
            if writer.replace(data, after):
                return Rewritten(change.name, change.before, change.patches, after), steps
    raise RefusedError(f"{change.name}: is written to all the time; nothing was changed", hint="try again later")


def _planned_anew(plan: Plan, change: FileChange, text: str) -> tuple[FileChange, dict[str, Step]]:
    try:
        ledger = load(Disk(), [plan.root])
    except UnreadableError as error:
        raise RefusedError(f"{change.name}: changed meanwhile, and cannot be read: {error.message}") from None
    claims = {claim.id: claim for claim in ledger.claims}
    for name, claim in change.claims:
        if claims.get(name) != claim:
            raise RefusedError(
                f"{name}: changed meanwhile in {change.name}; nothing was written", hint="look at it and try again"
            )
    fresh = plan.again(ledger, [name for name, _ in change.claims])
    found = next((one for one in fresh.files if one.name == change.name), None)
    if found is None or found.before != text:
        raise RefusedError(
            f"{change.name}: changed meanwhile, or holds more than one document", hint="look at it and try again"
        )
    return found, {step.claim: step for step in fresh.steps}
