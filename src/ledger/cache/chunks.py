"""Claims in chunks of about sixteen: reading one claim parses few others, reading all takes few rows.

A chunk keeps its row as claims come and go before it: what is told of it is how many claims it has, and a digest of
their text by which it is known again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ..model import Spot, Text
from .rowbytes import numbers

SIZE = 16
MOST = 2 * SIZE  # what a chunk may grow to
DIGEST = 32
ABSENT = bytes(DIGEST)  # of claims that do not lie one behind the other in one file


def digest(text: str) -> bytes:
    """What tells one text from another."""
    from hashlib import sha256

    return sha256(text.encode("utf-8")).digest()


def digest_at(digests: bytes, number: int) -> bytes:
    """One of several digests that stand one behind the other."""
    return digests[number * DIGEST : (number + 1) * DIGEST]


def piece_digests(texts: Sequence[Text], spots: Sequence[Spot]) -> Iterator[bytes]:
    """A digest of each claim's text; ABSENT where the file could not be cut."""
    for spot in spots:
        yield digest(texts[spot.file].text[spot.start : spot.end]) if spot.start >= 0 else ABSENT


def chunk_digests(texts: Sequence[Text], spots: Sequence[Spot]) -> Iterator[bytes]:
    """A digest of the text of each chunk of a ledger that was just read."""
    for start in range(0, len(spots), SIZE):
        of = spots[start : start + SIZE]
        together = all(one.file == other.file and one.end == other.start for one, other in pairwise(of))
        yield digest(texts[of[0].file].text[of[0].start : of[-1].end]) if together and of[0].start >= 0 else ABSENT


def fresh_layout(count: int) -> bytes:
    """The layout of so many claims that were just read."""
    found: list[int] = []
    for row, start in enumerate(range(0, count, SIZE)):
        found += row, min(SIZE, count - start)
    return numbers(found)


class Chunk(NamedTuple):
    """One chunk: the number of its row, and the numbers of its claims."""

    row: int
    start: int
    stop: int


class Layout:
    """The chunks in the order of the ledger, each a pair of its row and how many claims it has."""

    def __init__(self, pairs: array[int]) -> None:
        self.rows = pairs[::2]
        self.edges = [0, *accumulate(pairs[1::2])]

    def __len__(self) -> int:
        return len(self.rows)

    def chunk(self, at: int) -> Chunk:
        """A chunk by its place among the others."""
        return Chunk(self.rows[at], self.edges[at], self.edges[at + 1])

    def place(self, number: int) -> int:
        """The place of the chunk that has a claim."""
        return bisect_right(self.edges, number) - 1

    def within(self, start: int, stop: int) -> Iterator[tuple[int, Chunk]]:
        """The chunks that have any of these claims, with their places."""
        for at in range(self.place(start), len(self.rows)):
            if self.edges[at] >= stop:
                return
            yield at, self.chunk(at)
