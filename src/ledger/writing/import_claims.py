"""import: claims that export wrote, back into a ledger or into a new one. Nothing is lost and nothing comes twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from .. import columns, fields
from ..edit.blocks import Value, items, mapping
from ..edit.changes import Addition, Patch, edit
from ..edit.splice import Impossible, set_value
from ..edit.style import Style
from ..errors import RefusedError
from ..files import Disk
from ..loading.assembly import Given, load
from ..loading.composer import Broken, compose
from ..loading.limits import WHOLE_NODES
from ..model import Ledger
from ..text import plural
from . import records
from .plan import FileChange, Plan, Step

_ALSO = (*columns.DERIVED, "declared")  # what a row says beside the fields
_TABLES = ("people", "topics", "sources")
_TOP = tuple(field.key for field in fields.TOP)
_FIELDS = {"people": fields.PERSON, "sources": fields.SOURCE}
Tables = dict[str, dict[str, Value]]


class Imported(NamedTuple):
    """What lines of JSON hold: claims by id, and what they declare."""

    title: str | None
    claims: dict[str, records.Record]
    declared: Tables


def parsed(data: bytes, name: str) -> Imported:
    """The claims of a file that export wrote; RefusedError names the line of what does not fit."""
    claims: dict[str, records.Record] = {}
    declared: Tables = {table: {} for table in _TABLES}
    title = None
    for where, row in _rows(data, name):
        record = records.claim_from_json(row, where, also=_ALSO)
        claim = str(record.get("id", ""))
        if not claim:
            raise RefusedError(f"{where}: no id", hint="every claim has one")
        if claim in claims and claims[claim] != record:
            raise RefusedError(f"{where}: a second, different claim {claim}", hint="keep one of the two")
        claims[claim] = record
        given = row.get("declared") or {}
        title = title or given.get("title")
        for table, key, value in _declared(given, where):
            if declared[table].setdefault(key, value) != value:
                raise RefusedError(f"{where}: {table} declares {key} in two ways", hint="keep one of the two")
    return Imported(title if isinstance(title, str) else None, claims, declared)


def _rows(data: bytes, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise RefusedError(f"{name}: not UTF-8", hint="give the file that ledger export jsonl wrote") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise RefusedError(
                f"{where}: not JSON", hint="each line is one object, as ledger export jsonl writes it"
            ) from None
        if not isinstance(row, dict) or not isinstance(row.get("declared") or {}, dict):
            raise RefusedError(
                f"{where}: not an object", hint="each line is one object, as ledger export jsonl writes it"
            )
        yield where, row


def _declared(given: Mapping[str, Any], where: str) -> Iterator[tuple[str, str, Value]]:
    for table in _TABLES:
        entries = given.get(table) or {}
        if not isinstance(entries, dict):
            raise RefusedError(f"{where}: declared {table} is not an object")
        for key, value in entries.items():
            here = f"{where}: {table} {key}"
            if table != "topics":
                yield table, key, records.from_json(_FIELDS[table], value, here)
            elif isinstance(value, str):
                yield table, key, value
            else:
                raise RefusedError(f"{here} is not a text")


# --- a new ledger ----------------------------------------------------------------------------------------------


def new_ledger(data: bytes, name: str) -> tuple[str, int]:
    """The text of a new ledger with the claims of a file that export wrote, proven to hold them; and how many."""
    found = parsed(data, name)
    style = Style()
    head: dict[str, Value] = {"title": found.title} if found.title else {}
    head |= {table: entries for table, entries in found.declared.items() if entries}
    lines = ["ledger: 1", *mapping(style, head, 0), "", "claims:" if found.claims else "claims: []"]
    text = "\n".join(lines) + "\n" + _written(style, found.claims.values(), 2, "\n")
    _prove(load(Disk(), [Given(name, text.encode())]), found.claims, found.declared, {})
    return text, len(found.claims)


def _written(style: Style, claims: Collection[records.Record], column: int, newline: str) -> str:
    """The claims as a block, a blank line between them."""
    blocks = [newline.join(items(style, "claims", [record], column, gap=2)) + newline for record in claims]
    return newline.join(blocks)


# --- into a ledger that is there -------------------------------------------------------------------------------


def plan_import(ledger: Ledger, data: bytes, name: str) -> Plan:
    """Plan to add the claims that a ledger does not have; RefusedError if it has another one of the same id.

    Names that the ledger does not declare are declared; where it declares them otherwise, its own entry stays.
    """
    found = parsed(data, name)
    own = {claim.id: number for number, claim in enumerate(ledger.claims)}
    new: dict[str, records.Record] = {}
    for key, record in found.claims.items():
        if key not in own:
            new[key] = record
            continue
        fields_ = list(records.differing(records.of_claim(ledger.claims[own[key]]), record))
        if fields_:
            raise RefusedError(
                f"{key} is in the ledger with another {', '.join(fields_)}; nothing was written",
                hint=f"edit it by hand, or take its line out of {name}",
            )
    missing, warnings = _missing(ledger, found.declared, name)
    change = _change(ledger, new, missing) if new or any(missing.values()) else None
    steps = tuple(
        Step(key, "added" if key in new else "there already", ledger.texts[0].name, None) for key in found.claims
    )

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        return plan_import(fresh, data, name)

    return Plan("import", ledger.texts[0].name, steps, (change,) if change else (), (), tuple(warnings), again)


def _missing(ledger: Ledger, declared: Tables, name: str) -> tuple[Tables, list[str]]:
    """What the ledger does not declare yet, and a warning for each name it declares otherwise."""
    own: dict[str, dict[str, Value]] = {
        "people": {key: records.of_person(person) for key, person in ledger.people.items()},
        "topics": dict(ledger.topics),
        "sources": {key: records.of_source(source) for key, source in ledger.sources.items()},
    }
    missing = {
        table: {key: value for key, value in entries.items() if key not in own[table]}
        for table, entries in declared.items()
    }
    warnings = [
        f"{table} {key}: {name} has it otherwise; the ledger's own entry stays"
        for table, entries in declared.items()
        for key, value in entries.items()
        if key in own[table] and own[table][key] != value
    ]
    return missing, warnings


def _change(ledger: Ledger, new: dict[str, records.Record], missing: Tables) -> FileChange:
    used = {spot.file for spot in ledger.spots}
    file = 0 if 0 in used or not used else max(used)
    name, before = ledger.texts[file]
    newline = "\r\n" if "\r\n" in before else "\n"
    claims, start, text = list(new.values()), None, before
    spots = [spot for spot in ledger.spots if spot.file == file]
    if not spots and claims:
        text = edit(before, name, [], [Addition(claims.pop(0))]).text
        spots = list(load(Disk(), [Given(name, text.encode())]).spots)
    if spots and spots[0].start < 0:
        raise RefusedError(f"{name}: is not written claim by claim, so nothing can be added safely", hint="add by hand")
    if claims:
        start = len(text[: spots[-1].end].rstrip())
        block = _written(Style(newline=newline), claims, spots[0].column - 1, newline)
        text = f"{text[:start]}{newline}{newline}{block}{text[start:].lstrip(' ').removeprefix(newline)}"
    head = spots[0].start if spots else len(text)
    text = _with_declared(text[:head], missing, name, newline) + text[head:]
    _prove(
        load(_Replaced(name, text), [ledger.texts[0].name]),
        new,
        missing,
        {claim.id: claim for claim in ledger.claims},
        ledger,
    )
    return FileChange(name, before, text, _patches(before, text), tuple((key, None) for key in new))


def _with_declared(head: str, missing: Tables, name: str, newline: str) -> str:
    """The part of a file before its claims, with more people, topics and sources."""
    style = Style(newline=newline)
    for table in _TABLES:
        for key, value in missing[table].items():
            try:
                root = compose(head, most=WHOLE_NODES)
                node = next((held for given, held in root.value if given.value == table), None)
                if node is None:
                    splices = set_value(head, root, table, {key: value}, style, _TOP)
                else:
                    order = [given.value for given, _ in node.value]
                    splices = set_value(head, node, key, value, style, [*order, key])
                head = next(splices).apply(head)
            except (Impossible, Broken, StopIteration, AttributeError, TypeError):
                raise RefusedError(
                    f"{name}: {table} {key} cannot be declared automatically", hint=f"declare it under {table}: first"
                ) from None
    return head


def _patches(before: str, after: str) -> tuple[Patch, ...]:
    """The replaced part as one patch, from the first line that differs to the last."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    least = min(len(old), len(new))
    head = next((i for i in range(least) if old[i] != new[i]), least)
    tail = next((i for i in range(least - head) if old[-1 - i] != new[-1 - i]), least - head)
    start, end = sum(map(len, old[:head])), len(before) - sum(map(len, old[len(old) - tail :]))
    return (Patch(start, end, "".join(new[head : len(new) - tail])),)


class _Replaced(Disk):
    """The disk with one file's text replaced."""

    def __init__(self, name: str, text: str) -> None:
        self._identity, self._text = self.identity(name), text

    def read(self, name: str) -> bytes:
        return self._text.encode() if self.identity(name) == self._identity else super().read(name)


def _prove(
    after: Ledger,
    new: Mapping[str, records.Record],
    declared: Tables,
    old: Mapping[str, Any],
    before: Ledger | None = None,
) -> None:
    """RefusedError unless a ledger holds the new claims and names as they were read, all it held, and no new error."""
    seen = Counter((found.code, found.claim) for found in before.problems) if before else Counter()
    for found in after.problems:
        seen[found.code, found.claim] -= 1
        if seen[found.code, found.claim] < 0:
            place = f"{found.claim}: " if found.claim else ""
            raise RefusedError(f"{place}this would add an error: {found.message}", hint=found.hint)
    claims = {claim.id: claim for claim in after.claims}
    lost = [key for key, claim in old.items() if claims.get(key) != claim]
    lost += [key for key, record in new.items() if key not in claims or records.of_claim(claims[key]) != record]
    held: Tables = {
        "people": {key: records.of_person(person) for key, person in after.people.items()},
        "topics": dict(after.topics),
        "sources": {key: records.of_source(source) for key, source in after.sources.items()},
    }
    lost += [
        key for table, entries in declared.items() for key, value in entries.items() if held[table].get(key) != value
    ]
    if lost or len(claims) != len(old) + len(new):
        raise RefusedError(
            f"{plural(max(len(lost), 1), 'entry', 'entries')} would not be read back as given"
            + (f": {', '.join(lost[:3])}" if lost else "")
        )
