"""What a ledger says besides its claims, in two versions: whom its names mean, whose calendar it keeps, its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from ..errors import UnreadableError
from ..loading import reading
from ..model import About, Claim, Ledger, Person, Source, uses
from ..problems import Path
from .same_meaning import meaning, told, told_both

TABLES = ("people", "topics", "sources")
MEANT = {"people": ("name",), "sources": ("title", "published", "document", "sha256")}
_CODE = "meaning-changed"
_NOBODY = About()


class LedgerHead(NamedTuple):
    """What a ledger says besides its claims; `include` is told by what it brings and takes away."""

    title: str | None = None
    about: About | None = None
    timezone: str | None = None
    forecasts: tuple[str, ...] = ()
    people: Mapping[str, Person] = {}
    topics: Mapping[str, str] = {}
    sources: Mapping[str, Source] = {}


class HeadChange(NamedTuple):
    """A value of the head that is another; `path` leads to it, such as (people, jane, name) or (timezone,).

    None stands for nothing, `code` is what check calls a change that gives claims another meaning. The last step of
    a path to a table of forecasts is its pattern.
    """

    path: tuple[str, ...]
    before: Any
    after: Any
    code: str | None = None

    @property
    def place(self) -> Path:
        """Where the newer version says it, or would."""
        return self.path[:1] if self.path[0] == "forecasts" else self.path


def head_of(ledger: Ledger) -> LedgerHead:
    """The head of a ledger."""
    forecasts = tuple(one.pattern for one in ledger.forecasts)
    return LedgerHead(
        ledger.title, ledger.about, ledger.timezone, forecasts, ledger.people, ledger.topics, ledger.sources
    )


def head_changes(before: LedgerHead, after: LedgerHead) -> Iterator[HeadChange]:
    """What differs, in the order of the format."""
    yield from _values((), before, after, ("title",))
    yield from _values(("about",), before.about or _NOBODY, after.about or _NOBODY, About._fields)
    for change in _values((), before, after, ("timezone",)):
        yield change._replace(code=_CODE if change.before is not None else None)
    yield from _tables_of_forecasts(before.forecasts, after.forecasts)
    for table in TABLES:
        old, new = getattr(before, table), getattr(after, table)
        if old is not new:
            yield from _entries(table, old, new)


def _values(path: tuple[str, ...], before: Any, after: Any, keys: Iterable[str]) -> Iterator[HeadChange]:
    for key in keys:
        old, new = getattr(before, key), getattr(after, key)
        if meaning(old, key) != meaning(new, key):
            yield HeadChange((*path, key), old, new)


def _tables_of_forecasts(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[HeadChange]:
    for pattern in before:
        if pattern not in after:
            covered = any(fnmatchcase(pattern, wider) for wider in after)
            yield HeadChange(("forecasts", pattern), pattern, None, None if covered else _CODE)
    yield from (HeadChange(("forecasts", pattern), None, pattern) for pattern in after if pattern not in before)


def _entries(table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[HeadChange]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old is new:
            continue
        if old is None or new is None or isinstance(old, str):
            if meaning(old) != meaning(new):
                yield HeadChange((table, name), old, new)
            continue
        for change in _values((table, name), old, new, old._fields):
            meant = change.path[-1] in MEANT[table] and change.before is not None
            yield change._replace(code=_CODE if meant else None)


def apart(found: Iterable[HeadChange], claims: Iterable[Claim]) -> tuple[HeadChange, ...]:
    """The changes without the names that claims bring with them, or take with them."""
    named = {(table, name) for claim in claims for _, table, name in uses(claim)}
    return tuple(
        change
        for change in found
        if change.code or change.path not in named or (change.before is not None and change.after is not None)
    )


def head_title(change: HeadChange) -> str:
    """What a change beside the claims is about: `people: jane`, `timezone`."""
    return ": ".join(change.path[:2]) if change.path[0] in TABLES else change.path[0]


def head_words(change: HeadChange) -> str:
    """A change in one line, without what the path begins with: `name was Jane Doe and is Somebody Else`."""
    if change.path[0] == "forecasts":
        return f"{change.path[1]} {'is read too' if change.before is None else 'is not read any more'}"
    key = change.path[-1]
    before, after = _told(change.before, key), _told(change.after, key)
    subject = f"{key} " if len(change.path) == 3 or change.path[0] == "about" else ""
    if change.before is None:
        return f"{subject}set to {after}" if subject or change.path[0] not in TABLES else f"added: {after}"
    if change.after is None:
        return f"{subject}removed; it was {before}"
    return "{}was {} and is {}".format(subject, *told_both(change.before, change.after, key))


def _told(value: Any, key: str) -> str:
    if isinstance(value, Person):
        return told(value.name)
    return told(value.title) if isinstance(value, Source) else told(value, key)


# --- the heads of many versions ------------------------------------------------------------------------------

_KEY = re.compile(r"^(?=[^\s#\-])", re.MULTILINE)
_PLAIN = re.compile(r"[a-z_]+[ \t]*:")
_TABLE = re.compile(r"(people|topics|sources)[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)(?=[^\s#])")


class HeadReader:
    """Reads the heads of many contents: what stands in many of them as the same text is parsed once."""

    def __init__(self) -> None:
        self._blocks: dict[str, LedgerHead | None] = {}
        self._entries: dict[str, LedgerHead | None] = {}
        self._wholes: dict[str, LedgerHead | None] = {}

    def read(self, text: str) -> LedgerHead:
        """What the text of a file without its claims says; an empty head where nothing of it can be read."""
        found = [self._block(one) for one in _KEY.split(text) if _KEY.match(one)]
        parts = [one for one in found if one is not None]
        if len(parts) < len(found):
            parts = [self._kept(self._wholes, text, part=False) or LedgerHead()]
        return merged(parts)

    def _block(self, text: str) -> LedgerHead | None:
        """What one key at the top says; None where it cannot be told from its own lines."""
        if text not in self._blocks:
            self._blocks[text] = (self._by_entry(text) or _parsed(text)) if _PLAIN.match(text) else None
        return self._blocks[text]

    def _by_entry(self, text: str) -> LedgerHead | None:
        table = _TABLE.match(text)
        if table is None:
            return None
        edge = re.compile(rf"^(?={table[2]}[^\s#])", re.MULTILINE)
        entries = edge.split(text[table.start(2) :])
        found = [self._kept(self._entries, f"{table[1]}:\n{one}") for one in entries if one.strip()]
        parts = [one for one in found if one is not None]
        return merged(parts) if len(parts) == len(found) else None

    def _kept(self, known: dict[str, LedgerHead | None], text: str, *, part: bool = True) -> LedgerHead | None:
        if text not in known:
            known[text] = _parsed(text, part=part)
        return known[text]


def _parsed(text: str, *, part: bool = True) -> LedgerHead | None:
    """What a head, or some lines of one, says; None where they cannot be read, or not without a problem."""
    own = f"ledger: 1\n{text}" if part and not text.startswith("ledger") else text
    try:
        found = reading.read(own, "")
    except UnreadableError:
        return None
    return None if found.head is None or (part and found.sheet.found) else head_as_read(found)


def head_as_read(found: reading.FileReading) -> LedgerHead:
    """The head of one file."""
    head = found.head
    if head is None:
        return LedgerHead()
    return LedgerHead(head.title, head.about, head.timezone, head.forecasts, head.people, head.topics, head.sources)


def merged(parts: Iterable[LedgerHead]) -> LedgerHead:
    """Several heads as one: the first that says something stands."""
    parts = [one for one in parts if one != LedgerHead()]
    if len(parts) == 1:
        return parts[0]
    tables = (_joined([found for one in parts if (found := getattr(one, table))]) for table in TABLES)
    title, about, timezone = (
        next((getattr(one, key) for one in parts if getattr(one, key)), None) for key in ("title", "about", "timezone")
    )
    forecasts = tuple(pattern for one in parts for pattern in one.forecasts)
    return LedgerHead(title, about, timezone, forecasts, *tables)


def _joined(tables: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    if len(tables) == 1:
        return tables[0]
    whole: dict[str, Any] = {}
    for table in tables:
        for name, entry in table.items():
            whole.setdefault(name, entry)
    return whole
