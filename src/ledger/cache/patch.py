"""After a small edit: the rows of the ledger as it was, with those of the claims that changed put in their place.

Only the changed claims are parsed. That is done where it is certain to give what reading everything would give;
in all other cases the answer is None, and everything is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..facts import Fact
from ..files import bounds, questions
from ..judging import measure
from ..loading.pieces import Piece, cut
from ..loading.reading import Entry, decode, read
from ..model import Claim, uses
from . import rows
from .rowfile import Shelf
from .rows import CachedHead
from .stats import Files, Replay

_HEAD = "ledger: 1\nclaims:\n"
_LINE = 3  # the first one behind it
_MOST = 64  # claims; where more have changed, reading everything is hardly slower
_LINKS = ("revises", "depends_on", "also_by", "also_in", "formerly")


class _Changed(NamedTuple):
    """One claim that changed: its number, its new piece, and what it was and is."""

    number: int
    piece: Piece
    text: str
    before: Claim
    after: Entry


def patched(shelf: Shelf, files: Files, names: Sequence[str]) -> dict[str, bytes] | None:
    """The rows that change since the shelf was written; None where that is not certain. Damaged, UnreadableError."""
    then, answers = rows.loads(shelf.take("answers"))
    if rows.loads(shelf.take("problems")):
        return None
    replay = Replay(files, then, names)
    altered = replay.altered(answers)
    if altered is None:
        return None
    return _Patch(shelf, files, replay.files, (then, answers), altered).rows()


class _Patch:
    """One comparison of a shelf with the files as they are."""

    def __init__(
        self, shelf: Shelf, files: Files, names: Mapping[str, str], asked: tuple[Any, Any], altered: list[str]
    ) -> None:
        self.shelf = shelf
        self.files = files
        self.names = names  # from those of then to those of now
        self.then, self.answers = asked
        self.altered = altered
        self.spots = rows.numbers_of(shelf.take("spots"))
        self.digests = shelf.take("pieces")
        self.chunks = shelf.take("chunks")
        self.heads = rows.loads(shelf.take("heads"))

    def rows(self) -> dict[str, bytes] | None:
        """All rows that change."""
        head = rows.head_of(self.shelf.take("head"))
        if len(head.names) > 1 and sum(_size(self.names[name]) for name in head.names) > bounds.bytes_in_all() // 2:
            return None  # near the bound of all files together
        changed: list[_Changed] = []
        for name in self.altered:
            file = head.names.index(name)
            found = self._in_file(file, name, self.heads[file])
            if found is None or len(changed) + len(found) > _MOST:
                return None
            changed += found
        if not all(self._is_plain(one) for one in changed) or not self._is_declared(changed, head):
            return None
        return dict(self._updates(changed))

    # --- what changed ------------------------------------------------------------------------------------------

    def _in_file(self, file: int, name: str, head: list[Any]) -> list[_Changed] | None:
        """The claims of a file that changed; None where more than that did."""
        text = decode(self.files.data(self.names[name]), name)
        numbers = [number for number, of in enumerate(self.spots[::5]) if of == file]
        if not numbers or self.spots[numbers[0] * 5 + 1] < 0:
            return None
        found = self._in_region(text, numbers[0], numbers[-1], head)
        if found is None:
            found = self._anywhere(text, numbers, head)
        head[1] = len(text)
        return found

    def _in_region(self, text: str, first: int, last: int, head: list[Any]) -> list[_Changed] | None:
        """The claims that changed, if they lie side by side; the text around them need not be cut again for that."""
        digest, length = head
        shift = len(text) - length
        low, high = self._region(text, first, last, shift)
        start, end = self._start(low), self._end(high) + shift
        if not 0 <= high - low < _MOST or end < start or (high == last and end != len(text)):
            return None
        if rows.head_digest(text[: self._start(first)] + text[self._end(last) + shift :]) != digest:
            return None
        entries = _parsed(text[start:end], high - low + 1)
        if entries is None or any(entry.spot.column != self.spots[low * 5 + 4] for entry in entries):
            return None
        if high < last and text[end - 1 : end] != "\n":
            return None  # the line of the next dash begins before its piece: the dash stands in another column
        before, line = self._claims(low, high), self.spots[low * 5 + 3]
        if high < last:
            lines = text.count("\n", start, end) - (self.spots[(high + 1) * 5 + 3] - line)
            self._move(high + 1, last, shift, lines)
        changed = []
        for number, entry, old in zip(range(low, high + 1), entries, before, strict=True):
            piece = Piece(
                entry.spot.start - len(_HEAD) + start,
                entry.spot.end - len(_HEAD) + start,
                entry.spot.line - _LINE + line,
            )
            self.spots[number * 5 + 1 : number * 5 + 4] = array("i", piece)
            changed.append(_Changed(number, piece, text[piece.start : piece.end], old, entry))
        return changed

    def _region(self, text: str, first: int, last: int, shift: int) -> tuple[int, int]:
        """The first and last claim between texts that are as they were, chunk by chunk and then claim by claim."""
        low, high = first, last
        for units in (self._units, self._pieces):
            ahead = units(low, high)
            for begin, end, digest in ahead:
                if rows.digest(text[self._start(begin) : self._end(end)]) != digest:
                    break
                low = end + 1
            for begin, end, digest in reversed(ahead):
                at = self._start(begin) + shift
                behind = self._start(low) if low <= last else len(text)
                if begin < low or at < behind or rows.digest(text[at : self._end(end) + shift]) != digest:
                    break
                high = begin - 1
            if low > high:  # all there as it was, with something between: it belongs to the claim before it
                low = high = max(low - 1, first)
                break
        return low, high

    def _units(self, first: int, last: int) -> list[tuple[int, int, bytes]]:
        """What has a digest: chunks that lie in the file, single claims elsewhere."""
        found = []
        for chunk in range(first // rows.CHUNK, last // rows.CHUNK + 1):
            start, end = chunk * rows.CHUNK, min((chunk + 1) * rows.CHUNK, len(self.spots) // 5) - 1
            digest = rows.digest_at(self.chunks, chunk)
            if start >= first and end <= last and digest != rows.ABSENT:
                found.append((start, end, digest))
            else:
                found += self._pieces(max(start, first), min(end, last))
        return found

    def _pieces(self, first: int, last: int) -> list[tuple[int, int, bytes]]:
        return [(number, number, rows.digest_at(self.digests, number)) for number in range(first, last + 1)]

    def _start(self, number: int) -> int:
        return self.spots[number * 5 + 1]

    def _end(self, number: int) -> int:
        return self.spots[number * 5 + 2]

    def _claims(self, low: int, high: int) -> list[Claim]:
        return [self._claim(number) for number in range(low, high + 1)]

    def _move(self, first: int, last: int, offset: int, lines: int) -> None:
        """Shift the spots of claims behind a change."""
        for column, by in ((1, offset), (2, offset), (3, lines)):
            if by:
                part = slice(first * 5 + column, (last + 1) * 5, 5)
                self.spots[part] = array("i", [value + by for value in self.spots[part]])

    def _anywhere(self, text: str, numbers: Sequence[int], head: list[Any]) -> list[_Changed] | None:
        """The claims that changed, wherever they are."""
        proposal = cut(text)
        if proposal is None or len(proposal.pieces) != len(numbers):
            return None
        if rows.head_digest(proposal.head(text)) != head[0]:
            return None
        first, pieces = numbers[0], proposal.pieces
        new = [(number, pieces[number - first]) for number in self._differing(text, first, pieces)]
        if len(new) > _MOST:
            return None
        entries = _parsed("".join([text[piece.start : piece.end] for _, piece in new]), len(new))
        if entries is None:
            return None
        for entry, (_, piece) in zip(entries, new, strict=True):
            if entry.spot.end - entry.spot.start != piece.end - piece.start:
                return None
        for at, piece in enumerate(pieces):
            place = (first + at) * 5
            self.spots[place + 1 : place + 4] = array("i", piece)
        return [
            _Changed(number, piece, text[piece.start : piece.end], self._claim(number), entry)
            for (number, piece), entry in zip(new, entries, strict=True)
        ]

    def _differing(self, text: str, first: int, pieces: Sequence[Piece]) -> list[int]:
        """The numbers of the claims whose text is another: chunk by chunk first, since most are as they were."""
        found = []
        last = first + len(pieces) - 1
        for chunk in range(first // rows.CHUNK, last // rows.CHUNK + 1):
            start, end = chunk * rows.CHUNK, min((chunk + 1) * rows.CHUNK - 1, len(self.spots) // 5 - 1)
            if start >= first and end <= last:
                whole = text[pieces[start - first].start : pieces[end - first].end]
                if rows.digest(whole) == rows.digest_at(self.chunks, chunk):
                    continue
            for number in range(max(start, first), min(end, last) + 1):
                piece = pieces[number - first]
                if rows.digest(text[piece.start : piece.end]) != rows.digest_at(self.digests, number):
                    found.append(number)
        return found

    def _claim(self, number: int) -> Claim:
        chunk, at = divmod(number, rows.CHUNK)
        return rows.claim_of(self.shelf.take(f"c{chunk}").split(b"\n")[at])

    # --- what may be patched -----------------------------------------------------------------------------------

    def _is_plain(self, one: _Changed) -> bool:
        """Whether the change leaves alone what the index is made of and what other claims hang on."""
        before, after = one.before, one.after.claim
        if any(getattr(before, name) != getattr(after, name) for name in ("id", *rows.NAMED, *_LINKS)):
            return False
        if after.revises is None and after.id not in self._revised():
            return True
        return measure(_fact_of(before)) == measure(one.after.fact)

    def _revised(self) -> frozenset[str]:
        return frozenset(rows.loads(self.shelf.take("revised")))

    def _is_declared(self, changed: Sequence[_Changed], head: CachedHead) -> bool:
        """Whether all names that the changed claims use are there."""
        ids = frozenset(self.shelf.take("ids").decode("utf-8").split("\n")) if changed else frozenset()
        declared: dict[str, Container[str]] = {
            "people": head.people,
            "topics": head.topics,
            "sources": head.sources,
            "claims": ids,
        }
        return all(name in declared[table] for one in changed for _, table, name in uses(one.after.claim))

    # --- the rows ----------------------------------------------------------------------------------------------

    def _updates(self, changed: Sequence[_Changed]) -> Iterator[tuple[str, bytes]]:
        answers = [[question, self._answer(question, old)] for question, old in self.answers]
        yield "answers", rows.dumps([self.then, answers])
        yield "heads", rows.dumps(self.heads)
        yield "spots", self.spots.tobytes()
        by_chunk: dict[int, dict[int, _Changed]] = {}
        for one in changed:
            by_chunk.setdefault(one.number // rows.CHUNK, {})[one.number] = one
        facts: dict[int, Fact] = {}
        for chunk, of in by_chunk.items():
            old = self._facts(chunk)
            start = chunk * rows.CHUNK
            # Whether it restates another claim hangs on what has not changed.
            new = [
                of[start + at].after.fact._replace(restates=fact.restates) if start + at in of else fact
                for at, fact in enumerate(old)
            ]
            facts.update(enumerate(new, start))
            lines = self.shelf.take(f"c{chunk}").split(b"\n")
            for number, one in of.items():
                lines[number - start] = rows.dumps(one.after.claim)
            yield f"f{chunk}", rows.facts_row(new)
            yield f"c{chunk}", b"\n".join(lines)
        yield from self._days(changed, facts)
        yield from self._digests(changed)

    def _answer(self, question: list[Any], old: Any) -> Any:
        return self.files.sum(self.names[question[1]]) if question[0] == "sum" else old

    def _facts(self, chunk: int) -> list[Fact]:
        start, end = chunk * rows.CHUNK * 5, (chunk + 1) * rows.CHUNK * 5
        return rows.facts_of(self.shelf.take(f"f{chunk}"), self.spots[start:end:5], self.spots[start + 3 : end : 5])

    def _days(self, changed: Sequence[_Changed], facts: Mapping[int, Fact]) -> Iterator[tuple[str, bytes]]:
        columns = {name: rows.numbers_of(self.shelf.take(name)) for name in rows.DAYS}
        for one in changed:
            for name, data in rows.day_rows([facts[one.number]]):
                columns[name][one.number] = rows.numbers_of(data)[0]
        for name, column in columns.items():
            yield name, column.tobytes()

    def _digests(self, changed: Sequence[_Changed]) -> Iterator[tuple[str, bytes]]:
        digests, chunks = bytearray(self.digests), bytearray(self.chunks)
        for one in changed:
            rows.put_digest(digests, one.number, rows.digest(one.text))
            chunk = one.number // rows.CHUNK
            rows.put_digest(chunks, chunk, rows.ABSENT)
        yield "pieces", bytes(digests)
        yield "chunks", bytes(chunks)


def _size(name: str) -> int:
    info = questions.look(name)
    return 0 if info is None else info.st_size


def _fact_of(claim: Claim) -> Fact:
    from ..loading.claims import fact_of
    from ..model import Spot

    return fact_of(claim, Spot(0, 0, 0, 0, 0))


def _parsed(text: str, count: int) -> list[Entry] | None:
    """The claims of a text that consists of them, read as a file of their own; None where anything is wrong."""
    if not count:
        return []
    reading = read(_HEAD + text, "", 0)
    entries = reading.entries
    if reading.sheet.found or len(entries) != count:
        return None
    at = len(_HEAD)
    for entry in entries:
        if entry.spot.start != at:
            return None
        at = entry.spot.end
    return entries if at == len(_HEAD) + len(text) else None
