"""What changed, on a terminal: a block for each claim of `diff`, for each commit of `log`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ...history.compare import Change
from ...history.heads import HeadChange, head_title, head_words
from ...history.log import Touch
from ...history.whole import ClaimTouch, LedgerTouch
from ...results.diff import ClaimDiff, Diff, LedgerLog, Log
from ...text import plural, shorten
from ..history import head_label, label, overdue_words, side_words, summary, warning, words
from .blocks import Block, Blocks
from .cells import Cell
from .styles import STATUS_STYLES

_CUT = "what came before is not in this shallow clone; get it with: git fetch --unshallow"
_STYLES = {
    "added": "green",
    "removed": "red",
    "redated": "magenta",
    "judged": "cyan",
    "rejudged": "red",
    "unreadable": "red",
}


def diff_blocks(diff: Diff) -> Blocks | str:
    """A block for each claim that changed, under the two versions that were compared; a sentence if none did."""
    title = f"From {side_words(diff.base)} to {side_words(diff.new)}"
    blocks = [_entry(entry) for entry in diff.entries]
    blocks += _beside(diff.head)
    return Blocks(blocks, title, f"{summary(diff)}.") if blocks else f"{title}: {summary(diff)}."


def _entry(entry: ClaimDiff) -> Block:
    fields = _fields(entry.changes)
    if entry.overdue is not None:
        fields.append(("newly overdue", Cell(overdue_words(entry.overdue), STATUS_STYLES["overdue"])))
    return Block([Cell(entry.claim.id, "bold")], fields)


def _beside(found: Iterable[HeadChange]) -> Iterator[Block]:
    for title, changes in groupby(found, key=head_title):
        yield Block([Cell(title, "bold")], [(head_label(change), _head_cell(change)) for change in changes])


def _head_cell(change: HeadChange) -> Cell:
    return Cell(f"{head_words(change)} ({change.code})", "bold red") if change.code else Cell(head_words(change))


def _fields(changes: Iterable[Change]) -> list[tuple[str, str | Cell]]:
    return [(label(change), _cell(change)) for change in changes]


def _cell(change: Change) -> Cell:
    code = warning(change)
    text = words(change)
    return Cell(f"{text} ({code})", "bold red") if code else Cell(text, _STYLES.get(change.kind, ""))


def log_blocks(log: Log) -> Blocks:
    """A block for each commit that touched the claim, newest first."""
    blocks = [_touch(touch) for touch in log.touches]
    if log.pending:
        blocks.insert(0, Block([Cell("not committed", "bold")], _fields(log.pending)))
    title = f"{log.name}: {shorten(log.claim.claim, 200)}" if log.claim is not None else log.name
    return Blocks(blocks, title, f"{plural(len(log.touches), 'commit')}.")


def _touch(touch: Touch) -> Block:
    commit = touch.commit
    fields = _fields(touch.changes)
    if touch.unreadable:
        fields.append(("unreadable", "the claim cannot be read in this version"))
    if touch.cut:
        fields.append(("history ends", _CUT))
    return Block([str(commit.day), Cell(commit.short, "bold"), commit.author, commit.subject], fields)


def ledger_log_blocks(log: LedgerLog) -> Blocks:
    """A block for each commit that touched a claim, newest first; a line for each claim and change."""
    blocks = [_ledger_touch(touch) for touch in log.touches]
    if log.pending or log.pending_head:
        fields = _claim_fields(log.pending) + _head_fields(log.pending_head)
        blocks.insert(0, Block([Cell("not committed", "bold")], fields))
    return Blocks(blocks, "", f"{plural(len(log.touches), 'commit')}.")


def _ledger_touch(touch: LedgerTouch) -> Block:
    commit = touch.commit
    fields = _claim_fields(touch.claims) + _head_fields(touch.head)
    if touch.cut:
        fields.append(("history ends", _CUT))
    return Block([str(commit.day), Cell(commit.short, "bold"), commit.author, commit.subject], fields)


def _head_fields(found: Iterable[HeadChange]) -> list[tuple[str, str | Cell]]:
    return [(head_title(change), _head_cell(change)) for change in found]


def _claim_fields(found: Iterable[ClaimTouch]) -> list[tuple[str, str | Cell]]:
    fields: list[tuple[str, str | Cell]] = []
    for one in found:
        if one.unreadable:
            fields.append((one.claim, "cannot be read in this version"))
        for change in one.changes:
            cell = _cell(change)
            text, style = (cell.text, cell.style) if isinstance(cell, Cell) else (cell, "")
            fields.append((one.claim, Cell(f"{label(change)}: {text}", style)))
    return fields
