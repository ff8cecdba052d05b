"""From one or several files to one ledger: includes, names unique across files, references that resolve."""

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol, TypeVar

from ..errors import OverBoundsError, UnreadableError
from ..facts import Fact
from ..files import bounds
from ..files.globs import ENTRIES, Matches
from ..judging import measure
from ..model import FilePattern, Ledger, Person, Source, Spot, Text, renamed
from ..problems import in_order, problem
from .claims import Kept
from .places import locate
from .reading import Entry, FileReading, decode, read
from .references import references

T = TypeVar("T")


class FileSource(Protocol):
    """Where files come from: the disk, or a commit."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; UnreadableError."""

    def identity(self, name: str) -> str:
        """The same text for the same file, however it is reached."""

    def within(self, name: str, folder: str) -> bool:
        """Whether a file lies in a folder after links are resolved."""

    def home(self, name: str) -> str:
        """The folder in which the includes of a ledger lie, itself perhaps a link."""

    def matches(self, folder: str, pattern: str) -> Matches:
        """The files below a folder that match a relative pattern, and what was left out."""


class GivenText(NamedTuple):
    """A text that was read already, such as standard input."""

    name: str
    data: bytes


def load(tree: FileSource, names: Iterable[str | GivenText], kept: Kept | None = None) -> Ledger:
    """Read files and what they include as one ledger; `kept` is what is known of pieces they may hold.

    UnreadableError where a file named here cannot be read at all; whatever is wrong inside is a problem.
    """
    with _paused_collector():
        gathering = _Gathering(tree, kept)
        for name in names:
            gathering.add(name)
        return _assemble(gathering.readings, gathering.main)


_MANY = 1_000


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Claims hold no circles, and the more of them there are, the longer the collector would look for one.

    Frozen and thawed they count as old: a twelfth of loading went into looking through them once as if they were young.
    A few are left alone, since to ask whether others froze something is to count all of that.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if gc.get_count()[0] > _MANY and gc.get_freeze_count() == 0:  # what others froze stays frozen
                gc.freeze()
                gc.unfreeze()
            gc.enable()


class _Gathering:
    """Reads files in the order they are met, each once."""

    def __init__(self, tree: FileSource, kept: Kept | None) -> None:
        self.tree = tree
        self.kept = kept
        self.readings: list[FileReading] = []
        self.main: list[FileReading] = []  # of the files that were named
        self.seen: set[str] = set()
        self.links: list[tuple[FileReading, str, int]] = []  # that patterns did not follow, with the entry's place
        self.bytes = self.claims = 0

    def add(self, name: str | GivenText) -> None:
        """Read a file that was asked for, and all it includes."""
        if isinstance(name, GivenText):
            reading = self._read(name.name, name.data)
            self.main.append(reading)
            for _, offset in reading.head.include if reading.head else ():
                self._refuse(reading, "standard input has no folder to include from", offset)
            return
        identity = self.tree.identity(name)
        if identity in self.seen:
            return
        self.seen.add(identity)
        waiting = deque([self._read(name, self.tree.read(name))])
        self.main.append(waiting[0])
        while waiting:  # no recursion: each file may include the next
            reading = waiting.popleft()
            for pattern, offset in reading.head.include if reading.head else ():
                for trouble in self._include(reading, pattern, offset, waiting):
                    self._refuse(reading, trouble, offset)
        for reading, link, offset in self.links:
            if self.tree.identity(link) not in self.seen:
                self._refuse(reading, f"{link} is a link, which patterns do not follow: name what it leads to", offset)
        self.links.clear()

    def _refuse(self, reading: FileReading, trouble: str, offset: int) -> None:
        hint = "include takes files below the ledger's own folder, such as claims/*.yaml"
        reading.sheet.report("bad-include", trouble, offset, hint)

    def _read(self, name: str, data: bytes) -> FileReading:
        self.bytes += len(data)
        bounds.check_bytes(self.bytes, name)
        text = decode(data, name)
        del data  # the text is as large
        try:
            reading = read(text, name, len(self.readings), self.kept)
        except OverBoundsError as error:
            raise OverBoundsError(f"{name}: {error.message}", hint=error.hint) from None
        self.claims += len(reading.entries) + len(reading.left_out)
        bounds.check_claims(self.claims, name)
        self.readings.append(reading)
        return reading

    def _include(self, reading: FileReading, pattern: str, offset: int, waiting: deque[FileReading]) -> Iterator[str]:
        """Read the files of one entry of `include`; the answer says what is wrong."""
        folder = self.tree.home(reading.sheet.name)
        if pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern:
            yield f"{pattern} leads out of the ledger's folder"
            return
        if pattern.split("/").count("**") > 1:
            yield f"{pattern} holds ** more than once"
            return
        found = self.tree.matches(folder, pattern)
        self.links += [(reading, link, offset) for link in found.links]
        if not found.files and not found.links:
            yield f"{pattern} matches no file"
        if found.cut:
            yield f"{pattern} leads through more than {ENTRIES:,} names, of which the last were not looked at"
        for path in found.files:
            bounds.check_files(len(self.readings) + 1, self.readings[0].sheet.name)
            try:
                waiting.append(self._include_one(path, folder))
            except OverBoundsError:
                raise
            except UnreadableError as error:
                yield error.message

    def _include_one(self, path: str, folder: str) -> FileReading:
        if not self.tree.within(path, folder):
            raise UnreadableError(f"{path} leads out of the ledger's folder")
        identity = self.tree.identity(path)
        if identity in self.seen:
            raise UnreadableError(f"{path} is part of the ledger already")
        self.seen.add(identity)
        reading = self._read(path, self.tree.read(path))
        for key, offset in reading.head.main if reading.head else ():
            message = f"{key} stands in the main file only, and this file is included"
            reading.sheet.report("unknown-key", message, offset, "move it to the file that names this one in include")
        return reading


def _assemble(readings: list[FileReading], main: list[FileReading]) -> Ledger:
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
    formerly = _formerly(readings, entries, texts)
    entries = [_renamed(entry, formerly) for entry in entries] if formerly else entries
    problems = [found for reading in readings for found in reading.sheet.found]
    facts = tuple(entry.fact for entry in entries)
    heads = [reading.head for reading in main if reading.head is not None]
    ledger = Ledger(
        next((head.title for head in heads if head.title), None),
        texts,
        people,
        topics,
        sources,
        tuple(entry.claim for entry in entries),
        facts,
        tuple(entry.spot for entry in entries),
        (),
        next((head.about for head in heads if head.about), None),
        next((head.timezone for head in heads if head.timezone), None),
        tuple(FilePattern(r.sheet.name, pattern) for r in main if r.head for pattern in r.head.forecasts),
        formerly,
        tuple(FilePattern(r.sheet.name, pattern) for r in readings if r.head for pattern, _ in r.head.include),
    )
    lost = {found.claim for found in problems if found.claim is not None}
    partial = any(found.code == "bad-include" for found in problems)
    problems += references(ledger, {} if partial else _declared(readings), lost, partial=partial)
    return ledger._replace(facts=_with_restatements(facts), problems=in_order(problems))


def _declared(readings: list[FileReading]) -> dict[str, set[str]]:
    """All names by table, readable or not; tables that could not be read are left out."""
    names: dict[str, set[str]] = {"people": set(), "topics": set(), "sources": set()}
    for reading in readings:
        if reading.head is None:
            return {}
        for table, name in reading.head.declared:
            names[table].add(name)
    unread = {table for reading in readings if reading.head for table in reading.head.unread}
    return {table: known for table, known in names.items() if table not in unread}


def _merge(into: dict[str, T], new: dict[str, T]) -> list[str]:
    twice = [name for name in new if name in into]
    into.update({name: value for name, value in new.items() if name not in into})
    return twice


def _unique(readings: list[FileReading], texts: tuple[Text, ...]) -> Iterator[Entry]:
    """The entries whose id is new; of two claims with one id the first that could be read stays."""
    entries = [entry for reading in readings for entry in reading.entries]
    if len({entry.claim.id for entry in entries}) == len(entries) and not any(reading.left_out for reading in readings):
        yield from entries
        return
    seen: dict[str, Spot] = {}
    kept: set[str] = set()
    for reading in readings:
        for name, spot, entry in _holders(reading):
            first = seen.setdefault(name, spot)
            if entry is not None and name not in kept:
                kept.add(name)
                yield entry
            if first is spot:
                continue
            place = locate(texts, spot, ("id",))
            where = f"{texts[first.file].name}:{first.line}"
            reading.sheet.add(
                problem(
                    "duplicate-id",
                    f"{name} is the id of the claim at {where} too",
                    place,
                    claim=name,
                    hint="give each claim its own id",
                )
            )


def _holders(reading: FileReading) -> Iterable[tuple[str, Spot, Entry | None]]:
    """Every id of a file with its claim, None for one that could not be read, in the order of the file."""
    found = ((entry.claim.id, entry.spot, entry) for entry in reading.entries)
    if not reading.left_out:
        return found
    left_out = ((name, spot, None) for name, spot in reading.left_out)
    return sorted((*found, *left_out), key=lambda holder: (holder[1].line, holder[1].column))


def _formerly(readings: list[FileReading], entries: list[Entry], texts: tuple[Text, ...]) -> dict[str, str]:
    """From the ids that claims had before to those they have; one that means two claims is a problem."""
    having = [entry for entry in entries if entry.claim.formerly]
    if not having:
        return {}
    living = {name for reading in readings for name, _, _ in _holders(reading)}
    found: dict[str, str] = {}
    for _, fact, spot in having:
        for at, name in enumerate(fact.formerly):
            owner = name if name in living else found.setdefault(name, fact.id)
            if owner == fact.id and name not in living:
                continue
            message = f"{name} is the id of a claim" if name in living else f"{name} was the id of {owner} too"
            place = locate(texts, spot, ("formerly", at))
            hint = "formerly holds the ids that this claim had before and no other has"
            readings[spot.file].sheet.add(problem("duplicate-id", message, place, claim=fact.id, hint=hint))
    return found


def _renamed(entry: Entry, formerly: dict[str, str]) -> Entry:
    claim = renamed(entry.claim, formerly)
    return (
        entry if claim is entry.claim else entry._replace(claim=claim, fact=entry.fact._replace(revises=claim.revises))
    )


def _with_restatements(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Mark the claims that revise another without changing what is scored."""
    if not any(fact.revises for fact in facts):
        return facts
    by_id = {fact.id: fact for fact in facts}
    return tuple(
        fact._replace(restates=True)
        if fact.revises in by_id and measure(fact) == measure(by_id[fact.revises])
        else fact
        for fact in facts
    )
