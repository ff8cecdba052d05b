"""After a small edit: the rows of the ledger as it was, with those of the claims that changed put in their place.

Only claims that are new or another are parsed. That is done where it is certain to give what reading everything would
give; in all other cases the answer is None, and everything is read.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..files import bounds, questions
from ..judging import measure
from ..model import Claim, FilePattern, uses
from . import rows
from .checksums import Files, Replay
from .compare import Added, Compared, FileThen, Part, compared, edited
from .edit import RowEdit, ShelfThen
from .filenow import FileNow, PatchedFile
from .rowbytes import loads
from .rowfile import Shelf

if TYPE_CHECKING:
    from ..loading.head import FileHead

_SAME = ("revises", "depends_on", "formerly")  # what makes circles, and other names


class FileWritten(NamedTuple):
    """What was just written to a file: its checksums before and after, and what was replaced in it."""

    before: str
    after: str
    now: PatchedFile


Compare = Callable[[FileThen, str], Compared | None]  # of a file as it was, and its name


def patched(shelf: Shelf, files: Files, names: Sequence[str]) -> dict[str, bytes] | None:
    """The rows that change since the shelf was written; None where that is not certain. Damaged, UnreadableError."""
    then, answers = loads(shelf.take("answers"))
    replay = Replay(files, then, names)
    altered = replay.altered(answers)
    if altered is None:
        return None
    texts = {name: FileNow(files.data(replay.files[name])) for name in altered}
    sums = {name: files.sum(replay.files[name]) for name in altered}
    size = sum(map(_size, replay.files.values())) if len(replay.files) > 1 else 0
    return _rows(shelf, lambda then, name: compared(then, texts[name]), texts, sums, size)


def rewritten(shelf: Shelf, names: Sequence[str], files: Mapping[str, FileWritten]) -> dict[str, bytes] | None:
    """The rows that change by what was just written to files; `names` are those of all files of the ledger. Damaged."""
    _, answers = loads(shelf.take("answers"))
    known = {question[1]: answer for question, answer in answers if question[0] == "sum"}
    then = rows.head_of(shelf.take("head")).names
    if len(then) != len(names):
        return None
    written = {then[names.index(name)]: one for name, one in files.items()}
    if any(known.get(name) != one.before for name, one in written.items()):
        return None
    texts: dict[str, FileNow] = {name: one.now for name, one in written.items()}
    sums = {name: one.after for name, one in written.items()}
    size = sum(map(_size, names)) if len(names) > 1 else 0
    return _rows(shelf, lambda then, name: edited(then, written[name].now), texts, sums, size)


def _rows(
    shelf: Shelf, compare: Compare, texts: Mapping[str, FileNow], sums: Mapping[str, str], size: int
) -> dict[str, bytes] | None:
    """All rows that change, where files have these texts and checksums, and all files so many bytes."""
    head = rows.head_of(shelf.take("head"))
    if loads(shelf.take("problems")) or size > bounds.bytes_in_all() // 2:
        return None  # near the bound of all files together
    then = ShelfThen(shelf)
    counts = Counter(then.spots[::5])
    parts: list[Part] = []
    spots: array[int] = array("i")
    at, other = 0, None
    for number, name in enumerate(head.names):
        own = range(at, at + counts[number])
        at = own.stop
        found: Compared | None = Compared([own], then.spots[own.start * 5 : own.stop * 5], then.heads[number])
        if name in texts:
            found = compare(then.file(number, own), name)
        if found is None:
            return None
        if found.head is not None:
            other = _other_head(head, found.head)
            if other is None:
                return None
        then.heads[number] = found.told
        parts += (part for part in found.parts if not isinstance(part, range) or part)
        spots += found.spots
    now = {number: texts[name] for number, name in enumerate(head.names) if name in texts}
    edit = RowEdit(then, parts, spots, now, other)
    return dict(edit.rows(sums)) if _Certain(edit, head).all() else None


def _other_head(then: rows.CachedHead, now: FileHead) -> rows.CachedHead | None:
    """The head of a ledger of one file that has another head now; None where more than its own words hangs on it.

    Which files there are hangs on `include`, and one that includes others shares their names with them.
    """
    if len(then.names) > 1 or now.include or then.includes:
        return None
    return then._replace(
        title=now.title,
        people=now.people,
        topics=now.topics,
        sources=now.sources,
        about=now.about,
        timezone=now.timezone,
        forecasts=tuple(FilePattern(then.names[0], pattern) for pattern in now.forecasts),
    )


class _Certain:
    """Whether nothing else hangs on an edit: then what was kept of all other claims is right still."""

    def __init__(self, edit: RowEdit, head: rows.CachedHead) -> None:
        self.edit = edit
        self.head = head

    def all(self) -> bool:
        """Whether the edit may be made in the rows."""
        edit, gone = self.edit, self.edit.gone
        if gone is None or edit.several or len(edit.spots) // 5 > bounds.claims():
            return False
        before = {claim.id: claim for claim, _ in gone.values()}
        left = frozenset(before) - frozenset(edit.added)
        new = frozenset(edit.added) - frozenset(before)
        return (
            new.isdisjoint(self._ids if new else ())
            and new.isdisjoint(self.head.formerly)
            and not any(before[name].formerly for name in left)
            and not any(edit.added[name].entry.claim.formerly for name in new)
            and (not left or left.isdisjoint(loads(edit.then.take("referred"))))
            and all(self._is_same(before[name], edit.added[name]) for name in before if name not in left)
            and self._is_declared(left)
            and (edit.head is None or self._is_used_declared(edit.head))
        )

    def _is_same(self, before: Claim, after: Added) -> bool:
        """Whether a claim that changed leaves alone what others hang on."""
        claim = after.entry.claim
        if any(getattr(before, name) != getattr(claim, name) for name in _SAME):
            return False
        if claim.id not in loads(self.edit.then.take("names:revises")):
            return True
        old = next(fact for of, fact in (self.edit.gone or {}).values() if of.id == claim.id)
        return measure(old) == measure(after.entry.fact)

    def _is_declared(self, left: frozenset[str]) -> bool:
        """Whether all names that the added claims use are there; of the claims only those that were before."""
        head = self.edit.head or self.head
        declared: dict[str, Container[str]] = {"people": head.people, "topics": head.topics, "sources": head.sources}
        return all(
            name in self._ids and name not in left if table == "claims" else name in declared[table]
            for one in self.edit.added.values()
            for _, table, name in uses(one.entry.claim)
        )

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.edit.then.ids)

    def _is_used_declared(self, head: rows.CachedHead) -> bool:
        """Whether another head has all names that the claims of before use."""
        used = loads(self.edit.then.take("used"))
        return all(
            set(used[table]) <= set(names)
            for table, names in (("people", head.people), ("topics", head.topics), ("sources", head.sources))
        )


def _size(name: str) -> int:
    info = questions.look(name)
    return 0 if info is None else info.st_size
