"""Findings as an editor is told them: where they begin and end, how grave they are, a code and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from ..problems import Problem
from .buffer import Buffer, Position, spot_of

MOST = 1000  # findings of a file that are published; the rest is counted
_FEW = 10
_GRAVITY = {"error": 1, "warning": 2, "note": 3}  # as the protocol counts


class ShownFinding(NamedTuple):
    """One finding in a text."""

    start: Position
    end: Position
    gravity: int
    code: str
    message: str

    def moved(self, lines: int) -> ShownFinding:
        """The same, some lines further down."""
        if not lines:
            return self
        start, end = self.start, self.end
        return self._replace(start=start._replace(line=start.line + lines), end=end._replace(line=end.line + lines))

    def as_json(self) -> dict[str, Any]:
        """The finding in the protocol's words."""
        found = {"range": _span(self.start, self.end), "severity": self.gravity, "source": "ledger"}
        return found | {"code": self.code, "message": self.message}


class ShownFindings(NamedTuple):
    """The findings of a file that are published, in the order of its text, and how many more there are."""

    rows: tuple[ShownFinding, ...] = ()
    left: int = 0

    def as_json(self) -> list[dict[str, Any]]:
        """All of them in the protocol's words; the number of the others is one more."""
        told = [row.as_json() for row in self.rows]
        if self.left:
            message = f"{self.left:,} findings more are not shown here; ledger check lists them all"
            span = _span(Position(0, 0), Position(0, 1))
            told.append({"range": span, "severity": 3, "source": "ledger", "message": message})
        return told

    def around(self, own: Sequence[ShownFinding], first: int, last: int, grown: int) -> ShownFindings:
        """These with others in the place of those on some lines (from 0), behind which the text grew by lines."""
        kept = [row for row in self.rows if row.start.line < first]
        kept += [row.moved(grown) for row in self.rows if row.start.line > last - grown]
        return _chosen(kept, own, self.left)


def rows_of(found: Sequence[Problem], buffer: Buffer) -> ShownFindings:
    """The findings of a file; if there are too many, the gravest."""
    shown = _gravest(found)
    lines = lines_of(shown, buffer)
    return ShownFindings(tuple(row_of(one, lines) for one in shown), len(found) - len(shown))


def row_of(found: Problem, lines: Mapping[int, str]) -> ShownFinding:
    """One finding; `lines` are those of the text, from 1."""
    start, end = spot_of(found.place, lines)
    message = f"{found.message}; {found.hint}" if found.hint else found.message
    return ShownFinding(start, end, _GRAVITY[found.severity], found.code, message)


def _gravest(found: Sequence[Problem]) -> Sequence[Problem]:
    """Not too many findings: the gravest, in the order of places."""
    if len(found) <= MOST:
        return found
    gravest = sorted(found, key=lambda one: _GRAVITY[one.severity])[:MOST]
    return sorted(gravest, key=attrgetter("place"))


def _chosen(others: Iterable[ShownFinding], own: Sequence[ShownFinding], left: int) -> ShownFindings:
    """Findings of the claim that is typed in come first when there are too many."""
    rest = list(others)
    room = max(MOST - len(own), 0)
    if len(rest) > room:
        left += len(rest) - room
        rest = sorted(rest, key=attrgetter("gravity"))[:room]
    return ShownFindings(tuple(sorted([*rest, *own])), left)


def lines_of(found: Sequence[Problem], buffer: Buffer) -> Mapping[int, str]:
    """The lines of findings, from 1; of a few they are sought, for splitting a long text takes longer."""
    if len(found) > _FEW:
        return dict(enumerate(buffer.text.split("\n"), 1))
    return {line: buffer.line(line - 1) for line in {one.place.line for one in found}}


def _span(start: Position, end: Position) -> dict[str, Any]:
    return {"start": start._asdict(), "end": end._asdict()}
