"""Claims by the text of their piece, for whoever reads almost the same files again and again."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Spot, Text
from ..problems import Path, Place
from .claims import Entry
from .pieces import Piece
from .places import locate

_Where = tuple[int, int]  # lines behind the first one of the piece, and the column


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
