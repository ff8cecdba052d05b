"""Claims and names into a ledger that is there, or into a new one, as one change that is proven whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from .. import fields
from ..edit.blocks import Value, items, mapping
from ..edit.changes import Addition, Append, Edit, edit
from ..edit.splice import Impossible, Splice, add_pairs, append, set_value
from ..edit.style import Style
from ..errors import RefusedError
from ..files import Disk
from ..loading.assembly import GivenText, load
from ..loading.composer import Broken, Node, compose
from ..loading.limits import WHOLE_NODES
from ..model import Ledger
from ..problems import Problem
from ..text import plural
from . import records
from .plan import FileChange, Plan, Replaced, Step, patches_between

TABLES = ("people", "topics", "sources")
_TOP = tuple(field.key for field in fields.TOP)
_PERSON = {field.key: field.default for field in fields.PERSON}
Tables: TypeAlias = Mapping[str, Mapping[str, Value]]
_Propose: TypeAlias = Callable[[str, Node], Iterator[Splice]]


class Additions(NamedTuple):
    """What a ledger is to get: claims, entries of lists of claims it has, names, and tables of forecasts."""

    claims: Mapping[str, records.Record]
    declared: Tables
    head: Mapping[str, Value] = {}  # title and about, for a new ledger
    appended: Mapping[str, Sequence[Append]] = {}
    tables: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.claims or self.appended or self.tables or any(self.declared.values()))


# --- a new ledger ----------------------------------------------------------------------------------------------


def new_ledger(new: Additions, name: str) -> tuple[str, Ledger]:
    """The text of a new ledger with all that is added, and the ledger as it is read from it."""
    style = Style()
    head = dict(new.head)
    head |= {"forecasts": list(new.tables)} if new.tables else {}
    head |= {table: entries for table, entries in new.declared.items() if entries}
    lines = ["ledger: 1", *mapping(style, head, 0), "", "claims:" if new.claims else "claims: []"]
    text = "\n".join(lines) + "\n" + _written(style, new.claims.values(), 2, "\n")
    return text, load(Disk(), [GivenText(name, text.encode())])


def _written(style: Style, claims: Collection[records.Record], column: int, newline: str) -> str:
    """The claims as a block, a blank line between them."""
    blocks = [newline.join(items(style, "claims", [record], column, gap=2)) + newline for record in claims]
    return newline.join(blocks)


# --- into a ledger that is there -------------------------------------------------------------------------------


class ImportedLedger(NamedTuple):
    """The files as they would be, and the ledger as it would be read."""

    files: tuple[FileChange, ...]
    after: Ledger


def change(ledger: Ledger, new: Additions) -> ImportedLedger:
    """What a ledger would become; RefusedError where something cannot be added safely."""
    used = {spot.file for spot in ledger.spots}
    file = 0 if 0 in used or not used else max(used)
    texts = {number: text.text for number, text in enumerate(ledger.texts)}
    for number in dict.fromkeys(spot.file for spot in ledger.spots):
        texts[number] = _appended(ledger, number, new)
    texts[file] = _with_claims(ledger, file, texts[file], new)
    texts[0] = _with_tables(texts[0], new.tables, ledger.texts[0].name)
    changed = tuple(
        FileChange(
            ledger.texts[number].name,
            ledger.texts[number].text,
            patches_between(ledger.texts[number].text, text),
            tuple((key, None) for key in new.claims) if number == file else (),
        )
        for number, text in texts.items()
        if text != ledger.texts[number].text
    )
    after = load(Replaced({one.name: one.after for one in changed}), [ledger.texts[0].name])
    return ImportedLedger(changed, after)


def plan(
    ledger: Ledger, new: Additions, found: ImportedLedger, steps: tuple[Step, ...], warnings: tuple[str, ...]
) -> Plan:
    """A proven change as a plan; it is planned again if the file is another one by then."""

    def again(fresh: Ledger, only: Collection[str]) -> Plan:
        return plan(fresh, new, proven(fresh, new), steps, warnings)

    return Plan("import", ledger.texts[0].name, steps, found.files, (), warnings, again)


def proven(ledger: Ledger, new: Additions) -> ImportedLedger:
    """The change, or RefusedError if it would not be read back as it was meant, or adds an error."""
    found = change(ledger, new)
    prove(found.after, new, ledger)
    return found


def _appended(ledger: Ledger, file: int, new: Additions) -> str:
    """The text of a file with what its claims get."""
    name, text = ledger.texts[file]
    edits = [
        Edit(spot, tuple(new.appended[ledger.facts[number].id]))
        for number, spot in enumerate(ledger.spots)
        if spot.file == file and ledger.facts[number].id in new.appended
    ]
    spots = [spot for spot in ledger.spots if spot.file == file]
    return edit(text, name, spots, edits).text if edits else text


def _with_claims(ledger: Ledger, file: int, before: str, new: Additions) -> str:
    name = ledger.texts[file].name
    newline = "\r\n" if "\r\n" in before else "\n"
    claims, text = list(new.claims.values()), before
    if not claims and not any(new.declared.values()):
        return before
    spots = list(load(Disk(), [GivenText(name, text.encode())]).spots) if ledger.spots else []
    if not spots and claims:
        text = edit(before, name, [], [Addition(claims.pop(0))]).text
        spots = list(load(Disk(), [GivenText(name, text.encode())]).spots)
    if spots and spots[0].start < 0 and claims:
        raise RefusedError(f"{name}: is not written claim by claim, so nothing can be added safely", hint="add by hand")
    if claims:
        start = len(text[: spots[-1].end].rstrip())
        block = _written(Style(newline=newline), claims, spots[0].column - 1, newline)
        text = f"{text[:start]}{newline}{newline}{block}{text[start:].lstrip(' ').removeprefix(newline)}"
    head = spots[0].start if spots and spots[0].start >= 0 else len(text)
    return _with_declared(text[:head], new.declared, name, newline) + text[head:]


def _with_declared(head: str, missing: Tables, name: str, newline: str) -> str:
    """The part of a file before its claims, with more people, topics and sources."""
    style = Style(newline=newline)
    for table in TABLES:
        entries = missing.get(table)
        if entries:
            head = _spliced(head, name, f"{table} {', '.join(list(entries)[:3])}", _entries(table, entries, style))
    return head


def _entries(table: str, entries: Mapping[str, Value], style: Style) -> _Propose:
    def propose(head: str, root: Node) -> Iterator[Splice]:
        node = next((held for given, held in root.value if given.value == table), None)
        if node is not None and getattr(node, "value", None):
            return add_pairs(head, node, entries, style)
        return set_value(head, root, table, dict(entries), style, _TOP)

    return propose


def _with_tables(text: str, tables: Sequence[str], name: str) -> str:
    """The main file with more tables of forecasts named in its head."""
    style = Style(newline="\r\n" if "\r\n" in text else "\n")
    for table in tables:

        def propose(head: str, root: Node, table: str = table) -> Iterator[Splice]:
            return append(head, root, "forecasts", table, style, _TOP)

        text = _spliced(text, name, f"the table {table}", propose)
    return text


def _spliced(text: str, name: str, what: str, propose: _Propose) -> str:
    try:
        return next(propose(text, compose(text, most=WHOLE_NODES))).apply(text)
    except (Impossible, Broken, StopIteration, AttributeError, TypeError):
        raise RefusedError(f"{name}: {what} cannot be declared automatically", hint="declare it first") from None


# --- proof -----------------------------------------------------------------------------------------------------


def prove(after: Ledger, new: Additions, before: Ledger | None = None) -> None:
    """RefusedError unless a ledger holds the new claims and names as they were read, all it held, and no new error."""
    for found in new_problems(before, after):
        place = f"{found.claim}: " if found.claim else ""
        raise RefusedError(f"{place}this would add an error: {found.message}", hint=found.hint)
    claims = {claim.id: claim for claim in after.claims}
    old = {claim.id: claim for claim in before.claims} if before else {}
    lost = [key for key, claim in old.items() if key not in new.appended and claims.get(key) != claim]
    lost += [key for key in new.appended if key not in claims]
    lost += [key for key, record in new.claims.items() if key not in claims or not _same(claims[key], record)]
    held = held_names(after)
    lost += [
        key
        for table, entries in new.declared.items()
        for key, value in entries.items()
        if not holds(held[table].get(key), value)
    ]
    if lost or len(claims) != len(old) + len(new.claims):
        raise RefusedError(
            f"{plural(max(len(lost), 1), 'entry', 'entries')} would not be read back as given"
            + (f": {', '.join(lost[:3])}" if lost else "")
        )


def new_problems(before: Ledger | None, after: Ledger) -> Iterator[Problem]:
    """The problems that a ledger did not have, compared by code and claim: messages may name lines, which move."""
    seen = Counter((found.code, found.claim) for found in before.problems) if before else Counter()
    for found in after.problems:
        seen[found.code, found.claim] -= 1
        if seen[found.code, found.claim] < 0:
            yield found


def held_names(ledger: Ledger) -> dict[str, dict[str, Value]]:
    """What a ledger declares, as it is written."""
    return {
        "people": {key: records.of_person(person) for key, person in ledger.people.items()},
        "topics": dict(ledger.topics),
        "sources": {key: records.of_source(source) for key, source in ledger.sources.items()},
    }


def holds(held: Value | None, given: Value) -> bool:
    """Whether an entry says all that was given; a default may be written or not."""
    if isinstance(given, Mapping) and isinstance(held, Mapping):
        return all(held.get(key, _PERSON.get(key)) == value for key, value in given.items())
    return held == given


def _same(claim: Any, record: Mapping[str, Value]) -> bool:
    return not any(records.differing(records.of_claim(claim), record))
