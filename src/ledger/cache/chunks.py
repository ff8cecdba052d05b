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

SIZE = 16
MOST = 2 * SIZE  # what a chunk may grow to
DIGEST = 32
ABSENT = bytes(DIGEST)  # of claims that do not lie one behind the other in one file


def digest(data: bytes | memoryview) -> bytes:
    """What tells one text from another, by its bytes."""
    from hashlib import sha256

    return sha256(data).digest()


def digest_at(digests: bytes, number: int) -> bytes:
    """One of several digests that stand one behind the other."""
    return digests[number * DIGEST : (number + 1) * DIGEST]


def piece_digests(texts: Sequence[Text], spots: Sequence[Spot]) -> Iterator[bytes]:
    """A digest of each claim's text; ABSENT where the file could not be cut."""
    for spot in spots:
        yield digest(texts[spot.file].text[spot.start : spot.end].encode()) if spot.start >= 0 else ABSENT


def fresh_chunks(spots: Sequence[Spot]) -> Iterator[range]:
    """The claims of each chunk of a ledger that was just read; a chunk lies in one file."""
    start = 0
    for number in range(1, len(spots) + 1):
        if number == len(spots) or number - start == SIZE or spots[number].file != spots[start].file:
            yield range(start, number)
            start = number


def chunk_bytes(texts: Sequence[Text], spots: Sequence[Spot]) -> bytes | None:
    """The text of some claims, if they lie one behind the other."""
    if spots[0].start < 0 or any(one.file != other.file or one.end != other.start for one, other in pairwise(spots)):
        return None
    return texts[spots[0].file].text[spots[0].start : spots[-1].end].encode()


def told_by(data: bytes | None) -> tuple[bytes, int]:
    """What tells the text of a chunk: its digest, and how many bytes it has."""
    return (ABSENT, 0) if data is None else (digest(data), len(data))


class HeadThen(NamedTuple):
    """What tells the head of a file: its digest, its bytes before and behind the claims, the characters of the file."""

    digest: str
    before: int
    behind: int
    length: int


def head_then(text: str, start: int, end: int) -> HeadThen:
    """What tells the head of a text whose claims lie between two offsets."""
    before, behind = text[:start].encode(), text[end:].encode()
    return HeadThen(digest(before + behind).hex(), len(before), len(behind), len(text))


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
