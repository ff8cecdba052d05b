"""From one or several files to one ledger: includes, names unique across files, references that resolve."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

from ..errors import UnreadableError
from ..facts import Fact
from ..model import Claim, Ledger, Person, Source, Spot, Text
from ..problems import Path, Problem, in_order, problem
from ..text import did_you_mean
from . import limits
from .places import locate
from .reading import Entry, Reading, decode, read

T = TypeVar("T")


class Tree(Protocol):
    """Where files come from: the disk, or a commit."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; UnreadableError."""

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""

    def within(self, name: str, folder: str) -> bool:
        """Whether a file lies in a folder after links are resolved."""

    def expand(self, folder: str, pattern: str) -> list[str]:
        """The files below a folder that match a relative pattern."""


class Given(NamedTuple):
    """A text that was read already, such as standard input."""

    name: str
    data: bytes


def load(tree: Tree, names: Iterable[str | Given]) -> Ledger:
    """Read files and what they include as one ledger.

    UnreadableError where a file named here cannot be read at all; whatever is wrong inside is a problem.
    """
    gathering = _Gathering(tree)
    for name in names:
        gathering.add(name)
    return _assemble(gathering.readings)


class _Gathering:
    """Reads files in the order they are met, each once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.readings: list[Reading] = []
        self.seen: set[str] = set()

    def add(self, name: str | Given) -> None:
        """Read a file that was asked for, and all it includes."""
        if isinstance(name, Given):
            self._read(name.name, name.data, includes=False)
            return
        identity = self.tree.identity(name)
        if identity not in self.seen:
            self.seen.add(identity)
            self._read(name, self.tree.read(name), includes=True)

    def _read(self, name: str, data: bytes, *, includes: bool) -> None:
        reading = read(decode(data, name), name, len(self.readings))
        self.readings.append(reading)
        for pattern, offset in reading.head.include if reading.head else ():
            trouble = self._include(name, pattern) if includes else "standard input has no folder to include from"
            if trouble:
                hint = "include takes files below the ledger's own folder, such as claims/*.yaml"
                reading.sheet.report("bad-include", trouble, offset, hint)

    def _include(self, name: str, pattern: str) -> str | None:
        """Read the files of one entry of `include`; the answer says what is wrong."""
        folder = posixpath.dirname(name)
        if pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern:
            return f"{pattern} leads out of the ledger's folder"
        found = self.tree.expand(folder, pattern)
        if not found:
            return f"{pattern} matches no file"
        for path in found:
            if len(self.readings) >= limits.FILES:
                return f"more than {limits.FILES:,} files"
            trouble = self._include_one(path, folder)
            if trouble:
                return trouble
        return None

    def _include_one(self, path: str, folder: str) -> str | None:
        if not self.tree.within(path, folder):
            return f"{path} leads out of the ledger's folder"
        identity = self.tree.identity(path)
        if identity in self.seen:
            return f"{path} is part of the ledger already"
        self.seen.add(identity)
        try:
            self._read(path, self.tree.read(path), includes=True)
        except UnreadableError as error:
            return error.message
        return None


def _assemble(readings: list[Reading]) -> Ledger:
    texts = tuple(Text(reading.sheet.name, reading.sheet.text) for reading in readings)
    people: dict[str, Person] = {}
    topics: dict[str, str] = {}
    sources: dict[str, Source] = {}
    for reading in readings:
        if reading.head is None:
            continue
        for table, own in (
            ("people", _merge(people, reading.head.people)),
            ("topics", _merge(topics, reading.head.topics)),
            ("sources", _merge(sources, reading.head.sources)),
        ):
            for name in own:
                message = f"{name} is declared in another file already"
                reading.sheet.report(
                    "duplicate-key", message, reading.head.declared[table, name], "declare each name once"
                )
    entries = list(_unique(readings, texts))
    problems = [found for reading in readings for found in reading.sheet.found]
    facts = tuple(entry.fact for entry in entries)
    ledger = Ledger(
        next((r.head.title for r in readings if r.head and r.head.title), None),
        texts,
        people,
        topics,
        sources,
        tuple(entry.claim for entry in entries),
        facts,
        tuple(entry.spot for entry in entries),
        (),
    )
    lost = {found.claim for found in problems}
    problems += _references(ledger, _declared(readings), lost)
    return ledger._replace(facts=_with_restatements(facts), problems=in_order(problems))


def _declared(readings: list[Reading]) -> dict[str, set[str]] | None:
    """All names by table, readable or not; None where a head could not be read."""
    names: dict[str, set[str]] = {"people": set(), "topics": set(), "sources": set()}
    for reading in readings:
        if reading.head is None:
            return None
        for table, name in reading.head.declared:
            names[table].add(name)
    return names


def _merge(into: dict[str, T], new: dict[str, T]) -> list[str]:
    twice = [name for name in new if name in into]
    into.update({name: value for name, value in new.items() if name not in into})
    return twice


def _unique(readings: list[Reading], texts: tuple[Text, ...]) -> Iterator[Entry]:
    """The entries whose id is new; the first of two claims with one id stays."""
    seen: dict[str, Spot] = {}
    for reading in readings:
        for entry in reading.entries:
            name = entry.claim.id
            first = seen.setdefault(name, entry.spot)
            if first is entry.spot:
                yield entry
                continue
            place = locate(texts, entry.spot, ("id",))
            where = f"{texts[first.file].name}:{first.line}"
            reading.sheet.found.append(
                problem(
                    "duplicate-id",
                    f"{name} is the id of the claim at {where} too",
                    place,
                    claim=name,
                    hint="give each claim its own id",
                )
            )


def _references(ledger: Ledger, declared: dict[str, set[str]] | None, lost: set[str | None]) -> Iterator[Problem]:
    """Names that nothing declares, claims that are not there, and circles."""
    ids = {fact.id for fact in ledger.facts} | lost
    for number, claim in enumerate(ledger.claims):
        for path, table, name in _uses(claim):
            if table == "claims":
                if name not in ids:
                    hint = did_you_mean(name, sorted(filter(None, ids))) or "remove it, or enter that claim"
                    yield _found("dangling-reference", f"there is no claim {name}", ledger, number, path, hint)
            elif declared is not None and name not in declared[table]:
                hint = did_you_mean(name, sorted(declared[table])) or f"add {name} to {table}"
                yield _found("undeclared", f"{name} is not declared in {table}", ledger, number, path, hint)
    yield from _circles(ledger)


def _found(code: str, message: str, ledger: Ledger, number: int, path: Path, hint: str) -> Problem:
    place = locate(ledger.texts, ledger.spots[number], path)
    return problem(code, message, place, hint=hint, claim=ledger.facts[number].id)


def _uses(claim: Claim) -> Iterator[tuple[Path, str, str]]:
    yield ("speaker",), "people", claim.speaker
    if claim.source is not None:
        yield ("source",), "sources", claim.source
    for at, topic in enumerate(claim.topics):
        yield ("topics", at), "topics", topic
    for number, resolution in enumerate(claim.resolutions):
        for at, evidence in enumerate(resolution.evidence):
            if evidence.source is not None:
                yield ("resolutions", number, "evidence", at, "source"), "sources", evidence.source
    if claim.revises is not None:
        yield ("revises",), "claims", claim.revises
    for key, names in (("depends_on", claim.depends_on), ("see_also", claim.see_also)):
        for at, name in enumerate(names):
            yield (key, at), "claims", name


def _circles(ledger: Ledger) -> Iterator[Problem]:
    revises: dict[str, tuple[str, ...]] = {claim.id: (claim.revises,) for claim in ledger.claims if claim.revises}
    depends = {claim.id: claim.depends_on for claim in ledger.claims if claim.depends_on}
    for number, claim in enumerate(ledger.claims):
        for key, edges in (("revises", revises), ("depends_on", depends)):
            if claim.id in edges and _reaches(edges, claim.id):
                message = f"{claim.id} comes back to itself by {key}"
                yield _found("reference-cycle", message, ledger, number, (key,), "take one step of the circle out")


def _reaches(edges: dict[str, tuple[str, ...]], start: str) -> bool:
    waiting, seen = list(edges[start]), set()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting += edges.get(name, ())
    return False


def _with_restatements(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Mark the claims that revise another without changing what is scored: deadline or quantity."""
    if not any(fact.revises for fact in facts):
        return facts
    by_id = {fact.id: fact for fact in facts}
    return tuple(
        fact._replace(restates=True)
        if fact.revises in by_id and _measure(fact) == _measure(by_id[fact.revises])
        else fact
        for fact in facts
    )


def _measure(fact: Fact) -> tuple[object, ...]:
    deadline = fact.deadline and (fact.deadline.start, fact.deadline.end)
    return deadline, fact.window, fact.at_least, fact.at_most, fact.low, fact.high
