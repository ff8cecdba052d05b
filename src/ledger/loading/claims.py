"""The node of a claim -> claim, fact and spot, or problems; one mistake that reaches two claims is said once.

Who reads almost the same files again and again keeps claims by the text of their piece.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from .. import fields
from ..facts import Fact
from ..model import Claim, Spot, Text, fact_of
from ..problems import Path, Place
from .agreement import agree
from .lines import Sheet
from .nodes import MAPPING, SCALAR, Node
from .pieces import Piece
from .places import locate
from .scalars import BAD, is_typed
from .values import ABSENT, Values

_VITAL = tuple(field.key for field in fields.CLAIM if field.vital)
_NAME = re.compile(fields.NAME_PATTERN)
_Where = tuple[int, int]  # lines behind the first one of the piece, and the column


class Entry(NamedTuple):
    """One claim as read."""

    claim: Claim
    fact: Fact
    spot: Spot


class Claims:
    """The claims of one file, in its order."""

    def __init__(self, sheet: Sheet) -> None:
        self.entries: list[Entry] = []
        self.left_out: list[tuple[str, Spot]] = []  # ids of claims that could not be read
        self._sheet = sheet
        self._found = 0  # how many problems there were before the last claim
        self._keys: set[str] = set()  # the keys of the last claim, where it lacks some
        self._id: str | None = None

    def add(self, values: Values, node: Node, spot: Spot) -> None:
        """Read one more claim; it is left out where a field that decides its state cannot be read."""
        values.claim = _id_value(node)
        if values.claim is None and self._keys and self._is_rest(values, node, spot):
            return
        self._found = len(self._sheet.found)
        reported = values.reported
        entry = _entry(values, node, spot)
        if entry is not None:
            self.entries.append(entry)
        elif values.claim is not None and _can_be_id(values.claim):
            self.left_out.append((values.claim, spot))
        self._keys = set() if values.reported == reported else _keys(node)
        self._id, values.claim = values.claim, None

    def take(self, entry: Entry) -> None:
        """Take one more claim, with which nothing is wrong."""
        self.entries.append(entry)
        self._keys = set()

    def _is_rest(self, values: Values, node: Node, spot: Spot) -> bool:
        """Whether this is the rest of the last claim, cut off by a dash too many; then it is said once."""
        rest = _keys(node)
        own = [found for found in self._sheet.found[self._found :] if found.code == "missing-key"]
        if not own or not rest or rest & self._keys:
            return False
        self._sheet.found[self._found :] = [found for found in self._sheet.found[self._found :] if found not in own]
        column = spot.column - 1
        offset = values.offset(node)
        dash = self._sheet.text.rfind("-", 0, offset) if spot.start < 0 else spot.start + column
        values.claim = self._id
        values.report_at("syntax", "a dash in the middle of a claim cuts it in two", dash, "remove the dash")
        self._keys, values.claim = set(), None
        return True


def _keys(node: Node) -> set[str]:
    if node.id != MAPPING:
        return set()
    return {key.value for key, _ in node.value if key.id == SCALAR}


def _entry(values: Values, node: Node, spot: Spot) -> Entry | None:
    reported = values.reported
    found = values.mapping(node, fields.CLAIM, "a claim")
    if found is None:
        return None
    if lacks_deadline(found):
        at = next((key for key, _ in node.value if key.value == "deadline"), node)
        hint = "add a line such as deadline: 2026-12-31, 2026-Q4 or 2026; or deadline: none"
        found["deadline"] = values.missing(at, "deadline", "a claim", hint)
    elif found.get("deadline") is ABSENT:
        found["deadline"] = None
    agree(values, node, found)
    if values.reported != reported and any(found.get(key) is BAD for key in _VITAL):
        return None
    claim = claim_of(found)
    return Entry(claim, fact_of(claim, spot), spot)


def lacks_deadline(found: dict[str, Any]) -> bool:
    """Whether a claim has no deadline and needs one; a statement does without."""
    return found.get("deadline", ABSENT) is ABSENT and found.get("kind") != "statement"


def claim_of(found: dict[str, Any]) -> Claim:
    """The claim of the values that can be used."""
    values = found.values()
    if None in values or BAD in values:
        unknown = {"said": None}
        found = unknown | {key: value for key, value in found.items() if value is not None and value is not BAD}
    return Claim(**found)


def _id_value(node: Node) -> str | None:
    if node.id == MAPPING:
        for key, value in node.value:
            if key.value == "id" and value.id == SCALAR and value.value:
                return str(value.value)
    return None


def _can_be_id(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and text not in fields.OUTCOMES and not is_typed(text)


class Kept:
    """What is known of the pieces of the last readings: sound claims, and where values stand in any piece."""

    def __init__(self) -> None:
        self._claims: dict[str, Entry] = {}
        self._places: dict[tuple[str, Path], _Where] = {}
        self._used: tuple[dict[str, Entry], dict[tuple[str, Path], _Where]] = {}, {}

    def claim(self, own: str, piece: Piece, number: int) -> Entry | None:
        """The claim of a piece's text, moved to its place in a file; None where it has to be read."""
        entry = self._claims.get(own)
        if entry is None:
            return None
        self._used[0][own] = entry
        claim, fact, spot = entry
        line = piece.line + spot.line
        if (fact.file, fact.line) != (number, line):
            fact = fact._replace(file=number, line=line)
        return Entry(claim, fact, Spot(number, piece.start, piece.end, line, spot.column))

    def keep(self, own: str, piece: Piece, entry: Entry) -> None:
        """Keep a claim in which nothing is wrong."""
        spot = entry.spot._replace(start=0, end=len(own), line=entry.spot.line - piece.line)
        self._claims[own] = self._used[0][own] = entry._replace(spot=spot)

    def locate(self, texts: Sequence[Text], spot: Spot, path: Path = ()) -> Place:
        """Where the value at `path` stands, as `places.locate` tells it."""
        if spot.start < 0 or not path:
            return locate(texts, spot, path)
        name, text = texts[spot.file]
        key = text[spot.start : spot.end], path
        where = self._places.get(key)
        if where is None:
            place = locate(texts, spot, path)
            where = self._places[key] = place.line - spot.line, place.column
        self._used[1][key] = where
        return Place(name, spot.line + where[0], where[1])

    def forget(self) -> None:
        """Let go of what was not asked for since this was called last."""
        self._claims, self._places = self._used
        self._used = {}, {}
