"""What all writing commands share: a plan that is proven and can be shown, then written if nothing moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .. import fields
from ..checks import steady_findings
from ..checks.subject import Finding
from ..edit.changes import Addition, Edit, Edited, Patch, edit, spliced
from ..errors import LedgerError, RefusedError
from ..files import Disk, bounds
from ..loading.assembly import load
from ..loading.places import locate
from ..loading.reading import read
from ..model import Claim, Ledger, Spot, fact_of, of_file, uses
from ..problems import Place, Problem
from ..query import names
from .preview import unified

_NOTHING: Mapping[str, str] = {}
# Findings about one claim that an edit must not add; the others are about the day or the ledger as a whole.
REFUSED = frozenset(
    (
        "said-after-deadline",
        "happened-before-said",
        "in-future",
        "straddles",
        "outcome-contradicts-value",
        "outcome-contradicts-happened",
        "bad-value",
    )
)
_WARNED = frozenset(("no-evidence", "no-criteria", "deadline-differs-from-words"))


class Missing(NamedTuple):
    """An answer that is still needed: the option that gives it, and the question for somebody at a terminal.

    `how` says where it goes on the command line, if it has no option; `refusal` is said where nobody can be asked.
    """

    option: str
    question: str
    choices: tuple[str, ...] = ()
    how: str = ""
    refusal: LedgerError | None = None
    optional: bool = False
    default: str = ""  # what an empty answer stands for


class Step(NamedTuple):
    """What becomes of one claim: `did` in words, and the place of the first new line (None: nothing to change)."""

    claim: str
    did: str
    file: str
    line: int | None
    outcome: str | None = None


class FileChange(NamedTuple):
    """One file before, without a byte-order mark, what is replaced in it, and the claims it changes as they were."""

    name: str
    before: str
    patches: tuple[Patch, ...]
    claims: tuple[tuple[str, Claim | None], ...]
    data: bytes | None = None  # what `before` was decoded from, where it is at hand

    @property
    def after(self) -> str:
        """The file with the patches made."""
        return spliced(self.before, self.patches)


class Plan(NamedTuple):
    """What a command would write; with something `missing` there are neither steps nor files yet.

    `again` plans the same for some of the claims on a ledger that was read anew.
    """

    command: str
    root: str
    steps: tuple[Step, ...]
    files: tuple[FileChange, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    again: Callable[[Ledger, Collection[str]], Plan]
    read: tuple[str, ...] = ()  # how what was typed in words is read

    def diff(self) -> str:
        """The change as a unified diff; empty where there is nothing to write."""
        return "".join(unified(change.name, change.before, change.patches) for change in self.files)


class Move(NamedTuple):
    """One claim's part of a plan: the edit and what it does in words; without an edit there is nothing to do."""

    claim: str
    number: int | None  # in the ledger; None for a new claim
    file: int
    edit: Edit | Addition | None
    did: str
    outcome: str | None = None


def incomplete(command: str, ledger: Ledger, missing: Sequence[Missing]) -> Plan:
    """A plan that needs answers first."""

    def again(ledger: Ledger, only: Collection[str]) -> Plan:
        raise AssertionError("an incomplete plan is never applied")

    return Plan(command, ledger.texts[0].name, (), (), tuple(missing), (), again)


def plan(
    command: str,
    ledger: Ledger,
    moves: Sequence[Move],
    *,
    today: date,
    again: Callable[[Ledger, Collection[str]], Plan],
    warnings: Sequence[str] = (),
    under: Sequence[FileChange] = (),
) -> Plan:
    """Prove all edits of a command; RefusedError where one cannot be, or would add an error.

    `under` are proven changes that the ledger has already and its files lack: they become part of the same edit.
    """
    steps: dict[str, Step] = {}
    changes = []
    found = list(warnings)
    for file in dict.fromkeys(move.file for move in moves):
        own = [move for move in moves if move.file == file]
        change, lines = _file_change(ledger, file, own)
        for move, line in zip(own, lines, strict=True):
            steps[move.claim] = Step(move.claim, move.did, ledger.texts[file].name, line, move.outcome)
        if change is not None:
            found += _check(ledger, file, own, change, today, under)
            changes.append(change)
    ordered = tuple(steps[move.claim] for move in moves)
    return Plan(command, ledger.texts[0].name, ordered, _merged(under, changes), (), tuple(found), again)


def _file_change(ledger: Ledger, file: int, moves: Sequence[Move]) -> tuple[FileChange | None, list[int | None]]:
    edits = [move.edit for move in moves if move.edit is not None]
    if not edits:
        return None, [None] * len(moves)
    name, text = ledger.texts[file]
    edited: Edited = edit(text, name, ledger.spots, edits, of_file(ledger.spots, file))
    lines = iter(edited.lines)
    claims = tuple(
        (move.claim, None if move.number is None else ledger.claims[move.number]) for move in moves if move.edit
    )
    change = FileChange(name, text, edited.patches, claims, ledger.texts[file].data)
    return change, [next(lines) if move.edit is not None else None for move in moves]


def _merged(under: Sequence[FileChange], changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """Each file once: what lies under a change goes with it."""
    found = {change.name: change for change in under}
    for change in changes:
        first = found.get(change.name)
        before = first.before if first else change.before
        patches = patches_between(before, change.after) if first else change.patches
        data = first.data if first else change.data
        found[change.name] = change._replace(before=before, patches=patches, data=data)
    return tuple(found.values())


def patches_between(before: str, after: str) -> tuple[Patch, ...]:
    """The replaced part as one patch, from the first line that differs to the last."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    least = min(len(old), len(new))
    head = next((i for i in range(least) if old[i] != new[i]), least)
    tail = next((i for i in range(least - head) if old[-1 - i] != new[-1 - i]), least - head)
    start, end = sum(map(len, old[:head])), len(before) - sum(map(len, old[len(old) - tail :]))
    return (Patch(start, end, "".join(new[head : len(new) - tail])),)


# --- what must not be added ------------------------------------------------------------------------------------


def _check(
    ledger: Ledger,
    file: int,
    moves: Sequence[Move],
    change: FileChange,
    today: date,
    under: Sequence[FileChange],
) -> list[str]:
    """Refuse what adds an error; the answer is what is worth a warning."""
    adds = {move.claim for move in moves if move.number is None}
    broken = any(found.code == "syntax" and found.place.file == change.name for found in ledger.problems)
    claims = None if broken else _added(ledger, file, change) if adds else _reread(ledger, file, change)
    if claims is None:
        claims = _reloaded(ledger, (*under, change), adds)
    warnings = []
    for move in moves:
        if move.edit is None:
            continue
        before, after = dict(change.claims)[move.claim], claims.get(move.claim)
        same = _unchanged(before, after)
        old = {found.code for found in _findings(ledger, before, today, same)}
        for code, message, hint, _, path, _ in _findings(ledger, after, today, same):
            if code in REFUSED and code not in old:
                option = _options(str(path[0]), message) if move.number is None and path else ""
                raise RefusedError(f"{option or move.claim}: {message}", hint=hint)
            if code in _WARNED and code not in old:
                warnings.append(f"{move.claim}: {message}; {hint}" if hint else f"{move.claim}: {message}")
    return warnings


def _unchanged(before: Claim | None, after: Claim | None) -> frozenset[str]:
    """The fields in which two claims agree."""
    if before is None or after is None:
        return frozenset()
    return frozenset(name for name in Claim._fields if getattr(before, name) == getattr(after, name))


def _findings(ledger: Ledger, claim: Claim | None, today: date, unchanged: Collection[str]) -> Iterator[Finding]:
    if claim is None:
        return
    spot = Spot(0, -1, 0, 1, 1)
    alone = ledger._replace(claims=(claim,), facts=(fact_of(claim, spot),), spots=(spot,))
    for found in steady_findings(alone, today=today, unchanged=unchanged):
        if found.number is not None:
            yield found


def _reread(ledger: Ledger, file: int, change: FileChange) -> dict[str, Claim]:
    """Read the file's head and the changed pieces alone, before and after: the others stay what they are.

    That is enough for a change of claims: a name it refers to is looked up when the change is planned.
    """
    before, after = (read(_reduced(ledger, file, change, new=new), change.name, 0) for new in (False, True))
    _refuse_new(before.sheet.found, after.sheet.found)
    return {entry.claim.id: entry.claim for entry in after.entries}


def _added(ledger: Ledger, file: int, change: FileChange) -> dict[str, Claim] | None:
    """The same for claims that are new; None where others may hang on them, or something is wrong."""
    own = of_file(ledger.spots, file)
    if ledger.problems or not own or ledger.spots[own.start].start < 0:
        return None
    found = read(_reduced(ledger, file, change, new=True), change.name, 0)
    ids = frozenset(names(ledger.facts, "id"))
    declared: dict[str, Container[str]] = {
        "people": ledger.people,
        "topics": ledger.topics,
        "sources": ledger.sources,
        "claims": ids,
    }
    claims = {entry.claim.id: entry.claim for entry in found.entries}
    new = [claim for name, claim in claims.items() if name not in ids]
    sound = (
        not found.sheet.found
        and len(claims) == len(found.entries)
        and len(new) == sum(claim is None for _, claim in change.claims)
        and len(ids) + len(new) <= bounds.claims()
        and not any(claim.formerly or claim.id in ledger.formerly for claim in new)
        and all(name in declared[table] for claim in new for _, table, name in uses(claim))
    )
    return claims if sound else None


def _reduced(ledger: Ledger, file: int, change: FileChange, *, new: bool) -> str:
    text, own = change.before, of_file(ledger.spots, file)
    first, last = ledger.spots[own.start], ledger.spots[own.stop - 1]
    if first.start < 0:
        return change.after if new else text
    pieces = [patch.text if new else text[patch.start : patch.end] for patch in change.patches]
    pieces = [piece if piece.endswith("\n") else piece + "\n" for piece in pieces]
    end = max(last.end, change.patches[-1].end)
    return "".join([text[: first.start], *pieces, text[end:]])


def _reloaded(ledger: Ledger, changes: Sequence[FileChange], adds: Collection[str]) -> dict[str, Claim]:
    """Read the whole ledger with the changed files: a new claim may be what others refer to."""
    after = load(Replaced({change.name: change.after for change in changes}), [ledger.texts[0].name])
    _refuse_new(ledger.problems, after.problems, dict.fromkeys(adds, changes[-1].after))
    return {claim.id: claim for claim in after.claims}


class Replaced(Disk):
    """The disk with the text of some files replaced."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {self.identity(name): text for name, text in texts.items()}

    def read(self, name: str) -> bytes:
        """The replaced text, else what the disk has."""
        text = self._texts.get(self.identity(name))
        return super().read(name) if text is None else text.encode()


def _refuse_new(before: Sequence[Problem], after: Sequence[Problem], adds: Mapping[str, str] = _NOTHING) -> None:
    """Compared by code and claim: messages may name lines, which move. Of a claim that is new the option is told."""
    seen = Counter((found.code, found.claim) for found in before)
    for found in after:
        seen[found.code, found.claim] -= 1
        if seen[found.code, found.claim] < 0:
            name = f"{found.claim}: " if found.claim else ""
            key = _key_at(adds.get(found.claim or "", ""), found.place)
            where = _options(key, found.message) or f"{name}this would add an error"
            raise RefusedError(f"{where}: {found.message}", hint=found.hint)


_KEY = re.compile(r"([a-z_]+):[^:]*$")
_KEY_HERE = re.compile(r"[a-z_]+(?=:)")


def _options(key: str, message: str) -> str:
    """The options by which a field of a new claim is typed; of a quantity those that the message names."""
    typed = fields.typed()
    words = set(re.findall("[a-z_]+", message))
    keys = [of.key for of in fields.QUANTITY if of.key in words] if key == "quantity" else [key] * (key in typed)
    return ", ".join(fields.flag(typed[one]) for one in keys)


def _key_at(text: str, place: Place) -> str:
    """The key of a claim at a place or, where a value stands there, before it on its line."""
    line = ["", *text.split("\n")][place.line if text else 0]
    before = _KEY.search(line[: place.column - 1])
    here = _KEY_HERE.match(line[place.column - 1 :])
    return here[0] if here else before[1] if before else ""


def place_of(ledger: Ledger, number: int, *path: str | int) -> str:
    """`file:line` of a claim or of a value in it."""
    place = locate(ledger.texts, ledger.spots[number], path)
    return f"{place.file}:{place.line}"
