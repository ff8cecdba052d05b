"""What an editor asks of a whole ledger: hover, go to, folding, remedies and another id for a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..errors import LedgerError, UsageError
from ..loading.pieces import cut
from . import cursor, edits, pointing
from .buffer import Buffer, Position, spot_of
from .desk import Desk, DeskRead
from .shown import ShownFinding, lines_of, row_of

Span = tuple[Position, Position]


class VersionedEdit(NamedTuple):
    """New text for parts of one file, and the version of it that is open (None: it is not)."""

    path: str
    version: int | None
    patches: tuple[tuple[Position, Position, str], ...]


class Remedy(NamedTuple):
    """A certain edit for a finding."""

    title: str
    finding: ShownFinding
    files: tuple[VersionedEdit, ...]


def hover(desk: Desk, path: str, at: Position) -> str | None:
    """What `show` tells of the name at a position."""
    read, buffer = desk.latest(path), desk.buffers[path]
    of = pointing.named(read, path, buffer.text, buffer.offset(at)) if read is not None else None
    return pointing.told(read, of) if read is not None and of is not None else None


def definition(desk: Desk, path: str, at: Position) -> tuple[str, Span] | None:
    """Where that stands which the name at a position means."""
    read, buffer = _fresh(desk, path), desk.buffers[path]
    if read is None:
        return None
    offset = buffer.offset(at)
    of = pointing.named(read, path, buffer.text, offset)
    place = pointing.place_of(read, of) if of else pointing.document_place(desk, read, path, offset)
    if place is None:
        return None
    held = desk.buffers.get(place.file) or Buffer(dict(read.ledger.texts).get(place.file, ""))
    return place.file, spot_of(place, {place.line: held.line(place.line - 1)})


def folding(desk: Desk, path: str) -> list[tuple[int, int]]:
    """The lines from and to which claims can be folded."""
    text = desk.buffers[path].text
    proposal = cut(text)
    pieces = proposal.pieces if proposal is not None else ()
    return [(one.line - 1, one.line - 1 + text[one.start : one.end].rstrip().count("\n")) for one in pieces]


def remedies(desk: Desk, path: str, first: int, last: int) -> list[Remedy]:
    """The certain edits for the findings on some lines (from 0)."""
    read = _fresh(desk, path)
    if read is None:
        return []
    found = list(edits.remedies(desk, read, path, first + 1, last + 1))
    lines = lines_of([one.finding for one in found], desk.buffers[path])
    return [Remedy(one.title, row_of(one.finding, lines), _edit(desk, read, one.changes)) for one in found]


def renamable(desk: Desk, path: str, at: Position) -> tuple[Span, str] | None:
    """The id at a position that can be another one; None where there is none."""
    read, buffer = _fresh(desk, path), desk.buffers[path]
    offset = buffer.offset(at)
    if read is None or _claim_at(read, path, buffer.text, offset) is None:
        return None
    name, start, end = cursor.word(buffer.text, offset)
    return (buffer.position(start), buffer.position(end)), name


def rename(desk: Desk, path: str, at: Position, new: str) -> tuple[VersionedEdit, ...]:
    """Give the claim at a position another id; LedgerError where that cannot be."""
    read, buffer = desk.fresh(path), desk.buffers[path]
    name = _claim_at(read, path, buffer.text, buffer.offset(at))
    if name is None:
        raise UsageError("only the id of a claim can be renamed here")
    return _edit(desk, read, edits.rename(desk, read, name, new))


ANSWERS: dict[str, Callable[..., Any]] = {
    one.__name__: one for one in (hover, definition, folding, remedies, renamable, rename)
}


def _claim_at(read: DeskRead, path: str, text: str, offset: int) -> str | None:
    of = pointing.named(read, path, text, offset)
    return of.name if of is not None and of.table == "claims" and of.name not in read.ledger.formerly else None


def _fresh(desk: Desk, path: str) -> DeskRead | None:
    """The ledger of exactly what is open; None where it cannot be read."""
    try:
        return desk.fresh(path)
    except LedgerError:
        return None


def _edit(desk: Desk, read: DeskRead, changes: Iterable[edits.FileEdits]) -> tuple[VersionedEdit, ...]:
    """Changes as edits of the versions that are open."""
    texts = dict(read.ledger.texts)
    made = []
    for change in changes:
        held = desk.buffers.get(change.file)
        buffer = held or Buffer(texts[change.file])
        patches = tuple((buffer.position(one.start), buffer.position(one.end), one.text) for one in change.patches)
        made.append(VersionedEdit(change.file, held.version if held else None, patches))
    return tuple(made)
